//! The values that a condition is about: what is compared, ranked or looked up.
//!
//! A condition of several parts has several; which of them decided for a school, its explanation tells. Reads no data.

use crate::messages::beside;
use crate::model::RuleSet;
use crate::model::expr::{ExprId, ExprKind, Grain};
use crate::value::Type;

/// Values of one condition that a list shows.
const MOST_VALUES: usize = 6;
const MOST_DEPTH: usize = 64;

/// A value and what it is called (empty: it is a formula without a name).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deciding {
    pub expr: ExprId,
    /// The conditions that compare, rank or look it up.
    pub conditions: Vec<ExprId>,
    pub name: String,
    /// A ratio that is held against a percentage is shown as a percentage.
    pub shown: Type,
}

/// In order of writing; the same indicator or column once.
pub fn values(rules: &RuleSet, condition: ExprId) -> Vec<Deciding> {
    let mut found = Vec::new();
    collect(rules, condition, &mut found, 0);
    found.truncate(MOST_VALUES);
    found
}

fn collect(rules: &RuleSet, condition: ExprId, found: &mut Vec<Deciding>, depth: usize) {
    let Some(expr) = rules.expr(condition).filter(|_| depth < MOST_DEPTH) else { return };
    let mut below: Vec<ExprId> = Vec::new();
    let ty = |id: ExprId| rules.expr(id).map_or(Type::Text, |e| e.ty.clone());
    let mut against = None;
    let value = match &expr.kind {
        ExprKind::Compare(_, left, right) => {
            let same_for_all = |id: ExprId| rules.expr(id).is_some_and(|e| e.grain == Grain::Constant);
            let (value, threshold) =
                if same_for_all(*left) && !same_for_all(*right) { (*right, *left) } else { (*left, *right) };
            against = Some(ty(threshold));
            Some(value)
        }
        ExprKind::Between { value, .. }
        | ExprKind::OneOf { value, .. }
        | ExprKind::InList { value, .. }
        | ExprKind::Status { value, .. } => Some(*value),
        ExprKind::InCut(cut) => Some(cut.value),
        ExprKind::Column(..) | ExprKind::Follow { .. } => Some(condition),
        ExprKind::Not(inner) => {
            below.push(*inner);
            None
        }
        ExprKind::AbsentWhen { value, .. } => {
            below.push(*value);
            None
        }
        ExprKind::And(items) | ExprKind::Or(items) | ExprKind::Quantified { items, .. } => {
            below.extend(items);
            None
        }
        ExprKind::If { branches, otherwise } => {
            below.extend(branches.iter().map(|(_, then)| *then));
            below.push(*otherwise);
            None
        }
        ExprKind::Years { years, .. } => {
            below.extend(years.last().map(|(_, body)| *body));
            None
        }
        _ => None,
    };
    if let Some(value) = value {
        let name = name(rules, value, 0);
        let again = |known: &Deciding| known.expr == value || (!name.is_empty() && known.name == name);
        if let Some(known) = found.iter_mut().find(|known| again(known)) {
            known.conditions.push(condition);
        } else {
            let own = ty(value);
            let shown = against.map_or(own.clone(), |other| beside(&own, &other).clone());
            found.push(Deciding { expr: value, conditions: vec![condition], name, shown });
        }
    }
    for part in below {
        collect(rules, part, found, depth + 1);
    }
}

/// What a value is called, when it has a name.
pub fn value_name(rules: &RuleSet, value: ExprId) -> String {
    name(rules, value, 0)
}

/// What a part of a condition is about, when that has a name.
pub fn title(rules: &RuleSet, condition: ExprId) -> String {
    match values(rules, condition).as_slice() {
        [only] => only.name.clone(),
        _ => String::new(),
    }
}

fn name(rules: &RuleSet, value: ExprId, depth: usize) -> String {
    let titled = |title: Option<&str>, name: &str| title.unwrap_or(name).to_owned();
    match rules.expr(value).filter(|_| depth < MOST_DEPTH).map(|e| &e.kind) {
        Some(ExprKind::Indicator(id, _)) => {
            rules.indicators.get(id.index()).map(|i| titled(i.title.as_deref(), &i.name)).unwrap_or_default()
        }
        Some(ExprKind::Index(id, _)) => {
            rules.indices.get(id.index()).map(|i| titled(i.title.as_deref(), &i.name)).unwrap_or_default()
        }
        Some(ExprKind::Column(table, column)) => {
            rules.schema.column(*table, *column).map(|c| titled(c.title.as_deref(), &c.name)).unwrap_or_default()
        }
        Some(ExprKind::Follow { inner, .. } | ExprKind::AbsentWhen { value: inner, .. }) => {
            name(rules, *inner, depth + 1)
        }
        _ => String::new(),
    }
}
