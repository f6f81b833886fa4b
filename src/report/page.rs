//! What a report consists of, before it becomes text, Markdown or HTML.
//!
//! Made from facts and words once; a renderer only lays it out. Knows no format.

use super::picture::Picture;
use crate::decision::Verdict;
use crate::language::Language;

/// A whole report.
#[derive(Debug, Clone)]
pub struct Page {
    pub title: String,
    pub language: Language,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone)]
pub enum Block {
    Heading(String),
    Paragraph(Line),
    /// Must not be overlooked: made-up data, an incomplete list.
    Notice(String),
    Table(Table),
    Bars(Bars),
    /// Only where a picture can be drawn: a table with the same numbers stands beside it.
    Steps(Steps),
    /// Likewise.
    Flow(Flow),
    /// Likewise; a terminal draws bars only.
    Picture(Picture),
    /// Likewise.
    Field(Field),
    /// Likewise.
    Tornado(Tornado),
    /// Likewise.
    Strip(Strip),
    /// Steps with the steps that led to them.
    Tree(Vec<Node>),
    /// Folded away where the format can do it.
    Section(Section),
    /// Details that are there only where they can be folded away.
    Folded(Section),
    Schools(Schools),
}

#[derive(Debug, Clone)]
pub struct Section {
    pub title: Line,
    pub blocks: Vec<Block>,
}

/// Pieces of text that stand in one line.
pub type Line = Vec<Piece>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub tone: Tone,
    /// The page that it leads to, where the format can do it.
    pub link: Option<String>,
    /// The same text in parts of which some lead somewhere; empty: it is one.
    pub parts: Line,
}

/// What a text tells beside its words; shown as colour or weight, never as the only sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    Plain,
    Strong,
    Faint,
    Met,
    NotMet,
    Open,
}

#[derive(Debug, Clone, Default)]
pub struct Table {
    pub title: String,
    pub headers: Vec<Header>,
    pub rows: Vec<Vec<Piece>>,
}

#[derive(Debug, Clone)]
pub struct Header {
    pub text: String,
    /// Numbers stand on the right.
    pub number: bool,
}

/// Counts as horizontal bars.
#[derive(Debug, Clone)]
pub struct Bars {
    pub title: String,
    pub bars: Vec<Bar>,
}

/// A number that changes in steps along a line of values.
#[derive(Debug, Clone)]
pub struct Steps {
    pub title: String,
    /// The chart in words.
    pub description: String,
    /// Where each step begins, from 0 to [`Steps::WIDTH`], ascending, and its height.
    pub steps: Vec<(u32, usize)>,
    /// Where the present value is, its height and its name; `None`: elsewhere.
    pub present: Option<(u32, usize, String)>,
    /// The values at both ends of the line.
    pub ends: [String; 2],
    pub most: usize,
}

impl Steps {
    pub const WIDTH: u32 = 1000;
}

/// How many go from where to where, column by column.
#[derive(Debug, Clone)]
pub struct Flow {
    pub title: String,
    /// The picture in words.
    pub description: String,
    pub columns: Vec<FlowColumn>,
    pub links: Vec<FlowLink>,
}

/// Parts with a count above zero, from the top.
#[derive(Debug, Clone)]
pub struct FlowColumn {
    pub label: String,
    pub parts: Vec<Bar>,
}

/// From a part of a column to a part of the next one, by position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlowLink {
    pub column: usize,
    pub from: usize,
    pub to: usize,
    pub count: usize,
}

/// A number over the plane of two others, one per cell of a grid.
#[derive(Debug, Clone)]
pub struct Field {
    pub title: String,
    /// The picture in words.
    pub description: String,
    /// From left to right, and from below upwards.
    pub axes: [FieldAxis; 2],
    /// By row from below and column.
    pub counts: Vec<Vec<usize>>,
    /// What the present pair of values is called, and how many are listed there.
    pub now: String,
    pub listed: usize,
    /// What the shades tell.
    pub key: String,
}

/// One side of a [`Field`].
#[derive(Debug, Clone)]
pub struct FieldAxis {
    pub name: String,
    /// Where each column or row begins, from 0 to [`Field::WIDTH`], ascending; the first at 0.
    pub begins: Vec<u32>,
    /// The values at both ends.
    pub ends: [String; 2],
    pub present: u32,
}

impl Field {
    pub const WIDTH: u32 = 1000;
}

/// Counts to both sides of a line.
#[derive(Debug, Clone)]
pub struct Tornado {
    pub title: String,
    /// The chart in words.
    pub description: String,
    /// What the sides are called: left, right.
    pub sides: [String; 2],
    /// Label, count to the left, count to the right.
    pub bars: Vec<(String, usize, usize)>,
}

/// Parts of a whole side by side, ascending.
#[derive(Debug, Clone)]
pub struct Strip {
    pub title: String,
    /// The chart in words.
    pub description: String,
    /// What each bar is, and its height from 0 to [`Strip::HEIGHT`].
    pub bars: Vec<(String, u32)>,
    /// The lowest and the highest possible value.
    pub ends: [String; 2],
}

impl Strip {
    pub const HEIGHT: u32 = 1000;
}

#[derive(Debug, Clone)]
pub struct Bar {
    pub label: String,
    pub count: usize,
    pub tone: Tone,
}

#[derive(Debug, Clone)]
pub struct Node {
    pub line: Line,
    pub children: Vec<Node>,
}

/// The list of schools with what each can be filtered by.
#[derive(Debug, Clone)]
pub struct Schools {
    pub title: String,
    pub search: String,
    pub all: String,
    pub shown: String,
    /// What the fold with the steps is called.
    pub steps: String,
    /// What a page without scripts says of the steps.
    pub no_script: String,
    /// Name of a filter and its choices.
    pub filters: Vec<(String, Vec<String>)>,
    pub entries: Vec<SchoolEntry>,
}

#[derive(Debug, Clone)]
pub struct SchoolEntry {
    pub code: String,
    pub name: String,
    pub badges: Vec<Piece>,
    /// One choice per filter.
    pub choices: Vec<String>,
    /// Verdicts with their reasons.
    pub brief: Vec<Node>,
    /// The whole explanation; empty where it is left out.
    pub steps: Vec<Node>,
}

impl Piece {
    pub fn new(text: impl Into<String>, tone: Tone) -> Piece {
        Piece { text: text.into(), tone, link: None, parts: Line::new() }
    }

    pub fn linked(text: impl Into<String>, link: Option<String>) -> Piece {
        Piece { link, ..Piece::plain(text) }
    }

    /// Parts as one piece.
    pub fn several(parts: Line, tone: Tone) -> Piece {
        Piece { text: plain(&parts), tone, link: None, parts }
    }

    pub fn plain(text: impl Into<String>) -> Piece {
        Piece::new(text, Tone::Plain)
    }
}

impl Tone {
    pub fn of(verdict: Verdict) -> Tone {
        match verdict {
            Verdict::Met => Tone::Met,
            Verdict::NotMet => Tone::NotMet,
            Verdict::Undetermined(_) => Tone::Open,
            Verdict::NotApplicable | Verdict::NotJudged => Tone::Faint,
        }
    }
}

impl Header {
    pub fn text(text: impl Into<String>) -> Header {
        Header { text: text.into(), number: false }
    }

    pub fn number(text: impl Into<String>) -> Header {
        Header { text: text.into(), number: true }
    }
}

impl Node {
    pub fn new(line: Line) -> Node {
        Node { line, children: Vec::new() }
    }
}

/// The text of a line without tones.
pub fn plain(line: &[Piece]) -> String {
    line.iter().map(|piece| piece.text.as_str()).collect()
}
