//! One value from many rows: which rows belong, what each contributes, and what comes of them.
//!
//! Takes every row anew. What is the same for many rows – the rows of a parent, of a group, of all – is gathered once.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::reading::{Children, Reading, mean, total, whole};
use crate::model::expr::{Aggregate, AggregateFunction, AggregateTo, ExprId};
use crate::name::folded_text;
use crate::number::Number;
use crate::number::rounding::{Rounding, round_to_multiple};
use crate::schema::{ColumnId, TableId};
use crate::value::{Reasons, Truth, Value};

/// What tells groups of rows apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Key {
    Text(String),
    Number(Number),
    Other(String),
}

/// Rows by their group, or why a row is in none.
pub(super) struct Groups {
    pub of_row: Vec<Result<usize, Reasons>>,
    pub rows: Vec<Vec<usize>>,
}

/// What one row brings to an aggregate.
enum Part {
    /// Does not belong.
    Outside,
    /// It is unknown whether it belongs.
    Undecided(Reasons),
    /// Belongs and brings nothing.
    Left(Reasons),
    Taken(Taken),
}

struct Taken {
    row: usize,
    value: Number,
    weight: Number,
}

/// The groups of an aggregate within strata, with the value of each.
pub(super) struct Gathered {
    groups: Groups,
    values: Vec<Value>,
}

