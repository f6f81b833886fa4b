//! What a step sees: the columns before it, as numbers, texts or truths, with their absences.

use std::sync::Arc;

use crate::data::dataset::{Column, Dataset, TextColumn, TextPool, Values};
use crate::decision::{OpenCount, RowColumn, StepColumn, StepId};
use crate::model::RuleSet;
use crate::model::expr::Grain;
use crate::number::Number;
use crate::number::arithmetic::Operand;
use crate::number::column::NumberColumn;
use crate::plan::{Plan, Step};
use crate::schema::{ColumnId, TableId};
use crate::value::{Reasons, Truth, Type, Value};

/// Everything known while a level of steps is evaluated.
#[derive(Clone, Copy)]
pub(super) struct Frame<'a> {
    pub rules: &'a RuleSet,
    pub plan: &'a Plan,
    pub dataset: &'a Dataset,
    pub columns: &'a [StepColumn],
    pub shared: &'a super::Shared,
}

/// Reasons per row; `None`: no row is absent.
pub(super) type Absent = Option<Arc<Vec<u8>>>;

/// An input read as numbers.
pub(super) enum Numbers {
    Rows(NumberColumn, Absent),
    One(Number),
    Absent(Reasons),
}

/// An input read as texts.
pub(super) enum Texts {
    Rows(TextColumn, Absent),
    One(Arc<str>),
    Absent(Reasons),
}

/// An input read as truths.
#[derive(Clone)]
pub(super) enum Truths {
    Rows(Arc<Vec<u8>>),
    One(Truth),
}

impl Truths {
    #[inline]
    pub fn get(&self, row: usize) -> Truth {
        match self {
            Truths::Rows(rows) => rows.get(row).map_or(Truth::unknown(Reasons::INVALID), |t| Truth(*t)),
            Truths::One(truth) => *truth,
        }
    }

    /// What becomes of the truth of every row; each of the few truths is asked for once.
    pub fn mapped<T: Copy>(&self, rows: usize, f: impl Fn(Truth) -> T) -> Vec<T> {
        let all: [T; 256] = std::array::from_fn(|bits| f(Truth(u8::try_from(bits).unwrap_or(0))));
        let of = |bits: u8| all.get(usize::from(bits)).copied().unwrap_or_else(|| f(Truth(bits)));
        match self {
            Truths::Rows(truths) if truths.len() == rows => truths.iter().map(|bits| of(*bits)).collect(),
            Truths::Rows(_) => (0..rows).map(|row| of(self.get(row).0)).collect(),
            Truths::One(truth) => vec![f(*truth); rows],
        }
    }
}

impl Numbers {
    #[inline]
    pub fn absence(&self, row: usize) -> Reasons {
        match self {
            Numbers::Rows(_, absent) => absence(absent, row),
            Numbers::One(_) => Reasons::NONE,
            Numbers::Absent(reasons) => *reasons,
        }
    }

    pub fn number(&self, row: usize) -> Option<Number> {
        match self {
            Numbers::Rows(column, absent) => {
                if absence(absent, row).is_none() {
                    column.get(row)
                } else {
                    None
                }
            }
            Numbers::One(number) => Some(number.clone()),
            Numbers::Absent(_) => None,
        }
    }

    /// As an operand of arithmetic; absent everywhere computes with 0.
    pub fn operand<'b>(&'b self, zero: &'b Number) -> Operand<'b> {
        match self {
            Numbers::Rows(column, _) => Operand::Column(column),
            Numbers::One(number) => Operand::Constant(number),
            Numbers::Absent(_) => Operand::Constant(zero),
        }
    }

    pub fn is_one(&self) -> bool {
        !matches!(self, Numbers::Rows(..))
    }
}

pub(super) fn absence(absent: &Absent, row: usize) -> Reasons {
    Reasons(absent.as_ref().and_then(|a| a.get(row)).copied().unwrap_or(0))
}

