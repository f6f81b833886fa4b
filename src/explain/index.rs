//! An index from its components: raw and normalised values, weights written and used, contributions, scales.

use super::condition::{ComponentTrace, IndexTrace, NormaliseTrace, Scale, Treatment};
use super::reading::{Reading, stratum_of};
use crate::decision::{Facts, StratumScale};
use crate::model::expr::{ExprId, ExprKind, Normalise};
use crate::model::{Component, Index, IndexId, IndexPart, MissingPolicy};
use crate::number::Number;
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
        }
    }

    /// The trace and the raw expressions of the components, in order.
    pub(super) fn index(&self, id: IndexId, row: usize) -> Option<(IndexTrace, Vec<ExprId>)> {
        let index = self.rules.indices.get(id.index())?;
        let written = written_components(index);
        let mut components: Vec<ComponentTrace> = Vec::new();
        for (component, block, weight) in &written {
            components.push(ComponentTrace {
                title: component.title.clone(),
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
                        Some(self.normalisation(component.normalised, normalise, row))
                    }
                    _ => None,
                },
                span: component.span,
            });
        }
        let value = self.number(index.value, row);
        let weights = Weights::of(&components, &index.on_missing);
        let floor_not_reached = weights.floor_not_reached;
        let weight_written = sum(components.iter().map(|c| &c.weight_written));
        let weight_present = sum(components.iter().filter(|c| is_number(&c.normalised)).map(|c| &c.weight_written));
        apply(&mut components, weights, value.is_some());
        let total = value.as_ref().map(|_| sum(components.iter().filter_map(|c| c.contribution.as_ref())));
        let raw = written.iter().map(|(component, ..)| component.raw).collect();
        let trace = IndexTrace {
            index: id,
            components,
            weight_written,
            weight_present,
            sum: total,
            round: index.round.clone(),
            floor_not_reached,
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

/// Weights after the missing-component policy, not yet brought to a sum of one.
struct Weights {
    weights: Vec<Number>,
    treatments: Vec<Treatment>,
    floor_not_reached: bool,
}

impl Weights {
    fn of(components: &[ComponentTrace], policies: &[MissingPolicy]) -> Weights {
        let mut weights: Vec<Number> = components.iter().map(|c| c.weight_written.clone()).collect();
        let present: Vec<bool> = components.iter().map(|c| is_number(&c.normalised)).collect();
        let mut treatments: Vec<Treatment> =
            present.iter().map(|there| if *there { Treatment::Used } else { Treatment::LeavesIndexAbsent }).collect();
        let mut floor_not_reached = false;
        for policy in policies {
            if let MissingPolicy::Reallocate { from, to } = policy {
                reallocate(*from, to, &present, &mut weights, &mut treatments);
            }
        }
        for policy in policies {
            let treatment = match policy {
                MissingPolicy::Reweight { least_weight, least_components } => {
                    let all = sum(components.iter().map(|c| &c.weight_written));
                    let known = components.iter().filter(|c| is_number(&c.normalised));
                    let part = sum(known.map(|c| &c.weight_written)).divide(&all).unwrap_or_else(Number::zero);
                    let count = present.iter().filter(|p| **p).count();
                    floor_not_reached |= least_weight.as_ref().is_some_and(|least| part < *least)
                        || least_components.is_some_and(|least| count < usize::try_from(least).unwrap_or(usize::MAX));
                    Treatment::Reweighted
                }
                MissingPolicy::Zero => Treatment::Zero,
                MissingPolicy::Median => Treatment::Median,
                MissingPolicy::Required | MissingPolicy::Reallocate { .. } => continue,
            };
            for (weight, slot) in weights.iter_mut().zip(treatments.iter_mut()) {
                if *slot == Treatment::LeavesIndexAbsent {
                    *slot = treatment.clone();
                    if treatment == Treatment::Reweighted {
                        *weight = Number::zero();
                    }
                }
            }
        }
        Weights { weights, treatments, floor_not_reached }
    }
}

fn reallocate(from: usize, to: &[usize], present: &[bool], weights: &mut [Number], treatments: &mut [Treatment]) {
    let there = |at: &usize| present.get(*at).copied().unwrap_or(false);
    if there(&from) {
        return;
    }
    let takers: Vec<usize> = to.iter().copied().filter(there).collect();
    let Some(count) = i64::try_from(takers.len()).ok().filter(|n| *n > 0) else { return };
    let Some(given) = weights.get_mut(from).map(|w| std::mem::replace(w, Number::zero())) else { return };
    let Some(share) = given.divide(&Number::from_integer(count)) else { return };
    for taker in &takers {
        if let Some(weight) = weights.get_mut(*taker) {
            *weight = weight.add(&share);
        }
    }
    if let Some(treatment) = treatments.get_mut(from) {
        *treatment = Treatment::Reallocated(takers);
    }
}

/// Weights as shares of the whole, and contributions, where the index has a value.
fn apply(components: &mut [ComponentTrace], weights: Weights, has_value: bool) {
    let total = sum(weights.weights.iter());
    for ((component, weight), treatment) in components.iter_mut().zip(weights.weights).zip(weights.treatments) {
        component.treatment = treatment;
        if !has_value {
            continue;
        }
        let Some(share) = weight.divide(&total) else { continue };
        component.contribution = match (&component.normalised, &component.treatment) {
            (Value::Number(normalised), _) => Some(share.multiply(normalised)),
            (_, Treatment::Zero) => Some(Number::zero()),
            _ => None,
        };
        component.weight_used = Some(share);
    }
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
