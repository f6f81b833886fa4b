//! One model of what happened, one renderer per file.
//!
//! Evaluates nothing and decides nothing; every word comes from `messages`.

pub mod calculator;
pub mod comparison;
pub mod csv;
mod deciding;
mod decimal;
pub mod decisions;
pub mod diagnostics;
pub mod document;
pub mod docx;
pub mod dossier;
pub mod explanation;
mod grounds;
pub mod html;
pub mod json;
pub mod list;
pub mod markdown;
mod outside;
pub mod overview;
pub mod page;
pub mod publication;
pub mod registered;
pub mod stability;
pub mod summary;
pub mod text;
pub mod threshold;
pub mod verification;
pub mod words;
pub mod xlsx;
