//! What a list of schools has: one row per school, the same columns in every format.
//!
//! Knows which columns there are and what stands in them; not how a format writes them.

use std::borrow::Cow;
use std::sync::Arc;

use super::deciding;
use super::grounds::Ground;
use super::outside::Outside;
use super::{passages, registered};
use crate::data::dataset::{Column, Dataset, TextColumn, Values};
use crate::decision::{Facts, OpenCount, RowColumn, Run, StepColumn, StepId, Verdict};
use crate::diagnostic::Argument;
use crate::explain::naming::naming_column;
use crate::messages::{Precision, Speaker};
use crate::model::expr::{ExprId, Grain};
use crate::model::{CategoryId, CriterionId, GroupId, RuleSet};
use crate::number::Number;
use crate::number::column::{Integers, NumberColumn};
use crate::pipeline::Judged;
use crate::schema::{ColumnId, TableSchema};
use crate::value::{Reasons, Truth, Type, Unit, Value};

/// Everything that a list or a summary is made from.
#[derive(Debug, Clone, Copy)]
pub struct Judgement<'a> {
    pub rules: &'a RuleSet,
    pub dataset: &'a Dataset,
    pub run: &'a Run,
    /// The step of each expression (`Plan::of_expr`).
    pub steps: &'a [StepId],
}

/// The columns of the list in order.
#[derive(Debug)]
pub struct List<'a> {
    pub schools: usize,
    /// For publication: values of fewer pupils are masked.
    pub minimum_cohort: Option<usize>,
    pub columns: Vec<ListColumn<'a>>,
}

#[derive(Debug)]
pub struct ListColumn<'a> {
    pub header: String,
    /// Of the values of a number column.
    pub unit: Unit,
    content: Content<'a>,
}

