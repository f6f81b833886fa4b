//! The bytes of one cell → an integer with a scale, a truth, a day, or "cannot be read".
//!
//! Knows nothing of columns, files or absence.

use crate::value::Truth;

/// The most digits a number in a cell may have.
const MAX_DIGITS: u32 = 18;

/// The decimal number at the start of `rest` when nothing but digits, one mark and a minus stand before the separator or the
/// end of the line: value, digits after the mark, length. What is written otherwise is [`number`]'s.
#[inline]
pub(super) fn plain_number(rest: &[u8], separator: u8) -> Option<(i64, u8, usize)> {
    let negative = rest.first() == Some(&b'-');
    let start = usize::from(negative);
    let mut value: i64 = 0;
    let mut mark: Option<usize> = None;
    for (at, byte) in rest.iter().enumerate().skip(start).take(PLAIN_LENGTH) {
        if byte.is_ascii_digit() {
            value = value * 10 + i64::from(byte - b'0');
        } else if *byte == separator || *byte == b'\n' {
            let written = match mark {
                None => 0,
                Some(mark) => at - mark - 1,
            };
            let whole = mark.unwrap_or(at) > start && (mark.is_none() || written > 0);
            return whole.then_some((if negative { -value } else { value }, u8::try_from(written).ok()?, at));
        } else if matches!(byte, b',' | b'.') && mark.is_none() {
            mark = Some(at);
        } else {
            return None;
        }
    }
    None
}

/// Bytes of a plain number with its end: few enough for any value to fit.
const PLAIN_LENGTH: usize = 16;

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
    let (mut digits, mut significant) = (0u32, 0u32);
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
                // zeros in front are no digits of the number, but they are decimals
                let decimals = scale.map_or(0, |decimals| u32::from(decimals) + 1);
                significant += u32::from(significant > 0 || *byte != b'0');
                if significant > MAX_DIGITS || decimals > MAX_DIGITS {
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
    fn plain_numbers_are_read_as_all_numbers_are() {
        for text in ["39.1", "39,10", "-3", "0", "007", "5,", ",5", "", "-", "1 250", "12%", "1.2.3", "999999999999999"]
        {
            let slow = number(text.as_bytes()).map(|n| (n.value, n.scale, text.len()));
            for end in [";", "\n", ";7\n"] {
                let quick = super::plain_number(format!("{text}{end}").as_bytes(), b';');
                assert!(quick.is_none() || quick == slow, "{text}{end}: {quick:?} {slow:?}");
            }
        }
        assert_eq!(super::plain_number(b"39,1,7", b','), Some((39, 0, 2)));
        assert_eq!(super::plain_number(b"-39.15,", b','), Some((-3915, 2, 6)));
    }

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
