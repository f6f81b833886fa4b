//! Which way a value or a truth goes when a cell that has no value now gets a higher one: up, down, or either.
//!
//! Read off the rule alone. "Up" and "down" are certain, whatever the other cells hold; everything that is not certainly so –
//! scales that the value itself moves, choices, divisors – is "either".

use std::collections::{BTreeMap, BTreeSet};

use super::aggregate::operands;
use super::gaps::{CellSet, Gaps, MOST_DEPTH, components_of, parts_of};
use crate::model::expr::{
    Aggregate, AggregateFunction, AggregateTo, ArithmeticOp, CompareOp, Cut, ExprId, ExprKind, NormalMethod,
    Quantifier, Ties, VerdictStatus,
};
use crate::model::{CategoryId, CriterionId, IndexId, PopulationOrTable};
use crate::number::Number;
use crate::schema::{ColumnId, TableId};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
    Either,
}

/// By position of the cell; a cell that is not there changes nothing.
pub(super) type Ways = BTreeMap<usize, Way>;

impl Gaps<'_> {
    pub fn ways_of_criterion(&mut self, id: CriterionId) -> Ways {
        let condition = self.reading.rules.criteria.get(id.index()).map(|criterion| criterion.condition);
        condition.map_or_else(Ways::new, |condition| self.ways(condition, self.school, 0))
    }

    pub fn ways_of_category(&mut self, id: CategoryId) -> Ways {
        let rules = self.reading.rules;
        let Some(category) = rules.categories.get(id.index()) else { return Ways::new() };
        let ways = self.ways(category.rule, self.school, 0);
        let judged = category.among.map(|among| self.of_population(PopulationOrTable::Population(among)));
        join(ways, either(judged.unwrap_or_default()))
    }

    fn ways(&mut self, expr: ExprId, row: usize, depth: usize) -> Ways {
        let rules = self.reading.rules;
        if depth > MOST_DEPTH {
            return either(self.of_expr(expr, row));
        }
        let Some(found) = rules.expr(expr) else { return Ways::new() };
        let mut at = |expr: ExprId| self.ways(expr, row, depth + 1);
        match &found.kind {
            ExprKind::Column(table, column) => {
                self.position(*table, *column, row).map(|at| (at, Way::Up)).into_iter().collect()
            }
            ExprKind::Follow { table, link, inner } => match self.reading.linked_row(*table, *link, row) {
                Some(to) => self.ways(*inner, to, depth + 1),
                None => either(self.of_expr(expr, row)),
            },
            ExprKind::Parameter(_, inner) | ExprKind::Indicator(_, inner) | ExprKind::Index(_, inner) => at(*inner),
            ExprKind::Negate(inner) | ExprKind::Not(inner) => turned(at(*inner)),
            ExprKind::MetCount { of, judged } => {
                let judged = judged.map_or_else(Ways::new, |e| unsettled(at(e)));
                of.iter().map(|e| at(*e)).fold(judged, join)
            }
            ExprKind::Extreme { of, .. } | ExprKind::And(of) | ExprKind::Or(of) => {
                of.iter().map(|e| at(*e)).fold(Ways::new(), join)
            }
            ExprKind::Arithmetic(operator, a, b) => self.arithmetic(*operator, (*a, *b), row, depth),
            ExprKind::Round { value, step, .. } => join(at(*value), unsettled(at(*step))),
            ExprKind::Compare(operator, a, b) => {
                let (a, b) = (at(*a), at(*b));
                match operator {
                    CompareOp::AtLeast | CompareOp::More => join(a, turned(b)),
                    CompareOp::AtMost | CompareOp::Less => join(turned(a), b),
                    CompareOp::Equal | CompareOp::NotEqual => join(unsettled(a), unsettled(b)),
                }
            }
            ExprKind::Quantified { quantifier, items, .. } => {
                let all = items.iter().map(|e| at(*e)).fold(Ways::new(), join);
                match quantifier {
                    Quantifier::Any | Quantifier::All | Quantifier::AtLeast(_) => all,
                    Quantifier::None | Quantifier::AtMost(_) => turned(all),
                    Quantifier::Exactly(_) => unsettled(all),
                }
            }
            ExprKind::Criterion(id) | ExprKind::CriterionStatus(id, VerdictStatus::Met) => self.ways_of_criterion(*id),
            ExprKind::CriterionStatus(id, VerdictStatus::NotMet) => turned(self.ways_of_criterion(*id)),
            ExprKind::Group(id) => match rules.groups.get(id.index()) {
                Some(group) => at(group.rule),
                None => Ways::new(),
            },
            ExprKind::Category(id) => self.ways_of_category(*id),
            ExprKind::If { branches, otherwise } => {
                let mut ways = at(*otherwise);
                for (condition, value) in branches {
                    ways = join(ways, join(unsettled(at(*condition)), at(*value)));
                }
                ways
            }
            ExprKind::AbsentWhen { value, when, .. } => join(at(*value), unsettled(at(*when))),
            ExprKind::MeanOfYears { years } | ExprKind::Years { years, .. } => {
                years.iter().map(|(_, e)| at(*e)).fold(Ways::new(), join)
            }
            // a cell that has a value is known
            ExprKind::Status { value, .. } => {
                if self.is_cell(*value) {
                    Ways::new()
                } else {
                    either(self.of_expr(*value, row))
                }
            }
            ExprKind::IndexValue(id) => self.index(*id, row, depth),
            ExprKind::Normalise(normalise) => match normalise.method {
                NormalMethod::Plain | NormalMethod::FixedMinMax(..) => {
                    let ways = self.ways(normalise.value, row, depth + 1);
                    if normalise.reversed { turned(ways) } else { ways }
                }
                _ => self.whole_table(expr, row),
            },
            ExprKind::InCut(cut) => self.cut(expr, cut, row, depth),
            ExprKind::Aggregate(aggregate) => match &aggregate.to {
                AggregateTo::Parent { .. } => self.own_rows(expr, aggregate, row, depth),
                AggregateTo::All | AggregateTo::Strata { .. } => self.whole_table(expr, row),
            },
            _ => either(self.of_expr(expr, row)),
        }
    }

    fn is_cell(&self, expr: ExprId) -> bool {
        matches!(self.reading.expr(expr).map(|found| &found.kind), Some(ExprKind::Column(..)))
    }

    fn arithmetic(&mut self, operator: ArithmeticOp, (a, b): (ExprId, ExprId), row: usize, depth: usize) -> Ways {
        let of_both = |this: &mut Self| (this.ways(a, row, depth + 1), this.ways(b, row, depth + 1));
        // a factor that no gap reaches, by its sign
        let scaled = |this: &mut Self, value: ExprId, by: ExprId| {
            let free = this.of_expr(by, row).is_empty();
            let sign = this.reading.number(by, row).filter(|_| free).map(|n| n.cmp(&Number::zero()));
            let ways = this.ways(value, row, depth + 1);
            sign.map(|sign| if sign.is_lt() { turned(ways) } else { ways })
        };
        let found = match operator {
            ArithmeticOp::Add => {
                let (a, b) = of_both(self);
                Some(join(a, b))
            }
            ArithmeticOp::Subtract => {
                let (a, b) = of_both(self);
                Some(join(a, turned(b)))
            }
            ArithmeticOp::Multiply => match scaled(self, a, b) {
                Some(ways) => Some(ways),
                None => scaled(self, b, a),
            },
            ArithmeticOp::Divide => scaled(self, a, b),
        };
        found.unwrap_or_else(|| {
            let mut all = self.of_expr(a, row);
            all.extend(self.of_expr(b, row));
            either(all)
        })
    }

    fn index(&mut self, id: IndexId, row: usize, depth: usize) -> Ways {
        let Some(index) = self.reading.rules.indices.get(id.index()) else { return Ways::new() };
        let components: Vec<ExprId> = index.parts.iter().flat_map(components_of).collect();
        let mut ways = components.iter().map(|e| self.ways(*e, row, depth + 1)).fold(Ways::new(), join);
        for key in &index.within {
            ways = join(ways, either(self.of_expr(*key, row)));
        }
        ways
    }

    /// An own value moves only the own place, unless it is made from what other schools share.
    fn cut(&mut self, expr: ExprId, cut: &Cut, row: usize, depth: usize) -> Ways {
        if !self.is_own(cut.value, 0) {
            return self.whole_table(expr, row);
        }
        let mut others = self.of_population(cut.among);
        for key in &cut.within {
            others.extend(self.of_expr(*key, row));
        }
        if let Ties::BreakBy(values) = &cut.ties {
            for (value, _) in values {
                others.extend(self.of_expr(*value, row));
            }
        }
        let ways = self.ways(cut.value, row, depth + 1);
        join(if cut.highest == cut.negated { turned(ways) } else { ways }, either(others))
    }

    /// Whether a value is made from the own row and the rows that belong to it alone.
    fn is_own(&self, expr: ExprId, depth: usize) -> bool {
        let Some(found) = self.reading.expr(expr).filter(|_| depth < MOST_DEPTH) else { return false };
        let mut below = Vec::new();
        match &found.kind {
            ExprKind::Aggregate(aggregate) if matches!(aggregate.to, AggregateTo::Parent { .. }) => {
                below = parts_of(aggregate);
            }
            ExprKind::Normalise(normalise)
                if !matches!(normalise.method, NormalMethod::Plain | NormalMethod::FixedMinMax(..)) =>
            {
                return false;
            }
            ExprKind::Follow { .. }
            | ExprKind::Aggregate(_)
            | ExprKind::InCut(_)
            | ExprKind::Criterion(_)
            | ExprKind::CriterionStatus(..)
            | ExprKind::Group(_)
            | ExprKind::Category(_) => return false,
            ExprKind::IndexValue(id) => {
                let index = self.reading.rules.indices.get(id.index());
                below.extend(index.into_iter().flat_map(|index| &index.parts).flat_map(components_of));
            }
            kind => operands(kind, &mut below),
        }
        below.iter().all(|e| self.is_own(*e, depth + 1))
    }

    fn own_rows(&mut self, expr: ExprId, aggregate: &Aggregate, row: usize, depth: usize) -> Ways {
        let mut ways = Ways::new();
        for row in self.rows_behind(expr, row) {
            let mut of = |part: Option<ExprId>| part.map_or_else(Ways::new, |e| self.ways(e, row, depth + 1));
            let (value, filter, share) = (of(aggregate.value), of(aggregate.filter), of(aggregate.share_of));
            let counted = aggregate.function == AggregateFunction::Count;
            ways = join(ways, if counted { filter } else { unsettled(filter) });
            ways = join(ways, share);
            let weight = aggregate.weight.map(|weight| self.reading.number(weight, row));
            let positive = weight.is_none_or(|weight| weight.is_some_and(|weight| weight >= Number::zero()));
            ways = join(ways, if positive { value } else { unsettled(value) });
            let rest = aggregate.weight.into_iter().chain(aggregate.suppressing).chain(aggregate.distinct.clone());
            for part in rest {
                ways = join(ways, either(self.of_expr(part, row)));
            }
        }
        ways
    }

    /// What is made from a whole table can go either way with each of its cells.
    fn whole_table(&mut self, expr: ExprId, row: usize) -> Ways {
        let mut columns = BTreeSet::new();
        self.columns_in(expr, &mut columns, &mut BTreeSet::new());
        let mut all: CellSet = self.of_expr(expr, row);
        let read = self.cells.iter().enumerate().filter(|(_, cell)| columns.contains(&(cell.table, cell.column)));
        all.extend(read.map(|(at, _)| at));
        either(all)
    }

    /// Every column that an expression reads in any row.
    fn columns_in(&self, expr: ExprId, into: &mut BTreeSet<(TableId, ColumnId)>, seen: &mut BTreeSet<ExprId>) {
        let rules = self.reading.rules;
        if seen.len() > MOST_DEPTH * MOST_DEPTH || !seen.insert(expr) {
            return;
        }
        let Some(found) = rules.expr(expr) else { return };
        let mut below = Vec::new();
        match &found.kind {
            ExprKind::Column(table, column) => {
                into.insert((*table, *column));
            }
            ExprKind::Follow { table, link, inner } => {
                into.insert((*table, *link));
                below.push(*inner);
            }
            ExprKind::Aggregate(aggregate) => below = parts_of(aggregate),
            ExprKind::IndexValue(id) => {
                let index = rules.indices.get(id.index());
                below.extend(index.into_iter().flat_map(|index| &index.parts).flat_map(components_of));
            }
            ExprKind::Criterion(id) | ExprKind::CriterionStatus(id, _) => {
                below.extend(rules.criteria.get(id.index()).map(|criterion| criterion.condition));
            }
            ExprKind::Group(id) => below.extend(rules.groups.get(id.index()).map(|group| group.rule)),
            ExprKind::Category(id) => below.extend(rules.categories.get(id.index()).map(|category| category.rule)),
            kind => operands(kind, &mut below),
        }
        for operand in below {
            self.columns_in(operand, into, seen);
        }
    }
}

fn join(mut a: Ways, b: Ways) -> Ways {
    for (cell, way) in b {
        a.entry(cell).and_modify(|known| *known = if *known == way { way } else { Way::Either }).or_insert(way);
    }
    a
}

fn turned(mut ways: Ways) -> Ways {
    for way in ways.values_mut() {
        *way = match way {
            Way::Up => Way::Down,
            Way::Down => Way::Up,
            Way::Either => Way::Either,
        };
    }
    ways
}

fn unsettled(mut ways: Ways) -> Ways {
    ways.values_mut().for_each(|way| *way = Way::Either);
    ways
}

fn either(cells: CellSet) -> Ways {
    cells.into_iter().map(|cell| (cell, Way::Either)).collect()
}
