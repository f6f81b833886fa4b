//! One table as it was understood, in a plain form: CSV, or a record per line.
//!
//! Every text stands as it was read; nothing is rounded, trimmed or guarded.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::location::column_letters;
use crate::tables::find::Table;
use crate::tables::grid::Grid;

/// Writes UTF-8 with commas, quotation marks where they are needed, and line feeds. A table without a header has no header row.
///
/// # Errors
/// What the writer refuses.
pub fn csv(grid: &Grid, table: &Table, out: &mut dyn Write) -> io::Result<()> {
    if !table.header.is_empty() {
        record(table.headers.iter().map(String::as_str), out)?;
    }
    for row in &table.rows {
        record(table.texts(grid, *row), out)?;
    }
    Ok(())
}

fn record<'a>(texts: impl ExactSizeIterator<Item = &'a str>, out: &mut dyn Write) -> io::Result<()> {
    let alone = texts.len() == 1;
    for (at, text) in texts.enumerate() {
        if at > 0 {
            out.write_all(b",")?;
        }
        // a record of one empty text is no blank line
        let marked = text.contains([',', '"', '\n', '\r'])
            || text.starts_with(char::is_whitespace)
            || text.ends_with(char::is_whitespace)
            || alone && text.is_empty();
        if marked {
            write!(out, "\"{}\"", text.replace('"', "\"\""))?;
        } else {
            out.write_all(text.as_bytes())?;
        }
    }
    out.write_all(b"\n")
}

/// Writes one record of texts per line, fields in the order of the columns.
///
/// # Errors
/// What the writer refuses.
pub fn json_lines(grid: &Grid, table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let names = names(table).0.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
    for row in &table.rows {
        out.write_all(b"{")?;
        for (at, (name, text)) in names.iter().zip(table.texts(grid, *row)).enumerate() {
            let comma = if at > 0 { ", " } else { "" };
            write!(out, "{comma}{name}: {}", serde_json::to_string(text)?)?;
        }
        out.write_all(b"}\n")?;
    }
    Ok(())
}

/// A name of its own for every column, and those names that had to be made: by the letter of the column, from headers that are blank or repeated.
pub fn names(table: &Table) -> (Vec<String>, Vec<String>) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for header in &table.headers {
        *counts.entry(header).or_default() += 1;
    }
    let (mut names, mut made) = (Vec::new(), Vec::new());
    for (at, column) in table.columns.iter().enumerate() {
        let header = table.headers.get(at).map_or("", String::as_str);
        let letters = column_letters(u32::try_from(column + 1).unwrap_or(0));
        let name = match (header.trim().is_empty(), counts.get(header)) {
            (false, Some(1)) => header.to_owned(),
            (true, _) => letters,
            _ => format!("{header} ({letters})"),
        };
        // a header may be what another one was made to
        let mut name = name;
        while names.contains(&name) {
            name.push('\'');
        }
        if name != header {
            made.push(name.clone());
        }
        names.push(name);
    }
    (names, made)
}

#[cfg(test)]
mod tests {
    use super::{csv, json_lines, names};
    use crate::tables::find::{Place, Table, find};
    use crate::tables::grid::{Cell, Grid, Row};

    fn grid(rows: &[&[&str]]) -> Grid {
        let row = |(number, texts): (u64, &&[&str])| Row {
            number,
            cells: texts.iter().map(|text| Cell::plain(*text)).collect(),
            ..Row::default()
        };
        Grid { rows: (1..).zip(rows).map(row).collect(), ..Grid::default() }
    }

    fn only(grid: &Grid, header: Option<(u64, u64)>) -> Table {
        let place = Place { header: Some(header), all_rows: true, ..Place::default() };
        find(grid, &place).remove(0)
    }

    #[test]
    fn marks_stand_only_where_they_are_needed() {
        let grid = grid(&[&["код", "имя, полное"], &["007", "Лицей \"Надежда\""], &["1", " две\nстроки"], &["2", ""]]);
        let mut out = Vec::new();
        csv(&grid, &only(&grid, Some((1, 1))), &mut out).unwrap();
        let expected = "код,\"имя, полное\"\n007,\"Лицей \"\"Надежда\"\"\"\n1,\" две\nстроки\"\n2,\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn without_a_header_there_is_no_header_row() {
        let grid = grid(&[&["1", "2"], &["3", "4"]]);
        let table = only(&grid, None);
        let mut out = Vec::new();
        csv(&grid, &table, &mut out).unwrap();
        json_lines(&grid, &table, &mut out).unwrap();
        let expected = "1,2\n3,4\n{\"A\": \"1\", \"B\": \"2\"}\n{\"A\": \"3\", \"B\": \"4\"}\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn records_have_different_names() {
        let grid = grid(&[&["всего", "", "всего", "B"], &["1", "2", "3", "4"]]);
        let (names, made) = names(&only(&grid, Some((1, 1))));
        assert_eq!(names, ["всего (A)", "B", "всего (C)", "B'"]);
        assert_eq!(made, ["всего (A)", "B", "всего (C)", "B'"]);
    }
}
