//! Counts over all schools of a run: verdicts, schools exactly on a threshold, selections, territories.
//!
//! Whole numbers only; knows no words.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::list::{Judgement, identifying};
use crate::data::dataset::Values;
use crate::decision::{Facts, RowColumn, StepColumn, StratumCut, Verdict};
use crate::model::expr::{CompareOp, ExprId, ExprKind, QuantifiedOver};
use crate::number::Number;
use crate::number::column::NumberColumn;
use crate::value::{Type, Unit, Value};

/// Counts of one category or criterion.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub met: usize,
    pub not_met: usize,
    pub undetermined: usize,
    pub not_applicable: usize,
    pub not_judged: usize,
}

#[derive(Debug, Clone, Default)]
pub struct Tally {
    pub categories: Vec<Counts>,
    pub criteria: Vec<Counts>,
    /// Per criterion: schools whose value equals the number it is compared with.
    pub on_threshold: Vec<usize>,
    pub in_any: usize,
    pub in_several: usize,
    pub cuts: Vec<CutLine>,
    /// Header of the column that tells the territory; empty where there is none.
    pub territory: String,
    /// Schools of any category per territory, most first.
    pub territories: Vec<(String, usize)>,
}

/// One selection of one criterion.
#[derive(Debug, Clone)]
pub struct CutLine {
    pub criterion: usize,
    pub keys: Vec<Value>,
    pub unit: Unit,
    pub cut: StratumCut,
}

