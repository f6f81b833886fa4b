//! Two datasets of the same tables, and a third put together from them: the rows of one school from the one, those of all
//! others from the other.
//!
//! The rows of both stand one after the other in tables that are joined once; what is put together is a choice of them, with
//! the cells of every row still known. Knows keys and links; nothing of rules.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::belonging::{Belonging, NONE, Own, place};
use super::dataset::{Column, Dataset, Origin, OriginPart, Table, TextColumn, TextPool, Values};
use super::keys::TextIndex;
use crate::number::Number;
use crate::number::column::NumberColumn;
use crate::schema::{ColumnId, Schema, TableId};
use crate::value::Reasons;

/// One of the two datasets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    Old,
    New,
}

/// Two datasets, their rows matched.
#[derive(Debug)]
pub struct Pair {
    joined: Dataset,
    subject: usize,
    /// Rows of the old dataset, by table; those of the new one stand behind them.
    old_rows: Vec<u32>,
    /// The row of the other dataset with the same key; for schools, the row that is said to be the same school.
    twins: Vec<Vec<u32>>,
    belonging: Belonging,
    /// Rows of which the other dataset has no equal.
    changed: Vec<Vec<bool>>,
    changes: usize,
}

/// A dataset put together, and where the school stands in it.
#[derive(Debug)]
pub struct Hybrid {
    pub dataset: Dataset,
    /// One per row of the school in the half that was taken, in their order.
    pub schools: Vec<usize>,
    /// The rows about the school.
    pub own: Own,
}

fn id(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NONE)
}

fn at(id: u32) -> usize {
    usize::try_from(id).unwrap_or(usize::MAX)
}

impl Pair {
    /// `schools`: rows of the same schools in the old and in the new data. Columns that only one of them has are left out.
    pub fn of(schema: &Schema, subject: TableId, (old, new): (&Dataset, &Dataset), schools: &[(usize, usize)]) -> Pair {
        let old_rows: Vec<u32> = old.tables.iter().map(|table| id(table.rows)).collect();
        let joined = joined(schema, old, new);
        let mut twins: Vec<Vec<u32>> = Vec::new();
        for (table, declared) in schema.tables.iter().enumerate() {
            let start = old_rows.get(table).copied().unwrap_or(0);
            let rows = joined.tables.get(table).map_or(0, |table| table.rows);
            let mut of_table = vec![NONE; rows];
            let mut set = |first: u32, second: u32| {
                for (from, to) in [(first, second), (second, first)] {
                    if let Some(slot) = of_table.get_mut(at(from)).filter(|slot| **slot == NONE) {
                        *slot = to;
                    }
                }
            };
            if table == place(subject) {
                schools.iter().for_each(|(first, second)| set(id(*first), start.saturating_add(id(*second))));
            } else if let [key] = declared.key.as_slice()
                && let Some(keys) = joined.tables.get(table).and_then(|table| key_texts(table.column(*key)?))
            {
                let text = |row: u32| keys.get(at(row));
                let known: HashMap<&str, u32> = (0..start).map(|row| (text(row), row)).collect();
                for row in start..id(rows) {
                    known.get(text(row)).into_iter().for_each(|first| set(*first, row));
                }
            }
            twins.push(of_table);
        }
        let belonging = Belonging::of(schema, subject, &joined);
        let mut pair =
            Pair { joined, subject: place(subject), old_rows, twins, belonging, changed: Vec::new(), changes: 0 };
        pair.find_changes();
        pair
    }

    fn half(&self, table: usize, row: u32) -> Half {
        if self.old_rows.get(table).is_some_and(|count| row < *count) { Half::Old } else { Half::New }
    }

    fn twin(&self, table: usize, row: u32) -> Option<u32> {
        self.twins.get(table)?.get(at(row)).copied().filter(|twin| *twin != NONE)
    }

    /// The rows about a school in both datasets; they are told apart by where they stand. `schools`: its rows in the old data and in
    /// the new ones, more than one where it was merged or divided.
    pub fn own(&self, schools: &[Vec<usize>; 2]) -> Own {
        self.belonging.own(&self.stacked(schools).concat(), |table, row| self.twin(table, row))
    }

    /// Rows of schools as they stand here.
    fn stacked(&self, [old, new]: &[Vec<usize>; 2]) -> [Vec<u32>; 2] {
        let start = self.old_rows.get(self.subject).copied().unwrap_or(0);
        [old.iter().map(|row| id(*row)).collect(), new.iter().map(|row| start.saturating_add(id(*row))).collect()]
    }

