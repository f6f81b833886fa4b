//! Number formats of workbook cells: does the format show the number as a percentage, with zeros before it, or as a moment?
//!
//! Knows the format codes of spreadsheets; knows nothing of cells or files.

/// How a format shows a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// As it is stored.
    Plain,
    /// Times one hundred, with a percent sign.
    Percent,
    /// As whole numbers of at least so many digits: a code of a school, `007`.
    Padded(usize),
    /// As digits with signs between them: `012-345-678 90`.
    Spelled(Spelling),
    /// As a percentage or not, depending on the number.
    Either,
    /// As a time without a day: `h:mm`.
    Clock,
    /// As hours, minutes or seconds that went by: `[h]:mm`.
    Elapsed,
    /// As a day, with a time or without.
    Day,
}

/// Places of digits and the signs between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spelling {
    /// A sign, or 0 for a digit.
    signs: [u8; LONGEST],
    length: usize,
}

/// Digits and signs of the longest code that is shown digit by digit.
const LONGEST: usize = 24;

impl Spelling {
    /// The digits of a whole number in their places; those that are too many stand in front.
    fn of(&self, digits: &str) -> String {
        let signs = self.signs.get(..self.length).unwrap_or(&[]);
        let places = signs.iter().filter(|sign| **sign == 0).count();
        let digits = format!("{digits:0>places$}");
        let (more, rest) = digits.split_at_checked(digits.len() - places).unwrap_or(("", &digits));
        let mut rest = rest.chars();
        let mut more = Some(more);
        let mut text = String::new();
        for sign in signs {
            if *sign == 0 {
                text.push_str(more.take().unwrap_or(""));
                text.extend(rest.next());
            } else {
                text.push(char::from(*sign));
            }
        }
        text
    }
}

/// A code that is shown digit by digit, as the first section of a format says: `000000;@`, `[$-419]0000`, `"47"0000`, `000-000-000\ 00`. What has a
/// single zero in front is a number.
fn spelled(code: &str) -> Option<Shown> {
    let (mut signs, mut length) = ([0; LONGEST], 0);
    let mut put = |sign: char| {
        let slot = signs.get_mut(length)?;
        *slot = if sign == '\0' { 0 } else { u8::try_from(sign).ok()? };
        length += 1;
        // letters would be a unit or an abbreviation
        matches!(sign, '\0' | '0'..='9' | '-' | ' ' | '/').then_some(())
    };
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '0' => put('\0')?,
            '-' | ' ' | '/' => put(letter)?,
            '\\' => put(letters.next()?)?,
            '"' => letters.by_ref().take_while(|letter| *letter != '"').try_for_each(&mut put)?,
            // takes the width of a sign
            '_' => drop(letters.next()),
            // a colour or a country; what depends on the number is another thing
            '[' => {
                let inner: String = letters.by_ref().take_while(|letter| *letter != ']').collect();
                if inner.starts_with(['<', '>', '=']) {
                    return None;
                }
            }
            ';' => break,
            _ => return None,
        }
    }
    let signs_used = signs.get(..length).unwrap_or(&[]);
    let zeros = signs_used.iter().filter(|sign| **sign == 0).count();
    // a sign at the end stands beside the number
    let ends = signs_used.last() == Some(&0);
    let (first, next) = (signs_used.first().copied(), signs_used.get(1).copied());
    let parted = signs_used.iter().any(|sign| matches!(sign, b'-' | b'/'));
    let begins = first == Some(0) && (next == Some(0) || parted) || first.is_some_and(|sign| sign.is_ascii_digit());
    match (zeros == length, zeros > 1 && ends && begins) {
        (_, false) => None,
        (true, true) => Some(Shown::Padded(zeros)),
        (false, true) => Some(Shown::Spelled(Spelling { signs, length })),
    }
}

/// Reads a format code such as `0.0%` or `0%;-0%;"–"`.
pub(super) fn shown(code: &str) -> Shown {
    if let Some(spelled) = spelled(code) {
        return spelled;
    }
    match moment(code) {
        Some(Shown::Day) if is_clock(code) => return Shown::Clock,
        Some(moment) => return moment,
        None => {}
    }
    let mut percents = 0;
    let mut sections = 0;
    for section in sections_of(code).into_iter().take(3) {
        // a section without a place for digits shows no number
        if section.digits {
            sections += 1;
            percents += usize::from(section.percent);
        }
    }
    match percents {
        0 => Shown::Plain,
        n if n == sections => Shown::Percent,
        _ => Shown::Either,
    }
}

/// The format of a built-in number, where it shows percentages.
pub(super) fn built_in(number: u16) -> Shown {
    match number {
        9 | 10 => Shown::Percent,
        18..=21 | 45 | 47 => Shown::Clock,
        46 => Shown::Elapsed,
        14..=17 | 22 | 27..=36 | 50..=58 => Shown::Day,
        _ => Shown::Plain,
    }
}

/// A day or what went by, when the first section of a code has places for them.
fn moment(code: &str) -> Option<Shown> {
    let code = code.to_ascii_lowercase();
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' | '_' | '*' => drop(letters.next()),
            '"' => drop(letters.by_ref().find(|c| *c == '"')),
            '[' => {
                let inner: String = letters.by_ref().take_while(|c| *c != ']').collect();
                let goes_by = |part: char| !inner.is_empty() && inner.chars().all(|letter| letter == part);
                if ['h', 'm', 's'].into_iter().any(goes_by) {
                    return Some(Shown::Elapsed);
                }
            }
            ';' => return None,
            'd' | 'm' | 'h' | 'y' | 's' => return Some(Shown::Day),
            _ => {}
        }
    }
    None
}

