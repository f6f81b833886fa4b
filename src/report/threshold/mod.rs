//! A number of the rules for every value as a page: sentences, a step chart, the breakpoints with who moves.
//!
//! Lays out step functions; finds none itself.

pub mod explained;

use super::axis::Axis;
use super::linked::{Explained, cell, line};
use super::list::Judgement;
use super::page::{Block, Header, Page, Piece, Section, Steps, Table, Tone};
use crate::diagnostic::Argument;
use crate::messages::{Precision, Speaker};
use crate::number::Number;
use crate::number::rounding::{Rounding, round_to_scale};
use crate::threshold::{Curve, Domain, Interval, Mark, Profile, State, Subject};
use crate::value::{Type, Unit, Value};

/// Breakpoints on each side of the present value in the first table.
const BESIDE: usize = 8;
/// Breakpoints of the whole table; the others are counted.
const MOST_ROWS: usize = 1000;
/// Schools named in one cell or sentence.
const MOST_NAMED: usize = 8;

/// A number of the rules with its step functions, and what is asked of them.
#[derive(Debug, Clone, Copy)]
pub struct Thresholds<'a> {
    pub judgement: &'a Judgement<'a>,
    pub subject: &'a Subject,
    pub profile: &'a Profile,
    /// How many schools are wanted.
    pub count: Option<usize>,
    /// Which school, by its row.
    pub school: Option<usize>,
    /// A distance from the present value.
    pub near: Option<&'a Number>,
    /// The values at which schools are explained beside the present one.
    pub values: &'a [Number],
    pub explained: Explained<'a>,
}

fn text(text: impl Into<String>) -> Argument {
    Argument::Text(text.into())
}

fn count(value: usize) -> Argument {
    Argument::Count(i64::try_from(value).unwrap_or(i64::MAX))
}

/// What the number is called.
pub fn what(found: &Thresholds<'_>, speaker: &Speaker) -> String {
    super::axis::what(found.judgement.rules, found.subject, speaker)
}

/// The whole page. `head`: what the rules and the data are.
pub fn page(title: String, head: Vec<Block>, found: &Thresholds<'_>, speaker: &Speaker) -> Page {
    let teller = Teller { found, speaker };
    let Thresholds { profile, .. } = found;
    let name = what(found, speaker);
    let mut blocks = head;
    let now = [("what", text(name.clone())), ("value", text(teller.value(&profile.present, None)))];
    let every = Interval { from: None, to: None };
    let values = [("interval", text(teller.interval(&every)))];
    let method = [("evaluations", count(profile.evaluations))];
    let said = [
        speaker.say("threshold-now", &now),
        speaker.say("threshold-domain", &values),
        speaker.say("threshold-method", &method),
    ];
    blocks.push(Block::Paragraph(vec![Piece::plain(said.join(" "))]));
    for curve in &profile.curves {
        blocks.extend(teller.curve(curve));
    }
    blocks.extend(teller.movers());
    let linked = [("values", count(found.values.len()))];
    blocks.extend(found.explained.blocks(speaker.say("threshold-linked", &linked), speaker));
    let arguments = [("what", text(name)), ("rules", text(title))];
    Page { title: speaker.say("threshold-title", &arguments), language: speaker.language(), blocks }
}

/// Says step functions in one language.
#[derive(Clone, Copy)]
pub struct Teller<'a> {
    pub found: &'a Thresholds<'a>,
    pub speaker: &'a Speaker,
}

impl std::fmt::Debug for Teller<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Teller").field("found", &self.found).finish_non_exhaustive()
    }
}