    /// Whether the rows of both are equal, as far as both have the columns.
    pub fn is_same(&self) -> bool {
        self.changes == 0
    }

    /// The columns that differ, where nothing else does: the same rows in the same order, with the same keys and links.
    pub fn columns(&self, schema: &Schema) -> Option<Vec<(TableId, ColumnId)>> {
        let mut found = Vec::new();
        for (table, (joined, declared)) in self.joined.tables.iter().zip(&schema.tables).enumerate() {
            let count = self.old_rows.get(table).copied().unwrap_or(0);
            if joined.rows != at(count).saturating_mul(2) {
                return None;
            }
            if table == self.subject && (0..count).any(|row| self.twin(table, row) != Some(row + count)) {
                return None;
            }
            for (place, column) in joined.columns.iter().enumerate() {
                let Some(column) = column else { continue };
                let same = |row: u32| match &column.values {
                    Values::Links { rows, table: to, .. } => {
                        let start = self.old_rows.get(self::place(*to)).copied().unwrap_or(0);
                        let target = |row: u32| rows.get(at(row)).copied().unwrap_or(NONE);
                        let (first, second) = (target(row), target(row + count));
                        let alike = (first == NONE && second == NONE) || first.checked_add(start) == Some(second);
                        alike && column.absence(at(row)) == column.absence(at(row + count))
                    }
                    _ => self.cell(column, row) == self.cell(column, row + count),
                };
                if !(0..count).all(same) {
                    let id = ColumnId(id(place));
                    if matches!(column.values, Values::Links { .. }) || declared.key.contains(&id) {
                        return None;
                    }
                    found.push((TableId(self::id(table)), id));
                }
            }
        }
        Some(found)
    }

    /// Whether anything about the school is another in the other dataset.
    pub fn own_differs(&self, own: &Own) -> bool {
        own.rows().any(|(table, row)| self.is_changed(table, row))
    }

    /// Whether anything is another that is not about the school.
    pub fn others_differ(&self, own: &Own) -> bool {
        let own: BTreeSet<(usize, u32)> = own.rows().filter(|(table, row)| self.is_changed(*table, *row)).collect();
        own.len() < self.changes
    }

    fn is_changed(&self, table: usize, row: u32) -> bool {
        self.changed.get(table).and_then(|rows| rows.get(at(row))).copied().unwrap_or(false)
    }

    /// The rows of a school from `half`, those of all others from the other half. A row that schools share and only the other
    /// half has stays, so that whoever names it still finds it; a name that leads nowhere in its own dataset leads nowhere here.
    pub fn hybrid(&self, schools: &[Vec<usize>; 2], own: &Own, half: Half) -> Hybrid {
        let [old, new] = self.stacked(schools);
        let (taken_rows, left_rows) = if half == Half::Old { (old, new) } else { (new, old) };
        let mut chosen: Vec<Vec<u32>> = Vec::with_capacity(self.joined.tables.len());
        for (table, rows) in self.joined.tables.iter().enumerate() {
            let belonging = own.belonging.get(table);
            let named = own.named.get(table);
            let has = |rows: Option<&BTreeSet<u32>>, row: u32| rows.is_some_and(|rows| rows.contains(&row));
            let is_chosen = |row: &u32| {
                let from_half = self.half(table, *row) == half;
                match (has(belonging, *row), has(named, *row)) {
                    (true, _) => from_half,
                    (false, true) => from_half || self.twin(table, *row).is_none(),
                    (false, false) => !from_half,
                }
            };
            chosen.push((0..id(rows.rows)).filter(is_chosen).collect());
        }
        self.choose_describing(own, &mut chosen);
        let index: Vec<Vec<u32>> = chosen.iter().zip(&self.joined.tables).map(|(c, t)| places(c, t.rows)).collect();
        let new_place = |table: usize, row: u32| -> Option<u32> {
            let found = |row: u32| index.get(table)?.get(at(row)).copied().filter(|place| *place != NONE);
            // whoever names the school that is not taken names the one that is; of several the first
            if table == self.subject && left_rows.contains(&row) {
                return found(*taken_rows.first()?);
            }
            found(row).or_else(|| found(self.twin(table, row)?))
        };
        let tables = self.joined.tables.iter().zip(&chosen).map(|(table, rows)| Table {
            rows: rows.len(),
            columns: table
                .columns
                .iter()
                .map(|column| column.as_ref().map(|column| taken(column, rows, &new_place)))
                .collect(),
            origin: table.origin.taken(rows),
        });
        let dataset = Dataset { tables: tables.collect(), ..self.joined.clone() };
        let moved = |sets: &[BTreeSet<u32>]| -> Vec<BTreeSet<u32>> {
            let of_table = |(table, rows): (usize, &BTreeSet<u32>)| {
                let place = |row: &u32| index.get(table)?.get(at(*row)).copied().filter(|place| *place != NONE);
                rows.iter().filter_map(place).collect()
            };
            sets.iter().enumerate().map(of_table).collect()
        };
        let own =
            Own { belonging: moved(&own.belonging), named: moved(&own.named), describing: moved(&own.describing) };
        let place = |row: &u32| index.get(self.subject).and_then(|rows| rows.get(at(*row))).copied().unwrap_or(NONE);
        let schools = taken_rows.iter().map(|row| at(place(row))).collect();
        Hybrid { dataset, schools, own }
    }

