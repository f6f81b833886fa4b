//! A comparison as a folder: the page of all scenarios, a page for each explanation that it leads to, and the same numbers as a
//! workbook and for programs.
//!
//! The folder is written whole or not at all, and takes the place of an earlier comparison only.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::document::file_name;
use super::{End, Host, terminal, work};
use crate::compare::{Mover, Side};
use crate::diagnostic::{Argument, Diagnostic, program};
use crate::location::Place;
use crate::progress::{Progress, Stage};
use crate::report::comparison::{self, Compared, Explained};
use crate::report::explanation::Teller;
use crate::report::page::{Block, Piece};
use crate::report::{html, json, xlsx};
use crate::source::Sources;

/// Pages with explanations in one folder.
const MOST_PAGES: usize = 5_000;

const PAGE: &str = "index.html";
const BOOK: &str = "comparison.xlsx";
const PROGRAMS: &str = "comparison.json";
const BEFORE: &str = "before";
const AFTER: &str = "after-";
/// By this an earlier comparison is known.
const SCHEMA: &str = "merilo/compare/1";

/// What the page of all scenarios is made from.
pub(super) struct Index<'a> {
    pub title: String,
    pub head: Vec<Block>,
    pub synthetic: Option<&'a str>,
    pub sources: &'a Sources,
}

/// Refuses a folder with anything in it but an earlier comparison.
pub(super) fn refused(host: &Host, folder: &Path) -> Option<End> {
    if !folder.exists() {
        return None;
    }
    let shown = folder.display().to_string();
    match is_ours(folder) {
        Ok(true) => None,
        Ok(false) => {
            host.tell_one(Diagnostic::new(program::FOLDER_IN_USE, Place::Nowhere).text("folder", shown));
            Some(End::NotWritten)
        }
        Err(error) => Some(host.not_written(&shown, &error)),
    }
}

/// Whether a folder is empty or holds a comparison and nothing else.
fn is_ours(folder: &Path) -> io::Result<bool> {
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(folder)? {
        names.insert(entry?.file_name().to_string_lossy().to_string());
    }
    if names.is_empty() {
        return Ok(true);
    }
    let known = |name: &String| {
        let pages = name.strip_prefix(AFTER).is_some_and(|number| number.parse::<usize>().is_ok());
        pages || [PAGE, BOOK, PROGRAMS, BEFORE].contains(&name.as_str())
    };
    if !names.iter().all(known) || !names.contains(PROGRAMS) {
        return Ok(false);
    }
    let mut start = Vec::new();
    io::Read::read_to_end(&mut io::Read::take(std::fs::File::open(folder.join(PROGRAMS))?, 200), &mut start)?;
    Ok(String::from_utf8_lossy(&start).contains(SCHEMA))
}

/// The explanations of one side that have pages, by row.
type Pages = BTreeMap<usize, String>;

/// Which schools have pages on which side, and where: `before` for all scenarios, then one folder for each of them.
struct Plan {
    folders: Vec<(String, Pages)>,
    cut: bool,
}

