//! Files of any format as grids of printed cells, and the tables in them: where a table begins and ends, what its header is, what is
//! not data; with everything that was decided on the way.
//!
//! Knows no schema, no rules and no meaning of a column; guesses nothing without telling it.

mod about;
pub mod column;
mod compound;
mod container;
pub mod dialect;
pub mod encoding;
pub mod fault;
pub mod find;
pub mod grid;
pub mod limits;
mod mend;
pub mod named;
pub mod open;
mod profile;
pub mod records;
pub mod remark;
pub mod shape;
pub mod sniff;
mod spaced;
mod structured;
pub mod text;
pub mod workbook;

pub use mend::Flaw;
pub use open::{Opened, Options, open};
