//! A grid of changes of the rules as it is written in a command, its points in their order, and what a point comes to.
//!
//! Knows the texts only: what a change means is read by `syntax` and checked by `check`, like every scenario.

mod journal;
mod range;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::diagnostic::sweep as kinds;
use crate::location::Place;
use crate::name::folded_text;

pub use journal::{Head, Journal, Unread};

/// More points than this are refused.
pub const MOST_POINTS: usize = 100_000;

/// The place of the value in a clause.
const HOLE: &str = "{}";

/// The rules as they are, among scenarios.
const AS_THEY_ARE: &str = "-";

/// What one dimension changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The value of a parameter.
    Parameter(String),
    /// Which scenario of the rules is taken.
    Scenario,
    /// A clause of a scenario, with a hole for the value.
    Clause(String),
}

/// One dimension of a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    pub what: What,
    /// As they are written, in order of writing.
    pub values: Vec<String>,
}

/// What a value changes of the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step<'a> {
    Nothing,
    Scenario(&'a str),
    Parameter(&'a str, &'a str),
    Clause(String),
}

impl Dimension {
    /// The name of a parameter, the clause, or nothing for scenarios.
    pub fn name(&self) -> &str {
        match &self.what {
            What::Parameter(name) | What::Clause(name) => name,
            What::Scenario => "",
        }
    }

    pub fn step(&self, value: usize) -> Step<'_> {
        let Some(text) = self.values.get(value) else { return Step::Nothing };
        match &self.what {
            What::Scenario if text == AS_THEY_ARE => Step::Nothing,
            What::Scenario => Step::Scenario(text),
            What::Parameter(name) => Step::Parameter(name, text),
            What::Clause(clause) => Step::Clause(clause.replace(HOLE, text)),
        }
    }

    fn parse(text: &str) -> Result<Dimension, Box<Diagnostic>> {
        let problem = |kind| Box::new(Diagnostic::new(kind, Place::Nowhere).text("text", text));
        // a clause may hold equals signs of its own; values hold none
        let Some((name, values)) = text.rsplit_once('=') else { return Err(problem(kinds::MALFORMED)) };
        let name = name.trim();
        if name.is_empty() || values.trim().is_empty() {
            return Err(problem(kinds::MALFORMED));
        }
        let what = match folded_text(name).as_str() {
            "сценарий" | "scenario" => What::Scenario,
            _ if name.contains(HOLE) => What::Clause(name.to_owned()),
            _ if name.split_whitespace().count() > 1 => return Err(problem(kinds::WITHOUT_HOLE)),
            _ => What::Parameter(name.to_owned()),
        };
        // where semicolons part the values, and in a range, commas are decimal marks
        let decimal = values.contains(';') || (values.contains("..") && what != What::Scenario);
        let parted: Vec<&str> = if decimal { values.split(';').collect() } else { values.split(',').collect() };
        let mut found: Vec<String> = Vec::new();
        for part in parted {
            let part = part.trim();
            if part.is_empty() {
                return Err(problem(kinds::MALFORMED));
            }
            let more = match &what {
                What::Scenario => vec![unquoted(part).to_owned()],
                _ => range::values(part).map_err(|trouble| {
                    Box::new(problem(kinds::RANGE).text("range", part).text("trouble", trouble.word()))
                })?,
            };
            found.extend(more);
            if found.len() > MOST_POINTS {
                return Err(Box::new(problem(kinds::TOO_MANY).count("count", found.len()).count("most", MOST_POINTS)));
            }
        }
        for (at, value) in found.iter().enumerate() {
            if found.iter().take(at).any(|other| other == value) {
                return Err(Box::new(problem(kinds::TWICE).text("what", value.as_str())));
            }
        }
        Ok(Dimension { what, values: found })
    }
}

/// A title as it stands in quotation marks, or without them.
fn unquoted(text: &str) -> &str {
    let pairs = [("«", "»"), ("\"", "\""), ("“", "”")];
    let inner = pairs.iter().find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    inner.unwrap_or(text)
}