/// The absences of a row of several inputs, united.
pub(super) fn unite(inputs: &[&Numbers], rows: usize) -> Absent {
    let constant = inputs.iter().fold(Reasons::NONE, |all, n| match n {
        Numbers::Absent(reasons) => all.and(*reasons),
        _ => all,
    });
    let columns: Vec<&Arc<Vec<u8>>> = inputs
        .iter()
        .filter_map(|n| match n {
            Numbers::Rows(_, absent) => absent.as_ref(),
            _ => None,
        })
        .collect();
    match (columns.as_slice(), constant.is_none()) {
        ([], true) => None,
        ([only], true) => Some(Arc::clone(only)),
        _ => {
            let mut all = vec![constant.0; rows];
            for column in columns {
                for (to, from) in all.iter_mut().zip(column.iter()) {
                    *to |= from;
                }
            }
            Some(Arc::new(all))
        }
    }
}

/// Marks further rows as absent.
pub(super) fn add_absence(absent: Absent, rows: usize, more: impl Fn(usize) -> Reasons) -> Absent {
    let mut marks: Option<Vec<u8>> = None;
    for row in 0..rows {
        let reasons = more(row);
        if !reasons.is_none() {
            let marks = marks.get_or_insert_with(|| match &absent {
                Some(known) => known.as_ref().clone(),
                None => vec![0; rows],
            });
            if let Some(mark) = marks.get_mut(row) {
                *mark |= reasons.0;
            }
        }
    }
    marks.map(Arc::new).or(absent)
}

pub(super) fn number_rows(values: NumberColumn, absent: Absent) -> StepColumn {
    StepColumn::Rows(RowColumn::Numbers { values, absent })
}

pub(super) fn truth_rows(truths: Vec<u8>) -> StepColumn {
    StepColumn::Rows(RowColumn::Truths(Arc::new(truths)))
}

/// One value for all rows, or the reasons why there is none.
pub(super) fn one(value: Option<Number>, reasons: Reasons) -> StepColumn {
    StepColumn::Constant(match value {
        Some(number) if reasons.is_none() => Value::Number(number),
        _ => Value::Absent(if reasons.is_none() { Reasons::MISSING } else { reasons }),
    })
}

pub(super) fn one_truth(truth: Truth) -> StepColumn {
    StepColumn::Constant(if truth.is_unknown() { Value::Absent(truth.reasons()) } else { Value::Truth(truth) })
}

