//! Numbers with their units, values, dates, lists and reasons of absence as text.
//!
//! A number is never shown so that it contradicts a decision: it gets the digits that tell it from its threshold.

use jiff::civil::Date;

use super::Speaker;
use super::speaker::grouped;
use crate::diagnostic::Argument;
use crate::language::Language;
use crate::number::Number;
use crate::number::format::{decimal_text, exact_digits, telling_digits};
use crate::value::{Reasons, Truth, Type, Unit, Value};

/// Most digits that are ever shown after the decimal mark.
const MOST_DIGITS: u32 = 18;
/// A number that ends within this many digits is shown whole.
const SHORT_DIGITS: u32 = 4;
/// Others are rounded to so many digits.
const ROUNDED_DIGITS: u32 = 2;

/// A fraction is shown as one up to this denominator.
const LARGEST_DENOMINATOR: i128 = 1000;

/// How many digits a number is shown with.
#[derive(Debug, Clone, Copy)]
pub enum Precision<'a> {
    /// Whole when short, else two digits.
    Plain,
    /// At least as many as it takes to tell it from this number (in stored form).
    Against(&'a Number),
    /// At least as many as it takes to tell it from both.
    Amid(&'a Number, &'a Number),
    /// Every digit, where there is an end to them.
    Full,
}

impl<'a> Precision<'a> {
    /// Told from another value, where that is a number.
    pub fn beside(other: &'a Value) -> Precision<'a> {
        match other {
            Value::Number(number) => Precision::Against(number),
            _ => Precision::Plain,
        }
    }

    /// Told from the ones that are there.
    pub fn amid(below: Option<&'a Number>, above: Option<&'a Number>) -> Precision<'a> {
        match (below, above) {
            (Some(below), Some(above)) => Precision::Amid(below, above),
            (Some(one), None) | (None, Some(one)) => Precision::Against(one),
            (None, None) => Precision::Plain,
        }
    }
}

impl Speaker {
    /// A plain number.
    pub fn number(&self, value: &Number) -> String {
        self.digits(value, Precision::Plain).1
    }

    /// A plain number that is a short fraction as that fraction: `1/3` for a weight that no decimal holds.
    pub fn fraction(&self, value: &Number) -> String {
        let ended = exact_digits(value, 0, SHORT_DIGITS + 1) <= SHORT_DIGITS;
        match value.to_ratio() {
            Some((numerator, denominator)) if !ended && denominator <= LARGEST_DENOMINATOR => {
                format!("{numerator}/{denominator}").replace('-', "−")
            }
            _ => self.number(value),
        }
    }

    /// A number with its unit: `39,1 %`, `20 баллов`. `value` is in stored form (40 % is 2/5).
    pub fn quantity(&self, value: &Number, unit: &Unit, precision: Precision<'_>) -> String {
        let (plain, shown) = self.scaled_digits(value, unit, precision);
        match unit_id(unit) {
            Some(id) => self.counted(id, None, &plain, &shown),
            None => shown,
        }
    }

    /// A value as it stands behind «не менее», «от», «на пороге»: `20 баллов`, `2 баллов`, `1 балла`.
    pub fn bound(&self, value: &Value, kind: &Type, precision: Precision<'_>) -> String {
        match (value, kind) {
            (Value::Number(number), Type::Number(unit)) => {
                let (plain, shown) = self.scaled_digits(number, unit, precision);
                match unit_id(unit) {
                    Some(id) => self.counted(id, Some("genitive"), &plain, &shown),
                    None => shown,
                }
            }
            _ => self.quoted_value(value, kind, precision),
        }
    }

    /// The number without its unit word, in the scale of the unit: `39,1` for 391/1000 of percent.
    pub fn bare_quantity(&self, value: &Number, unit: &Unit, precision: Precision<'_>) -> String {
        self.scaled_digits(value, unit, precision).1
    }

    fn scaled_digits(&self, value: &Number, unit: &Unit, precision: Precision<'_>) -> (String, String) {
        let factor = Number::from_integer(unit.shown_factor());
        match precision {
            Precision::Against(other) => {
                self.digits(&value.multiply(&factor), Precision::Against(&other.multiply(&factor)))
            }
            Precision::Amid(below, above) => {
                let (below, above) = (below.multiply(&factor), above.multiply(&factor));
                self.digits(&value.multiply(&factor), Precision::Amid(&below, &above))
            }
            other => self.digits(&value.multiply(&factor), other),
        }
    }

