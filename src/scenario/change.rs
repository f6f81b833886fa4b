//! One elementary change: what it changes, in which respect, and how it is written.

use std::sync::Arc;

use super::{Scenario, merge};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::scenario as kinds;
use crate::language::Language;
use crate::location::{Place, SourceId, SourceSpan, Span};
use crate::syntax;
use crate::syntax::tree::{self, AddedTo, Alteration, Item, Notes, Numbered, Numbering};

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    Parameter,
    List,
    Population,
    Indicator,
    Index,
    Combination,
    Category,
}

/// What is changed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    Named(Class, Arc<str>),
    /// By its dotted number.
    Criterion(String),
    Group(String),
    /// All criteria at once.
    EveryCriterion,
    /// Which data are read; the rules stay as they are.
    Data,
}

/// In which respect: changes of one target in different respects stand side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Aspect {
    /// Something new.
    Added,
    SwitchedOff,
    /// The value, formula, condition or rule, with everything that belongs to it.
    Definition,
    Among,
    /// How schools that were in a category leave it.
    Exit,
    Within,
    Normalisation,
    Components,
    MissingComponents,
    RoundedValue,
    NotApplicable,
    QuotaRounding,
    Ties,
    SmallStrata,
    MissingData,
    /// Title and notes alone.
    Wording,
}

/// One elementary change of a scenario.
#[derive(Debug, Clone)]
pub struct Change {
    pub target: Target,
    pub aspect: Aspect,
    /// Where the scenario says it.
    pub place: SourceSpan,
    /// Title of the scenario that says it: the one asked for, or one that it builds on.
    pub scenario: Arc<str>,
    pub(super) source: SourceId,
    /// Says otherwise than the scenario that its own builds on.
    pub(super) restates: bool,
    /// A scenario that says only this.
    pub(super) fragment: tree::Scenario,
}

impl Change {
    /// As it is written in a scenario, on one line, in the vocabulary of a language.
    pub fn text(&self, language: Language) -> String {
        syntax::print_alterations(&self.fragment, language)
    }

    /// The blocks that say it: a category that is added comes with its criteria. None: a clause for all criteria, or the data.
    pub(super) fn alterations(&self) -> &[Alteration] {
        &self.fragment.alterations
    }

    /// The manifest that takes the place of the one that the command names.
    pub fn data(&self) -> Option<&tree::Text> {
        self.fragment.data.as_ref()
    }

    /// A new definition that decides nothing by itself: it goes along with every subset of the changes.
    pub fn only_supports(&self) -> bool {
        self.aspect == Aspect::Added && matches!(&self.target, Target::Named(class, _) if *class != Class::Category)
    }

    /// What kind of thing is changed and its name, for messages.
    pub(super) fn named(&self) -> (&'static str, String) {
        match &self.target {
            Target::Named(class, name) => (class.word(), name.to_string()),
            Target::Criterion(number) => ("criterion", number.clone()),
            Target::Group(number) => ("group", number.clone()),
            Target::EveryCriterion => ("all", String::new()),
            Target::Data => ("data", String::new()),
        }
    }
}

impl Class {
    pub(super) fn word(self) -> &'static str {
        match self {
            Class::Parameter => "parameter",
            Class::List => "list",
            Class::Population => "population",
            Class::Indicator => "indicator",
            Class::Index => "index",
            Class::Combination => "combination",
            Class::Category => "category",
        }
    }

    /// What a definition defines; `None`: what no scenario changes.
    pub(super) fn of(item: &Item) -> Option<(Class, &tree::Name)> {
        Some(match item {
            Item::Parameter(x) => (Class::Parameter, &x.name),
            Item::List(x) => (Class::List, &x.name),
            Item::Population(x) => (Class::Population, &x.name),
            Item::Indicator(x) => (Class::Indicator, &x.name),
            Item::Index(x) => (Class::Index, &x.name),
            Item::Combination(x) => (Class::Combination, &x.name),
            Item::Category(x) => (Class::Category, &x.name),
            Item::Include(_) | Item::Table(_) | Item::Function(_) | Item::Registered(_) | Item::Scenario(_) => {
                return None;
            }
        })
    }
}

/// `2.4.1`
pub(super) fn dotted(number: &Numbering) -> String {
    number.parts.iter().map(ToString::to_string).collect::<Vec<_>>().join(".")
}

