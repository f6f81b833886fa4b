//! A finished run → why one school was decided as it was, and how all schools were decided together.
//!
//! Wordless. Reads the columns and facts that the evaluation left; never evaluates a rule a second way. What would be otherwise
//! with other data is asked of the same evaluation.

mod aggregate;
pub mod changes;
pub mod condition;
mod every;
pub mod explanation;
mod index;
mod list;
mod margin;
pub mod naming;
pub mod others;
mod outlook;
mod places;
mod rank;
mod reading;
mod school;
mod summarise;
pub mod summary;
mod threshold;
mod tree;
mod weight;

pub use changes::{Changes, changes};
pub use every::explain_every;
pub use explanation::Explanation;
pub use naming::needed;
pub use places::{Places, places};
pub use school::explain;
pub use summarise::summary;
pub use summary::Summary;