    /// What only describes a row goes where that row goes.
    fn choose_describing(&self, own: &Own, chosen: &mut [Vec<u32>]) {
        let mut kept = own.describing.clone();
        loop {
            let stays = |table: usize, row: u32| {
                self.belonging.named_by(table, row).all(|(to, target)| {
                    let named = own.named.get(to).is_some_and(|rows| rows.contains(&target));
                    let describes = own.describing.get(to).is_some_and(|rows| rows.contains(&target));
                    let is_kept = kept.get(to).is_some_and(|rows| rows.contains(&target));
                    let is_chosen = chosen.get(to).is_some_and(|rows| rows.binary_search(&target).is_ok());
                    (!named || is_chosen) && (!describes || is_kept)
                })
            };
            let next: Vec<BTreeSet<u32>> = kept
                .iter()
                .enumerate()
                .map(|(table, rows)| rows.iter().copied().filter(|row| stays(table, *row)).collect())
                .collect();
            if next == kept {
                break;
            }
            kept = next;
        }
        for ((rows, describing), kept) in chosen.iter_mut().zip(&own.describing).zip(&kept) {
            if !describing.is_empty() {
                rows.retain(|row| !describing.contains(row));
                rows.extend(kept);
                rows.sort_unstable();
            }
        }
    }

    /// Marks the rows that the other dataset has no equal of.
    fn find_changes(&mut self) {
        for (table, joined) in self.joined.tables.iter().enumerate() {
            let mut rows: HashMap<Vec<Cell>, [Vec<u32>; 2]> = HashMap::new();
            for row in 0..id(joined.rows) {
                let cells: Vec<Cell> = joined.columns.iter().flatten().map(|column| self.cell(column, row)).collect();
                let [old, new] = rows.entry(cells).or_default();
                if self.half(table, row) == Half::Old { old.push(row) } else { new.push(row) }
            }
            let mut changed = vec![false; joined.rows];
            // of a table without columns nothing can be said
            rows.retain(|cells, _| !cells.is_empty());
            for [old, new] in rows.into_values() {
                let same = old.len().min(new.len());
                for row in old.iter().skip(same).chain(new.iter().skip(same)) {
                    if let Some(slot) = changed.get_mut(at(*row)) {
                        *slot = true;
                        self.changes += 1;
                    }
                }
            }
            self.changed.push(changed);
        }
    }

    fn cell(&self, column: &Column, row: u32) -> Cell {
        let absence = column.absence(at(row));
        if !absence.is_none() {
            return Cell::Absent(absence.0);
        }
        match &column.values {
            Values::Numbers(values) => values.get(at(row)).map_or(Cell::Absent(0), Cell::Number),
            Values::Texts(values) => Cell::Text(values.get(at(row)).to_owned()),
            Values::YesNo(values) => Cell::Truth(values.get(at(row)).copied().unwrap_or(0)),
            Values::Dates(values) => Cell::Day(values.get(at(row)).copied().unwrap_or(0)),
            Values::Links { rows, table, .. } => {
                let to = rows.get(at(row)).copied().unwrap_or(NONE);
                let twin = self.twin(place(*table), to).unwrap_or(to);
                Cell::Link(to.min(twin))
            }
        }
    }
}

