//! One model of what happened, one renderer per file.
//!
//! Evaluates nothing and decides nothing; every word comes from `messages`.

pub mod diagnostics;
