//! Indices: the weighted mean of normalised components, after the policy for missing ones.

use super::frame::{Frame, Numbers, add_absence, number_rows};
use crate::decision::{StepColumn, StepId};
use crate::model::{Index, IndexId, IndexPart, MissingPolicy};
use crate::number::Number;
use crate::number::arithmetic::{self, Operand};
use crate::plan::Step;
use crate::value::Reasons;

/// One component of one school.
#[derive(Debug, Clone, PartialEq)]
pub struct ComponentShare {
    /// After the missing policy (0 or the median where it says so).
    pub normalised: Option<Number>,
    /// Share of the whole index before redistribution.
    pub weight: Number,
    /// Share after it; the shares of a school add up to one.
    pub used: Number,
    /// `used · normalised`
    pub contribution: Option<Number>,
    /// The value was put in by the policy.
    pub filled: bool,
}

/// Shares of all components, and why the index has no value where it has none.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    pub components: Vec<ComponentShare>,
    pub absent: Reasons,
}

/// Share of each component in the whole index, blocks multiplied in.
fn weights(index: &Index) -> Vec<Number> {
    let part_weight = |part: &IndexPart| match part {
        IndexPart::Component(component) => component.weight.clone(),
        IndexPart::Block { weight, .. } => weight.clone(),
    };
    let whole = index.parts.iter().fold(Number::zero(), |all, p| all.add(&part_weight(p)));
    let mut weights = Vec::new();
    for part in &index.parts {
        let share = part_weight(part).divide(&whole).unwrap_or_else(Number::zero);
        match part {
            IndexPart::Component(_) => weights.push(share),
            IndexPart::Block { components, .. } => {
                let inside = components.iter().fold(Number::zero(), |all, c| all.add(&c.weight));
                for component in components {
                    let own = component.weight.divide(&inside).unwrap_or_else(Number::zero);
                    weights.push(share.multiply(&own));
                }
            }
        }
    }
    weights
}

/// Shares after the policy; `Err`: the index is absent, for these components.
type Redistributed = Result<Vec<Number>, Vec<bool>>;

/// For one pattern of known components.
/// A weight is given away before a value is put in: a line that names a component goes before one for all.
fn redistribute(index: &Index, weights: &[Number], known: &[bool], filled: &[Option<Number>]) -> Redistributed {
    let mut used: Vec<Number> = weights.to_vec();
    let mut open: Vec<bool> = known.iter().map(|k| !k).collect();
    for policy in &index.on_missing {
        if let MissingPolicy::Reallocate { from, to } = policy
            && open.get(*from) == Some(&true)
        {
            let receivers: Vec<usize> = to.iter().copied().filter(|r| known.get(*r) == Some(&true)).collect();
            let part = Number::from_integer(i64::try_from(receivers.len()).unwrap_or(0));
            if let Some(part) = used.get(*from).and_then(|w| w.divide(&part)) {
                for receiver in receivers {
                    if let Some(weight) = used.get_mut(receiver) {
                        *weight = weight.add(&part);
                    }
                }
                if let (Some(weight), Some(open)) = (used.get_mut(*from), open.get_mut(*from)) {
                    *weight = Number::zero();
                    *open = false;
                }
            }
        }
    }
    for (open, fill) in open.iter_mut().zip(filled) {
        *open &= fill.is_none();
    }
    if open.iter().all(|o| !o) {
        return Ok(used);
    }
    let reweight = index.on_missing.iter().find_map(|p| match p {
        MissingPolicy::Reweight { least_weight, least_components } => Some((least_weight, least_components)),
        _ => None,
    });
    let Some((least_weight, least_components)) = reweight else {
        return Err(open);
    };
    let mut sum = Number::zero();
    for (weight, open) in used.iter_mut().zip(&open) {
        if *open {
            *weight = Number::zero();
        } else {
            sum = sum.add(weight);
        }
    }
    let count = known.iter().filter(|k| **k).count();
    if sum.is_zero()
        || least_weight.as_ref().is_some_and(|least| sum < *least)
        || least_components.is_some_and(|least| count < usize::try_from(least).unwrap_or(usize::MAX))
    {
        return Err(open);
    }
    used.iter().map(|w| w.divide(&sum)).collect::<Option<_>>().ok_or(open)
}

