//! Two numbers of the rules for every pair of values as a page: sentences, a map, the matrix of how many schools are listed.
//!
//! Lays out maps; finds none itself.

pub mod lists;

use super::axis::Axis;
use super::linked::{Explained, line};
use super::list::Judgement;
use super::page::{Block, Field, FieldAxis, Header, Page, Piece, Section, Table, Tone};
use crate::diagnostic::Argument;
use crate::messages::Speaker;
use crate::number::Number;
use crate::number::rounding::{Rounding, round_to_scale};
use crate::threshold::plane::{Map, Plane, Rectangle};
use crate::threshold::{Interval, Subject};

/// Columns and rows of the first table.
const NEAR: [usize; 2] = [6, 12];
/// Columns and rows of the whole table on a page; of more only the part next to the present pair is shown.
const WHOLE: [usize; 2] = [40, 200];
/// Rectangles named in one answer.
const MOST_NAMED: usize = 12;

/// Two numbers of the rules with their maps, and what is asked of them.
#[derive(Debug, Clone, Copy)]
pub struct Planes<'a> {
    pub judgement: &'a Judgement<'a>,
    pub subjects: &'a [Subject; 2],
    pub plane: &'a Plane,
    /// How many schools are wanted.
    pub count: Option<usize>,
    /// Which school, by its row.
    pub school: Option<usize>,
    /// The pairs of values at which schools are explained beside the present one.
    pub values: &'a [[Number; 2]],
    pub explained: Explained<'a>,
}

impl<'a> Planes<'a> {
    /// Both numbers with their values.
    pub fn axes(&self, speaker: &'a Speaker) -> [Axis<'a>; 2] {
        let rules = self.judgement.rules;
        let ([s0, s1], [d0, d1], [p0, p1]) = (self.subjects, &self.plane.domains, &self.plane.present);
        [
            Axis { rules, subject: s0, domain: d0, present: p0, speaker },
            Axis { rules, subject: s1, domain: d1, present: p1, speaker },
        ]
    }
}

fn text(text: impl Into<String>) -> Argument {
    Argument::Text(text.into())
}

fn count(value: usize) -> Argument {
    Argument::Count(i64::try_from(value).unwrap_or(i64::MAX))
}

fn plain(said: String) -> Block {
    Block::Paragraph(vec![Piece::plain(said)])
}

/// What both numbers are called.
fn names(found: &Planes<'_>, speaker: &Speaker) -> [String; 2] {
    let rules = found.judgement.rules;
    found.subjects.each_ref().map(|subject| super::axis::what(rules, subject, speaker))
}

/// The whole page. `head`: what the rules and the data are. `folds`: the page can hold the whole table folded away.
pub fn page(title: String, head: Vec<Block>, found: &Planes<'_>, folds: bool, speaker: &Speaker) -> Page {
    with_teller(found, folds, speaker, |teller| teller.page(title, head))
}

/// Does something with what both numbers are called.
pub fn with_teller<T>(found: &Planes<'_>, folds: bool, speaker: &Speaker, with: impl FnOnce(&Teller<'_>) -> T) -> T {
    let axes = found.axes(speaker);
    let names = names(found, speaker);
    let letters = [speaker.word("map-first"), speaker.word("map-second")];
    with(&Teller { found, speaker, axes: &axes, names: &names, letters: &letters, folds })
}