    /// The digits for the choice of the plural form (no sign, a point), and the text that is shown.
    fn digits(&self, value: &Number, precision: Precision<'_>) -> (String, String) {
        let exact = exact_digits(value, 0, MOST_DIGITS);
        let short = if exact <= SHORT_DIGITS { exact } else { ROUNDED_DIGITS };
        let digits = match precision {
            Precision::Plain => short,
            Precision::Against(other) => telling_digits(value, other, short, MOST_DIGITS),
            Precision::Amid(below, above) => {
                let from_below = telling_digits(value, below, short, MOST_DIGITS);
                telling_digits(value, above, from_below, MOST_DIGITS)
            }
            Precision::Full => exact,
        };
        let (plain, _) = decimal_text(&value.absolute(), digits, '.');
        let (text, is_exact) = decimal_text(value, digits, self.decimal_mark());
        let text = grouped(&text, self.group_mark());
        (plain, if is_exact { text } else { format!("≈{text}") })
    }

    pub fn decimal_mark(&self) -> char {
        match self.language() {
            Language::Russian => ',',
            Language::English => '.',
        }
    }

    /// Any value of a type.
    pub fn value(&self, value: &Value, kind: &Type, precision: Precision<'_>) -> String {
        match value {
            Value::Number(number) => match kind {
                Type::Number(unit) => self.quantity(number, unit, precision),
                _ => self.quantity(number, &Unit::Number, precision),
            },
            Value::Text(text) => text.to_string(),
            Value::Truth(truth) => self.truth(*truth),
            Value::Date(date) => self.date(*date),
            Value::Absent(reasons) => self.reasons(*reasons),
            Value::Between(ends, _) => {
                let end = |number: &Number| Argument::Text(self.bound(&Value::Number(number.clone()), kind, precision));
                self.say("value-between", &[("low", end(&ends.0)), ("high", end(&ends.1))])
            }
        }
    }

    pub fn truth(&self, truth: Truth) -> String {
        if truth.is_unknown() {
            self.reasons(truth.reasons())
        } else {
            self.word(if truth.is_true() { "truth-yes" } else { "truth-no" })
        }
    }

    /// Day, month and year by numbers: `01.09.2018`, `2018-09-01` in English.
    pub fn date(&self, date: Date) -> String {
        match self.language() {
            Language::Russian => format!("{:02}.{:02}.{:04}", date.day(), date.month(), date.year()),
            Language::English => format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()),
        }
    }

    /// Why there is no value: `нет данных`; several reasons joined.
    pub fn reasons(&self, reasons: Reasons) -> String {
        if reasons.contains(Reasons::MASKED) {
            return self.word("reason-masked");
        }
        let words: Vec<String> = reasons.iter().map(|r| self.word(reason_id(r))).collect();
        if words.is_empty() { self.word("reason-unknown") } else { self.list(&words) }
    }

    /// `а, б и в`.
    pub fn list<T: AsRef<str>>(&self, items: &[T]) -> String {
        self.joined_with(items, "list-and")
    }

    /// `а, б или в`.
    pub fn alternatives<T: AsRef<str>>(&self, items: &[T]) -> String {
        self.joined_with(items, "list-or")
    }

    fn joined_with<T: AsRef<str>>(&self, items: &[T], id: &str) -> String {
        let Some((last, rest)) = items.split_last() else { return String::new() };
        if rest.is_empty() {
            return last.as_ref().to_owned();
        }
        self.say(
            id,
            &[("first", Argument::Text(joined(rest, ", "))), ("last", Argument::Text(last.as_ref().to_owned()))],
        )
    }

    /// The name of a unit: `процент`, `балл шкалы «ЕГЭ»`.
    pub fn unit(&self, unit: &Unit) -> String {
        let id = match unit {
            Unit::Number => "unit-number",
            Unit::Ratio => "unit-ratio",
            Unit::Percent => "unit-percent",
            Unit::PercentagePoint => "unit-percentage-point",
            Unit::Points(None) => "unit-points",
            Unit::Points(Some(scale)) => {
                return self.say("unit-points-of-scale", &[("scale", Argument::Text(scale.to_string()))]);
            }
            Unit::Mark => "unit-mark",
            Unit::People => "unit-people",
            Unit::Year => "unit-year",
            Unit::Rouble => "unit-rouble",
            Unit::Kilometre => "unit-kilometre",
            Unit::Minute => "unit-minute",
            Unit::Hour => "unit-hour",
            Unit::SquareMetre => "unit-square-metre",
            Unit::Place => "unit-place",
            Unit::Score => "unit-score",
        };
        self.word(id)
    }

    /// The name of a type: `число (процент)`, `текст`.
    pub fn kind(&self, kind: &Type) -> String {
        match kind {
            Type::Number(Unit::Number) => self.word("type-number"),
            Type::Number(unit) => self.say("type-number-of-unit", &[("unit", Argument::Unit(unit.clone()))]),
            Type::Text => self.word("type-text"),
            Type::YesNo => self.word("type-yes-no"),
            Type::Date => self.word("type-date"),
        }
    }
}