/// A cell, equal to that of the other dataset where it says the same.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Cell {
    Absent(u8),
    Number(Number),
    Text(String),
    Truth(u8),
    Day(i32),
    Link(u32),
}

fn places(chosen: &[u32], rows: usize) -> Vec<u32> {
    let mut places = vec![NONE; rows];
    for (place, row) in chosen.iter().enumerate() {
        if let Some(slot) = places.get_mut(at(*row)) {
            *slot = id(place);
        }
    }
    places
}

/// The chosen rows of a column; links lead to where their rows stand now.
fn taken(column: &Column, rows: &[u32], new_place: &impl Fn(usize, u32) -> Option<u32>) -> Column {
    let mut absent = column.absent.as_ref().map(|marks| some(marks, rows));
    let values = match &column.values {
        Values::Numbers(values) => Values::Numbers(values.gather(rows)),
        Values::Texts(values) => Values::Texts(texts(values, rows)),
        Values::YesNo(truths) => Values::YesNo(Arc::new(some(truths, rows))),
        Values::Dates(days) => Values::Dates(Arc::new(some(days, rows))),
        Values::Links { rows: to, table, keys } => {
            let mut found = some(to, rows);
            for (place, target) in found.iter_mut().enumerate().filter(|(_, target)| **target != NONE) {
                *target = new_place(self::place(*table), *target).unwrap_or(NONE);
                // whoever is named is not in these data
                if *target == NONE {
                    let marks = absent.get_or_insert_with(|| vec![0; rows.len()]);
                    marks.get_mut(place).into_iter().for_each(|mark| *mark |= Reasons::INVALID.0);
                }
            }
            Values::Links { rows: Arc::new(found), table: *table, keys: keys.as_ref().map(|keys| texts(keys, rows)) }
        }
    };
    Column { values, absent: absent.map(Arc::new) }
}

fn some<T: Copy + Default>(values: &[T], rows: &[u32]) -> Vec<T> {
    rows.iter().map(|row| values.get(at(*row)).copied().unwrap_or_default()).collect()
}

fn texts(values: &TextColumn, rows: &[u32]) -> TextColumn {
    TextColumn { codes: Arc::new(some(&values.codes, rows)), pool: Arc::clone(&values.pool) }
}

fn key_texts(column: &Column) -> Option<&TextColumn> {
    match &column.values {
        Values::Texts(texts) => Some(texts),
        Values::Links { keys, .. } => keys.as_ref(),
        _ => None,
    }
}

/// The rows of both datasets, those of the new one last.
fn joined(schema: &Schema, old: &Dataset, new: &Dataset) -> Dataset {
    let mut tables = Vec::new();
    for (place, declared) in schema.tables.iter().enumerate() {
        let table = TableId(id(place));
        let (Some(first), Some(second)) = (old.table(table), new.table(table)) else { continue };
        let mut columns = Vec::new();
        for column in (0..declared.columns.len()).map(|column| ColumnId(id(column))) {
            let both = match (first.column(column), second.column(column)) {
                (Some(one), Some(other)) => {
                    both((one, first.rows), (other, second.rows), old, declared.key == [column])
                }
                _ => None,
            };
            columns.push(both);
        }
        let origin = first.origin.followed_by(&second.origin, first.rows);
        tables.push(Table { rows: first.rows + second.rows, columns, origin });
    }
    let Dataset { title, synthetic, cohorts, .. } = new.clone();
    Dataset { title, synthetic, tables, cohorts }
}

/// Two columns of the same kind, one after the other. `key`: every row has a text of its own.
fn both((one, first): (&Column, usize), (other, second): (&Column, usize), old: &Dataset, key: bool) -> Option<Column> {
    let values = match (&one.values, &other.values) {
        (Values::Numbers(a), Values::Numbers(b)) => Values::Numbers(numbers((a, first), (b, second))),
        (Values::Texts(a), Values::Texts(b)) => Values::Texts(both_texts(a, b, key)),
        (Values::YesNo(a), Values::YesNo(b)) => Values::YesNo(Arc::new([a.as_slice(), b.as_slice()].concat())),
        (Values::Dates(a), Values::Dates(b)) => Values::Dates(Arc::new([a.as_slice(), b.as_slice()].concat())),
        (Values::Links { rows: a, table, keys }, Values::Links { rows: b, keys: others, .. }) => {
            let start = id(old.table(*table).map_or(0, |table| table.rows));
            let moved = |to: &u32| if *to == NONE { NONE } else { to.saturating_add(start) };
            let rows = a.iter().copied().chain(b.iter().map(moved)).collect();
            let keys = keys.as_ref().zip(others.as_ref()).map(|(a, b)| both_texts(a, b, false));
            Values::Links { rows: Arc::new(rows), table: *table, keys }
        }
        _ => return None,
    };
    let absent = (one.absent.is_some() || other.absent.is_some()).then(|| {
        let rows = (0..first).map(|row| (one, row)).chain((0..second).map(|row| (other, row)));
        Arc::new(rows.map(|(column, row)| column.absence(row).0).collect::<Vec<u8>>())
    });
    Some(Column { values, absent })
}

