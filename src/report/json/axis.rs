//! A value of one number of the rules and an interval of its values, for programs.

use serde::Serialize;

use super::exact;
use crate::report::axis::{End, ends};
use crate::threshold::{Domain, Interval};

#[derive(Debug, Serialize)]
pub(super) struct ValueEntry {
    pub exact: String,
    pub shown: String,
}

/// An end that is not there has no limit.
#[derive(Debug, Serialize)]
pub(super) struct IntervalEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<EndEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<EndEntry>,
}

#[derive(Debug, Serialize)]
pub(super) struct EndEntry {
    pub exact: String,
    pub included: bool,
}

pub(super) fn interval(interval: &Interval, domain: &Domain) -> IntervalEntry {
    let (from, to) = ends(interval, domain);
    let end = |end: End| EndEntry { exact: exact(&end.value), included: end.itself };
    IntervalEntry { from: from.map(end), to: to.map(end) }
}