impl Plan {
    fn of(scenarios: &[Compared<'_>]) -> Plan {
        let mut taken = vec![BTreeSet::new(); scenarios.len() + 1];
        let names = (1..=scenarios.len()).map(|number| format!("{AFTER}{number}"));
        let mut folders: Vec<(String, Pages)> =
            std::iter::once(BEFORE.to_owned()).chain(names).map(|name| (name, Pages::new())).collect();
        let (mut pages, mut cut) = (0, false);
        for (at, scenario) in scenarios.iter().enumerate() {
            for mover in scenario.comparison.categories.iter().flat_map(|category| &category.movers) {
                for (folder, row) in [(0, mover.rows.0), (at + 1, mover.rows.1)] {
                    let (Some(row), Some((_, known)), Some(taken)) =
                        (row, folders.get_mut(folder), taken.get_mut(folder))
                    else {
                        continue;
                    };
                    if known.contains_key(&row) {
                        continue;
                    }
                    if pages >= MOST_PAGES {
                        cut = true;
                        continue;
                    }
                    let mut name = file_name(&mover.school.code);
                    while !taken.insert(name.to_lowercase()) {
                        name.push('_');
                    }
                    known.insert(row, format!("{name}.html"));
                    pages += 1;
                }
            }
        }
        Plan { folders, cut }
    }

    fn pages(&self) -> usize {
        self.folders.iter().map(|(_, pages)| pages.len()).sum()
    }

    /// Where a page is, seen from the page of all scenarios.
    fn link(&self, folder: usize, row: Option<usize>) -> Option<String> {
        let (name, pages) = self.folders.get(folder)?;
        Some(format!("{name}/{}", encoded(pages.get(&row?)?)))
    }
}

/// A name of a file as a part of an address.
fn encoded(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// Writes the folder and tells how much is in it.
pub(super) fn write(host: &Host, folder: &Path, scenarios: &[Compared<'_>], index: Index<'_>) -> End {
    let plan = Plan::of(scenarios);
    let shown = folder.display().to_string();
    let progress = host.progress();
    progress.start(Stage::Write, u64::try_from(plan.pages()).ok());
    let written = terminal::write_folder(folder, |into| fill(host, into, scenarios, &plan, index, progress.as_ref()));
    progress.finish();
    if let Err(error) = written {
        return host.not_written(&shown, &error);
    }
    if !host.quiet {
        let pages = Argument::Count(i64::try_from(plan.pages()).unwrap_or(i64::MAX));
        let file = Argument::Text(folder.join(PAGE).display().to_string());
        terminal::warn(&(host.speaker.say("said-compared", &[("file", file), ("count", pages)]) + "\n"));
    }
    End::Fine
}

fn fill(
    host: &Host,
    into: &Path,
    scenarios: &[Compared<'_>],
    plan: &Plan,
    index: Index<'_>,
    progress: &dyn Progress,
) -> io::Result<()> {
    let speaker = &host.speaker;
    let place = |scenario: &Compared<'_>| {
        scenarios.iter().position(|other| std::ptr::eq(other.comparison, scenario.comparison))
    };
    let links = |scenario: &Compared<'_>, mover: &Mover| {
        let after = place(scenario).and_then(|at| plan.link(at + 1, mover.rows.1));
        (plan.link(0, mover.rows.0), after)
    };
    let mut head = index.head;
    if plan.cut {
        let most = [("most", Argument::Count(i64::try_from(MOST_PAGES).unwrap_or(i64::MAX)))];
        head.push(Block::Notice(speaker.say("compare-pages-cut", &most)));
    }
    let book = xlsx::comparison::workbook(&index.title, &head, scenarios, speaker).map_err(io::Error::other)?;
    std::fs::write(into.join(BOOK), book)?;
    let programs = json::comparison(&index.title, index.synthetic, scenarios, speaker).map_err(io::Error::from)?;
    std::fs::write(into.join(PROGRAMS), programs)?;
    let page = comparison::page(index.title, head, scenarios, &Explained::Linked(&links), speaker);
    std::fs::write(into.join(PAGE), html::render(&page))?;
    let sides = scenarios.first().map(|scenario| scenario.sides.0).into_iter();
    let sides: Vec<Side<'_>> = sides.chain(scenarios.iter().map(|scenario| scenario.sides.1)).collect();
    let mut wanted: Vec<(Side<'_>, usize, PathBuf)> = Vec::new();
    for (side, (name, pages)) in sides.into_iter().zip(&plan.folders) {
        if !pages.is_empty() {
            std::fs::create_dir(into.join(name))?;
        }
        wanted.extend(pages.iter().map(|(row, page)| (side, *row, into.join(name).join(page))));
    }
    wanted.par_iter().try_for_each(|(side, row, path)| {
        let teller = Teller { rules: side.rules, sources: index.sources, speaker };
        let mut page = teller.page(&work::explained(side, *row));
        let back = Piece::linked(speaker.word("compare-back"), Some(format!("../{PAGE}")));
        page.blocks.insert(0, Block::Paragraph(vec![back]));
        std::fs::write(path, html::render(&page))?;
        progress.advance(1);
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn names_of_files_are_parts_of_addresses() {
        assert_eq!(encoded("470101.html"), "470101.html");
        assert_eq!(encoded("№ 1#a%.html"), "%E2%84%96%201%23a%25.html");
    }
}