#[derive(Debug)]
enum Content<'a> {
    Data(&'a Column),
    Step(&'a StepColumn),
    /// A count that may be higher.
    Open(&'a StepColumn, &'a OpenCount),
    /// A value that was not kept.
    Nothing,
    Category(&'a [Verdict]),
    /// Why a category is open or does not judge a school.
    WhyNot(&'a [Verdict], Option<Outside<'a>>),
    /// What people decided, or what became of a school, for the rows that it is said of.
    Registered(Vec<(usize, String)>),
    Group(&'a [Verdict]),
    Criterion(&'a [Verdict]),
    Reason(&'a [Verdict], Ground<'a>),
}

/// One cell, ready to be written.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    /// `numerator / denominator` in stored form.
    Fraction(i128, i128),
    Number(Number),
    Truth(bool),
    Date(jiff::civil::Date),
    Category(Verdict),
    Group(Verdict),
    Criterion(Verdict),
    Absent(Reasons),
}

impl<'a> Judgement<'a> {
    /// Of a run, as it may be shown.
    pub fn of(judged: &'a Judged) -> Judgement<'a> {
        let (dataset, run) = judged.shown();
        Judgement { rules: &judged.rules, dataset, run, steps: &judged.plan.of_expr }
    }

    /// The values of an expression.
    pub fn column(&self, id: ExprId) -> Option<&'a StepColumn> {
        self.run.columns.get(self.steps.get(id.index())?.index())
    }

    /// By how much a count may be higher.
    pub fn open(&self, id: ExprId) -> Option<&'a OpenCount> {
        self.run.open.get(self.steps.get(id.index())?).map(|open| open.as_ref())
    }

    pub fn facts(&self, id: ExprId) -> Option<&'a Facts> {
        self.run.facts.get(self.steps.get(id.index())?.index())
    }

    pub fn is_constant(&self, id: ExprId) -> bool {
        self.rules.expr(id).is_some_and(|e| e.grain == Grain::Constant)
    }

    /// The value that an expression has for all schools.
    pub fn constant(&self, id: ExprId) -> Option<Value> {
        let column = self.column(id).filter(|_| self.is_constant(id))?;
        value_at(column, 0)
    }
}

impl<'a> List<'a> {
    pub fn new(judgement: &Judgement<'a>, speaker: &Speaker) -> List<'a> {
        let Judgement { rules, dataset, run, .. } = *judgement;
        let mut columns = Vec::new();
        if let (Some(schema), Some(table)) = (rules.schema.table(rules.subject), dataset.table(rules.subject)) {
            for id in identifying(schema) {
                if let (Some(declared), Some(column)) = (schema.column(id), table.column(id)) {
                    columns.push(ListColumn {
                        header: declared.title.as_ref().unwrap_or(&declared.name).to_string(),
                        unit: Unit::Number,
                        content: Content::Data(column),
                    });
                }
            }
        }
        for (at, category) in rules.categories.iter().enumerate() {
            let verdicts = run.categories.get(CategoryId::from_index(at).index());
            columns.push(ListColumn {
                header: category.name.to_string(),
                unit: Unit::Number,
                content: verdicts.map_or(Content::Nothing, |v| Content::Category(v.as_slice())),
            });
            let name = [("name", Argument::Text(category.name.to_string()))];
            let outside = category.among.and_then(|id| Outside::new(judgement, id, speaker));
            columns.push(ListColumn {
                header: speaker.say("list-category-reason", &name),
                unit: Unit::Number,
                content: verdicts.map_or(Content::Nothing, |v| Content::WhyNot(v.as_slice(), outside)),
            });
            if category.exit.is_some() {
                columns.push(ListColumn {
                    header: speaker.say("list-passage", &name),
                    unit: Unit::Number,
                    content: Content::Registered(passages::by_row(judgement, CategoryId::from_index(at), speaker)),
                });
            }
            let registered = registered::by_row(rules, run, CategoryId::from_index(at), speaker);
            if !registered.is_empty() {
                columns.push(ListColumn {
                    header: speaker.say("list-registered", &name),
                    unit: Unit::Number,
                    content: Content::Registered(registered),
                });
            }
        }
        for (at, group) in rules.groups.iter().enumerate() {
            let verdicts = run.groups.get(GroupId::from_index(at).index());
            let number = [("number", Argument::Text(group.number.to_string()))];
            columns.push(ListColumn {
                header: speaker.say("list-group", &number),
                unit: Unit::Number,
                content: verdicts.map_or(Content::Nothing, |v| Content::Group(v.as_slice())),
            });
        }
        for (at, criterion) in rules.criteria.iter().enumerate() {
            let verdicts = run.criteria.get(CriterionId::from_index(at).index());
            let number = || ("number", Argument::Text(criterion.number.to_string()));
            let values = deciding::values(rules, criterion.condition);
            if values.is_empty() {
                let header = speaker.say("list-value", &[number()]);
                columns.push(ListColumn { header, unit: Unit::Number, content: Content::Nothing });
            }
            let several = values.len() > 1;
            for value in values {
                let unit = match value.shown {
                    Type::Number(unit) => unit,
                    _ => Unit::Number,
                };
                let plain = matches!(unit, Unit::Number | Unit::Ratio | Unit::Score);
                let id = match (several && !value.name.is_empty(), plain) {
                    (false, true) => "list-value",
                    (false, false) => "list-value-with-unit",
                    (true, true) => "list-named-value",
                    (true, false) => "list-named-value-with-unit",
                };
                let named = [number(), ("name", Argument::Text(value.name)), ("unit", Argument::Unit(unit.clone()))];
                let content = match (judgement.column(value.expr), judgement.open(value.expr)) {
                    (None, _) => Content::Nothing,
                    (Some(column), None) => Content::Step(column),
                    (Some(column), Some(open)) => Content::Open(column, open),
                };
                columns.push(ListColumn { header: speaker.say(id, &named), unit, content });
            }
            let (verdict, reason) = (speaker.say("list-verdict", &[number()]), speaker.say("list-reason", &[number()]));
            for (header, is_reason) in [(verdict, false), (reason, true)] {
                let content = match verdicts {
                    None => Content::Nothing,
                    Some(v) if is_reason => Content::Reason(v.as_slice(), Ground::new(judgement, criterion, speaker)),
                    Some(v) => Content::Criterion(v.as_slice()),
                };
                columns.push(ListColumn { header, unit: Unit::Number, content });
            }
        }
        if let Some(note) = &dataset.synthetic {
            // the only place of a plain list that no reader passes over and no program takes for a school
            let note = [("note", Argument::Text(note.to_string()))];
            columns.push(ListColumn {
                header: speaker.say("report-synthetic", &note),
                unit: Unit::Number,
                content: Content::Nothing,
            });
        }
        List { schools: run.schools, minimum_cohort: run.minimum_cohort, columns }
    }
}

/// The key of a school as text: what `--school` names.
pub fn code(judgement: &Judgement<'_>, row: usize) -> String {
    judgement.dataset.code(&judgement.rules.schema, judgement.rules.subject, row)
}

/// The name of a school, where its table has one.
pub fn name(judgement: &Judgement<'_>, row: usize) -> Option<String> {
    let Judgement { rules, dataset, .. } = judgement;
    let column = naming_column(rules.schema.table(rules.subject)?)?;
    match dataset.column(rules.subject, column)?.value(row) {
        Value::Text(text) if !text.trim().is_empty() => Some(text.to_string()),
        _ => None,
    }
}

/// The row of the school with this code.
pub fn find(judgement: &Judgement<'_>, wanted: &str) -> Option<usize> {
    (0..judgement.run.schools).find(|row| code(judgement, *row) == wanted)
}

/// The columns of the subject that tell a reader which school it is: the key, then texts.
pub fn identifying(schema: &TableSchema) -> Vec<ColumnId> {
    let mut found = schema.key.clone();
    for (at, column) in schema.columns.iter().enumerate() {
        let id = ColumnId(u32::try_from(at).unwrap_or(u32::MAX));
        if column.kind == Type::Text && !found.contains(&id) {
            found.push(id);
        }
    }
    found
}

/// The value of an expression for a row of the subject; `None` where it was not kept.
pub fn value_of(judgement: &Judgement<'_>, id: ExprId, row: usize) -> Option<Value> {
    value_at(judgement.column(id)?, row)
}

/// The value of a column for one row; `None` where it was not kept.
pub fn value_at(column: &StepColumn, row: usize) -> Option<Value> {
    Some(match column {
        StepColumn::Constant(value) => value.clone(),
        StepColumn::Dropped => return None,
        StepColumn::Rows(RowColumn::Data(column)) => column.value(row),
        StepColumn::Rows(rows) => match row_cell(rows, row) {
            Cell::Fraction(numerator, denominator) => Value::Number(Number::ratio(numerator, denominator)?),
            Cell::Number(number) => Value::Number(number),
            Cell::Text(text) => Value::Text(text.as_ref().into()),
            Cell::Truth(truth) => Value::Truth(Truth::from_bool(truth)),
            Cell::Absent(reasons) => Value::Absent(reasons),
            _ => return None,
        },
    })
}

/// What whole columns of a list are, for formats that write a million rows.
#[derive(Debug, Clone, Copy)]
pub enum Bulk<'a> {
    /// Row value = `values[row] / denominator` where the absence mark of the row is 0.
    Numbers {
        values: &'a Integers,
        denominator: i64,
        absent: Option<&'a [u8]>,
    },
    /// Texts, and the marks of absence.
    Texts(&'a TextColumn, Option<&'a [u8]>),
    /// Yes and no, and the marks of absence.
    Truths(&'a [u8], Option<&'a [u8]>),
    Category(&'a [Verdict]),
    Criterion(&'a [Verdict]),
    /// Why the verdict beside it is met, why it is undetermined, or that the school is not among those compared.
    Reason(&'a [Verdict], &'a Ground<'a>),
    /// One cell at a time.
    Cells,
}

impl<'a> ListColumn<'a> {
    pub fn bulk(&self) -> Bulk<'_> {
        let numbers = |values: &'a NumberColumn, absent: &'a Option<Arc<Vec<u8>>>| match values {
            NumberColumn::Shared { values, denominator } => Bulk::Numbers {
                values,
                denominator: *denominator,
                absent: absent.as_ref().map(|marks| marks.as_slice()),
            },
            _ => Bulk::Cells,
        };
        let data = |column: &'a Column| match &column.values {
            Values::Numbers(values) => numbers(values, &column.absent),
            Values::YesNo(truths) => Bulk::Truths(truths, column.absent.as_ref().map(|marks| marks.as_slice())),
            Values::Texts(texts) | Values::Links { keys: Some(texts), .. } => {
                Bulk::Texts(texts, column.absent.as_ref().map(|marks| marks.as_slice()))
            }
            _ => Bulk::Cells,
        };
        match &self.content {
            Content::Data(column) => data(column),
            Content::Step(StepColumn::Rows(RowColumn::Data(column))) => data(column),
            Content::Step(StepColumn::Rows(RowColumn::Numbers { values, absent })) => numbers(values, absent),
            Content::Step(StepColumn::Rows(RowColumn::Truths(truths))) => Bulk::Truths(truths, None),
            Content::Category(verdicts) => Bulk::Category(verdicts),
            Content::Criterion(verdicts) => Bulk::Criterion(verdicts),
            Content::Reason(verdicts, ground) => Bulk::Reason(verdicts, ground),
            Content::Step(_) | Content::Open(..) | Content::Group(_) | Content::WhyNot(..) => Bulk::Cells,
            Content::Registered(_) | Content::Nothing => Bulk::Cells,
        }
    }

    pub fn cell(&self, row: usize, speaker: &Speaker) -> Cell<'_> {
        match &self.content {
            Content::Nothing => Cell::Empty,
            Content::Data(column) => data_cell(column, row),
            Content::Step(column) => Cell::of(column, row),
            Content::Open(column, open) => match open.at(row) {
                (0, _) => Cell::of(column, row),
                _ => match value_at(column, row).map(|lowest| open.bounds(lowest, row)) {
                    Some(Value::Between(ends, reasons)) => {
                        let kind = Type::Number(self.unit.clone());
                        let between = Value::Between(ends, reasons);
                        Cell::Text(speaker.value(&between, &kind, Precision::Full).into())
                    }
                    _ => Cell::of(column, row),
                },
            },
            Content::Category(verdicts) => verdicts.get(row).map_or(Cell::Empty, |v| Cell::Category(*v)),
            Content::Registered(told) => match told.binary_search_by_key(&row, |(row, _)| *row) {
                Ok(at) => told.get(at).map_or(Cell::Empty, |(_, words)| Cell::Text(words.as_str().into())),
                Err(_) => Cell::Empty,
            },
            Content::Group(verdicts) => verdicts.get(row).map_or(Cell::Empty, |v| Cell::Group(*v)),
            Content::Criterion(verdicts) => verdicts.get(row).map_or(Cell::Empty, |v| Cell::Criterion(*v)),
            Content::WhyNot(verdicts, outside) => match verdicts.get(row) {
                Some(Verdict::Undetermined(reasons)) => Cell::Absent(reasons.of_not_knowing()),
                Some(Verdict::NotJudged) => {
                    outside.as_ref().and_then(|o| o.words(row)).map_or(Cell::Empty, |words| Cell::Text(words.into()))
                }
                _ => Cell::Empty,
            },
            Content::Reason(verdicts, ground) => match verdicts.get(row) {
                Some(Verdict::Undetermined(reasons)) => Cell::Absent(reasons.of_not_knowing()),
                Some(Verdict::Met) => match ground.words(row, true, speaker) {
                    words if words.is_empty() => Cell::Empty,
                    words => Cell::Text(words),
                },
                Some(Verdict::NotMet) => ground.failing(row, speaker).map_or(Cell::Empty, Cell::Text),
                _ => Cell::Empty,
            },
        }
    }
}

impl Cell<'_> {
    /// One row of a column.
    pub fn of(column: &StepColumn, row: usize) -> Cell<'_> {
        match column {
            StepColumn::Constant(value) => value_cell(value),
            StepColumn::Dropped => Cell::Empty,
            StepColumn::Rows(rows) => row_cell(rows, row),
        }
    }
}

