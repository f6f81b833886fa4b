//! Signs that rows which were read fast are no rows of the table: fields that do not fit, keys unlike all others, rows without anything but a
//! key.
//!
//! Only says that a file has to be read thoroughly; decides nothing.

use super::blocks::{Block, BlockColumn, BlockValues};
use crate::schema::{ColumnId, TableSchema};

/// Whether a file has to be read thoroughly.
pub(super) fn is_doubtful(table: &TableSchema, wanted: &[usize], blocks: &[Block]) -> bool {
    if blocks.iter().any(|block| block.ragged.count() > 0 || !block.stray.is_empty()) {
        return true;
    }
    let [key] = table.key.as_slice() else {
        return false;
    };
    let id = |column: usize| ColumnId(u32::try_from(column).unwrap_or(u32::MAX));
    let Some(at) = wanted.iter().position(|column| id(*column) == *key) else {
        return false;
    };
    let others: Vec<usize> = (0..wanted.len()).filter(|other| *other != at).collect();
    let mut keys = Keys::default();
    blocks.iter().any(|block| {
        let empty = |row: usize| {
            let absent = |other: &usize| block.columns.get(*other).is_some_and(|column| is_absent(column, row));
            !others.is_empty() && others.iter().all(absent)
        };
        (0..block.rows).any(empty) | block.columns.get(at).is_some_and(|column| keys.differ(column))
    })
}

fn is_absent(column: &BlockColumn, row: usize) -> bool {
    column.absent.get(row).is_some_and(|reasons| *reasons != 0)
}

/// What all keys so far have in common.
#[derive(Default)]
struct Keys {
    digits: Option<bool>,
    lengths: Option<(usize, usize)>,
}

impl Keys {
    /// Whether some key of a column is a number where others are none, or has another length where codes have one.
    fn differ(&mut self, column: &BlockColumn) -> bool {
        let (BlockValues::Key { pool, .. } | BlockValues::Text { pool, .. }) = &column.values else {
            return false;
        };
        for code in 0..u32::try_from(pool.len()).unwrap_or(u32::MAX) {
            let text = pool.get(code).as_bytes();
            let digits = text.iter().all(u8::is_ascii_digit);
            if self.digits.replace(digits).is_some_and(|known| known != digits) {
                return true;
            }
            if digits {
                let (least, most) = self.lengths.unwrap_or((text.len(), text.len()));
                self.lengths = Some((least.min(text.len()), most.max(text.len())));
            }
        }
        // 1, 2, 3 under the header of codes
        self.lengths.is_some_and(|(least, most)| least == 1 && most > 4)
    }
}
