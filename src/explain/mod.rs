//! A finished run → why one school was decided as it was, and how all schools were decided together.
//!
//! Wordless. Reads the columns and facts that the evaluation left; never evaluates a rule a second way.

pub mod condition;
pub mod explanation;
pub mod summary;

pub use explanation::Explanation;
pub use summary::Summary;
