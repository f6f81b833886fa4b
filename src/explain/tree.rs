//! One checked expression → the tree of its values for one row.

use super::aggregate::is_absent;
use super::condition::InputCell;
use super::condition::{
    Asked, Comparison, Count, Detail, FunctionName, IndexName, IndicatorName, KeyTaken, Link, Node, RowUse, Scope,
    Taken, Withheld, YearsAsked,
};
use super::explanation::MissingRows;
use super::gaps::is_lacking;
use super::list::Lookup;
use super::margin::margin;
use super::naming::table_title;
use super::reading::Reading;
use crate::decision::Verdict;
use crate::location::SourceSpan;
use crate::model::expr::{CompareOp, Expr, ExprId, ExprKind, QuantifiedOver, Quantifier, YearsQuantifier};
use crate::schema::{ColumnId, TableId};
use crate::value::{Reasons, Truth, Type, Unit, Value};

/// Nodes of one tree; what is beyond is named but not opened.
const MOST_NODES: usize = 3000;
const MOST_DEPTH: usize = 120;

/// Builds the tree of one condition.
pub(super) struct Tree<'a> {
    reading: Reading<'a>,
    left: usize,
    depth: usize,
    /// Also the branches and entries that were not taken.
    every: bool,
}

impl<'a> Tree<'a> {
    pub fn of(reading: Reading<'a>, expr: ExprId, row: usize) -> Node {
        Tree { reading, left: MOST_NODES, depth: 0, every: false }.node(expr, row)
    }

    /// With the branches and entries that were not taken: condition and value of every branch, then what holds otherwise;
    /// the key, then key and value of every entry, then what holds otherwise; both values of a fallback.
    pub fn every(reading: Reading<'a>, expr: ExprId, row: usize) -> Node {
        Tree { reading, left: MOST_NODES, depth: 0, every: true }.node(expr, row)
    }

    /// The same with the notes of every definition once.
    pub fn with_notes(reading: Reading<'a>, expr: ExprId, row: usize) -> Node {
        let mut tree = Tree::of(reading, expr, row);
        super::notes::once(&mut tree);
        tree
    }

    fn node(&mut self, expr: ExprId, row: usize) -> Node {
        let value = self.reading.value(expr, row);
        let Some(found) = self.reading.expr(expr) else {
            return Node {
                expr,
                span: SourceSpan::default(),
                ty: Type::Number(Unit::Number),
                value,
                detail: Detail::NotShown,
                children: Vec::new(),
            };
        };
        let value = match value {
            // a condition that is absent is an unknown condition
            Value::Absent(reasons) if found.ty == Type::YesNo => Value::Truth(Truth::unknown(reasons)),
            value => value,
        };
        let (detail, children) = if self.left == 0 || self.depth >= MOST_DEPTH {
            (Detail::NotShown, Vec::new())
        } else {
            self.left -= 1;
            self.depth += 1;
            let opened = self.open(expr, found, row);
            self.depth -= 1;
            opened
        };
        Node { expr, span: found.span, ty: found.ty.clone(), value, detail, children }
    }

    fn nodes(&mut self, exprs: &[ExprId], row: usize) -> Vec<Node> {
        exprs.iter().map(|e| self.node(*e, row)).collect()
    }

