//! `merilo data infer`: a draft of a manifest and of the tables of the rules from files.

use super::super::request::Asked;
use super::super::{End, Host};

/// Not made yet.
pub(super) fn infer(host: &Host, asked: &Asked) -> End {
    super::not_yet(host, asked, "infer")
}
