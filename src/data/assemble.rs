//! Blocks of all files of a table → the table: its columns, its origin, its keys, and what was wrong with its cells.

use std::sync::Arc;

use rayon::prelude::*;

use super::blocks::{Block, BlockColumn, Samples, Target};
use super::dataset::{Column, Origin, OriginPart, Table, TextPool, Values};
use super::keys::KeyTable;
use super::load::{Loader, Part};
use super::merge;
use crate::diagnostic::data as kinds;
use crate::diagnostic::{Argument, Diagnostic};
use crate::location::{CellRef, Place};
use crate::schema::{ColumnId, TableId, TableSchema};
use crate::value::Reasons;

impl Loader<'_> {
    pub(super) fn assemble(
        &mut self,
        id: TableId,
        table: &TableSchema,
        wanted: &[usize],
        targets: &[Target],
        parts: Vec<(String, Part)>,
    ) -> Table {
        let mut origin = Origin::default();
        let mut blocks = Vec::new();
        let mut rows = 0;
        for (file, part) in parts {
            let mut place = OriginPart {
                first_row: rows,
                file: Arc::from(file.as_str()),
                sheet: part.sheet.clone(),
                first_line: part.first_line,
                jumps: Vec::new(),
                columns: part.columns,
            };
            for block in part.blocks {
                let so_far = (rows - place.first_row) as u64;
                let base = block.first_line.saturating_sub(place.first_line + so_far);
                if base != place.jumps.last().map_or(0, |(_, extra)| *extra) {
                    place.jumps.push((rows, base));
                }
                place.jumps.extend(block.jumps.iter().map(|(row, extra)| (rows + row, base + extra)));
                for (line, fields) in block.ragged.first() {
                    let row = self.row_place(&file, part.sheet.clone(), line);
                    self.diagnostics.push(
                        Diagnostic::new(kinds::RAGGED_ROW, Place::Cell(row))
                            .count("fields", fields)
                            .count("wanted", part.width)
                            .count("count", block.ragged.count()),
                    );
                }
                for line in block.stray.iter().take(super::blocks::SAMPLES) {
                    let row = self.row_place(&file, part.sheet.clone(), *line);
                    self.diagnostics
                        .push(Diagnostic::new(kinds::STRAY_QUOTE, Place::Cell(row)).count("count", block.stray.len()));
                }
                rows += block.rows;
                blocks.push(block);
            }
            origin.parts.push(place);
        }
        if rows == 0 {
            let file = origin.parts.first().map_or("", |p| p.file.as_ref()).to_string();
            let place = Place::File(file.clone());
            self.diagnostics
                .push(Diagnostic::new(kinds::NO_ROWS, place).text("table", table.name.as_ref()).text("file", file));
        }
        self.report_cells(table, wanted, &blocks, &origin);
        keep_printed(wanted, &blocks, &mut origin);
        self.rows_of_nothing(table, wanted, &blocks, &origin);
        let signed = |at: usize| blocks.iter().filter_map(|block| block.columns.get(at)).any(|column| column.signed);
        let signed: Vec<usize> = wanted.iter().enumerate().filter(|(at, _)| signed(*at)).map(|(_, c)| *c).collect();
        let mut loaded = Table { rows, columns: vec![None; table.columns.len()], origin };
        let sizes: Vec<usize> = blocks.iter().map(|block| block.rows).collect();
        let mut parts: Vec<Vec<BlockColumn>> = wanted.iter().map(|_| Vec::with_capacity(blocks.len())).collect();
        for block in blocks {
            for (column, part) in block.columns.into_iter().zip(&mut parts) {
                part.push(column);
            }
        }
        let merged: Vec<(usize, Option<Column>)> = (parts, wanted, targets)
            .into_par_iter()
            .map(|(parts, column, target)| {
                let schema = table.columns.get(*column);
                (*column, schema.map(|schema| merge::column(parts, &sizes, target, schema, schema.link)))
            })
            .collect();
        for (column, merged) in merged {
            if let Some(slot) = loaded.columns.get_mut(column) {
                *slot = merged;
            }
        }
        self.fractions(table, &loaded, &signed);
        self.keys_of(id, table, &loaded);
        loaded
    }

    /// One message per column and kind of trouble, with the first cells.
    fn report_cells(&mut self, table: &TableSchema, wanted: &[usize], blocks: &[Block], origin: &Origin) {
        for (at, column) in wanted.iter().enumerate() {
            let Some(schema) = table.columns.get(*column) else {
                continue;
            };
            let pick: [(crate::diagnostic::Kind, Pick); 4] = [
                (kinds::INVALID_CELLS, |c| &c.invalid),
                (kinds::ORPHAN_KEYS, |c| &c.orphans),
                (kinds::NOT_ALLOWED_CELLS, |c| &c.not_allowed),
                (kinds::PERCENTS_AS_FRACTIONS, |c| &c.percents),
            ];
            for (kind, samples) in pick {
                let mut count = 0;
                let mut shown: Vec<(usize, String)> = Vec::new();
                let mut first = 0;
                for block in blocks {
                    if let Some(found) = block.columns.get(at).map(samples) {
                        count += found.count;
                        shown.extend(found.first.iter().map(|(row, text)| (first + row, text.clone())));
                    }
                    first += block.rows;
                }
                // A table that could not be read has its own message; links into it say nothing new.
                let unread = kind == kinds::ORPHAN_KEYS && schema.link.is_none_or(|l| !self.keys.contains_key(&l));
                if count == 0 || unread {
                    continue;
                }
                shown.truncate(super::blocks::SAMPLES);
                let places: Vec<CellRef> = shown.iter().filter_map(|(row, _)| origin.cell(*row, *column)).collect();
                let place = places.first().cloned().map_or(Place::Nowhere, Place::Cell);
                let texts: Vec<String> =
                    places.iter().zip(&shown).map(|(cell, (_, text))| format!("{} «{text}»", cell.address())).collect();
                let target = schema.link.and_then(|l| self.schema.table(l)).map_or("", |t| t.name.as_ref());
                let mut problem = Diagnostic::new(kind, place)
                    .text("column", schema.name.as_ref())
                    .text("table", table.name.as_ref())
                    .text("target", target)
                    .count("count", count)
                    .with("cells", Argument::List(texts))
                    .with("type", Argument::Type(schema.kind.clone()));
                let allowed: Vec<String> = schema.allowed.iter().map(ToString::to_string).collect();
                problem = problem.with("allowed", Argument::List(allowed));
                self.diagnostics.push(problem);
            }
        }
    }

    /// Rows that do not say what they belong to; they would take no part in anything and nobody would know.
    fn rows_of_nothing(&mut self, table: &TableSchema, wanted: &[usize], blocks: &[Block], origin: &Origin) {
        for (at, column) in wanted.iter().enumerate() {
            let id = ColumnId(u32::try_from(*column).unwrap_or(u32::MAX));
            let belongs = table.key.is_empty() || table.key.len() > 1 && table.key.contains(&id);
            let Some(schema) = table.columns.get(*column).filter(|schema| belongs && schema.link.is_some()) else {
                continue;
            };
            let mut empty = Vec::new();
            let mut count = 0;
            let mut first = 0;
            for block in blocks {
                let absent = block.columns.get(at).map_or(&[][..], |column| column.absent.as_slice());
                let rows = absent.iter().enumerate().filter(|(_, reasons)| **reasons == Reasons::MISSING.0);
                for (row, _) in rows {
                    count += 1;
                    if empty.len() < super::blocks::SAMPLES {
                        empty.extend(origin.cell(first + row, *column));
                    }
                }
                first += block.rows;
            }
            let Some(cell) = empty.first().cloned() else {
                continue;
            };
            let target = schema.link.and_then(|l| self.schema.table(l)).map_or("", |t| t.name.as_ref());
            let problem = Diagnostic::new(kinds::ROWS_WITHOUT_LINK, Place::Cell(cell))
                .text("column", schema.name.as_ref())
                .text("table", table.name.as_ref())
                .text("target", target)
                .count("count", count)
                .with("cells", Argument::List(empty.iter().map(CellRef::address).collect()));
            self.diagnostics.push(problem);
        }
    }

    /// Keys by which other tables link here; a repeated key is an error with both cells.
    fn keys_of(&mut self, id: TableId, table: &TableSchema, loaded: &Table) {
        match table.key.as_slice() {
            [] => {}
            [key] => {
                let Some(column) = loaded.column(*key) else {
                    return;
                };
                let pool = self.key_texts(table, loaded, *key, column);
                let (keys, repeated) = KeyTable::new(pool);
                for (first, again) in repeated {
                    let text = keys.pool.get(again).to_string();
                    let rows = [first, again].map(|row| usize::try_from(row).unwrap_or(0));
                    self.repeated(table, loaded, *key, rows, &text);
                }
                self.keys.insert(id, Arc::new(keys));
            }
            several => self.repeated_rows(table, loaded, several),
        }
    }

    /// The key of every row; an empty text, and a message, where there is none.
    fn key_texts(&mut self, table: &TableSchema, loaded: &Table, key: ColumnId, column: &Column) -> Arc<TextPool> {
        if let Values::Texts(texts) = &column.values
            && column.absent.is_none()
            && texts.pool.len() == loaded.rows
            && texts.codes.iter().zip(0..).all(|(code, row)| *code == row)
        {
            return Arc::clone(&texts.pool);
        }
        let mut pool = TextPool::default();
        for row in 0..loaded.rows {
            let missing = !column.absence(row).is_none();
            let text = match &column.values {
                Values::Texts(texts) if !missing => texts.get(row).to_string(),
                Values::Links { keys: Some(keys), .. } if !missing => keys.get(row).to_string(),
                Values::Numbers(numbers) if !missing => {
                    numbers.get(row).map(|n| crate::number::format::decimal_text(&n, 9, '.').0).unwrap_or_default()
                }
                _ => String::new(),
            };
            if text.is_empty()
                && let Some(cell) = loaded.cell(row, key)
            {
                self.diagnostics
                    .push(Diagnostic::new(kinds::EMPTY_KEY, Place::Cell(cell)).text("table", table.name.as_ref()));
            }
            pool.push(&text);
        }
        Arc::new(pool)
    }

    fn repeated(
        &mut self,
        table: &TableSchema,
        loaded: &Table,
        key: ColumnId,
        [first, second]: [usize; 2],
        text: &str,
    ) {
        if self.diagnostics.iter().filter(|d| d.kind == kinds::DUPLICATE_KEY).count() >= 20 {
            return;
        }
        let (Some(before), Some(here)) = (loaded.cell(first, key), loaded.cell(second, key)) else {
            return;
        };
        self.diagnostics.push(
            Diagnostic::new(kinds::DUPLICATE_KEY, Place::Cell(here))
                .text("key", text)
                .text("table", table.name.as_ref())
                .related(Place::Cell(before), "role-first-row"),
        );
    }

    /// Rows of a table with a key of several columns that repeat it.
    fn repeated_rows(&mut self, table: &TableSchema, loaded: &Table, keys: &[ColumnId]) {
        let columns: Vec<&Column> = keys.iter().filter_map(|k| loaded.column(*k)).collect();
        for [first, again] in super::unique::repeated(&columns, loaded.rows) {
            let values: Vec<String> = columns
                .iter()
                .map(|column| match column.value(again) {
                    crate::value::Value::Text(text) => text.to_string(),
                    crate::value::Value::Number(n) => crate::number::format::decimal_text(&n, 9, '.').0,
                    _ => "—".to_string(),
                })
                .collect();
            if let Some(key) = keys.first() {
                self.repeated(table, loaded, *key, [first, again], &values.join("; "));
            }
        }
    }
}

/// Keeps what cells say that could not be used, to show it beside them.
fn keep_printed(wanted: &[usize], blocks: &[Block], origin: &mut Origin) {
    let mut first = 0;
    for block in blocks {
        for (column, found) in wanted.iter().zip(&block.columns) {
            for (row, text) in found.invalid.first.iter().chain(&found.orphans.first).chain(&found.not_allowed.first) {
                origin.printed.insert((*column, first + row), Arc::from(text.as_str()));
            }
        }
        first += block.rows;
    }
}

/// Which samples of a column a message is about.
type Pick = fn(&super::blocks::BlockColumn) -> &Samples;
