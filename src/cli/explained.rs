//! A report as a folder: its page, a page for each explanation that it leads to, and the same numbers as a workbook and for
//! programs; and how a page in one file tells where explanations are.
//!
//! The folder is written whole or not at all, and takes the place of an earlier report of its kind only.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::output::Target;
use super::request::{Changed, Format};
use super::{End, Host, terminal, work};
use crate::diagnostic::{Argument, Diagnostic, program};
use crate::location::Place;
use crate::pipeline::{Judged, Varied};
use crate::progress::{Progress, Stage};
use crate::report::comparison::quoted;
use crate::report::explanation::Teller;
use crate::report::linked::{Explained, MOST_FOLDED, Pages, Version};
use crate::report::page::{Block, Page, Piece};
use crate::report::{html, markdown, text};
use crate::source::Sources;

const PAGE: &str = "index.html";
/// The folder of explanations by the rules as they are.
pub(super) const NOW: &str = "now";
/// Folders of explanations by other rules have this and a number.
pub(super) const AT: &str = "at-";

/// A kind of report that can be a folder.
pub(super) struct Report {
    pub book: &'static str,
    pub programs: &'static str,
    /// How the folders with explanations are called, alone or before a number.
    pub folders: &'static [&'static str],
    /// By one of these an earlier report is known.
    pub schemas: &'static [&'static str],
    /// The words of the way back to the page.
    pub back: &'static str,
    /// What is said when it is written.
    pub said: &'static str,
}

/// Refuses a folder with anything in it but an earlier report of the kind.
pub(super) fn refused(host: &Host, folder: &Path, report: &Report) -> Option<End> {
    if !folder.exists() {
        return None;
    }
    let shown = folder.display().to_string();
    match is_ours(folder, report) {
        Ok(true) => None,
        Ok(false) => {
            host.tell_one(Diagnostic::new(program::FOLDER_IN_USE, Place::Nowhere).text("folder", shown));
            Some(End::NotWritten)
        }
        Err(error) => Some(host.not_written(&shown, &error)),
    }
}

/// Whether a folder is empty or holds a report of the kind and nothing else.
fn is_ours(folder: &Path, report: &Report) -> io::Result<bool> {
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(folder)? {
        names.insert(entry?.file_name().to_string_lossy().to_string());
    }
    if names.is_empty() {
        return Ok(true);
    }
    let pages = |name: &str| {
        let own = |known: &&str| {
            let rest = name.strip_prefix(*known);
            rest.is_some_and(|rest| rest.is_empty() || rest.parse::<usize>().is_ok())
        };
        report.folders.iter().any(own)
    };
    let known = |name: &String| pages(name) || [PAGE, report.book, report.programs].contains(&name.as_str());
    if !names.iter().all(known) || !names.contains(report.programs) {
        return Ok(false);
    }
    let mut start = Vec::new();
    io::Read::read_to_end(&mut io::Read::take(std::fs::File::open(folder.join(report.programs))?, 200), &mut start)?;
    let start = String::from_utf8_lossy(&start);
    Ok(report.schemas.iter().any(|schema| start.contains(schema)))
}

/// What stands in a folder beside the explanations.
pub(super) struct Whole {
    pub page: String,
    pub book: Vec<u8>,
    pub programs: String,
}

/// Writes the folder and tells how much is in it.
pub(super) fn write(
    host: &Host,
    (folder, report): (&Path, &Report),
    pages: &Pages,
    versions: &[Version<'_>],
    whole: impl FnOnce() -> io::Result<Whole>,
) -> End {
    let shown = folder.display().to_string();
    let progress = host.progress();
    progress.start(Stage::Write, u64::try_from(pages.count()).ok());
    let written = terminal::write_folder(folder, |into| {
        let Whole { page, book, programs } = whole()?;
        std::fs::write(into.join(PAGE), page)?;
        std::fs::write(into.join(report.book), book)?;
        std::fs::write(into.join(report.programs), programs)?;
        explanations(host, into, report, pages, versions, progress.as_ref())
    });
    progress.finish();
    if let Err(error) = written {
        return host.not_written(&shown, &error);
    }
    if !host.quiet {
        let count = Argument::Count(i64::try_from(pages.count()).unwrap_or(i64::MAX));
        let file = Argument::Text(folder.join(PAGE).display().to_string());
        terminal::warn(&(host.speaker.say(report.said, &[("file", file), ("count", count)]) + "\n"));
    }
    End::Fine
}

fn explanations(
    host: &Host,
    into: &Path,
    report: &Report,
    pages: &Pages,
    versions: &[Version<'_>],
    progress: &dyn Progress,
) -> io::Result<()> {
    let speaker = &host.speaker;
    let mut wanted: Vec<(usize, &Version<'_>, usize, PathBuf)> = Vec::new();
    for (at, version) in versions.iter().enumerate() {
        let (name, files) = pages.of(at);
        let before = wanted.len();
        wanted.extend(files.map(|(row, file)| (at, version, row, into.join(name).join(file))));
        if wanted.len() > before {
            std::fs::create_dir(into.join(name))?;
        }
    }
    wanted.par_iter().try_for_each(|(at, version, row, path)| {
        let teller = Teller { rules: version.side.rules, sources: version.sources, speaker };
        let mut page = teller.page(&work::explained(&version.side, *row));
        let mut line = vec![Piece::linked(speaker.word(report.back), Some(format!("../{PAGE}")))];
        line.extend(pages.beside(*at, *row, versions));
        page.blocks.insert(0, Block::Paragraph(line));
        std::fs::write(path, html::render(&page))?;
        progress.advance(1);
        Ok(())
    })
}

/// Where a report goes: a file, or a folder.
pub(super) enum Goal<'a> {
    File(Target),
    Folder(&'a Path),
}

/// What a report is made of, each where it is wanted.
pub(super) struct Made<'a> {
    pub pages: &'a Pages,
    pub versions: &'a [Version<'a>],
    /// The commands that explain a school.
    pub commands: &'a [String],
    pub page: &'a dyn Fn(Explained<'_>) -> Page,
    pub programs: &'a dyn Fn() -> io::Result<String>,
    pub book: &'a dyn Fn() -> io::Result<Vec<u8>>,
    pub delimited: Option<&'a dyn Fn() -> Vec<u8>>,
}

