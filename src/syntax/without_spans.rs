//! A tree without its places, for comparing what two texts say.

use std::fmt::Debug;

use super::tree::File;

impl File {
    /// What the file says, without where it says it: equal for two spellings of the same rules. Comments are left out.
    pub fn content(&self) -> String {
        content(&(&self.header, &self.items))
    }
}

/// What a part of a tree says, without where it says it.
pub fn content(part: &impl Debug) -> String {
    strip(&format!("{part:?}"))
}

/// Removes `Span { start: 1, end: 2 }` from a debug text.
fn strip(written: &str) -> String {
    let mut out = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(at) = rest.find("Span {") {
        out.push_str(rest.get(..at).unwrap_or(""));
        let after = rest.get(at..).unwrap_or("");
        let end = after.find('}').map_or(after.len(), |e| e + 1);
        rest = after.get(end..).unwrap_or("");
    }
    out.push_str(rest);
    out
}
