//! What cells of made-up data are chosen from: numbers at the thresholds of both rule sets and one step beside them, texts and dates
//! that the rules name, and a few plain values, so that equal ones are frequent.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::world::{Cell, World, belongs};
use crate::model::RuleSet;
use crate::model::expr::ExprKind;
use crate::number::Number;
use crate::number::format::exact_digits;
use crate::schema::{ColumnId, ColumnSchema, Schema, TableId, TableSchema};
use crate::value::{Reasons, Type, Unit};

/// A small seeded source of chance in whole numbers: SplitMix64 (Steele, Lea, Flood 2014).
#[derive(Debug, Clone)]
pub struct Chance {
    state: u64,
}

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A whole number below `count`; 0 when there is none.
    pub fn below(&mut self, count: usize) -> usize {
        let count = u64::try_from(count).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % count).unwrap_or(0)
    }

    /// True in `of_thousand` of a thousand cases.
    pub fn happens(&mut self, of_thousand: usize) -> bool {
        self.below(1000) < of_thousand
    }

    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }
}

/// More values than this of one column are thinned out.
const MOST_VALUES: usize = 40;

/// What the cells of every column are chosen from.
#[derive(Debug, Clone)]
pub(super) struct Palette {
    /// Per table and column.
    values: BTreeMap<(usize, usize), Vec<Cell>>,
    used: BTreeSet<(TableId, ColumnId)>,
    subject: usize,
    /// Codes of schools that decisions of people name.
    codes: Vec<Arc<str>>,
}

/// What the rules name.
#[derive(Default)]
struct Named {
    numbers: Vec<(Number, Unit)>,
    texts: BTreeSet<Arc<str>>,
    days: BTreeSet<jiff::civil::Date>,
    years: BTreeSet<i64>,
}

impl Named {
    fn of(rules: &[&RuleSet]) -> Named {
        let mut named = Named::default();
        for rules in rules {
            for expr in &rules.exprs {
                match (&expr.kind, &expr.ty) {
                    (ExprKind::Number(number), Type::Number(unit)) => {
                        let found = (number.clone(), unit.clone());
                        if !named.numbers.contains(&found) {
                            named.numbers.push(found);
                        }
                    }
                    (ExprKind::Text(text), _) => {
                        named.texts.insert(text.clone());
                    }
                    (ExprKind::Date(day), _) => {
                        named.days.insert(*day);
                    }
                    _ => {}
                }
            }
            let entries = rules.lists.iter().flat_map(|list| list.entries.iter().take(2));
            named.texts.extend(entries.map(|entry| entry.value.clone()));
            let year = rules.header.reporting_year.unwrap_or(2020);
            named.years.extend((0..5).map(|back| year - back));
            named.days.extend(i16::try_from(year).ok().map(|year| jiff::civil::date(year, 9, 1)));
        }
        named
    }

    fn values(&self, column: &ColumnSchema) -> Vec<Cell> {
        match &column.kind {
            Type::YesNo => vec![Cell::YesNo(true), Cell::YesNo(false)],
            Type::Text if !column.allowed.is_empty() => column.allowed.iter().cloned().map(Cell::Text).collect(),
            Type::Text => {
                let plain = ["а", "б"].map(Arc::from);
                self.texts.iter().cloned().chain(plain).map(Cell::Text).collect()
            }
            Type::Date => {
                let beside = |day: &jiff::civil::Date| [day.yesterday().ok(), Some(*day), day.tomorrow().ok()];
                self.days.iter().flat_map(beside).flatten().map(Cell::Day).collect()
            }
            Type::Number(Unit::Year) => {
                self.years.iter().map(|year| Cell::Number(Number::from_integer(*year))).collect()
            }
            Type::Number(unit) => self.numbers(unit).into_iter().map(Cell::Number).collect(),
        }
    }

