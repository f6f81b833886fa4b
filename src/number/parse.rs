//! Text → exact number, as Russian and English documents write it.
//!
//! Accepts `1 250`, `0,5`, `0.5`, `-3`, `−3`; refuses everything else. Knows no units and no markers of absence.

use num_bigint::BigInt;
use num_rational::BigRational;

use super::Number;

/// The most digits a number may have; longer ones are refused, not rounded.
pub const MAX_DIGITS: usize = 60;

/// A decimal number as written: `integer / 10^scale`. `None` when the text is not a number.
///
/// Spaces (also non-breaking ones) may stand between groups of three digits. Either `,` or `.` is the decimal mark,
/// at most once, with digits on both sides.
pub fn decimal(text: &str) -> Option<(BigInt, u32)> {
    let text = text.trim();
    let (negative, body) = match text.strip_prefix(['-', '−', '–']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = match body.split_once([',', '.']) {
        Some((w, f)) => (w, Some(f)),
        None => (body, None),
    };
    let mut digits = String::with_capacity(body.len());
    let groups: Vec<&str> = whole.split([' ', '\u{a0}', '\u{202f}']).collect();
    for (i, group) in groups.iter().enumerate() {
        let fits = if groups.len() == 1 {
            !group.is_empty()
        } else if i == 0 {
            (1..=3).contains(&group.len())
        } else {
            group.len() == 3
        };
        if !fits || !group.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        digits.push_str(group);
    }
    let mut scale = 0;
    if let Some(fraction) = fraction {
        if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        digits.push_str(fraction);
        scale = u32::try_from(fraction.len()).ok()?;
    }
    if digits.len() > MAX_DIGITS {
        return None;
    }
    let value: BigInt = digits.parse().ok()?;
    Some((if negative { -value } else { value }, scale))
}

/// A decimal number as written, as an exact rational.
pub fn number(text: &str) -> Option<Number> {
    let (value, scale) = decimal(text)?;
    Some(Number::from_big(BigRational::new(value, BigInt::from(10).pow(scale))))
}

#[cfg(test)]
mod tests {
    use super::{decimal, number};
    use crate::number::Number;

    #[test]
    fn russian_and_english_forms_are_the_same_number() {
        assert_eq!(number("0,5"), Number::ratio(1, 2));
        assert_eq!(number("0.5"), Number::ratio(1, 2));
        assert_eq!(number("1 250"), Number::ratio(1250, 1));
        assert_eq!(number("1\u{a0}250,75"), Number::ratio(125075, 100));
        assert_eq!(number("−3"), Number::ratio(-3, 1));
        assert_eq!(decimal("39,10"), Some((3910.into(), 2)));
    }

    #[test]
    fn what_is_not_a_number_is_refused() {
        for text in ["", "-", ",5", "5,", "1 25", "12 50", "1.2.3", "1,2.3", "1e5", "NaN", "0x10", "½", "१"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
