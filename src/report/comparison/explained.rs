//! Where the explanations of schools that moved are: folded on the page, on pages of their own, or made by a command.

use super::{Compared, text};
use crate::compare::{CategoryComparison, Mover, Side};
use crate::explain;
use crate::messages::Speaker;
use crate::report::explanation::{Teller, school_title};
use crate::report::page::{Block, Node, Piece, Section, Tone};
use crate::source::Sources;

/// With more schools that moved than this, all scenarios together, a page does not hold their explanations.
pub const MOST_FOLDED: usize = 40;

/// Where the explanation of a school before and after is, seen from the page.
pub type Links<'a> = dyn Fn(&Compared<'_>, &Mover) -> (Option<String>, Option<String>) + 'a;

/// Where explanations are.
pub enum Explained<'a> {
    /// Not here: the command that makes them is shown, and schools are told one below the other, for formats without room
    /// for a table of long texts.
    Lines,
    /// Not here: the command that makes them is shown.
    Command,
    /// On the page itself, where few enough schools moved.
    Folded(&'a Sources),
    /// On pages of their own.
    Linked(&'a Links<'a>),
}

impl std::fmt::Debug for Explained<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Explained::Lines => "Lines",
            Explained::Command => "Command",
            Explained::Folded(_) => "Folded",
            Explained::Linked(_) => "Linked",
        })
    }
}

impl Explained<'_> {
    /// What is done about so many scenarios.
    pub(super) fn for_all<'a>(&'a self, scenarios: &[Compared<'_>]) -> &'a Explained<'a> {
        let categories = scenarios.iter().flat_map(|scenario| &scenario.comparison.categories);
        let movers: usize = categories.map(|category| category.movers.len()).sum();
        match self {
            Explained::Folded(_) if movers > MOST_FOLDED => &Explained::Command,
            other => other,
        }
    }

    /// How the explanations of a scenario are found.
    pub(super) fn said(&self, scenario: &Compared<'_>, speaker: &Speaker) -> Vec<Block> {
        let mut movers = scenario.comparison.categories.iter().flat_map(|category| &category.movers);
        let Some(first) = movers.next() else { return Vec::new() };
        let line = match self {
            Explained::Lines | Explained::Command => {
                let (before, after) = scenario.explain;
                let now = first.school.code.as_ref();
                let then = first.former.first().map_or(now, |former| former.code.as_ref());
                let lead = vec![Piece::new(speaker.word("compare-explain-command"), Tone::Faint)];
                let mut lines = vec![Block::Paragraph(lead)];
                // a school that one side does not have has no explanation there
                let commands = [(before, then, first.rows.0), (after, now, first.rows.1)];
                for (words, code, row) in commands {
                    if row.is_some() && !words.is_empty() {
                        let line = format!("{words} {}", quoted(code));
                        lines.push(Block::Paragraph(vec![Piece::new(line, Tone::Faint)]));
                    }
                }
                return lines;
            }
            Explained::Folded(_) => speaker.word("compare-explain-folded"),
            Explained::Linked(_) => speaker.word("compare-explain-linked"),
        };
        vec![Block::Paragraph(vec![Piece::new(line, Tone::Faint)])]
    }

    /// The explanations of these schools, where the page holds them.
    pub(super) fn folded(
        &self,
        (scenario, category): (&Compared<'_>, &CategoryComparison),
        movers: &[&Mover],
        speaker: &Speaker,
    ) -> Vec<Block> {
        let Explained::Folded(sources) = self else { return Vec::new() };
        let (before, after) = &scenario.sides;
        let one = |mover: &&Mover| {
            let title = [("school", text(school_title(&mover.school)))];
            let mut nodes = Vec::new();
            nodes.extend(side(before, mover.rows.0, category, sources, speaker, "compare-side-before"));
            nodes.extend(side(after, mover.rows.1, category, sources, speaker, "compare-side-after"));
            let title = vec![Piece::plain(speaker.say("compare-explanation-of", &title))];
            Block::Folded(Section { title, blocks: vec![Block::Tree(nodes)] })
        };
        movers.iter().map(one).collect()
    }
}

/// What the category rests on for the school, on one side.
fn side(
    side: &Side<'_>,
    row: Option<usize>,
    category: &CategoryComparison,
    sources: &Sources,
    speaker: &Speaker,
    name: &str,
) -> Option<Node> {
    let mut explanation = explain::explain(side.rules, side.plan, side.data, side.run, row?);
    explanation.categories.retain(|explained| explained.name == category.name);
    let teller = Teller { rules: side.rules, sources, speaker };
    let line = vec![Piece::new(speaker.word(name), Tone::Strong)];
    Some(Node { line, children: teller.steps(&explanation) })
}

/// A word of a command as a shell takes it for one.
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./\\:=,+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in word.chars() {
        if matches!(c, '"' | '\\' | '$' | '`') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}
