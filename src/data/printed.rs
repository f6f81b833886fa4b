//! A printed text as a value, read as cells of a declared column are read.
//!
//! Knows no columns and no markers of absence: what a text would be, not what it is meant to be.

use jiff::civil::Date;

use super::{cells, list};
use crate::number::Number;
use crate::value::Truth;

/// A number as it is printed, and whether a percent sign stands behind it (its value is that of the digits).
pub fn number(text: &str) -> Option<(Number, bool)> {
    let read = cells::number(text.trim().as_bytes())?;
    let denominator = 10_i128.checked_pow(u32::from(read.scale))?;
    Some((Number::ratio(i128::from(read.value), denominator)?, read.percent))
}

/// `да`, `нет` and their usual spellings.
pub fn yes_no(text: &str) -> Option<Truth> {
    cells::yes_no(text.trim())
}

/// `01.09.2018` or `2018-09-01`.
pub fn date(text: &str) -> Option<Date> {
    list::date(text)
}

/// The normal form in which headers are compared.
pub fn header_form(header: &str) -> String {
    super::text::header_form(header)
}