/// Everything at once.
pub fn tally(judgement: &Judgement<'_>) -> Tally {
    let Judgement { rules, run, .. } = *judgement;
    let met_in =
        |row: usize| run.categories.iter().filter(|verdicts| verdicts.get(row).is_some_and(|v| v.is_met())).count();
    let (in_any, in_several) = (0..run.schools)
        .into_par_iter()
        .map(|row| {
            let n = met_in(row);
            (usize::from(n > 0), usize::from(n > 1))
        })
        .reduce(|| (0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    let on_threshold = rules
        .criteria
        .iter()
        .map(|criterion| {
            let mut found = Vec::new();
            comparisons(judgement, criterion.condition, 0, &mut found);
            found.iter().map(|(value, threshold)| equal_rows(judgement, *value, threshold)).sum()
        })
        .collect();
    let (territory, territories) = territories(judgement, &met_in);
    Tally {
        categories: run.categories.iter().map(|v| counts(v)).collect(),
        criteria: run.criteria.iter().map(|v| counts(v)).collect(),
        on_threshold,
        in_any,
        in_several,
        cuts: cut_lines(judgement),
        territory,
        territories,
    }
}

pub fn counts(verdicts: &[Verdict]) -> Counts {
    let mut found = Counts::default();
    for verdict in verdicts {
        match verdict {
            Verdict::Met => found.met += 1,
            Verdict::NotMet => found.not_met += 1,
            Verdict::Undetermined(_) => found.undetermined += 1,
            Verdict::NotApplicable => found.not_applicable += 1,
            Verdict::NotJudged => found.not_judged += 1,
        }
    }
    found
}

/// The parts of a condition that a school fulfils by one value: comparisons with a constant.
fn comparisons(judgement: &Judgement<'_>, id: ExprId, depth: usize, found: &mut Vec<(ExprId, Number)>) {
    if depth > 64 {
        return;
    }
    let Some(expr) = judgement.rules.expr(id) else { return };
    let mut inner = |id: ExprId| comparisons(judgement, id, depth + 1, found);
    match &expr.kind {
        ExprKind::Compare(CompareOp::Less | CompareOp::AtMost | CompareOp::More | CompareOp::AtLeast, left, right) => {
            if let Some(number) = constant_number(judgement, *right) {
                found.push((*left, number));
            } else if let Some(number) = constant_number(judgement, *left) {
                found.push((*right, number));
            }
        }
        ExprKind::Not(item) | ExprKind::AbsentWhen { value: item, .. } => inner(*item),
        ExprKind::And(items) | ExprKind::Or(items) => items.iter().for_each(|item| inner(*item)),
        ExprKind::Quantified { items, over: QuantifiedOver::Conditions, .. } => {
            items.iter().for_each(|item| inner(*item));
        }
        ExprKind::If { branches, otherwise } => {
            branches.iter().for_each(|(_, then)| inner(*then));
            inner(*otherwise);
        }
        _ => {}
    }
}

/// The number of an expression that has one value for all rows.
pub fn constant_number(judgement: &Judgement<'_>, id: ExprId) -> Option<Number> {
    let step = judgement.steps.get(id.index())?;
    match judgement.run.columns.get(step.index())? {
        StepColumn::Constant(Value::Number(number)) => Some(number.clone()),
        _ => None,
    }
}

fn equal_rows(judgement: &Judgement<'_>, value: ExprId, threshold: &Number) -> usize {
    let column = judgement.steps.get(value.index()).and_then(|s| judgement.run.columns.get(s.index()));
    let (values, absent) = match column {
        Some(StepColumn::Rows(RowColumn::Numbers { values, absent })) => (values, absent),
        Some(StepColumn::Rows(RowColumn::Data(column))) => match &column.values {
            Values::Numbers(values) => (values, &column.absent),
            _ => return 0,
        },
        _ => return 0,
    };
    if values.len() != judgement.run.schools {
        return 0;
    }
    let present = |row: usize| absent.as_ref().is_none_or(|a| a.get(row).is_some_and(|reasons| *reasons == 0));
    match values {
        NumberColumn::Shared { values, denominator } => {
            let scaled = threshold.multiply(&Number::from_integer(*denominator)).to_integer();
            let Some(scaled) = scaled else { return 0 };
            (0..values.len()).into_par_iter().filter(|row| values.get(*row) == Some(scaled) && present(*row)).count()
        }
        _ => (0..values.len())
            .into_par_iter()
            .filter(|row| present(*row) && values.get(*row).is_some_and(|v| v == *threshold))
            .count(),
    }
}

fn cut_lines(judgement: &Judgement<'_>) -> Vec<CutLine> {
    let mut lines = Vec::new();
    for (at, criterion) in judgement.rules.criteria.iter().enumerate() {
        let mut cuts = Vec::new();
        selections(judgement, criterion.condition, 0, &mut cuts);
        for (id, unit) in cuts {
            let facts = judgement.steps.get(id.index()).and_then(|s| judgement.run.facts.get(s.index()));
            let Some(Facts::Cut(facts)) = facts else { continue };
            for (stratum, cut) in facts.cuts.iter().enumerate() {
                lines.push(CutLine {
                    criterion: at,
                    keys: facts.strata.keys.get(stratum).cloned().unwrap_or_default(),
                    unit: unit.clone(),
                    cut: cut.clone(),
                });
            }
        }
    }
    lines
}

fn selections(judgement: &Judgement<'_>, id: ExprId, depth: usize, found: &mut Vec<(ExprId, Unit)>) {
    if depth > 64 {
        return;
    }
    let Some(expr) = judgement.rules.expr(id) else { return };
    let mut inner = |id: ExprId| selections(judgement, id, depth + 1, found);
    match &expr.kind {
        ExprKind::InCut(cut) => {
            let unit = match judgement.rules.expr(cut.value).map(|e| &e.ty) {
                Some(Type::Number(unit)) => unit.clone(),
                _ => Unit::Number,
            };
            found.push((id, unit));
        }
        ExprKind::Not(item) | ExprKind::AbsentWhen { value: item, .. } => inner(*item),
        ExprKind::And(items) | ExprKind::Or(items) | ExprKind::Quantified { items, .. } => {
            items.iter().for_each(|item| inner(*item));
        }
        ExprKind::If { branches, otherwise } => {
            branches.iter().for_each(|(when, then)| {
                inner(*when);
                inner(*then);
            });
            inner(*otherwise);
        }
        ExprKind::Years { years, .. } => years.iter().for_each(|(_, body)| inner(*body)),
        _ => {}
    }
}

/// The column that tells the territory is the first link or text of the subject, beside key and name, with few
/// different values.
fn territories(judgement: &Judgement<'_>, met_in: &(impl Fn(usize) -> usize + Sync)) -> (String, Vec<(String, usize)>) {
    let nothing = (String::new(), Vec::new());
    let rules = judgement.rules;
    let (Some(schema), Some(table)) = (rules.schema.table(rules.subject), judgement.dataset.table(rules.subject))
    else {
        return nothing;
    };
    for id in identifying(schema) {
        let (Some(declared), Some(column)) = (schema.column(id), table.column(id)) else { continue };
        if schema.key.contains(&id) || declared.link.is_none() {
            continue;
        }
        let Values::Links { rows, table: linked, keys } = &column.values else { continue };
        let names = rules.schema.table(*linked).and_then(|target| {
            let name = identifying(target).into_iter().find(|c| !target.key.contains(c))?;
            judgement.dataset.column(*linked, name)
        });
        let mut found: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        for row in 0..judgement.run.schools.min(rows.len()) {
            let Some(at) = rows.get(row).filter(|at| **at != u32::MAX) else { continue };
            let entry = found.entry(*at).or_insert((row, 0));
            entry.1 += usize::from(met_in(row) > 0);
        }
        let said = |at: u32, row: usize| match names.map(|c| c.value(usize::try_from(at).unwrap_or(usize::MAX))) {
            Some(Value::Text(text)) => text.to_string(),
            _ => keys.as_ref().map_or(String::new(), |k| k.get(row).to_owned()),
        };
        let mut list: Vec<(String, usize)> =
            found.iter().map(|(at, (row, met))| (said(*at, *row), *met)).filter(|(_, met)| *met > 0).collect();
        list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        return (declared.title.as_ref().unwrap_or(&declared.name).to_string(), list);
    }
    nothing
}