fn numbers((a, first): (&NumberColumn, usize), (b, second): (&NumberColumn, usize)) -> NumberColumn {
    if let (NumberColumn::Shared { values: a, denominator }, NumberColumn::Shared { values: b, denominator: other }) =
        (a, b)
        && denominator == other
    {
        return NumberColumn::shared([a.to_vec(), b.to_vec()].concat(), *denominator);
    }
    let all = |column: &NumberColumn, rows: usize| -> Vec<Number> {
        (0..rows).map(|row| column.get(row).unwrap_or_else(Number::zero)).collect()
    };
    NumberColumn::from_numbers([all(a, first), all(b, second)].concat())
}

fn both_texts(a: &TextColumn, b: &TextColumn, key: bool) -> TextColumn {
    let mut pool = TextPool::default();
    let rows = [a, b].into_iter().flat_map(|texts| texts.codes.iter().map(move |code| (texts, *code)));
    if key {
        let codes = rows.map(|(texts, code)| pool.push(texts.pool.get(code))).collect();
        return TextColumn { codes: Arc::new(codes), pool: Arc::new(pool) };
    }
    let mut index = TextIndex::with_capacity(64);
    let code = |(texts, code): (&TextColumn, u32)| match code {
        NONE => NONE,
        code => index.intern(&mut pool, texts.pool.get(code)),
    };
    let codes = rows.map(code).collect();
    TextColumn { codes: Arc::new(codes), pool: Arc::new(pool) }
}

impl Origin {
    /// Rows of this table, then those of another.
    fn followed_by(&self, other: &Origin, rows: usize) -> Origin {
        let mut all = self.clone();
        all.parts.extend(other.parts.iter().map(|part| OriginPart {
            first_row: part.first_row + rows,
            jumps: part.jumps.iter().map(|(row, extra)| (row + rows, *extra)).collect(),
            ..part.clone()
        }));
        all.printed.extend(other.printed.iter().map(|((column, row), text)| ((*column, row + rows), text.clone())));
        all
    }

    /// Some rows of this table, in ascending order.
    fn taken(&self, rows: &[u32]) -> Origin {
        let mut parts: Vec<OriginPart> = Vec::new();
        // the part that the last row came from, and that row
        let mut last: Option<(usize, usize)> = None;
        for (place, row) in rows.iter().map(|row| at(*row)).enumerate() {
            let Some(from) = self.parts.partition_point(|part| part.first_row <= row).checked_sub(1) else { continue };
            let Some(part) = self.parts.get(from) else { continue };
            let line = part.first_line + (row - part.first_row) as u64 + part.extra(row);
            match parts.last_mut().filter(|_| last == row.checked_sub(1).map(|before| (from, before))) {
                Some(open) => {
                    let extra = line.saturating_sub(open.first_line + (place - open.first_row) as u64);
                    if extra != open.jumps.last().map_or(0, |(_, extra)| *extra) {
                        open.jumps.push((place, extra));
                    }
                }
                None => {
                    parts.push(OriginPart { first_row: place, first_line: line, jumps: Vec::new(), ..part.clone() });
                }
            }
            last = Some((from, row));
        }
        let find = |row: usize| rows.binary_search(&id(row)).ok();
        let printed = self.printed.iter();
        let printed = printed.filter_map(|((column, row), text)| Some(((*column, find(*row)?), text.clone())));
        Origin { parts, printed: printed.collect() }
    }
}

impl OriginPart {
    /// Lines before a row that hold no row of their own.
    fn extra(&self, row: usize) -> u64 {
        let jump = self.jumps.partition_point(|(from, _)| *from <= row).checked_sub(1);
        jump.and_then(|at| self.jumps.get(at)).map_or(0, |(_, extra)| *extra)
    }
}
