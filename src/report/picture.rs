//! Pictures of a page, before they are drawn: what stands in them, in words and counts.
//!
//! Every picture has a title and a description, and a table with the same numbers stands beside it. Knows no format and no
//! coordinates beyond places on a line.

use super::page::Tone;

#[derive(Debug, Clone)]
pub enum Picture {
    Stacks(Stacks),
    Flow(Flow),
    Spread(Spread),
}

/// Bars of three parts: those who stayed and entered, and behind them, set off, those who left.
#[derive(Debug, Clone)]
pub struct Stacks {
    pub title: String,
    pub description: String,
    /// What the parts are called.
    pub parts: [String; 3],
    pub rows: Vec<Row>,
    pub limit: Option<Limit>,
}

#[derive(Debug, Clone)]
pub struct Row {
    pub label: String,
    pub counts: [usize; 3],
    /// The numbers behind the bar.
    pub said: String,
}

/// A line across all bars.
#[derive(Debug, Clone)]
pub struct Limit {
    pub at: usize,
    pub said: String,
}

/// Schools between states: bands as wide as there are schools.
#[derive(Debug, Clone)]
pub struct Flow {
    pub title: String,
    pub description: String,
    /// What the two sides are called.
    pub sides: [String; 2],
    pub left: Vec<State>,
    pub right: Vec<State>,
    pub bands: Vec<Band>,
}

#[derive(Debug, Clone)]
pub struct State {
    pub label: String,
    pub count: usize,
    pub tone: Tone,
}

/// From the n-th state on the left to the n-th on the right.
#[derive(Debug, Clone)]
pub struct Band {
    pub from: usize,
    pub to: usize,
    pub count: usize,
    /// The same state on both sides.
    pub stays: bool,
}

/// How many schools have which value, with lines where something is decided.
#[derive(Debug, Clone)]
pub struct Spread {
    pub title: String,
    pub description: String,
    /// What the parts of a column are called: on both lists, entered, left, on neither.
    pub parts: [String; 4],
    /// Columns side by side, of the same width, over the whole line.
    pub columns: Vec<[usize; 4]>,
    pub lines: Vec<Line>,
    /// What the thresholds before and after are, in words; empty: there are none.
    pub thresholds: [String; 2],
    /// The values at both ends of the line.
    pub ends: [String; 2],
}

/// A threshold.
#[derive(Debug, Clone)]
pub struct Line {
    /// From 0 to [`Spread::WIDTH`].
    pub place: u32,
    /// It held before; otherwise it holds after.
    pub before: bool,
}

impl Spread {
    pub const WIDTH: u32 = 10_000;
}

impl Picture {
    pub fn title(&self) -> &str {
        match self {
            Picture::Stacks(stacks) => &stacks.title,
            Picture::Flow(flow) => &flow.title,
            Picture::Spread(spread) => &spread.title,
        }
    }

    pub fn description(&self) -> &str {
        match self {
            Picture::Stacks(stacks) => &stacks.description,
            Picture::Flow(flow) => &flow.description,
            Picture::Spread(spread) => &spread.description,
        }
    }
}
