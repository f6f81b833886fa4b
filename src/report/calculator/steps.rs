//! The explanation of a school → steps of arithmetic.

use std::collections::HashMap;

use super::{Bound, Calculator, Formula, Step, Unknown};
use crate::decision::Verdict;
use crate::diagnostic::Argument;
use crate::explain::condition::{
    AggregateTrace, Asked, Detail, IndexTrace, InputCell, Node, NormaliseTrace, RankStanding, RankTrace, RowUse, Scope,
    TiesTrace, TracedRow, YearsAsked,
};
use crate::explain::explanation::{CategoryExplanation, CriterionExplanation, Explanation, Standing};
use crate::location::SourceSpan;
use crate::messages::Precision;
use crate::model::expr::{AggregateFunction, ArithmeticOp, CompareOp, ExprId, ExprKind, NormalMethod, ValueStatus};
use crate::model::{CategoryId, CriterionId, GroupId, IndexId, IndicatorId, MissingData, MissingPolicy, ParameterId};
use crate::number::Number;
use crate::report::explanation::{Teller, school_title};
use crate::report::page::plain;
use crate::report::registered;
use crate::schema::{ColumnId, TableId};
use crate::value::{Reasons, Truth, Type, Unit, Value};

/// All decisions on the school of an explanation (see [`crate::explain::explain_every`]).
pub fn calculator(explanation: &Explanation, teller: &Teller<'_>) -> Calculator {
    let mut made = Steps { teller: *teller, inputs: Vec::new(), steps: Vec::new(), known: HashMap::new(), linked: 0 };
    for category in &explanation.categories {
        let unsure = explanation.populations.iter().find(|population| {
            Some(population.id) == category.among && matches!(population.standing, Standing::Unknown(_))
        });
        made.category(category, unsure.is_some());
    }
    let mut subtitle = explanation.rules.title.to_string();
    if let Some(scenario) = &explanation.rules.scenario {
        let title = [("title", Argument::Text(scenario.to_string()))];
        subtitle = format!("{subtitle}. {}", teller.speaker.say("report-scenario-name", &title));
    }
    for replaced in crate::report::summary::replaced(teller.rules, teller.speaker) {
        subtitle = format!("{}. {replaced}", subtitle.trim_end_matches('.'));
    }
    let inputs = made.inputs.len();
    let place = |at: usize| if at >= INPUT { at - INPUT } else { at + inputs };
    let mut steps = made.inputs;
    steps.append(&mut made.steps);
    for step in &mut steps {
        step.formula.renumber(&place);
        step.weight_from = step.weight_from.map(place);
    }
    Calculator {
        title: school_title(&explanation.school),
        subtitle,
        notice: notice(explanation, teller),
        inputs,
        steps,
    }
}

/// Inputs are counted from here until all of them are known; then they go before the other steps.
const INPUT: usize = usize::MAX / 2;

/// That the data are made up, why a category does not judge the school, and what people decided whatever the calculation says.
fn notice(explanation: &Explanation, teller: &Teller<'_>) -> Option<String> {
    let made_up = explanation
        .synthetic
        .as_ref()
        .map(|note| teller.speaker.say("report-synthetic", &[("note", Argument::Text(note.to_string()))]));
    let decided = explanation.categories.iter().filter_map(|category| {
        let decision = category.registered.as_ref()?;
        Some(format!("{}: {}.", category.name, registered::said(decision, teller.speaker)))
    });
    let not_judged = explanation.categories.iter().filter_map(|category| {
        let why = teller.not_judged(category, explanation)?;
        Some(format!("{}: {why}.", category.name))
    });
    let said: Vec<String> = made_up.into_iter().chain(not_judged).chain(decided).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// What stands once, whoever refers to it.
#[derive(PartialEq, Eq, Hash)]
enum Once {
    Criterion(CriterionId),
    Group(GroupId),
    Category(CategoryId),
    Parameter(ParameterId),
    Indicator(IndicatorId),
    Index(IndexId),
    Cell(TableId, ColumnId, usize),
    /// A number of others, by what it is called.
    Number(String, Number),
}

struct Steps<'a> {
    teller: Teller<'a>,
    inputs: Vec<Step>,
    steps: Vec<Step>,
    known: HashMap<Once, usize>,
    /// Links followed from the school to the row that is looked at.
    linked: usize,
}

