//! The value of an index for one row: weights of components, and what happens when one has no value.
//!
//! Knows nothing of how the components were brought onto one scale.

use super::gathered::median;
use super::reading::{Reading, total};
use crate::model::{Component, Index, IndexId, IndexPart, MissingPolicy};
use crate::number::Number;
use crate::number::rounding::round_to_multiple;
use crate::value::{Reasons, Value};

/// A component of one row.
struct Share {
    weight: Number,
    value: Result<Number, Reasons>,
    /// Its weight was given to others.
    given: bool,
}

impl Reading<'_> {
    pub(super) fn index_value(&self, id: IndexId, row: usize) -> Value {
        let Some(index) = self.rules.indices.get(id.index()) else {
            return Value::Absent(Reasons::INVALID);
        };
        let mean = self.weighted(index, row).and_then(|mean| match &index.round {
            Some((rounding, step)) => round_to_multiple(&mean, step, *rounding).ok_or(Reasons::INVALID),
            None => Ok(mean),
        });
        mean.map_or_else(Value::Absent, Value::Number)
    }

    fn weighted(&self, index: &Index, row: usize) -> Result<Number, Reasons> {
        let components = components(index);
        let mut shares: Vec<Share> = Vec::new();
        for (component, weight) in &components {
            shares.push(Share { weight: weight.clone(), value: self.number(component.normalised, row), given: false });
        }
        for policy in &index.on_missing {
            if let MissingPolicy::Reallocate { from, to } = policy {
                reallocate(&mut shares, *from, to);
            }
        }
        let policy = index.on_missing.iter().find(|policy| !matches!(policy, MissingPolicy::Reallocate { .. }));
        match policy {
            Some(MissingPolicy::Zero) => {
                for share in shares.iter_mut().filter(|share| !share.given) {
                    share.value = Ok(share.value.clone().unwrap_or_else(|_| Number::zero()));
                }
            }
            Some(MissingPolicy::Median) => {
                for (share, (component, _)) in shares.iter_mut().zip(&components) {
                    if let (Err(_), false, Value::Number(median)) =
                        (&share.value, share.given, self.median_of(index, component))
                    {
                        share.value = Ok(median);
                    }
                }
            }
            Some(MissingPolicy::Reweight { least_weight, least_components }) => {
                return reweighted(&shares, least_weight.as_ref(), *least_components);
            }
            Some(MissingPolicy::Required | MissingPolicy::Reallocate { .. }) | None => {}
        }
        if shares.iter().all(|share| share.given || share.value.is_ok()) {
            mean(&shares)
        } else {
            Err(lacking(&shares))
        }
    }

    /// The median of the values of the members on the scale.
    fn median_of(&self, index: &Index, component: &Component) -> Value {
        if let Some(known) = self.medians.borrow().get(&component.normalised) {
            return known.clone();
        }
        let rows = 0..self.rows(self.rules.subject);
        let members = rows.filter(|row| self.among(index.among, *row).is_true());
        let mut values: Vec<Number> = members.filter_map(|row| self.number(component.normalised, row).ok()).collect();
        values.sort();
        let median = median(&values).map_or(Value::Absent(Reasons::MISSING), Value::Number);
        self.medians.borrow_mut().insert(component.normalised, median.clone());
        median
    }
}

/// All components in order of writing, each with its part of the whole weight: first the weights of the blocks, inside a
/// block those of its components.
fn components(index: &Index) -> Vec<(&Component, Number)> {
    let weights = index.parts.iter().map(|part| match part {
        IndexPart::Component(component) => &component.weight,
        IndexPart::Block { weight, .. } => weight,
    });
    let whole = total(weights);
    let part_of = |weight: &Number, whole: &Number| weight.divide(whole).unwrap_or_else(Number::zero);
    let mut found = Vec::new();
    for part in &index.parts {
        match part {
            IndexPart::Component(component) => found.push((component, part_of(&component.weight, &whole))),
            IndexPart::Block { weight, components, .. } => {
                let inside = total(components.iter().map(|component| &component.weight));
                for component in components {
                    let weight = part_of(weight, &whole).multiply(&part_of(&component.weight, &inside));
                    found.push((component, weight));
                }
            }
        }
    }
    found
}

/// The weight of an absent component in equal parts to the named ones that have a value; without any of them it stays.
fn reallocate(shares: &mut [Share], from: usize, to: &[usize]) {
    let present = |at: usize| shares.get(at).is_some_and(|share| share.value.is_ok());
    let receivers: Vec<usize> = to.iter().copied().filter(|at| present(*at)).collect();
    if present(from) || receivers.is_empty() || shares.get(from).is_none_or(|share| share.given) {
        return;
    }
    let Some(given) = shares.get(from).map(|share| share.weight.clone()) else {
        return;
    };
    let Some(part) = given.divide(&super::reading::whole(receivers.len())) else {
        return;
    };
    for (at, share) in shares.iter_mut().enumerate() {
        if at == from {
            share.weight = Number::zero();
            share.given = true;
        } else if receivers.contains(&at) {
            share.weight = share.weight.add(&part);
        }
    }
}

fn reweighted(shares: &[Share], weight: Option<&Number>, components: Option<u32>) -> Result<Number, Reasons> {
    let known: Vec<&Share> = shares.iter().filter(|share| share.value.is_ok() && !share.weight.is_zero()).collect();
    let known_weight = total(known.iter().map(|share| &share.weight));
    let enough = weight.is_none_or(|least| known_weight >= *least)
        && components.is_none_or(|least| known.len() >= usize::try_from(least).unwrap_or(usize::MAX));
    if known.is_empty() || !enough {
        return Err(lacking(shares));
    }
    mean(shares)
}

fn lacking(shares: &[Share]) -> Reasons {
    shares
        .iter()
        .filter(|share| !share.given)
        .filter_map(|share| share.value.as_ref().err())
        .fold(Reasons::NONE, |all, why| all.and(*why))
}

/// The weighted mean of those that have a value.
fn mean(shares: &[Share]) -> Result<Number, Reasons> {
    let known: Vec<(&Number, &Number)> =
        shares.iter().filter_map(|share| Some((share.value.as_ref().ok()?, &share.weight))).collect();
    let products: Vec<Number> = known.iter().map(|(value, weight)| value.multiply(weight)).collect();
    let weights = total(known.iter().map(|(_, weight)| *weight));
    total(&products).divide(&weights).ok_or(Reasons::NOT_APPLICABLE)
}
