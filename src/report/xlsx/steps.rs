//! A list's size along one number as step lines in a sheet, with the present value marked.
//!
//! Draws the corners it is given; knows no rules.

use super::sheets::{Cell, Graph, GraphKind, GraphPart, Look, Tab};
use super::threshold::columns;
use crate::messages::Speaker;
use crate::number::Number;
use crate::value::Unit;

/// One step line.
pub(super) struct Steps {
    /// Whose size it is.
    pub list: String,
    /// The number that it runs along.
    pub number: String,
    pub unit: Unit,
    pub title: String,
    /// The values that are drawn.
    pub ends: (Number, Number),
    /// Listed before the first corner.
    pub first: usize,
    /// Where the size changes, and what it is from there on.
    pub corners: Vec<(Number, usize)>,
    /// The present value, and how many are listed at it; `None`: it is elsewhere.
    pub present: Option<(Number, usize)>,
}

/// The corners of the lines as rows, and a chart of each.
pub(super) fn tab(name: String, lines: Vec<Steps>, speaker: &Speaker) -> Tab<'static> {
    let ids = [
        ("threshold-head-list", 26),
        ("steps-head-number", 40),
        ("threshold-head-value", 14),
        ("threshold-head-listed", 12),
    ];
    let (mut rows, mut graphs) = (Vec::new(), Vec::new());
    for line in lines {
        let start = rows.len();
        let row = |list: &str, value: &Number, listed: usize| {
            let (list, number) = (Cell::Text(list.to_owned()), Cell::Text(line.number.clone()));
            vec![list, number, Cell::Number(value.clone(), line.unit.clone()), Cell::Count(listed)]
        };
        rows.push(row(&line.list, &line.ends.0, line.first));
        let mut before = line.first;
        for (value, listed) in &line.corners {
            rows.push(row(&line.list, value, before));
            rows.push(row(&line.list, value, *listed));
            before = *listed;
        }
        rows.push(row(&line.list, &line.ends.1, before));
        let last = rows.len() - 1;
        let now = speaker.word("threshold-chart-now");
        if let Some((value, listed)) = &line.present {
            rows.push(row(&now, value, 0));
            rows.push(row(&now, value, *listed));
        }
        let part = |name: String, rows, look| GraphPart { name, rows, along: 2, values: 3, look };
        let mut parts = vec![part(speaker.word("threshold-head-listed"), (start, last), Look::Line)];
        parts.extend(line.present.is_some().then(|| part(now, (last + 1, last + 2), Look::Dashed)));
        graphs.push(Graph {
            kind: GraphKind::Path,
            title: line.title.clone(),
            axes: [line.number.clone(), speaker.word("threshold-head-listed")],
            percent: line.unit == Unit::Percent,
            parts,
        });
    }
    Tab { name, columns: columns(speaker, &ids), rows, frozen: 2, graphs, ..Tab::default() }
}
