//! All schools together: counts, cross tables, thresholds, cuts, populations, groups of schools.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::naming::{GroupingStep, grouping_path, table_title};
use super::rank::{ties, together};
use super::reading::Reading;
use super::school::rules_name;
use super::summary::{
    CategorySummary, CriterionSummary, CrossTable, CutSummary, ExclusionSummary, Extent, GroupSummary, Grouping,
    GroupingRow, OnThreshold, PopulationSummary, RegisteredSchool, SCHOOLS_NAMED, StratumSummary, Summary,
    VerdictCounts, VerdictKind,
};
use crate::data::dataset::Dataset;
use crate::decision::{Run, StepColumn, StratumCut, Verdict};
use crate::model::expr::{ExprId, ExprKind, SmallStrataAction};
use crate::model::{CategoryId, Criterion, CriterionId, GroupId, Population, PopulationId, RuleSet};
use crate::number::Number;
use crate::plan::Plan;
use crate::value::{Reasons, Truth, Type, Unit, Value};

/// How all schools were decided.
pub fn summary(rules: &RuleSet, plan: &Plan, data: &Dataset, run: &Run) -> Summary {
    let reading = Reading { rules, plan, data, run };
    let names = rules.categories.iter().enumerate();
    let groups = rules.groups.iter().enumerate();
    let criteria = rules.criteria.iter().enumerate();
    let populations = rules.populations.iter().enumerate();
    Summary {
        rules: rules_name(rules),
        synthetic: data.synthetic.clone(),
        schools: run.schools,
        categories: names
            .map(|(at, category)| CategorySummary {
                id: CategoryId::from_index(at),
                name: category.name.clone(),
                title: category.title.clone(),
                counts: counts(verdicts(&run.categories, at)),
                registered: reading.registered(CategoryId::from_index(at)),
                listed: (0..run.schools).filter(|school| run.is_listed(CategoryId::from_index(at), *school)).count(),
                span: category.span,
            })
            .collect(),
        crossings: crossings(run),
        groups: groups
            .map(|(at, group)| GroupSummary {
                id: GroupId::from_index(at),
                number: group.number.clone(),
                title: group.title.clone(),
                category: group.category,
                counts: judged_counts(verdicts(&run.groups, at), verdicts(&run.categories, group.category.index())),
                span: group.span,
            })
            .collect(),
        criteria: criteria.map(|(at, criterion)| reading.criterion_summary(at, criterion)).collect(),
        populations: populations
            .filter(|(_, population)| population.table == rules.subject)
            .map(|(at, population)| reading.population_summary(at, population))
            .collect(),
        grouping: reading.grouping(&grouping_path(&rules.schema, rules.subject)),
    }
}

fn verdicts(columns: &[Arc<Vec<Verdict>>], at: usize) -> &[Verdict] {
    columns.get(at).map_or(&[], |v| v.as_slice())
}

fn counts(verdicts: &[Verdict]) -> VerdictCounts {
    let mut counts = VerdictCounts::default();
    for verdict in verdicts {
        count(&mut counts, *verdict);
    }
    counts
}

/// The same of a criterion or group: schools that its category does not judge count as not judged.
fn judged_counts(own: &[Verdict], by_category: &[Verdict]) -> VerdictCounts {
    let mut counts = VerdictCounts::default();
    for (row, verdict) in own.iter().enumerate() {
        let is_judged = by_category.get(row).is_none_or(|decided| *decided != Verdict::NotJudged);
        count(&mut counts, if is_judged { *verdict } else { Verdict::NotJudged });
    }
    counts
}

fn count(counts: &mut VerdictCounts, verdict: Verdict) {
    match verdict {
        Verdict::Met => counts.met += 1,
        Verdict::NotMet => counts.not_met += 1,
        Verdict::NotApplicable => counts.not_applicable += 1,
        Verdict::NotJudged => counts.not_judged += 1,
        Verdict::Undetermined(reasons) => {
            counts.undetermined += 1;
            let reasons = reasons.of_not_knowing();
            for (one, count) in Reasons::EACH.into_iter().zip(counts.undetermined_for.iter_mut()) {
                *count += usize::from(reasons.contains(one));
            }
        }
    }
}

