//! A finished run → why one school was decided as it was, and how all schools were decided together.
//!
//! Wordless. Reads the columns and facts that the evaluation left; never evaluates a rule a second way.

mod aggregate;
pub mod condition;
pub mod explanation;
mod index;
mod list;
mod margin;
pub mod naming;
mod outlook;
mod places;
mod rank;
mod reading;
mod school;
mod summarise;
pub mod summary;
mod threshold;
mod tree;

pub use explanation::Explanation;
pub use naming::needed;
pub use places::{Places, places};
pub use school::explain;
pub use summarise::summary;
pub use summary::Summary;