/// Says maps in one language.
#[derive(Clone, Copy)]
pub struct Teller<'a> {
    found: &'a Planes<'a>,
    speaker: &'a Speaker,
    pub axes: &'a [Axis<'a>; 2],
    pub names: &'a [String; 2],
    /// What the numbers are called in short.
    pub letters: &'a [String; 2],
    folds: bool,
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

    fn page(&self, title: String, head: Vec<Block>) -> Page {
        let [first, second] = self.names;
        let mut blocks = head;
        let every = Interval { from: None, to: None };
        for ((axis, name), letter) in self.axes.iter().zip(self.names).zip(self.letters) {
            let what =
                self.speaker.say("map-letter", &[("letter", text(letter.clone())), ("name", text(name.clone()))]);
            let now = [("what", text(what)), ("value", text(axis.value(axis.present, None)))];
            let values = [("interval", text(axis.interval(&every)))];
            blocks.push(plain(
                [self.speaker.say("threshold-now", &now), self.speaker.say("threshold-domain", &values)].join(" "),
            ));
        }
        blocks.push(plain(self.speaker.say("map-method", &[("evaluations", count(self.found.plane.evaluations))])));
        if self.found.plane.crossing {
            blocks.push(Block::Notice(self.speaker.word("map-crossing")));
        }
        for map in &self.found.plane.maps {
            blocks.extend(self.map(map));
        }
        let linked = [("lists", count(self.found.values.len()))];
        blocks.extend(self.found.explained.blocks(self.say("map-linked", &linked), self.speaker));
        let arguments = [("first", text(first.clone())), ("second", text(second.clone())), ("rules", text(title))];
        Page { title: self.speaker.say("map-title", &arguments), language: self.speaker.language(), blocks }
    }

    fn map(&self, map: &Map) -> Vec<Block> {
        let list = super::axis::list(self.found.judgement.rules, map.item, self.speaker);
        let mut blocks = vec![Block::Heading(list.clone())];
        let (column, row) = map.cell_at(&self.found.plane.present);
        let (listed, open) = map.counts(column, row);
        if map.columns() * map.rows() == 1 {
            blocks.push(plain(self.say("map-unchanged", &[("listed", count(listed))])));
            blocks.extend(self.answers(map).iter().map(|said| Block::Paragraph(line(said, Tone::Plain))));
            return blocks;
        }
        let all = || map.lists.iter().map(|list| list.counts().0);
        let arguments = [
            ("listed", count(listed)),
            ("open", count(open)),
            ("columns", count(map.columns() - 1)),
            ("rows", count(map.rows() - 1)),
            ("lists", count(map.lists.len())),
            ("least", count(all().min().unwrap_or(0))),
            ("most", count(all().max().unwrap_or(0))),
        ];
        blocks.push(Block::Paragraph(vec![Piece::new(self.say("map-now", &arguments), Tone::Strong)]));
        blocks.extend(super::axis::beyond(self.found.judgement, map.item, self.speaker).map(plain));
        blocks.extend(self.answers(map).iter().map(|said| Block::Paragraph(line(said, Tone::Plain))));
        blocks.extend(self.picture(map, &list).map(Block::Field));
        let [columns, rows] = NEAR;
        let near = (window(column, columns, map.columns()), window(row, rows, map.rows()));
        let whole = near.0.len() == map.columns() && near.1.len() == map.rows();
        let id = if whole { "map-table-all" } else { "map-table-near" };
        blocks.push(Block::Table(self.table(map, self.speaker.word(id), near)));
        blocks.push(plain(self.key()));
        if !whole && !self.folds {
            let size = [("columns", count(map.columns())), ("rows", count(map.rows()))];
            blocks.push(Block::Notice(self.say("map-cut", &size)));
        } else if !whole {
            let [columns, rows] = WHOLE;
            let shown = (window(column, columns, map.columns()), window(row, rows, map.rows()));
            let cut = shown.0.len() < map.columns() || shown.1.len() < map.rows();
            let size = [("columns", count(map.columns())), ("rows", count(map.rows()))];
            let mut inside = Vec::new();
            if cut {
                inside.push(Block::Notice(self.say("map-cut", &size)));
            }
            inside.push(Block::Table(self.table(map, String::new(), shown)));
            let title = vec![Piece::plain(self.speaker.word("map-table-all"))];
            blocks.push(Block::Section(Section { title, blocks: inside }));
        }
        if self.folds {
            blocks.extend(self.lists(map));
        }
        blocks
    }

    fn key(&self) -> String {
        let [first, second] = self.letters;
        self.say("map-key", &[("first", text(first.clone())), ("second", text(second.clone()))])
    }

    /// The two questions.
    fn answers(&self, map: &Map) -> Vec<String> {
        let mut said = Vec::new();
        if let Some(wanted) = self.found.count {
            let found = map.with_count(wanted);
            said.push(if found.is_empty() {
                let (below, above) = map.counts_beside(wanted);
                let shown = |beside: Option<usize>| match beside {
                    Some(beside) => (beside.to_string(), self.rectangles(map, &map.with_count(beside))),
                    None => ("none".to_owned(), String::new()),
                };
                let ((below, lower), (above, upper)) = (shown(below), shown(above));
                let arguments = [
                    ("count", count(wanted)),
                    ("below", text(below)),
                    ("belowregions", text(lower)),
                    ("above", text(above)),
                    ("aboveregions", text(upper)),
                ];
                self.say("map-count-none", &arguments)
            } else {
                let regions = text(self.rectangles(map, &found));
                self.say("map-count", &[("count", count(wanted)), ("regions", regions)])
            });
        }
        if let Some(school) = self.found.school {
            let code = super::list::code(self.found.judgement, school);
            let code = self.found.explained.named(&[0], school, code);
            let listed = map.rectangles(|_, list| list.lists(school));
            let whole = listed
                .first()
                .is_some_and(|one| one.columns == (0, map.columns() - 1) && one.rows == (0, map.rows() - 1));
            let arguments = |regions: &[Rectangle]| {
                [("school", text(code.clone())), ("regions", text(self.rectangles(map, regions)))]
            };
            said.push(match (listed.is_empty(), whole) {
                (true, _) => self.say("map-school-never", &[("school", text(code.clone()))]),
                (_, true) => self.say("map-school-always", &[("school", text(code.clone()))]),
                _ => self.say("map-school", &arguments(&listed)),
            });
            let open = map.rectangles(|_, list| list.leaves_open(school));
            if !open.is_empty() {
                said.push(self.say("map-school-open", &arguments(&open)));
            }
        }
        said
    }

    /// `А не менее 10 %, Б более 3; …`
    fn rectangles(&self, map: &Map, all: &[Rectangle]) -> String {
        let ([first, second], [one, other]) = (self.axes, self.letters);
        let said = |found: &Rectangle| {
            let arguments = [
                ("first", text(one.clone())),
                ("values", text(first.interval(&map.interval(0, found.columns)))),
                ("second", text(other.clone())),
                ("others", text(second.interval(&map.interval(1, found.rows)))),
            ];
            self.say("map-region", &arguments)
        };
        let named: Vec<String> = all.iter().take(MOST_NAMED).map(said).collect();
        let names = named.join("; ");
        match all.len().saturating_sub(named.len()) {
            0 => names,
            more => self.say("map-and-more", &[("names", text(names)), ("count", count(more))]),
        }
    }

    /// What stands over the rows and before the columns.
    pub fn corner(&self) -> String {
        let [one, other] = self.letters;
        self.say("map-corner", &[("first", text(one.clone())), ("second", text(other.clone()))])
    }

    /// Columns are values of the first number; rows of the second, the greatest on top as in the picture.
    fn table(
        &self,
        map: &Map,
        title: String,
        (columns, rows): (std::ops::Range<usize>, std::ops::Range<usize>),
    ) -> Table {
        let [first, second] = self.axes;
        let (column, row) = map.cell_at(&self.found.plane.present);
        let marked = |interval: String, now: bool| {
            if now { self.say("threshold-present", &[("interval", text(interval))]) } else { interval }
        };
        let mut headers = vec![Header::text(self.corner())];
        headers.extend(
            columns.clone().map(|at| Header::number(marked(first.interval(&map.interval(0, (at, at))), at == column))),
        );
        let cell = |at: usize, line: usize| {
            let (listed, open) = map.counts(at, line);
            let said = if open == 0 {
                listed.to_string()
            } else {
                self.say("map-cell", &[("listed", count(listed)), ("open", count(open))])
            };
            let now = (at, line) == (column, row);
            Piece::new(marked(said, now), if now { Tone::Strong } else { Tone::Plain })
        };
        let line = |at: usize| {
            let interval = marked(second.interval(&map.interval(1, (at, at))), at == row);
            let tone = if at == row { Tone::Strong } else { Tone::Plain };
            std::iter::once(Piece::new(interval, tone)).chain(columns.clone().map(|column| cell(column, at))).collect()
        };
        Table { title, headers, rows: rows.rev().map(line).collect() }
    }

    /// The picture; `None`: there is nothing to draw.
    fn picture(&self, map: &Map, list: &str) -> Option<Field> {
        let plane = self.found.plane;
        let ([first, second], [one, other], [across, up]) = (self.axes, self.names, &map.marks);
        let (across, up) = (Scale::of(first, across.iter().map(|mark| &mark.value))?, {
            Scale::of(second, up.iter().map(|mark| &mark.value))?
        });
        let begins = |scale: &Scale, axis: usize| -> Option<Vec<u32>> {
            let marks = map.marks.get(axis)?;
            std::iter::once(Some(0)).chain(marks.iter().map(|mark| scale.place(&mark.value))).collect()
        };
        let (column, row) = map.cell_at(&plane.present);
        let counts: Vec<Vec<usize>> =
            (0..map.rows()).map(|row| (0..map.columns()).map(|column| map.counts(column, row).0).collect()).collect();
        let (least, most) = (counts.iter().flatten().min().copied()?, counts.iter().flatten().max().copied()?);
        let listed = map.counts(column, row).0;
        let ends = |axis: &Axis<'_>, scale: &Scale| {
            let last = if scale.whole { scale.high.subtract(&Number::one()) } else { scale.high.clone() };
            [axis.value(&scale.low, None), axis.value(&last, None)]
        };
        let name = |letter: &String, name: &String| {
            self.say("map-letter", &[("letter", text(letter.clone())), ("name", text(name.clone()))])
        };
        let [a, b] = self.letters;
        let (left, above) = (ends(first, &across), ends(second, &up));
        let said = |value: &Number, axis: &Axis<'_>| text(axis.value(value, None));
        let ([low, high], [below, top]) = (left.clone(), above.clone());
        let arguments = [
            ("first", text(one.clone())),
            ("second", text(other.clone())),
            ("low", text(low)),
            ("high", text(high)),
            ("below", text(below)),
            ("top", text(top)),
            ("least", count(least)),
            ("most", count(most)),
            ("value", said(first.present, first)),
            ("other", said(second.present, second)),
            ("listed", count(listed)),
        ];
        Some(Field {
            title: self.say("map-picture", &[("list", text(list))]),
            description: self.say("map-picture-description", &arguments),
            axes: [
                FieldAxis {
                    name: name(a, one),
                    begins: begins(&across, 0)?,
                    ends: left,
                    present: across.point(first)?,
                },
                FieldAxis { name: name(b, other), begins: begins(&up, 1)?, ends: above, present: up.point(second)? },
            ],
            counts,
            now: self.speaker.word("threshold-chart-now"),
            listed,
            key: self.speaker.word("map-shades"),
        })
    }
}