impl Teller<'_> {
    fn say(&self, id: &'static str, arguments: &[(&str, Argument)]) -> String {
        self.speaker.say(id, arguments)
    }

    fn axis(&self) -> Axis<'_> {
        let Thresholds { judgement, subject, profile, .. } = self.found;
        Axis {
            rules: judgement.rules,
            subject,
            domain: &profile.domain,
            present: &profile.present,
            speaker: self.speaker,
        }
    }

    pub fn value(&self, value: &Number, beside: Option<&Number>) -> String {
        self.axis().value(value, beside)
    }

    pub fn interval(&self, interval: &Interval) -> String {
        self.axis().interval(interval)
    }

    fn intervals(&self, intervals: &[Interval]) -> String {
        self.axis().intervals(intervals)
    }

    /// How far two values are apart: percentages by percentage points.
    fn distance(&self, value: &Number) -> String {
        let unit = match &self.found.subject.unit {
            Unit::Percent => Unit::PercentagePoint,
            unit => unit.clone(),
        };
        self.speaker.bound(&Value::Number(value.clone()), &Type::Number(unit), Precision::Full)
    }

    fn curve(&self, curve: &Curve) -> Vec<Block> {
        let list = super::axis::list(self.found.judgement.rules, curve.item, self.speaker);
        let mut blocks = vec![Block::Heading(list.clone())];
        if curve.breakpoints.is_empty() {
            let id = if self.found.profile.limited { "threshold-unchanged-within" } else { "threshold-unchanged" };
            let said = self.say(id, &[("listed", count(curve.listed))]);
            blocks.extend(self.outside(curve).map(plain));
            blocks.push(plain(said));
            blocks.extend(self.answers(curve).iter().map(|said| Block::Paragraph(line(said, Tone::Plain))));
            return blocks;
        }
        let profile = self.found.profile;
        // of values that leave the present one out those next to it are shown first
        let now = curve.stretch_at(&profile.present);
        let (least, most) = extent(curve);
        let arguments =
            [("breakpoints", count(curve.breakpoints.len())), ("least", count(least)), ("most", count(most))];
        let present = self.outside(curve).unwrap_or_else(|| self.say("threshold-curve-now", &self.now(curve)));
        let said = format!("{present} {}", self.say("threshold-curve", &arguments));
        blocks.push(Block::Paragraph(vec![Piece::new(said, Tone::Strong)]));
        blocks.extend(super::axis::beyond(self.found.judgement, curve.item, self.speaker).map(plain));
        blocks.extend(self.answers(curve).iter().map(|said| Block::Paragraph(line(said, Tone::Plain))));
        blocks.extend(self.chart(curve, &list).map(Block::Steps));
        let near = now.saturating_sub(BESIDE)..(now + BESIDE + 1).min(curve.stretches());
        let whole = near.len() == curve.stretches();
        let id = match whole {
            true => "threshold-table-all",
            false if profile.is_outside() => "threshold-table-near-outside",
            false => "threshold-table-near",
        };
        blocks.push(Block::Table(self.table(curve, self.speaker.word(id), near)));
        if !whole {
            let shown = 0..curve.stretches().min(MOST_ROWS);
            let more = curve.stretches() - shown.len();
            let mut inside = vec![Block::Table(self.table(curve, String::new(), shown))];
            if more > 0 {
                inside.push(Block::Notice(self.say("threshold-more", &[("count", count(more))])));
            }
            let title = vec![Piece::plain(self.speaker.word("threshold-table-all"))];
            blocks.push(Block::Section(Section { title, blocks: inside }));
        }
        blocks
    }

    /// The present value with how many are listed at it.
    fn now(&self, curve: &Curve) -> [(&'static str, Argument); 3] {
        let profile = self.found.profile;
        let (listed, open) = profile.counts_now(curve);
        let value = text(self.value(&profile.present, None));
        [("value", value), ("listed", count(listed)), ("open", count(open))]
    }

    /// That the present value was not looked at, and what holds at it.
    pub fn outside(&self, curve: &Curve) -> Option<String> {
        self.found.profile.is_outside().then(|| self.say("threshold-outside", &self.now(curve)))
    }

    /// The three questions; names are marked.
    fn answers(&self, curve: &Curve) -> Vec<String> {
        let mut said = Vec::new();
        if let Some(wanted) = self.found.count {
            said.push(self.counted(curve, wanted));
        }
        if let Some(row) = self.found.school {
            let school = self.school(row);
            let listed = curve.where_is(row, |state| state.listed);
            let school = self.found.explained.named(&[0], row, school);
            let interval = |intervals: &[Interval]| {
                [("school", text(school.clone())), ("interval", text(self.intervals(intervals)))]
            };
            said.push(if listed.is_empty() {
                self.say("threshold-school-never", &[("school", text(school.clone()))])
            } else {
                self.say("threshold-school", &interval(&listed))
            });
            let open = curve.where_is(row, is_open);
            if !open.is_empty() {
                said.push(self.say("threshold-school-open", &interval(&open)));
            }
        }
        if let Some(distance) = self.found.near {
            let profile = self.found.profile;
            if profile.is_outside() {
                let distance = [("distance", text(self.distance(distance)))];
                said.push(self.say("threshold-near-outside", &distance));
                return said;
            }
            let (leaving, entering) = curve.near(&profile.present, distance, &profile.domain);
            let names = |rows: &[u32]| if rows.is_empty() { "none".to_owned() } else { self.names(rows) };
            let distance = self.distance(distance);
            let arguments = [
                ("distance", text(distance)),
                ("leaving", count(leaving.len())),
                ("leavers", text(names(&leaving))),
                ("entering", count(entering.len())),
                ("enterers", text(names(&entering))),
            ];
            said.push(self.say("threshold-near", &arguments));
        }
        said
    }

    fn counted(&self, curve: &Curve, wanted: usize) -> String {
        let found = curve.with_count(wanted);
        if !found.is_empty() {
            let interval = text(self.intervals(&found));
            return self.say("threshold-count", &[("count", count(wanted)), ("interval", interval)]);
        }
        let (below, above) = curve.counts_beside(wanted);
        let shown = |beside: Option<usize>| match beside {
            Some(beside) => (beside.to_string(), self.intervals(&curve.with_count(beside))),
            None => ("none".to_owned(), String::new()),
        };
        let ((below, lower), (above, upper)) = (shown(below), shown(above));
        let arguments = [
            ("count", count(wanted)),
            ("below", text(below)),
            ("belowinterval", text(lower)),
            ("above", text(above)),
            ("aboveinterval", text(upper)),
        ];
        self.say("threshold-count-none", &arguments)
    }

    fn school(&self, row: usize) -> String {
        super::list::code(self.found.judgement, row)
    }

    fn names(&self, rows: &[u32]) -> String {
        let code = |row: &u32| {
            let row = usize::try_from(*row).unwrap_or(usize::MAX);
            self.found.explained.named(&[0], row, self.school(row))
        };
        let named: Vec<String> = rows.iter().take(MOST_NAMED).map(code).collect();
        self.some(named, rows.len())
    }

    fn some(&self, named: Vec<String>, all: usize) -> String {
        let names = named.join(", ");
        match all.saturating_sub(named.len()) {
            0 => names,
            more => self.say("threshold-and-more", &[("names", text(names)), ("count", count(more))]),
        }
    }

    fn table(&self, curve: &Curve, title: String, stretches: std::ops::Range<usize>) -> Table {
        let numbers = ["threshold-head-listed", "threshold-head-entered", "threshold-head-left", "threshold-head-open"];
        let mut headers = vec![Header::text(self.speaker.word("threshold-head-value"))];
        headers.extend(numbers.map(|id| Header::number(self.speaker.word(id))));
        headers.push(Header::text(self.speaker.word("threshold-head-who")));
        let now = self.found.profile.stretch_now(curve);
        let row = |stretch: usize| {
            let interval = self.interval(&curve.interval(stretch));
            let value = if Some(stretch) == now {
                Piece::new(self.say("threshold-present", &[("interval", text(interval))]), Tone::Strong)
            } else {
                Piece::plain(interval)
            };
            let (listed, open) = curve.counts(stretch);
            let begun = stretch.checked_sub(1).and_then(|at| curve.breakpoints.get(at));
            let (entered, left) = begun.map_or((0, 0), |begun| (begun.entered, begun.left));
            let moved: Vec<(u32, bool)> = begun.map_or_else(Vec::new, |begun| {
                let moved = curve.changes_at(begun).iter().filter(|change| change.from.listed != change.to.listed);
                moved.map(|change| (change.row, change.to.listed)).collect()
            });
            let versions = self.versions(curve, stretch);
            let sign = |(row, entered): &(u32, bool)| {
                let row = usize::try_from(*row).unwrap_or(usize::MAX);
                let code = self.found.explained.named(&versions, row, self.school(row));
                format!("{}{code}", if *entered { "+" } else { "−" })
            };
            let who = self.some(moved.iter().take(MOST_NAMED).map(sign).collect(), moved.len());
            let mut cells = vec![value];
            cells.extend([listed, entered, left, open].map(number));
            cells.push(cell(&who, Tone::Plain));
            cells
        };
        Table { title, headers, rows: stretches.map(row).collect() }
    }

    /// The chart; `None`: there is no stretch of the line to draw.
    fn chart(&self, curve: &Curve, list: &str) -> Option<Steps> {
        let profile = self.found.profile;
        let (low, high) = drawn(curve, profile)?;
        let width = high.subtract(&low);
        let place = |value: &Number| -> Option<u32> {
            let part = value.subtract(&low).divide(&width)?.multiply(&Number::from_integer(i64::from(Steps::WIDTH)));
            let whole = u32::try_from(round_to_scale(&part, 0, Rounding::HalfUp)).ok()?;
            Some(whole.min(Steps::WIDTH))
        };
        let mut steps = vec![(0, curve.listed)];
        for breakpoint in &curve.breakpoints {
            steps.push((place(&breakpoint.mark.value)?, breakpoint.listed));
        }
        let (least, most) = extent(curve);
        let listed = profile.counts_now(curve).0;
        let outside = profile.is_outside();
        let present = match outside {
            true => None,
            false => Some((place(&profile.present)?, listed, self.speaker.word("threshold-chart-now"))),
        };
        let (left, right) = (self.value(&low, None), self.value(&high, None));
        let arguments = [
            ("low", text(left.clone())),
            ("high", text(right.clone())),
            ("least", count(least)),
            ("most", count(most)),
            ("value", text(self.value(&profile.present, None))),
            ("listed", count(listed)),
        ];
        let id = if outside { "threshold-chart-description-outside" } else { "threshold-chart-description" };
        Some(Steps {
            title: self.say("threshold-chart", &[("list", text(list))]),
            description: self.say(id, &arguments),
            steps,
            present,
            ends: [left, right],
            most,
        })
    }
}