impl Reading<'_> {
    pub(super) fn aggregate(&self, id: ExprId, aggregate: &Aggregate, row: usize) -> Value {
        match &aggregate.to {
            AggregateTo::Parent { table, links } => {
                let children = self.children(aggregate.rows, *table, links);
                children.get(row).map_or(Value::Absent(Reasons::MISSING), |rows| self.of_rows(aggregate, rows))
            }
            AggregateTo::All => self.gathered(id, aggregate, &[]).values.first().cloned().unwrap_or_default_absent(),
            AggregateTo::Strata { keys, except_self } => {
                let gathered = self.gathered(id, aggregate, keys);
                let group = match gathered.groups.of_row.get(row) {
                    Some(Ok(group)) => *group,
                    Some(Err(reasons)) => return Value::Absent(*reasons),
                    None => return Value::Absent(Reasons::MISSING),
                };
                if !except_self {
                    return gathered.values.get(group).cloned().unwrap_or_default_absent();
                }
                let rows = gathered.groups.rows.get(group).map_or(&[][..], Vec::as_slice);
                let others: Vec<usize> = rows.iter().copied().filter(|other| *other != row).collect();
                self.of_rows(aggregate, &others)
            }
        }
    }

    /// Rows of `from` by the row of `to` that their links lead to.
    fn children(&self, from: TableId, to: TableId, links: &[ColumnId]) -> Children {
        let key = (from, links.to_vec());
        if let Some(known) = self.children.borrow().get(&key) {
            return known.clone();
        }
        let mut children = vec![Vec::new(); self.rows(to)];
        for row in 0..self.rows(from) {
            let (mut table, mut at) = (from, Ok(row));
            for link in links {
                at = at.and_then(|row| self.linked(table, *link, row));
                table = self.rules.schema.column(table, *link).and_then(|column| column.link).unwrap_or(table);
            }
            if let Some(rows) = at.ok().and_then(|parent: usize| children.get_mut(parent)) {
                rows.push(row);
            }
        }
        let children: Children = Rc::new(children);
        self.children.borrow_mut().insert(key, children.clone());
        children
    }

    fn gathered(&self, id: ExprId, aggregate: &Aggregate, keys: &[ExprId]) -> Rc<Gathered> {
        if let Some(known) = self.gathered.borrow().get(&id) {
            return known.clone();
        }
        let groups = self.groups(keys, self.rows(aggregate.rows));
        let all = !matches!(aggregate.to, AggregateTo::Strata { except_self: true, .. });
        let values = groups.rows.iter().filter(|_| all).map(|rows| self.of_rows(aggregate, rows)).collect();
        let gathered = Rc::new(Gathered { groups, values });
        self.gathered.borrow_mut().insert(id, gathered.clone());
        gathered
    }

    /// Rows with the same keys; kinds of settlements are told apart. Without keys all rows are one group.
    pub(super) fn groups(&self, keys: &[ExprId], rows: usize) -> Groups {
        let mut groups = Groups { of_row: Vec::with_capacity(rows), rows: Vec::new() };
        if keys.is_empty() {
            groups.rows.push(Vec::new());
        }
        let mut known: HashMap<Vec<Key>, usize> = HashMap::from([(Vec::new(), 0)]);
        for row in 0..rows {
            let group = self.keys(keys, row).map(|keys| {
                let next = groups.rows.len();
                let group = *known.entry(keys).or_insert(next);
                if group == next {
                    groups.rows.push(Vec::new());
                }
                group
            });
            if let Some(members) = group.ok().and_then(|group: usize| groups.rows.get_mut(group)) {
                members.push(row);
            }
            groups.of_row.push(group);
        }
        groups
    }

    fn keys(&self, keys: &[ExprId], row: usize) -> Result<Vec<Key>, Reasons> {
        let (mut found, mut absent) = (Vec::new(), Reasons::NONE);
        for key in keys {
            match self.value(*key, row) {
                Value::Text(text) => found.push(Key::Text(folded_text(&text))),
                Value::Number(number) => found.push(Key::Number(number)),
                Value::Absent(reasons) | Value::Between(_, reasons) => absent = absent.and(reasons),
                other => found.push(Key::Other(format!("{other:?}"))),
            }
        }
        if absent.is_none() { Ok(found) } else { Err(absent) }
    }

    /// The value of an aggregate over some rows of its table.
    fn of_rows(&self, aggregate: &Aggregate, rows: &[usize]) -> Value {
        if aggregate.function == AggregateFunction::Count && !aggregate.distinct.is_empty() {
            return self.different(aggregate, rows);
        }
        let (mut taken, mut undecided, mut reasons) = (Vec::new(), 0, Reasons::NONE);
        let mut open = Reasons::NONE;
        for row in rows {
            match self.part(aggregate, *row) {
                Part::Outside => {}
                Part::Undecided(why) => {
                    undecided += 1;
                    reasons = reasons.and(why);
                    open = open.and(why);
                }
                Part::Left(why) => reasons = reasons.and(why),
                Part::Taken(part) => taken.push(part),
            }
        }
        if aggregate.function == AggregateFunction::Count {
            return between(taken.len(), undecided, open);
        }
        if taken.is_empty() {
            let nothing = match aggregate.function {
                AggregateFunction::Share => Reasons::NOT_APPLICABLE,
                _ => Reasons::MISSING,
            };
            return Value::Absent(if reasons.is_none() { nothing } else { reasons });
        }
        self.combined(aggregate, taken)
    }

    /// What certainly keeps a row out comes before what is unknown of it.
    fn part(&self, aggregate: &Aggregate, row: usize) -> Part {
        let truth = |condition: Option<ExprId>, otherwise| condition.map_or(otherwise, |id| self.truth(id, row));
        let member = aggregate.among.map_or(Truth::TRUE, |population| self.member(population, row));
        let belongs = member.and(truth(aggregate.filter, Truth::TRUE));
        let in_window = self.in_window(aggregate, row);
        if belongs.and(in_window).is_false() {
            return Part::Outside;
        }
        let withheld = truth(aggregate.suppressing, Truth::FALSE);
        if withheld.is_true() {
            return Part::Left(Reasons::SUPPRESSED);
        }
        let share = aggregate.share_of.map(|condition| self.truth(condition, row));
        let open = belongs.reasons().and(withheld.reasons()).and(share.unwrap_or(Truth::TRUE).reasons());
        // a row of an unknown year may be one of those counted; to a value it brings as little as one without a value
        if !open.is_none() || (in_window.is_unknown() && aggregate.value.is_none()) {
            return Part::Undecided(open.and(in_window.reasons()));
        }
        let value = match (aggregate.value, share) {
            (Some(value), _) => self.number(value, row),
            (None, Some(holds)) => Ok(whole(usize::from(holds.is_true()))),
            (None, None) => Ok(Number::one()),
        };
        let weight = aggregate.weight.map_or(Ok(Number::one()), |weight| self.number(weight, row));
        match (value, weight) {
            (Ok(value), Ok(weight)) if !in_window.is_unknown() => Part::Taken(Taken { row, value, weight }),
            (value, weight) => {
                let absent = [value.err(), weight.err()].into_iter().flatten();
                Part::Left(absent.fold(in_window.reasons(), Reasons::and))
            }
        }
    }

    /// Whether the year of a row is one of the window; for the latest year without a window, whether there is a year.
    fn in_window(&self, aggregate: &Aggregate, row: usize) -> Truth {
        let Some(column) = aggregate.window.map(|window| window.column).or_else(|| self.latest_by(aggregate)) else {
            return Truth::TRUE;
        };
        match self.year(aggregate.rows, column, row) {
            Ok(year) => Truth::from_bool(aggregate.window.is_none_or(|window| {
                Number::from_integer(window.from) <= year && year <= Number::from_integer(window.to)
            })),
            Err(reasons) => Truth::unknown(reasons),
        }
    }

    fn year(&self, table: TableId, column: ColumnId, row: usize) -> Result<Number, Reasons> {
        match self.dataset.column(table, column).map(|column| column.value(row)) {
            Some(Value::Number(year)) => Ok(year),
            Some(Value::Absent(reasons)) => Err(reasons),
            _ => Err(Reasons::MISSING),
        }
    }

    fn latest_by(&self, aggregate: &Aggregate) -> Option<ColumnId> {
        if aggregate.function != AggregateFunction::Latest {
            return None;
        }
        aggregate.window.map(|window| window.column).or_else(|| self.rules.schema.table(aggregate.rows)?.year)
    }

    fn combined(&self, aggregate: &Aggregate, mut taken: Vec<Taken>) -> Value {
        if let Some(column) = self.latest_by(aggregate) {
            let year = |part: &Taken| self.year(aggregate.rows, column, part.row).ok();
            let last = taken.iter().map(year).max().flatten();
            taken.retain(|part| year(part) == last);
        }
        let mut values: Vec<Number> = taken.iter().map(|part| part.value.clone()).collect();
        values.sort();
        let result = match aggregate.function {
            AggregateFunction::Mean | AggregateFunction::Share | AggregateFunction::Latest => {
                let weighted: Vec<Number> = taken.iter().map(|part| part.value.multiply(&part.weight)).collect();
                let weights = total(taken.iter().map(|part| &part.weight));
                match total(&weighted).divide(&weights) {
                    Some(mean) => Some(mean),
                    None => return Value::Absent(Reasons::NOT_APPLICABLE),
                }
            }
            AggregateFunction::Sum => {
                let weighted: Vec<Number> = taken.iter().map(|part| part.value.multiply(&part.weight)).collect();
                Some(total(&weighted))
            }
            AggregateFunction::Count => Some(whole(taken.len())),
            AggregateFunction::Minimum => values.first().cloned(),
            AggregateFunction::Maximum => values.last().cloned(),
            AggregateFunction::Median => median(&values),
            AggregateFunction::Quantile(share) => match self.number(share, 0) {
                Ok(share) => quantile(&values, &share),
                Err(reasons) => return Value::Absent(reasons),
            },
        };
        result.map_or(Value::Absent(Reasons::MISSING), Value::Number)
    }

    /// How many different keys the rows have. A row without a key may be of a further kind, and so may one of which it is
    /// unknown whether it belongs, unless another row that belongs has the same key.
    fn different(&self, aggregate: &Aggregate, rows: &[usize]) -> Value {
        let (mut certain, mut possible) = (BTreeSet::new(), BTreeSet::new());
        let (mut without, mut reasons) = (0, Vec::new());
        for row in rows {
            let why = match self.part(aggregate, *row) {
                Part::Outside | Part::Left(_) => continue,
                Part::Undecided(why) => why,
                Part::Taken(_) => Reasons::NONE,
            };
            match self.keys(&aggregate.distinct, *row) {
                Ok(keys) if why.is_none() => drop(certain.insert(keys)),
                Ok(keys) => {
                    possible.insert(keys.clone());
                    reasons.push((Some(keys), why));
                }
                Err(absent) => {
                    without += 1;
                    reasons.push((None, why.and(absent)));
                }
            }
        }
        let further = possible.iter().filter(|keys| !certain.contains(*keys)).count();
        let open = reasons.iter().filter(|(keys, _)| keys.as_ref().is_none_or(|keys| !certain.contains(keys)));
        let open = open.fold(Reasons::NONE, |all, (_, why)| all.and(*why));
        between(certain.len(), further + without, open)
    }
}

