//! Why the columns of a file are not found: another separator, a header cut by it, a title above the header.
//!
//! Knows the first lines of a file and no cells.

use super::csv;
use super::text::{self, Encoding, header_form};

/// Lines after the header that may be the true header.
const MOST_LINES: usize = 12;
const SEPARATORS: [u8; 4] = *b";\t,|";

/// The header of a file and the lines after it, cut in every way that would make sense.
#[derive(Debug, Default)]
pub(super) struct Opening {
    /// `None`: a workbook.
    separator: Option<u8>,
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    number: u64,
    /// Separator (0: a workbook) and fields.
    cuts: Vec<(u8, Vec<String>)>,
}

/// What is wrong, as far as the opening tells.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// The header is cut by the separator: the fields that it fell into.
    Cut(char, Vec<String>),
    /// The file has this separator.
    Separator(char),
    /// The header is in this line, and the file has perhaps another separator.
    Line(u64, Option<char>),
}

impl Opening {
    /// Of a text file from its header on; `number` is the line of the header.
    pub fn of_text(bytes: &[u8], encoding: Encoding, separator: u8, number: u64) -> Self {
        let lines = bytes.split(|byte| *byte == b'\n').take(MOST_LINES + 1);
        let lines = (number..).zip(lines).map(|(number, line)| {
            let decoded = match encoding {
                Encoding::Utf8 => String::from_utf8_lossy(line).into_owned(),
                Encoding::Windows1251 => text::decode_1251(line),
            };
            let others = SEPARATORS.into_iter().filter(|other| *other != separator);
            let cut = |by: u8| (by, csv::record(decoded.as_bytes(), by).0);
            Line { number, cuts: [separator].into_iter().chain(others).map(cut).collect() }
        });
        Opening { separator: Some(separator), lines: lines.collect() }
    }

    /// Why none of `names` is a header here; `columns` are the names of every column that is wanted.
    pub fn reason(&self, names: &[String], columns: &[Vec<String>]) -> Option<Reason> {
        let (header, later) = self.lines.split_first()?;
        let (_, headers) = header.cuts.first()?;
        if let Some(separator) = self.separator
            && let Some(fields) = names.iter().find_map(|name| cut(name, headers, char::from(separator)))
        {
            return Some(Reason::Cut(char::from(separator), fields));
        }
        let found = |fields: &[String]| {
            let forms: Vec<String> = fields.iter().map(|field| header_form(field)).collect();
            let here = |names: &Vec<String>| names.iter().any(|name| forms.contains(&header_form(name)));
            let missing = names.iter().any(|name| forms.contains(&header_form(name)));
            if missing { columns.iter().filter(|names| here(names)).count() } else { 0 }
        };
        let other = |by: u8| (Some(by) != self.separator && by != 0).then_some(char::from(by));
        let better = header.cuts.iter().skip(1).find(|(_, fields)| found(fields) > 0);
        if let Some((by, _)) = better {
            return Some(Reason::Separator(char::from(*by)));
        }
        let enough = columns.len().min(2);
        for line in later {
            if let Some((by, _)) = line.cuts.iter().find(|(_, fields)| found(fields) >= enough) {
                return Some(Reason::Line(line.number, other(*by)));
            }
        }
        let by = match headers.as_slice() {
            [_] => header.cuts.iter().skip(1).find(|(by, fields)| *by != b',' && fields.len() > 1),
            _ => None,
        };
        by.map(|(by, _)| Reason::Separator(char::from(*by)))
    }
}

/// The neighbouring fields that make this name when the separator is put back.
fn cut(name: &str, headers: &[String], separator: char) -> Option<Vec<String>> {
    if !name.contains(separator) {
        return None;
    }
    let solid = |text: &str| header_form(text).split_whitespace().collect::<String>();
    let pieces = name.matches(separator).count() + 1;
    let wanted = solid(name);
    headers.windows(pieces).find(|fields| solid(&fields.join(&separator.to_string())) == wanted).map(<[String]>::to_vec)
}

#[cfg(test)]
mod tests {
    use super::{Opening, Reason};
    use crate::data::text::Encoding;

    fn reason(text: &str, separator: u8, names: &[&str]) -> Option<Reason> {
        let columns: Vec<Vec<String>> = names.iter().map(|name| vec![(*name).to_string()]).collect();
        Opening::of_text(text.as_bytes(), Encoding::Utf8, separator, 1).reason(&columns[0], &columns)
    }

    #[test]
    fn headers_are_told_from_titles_and_from_other_separators() {
        let cut = Some(Reason::Cut(',', vec!["Доля".to_string(), "%".to_string()]));
        assert_eq!(reason("код,Доля, %\n1,2\n", b',', &["Доля, %", "код"]), cut);
        assert_eq!(reason("код;имя\n1;2\n", b',', &["код", "имя"]), Some(Reason::Separator(';')));
        assert_eq!(reason("код|имя\n1|2\n", b',', &["Код ОО"]), Some(Reason::Separator('|')));
        assert_eq!(reason("Школы\n\nкод,имя\n", b',', &["код", "имя"]), Some(Reason::Line(3, None)));
        assert_eq!(reason("Школы, 2018\nкод;имя\n", b',', &["код", "имя"]), Some(Reason::Line(2, Some(';'))));
        assert_eq!(reason("код,имя\nназвание,2\n", b',', &["название", "код"]), None);
        assert_eq!(reason("код,имя\n1,2\n", b',', &["название", "код"]), None);
    }
}
