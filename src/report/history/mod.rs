//! Several cycles as a page: how many, who and by which criteria, and what became of the indicators.
//!
//! Lays out what was found; counts nothing itself.

pub mod periods;
pub mod values;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::beside::code_changes;
use super::linked::{Explained, Pages};
use super::page::{Bar, Block, Flow, FlowColumn, FlowLink, Header, Line, Page, Piece, Section, Table, Tone};
use crate::compare::matching::CodeChange;
use crate::decision::Passage;
use crate::diagnostic::Argument;
use crate::history::{CategoryHistory, History, Monitoring, Movement, Path, Series, State, Step};
use crate::messages::Speaker;
use crate::model::RegisteredAction;
use crate::record::finding::Finding;
use crate::report::explanation::passage_word;

/// Schools of one table; the others are counted.
const MOST_SCHOOLS: usize = 500;

/// Everything that there is to show.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// Title of the rules of the last cycle.
    pub rules: &'a str,
    /// What is said of data that are made up.
    pub synthetic: Option<&'a str>,
    pub history: &'a History,
    /// Codes that became others, for each pair of neighbouring cycles.
    pub changes: &'a [Vec<CodeChange>],
    pub series: &'a [Series],
    /// One per category; empty where the values are not there.
    pub monitoring: &'a [Monitoring],
    /// Why the values of a cycle are not there: its name, what was found.
    pub without: Option<(&'a str, &'a Finding)>,
    /// One per pair of neighbouring cycles, where there are more than two cycles.
    pub periods: &'a [Period<'a>],
    /// Only these schools, by what they are called.
    pub schools: Option<&'a [Arc<str>]>,
    /// Rows of the schools of each cycle by the codes that they have in it; empty where its values are not there.
    pub rows: &'a [BTreeMap<Arc<str>, usize>],
    pub explained: Explained<'a>,
}

/// What became of the indicators from one cycle to the next.
#[derive(Debug, Clone)]
pub struct Period<'a> {
    pub series: Vec<Series>,
    /// One per category; empty where the values are not there.
    pub monitoring: Vec<Monitoring>,
    /// Why the values of one of the two are not there.
    pub without: Option<(&'a str, &'a Finding)>,
}

impl Shown<'_> {
    fn row(&self, cycle: usize, code: &Arc<str>) -> Option<usize> {
        self.rows.get(cycle)?.get(code).copied()
    }

    /// Where the explanation of a school in a cycle is, by a code of that cycle.
    fn link(&self, cycle: usize, code: &Arc<str>) -> Option<String> {
        self.explained.link(cycle, self.row(cycle, code)?)
    }

    /// The same of a school that is one in the cycle; of several each code has its own.
    fn link_of(&self, cycle: usize, step: &Step) -> Option<String> {
        let [code] = step.codes.as_slice() else { return None };
        self.link(cycle, code)
    }

    /// The codes of a school in a cycle, each leading to its explanation there.
    fn codes(&self, cycle: usize, step: &Step) -> Line {
        let mut line = Line::new();
        for code in &step.codes {
            if !line.is_empty() {
                line.push(Piece::plain(" + "));
            }
            line.push(Piece::linked(code.as_ref(), self.link(cycle, code)));
        }
        line
    }

    /// Schools whose paths are told.
    pub fn told<'p>(&self, category: &'p CategoryHistory) -> impl Iterator<Item = &'p Path> {
        let schools = self.schools;
        category.paths.iter().filter(move |path| match schools {
            Some(schools) => schools.contains(&path.code),
            None => path.is_told(),
        })
    }

    /// Who is explained: every school whose path is told, in every cycle that has it, under the codes of that cycle.
    pub fn pages(&self, folders: impl IntoIterator<Item = String>) -> Pages {
        let mut pages = Pages::new(folders);
        for path in self.history.categories.iter().flat_map(|category| self.told(category)) {
            for (cycle, step) in path.steps.iter().enumerate() {
                for code in &step.codes {
                    if let Some(row) = self.row(cycle, code) {
                        pages.add_as(cycle, row, code, &path.code);
                    }
                }
            }
        }
        pages
    }
}

