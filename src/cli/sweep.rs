//! `merilo sweep`: the rules at every point of a grid of changes, with a journal of the points that are done.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::explained::{AT, Command, Goal, Made, NOW, Report, folders, versions};
use super::record::PROGRAM;
use super::request::{Changed, Format};
use super::{End, Host, work};
use crate::diagnostic::{Diagnostic, program, sweep as kinds};
use crate::location::Place;
use crate::pipeline::{Keeper, SweptOver};
use crate::report::linked::Explained;
use crate::report::sweep::{self, Swept};
use crate::report::threshold::explained::{MOST_VALUES, most_values};
use crate::report::{json, list, summary, xlsx};
use crate::sweep::{Grid, Head, Journal, Point};

/// Which grid, and where to.
pub(super) struct Wanted<'a> {
    pub over: &'a [String],
    pub category: Option<&'a str>,
    pub journal: Option<&'a Path>,
    /// Goes on with the points that the journal does not have.
    pub resume: bool,
    pub file: Option<&'a Path>,
    pub format: Option<Format>,
}

const REPORT: Report = Report {
    book: "sweep.xlsx",
    programs: "sweep.json",
    folders: &[NOW, AT],
    schemas: &["merilo/sweep/1"],
    back: "linked-back",
    said: "said-folder",
};

/// Of so many points at which schools move the rules are kept for explanations.
const MOST_EXPLAINED: usize = MOST_VALUES;

pub(super) fn sweep(host: &Host, rules: &Path, data: &Path, changed: &Changed, wanted: &Wanted<'_>) -> End {
    let Some(variant) = host.settings(changed) else { return End::WrongCommand };
    let goal = match Goal::new(host, wanted.file, wanted.format, Format::SWEEPS, &REPORT) {
        Ok(goal) => goal,
        Err(end) => return end,
    };
    let grid = match Grid::parse(wanted.over) {
        Ok(grid) => grid,
        Err(problems) => {
            host.tell(&problems, &crate::source::Sources::default());
            return End::WrongCommand;
        }
    };
    let mut keeper = Kept { path: wanted.journal.map(Path::to_path_buf), resume: wanted.resume, file: None };
    let over = SweptOver { grid: &grid, category: wanted.category, program: PROGRAM, explained: MOST_EXPLAINED };
    let (sources, outcome) = work::sweep(rules, &variant, &over, data, &mut keeper, host.progress().as_ref());
    host.tell(&outcome.diagnostics, &sources);
    let Some(found) = outcome.value else {
        super::terminal::warn(&(host.speaker.word("said-stopped") + "\n"));
        return End::Errors;
    };
    let judgement = work::judgement(&found.judged);
    let rows = sweep::rows(&judgement);
    let most = most_values(found.judged.run.schools);
    let points: Vec<usize> = found.rules.keys().copied().take(most).collect();
    let mut at: Vec<usize> = points.clone();
    let mut pages = sweep::pages(&found.points, &at, &rows, folders(at.len()));
    let mut varied = Vec::new();
    if goal.explains(&pages) {
        at.retain(|point| {
            let outcome = found.rules.get(point).and_then(|rules| found.judged.varied(rules.clone()).value);
            let made = outcome.is_some();
            varied.extend(outcome);
            made
        });
        if at.len() < points.len() {
            pages = sweep::pages(&found.points, &at, &rows, folders(at.len()));
        }
    }
    let shown = Swept {
        judgement: &judgement,
        grid: &grid,
        categories: &found.categories,
        points: &found.points,
        versions: &at,
        rows: &rows,
        explained: Explained::Nowhere,
    };
    let titles = sweep::titles(&grid, &at, &host.speaker);
    let versions = versions(&found.judged, &varied, titles, &sources);
    let title = summary::title(&judgement, &host.speaker);
    let head = || summary::head(&judgement, &host.speaker);
    let page = |explained: Explained<'_>| {
        let shown = Swept { explained, ..shown };
        sweep::page(title.clone(), head(), &shown, &host.speaker)
    };
    let programs = || json::sweep(&title, &shown, &host.speaker).map_err(io::Error::from);
    let book = || xlsx::sweep::workbook(&title, &head(), &shown, &host.speaker).map_err(io::Error::other);
    let delimited = || sweep::delimited(&shown, &host.speaker);
    let command = Command::new(rules, data, changed);
    let commands = pages.first(0).map(|row| command.of_school(None, &list::code(&judgement, row)));
    let made = Made {
        pages: &pages,
        versions: &versions,
        commands: commands.as_slice(),
        page: &page,
        programs: &programs,
        book: &book,
        delimited: Some(&delimited),
    };
    goal.write(host, &REPORT, &made)
}

/// The journal on disk: every point is there as soon as it is done.
struct Kept {
    path: Option<PathBuf>,
    resume: bool,
    file: Option<File>,
}

impl Kept {
    fn named(&self) -> String {
        self.path.as_ref().map_or(String::new(), |path| path.display().to_string())
    }

    fn problem(&self, kind: crate::diagnostic::Kind) -> Box<Diagnostic> {
        Box::new(Diagnostic::new(kind, Place::File(self.named())).text("file", self.named()))
    }

    fn trouble(&self, error: &io::Error) -> Box<Diagnostic> {
        Box::new(self.problem(program::FILE_UNWRITABLE).text("problem", crate::data::trouble(error)))
    }

    fn read(&self, path: &Path) -> Result<(File, Journal), Box<Diagnostic>> {
        let opened = OpenOptions::new().read(true).write(true).open(path);
        let mut file = opened.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => self.problem(kinds::JOURNAL_MISSING),
            _ => self.trouble(&error),
        })?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| self.trouble(&error))?;
        // the last line may be cut off within a letter
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        bytes.truncate(whole);
        let unread = |line: usize| Box::new(self.problem(kinds::JOURNAL_UNREADABLE).count("line", line));
        let text = String::from_utf8(bytes).map_err(|_| unread(1))?;
        let journal = Journal::read(&text).map_err(|crate::sweep::Unread(line)| unread(line))?;
        Ok((file, journal))
    }
}

impl Keeper for Kept {
    fn begin(&mut self, head: &Head) -> Result<BTreeMap<usize, Point>, Box<Diagnostic>> {
        let Some(path) = self.path.clone() else { return Ok(BTreeMap::new()) };
        if self.resume {
            let (mut file, journal) = self.read(&path)?;
            if let Some(what) = journal.head.differs(head) {
                return Err(Box::new(self.problem(kinds::JOURNAL_OF_OTHER).text("what", what)));
            }
            let length = u64::try_from(journal.length).unwrap_or(u64::MAX);
            let cut = file.set_len(length).and_then(|()| file.seek(SeekFrom::End(0)));
            cut.map_err(|error| self.trouble(&error))?;
            self.file = Some(file);
            return Ok(journal.done);
        }
        let opened = OpenOptions::new().write(true).create_new(true).open(&path);
        let mut file = opened.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => self.problem(kinds::JOURNAL_EXISTS),
            _ => self.trouble(&error),
        })?;
        let line = head.line().map_err(io::Error::from);
        line.and_then(|line| file.write_all(line.as_bytes())).map_err(|error| self.trouble(&error))?;
        self.file = Some(file);
        Ok(BTreeMap::new())
    }

    fn keep(&mut self, point: &Point) -> Result<(), Box<Diagnostic>> {
        let Some(file) = &mut self.file else { return Ok(()) };
        let line = point.line().map_err(io::Error::from);
        let written = line.and_then(|line| file.write_all(line.as_bytes()));
        written.map_err(|error| self.trouble(&error))
    }
}