fn crossings(run: &Run) -> Vec<CrossTable> {
    let mut tables = Vec::new();
    for (i, first) in run.categories.iter().enumerate() {
        for (j, second) in run.categories.iter().enumerate().skip(i + 1) {
            let mut counts = [[0usize; 5]; 5];
            for (a, b) in first.iter().zip(second.iter()) {
                let (row, column) = (position(*a), position(*b));
                if let Some(cell) = counts.get_mut(row).and_then(|r| r.get_mut(column)) {
                    *cell += 1;
                }
            }
            tables.push(CrossTable { first: CategoryId::from_index(i), second: CategoryId::from_index(j), counts });
        }
    }
    tables
}

fn position(verdict: Verdict) -> usize {
    let kind = VerdictKind::of(verdict);
    VerdictKind::EACH.iter().position(|k| *k == kind).unwrap_or(usize::MAX)
}

/// Shares of the schools that were found met or not met.
fn extent(counts: &VerdictCounts) -> Option<Extent> {
    let decided = counts.met + counts.not_met;
    if decided == 0 {
        None
    } else if counts.met == 0 {
        Some(Extent::Nobody)
    } else if counts.not_met == 0 {
        Some(Extent::Everybody)
    } else if counts.met * 100 > decided * 60 {
        Some(Extent::Most)
    } else if counts.met * 100 < decided {
        Some(Extent::Few)
    } else {
        None
    }
}

/// A ratio held against a percentage is shown as a percentage.
fn shown_type(value: Type, threshold: Type) -> Type {
    match (&value, &threshold) {
        (Type::Number(Unit::Percent), Type::Number(Unit::Ratio | Unit::Number)) => value,
        _ => threshold,
    }
}

/// Thresholds up to this number are small counts.
const SMALL_COUNT: i64 = 10;

fn is_small_count(threshold: Option<&Value>, value: &Type) -> bool {
    let counted = matches!(value, Type::Number(Unit::Number | Unit::People | Unit::Place | Unit::Year));
    let small = |number: &Number| number.to_integer().is_some_and(|n| (0..=SMALL_COUNT).contains(&n));
    counted && matches!(threshold, Some(Value::Number(number)) if small(number))
}

