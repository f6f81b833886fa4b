//! What a printed text looks like: a number, a day, a code, words. The ground on which separators, headers and broken rows are
//! told apart; never the value of a cell.

/// The look of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shape {
    Empty,
    /// `-`, `н/д`, `n/a`, `*` and other signs of an absence.
    Absent,
    Integer,
    Decimal,
    Percent,
    /// A number with a sign of money or a unit.
    Quantity,
    /// `<5`, `>95`, `10-14`.
    Bound,
    Date,
    Time,
    YesNo,
    /// An address of the web or of mail.
    Address,
    /// Letters and digits without spaces: `CC-9259`, `7А`.
    Code,
    /// A few words.
    Words,
    /// A sentence or more.
    Prose,
}

impl Shape {
    /// Something that is counted, measured or dated: not a heading.
    pub fn is_value(self) -> bool {
        use Shape::{Bound, Date, Decimal, Integer, Percent, Quantity, Time};
        matches!(self, Integer | Decimal | Percent | Quantity | Bound | Date | Time)
    }

    pub fn is_number(self) -> bool {
        matches!(self, Shape::Integer | Shape::Decimal | Shape::Percent)
    }
}

/// Signs of an absence that people write.
const ABSENT: &[&str] = &[
    "-",
    "–",
    "—",
    "−",
    "*",
    "**",
    "x",
    "х",
    "...",
    "…",
    ".",
    "н/д",
    "нд",
    "н.д.",
    "нет данных",
    "н/п",
    "n/a",
    "na",
    "nan",
    "null",
    "none",
    "#n/a",
    "#н/д",
    "н/а",
    "неприменимо",
    "s",
    "ns",
];

const YES_NO: &[&str] = &["да", "нет", "yes", "no", "true", "false", "истина", "ложь", "y", "n", "+"];

/// Whether a text is a sign of an absence.
pub fn is_absent_sign(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    ABSENT.contains(&lower.as_str())
}

/// Neither numbers nor days nor a few words have so many bytes.
const LONG: usize = 400;

/// The look of a long text; it may be looked at often.
fn long_shape(text: &str) -> Shape {
    let code = |c: char| c.is_alphanumeric() || "-_/.№#:".contains(c);
    if text.contains(char::is_whitespace) {
        Shape::Prose
    } else if is_address(text) {
        Shape::Address
    } else if text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(code) {
        Shape::Code
    } else {
        Shape::Prose
    }
}

/// The look of a text, spaces around it not counted.
pub fn shape(text: &str) -> Shape {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if text.is_empty() {
        return Shape::Empty;
    }
    if text.len() > LONG {
        return long_shape(text);
    }
    if let Some(shape) = number_shape(text) {
        return shape;
    }
    if text.chars().count() <= 12 {
        let lower = text.to_lowercase();
        if ABSENT.contains(&lower.as_str()) {
            return Shape::Absent;
        }
        if YES_NO.contains(&lower.as_str()) {
            return Shape::YesNo;
        }
    }
    if is_time(text) {
        return Shape::Time;
    }
    if is_date(text) {
        return Shape::Date;
    }
    if is_address(text) {
        return Shape::Address;
    }
    if is_bound(text) {
        return Shape::Bound;
    }
    if is_quantity(text) {
        return Shape::Quantity;
    }
    let spaces = text.split_whitespace().count();
    let digits = text.chars().any(|c| c.is_ascii_digit());
    if spaces == 1 && digits && text.chars().all(|c| c.is_alphanumeric() || "-_/.№#:".contains(c)) {
        return Shape::Code;
    }
    if spaces <= 8 && text.chars().count() <= 80 { Shape::Words } else { Shape::Prose }
}

