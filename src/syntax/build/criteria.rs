//! Categories, groups and criteria, and the order in which blocks belong together.

use super::super::parser::{Node, Rule};
use super::super::tree::{self, CategoryPart, Combination, ExprKind, Item, Notes};
use super::scenarios::place_of;
use super::{Builder, find};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::scenario as scenario_kinds;
use crate::diagnostic::syntax as kinds;
use crate::location::{SourceSpan, Span};

/// One block as it stands in the file, before blocks that belong together are joined.
pub(in super::super) enum Block {
    Header(tree::Header),
    Item(Item),
    Category(tree::Category),
    Group(tree::Group),
    Criterion(tree::Criterion),
    /// What stands only in scenarios.
    Alteration(tree::Alteration),
}

impl Builder<'_> {
    pub(super) fn category(&mut self, node: &Node) -> Option<tree::Category> {
        let mut category = tree::Category {
            name: self.name_in(node)?,
            title: self.text_in(node),
            among: None,
            assigned: None,
            exit: tree::Exit::default(),
            parts: Vec::new(),
            notes: Notes::default(),
            span: self.span(node),
        };
        for child in &node.children {
            let span = self.span(child);
            match child.rule {
                Rule::among => {
                    if let Some(name) = self.name_in(child) {
                        self.once(&mut category.among, name, span);
                    }
                }
                Rule::assigned => {
                    let combination = self.combination(child);
                    self.once(&mut category.assigned, combination, span);
                }
                Rule::previously | Rule::stays | Rule::term | Rule::without_exit => {
                    self.exit(&mut category.exit, child);
                }
                _ => {
                    self.note(&mut category.notes, child);
                }
            }
        }
        Some(category)
    }

    /// One clause about schools that were in the category before.
    fn exit(&mut self, exit: &mut tree::Exit, node: &Node) {
        let span = self.span(node);
        match node.rule {
            Rule::previously => {
                let condition = self.expr_in(node);
                self.once(&mut exit.previously, condition, span);
            }
            Rule::stays => {
                let combination = self.combination(node);
                self.once(&mut exit.stays, combination, span);
            }
            Rule::term => {
                let mut term = tree::Term { least: None, most: None, by: self.expr_in(node), span };
                for bound in &node.children {
                    let at = self.span(bound);
                    match bound.rule {
                        Rule::term_least => {
                            let years = self.expr_in(bound);
                            self.once(&mut term.least, years, at);
                        }
                        Rule::term_most => {
                            let years = self.expr_in(bound);
                            self.once(&mut term.most, years, at);
                        }
                        _ => {}
                    }
                }
                self.once(&mut exit.term, term, span);
            }
            _ => self.once(&mut exit.without, span, span),
        }
    }

    fn combination(&mut self, node: &Node) -> Combination {
        match self.name_in(node) {
            Some(name) => Combination::Named(name),
            None => Combination::Rule(self.expr_in(node)),
        }
    }

    pub(super) fn group(&mut self, node: &Node) -> Option<tree::Group> {
        let mut group = tree::Group {
            number: find(node, Rule::numbering).map(|n| self.numbering(n))?,
            title: self.text_in(node),
            met: None,
            criteria: Vec::new(),
            notes: Notes::default(),
            span: self.span(node),
        };
        for child in &node.children {
            if child.rule == Rule::met {
                let span = self.span(child);
                let combination = self.combination(child);
                self.once(&mut group.met, combination, span);
            } else {
                self.note(&mut group.notes, child);
            }
        }
        Some(group)
    }

    pub(super) fn criterion(&mut self, node: &Node) -> Option<tree::Criterion> {
        let mut criterion = tree::Criterion {
            number: find(node, Rule::numbering).map(|n| self.numbering(n))?,
            title: self.text_in(node),
            cases: Vec::new(),
            condition: None,
            not_applicable: None,
            quota_rounding: None,
            ties: None,
            small_strata: None,
            on_missing: None,
            notes: Notes::default(),
            span: self.span(node),
        };
        self.criterion_clauses(&mut criterion, node);
        Some(criterion)
    }

    fn criterion_clauses(&mut self, criterion: &mut tree::Criterion, node: &Node) {
        for child in &node.children {
            let span = self.span(child);
            match child.rule {
                Rule::case => {
                    let mut pair = self.exprs_in(child).into_iter();
                    if let (Some(when), Some(then)) = (pair.next(), pair.next()) {
                        self.two_ways(&when);
                        criterion.cases.push((when, then, span));
                    }
                }
                Rule::condition | Rule::otherwise_if => {
                    let condition = self.expr_in(child);
                    self.once(&mut criterion.condition, condition, span);
                }
                Rule::not_applicable_criterion => {
                    let condition = self.expr_in(child);
                    self.once(&mut criterion.not_applicable, condition, span);
                }
                Rule::quota_rounding => {
                    let rounding = self.rounding(child);
                    self.once(&mut criterion.quota_rounding, (rounding, span), span);
                }
                Rule::ties => {
                    let ties = self.ties(child);
                    self.once(&mut criterion.ties, ties, span);
                }
                Rule::small_strata => {
                    let action = find(child, Rule::small_action).and_then(|n| n.children.first()).map(|n| n.rule);
                    let action = match action {
                        Some(Rule::k_merge) => tree::SmallStrataAction::Merge,
                        Some(Rule::k_count_not_met) => tree::SmallStrataAction::NotMet,
                        _ => tree::SmallStrataAction::Undetermined,
                    };
                    let small = tree::SmallStrata { below: self.expr_in(child), action, span };
                    self.once(&mut criterion.small_strata, small, span);
                }
                Rule::no_data => {
                    let policy = missing_data(child);
                    self.once(&mut criterion.on_missing, (policy, span), span);
                }
                _ => {
                    self.note(&mut criterion.notes, child);
                }
            }
        }
    }

    /// Reports `не применимо` that ends the condition of a case on a line of its own: it may have been meant as a clause.
    fn two_ways(&mut self, when: &tree::Expr) {
        let mut last = when;
        while let ExprKind::And(_, right) | ExprKind::Or(_, right) | ExprKind::Not(right) = &last.kind {
            last = right;
        }
        if let ExprKind::Status { value, status: tree::ValueStatus::NotApplicable } = &last.kind {
            let tail = self.folded.get(value.span.end..last.span.end).unwrap_or("");
            let words = tail.trim_start();
            if tail.get(..tail.len() - words.len()).unwrap_or("").contains('\n') {
                self.report(kinds::NOT_APPLICABLE_TWO_WAYS, Span::new(last.span.end - words.len(), last.span.end));
            }
        }
    }

    pub(super) fn ties(&mut self, node: &Node) -> tree::Ties {
        let span = self.span(node);
        let policy = match node.children.get(1) {
            Some(n) if n.rule == Rule::ties_exclude => tree::TiePolicy::Exclude,
            Some(n) if n.rule == Rule::ties_break => {
                let mut keys = Vec::new();
                for key in n.children.iter().filter(|k| k.rule == Rule::tie_key) {
                    let higher = find(key, Rule::k_higher).is_some();
                    let direction =
                        if higher { tree::Direction::HigherIsBetter } else { tree::Direction::LowerIsBetter };
                    keys.push((self.expr_in(key), direction));
                }
                tree::TiePolicy::BreakBy(keys)
            }
            _ => tree::TiePolicy::Include,
        };
        tree::Ties { policy, span }
    }

    /// Joins the blocks of a file: criteria into the group whose number they continue, groups and criteria into the
    /// category before them.
    pub(in super::super) fn join(&mut self, blocks: Vec<Block>) -> (Option<tree::Header>, Vec<Item>) {
        let mut header: Option<tree::Header> = None;
        let mut items: Vec<Item> = Vec::new();
        for block in blocks {
            let block = match items.last_mut() {
                Some(Item::Scenario(scenario)) => match self.alter(scenario, block) {
                    Some(block) => block,
                    None => continue,
                },
                _ => block,
            };
            match block {
                Block::Alteration(alteration) => self.report(scenario_kinds::OUTSIDE_SCENARIO, place_of(&alteration)),
                Block::Header(found) => {
                    let span = found.title.span;
                    if header.is_none() && !items.is_empty() {
                        self.report(kinds::HEADER_NOT_FIRST, span);
                    }
                    self.once(&mut header, found, span);
                }
                Block::Item(item) => items.push(item),
                Block::Category(category) => items.push(Item::Category(category)),
                Block::Group(group) => match items.last_mut() {
                    Some(Item::Category(category)) => {
                        category.span = category.span.to(group.span);
                        category.parts.push(CategoryPart::Group(group));
                    }
                    _ => self.report(kinds::OUTSIDE_CATEGORY, group.number.span),
                },
                Block::Criterion(criterion) => match items.last_mut() {
                    Some(Item::Category(category)) => {
                        let misplaced = place(category, criterion);
                        if let Some((number, group)) = misplaced {
                            let at = SourceSpan::new(self.source, number);
                            self.diagnostics
                                .push(Diagnostic::at(kinds::CRITERION_OF_OTHER_GROUP, at).text("group", group));
                        }
                    }
                    _ => self.report(kinds::OUTSIDE_CATEGORY, criterion.number.span),
                },
            }
        }
        (header, items)
    }
}