    fn open(&mut self, expr: ExprId, found: &'a Expr, row: usize) -> (Detail, Vec<Node>) {
        let reading = self.reading;
        match &found.kind {
            ExprKind::Number(_) | ExprKind::Text(_) | ExprKind::YesNo(_) | ExprKind::Date(_) => {
                (Detail::Literal, Vec::new())
            }
            ExprKind::Parameter(..) | ExprKind::Indicator(..) | ExprKind::Index(..) => self.named(&found.kind, row),
            ExprKind::Column(table, column) => (Detail::Cell(reading.cell(*table, *column, row)), Vec::new()),
            ExprKind::Follow { table, link, inner } => self.follow(*table, *link, *inner, row),
            ExprKind::Negate(a) => (Detail::Negate, self.nodes(&[*a], row)),
            ExprKind::Absolute(a) => (Detail::Absolute, self.nodes(&[*a], row)),
            ExprKind::Arithmetic(op, a, b) => (Detail::Arithmetic(*op), self.nodes(&[*a, *b], row)),
            ExprKind::Extreme { largest, of } => (Detail::Extreme { largest: *largest }, self.nodes(of, row)),
            ExprKind::Round { value, step, rounding } => (Detail::Round(*rounding), self.nodes(&[*value, *step], row)),
            ExprKind::Compare(op, a, b) => {
                let (left, right) = (reading.value(*a, row), reading.value(*b, row));
                let margin = margin(*op, (&left, &reading.ty(*a)), (&right, &reading.ty(*b)));
                let comparison = Comparison { operator: *op, left, right, margin };
                (Detail::Compare(comparison), self.nodes(&[*a, *b], row))
            }
            ExprKind::Between { value, low, high, negated } => {
                let at = |e: ExprId| (reading.value(e, row), reading.ty(e));
                let (v, l, h) = (at(*value), at(*low), at(*high));
                let low_margin = margin(CompareOp::AtLeast, (&v.0, &v.1), (&l.0, &l.1));
                let high_margin = margin(CompareOp::AtMost, (&v.0, &v.1), (&h.0, &h.1));
                let detail = Detail::Between { negated: *negated, low: low_margin, high: high_margin };
                (detail, self.nodes(&[*value, *low, *high], row))
            }
            ExprKind::OneOf { value, options, negated } => {
                let own = reading.value(*value, row);
                let matched = options.iter().position(|o| same(&own, &reading.value(*o, row)));
                let mut children = self.nodes(&[*value], row);
                children.extend(self.nodes(options, row));
                (Detail::OneOf { negated: *negated, matched }, children)
            }
            ExprKind::InList { value, list, date, negated } => {
                let lookup = Lookup { list: *list, date: *date, negated: *negated };
                let found = reading.membership(&reading.value(*value, row), &lookup);
                (found.map_or(Detail::NotShown, Detail::InList), self.nodes(&[*value], row))
            }
            ExprKind::Status { value, status } => (Detail::Status(*status), self.nodes(&[*value], row)),
            ExprKind::And(of) => (Detail::And, self.nodes(of, row)),
            ExprKind::Or(of) => (Detail::Or, self.nodes(of, row)),
            ExprKind::Not(a) => (Detail::Not, self.nodes(&[*a], row)),
            ExprKind::If { branches, otherwise } => self.branches(branches, *otherwise, row),
            ExprKind::Quantified { quantifier, applicable, items, over } => {
                let count = self.count(quantifier, *applicable, items, *over, row);
                (Detail::Quantified(count), self.nodes(items, row))
            }
            ExprKind::Criterion(id) => (Detail::Criterion(*id, judged(reading.run.criterion(*id, row))), Vec::new()),
            ExprKind::Group(id) => (Detail::Group(*id, judged(reading.run.group(*id, row))), Vec::new()),
            ExprKind::Category(id) => (Detail::Category(*id, judged(reading.run.category(*id, row))), Vec::new()),
            ExprKind::CriterionStatus(id, asked) => {
                let verdict = judged(reading.run.criterion(*id, row));
                (Detail::CriterionStatus { criterion: *id, verdict, asked: *asked }, Vec::new())
            }
            ExprKind::MetCount { of: criteria, judged } => {
                let judged = judged.map(|judged| (judged, reading.truth(judged, row)));
                if let Some((judged, truth)) = judged.filter(|(_, truth)| !truth.is_true()) {
                    let detail = Detail::MetCount { undetermined: 0, judged: !truth.is_false() };
                    return (
                        detail,
                        self.nodes(if truth.is_false() { &[] } else { std::slice::from_ref(&judged) }, row),
                    );
                }
                let truths = criteria.iter().map(|criterion| reading.truth(*criterion, row));
                let is_open = |truth: &Truth| truth.is_unknown() && truth.reasons() != Reasons::NOT_APPLICABLE;
                let undetermined = truths.filter(is_open).count();
                (Detail::MetCount { undetermined, judged: true }, self.nodes(criteria, row))
            }
            ExprKind::Aggregate(aggregate) => {
                (Detail::Aggregate(Box::new(reading.aggregate(expr, aggregate, row))), Vec::new())
            }
            ExprKind::Normalise(normalise) => {
                let mut trace = reading.normalisation(expr, normalise, row);
                trace.with_excluded = reading.has_rows_of_excluded(normalise.among);
                (Detail::Normalise(Box::new(trace)), self.nodes(&[normalise.value], row))
            }
            ExprKind::IndexValue(id) => match reading.index(*id, row) {
                Some((trace, raw)) => (Detail::IndexValue(Box::new(trace)), self.nodes(&raw, row)),
                None => (Detail::NotShown, Vec::new()),
            },
            ExprKind::InCut(cut) => {
                (Detail::Rank(Box::new(reading.rank(expr, cut, row))), self.nodes(&[cut.value], row))
            }
            ExprKind::Call(id, arguments) => {
                let function = reading.rules.functions.get(id.index()).map(|f| FunctionName {
                    id: *id,
                    name: f.name.clone(),
                    title: f.title.clone(),
                    script: f.script.name.clone(),
                    arguments: f.arguments.iter().map(|(name, _)| name.clone()).collect(),
                    notes: f.notes.clone(),
                });
                (function.map_or(Detail::NotShown, Detail::Call), self.nodes(arguments, row))
            }
            ExprKind::AbsentWhen { value, when, reasons } => {
                let condition = reading.truth(*when, row);
                let withheld = match (condition.is_true(), condition.is_false()) {
                    (true, _) => Withheld::Yes,
                    (_, true) => Withheld::No,
                    _ => Withheld::Unknown,
                };
                (Detail::AbsentWhen { reasons: *reasons, withheld }, self.nodes(&[*value, *when], row))
            }
            ExprKind::Fallback { first, second } => {
                let second_taken = match reading.value(*first, row) {
                    Value::Absent(reasons) | Value::Between(_, reasons) => reasons.contains(Reasons::SUPPRESSED),
                    _ => false,
                };
                let both = [*first, *second];
                let shown = if second_taken || self.every { both.as_slice() } else { both.get(..1).unwrap_or(&[]) };
                (Detail::Fallback { second_taken }, self.nodes(shown, row))
            }
            ExprKind::Years { quantifier, years } => {
                let asked = match quantifier {
                    YearsQuantifier::Each => YearsAsked::Each,
                    YearsQuantifier::AtLeast(n) => YearsAsked::AtLeast(reading.value(*n, row)),
                    YearsQuantifier::Consecutive(n) => YearsAsked::Consecutive(reading.value(*n, row)),
                };
                let (years, bodies) = apart(years);
                (Detail::Years { quantifier: asked, years }, self.nodes(&bodies, row))
            }
            ExprKind::MeanOfYears { years } => {
                let (years, bodies) = apart(years);
                (Detail::MeanOfYears { years }, self.nodes(&bodies, row))
            }
            ExprKind::Keyed { by, entries, otherwise } => self.keyed(*by, entries, *otherwise, row),
        }
    }

