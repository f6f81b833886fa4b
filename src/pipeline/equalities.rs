//! Two rule sets held against each other: on given data, or on data that are searched for.

use std::path::Path;

use super::scenarios::{self, Variant};
use super::{Judged, ReadRules};
use crate::counterexample::{self, Difference, Found, Pairs, Relation, Search, Side};
use crate::diagnostic::equal as kinds;
use crate::diagnostic::{Argument, Diagnostic, Outcome};
use crate::location::Place;
use crate::model::RuleSet;
use crate::plan::{self, same_tables};
use crate::progress::{Progress, Stage};
use crate::source::Sources;
use crate::suggestion;

/// What is held against what.
#[derive(Debug, Clone)]
pub struct Held<'a> {
    /// The two rules files, each as a scenario of it changes it.
    pub rules: [(&'a str, &'a Variant); 2],
    pub relation: Relation,
    /// `None`: all.
    pub category: Option<&'a str>,
}

impl Held<'_> {
    fn files(&self) -> [String; 2] {
        self.rules.map(|(path, _)| path.to_owned())
    }
}

/// Two rule sets, and in what they differ.
#[derive(Debug)]
pub struct Equality {
    pub rules: [RuleSet; 2],
    /// The files that were named.
    pub files: [String; 2],
    pub relation: Relation,
    pub pairs: Pairs,
    pub answer: Answer,
}

#[derive(Debug)]
pub enum Answer {
    /// On the data that the command names: how many schools there are, and everyone who stands elsewhere.
    OnData {
        schools: usize,
        synthetic: Option<String>,
        differences: Vec<Difference>,
    },
    Searched {
        search: Search,
        found: Option<Box<Found>>,
    },
}

impl Equality {
    /// Whether the relation holds, as far as was looked.
    pub fn holds(&self) -> bool {
        let differs = match &self.answer {
            Answer::OnData { differences, .. } => !differences.is_empty(),
            Answer::Searched { found, .. } => found.is_some(),
        };
        !differs && !self.pairs.lack_a_category(self.relation)
    }
}

/// What was noticed, each with the texts that it points into.
pub type Noticed = Vec<(Sources, Vec<Diagnostic>)>;

/// Holds two rule sets against each other on data.
pub fn equal_on(held: &Held<'_>, data: &Path, progress: &dyn Progress) -> (Noticed, Option<Equality>) {
    let ([mut first, mut second], both) = read(held);
    let mut noticed = [Vec::new(), Vec::new()];
    let mut value = None;
    if let Some((rules, pairs)) = both {
        let [one, two] = rules;
        let judged = [(one, &mut first), (two, &mut second)].map(|(rules, read)| judge(rules, read, data, progress));
        let [(a, told), (b, more)] = judged;
        noticed = [told, more];
        // what both loads notice of the data is the same
        let [told, more] = &mut noticed;
        more.retain(|problem| matches!(problem.place, Place::Text(_)) || !told.contains(problem));
        if let (Some(a), Some(b)) = (a, b) {
            let side = |judged: &'_ Judged| -> (usize, Option<String>) {
                (judged.run.schools, judged.dataset.synthetic.as_deref().map(str::to_owned))
            };
            let (schools, synthetic) = side(&a);
            let sides = [&a, &b].map(|judged| Side {
                rules: &judged.rules,
                plan: &judged.plan,
                data: &judged.dataset,
                run: &judged.run,
            });
            let [before, after] = sides;
            let differences = counterexample::differences(&before, &after, &pairs, held.relation);
            let answer = Answer::OnData { schools, synthetic, differences };
            value = Some(Equality {
                rules: [a.rules, b.rules],
                files: held.files(),
                relation: held.relation,
                pairs,
                answer,
            });
        }
    }
    let [told, more] = noticed;
    first.rules.diagnostics.extend(told);
    second.rules.diagnostics.extend(more);
    (vec![(first.sources, first.rules.diagnostics), (second.sources, second.rules.diagnostics)], value)
}

/// Searches for data on which the relation does not hold.
pub fn equal_on_any(held: &Held<'_>, search: Search, progress: &dyn Progress) -> (Noticed, Option<Equality>) {
    let ([first, mut second], both) = read(held);
    let mut value = None;
    if let Some(([one, two], pairs)) = both {
        if same_tables(&one.schema, &two.schema) && one.subject == two.subject {
            let plans = [&one, &two].map(plan::plan);
            let [a, b] = &plans;
            progress.start(Stage::Compare, u64::try_from(search.cases).ok());
            let told = || progress.advance(1);
            let found = counterexample::search((&one, a), (&two, b), &pairs, held.relation, search, &told);
            progress.finish();
            let answer = Answer::Searched { search, found: found.map(Box::new) };
            value = Some(Equality { rules: [one, two], files: held.files(), relation: held.relation, pairs, answer });
        } else {
            second.rules.diagnostics.push(Diagnostic::new(kinds::OTHER_TABLES, Place::Nowhere));
        }
    }
    (vec![(first.sources, first.rules.diagnostics), (second.sources, second.rules.diagnostics)], value)
}

type Both = Option<([RuleSet; 2], Pairs)>;

/// Reads and checks both, and finds what stands in both.
fn read(held: &Held<'_>) -> ([ReadRules; 2], Both) {
    let [mut first, mut second] = held.rules.map(|(path, variant)| scenarios::read_variant(path, variant));
    let (Some(one), Some(two)) = (first.rules.value.take(), second.rules.value.take()) else {
        return ([first, second], None);
    };
    let table = |rules: &RuleSet| rules.schema.table(rules.subject).map(|table| table.name.to_string());
    let (a, b) = (table(&one).unwrap_or_default(), table(&two).unwrap_or_default());
    if a != b {
        let problem = Diagnostic::new(kinds::OTHER_SUBJECT, Place::Nowhere);
        second.rules.diagnostics.push(problem.text("first", a).text("second", b));
        return ([first, second], None);
    }
    let Some(pairs) = Pairs::of(&one, &two, held.relation, held.category) else {
        let all = one.categories.iter().chain(&two.categories);
        let names: Vec<&str> = all.map(|category| category.name.as_ref()).collect();
        let name = held.category.unwrap_or("");
        let near = suggestion::meant(name, &names);
        let problem = Diagnostic::new(kinds::CATEGORY_UNKNOWN, Place::Nowhere).text("name", name);
        first.rules.diagnostics.push(problem.count("count", near.len()).with("names", Argument::List(near)));
        return ([first, second], None);
    };
    ([first, second], Some(([one, two], pairs)))
}

fn judge(
    rules: RuleSet,
    read: &mut ReadRules,
    data: &Path,
    progress: &dyn Progress,
) -> (Option<Judged>, Vec<Diagnostic>) {
    match super::manifest(read, data) {
        Ok(manifest) => {
            let Outcome { value, diagnostics } = super::judge(rules, &manifest, &mut read.sources, progress);
            (value, diagnostics)
        }
        Err(missing) => (None, vec![*missing]),
    }
}
