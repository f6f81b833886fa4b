//! Changes put into the trees of the rules, one after another.
//!
//! What cannot be put in is told and left out, so that the rest can still be looked at.

use std::collections::HashMap;
use std::sync::Arc;

use super::change::{Change, Class, Target, dotted};
use super::{Aspect, Files, merge, references};
use crate::diagnostic::scenario as kinds;
use crate::diagnostic::{Argument, Diagnostic, Kind};
use crate::location::{Place, SourceId, SourceSpan};
use crate::stack;
use crate::suggestion;
use crate::syntax::content;
use crate::syntax::tree::{self, AddedTo, Alteration, Category, CategoryPart, Criterion, Group, Item};

/// The files with some changes made, without the scenarios; and what is wrong with the changes.
///
/// The changes are made in the order given; a change that has to be there for another one is not added by itself.
pub fn apply(files: &Files, changes: &[&Change]) -> (Vec<(SourceId, tree::File)>, Vec<Diagnostic>) {
    // trees are compared as deep as they are nested
    stack::roomy(&|| {
        let mut rules = Rules::of(files);
        for change in changes {
            rules.change(change);
        }
        rules.still_referred();
        (rules.files, rules.problems)
    })
}

struct Rules {
    files: Vec<(SourceId, tree::File)>,
    /// Criteria and groups that were switched off, and where.
    off: HashMap<Target, Off>,
    /// What the scenario says for all criteria: for those that are added later.
    on_missing: Option<(tree::MissingData, crate::location::Span)>,
    problems: Vec<Diagnostic>,
}

struct Off {
    place: SourceSpan,
    what: &'static str,
}

impl Rules {
    fn of(files: &Files) -> Rules {
        let without = |(source, file): &(SourceId, tree::File)| (*source, file.without_scenarios());
        Rules {
            files: files.iter().map(without).collect(),
            off: HashMap::new(),
            on_missing: None,
            problems: Vec::new(),
        }
    }

    fn change(&mut self, change: &Change) {
        if change.target == Target::Data {
            return;
        }
        if change.target == Target::EveryCriterion {
            return self.every_criterion(change);
        }
        for alteration in change.alterations() {
            self.alteration(change, alteration);
        }
    }

    fn alteration(&mut self, change: &Change, alteration: &Alteration) {
        match alteration {
            Alteration::Item(from) => self.item(change, from),
            Alteration::Group(from) => {
                let from = from.clone();
                self.numbered(change, |category| {
                    let group = groups(category).find(|group| group.number.parts == from.number.parts)?;
                    Some(changed(group, |group| merge::group(group, &from)))
                });
            }
            Alteration::Criterion(from) => {
                let from = from.clone();
                self.numbered(change, |category| {
                    let found = criteria(category).find(|criterion| criterion.number.parts == from.number.parts)?;
                    Some(changed(found, |criterion| merge::criterion(criterion, &from)))
                });
            }
            Alteration::SwitchedOff(..) => self.switch_off(change),
            Alteration::Added(item) => self.add(change, item),
            Alteration::AddedCriterion(criterion, home) => self.add_criterion(change, criterion, home),
        }
    }

    fn problem(&self, kind: Kind, change: &Change) -> Diagnostic {
        let (what, name) = change.named();
        Diagnostic::at(kind, change.place).text("what", what).text("name", name)
    }

    /// Says that there is no such thing, and what there is like it.
    fn unknown(&mut self, what: &'static str, name: String, at: SourceSpan, known: &[String]) {
        let problem = Diagnostic::at(kinds::UNKNOWN_TARGET, at).text("what", what);
        let near = suggestion::meant(&name, known);
        self.problems.push(problem.text("name", name).near(near, at));
    }

    fn item(&mut self, change: &Change, from: &Item) {
        let Some((class, name)) = Class::of(from) else { return };
        let mut known = Vec::new();
        let mut effect = None;
        for item in self.files.iter_mut().flat_map(|(_, file)| &mut file.items) {
            if Class::of(item).is_none_or(|(other, _)| other != class) {
                continue;
            }
            let names = names(item);
            if effect.is_none() && names.contains(&name.text) {
                effect = Some(changed(item, |item| merge::item(item, from)));
            }
            known.extend(names.first().map(ToString::to_string));
        }
        match effect {
            None if self.is_broken(&name.text) => {}
            None => self.unknown(class.word(), name.text.to_string(), change.place, &known),
            Some(effect) => self.without_effect(effect, change),
        }
    }

    /// Whether a block of this name could not be read: it is known to exist, nothing more.
    fn is_broken(&self, name: &str) -> bool {
        self.files.iter().any(|(_, file)| file.broken.iter().any(|broken| broken.text.as_ref() == name))
    }

