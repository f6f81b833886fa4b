//! Which rows of the data are about one school: its own, those that belong to it, those that they name, and those that only
//! describe what is named.
//!
//! Follows links; knows no rules.

use std::collections::BTreeSet;

use super::dataset::{Dataset, Values};
use crate::schema::{ColumnId, Schema, TableId};

/// No row.
pub(super) const NONE: u32 = u32::MAX;

/// How the tables are tied to that of the schools, and the rows behind every link.
#[derive(Debug)]
pub struct Belonging {
    subject: usize,
    links: Vec<Link>,
    /// Tables whose rows reach a school by links.
    belong: Vec<bool>,
    /// Tables whose rows schools, or what belongs to them, reach by links.
    named: Vec<bool>,
    /// Tables whose rows belong to one school each: they reach it by one way of links, and no school reaches them.
    of_one: Vec<bool>,
}

/// The rows about one school, by table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Own {
    /// Its own row and those that belong to it.
    pub belonging: Vec<BTreeSet<u32>>,
    /// Rows of other tables that those name, and those that they name in turn.
    pub named: Vec<BTreeSet<u32>>,
    /// Rows of tables that only describe what is named.
    pub describing: Vec<BTreeSet<u32>>,
}

/// A loaded link column with the way back.
#[derive(Debug)]
struct Link {
    from: usize,
    to: usize,
    /// Row of `to` per row of `from`.
    forth: std::sync::Arc<Vec<u32>>,
    /// Rows of `from` by the row of `to` that they name: those of row `r` are `back[starts[r]..starts[r + 1]]`.
    starts: Vec<u32>,
    back: Vec<u32>,
}

pub(super) fn place(table: TableId) -> usize {
    usize::try_from(table.0).unwrap_or(usize::MAX)
}

