//! What is strange in data that can be read: years that lack, values that cannot be, jumps, spellings, rows that are sums.
//!
//! Findings are facts with their cells: no words, no floating point, and nothing is mended. What is said about keys and links of a
//! described dataset is found where it is loaded.

pub mod facts;
mod jumps;
mod rows;
mod texts;
mod values;
mod years;

use jiff::civil::Date;

use self::facts::{Facts, Table};
use crate::diagnostic::{Argument, Diagnostic, Kind};
use crate::location::{CellRef, Place};
use crate::number::Number;

/// What the rules of finding rest on.
#[derive(Debug, Clone)]
pub struct Options {
    /// Later days are in the future.
    pub today: Date,
    /// A change is a jump when it is larger than so many times the median change.
    pub jump: Number,
}

/// Something strange.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    pub kind: Kind,
    /// Position in [`Facts::tables`].
    pub table: usize,
    pub column: Option<usize>,
    /// Row and column of every cell that it is about; the most telling first.
    pub cells: Vec<(usize, usize)>,
    /// Cells of rows that are not among those of the table.
    pub outside: Vec<CellRef>,
    pub arguments: Vec<(&'static str, Argument)>,
}

/// Cells named in one message.
const NAMED: usize = 10;

/// Everything strange, by table, column and kind.
pub fn find(facts: &Facts, options: &Options) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, table) in facts.tables.iter().enumerate() {
        rows::totals(at, table, &mut found);
        years::find(at, table, &mut found);
        for column in 0..table.columns.len() {
            values::find(at, table, column, options, &mut found);
            jumps::find(at, table, column, options, &mut found);
            texts::find(at, table, column, &mut found);
        }
    }
    rows::alone(facts, &mut found);
    if facts.guessed {
        rows::keys(facts, &mut found);
        rows::orphans(facts, &mut found);
    }
    found.sort_by(|a, b| (a.table, a.column, a.kind.code).cmp(&(b.table, b.column, b.kind.code)));
    found
}

impl Finding {
    fn new(kind: Kind, table: usize, column: Option<usize>, cells: Vec<(usize, usize)>) -> Finding {
        Finding { kind, table, column, cells, outside: Vec::new(), arguments: Vec::new() }
    }

    fn with(mut self, name: &'static str, argument: Argument) -> Finding {
        self.arguments.push((name, argument));
        self
    }

    /// The cells as places in files.
    pub fn places<'a>(&'a self, facts: &'a Facts) -> impl Iterator<Item = CellRef> + 'a {
        let table = facts.tables.get(self.table);
        let cells = self.cells.iter().filter_map(move |(row, column)| table?.cell(*row, *column));
        cells.chain(self.outside.iter().cloned())
    }

    /// How many cells it is about.
    pub fn count(&self) -> usize {
        self.cells.len() + self.outside.len()
    }

    /// As a problem, to be said and shown like all others.
    pub fn diagnostic(&self, facts: &Facts) -> Diagnostic {
        let first = self.places(facts).next();
        let table = facts.tables.get(self.table);
        let file = || table.and_then(|table| table.parts.first()).map(|part| Place::File(part.file.to_string()));
        let place = first.map(Place::Cell).or_else(file).unwrap_or(Place::Nowhere);
        let column = self.column.and_then(|at| table?.columns.get(at)).map_or("", |column| column.name.as_str());
        let several = table.is_some_and(|table| table.parts.len() > 1);
        let address = |cell: CellRef| match cell.file.rsplit(['/', '\\']).next().filter(|_| several) {
            Some(file) => format!("{file} {}", cell.address()),
            None => cell.address(),
        };
        let cells = self.places(facts).take(NAMED).map(address).collect();
        let mut problem = Diagnostic::new(self.kind, place)
            .text("table", table.map_or("", |table| table.name.as_str()))
            .text("column", column)
            .count("count", self.count())
            .count("more", self.count().saturating_sub(NAMED))
            .with("cells", Argument::List(cells));
        for (name, argument) in &self.arguments {
            problem = problem.with(name, argument.clone());
        }
        problem
    }
}

fn count(value: usize) -> Argument {
    Argument::Count(i64::try_from(value).unwrap_or(i64::MAX))
}

/// The first of many names.
fn named(names: &[String]) -> Argument {
    Argument::List(names.to_vec())
}

/// What a row is about, without its year: the school that it links to, or its key.
fn subject(table: &Table) -> Vec<usize> {
    let linked = |at: &usize| table.columns.get(*at).is_some_and(|column| column.link.is_some());
    let link = table.key.iter().copied().find(linked).or_else(|| (0..table.columns.len()).find(|at| linked(at)));
    match link {
        Some(link) => vec![link],
        None => without_year(table),
    }
}

/// The key without the year.
fn without_year(table: &Table) -> Vec<usize> {
    table.key.iter().copied().filter(|at| Some(*at) != table.year).collect()
}

#[cfg(test)]
mod tests {
    use crate::number::Number;
    use crate::number::median;

    #[test]
    fn the_median_is_exact() {
        let of = |numbers: &[i64]| median(numbers.iter().map(|n| Number::from_integer(*n)).collect());
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[3, 1, 2]), Some(Number::from_integer(2)));
        assert_eq!(of(&[4, 1, 2, 10]), Some(Number::from_integer(3)));
        assert_eq!(of(&[1, 2]), Number::ratio(3, 2));
    }
}
