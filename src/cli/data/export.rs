//! `merilo data export`: the tables of files in a plain form.

use super::super::request::Asked;
use super::super::{End, Host};

pub(super) fn export(host: &Host, asked: &Asked, _all: bool) -> End {
    super::not_yet(host, asked, "export")
}
