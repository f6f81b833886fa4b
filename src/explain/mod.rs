//! A finished run → why one school was decided as it was, and how all schools were decided together.
//!
//! Wordless. Reads the columns and facts that the evaluation left; never evaluates a rule a second way. What would be otherwise
//! with other data is asked of the same evaluation.

mod absent_others;
mod aggregate;
pub mod changes;
pub mod condition;
mod direction;
mod every;
pub mod explanation;
mod filled;
mod gaps;
mod index;
mod list;
mod margin;
pub mod naming;
mod notes;
pub mod others;
mod outlook;
mod places;
mod rank;
mod ranking;
mod reading;
mod resting;
pub mod rounding;
mod school;
mod summarise;
pub mod summary;
pub mod swayed;
mod threshold;
mod tree;
pub mod unknown;
mod weight;

pub use changes::{Changes, changes};
pub use every::explain_every;
pub use explanation::Explanation;
pub use filled::unknowns;
pub use naming::{named, needed};
pub use places::{Places, places};
pub use resting::{Resting, deciding, parts, resting};
pub use school::explain;
pub use summarise::summary;
pub use summary::Summary;
pub use unknown::Unknowns;
