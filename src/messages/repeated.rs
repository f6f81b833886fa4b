//! One quantity after another in the same unit: what [`Speaker::quantity`] says, without asking it each time.
//!
//! Words are looked up once for each form of the plural; digits are made from small integers. What does not fit is left to
//! the speaker.

use super::{Precision, Speaker};
use crate::number::Number;
use crate::value::Unit;

/// The value of a fraction is shown whole when it ends within four digits, and else rounded to two.
const SHORT: u64 = 10_000;
const ROUNDED: u64 = 100;
/// From here on digits are grouped.
const GROUPED: u64 = 10_000;
/// Forms of the plural repeat with every hundred; the last one is that of fractions.
const FORMS: u64 = 200;

/// The quantities of one column.
#[derive(Debug)]
pub struct Quantities {
    factor: u64,
    mark: u8,
    /// What stands before and behind the digits, by the form of the plural.
    around: Vec<(String, String)>,
    /// Hundredths around a threshold, where two digits could contradict a decision.
    near: Option<(i128, i128)>,
}

impl Quantities {
    /// `threshold`: what the values are held against, in stored form.
    pub fn new(speaker: &Speaker, unit: &Unit, threshold: Option<&Number>) -> Quantities {
        let factor = Number::from_integer(unit.shown_factor());
        let around = (0..=FORMS).map(|form| {
            let number = if form == FORMS { Number::ratio(1, 2) } else { Number::ratio(i128::from(form), 1) };
            let stored = number.and_then(|n| n.divide(&factor)).unwrap_or_else(Number::zero);
            let digits = speaker.bare_quantity(&stored, unit, Precision::Plain);
            let said = speaker.quantity(&stored, unit, Precision::Plain);
            said.split_once(&digits).map_or((String::new(), String::new()), |(a, b)| (a.to_owned(), b.to_owned()))
        });
        let near = threshold.and_then(|threshold| {
            let hundredths = threshold.multiply(&factor).multiply(&Number::from_integer(100));
            let (numerator, denominator) = hundredths.to_ratio()?;
            let below = numerator.div_euclid(denominator);
            Some((below - 1, below + 2))
        });
        Quantities {
            factor: u64::try_from(unit.shown_factor()).unwrap_or(1),
            mark: u8::try_from(speaker.decimal_mark()).unwrap_or(b'.'),
            around: around.collect(),
            near,
        }
    }

    /// Appends `numerator / denominator` (in stored form and lowest terms) with its unit; false, and nothing appended, when
    /// only the speaker can say it.
    #[inline]
    pub fn push(&self, text: &mut Vec<u8>, numerator: i64, denominator: u64) -> bool {
        let common = num_integer::gcd(self.factor, denominator);
        let (factor, divisor) = (self.factor / common.max(1), denominator / common.max(1));
        let Some(magnitude) = numerator.unsigned_abs().checked_mul(factor).filter(|_| divisor > 0) else {
            return false;
        };
        let (whole, rest) = (magnitude / divisor, magnitude % divisor);
        if whole >= GROUPED - 1 || rest.checked_mul(SHORT).is_none() {
            return false;
        }
        let ended = (rest * SHORT).is_multiple_of(divisor);
        let (whole, decimals, places) = if rest == 0 {
            (whole, 0, 0)
        } else if ended {
            (whole, rest * SHORT / divisor, 4)
        } else {
            // never exactly between two: that would have ended
            let hundredths = (rest * ROUNDED * 2 + divisor) / (divisor * 2);
            let all = i128::from(whole) * 100 + i128::from(hundredths);
            let all = if numerator < 0 { -all } else { all };
            if self.near.is_some_and(|(low, high)| (low..=high).contains(&all)) {
                return false;
            }
            if hundredths == ROUNDED { (whole + 1, 0, 0) } else { (whole, hundredths, 2) }
        };
        let form = match decimals {
            0 if whole < 100 => whole,
            0 => 100 + whole % 100,
            _ => FORMS,
        };
        let Some((before, behind)) = usize::try_from(form).ok().and_then(|form| self.around.get(form)) else {
            return false;
        };
        text.extend_from_slice(before.as_bytes());
        if !ended && rest > 0 {
            text.extend_from_slice("≈".as_bytes());
        }
        if numerator < 0 && (whole > 0 || decimals > 0) {
            text.extend_from_slice("−".as_bytes());
        }
        let mut digits = itoa::Buffer::new();
        text.extend_from_slice(digits.format(whole).as_bytes());
        if decimals > 0 {
            let (mut short, mut places) = (decimals, places);
            while short % 10 == 0 {
                short /= 10;
                places -= 1;
            }
            text.push(self.mark);
            let shown = digits.format(short);
            text.extend(std::iter::repeat_n(b'0', usize::saturating_sub(places, shown.len())));
            text.extend_from_slice(shown.as_bytes());
        }
        text.extend_from_slice(behind.as_bytes());
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Quantities;
    use crate::language::Language;
    use crate::messages::{Precision, Speaker};
    use crate::number::Number;
    use crate::value::Unit;

    fn units() -> [Unit; 6] {
        [Unit::Number, Unit::Percent, Unit::Points(None), Unit::People, Unit::Year, Unit::Score]
    }

    proptest! {
        #[test]
        fn says_what_the_speaker_says(
            numerator in prop_oneof![-300i64..300, -2_000_000i64..2_000_000],
            denominator in prop::sample::select(vec![1u64, 2, 3, 7, 10, 45, 100, 1000, 9999, 10_000, 12_345, 1_000_000]),
            unit in 0usize..6,
            english in any::<bool>(),
        ) {
            let speaker = Speaker::new(if english { Language::English } else { Language::Russian });
            let unit = &units()[unit];
            let number = Number::ratio(i128::from(numerator), i128::from(denominator)).unwrap();
            let (n, d) = number.to_ratio().unwrap();
            let quantities = Quantities::new(&speaker, unit, None);
            let mut text = Vec::new();
            if quantities.push(&mut text, i64::try_from(n).unwrap(), u64::try_from(d).unwrap()) {
                let said = speaker.quantity(&number, unit, Precision::Plain);
                prop_assert_eq!(String::from_utf8(text).unwrap(), said);
            } else {
                prop_assert!(number.absolute() > Number::from_integer(90));
                prop_assert!(text.is_empty());
            }
        }
    }

    #[test]
    fn beside_a_threshold_it_leaves_the_digits_to_the_speaker() {
        let speaker = Speaker::new(Language::Russian);
        let sixty = Number::ratio(3, 5).unwrap();
        let quantities = Quantities::new(&speaker, &Unit::Percent, Some(&sixty));
        let mut text = Vec::new();
        assert!(!quantities.push(&mut text, 599_999_999, 1_000_000_000));
        assert!(quantities.push(&mut text, 2, 3));
        assert_eq!(String::from_utf8(text).unwrap(), "≈66,67\u{a0}%");
    }
}
