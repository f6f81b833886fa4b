//! Who refers to a criterion or a group by its number.

use super::change::{Target, dotted};
use crate::location::{SourceId, SourceSpan, Span};
use crate::syntax::tree::{
    CategoryPart, ClauseKind, Combination, Criterion, Expr, ExprKind, File, Item, MetCountOf, Numbering,
    ParameterValue, QuantifiedOver, Quantifier, WindowYears, YearsQuantifier,
};

/// Names or numbers of what refers to a criterion or a group, with the places; what is itself gone does not count.
pub(super) fn to(files: &[(SourceId, File)], target: &Target, gone: &[Target]) -> Vec<(String, SourceSpan)> {
    let mut finder = Finder { target, source: SourceId::default(), found: Vec::new() };
    for (source, file) in files {
        finder.source = *source;
        for item in &file.items {
            finder.item(item, gone);
        }
    }
    finder.found
}

/// The criteria of a part of a category.
pub(super) fn criteria_of(part: &CategoryPart) -> &[Criterion] {
    match part {
        CategoryPart::Criterion(criterion) => std::slice::from_ref(criterion),
        CategoryPart::Group(group) => &group.criteria,
    }
}

struct Finder<'a> {
    target: &'a Target,
    source: SourceId,
    found: Vec<(String, SourceSpan)>,
}

impl Finder<'_> {
    fn item(&mut self, item: &Item, gone: &[Target]) {
        match item {
            Item::Combination(combination) => self.expr(&combination.rule, &combination.name.text),
            Item::Indicator(indicator) => self.expr(&indicator.formula, &indicator.name.text),
            Item::Population(population) => {
                for condition in population.condition.iter().chain(population.exclusions.iter().map(|e| &e.condition)) {
                    self.expr(condition, &population.name.text);
                }
            }
            Item::Parameter(parameter) => {
                if let ParameterValue::Single(value) = &parameter.value {
                    self.expr(value, &parameter.name.text);
                }
            }
            Item::Category(category) => {
                if let Some(Combination::Rule(rule)) = &category.assigned {
                    self.expr(rule, &category.name.text);
                }
                let exit = &category.exit;
                if let Some(Combination::Rule(rule)) = &exit.stays {
                    self.expr(rule, &category.name.text);
                }
                for condition in exit.previously.iter().chain(exit.term.as_ref().map(|term| &term.by)) {
                    self.expr(condition, &category.name.text);
                }
                for part in &category.parts {
                    if let CategoryPart::Group(group) = part {
                        let number = dotted(&group.number);
                        if gone.contains(&Target::Group(number.clone())) {
                            continue;
                        }
                        if let Some(Combination::Rule(rule)) = &group.met {
                            self.expr(rule, &number);
                        }
                    }
                    for criterion in criteria_of(part) {
                        let number = dotted(&criterion.number);
                        if gone.contains(&Target::Criterion(number.clone())) {
                            continue;
                        }
                        let cases = criterion.cases.iter().flat_map(|(when, then, _)| [when, then]);
                        for expr in cases.chain(&criterion.condition).chain(&criterion.not_applicable) {
                            self.expr(expr, &number);
                        }
                    }
                }
            }
            Item::Include(_)
            | Item::List(_)
            | Item::Table(_)
            | Item::Registered(_)
            | Item::Index(_)
            | Item::Function(_)
            | Item::Scenario(_) => {}
        }
    }

    fn number(&mut self, number: &Numbering, of_group: bool, by: &str) {
        let named = if of_group { Target::Group(dotted(number)) } else { Target::Criterion(dotted(number)) };
        if named == *self.target {
            self.note(number.span, by);
        }
    }

    fn note(&mut self, span: Span, by: &str) {
        self.found.push((by.to_owned(), SourceSpan::new(self.source, span)));
    }

    /// Walked with a list of its own: conditions nest deeply.
    fn expr(&mut self, expr: &Expr, by: &str) {
        let mut open = vec![expr];
        while let Some(expr) = open.pop() {
            match &expr.kind {
                ExprKind::CriterionStatus { number, .. } => self.number(number, false, by),
                ExprKind::Quantified(quantified) => {
                    match &quantified.of {
                        QuantifiedOver::ListedCriteria(numbers) => {
                            numbers.iter().for_each(|number| self.number(number, false, by));
                        }
                        QuantifiedOver::ListedGroups(numbers) => {
                            numbers.iter().for_each(|number| self.number(number, true, by));
                        }
                        QuantifiedOver::Conditions(conditions) => open.extend(conditions),
                        QuantifiedOver::Criteria | QuantifiedOver::Groups => {}
                    }
                    if let Quantifier::AtLeast(count) | Quantifier::AtMost(count) | Quantifier::Exactly(count) =
                        &quantified.quantifier
                    {
                        open.push(count);
                    }
                }
                ExprKind::MetCount(MetCountOf::Listed(numbers)) => {
                    numbers.iter().for_each(|number| self.number(number, false, by));
                }
                ExprKind::Parenthesised(inner) | ExprKind::Negate(inner) | ExprKind::Not(inner) => open.push(inner),
                ExprKind::Status { value, .. } | ExprKind::InList { value, .. } => open.push(value),
                ExprKind::Arithmetic(_, a, b)
                | ExprKind::Compare(_, a, b)
                | ExprKind::And(a, b)
                | ExprKind::Or(a, b) => {
                    open.extend([a.as_ref(), b.as_ref()]);
                }
                ExprKind::Between { value, low, high, .. } => open.extend([value.as_ref(), low, high]),
                ExprKind::OneOf { value, options, .. } => open.extend(std::iter::once(value.as_ref()).chain(options)),
                ExprKind::InCut(cut) => open.extend(std::iter::once(&cut.value).chain(&cut.quota)),
                ExprKind::Years(years) => {
                    open.push(&years.condition);
                    if let YearsQuantifier::AtLeast(count) | YearsQuantifier::Consecutive(count) = &years.quantifier {
                        open.push(count);
                    }
                    match &years.window.years {
                        WindowYears::Last(count) => open.push(count),
                        WindowYears::Range(from, to) => open.extend([from.as_ref(), to]),
                    }
                }
                ExprKind::If { branches, otherwise } => {
                    open.extend(branches.iter().flat_map(|(when, then)| [when, then]));
                    open.push(otherwise);
                }
                ExprKind::Call(call) => {
                    open.extend(&call.arguments);
                    for clause in &call.clauses {
                        if let ClauseKind::Where(inner) | ClauseKind::Suppressing(inner) | ClauseKind::Weight(inner) =
                            &clause.kind
                        {
                            open.push(inner);
                        }
                    }
                }
                ExprKind::Number(..)
                | ExprKind::Text(_)
                | ExprKind::YesNo(_)
                | ExprKind::Date(_)
                | ExprKind::Path(_)
                | ExprKind::CategoryStatus(_)
                | ExprKind::MetCount(MetCountOf::Category(_)) => {}
            }
        }
    }
}