    fn named(&mut self, kind: &ExprKind, row: usize) -> (Detail, Vec<Node>) {
        let rules = self.reading.rules;
        let (detail, inner) = match kind {
            ExprKind::Parameter(id, inner) => (self.reading.parameter_name(*id).map(Detail::Parameter), *inner),
            ExprKind::Indicator(id, inner) => {
                let name = rules.indicators.get(id.index()).map(|i| IndicatorName {
                    id: *id,
                    name: i.name.clone(),
                    title: i.title.clone(),
                    notes: i.notes.clone(),
                });
                (name.map(Detail::Indicator), *inner)
            }
            ExprKind::Index(id, inner) => {
                let name = rules.indices.get(id.index()).map(|i| IndexName {
                    id: *id,
                    name: i.name.clone(),
                    title: i.title.clone(),
                    notes: i.notes.clone(),
                });
                (name.map(Detail::Index), *inner)
            }
            _ => return (Detail::NotShown, Vec::new()),
        };
        (detail.unwrap_or(Detail::NotShown), self.nodes(&[inner], row))
    }

    fn follow(&mut self, table: TableId, link: ColumnId, inner: ExprId, row: usize) -> (Detail, Vec<Node>) {
        let reading = self.reading;
        let to = reading.linked_row(table, link, row);
        let linked = reading.rules.schema.column(table, link).and_then(|c| c.link).unwrap_or(table);
        let detail = Detail::Follow(Link {
            from: reading.cell(table, link, row),
            table: linked,
            table_title: table_title(&reading.rules.schema, linked),
            row: to,
            row_title: to.and_then(|r| reading.row_title(linked, r)),
        });
        let children = to.map(|r| self.node(inner, r)).into_iter().collect();
        (detail, children)
    }

