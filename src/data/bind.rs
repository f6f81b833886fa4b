//! Headers of a file → where each declared column is.
//!
//! Knows no cells and no file formats.

use std::sync::Arc;

use super::head::Head;
use super::load::Loader;
use super::manifest::{ColumnBinding, FileBinding};
use super::misread::Reason;
use super::pattern::{describes, is_pattern};
use super::text::header_form;
use crate::diagnostic::data as kinds;
use crate::diagnostic::{Argument, Diagnostic};
use crate::location::Place;
use crate::schema::{ColumnSchema, TableSchema};

/// What the wanted columns are filled from.
pub(super) struct Sources {
    /// Per column of the file: positions among the wanted ones.
    pub wanted: Vec<Vec<usize>>,
    /// Wanted columns with one text for every row.
    pub constants: Vec<(usize, String)>,
}

pub(super) fn sources(
    table: &TableSchema,
    binding: &FileBinding,
    head: &Head,
    wanted: &[usize],
    columns: &[(u32, Arc<str>)],
) -> Sources {
    let mut sources = Sources { wanted: vec![Vec::new(); head.headers.len()], constants: Vec::new() };
    for (at, column) in wanted.iter().enumerate() {
        match columns.get(*column) {
            Some((number, _)) if *number > 0 => {
                let index = usize::try_from(number - head.first_column).ok();
                if let Some(slot) = index.and_then(|i| sources.wanted.get_mut(i)) {
                    slot.push(at);
                }
            }
            _ => {
                let name = table.columns.get(*column).map_or("", |c| c.name.as_ref());
                let constant = binding_of(binding, name).and_then(|b| b.constant.clone()).unwrap_or_default();
                sources.constants.push((at, constant));
            }
        }
    }
    sources
}

impl Loader<'_> {
    /// Which column of the file each declared column is; reports needed ones that are not there.
    pub(super) fn bind(
        &mut self,
        table: &TableSchema,
        binding: &FileBinding,
        head: &Head,
        wanted: &[usize],
    ) -> Option<Vec<(u32, Arc<str>)>> {
        let Head { headers, first_column, .. } = head;
        let forms: Vec<String> = headers.iter().map(|h| header_form(h)).collect();
        let mut columns = vec![(0, Arc::from("")); table.columns.len()];
        let mut complete = true;
        let mut told = false;
        let all_names: Vec<Vec<String>> = wanted
            .iter()
            .filter_map(|at| table.columns.get(*at))
            .map(|column| (column, binding_of(binding, &column.name)))
            .filter(|(_, own)| !own.is_some_and(ColumnBinding::is_constant))
            .map(|(column, own)| names_of(column, own))
            .collect();
        for (at, column) in table.columns.iter().enumerate() {
            let own = binding_of(binding, &column.name);
            if own.is_some_and(ColumnBinding::is_constant) {
                continue;
            }
            let names = names_of(column, own);
            let found = match own.and_then(|b| b.position) {
                Some(position) => placed(position, *first_column, headers.len()),
                None => found(&names, &forms, headers),
            };
            match found.as_slice() {
                [one] => {
                    let number = u32::try_from(*one).unwrap_or(0) + *first_column;
                    let header = headers.get(*one).map_or("", String::as_str);
                    if let Some(slot) = columns.get_mut(at) {
                        *slot = (number, Arc::from(header));
                    }
                }
                [] if !wanted.contains(&at) => {}
                [] => {
                    complete = false;
                    let reason = head.opening.reason(&names, &all_names);
                    // what is wrong with the whole header is told once
                    if told {
                        continue;
                    }
                    told = matches!(reason, Some(Reason::Separator(_) | Reason::Line(..)));
                    let near: Vec<String> = suggestions(names.first().map_or("", String::as_str), headers);
                    let place = Place::File(binding.file.clone());
                    let problem = Diagnostic::new(kinds::COLUMN_NOT_FOUND, place)
                        .text("column", column.name.as_ref())
                        .text("header", names.first().cloned().unwrap_or_default())
                        .text("file", binding.file.clone())
                        .count("near-count", near.len())
                        .with("near", Argument::List(near))
                        .with("headers", named(headers));
                    self.diagnostics.push(told_why(problem, reason));
                }
                [_, second, ..] => {
                    complete = false;
                    self.doubled(binding, head, *second);
                }
            }
        }
        complete.then_some(columns)
    }

    /// A name that two columns of a file have; `second`: the latter of them, from 0.
    pub(super) fn doubled(&mut self, binding: &FileBinding, head: &Head, second: usize) {
        let mut place = self.row_place(&binding.file, head.sheet.clone(), head.header_line);
        place.column = u32::try_from(second).unwrap_or(0) + head.first_column;
        let problem = Diagnostic::new(kinds::DUPLICATE_HEADER, Place::Cell(place))
            .text("header", head.headers.get(second).cloned().unwrap_or_default());
        self.diagnostics.push(problem.text("file", binding.file.clone()));
    }
}

