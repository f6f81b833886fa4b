//! Small made-up data: tables of cells that can be evaluated, made smaller, and written as files.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::data::dataset::{Column, Dataset, Origin, Table, TextColumn, TextPool, Values};
use crate::number::Number;
use crate::number::column::NumberColumn;
use crate::number::format::{decimal_text, exact_digits};
use crate::schema::{ColumnId, Schema, TableId, TableSchema};
use crate::value::{Reasons, Truth, Type, Unit};

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Cell {
    Absent(Reasons),
    /// As it is stored: percentages are fractions of one.
    Number(Number),
    Text(Arc<str>),
    YesNo(bool),
    Day(jiff::civil::Date),
    /// A row of the linked table.
    Link(usize),
}

/// Tables in the order of the schema: rows of cells in the order of the columns. Columns that nothing reads are not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct World {
    pub tables: Vec<Vec<Vec<Cell>>>,
    pub used: BTreeSet<(TableId, ColumnId)>,
    /// Columns that were emptied because nothing that is shown depends on them.
    pub emptied: BTreeSet<(TableId, ColumnId)>,
}

fn id(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl World {
    pub fn cell(&self, table: usize, row: usize, column: usize) -> Option<&Cell> {
        self.tables.get(table)?.get(row)?.get(column)
    }

    pub(super) fn with(&self, (table, row, column): (usize, usize, usize), cell: Cell) -> Option<World> {
        let mut changed = self.clone();
        *changed.tables.get_mut(table)?.get_mut(row)?.get_mut(column)? = cell;
        Some(changed)
    }

    /// The same without a row and without what belongs to it.
    pub(super) fn without(&self, schema: &Schema, table: usize, row: usize) -> World {
        let mut changed = self.clone();
        let mut gone: Vec<(usize, usize)> = vec![(table, row)];
        while let Some((table, row)) = gone.pop() {
            let Some(rows) = changed.tables.get_mut(table).filter(|rows| row < rows.len()) else { continue };
            rows.remove(row);
            for (other, declared) in schema.tables.iter().enumerate() {
                for (column, own) in declared.columns.iter().enumerate() {
                    if own.link.and_then(|link| usize::try_from(link.0).ok()) != Some(table) {
                        continue;
                    }
                    let belongs = belongs(declared, column);
                    let Some(rows) = changed.tables.get_mut(other) else { continue };
                    let mut orphans = Vec::new();
                    for (at, cells) in rows.iter_mut().enumerate() {
                        match cells.get_mut(column) {
                            Some(Cell::Link(to)) if *to > row => *to -= 1,
                            Some(cell) if *cell == Cell::Link(row) => {
                                *cell = Cell::Absent(Reasons::MISSING);
                                if belongs {
                                    orphans.push(at);
                                }
                            }
                            _ => {}
                        }
                    }
                    // from the last on, so that the others keep their places
                    for at in orphans.into_iter().rev() {
                        rows.remove(at);
                    }
                }
            }
        }
        changed
    }

    /// As loaded data.
    pub fn dataset(&self, schema: &Schema) -> Dataset {
        let key = |table: TableId| -> Vec<String> {
            let at = usize::try_from(table.0).unwrap_or(usize::MAX);
            let column = schema.table(table).and_then(|t| t.key.first()).and_then(|key| usize::try_from(key.0).ok());
            let rows = self.tables.get(at).map_or(0, Vec::len);
            (0..rows).map(|row| column.map_or(String::new(), |c| self.text(schema, at, row, c))).collect()
        };
        let table = |(at, declared): (usize, &TableSchema)| {
            let rows = self.tables.get(at).map_or(0, Vec::len);
            let column = |column: usize| {
                let used = self.used.contains(&(TableId(id(at)), ColumnId(id(column))));
                let own = declared.columns.get(column).filter(|_| used)?;
                let cells = (0..rows).map(|row| self.cell(at, row, column).cloned());
                let cells: Vec<Cell> = cells.map(|cell| cell.unwrap_or(Cell::Absent(Reasons::MISSING))).collect();
                Some(match own.link {
                    Some(link) => linked(&cells, link, &key(link)),
                    None => plain(&cells, &own.kind),
                })
            };
            let columns = (0..declared.columns.len()).map(column).collect();
            Table { rows, columns, origin: Origin::default() }
        };
        Dataset { tables: schema.tables.iter().enumerate().map(table).collect(), ..Dataset::default() }
    }

    /// A cell as it is written in a file.
    pub fn text(&self, schema: &Schema, table: usize, row: usize, column: usize) -> String {
        let declared = schema.tables.get(table).and_then(|declared| declared.columns.get(column));
        match self.cell(table, row, column) {
            None | Some(Cell::Absent(Reasons::MISSING)) => String::new(),
            Some(Cell::Absent(Reasons::NOT_APPLICABLE)) => NOT_APPLICABLE.to_owned(),
            Some(Cell::Absent(Reasons::SUPPRESSED)) => SUPPRESSED.to_owned(),
            Some(Cell::Absent(_)) => INVALID.to_owned(),
            Some(Cell::Number(number)) => {
                let percent = declared.is_some_and(|column| is_percent(&column.kind));
                let shown = if percent { number.multiply(&Number::from_integer(100)) } else { number.clone() };
                decimal_text(&shown, exact_digits(&shown, 0, MOST_DIGITS), ',').0
            }
            Some(Cell::Text(text)) => text.to_string(),
            Some(Cell::YesNo(truth)) => if *truth { "да" } else { "нет" }.to_owned(),
            Some(Cell::Day(day)) => format!("{:02}.{:02}.{:04}", day.day(), day.month(), day.year()),
            Some(Cell::Link(to)) => {
                let target = declared.and_then(|column| column.link);
                let at = target.and_then(|target| usize::try_from(target.0).ok()).unwrap_or(usize::MAX);
                let key = target.and_then(|target| schema.table(target)).and_then(|table| table.key.first());
                // a key that is a link itself leads on; keys of tables that are linked to are texts
                match (self.cell(at, *to, key.map_or(usize::MAX, |key| key.0 as usize)), key) {
                    (Some(Cell::Text(text)), Some(_)) => text.to_string(),
                    _ => String::new(),
                }
            }
        }
    }

    /// The same with every cell of a column changed.
    pub(super) fn with_column(&self, (table, column): (usize, usize), change: impl Fn(&Cell) -> Cell) -> World {
        let mut changed = self.clone();
        for cells in changed.tables.get_mut(table).into_iter().flatten() {
            if let Some(cell) = cells.get_mut(column) {
                *cell = change(cell);
            }
        }
        changed
    }

    /// The columns of a table that something depends on, by position.
    pub fn shown(&self, table: usize) -> Vec<usize> {
        let own = |column: &usize| (TableId(id(table)), ColumnId(id(*column)));
        self.columns(table).into_iter().filter(|column| !self.emptied.contains(&own(column))).collect()
    }

    /// The columns of a table that are there, by position.
    pub fn columns(&self, table: usize) -> Vec<usize> {
        let own = self.used.iter().filter(|(own, _)| usize::try_from(own.0).ok() == Some(table));
        own.filter_map(|(_, column)| usize::try_from(column.0).ok()).collect()
    }
}

/// How cells without a value are written.
pub const NOT_APPLICABLE: &str = "-";
pub const SUPPRESSED: &str = "*";
pub const INVALID: &str = "?!";

/// Decimals that a cell of a file may have.
pub(super) const MOST_DIGITS: u32 = 12;

fn is_percent(kind: &Type) -> bool {
    matches!(kind, Type::Number(Unit::Percent | Unit::PercentagePoint))
}

/// Whether a row is nothing without what this link leads to.
pub(super) fn belongs(table: &TableSchema, column: usize) -> bool {
    table.key.is_empty() || table.key.iter().any(|key| usize::try_from(key.0).ok() == Some(column))
}

fn marks(cells: &[Cell]) -> Option<Arc<Vec<u8>>> {
    let mark = |cell: &Cell| match cell {
        Cell::Absent(reasons) => reasons.0,
        _ => 0,
    };
    let marks: Vec<u8> = cells.iter().map(mark).collect();
    marks.iter().any(|mark| *mark != 0).then(|| Arc::new(marks))
}

fn linked(cells: &[Cell], table: TableId, keys: &[String]) -> Column {
    let mut pool = TextPool::default();
    for key in keys {
        pool.push(key);
    }
    let row = |cell: &Cell| match cell {
        Cell::Link(row) => id(*row),
        _ => u32::MAX,
    };
    let rows: Arc<Vec<u32>> = Arc::new(cells.iter().map(row).collect());
    let keys = Some(TextColumn { codes: Arc::clone(&rows), pool: Arc::new(pool) });
    Column { values: Values::Links { rows, table, keys }, absent: marks(cells) }
}

fn plain(cells: &[Cell], kind: &Type) -> Column {
    let values = match kind {
        Type::Number(_) => {
            let number = |cell: &Cell| match cell {
                Cell::Number(number) => number.clone(),
                _ => Number::zero(),
            };
            Values::Numbers(NumberColumn::from_numbers(cells.iter().map(number).collect()))
        }
        Type::Text => {
            let mut pool = TextPool::default();
            let mut known: HashMap<&str, u32> = HashMap::new();
            let mut codes = Vec::with_capacity(cells.len());
            for cell in cells {
                let text = if let Cell::Text(text) = cell { text.as_ref() } else { "" };
                codes.push(*known.entry(text).or_insert_with(|| pool.push(text)));
            }
            Values::Texts(TextColumn { codes: Arc::new(codes), pool: Arc::new(pool) })
        }
        Type::YesNo => {
            let truth = |cell: &Cell| match cell {
                Cell::YesNo(true) => Truth::TRUE.0,
                Cell::YesNo(false) => Truth::FALSE.0,
                Cell::Absent(reasons) => Truth::unknown(*reasons).0,
                _ => Truth::unknown(Reasons::MISSING).0,
            };
            return Column { values: Values::YesNo(Arc::new(cells.iter().map(truth).collect())), absent: None };
        }
        Type::Date => {
            let epoch = jiff::civil::date(1970, 1, 1);
            let day = |cell: &Cell| match cell {
                Cell::Day(day) => epoch.until(*day).map_or(0, |span| span.get_days()),
                _ => 0,
            };
            Values::Dates(Arc::new(cells.iter().map(day).collect()))
        }
    };
    Column { values, absent: marks(cells) }
}
