//! Merilo: criteria in a declarative rules file, evaluated exactly on school data, every decision explained.
//!
//! Modules stand in ranks: a module imports only from lower ranks (see `docs/architecture.md`).

pub mod check;
pub mod cli;
pub mod compare;
pub mod counterexample;
pub mod data;
pub mod decision;
pub mod diagnostic;
pub mod evaluate;
pub mod explain;
pub mod history;
pub mod infer;
pub mod language;
pub mod location;
pub mod messages;
pub mod model;
pub mod name;
pub mod number;
pub mod pipeline;
pub mod plan;
pub mod progress;
pub mod publication;
pub mod quality;
pub mod recheck;
pub mod record;
pub mod report;
pub mod scenario;
pub mod schema;
pub mod script;
pub mod source;
pub mod stability;
pub mod stack;
pub mod suggestion;
pub mod sweep;
pub mod syntax;
pub mod tables;
pub mod threshold;
pub mod value;
pub mod verify;
pub mod yaml;