pub(super) fn binding_of<'a>(binding: &'a FileBinding, name: &str) -> Option<&'a ColumnBinding> {
    binding.columns.iter().find(|(known, _)| known == name).map(|(_, column)| column)
}

/// Positions of the headers that have the first of these names which is there at all.
pub(super) fn found(names: &[String], forms: &[String], headers: &[String]) -> Vec<usize> {
    let with = |name: &String| {
        let form = header_form(name);
        let same: Vec<usize> = (0..forms.len()).filter(|at| forms.get(*at) == Some(&form)).collect();
        let pattern = same.is_empty() && is_pattern(name);
        let described = |at: &usize| headers.get(*at).is_some_and(|header| describes(name, header));
        let all = if pattern { (0..headers.len()).filter(described).collect() } else { same };
        (!all.is_empty()).then_some(all)
    };
    names.iter().find_map(with).unwrap_or_default()
}

/// The headers that say something.
pub(super) fn named(headers: &[String]) -> Argument {
    Argument::List(headers.iter().filter(|header| !header.trim().is_empty()).cloned().collect())
}

/// A column by its place in the file.
pub(super) fn placed(position: u32, first: u32, width: usize) -> Vec<usize> {
    let at = position.checked_sub(first).and_then(|at| usize::try_from(at).ok());
    at.filter(|at| *at < width).into_iter().collect()
}

/// What a column may be called in the file.
fn names_of(column: &ColumnSchema, own: Option<&ColumnBinding>) -> Vec<String> {
    match own.map(|b| b.headers.clone()).filter(|headers| !headers.is_empty()) {
        Some(headers) => headers,
        None => [column.header.clone(), Some(column.name.clone()), column.title.clone()]
            .into_iter()
            .flatten()
            .map(|n| n.to_string())
            .collect(),
    }
}

/// Adds to a column that is not there why it is not.
fn told_why(problem: Diagnostic, reason: Option<Reason>) -> Diagnostic {
    let shown = |separator: char| if separator == '\t' { "tab".to_string() } else { separator.to_string() };
    match reason {
        None => problem.text("why", "other"),
        Some(Reason::Cut(separator, fields)) => {
            let fields = fields.iter().map(|field| format!("«{field}»")).collect();
            problem.text("why", "cut").text("separator", shown(separator)).with("fields", Argument::List(fields))
        }
        Some(Reason::Separator(separator)) => problem.text("why", "separator").text("separator", shown(separator)),
        Some(Reason::Line(line, None)) => problem.text("why", "line").text("line", line.to_string()),
        Some(Reason::Line(line, Some(separator))) => {
            problem.text("why", "line-and-separator").text("line", line.to_string()).text("separator", shown(separator))
        }
    }
}

fn suggestions(header: &str, headers: &[String]) -> Vec<String> {
    crate::suggestion::nearest(header, headers.iter().map(String::as_str)).iter().map(ToString::to_string).collect()
}