    /// Numbers of a unit: what the rules hold such numbers against, one step below and above, and plain ones.
    fn numbers(&self, unit: &Unit) -> Vec<Number> {
        let ratio = |n: i128, d: i128| Number::ratio(n, d).unwrap_or_else(Number::zero);
        let (step, plain): (Number, Vec<Number>) = match unit {
            Unit::Percent | Unit::PercentagePoint => {
                (ratio(1, 100), [0, 10, 25, 50, 100].map(|n| ratio(n, 100)).to_vec())
            }
            Unit::Mark => (ratio(1, 1), [2, 3, 4, 5].map(|n| ratio(n, 1)).to_vec()),
            Unit::People | Unit::Place => (ratio(1, 1), [0, 1, 4, 10, 20, 100].map(|n| ratio(n, 1)).to_vec()),
            _ => (ratio(1, 1), [0, 1, 2, 10, 20, 50].map(|n| ratio(n, 1)).to_vec()),
        };
        let fits = |other: &Unit| {
            other == unit
                || matches!((other, unit), (Unit::Points(_), Unit::Points(_)))
                || matches!((other, unit), (Unit::PercentagePoint, Unit::Percent))
        };
        let mut found: BTreeSet<Number> = plain.iter().cloned().collect();
        for (number, own) in &self.numbers {
            if fits(own) {
                found.extend([number.subtract(&step), number.clone(), number.add(&step)]);
            } else if matches!(own, Unit::Number | Unit::Ratio | Unit::Percent) {
                // what a quotient is held against: so many times a plain number
                found.extend(plain.iter().map(|plain| plain.multiply(number)));
            }
        }
        let whole = matches!(unit, Unit::People | Unit::Place | Unit::Mark);
        let signed = matches!(unit, Unit::Number | Unit::Ratio | Unit::PercentagePoint | Unit::Score);
        let most = (*unit == Unit::Percent).then(Number::one);
        found.retain(|number| {
            (signed || !number.is_negative())
                && (!whole || number.is_integer())
                && most.as_ref().is_none_or(|most| number <= most)
                && is_decimal(number)
        });
        found.into_iter().collect()
    }
}

/// Whether a number can be written in a file.
pub(super) fn is_decimal(number: &Number) -> bool {
    let shown = number.multiply(&Number::from_integer(100));
    exact_digits(&shown, 0, super::world::MOST_DIGITS) < super::world::MOST_DIGITS
}

/// Whether such a number may stand in a column.
pub(super) fn is_possible(number: &Number, unit: &Unit) -> bool {
    let whole = matches!(unit, Unit::People | Unit::Place | Unit::Mark | Unit::Year);
    let signed = matches!(unit, Unit::Number | Unit::Ratio | Unit::PercentagePoint | Unit::Score);
    let within = match unit {
        Unit::Percent => *number <= Number::one(),
        Unit::Mark => *number >= Number::from_integer(2) && *number <= Number::from_integer(5),
        _ => true,
    };
    within && (signed || !number.is_negative()) && (!whole || number.is_integer()) && is_decimal(number)
}

impl Palette {
    /// `used`: the columns that either rule set reads.
    pub fn new(rules: &[&RuleSet], schema: &Schema, subject: TableId, used: &BTreeSet<(TableId, ColumnId)>) -> Palette {
        let named = Named::of(rules);
        let mut used = used.clone();
        let mut values = BTreeMap::new();
        for (at, table) in schema.tables.iter().enumerate() {
            let own = TableId(u32::try_from(at).unwrap_or(u32::MAX));
            // keys and links tell which rows belong together
            used.extend(table.key.iter().map(|key| (own, *key)));
            for (column, declared) in table.columns.iter().enumerate() {
                let id = ColumnId(u32::try_from(column).unwrap_or(u32::MAX));
                if declared.link.is_some() || table.year == Some(id) {
                    used.insert((own, id));
                }
                values.insert((at, column), thinned(named.values(declared)));
            }
        }
        let codes = rules.iter().flat_map(|rules| rules.registered.iter().map(|decision| decision.school.clone()));
        let subject = usize::try_from(subject.0).unwrap_or(usize::MAX);
        Palette { values, used, subject, codes: codes.collect() }
    }

