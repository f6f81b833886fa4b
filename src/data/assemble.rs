//! Blocks of all files of a table → the table: its columns, its origin, its keys, and what was wrong with its cells.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::blocks::{Block, KeyTable, Samples, Target};
use super::dataset::{Origin, OriginPart, Table, TextPool, Values};
use super::keys::TextIndex;
use super::load::{Loader, Part};
use super::merge;
use crate::diagnostic::data as kinds;
use crate::diagnostic::{Argument, Diagnostic};
use crate::location::{CellRef, Place};
use crate::schema::{ColumnId, TableId, TableSchema};

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
                if block.ragged_count > 0 {
                    for (line, fields) in &block.ragged {
                        let row = self.row_place(&file, part.sheet.clone(), *line);
                        self.diagnostics.push(
                            Diagnostic::new(kinds::RAGGED_ROW, Place::Cell(row))
                                .count("fields", *fields)
                                .count("wanted", part.width)
                                .count("count", block.ragged_count),
                        );
                    }
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
        let mut loaded = Table { rows, columns: vec![None; table.columns.len()], origin };
        for (at, (column, target)) in wanted.iter().zip(targets).enumerate() {
            if let Some(schema) = table.columns.get(*column) {
                let merged = merge::column(&mut blocks, at, rows, target, schema, schema.link);
                if let Some(slot) = loaded.columns.get_mut(*column) {
                    *slot = Some(merged);
                }
            }
        }
        drop(blocks);
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

    /// Keys by which other tables link here; a repeated key is an error with both cells.
    fn keys_of(&mut self, id: TableId, table: &TableSchema, loaded: &Table) {
        match table.key.as_slice() {
            [] => {}
            [key] => {
                let Some(column) = loaded.column(*key) else {
                    return;
                };
                let mut pool = TextPool::default();
                let mut index = TextIndex::with_capacity(loaded.rows);
                for row in 0..loaded.rows {
                    let missing = !column.absence(row).is_none();
                    let text = match &column.values {
                        Values::Texts(texts) if !missing => texts.get(row).to_string(),
                        Values::Links { keys: Some(keys), .. } if !missing => keys.get(row).to_string(),
                        Values::Numbers(numbers) if !missing => numbers
                            .get(row)
                            .map(|n| crate::number::format::decimal_text(&n, 9, '.').0)
                            .unwrap_or_default(),
                        _ => String::new(),
                    };
                    if text.is_empty() {
                        if let Some(cell) = loaded.cell(row, *key) {
                            self.diagnostics.push(
                                Diagnostic::new(kinds::EMPTY_KEY, Place::Cell(cell)).text("table", table.name.as_ref()),
                            );
                        }
                    } else if let Some(first) = index.find(&pool, text.as_bytes()) {
                        self.repeated(table, loaded, *key, usize::try_from(first).unwrap_or(0), row, &text);
                    } else {
                        let code = u32::try_from(row).unwrap_or(u32::MAX);
                        pool.push(&text);
                        index.insert(text.as_bytes(), code);
                        continue;
                    }
                    // Codes stay equal to rows even where a key could not be taken.
                    pool.push("");
                }
                self.keys.insert(id, Arc::new(KeyTable { pool: Arc::new(pool), index }));
            }
            several => self.repeated_rows(table, loaded, several),
        }
    }

    fn repeated(
        &mut self,
        table: &TableSchema,
        loaded: &Table,
        key: ColumnId,
        first: usize,
        second: usize,
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
        let columns: Vec<&super::dataset::Column> = keys.iter().filter_map(|k| loaded.column(*k)).collect();
        if in_order(&columns, loaded.rows) {
            return;
        }
        let codes: Vec<Vec<u64>> =
            keys.iter().filter_map(|k| loaded.column(*k)).map(|c| key_codes(c, loaded.rows)).collect();
        let mut packed: Vec<(u64, u32)> = (0..loaded.rows)
            .map(|row| {
                let mut hash = 0xcbf2_9ce4_8422_2325u64;
                for column in &codes {
                    let code = column.get(row).copied().unwrap_or(0);
                    hash = (hash.rotate_left(25) ^ code).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                }
                (hash, u32::try_from(row).unwrap_or(u32::MAX))
            })
            .collect();
        rayon::slice::ParallelSliceMut::par_sort_unstable(packed.as_mut_slice());
        for pair in packed.windows(2) {
            let [(a, first), (b, second)] = pair else {
                continue;
            };
            let (first, second) = (usize::try_from(*first).unwrap_or(0), usize::try_from(*second).unwrap_or(0));
            // A key with an absent part says nothing of what the row is: two of them are not a repetition.
            let whole = keys.iter().filter_map(|k| loaded.column(*k)).all(|c| c.absence(second).is_none());
            if whole && a == b && codes.iter().all(|c| c.get(first) == c.get(second)) {
                let values: Vec<String> = keys
                    .iter()
                    .filter_map(|k| loaded.column(*k))
                    .map(|c| match c.value(second) {
                        crate::value::Value::Text(text) => text.to_string(),
                        crate::value::Value::Number(n) => crate::number::format::decimal_text(&n, 9, '.').0,
                        _ => "—".to_string(),
                    })
                    .collect();
                if let Some(key) = keys.first() {
                    self.repeated(table, loaded, *key, first, second, &values.join("; "));
                }
            }
        }
    }
}

