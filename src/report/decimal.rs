//! Fractions as decimal text without big numbers: what lists of a million schools are made of.
//!
//! Gives digits only; units and words belong to `messages`.

/// Most digits after the mark; a fraction that does not end before is rounded half up.
pub const DIGITS: u32 = 12;
const POWER: u64 = 1_000_000_000_000;

/// Fractions of one column: the same denominator in every row.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fractions {
    /// A fraction is `value × factor / divisor`.
    factor: u64,
    divisor: u64,
    /// Digits after the mark when every fraction ends: then the divisor is ten to their power, and none needs a division.
    places: Option<u32>,
    mark: u8,
}

impl Fractions {
    /// Fractions `value × factor / denominator`, both over 0.
    pub fn new(denominator: i64, factor: i64, mark: u8) -> Option<Fractions> {
        let (denominator, factor) = (u64::try_from(denominator).ok()?, u64::try_from(factor).ok()?);
        let common = num_integer::gcd(denominator, factor);
        let (divisor, factor) = (denominator.checked_div(common)?, factor.checked_div(common)?);
        let places = (0..=DIGITS).find(|places| 10u64.pow(*places).is_multiple_of(divisor));
        let power = places.map(|places| 10u64.pow(places));
        let (divisor, factor) = match power.and_then(|power| Some((power, factor.checked_mul(power / divisor)?))) {
            Some(scaled) => scaled,
            None => return Some(Fractions { factor, divisor, places: None, mark }),
        };
        Some(Fractions { factor, divisor, places, mark })
    }

    /// Appends one of them; false (and nothing appended) when it does not fit.
    #[inline]
    pub fn push(&self, text: &mut Vec<u8>, value: i64) -> bool {
        let Some(magnitude) = value.unsigned_abs().checked_mul(self.factor) else { return false };
        if let Some(places) = self.places {
            if value < 0 {
                text.push(b'-');
            }
            push_decimal(text, magnitude, places, self.mark);
            return true;
        }
        let (whole, rest) = (magnitude / self.divisor, magnitude % self.divisor);
        let Some(fraction) = last_digits(rest.into(), self.divisor.into()) else { return false };
        let (whole, fraction) = if fraction == POWER { (whole + 1, 0) } else { (whole, fraction) };
        if value < 0 && (whole > 0 || fraction > 0) {
            text.push(b'-');
        }
        push_digits(text, whole, fraction, self.mark);
        true
    }
}

/// `number / 10^places`, without zeros at the end.
#[inline]
fn push_decimal(text: &mut Vec<u8>, mut number: u64, mut places: u32, mark: u8) {
    while places > 0 && number.is_multiple_of(10) {
        number /= 10;
        places -= 1;
    }
    let mut digits = itoa::Buffer::new();
    let digits = digits.format(number).as_bytes();
    match digits.len().checked_sub(places as usize) {
        Some(whole) if whole > 0 => {
            text.extend_from_slice(digits.get(..whole).unwrap_or(&[]));
            if places > 0 {
                text.push(mark);
                text.extend_from_slice(digits.get(whole..).unwrap_or(&[]));
            }
        }
        _ => {
            text.extend_from_slice(&[b'0', mark]);
            text.extend(std::iter::repeat_n(b'0', places as usize - digits.len()));
            text.extend_from_slice(digits);
        }
    }
}

fn push_digits(text: &mut Vec<u8>, whole: impl itoa::Integer, fraction: u64, mark: u8) {
    let mut digits = itoa::Buffer::new();
    text.extend_from_slice(digits.format(whole).as_bytes());
    if fraction > 0 {
        text.push(mark);
        let (mut short, mut places) = (fraction, DIGITS as usize);
        while short.is_multiple_of(10) {
            short /= 10;
            places -= 1;
        }
        let shown = digits.format(short);
        text.extend(std::iter::repeat_n(b'0', places.saturating_sub(shown.len())));
        text.extend_from_slice(shown.as_bytes());
    }
}

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
    push_digits(text, whole, fraction, mark);
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
    use super::{Fractions, push_fraction};
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
        assert_eq!(shown(i128::MAX, 7, 100), None);
        assert_eq!(shown(1, 0, 1), None);
    }

    proptest! {
        #[test]
        fn the_quick_way_agrees_with_exact_numbers(a in -1_000_000_000_000_i128..1_000_000_000_000, b in prop_oneof![1_i128..1_000_000_000, 1_i128..200, Just(1000), Just(6250), Just(1_000_000)]) {
            let number = Number::ratio(a, b).unwrap();
            let (mut column, mut single) = (Vec::new(), Vec::new());
            if Fractions::new(b as i64, 100, b',').unwrap().push(&mut column, a as i64) {
                prop_assert!(push_fraction(&mut single, a, b, 100, b','));
                prop_assert_eq!(column, single);
            }
            let (text, _) = decimal_text(&number, exact_digits(&number, 0, 12), ',');
            let text = if text == "−0" { "0".to_owned() } else { text.replace('−', "-") };
            prop_assert_eq!(shown(a, b, 1).unwrap(), text);
        }
    }
}
