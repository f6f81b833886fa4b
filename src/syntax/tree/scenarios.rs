//! Scenarios of the tree: what they say in place of the rules.
//!
//! As written; whether there is anything to change is not looked at here.

use super::{Criterion, Group, Item, MissingData, Name, Notes, Numbering, Text, Ties};
use crate::location::Span;
use crate::number::rounding::Rounding;

/// `сценарий «…»` and the blocks after it.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    pub title: Text,
    /// `на основе «…»`: the scenario whose changes are made first.
    pub base: Option<Text>,
    /// `данные "…"`: another manifest of data, beside the one that the command names.
    pub data: Option<Text>,
    /// For every criterion, whatever it says itself.
    pub quota_rounding: Option<(Rounding, Span)>,
    pub ties: Option<Ties>,
    pub on_missing: Option<(MissingData, Span)>,
    pub notes: Notes,
    pub alterations: Vec<Alteration>,
    pub span: Span,
}

/// One block of a scenario.
#[derive(Debug, Clone, PartialEq)]
pub enum Alteration {
    /// A definition of the rules: what is said here replaces what is said there.
    Item(Item),
    Group(Group),
    Criterion(Criterion),
    /// `добавить показатель …`
    Added(Item),
    /// `добавить критерий 1.7 «…» в категорию ШНРО`
    AddedCriterion(Criterion, AddedTo),
    /// `отключить критерий 1.5`
    SwitchedOff(Numbered, Numbering, Span),
}

/// What a number is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Numbered {
    Criterion,
    Group,
}

/// Where an added criterion stands: after the others.
#[derive(Debug, Clone, PartialEq)]
pub enum AddedTo {
    Category(Name),
    Group(Numbering),
}
