//! Data by chance and at the thresholds, tried until both rule sets differ.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::palette::{Chance, Palette};
use super::shrink;
use super::world::World;
use super::{Difference, Pairs, Relation, Side, differences, nearby};
use crate::data::dataset::{Dataset, Needed};
use crate::decision::Run;
use crate::evaluate;
use crate::model::RuleSet;
use crate::plan::Plan;
use crate::progress::Silent;
use crate::schema::{ColumnId, TableId};

/// How long is searched, and from where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Search {
    pub seed: u64,
    pub cases: usize,
}

/// Data on which the rule sets differ, made small.
#[derive(Debug, Clone)]
pub struct Found {
    pub world: World,
    pub dataset: Dataset,
    /// Which case it was, from 1.
    pub case: usize,
    pub differences: Vec<Difference>,
}

/// Two rule sets over the same tables.
#[derive(Debug, Clone, Copy)]
pub(super) struct Both<'a> {
    pub first: (&'a RuleSet, &'a Plan),
    pub second: (&'a RuleSet, &'a Plan),
    pub pairs: &'a Pairs,
    pub relation: Relation,
}

/// Searches for data on which the rule sets differ. Both must declare the same tables in the same order. `told`: after every case.
pub fn search(
    first: (&RuleSet, &Plan),
    second: (&RuleSet, &Plan),
    pairs: &Pairs,
    relation: Relation,
    wanted: Search,
    told: &dyn Fn(),
) -> Option<Found> {
    let both = Both { first, second, pairs, relation };
    let schema = &first.0.schema;
    let palette = Palette::new(&[first.0, second.0], schema, first.0.subject, &used(&[first, second]));
    for case in 0..wanted.cases {
        let seed = wanted.seed.wrapping_mul(1_000_003).wrapping_add(u64::try_from(case).unwrap_or(0));
        let mut chance = Chance::new(seed);
        let world = palette.world(schema, &mut chance);
        let world = if both.differ(&world) { Some(world) } else { nearby::changed(&both, &world, &mut chance) };
        told();
        if let Some(world) = world {
            let world = shrink::smaller(&both, &palette, world);
            let dataset = world.dataset(schema);
            let differences = both.differences(&world);
            return Some(Found { world, dataset, case: case + 1, differences });
        }
    }
    None
}

/// Made-up data for a rule set.
pub fn made_up(rules: &RuleSet, plan: &Plan, seed: u64) -> World {
    let palette = Palette::new(&[rules], &rules.schema, rules.subject, &used(&[(rules, plan)]));
    palette.world(&rules.schema, &mut Chance::new(seed))
}

/// The columns that any of the rule sets reads.
fn used(all: &[(&RuleSet, &Plan)]) -> BTreeSet<(TableId, ColumnId)> {
    let mut used = BTreeSet::new();
    for (rules, plan) in all {
        match plan.needed(rules) {
            Needed::Columns(columns) => used.extend(columns),
            Needed::All => {
                for (at, table) in rules.schema.tables.iter().enumerate() {
                    let id = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
                    used.extend((0..table.columns.len()).map(|column| (TableId(id(at)), ColumnId(id(column)))));
                }
            }
        }
    }
    used
}

/// The rules without decisions about schools that the data do not have.
fn decidable<'a>(rules: &'a RuleSet, dataset: &Dataset) -> Cow<'a, RuleSet> {
    if rules.registered.is_empty() {
        return Cow::Borrowed(rules);
    }
    let schools = dataset.table(rules.subject).map_or(0, |table| table.rows);
    let codes: BTreeSet<String> = (0..schools).map(|row| dataset.code(&rules.schema, rules.subject, row)).collect();
    let mut rules = rules.clone();
    rules.registered.retain(|decision| codes.contains(decision.school.as_ref()));
    Cow::Owned(rules)
}

/// The run on made-up data; `None`: these data are refused.
pub(super) fn run(rules: &RuleSet, plan: &Plan, dataset: &Dataset) -> Option<Run> {
    evaluate::evaluate(&decidable(rules, dataset), plan, dataset, &Silent).value
}

impl Both<'_> {
    /// Who stands elsewhere by the second rule set on these data.
    pub fn differences(&self, world: &World) -> Vec<Difference> {
        let dataset = world.dataset(&self.first.0.schema);
        let (Some(one), Some(two)) =
            (run(self.first.0, self.first.1, &dataset), run(self.second.0, self.second.1, &dataset))
        else {
            return Vec::new();
        };
        let (a, b) = (decidable(self.first.0, &dataset), decidable(self.second.0, &dataset));
        let first = Side { rules: &a, plan: self.first.1, data: &dataset, run: &one };
        let second = Side { rules: &b, plan: self.second.1, data: &dataset, run: &two };
        differences(&first, &second, self.pairs, self.relation)
    }

    pub fn differ(&self, world: &World) -> bool {
        !self.differences(world).is_empty()
    }
}
