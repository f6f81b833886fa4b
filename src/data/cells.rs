//! The bytes of one cell → an integer with a scale, a truth, a day, or "cannot be read".
//!
//! Knows nothing of columns, files or absence.

use super::stretch::Span;
use crate::value::Truth;

/// The most digits a number in a cell may have.
const MAX_DIGITS: u32 = 18;

/// The decimal number of a field of at most eight bytes that has nothing but digits and perhaps one mark between them: value and
/// digits after the mark. All its bytes are looked at together. What is written otherwise is [`number`]'s.
#[inline]
pub(super) fn short_number(bytes: &[u8], (start, end): Span) -> Option<(i64, u8)> {
    const HIGH: u64 = 0xf0f0_f0f0_f0f0_f0f0;
    let length = end.wrapping_sub(start);
    if length.wrapping_sub(1) >= 8 {
        return None;
    }
    let word = u64::from_le_bytes(*bytes.get(..end as usize)?.last_chunk()?);
    // the field stands in the high bytes; below it, what comes before is cleared; digits become 0 to 9
    let before = 64 - 8 * length;
    let digits = (word ^ 0x3030_3030_3030_3030) & (u64::MAX << before);
    // a carry goes upwards only: the lowest of these is no digit, those above it may be
    let others = (digits | digits.wrapping_add(0x0606_0606_0606_0606)) & HIGH;
    if others == 0 {
        return Some((eight_digits(digits), 0));
    }
    let mark = others.trailing_zeros() & !7;
    let written = 7 - (mark >> 3);
    let is_mark = matches!((digits >> mark) as u8 ^ b'0', b'.' | b',');
    if !is_mark || others & (HIGH << mark << 8) != 0 || mark == before || written == 0 {
        return None;
    }
    // digits in front of the mark move into its place
    let below = (1 << mark) - 1;
    let digits = (digits & !(below | (0xff << mark))) | ((digits & below) << 8);
    Some((eight_digits(digits), written as u8))
}

/// The number of eight digits, one in each byte, the first in the lowest: pairs, then fours, then all.
fn eight_digits(digits: u64) -> i64 {
    let pairs = digits.wrapping_mul((10 << 8) | 1) >> 8 & 0x00ff_00ff_00ff_00ff;
    let fours = pairs.wrapping_mul((100 << 16) | 1) >> 16 & 0x0000_ffff_0000_ffff;
    (fours.wrapping_mul((10_000 << 32) | 1) >> 32) as i64
}

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
    let (mut negative, mut percent, mut grouped) = (false, false, false);
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
                // up to three digits, then three at a time: anything else is two numbers
                let first = !std::mem::replace(&mut grouped, true);
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
                if first && digits > 3 {
                    return None;
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

/// A cell without what is blank at its ends, whatever sign that is: workbooks and pages leave spaces that do not break a line. The second part says
/// whether it is a text at all.
pub(super) fn bare(bytes: &[u8]) -> (&[u8], bool) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.trim().as_bytes(), true),
        Err(_) => (bytes.trim_ascii(), false),
    }
}

fn only_percent(bytes: &[u8]) -> bool {
    let text = std::str::from_utf8(bytes).unwrap_or("?");
    let text = text.trim_matches([' ', '\u{a0}', '\u{202f}']);
    text == "%"
}

/// `да`, `нет` and their usual spellings, and the verdicts as the decisions of a run say them: who was not judged was not in.
pub(super) fn yes_no(text: &str) -> Option<Truth> {
    let lower = text.to_lowercase();
    match lower.as_str() {
        "да" | "yes" | "1" | "true" | "истина" | "+" | "met" => Some(Truth::TRUE),
        "нет" | "no" | "0" | "false" | "ложь" | "not_met" | "not_judged" => Some(Truth::FALSE),
        _ => None,
    }
}

/// Days since 1970-01-01 of `01.09.2018`, `2018-09-01` or `1 сентября 2018 г.`
pub(super) fn day(text: &str) -> Option<i32> {
    let date = super::list::date(text).or_else(|| super::units::worded_day(text))?;
    let epoch = jiff::civil::date(1970, 1, 1);
    Some(epoch.until(date).ok()?.get_days())
}

#[cfg(test)]
mod tests {
    use super::{Decimal, number};
    use proptest::prelude::*;

    #[test]
    fn short_numbers_are_read_as_all_numbers_are() {
        let texts =
            ["39.1", "39,10", "0", "007", "5,", ",5", "1250", "12345678", "1234.678", "12.3.4", "1a", "-3", "1 2"];
        for text in texts {
            let line = format!("school 1;{text};");
            let short = super::short_number(line.as_bytes(), (9, 9 + text.len() as u32));
            let any = number(text.as_bytes()).map(|n| (n.value, n.scale));
            assert_eq!(short, any.filter(|_| !text.contains(['-', ' '])), "{text}");
        }
        assert_eq!(super::short_number(b"1;2", (0, 1)), None);
        assert_eq!(super::short_number(b"12345678;", (0, 8)), Some((12_345_678, 0)));
        assert_eq!(super::short_number(b"school 1;;", (9, 9)), None);
        assert_eq!(super::short_number(b"123456789;", (0, 9)), None);
    }

    proptest! {
        #[test]
        fn whatever_is_short_is_read_as_all_numbers_are(text in "[0-9.,%a/:;-]{1,8}") {
            let line = format!("1234567;{text}");
            if let Some(short) = super::short_number(line.as_bytes(), (8, line.len() as u32)) {
                prop_assert_eq!(Some(short), number(text.as_bytes()).map(|n| (n.value, n.scale)));
            } else if text.bytes().all(|b| b.is_ascii_digit()) {
                prop_assert!(false, "{} is a number", text);
            }
        }
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
            ("12 345 678", Some((12_345_678, 0))),
            ("2341 255", None),
            ("1234 %", Some((1234, 0))),
            ("1234 567 %", None),
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
