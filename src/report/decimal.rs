//! Fractions as decimal text without big numbers: what lists of a million schools are made of.
//!
//! Gives digits only; units and words belong to `messages`.

/// Most digits after the mark; a fraction that does not end before is rounded half up.
const DIGITS: usize = 12;
const POWER: u64 = 1_000_000_000_000;

/// Appends `numerator × factor / denominator`. False (and nothing appended) when it does not fit.
pub fn push_fraction(text: &mut Vec<u8>, numerator: i128, denominator: i128, factor: i128, mark: u8) -> bool {
    let Some(scaled) = numerator.checked_mul(factor) else { return false };
    if denominator <= 0 {
        return false;
    }
    let (magnitude, divisor) = (scaled.unsigned_abs(), denominator.unsigned_abs());
    let (mut whole, rest) = match (u64::try_from(magnitude), u64::try_from(divisor)) {
        (Ok(magnitude), Ok(divisor)) => (u128::from(magnitude / divisor), u128::from(magnitude % divisor)),
        _ => (magnitude / divisor, magnitude % divisor),
    };
    let Some(mut fraction) = last_digits(rest, divisor) else { return false };
    if fraction == POWER {
        whole += 1;
        fraction = 0;
    }
    if scaled < 0 && (whole > 0 || fraction > 0) {
        text.push(b'-');
    }
    let mut digits = itoa::Buffer::new();
    match u64::try_from(whole) {
        Ok(short) => text.extend_from_slice(digits.format(short).as_bytes()),
        Err(_) => text.extend_from_slice(digits.format(whole).as_bytes()),
    }
    if fraction > 0 {
        text.push(mark);
        let shown = digits.format(fraction);
        text.extend(std::iter::repeat_n(b'0', DIGITS.saturating_sub(shown.len())));
        text.extend_from_slice(shown.trim_end_matches('0').as_bytes());
    }
    true
}

/// `rest / divisor` in units of the last digit shown, half up; `rest < divisor`.
fn last_digits(rest: u128, divisor: u128) -> Option<u64> {
    if rest == 0 {
        return Some(0);
    }
    // the usual case in one machine word
    if let (Ok(rest), Ok(divisor)) = (u64::try_from(rest), u64::try_from(divisor))
        && let Some(product) = rest.checked_mul(POWER)
    {
        let (quotient, left) = (product / divisor, product % divisor);
        return Some(quotient + u64::from(left >= divisor - left));
    }
    let product = rest.checked_mul(u128::from(POWER))?;
    let (quotient, left) = (product / divisor, product % divisor);
    u64::try_from(quotient + u128::from(left >= divisor - left)).ok()
}

#[cfg(test)]
mod tests {
    use super::push_fraction;
    use crate::number::Number;
    use crate::number::format::{decimal_text, exact_digits};
    use proptest::prelude::*;

    fn shown(numerator: i128, denominator: i128, factor: i128) -> Option<String> {
        let mut text = Vec::new();
        push_fraction(&mut text, numerator, denominator, factor, b',').then(|| String::from_utf8(text).unwrap())
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
