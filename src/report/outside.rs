//! Why a school is outside a population, in a few words for a list: its condition, or the exclusion by its basis.

use super::list::Judgement;
use crate::decision::Membership;
use crate::diagnostic::Argument;
use crate::messages::Speaker;
use crate::model::PopulationId;
use crate::value::Truth;

/// The words about one population, ready for every row.
#[derive(Debug)]
pub struct Outside<'a> {
    /// Outside the population, then by each of its exclusions.
    said: Vec<String>,
    membership: &'a Membership,
}

impl<'a> Outside<'a> {
    pub fn new(judgement: &Judgement<'a>, id: PopulationId, speaker: &Speaker) -> Option<Outside<'a>> {
        let membership = judgement.run.populations.get(id.index())?;
        let population = judgement.rules.populations.get(id.index())?;
        let name = population.title.as_ref().unwrap_or(&population.name).to_string();
        let outside = speaker.say("list-outside", &[("name", Argument::Text(name.clone()))]);
        let exclusions = population.exclusions.iter().map(|exclusion| match &exclusion.basis {
            Some(basis) => speaker.say("list-excluded", &[("basis", Argument::Text(basis.to_string()))]),
            None => speaker.say("list-excluded-unsaid", &[("name", Argument::Text(name.clone()))]),
        });
        let exclusions: Vec<String> = exclusions.collect();
        let said = std::iter::once(outside).chain(exclusions).collect();
        Some(Outside { said, membership })
    }

    /// `None`: the school belongs to the population, or that cannot be told.
    pub fn words(&self, row: usize) -> Option<&str> {
        self.membership.members.get(row).filter(|member| Truth(**member).is_false())?;
        let by = self.membership.excluded_by.get(row).copied().unwrap_or(0);
        self.said.get(usize::from(by)).map(String::as_str)
    }
}