fn text(text: impl Into<String>) -> Argument {
    Argument::Text(text.into())
}

fn count(value: usize) -> Argument {
    Argument::Count(i64::try_from(value).unwrap_or(i64::MAX))
}

fn number(value: usize) -> Piece {
    Piece::new(value.to_string(), if value == 0 { Tone::Faint } else { Tone::Plain })
}

fn paragraph(said: String) -> Block {
    Block::Paragraph(vec![Piece::plain(said)])
}

/// The page.
pub fn page(shown: &Shown<'_>, speaker: &Speaker) -> Page {
    let mut blocks = Vec::new();
    if let Some(note) = shown.synthetic {
        blocks.push(Block::Notice(speaker.say("report-synthetic", &[("note", text(note))])));
    }
    let history = shown.history;
    for (at, (name, schools)) in history.cycles.iter().zip(&history.schools).enumerate() {
        let arguments = [("number", text((at + 1).to_string())), ("name", text(name)), ("count", count(*schools))];
        blocks.push(paragraph(speaker.say("history-cycle", &arguments)));
    }
    blocks.push(paragraph(speaker.say("history-throughout", &[("count", count(history.throughout))])));
    blocks.extend(codes(shown, speaker));
    let missing = |id, (cycle, finding): (&str, &Finding)| {
        let why = text(speaker.say(finding.id, &finding.arguments));
        Block::Notice(speaker.say(id, &[("cycle", text(cycle)), ("why", why)]))
    };
    blocks.extend(shown.without.map(|without| missing("history-without-values", without)));
    let mut told: Vec<&str> = shown.without.iter().map(|(cycle, _)| *cycle).collect();
    for without in shown.periods.iter().filter_map(|period| period.without) {
        if !told.contains(&without.0) {
            told.push(without.0);
            blocks.push(missing("history-without-neighbours", without));
        }
    }
    for (at, category) in history.categories.iter().enumerate() {
        let name = category.title.as_ref().unwrap_or(&category.name);
        blocks.push(Block::Heading(name.to_string()));
        if let Some(codes) = shown.schools {
            blocks.extend(codes.iter().flat_map(|code| school(shown, category, code, speaker)));
            continue;
        }
        blocks.extend(whole(shown, category, speaker));
        if let Some(monitoring) = shown.monitoring.get(at) {
            blocks.extend(values::monitoring(shown, monitoring, speaker));
        }
        blocks.extend(periods::blocks(shown, at, speaker));
    }
    blocks.extend(shown.explained.blocks(speaker.word("history-linked"), speaker));
    let title = speaker.say("history-title", &[("rules", text(shown.rules))]);
    Page { title, language: speaker.language(), blocks }
}

/// Which codes became which, from each cycle to the next.
pub(super) fn codes(shown: &Shown<'_>, speaker: &Speaker) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (at, changes) in shown.changes.iter().enumerate().filter(|(_, changes)| !changes.is_empty()) {
        blocks.push(paragraph(transition_title(shown.history, at, speaker)));
        blocks.extend(code_changes(changes, speaker));
    }
    blocks
}

/// Cycles that had another number of schools on the list than these are by what became of them.
pub(super) fn listed_then(
    history: &History,
    category: &CategoryHistory,
    speaker: &Speaker,
) -> impl Iterator<Item = String> {
    let listed = category.counts.iter().map(|row| row.first().copied().unwrap_or(0));
    let cycles = history.cycles.iter().zip(&category.listed_then).zip(listed);
    cycles.filter(|((_, then), now)| *then != now).map(|((cycle, then), now)| {
        let arguments = [("cycle", text(cycle)), ("then", count(*then)), ("now", count(now))];
        speaker.say("history-listed-then", &arguments)
    })
}