    pub fn of(&self, table: usize, column: usize) -> &[Cell] {
        self.values.get(&(table, column)).map_or(&[], Vec::as_slice)
    }

    /// Made-up data.
    pub fn world(&self, schema: &Schema, chance: &mut Chance) -> World {
        let absent = *chance.pick(&[0, 0, 60, 150, 300]).unwrap_or(&0);
        let schools = *chance.pick(&[1, 1, 2, 3, 4, 5, 6, 8, 12]).unwrap_or(&1);
        let mut counts: Vec<usize> = schema.tables.iter().map(|_| 0).collect();
        for (at, table) in schema.tables.iter().enumerate() {
            let up = table.columns.iter().any(|column| column.link.is_some());
            let count = if at == self.subject {
                schools
            } else if up {
                1 + chance.below(schools * 3)
            } else {
                1 + chance.below(3)
            };
            if let Some(slot) = counts.get_mut(at) {
                *slot = count;
            }
        }
        let tables = schema.tables.iter().enumerate().map(|(at, table)| {
            let mut keys: BTreeSet<Vec<String>> = BTreeSet::new();
            let favoured: Vec<Vec<Cell>> = (0..table.columns.len())
                .map(|column| (0..2).filter_map(|_| chance.pick(self.of(at, column)).cloned()).collect())
                .collect();
            let count = counts.get(at).copied().unwrap_or(0);
            let row = |row: usize| {
                let cells: Vec<Cell> = (0..table.columns.len())
                    .map(|column| {
                        let favoured = favoured.get(column).map_or(&[][..], Vec::as_slice);
                        self.cell(at, table, column, row, (&counts, favoured, absent), chance)
                    })
                    .collect();
                let key = table.key.iter().map(|key| format!("{:?}", cells.get(key.0 as usize))).collect();
                // two rows of one key are no data
                (table.key.is_empty() || keys.insert(key)).then_some(cells)
            };
            (0..count).filter_map(row).collect()
        });
        World { tables: tables.collect(), used: self.used.clone(), emptied: BTreeSet::new() }
    }

    fn cell(
        &self,
        at: usize,
        table: &TableSchema,
        column: usize,
        row: usize,
        (counts, favoured, absent): (&[usize], &[Cell], usize),
        chance: &mut Chance,
    ) -> Cell {
        let missing = Cell::Absent(Reasons::MISSING);
        let Some(declared) = table.columns.get(column) else { return missing };
        let id = ColumnId(u32::try_from(column).unwrap_or(u32::MAX));
        let is_key = table.key.contains(&id);
        if let Some(link) = declared.link {
            let count = counts.get(link.0 as usize).copied().unwrap_or(0);
            let lost = count == 0 || (!belongs(table, column) && chance.happens(absent));
            return if lost { missing } else { Cell::Link(chance.below(count)) };
        }
        if is_key && table.key.len() == 1 && declared.kind == Type::Text {
            let named = if at == self.subject { self.codes.get(row) } else { None };
            let code = || Arc::from(format!("{}", (at + 1) * 100 + row + 1));
            return Cell::Text(named.filter(|_| chance.happens(500)).cloned().unwrap_or_else(code));
        }
        if !is_key && table.year != Some(id) && chance.happens(absent) {
            let mut reasons = vec![Reasons::MISSING, Reasons::MISSING, Reasons::NOT_APPLICABLE, Reasons::SUPPRESSED];
            // a text can be anything, so none is unreadable
            if declared.kind != Type::Text {
                reasons.push(Reasons::INVALID);
            }
            return chance.pick(&reasons).map_or(missing.clone(), |reasons| Cell::Absent(*reasons));
        }
        let all = if chance.happens(400) && !favoured.is_empty() { favoured } else { self.of(at, column) };
        chance.pick(all).cloned().unwrap_or(missing)
    }
}

fn thinned(values: Vec<Cell>) -> Vec<Cell> {
    let every = values.len().div_ceil(MOST_VALUES).max(1);
    values.into_iter().step_by(every).collect()
}
