//! A definition and what a scenario says of it → the definition as the scenario wants it.
//!
//! What the scenario says replaces what the rules say, clause by clause; what it leaves unsaid stays.

use crate::syntax::tree::{
    Alteration, Category, Criterion, Exit, Group, Index, Indicator, Item, List, NamedCombination, Notes, Parameter,
    Population,
};

/// Changes a definition by another of the same kind.
pub(super) fn item(into: &mut Item, from: &Item) {
    match (into, from) {
        (Item::Parameter(into), Item::Parameter(from)) => parameter(into, from),
        (Item::List(into), Item::List(from)) => list(into, from),
        (Item::Population(into), Item::Population(from)) => population(into, from),
        (Item::Indicator(into), Item::Indicator(from)) => indicator(into, from),
        (Item::Index(into), Item::Index(from)) => index(into, from),
        (Item::Combination(into), Item::Combination(from)) => combination(into, from),
        (Item::Category(into), Item::Category(from)) => category(into, from),
        _ => {}
    }
}

/// Changes what a scenario adds.
pub(super) fn into_added(into: &mut Alteration, from: &Alteration) {
    match (into, from) {
        (Alteration::Added(into), Alteration::Item(from)) => item(into, from),
        (Alteration::AddedCriterion(into, _), Alteration::Criterion(from)) => criterion(into, from),
        _ => {}
    }
}

/// Takes over what is said.
fn said<T: Clone>(into: &mut Option<T>, from: &Option<T>) {
    if from.is_some() {
        into.clone_from(from);
    }
}

fn all<T: Clone>(into: &mut Vec<T>, from: &[T]) {
    if !from.is_empty() {
        *into = from.to_vec();
    }
}

fn notes(into: &mut Notes, from: &Notes) {
    said(&mut into.basis, &from.basis);
    said(&mut into.explanation, &from.explanation);
    said(&mut into.reading, &from.reading);
}

fn parameter(into: &mut Parameter, from: &Parameter) {
    into.value = from.value.clone();
    into.span = from.span;
    said(&mut into.title, &from.title);
    said(&mut into.allowed, &from.allowed);
    notes(&mut into.notes, &from.notes);
}

/// The entries with their source: those of another document have another one.
fn list(into: &mut List, from: &List) {
    into.file = from.file.clone();
    into.source = from.source.clone();
    into.entries = from.entries.clone();
    into.span = from.span;
    all(&mut into.forms, &from.forms);
    said(&mut into.title, &from.title);
    notes(&mut into.notes, &from.notes);
}

/// The base, its condition and the exclusions are one definition.
fn population(into: &mut Population, from: &Population) {
    into.base = from.base.clone();
    into.condition = from.condition.clone();
    into.exclusions = from.exclusions.clone();
    into.span = from.span;
    all(&mut into.forms, &from.forms);
    said(&mut into.title, &from.title);
    notes(&mut into.notes, &from.notes);
}

/// The formula and the clauses that complete it are one definition.
fn indicator(into: &mut Indicator, from: &Indicator) {
    into.formula = from.formula.clone();
    into.over = from.over.clone();
    into.clauses = from.clauses.clone();
    into.span = from.span;
    said(&mut into.not_applicable, &from.not_applicable);
    said(&mut into.suppress, &from.suppress);
    said(&mut into.title, &from.title);
    notes(&mut into.notes, &from.notes);
}

fn index(into: &mut Index, from: &Index) {
    said(&mut into.among, &from.among);
    all(&mut into.within, &from.within);
    said(&mut into.normalisation, &from.normalisation);
    all(&mut into.parts, &from.parts);
    all(&mut into.on_missing, &from.on_missing);
    said(&mut into.round, &from.round);
    said(&mut into.title, &from.title);
    notes(&mut into.notes, &from.notes);
}

fn combination(into: &mut NamedCombination, from: &NamedCombination) {
    into.rule = from.rule.clone();
    into.span = from.span;
    said(&mut into.title, &from.title);
    notes(&mut into.notes, &from.notes);
}

fn category(into: &mut Category, from: &Category) {
    said(&mut into.among, &from.among);
    said(&mut into.assigned, &from.assigned);
    exit(&mut into.exit, &from.exit);
    said(&mut into.title, &from.title);
    notes(&mut into.notes, &from.notes);
}

/// Clause by clause; to do without takes all of them away.
fn exit(into: &mut Exit, from: &Exit) {
    if from.without.is_some() {
        *into = from.clone();
    } else if from.span().is_some() {
        into.without = None;
        said(&mut into.previously, &from.previously);
        said(&mut into.stays, &from.stays);
        said(&mut into.term, &from.term);
    }
}

pub(super) fn group(into: &mut Group, from: &Group) {
    said(&mut into.met, &from.met);
    said(&mut into.title, &from.title);
    notes(&mut into.notes, &from.notes);
}

/// The condition and its cases are one definition.
pub(super) fn criterion(into: &mut Criterion, from: &Criterion) {
    if from.condition.is_some() || !from.cases.is_empty() {
        into.condition = from.condition.clone();
        into.cases = from.cases.clone();
    }
    said(&mut into.not_applicable, &from.not_applicable);
    said(&mut into.quota_rounding, &from.quota_rounding);
    said(&mut into.ties, &from.ties);
    said(&mut into.small_strata, &from.small_strata);
    said(&mut into.on_missing, &from.on_missing);
    said(&mut into.title, &from.title);
    notes(&mut into.notes, &from.notes);
}
