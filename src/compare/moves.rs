//! Verdicts of two runs side by side: transitions, and the schools that moved.

use std::sync::Arc;

use super::matching::{Line, Matching, by_codes};
use super::{CategoryComparison, Comparison, Former, ItemComparison, Mover, Side, Transitions};
use crate::decision::{Run, Verdict};
use crate::explain;
use crate::explain::explanation::School;
use crate::explain::summary::VerdictKind;
use crate::model::{CategoryId, CriterionId, GroupId, RuleSet};

/// Rows of one school in the two datasets.
type Rows = (Option<usize>, Option<usize>);

/// Holds two runs against each other, schools by their codes; causes are not looked for.
pub fn compare(before: &Side<'_>, after: &Side<'_>) -> Comparison {
    compare_matched(before, after, &by_codes(before, after))
}

/// The same with schools matched in another way.
pub fn compare_matched(before: &Side<'_>, after: &Side<'_>, matching: &Matching) -> Comparison {
    let lines = &matching.lines;
    let school = |line: &Line| match (line.after, line.before) {
        (Some(row), _) => Some(named(after, row)),
        (None, Some(row)) => Some(named(before, row)),
        (None, None) => None,
    };
    let only = |wanted: fn(&Line) -> bool| lines.iter().filter(|line| wanted(line)).filter_map(school).collect();
    let groups = |rules: &RuleSet| named_by(rules.groups.iter().map(|g| (g.number.clone(), g.title.clone())));
    let criteria = |rules: &RuleSet| named_by(rules.criteria.iter().map(|c| (c.number.clone(), c.title.clone())));
    Comparison {
        matched: lines.iter().filter(|line| line.before.is_some() && line.after.is_some()).count(),
        gone: only(|line| line.after.is_none()),
        new: only(|line| line.before.is_none()),
        categories: both(
            &named_by(before.rules.categories.iter().map(|c| (c.name.clone(), c.title.clone()))),
            &named_by(after.rules.categories.iter().map(|c| (c.name.clone(), c.title.clone()))),
        )
        .into_iter()
        .map(|paired| category(before, after, matching, paired))
        .collect(),
        groups: items(before.run, after.run, lines, &groups(before.rules), &groups(after.rules), |run, at, row| {
            run.group(GroupId::from_index(at), row)
        }),
        criteria: items(
            before.run,
            after.run,
            lines,
            &criteria(before.rules),
            &criteria(after.rules),
            |run, at, row| run.criterion(CriterionId::from_index(at), row),
        ),
    }
}

/// How a school stands in a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The row whose verdict it is.
    pub row: Option<usize>,
    pub verdict: Option<Verdict>,
    pub listed: bool,
}

impl Standing {
    /// Why it cannot be told is no standing of its own.
    pub fn kind(&self) -> (Option<VerdictKind>, bool) {
        (self.verdict.map(VerdictKind::of), self.listed)
    }
}

/// How the school that these rows are stands: of several, the one on the list, then as the first of the verdicts says.
pub fn standing(run: &Run, id: Option<CategoryId>, rows: impl Iterator<Item = usize>) -> Standing {
    let one = |row: usize| match id {
        Some(id) => Standing { row: Some(row), verdict: run.category(id, row), listed: run.is_listed(id, row) },
        None => Standing { row: Some(row), verdict: None, listed: false },
    };
    of_several(rows.map(one))
}

/// How a school stands that several were.
pub fn of_several(all: impl Iterator<Item = Standing>) -> Standing {
    let found = all.min_by_key(|standing| (!standing.listed, rank(standing.verdict)));
    found.unwrap_or(Standing { row: None, verdict: None, listed: false })
}

/// Which of the verdicts of several schools is that of the school they became: the first of these.
fn rank(verdict: Option<Verdict>) -> usize {
    const ORDER: [VerdictKind; 5] = [
        VerdictKind::Met,
        VerdictKind::Undetermined,
        VerdictKind::NotMet,
        VerdictKind::NotApplicable,
        VerdictKind::NotJudged,
    ];
    let kind = verdict.map(VerdictKind::of);
    kind.and_then(|kind| ORDER.iter().position(|other| *other == kind)).unwrap_or(ORDER.len())
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
    lines: &[Line],
    old: &[Named],
    new: &[Named],
    verdict: impl Fn(&Run, usize, usize) -> Option<Verdict>,
) -> Vec<ItemComparison> {
    let compared = both(old, new).into_iter().map(|Paired { name, title, at }| {
        let mut transitions = Transitions::default();
        for line in lines {
            let there = |run: &Run, at: Option<usize>, row: Option<usize>| verdict(run, at?, row?);
            let first = match line.further.as_slice() {
                [] => there(before, at.0, line.before),
                _ => line.befores().map(|row| there(before, at.0, Some(row))).min_by_key(|v| rank(*v)).flatten(),
            };
            transitions.add(first, there(after, at.1, line.after));
        }
        ItemComparison { number: name, title, transitions }
    });
    compared.collect()
}

fn category(before: &Side<'_>, after: &Side<'_>, matching: &Matching, paired: Paired) -> CategoryComparison {
    let Paired { name, title, at } = paired;
    let ids = (at.0.map(CategoryId::from_index), at.1.map(CategoryId::from_index));
    let mut transitions = Transitions::default();
    let (mut listed, mut stayed, mut movers) = ((0, 0), 0, Vec::new());
    for (at, line) in matching.lines.iter().enumerate() {
        let first = standing(before.run, ids.0, line.befores());
        let second = standing(after.run, ids.1, line.after.into_iter());
        transitions.add(first.verdict, second.verdict);
        listed = (listed.0 + usize::from(first.listed), listed.1 + usize::from(second.listed));
        stayed += usize::from(first.listed && second.listed);
        if first.kind() == second.kind() {
            continue;
        }
        let school = line.after.map(|row| named(after, row)).or_else(|| line.before.map(|row| named(before, row)));
        let Some(school) = school else { continue };
        let rows = (first.row, second.row);
        movers.push(Mover {
            former: former(before, ids.0, line, &school, matching),
            school,
            rows,
            line: at,
            verdicts: (first.verdict, second.verdict),
            listed: (first.listed, second.listed),
            criteria: criteria(before, after, ids, rows),
            causes: None,
            effects: None,
        });
    }
    let there = |id: CategoryId| (0..before.run.schools).filter(|row| before.run.is_listed(id, *row)).count();
    let schools_before = if matching.changes.is_empty() { listed.0 } else { ids.0.map_or(0, there) };
    CategoryComparison { name, title, ids, transitions, listed, schools_before, stayed, movers }
}

/// What a school was made of, unless it is the one with the same code.
fn former(before: &Side<'_>, id: Option<CategoryId>, line: &Line, school: &School, matching: &Matching) -> Vec<Former> {
    if matching.changes.is_empty() || line.after.is_none() {
        return Vec::new();
    }
    let one = |row: usize| {
        let standing = standing(before.run, id, std::iter::once(row));
        let code = before.data.code(&before.rules.schema, before.rules.subject, row);
        Former { code: Arc::from(code), verdict: standing.verdict, listed: standing.listed }
    };
    let all: Vec<Former> = line.befores().map(one).collect();
    match all.as_slice() {
        [only] if only.code == school.code => Vec::new(),
        _ => all,
    }
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
