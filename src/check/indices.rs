//! Indices: components with weight and direction, one scale for all, and what happens when one is absent.

use std::sync::Arc;

use super::names::Entity;
use super::{Checker, Context, notes, title};
use crate::diagnostic::check as kinds;
use crate::diagnostic::{Argument, Diagnostic};
use crate::location::{SourceId, SourceSpan};
use crate::model::expr::{ExprId, ExprKind, Grain, NormalMethod, Normalise};
use crate::model::{Component, Index, IndexId, IndexPart, MissingPolicy, PopulationOrTable};
use crate::number::Number;
use crate::syntax::tree;
use crate::value::{Type, Unit};

impl<'a> Checker<'a> {
    pub(super) fn indices(&mut self) {
        for (position, (source, index)) in self.names.indices.clone().into_iter().enumerate() {
            let at = SourceSpan::new(source, index.name.span);
            self.definition(Entity::Index(position), at, None);
        }
        // Definitions are worked out in order of use; the ids are positions in the order of writing.
        self.rules.indices.sort_by_key(|i| i.span);
        let order: Vec<SourceSpan> =
            self.names.indices.iter().map(|(source, index)| SourceSpan::new(*source, index.span)).collect();
        self.rules.indices.sort_by_key(|i| order.iter().position(|at| *at == i.span));
    }

    pub(super) fn index_value(&mut self, position: usize, window: Option<(i64, i64)>) -> Option<ExprId> {
        let (source, index) = *self.names.indices.get(position)?;
        let at = SourceSpan::new(source, index.name.span);
        if window.is_some() {
            self.push(Diagnostic::at(kinds::CLAUSE_NOT_HERE, at));
            return None;
        }
        let context = self.context(source);
        let mut broken = false;
        let among = match &index.among {
            Some(name) => match self.population_or_table(name, context) {
                Some(among) => among,
                // The rest of the index is still looked at.
                None => {
                    broken = true;
                    PopulationOrTable::Table(self.subject)
                }
            },
            None if matches!(index.normalisation.as_ref().map(|n| &n.method), Some(tree::NormalMethod::None)) => {
                PopulationOrTable::Table(self.subject)
            }
            None => {
                self.push(Diagnostic::at(kinds::NEEDS_AMONG, at));
                return None;
            }
        };
        if self.table_of(among) != Some(self.subject) {
            self.push(Diagnostic::at(kinds::RANK_OTHER_TABLE, at));
            return None;
        }
        let mut within = Vec::new();
        for path in &index.within {
            within.push(self.path(path, context)?);
        }
        let mut parts = Vec::new();
        let mut complete = !broken;
        let mut first_plain: Option<ExprId> = None;
        for part in &index.parts {
            match part {
                tree::IndexPart::Component(component) => {
                    match self.component(index, component, among, &within, &mut first_plain, context) {
                        Some(checked) => parts.push(IndexPart::Component(checked)),
                        None => complete = false,
                    }
                }
                tree::IndexPart::Block { components, span, .. } if components.is_empty() => {
                    self.report(kinds::NO_COMPONENTS, source, *span);
                    complete = false;
                }
                tree::IndexPart::Block { title, weight, components, span } => {
                    let weight = self.weight(weight, context);
                    let checked: Vec<Option<Component>> = components
                        .iter()
                        .map(|c| self.component(index, c, among, &within, &mut first_plain, context))
                        .collect();
                    match (weight, checked.into_iter().collect::<Option<Vec<_>>>()) {
                        (Some(weight), Some(components)) => {
                            let span = SourceSpan::new(source, *span);
                            parts.push(IndexPart::Block { title: title.text.clone(), weight, components, span });
                        }
                        _ => complete = false,
                    }
                }
            }
        }
        if index.parts.is_empty() {
            self.push(Diagnostic::at(kinds::NO_COMPONENTS, at));
        }
        let on_missing = self.missing_policies(source, index, &parts, context)?;
        let round = match &index.round {
            Some((rounding, step, _)) => {
                let at = step.span;
                let step = self.folded_number(step, context)?;
                if step.is_zero() || step.is_negative() {
                    self.report(kinds::BAD_STEP, source, at);
                    return None;
                }
                Some((*rounding, step))
            }
            None => None,
        };
        if !complete || index.parts.is_empty() {
            return None;
        }
        let ty = first_plain.map_or(Type::Number(Unit::Score), |id| self.ty(id));
        let id = IndexId::from_index(position);
        let value = self.add(ExprKind::IndexValue(id), ty, Grain::Row(self.subject), at);
        self.rules.indices.push(Index {
            name: index.name.text.clone(),
            title: title(&index.title),
            among,
            within,
            parts,
            on_missing,
            round,
            value,
            notes: notes(&index.notes),
            span: SourceSpan::new(source, index.span),
        });
        Some(value)
    }