    fn branches(&mut self, branches: &[(ExprId, ExprId)], otherwise: ExprId, row: usize) -> (Detail, Vec<Node>) {
        let mut children = Vec::new();
        if self.every {
            let truths = branches.iter().map(|(condition, _)| self.reading.truth(*condition, row));
            let taken = match truths.enumerate().find(|(_, truth)| !truth.is_false()) {
                Some((at, truth)) if truth.is_true() => Taken::Branch(at),
                Some(_) => Taken::Undecided,
                None => Taken::Otherwise,
            };
            for (condition, value) in branches {
                children.extend(self.nodes(&[*condition, *value], row));
            }
            children.push(self.node(otherwise, row));
            return (Detail::If { branches: branches.len(), taken }, children);
        }
        for (at, (condition, value)) in branches.iter().enumerate() {
            children.push(self.node(*condition, row));
            let truth = self.reading.truth(*condition, row);
            if truth.is_true() {
                children.push(self.node(*value, row));
                return (Detail::If { branches: branches.len(), taken: Taken::Branch(at) }, children);
            }
            if truth.is_unknown() {
                return (Detail::If { branches: branches.len(), taken: Taken::Undecided }, children);
            }
        }
        children.push(self.node(otherwise, row));
        (Detail::If { branches: branches.len(), taken: Taken::Otherwise }, children)
    }

    fn keyed(
        &mut self,
        by: ExprId,
        entries: &[(ExprId, ExprId)],
        otherwise: Option<ExprId>,
        row: usize,
    ) -> (Detail, Vec<Node>) {
        let key = self.reading.value(by, row);
        let mut children = self.nodes(&[by], row);
        let entry = entries.iter().find(|(k, _)| same(&key, &self.reading.value(*k, row)));
        let taken = match (entry, otherwise) {
            _ if is_absent(&key) => KeyTaken::Nothing,
            (Some((k, value)), _) => {
                if !self.every {
                    children.push(self.node(*value, row));
                }
                KeyTaken::Entry(self.reading.value(*k, row))
            }
            (None, Some(value)) => {
                if !self.every {
                    children.push(self.node(value, row));
                }
                KeyTaken::Otherwise
            }
            (None, None) => KeyTaken::Nothing,
        };
        if self.every {
            for (key, value) in entries {
                children.extend(self.nodes(&[*key, *value], row));
            }
            children.extend(otherwise.map(|value| self.node(value, row)));
        }
        (Detail::Keyed { taken }, children)
    }

    fn count(
        &self,
        quantifier: &Quantifier,
        applicable: bool,
        items: &[ExprId],
        over: QuantifiedOver,
        row: usize,
    ) -> Count {
        let number = |e: &ExprId| self.reading.value(*e, row);
        let asked = match quantifier {
            Quantifier::Any => Asked::Any,
            Quantifier::All => Asked::All,
            Quantifier::None => Asked::None,
            Quantifier::AtLeast(n) => Asked::AtLeast(number(n)),
            Quantifier::AtMost(n) => Asked::AtMost(number(n)),
            Quantifier::Exactly(n) => Asked::Exactly(number(n)),
        };
        let limit = match quantifier {
            Quantifier::Any | Quantifier::All | Quantifier::None => None,
            Quantifier::AtLeast(n) | Quantifier::AtMost(n) | Quantifier::Exactly(n) => self.reading.parameter_of(*n),
        };
        let mut count =
            Count { asked, over, limit, applicable, met: 0, not_met: 0, undetermined: 0, not_applicable: 0 };
        for item in items {
            let truth = self.reading.truth(*item, row);
            let counter = if truth.is_true() {
                &mut count.met
            } else if truth.is_false() {
                &mut count.not_met
            } else if truth.reasons() == Reasons::NOT_APPLICABLE {
                &mut count.not_applicable
            } else {
                &mut count.undetermined
            };
            *counter += 1;
        }
        count
    }
}

