//! An index from its components: raw and normalised values, weights written and used, contributions, scales.

use std::sync::Arc;

use super::condition::{ComponentTrace, Floor, IndexTrace, NormaliseTrace, Scale, Treatment};
use super::reading::{Reading, stratum_of};
use crate::decision::{Facts, StratumScale};
use crate::evaluate::trace;
use crate::model::expr::{ExprId, ExprKind, Normalise};
use crate::model::{Component, Index, IndexId, IndexPart, MissingPolicy, PopulationOrTable};
use crate::number::Number;
use crate::schema::ColumnId;
use crate::value::Value;

impl Reading<'_> {
    pub(super) fn normalisation(&self, expr: ExprId, normalise: &Normalise, row: usize) -> NormaliseTrace {
        let facts = match self.facts(expr) {
            Some(Facts::Scale(facts)) => Some(facts),
            _ => None,
        };
        let stratum = facts.and_then(|f| stratum_of(&f.strata, row));
        NormaliseTrace {
            method: normalise.method.clone(),
            reversed: normalise.reversed,
            population: self.population_name(normalise.among),
            raw: self.value(normalise.value, row),
            raw_type: self.ty(normalise.value),
            scale: facts.zip(stratum).and_then(|(f, s)| f.scales.get(s)).map(scale),
            stratum: facts.zip(stratum).and_then(|(f, s)| f.strata.keys.get(s).cloned()).unwrap_or_default(),
            within: self.key_names(&normalise.within),
            with_excluded: false,
        }
    }

    /// Whether rows of a whole table belong to schools that a population excludes.
    pub(super) fn has_rows_of_excluded(&self, of: PopulationOrTable) -> bool {
        let PopulationOrTable::Table(table) = of else { return false };
        let subject = self.rules.subject;
        let rows = self.data.table(table).map_or(0, |t| t.rows);
        let own = |row: usize| (table == subject).then_some(row);
        let link = self.rules.schema.table(table).and_then(|t| t.columns.iter().position(|c| c.link == Some(subject)));
        let link = link.and_then(|at| u32::try_from(at).ok()).map(ColumnId);
        let mut excluding = self.rules.populations.iter().zip(&self.run.populations);
        excluding.any(|(population, membership)| {
            let is_excluded = |school: usize| membership.excluded_by.get(school).is_some_and(|by| *by > 0);
            let school = |row: usize| own(row).or_else(|| self.linked_row(table, link?, row));
            population.table == subject
                && !population.exclusions.is_empty()
                && (0..rows).any(|row| school(row).is_some_and(is_excluded))
        })
    }

    /// A component written as the name of a column is called by the title of that column.
    fn component_title(&self, raw: ExprId, written: &Arc<str>) -> Arc<str> {
        let titled = match self.expr(raw).map(|e| &e.kind) {
            Some(ExprKind::Column(table, column)) => {
                self.rules.schema.column(*table, *column).filter(|c| c.name == *written).and_then(|c| c.title.clone())
            }
            _ => None,
        };
        titled.unwrap_or_else(|| written.clone())
    }

    /// The trace and the raw expressions of the components, in order.
    pub(super) fn index(&self, id: IndexId, row: usize) -> Option<(IndexTrace, Vec<ExprId>)> {
        let index = self.rules.indices.get(id.index())?;
        let written = written_components(index);
        let mut components: Vec<ComponentTrace> = Vec::new();
        for (component, block, weight) in &written {
            components.push(ComponentTrace {
                title: self.component_title(component.raw, &component.title),
                block: block.clone(),
                higher_is_better: component.higher_is_better,
                raw: self.value(component.raw, row),
                raw_type: self.ty(component.raw),
                normalised: self.value(component.normalised, row),
                weight_written: weight.clone(),
                weight_used: None,
                contribution: None,
                treatment: Treatment::Used,
                normalisation: match self.expr(component.normalised).map(|e| &e.kind) {
                    Some(ExprKind::Normalise(normalise)) => {
                        let with_excluded = self.has_rows_of_excluded(normalise.among);
                        Some(NormaliseTrace {
                            with_excluded,
                            ..self.normalisation(component.normalised, normalise, row)
                        })
                    }
                    _ => None,
                },
                span: component.span,
            });
        }
        let shares = trace::shares(self.rules, self.plan, self.data, self.run, index.value, row)?;
        let has_value = self.number(index.value, row).is_some();
        let known: Vec<bool> = components.iter().map(|c| is_number(&c.normalised)).collect();
        let weight_written = sum(components.iter().map(|c| &c.weight_written));
        let weight_present = sum(components.iter().filter(|c| is_number(&c.normalised)).map(|c| &c.weight_written));
        for (at, (component, share)) in components.iter_mut().zip(shares.components).enumerate() {
            component.treatment = treatment(index, &known, at, share.filled, has_value);
            if let (true, Some(normalised)) = (share.filled, share.normalised) {
                component.normalised = Value::Number(normalised);
            }
            if has_value {
                component.weight_used = Some(share.used);
                component.contribution = share.contribution;
            }
        }
        let total = has_value.then(|| sum(components.iter().filter_map(|c| c.contribution.as_ref())));
        let floor = floor(index, &known, &weight_present, &weight_written).filter(|_| !has_value);
        if floor.is_some() {
            for component in components.iter_mut().filter(|c| c.treatment == Treatment::LeavesIndexAbsent) {
                component.treatment = Treatment::NotCounted;
            }
        }
        let raw = written.iter().map(|(component, ..)| component.raw).collect();
        let trace = IndexTrace {
            index: id,
            components,
            weight_written,
            weight_present,
            sum: total,
            round: index.round.clone(),
            policies: index.on_missing.clone(),
            floor,
        };
        Some((trace, raw))
    }
}

