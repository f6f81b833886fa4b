//! `merilo data check`: what is doubtful in the cells of files.

use super::super::request::Asked;
use super::super::{End, Host};

/// Not made yet.
pub(super) fn check(host: &Host, asked: &Asked) -> End {
    super::not_yet(host, asked, "check")
}
