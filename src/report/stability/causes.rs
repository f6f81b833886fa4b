//! Perturbations and what they turn, in words.

use super::{Teller, count, count_of, text};
use crate::messages::Precision;
use crate::model::CriterionId;
use crate::number::Number;
use crate::schema::TableId;
use crate::stability::{Cause, Rounded, School, TieRule, What};
use crate::value::{Type, Unit, Value};

/// Schools and rows named one by one; more are counted.
const MOST_NAMED: usize = 3;

impl Teller<'_> {
    /// Everything that turns the place of a school, kind by kind; other schools left out are told together.
    pub fn causes(&self, school: &School) -> Vec<String> {
        let mut said = Vec::new();
        let mut schools = Vec::new();
        for cause in &school.causes {
            let common = match cause {
                Cause::Common(at) => self.found.stability.common.get(*at),
                _ => None,
            };
            // what one column does alone is not told of all of them again
            let told = |other: &Cause| match (cause, other) {
                (Cause::Error { columns, .. }, Cause::Error { columns: fewer, .. }) => fewer.len() < columns.len(),
                _ => false,
            };
            if school.causes.iter().any(told) {
                continue;
            }
            match common.map(|common| &common.what) {
                Some(What::School(row)) => schools.push(usize::try_from(*row).unwrap_or(usize::MAX)),
                _ => said.push(self.cause(cause)),
            }
        }
        match schools.as_slice() {
            [] => {}
            [one] => said.push(self.say("stability-cause-school", &[("code", text(self.code(*one)))])),
            several => {
                let named: Vec<String> = several.iter().take(MOST_NAMED).map(|row| self.code(*row)).collect();
                let names = self.some(named, several.len());
                said.push(
                    self.say("stability-cause-schools", &[("count", count(several.len())), ("names", text(names))]),
                );
            }
        }
        said
    }

    /// One cause in words.
    pub fn cause(&self, cause: &Cause) -> String {
        match cause {
            Cause::Rounded(rounded) => self.rounded(rounded),
            Cause::Filled { cells, .. } => self.say("stability-cause-filled", &[("cells", count(*cells))]),
            Cause::Cohort { table, row, people } => {
                let people = people.to_integer().unwrap_or(i64::MAX);
                let people = ("people", crate::diagnostic::Argument::Count(people));
                self.say("stability-cause-cohort", &[people, ("row", text(self.row(*table, *row)))])
            }
            Cause::Error { columns, cells, .. } => {
                let columns = text(self.errors(columns));
                self.say("stability-cause-error", &[("cells", count(*cells)), ("columns", columns)])
            }
            Cause::Draws { listed } => {
                let draws = count_of(self.found.stability.draws);
                self.say("stability-cause-draws", &[("listed", count_of(*listed)), ("draws", draws)])
            }
            Cause::Common(at) => self.common(*at),
        }
    }

    /// A perturbation for all schools in words.
    pub fn common(&self, at: usize) -> String {
        match self.found.stability.common.get(at).map(|common| &common.what) {
            None => String::new(),
            Some(What::Cut { criteria, ties, rounding }) => {
                let ties = match ties {
                    TieRule::Include => "stability-ties-include",
                    TieRule::Exclude => "stability-ties-exclude",
                    TieRule::Broken => "stability-ties-broken",
                };
                let rounding = rounding.map_or_else(|| "none".to_owned(), |rounding| self.speaker.rounding(rounding));
                let arguments = [
                    ("count", count(criteria.len())),
                    ("criteria", text(self.numbers(criteria))),
                    ("ties", text(self.speaker.word(ties))),
                    ("rounding", text(rounding)),
                ];
                self.say("stability-cause-cut", &arguments)
            }
            Some(What::Criterion(id)) => {
                self.say("stability-cause-criterion", &[("number", text(self.number_of(*id)))])
            }
            Some(What::Year(year)) => self.say("stability-cause-year", &[("year", text(year.to_string()))]),
            Some(What::School(row)) => {
                let code = self.code(usize::try_from(*row).unwrap_or(usize::MAX));
                self.say("stability-cause-school", &[("code", text(code))])
            }
        }
    }

    fn rounded(&self, rounded: &Rounded) -> String {
        let Rounded { criteria, table, row, unit, value, to, half } = rounded;
        let own = *table == self.found.judgement.rules.subject;
        let row = if own { "none".to_owned() } else { self.row(*table, *row) };
        let shown =
            |number: &Number, beside: &Number| text(self.speaker.quantity(number, unit, Precision::Against(beside)));
        let mut arguments = vec![
            ("count", count(criteria.len())),
            ("criteria", text(self.numbers(criteria))),
            ("value", shown(value, to)),
            ("to", shown(to, value)),
            ("row", text(row)),
        ];
        match half {
            Some(half) => {
                arguments.push(("half", text(self.distance(half, unit))));
                self.say("stability-cause-recorded", &arguments)
            }
            None => self.say("stability-cause-shown", &arguments),
        }
    }

    /// A distance between two values: percentages by percentage points.
    fn distance(&self, distance: &Number, unit: &Unit) -> String {
        let unit = match unit {
            Unit::Percent => Unit::PercentagePoint,
            unit => unit.clone(),
        };
        self.speaker.bound(&Value::Number(distance.clone()), &Type::Number(unit), Precision::Full)
    }

    /// Columns with their errors: `балл ± 1 балла`.
    pub fn errors(&self, at: &[usize]) -> String {
        let schema = &self.found.judgement.rules.schema;
        let one = |at: &usize| {
            let error = self.found.question.errors.get(*at)?;
            let column = schema.column(error.within.table, error.within.column)?;
            let Type::Number(unit) = &column.kind else { return None };
            let by = text(self.distance(&error.by, unit));
            Some(self.say("stability-error-one", &[("column", text(column.name.as_ref())), ("by", by)]))
        };
        at.iter().filter_map(one).collect::<Vec<_>>().join(", ")
    }

    pub fn number_of(&self, id: CriterionId) -> String {
        self.found.judgement.rules.criteria.get(id.index()).map_or_else(String::new, |found| found.number.to_string())
    }

    fn numbers(&self, criteria: &[CriterionId]) -> String {
        criteria.iter().map(|id| self.number_of(*id)).collect::<Vec<_>>().join(", ")
    }

    /// A row as its table calls it: the parts of its key but for links to the schools.
    pub fn row(&self, table: TableId, row: usize) -> String {
        let judgement = self.found.judgement;
        let Some(schema) = judgement.rules.schema.table(table) else { return String::new() };
        let data = judgement.dataset.table(table);
        let part = |id: &crate::schema::ColumnId| {
            let column = schema.column(*id).filter(|column| column.link != Some(judgement.rules.subject))?;
            match data?.column(*id)?.value(row) {
                Value::Absent(_) => None,
                Value::Number(number)
                    if matches!(column.kind, Type::Number(Unit::Year)) || schema.year == Some(*id) =>
                {
                    Some(number.to_integer()?.to_string())
                }
                value => Some(self.speaker.value(&value, &column.kind, Precision::Plain)),
            }
        };
        let parts: Vec<String> = schema.key.iter().filter_map(part).collect();
        let title = schema.title.clone().unwrap_or_else(|| schema.name.clone());
        let name = title.replace('_', " ");
        if parts.is_empty() { name } else { format!("{name}, {}", parts.join(", ")) }
    }

    /// Marked where the page has links.
    pub fn code(&self, row: usize) -> String {
        let code = crate::report::list::code(self.found.judgement, row);
        self.found.explained.named(&[0], row, code)
    }

    pub fn some(&self, named: Vec<String>, all: usize) -> String {
        let names = named.join(", ");
        match all.saturating_sub(named.len()) {
            0 => names,
            more => self.say("stability-and-more", &[("names", text(names)), ("count", count(more))]),
        }
    }
}