/// So many cells around one, of all that there are.
pub fn window(at: usize, wanted: usize, all: usize) -> std::ops::Range<usize> {
    let first = at.saturating_sub(wanted / 2).min(all.saturating_sub(wanted));
    first..(first + wanted).min(all)
}

/// The part of a line of values that is drawn.
struct Scale {
    low: Number,
    high: Number,
    /// Of whole numbers only: each is drawn as wide as one.
    whole: bool,
}

impl Scale {
    fn of<'a>(axis: &'a Axis<'a>, marks: impl Iterator<Item = &'a Number>) -> Option<Scale> {
        let values: Vec<&Number> = marks.chain([axis.present]).collect();
        let (first, last) = (values.iter().min().copied()?.clone(), values.iter().max().copied()?.clone());
        // room beside the outermost values
        let room = last.subtract(&first).divide(&Number::from_integer(20))?;
        let room = if room.is_zero() { Number::one() } else { room };
        let (low, high) = (first.subtract(&room), last.add(&room));
        let low = axis.domain.low.clone().map_or(low.clone(), |end| end.max(low));
        let high = axis.domain.high.clone().map_or(high.clone(), |end| end.min(high));
        if axis.domain.whole {
            let whole = |number: &Number| Number::from_big(round_to_scale(number, 0, Rounding::Down).into());
            return Some(Scale { low: whole(&low), high: whole(&high).add(&Number::one()), whole: true });
        }
        Some(Scale { low, high, whole: false })
    }

    /// Where the present value is.
    fn point(&self, axis: &Axis<'_>) -> Option<u32> {
        let half = if self.whole { Number::ratio(1, 2)? } else { Number::zero() };
        self.place(&axis.present.add(&half))
    }

    fn place(&self, value: &Number) -> Option<u32> {
        let width = self.high.subtract(&self.low);
        let part = value.subtract(&self.low).divide(&width)?.multiply(&Number::from_integer(i64::from(Field::WIDTH)));
        let part = part.max(Number::zero());
        u32::try_from(round_to_scale(&part, 0, Rounding::HalfUp)).ok().map(|whole| whole.min(Field::WIDTH))
    }
}