fn value_cell<'a>(value: &'a Value) -> Cell<'a> {
    match value {
        Value::Number(number) => Cell::Number(number.clone()),
        Value::Text(text) => Cell::Text(text.as_ref().into()),
        Value::Truth(truth) => truth_cell(*truth),
        Value::Date(date) => Cell::Date(*date),
        Value::Absent(reasons) | Value::Between(_, reasons) => Cell::Absent(*reasons),
    }
}

fn truth_cell<'a>(truth: Truth) -> Cell<'a> {
    if truth.is_unknown() { Cell::Absent(truth.reasons()) } else { Cell::Truth(truth.is_true()) }
}

fn number_cell<'a>(column: &NumberColumn, row: usize) -> Cell<'a> {
    let fraction = match column {
        NumberColumn::Shared { values, denominator } => {
            values.get(row).map(|v| Cell::Fraction(i128::from(v), i128::from(*denominator)))
        }
        NumberColumn::Ratio { numerators, denominators } => match (numerators.get(row), denominators.get(row)) {
            (Some(a), Some(b)) => Some(Cell::Fraction(*a, *b)),
            _ => None,
        },
        NumberColumn::Big(values) => values.get(row).cloned().map(Cell::Number),
    };
    fraction.unwrap_or(Cell::Empty)
}

