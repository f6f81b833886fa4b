//! Nodes of the grammar → the tree. Checks only what a grammar cannot: dates that exist, clauses said twice.

mod blocks;
mod criteria;
mod expressions;
mod scenarios;

use std::sync::Arc;

use jiff::civil::Date;

use super::parser::{Node, Rule};
use super::tree;
use crate::diagnostic::syntax as kinds;
use crate::diagnostic::{Diagnostic, Kind};
use crate::location::{SourceId, SourceSpan, Span};
use crate::number::rounding::Rounding;

pub(super) use blocks::item;

/// Builds the tree of one file, chunk by chunk.
pub(super) struct Builder<'t> {
    pub source: SourceId,
    /// The text as written (not folded).
    pub text: &'t str,
    /// The text with comments as spaces: what ends with a comment ends before it.
    pub folded: &'t str,
    /// Where the chunk starts in the text.
    pub base: usize,
    /// The text, within scenarios: what they say is put into other files.
    pub elsewhere: Option<SourceId>,
    pub diagnostics: Vec<Diagnostic>,
}

impl Builder<'_> {
    fn span(&self, node: &Node) -> Span {
        let start = self.base + node.start;
        let text = self.folded.get(start..self.base + node.end).unwrap_or("");
        Span { elsewhere: self.elsewhere, ..Span::new(start, start + text.trim_end().len()) }
    }

    fn written(&self, node: &Node) -> &str {
        self.text.get(self.base + node.start..self.base + node.end).unwrap_or("")
    }

    fn report(&mut self, kind: Kind, span: Span) {
        self.diagnostics.push(Diagnostic::at(kind, SourceSpan::new(self.source, span)));
    }

    fn name(&self, node: &Node) -> tree::Name {
        tree::Name { text: Arc::from(self.written(node)), span: self.span(node) }
    }

    /// The name in a node that holds a keyword and one name.
    fn name_in(&self, node: &Node) -> Option<tree::Name> {
        find(node, Rule::name).map(|n| self.name(n))
    }

    fn text(&self, node: &Node) -> tree::Text {
        let written = self.written(node);
        let inner = match written.strip_prefix('«').and_then(|t| t.strip_suffix('»')) {
            Some(inner) => inner.to_string(),
            None => {
                written.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(written).replace("\"\"", "\"")
            }
        };
        tree::Text { text: Arc::from(inner), span: self.span(node) }
    }

    fn text_in(&self, node: &Node) -> Option<tree::Text> {
        find(node, Rule::text).map(|n| self.text(n))
    }

    fn texts(&self, node: &Node) -> Vec<tree::Text> {
        node.children.iter().filter(|n| n.rule == Rule::text).map(|n| self.text(n)).collect()
    }

    fn names(&self, node: &Node) -> Vec<tree::Name> {
        node.children.iter().filter(|n| n.rule == Rule::name).map(|n| self.name(n)).collect()
    }

    fn numbering(&mut self, node: &Node) -> tree::Numbering {
        let span = self.span(node);
        let mut parts = Vec::new();
        for part in self.written(node).split('.') {
            match part.parse() {
                Ok(number) => parts.push(number),
                Err(_) => parts.push(u32::MAX),
            }
        }
        tree::Numbering { parts, span }
    }

    fn path(&self, node: &Node) -> tree::Path {
        tree::Path { names: self.names(node), span: self.span(node) }
    }

    fn paths(&self, node: &Node) -> Vec<tree::Path> {
        node.children.iter().filter(|n| n.rule == Rule::path).map(|n| self.path(n)).collect()
    }

    fn unit(&self, node: &Node) -> Option<tree::UnitWord> {
        let word = find(node, Rule::unit_word)?.children.first()?;
        let unit = match word.rule {
            Rule::u_percent => tree::UnitName::Percent,
            Rule::u_percentage_point => tree::UnitName::PercentagePoint,
            Rule::u_points => tree::UnitName::Points,
            Rule::u_mark => tree::UnitName::Mark,
            Rule::u_people => tree::UnitName::People,
            Rule::u_year => tree::UnitName::Year,
            Rule::u_rouble => tree::UnitName::Rouble,
            Rule::u_kilometre => tree::UnitName::Kilometre,
            Rule::u_minute => tree::UnitName::Minute,
            Rule::u_hour => tree::UnitName::Hour,
            Rule::u_square_metre => tree::UnitName::SquareMetre,
            _ => tree::UnitName::Place,
        };
        Some(tree::UnitWord { unit, scale: self.text_in(node), span: self.span(node) })
    }

    fn unit_in(&self, node: &Node) -> Option<tree::UnitWord> {
        find(node, Rule::unit).and_then(|n| self.unit(n))
    }

    /// A date that may not exist: reported and replaced by a harmless one.
    fn date(&mut self, node: &Node) -> Date {
        let written = self.written(node).to_string();
        let parts: Vec<&str> = written.split(['.', '-']).collect();
        let number = |at: usize| parts.get(at).and_then(|p| p.parse::<i16>().ok()).unwrap_or(0);
        let (year, month, day) =
            if written.contains('-') { (number(0), number(1), number(2)) } else { (number(2), number(1), number(0)) };
        let small = |n: i16| i8::try_from(n).unwrap_or(0);
        match Date::new(year, small(month), small(day)) {
            Ok(date) if year > 0 => date,
            _ => {
                let at = SourceSpan::new(self.source, self.span(node));
                self.diagnostics.push(Diagnostic::at(kinds::NO_SUCH_DATE, at).text("date", written));
                Date::ZERO
            }
        }
    }

    fn period(&mut self, node: &Node) -> tree::Period {
        let mut period = tree::Period { from: None, to: None, span: self.span(node) };
        for child in &node.children {
            let Some(date) = find(child, Rule::date) else {
                continue;
            };
            let date = self.date(date);
            match child.rule {
                Rule::period_from => period.from = Some(date),
                _ => period.to = Some(date),
            }
        }
        period
    }

    fn rounding(&self, node: &Node) -> Rounding {
        let inner = find(node, Rule::rounding).and_then(|n| n.children.first()).map(|n| n.rule);
        match inner {
            Some(Rule::k_down) => Rounding::Down,
            Some(Rule::k_half_up) => Rounding::HalfUp,
            Some(Rule::k_half_even) => Rounding::HalfEven,
            _ => Rounding::Up,
        }
    }

    /// Puts a clause into its slot; a second one is reported.
    fn once<T>(&mut self, slot: &mut Option<T>, value: T, span: Span) {
        if slot.is_some() {
            self.report(kinds::CLAUSE_TWICE, span);
        } else {
            *slot = Some(value);
        }
    }

    /// Takes `основание`, `толкование` or `прочтение`; false when the node is none of them.
    fn note(&mut self, notes: &mut tree::Notes, node: &Node) -> bool {
        let slot = match node.rule {
            Rule::basis => &mut notes.basis,
            Rule::explanation => &mut notes.explanation,
            Rule::reading => &mut notes.reading,
            _ => return false,
        };
        if let Some(text) = self.text_in(node) {
            let span = self.span(node);
            if slot.is_some() {
                self.report(kinds::CLAUSE_TWICE, span);
            } else {
                *slot = Some(text);
            }
        }
        true
    }
}

/// The first child of a kind.
fn find(node: &Node, rule: Rule) -> Option<&Node> {
    node.children.iter().find(|n| n.rule == rule)
}

fn has(node: &Node, rule: Rule) -> bool {
    find(node, rule).is_some()
}