fn row(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

impl Belonging {
    pub fn of(schema: &Schema, subject: TableId, dataset: &Dataset) -> Belonging {
        let tables = schema.tables.len();
        let subject = place(subject);
        let mut links = Vec::new();
        for (from, (declared, table)) in schema.tables.iter().zip(&dataset.tables).enumerate() {
            for column in (0..declared.columns.len()).filter_map(|at| u32::try_from(at).ok()) {
                let column = table.column(ColumnId(column));
                if let Some(Values::Links { rows, table: to, .. }) = column.map(|column| &column.values) {
                    let count = dataset.table(*to).map_or(0, |table| table.rows);
                    links.push(Link::of(from, place(*to), rows, count));
                }
            }
        }
        let belong = closure(tables, |found| {
            let next = |link: &&Link| link.from != subject && (link.to == subject || is(found, link.to));
            links.iter().filter(next).map(|link| link.from).collect()
        });
        let named = closure(tables, |found| {
            let from = |table: usize| table == subject || is(&belong, table) || is(found, table);
            links.iter().filter(|link| link.to != subject && from(link.from)).map(|link| link.to).collect()
        });
        let reached = closure(tables, |found| {
            let from = |table: usize| table == subject || is(found, table);
            links.iter().filter(|link| link.to != subject && from(link.from)).map(|link| link.to).collect()
        });
        let ways = ways(tables, subject, &links);
        let of_one = ways.iter().zip(&reached).map(|(ways, reached)| *ways == 1 && !reached).collect();
        Belonging { subject, links, belong, named, of_one }
    }

    /// Whether every row of a table belongs to at most one school, and what that school reads of the table is its own.
    pub fn is_of_one(&self, table: TableId) -> bool {
        is(&self.of_one, place(table))
    }

    /// The rows about schools, given as rows of their table.
    pub fn of_schools(&self, rows: &[usize]) -> Own {
        let rows: Vec<u32> = rows.iter().map(|row| u32::try_from(*row).unwrap_or(NONE)).collect();
        self.own(&rows, |_, _| None)
    }

    /// The rows about a school, given as rows of its table: one, or the same school as it stands in the data more than once.
    /// `twin`: the other row of the same thing.
    pub(super) fn own(&self, schools: &[u32], twin: impl Fn(usize, u32) -> Option<u32>) -> Own {
        let tables = self.belong.len();
        let mut own = Own {
            belonging: vec![BTreeSet::new(); tables],
            named: vec![BTreeSet::new(); tables],
            describing: vec![BTreeSet::new(); tables],
        };
        let mut ahead: Vec<(usize, u32)> = schools.iter().map(|school| (self.subject, *school)).collect();
        while let Some((table, at)) = ahead.pop() {
            if !own.belonging.get_mut(table).is_some_and(|rows| rows.insert(at)) {
                continue;
            }
            let children = self.links.iter().filter(|link| link.to == table && link.from != self.subject);
            for link in children.filter(|link| is(&self.belong, link.from)) {
                ahead.extend(link.children(at).iter().map(|child| (link.from, *child)));
            }
        }
        let all = own.belonging.iter().enumerate();
        let mut ahead: Vec<(usize, u32)> =
            all.flat_map(|(table, rows)| rows.iter().map(move |at| (table, *at))).collect();
        while let Some((table, at)) = ahead.pop() {
            for link in self.links.iter().filter(|link| link.from == table && link.to != self.subject) {
                let Some(to) = link.forth.get(row(at)).copied().filter(|to| *to != NONE) else { continue };
                for to in [Some(to), twin(link.to, to)].into_iter().flatten() {
                    let belongs = own.belonging.get(link.to).is_some_and(|rows| rows.contains(&to));
                    if !belongs && own.named.get_mut(link.to).is_some_and(|rows| rows.insert(to)) {
                        ahead.push((link.to, to));
                    }
                }
            }
        }
        let all = own.named.iter().enumerate();
        let mut ahead: Vec<(usize, u32)> =
            all.flat_map(|(table, rows)| rows.iter().map(move |at| (table, *at))).collect();
        while let Some((table, at)) = ahead.pop() {
            for link in self.links.iter().filter(|link| link.to == table && self.describes(link.from)) {
                for child in link.children(at) {
                    if own.describing.get_mut(link.from).is_some_and(|rows| rows.insert(*child)) {
                        ahead.push((link.from, *child));
                    }
                }
            }
        }
        own
    }

    fn describes(&self, table: usize) -> bool {
        table != self.subject && !is(&self.belong, table) && !is(&self.named, table)
    }

    /// What a row names, by table.
    pub(super) fn named_by(&self, table: usize, at: u32) -> impl Iterator<Item = (usize, u32)> {
        let links = self.links.iter().filter(move |link| link.from == table);
        links.filter_map(move |link| Some((link.to, link.forth.get(row(at)).copied().filter(|to| *to != NONE)?)))
    }
}

impl Own {
    /// Whether a row is about the school.
    pub fn contains(&self, table: TableId, row: usize) -> bool {
        u32::try_from(row).is_ok_and(|row| self.holds(place(table), row))
    }

    pub(super) fn holds(&self, table: usize, row: u32) -> bool {
        let sets = [&self.belonging, &self.named, &self.describing];
        sets.into_iter().any(|sets| sets.get(table).is_some_and(|rows| rows.contains(&row)))
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = (usize, u32)> {
        let sets = [&self.belonging, &self.named, &self.describing].into_iter();
        sets.flat_map(|sets| sets.iter().enumerate().flat_map(|(table, rows)| rows.iter().map(move |at| (table, *at))))
    }
}

impl Link {
    fn of(from: usize, to: usize, forth: &std::sync::Arc<Vec<u32>>, count: usize) -> Link {
        let mut starts = vec![0u32; count + 1];
        for at in forth.iter().filter(|at| **at != NONE) {
            if let Some(slot) = starts.get_mut(row(*at).saturating_add(1)) {
                *slot += 1;
            }
        }
        let mut sum = 0;
        for slot in &mut starts {
            sum += *slot;
            *slot = sum;
        }
        let mut next = starts.clone();
        let mut back = vec![0u32; usize::try_from(sum).unwrap_or(0)];
        for (child, at) in forth.iter().enumerate().filter(|(_, at)| **at != NONE) {
            if let Some(slot) = next.get_mut(row(*at))
                && let (Some(place), Ok(child)) = (back.get_mut(row(*slot)), u32::try_from(child))
            {
                *place = child;
                *slot += 1;
            }
        }
        Link { from, to, forth: std::sync::Arc::clone(forth), starts, back }
    }

    fn children(&self, at: u32) -> &[u32] {
        let bounds = (self.starts.get(row(at)), self.starts.get(row(at).saturating_add(1)));
        let (Some(start), Some(end)) = bounds else { return &[] };
        self.back.get(row(*start)..row(*end)).unwrap_or(&[])
    }
}

fn is(all: &[bool], at: usize) -> bool {
    all.get(at).copied().unwrap_or(false)
}

/// What `next` finds from what is found, until nothing is added.
fn closure(tables: usize, next: impl Fn(&[bool]) -> Vec<usize>) -> Vec<bool> {
    let mut found = vec![false; tables];
    loop {
        let new: Vec<usize> = next(&found).into_iter().filter(|at| !is(&found, *at)).collect();
        if new.is_empty() {
            return found;
        }
        for at in new {
            if let Some(slot) = found.get_mut(at) {
                *slot = true;
            }
        }
    }
}

/// By how many ways of links the rows of a table reach a school; more than one stands for any number, in a circle too.
fn ways(tables: usize, subject: usize, links: &[Link]) -> Vec<usize> {
    let mut ways = vec![0usize; tables];
    for _ in 0..=tables {
        let mut next = vec![0usize; tables];
        for link in links.iter().filter(|link| link.from != subject) {
            let more = if link.to == subject { 1 } else { ways.get(link.to).copied().unwrap_or(0) };
            if let Some(slot) = next.get_mut(link.from) {
                *slot = slot.saturating_add(more).min(2);
            }
        }
        ways = next;
    }
    ways
}