impl Reading<'_> {
    fn registered(&self, category: CategoryId) -> Vec<RegisteredSchool> {
        let mut here: Vec<_> = self.run.registrations.iter().filter(|r| r.category == category).collect();
        here.sort_by_key(|registration| registration.id);
        let decided = here.into_iter().filter_map(|registration| {
            Some(RegisteredSchool {
                school: self.school(registration.row),
                computed: self.run.category(category, registration.row)?,
                decision: self.rules.registered.get(registration.id.index())?.clone(),
            })
        });
        decided.collect()
    }

    fn criterion_summary(&self, at: usize, criterion: &Criterion) -> CriterionSummary {
        let by_category = verdicts(&self.run.categories, criterion.category.index());
        let counts = judged_counts(verdicts(&self.run.criteria, at), by_category);
        let (thresholds, cuts) = self.parts_of_condition(criterion.condition);
        let mut on_threshold = Vec::new();
        for threshold in thresholds {
            let mut rows = self.rows_on(&threshold);
            rows.retain(|row| by_category.get(*row).is_none_or(|v| *v != Verdict::NotJudged));
            if rows.is_empty() {
                continue;
            }
            let constant = match self.column(threshold.threshold) {
                Some(StepColumn::Constant(value)) => Some(value.clone()),
                _ => None,
            };
            on_threshold.push(OnThreshold {
                expr: threshold.expr,
                value: threshold.value,
                span: self.expr(threshold.expr).map(|e| e.span).unwrap_or_default(),
                operator: threshold.operator,
                ty: shown_type(self.ty(threshold.value), self.ty(threshold.threshold)),
                is_small_count: is_small_count(constant.as_ref(), &self.ty(threshold.value)),
                threshold: constant,
                count: rows.len(),
                schools: rows.iter().take(SCHOOLS_NAMED).map(|row| self.school(*row)).collect(),
            });
        }
        CriterionSummary {
            id: CriterionId::from_index(at),
            number: criterion.number.clone(),
            title: criterion.title.clone(),
            category: criterion.category,
            group: criterion.group,
            extent: extent(&counts),
            counts,
            on_threshold,
            cuts: cuts.into_iter().filter_map(|cut| self.cut_summary(cut)).collect(),
            span: criterion.span,
        }
    }

    fn cut_summary(&self, expr: ExprId) -> Option<CutSummary> {
        let found = self.expr(expr)?;
        let ExprKind::InCut(cut) = &found.kind else { return None };
        let facts = self.cut_facts(expr)?;
        let merged = |cut: &StratumCut| cut.small == Some(SmallStrataAction::Merge);
        // small groups ranked as one stand in the first of them
        let first_merged = facts.cuts.iter().position(merged);
        let own = |(at, cut): &(usize, &StratumCut)| !merged(cut) || Some(*at) == first_merged;
        let strata = facts.cuts.iter().enumerate().filter(own).map(|(at, stratum)| StratumSummary {
            together: if merged(stratum) { together(facts) } else { Vec::new() },
            keys: facts.strata.keys.get(at).cloned().unwrap_or_default(),
            ranked: stratum.ranked,
            without_value: stratum.without_value,
            quota: self.quota(cut, Some(stratum)),
            cut_off: stratum.cut_off.clone(),
            masked: stratum.masked,
            tied_at_cut: stratum.tied_at_cut,
            before_cut: stratum.before_cut,
            selected: stratum.selected,
            small: stratum.small,
        });
        Some(CutSummary {
            expr,
            span: found.span,
            highest: cut.highest,
            population: self.population_name(cut.among),
            quota_of: cut.quota_of.map(|p| self.population_name(p)),
            rounding: cut.rounding,
            ties: ties(&cut.ties),
            defaulted: cut.defaulted,
            value_type: self.ty(cut.value),
            strata: strata.collect(),
        })
    }

    fn population_summary(&self, at: usize, population: &Population) -> PopulationSummary {
        let mut exclusions: Vec<ExclusionSummary> = population
            .exclusions
            .iter()
            .map(|e| ExclusionSummary { basis: e.basis.clone(), span: e.span, count: 0, schools: Vec::new() })
            .collect();
        let (mut not_matching, mut unknown) = (0, 0);
        if let Some(membership) = self.run.populations.get(at) {
            for (row, member) in membership.members.iter().enumerate() {
                let by = membership.excluded_by.get(row).copied().unwrap_or(0);
                let excluded = usize::from(by).checked_sub(1).and_then(|e| exclusions.get_mut(e));
                match (Truth(*member), excluded) {
                    (Truth::TRUE, _) => {}
                    (_, Some(exclusion)) => {
                        exclusion.count += 1;
                        if exclusion.schools.len() < SCHOOLS_NAMED {
                            exclusion.schools.push(self.school(row));
                        }
                    }
                    (Truth::FALSE, None) => not_matching += 1,
                    _ => unknown += 1,
                }
            }
        }
        PopulationSummary {
            id: PopulationId::from_index(at),
            name: population.name.clone(),
            title: population.title.clone(),
            members: self.run.populations.get(at).map_or(0, |m| m.count),
            not_matching,
            unknown,
            exclusions,
            span: population.span,
        }
    }

    fn grouping(&self, path: &[GroupingStep]) -> Option<Grouping> {
        // a table whose link is in no file ends the way before it
        let path = self.read_path(path);
        let table = path.last()?.to;
        let mut groups: BTreeMap<Option<usize>, GroupingRow> = BTreeMap::new();
        for school in 0..self.run.schools {
            let group = self.row_behind(path, school);
            let row = groups.entry(group).or_insert_with(|| GroupingRow {
                name: group.and_then(|g| self.group_name(table, g)),
                schools: 0,
                categories: vec![VerdictCounts::default(); self.run.categories.len()],
            });
            row.schools += 1;
            for (counts, verdicts) in row.categories.iter_mut().zip(&self.run.categories) {
                if let Some(verdict) = verdicts.get(school) {
                    count(counts, *verdict);
                }
            }
        }
        let mut rows: Vec<GroupingRow> = groups.into_values().collect();
        rows.sort_by(|a, b| (a.name.is_none(), &a.name).cmp(&(b.name.is_none(), &b.name)));
        Some(Grouping { title: table_title(&self.rules.schema, table), rows })
    }
}
