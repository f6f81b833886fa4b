//! `10..50 step 5` → the values it stands for, as people write them.

/// More values than this of one range are refused.
const MOST: i128 = 100_000;

/// What is wrong with a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// An end or the step is no number.
    Malformed,
    /// Two different units.
    Units,
    /// The step is nothing, or negative.
    Step,
    TooMany,
}

impl Trouble {
    /// A word that chooses what is said of it.
    pub fn word(self) -> &'static str {
        match self {
            Trouble::Malformed => "malformed",
            Trouble::Units => "units",
            Trouble::Step => "step",
            Trouble::TooMany => "many",
        }
    }
}

/// A decimal number, `digits / 10^scale`, and the text behind it.
struct Quantity<'a> {
    digits: i128,
    scale: u32,
    comma: bool,
    unit: &'a str,
}

impl<'a> Quantity<'a> {
    fn parse(text: &'a str) -> Option<Quantity<'a>> {
        let text = text.trim();
        let (sign, body) = match text.strip_prefix(['-', '−']) {
            Some(body) => (-1, body),
            None => (1, text),
        };
        let end = body.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(body.len());
        let (number, unit) = body.split_at_checked(end)?;
        let (whole, part) = number.split_once([',', '.']).unwrap_or((number, ""));
        if whole.is_empty() || number.ends_with([',', '.']) || number.len() > 18 {
            return None;
        }
        let digits: i128 = format!("{whole}{part}").parse().ok()?;
        let scale = u32::try_from(part.len()).ok()?;
        Some(Quantity { digits: sign * digits, scale, comma: number.contains(','), unit: unit.trim() })
    }

    fn at_scale(&self, scale: u32) -> Option<i128> {
        self.digits.checked_mul(10i128.checked_pow(scale.checked_sub(self.scale)?)?)
    }
}

/// The values of a part: a range, or the part itself.
pub(super) fn values(text: &str) -> Result<Vec<String>, Trouble> {
    let Some((first, rest)) = text.split_once("..").filter(|_| !text.contains(['"', '«', '“'])) else {
        return Ok(vec![text.to_owned()]);
    };
    let (last, step) = match ["step", "шаг"].iter().find_map(|word| rest.split_once(word)) {
        Some((last, step)) => (last, Some(step)),
        None => (rest, None),
    };
    let read = |text| Quantity::parse(text).ok_or(Trouble::Malformed);
    let (first, last) = (read(first)?, read(last)?);
    let step = match step {
        Some(step) => read(step)?,
        None => Quantity { digits: 1, scale: 0, comma: false, unit: "" },
    };
    let all = [&first, &last, &step];
    let mut units = all.iter().map(|quantity| quantity.unit).filter(|unit| !unit.is_empty());
    let unit = units.next().unwrap_or("");
    if units.any(|other| other != unit) {
        return Err(Trouble::Units);
    }
    let scale = all.iter().map(|quantity| quantity.scale).max().unwrap_or(0);
    let at = |quantity: &Quantity<'_>| quantity.at_scale(scale).ok_or(Trouble::Malformed);
    let (low, high, step) = (at(&first)?, at(&last)?, at(&step)?);
    if step <= 0 {
        return Err(Trouble::Step);
    }
    let (way, length) = if high >= low { (step, high - low) } else { (-step, low - high) };
    let count = length / step;
    if count >= MOST {
        return Err(Trouble::TooMany);
    }
    let mark = if all.iter().any(|quantity| quantity.comma) { ',' } else { '.' };
    Ok((0..=count).map(|n| shown(low + n * way, scale, mark, unit)).collect())
}

fn shown(digits: i128, scale: u32, mark: char, unit: &str) -> String {
    let sign = if digits < 0 { "-" } else { "" };
    let size = 10u128.pow(scale);
    let (whole, part) = (digits.unsigned_abs() / size, digits.unsigned_abs() % size);
    let width = usize::try_from(scale).unwrap_or(0);
    let part = format!("{part:0width$}");
    let part = part.trim_end_matches('0');
    let number =
        if scale == 0 || part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}{mark}{part}") };
    if unit.is_empty() { number } else { format!("{number} {unit}") }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Trouble, values};

    #[test]
    fn ranges_are_exact_and_keep_their_unit() {
        let all = |text| values(text).unwrap().join("; ");
        assert_eq!(all("10..50 step 10"), "10; 20; 30; 40; 50");
        assert_eq!(all("10 % .. 20 % шаг 5 %"), "10 %; 15 %; 20 %");
        assert_eq!(all("10..20 step 5 people"), "10 people; 15 people; 20 people");
        assert_eq!(all("0,1..0,35 шаг 0,1"), "0,1; 0,2; 0,3");
        assert_eq!(all("3..1"), "3; 2; 1");
        assert_eq!(all("-1..1 step 0.5"), "-1; -0.5; 0; 0.5; 1");
        assert_eq!(all("5"), "5");
        assert_eq!(all("\"а..б\""), "\"а..б\"");
        assert_eq!(values("1..б"), Err(Trouble::Malformed));
        assert_eq!(values("1..2 step 0"), Err(Trouble::Step));
        assert_eq!(values("1 %..2 people"), Err(Trouble::Units));
        assert_eq!(values("1..1000000"), Err(Trouble::TooMany));
    }
}