/// Digits with a sign, a decimal comma or point, spaces or commas between thousands, a percent sign.
fn number_shape(text: &str) -> Option<Shape> {
    let first = text.chars().next()?;
    if !(first.is_ascii_digit() || matches!(first, '-' | '+' | '−' | '–' | '.' | ',')) {
        return None;
    }
    let (body, percent) = match text.strip_suffix('%') {
        Some(body) => (body.trim_end(), true),
        None => (text, false),
    };
    let body = body.strip_prefix(['-', '+', '−', '–']).unwrap_or(body);
    // 1.5e-05
    let (body, power) = match body.split_once(['e', 'E']) {
        Some((mantissa, power)) => {
            let digits = power.strip_prefix(['-', '+']).unwrap_or(power);
            let good = !digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit());
            (good.then_some(mantissa)?, true)
        }
        None => (body, false),
    };
    let mut groups = body.split(['\u{a0}', '\u{202f}', ' ', '\'']);
    let whole = groups.next()?;
    let tail: Vec<&str> = groups.collect();
    let last = tail.last().copied().unwrap_or(whole);
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !tail.is_empty() {
        let (inner, end) = tail.split_at(tail.len() - 1);
        let thousands = all_digits(whole) && whole.len() <= 3 && inner.iter().all(|g| all_digits(g) && g.len() == 3);
        let end = end.first().copied().unwrap_or("");
        let three = end.get(..3).is_some_and(all_digits) && !end.get(3..4).is_some_and(all_digits);
        if !thousands || !three {
            return None;
        }
    }
    let mut parts = last.split([',', '.']);
    let (head, rest): (&str, Vec<&str>) = (parts.next()?, parts.collect());
    let decimals = match rest.as_slice() {
        [] => all_digits(head).then_some(false)?,
        [one] => {
            let good = (all_digits(head) || head.is_empty() && !one.is_empty()) && (all_digits(one) || one.is_empty());
            good.then_some(!one.is_empty() || last.ends_with('.'))?
        }
        // 1,234,567 or 1.234.567,8
        many => {
            let (last, inner) = many.split_last()?;
            let thousands = all_digits(head) && head.len() <= 3 && inner.iter().all(|g| all_digits(g) && g.len() == 3);
            (thousands && all_digits(last)).then_some(last.len() != 3)?
        }
    };
    Some(match (percent, decimals || power) {
        (true, _) => Shape::Percent,
        (false, true) => Shape::Decimal,
        (false, false) => Shape::Integer,
    })
}

fn is_time(text: &str) -> bool {
    let body = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == ' ');
    let parts: Vec<&str> = body.split(':').collect();
    (2..=3).contains(&parts.len())
        && parts.iter().enumerate().all(|(at, part)| {
            let digits = part.split('.').next().unwrap_or("");
            (1..=2).contains(&digits.len())
                && part.bytes().all(|b| b.is_ascii_digit() || b == b'.')
                && (at > 0 || digits.parse::<u32>().is_ok_and(|hour| hour < 25))
        })
}

const MONTHS: &[&str] = &[
    "янв", "фев", "мар", "апр", "май", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек", "jan", "feb", "mar",
    "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

fn is_date(text: &str) -> bool {
    let day = text.split(['T', ' ']).next().unwrap_or("");
    let rest = text.get(day.len()..).unwrap_or("").trim_start_matches(['T', ' ']);
    for separator in ['.', '-', '/'] {
        let parts: Vec<&str> = day.split(separator).collect();
        if parts.len() == 3 && parts.iter().all(|p| !p.is_empty() && p.len() <= 4) {
            let numbers = parts.iter().filter(|p| p.bytes().all(|b| b.is_ascii_digit())).count();
            let month = parts.iter().any(|p| is_month(p));
            let lengths: Vec<usize> = parts.iter().map(|p| p.len()).collect();
            let year = lengths.iter().filter(|l| **l == 4).count() <= 1;
            let plain = rest.is_empty()
                || is_time(rest)
                || rest.trim_end_matches('Z').split(['+', '-']).next().is_some_and(is_time);
            let year_word = matches!(rest, "г." | "г" | "год" | "года");
            if year && (numbers == 3 || numbers == 2 && month) && (plain || year_word) {
                return true;
            }
        }
    }
    // 1 сентября 2018 г.
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        [day, month, year, rest @ ..] => {
            let day = day.trim_end_matches(['.', ',']);
            let year = year.trim_end_matches(['.', ',', 'г']);
            let numbers =
                |t: &str, most: usize| !t.is_empty() && t.len() <= most && t.bytes().all(|b| b.is_ascii_digit());
            rest.len() <= 1
                && (numbers(day, 2) && is_month(month) || is_month(day) && numbers(month.trim_end_matches(','), 2))
                && numbers(year, 4)
        }
        _ => false,
    }
}

fn is_month(word: &str) -> bool {
    let lower = word.to_lowercase();
    word.chars().all(char::is_alphabetic)
        && MONTHS.iter().any(|month| lower.starts_with(month))
        && lower.chars().count() <= 9
}

fn is_address(text: &str) -> bool {
    if text.contains(char::is_whitespace) {
        return false;
    }
    let lower = text.to_lowercase();
    lower.starts_with("http://")
        || lower.starts_with("https://")
        || lower.starts_with("www.")
        || lower.starts_with("ftp://")
        || lower
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
}