impl<'a> Goal<'a> {
    /// A folder that holds something else is refused. `among`: the formats of a file.
    pub(super) fn new(
        host: &Host,
        file: Option<&'a Path>,
        format: Option<Format>,
        among: &[Format],
        report: &Report,
    ) -> Result<Goal<'a>, End> {
        match Target::page_folder(file, format) {
            Some(folder) => refused(host, folder, report).map_or(Ok(Goal::Folder(folder)), Err),
            None => Target::new(host, file, format, among).map(Goal::File),
        }
    }

    /// The format of a file; a page, where it is a folder.
    pub(super) fn format(&self) -> Format {
        match self {
            Goal::File(target) => target.format,
            Goal::Folder(_) => Format::Html,
        }
    }

    /// Whether explanations are made, beside the page or on it.
    pub(super) fn explains(&self, pages: &Pages) -> bool {
        matches!(self, Goal::Folder(_)) || folds(self.format(), pages)
    }

    pub(super) fn write(&self, host: &Host, report: &Report, made: &Made<'_>) -> End {
        let Made { pages, versions, commands, page, programs, book, delimited } = made;
        let target = match self {
            Goal::File(target) => target,
            Goal::Folder(folder) => {
                let whole = || {
                    let page = html::render(&page(Explained::Linked(pages)));
                    Ok(Whole { page, book: book()?, programs: programs()? })
                };
                return write(host, (*folder, report), pages, versions, whole);
            }
        };
        target.write(host, |out| {
            let format = target.format;
            let made = || page(of_file(format, pages, versions, commands));
            match format {
                Format::Json => out.write_all(programs()?.as_bytes()),
                Format::Xlsx => out.write_all(&book()?),
                Format::Csv => out.write_all(&delimited.map_or_else(Vec::new, |delimited| delimited())),
                Format::Html => out.write_all(html::render(&made()).as_bytes()),
                Format::Markdown => out.write_all(markdown::render(&made()).as_bytes()),
                _ => out.write_all(text::render(&made(), target.layout(host)).as_bytes()),
            }
        })
    }
}

/// Folders of explanations: by the rules as they are, and by each further version.
pub(super) fn folders(further: usize) -> impl Iterator<Item = String> {
    std::iter::once(NOW.to_owned()).chain((1..=further).map(|number| format!("{AT}{number}")))
}

/// The rules as they are and the others, by which schools are explained.
pub(super) fn versions<'a>(
    judged: &'a Judged,
    varied: &'a [Varied],
    titles: Vec<String>,
    sources: &'a Sources,
) -> Vec<Version<'a>> {
    let sides = std::iter::once(judged.side()).chain(varied.iter().map(|varied| judged.side_of(varied)));
    sides.zip(titles).map(|(side, title)| Version { title, side, sources }).collect()
}

/// Whether a page of this format holds explanations itself: few enough.
fn folds(format: Format, pages: &Pages) -> bool {
    format == Format::Html && pages.count() <= MOST_FOLDED
}

/// How a report in one file tells where explanations are.
fn of_file<'a>(format: Format, pages: &'a Pages, versions: &'a [Version<'a>], commands: &'a [String]) -> Explained<'a> {
    match format {
        Format::Html if folds(format, pages) => Explained::Folded(pages, versions),
        Format::Html => Explained::Commands(commands),
        _ => Explained::Nowhere,
    }
}

/// The command that explains a school, with everything that this command changes of the rules.
pub(super) struct Command {
    /// Up to the scenario.
    words: Vec<String>,
}

impl Command {
    pub(super) fn new(rules: &Path, data: &Path, changed: &Changed) -> Command {
        let path = |path: &Path| path.display().to_string();
        let mut words = vec!["merilo".to_owned(), "explain".to_owned(), path(rules), "--data".to_owned(), path(data)];
        for set in &changed.set {
            words.extend(["--set".to_owned(), set.clone()]);
        }
        if let Some(file) = &changed.scenario_file {
            words.extend(["--scenario-file".to_owned(), path(file)]);
        }
        Command { words }
    }

    /// Up to the code of the school.
    pub(super) fn school(&self, scenario: Option<&str>) -> String {
        let mut words: Vec<String> = self.words.iter().map(|word| quoted(word)).collect();
        if let Some(title) = scenario {
            words.extend(["--scenario".to_owned(), quoted(title)]);
        }
        words.push("--school".to_owned());
        words.join(" ")
    }

    /// With another value of a parameter as well.
    pub(super) fn set(&self, name: &str, value: &str) -> Command {
        let mut words = self.words.clone();
        words.extend(["--set".to_owned(), format!("{name}={value}")]);
        Command { words }
    }

    /// The command for one school.
    pub(super) fn of_school(&self, scenario: Option<&str>, code: &str) -> String {
        format!("{} {}", self.school(scenario), quoted(code))
    }
}