/// Texts with a mark between them.
pub fn joined<T: AsRef<str>>(items: &[T], mark: &str) -> String {
    let mut text = String::new();
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            text.push_str(mark);
        }
        text.push_str(item.as_ref());
    }
    text
}

fn reason_id(reason: Reasons) -> &'static str {
    match reason {
        Reasons::MISSING => "reason-missing",
        Reasons::SUPPRESSED => "reason-suppressed",
        Reasons::INVALID => "reason-invalid",
        Reasons::NOT_APPLICABLE => "reason-not-applicable",
        _ => "reason-unknown",
    }
}

fn unit_id(unit: &Unit) -> Option<&'static str> {
    Some(match unit {
        Unit::Number | Unit::Ratio | Unit::Score => return None,
        Unit::Percent => "quantity-percent",
        Unit::PercentagePoint => "quantity-percentage-point",
        Unit::Points(_) => "quantity-points",
        Unit::Mark => "quantity-mark",
        Unit::People => "quantity-people",
        Unit::Year => "quantity-year",
        Unit::Rouble => "quantity-rouble",
        Unit::Kilometre => "quantity-kilometre",
        Unit::Minute => "quantity-minute",
        Unit::Hour => "quantity-hour",
        Unit::SquareMetre => "quantity-square-metre",
        Unit::Place => "quantity-place",
    })
}

#[cfg(test)]
mod tests {
    use super::{Precision, Speaker};
    use crate::language::Language;
    use crate::number::Number;
    use crate::value::{Reasons, Type, Unit, Value};

    fn ratio(a: i128, b: i128) -> Number {
        Number::ratio(a, b).unwrap()
    }

    #[test]
    fn units_decline_with_their_numbers() {
        let ru = Speaker::new(Language::Russian);
        let points = |a, b| ru.quantity(&ratio(a, b), &Unit::Points(None), Precision::Plain);
        assert_eq!(points(1, 1), "1 балл");
        assert_eq!(points(3, 1), "3 балла");
        assert_eq!(points(20, 1), "20 баллов");
        assert_eq!(points(21, 1), "21 балл");
        assert_eq!(points(5, 2), "2,5 балла");
        assert_eq!(points(-11, 1), "−11 баллов");
        assert_eq!(ru.quantity(&ratio(391, 1000), &Unit::Percent, Precision::Plain), "39,1\u{a0}%");
        assert_eq!(ru.quantity(&ratio(1, 3), &Unit::Percent, Precision::Plain), "≈33,33\u{a0}%");
        assert_eq!(ru.number(&ratio(1_234_567, 1)), "1\u{a0}234\u{a0}567");
        assert_eq!(ru.fraction(&ratio(-1, 3)), "−1/3");
        assert_eq!(ru.fraction(&ratio(1, 4)), "0,25");
        assert_eq!(ru.fraction(&ratio(1, 1001)), "≈0");
        let bound = |a, b| ru.bound(&Value::Number(ratio(a, b)), &Type::Number(Unit::Points(None)), Precision::Plain);
        assert_eq!(
            [bound(1, 1), bound(2, 1), bound(20, 1), bound(5, 2)],
            ["1 балла", "2 баллов", "20 баллов", "2,5 балла"]
        );
        let en = Speaker::new(Language::English);
        assert_eq!(en.quantity(&ratio(1, 1), &Unit::Points(None), Precision::Plain), "1 point");
        assert_eq!(en.quantity(&ratio(5, 2), &Unit::Points(None), Precision::Plain), "2.5 points");
    }

    #[test]
    fn a_value_is_told_from_its_threshold() {
        let ru = Speaker::new(Language::Russian);
        let value = ratio(399_999, 1_000_000);
        let threshold = ratio(2, 5);
        assert_eq!(ru.quantity(&value, &Unit::Percent, Precision::Against(&threshold)), "39,9999\u{a0}%");
        let third = ratio(1, 3);
        let near = ratio(33_333_333, 100_000_000);
        assert_eq!(ru.quantity(&third, &Unit::Number, Precision::Against(&near)), "≈0,333333333");
    }

    #[test]
    fn lists_and_reasons_read_like_prose() {
        let ru = Speaker::new(Language::Russian);
        assert_eq!(ru.list(&["а", "б", "в"]), "а, б и в");
        assert_eq!(ru.reasons(Reasons(5)), "нет данных и недостоверно");
        assert_eq!(ru.reasons(Reasons::NOT_APPLICABLE), "не применимо");
    }
}