/// What happens to a criterion without data.
pub(super) fn missing_data(node: &Node) -> tree::MissingData {
    match find(node, Rule::no_data_policy).and_then(|n| n.children.first()).map(|n| n.rule) {
        Some(Rule::k_count_not_met) => tree::MissingData::NotMet,
        Some(Rule::k_count_met) => tree::MissingData::Met,
        Some(Rule::k_count_not_applicable) => tree::MissingData::NotApplicable,
        _ => tree::MissingData::Undetermined,
    }
}

/// Puts a criterion where its number says. A number that returns to another group is handed back.
fn place(category: &mut tree::Category, criterion: tree::Criterion) -> Option<(crate::location::Span, String)> {
    category.span = category.span.to(criterion.span);
    let mut misplaced = None;
    if let Some(CategoryPart::Group(group)) = category.parts.last_mut() {
        if criterion.number.parts.starts_with(&group.number.parts) {
            group.span = group.span.to(criterion.span);
            group.criteria.push(criterion);
            return None;
        }
        // As deep as the criteria of the group, but of another one: most likely a slip in the number.
        if criterion.number.parts.len() > group.number.parts.len() {
            let number: Vec<String> = group.number.parts.iter().map(ToString::to_string).collect();
            misplaced = Some((criterion.number.span, number.join(".")));
        }
    }
    category.parts.push(CategoryPart::Criterion(criterion));
    misplaced
}
