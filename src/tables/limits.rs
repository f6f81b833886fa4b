//! How much of a file is read: beyond that it ends with a fault that names the limit, never with a full memory.
//!
//! Knows no formats.

use super::fault::{Fault, Limit};

/// What a file may hold at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: u64,
    /// Bytes of all that is unpacked from it.
    pub unpacked: u64,
    /// Rows of one sheet.
    pub rows: u64,
    pub columns: u64,
    /// Cells of all sheets; blank ones count where others stand to their right.
    pub cells: u64,
    /// Bytes of the text of one cell.
    pub cell: u64,
}

const MIB: u64 = 1024 * 1024;
/// So much may be unpacked from any file.
const FLOOR: u64 = 64 * MIB;
/// Beyond that, so many bytes from one: what people pack is not packed more tightly.
const RATIO: u64 = 400;

impl Default for Limits {
    fn default() -> Self {
        Limits {
            bytes: 512 * MIB,
            unpacked: 2048 * MIB,
            rows: 5_000_000,
            columns: 16_384,
            cells: 100_000_000,
            cell: MIB,
        }
    }
}

impl Limits {
    /// What a limit allows.
    pub fn of(&self, limit: Limit) -> u64 {
        match limit {
            Limit::Bytes => self.bytes,
            Limit::Unpacked => self.unpacked,
            Limit::Rows => self.rows,
            Limit::Columns => self.columns,
            Limit::Cells => self.cells,
            Limit::Cell => self.cell,
        }
    }

    /// The fault of a limit.
    pub fn fault(&self, limit: Limit) -> Fault {
        Fault::Limit(limit, self.of(limit))
    }

    /// Fails where there is more than a limit allows.
    pub fn hold(&self, limit: Limit, size: u64) -> Result<(), Fault> {
        if size > self.of(limit) { Err(self.fault(limit)) } else { Ok(()) }
    }

    /// These limits for what is packed into so many bytes. Who states how much may be unpacked means it.
    pub(super) fn for_packed(&self, packed: u64) -> Limits {
        if self.unpacked != Limits::default().unpacked {
            return *self;
        }
        Limits { unpacked: self.unpacked.min(FLOOR.max(packed.saturating_mul(RATIO))), ..*self }
    }
}

/// A size of the machine as a size of a file.
pub(super) fn size(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
