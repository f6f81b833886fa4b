//! One model of what happened, one renderer per file.
//!
//! Evaluates nothing and decides nothing; every word comes from `messages`.

pub mod axis;
pub mod beside;
pub mod calculator;
pub mod comparison;
pub mod csv;
mod deciding;
mod decimal;
pub mod decisions;
pub mod diagnostics;
pub mod divisions;
pub mod document;
pub mod docx;
pub mod dossier;
pub mod draft;
mod effects;
pub mod equality;
pub mod explanation;
mod grounds;
pub mod history;
pub mod html;
pub mod json;
pub mod linked;
pub mod list;
pub mod markdown;
mod outside;
pub mod overview;
pub mod page;
mod passages;
pub mod picture;
pub mod plane;
pub mod publication;
pub mod quality;
pub mod registered;
pub mod stability;
pub mod stated;
pub mod summary;
pub mod sweep;
pub mod text;
pub mod threshold;
pub mod understood;
pub mod verification;
pub mod words;
pub mod written_table;
pub mod xlsx;
