//! The declarations of a draft, and first rules that run.

use super::{Files, count, text};
use crate::diagnostic::Argument;
use crate::infer::{Column, Draft, Guess, Key, Table, TextGround, UnitGround, words};
use crate::messages::Speaker;
use crate::syntax::draft::{self, Declared, DeclaredColumn, DeclaredKind, FirstRules};

/// The declarations of the tables, in canonical form.
pub fn tables(draft: &Draft, speaker: &Speaker) -> String {
    let head: Vec<String> = speaker.word("draft-tables-head").lines().map(str::to_owned).collect();
    let declared: Vec<Declared> = draft.tables.iter().map(|table| declared(draft, table, speaker)).collect();
    draft::declarations(&head, &declared, speaker.language())
}

/// Rules that list those without a value in the first column of numbers; nothing where no table has a key.
pub fn first_rules(draft: &Draft, title: &str, files: &Files, speaker: &Speaker) -> Option<String> {
    let table = draft.tables.get(draft.judged?)?;
    let counted =
        |column: &&Column| matches!(column.guess, Guess::Number(..)) && !words::says_numbering(&column.header);
    let number = table.columns.iter().find(counted);
    let key = match &table.key {
        Key::Of(key) => key.as_slice(),
        _ => &[],
    };
    let other = || table.columns.iter().enumerate().find(|(at, _)| !key.contains(at)).map(|(_, column)| column);
    let column = number.or_else(other).or_else(|| table.columns.first())?;
    let header = if column.header.is_empty() { &column.name } else { &column.header };
    let mut notes: Vec<String> = speaker.word("draft-rules-head").lines().map(str::to_owned).collect();
    notes.push(speaker.say("draft-judged", &[("table", text(table.name.as_str())), ("count", count(table.rows()))]));
    let rules = FirstRules {
        notes,
        title: title.to_owned(),
        year: draft.latest_year,
        judged: table.name.clone(),
        include: files.tables.trim_end_matches(".merilo").to_owned(),
        category: speaker.word("draft-category"),
        category_title: speaker.word("draft-category-title"),
        criterion_title: speaker.say("draft-criterion-title", &[("header", text(header.as_str()))]),
        column: column.name.clone(),
    };
    Some(draft::first_rules(&rules, speaker.language()))
}

fn declared(draft: &Draft, table: &Table, speaker: &Speaker) -> Declared {
    let files = table.parts.iter().map(|part| match &part.sheet {
        Some(sheet) => format!("{} [{sheet}]", part.file),
        None => part.file.clone(),
    });
    let arguments = [("files", Argument::List(files.collect())), ("count", count(table.rows()))];
    let mut notes = vec![speaker.say("draft-table", &arguments)];
    notes.push(key_note(table, speaker));
    let key = match &table.key {
        Key::Of(columns) => names(table, columns),
        _ => Vec::new(),
    };
    let columns = table.columns.iter().map(|column| DeclaredColumn {
        notes: column_notes(draft, table, column, speaker),
        name: column.name.clone(),
        kind: kind(draft, column),
        allowed: column.allowed.clone(),
    });
    Declared { notes, name: table.name.clone(), key, columns: columns.collect() }
}

fn names(table: &Table, columns: &[usize]) -> Vec<String> {
    columns.iter().filter_map(|at| table.columns.get(*at)).map(|column| column.name.clone()).collect()
}

fn key_note(table: &Table, speaker: &Speaker) -> String {
    match &table.key {
        Key::None => speaker.word("draft-key-none"),
        Key::Of(columns) => {
            let arguments = [("columns", Argument::List(names(table, columns))), ("count", count(columns.len()))];
            speaker.say("draft-key", &arguments)
        }
        Key::Almost { columns, repeated, empty } => {
            let arguments = [
                ("columns", Argument::List(names(table, columns))),
                ("repeated", count(repeated.len())),
                ("empty", count(empty.len())),
            ];
            speaker.say("draft-key-almost", &arguments)
        }
    }
}

fn kind(draft: &Draft, column: &Column) -> DeclaredKind {
    match &column.guess {
        Guess::Text(_) => DeclaredKind::Text,
        Guess::Number(unit, _) => DeclaredKind::Number(unit.clone()),
        Guess::YesNo => DeclaredKind::YesNo,
        Guess::Date => DeclaredKind::Date,
        Guess::Year => DeclaredKind::Year,
        Guess::Link { table, .. } => {
            DeclaredKind::Link(draft.tables.get(*table).map_or(String::new(), |table| table.name.clone()))
        }
    }
}

/// One line: what the cells are, with the ground; a second one with cells that do not fit.
fn column_notes(draft: &Draft, table: &Table, column: &Column, speaker: &Speaker) -> Vec<String> {
    let counts = || [("fits", count(column.fits)), ("filled", count(column.filled))];
    let mut note = match &column.guess {
        Guess::Text(TextGround::Empty) => speaker.word("draft-empty"),
        Guess::Text(TextGround::Code) => speaker.say("draft-code", &counts()),
        Guess::Text(TextGround::Words) if column.allowed.is_empty() => speaker.say("draft-words", &counts()),
        Guess::Text(TextGround::Words) => speaker.say("draft-allowed", &[("count", count(column.allowed.len()))]),
        Guess::YesNo => speaker.say("draft-yes-no", &counts()),
        Guess::Date => speaker.say("draft-date", &counts()),
        Guess::Year if column.constant => speaker.word("draft-year-of-name"),
        Guess::Year => speaker.say("draft-year", &counts()),
        Guess::Number(unit, ground) => {
            let mut note = speaker.say("draft-number", &counts());
            let unit = [("unit", Argument::Unit(unit.clone()))];
            match ground {
                UnitGround::None => {}
                UnitGround::Header => note += &speaker.say("draft-unit-header", &unit),
                UnitGround::Cells => note += &speaker.say("draft-unit-cells", &unit),
                UnitGround::Fractions => note += &speaker.word("draft-unit-fractions"),
            }
            note
        }
        Guess::Link { table: to, matched } => {
            let target = draft.tables.get(*to).map_or("", |table| table.name.as_str());
            let arguments = [
                ("table", text(target)),
                ("matched", count(*matched)),
                ("filled", count(column.filled)),
                ("orphans", count(column.filled - matched)),
            ];
            speaker.say("draft-link", &arguments)
        }
    };
    if column.empty > 0 && column.filled > 0 {
        note += &speaker.say("draft-empty-cells", &[("count", count(column.empty))]);
    }
    let mut notes = vec![note];
    if !column.strange.is_empty() {
        let cells = column.strange.iter().map(|(row, text)| format!("{} «{text}»", place(table, column, *row)));
        let arguments = [
            ("cells", Argument::List(cells.collect())),
            ("count", count(column.filled - column.fits)),
            ("more", count((column.filled - column.fits).saturating_sub(column.strange.len()))),
        ];
        notes.push(speaker.say("draft-strange", &arguments));
    }
    notes
}

/// The address of a cell; with its file where there are several.
fn place(table: &Table, column: &Column, row: usize) -> String {
    let position = table.columns.iter().position(|known| std::ptr::eq(known, column)).unwrap_or(0);
    let Some((part, line)) = table.place(row) else { return String::new() };
    let letters = crate::location::column_letters(part.columns.get(position).copied().unwrap_or(0));
    if table.parts.len() > 1 { format!("{} {letters}{line}", part.file) } else { format!("{letters}{line}") }
}
