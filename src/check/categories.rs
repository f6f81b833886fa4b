//! Categories, groups and criteria: numbers, conditions, policies, and how they combine.

use std::collections::HashMap;
use std::sync::Arc;

use super::names::Entity;
use super::verdicts::dotted;
use super::{Checker, Context, CutDefaults, Home, notes, title};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::check as kinds;
use crate::location::{Place, SourceId, SourceSpan, Span};
use crate::model::expr::{ExprId, ExprKind};
use crate::model::inputs::rests_on_verdicts;
use crate::model::{
    Category, CategoryId, Criterion, CriterionId, Group, GroupId, MissingData, PopulationOrTable, RuleSet,
};
use crate::syntax::tree;
use crate::value::{Reasons, Type};

/// A criterion as written, with its place in the category.
type Written<'a> = (SourceId, &'a tree::Criterion, usize);

/// Criteria and groups in the order of their numbers in the rule set.
#[derive(Default)]
pub(super) struct Numbered<'a> {
    criteria: Vec<Written<'a>>,
    groups: Vec<(SourceId, &'a tree::Group)>,
}

impl<'a> Checker<'a> {
    /// First the numbers and names, so that whatever is checked may refer to them.
    pub(super) fn numbers(&mut self) -> Numbered<'a> {
        let categories = self.names.categories.clone();
        if categories.is_empty()
            && let Some((source, file)) = self.files.first()
        {
            let span = file.header.as_ref().map_or(Span::default(), |h| h.title.span);
            self.report(kinds::NO_CATEGORY, *source, span);
        }
        let mut numbered = Numbered::default();
        let mut numbers: HashMap<String, SourceSpan> = HashMap::new();
        for (at, (source, category)) in categories.iter().enumerate() {
            self.register(at, *source, category, &mut numbered, &mut numbers);
        }
        numbered
    }

    pub(super) fn categories(&mut self, Numbered { criteria: written, groups }: Numbered<'a>) {
        let categories = self.names.categories.clone();
        for (position, (source, category)) in categories.iter().enumerate() {
            let Some(name) = &category.among else { continue };
            if let Some(PopulationOrTable::Population(among)) = self.population_or_table(name, self.context(*source))
                && let Some(found) = self.rules.categories.get_mut(position)
            {
                found.among = Some(among);
            }
        }
        let place = |source: SourceId, number: &tree::Numbering| SourceSpan::new(source, number.span);
        let criterion_places: Vec<SourceSpan> = written.iter().map(|(s, c, _)| place(*s, &c.number)).collect();
        let group_places: Vec<SourceSpan> = groups.iter().map(|(s, g)| place(*s, &g.number)).collect();
        for (position, (source, criterion, _)) in written.into_iter().enumerate() {
            if let Some(condition) = self.criterion(source, criterion)
                && let Some(found) = self.rules.criteria.get_mut(position)
            {
                found.condition = condition;
            }
        }
        for (position, (source, group)) in groups.into_iter().enumerate() {
            let at = SourceSpan::new(source, group.number.span);
            let rule = self.combination(group.met.as_ref(), Home::Group(position), at);
            if let (Some(rule), Some(found)) = (rule, self.rules.groups.get_mut(position)) {
                found.rule = rule;
            }
        }
        for (position, (source, category)) in categories.into_iter().enumerate() {
            let at = SourceSpan::new(source, category.name.span);
            let entry = self.combination(category.assigned.as_ref(), Home::Category(position), at);
            let whole = entry.and_then(|entry| self.exit(entry, &category.exit, position, source));
            if let (Some((rule, exit)), Some(found)) = (whole, self.rules.categories.get_mut(position)) {
                (found.rule, found.exit) = (rule, exit);
            }
        }
        self.without_effect(&criterion_places, &group_places);
    }

    fn register(
        &mut self,
        at: usize,
        source: SourceId,
        category: &'a tree::Category,
        numbered: &mut Numbered<'a>,
        numbers: &mut HashMap<String, SourceSpan>,
    ) {
        let mut checked = Category {
            name: category.name.text.clone(),
            title: title(&category.title),
            among: None,
            criteria: Vec::new(),
            groups: Vec::new(),
            rule: ExprId::from_index(usize::MAX),
            exit: None,
            notes: notes(&category.notes),
            span: SourceSpan::new(source, category.span),
        };
        for part in &category.parts {
            match part {
                tree::CategoryPart::Criterion(criterion) => {
                    let id = self.register_criterion(at, None, source, criterion, numbered, numbers);
                    checked.criteria.push(id);
                }
                tree::CategoryPart::Group(group) => {
                    let id = GroupId::from_index(self.rules.groups.len());
                    self.number_declared(&group.number, source, numbers);
                    self.rules.groups.push(Group {
                        number: Arc::from(dotted(&group.number)),
                        title: title(&group.title),
                        category: CategoryId::from_index(at),
                        criteria: Vec::new(),
                        rule: ExprId::from_index(usize::MAX),
                        notes: notes(&group.notes),
                        span: SourceSpan::new(source, group.span),
                    });
                    numbered.groups.push((source, group));
                    let inside: Vec<CriterionId> = group
                        .criteria
                        .iter()
                        .map(|c| self.register_criterion(at, Some(id), source, c, numbered, numbers))
                        .collect();
                    if inside.is_empty() {
                        self.report(kinds::NO_CRITERIA, source, group.number.span);
                    }
                    checked.criteria.extend(&inside);
                    checked.groups.push(id);
                    if let Some(found) = self.rules.groups.get_mut(id.index()) {
                        found.criteria = inside;
                    }
                }
            }
        }
        self.rules.categories.push(checked);
    }

    fn number_declared(
        &mut self,
        number: &tree::Numbering,
        source: SourceId,
        numbers: &mut HashMap<String, SourceSpan>,
    ) {
        let here = SourceSpan::new(source, number.span);
        let text = dotted(number);
        if let Some(before) = numbers.get(&text) {
            self.push(
                Diagnostic::at(kinds::DUPLICATE_NUMBER, here)
                    .text("number", text)
                    .related(Place::Text(*before), "role-first-declared"),
            );
        } else {
            numbers.insert(text, here);
        }
    }

    fn register_criterion(
        &mut self,
        category: usize,
        group: Option<GroupId>,
        source: SourceId,
        criterion: &'a tree::Criterion,
        numbered: &mut Numbered<'a>,
        numbers: &mut HashMap<String, SourceSpan>,
    ) -> CriterionId {
        self.number_declared(&criterion.number, source, numbers);
        let on_missing = match criterion.on_missing.map(|(policy, _)| policy) {
            None | Some(tree::MissingData::Undetermined) => MissingData::Undetermined,
            Some(tree::MissingData::NotMet) => MissingData::NotMet,
            Some(tree::MissingData::Met) => MissingData::Met,
            Some(tree::MissingData::NotApplicable) => MissingData::NotApplicable,
        };
        self.rules.criteria.push(Criterion {
            number: Arc::from(dotted(&criterion.number)),
            title: title(&criterion.title),
            category: CategoryId::from_index(category),
            group,
            condition: ExprId::from_index(usize::MAX),
            on_missing,
            notes: notes(&criterion.notes),
            span: SourceSpan::new(source, criterion.span),
        });
        numbered.criteria.push((source, criterion, category));
        CriterionId::from_index(self.rules.criteria.len() - 1)
    }

    fn criterion(&mut self, source: SourceId, criterion: &'a tree::Criterion) -> Option<ExprId> {
        let at = SourceSpan::new(source, criterion.number.span);
        let cut = CutDefaults {
            rounding: criterion.quota_rounding.map(|(r, _)| r).or(self.defaults.rounding),
            ties: criterion.ties.as_ref().or(self.defaults.ties),
            small: criterion.small_strata.as_ref(),
        };
        let context = Context { cut, ..self.context(source) };
        let condition = match &criterion.condition {
            Some(condition) => self.condition(condition, context),
            None if criterion.cases.is_empty() => {
                self.push(Diagnostic::at(kinds::NO_CONDITION, at));
                return None;
            }
            None => {
                self.push(Diagnostic::at(kinds::CASES_WITHOUT_REST, at));
                return None;
            }
        };
        let mut branches = Vec::new();
        let mut complete = true;
        for (when, then, _) in &criterion.cases {
            match (self.condition(when, context), self.condition(then, context)) {
                (Some(when), Some(then)) => branches.push((when, then)),
                _ => complete = false,
            }
        }
        let mut condition = condition?;
        if !complete {
            return None;
        }
        if !branches.is_empty() {
            let first = criterion.cases.first().map_or(criterion.span, |(.., span)| *span);
            let rest = criterion.condition.as_ref().map_or(criterion.span, |rest| rest.span);
            let whole = SourceSpan::new(source, first.to(rest));
            condition = self.if_expr(branches, condition, whole)?;
        }
        if let Some(expr) = &criterion.not_applicable {
            let when = self.condition(expr, context)?;
            let here = SourceSpan::new(source, criterion.condition.as_ref().map_or(expr.span, |rest| rest.span));
            let grain = self.joint_grain(&[condition, when]);
            let kind = ExprKind::AbsentWhen { value: condition, when, reasons: Reasons::NOT_APPLICABLE };
            condition = self.add(kind, Type::YesNo, grain, here);
        }
        Some(condition)
    }

    pub(super) fn combination(
        &mut self,
        combination: Option<&'a tree::Combination>,
        home: Home,
        at: SourceSpan,
    ) -> Option<ExprId> {
        match combination {
            None => {
                self.push(Diagnostic::at(kinds::NO_RULE, at));
                None
            }
            Some(tree::Combination::Rule(rule)) => {
                let context = Context { home: Some(home), ..self.context(at.source) };
                self.condition(rule, context)
            }
            Some(tree::Combination::Named(name)) => {
                let found = self.names.combination_names.get(&name.text).copied();
                let Some(entity @ Entity::Combination(position)) = found else {
                    let mut known: Vec<Arc<str>> = self.names.combination_names.keys().cloned().collect();
                    known.sort();
                    self.unknown(kinds::UNKNOWN_COMBINATION, at.source, name, &known);
                    return None;
                };
                self.use_entity(entity);
                let (source, named) = *self.names.combinations.get(position)?;
                let context = Context { home: Some(home), ..self.context(source) };
                self.condition(&named.rule, context)
            }
        }
    }

    /// A category without criteria decides by what other rules decide; one that does not even that decides by nothing.
    pub(super) fn without_criteria(&mut self, rules: &RuleSet) {
        let told = |checker: &Self, at: SourceSpan| {
            checker.diagnostics.iter().any(|d| matches!(d.place, Place::Text(place) if place.source == at.source && at.span.start <= place.span.start && place.span.start < at.span.end))
        };
        for (category, (source, written)) in rules.categories.iter().zip(self.names.categories.clone()) {
            let own = !category.criteria.is_empty() || !category.groups.is_empty();
            if own || rests_on_verdicts(rules, category.rule) || told(self, category.span) {
                continue;
            }
            self.report(kinds::NO_CRITERIA, source, written.name.span);
        }
    }
}
