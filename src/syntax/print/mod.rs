//! Tree → text in canonical form, in either vocabulary. Names and texts stay as they were written.
//!
//! Printing what was printed changes nothing, and parsing it gives the same tree. Comments keep the lines they stood at.

mod blocks;
mod counts;
mod criteria;
mod expressions;
mod layout;
mod registered;
mod scenarios;

use super::tree;
use crate::language::Language;

/// The text of a tree: two spaces for each level, a line for each clause, one blank line between blocks. Blocks of one
/// kind that take one line each may stand together, as the author left them.
///
/// The vocabulary is that of `language`, whichever the file was written in; the decimal mark and dates follow it.
pub fn print(file: &tree::File, language: Language) -> String {
    let mut printer = blocks::Printer::new(language);
    printer.file(file);
    layout::join(&printer.lines, &file.comments, &file.blank_lines)
}

/// What a scenario changes, on one line and without the notes beside it.
pub fn print_alterations(scenario: &tree::Scenario, language: Language) -> String {
    let said = |scenario: &tree::Scenario| {
        let mut printer = blocks::Printer::new(language);
        printer.terse = true;
        printer.changes(scenario);
        printer.lines.iter().map(|line| line.text.trim()).collect::<Vec<_>>().join(" ")
    };
    if scenario.alterations.len() < 2 {
        return said(scenario);
    }
    // what belongs together, one after the other
    let bare = tree::Scenario { alterations: Vec::new(), ..scenario.clone() };
    let one =
        |alteration: &tree::Alteration| said(&tree::Scenario { alterations: vec![alteration.clone()], ..bare.clone() });
    scenario.alterations.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// A part of the rules that can be printed by itself.
#[derive(Debug, Clone, Copy)]
pub enum Part<'a> {
    Header(&'a tree::Header),
    Item(&'a tree::Item),
    Column(&'a tree::Column),
    /// Without its criteria.
    Group(&'a tree::Group),
    Criterion(&'a tree::Criterion),
}

/// The lines of one part, without the notes beside it.
pub fn print_part(part: Part<'_>, language: Language) -> Vec<String> {
    let mut printer = blocks::Printer::new(language);
    printer.terse = true;
    match part {
        Part::Header(header) => printer.header(header),
        Part::Item(item) => printer.item(item),
        Part::Column(column) => printer.column(column),
        Part::Group(group) => printer.group(0, group),
        Part::Criterion(criterion) => printer.criterion(0, criterion, None),
    }
    printer.lines.iter().map(|line| line.text.trim().to_owned()).collect()
}