fn is_bound(text: &str) -> bool {
    let rest = text.strip_prefix(['<', '>', '≤', '≥', '≈', '~']).map(|rest| rest.trim_start_matches('=').trim());
    if let Some(rest) = rest {
        return number_shape(rest).is_some();
    }
    let mut ends = text.split(['-', '–', '—', '…']).map(str::trim);
    let (first, second) = (ends.next().unwrap_or(""), ends.next().unwrap_or(""));
    ends.next().is_none()
        && first.len() <= 6
        && second.len() <= 6
        && [first, second].iter().all(|end| number_shape(end).is_some_and(Shape::is_number) && !end.starts_with('-'))
}

/// A number with something short before or behind it: `$74.69`, `45 чел.`, `12,5 тыс. руб.`
fn is_quantity(text: &str) -> bool {
    let first = text.find(|c: char| c.is_ascii_digit());
    let Some(first) = first else {
        return false;
    };
    let before = text.get(..first).unwrap_or("");
    let sign = before.trim_end_matches(['-', '+', '(']).trim();
    let money =
        |t: &str| t.chars().count() <= 1 && t.chars().all(|c| !c.is_alphanumeric() && !"\"'/\\№#:.,*".contains(c));
    if !(sign.is_empty() || money(sign)) {
        return false;
    }
    let body = text.get(first..).unwrap_or("");
    let end = body.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1);
    let unit = body.get(end..).unwrap_or("").trim_end_matches(')').trim();
    let number = body.get(..end).unwrap_or("");
    let few = unit.split_whitespace().count() <= 3 && unit.chars().count() <= 14;
    let letters = unit.chars().all(|c| c.is_alphabetic() || ". $€£₽/%²³".contains(c));
    number_shape(number).is_some_and(Shape::is_number)
        && few
        && letters
        && (!sign.is_empty() || body.get(end..).is_some_and(|u| u.starts_with([' ', '\u{a0}', '$', '€', '£', '₽'])))
}

/// A text as a pattern: digits as `9`, letters as `a` and `A`, Cyrillic ones as `я` and `Я`, all else as it is.
pub fn pattern(text: &str) -> String {
    text.trim().chars().take(64).map(class).collect()
}

/// The pattern with repeated signs once.
pub fn coarse(pattern: &str) -> String {
    let mut last = None;
    pattern.chars().filter(|c| last.replace(*c) != Some(*c) || !c.is_alphanumeric()).collect()
}

/// The class of a character in a pattern.
pub fn class(letter: char) -> char {
    match letter {
        '0'..='9' => '9',
        'а'..='я' | 'ё' => 'я',
        'А'..='Я' | 'Ё' => 'Я',
        c if c.is_lowercase() => 'a',
        c if c.is_uppercase() => 'A',
        c if c.is_alphabetic() => 'a',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::{Shape, coarse, pattern, shape};

    #[test]
    fn texts_look_like_what_people_mean() {
        use Shape::*;
        let cases = [
            ("", Empty),
            ("  ", Empty),
            ("12", Integer),
            ("-3", Integer),
            ("1 250", Integer),
            ("1\u{a0}250,5", Decimal),
            ("1,234,567", Integer),
            ("1.234.567,8", Decimal),
            ("12,5", Decimal),
            ("12.5%", Percent),
            ("1.5e-05", Decimal),
            ("12,5 %", Percent),
            ("$74.69", Quantity),
            ("45 чел.", Quantity),
            ("12,5 тыс. руб.", Quantity),
            ("<5", Bound),
            ("> 95", Bound),
            ("10-14", Bound),
            ("28/01/2018", Date),
            ("01.09.2018", Date),
            ("2018-09-01", Date),
            ("2018-09-01T00:00:00", Date),
            ("01.09.2018 10:15", Date),
            ("1 сентября 2018 г.", Date),
            ("00:15", Time),
            ("1:02:03", Time),
            ("да", YesNo),
            ("н/д", Absent),
            ("–", Absent),
            ("https://www.example.com/product/MG_8769.html", Address),
            ("a@b.ru", Address),
            ("CC-9259", Code),
            ("7А", Code),
            ("МБОУ СОШ № 5", Words),
            ("School", Words),
            ("2018/2019", Words),
        ];
        for (text, expected) in cases {
            if text == "2018/2019" {
                assert_eq!(shape(text), Code, "{text}");
                continue;
            }
            assert_eq!(shape(text), expected, "{text}");
        }
    }

    #[test]
    fn patterns_keep_what_is_common_to_codes() {
        assert_eq!(pattern("CC-9259"), "AA-9999");
        assert_eq!(coarse("AA-9999"), "A-9");
        assert_eq!(pattern("Школа 5"), "Яяяяя 9");
    }
}