/// Components with their block and their weight in the whole: inside a block its part of the weight of the block.
fn written_components(index: &Index) -> Vec<(&Component, Option<std::sync::Arc<str>>, Number)> {
    let mut all = Vec::new();
    for part in &index.parts {
        match part {
            IndexPart::Component(component) => all.push((component, None, component.weight.clone())),
            IndexPart::Block { title, weight, components, .. } => {
                let inside = sum(components.iter().map(|c| &c.weight));
                for component in components {
                    let part = component.weight.multiply(weight).divide(&inside).unwrap_or_else(Number::zero);
                    all.push((component, Some(title.clone()), part));
                }
            }
        }
    }
    all
}

/// The floor that is not reached; `None`: the index does without no component.
fn floor(index: &Index, known: &[bool], present: &Number, written: &Number) -> Option<Floor> {
    let (least_weight, least_components) = index.on_missing.iter().find_map(|policy| match policy {
        MissingPolicy::Reweight { least_weight, least_components } => Some((least_weight, least_components)),
        _ => None,
    })?;
    let count = known.iter().filter(|known| **known).count();
    let share = present.divide(written).unwrap_or_else(Number::zero);
    match (least_weight, least_components) {
        (Some(needed), _) if share < *needed => Some(Floor::Weight { known: share, needed: needed.clone() }),
        (_, Some(needed)) if count < usize::try_from(*needed).unwrap_or(usize::MAX) => {
            Some(Floor::Components { known: count, needed: usize::try_from(*needed).unwrap_or(usize::MAX) })
        }
        _ => Some(Floor::Nothing).filter(|_| count == 0),
    }
}

/// What the policy made of a component, as its share tells.
fn treatment(index: &Index, known: &[bool], at: usize, filled: bool, has_value: bool) -> Treatment {
    let is_known = |at: &usize| known.get(*at) == Some(&true);
    if filled {
        let zero = index.on_missing.iter().any(|p| matches!(p, MissingPolicy::Zero));
        return if zero { Treatment::Zero } else { Treatment::Median };
    }
    if is_known(&at) {
        return Treatment::Used;
    }
    if !has_value {
        return Treatment::LeavesIndexAbsent;
    }
    let receivers = index.on_missing.iter().find_map(|policy| match policy {
        MissingPolicy::Reallocate { from, to } if *from == at => {
            Some(to.iter().copied().filter(is_known).collect::<Vec<usize>>()).filter(|to| !to.is_empty())
        }
        _ => None,
    });
    receivers.map_or(Treatment::Reweighted, Treatment::Reallocated)
}

fn scale(scale: &StratumScale) -> Scale {
    Scale {
        count: scale.count,
        mean: scale.mean.clone(),
        deviation: scale.deviation.clone(),
        minimum: scale.minimum.clone(),
        maximum: scale.maximum.clone(),
    }
}

fn is_number(value: &Value) -> bool {
    matches!(value, Value::Number(_))
}

fn sum<'a>(numbers: impl Iterator<Item = &'a Number>) -> Number {
    numbers.fold(Number::zero(), |total, n| total.add(n))
}
