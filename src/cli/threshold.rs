//! `merilo threshold`: one number of the rules for every value, or two at once.

use std::io;
use std::path::Path;

use super::explained::{AT, Command, Goal, Made, NOW, Report, folders, versions};
use super::request::{Changed, Format, Number, Other};
use super::{End, Host, explain, work};
use crate::number::Number as Exact;
use crate::number::format::decimal_text;
use crate::pipeline::{Asked, Planes as FoundPlanes, Thresholds as FoundThresholds, Variant};
use crate::report::linked::Explained;
use crate::report::list::Judgement;
use crate::report::plane::{self, Planes};
use crate::report::threshold::explained::{most_values, pages, turns, values};
use crate::report::threshold::{self, Teller, Thresholds};
use crate::report::{json, list, summary, xlsx};
use crate::source::Sources;
use crate::threshold::Named;
use crate::value::Unit;

/// Which number, and where to.
pub(super) struct Wanted<'a> {
    pub number: &'a Number,
    /// A second number: both at once.
    pub other: Option<&'a Other>,
    pub file: Option<&'a Path>,
    pub format: Option<Format>,
}

const REPORT: Report = Report {
    book: "threshold.xlsx",
    programs: "threshold.json",
    folders: &[NOW, AT],
    schemas: &["merilo/threshold/1", "merilo/threshold-map/1"],
    back: "linked-back",
    said: "said-folder",
};

/// What both forms of the command need.
struct Frame<'a> {
    host: &'a Host,
    goal: &'a Goal<'a>,
    command: Command,
    scenario: Option<&'a str>,
}

pub(super) fn threshold(host: &Host, rules: &Path, data: &Path, changed: &Changed, wanted: &Wanted<'_>) -> End {
    let Some(variant) = host.settings(changed) else { return End::WrongCommand };
    let goal = match Goal::new(host, wanted.file, wanted.format, Format::COMPARISONS, &REPORT) {
        Ok(goal) => goal,
        Err(end) => return end,
    };
    let (command, scenario) = (Command::new(rules, data, changed), changed.scenario.as_deref());
    let frame = Frame { host, goal: &goal, command, scenario };
    let Number { name, from, to, category, count, school, near } = wanted.number.clone();
    let asked = Asked { name, from, to, near, category };
    if let Some(Other { name, from, to }) = wanted.other.cloned() {
        let asked = [asked, Asked { name, from, to, ..Asked::default() }];
        return frame.map(rules, data, &asked, &variant, (count, school.as_deref()));
    }
    let (sources, outcome) = work::thresholds(rules, &variant, &asked, data, host.progress().as_ref());
    host.tell(&outcome.diagnostics, &sources);
    match outcome.value {
        Some(found) => frame.line(&found, &sources, (count, school.as_deref())),
        None => {
            super::terminal::warn(&(host.speaker.word("said-stopped") + "\n"));
            End::Errors
        }
    }
}

/// The row of a school, where one was named.
fn row(host: &Host, judgement: &Judgement<'_>, school: Option<&str>) -> Result<Option<usize>, End> {
    let Some(code) = school else { return Ok(None) };
    list::find(judgement, code).map(Some).ok_or_else(|| {
        host.tell_one(explain::unknown(judgement, code));
        End::Errors
    })
}

/// A value as it is written after `--set`.
fn written(value: &Exact, unit: &Unit) -> String {
    let shown = value.multiply(&Exact::from_integer(unit.shown_factor()));
    let (text, _) = decimal_text(&shown, DIGITS, '.');
    let text = text.replace('−', "-");
    if *unit == Unit::Percent { format!("{text} %") } else { text }
}

/// Digits after the decimal mark of a value that is written.
const DIGITS: u32 = 9;

