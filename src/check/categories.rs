//! Categories, groups and criteria: numbers, conditions, policies, and how they combine.

use std::collections::HashMap;
use std::sync::Arc;

use super::conditions::dotted;
use super::names::Entity;
use super::{Checker, Context, CutDefaults, Home, notes, title};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::check as kinds;
use crate::location::{Place, SourceId, SourceSpan, Span};
use crate::model::expr::{ExprId, ExprKind};
use crate::model::{Category, CategoryId, Criterion, CriterionId, Group, GroupId, MissingData, PopulationOrTable};
use crate::syntax::tree;
use crate::value::{Reasons, Type};

/// A criterion as written, with its place in the category.
type Written<'a> = (SourceId, &'a tree::Criterion, usize);

impl<'a> Checker<'a> {
    pub(super) fn categories(&mut self) {
        let categories = self.names.categories.clone();
        if categories.is_empty()
            && let Some((source, file)) = self.files.first()
        {
            let span = file.header.as_ref().map_or(Span::default(), |h| h.title.span);
            self.report(kinds::NO_CATEGORY, *source, span);
        }
        // First the numbers, so that conditions may refer to criteria that come later.
        let mut written: Vec<Written<'a>> = Vec::new();
        let mut groups: Vec<(SourceId, &'a tree::Group)> = Vec::new();
        let mut numbers: HashMap<String, SourceSpan> = HashMap::new();
        for (at, (source, category)) in categories.iter().enumerate() {
            self.register(at, *source, category, &mut written, &mut groups, &mut numbers);
        }
        let place = |source: SourceId, number: &tree::Numbering| SourceSpan::new(source, number.span);
        let criterion_places: Vec<SourceSpan> = written.iter().map(|(s, c, _)| place(*s, &c.number)).collect();
        let group_places: Vec<SourceSpan> = groups.iter().map(|(s, g)| place(*s, &g.number)).collect();
        for (position, (source, criterion, _)) in written.into_iter().enumerate() {
            if let Some(condition) = self.criterion(position, source, criterion)
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
        written: &mut Vec<Written<'a>>,
        groups: &mut Vec<(SourceId, &'a tree::Group)>,
        numbers: &mut HashMap<String, SourceSpan>,
    ) {
        let among =
            category.among.as_ref().and_then(|name| match self.population_or_table(name, self.context(source))? {
                PopulationOrTable::Population(id) => Some(id),
                PopulationOrTable::Table(_) => None,
            });
        let mut checked = Category {
            name: category.name.text.clone(),
            title: title(&category.title),
            among,
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
                    let id = self.register_criterion(at, None, source, criterion, written, numbers);
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
                    groups.push((source, group));
                    let inside: Vec<CriterionId> = group
                        .criteria
                        .iter()
                        .map(|c| self.register_criterion(at, Some(id), source, c, written, numbers))
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
        if checked.criteria.is_empty() && checked.groups.is_empty() {
            self.report(kinds::NO_CRITERIA, source, category.name.span);
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
        written: &mut Vec<Written<'a>>,
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
        written.push((source, criterion, category));
        CriterionId::from_index(self.rules.criteria.len() - 1)
    }

    fn criterion(&mut self, position: usize, source: SourceId, criterion: &'a tree::Criterion) -> Option<ExprId> {
        let at = SourceSpan::new(source, criterion.number.span);
        let cut = CutDefaults {
            rounding: criterion.quota_rounding.map(|(r, _)| r).or(self.defaults.rounding),
            ties: criterion.ties.as_ref().or(self.defaults.ties),
            small: criterion.small_strata.as_ref(),
        };
        let context = Context { cut, criterion: Some(position), ..self.context(source) };
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

    /// Criteria whose conditions refer to each other in a circle.
    pub(super) fn criterion_cycles(&mut self) {
        let uses = std::mem::take(&mut self.criterion_uses);
        let mut next: HashMap<usize, Vec<(usize, SourceSpan)>> = HashMap::new();
        for (from, to, at) in uses {
            next.entry(from).or_default().push((to, at));
        }
        let count = self.rules.criteria.len();
        // 0 not seen, 1 on the way, 2 done; walked with an explicit stack.
        let mut state = vec![0u8; count];
        for start in 0..count {
            let mut way: Vec<(usize, usize)> = vec![(start, 0)];
            while let Some((at, step)) = way.last_mut() {
                let here = *at;
                if *step == 0 {
                    match state.get(here) {
                        Some(0) => {}
                        _ => {
                            way.pop();
                            continue;
                        }
                    }
                    if let Some(mark) = state.get_mut(here) {
                        *mark = 1;
                    }
                }
                let following = next.get(&here).and_then(|v| v.get(*step)).copied();
                *step += 1;
                match following {
                    None => {
                        if let Some(mark) = state.get_mut(here) {
                            *mark = 2;
                        }
                        way.pop();
                    }
                    Some((to, place)) if state.get(to) == Some(&1) => {
                        let mut circle: Vec<String> = way
                            .iter()
                            .map(|(c, _)| *c)
                            .skip_while(|c| *c != to)
                            .chain([to])
                            .filter_map(|c| self.rules.criteria.get(c).map(|c| c.number.to_string()))
                            .collect();
                        if circle.len() == 1 {
                            circle.extend(circle.first().cloned());
                        }
                        self.push(Diagnostic::at(kinds::CIRCULAR, place).text("circle", circle.join(" → ")));
                    }
                    Some((to, _)) if state.get(to) == Some(&0) => way.push((to, 0)),
                    Some(_) => {}
                }
            }
        }
    }
}