/// The changes that a scenario states itself, and what it states twice.
pub(super) fn own(scenario: &Scenario) -> (Vec<Change>, Vec<Diagnostic>) {
    let mut maker = Maker { scenario, changes: Vec::new(), problems: Vec::new() };
    let head = &scenario.tree;
    if let Some(data) = &head.data {
        let fragment = tree::Scenario { data: Some(data.clone()), ..maker.empty() };
        maker.add(Target::Data, Aspect::Definition, data.span, fragment);
    }
    if let Some(rounding) = head.quota_rounding {
        let fragment = tree::Scenario { quota_rounding: Some(rounding), ..maker.empty() };
        maker.add(Target::EveryCriterion, Aspect::QuotaRounding, rounding.1, fragment);
    }
    if let Some(ties) = &head.ties {
        let fragment = tree::Scenario { ties: Some(ties.clone()), ..maker.empty() };
        maker.add(Target::EveryCriterion, Aspect::Ties, ties.span, fragment);
    }
    if let Some(policy) = head.on_missing {
        let fragment = tree::Scenario { on_missing: Some(policy), ..maker.empty() };
        maker.add(Target::EveryCriterion, Aspect::MissingData, policy.1, fragment);
    }
    for alteration in &head.alterations {
        maker.alteration(alteration);
    }
    (maker.changes, maker.problems)
}

/// Puts a change behind the others; what it says anew is no longer said by them.
pub(super) fn replace(all: &mut Vec<Change>, change: Change) {
    let same = |other: &Change| other.target == change.target;
    if change.aspect == Aspect::SwitchedOff {
        let added = all.iter().any(|other| same(other) && other.aspect == Aspect::Added);
        all.retain(|other| !same(other) || other.aspect == Aspect::SwitchedOff);
        if !added {
            all.push(change);
        }
        return;
    }
    // what was added and is changed afterwards is added as it was changed
    if let Some(added) = all.iter_mut().find(|other| same(other) && other.aspect == Aspect::Added)
        && change.aspect != Aspect::Added
        && let (Some(into), Some(from)) = (added.fragment.alterations.first_mut(), change.fragment.alterations.first())
    {
        merge::into_added(into, from);
        return;
    }
    let before = all.len();
    all.retain(|other| !same(other) || other.aspect != change.aspect || other.aspect == Aspect::Added);
    let restates = change.restates || all.len() < before;
    all.push(Change { restates, ..change });
}

struct Maker<'a> {
    scenario: &'a Scenario,
    changes: Vec<Change>,
    problems: Vec<Diagnostic>,
}

impl Maker<'_> {
    /// A scenario of the same name that says nothing.
    fn empty(&self) -> tree::Scenario {
        tree::Scenario {
            title: self.scenario.tree.title.clone(),
            base: None,
            data: None,
            quota_rounding: None,
            ties: None,
            on_missing: None,
            notes: Notes::default(),
            alterations: Vec::new(),
            span: self.scenario.tree.span,
        }
    }

    fn add(&mut self, target: Target, aspect: Aspect, span: Span, fragment: tree::Scenario) {
        let source = self.scenario.source;
        let place = SourceSpan::new(source, span);
        let title = self.scenario.title().clone();
        let change = Change { target, aspect, place, scenario: title, source, restates: false, fragment };
        let twice = |other: &&Change| {
            let off = [other.aspect, aspect].contains(&Aspect::SwitchedOff);
            other.target == change.target && (other.aspect == aspect || off)
        };
        if let Some(first) = self.changes.iter().find(twice) {
            let (what, name) = change.named();
            let problem = Diagnostic::at(kinds::CHANGED_TWICE, place).text("what", what).text("name", name);
            self.problems.push(problem.related(Place::Text(first.place), "role-changed-first"));
            return;
        }
        self.changes.push(change);
    }

    fn say(&mut self, target: Target, aspect: Aspect, span: Span, alteration: Alteration) {
        let fragment = tree::Scenario { alterations: vec![alteration], ..self.empty() };
        self.add(target, aspect, span, fragment);
    }

    fn alteration(&mut self, alteration: &Alteration) {
        match alteration {
            Alteration::Item(item) => self.item(item),
            Alteration::Group(group) => {
                let target = Target::Group(dotted(&group.number));
                let aspect = if group.met.is_some() { Aspect::Definition } else { Aspect::Wording };
                self.say(target, aspect, group.number.span, alteration.clone());
            }
            Alteration::Criterion(criterion) => self.criterion(criterion),
            Alteration::Added(item) => {
                if let Some((class, name)) = Class::of(item) {
                    let target = Target::Named(class, name.text.clone());
                    self.say(target, Aspect::Added, name.span, alteration.clone());
                }
            }
            Alteration::AddedCriterion(_, AddedTo::Category(home)) if self.joins_added(home, alteration) => {}
            Alteration::AddedCriterion(criterion, _) => {
                let target = Target::Criterion(dotted(&criterion.number));
                self.say(target, Aspect::Added, criterion.number.span, alteration.clone());
            }
            Alteration::SwitchedOff(what, number, _) => {
                let target = match what {
                    Numbered::Criterion => Target::Criterion(dotted(number)),
                    Numbered::Group => Target::Group(dotted(number)),
                };
                self.say(target, Aspect::SwitchedOff, number.span, alteration.clone());
            }
        }
    }

    /// Puts a criterion to the category that the scenario adds: one means nothing without the other.
    fn joins_added(&mut self, home: &tree::Name, alteration: &Alteration) -> bool {
        let target = Target::Named(Class::Category, home.text.clone());
        let added = |change: &&mut Change| change.target == target && change.aspect == Aspect::Added;
        match self.changes.iter_mut().find(added) {
            Some(change) => {
                change.fragment.alterations.push(alteration.clone());
                true
            }
            None => false,
        }
    }

    fn item(&mut self, item: &Item) {
        let Some((class, name)) = Class::of(item) else { return };
        let target = Target::Named(class, name.text.clone());
        let span = name.span;
        let parts: Vec<(Aspect, Item)> = match item {
            Item::Category(category) => aspects_of_category(category),
            Item::Index(index) => aspects_of_index(index),
            other => vec![(Aspect::Definition, other.clone())],
        };
        for (aspect, part) in parts {
            self.say(target.clone(), aspect, span, Alteration::Item(part));
        }
    }

    fn criterion(&mut self, written: &tree::Criterion) {
        let target = Target::Criterion(dotted(&written.number));
        let bare = tree::Criterion {
            cases: Vec::new(),
            condition: None,
            not_applicable: None,
            quota_rounding: None,
            ties: None,
            small_strata: None,
            on_missing: None,
            ..written.clone()
        };
        let mut parts = Vec::new();
        if written.condition.is_some() || !written.cases.is_empty() {
            let (cases, condition) = (written.cases.clone(), written.condition.clone());
            parts.push((Aspect::Definition, tree::Criterion { cases, condition, ..bare.clone() }));
        }
        if let Some(condition) = &written.not_applicable {
            let not_applicable = Some(condition.clone());
            parts.push((Aspect::NotApplicable, tree::Criterion { not_applicable, ..bare.clone() }));
        }
        if let Some(rounding) = written.quota_rounding {
            let quota_rounding = Some(rounding);
            parts.push((Aspect::QuotaRounding, tree::Criterion { quota_rounding, ..bare.clone() }));
        }
        if let Some(ties) = &written.ties {
            parts.push((Aspect::Ties, tree::Criterion { ties: Some(ties.clone()), ..bare.clone() }));
        }
        if let Some(small) = &written.small_strata {
            let small_strata = Some(small.clone());
            parts.push((Aspect::SmallStrata, tree::Criterion { small_strata, ..bare.clone() }));
        }
        if let Some(policy) = written.on_missing {
            parts.push((Aspect::MissingData, tree::Criterion { on_missing: Some(policy), ..bare.clone() }));
        }
        if parts.is_empty() {
            parts.push((Aspect::Wording, bare));
        }
        for (aspect, part) in parts {
            self.say(target.clone(), aspect, written.number.span, Alteration::Criterion(part));
        }
    }
}

