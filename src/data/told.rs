//! Remarks and faults of reading files as diagnostics: which kind, at which rows, with which facts. Without words.

use std::sync::Arc;

use crate::diagnostic::{Argument, Diagnostic, Kind, data as kinds, tables as told};
use crate::location::{CellRef, Place};
use crate::tables::encoding::{Encoding, Ground};
use crate::tables::fault::{Fault, Limit};
use crate::tables::find::LeftOut;
use crate::tables::remark::{NAMED, Remark, What};
use crate::tables::{Flaw, Options, named};

/// A remark about a file, told at the first row that it is about. What was stated (`options`) is no guess.
pub fn remark(remark: &Remark, file: &str, options: &Options, table: Option<usize>) -> Diagnostic {
    let place = match remark.rows.first() {
        Some(row) => Place::Cell(CellRef {
            file: Arc::from(file),
            sheet: remark.sheet.as_deref().map(Arc::from),
            row: *row,
            column: 0,
            header: Arc::from(""),
        }),
        None => Place::File(file.to_owned()),
    };
    let header_stated = options.place.header.is_some();
    let of = |kind: Kind| {
        let rows = if remark.rows.is_empty() { "none".to_owned() } else { ranges(&remark.rows) };
        // how many they are goes without saying where each is named
        let total = if rows.contains(['–', '…']) { remark.count } else { 0 };
        Diagnostic::new(kind, place.clone()).text("rows", rows).count("count", remark.count).count("total", total)
    };
    match &remark.what {
        What::Encoding(encoding, Ground::Words) => of(told::ENCODING_FROM_WORDS).text("encoding", encoding.name()),
        What::Encoding(encoding, ground) => {
            of(told::ENCODING_TOLD).text("encoding", encoding.name()).text("ground", ground_word(*ground))
        }
        What::Malformed(encoding) => of(told::BYTES_MALFORMED).text("encoding", encoding.name()),
        What::OtherEncoding(encoding) => of(told::OTHER_ENCODING).text("encoding", encoding.name()),
        What::Marks => of(told::MARKS_INSIDE),
        What::Separator(sign) => of(told::SEPARATOR_TOLD).text("sign", named::shown(sign)),
        What::Quote(sign) => {
            of(told::QUOTE_TOLD).text("sign", sign.map_or("none".to_owned(), |sign| named::shown(&sign.to_string())))
        }
        What::Escape(sign) => of(told::ESCAPE_TOLD).text("sign", named::shown(&sign.to_string())),
        What::RecordEnd(sign) => of(told::RECORD_END_TOLD).text("sign", named::shown(sign)),
        What::Header if remark.count > 1 && !header_stated => of(told::HEADER_JOINED),
        What::Header => of(told::HEADER_TOLD),
        What::NoHeader => of(told::NO_HEADER),
        What::Carried => of(told::HEADER_CARRIED),
        What::LeftOut(why) => {
            let begins = header_stated || options.place.first.is_some();
            let stated = *why == LeftOut::Preamble && begins || *why == LeftOut::Total;
            let kind = if stated { told::ROWS_LEFT_OUT_AS_STATED } else { told::ROWS_LEFT_OUT };
            of(kind).text("why", left_out_word(*why))
        }
        What::Totals => of(told::TOTALS_KEPT),
        What::Lone => of(told::LONE_VALUES),
        What::Gaps => of(told::BLANK_ROWS),
        What::BlankColumns => of(told::BLANK_COLUMNS),
        What::Mended(flaw) => of(told::RECORDS_MENDED).text("flaw", flaw_word(*flaw)),
        What::Irregular => of(told::RECORDS_IRREGULAR).text("flaw", "irregular"),
        What::NarrowHeader(names, values) => {
            of(told::HEADER_NARROW).text("flaw", "header").count("names", *names).count("values", *values)
        }
        What::OtherTables(cells) => {
            let kind = if table.is_some() { told::OTHER_TABLES_CHOSEN } else { told::OTHER_TABLES };
            let told = of(kind).text("place", if cells.is_empty() { "rows" } else { "cells" });
            told.with("cells", Argument::List(cells.clone()))
        }
        What::OtherSheets(names) => of(told::OTHER_SHEETS).with("names", Argument::List(names.clone())),
        What::HiddenSheet => of(told::HIDDEN_SHEET),
        What::HiddenRows => of(told::HIDDEN_ROWS),
        What::HiddenColumns(names) => of(told::HIDDEN_COLUMNS).with("names", Argument::List(names.clone())),
        What::Merged => of(told::MERGED_CELLS),
        What::NoValue(names) => of(told::NO_VALUE).with("names", Argument::List(names.clone())),
        What::Rounded(names) => of(told::ROUNDED_CELLS).with("names", Argument::List(names.clone())),
        What::Unpacked(member) => of(told::UNPACKED).text("member", member.clone()),
    }
}

/// An encoding that is stated and not known, with those that can be stated.
pub(super) fn unknown_encoding(file: &str, name: &str) -> Diagnostic {
    let known = Encoding::EACH.map(|encoding| encoding.name().to_owned());
    let problem = Diagnostic::new(kinds::UNKNOWN_ENCODING, Place::File(file.to_owned())).text("file", file);
    problem.text("name", name).with("names", Argument::List(known.to_vec()))
}

/// Whether it is told that the header has fewer names than the rows have values.
pub(super) fn is_narrow_header(told: &Diagnostic) -> bool {
    told.arguments
        .iter()
        .any(|(name, value)| *name == "flaw" && matches!(value, Argument::Text(text) if text == "header"))
}

