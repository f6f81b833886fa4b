//! Scenarios: their heads, what stands only in them, and which blocks after them are theirs.

use super::super::parser::{Node, Rule};
use super::super::tree::{self, AddedTo, Alteration, Item, Notes, Numbered};
use super::criteria::{Block, missing_data};
use super::{Builder, find, has};
use crate::diagnostic::scenario as kinds;
use crate::location::Span;

impl Builder<'_> {
    pub(super) fn scenario(&mut self, node: &Node) -> Option<tree::Scenario> {
        self.elsewhere = Some(self.source);
        let mut scenario = tree::Scenario {
            title: self.text_in(node)?,
            base: None,
            data: None,
            quota_rounding: None,
            ties: None,
            on_missing: None,
            notes: Notes::default(),
            alterations: Vec::new(),
            span: self.span(node),
        };
        for child in &node.children {
            let span = self.span(child);
            match child.rule {
                Rule::builds_on => {
                    if let Some(text) = self.text_in(child) {
                        self.once(&mut scenario.base, text, span);
                    }
                }
                Rule::scenario_data => {
                    if let Some(text) = self.text_in(child) {
                        self.once(&mut scenario.data, text, span);
                    }
                }
                Rule::quota_rounding => {
                    let rounding = self.rounding(child);
                    self.once(&mut scenario.quota_rounding, (rounding, span), span);
                }
                Rule::ties => {
                    let ties = self.ties(child);
                    self.once(&mut scenario.ties, ties, span);
                }
                Rule::no_data => self.once(&mut scenario.on_missing, (missing_data(child), span), span),
                _ => {
                    self.note(&mut scenario.notes, child);
                }
            }
        }
        Some(scenario)
    }

    pub(super) fn switched_off(&mut self, node: &Node) -> Option<Alteration> {
        let what = if has(node, Rule::k_criterion) { Numbered::Criterion } else { Numbered::Group };
        let number = find(node, Rule::numbering).map(|n| self.numbering(n))?;
        Some(Alteration::SwitchedOff(what, number, self.span(node)))
    }

    pub(super) fn addition(&mut self, node: &Node) -> Option<Alteration> {
        let added = node.children.get(1)?;
        if added.rule != Rule::added_criterion {
            return match super::item(self, added)? {
                Block::Item(item) => Some(Alteration::Added(item)),
                Block::Category(category) => Some(Alteration::Added(Item::Category(category))),
                _ => None,
            };
        }
        let mut criterion = self.criterion(added)?;
        criterion.span = self.span(node);
        let place = find(added, Rule::added_to)?;
        let home = match find(place, Rule::numbering) {
            Some(number) => AddedTo::Group(self.numbering(number)),
            None => AddedTo::Category(self.name_in(place)?),
        };
        Some(Alteration::AddedCriterion(criterion, home))
    }

    /// Gives a block to the scenario before it; hands it back when it begins something new.
    pub(super) fn alter(&mut self, scenario: &mut tree::Scenario, block: Block) -> Option<Block> {
        let alteration = match block {
            Block::Item(Item::Scenario(_)) | Block::Header(_) => return Some(block),
            Block::Alteration(alteration) => alteration,
            Block::Group(group) => Alteration::Group(group),
            Block::Criterion(criterion) => Alteration::Criterion(criterion),
            Block::Category(category) => Alteration::Item(Item::Category(category)),
            Block::Item(item) => {
                if let Item::Include(_) | Item::Table(_) | Item::Function(_) | Item::Registered(_) = &item {
                    self.report(kinds::NOT_IN_SCENARIO, item.span());
                    return None;
                }
                Alteration::Item(item)
            }
        };
        scenario.span = scenario.span.to(place_of(&alteration));
        scenario.alterations.push(alteration);
        None
    }
}

/// Where a block of a scenario stands.
pub(super) fn place_of(alteration: &Alteration) -> Span {
    match alteration {
        Alteration::Item(item) | Alteration::Added(item) => item.span(),
        Alteration::Group(group) => group.span,
        Alteration::Criterion(criterion) | Alteration::AddedCriterion(criterion, _) => criterion.span,
        Alteration::SwitchedOff(_, _, span) => *span,
    }
}