fn whole(shown: &Shown<'_>, category: &CategoryHistory, speaker: &Speaker) -> Vec<Block> {
    let history = shown.history;
    let mut blocks = vec![Block::Table(counts(history, category, speaker))];
    blocks.extend(listed_then(history, category, speaker).map(paragraph));
    blocks.push(Block::Flow(flow(history, category, speaker)));
    for (at, transitions) in category.transitions.iter().enumerate() {
        blocks.push(Block::Table(transition(history, at, transitions, speaker)));
    }
    blocks.push(Block::Table(in_a_row(category, speaker)));
    let told: Vec<&Path> = shown.told(category).collect();
    let title = speaker.say("history-paths", &[("count", count(told.len()))]);
    let mut inside = Vec::new();
    if told.is_empty() {
        inside.push(paragraph(speaker.word("history-nobody")));
    } else {
        let first: Vec<&Path> = told.iter().take(MOST_SCHOOLS).copied().collect();
        inside.push(Block::Table(paths(shown, &first, speaker)));
        if told.len() > first.len() {
            let more = [("count", count(told.len() - first.len()))];
            inside.push(Block::Notice(speaker.say("compare-more", &more)));
        }
    }
    blocks.push(Block::Section(Section { title: vec![Piece::new(title, Tone::Strong)], blocks: inside }));
    blocks
}

pub(super) fn state_word(state: State) -> &'static str {
    match state {
        State::In => "history-state-in",
        State::Out => "history-state-out",
        State::Undetermined => "category-undetermined",
        State::NotApplicable => "category-not-applicable",
        State::NotJudged => "category-not-judged",
        State::NotThere => "history-not-there",
    }
}

fn state_tone(state: State) -> Tone {
    match state {
        State::In => Tone::Met,
        State::Out => Tone::NotMet,
        State::Undetermined => Tone::Open,
        State::NotApplicable | State::NotJudged | State::NotThere => Tone::Faint,
    }
}

/// What a movement is called in data for programs, and its message.
pub fn movement_word(movement: Movement) -> &'static str {
    match movement {
        Movement::Listed => "history-listed",
        Movement::Entered => "history-entered",
        Movement::Stayed => "history-stayed",
        Movement::Left => "history-left",
        Movement::Out => "history-out",
        Movement::Undetermined => "history-undetermined",
        Movement::Gone => "history-gone",
        Movement::Absent => "history-not-there",
    }
}

/// The states that occur, in order.
fn used(of: impl Fn(usize) -> bool) -> Vec<(usize, State)> {
    State::EACH.into_iter().enumerate().filter(|(at, _)| of(*at)).collect()
}

/// A row per cycle.
fn counts(history: &History, category: &CategoryHistory, speaker: &Speaker) -> Table {
    let states = used(|at| category.counts.iter().any(|row| row.get(at).is_some_and(|n| *n > 0)));
    let mut headers = vec![Header::text(speaker.word("history-head-cycle"))];
    headers.extend(states.iter().map(|(_, state)| Header::number(speaker.word(state_word(*state)))));
    let moves = [Movement::Entered, Movement::Stayed, Movement::Left];
    headers.extend(moves.map(|movement| Header::number(speaker.word(movement_word(movement)))));
    let row = |(at, name): (usize, &String)| {
        let mut cells = vec![Piece::plain(name)];
        let counts = category.counts.get(at);
        cells.extend(states.iter().filter_map(|(state, _)| counts.and_then(|row| row.get(*state))).map(|n| number(*n)));
        let moved = |movement: Movement| {
            let of = |path: &&Path| path.steps.get(at).is_some_and(|step| step.movement == movement);
            category.paths.iter().filter(of).count()
        };
        cells
            .extend(moves.map(|movement| if at == 0 { Piece::new("–", Tone::Faint) } else { number(moved(movement)) }));
        cells
    };
    Table { title: speaker.word("history-counts"), headers, rows: history.cycles.iter().enumerate().map(row).collect() }
}

/// `2016 → 2017`
fn transition_title(history: &History, at: usize, speaker: &Speaker) -> String {
    let name = |at: usize| text(history.cycles.get(at).map_or("", String::as_str));
    speaker.say("history-transition", &[("before", name(at)), ("after", name(at + 1))])
}

