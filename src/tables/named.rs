//! What people write to state how a file is written: signs by name, rows, columns.
//!
//! The same words on the command line and in a manifest. Knows no files.

use super::records::Ends;

/// No sign, no header.
const NONE: &[&str] = &["none", "no", "нет"];
/// Signs that cannot be seen, by the names that people give them.
const SIGNS: &[(&str, &[&str])] = &[
    ("\t", &["tab", "таб", "табуляция", "\\t"]),
    (" ", &["space", "пробел"]),
    (",", &["comma", "запятая"]),
    (";", &["semicolon", "точка с запятой"]),
    ("|", &["pipe", "черта"]),
];

fn is_none(text: &str) -> bool {
    NONE.contains(&text.trim().to_lowercase().as_str())
}

/// A text by its name, as `U+001F`, or as it is; no line ends.
pub fn sign(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    if let Some((sign, _)) = SIGNS.iter().find(|(_, names)| names.contains(&lower.as_str())) {
        return Some((*sign).to_string());
    }
    if let Some(code) = lower.strip_prefix("u+") {
        return u32::from_str_radix(code, 16).ok().and_then(char::from_u32).map(String::from);
    }
    (!text.is_empty() && !text.contains(['\n', '\r'])).then(|| text.to_string())
}

/// A sign as it can be shown and written back: `tab`, `space`, `U+001F`, or as it is.
pub fn shown(sign: &str) -> String {
    if let Some((_, names)) = SIGNS.iter().take(2).find(|(known, _)| *known == sign) {
        return names.first().map_or_else(String::new, |name| (*name).to_string());
    }
    let letters = sign.chars().map(|letter| {
        let unseen = letter.is_control() || letter.is_whitespace() && letter != ' ';
        if unseen { format!("U+{:04X}", u32::from(letter)) } else { letter.to_string() }
    });
    letters.collect()
}

/// One sign, or none at all.
pub fn mark(text: &str) -> Option<Option<char>> {
    if is_none(text) {
        return Some(None);
    }
    let sign = sign(text)?;
    let mut letters = sign.chars();
    let first = letters.next()?;
    letters.next().is_none().then_some(Some(first))
}

/// What ends a record: `lf`, `crlf`, `cr`, a code of a sign, or a text.
pub fn ends(text: &str) -> Option<Ends> {
    match text.trim().to_lowercase().as_str() {
        "lf" | "crlf" | "\\n" | "\\r\\n" => Some(Ends::LineFeed),
        "cr" | "\\r" => Some(Ends::CarriageReturn),
        _ => sign(text).map(|sign| match sign.as_str() {
            "\n" => Ends::LineFeed,
            "\r" => Ends::CarriageReturn,
            _ => Ends::Text(sign),
        }),
    }
}

/// First and last row of a header, from 1: `3`, `3-5`; `none`: there is no header.
pub fn rows(text: &str) -> Option<Option<(u64, u64)>> {
    if is_none(text) { Some(None) } else { range(text, |part| part.parse().ok().filter(|row| *row > 0)).map(Some) }
}

/// First and last column, from 1: `B-F`, `2-6`, `B`.
pub fn columns(text: &str) -> Option<(u32, u32)> {
    range(text, column)
}

fn range<T: PartialOrd + Copy>(text: &str, part: impl Fn(&str) -> Option<T>) -> Option<(T, T)> {
    let mut ends = text.split(['-', '–', ':']).map(str::trim);
    let first = part(ends.next()?)?;
    let last = ends.next().map_or(Some(first), part)?;
    (ends.next().is_none() && first <= last).then_some((first, last))
}

/// A number, or the letters of a spreadsheet.
fn column(text: &str) -> Option<u32> {
    if let Ok(number) = text.parse::<u32>() {
        return Some(number).filter(|number| *number > 0);
    }
    let digit = |letter: char| letter.is_ascii_alphabetic().then(|| letter.to_ascii_uppercase() as u32 - 64);
    let letters = text.chars().map(digit);
    if text.is_empty() || text.len() > 3 {
        return None;
    }
    letters.into_iter().try_fold(0u32, |number, digit| Some(number * 26 + digit?))
}

#[cfg(test)]
mod tests {
    use super::{columns, ends, mark, rows, shown, sign};
    use crate::tables::records::Ends;

    #[test]
    fn signs_have_names_and_codes() {
        assert_eq!(sign("tab").as_deref(), Some("\t"));
        assert_eq!(sign("Табуляция").as_deref(), Some("\t"));
        assert_eq!(sign(";").as_deref(), Some(";"));
        assert_eq!(sign("; ").as_deref(), Some("; "));
        assert_eq!(sign("U+001F").as_deref(), Some("\u{1f}"));
        assert_eq!(sign("u+d800"), None);
        for text in ["\t", " ", ";", "\u{1f}", "||"] {
            assert_eq!(sign(&shown(text)).as_deref(), Some(text));
        }
        assert_eq!(sign(""), None);
        assert_eq!(mark("нет"), Some(None));
        assert_eq!(mark("'"), Some(Some('\'')));
        assert_eq!(mark("''"), None);
        assert_eq!(ends("crlf"), Some(Ends::LineFeed));
        assert_eq!(ends("CR"), Some(Ends::CarriageReturn));
        assert_eq!(ends("U+001E"), Some(Ends::Text("\u{1e}".to_string())));
        assert_eq!(ends("U+000D"), Some(Ends::CarriageReturn));
    }

    #[test]
    fn rows_and_columns_are_ranges_from_one() {
        assert_eq!(rows("3"), Some(Some((3, 3))));
        assert_eq!(rows("3-5"), Some(Some((3, 5))));
        assert_eq!(rows("3–5"), Some(Some((3, 5))));
        assert_eq!(rows("none"), Some(None));
        assert_eq!((rows("0"), rows("5-3"), rows("a"), rows("1-2-3")), (None, None, None, None));
        assert_eq!(columns("B-AA"), Some((2, 27)));
        assert_eq!(columns("2:6"), Some((2, 6)));
        assert_eq!((columns("F-B"), columns(""), columns("Я"), columns("AAAA")), (None, None, None, None));
    }
}