    fn weight(&mut self, weight: &'a tree::Expr, context: Context<'a>) -> Option<Number> {
        let number = self.folded_number(weight, context)?;
        if number.is_negative() || number.is_zero() {
            self.report(kinds::BAD_WEIGHT, context.source, weight.span);
            return None;
        }
        Some(number)
    }

    fn component(
        &mut self,
        index: &'a tree::Index,
        component: &'a tree::Component,
        among: PopulationOrTable,
        within: &[ExprId],
        first_plain: &mut Option<ExprId>,
        context: Context<'a>,
    ) -> Option<Component> {
        let at = SourceSpan::new(context.source, component.span);
        let raw = self.number(&component.value, context);
        let weight = self.weight(&component.weight, context);
        let Some(direction) = component.direction else {
            self.push(Diagnostic::at(kinds::NO_DIRECTION, at));
            return None;
        };
        let Some(normalisation) = component.normalisation.as_ref().or(index.normalisation.as_ref()) else {
            self.push(Diagnostic::at(kinds::NO_NORMALISATION, at));
            return None;
        };
        let method = match &normalisation.method {
            tree::NormalMethod::Standard => NormalMethod::Standard,
            tree::NormalMethod::MinMax(None) => NormalMethod::MinMax,
            tree::NormalMethod::MinMax(Some((low, high))) => {
                let (low, _) = self.constant_number(low, context)?;
                let (high, _) = self.constant_number(high, context)?;
                NormalMethod::FixedMinMax(low, high)
            }
            tree::NormalMethod::RankShare => NormalMethod::RankShare,
            tree::NormalMethod::PercentOf(most) => NormalMethod::PercentOf(self.constant_number(most, context)?.0),
            tree::NormalMethod::None => NormalMethod::Plain,
        };
        let (raw, weight) = (raw?, weight?);
        if method == NormalMethod::Plain {
            match *first_plain {
                Some(first) => {
                    self.common_type(first, raw, at)?;
                }
                None => *first_plain = Some(raw),
            }
        }
        let higher_is_better = direction == tree::Direction::HigherIsBetter;
        let ty = if method == NormalMethod::Plain { self.ty(raw) } else { Type::Number(Unit::Score) };
        let kind = ExprKind::Normalise(Box::new(Normalise {
            value: raw,
            method,
            among,
            within: within.to_vec(),
            reversed: !higher_is_better,
        }));
        let normalised = self.add(kind, ty, Grain::Row(self.subject), at);
        Some(Component {
            title: component_title(component).unwrap_or_else(|| self.source_text(component)),
            raw,
            normalised,
            weight,
            higher_is_better,
            span: at,
        })
    }

    /// What a component without a title is called: the title of the indicator it names, or the formula as written.
    fn source_text(&self, component: &tree::Component) -> Arc<str> {
        if let tree::ExprKind::Path(path) = &component.value.kind {
            let names: Vec<&str> = path.names.iter().map(|n| n.text.as_ref()).collect();
            if let [only] = names.as_slice()
                && let Some(Entity::Indicator(i)) = self.names.values.get(*only)
                && let Some((_, indicator)) = self.names.indicators.get(*i)
                && let Some(title) = &indicator.title
            {
                return title.text.clone();
            }
            return Arc::from(names.join("."));
        }
        Arc::from("")
    }