    fn without_effect(&mut self, effect: bool, change: &Change) {
        let broken = |(source, file): &(SourceId, tree::File)| {
            *source == change.source && file.broken.iter().any(|name| name.span.start == change.place.span.start)
        };
        if !effect && !change.restates && !self.files.iter().any(broken) {
            self.problems.push(self.problem(kinds::CHANGES_NOTHING, change));
        }
    }

    /// A change of a criterion or a group; `find` makes it and says whether anything is different.
    fn numbered(&mut self, change: &Change, find: impl Fn(&mut Category) -> Option<bool>) {
        if let Some(off) = self.off.get(&change.target) {
            let problem = self.problem(kinds::SWITCHED_OFF_ALREADY, change);
            self.problems.push(problem.related(Place::Text(off.place), "role-switched-off"));
            return;
        }
        let found = self.categories().find_map(find);
        match found {
            Some(effect) => self.without_effect(effect, change),
            None => {
                let (what, number) = change.named();
                let known = self.numbers(&change.target);
                if !self.is_broken(&number) {
                    self.unknown(what, number, change.place, &known);
                }
            }
        }
    }

    fn categories(&mut self) -> impl Iterator<Item = &mut Category> {
        self.files.iter_mut().flat_map(|(_, file)| &mut file.items).filter_map(|item| match item {
            Item::Category(category) => Some(category),
            _ => None,
        })
    }

    /// The numbers of all criteria, or of all groups.
    fn numbers(&mut self, like: &Target) -> Vec<String> {
        let of_groups = matches!(like, Target::Group(_));
        self.categories()
            .flat_map(|category| {
                let numbers: Vec<String> = if of_groups {
                    groups(category).map(|group| dotted(&group.number)).collect()
                } else {
                    criteria(category).map(|criterion| dotted(&criterion.number)).collect()
                };
                numbers
            })
            .collect()
    }

    fn switch_off(&mut self, change: &Change) {
        let known = self.numbers(&change.target);
        let (what, number) = change.named();
        if let Some(off) = self.off.get(&change.target) {
            let problem = self.problem(kinds::SWITCHED_OFF_ALREADY, change);
            self.problems.push(problem.related(Place::Text(off.place), "role-switched-off"));
        } else if known.contains(&number) {
            self.off.insert(change.target.clone(), Off { place: change.place, what });
        } else if !self.is_broken(&number) {
            self.unknown(what, number, change.place, &known);
        }
    }

    /// Takes out what was switched off, unless something refers to it.
    fn still_referred(&mut self) {
        let mut off: Vec<(Target, Off)> = self.off.drain().collect();
        off.sort_by(|(a, _), (b, _)| a.cmp(b));
        let gone: Vec<Target> = off.iter().map(|(target, _)| target.clone()).collect();
        for (target, Off { place, what }) in off {
            let found = references::to(&self.files, &target, &gone);
            if let Some((_, first)) = found.first() {
                let (Target::Criterion(number) | Target::Group(number)) = &target else { continue };
                let mut by: Vec<String> = found.iter().map(|(name, _)| name.clone()).collect();
                by.dedup();
                let problem = Diagnostic::at(kinds::STILL_REFERRED, place).text("what", what);
                let problem = problem.text("name", number.as_str()).count("count", by.len());
                let problem = problem.with("by", Argument::List(by));
                self.problems.push(problem.related(Place::Text(*first), "role-refers"));
                continue;
            }
            for category in self.categories() {
                take_out(category, &target);
            }
        }
    }

    fn add(&mut self, change: &Change, item: &Item) {
        let Some((class, name)) = Class::of(item) else { return };
        let same =
            |other: &Item| Class::of(other).is_some_and(|(c, _)| c == class) && names(other).contains(&name.text);
        let all = self.files.iter().flat_map(|(source, file)| file.items.iter().map(move |item| (*source, item)));
        let first = all.into_iter().find(|(_, other)| same(other));
        let first = first.and_then(|(source, item)| Some(SourceSpan::new(source, Class::of(item)?.1.span)));
        if let Some(first) = first {
            let problem = self.problem(kinds::EXISTS_ALREADY, change);
            self.problems.push(problem.related(Place::Text(first), "role-first-declared"));
        } else if let Some((_, main)) = self.files.first_mut() {
            main.items.push(item.clone());
        }
    }

