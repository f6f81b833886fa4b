//! Which rows belong to which school: those that the rules gather for it, step by step.

use std::collections::BTreeMap;

use super::{Ground, row_id};
use crate::evaluate::trace::linked;
use crate::plan::{StepKind, Target};
use crate::schema::{ColumnId, TableId};

/// Per table the school of each row (`u32::MAX`: of none), once for each way that leads there.
#[derive(Debug, Default)]
pub(super) struct Owners {
    of: BTreeMap<TableId, Vec<Vec<u32>>>,
}

impl Owners {
    /// Follows the links by which the rules gather rows, back from the schools.
    pub fn of(ground: &Ground<'_>) -> Owners {
        let mut edges: Vec<(TableId, &[ColumnId], TableId)> = Vec::new();
        for step in &ground.plan.steps {
            if let StepKind::Aggregate(aggregate) = &step.kind
                && let Target::Parent { table, links } = &aggregate.to
            {
                let edge = (aggregate.rows, links.as_slice(), *table);
                if !edges.contains(&edge) && aggregate.rows != ground.rules.subject {
                    edges.push(edge);
                }
            }
        }
        let mut owners = Owners::default();
        let own: Vec<u32> = (0..ground.schools()).map(row_id).collect();
        owners.of.insert(ground.rules.subject, vec![own]);
        let mut done = vec![false; edges.len()];
        // an edge is followed once what it leads to is known
        for _ in 0..edges.len() {
            for (at, (rows, links, to)) in edges.iter().enumerate() {
                let Some(known) = owners.of.get(to).filter(|_| done.get(at) == Some(&false)).cloned() else { continue };
                if let Some(slot) = done.get_mut(at) {
                    *slot = true;
                }
                let Some(places) = places(ground, *rows, links) else { continue };
                for owner in known {
                    let school = |place: &u32| {
                        usize::try_from(*place).ok().and_then(|at| owner.get(at)).copied().unwrap_or(u32::MAX)
                    };
                    let found: Vec<u32> = places.iter().map(school).collect();
                    let all = owners.of.entry(*rows).or_default();
                    if !all.contains(&found) {
                        all.push(found);
                    }
                }
            }
        }
        owners
    }

    /// The tables of which rows belong to schools, the schools themselves among them.
    pub fn tables(&self) -> impl Iterator<Item = TableId> {
        self.of.keys().copied()
    }

    /// The schools that a row belongs to.
    pub fn schools(&self, table: TableId, row: usize) -> Vec<usize> {
        let mut found: Vec<usize> = self
            .of
            .get(&table)
            .into_iter()
            .flatten()
            .filter_map(|owner| owner.get(row).filter(|school| **school != u32::MAX))
            .filter_map(|school| usize::try_from(*school).ok())
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The row that each row reaches by links one after the other.
fn places(ground: &Ground<'_>, from: TableId, links: &[ColumnId]) -> Option<Vec<u32>> {
    let count = ground.data.table(from)?.rows;
    let mut places: Vec<u32> = (0..count).map(row_id).collect();
    let mut table = from;
    for link in links {
        let to = linked(ground.data, table, *link)?;
        let next = |place: &u32| usize::try_from(*place).ok().and_then(|at| to.get(at)).copied().unwrap_or(u32::MAX);
        places = places.iter().map(next).collect();
        table = ground.rules.schema.column(table, *link)?.link?;
    }
    Some(places)
}