fn absence(absent: Option<&Arc<Vec<u8>>>, row: usize) -> Reasons {
    Reasons(absent.and_then(|a| a.get(row)).copied().unwrap_or(0))
}

fn row_cell(rows: &RowColumn, row: usize) -> Cell<'_> {
    match rows {
        RowColumn::Numbers { values, absent } => match absence(absent.as_ref(), row) {
            Reasons::NONE => number_cell(values, row),
            reasons => Cell::Absent(reasons),
        },
        RowColumn::Texts { values, absent } => match absence(absent.as_ref(), row) {
            Reasons::NONE => Cell::Text(values.get(row).into()),
            reasons => Cell::Absent(reasons),
        },
        RowColumn::Truths(values) => values.get(row).map_or(Cell::Empty, |t| truth_cell(Truth(*t))),
        RowColumn::Data(column) => data_cell(column, row),
    }
}

fn data_cell(column: &Column, row: usize) -> Cell<'_> {
    let reasons = column.absence(row);
    if !reasons.is_none() {
        return Cell::Absent(reasons);
    }
    match &column.values {
        Values::Numbers(values) => number_cell(values, row),
        Values::Texts(values) => Cell::Text(values.get(row).into()),
        Values::Links { keys: Some(keys), .. } => Cell::Text(keys.get(row).into()),
        Values::Links { keys: None, .. } => Cell::Empty,
        Values::YesNo(values) => values.get(row).map_or(Cell::Empty, |t| truth_cell(Truth(*t))),
        Values::Dates(_) => match column.value(row) {
            Value::Date(date) => Cell::Date(date),
            _ => Cell::Empty,
        },
    }
}
