//! Text → tree and tree → text, in both vocabularies.
//!
//! The only module that sees pest, in one file of it. Knows nothing of what the tree means.

pub mod tree;
pub fn function_words() -> Vec<&'static str> {
    Vec::new()
}
