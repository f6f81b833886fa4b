//! Cells of the usual kind, a column of a stretch of records at a time: numbers without spaces and signs, texts that come
//! again, keys of another table. Everything else is read cell by cell (`blocks`), with the same result.

use super::blocks::{Block, BlockColumn, BlockValues, Target, TargetKind, push_scaled};
use super::cells;
use super::stretch::Span;
use crate::value::Truth;

/// Expectations about the next key that may fail before none is made: rows in random order have no usual key.
pub(super) const MUCH_LUCK: u8 = 32;
/// So many texts are tried one after the other.
const FEW_TEXTS: u32 = 8;

impl Block {
    /// Takes one field of each of the next records.
    pub fn cells(&mut self, at: usize, target: &Target, bytes: &[u8], fields: &[Span]) {
        let Some(column) = self.columns.get_mut(at) else {
            return;
        };
        let mut rest = fields;
        loop {
            let usual = column.usual_cells(target, bytes, rest);
            let Some((unusual, after)) = rest.get(usual..).and_then(<[Span]>::split_first) else {
                return;
            };
            let (cell, text) = cells::bare(slice(bytes, *unusual));
            self.not_utf8 |= !text;
            let row = column.len();
            column.cell(row, target, cell);
            rest = after;
        }
    }
}

impl BlockColumn {
    /// Takes fields as long as they are usual; gives how many.
    fn usual_cells(&mut self, target: &Target, bytes: &[u8], fields: &[Span]) -> usize {
        let mut taken = 0;
        match &mut self.values {
            BlockValues::Number { values, scale } if !target.plain_markers => {
                for field in fields {
                    match cells::short_number(bytes, *field).filter(|(value, written)| target.fits(*value, *written)) {
                        Some((value, written)) if written == *scale => values.push(value),
                        Some((value, written)) if push_scaled(values, scale, value, written) => {}
                        _ => break,
                    }
                    taken += 1;
                }
            }
            BlockValues::YesNo(values) if !target.plain_markers => {
                for field in fields {
                    let truth = match slice(bytes, *field) {
                        b"0" => Truth::FALSE,
                        b"1" => Truth::TRUE,
                        _ => break,
                    };
                    values.push(truth.0);
                    taken += 1;
                }
            }
            // Few texts come again and again, or in turn.
            BlockValues::Text { codes, pool, .. } if target.allowed.is_empty() => {
                let few = u32::try_from(pool.len()).unwrap_or(0).min(FEW_TEXTS);
                for cell in fields.iter().map(|field| slice(bytes, *field)) {
                    let mut tried = [self.last, self.last.wrapping_add(1)].into_iter().chain(0..few);
                    match tried.find(|code| !cell.is_empty() && pool.get(*code).as_bytes() == cell) {
                        Some(code) => self.last = code,
                        None => break,
                    }
                    codes.push(self.last);
                    taken += 1;
                }
            }
            BlockValues::Link(_) => return self.usual_links(target, bytes, fields),
            _ => {}
        }
        taken
    }

    fn usual_links(&mut self, target: &Target, bytes: &[u8], fields: &[Span]) -> usize {
        let (BlockValues::Link(links), TargetKind::Link(keys)) = (&mut self.values, &target.kind) else {
            return 0;
        };
        let mut taken = 0;
        if !keys.are_numbers() && self.luck > 0 {
            // Rows usually come in the order of the table they belong to: the next key, or the same one.
            for cell in fields.iter().map(|field| slice(bytes, *field)) {
                let expected = [self.last.wrapping_add(1), self.last].into_iter().find(|code| {
                    !cell.is_empty() && keys.pool.get(*code).as_bytes() == cell && !target.is_marker(cell)
                });
                let Some(found) = expected else {
                    self.luck -= 1;
                    break;
                };
                self.luck = MUCH_LUCK;
                self.last = found;
                links.push(found);
                taken += 1;
            }
            return taken;
        }
        if self.asked.is_empty() {
            keys.find_all(bytes, fields, &mut self.asked);
        }
        for (field, code) in fields.iter().zip(self.asked.by_ref()) {
            match code.filter(|_| target.markers.is_empty() || !target.is_marker(slice(bytes, *field))) {
                Some(code) => links.push(code),
                None => break,
            }
            taken += 1;
        }
        taken
    }
}

fn slice(bytes: &[u8], (start, end): Span) -> &[u8] {
    bytes.get(start as usize..end as usize).unwrap_or(&[])
}