/// All dimensions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    pub dimensions: Vec<Dimension>,
}

impl Grid {
    /// A grid of the words after each `--over`.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn parse(texts: &[String]) -> Result<Grid, Vec<Diagnostic>> {
        let mut dimensions: Vec<Dimension> = Vec::new();
        let mut problems = Vec::new();
        for text in texts {
            match Dimension::parse(text) {
                Err(problem) => problems.push(*problem),
                Ok(found) => {
                    let same = |other: &Dimension| {
                        std::mem::discriminant(&other.what) == std::mem::discriminant(&found.what)
                            && folded_text(other.name()) == folded_text(found.name())
                    };
                    if dimensions.iter().any(same) {
                        let problem = Diagnostic::new(kinds::TWICE, Place::Nowhere).text("text", text.as_str());
                        problems.push(problem.text("what", found.name()));
                    }
                    dimensions.push(found);
                }
            }
        }
        let grid = Grid { dimensions };
        match grid.size() {
            Some(1..=MOST_POINTS) => {}
            size if problems.is_empty() => {
                let problem = Diagnostic::new(kinds::TOO_MANY, Place::Nowhere).text("text", texts.join(" × "));
                problems.push(problem.count("count", size.unwrap_or(usize::MAX)).count("most", MOST_POINTS));
            }
            _ => {}
        }
        if problems.is_empty() { Ok(grid) } else { Err(problems) }
    }

    fn size(&self) -> Option<usize> {
        self.dimensions.iter().try_fold(1usize, |size, dimension| size.checked_mul(dimension.values.len()))
    }

    /// How many points there are.
    pub fn points(&self) -> usize {
        self.size().unwrap_or(usize::MAX)
    }

    /// Which value of each dimension a point has. The last dimension changes first, as the last digit of a number does.
    pub fn point(&self, at: usize) -> Vec<usize> {
        let mut rest = at;
        let mut found: Vec<usize> = self
            .dimensions
            .iter()
            .rev()
            .map(|dimension| {
                let value = rest % dimension.values.len().max(1);
                rest /= dimension.values.len().max(1);
                value
            })
            .collect();
        found.reverse();
        found
    }

    /// The values of a point as they are written.
    pub fn values(&self, at: usize) -> Vec<&str> {
        let chosen = self.point(at);
        self.dimensions
            .iter()
            .zip(chosen)
            .map(|(dimension, value)| dimension.values.get(value).map_or("", String::as_str))
            .collect()
    }

    /// Everything that tells this grid from another, as one text.
    pub fn told(&self) -> String {
        let one = |dimension: &Dimension| {
            let kind = match dimension.what {
                What::Parameter(_) => "parameter",
                What::Scenario => "scenario",
                What::Clause(_) => "clause",
            };
            format!("{kind}\u{1f}{}\u{1f}{}", dimension.name(), dimension.values.join("\u{1f}"))
        };
        self.dimensions.iter().map(one).collect::<Vec<_>>().join("\u{1e}")
    }
}

/// What the rules come to at one point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// From 0, in the order of the grid.
    pub point: usize,
    /// One per list that is asked for; empty where the rules are refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<PointList>,
    /// Why the changed rules are no rules; empty where they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<Reason>,
}

impl Point {
    /// Whether any school is on a list here and not by the rules as they are, or the other way round.
    pub fn moves(&self) -> bool {
        self.lists.iter().any(|list| !list.entered.is_empty() || !list.left.is_empty())
    }
}

/// One list at one point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointList {
    pub category: String,
    pub listed: usize,
    pub undetermined: usize,
    /// Codes of the schools that are on the list and are not by the rules as they are, in the order of the data.
    pub entered: Vec<String>,
    pub left: Vec<String>,
}

/// A problem of the changed rules, in both languages, so that a journal can be gone on with in either.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub code: String,
    /// Where: the file and the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    pub ru: String,
    pub en: String,
}