/// The cells without a value that made a node absent or unknown, each once. Parts that are known are passed by.
pub(super) fn missing_cells(node: &Node, into: &mut Vec<InputCell>) {
    if !is_absent(&node.value) {
        return;
    }
    let mut add = |cell: &InputCell| {
        if is_absent(&cell.value) && !into.iter().any(|c| same_cell(c, cell)) {
            into.push(cell.clone());
        }
    };
    match &node.detail {
        Detail::Cell(cell) => add(cell),
        Detail::Follow(link) if link.row.is_none() => add(&link.from),
        Detail::Aggregate(trace) => {
            let lacking = trace.rows.iter().filter(|r| matches!(r.role, RowUse::Absent(_) | RowUse::Undecided(_)));
            lacking.flat_map(|r| &r.cells).for_each(&mut add);
        }
        _ => {}
    }
    for child in causes(node) {
        missing_cells(child, into);
    }
}

/// The tables that have no row for the school, or none that matches, where an absent value needed one, each once.
pub(super) fn missing_tables(node: &Node, into: &mut Vec<MissingRows>) {
    if !is_absent(&node.value) {
        return;
    }
    if let Detail::Aggregate(trace) = &node.detail
        && trace.scope == Scope::School
        && trace.rows.is_empty()
        && let Some(used) = trace.used.as_ref().filter(|used| used.taken == 0)
        && !into.iter().any(|known| known.table_title == trace.table_title)
    {
        let others = used.not_matching + used.outside_window;
        into.push(MissingRows { table_title: trace.table_title.clone(), others });
    }
    for child in causes(node) {
        missing_tables(child, into);
    }
}

/// Whether cells without a value stand among what a value was made from.
pub(super) fn passes_over(node: &Node) -> bool {
    let own = match &node.detail {
        Detail::Cell(cell) => is_lacking(&cell.value),
        Detail::Follow(link) => link.row.is_none() && is_lacking(&link.from.value),
        Detail::Aggregate(trace) => trace.rows.iter().any(|row| match row.role {
            RowUse::Absent(_) | RowUse::Undecided(_) => row.cells.iter().any(|cell| is_lacking(&cell.value)),
            _ => false,
        }),
        _ => false,
    };
    own || causes(node).iter().any(passes_over)
}

/// The parts that an absent value may be absent for: of a value that the rules withhold, only what decides about that.
fn causes(node: &Node) -> &[Node] {
    let all = node.children.as_slice();
    match node.detail {
        Detail::AbsentWhen { withheld: Withheld::Yes, .. } => &[],
        Detail::AbsentWhen { withheld: Withheld::No, .. } => all.get(..1).unwrap_or(&[]),
        Detail::AbsentWhen { withheld: Withheld::Unknown, .. } => all.get(1..).unwrap_or(&[]),
        _ => all,
    }
}

fn same_cell(a: &InputCell, b: &InputCell) -> bool {
    a.table == b.table && a.column == b.column && a.row == b.row
}

/// Equal as the rules compare: texts by normal form.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => crate::name::normal_text(a) == crate::name::normal_text(b),
        (Value::Absent(_) | Value::Between(..), _) | (_, Value::Absent(_) | Value::Between(..)) => false,
        (a, b) => a == b,
    }
}

fn judged(verdict: Option<Verdict>) -> Verdict {
    verdict.unwrap_or(Verdict::NotJudged)
}

fn apart(years: &[(i64, ExprId)]) -> (Vec<i64>, Vec<ExprId>) {
    years.iter().copied().unzip()
}