fn aspects_of_category(written: &tree::Category) -> Vec<(Aspect, Item)> {
    let exit = tree::Exit::default();
    let bare = tree::Category { among: None, assigned: None, exit, parts: Vec::new(), ..written.clone() };
    let mut parts = Vec::new();
    if let Some(rule) = &written.assigned {
        parts.push((Aspect::Definition, tree::Category { assigned: Some(rule.clone()), ..bare.clone() }));
    }
    if let Some(among) = &written.among {
        parts.push((Aspect::Among, tree::Category { among: Some(among.clone()), ..bare.clone() }));
    }
    if written.exit.span().is_some() {
        parts.push((Aspect::Exit, tree::Category { exit: written.exit.clone(), ..bare.clone() }));
    }
    if parts.is_empty() {
        parts.push((Aspect::Wording, bare));
    }
    parts.into_iter().map(|(aspect, category)| (aspect, Item::Category(category))).collect()
}

fn aspects_of_index(written: &tree::Index) -> Vec<(Aspect, Item)> {
    let bare = tree::Index {
        among: None,
        within: Vec::new(),
        normalisation: None,
        parts: Vec::new(),
        on_missing: Vec::new(),
        round: None,
        ..written.clone()
    };
    let mut parts = Vec::new();
    if let Some(among) = &written.among {
        parts.push((Aspect::Among, tree::Index { among: Some(among.clone()), ..bare.clone() }));
    }
    if !written.within.is_empty() {
        parts.push((Aspect::Within, tree::Index { within: written.within.clone(), ..bare.clone() }));
    }
    if let Some(method) = &written.normalisation {
        let normalisation = Some(method.clone());
        parts.push((Aspect::Normalisation, tree::Index { normalisation, ..bare.clone() }));
    }
    if !written.parts.is_empty() {
        parts.push((Aspect::Components, tree::Index { parts: written.parts.clone(), ..bare.clone() }));
    }
    if !written.on_missing.is_empty() {
        let on_missing = written.on_missing.clone();
        parts.push((Aspect::MissingComponents, tree::Index { on_missing, ..bare.clone() }));
    }
    if let Some(round) = &written.round {
        parts.push((Aspect::RoundedValue, tree::Index { round: Some(round.clone()), ..bare.clone() }));
    }
    if parts.is_empty() {
        parts.push((Aspect::Wording, bare));
    }
    parts.into_iter().map(|(aspect, index)| (aspect, Item::Index(index))).collect()
}