impl Frame<'_> {
    pub fn rows_of(&self, table: TableId) -> usize {
        self.dataset.table(table).map_or(0, |t| t.rows)
    }

    /// Rows of a step's column.
    pub fn rows(&self, step: &Step) -> usize {
        match step.grain {
            Grain::Row(table) => self.rows_of(table),
            Grain::Constant => 1,
        }
    }

    pub fn column(&self, id: StepId) -> Option<&StepColumn> {
        self.columns.get(id.index())
    }

    pub fn data(&self, table: TableId, column: ColumnId) -> StepColumn {
        match self.dataset.column(table, column) {
            None => StepColumn::Constant(Value::Absent(Reasons::MISSING)),
            Some(found) => StepColumn::Rows(match &found.values {
                Values::Numbers(values) => RowColumn::Numbers { values: values.clone(), absent: found.absent.clone() },
                Values::Texts(values) => RowColumn::Texts { values: values.clone(), absent: found.absent.clone() },
                Values::YesNo(truths) => RowColumn::Truths(Arc::clone(truths)),
                Values::Links { keys: Some(keys), .. } => {
                    RowColumn::Texts { values: keys.clone(), absent: found.absent.clone() }
                }
                Values::Dates(_) | Values::Links { .. } => RowColumn::Data(found.clone()),
            }),
        }
    }

    /// A step as numbers. A count that is open has no value: only comparisons and choices know its bounds.
    pub fn numbers(&self, id: StepId) -> Numbers {
        let lowest = self.lowest(id);
        match (self.open(id), lowest) {
            (None, lowest) => lowest,
            (Some(open), Numbers::Rows(values, absent)) => {
                let absent = add_absence(absent, values.len(), |row| open.at(row).1);
                Numbers::Rows(values, absent)
            }
            (Some(open), Numbers::One(number)) => match open.at(0).1 {
                Reasons::NONE => Numbers::One(number),
                reasons => Numbers::Absent(reasons),
            },
            (_, absent) => absent,
        }
    }

    /// A step as numbers, a count that is open by its lower bound.
    pub fn lowest(&self, id: StepId) -> Numbers {
        match self.column(id) {
            Some(StepColumn::Constant(Value::Number(number))) => Numbers::One(number.clone()),
            Some(StepColumn::Constant(Value::Date(date))) => Numbers::One(Number::from_integer(i64::from(days(*date)))),
            Some(StepColumn::Constant(Value::Absent(reasons))) => Numbers::Absent(*reasons),
            Some(StepColumn::Rows(RowColumn::Numbers { values, absent })) => {
                Numbers::Rows(values.clone(), absent.clone())
            }
            Some(StepColumn::Rows(RowColumn::Data(Column { values: Values::Dates(days), absent }))) => {
                let values = days.iter().map(|d| i64::from(*d)).collect();
                Numbers::Rows(NumberColumn::shared(values, 1), absent.clone())
            }
            _ => Numbers::Absent(Reasons::INVALID),
        }
    }

    pub fn texts(&self, id: StepId) -> Texts {
        match self.column(id) {
            Some(StepColumn::Constant(Value::Text(text))) => Texts::One(text.clone()),
            Some(StepColumn::Constant(Value::Absent(reasons))) => Texts::Absent(*reasons),
            Some(StepColumn::Rows(RowColumn::Texts { values, absent })) => Texts::Rows(values.clone(), absent.clone()),
            _ => Texts::Absent(Reasons::INVALID),
        }
    }

    pub fn truths(&self, id: StepId) -> Truths {
        match self.column(id) {
            Some(StepColumn::Constant(Value::Truth(truth))) => Truths::One(*truth),
            Some(StepColumn::Constant(Value::Absent(reasons))) => Truths::One(Truth::unknown(*reasons)),
            Some(StepColumn::Rows(RowColumn::Truths(rows))) => Truths::Rows(Arc::clone(rows)),
            _ => Truths::One(Truth::unknown(Reasons::INVALID)),
        }
    }

    pub fn is_text(&self, id: StepId) -> bool {
        matches!(
            self.column(id),
            Some(StepColumn::Constant(Value::Text(_)) | StepColumn::Rows(RowColumn::Texts { .. }))
        )
    }

    /// A constant number.
    pub fn constant(&self, id: StepId) -> Option<Number> {
        match self.column(id) {
            Some(StepColumn::Constant(Value::Number(number))) => Some(number.clone()),
            _ => None,
        }
    }

    /// One row of a column as a value.
    pub fn value(&self, id: StepId, row: usize) -> Value {
        let value = self.column(id).map_or(Value::Absent(Reasons::INVALID), |column| super::trace::read(column, row));
        match self.open(id).map_or(Reasons::NONE, |open| open.at(row).1) {
            Reasons::NONE => value,
            _ if matches!(value, Value::Absent(_)) => value,
            reasons => Value::Absent(reasons),
        }
    }

    /// The rows of the linked table that the rows of `table` name; `u32::MAX`: none.
    pub fn link(&self, table: TableId, link: ColumnId) -> (Arc<Vec<u32>>, Absent) {
        match self.dataset.column(table, link) {
            Some(Column { values: Values::Links { rows, .. }, absent }) => (Arc::clone(rows), absent.clone()),
            _ => (Arc::new(vec![u32::MAX; self.rows_of(table)]), None),
        }
    }

    /// By how much the count of a step may be higher.
    pub fn open(&self, id: StepId) -> Option<Arc<OpenCount>> {
        self.shared.open.lock().ok().and_then(|known| known.get(&id).cloned())
    }

    pub fn leave_open(&self, id: StepId, undecided: OpenCount) {
        if let Ok(mut known) = self.shared.open.lock() {
            known.insert(id, Arc::new(undecided));
        }
    }

    /// What is open in the one value of a step is open for every row.
    pub fn open_everywhere(&self, id: StepId) {
        if let Ok(mut known) = self.shared.open.lock()
            && let Some(open) = known.get_mut(&id)
        {
            Arc::make_mut(open).everywhere = true;
        }
    }

    pub fn follow(&self, id: StepId, table: TableId, link: ColumnId, inner: StepId) -> StepColumn {
        let (rows, absent) = self.link(table, link);
        if let Some(open) = self.open(inner) {
            let at = |row: usize| rows.get(row).filter(|at| **at != u32::MAX).and_then(|at| usize::try_from(*at).ok());
            self.leave_open(
                id,
                OpenCount::gathered(rows.len(), |row| at(row).map_or((0, Reasons::NONE), |to| open.at(to))),
            );
        }
        let lost = |row: usize, at: u32| -> Reasons {
            if at != u32::MAX {
                return Reasons::NONE;
            }
            let own = absence(&absent, row);
            if own.is_none() { Reasons::MISSING } else { own }
        };
        let marks = |inner: &Absent| -> Absent {
            if inner.is_none() && rows.iter().all(|at| *at != u32::MAX) {
                return None;
            }
            let all = rows
                .iter()
                .enumerate()
                .map(|(row, at)| match usize::try_from(*at) {
                    Ok(to) if *at != u32::MAX => absence(inner, to).0,
                    _ => lost(row, *at).0,
                })
                .collect();
            Some(Arc::new(all))
        };
        match self.column(inner) {
            // the same for all rows that there are, and unknown where the link leads to none
            Some(StepColumn::Constant(value)) if rows.iter().all(|at| *at != u32::MAX) => {
                StepColumn::Constant(value.clone())
            }
            Some(StepColumn::Constant(value)) => {
                let own = if let Value::Absent(reasons) = value { *reasons } else { Reasons::NONE };
                let absent = rows.iter().enumerate().map(|(row, at)| lost(row, *at)).collect::<Vec<_>>();
                let reasons = |lost: &Reasons| if lost.is_none() { own } else { *lost };
                let marks = Some(Arc::new(absent.iter().map(|lost| reasons(lost).0).collect::<Vec<u8>>()));
                match value {
                    Value::Number(number) => {
                        number_rows(NumberColumn::from_numbers(vec![number.clone(); rows.len()]), marks)
                    }
                    Value::Text(text) => {
                        let mut pool = TextPool::default();
                        let codes = Arc::new(vec![pool.push(text); rows.len()]);
                        let values = TextColumn { codes, pool: Arc::new(pool) };
                        StepColumn::Rows(RowColumn::Texts { values, absent: marks })
                    }
                    Value::Truth(truth) => truth_rows(
                        absent
                            .iter()
                            .map(|lost| if lost.is_none() { truth.0 } else { Truth::unknown(*lost).0 })
                            .collect(),
                    ),
                    Value::Absent(_) if self.plan.step(id).is_some_and(|step| step.ty == Type::YesNo) => {
                        truth_rows(absent.iter().map(|lost| Truth::unknown(reasons(lost)).0).collect())
                    }
                    other => StepColumn::Constant(other.clone()),
                }
            }
            Some(StepColumn::Rows(RowColumn::Numbers { values, absent })) => {
                number_rows(values.gather(&rows), marks(absent))
            }
            Some(StepColumn::Rows(RowColumn::Texts { values, absent })) => {
                let codes = rows.iter().map(|at| code(values, *at)).collect();
                let values = TextColumn { codes: Arc::new(codes), pool: Arc::clone(&values.pool) };
                StepColumn::Rows(RowColumn::Texts { values, absent: marks(absent) })
            }
            Some(StepColumn::Rows(RowColumn::Truths(truths))) => truth_rows(
                rows.iter()
                    .enumerate()
                    .map(|(row, at)| {
                        let inner = usize::try_from(*at).ok().and_then(|to| truths.get(to)).copied();
                        inner.filter(|_| *at != u32::MAX).unwrap_or_else(|| Truth::unknown(lost(row, *at)).0)
                    })
                    .collect(),
            ),
            Some(StepColumn::Rows(RowColumn::Data(column))) => {
                let Values::Dates(days) = &column.values else {
                    return StepColumn::Constant(Value::Absent(Reasons::INVALID));
                };
                let gathered = rows
                    .iter()
                    .map(|at| usize::try_from(*at).ok().and_then(|to| days.get(to)).copied().unwrap_or(0))
                    .collect();
                let values = Values::Dates(Arc::new(gathered));
                StepColumn::Rows(RowColumn::Data(Column { values, absent: marks(&column.absent) }))
            }
            _ => StepColumn::Constant(Value::Absent(Reasons::INVALID)),
        }
    }
}

fn code(values: &TextColumn, at: u32) -> u32 {
    usize::try_from(at).ok().and_then(|to| values.codes.get(to)).copied().unwrap_or(u32::MAX)
}

pub(super) fn days(date: jiff::civil::Date) -> i32 {
    jiff::civil::date(1970, 1, 1).until(date).map_or(0, |span| span.get_days())
}
