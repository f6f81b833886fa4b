//! One value of one row, read off the checked rules as the reference defines it.
//!
//! Remembers what it found, for that row only as long as there is room. Knows no columns, no steps and no order of work: a
//! value asks for the values that it is made of.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::cut::Chosen;
use super::gathered::Gathered;
use super::scale::Scales;
use crate::data::dataset::{Dataset, Values};
use crate::model::expr::{ArithmeticOp, Expr, ExprId, ExprKind, Grain};
use crate::model::{FunctionId, RuleSet};
use crate::name::normal_text;
use crate::number::Number;
use crate::number::rounding::round_to_multiple;
use crate::schema::{ColumnId, TableId};
use crate::value::{Reasons, Truth, Type, Value};

/// What is remembered of single rows; after that many values all of it is forgotten and found again where it is needed.
const REMEMBERED: usize = 400_000;

/// The rows of a table by the row of another one that they lead to.
pub(super) type Children = Rc<Vec<Vec<usize>>>;

/// The rules, the data, and what was found so far.
pub(super) struct Reading<'a> {
    pub rules: &'a RuleSet,
    pub dataset: &'a Dataset,
    values: RefCell<HashMap<(ExprId, usize), Value>>,
    /// What is the same for many rows is found once.
    pub children: RefCell<HashMap<(TableId, Vec<ColumnId>), Children>>,
    pub gathered: RefCell<HashMap<ExprId, Rc<Gathered>>>,
    pub scales: RefCell<HashMap<ExprId, Rc<Scales>>>,
    pub chosen: RefCell<HashMap<ExprId, Rc<Chosen>>>,
    pub medians: RefCell<HashMap<ExprId, Value>>,
}

impl<'a> Reading<'a> {
    pub fn new(rules: &'a RuleSet, dataset: &'a Dataset) -> Self {
        Reading {
            rules,
            dataset,
            values: RefCell::default(),
            children: RefCell::default(),
            gathered: RefCell::default(),
            scales: RefCell::default(),
            chosen: RefCell::default(),
            medians: RefCell::default(),
        }
    }

    pub fn rows(&self, table: TableId) -> usize {
        self.dataset.table(table).map_or(0, |table| table.rows)
    }

    /// The value of an expression for one row of its grain; a constant has the same for every row.
    pub fn value(&self, id: ExprId, row: usize) -> Value {
        let Some(expr) = self.rules.expr(id) else {
            return Value::Absent(Reasons::INVALID);
        };
        let row = if expr.grain == Grain::Constant { 0 } else { row };
        if let Some(known) = self.values.borrow().get(&(id, row)) {
            return known.clone();
        }
        let value = self.found(id, expr, row);
        let mut values = self.values.borrow_mut();
        if values.len() >= REMEMBERED {
            values.clear();
        }
        values.insert((id, row), value.clone());
        value
    }

    /// A count between two bounds is no number.
    pub fn number(&self, id: ExprId, row: usize) -> Result<Number, Reasons> {
        match self.value(id, row) {
            Value::Number(number) => Ok(number),
            other => Err(why_absent(&other)),
        }
    }

    pub fn truth(&self, id: ExprId, row: usize) -> Truth {
        match self.value(id, row) {
            Value::Truth(truth) => truth,
            other => Truth::unknown(why_absent(&other)),
        }
    }

