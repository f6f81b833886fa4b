//! How long work tells how far it is.
//!
//! Knows nothing of terminals or words.

/// A stage that may take long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    ReadData,
    Evaluate,
    Recheck,
    Compare,
    Vary,
    Write,
}

/// Told by the stages, shown (or not) by the host.
pub trait Progress: Sync {
    /// A stage begins; `total` in units of the stage (bytes, steps, rows) where known.
    fn start(&self, stage: Stage, total: Option<u64>);
    fn advance(&self, units: u64);
    fn finish(&self);
}

/// Shows nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn start(&self, _stage: Stage, _total: Option<u64>) {}
    fn advance(&self, _units: u64) {}
    fn finish(&self) {}
}
