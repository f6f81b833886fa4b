//! The rows behind one aggregated value: which were taken, which left out and why, and the cells in them.
//!
//! Rows come from the trace of the evaluation; aggregates over the whole table give their recorded counts only.

use std::collections::BTreeSet;

use super::condition::{
    AggregateTrace, ColumnSource, InputCell, Node, NormaliseTrace, RowCounts, RowUse, Scope, TracedRow, Unmatched,
};
use super::naming::table_title;
use super::reading::{Reading, readable};
use super::tree::Tree;
use crate::decision::{Facts, StratumRows};
use crate::evaluate::trace::{self, RowRole};
use crate::model::PopulationOrTable;
use crate::model::expr::{Aggregate, AggregateFunction, AggregateTo, ExprId, ExprKind, Grain, NormalMethod};
use crate::schema::{ColumnId, TableId};
use crate::value::{Reasons, Value};

/// Rows listed for one value; further ones are counted.
const ROWS_LISTED: usize = 200;
/// Cells listed for one row.
const CELLS_LISTED: usize = 16;

impl Reading<'_> {
    pub(super) fn aggregate(&self, expr: ExprId, aggregate: &Aggregate, row: usize) -> AggregateTrace {
        let scope = match &aggregate.to {
            AggregateTo::Parent { .. } => Scope::School,
            AggregateTo::All => Scope::All,
            AggregateTo::Strata { keys, except_self } => {
                Scope::Stratum { keys: keys.iter().map(|k| self.value(*k, row)).collect(), except_self: *except_self }
            }
        };
        let mut made = AggregateTrace {
            function: aggregate.function,
            table: aggregate.rows,
            table_title: table_title(&self.rules.schema, aggregate.rows),
            among: aggregate.among.map(|p| self.population_name(PopulationOrTable::Population(p))),
            window: aggregate.window.map(|w| (w.from, w.to)),
            weighted: aggregate.weight.is_some(),
            distinct: !aggregate.distinct.is_empty(),
            used: None,
            value_type: aggregate.value.map(|v| self.ty(v)),
            rows: Vec::new(),
            not_listed: 0,
            unmatched: Vec::new(),
            condition: None,
            sources: Vec::new(),
            parameters: self.parameters_read(aggregate, row),
            scope,
        };
        match &made.scope {
            Scope::School => self.own_rows(expr, aggregate, row, &mut made),
            Scope::All => made.used = self.recorded_rows(expr),
            Scope::Stratum { except_self, .. } => made.used = self.stratum_rows(expr, row, *except_self),
        }
        if !matches!(made.scope, Scope::School) {
            made.condition = aggregate.filter.and_then(|filter| self.expr(filter)).map(|filter| filter.span);
            made.sources = self.sources(aggregate);
        }
        made
    }

    /// The columns of the table that an aggregate reads, with the files that they come from.
    fn sources(&self, aggregate: &Aggregate) -> Vec<ColumnSource> {
        let mut read = self.columns_read(aggregate);
        let mut columns: BTreeSet<ColumnId> = BTreeSet::new();
        let mut seen = BTreeSet::new();
        while let Some(expr) = read.pop() {
            let Some(found) = self.expr(expr).filter(|_| seen.insert(expr)) else { continue };
            match &found.kind {
                ExprKind::Column(table, column) if *table == aggregate.rows => {
                    columns.insert(*column);
                }
                kind => operands(kind, &mut read),
            }
        }
        let schema = self.rules.schema.table(aggregate.rows);
        let parts = self.data.table(aggregate.rows).map_or(&[][..], |table| table.origin.parts.as_slice());
        let mut sources: Vec<ColumnSource> = Vec::new();
        for id in columns {
            let Some(column) = schema.and_then(|schema| schema.column(id)) else { continue };
            let title = column.title.clone().unwrap_or_else(|| readable(&column.name));
            for part in parts {
                let of_column = usize::try_from(id.0).ok().and_then(|at| part.columns.get(at));
                let Some((_, header)) = of_column.filter(|(number, _)| *number > 0) else { continue };
                let file = (part.file.clone(), part.sheet.clone());
                match sources.iter_mut().find(|known| known.title == title && known.header == *header) {
                    Some(known) if known.files.contains(&file) => {}
                    Some(known) => known.files.push(file),
                    None => {
                        let header = header.clone();
                        sources.push(ColumnSource { title: title.clone(), header, files: vec![file] });
                    }
                }
            }
        }
        sources
    }

    fn own_rows(&self, expr: ExprId, aggregate: &Aggregate, row: usize, made: &mut AggregateTrace) {
        let mut used = RowCounts::default();
        let read = self.columns_read(aggregate);
        let year = self.rules.schema.table(aggregate.rows).and_then(|t| t.year);
        let scaled = aggregate.value.and_then(|value| match self.expr(value).map(|e| &e.kind) {
            Some(ExprKind::Normalise(normalise)) => Some((value, normalise.as_ref())),
            _ => None,
        });
        let with_excluded = scaled.is_some_and(|(_, normalise)| self.has_rows_of_excluded(normalise.among));
        for traced in trace::rows(self.rules, self.plan, self.data, self.run, expr, row) {
            let role = role(traced.role);
            count(&mut used, role);
            if role == RowUse::NotMatching {
                self.unmatched(aggregate, traced.row, &mut made.unmatched);
            }
            if matches!(role, RowUse::NotMatching | RowUse::OutsideWindow) {
                continue;
            }
            if made.rows.len() >= ROWS_LISTED {
                made.not_listed += 1;
                continue;
            }
            let mut cells = Vec::new();
            for expr in &read {
                self.cells_read(*expr, aggregate.rows, traced.row, &mut cells, 0);
            }
            let year = year.and_then(|c| self.data.column(aggregate.rows, c)).and_then(|c| c.number(traced.row));
            made.rows.push(TracedRow {
                row: traced.row,
                role,
                value: traced.value,
                weight: traced.weight,
                year: year.and_then(|y| y.to_integer()),
                scale: scaled.map(|(value, normalise)| NormaliseTrace {
                    with_excluded,
                    ..self.normalisation(value, normalise, traced.row)
                }),
                cells,
            });
        }
        made.used = Some(used);
    }

    /// The cells read in the rows of an aggregate that count or could count: taken, or left out by the condition alone.
    pub(super) fn cells_that_count(&self, expr: ExprId, row: usize) -> Vec<InputCell> {
        let Some(ExprKind::Aggregate(aggregate)) = self.expr(expr).map(|e| &e.kind) else { return Vec::new() };
        let read = self.columns_read(aggregate);
        let mut cells = Vec::new();
        for traced in trace::rows(self.rules, self.plan, self.data, self.run, expr, row).iter().take(ROWS_LISTED) {
            if matches!(traced.role, RowRole::Taken | RowRole::NotMatching) {
                let mut of_row = Vec::new();
                read.iter().for_each(|expr| self.cells_read(*expr, aggregate.rows, traced.row, &mut of_row, 0));
                cells.append(&mut of_row);
            }
        }
        cells
    }

    /// The counts of the group of rows that this row belongs to. `None`: too many rows to go through.
    fn stratum_rows(&self, expr: ExprId, row: usize, except_self: bool) -> Option<RowCounts> {
        let rows = trace::rows(self.rules, self.plan, self.data, self.run, expr, row);
        if rows.len() >= trace::MOST_ROWS {
            return None;
        }
        let mut used = RowCounts::default();
        for traced in rows.iter().filter(|traced| !(except_self && traced.row == row)) {
            count(&mut used, role(traced.role));
        }
        Some(used)
    }

    /// The counts of a step over all rows.
    fn recorded_rows(&self, expr: ExprId) -> Option<RowCounts> {
        match self.facts(expr)? {
            Facts::Rows(strata) => match strata.as_slice() {
                [only] => Some(recorded(only)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Counts a row under the first condition that is not true of it.
    fn unmatched(&self, aggregate: &Aggregate, row: usize, into: &mut Vec<Unmatched>) {
        let outside = aggregate
            .among
            .filter(|id| !self.is_member(PopulationOrTable::Population(*id), row).is_true())
            .map(|_| None);
        let failing = || {
            let filter = aggregate.filter?;
            let whole = self.expr(filter)?;
            let parts = match &whole.kind {
                ExprKind::And(parts) => parts.as_slice(),
                _ => &[],
            };
            let part = parts.iter().find(|part| self.truth(**part, row).is_false());
            Some(Some(part.and_then(|part| self.expr(*part)).map_or(whole.span, |part| part.span)))
        };
        let Some(span) = outside.or_else(failing) else { return };
        match into.iter_mut().find(|known| known.span == span) {
            Some(known) => known.count += 1,
            None => into.push(Unmatched { span, count: 1 }),
        }
    }

    /// The parameters behind an aggregate, each once, with their values.
    fn parameters_read(&self, aggregate: &Aggregate, row: usize) -> Vec<Node> {
        let mut found: Vec<ExprId> = Vec::new();
        let mut left = self.columns_read(aggregate);
        if let AggregateFunction::Quantile(share) = aggregate.function {
            left.push(share);
        }
        let mut seen = std::collections::HashSet::new();
        while let Some(expr) = left.pop() {
            let Some(read) = self.expr(expr).filter(|_| seen.insert(expr)) else { continue };
            match &read.kind {
                ExprKind::Parameter(id, _) if read.grain == Grain::Constant => {
                    let is_known = |known: &ExprId| matches!(self.expr(*known).map(|e| &e.kind), Some(ExprKind::Parameter(other, _)) if other == id);
                    if !found.iter().any(is_known) {
                        found.push(expr);
                    }
                }
                kind => operands(kind, &mut left),
            }
        }
        found.sort_by_key(|expr| self.expr(*expr).map(|e| (e.span.span.start, e.span.span.end)));
        found.into_iter().map(|expr| Tree::of(*self, expr, row)).collect()
    }

    fn columns_read(&self, aggregate: &Aggregate) -> Vec<ExprId> {
        let mut read: Vec<ExprId> = aggregate.value.into_iter().collect();
        read.extend(aggregate.share_of);
        read.extend(&aggregate.distinct);
        read.extend(aggregate.weight);
        read.extend(aggregate.filter);
        read.extend(aggregate.suppressing);
        read
    }

    /// The cells of a row (and of the rows it links to) that an expression reads, each once.
    fn cells_read(&self, expr: ExprId, table: TableId, row: usize, cells: &mut Vec<InputCell>, depth: usize) {
        if depth > 64 || cells.len() >= CELLS_LISTED {
            return;
        }
        let Some(found) = self.expr(expr) else { return };
        let mut below = Vec::new();
        match &found.kind {
            ExprKind::Column(of, column) => {
                if *of == table && !cells.iter().any(|c| c.table == table && c.row == row && c.column == *column) {
                    cells.push(self.cell(table, *column, row));
                }
            }
            ExprKind::Follow { table: from, link, inner } => {
                if let Some(to) = self.linked_row(*from, *link, row) {
                    let linked = self.rules.schema.column(*from, *link).and_then(|c| c.link);
                    self.cells_read(*inner, linked.unwrap_or(*from), to, cells, depth + 1);
                } else {
                    cells.push(self.cell(*from, *link, row));
                }
            }
            // values of other tables have rows of their own
            ExprKind::Aggregate(_) => {}
            kind => operands(kind, &mut below),
        }
        for operand in below {
            self.cells_read(operand, table, row, cells, depth + 1);
        }
    }
}

/// The expressions that an expression is made of, at its own grain.
pub(super) fn operands(kind: &ExprKind, into: &mut Vec<ExprId>) {
    match kind {
        ExprKind::Number(_) | ExprKind::Text(_) | ExprKind::YesNo(_) | ExprKind::Date(_) => {}
        ExprKind::Column(..) | ExprKind::Follow { .. } | ExprKind::Aggregate(_) => {}
        ExprKind::IndexValue(_) | ExprKind::Criterion(_) | ExprKind::Group(_) | ExprKind::Category(_) => {}
        ExprKind::CriterionStatus(..) => {}
        ExprKind::Parameter(_, inner)
        | ExprKind::Indicator(_, inner)
        | ExprKind::Index(_, inner)
        | ExprKind::Negate(inner)
        | ExprKind::Absolute(inner)
        | ExprKind::Not(inner) => into.push(*inner),
        ExprKind::Keyed { by, entries, otherwise } => {
            into.push(*by);
            into.extend(entries.iter().flat_map(|(k, v)| [*k, *v]));
            into.extend(*otherwise);
        }
        ExprKind::Arithmetic(_, a, b) | ExprKind::Compare(_, a, b) => into.extend([*a, *b]),
        ExprKind::MetCount { of, judged } => into.extend(of.iter().chain(judged)),
        ExprKind::Extreme { of, .. } | ExprKind::And(of) | ExprKind::Or(of) => into.extend(of),
        ExprKind::Round { value, step, .. } => into.extend([*value, *step]),
        ExprKind::Between { value, low, high, .. } => into.extend([*value, *low, *high]),
        ExprKind::OneOf { value, options, .. } => {
            into.push(*value);
            into.extend(options);
        }
        ExprKind::InList { value, .. } | ExprKind::Status { value, .. } => into.push(*value),
        ExprKind::If { branches, otherwise } => {
            into.extend(branches.iter().flat_map(|(c, v)| [*c, *v]));
            into.push(*otherwise);
        }
        ExprKind::Quantified { items, .. } => into.extend(items),
        ExprKind::Normalise(normalise) => {
            into.push(normalise.value);
            into.extend(&normalise.within);
            match normalise.method {
                NormalMethod::FixedMinMax(low, high) => into.extend([low, high]),
                NormalMethod::PercentOf(most) => into.push(most),
                _ => {}
            }
        }
        ExprKind::InCut(cut) => {
            into.push(cut.value);
            into.extend(&cut.within);
        }
        ExprKind::Call(_, arguments) => into.extend(arguments),
        ExprKind::AbsentWhen { value, when, .. } => into.extend([*value, *when]),
        ExprKind::Fallback { first, second } => into.extend([*first, *second]),
        ExprKind::Years { years, .. } | ExprKind::MeanOfYears { years } => into.extend(years.iter().map(|(_, e)| *e)),
    }
}

fn role(role: RowRole) -> RowUse {
    match role {
        RowRole::Taken => RowUse::Taken,
        RowRole::NotMatching => RowUse::NotMatching,
        RowRole::Undecided(reasons) => RowUse::Undecided(reasons),
        RowRole::Absent(reasons) => RowUse::Absent(reasons),
        RowRole::Suppressed => RowUse::Suppressed,
        RowRole::OutsideWindow => RowUse::OutsideWindow,
    }
}

fn count(used: &mut RowCounts, role: RowUse) {
    match role {
        RowUse::Taken => used.taken += 1,
        RowUse::NotMatching => used.not_matching += 1,
        RowUse::Undecided(_) => used.undecided += 1,
        RowUse::Suppressed => used.suppressed += 1,
        RowUse::OutsideWindow => used.outside_window += 1,
        RowUse::Absent(reasons) => {
            for (one, count) in Reasons::EACH.into_iter().zip(used.absent.iter_mut()) {
                *count += usize::from(reasons.contains(one));
            }
        }
    }
}

fn recorded(rows: &StratumRows) -> RowCounts {
    let StratumRows { taken, absent, undecided, not_matching, outside_window } = *rows;
    RowCounts { taken, absent, undecided, suppressed: 0, not_matching, outside_window }
}

/// Whether a value is not there: absent, or an unknown truth.
pub(super) fn is_absent(value: &Value) -> bool {
    match value {
        Value::Absent(_) | Value::Between(..) => true,
        Value::Truth(truth) => truth.is_unknown(),
        _ => false,
    }
}