/// The middle one, or the mean of the two in the middle, of values in order.
pub(super) fn median(values: &[Number]) -> Option<Number> {
    let half = values.len() / 2;
    if values.len() % 2 == 1 {
        return values.get(half).cloned();
    }
    mean(&[values.get(half.checked_sub(1)?)?.clone(), values.get(half)?.clone()])
}

/// The least value at or below which that share of the values lies, of values in order.
fn quantile(values: &[Number], share: &Number) -> Option<Number> {
    let wanted = share.multiply(&whole(values.len()));
    let place = round_to_multiple(&wanted, &Number::one(), Rounding::Up)?.to_integer()?.max(1);
    values.get(usize::try_from(place).ok()?.checked_sub(1)?).cloned()
}

fn between(known: usize, open: usize, reasons: Reasons) -> Value {
    if open == 0 {
        return Value::Number(whole(known));
    }
    let reasons = if reasons.is_none() { Reasons::MISSING } else { reasons };
    Value::Between(Box::new((whole(known), whole(known + open))), reasons)
}

/// Where there is no row to ask.
trait OrAbsent {
    fn unwrap_or_default_absent(self) -> Value;
}

impl OrAbsent for Option<Value> {
    fn unwrap_or_default_absent(self) -> Value {
        self.unwrap_or(Value::Absent(Reasons::MISSING))
    }
}