impl Steps<'_> {
    /// `unsure`: it is not known whether the category judges the school; that does not follow from the steps.
    fn category(&mut self, category: &CategoryExplanation, unsure: bool) {
        for criterion in &category.criteria {
            self.criterion(criterion);
        }
        for group in &category.groups {
            let rule = self.node(&group.rule, 2);
            let label = self.teller.group_name(group);
            let at = self.decision(label, rule, group.verdict, (Unknown::Stays, Unknown::Stays), 1);
            self.known.insert(Once::Group(group.id), at);
        }
        let label = category.title.as_ref().unwrap_or(&category.name).to_string();
        let at = if category.verdict == Verdict::NotJudged {
            let kind = Type::YesNo;
            let value = Value::Absent(Reasons::NOT_APPLICABLE);
            self.push(Step { verdict: Some(category.verdict), ..plain_step(0, label, Formula::Given, value, kind) })
        } else if let (true, Verdict::Undetermined(reasons)) = (unsure, category.verdict) {
            self.node(&category.rule, 1);
            let value = Value::Truth(Truth::unknown(reasons));
            let step = plain_step(0, label, Formula::Given, value, Type::YesNo);
            self.push(Step { verdict: Some(category.verdict), ..step })
        } else {
            let rule = self.node(&category.rule, 1);
            self.decision(label, rule, category.verdict, (Unknown::Stays, Unknown::Stays), 0)
        };
        self.known.insert(Once::Category(category.id), at);
    }

    fn criterion(&mut self, criterion: &CriterionExplanation) {
        let condition = self.node(&criterion.condition, 2);
        let of = |policy: MissingData| match policy {
            MissingData::Undetermined => Unknown::Stays,
            MissingData::Met => Unknown::Met,
            MissingData::NotMet => Unknown::NotMet,
            MissingData::NotApplicable => Unknown::NotApplicable,
        };
        let unknown = match (criterion.policy_applied, criterion.verdict) {
            (_, Verdict::NotApplicable) => Unknown::NotApplicable,
            (Some(policy), _) => of(policy),
            (None, _) => Unknown::Stays,
        };
        let written = self.teller.rules.criteria.get(criterion.id.index()).map(|criterion| criterion.on_missing);
        let policy = written.map_or(unknown, of);
        let label = self.teller.criterion_name(criterion);
        let at = self.decision(label, condition, criterion.verdict, (unknown, policy), 1);
        self.known.insert(Once::Criterion(criterion.id), at);
    }

    fn decision(
        &mut self,
        label: String,
        condition: usize,
        verdict: Verdict,
        (unknown, policy): (Unknown, Unknown),
        depth: usize,
    ) -> usize {
        let value = match verdict {
            Verdict::Met => Value::Truth(Truth::TRUE),
            Verdict::NotMet => Value::Truth(Truth::FALSE),
            Verdict::Undetermined(reasons) => Value::Truth(Truth::unknown(reasons)),
            Verdict::NotApplicable | Verdict::NotJudged => Value::Absent(Reasons::NOT_APPLICABLE),
        };
        let formula = Formula::Verdict { condition, unknown, policy };
        self.push(Step { verdict: Some(verdict), ..plain_step(depth, label, formula, value, Type::YesNo) })
    }

    fn push(&mut self, step: Step) -> usize {
        self.steps.push(step);
        self.steps.len() - 1
    }

    /// A cell of the data as an input.
    fn cell(&mut self, cell: &InputCell, kind: &Type) -> usize {
        let once = Once::Cell(cell.table, cell.column, cell.row);
        if let Some(at) = self.known.get(&once) {
            return *at;
        }
        let value = match &cell.value {
            Value::Absent(reasons) if *kind == Type::YesNo => Value::Truth(Truth::unknown(*reasons)),
            value => value.clone(),
        };
        let place = cell.cell.as_ref().map(|cell| self.teller.speaker.cell_said(cell));
        let step = plain_step(0, cell.title.to_string(), Formula::Given, value, kind.clone());
        self.input(once, Step { place, ..step })
    }

    /// A number that other schools determine as an input.
    fn number(&mut self, id: &'static str, name: &str, number: &Number, kind: &Type) -> usize {
        let label = self.teller.speaker.say(id, &[("name", Argument::Text(name.to_owned()))]);
        let once = Once::Number(label.clone(), number.clone());
        if let Some(at) = self.known.get(&once) {
            return *at;
        }
        let of_rules = id == "calculator-share";
        let place = self.teller.speaker.word(if of_rules { "calculator-of-rules" } else { "calculator-of-others" });
        let place = Some(place);
        let step = plain_step(0, label, Formula::Given, Value::Number(number.clone()), kind.clone());
        self.input(once, Step { place, ..step })
    }

    fn input(&mut self, once: Once, step: Step) -> usize {
        self.inputs.push(step);
        let at = INPUT + self.inputs.len() - 1;
        self.known.insert(once, at);
        at
    }

    /// The words of the rules at a place.
    fn words(&self, at: SourceSpan) -> String {
        let text = self.teller.sources.get(at.source).map_or("", |source| source.slice(at.span));
        crate::syntax::without_comments(text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The step of a node, after the steps that it needs.
    fn node(&mut self, node: &Node, depth: usize) -> usize {
        if let Detail::Cell(cell) = &node.detail {
            return self.cell(cell, &node.ty);
        }
        let once = self.once(&node.detail);
        if let Some(at) = once.as_ref().and_then(|once| self.known.get(once)) {
            return *at;
        }
        let formula = self.formula(node, depth);
        let label = plain(&self.teller.line(node));
        let at = self.push(plain_step(depth, label, formula, node.value.clone(), node.ty.clone()));
        if let Some(once) = once {
            self.known.insert(once, at);
        }
        at
    }

    /// How a node is known that stands once; what is reached by a link is another one for every row.
    fn once(&self, detail: &Detail) -> Option<Once> {
        Some(match detail {
            Detail::Criterion(id, _) => Once::Criterion(*id),
            Detail::Group(id, _) => Once::Group(*id),
            // a school that the category does not judge is not in it: its step says that it is not judged
            Detail::Category(_, Verdict::NotJudged) => return None,
            Detail::Category(id, _) => Once::Category(*id),
            Detail::Parameter(parameter) if self.linked == 0 => Once::Parameter(parameter.id),
            Detail::Indicator(indicator) if self.linked == 0 => Once::Indicator(indicator.id),
            Detail::Index(index) if self.linked == 0 => Once::Index(index.id),
            _ => return None,
        })
    }

    fn nodes(&mut self, nodes: &[Node], depth: usize) -> Vec<usize> {
        nodes.iter().map(|node| self.node(node, depth + 1)).collect()
    }

    fn formula(&mut self, node: &Node, depth: usize) -> Formula {
        match &node.detail {
            Detail::Aggregate(trace) => return self.aggregate(trace, node, depth),
            Detail::IndexValue(trace) => return self.index(trace, &node.value, &node.children, depth),
            _ => {}
        }
        let linked = usize::from(matches!(node.detail, Detail::Follow(_)));
        self.linked += linked;
        let below = self.nodes(&node.children, depth);
        self.linked -= linked;
        let one = |formula: fn(usize) -> Formula| below.first().map_or(Formula::Given, |at| formula(*at));
        let two = |formula: &dyn Fn(usize, usize) -> Formula| match below.as_slice() {
            [a, b] => formula(*a, *b),
            _ => Formula::Given,
        };
        // between two bounds a formula does not tell
        if node.children.iter().any(|child| matches!(child.value, Value::Between(..))) && node.ty == Type::YesNo {
            return Formula::Given;
        }
        match &node.detail {
            Detail::Parameter(_) | Detail::Indicator(_) | Detail::Index(_) | Detail::Follow(_) => one(Formula::Step),
            Detail::Negate => one(Formula::Negate),
            Detail::Absolute => one(Formula::Absolute),
            Detail::Not => one(Formula::Not),
            Detail::Arithmetic(op) => two(&|a, b| Formula::Arithmetic(*op, a, b)),
            Detail::Extreme { largest } => Formula::Extreme { largest: *largest, of: below },
            Detail::Round(rounding) => two(&|value, step| Formula::Round { value, step, rounding: *rounding }),
            Detail::Compare(comparison) => two(&|a, b| Formula::Compare(comparison.operator, a, b)),
            Detail::Between { negated, .. } => match below.as_slice() {
                [value, low, high] => Formula::Between { value: *value, low: *low, high: *high, negated: *negated },
                _ => Formula::Given,
            },
            Detail::OneOf { negated, .. } => match below.split_first() {
                Some((value, options)) => {
                    Formula::OneOf { value: *value, options: options.to_vec(), negated: *negated }
                }
                None => Formula::Given,
            },
            Detail::And => Formula::And(below),
            Detail::Or => Formula::Or(below),
            Detail::Quantified(count) => match bound(&count.asked) {
                Some(bound) => Formula::Counted { bound, applicable: count.applicable, of: below },
                None => Formula::Given,
            },
            Detail::Years { quantifier, .. } => match quantifier {
                YearsAsked::Each => Formula::And(below),
                YearsAsked::AtLeast(Value::Number(least)) => {
                    Formula::Counted { bound: Bound::AtLeast(least.clone()), applicable: false, of: below }
                }
                _ => Formula::Given,
            },
            Detail::Keyed { .. } => match below.split_first() {
                Some((by, rest)) if rest.len() > 1 => {
                    let (entries, otherwise) = rest.as_chunks::<2>();
                    let entries = entries.iter().map(|[key, value]| (*key, *value)).collect();
                    Formula::Keyed { by: *by, entries, otherwise: otherwise.first().copied() }
                }
                _ => Formula::Given,
            },
            Detail::If { branches, .. } => match below.split_last() {
                Some((otherwise, rest)) if rest.len() == 2 * branches => {
                    let (pairs, _) = rest.as_chunks::<2>();
                    let branches = pairs.iter().map(|[condition, value]| (*condition, *value)).collect();
                    Formula::Choose { branches, otherwise: *otherwise }
                }
                _ => Formula::Given,
            },
            Detail::AbsentWhen { reasons, .. } => {
                let inapplicable = *reasons == Reasons::NOT_APPLICABLE;
                two(&|value, when| Formula::AbsentWhen { value, when, inapplicable })
            }
            Detail::Fallback { second_taken } => {
                let at = if *second_taken { below.get(1) } else { below.first() };
                at.map_or(Formula::Given, |at| Formula::Step(*at))
            }
            Detail::Status(status) => match status {
                ValueStatus::Known => one(|value| Formula::Known { value, negated: false }),
                ValueStatus::NotKnown => one(|value| Formula::Known { value, negated: true }),
                ValueStatus::AbsentFor(_) => Formula::Given,
            },
            Detail::CriterionStatus { criterion, asked, .. } => match self.known.get(&Once::Criterion(*criterion)) {
                Some(at) => Formula::VerdictIs(*at, *asked),
                None => Formula::Given,
            },
            Detail::Normalise(trace) => {
                let raw = below.first().zip(node.children.first());
                raw.and_then(|(at, child)| self.scaled(trace, *at, child.span)).unwrap_or(Formula::Given)
            }
            Detail::Rank(trace) => {
                let value = below.first().zip(node.children.first());
                value.and_then(|(at, child)| self.cut(trace, *at, child, depth)).unwrap_or(Formula::Given)
            }
            _ => Formula::Given,
        }
    }

    fn aggregate(&mut self, trace: &AggregateTrace, node: &Node, depth: usize) -> Formula {
        let rules = self.teller.rules;
        let Some(ExprKind::Aggregate(written)) = rules.expr(node.expr).map(|expr| &expr.kind) else {
            return Formula::Given;
        };
        let taken: Vec<&TracedRow> = trace.rows.iter().filter(|row| row.role == RowUse::Taken).collect();
        let is_number = |row: &&TracedRow| matches!(row.value, Value::Number(_));
        let counts = trace.function == AggregateFunction::Count;
        let repeatable = match trace.function {
            AggregateFunction::Quantile(_) | AggregateFunction::Share => false,
            AggregateFunction::Latest => taken.iter().all(|row| row.year.is_some()),
            _ => true,
        };
        let whole = trace.scope == Scope::School && trace.not_listed == 0 && !trace.distinct;
        let undecided = trace.used.as_ref().is_some_and(|used| used.undecided > 0);
        if !whole || !repeatable || undecided || taken.is_empty() || !(counts || taken.iter().all(is_number)) {
            return Formula::Given;
        }
        let first = self.steps.len();
        let expr = |id: ExprId| rules.expr(id).map(|expr| (&expr.kind, expr.ty.clone()));
        for row in &taken {
            let cells: Vec<String> = row.cells.iter().map(|cell| cell.title.to_string()).collect();
            let label = format!("{}: {}", trace.table_title, cells.join(", "));
            let value = if counts { Value::Number(Number::one()) } else { row.value.clone() };
            let mut formula = Formula::Given;
            if let Some((kind, ty)) = written.value.filter(|_| !counts).and_then(expr) {
                let scale = row.scale.as_ref();
                formula = match (kind, scale) {
                    (ExprKind::Normalise(normalise), Some(scale)) => {
                        let raw = self.of_row(normalise.value, row, &scale.raw_type);
                        let raw = raw.or_else(|| match &scale.raw {
                            Value::Number(raw) => Some(self.number("calculator-row", &label, raw, &scale.raw_type)),
                            _ => None,
                        });
                        let span = rules.expr(normalise.value).map_or(node.span, |expr| expr.span);
                        raw.and_then(|raw| self.scaled(scale, raw, span)).unwrap_or(Formula::Given)
                    }
                    _ => {
                        let at = written.value.and_then(|value| self.of_row(value, row, &ty));
                        at.map_or(Formula::Given, Formula::Step)
                    }
                };
            }
            let weight = match &row.weight {
                Some(Value::Number(weight)) => Some(weight.clone()),
                _ => None,
            };
            let kind = written.weight.and_then(expr).map_or(Type::Number(Unit::Number), |(_, ty)| ty);
            let weight_from = written.weight.and_then(|weight| self.of_row(weight, row, &kind));
            let places: Vec<_> = row.cells.iter().filter_map(|cell| cell.cell.as_ref()).collect();
            let place = self.teller.speaker.cells_said(&places);
            let kind = trace.value_type.clone().unwrap_or(Type::Number(Unit::Number));
            let step = plain_step(depth + 1, label, formula, value, kind);
            self.push(Step { weight, weight_from, year: row.year, place, ..step });
        }
        let last = self.steps.len() - 1;
        Formula::Rows { function: trace.function, weighted: trace.weighted, first, last }
    }

    /// The input behind an expression of a row that is one cell of it.
    fn of_row(&mut self, expr: ExprId, row: &TracedRow, kind: &Type) -> Option<usize> {
        let ExprKind::Column(table, column) = self.teller.rules.expr(expr)?.kind else { return None };
        let is_it = |cell: &&InputCell| (cell.table, cell.column, cell.row) == (table, column, row.row);
        let cell = row.cells.iter().find(is_it)?;
        Some(self.cell(cell, kind))
    }

    /// A value brought onto the scale of others.
    fn scaled(&mut self, trace: &NormaliseTrace, raw: usize, at: SourceSpan) -> Option<Formula> {
        let scale = trace.scale.as_ref()?;
        let reversed = trace.reversed;
        let mut name = self.words(at);
        let keys: Vec<String> =
            trace.stratum.iter().map(|key| self.teller.speaker.value(key, &Type::Text, Precision::Plain)).collect();
        if !keys.is_empty() {
            name = format!("{name} ({})", keys.join("; "));
        }
        let kind = &trace.raw_type;
        match trace.method {
            NormalMethod::Standard => {
                let mean = self.number("calculator-mean", &name, scale.mean.as_ref()?, kind);
                let deviation = self.number("calculator-deviation", &name, scale.deviation.as_ref()?, kind);
                Some(Formula::Standard { raw, mean, deviation, reversed })
            }
            NormalMethod::MinMax => {
                let minimum = self.number("calculator-minimum", &name, scale.minimum.as_ref()?, kind);
                let maximum = self.number("calculator-maximum", &name, scale.maximum.as_ref()?, kind);
                Some(Formula::MinMax { raw, minimum, maximum, reversed })
            }
            _ => None,
        }
    }

    /// The value held against the cut-off. `None`: the cut-off alone does not tell.
    fn cut(&mut self, trace: &RankTrace, value: usize, ranked: &Node, depth: usize) -> Option<Formula> {
        let cut_off = trace.cut_off.clone()?;
        if !matches!(trace.standing, RankStanding::Placed { .. }) || trace.small.is_some() {
            return None;
        }
        let inclusive = match trace.ties {
            TiesTrace::Include => true,
            TiesTrace::Exclude => trace.selected > trace.before_cut,
            TiesTrace::BreakBy => return None,
        };
        let operator = match (trace.highest, inclusive) {
            (false, true) => CompareOp::AtMost,
            (false, false) => CompareOp::Less,
            (true, true) => CompareOp::AtLeast,
            (true, false) => CompareOp::More,
        };
        let name = self.words(ranked.span);
        if let Some(share) = &trace.quota.share {
            let count = |n: usize| Number::from_integer(i64::try_from(n).unwrap_or(i64::MAX));
            let people = Type::Number(Unit::Number);
            let base = self.number("calculator-base", &name, &count(trace.quota.base), &people);
            let share = self.number("calculator-share", &name, share, &Type::Number(Unit::Percent));
            let said = |id| self.teller.speaker.say(id, &[("name", Argument::Text(name.clone()))]);
            let labels = [said("calculator-quota-exact"), said("calculator-one"), said("calculator-quota")];
            let [exact, one, quota] = labels;
            let product = Formula::Arithmetic(ArithmeticOp::Multiply, base, share);
            let found = Value::Number(trace.quota.exact.clone());
            let exact = self.push(plain_step(depth + 1, exact, product, found, people.clone()));
            let found = Value::Number(Number::one());
            let one = self.push(plain_step(depth + 1, one, Formula::Given, found, people.clone()));
            let round = Formula::Round { value: exact, step: one, rounding: trace.rounding };
            let found = crate::number::rounding::round_to_multiple(&trace.quota.exact, &Number::one(), trace.rounding)?;
            self.push(plain_step(depth + 1, quota, round, Value::Number(found), people));
        }
        let cut_off = self.number("calculator-cut-off", &name, &cut_off, &trace.value_type);
        Some(Formula::Compare(if trace.negated { operator.opposite() } else { operator }, value, cut_off))
    }

    /// `found`: the value of the index.
    fn index(&mut self, trace: &IndexTrace, found: &Value, children: &[Node], depth: usize) -> Formula {
        let policies = self.teller.rules.indices.get(trace.index.index()).map_or(&[][..], |index| &index.on_missing);
        let floor = match policies {
            [MissingPolicy::Reweight { least_weight, least_components }] => {
                let least_count = least_components.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
                Some((least_weight.clone().unwrap_or_else(Number::zero), least_count))
            }
            _ => None,
        };
        let all = floor.is_some() || matches!(policies, [] | [MissingPolicy::Required]);
        let mut parts = Vec::new();
        for (component, child) in trace.components.iter().zip(children) {
            let raw = self.node(child, depth + 2);
            let weight = match all {
                true => component.weight_written.divide(&trace.weight_written),
                false => component.weight_used.clone(),
            };
            let Some(weight) = weight.filter(|weight| !weight.is_zero()) else { continue };
            let used = all || matches!(component.normalised, Value::Number(_));
            let formula = match component.normalisation.as_ref().filter(|_| used) {
                Some(scale) => self.scaled(scale, raw, child.span).unwrap_or(Formula::Given),
                None if used && component.normalisation.is_none() => Formula::Step(raw),
                None => Formula::Given,
            };
            let value = component.normalised.clone();
            let value = match (&value, &component.contribution) {
                // a component that is absent counts with what the rules put in its place
                (Value::Absent(_), Some(contribution)) if !all => {
                    contribution.divide(&weight).map_or(value, Value::Number)
                }
                _ => value,
            };
            let kind = Type::Number(Unit::Score);
            let at = self.push(plain_step(depth + 1, component.title.to_string(), formula, value, kind));
            parts.push((at, weight));
        }
        let formula = match floor {
            Some((least_weight, least_count)) => Formula::Reweighted { parts, least_weight, least_count },
            None if all || trace.sum.is_some() => Formula::Weighted(parts),
            None => Formula::Given,
        };
        match &trace.round {
            Some((rounding, step)) if formula != Formula::Given => {
                let name = self.words(trace.components.first().map_or(SourceSpan::default(), |part| part.span));
                let said = |id| self.teller.speaker.say(id, &[("name", Argument::Text(name.clone()))]);
                let [whole, unit] = [said("calculator-sum"), said("calculator-one")];
                let kind = Type::Number(Unit::Score);
                let value = trace.sum.clone().map_or_else(|| found.clone(), Value::Number);
                let value = self.push(plain_step(depth + 1, whole, formula, value, kind.clone()));
                let step = Value::Number(step.clone());
                let step = self.push(plain_step(depth + 1, unit, Formula::Given, step, kind));
                Formula::Round { value, step, rounding: *rounding }
            }
            _ => formula,
        }
    }
}

fn plain_step(depth: usize, label: String, formula: Formula, value: Value, kind: Type) -> Step {
    Step { depth, label, formula, value, kind, weight: None, weight_from: None, year: None, place: None, verdict: None }
}

fn bound(asked: &Asked) -> Option<Bound> {
    Some(match asked {
        Asked::Any => Bound::AtLeast(Number::one()),
        Asked::All => Bound::All,
        Asked::None => Bound::AtMost(Number::zero()),
        Asked::AtLeast(Value::Number(n)) => Bound::AtLeast(n.clone()),
        Asked::AtMost(Value::Number(n)) => Bound::AtMost(n.clone()),
        Asked::Exactly(Value::Number(n)) => Bound::Exactly(n.clone()),
        _ => return None,
    })
}