    fn found(&self, id: ExprId, expr: &Expr, row: usize) -> Value {
        match &expr.kind {
            ExprKind::Number(number) => Value::Number(number.clone()),
            ExprKind::Text(text) => Value::Text(text.clone()),
            ExprKind::YesNo(yes) => Value::Truth(Truth::from_bool(*yes)),
            ExprKind::Date(date) => Value::Date(*date),
            ExprKind::Parameter(_, of) | ExprKind::Indicator(_, of) | ExprKind::Index(_, of) => self.value(*of, row),
            ExprKind::Keyed { by, entries, otherwise } => self.keyed(*by, entries, *otherwise, row),
            ExprKind::Column(table, column) => self.cell(*table, *column, row),
            ExprKind::Follow { table, link, inner } => match self.linked(*table, *link, row) {
                Ok(there) => self.value(*inner, there),
                Err(reasons) => Value::Absent(reasons),
            },
            ExprKind::Negate(of) => self.of_number(*of, row, |number| Some(number.negate())),
            ExprKind::Absolute(of) => self.of_number(*of, row, |number| Some(number.absolute())),
            ExprKind::Arithmetic(op, a, b) => self.arithmetic(*op, *a, *b, row),
            ExprKind::Extreme { largest, of } => self.extreme(*largest, of, row),
            ExprKind::Round { value, step, rounding } => match self.number(*step, row) {
                Ok(step) => self.of_number(*value, row, |number| round_to_multiple(number, &step, *rounding)),
                Err(reasons) => Value::Absent(reasons.and(self.number(*value, row).err().unwrap_or_default())),
            },
            ExprKind::If { branches, otherwise } => self.choice(branches, *otherwise, row),
            ExprKind::Aggregate(aggregate) => self.aggregate(id, aggregate, row),
            ExprKind::Normalise(normalise) => self.normalised(id, normalise, row),
            ExprKind::IndexValue(index) => self.index_value(*index, row),
            ExprKind::Call(function, arguments) => self.call(*function, arguments, row),
            ExprKind::AbsentWhen { value, when, reasons } => self.absent_when(*value, *when, *reasons, row),
            ExprKind::Fallback { first, second } => match self.value(*first, row) {
                Value::Absent(reasons) if reasons.contains(Reasons::SUPPRESSED) => self.value(*second, row),
                value => value,
            },
            ExprKind::MetCount { of, judged } => {
                let judged = judged.map_or(Truth::TRUE, |judged| self.truth(judged, row));
                if judged.is_unknown() {
                    return Value::Absent(judged.reasons());
                }
                let met =
                    of.iter().filter(|_| judged.is_true()).filter(|criterion| self.truth(**criterion, row).is_true());
                Value::Number(whole(met.count()))
            }
            ExprKind::MeanOfYears { years } => self.mean_of_years(years, row),
            _ => truth_value(self.condition(id, &expr.kind, row)),
        }
    }

    /// The row that a link names.
    pub fn linked(&self, table: TableId, link: ColumnId, row: usize) -> Result<usize, Reasons> {
        let Some(column) = self.dataset.column(table, link) else {
            return Err(Reasons::MISSING);
        };
        let absent = column.absence(row);
        if !absent.is_none() {
            return Err(absent);
        }
        match &column.values {
            Values::Links { rows, .. } => match rows.get(row) {
                Some(there) if *there != u32::MAX => usize::try_from(*there).map_err(|_| Reasons::MISSING),
                _ => Err(Reasons::MISSING),
            },
            _ => Err(Reasons::INVALID),
        }
    }

    fn cell(&self, table: TableId, column: ColumnId, row: usize) -> Value {
        self.dataset.column(table, column).map_or(Value::Absent(Reasons::MISSING), |column| column.value(row))
    }

    fn of_number(&self, of: ExprId, row: usize, change: impl Fn(&Number) -> Option<Number>) -> Value {
        match self.number(of, row) {
            Ok(number) => change(&number).map_or(Value::Absent(Reasons::INVALID), Value::Number),
            Err(reasons) => Value::Absent(reasons),
        }
    }

    fn arithmetic(&self, op: ArithmeticOp, a: ExprId, b: ExprId, row: usize) -> Value {
        let (a, b) = match (self.number(a, row), self.number(b, row)) {
            (Ok(a), Ok(b)) => (a, b),
            (a, b) => return Value::Absent(a.err().unwrap_or_default().and(b.err().unwrap_or_default())),
        };
        let result = match op {
            ArithmeticOp::Add => Some(a.add(&b)),
            ArithmeticOp::Subtract => Some(a.subtract(&b)),
            ArithmeticOp::Multiply => Some(a.multiply(&b)),
            ArithmeticOp::Divide => a.divide(&b),
        };
        result.map_or(Value::Absent(Reasons::NOT_APPLICABLE), Value::Number)
    }

    fn extreme(&self, largest: bool, of: &[ExprId], row: usize) -> Value {
        let (numbers, absent) = self.numbers(of.iter().copied(), row);
        if !absent.is_none() {
            return Value::Absent(absent);
        }
        let best = if largest { numbers.into_iter().max() } else { numbers.into_iter().min() };
        best.map_or(Value::Absent(Reasons::MISSING), Value::Number)
    }