fn plain(said: String) -> Block {
    Block::Paragraph(vec![Piece::plain(said)])
}

fn number(value: usize) -> Piece {
    Piece::new(value.to_string(), if value == 0 { Tone::Faint } else { Tone::Plain })
}

fn is_open(state: State) -> bool {
    matches!(state.verdict, crate::decision::Verdict::Undetermined(_))
}

/// The part of the line of values that is drawn: what is looked at, with some room beside the outermost breakpoints.
pub fn drawn(curve: &Curve, profile: &Profile) -> Option<(Number, Number)> {
    let marks: Vec<&Mark> = curve.breakpoints.iter().map(|breakpoint| &breakpoint.mark).collect();
    drawn_beside(&marks, &profile.present, &profile.domain)
}

/// The same for breakpoints that stand elsewhere.
pub fn drawn_beside(marks: &[&Mark], present: &Number, domain: &Domain) -> Option<(Number, Number)> {
    let present = Some(present).filter(|present| domain.contains(present));
    let values = || marks.iter().map(|mark| &mark.value).chain(present);
    let (first, last) = (values().min()?, values().max()?);
    let room = last.subtract(first).divide(&Number::from_integer(20))?;
    let room = if room.is_zero() { Number::one() } else { room };
    let (low, high) = (first.subtract(&room), last.add(&room));
    let low = domain.low.clone().map_or(low.clone(), |end| end.max(low));
    let high = domain.high.clone().map_or(high.clone(), |end| end.min(high));
    Some((low, high))
}

fn extent(curve: &Curve) -> (usize, usize) {
    let all = || (0..curve.stretches()).map(|stretch| curve.counts(stretch).0);
    (all().min().unwrap_or(0), all().max().unwrap_or(0))
}