/// Why a file could not be read.
pub fn fault(fault: &Fault, file: &str, options: &Options) -> Diagnostic {
    let of = |kind: Kind| Diagnostic::new(kind, Place::File(file.to_owned())).text("file", file);
    let broken = |problem: &str| of(kinds::WORKBOOK_BROKEN).text("problem", problem);
    match fault {
        Fault::Empty => of(kinds::FILE_EMPTY),
        Fault::NotText => of(kinds::NOT_TEXT).text("what", "table"),
        Fault::Encrypted => broken("encrypted"),
        Fault::OldFormat => broken("old-format"),
        Fault::NotAWorkbook => broken("no-workbook").text("detail", "none"),
        Fault::Html => of(told::PAGE_FOR_WORKBOOK),
        Fault::Damaged(detail) => broken("damaged").text("detail", detail.clone()),
        Fault::Records(detail) => of(told::FILE_BROKEN).text("what", "records").text("detail", detail.clone()),
        Fault::Packed(detail) => of(told::FILE_BROKEN).text("what", "packed").text("detail", detail.clone()),
        Fault::NoSheet(sheets) => of(kinds::SHEET_NOT_FOUND)
            .text("sheet", options.sheet.clone().unwrap_or_default())
            .with("sheets", Argument::List(sheets.clone())),
        Fault::NoMember(names) => of(told::NO_MEMBER)
            .text("member", options.member.clone().unwrap_or_default())
            .with("names", Argument::List(names.clone())),
        Fault::Nested(name) => of(told::NESTED_ARCHIVE).text("member", name.clone()),
        Fault::SeveralFiles(names) => of(told::SEVERAL_FILES).with("names", Argument::List(names.clone())),
        Fault::NoRows(line) => of(told::NO_LIST_OF_ROWS).text("line", line.to_string()),
        Fault::NoColumn(header, names) => {
            of(told::NO_COLUMN_INSIDE).text("header", header.clone()).with("names", Argument::List(names.clone()))
        }
        Fault::Limit(limit, most) => {
            let (word, option) = limit_words(*limit);
            let most = Argument::Count(i64::try_from(*most).unwrap_or(i64::MAX));
            of(told::BEYOND_LIMIT).text("limit", word).with("most", most).text("option", option)
        }
    }
}

/// There is no table of that number, or none at all.
pub(super) fn no_table(file: &str, number: Option<usize>, tables: usize) -> Diagnostic {
    let problem = Diagnostic::new(told::NO_SUCH_TABLE, Place::File(file.to_owned())).text("file", file);
    problem.count("number", number.unwrap_or(1)).count("count", tables)
}

/// `4, 7–9`: numbers that follow each other as a range; the first of many.
pub fn ranges(rows: &[u64]) -> String {
    let mut parts: Vec<(u64, u64)> = Vec::new();
    for row in rows {
        match parts.last_mut() {
            Some((_, last)) if *last == *row || *last + 1 == *row => *last = *row,
            _ => parts.push((*row, *row)),
        }
    }
    let range = |(first, last): &(u64, u64)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first}–{last}"),
    };
    let mut shown: Vec<String> = parts.iter().take(NAMED).map(range).collect();
    if parts.len() > NAMED {
        shown.push("…".to_owned());
    }
    shown.join(", ")
}

fn ground_word(ground: Ground) -> &'static str {
    match ground {
        Ground::Stated => "stated",
        Ground::Mark => "mark",
        Ground::Valid => "valid",
        Ground::Ascii => "ascii",
        Ground::Zeros => "zeros",
        Ground::Words => "words",
    }
}

/// Why a row is no data, as the messages and reports for programs know it.
pub fn left_out_word(why: LeftOut) -> &'static str {
    match why {
        LeftOut::Preamble => "preamble",
        LeftOut::Numbering => "numbering",
        LeftOut::RepeatedHeader => "repeated-header",
        LeftOut::Rule => "rule",
        LeftOut::Total => "total",
        LeftOut::Section => "section",
        LeftOut::Note => "note",
    }
}

fn flaw_word(flaw: Flaw) -> &'static str {
    match flaw {
        Flaw::Unquoted => "unquoted",
        Flaw::Extra => "extra",
        Flaw::Lacking => "lacking",
        Flaw::Mark => "mark",
        Flaw::OtherSeparator => "other-separator",
        Flaw::Short => "short",
        Flaw::Break => "break",
    }
}

fn limit_words(limit: Limit) -> (&'static str, &'static str) {
    match limit {
        Limit::Bytes => ("bytes", "--max-bytes"),
        Limit::Unpacked => ("unpacked", "--max-unpacked"),
        Limit::Rows => ("rows", "--max-rows"),
        Limit::Columns => ("columns", "--max-columns"),
        Limit::Cells => ("cells", "--max-cells"),
        Limit::Cell => ("cell", "--max-cell"),
    }
}

#[cfg(test)]
mod tests {
    use super::ranges;

    #[test]
    fn rows_that_follow_each_other_are_a_range() {
        assert_eq!(ranges(&[4]), "4");
        assert_eq!(ranges(&[4, 5]), "4, 5");
        assert_eq!(ranges(&[1, 4, 5, 6, 9]), "1, 4–6, 9");
        let every_other: Vec<u64> = (1..=14).map(|n| n * 2).collect();
        assert_eq!(ranges(&every_other), "2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, …");
    }
}