fn transition(history: &History, at: usize, counts: &[[usize; 6]; 6], speaker: &Speaker) -> Table {
    let columns = used(|j| counts.iter().any(|row| row.get(j).is_some_and(|n| *n > 0)));
    let rows = used(|i| counts.get(i).is_some_and(|row| row.iter().any(|n| *n > 0)));
    let mut headers = vec![Header::text(speaker.word("compare-head-transition"))];
    headers.extend(columns.iter().map(|(_, state)| Header::number(speaker.word(state_word(*state)))));
    let row = |(i, state): &(usize, State)| {
        let mut cells = vec![Piece::plain(speaker.word(state_word(*state)))];
        let own = counts.get(*i);
        cells.extend(columns.iter().filter_map(|(j, _)| own.and_then(|row| row.get(*j))).map(|n| number(*n)));
        cells
    };
    Table { title: transition_title(history, at, speaker), headers, rows: rows.iter().map(row).collect() }
}

fn in_a_row(category: &CategoryHistory, speaker: &Speaker) -> Table {
    let headers = vec![
        Header::number(speaker.word("history-head-in-a-row")),
        Header::number(speaker.word("history-head-schools")),
    ];
    let rows = category.in_a_row.iter().map(|(cycles, schools)| vec![number(*cycles), number(*schools)]).collect();
    Table { title: speaker.word("history-in-a-row"), headers, rows }
}

fn flow(history: &History, category: &CategoryHistory, speaker: &Speaker) -> Flow {
    // the position of a state among the parts of a column that are drawn
    let drawn = |at: usize| -> Vec<(usize, State)> {
        used(|state| category.counts.get(at).and_then(|row| row.get(state)).is_some_and(|n| *n > 0))
    };
    let column = |(at, name): (usize, &String)| FlowColumn {
        label: name.clone(),
        parts: drawn(at)
            .into_iter()
            .map(|(state, kind)| Bar {
                label: speaker.word(state_word(kind)),
                count: category.counts.get(at).and_then(|row| row.get(state)).copied().unwrap_or(0),
                tone: state_tone(kind),
            })
            .collect(),
    };
    let mut links = Vec::new();
    for (at, counts) in category.transitions.iter().enumerate() {
        let (before, after) = (drawn(at), drawn(at + 1));
        for (from, (i, _)) in before.iter().enumerate() {
            for (to, (j, _)) in after.iter().enumerate() {
                let count = counts.get(*i).and_then(|row| row.get(*j)).copied().unwrap_or(0);
                if count > 0 {
                    links.push(FlowLink { column: at, from, to, count });
                }
            }
        }
    }
    let listed = |at: Option<&[usize; 6]>| count(at.and_then(|row| row.first()).copied().unwrap_or(0));
    let arguments = [
        ("cycles", count(history.cycles.len())),
        ("first", listed(category.counts.first())),
        ("last", listed(category.counts.last())),
    ];
    Flow {
        title: speaker.word("history-flow"),
        description: speaker.say("history-flow-description", &arguments),
        columns: history.cycles.iter().enumerate().map(column).collect(),
        links,
    }
}

/// The codes of a school in a cycle, where they are not what it is called.
fn former(path: &Path, step: &Step) -> Option<String> {
    (!step.codes.is_empty() && step.codes != [path.code.clone()]).then(|| step.codes.join(" + "))
}

/// `Вошла (1.1; 1.3)`, behind its codes where they were others.
pub(super) fn step(shown: &Shown<'_>, (cycle, path, step): (usize, &Path, &Step), speaker: &Speaker) -> Piece {
    let mut said = speaker.word(movement_word(step.movement));
    let notable =
        |passage: &Passage| matches!(passage, Passage::StaysByExitRule | Passage::StaysByTerm | Passage::LeftByTerm);
    if step.entry.registered.is_some() {
        said = format!("{said} {}", speaker.word("history-by-decision"));
    } else if let Some(passage) = step.entry.passage.filter(notable) {
        said = format!("{said} {}", speaker.word(passage_short(passage)));
    }
    if step.entry.state != State::NotThere && !step.entry.criteria.is_empty() {
        said = format!("{said} ({})", step.entry.criteria.join("; "));
    }
    let tone = state_tone(step.entry.state);
    if step.codes.len() > 1 {
        let mut line = shown.codes(cycle, step);
        line.push(Piece::new(format!(": {said}"), tone));
        return Piece::several(line, tone);
    }
    let said = former(path, step).map_or_else(|| said.clone(), |codes| format!("{codes}: {said}"));
    Piece { link: shown.link_of(cycle, step), ..Piece::new(said, tone) }
}