/// Hours, minutes or seconds and neither a day nor a year; what stands in quotation marks is shown as it is.
fn is_clock(code: &str) -> bool {
    let mut parts = code.split('"');
    let (mut hours, mut days) = (false, false);
    while let Some(part) = parts.next() {
        // colours and countries in brackets are none, [h] is
        let lower = part.to_ascii_lowercase();
        let lower = lower.replace("[h]", "h").replace("[hh]", "h").replace("[mm]", "s").replace("[ss]", "s");
        let mut inside = false;
        for letter in lower.chars() {
            match letter {
                '[' => inside = true,
                ']' => inside = false,
                'h' | 's' if !inside => hours = true,
                'y' | 'd' | 'e' | '0' | '#' if !inside => days |= !matches!(letter, '0' | '#'),
                _ => {}
            }
        }
        parts.next();
    }
    hours && !days && code.contains(':')
}

/// A number as a format shows it: a decimal text, and whether it may be a percentage all the same.
pub(super) fn as_shown(number: String, shown: Shown) -> (String, bool) {
    match shown {
        Shown::Percent => (hundredfold(&number) + "%", false),
        Shown::Either => (number, true),
        Shown::Padded(width) if number.bytes().all(|b| b.is_ascii_digit()) => (format!("{number:0>width$}"), false),
        Shown::Spelled(spelling) if number.bytes().all(|b| b.is_ascii_digit()) => (spelling.of(&number), false),
        Shown::Plain | Shown::Clock | Shown::Elapsed | Shown::Day | Shown::Padded(_) | Shown::Spelled(_) => {
            (number, false)
        }
    }
}

/// A decimal text times one hundred.
pub(super) fn hundredfold(number: &str) -> String {
    let (sign, digits) = match number.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", number),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let (near, rest) = part.split_at_checked(2).unwrap_or((part, ""));
    let whole = format!("{whole}{near:0<2}");
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

#[derive(Default)]
struct Section {
    digits: bool,
    percent: bool,
}

fn sections_of(code: &str) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut section = Section { digits: code.to_ascii_lowercase().contains("general"), percent: false };
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            // the next character is shown as it is, or only takes its width
            '\\' | '_' | '*' => {
                letters.next();
            }
            '"' => {
                letters.by_ref().find(|c| *c == '"');
            }
            '[' => {
                letters.by_ref().find(|c| *c == ']');
            }
            ';' => sections.push(std::mem::take(&mut section)),
            '%' => section.percent = true,
            '0' | '#' | '?' => section.digits = true,
            _ => {}
        }
    }
    sections.push(section);
    sections
}

#[cfg(test)]
mod tests {
    use super::{Shown, as_shown, hundredfold, shown};

    #[test]
    fn percentages_are_moved_as_text() {
        let cases = [
            ("0.125", "12.5"),
            ("0.07", "7"),
            ("0.5", "50"),
            ("1", "100"),
            ("0", "0"),
            ("-0.0125", "-1.25"),
            ("1.005", "100.5"),
            ("0.29", "29"),
        ];
        for (stored, shown) in cases {
            assert_eq!(hundredfold(stored), shown, "{stored}");
        }
    }

    #[test]
    fn codes_are_shown_digit_by_digit() {
        let cases = [
            ("\"47\"0000", "7", "470007"),
            ("000-000-000\\ 00", "1234567890", "012-345-678 90"),
            ("000-000", "123456789", "123456-789"),
            ("00/00", "0", "00/00"),
            ("0-00-00", "81366", "8-13-66"),
            ("000-000", "1.5", "1.5"),
        ];
        for (code, stored, printed) in cases {
            assert_eq!(as_shown(stored.to_string(), shown(code)).0, printed, "{code}");
        }
    }

    #[test]
    fn formats_are_told_by_their_codes() {
        let cases = [
            ("General", Shown::Plain),
            ("0%", Shown::Percent),
            ("0.00%", Shown::Percent),
            ("#,##0.0\\ %", Shown::Percent),
            ("0.0\" %\"", Shown::Plain),
            ("0.0\\%", Shown::Plain),
            ("0_%", Shown::Plain),
            ("[Red]0%", Shown::Percent),
            ("0%;-0%;\"–\"", Shown::Percent),
            ("0%;-0%;0%;@", Shown::Percent),
            ("0%;0.00", Shown::Either),
            ("[<1]0%;0", Shown::Either),
            ("dd.mm.yyyy", Shown::Day),
            ("[$-419]d mmmm yyyy;@", Shown::Day),
            ("yyyy\\ \\г\\.", Shown::Day),
            ("[Red][<-25]General;[Blue][>25]General;dd", Shown::Plain),
            ("0.0\"дней\"", Shown::Plain),
            ("#,##0_d", Shown::Plain),
            ("[h]:mm:ss", Shown::Elapsed),
            ("[mm]", Shown::Elapsed),
            ("h:mm;@", Shown::Clock),
            ("0", Shown::Plain),
            ("000000", Shown::Padded(6)),
            ("000000;@", Shown::Padded(6)),
            ("0000;-0000", Shown::Padded(4)),
            ("[$-419]0000", Shown::Padded(4)),
            ("[Red]0000_ ", Shown::Padded(4)),
            ("[<100]000;0", Shown::Plain),
            ("0\\ 000", Shown::Plain),
            ("00.00", Shown::Plain),
            ("00\" km\"", Shown::Plain),
            ("00\" чел.\"", Shown::Plain),
            ("\"+7\"0000", Shown::Plain),
            ("", Shown::Plain),
        ];
        for (code, expected) in cases {
            assert_eq!(shown(code), expected, "{code}");
        }
    }
}