impl Frame<'_> {
    pub fn index_value(&self, id: IndexId, components: &[StepId], among: Option<StepId>, step: &Step) -> StepColumn {
        let Some(index) = self.rules.indices.get(id.index()) else {
            return super::frame::one(None, Reasons::INVALID);
        };
        let rows = self.rows(step);
        let inputs: Vec<Numbers> = components.iter().map(|c| self.numbers(*c)).collect();
        let fill = self.fills(index, &inputs, among, rows);
        let weights = weights(index);
        // Schools with the same known components share their weights: one pattern each.
        let mut patterns: Vec<(Vec<bool>, Redistributed)> = Vec::new();
        let mut pattern = vec![u32::MAX; rows];
        for (row, slot) in pattern.iter_mut().enumerate() {
            let known: Vec<bool> = inputs.iter().map(|n| n.absence(row).is_none()).collect();
            let at = patterns.iter().position(|(p, _)| *p == known).unwrap_or_else(|| {
                let used = redistribute(index, &weights, &known, &fill);
                patterns.push((known, used));
                patterns.len() - 1
            });
            *slot = u32::try_from(at).unwrap_or(u32::MAX);
        }
        let coefficients: Vec<Vec<Number>> = patterns
            .iter()
            .map(|(_, used)| used.clone().unwrap_or_else(|_| vec![Number::zero(); weights.len()]))
            .collect();
        let zero = Number::zero();
        let filled: Vec<Numbers> =
            inputs.iter().zip(&fill).map(|(n, fill)| with_fill(n, fill.as_ref(), rows)).collect();
        let operands: Vec<Operand<'_>> = filled.iter().map(|n| n.operand(&zero)).collect();
        let mut values = arithmetic::combine(&operands, &coefficients, &pattern);
        if let Some((rounding, to)) = &index.round {
            values = arithmetic::round(Operand::Column(&values), to, *rounding, rows);
        }
        let absent = add_absence(None, rows, |row| {
            let lost = pattern.get(row).and_then(|p| patterns.get(usize::try_from(*p).ok()?));
            match lost {
                Some((_, Ok(_))) | None => Reasons::NONE,
                Some((_, Err(open))) => lacking(&inputs, open, row),
            }
        });
        number_rows(values, absent)
    }

    /// What the policy puts in place of absent components.
    fn fills(&self, index: &Index, inputs: &[Numbers], among: Option<StepId>, rows: usize) -> Vec<Option<Number>> {
        let zero = index.on_missing.iter().any(|p| matches!(p, MissingPolicy::Zero));
        let median = index.on_missing.iter().any(|p| matches!(p, MissingPolicy::Median));
        let among = among.map(|id| self.truths(id));
        inputs
            .iter()
            .map(|input| {
                if zero {
                    return Some(Number::zero());
                }
                if !median {
                    return None;
                }
                let inside = |row: &usize| among.as_ref().is_none_or(|a| a.get(*row).is_true());
                let mut values: Vec<Number> = (0..rows).filter(inside).filter_map(|row| input.number(row)).collect();
                values.sort();
                let (low, high) = (values.len().checked_sub(1)? / 2, values.len() / 2);
                values.get(low)?.add(values.get(high)?).divide(&Number::from_integer(2))
            })
            .collect()
    }

    /// The shares of one school, for its explanation: the same redistribution, read for one row.
    pub fn shares(&self, id: IndexId, components: &[StepId], among: Option<StepId>, row: usize, rows: usize) -> Shares {
        let Some(index) = self.rules.indices.get(id.index()) else {
            return Shares { components: Vec::new(), absent: Reasons::INVALID };
        };
        let inputs: Vec<Numbers> = components.iter().map(|c| self.numbers(*c)).collect();
        let fill = self.fills(index, &inputs, among, rows);
        let weights = weights(index);
        let known: Vec<bool> = inputs.iter().map(|n| n.absence(row).is_none()).collect();
        let used = redistribute(index, &weights, &known, &fill);
        let absent = match &used {
            Ok(_) => Reasons::NONE,
            Err(open) => lacking(&inputs, open, row),
        };
        let used = used.unwrap_or_else(|_| vec![Number::zero(); weights.len()]);
        let components = inputs
            .iter()
            .zip(fill)
            .zip(weights.iter().zip(used))
            .map(|((input, fill), (weight, used))| {
                let own = input.number(row);
                let fill = fill.filter(|_| !used.is_zero());
                let filled = own.is_none() && fill.is_some();
                let normalised = own.or(fill);
                let contribution = normalised.as_ref().map(|n| n.multiply(&used));
                ComponentShare { normalised, weight: weight.clone(), used, contribution, filled }
            })
            .collect();
        Shares { components, absent }
    }
}

/// What the components lack that were left without a value.
fn lacking(inputs: &[Numbers], open: &[bool], row: usize) -> Reasons {
    let left = inputs.iter().zip(open).filter(|(_, open)| **open);
    left.fold(Reasons::NONE, |all, (input, _)| all.and(input.absence(row)))
}

fn with_fill(input: &Numbers, fill: Option<&Number>, rows: usize) -> Numbers {
    let Some(fill) = fill else {
        return input.copy();
    };
    match input {
        Numbers::Rows(column, Some(_)) => {
            let choice: Vec<u32> = (0..rows).map(|row| u32::from(!input.absence(row).is_none())).collect();
            let values = arithmetic::select(&[Operand::Column(column), Operand::Constant(fill)], &choice);
            Numbers::Rows(values, None)
        }
        Numbers::Absent(_) => Numbers::One(fill.clone()),
        other => other.copy(),
    }
}

impl Numbers {
    fn copy(&self) -> Numbers {
        match self {
            Numbers::Rows(column, absent) => Numbers::Rows(column.clone(), absent.clone()),
            Numbers::One(number) => Numbers::One(number.clone()),
            Numbers::Absent(reasons) => Numbers::Absent(*reasons),
        }
    }
}
