//! A run folder or a dossier held against itself, against its inputs, and against a new computation.
//!
//! Finds; says nothing in words and writes nothing. What cannot be checked is a finding of its own, never silence.

mod cycle;
mod dossier;
mod folder;
mod inputs;
mod recomputed;
mod seal;

use std::path::Path;

use crate::pipeline::Judged;
use crate::source::Sources;

pub use cycle::{Opened, Recomputed, cycle};
pub use dossier::{DossierRequest, dossier};
pub use folder::folder;

/// Makes a report anew: file name, computation, texts of the rules → its size and fingerprint; `None` when the program
/// makes no such file.
pub type Remake<'a> = dyn Fn(&str, &Judged, &Sources) -> Option<(u64, String)> + 'a;

/// What is held against what.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    pub folder: &'a Path,
    /// The manifest of the data, when it is not where the record says.
    pub data: Option<&'a Path>,
    /// The public key that the seal must be of: a PEM text.
    pub key: Option<&'a str>,
    /// Name and version of this program.
    pub program: &'a str,
    pub remake: &'a Remake<'a>,
}

impl std::fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request").field("folder", &self.folder).finish_non_exhaustive()
    }
}