/// Which samples of a column a message is about.
type Pick = fn(&super::blocks::BlockColumn) -> &Samples;

/// Whether the rows rise strictly in some order of the key columns: then no row repeats another. Files usually come
/// sorted, and this costs one pass instead of a sort.
fn in_order(columns: &[&super::dataset::Column], rows: usize) -> bool {
    if columns.len() > 4 {
        return false;
    }
    let mut orders: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in columns {
        orders = orders
            .into_iter()
            .flat_map(|order| {
                let rest: Vec<usize> = (0..columns.len()).filter(|c| !order.contains(c)).collect();
                rest.into_iter().map(move |c| order.iter().copied().chain([c]).collect())
            })
            .collect();
    }
    orders.into_iter().any(|order| {
        let sorted: Vec<&super::dataset::Column> = order.into_iter().filter_map(|c| columns.get(c).copied()).collect();
        rises(&sorted, rows)
    })
}

fn rises(columns: &[&super::dataset::Column], rows: usize) -> bool {
    let mut before: Vec<u64> = columns.iter().map(|c| key_code(c, 0)).collect();
    for row in 1..rows {
        let mut higher = false;
        for (column, last) in columns.iter().zip(before.iter_mut()) {
            let code = key_code(column, row);
            if !higher && code < *last {
                return false;
            }
            higher |= code > *last;
            *last = code;
        }
        if !higher {
            return false;
        }
    }
    true
}

/// Numbers that are equal exactly where the cells of a key column are.
fn key_codes(column: &super::dataset::Column, rows: usize) -> Vec<u64> {
    (0..rows).map(|row| key_code(column, row)).collect()
}

fn key_code(column: &super::dataset::Column, row: usize) -> u64 {
    let absent = u64::from(column.absence(row).0) << 56;
    if absent != 0 {
        return absent | 1;
    }
    match &column.values {
        Values::Texts(texts) => texts.codes.get(row).map_or(0, |c| u64::from(*c)),
        Values::Links { rows, .. } => rows.get(row).map_or(0, |c| u64::from(*c)),
        Values::Numbers(crate::number::column::NumberColumn::Shared { values, .. }) => {
            values.get(row).map_or(0, |v| u64::from_le_bytes(v.to_le_bytes()))
        }
        Values::Numbers(numbers) => {
            let mut hasher = std::hash::DefaultHasher::new();
            numbers.get(row).hash(&mut hasher);
            hasher.finish()
        }
        Values::YesNo(values) => values.get(row).map_or(0, |v| u64::from(*v)),
        Values::Dates(days) => days.get(row).map_or(0, |d| u64::from(d.unsigned_abs())),
    }
}