    fn add_criterion(&mut self, change: &Change, criterion: &Criterion, home: &AddedTo) {
        let files = &self.files;
        let taken = files.iter().find_map(|(source, file)| {
            let categories = file.items.iter().filter_map(|item| match item {
                Item::Category(category) => Some(category),
                _ => None,
            });
            let all = categories.flat_map(|category| category.parts.iter().flat_map(references::criteria_of));
            let mut same = all.filter(|other| other.number.parts == criterion.number.parts);
            same.next().map(|other| SourceSpan::new(*source, other.number.span))
        });
        if let Some(first) = taken {
            let place = SourceSpan::new(change.source, criterion.number.span);
            let problem = Diagnostic::at(kinds::EXISTS_ALREADY, place).text("what", "criterion");
            let problem = problem.text("name", dotted(&criterion.number));
            self.problems.push(problem.related(Place::Text(first), "role-first-declared"));
            return;
        }
        let mut criterion = criterion.clone();
        criterion.on_missing = criterion.on_missing.or(self.on_missing);
        let mut known = Vec::new();
        let mut place = Some(criterion);
        for category in self.categories() {
            match home {
                AddedTo::Category(name) => {
                    known.push(category.name.text.to_string());
                    if category.name.text == name.text
                        && let Some(criterion) = place.take()
                    {
                        category.parts.push(CategoryPart::Criterion(criterion));
                    }
                }
                AddedTo::Group(number) => {
                    for group in groups(category) {
                        known.push(dotted(&group.number));
                        if group.number.parts == number.parts
                            && let Some(criterion) = place.take()
                        {
                            group.criteria.push(criterion);
                        }
                    }
                }
            }
        }
        if place.is_some() {
            let (what, name, span) = match home {
                AddedTo::Category(name) => ("category", name.text.to_string(), name.span),
                AddedTo::Group(number) => ("group", dotted(number), number.span),
            };
            if !self.is_broken(&name) {
                self.unknown(what, name, SourceSpan::new(change.source, span), &known);
            }
        }
    }

    /// A policy for all criteria: the default of the rules, and each criterion that says otherwise.
    fn every_criterion(&mut self, change: &Change) {
        let fragment = &change.fragment;
        let state = |rules: &Rules| {
            content(&rules.files.iter().map(|(_, file)| (&file.header, &file.items)).collect::<Vec<_>>())
        };
        let before = state(self);
        let mut header = self.files.first_mut().and_then(|(_, file)| file.header.as_mut());
        if let Some(header) = &mut header {
            if fragment.quota_rounding.is_some() {
                header.quota_rounding = fragment.quota_rounding;
            }
            if fragment.ties.is_some() {
                header.ties.clone_from(&fragment.ties);
            }
        }
        self.on_missing = fragment.on_missing.or(self.on_missing);
        let aspect = change.aspect;
        for category in self.categories() {
            for criterion in criteria(category) {
                match aspect {
                    Aspect::QuotaRounding => {
                        criterion.quota_rounding = criterion.quota_rounding.and(fragment.quota_rounding)
                    }
                    Aspect::Ties if criterion.ties.is_some() => criterion.ties.clone_from(&fragment.ties),
                    Aspect::MissingData => criterion.on_missing = fragment.on_missing,
                    _ => {}
                }
            }
        }
        let effect = before != state(self);
        self.without_effect(effect, change);
    }
}

/// Changes a definition; says whether it says something else afterwards.
fn changed<T: std::fmt::Debug>(into: &mut T, change: impl FnOnce(&mut T)) -> bool {
    let before = content(into);
    change(into);
    before != content(into)
}

/// The name of a definition and its other forms.
fn names(item: &Item) -> Vec<Arc<str>> {
    let forms: &[tree::Name] = match item {
        Item::List(list) => &list.forms,
        Item::Population(population) => &population.forms,
        _ => &[],
    };
    Class::of(item).map(|(_, name)| name).into_iter().chain(forms).map(|name| name.text.clone()).collect()
}

fn groups(category: &mut Category) -> impl Iterator<Item = &mut Group> {
    category.parts.iter_mut().filter_map(|part| match part {
        CategoryPart::Group(group) => Some(group),
        CategoryPart::Criterion(_) => None,
    })
}

fn criteria(category: &mut Category) -> impl Iterator<Item = &mut Criterion> {
    category.parts.iter_mut().flat_map(|part| match part {
        CategoryPart::Criterion(criterion) => std::slice::from_mut(criterion),
        CategoryPart::Group(group) => group.criteria.as_mut_slice(),
    })
}

fn take_out(category: &mut Category, target: &Target) {
    let is_off = |criterion: &Criterion| *target == Target::Criterion(dotted(&criterion.number));
    category.parts.retain(|part| match part {
        CategoryPart::Criterion(criterion) => !is_off(criterion),
        CategoryPart::Group(group) => *target != Target::Group(dotted(&group.number)),
    });
    for group in groups(category) {
        group.criteria.retain(|criterion| !is_off(criterion));
    }
}
