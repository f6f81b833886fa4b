//! Fractions as decimal text without big numbers: what lists of a million schools are made of.
//!
//! Gives digits only; units and words belong to `messages`.

use std::fmt::Write as _;

/// Most digits after the mark; a fraction that does not end before is rounded half up.
const DIGITS: u32 = 12;

/// Appends `numerator × factor / denominator`. False (and nothing appended) when it does not fit.
pub fn push_fraction(text: &mut String, numerator: i128, denominator: i128, factor: i128, mark: char) -> bool {
    if denominator <= 0 {
        return false;
    }
    let Some(scaled) = numerator.checked_mul(factor) else { return false };
    let magnitude = scaled.unsigned_abs();
    let divisor = denominator.unsigned_abs();
    let sign = if scaled < 0 { "-" } else { "" };
    // the usual case in one machine word
    if let (Ok(magnitude), Ok(divisor)) = (u64::try_from(magnitude), u64::try_from(divisor)) {
        let (whole, mut rest) = (magnitude / divisor, magnitude % divisor);
        if rest == 0 {
            return write!(text, "{sign}{whole}").is_ok();
        }
        if divisor < u64::MAX / 10 {
            let mut digits = [0_u8; 6];
            let mut count = 0;
            for digit in &mut digits {
                rest *= 10;
                *digit = b'0' + u8::try_from(rest / divisor).unwrap_or(0);
                rest %= divisor;
                count += 1;
                if rest == 0 {
                    break;
                }
            }
            if rest == 0 {
                let _ = write!(text, "{sign}{whole}{mark}");
                text.extend(digits.iter().take(count).map(|d| char::from(*d)));
                return true;
            }
        }
    }
    let power = 10_u128.pow(DIGITS);
    let Some(doubled) = magnitude.checked_mul(2 * power) else { return false };
    let Some(twice) = divisor.checked_mul(2) else { return false };
    let Some(rounded) = doubled.checked_add(divisor) else { return false };
    let rounded = rounded / twice;
    let (whole, fraction) = (rounded / power, rounded % power);
    let _ = write!(text, "{}{whole}", if rounded == 0 { "" } else { sign });
    if fraction > 0 {
        let digits = format!("{fraction:012}");
        text.push(mark);
        text.push_str(digits.trim_end_matches('0'));
    }
    true
}

#[cfg(test)]
mod tests {
    use super::push_fraction;
    use crate::number::Number;
    use crate::number::format::{decimal_text, exact_digits};
    use proptest::prelude::*;

    fn shown(numerator: i128, denominator: i128, factor: i128) -> Option<String> {
        let mut text = String::new();
        push_fraction(&mut text, numerator, denominator, factor, ',').then_some(text)
    }

    #[test]
    fn fractions_are_shown_as_people_write_them() {
        assert_eq!(shown(391, 1000, 100).unwrap(), "39,1");
        assert_eq!(shown(-5, 2, 1).unwrap(), "-2,5");
        assert_eq!(shown(1, 3, 1).unwrap(), "0,333333333333");
        assert_eq!(shown(2, 3, 1).unwrap(), "0,666666666667");
        assert_eq!(shown(i128::MAX, 7, 1), None);
        assert_eq!(shown(1, 0, 1), None);
    }

    proptest! {
        #[test]
        fn the_quick_way_agrees_with_exact_numbers(a in -1_000_000_000_000_i128..1_000_000_000_000, b in 1_i128..1_000_000_000) {
            let number = Number::ratio(a, b).unwrap();
            let (text, _) = decimal_text(&number, exact_digits(&number, 0, 12), ',');
            let text = if text == "−0" { "0".to_owned() } else { text.replace('−', "-") };
            prop_assert_eq!(shown(a, b, 1).unwrap(), text);
        }
    }
}
