//! The bytes of one cell → an integer with a scale, a truth, a day, or "cannot be read".
//!
//! Knows nothing of columns, files or absence.

use crate::value::Truth;

/// The most digits a number in a cell may have.
const MAX_DIGITS: u32 = 18;

/// A decimal number: `value / 10^scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    pub value: i64,
    pub scale: u8,
    /// A percent sign stands behind it.
    pub percent: bool,
}

/// Reads a number with a decimal comma or point, spaces between thousands, and perhaps a percent sign.
pub(super) fn number(bytes: &[u8]) -> Option<Decimal> {
    let mut value: i64 = 0;
    let mut digits = 0u32;
    let mut scale: Option<u8> = None;
    let mut negative = false;
    let mut percent = false;
    let mut at = 0;
    if bytes.first() == Some(&b'-') {
        negative = true;
        at = 1;
    } else if bytes.starts_with("−".as_bytes()) {
        negative = true;
        at = "−".len();
    }
    let body = bytes.get(at..)?;
    let mut rest = body.iter().enumerate();
    while let Some((i, byte)) = rest.next() {
        match byte {
            b'0'..=b'9' => {
                digits += 1;
                if digits > MAX_DIGITS {
                    return None;
                }
                value = value * 10 + i64::from(byte - b'0');
                scale = scale.map(|s| s + 1);
            }
            b',' | b'.' if scale.is_none() && digits > 0 => scale = Some(0),
            // A thousands separator: a space with three digits after it.
            b' ' | 0xc2 | 0xe2 if scale.is_none() && digits > 0 => {
                let width = match byte {
                    b' ' => 1,
                    0xc2 if body.get(i + 1) == Some(&0xa0) => 2,
                    0xe2 if body.get(i + 1..i + 3) == Some(&[0x80, 0xaf]) => 3,
                    _ => return None,
                };
                let next = body.get(i + width..).unwrap_or(&[]);
                if only_percent(next) {
                    percent = true;
                    break;
                }
                let three = next.get(..3).is_some_and(|t| t.iter().all(u8::is_ascii_digit));
                if !three || next.get(3).is_some_and(u8::is_ascii_digit) {
                    return None;
                }
                for _ in 1..width {
                    rest.next();
                }
            }
            b' ' | b'%' | 0xc2 if digits > 0 && only_percent(body.get(i..).unwrap_or(&[])) => {
                percent = true;
                break;
            }
            _ => return None,
        }
    }
    if digits == 0 || scale == Some(0) {
        return None;
    }
    Some(Decimal { value: if negative { -value } else { value }, scale: scale.unwrap_or(0), percent })
}

fn only_percent(bytes: &[u8]) -> bool {
    let text = std::str::from_utf8(bytes).unwrap_or("?");
    let text = text.trim_matches([' ', '\u{a0}', '\u{202f}']);
    text == "%"
}

/// `да`, `нет` and their usual spellings.
pub(super) fn yes_no(text: &str) -> Option<Truth> {
    let lower = text.to_lowercase();
    match lower.as_str() {
        "да" | "yes" | "1" | "true" | "истина" | "+" => Some(Truth::TRUE),
        "нет" | "no" | "0" | "false" | "ложь" => Some(Truth::FALSE),
        _ => None,
    }
}

/// Days since 1970-01-01 of `01.09.2018` or `2018-09-01`.
pub(super) fn day(text: &str) -> Option<i32> {
    let date = super::list::date(text)?;
    let epoch = jiff::civil::date(1970, 1, 1);
    Some(epoch.until(date).ok()?.get_days())
}

#[cfg(test)]
mod tests {
    use super::{Decimal, number};

    #[test]
    fn numbers_as_departments_write_them() {
        let cases: &[(&str, Option<(i64, u8)>)] = &[
            ("39,1", Some((391, 1))),
            ("39.10", Some((3910, 2))),
            ("-3", Some((-3, 0))),
            ("−3", Some((-3, 0))),
            ("1 250", Some((1250, 0))),
            ("1\u{a0}250,5", Some((12505, 1))),
            ("12,5 %", Some((125, 1))),
            ("12,5%", Some((125, 1))),
            ("007", Some((7, 0))),
            ("", None),
            ("-", None),
            ("5,", None),
            (",5", None),
            ("1 25", None),
            ("12 чел", None),
            ("<5", None),
            ("1,2,3", None),
            ("1234567890123456789", None),
        ];
        for (text, expected) in cases {
            let expected = expected.map(|(value, scale)| Decimal { value, scale, percent: text.ends_with('%') });
            assert_eq!(number(text.as_bytes()), expected, "{text}");
        }
    }
}
