//! Verdicts of two runs side by side: transitions, and the schools that moved.

use std::sync::Arc;

use super::matching::matched;
use super::{CategoryComparison, Comparison, ItemComparison, Mover, Side, Transitions};
use crate::decision::{Run, Verdict};
use crate::explain;
use crate::explain::explanation::School;
use crate::explain::summary::VerdictKind;
use crate::model::{CategoryId, CriterionId, GroupId, RuleSet};

/// Rows of one school in the two datasets.
type Rows = (Option<usize>, Option<usize>);

/// Holds two runs against each other; causes are not looked for.
pub fn compare(before: &Side<'_>, after: &Side<'_>) -> Comparison {
    let rows = matched(before, after);
    let school = |(old, new): Rows| match (new, old) {
        (Some(row), _) => Some(named(after, row)),
        (None, Some(row)) => Some(named(before, row)),
        (None, None) => None,
    };
    let only = |wanted: fn(&Rows) -> bool| rows.iter().filter(|r| wanted(r)).filter_map(|r| school(*r)).collect();
    let groups = |rules: &RuleSet| named_by(rules.groups.iter().map(|g| (g.number.clone(), g.title.clone())));
    let criteria = |rules: &RuleSet| named_by(rules.criteria.iter().map(|c| (c.number.clone(), c.title.clone())));
    Comparison {
        matched: rows.iter().filter(|(old, new)| old.is_some() && new.is_some()).count(),
        gone: only(|(_, new)| new.is_none()),
        new: only(|(old, _)| old.is_none()),
        categories: both(
            &named_by(before.rules.categories.iter().map(|c| (c.name.clone(), c.title.clone()))),
            &named_by(after.rules.categories.iter().map(|c| (c.name.clone(), c.title.clone()))),
        )
        .into_iter()
        .map(|paired| category(before, after, &rows, paired))
        .collect(),
        groups: items(before.run, after.run, &rows, &groups(before.rules), &groups(after.rules), |run, at, row| {
            run.group(GroupId::from_index(at), row)
        }),
        criteria: items(
            before.run,
            after.run,
            &rows,
            &criteria(before.rules),
            &criteria(after.rules),
            |run, at, row| run.criterion(CriterionId::from_index(at), row),
        ),
    }
}

fn named(side: &Side<'_>, row: usize) -> School {
    explain::named(side.rules, side.plan, side.data, side.run, row)
}

/// A name or a number, and a title.
type Named = (Arc<str>, Option<Arc<str>>);

fn named_by(all: impl Iterator<Item = Named>) -> Vec<Named> {
    all.collect()
}

/// What stands under one name on the two sides.
struct Paired {
    name: Arc<str>,
    title: Option<Arc<str>>,
    at: (Option<usize>, Option<usize>),
}

/// In the order of the first, then what only the second has.
fn both(before: &[Named], after: &[Named]) -> Vec<Paired> {
    let find = |all: &[Named], name: &str| all.iter().position(|(other, _)| other.as_ref() == name);
    let old = before.iter().enumerate().map(|(at, (name, title))| {
        let there = find(after, name);
        let title = there.and_then(|at| after.get(at)).map_or(title, |(_, title)| title);
        Paired { name: name.clone(), title: title.clone(), at: (Some(at), there) }
    });
    let new = after.iter().enumerate().filter(|(_, (name, _))| find(before, name).is_none());
    let new = new.map(|(at, (name, title))| Paired { name: name.clone(), title: title.clone(), at: (None, Some(at)) });
    old.chain(new).collect()
}

fn items(
    before: &Run,
    after: &Run,
    rows: &[Rows],
    old: &[Named],
    new: &[Named],
    verdict: impl Fn(&Run, usize, usize) -> Option<Verdict>,
) -> Vec<ItemComparison> {
    let compared = both(old, new).into_iter().map(|Paired { name, title, at }| {
        let mut transitions = Transitions::default();
        for (first, second) in rows {
            let there = |run: &Run, at: Option<usize>, row: Option<usize>| verdict(run, at?, row?);
            transitions.add(there(before, at.0, *first), there(after, at.1, *second));
        }
        ItemComparison { number: name, title, transitions }
    });
    compared.collect()
}

fn category(before: &Side<'_>, after: &Side<'_>, rows: &[Rows], paired: Paired) -> CategoryComparison {
    let Paired { name, title, at } = paired;
    let ids = (at.0.map(CategoryId::from_index), at.1.map(CategoryId::from_index));
    let mut transitions = Transitions::default();
    let (mut listed, mut stayed, mut movers) = ((0, 0), 0, Vec::new());
    for (old, new) in rows.iter().copied() {
        let of = |side: &Side<'_>, id: Option<CategoryId>, row: Option<usize>| match (id, row) {
            (Some(id), Some(row)) => (side.run.category(id, row), side.run.is_listed(id, row)),
            _ => (None, false),
        };
        let (first, second) = (of(before, ids.0, old), of(after, ids.1, new));
        transitions.add(first.0, second.0);
        listed = (listed.0 + usize::from(first.1), listed.1 + usize::from(second.1));
        stayed += usize::from(first.1 && second.1);
        // why it cannot be told is no verdict of its own
        let kind = |(verdict, listed): (Option<Verdict>, bool)| (verdict.map(VerdictKind::of), listed);
        if kind(first) == kind(second) {
            continue;
        }
        let school = new.map(|row| named(after, row)).or_else(|| old.map(|row| named(before, row)));
        let Some(school) = school else { continue };
        movers.push(Mover {
            school,
            rows: (old, new),
            verdicts: (first.0, second.0),
            listed: (first.1, second.1),
            criteria: criteria(before, after, ids, (old, new)),
            causes: None,
            effects: None,
        });
    }
    CategoryComparison { name, title, ids, transitions, listed, stayed, movers }
}

/// Criteria of a category whose verdicts on a school changed.
fn criteria(
    before: &Side<'_>,
    after: &Side<'_>,
    ids: (Option<CategoryId>, Option<CategoryId>),
    rows: Rows,
) -> Vec<(Arc<str>, Option<Verdict>, Option<Verdict>)> {
    let of = |side: &Side<'_>, id: Option<CategoryId>, row: Option<usize>| -> Vec<(Arc<str>, Option<Verdict>)> {
        let found = id.and_then(|id| side.rules.categories.get(id.index()));
        let criteria = found.map_or(&[][..], |category| category.criteria.as_slice());
        let told = criteria.iter().filter_map(|id| {
            let criterion = side.rules.criteria.get(id.index())?;
            Some((criterion.number.clone(), row.and_then(|row| side.run.criterion(*id, row))))
        });
        told.collect()
    };
    let (old, new) = (of(before, ids.0, rows.0), of(after, ids.1, rows.1));
    let find = |all: &[(Arc<str>, Option<Verdict>)], number: &str| {
        all.iter().find(|(other, _)| other.as_ref() == number).and_then(|(_, verdict)| *verdict)
    };
    let added = new.iter().filter(|(number, _)| !old.iter().any(|(other, _)| other == number));
    let all = old.iter().chain(added).map(|(number, _)| (number.clone(), find(&old, number), find(&new, number)));
    all.filter(|(_, first, second)| first != second).collect()
}
