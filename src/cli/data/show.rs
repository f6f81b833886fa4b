//! `merilo data show`: what files were understood as.

use super::super::request::Asked;
use super::super::{End, Host};

pub(super) fn show(host: &Host, asked: &Asked) -> End {
    super::not_yet(host, asked, "show")
}
