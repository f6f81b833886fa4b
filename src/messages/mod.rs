//! Facts → Russian and English words.
//!
//! Every sentence that a person reads stands in the Fluent files beside this module, one file per stage and language.
//! Decides nothing: what is said is chosen below, what it looks like on a page is chosen above.

mod differences;
mod explain;
mod quantities;
mod repeated;
mod speaker;
mod texts;

pub use explain::beside;
pub use quantities::{Precision, joined};
pub use repeated::Quantities;
pub use speaker::Speaker;
pub use texts::FILES;