impl Frame<'_> {
    /// The command that explains a school by the rules as they are.
    fn command(&self, judgement: &Judgement<'_>, row: usize) -> String {
        self.command.of_school(self.scenario, &list::code(judgement, row))
    }

    /// The commands that explain the first that moves: now, and on the other side of the breakpoint next to the present value.
    fn commands(&self, found: &Thresholds<'_>) -> Vec<String> {
        let Thresholds { judgement, subject, profile, .. } = found;
        let Some(turn) = turns(profile).into_iter().next() else { return Vec::new() };
        let Some(row) = turn.movers().find_map(|change| usize::try_from(change.row).ok()) else { return Vec::new() };
        let mut commands = vec![self.command(judgement, row)];
        if let Named::Parameter(id) = subject.named
            && let Some(parameter) = judgement.rules.parameters.get(id.index())
        {
            let now = turn.curve.stretch_at(&profile.present);
            let other = if turn.at == now { turn.at + 1 } else { turn.at };
            let value =
                profile.domain.roundest(&turn.curve.interval(other), subject.unit.shown_factor(), &profile.present);
            let command = self.command.set(&parameter.name, &written(&value, &subject.unit));
            commands.push(command.of_school(self.scenario, &list::code(judgement, row)));
        }
        commands
    }

    fn line(&self, found: &FoundThresholds, sources: &Sources, (count, school): (Option<usize>, Option<&str>)) -> End {
        let host = self.host;
        let judgement = work::judgement(&found.judged);
        let row = match row(host, &judgement, school) {
            Ok(row) => row,
            Err(end) => return end,
        };
        let (subject, profile) = (&found.subject, &found.profile);
        let mut values = values(subject, profile, most_values(found.judged.run.schools));
        let mut pages_found = pages(&judgement, profile, &values, row, folders(values.len()));
        let mut varied = Vec::new();
        if self.goal.explains(&pages_found) {
            let all = values.len();
            values.retain(|value| {
                let rules = subject.with(&found.judged.rules, value);
                let outcome = found.judged.varied(rules).value;
                let made = outcome.is_some();
                varied.extend(outcome);
                made
            });
            if values.len() < all {
                pages_found = pages(&judgement, profile, &values, row, folders(values.len()));
            }
        }
        let shown = Thresholds {
            judgement: &judgement,
            subject,
            profile,
            count,
            school: row,
            near: found.near.as_ref(),
            values: &values,
            explained: Explained::Nowhere,
        };
        let titles = Teller { found: &shown, speaker: &host.speaker }.titles();
        let versions = versions(&found.judged, &varied, titles, sources);
        let title = summary::title(&judgement, &host.speaker);
        let head = || summary::head(&judgement, &host.speaker);
        let page = |explained: Explained<'_>| {
            let shown = Thresholds { explained, ..shown };
            threshold::page(title.clone(), head(), &shown, &host.speaker)
        };
        let programs = || json::thresholds(&title, &shown, &host.speaker).map_err(io::Error::from);
        let book = || xlsx::threshold::workbook(&title, &head(), &shown, &host.speaker).map_err(io::Error::other);
        let commands = self.commands(&shown);
        let (pages, versions, commands) = (&pages_found, versions.as_slice(), commands.as_slice());
        let made = Made { pages, versions, commands, page: &page, programs: &programs, book: &book, delimited: None };
        self.goal.write(host, &REPORT, &made)
    }

    /// Two numbers at once.
    fn map(
        &self,
        rules: &Path,
        data: &Path,
        asked: &[Asked; 2],
        variant: &Variant,
        (count, school): (Option<usize>, Option<&str>),
    ) -> End {
        let host = self.host;
        let (sources, outcome) = work::planes(rules, variant, asked, data, host.progress().as_ref());
        host.tell(&outcome.diagnostics, &sources);
        let Some(found) = outcome.value else {
            super::terminal::warn(&(host.speaker.word("said-stopped") + "\n"));
            return End::Errors;
        };
        let FoundPlanes { judged, subjects, plane } = &found;
        let judgement = work::judgement(judged);
        let school = match row(host, &judgement, school) {
            Ok(row) => row,
            Err(end) => return end,
        };
        let mut values = plane::lists::values(subjects, plane, most_values(judged.run.schools));
        let pages = |values: &[_]| plane::lists::pages(&judgement, plane, values, school, folders(values.len()));
        let mut pages_found = pages(&values);
        let mut varied = Vec::new();
        if self.goal.explains(&pages_found) {
            let [first, second] = subjects;
            let all = values.len();
            values.retain(|[one, other]| {
                let rules = second.with(&first.with(&judged.rules, one), other);
                let outcome = judged.varied(rules).value;
                let made = outcome.is_some();
                varied.extend(outcome);
                made
            });
            if values.len() < all {
                pages_found = pages(&values);
            }
        }
        let explained = Explained::Nowhere;
        let shown = Planes { judgement: &judgement, subjects, plane, count, school, values: &values, explained };
        let versions = versions(judged, &varied, plane::lists::titles(&shown, &host.speaker), &sources);
        let title = summary::title(&judgement, &host.speaker);
        let head = || summary::head(&judgement, &host.speaker);
        let folds = self.goal.format() == Format::Html;
        let page = |explained: Explained<'_>| {
            let shown = Planes { explained, ..shown };
            plane::page(title.clone(), head(), &shown, folds, &host.speaker)
        };
        let programs = || json::planes(&title, &shown, &host.speaker).map_err(io::Error::from);
        let book = || xlsx::plane::workbook(&title, &head(), &shown, &host.speaker).map_err(io::Error::other);
        let first = pages_found.first(0).map(|row| self.command(&judgement, row));
        let commands: Vec<String> = first.into_iter().collect();
        let (pages, versions, commands) = (&pages_found, versions.as_slice(), commands.as_slice());
        let made = Made { pages, versions, commands, page: &page, programs: &programs, book: &book, delimited: None };
        self.goal.write(host, &REPORT, &made)
    }
}
