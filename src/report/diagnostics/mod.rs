//! Problems as text for people and as JSON for programs.
//!
//! Knows what a diagnostic is, not which stage found it.

pub mod json;
pub mod terminal;

pub use terminal::{cell_place, counts, render, without_counts};
