//! Files → typed columns with an absence mark per cell, links between tables, and the lineage of every cell.
//!
//! Knows the declared schema; knows nothing of rules, indicators or decisions.

pub mod aligned;
mod altered;
mod assemble;
pub mod belonging;
mod bind;
mod blocks;
mod cells;
pub mod correspondence;
mod csv;
pub mod dataset;
mod doubt;
mod fractions;
mod head;
pub mod hybrid;
mod keys;
pub mod list;
mod load;
mod manifest;
mod manifest_keys;
mod manifest_text;
mod manifest_words;
mod merge;
mod misread;
mod names;
mod outline;
mod pattern;
pub mod printed;
mod ragged;
pub mod reading;
mod rewrite;
mod shaping;
pub mod stated;
mod stretch;
pub mod succession;
mod text;
mod thorough;
pub mod told;
mod unique;
mod units;
mod usual;
pub mod yaml_text;

pub(crate) use fractions::fractions_among;
pub use load::load;
pub use manifest::{NamedFile, files};
pub use manifest_text::{Words, Written, manifest_text, words};
pub use text::{trouble, unreadable};
