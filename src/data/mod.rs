//! Files → typed columns with an absence mark per cell, links between tables, and the lineage of every cell.
//!
//! Knows the declared schema; knows nothing of rules, indicators or decisions.

pub mod dataset;