fn passage_short(passage: Passage) -> &'static str {
    match passage {
        Passage::StaysByExitRule => "history-by-exit-rule",
        Passage::StaysByTerm => "history-by-least-term",
        _ => "history-by-longest-term",
    }
}

fn paths(shown: &Shown<'_>, paths: &[&Path], speaker: &Speaker) -> Table {
    let history = shown.history;
    let mut headers = vec![Header::text(speaker.word("registered-head-school"))];
    headers.extend(history.cycles.iter().map(Header::text));
    headers.push(Header::number(speaker.word("history-head-listed")));
    headers.push(Header::number(speaker.word("history-head-in-a-row")));
    let row = |path: &&Path| {
        let last = path.steps.iter().enumerate().rev().find_map(|(cycle, one)| shown.link(cycle, one.codes.first()?));
        let mut cells = vec![Piece::linked(school_name(path), last)];
        cells.extend(path.steps.iter().enumerate().map(|(cycle, one)| step(shown, (cycle, path, one), speaker)));
        cells.extend([number(path.listed), number(path.in_a_row)]);
        cells
    };
    Table { title: String::new(), headers, rows: paths.iter().map(row).collect() }
}

/// `Code Name`
fn school_name(path: &Path) -> String {
    path.title.as_ref().map_or(path.code.to_string(), |title| format!("{} {title}", path.code))
}

/// One school in full.
fn school(shown: &Shown<'_>, category: &CategoryHistory, code: &str, speaker: &Speaker) -> Vec<Block> {
    let Some(path) = category.paths.iter().find(|path| path.code.as_ref() == code) else { return Vec::new() };
    let arguments =
        [("school", text(school_name(path))), ("listed", count(path.listed)), ("row", count(path.in_a_row))];
    let mut blocks = vec![paragraph(speaker.say("history-school", &arguments))];
    let headers = ["history-head-cycle", "history-head-movement", "history-head-criteria", "history-head-passage"];
    let mut headers: Vec<Header> = headers.map(|id| Header::text(speaker.word(id))).into();
    headers.push(Header::number(speaker.word("history-head-years")));
    let row = |(cycle, (name, step)): (usize, (&String, &Step))| {
        let entry = &step.entry;
        let registered = entry.registered.map(|action| match action {
            RegisteredAction::Include => "verify-registered-include",
            RegisteredAction::Exclude => "verify-registered-exclude",
        });
        let passage =
            registered.or(entry.passage.map(passage_word)).map_or_else(|| "–".to_owned(), |id| speaker.word(id));
        let years = entry.years.as_ref().map_or_else(|| "–".to_owned(), |years| speaker.number(years));
        let called = former(path, step).map_or_else(|| name.clone(), |codes| format!("{name}: {codes}"));
        vec![
            match step.codes.len() {
                0 | 1 => Piece::plain(called),
                _ => {
                    let mut line = vec![Piece::plain(format!("{name}: "))];
                    line.extend(shown.codes(cycle, step));
                    Piece::several(line, Tone::Plain)
                }
            },
            Piece {
                link: shown.link_of(cycle, step),
                ..Piece::new(speaker.word(movement_word(step.movement)), state_tone(entry.state))
            },
            Piece::plain(if entry.criteria.is_empty() { "–".to_owned() } else { entry.criteria.join("; ") }),
            Piece::plain(passage),
            Piece::plain(years),
        ]
    };
    let rows = shown.history.cycles.iter().zip(&path.steps).enumerate().map(row).collect();
    blocks.push(Block::Table(Table { title: String::new(), headers, rows }));
    blocks.extend(values::of_school(shown, category, code, speaker));
    blocks
}