    /// Those that have a value, and why the others have none.
    fn numbers(&self, of: impl Iterator<Item = ExprId>, row: usize) -> (Vec<Number>, Reasons) {
        let (mut numbers, mut absent) = (Vec::new(), Reasons::NONE);
        for id in of {
            match self.number(id, row) {
                Ok(number) => numbers.push(number),
                Err(reasons) => absent = absent.and(reasons),
            }
        }
        (numbers, absent)
    }

    fn keyed(&self, by: ExprId, entries: &[(ExprId, ExprId)], otherwise: Option<ExprId>, row: usize) -> Value {
        let key = self.value(by, row);
        if !has_value(&key) {
            return Value::Absent(why_absent(&key));
        }
        let found = entries.iter().find(|(entry, _)| same(&self.value(*entry, row), &key));
        match found.map(|(_, value)| *value).or(otherwise) {
            Some(value) => self.value(value, row),
            None => Value::Absent(Reasons::NOT_APPLICABLE),
        }
    }

    fn choice(&self, branches: &[(ExprId, ExprId)], otherwise: ExprId, row: usize) -> Value {
        for (condition, value) in branches {
            let truth = self.truth(*condition, row);
            if truth.is_unknown() {
                return Value::Absent(truth.reasons());
            }
            if truth.is_true() {
                return self.value(*value, row);
            }
        }
        self.value(otherwise, row)
    }

    /// A value that may be absent keeps its own reasons beside those of the condition.
    fn absent_when(&self, value: ExprId, when: ExprId, reasons: Reasons, row: usize) -> Value {
        let truth = self.truth(when, row);
        if truth.is_true() {
            return Value::Absent(reasons);
        }
        let value = self.value(value, row);
        if truth.is_false() {
            return value;
        }
        let own = if has_value(&value) { Reasons::NONE } else { why_absent(&value) };
        Value::Absent(truth.reasons().and(own))
    }

    fn mean_of_years(&self, years: &[(i64, ExprId)], row: usize) -> Value {
        let (numbers, absent) = self.numbers(years.iter().map(|(_, id)| *id), row);
        mean(&numbers).map_or(Value::Absent(absent), Value::Number)
    }

    /// Numbers go into a script as they are written: 40 % as 40.
    fn call(&self, function: FunctionId, arguments: &[ExprId], row: usize) -> Value {
        let Some(function) = self.rules.functions.get(function.index()) else {
            return Value::Absent(Reasons::INVALID);
        };
        let (numbers, absent) = self.numbers(arguments.iter().copied(), row);
        if !absent.is_none() {
            return Value::Absent(absent);
        }
        let shown: Vec<Number> =
            numbers.iter().zip(&function.arguments).map(|(number, (_, ty))| number.multiply(&factor(ty))).collect();
        let result = function.script.call(&shown).ok().and_then(|number| number.divide(&factor(&function.result)));
        result.map_or(Value::Absent(Reasons::INVALID), Value::Number)
    }
}

fn factor(ty: &Type) -> Number {
    match ty {
        Type::Number(unit) => Number::from_integer(unit.shown_factor()),
        _ => Number::one(),
    }
}

pub(super) fn mean(numbers: &[Number]) -> Option<Number> {
    total(numbers).divide(&whole(numbers.len()))
}

pub(super) fn total<'n>(numbers: impl IntoIterator<Item = &'n Number>) -> Number {
    numbers.into_iter().fold(Number::zero(), |sum, number| sum.add(number))
}

pub(super) fn whole(count: usize) -> Number {
    Number::from_integer(i64::try_from(count).unwrap_or(i64::MAX))
}

pub(super) fn truth_value(truth: Truth) -> Value {
    if truth.is_unknown() { Value::Absent(truth.reasons()) } else { Value::Truth(truth) }
}

fn has_value(value: &Value) -> bool {
    !matches!(value, Value::Absent(_) | Value::Between(..))
}

/// Why something has no value of the kind that is asked for.
pub(super) fn why_absent(value: &Value) -> Reasons {
    match value {
        Value::Absent(reasons) | Value::Between(_, reasons) => *reasons,
        _ => Reasons::INVALID,
    }
}

/// Texts are the same in their normal form.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => normal_text(a) == normal_text(b),
        _ => a == b,
    }
}