    fn missing_policies(
        &mut self,
        source: SourceId,
        index: &'a tree::Index,
        parts: &[IndexPart],
        context: Context<'a>,
    ) -> Option<Vec<MissingPolicy>> {
        let names: Vec<(Arc<str>, usize)> = component_names(index);
        let count = parts
            .iter()
            .map(|p| match p {
                IndexPart::Component(_) => 1,
                IndexPart::Block { components, .. } => components.len(),
            })
            .sum::<usize>();
        let mut policies = Vec::new();
        let mut whole = 0;
        for missing in &index.on_missing {
            let at = SourceSpan::new(source, missing.span);
            let policy = match &missing.policy {
                tree::MissingPolicy::Reweight { least_weight, least_components } => {
                    whole += 1;
                    let least_weight = match least_weight {
                        Some(share) => Some(self.folded_number(share, context)?),
                        None => None,
                    };
                    let least_components = match least_components {
                        Some(number) => Some(self.folded_count(number, context)?),
                        None => None,
                    };
                    if least_weight.as_ref().is_some_and(|s| *s > Number::one() || s.is_negative())
                        || least_components.is_some_and(|n| usize::try_from(n).unwrap_or(usize::MAX) > count)
                    {
                        self.push(Diagnostic::at(kinds::BAD_QUOTA, at));
                        return None;
                    }
                    MissingPolicy::Reweight { least_weight, least_components }
                }
                tree::MissingPolicy::Reallocate { from, to } => {
                    let from = self.component_position(source, from, &names)?;
                    let mut receivers = Vec::new();
                    for name in to {
                        receivers.push(self.component_position(source, name, &names)?);
                    }
                    MissingPolicy::Reallocate { from, to: receivers }
                }
                tree::MissingPolicy::Required => {
                    whole += 1;
                    MissingPolicy::Required
                }
                tree::MissingPolicy::Zero => {
                    whole += 1;
                    MissingPolicy::Zero
                }
                tree::MissingPolicy::Median => {
                    whole += 1;
                    MissingPolicy::Median
                }
            };
            if whole > 1 {
                self.push(Diagnostic::at(kinds::CONTRADICTING_MISSING, at));
                return None;
            }
            policies.push(policy);
        }
        Some(policies)
    }

    fn component_position(
        &mut self,
        source: SourceId,
        name: &tree::Name,
        names: &[(Arc<str>, usize)],
    ) -> Option<usize> {
        if let Some((_, at)) = names.iter().find(|(known, _)| *known == name.text) {
            return Some(*at);
        }
        let known: Vec<Arc<str>> = names.iter().map(|(n, _)| n.clone()).collect();
        let mut problem = self.unknown_text(kinds::UNKNOWN_COMPONENT, source, &name.text, name.span, &known);
        let all: Vec<String> = known.iter().map(ToString::to_string).collect();
        problem = problem.with("all", Argument::List(all));
        self.push(problem);
        None
    }
}

fn component_title(component: &tree::Component) -> Option<Arc<str>> {
    component.title.as_ref().map(|t| t.text.clone())
}

/// Components that can be named (those that are a single name), with their positions through all parts.
fn component_names(index: &tree::Index) -> Vec<(Arc<str>, usize)> {
    let all = index.parts.iter().flat_map(|part| match part {
        tree::IndexPart::Component(component) => std::slice::from_ref(component),
        tree::IndexPart::Block { components, .. } => components.as_slice(),
    });
    all.enumerate()
        .filter_map(|(at, component)| match &component.value.kind {
            tree::ExprKind::Path(path) => path.names.last().map(|n| (n.text.clone(), at)),
            _ => None,
        })
        .collect()
}
