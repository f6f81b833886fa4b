//! Two rule sets held against each other on the same schools: do they differ, does one follow from the other; and a search for small
//! data on which they do.
//!
//! A search by chance and by what stands at the thresholds of both rule sets. What it finds is a proof that they differ: the rules
//! evaluated on the data that it shows. That it finds nothing proves nothing. Knows no words.

mod nearby;
mod palette;
mod search;
mod shrink;
mod world;

use std::collections::HashMap;
use std::sync::Arc;

use crate::data::dataset::Dataset;
use crate::decision::{Run, Verdict};
use crate::model::{CategoryId, CriterionId, RuleSet};
use crate::name::folded_text;
use crate::plan::Plan;

pub use palette::Chance;
pub use search::{Found, Search, made_up, search};
pub use world::{Cell, INVALID, NOT_APPLICABLE, SUPPRESSED, World};

/// One of the two rule sets, evaluated.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    pub rules: &'a RuleSet,
    pub plan: &'a Plan,
    pub data: &'a Dataset,
    pub run: &'a Run,
}

/// What is held against what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Every verdict and every list is the same.
    Equal,
    /// Who is on a list of the first is on that of the second.
    Implies,
}

/// A category by its name, or a criterion by its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    Category(Arc<str>),
    Criterion(Arc<str>),
}

/// What stands in both rule sets, and what in one only.
#[derive(Debug, Clone, Default)]
pub struct Pairs {
    pub categories: Vec<(CategoryId, CategoryId)>,
    pub criteria: Vec<(CriterionId, CriterionId)>,
    pub only_first: Vec<Subject>,
    pub only_second: Vec<Subject>,
}

/// A school that stands elsewhere by the other rule set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub school: Arc<str>,
    pub subject: Subject,
    /// By the first and by the second rule set.
    pub verdicts: [Verdict; 2],
    /// Of a category: on its list, decisions of people taken in.
    pub listed: [bool; 2],
}

impl Pairs {
    /// Categories by name and, where both verdicts are compared, criteria by number. `category`: only this one; `None` in its
    /// place where neither rule set has it.
    pub fn of(first: &RuleSet, second: &RuleSet, relation: Relation, category: Option<&str>) -> Option<Pairs> {
        let mut pairs = Pairs::default();
        let wanted = category.map(folded_text);
        let asked = |name: &str| wanted.as_ref().is_none_or(|wanted| folded_text(name) == *wanted);
        let named = |rules: &RuleSet, name: &str| {
            rules.categories.iter().position(|other| folded_text(&other.name) == folded_text(name))
        };
        for (at, found) in first.categories.iter().enumerate().filter(|(_, found)| asked(&found.name)) {
            match named(second, &found.name) {
                Some(other) => {
                    pairs.categories.push((CategoryId::from_index(at), CategoryId::from_index(other)));
                }
                None => pairs.only_first.push(Subject::Category(found.name.clone())),
            }
        }
        let alone = second.categories.iter().filter(|found| asked(&found.name) && named(first, &found.name).is_none());
        pairs.only_second.extend(alone.map(|found| Subject::Category(found.name.clone())));
        let nothing = pairs.categories.is_empty() && pairs.only_first.is_empty() && pairs.only_second.is_empty();
        if category.is_some() && nothing {
            return None;
        }
        if relation == Relation::Equal && category.is_none() {
            let numbered = |rules: &RuleSet, number: &str| rules.criteria.iter().position(|c| *c.number == *number);
            for (at, found) in first.criteria.iter().enumerate() {
                match numbered(second, &found.number) {
                    Some(other) => {
                        pairs.criteria.push((CriterionId::from_index(at), CriterionId::from_index(other)));
                    }
                    None => pairs.only_first.push(Subject::Criterion(found.number.clone())),
                }
            }
            let alone = second.criteria.iter().filter(|found| numbered(first, &found.number).is_none());
            pairs.only_second.extend(alone.map(|found| Subject::Criterion(found.number.clone())));
        }
        Some(pairs)
    }

    /// Whether a category stands in one of the rule sets only: then they are not the same whatever the data are, and who is on a
    /// list that the second does not have is not on it there.
    pub fn lack_a_category(&self, relation: Relation) -> bool {
        let category = |subject: &Subject| matches!(subject, Subject::Category(_));
        let first = self.only_first.iter().any(category);
        match relation {
            Relation::Equal => first || self.only_second.iter().any(category),
            Relation::Implies => first,
        }
    }
}

/// Everyone who stands elsewhere, in the order of the first data; categories come before criteria. Schools are matched by their
/// codes; one that only one of the data has is left out.
pub fn differences(first: &Side<'_>, second: &Side<'_>, pairs: &Pairs, relation: Relation) -> Vec<Difference> {
    let code = |side: &Side<'_>, row: usize| side.data.code(&side.rules.schema, side.rules.subject, row);
    let rows: HashMap<String, usize> = (0..second.run.schools).map(|row| (code(second, row), row)).collect();
    let mut found = Vec::new();
    for row in 0..first.run.schools {
        let school = code(first, row);
        let Some(other) = rows.get(&school).copied() else { continue };
        let school: Arc<str> = Arc::from(school);
        for (one, two) in &pairs.categories {
            let (Some(before), Some(after)) = (first.run.category(*one, row), second.run.category(*two, other)) else {
                continue;
            };
            let listed = [first.run.is_listed(*one, row), second.run.is_listed(*two, other)];
            let differs = match relation {
                Relation::Equal => !alike(before, after) || listed[0] != listed[1],
                Relation::Implies => listed == [true, false],
            };
            let name = first.rules.categories.get(one.index()).map(|category| category.name.clone());
            if let Some(name) = name.filter(|_| differs) {
                let (school, subject) = (school.clone(), Subject::Category(name));
                found.push(Difference { school, subject, verdicts: [before, after], listed });
            }
        }
        for (one, two) in &pairs.criteria {
            let (Some(before), Some(after)) = (first.run.criterion(*one, row), second.run.criterion(*two, other))
            else {
                continue;
            };
            let number = first.rules.criteria.get(one.index()).map(|criterion| criterion.number.clone());
            if let Some(number) = number.filter(|_| !alike(before, after)) {
                let (school, subject) = (school.clone(), Subject::Criterion(number));
                let listed = [before.is_met(), after.is_met()];
                found.push(Difference { school, subject, verdicts: [before, after], listed });
            }
        }
    }
    found
}

/// Why something is not known is no difference.
fn alike(a: Verdict, b: Verdict) -> bool {
    matches!((a, b), (Verdict::Undetermined(_), Verdict::Undetermined(_))) || a == b
}
