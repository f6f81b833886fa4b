//! Which codes of different cycles are one school.
//!
//! A school is its code. A school whose code was changed is named here by the code of the last cycle.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Codes that are another code now, by the position of the cycle.
#[derive(Debug, Clone, Default)]
pub struct Identity {
    renamed: BTreeMap<(usize, Arc<str>), Arc<str>>,
}

impl Identity {
    /// Says that a code of a cycle is the school of another code.
    pub fn rename(&mut self, cycle: usize, from: &str, to: &str) {
        self.renamed.insert((cycle, Arc::from(from)), Arc::from(to));
    }

    /// The school of a code.
    pub fn of(&self, cycle: usize, code: &Arc<str>) -> Arc<str> {
        self.renamed.get(&(cycle, code.clone())).unwrap_or(code).clone()
    }
}
