//! How sure lists are as a workbook: kinds, perturbations with a chart of who leaves and who enters, schools with their figures.
//!
//! Lays out what was found; tries nothing itself.

use super::sheets::{Cell, Graph, GraphKind, GraphPart, Look, MOST_TABLE_ROWS, Tab, column, said, workbook as build};
use super::threshold::{codes, columns, school};
use crate::decision::Verdict;
use crate::diagnostic::Argument;
use crate::messages::Speaker;
use crate::report::page::Block;
use crate::report::stability::{Effect, Sureness, Teller, kind_word, part_of};
use crate::stability::List;

/// Bars of one chart.
const MOST_BARS: usize = 24;

/// The workbook as bytes.
///
/// # Errors
/// The words of the library when a limit of the format is passed.
pub fn workbook(title: &str, head: &[Block], found: &Sureness<'_>, speaker: &Speaker) -> Result<Vec<u8>, String> {
    let book = Book { found, speaker, teller: Teller { found, speaker } };
    build(title, &[book.kinds(title, head), book.perturbations(), book.schools()], speaker)
}

struct Book<'a> {
    found: &'a Sureness<'a>,
    speaker: &'a Speaker,
    teller: Teller<'a>,
}

impl Book<'_> {
    fn category(&self, list: &List) -> String {
        let category = self.found.judgement.rules.categories.get(list.category.index());
        category.map_or_else(String::new, |category| category.name.to_string())
    }

    fn listed(&self, list: &List) -> String {
        self.speaker.say("stability-list", &[("name", Argument::Text(self.category(list)))])
    }

    /// What part of every list stays, kind by kind.
    fn kinds(&self, title: &str, head: &[Block]) -> Tab<'static> {
        let ids = [
            ("head-category", 16),
            ("stability-head-kind", 38),
            ("stability-head-stays", 11),
            ("stability-head-share", 11),
            ("stability-head-leave", 11),
            ("stability-head-enter", 11),
        ];
        let kinds = self.found.stability.tried();
        let (mut rows, mut graphs) = (Vec::new(), Vec::new());
        for list in &self.found.stability.lists {
            let start = rows.len();
            let shares = list.shares(kinds.len());
            let beside = |turned: &dyn Fn(&crate::stability::School) -> bool| {
                list.schools.iter().filter(|school| !school.listed && turned(school)).count()
            };
            let mut line = |name: String, stays: usize, enter: usize| {
                let share = Cell::Share(part_of(stays, shares.listed));
                let leave = shares.listed.saturating_sub(stays);
                let mut cells = vec![Cell::Text(self.category(list)), Cell::Text(name), Cell::Count(stays), share];
                cells.extend([leave, enter].map(Cell::Count));
                rows.push(cells);
            };
            for (at, (kind, stays)) in kinds.iter().zip(&shares.each).enumerate() {
                let enter = beside(&|school| school.tallies.get(at).is_some_and(|tally| !tally.is_whole()));
                line(self.speaker.word(kind_word(*kind)), *stays, enter);
            }
            line(self.speaker.word("stability-all-kinds"), shares.all, beside(&|school| !school.is_sure()));
            let part = |id: &str, values, look| {
                let name = self.speaker.word(id);
                GraphPart { name, rows: (start, rows.len() - 1), along: 1, values, look }
            };
            graphs.push(Graph {
                kind: GraphKind::Bars,
                title: format!("{}: {}", self.listed(list), self.speaker.word("stability-stays")),
                axes: [String::new(), String::new()],
                percent: false,
                parts: vec![
                    part("stability-head-stays", 2, Look::Solid),
                    part("stability-head-leave", 4, Look::Hatched),
                ],
            });
        }
        let mut lead = vec![title.to_owned()];
        lead.extend(said(head));
        let name = self.speaker.word("sheet-kinds");
        Tab { name, lead, columns: columns(self.speaker, &ids), rows, frozen: 2, graphs, ..Tab::default() }
    }

    /// Who would leave and who would enter; those that move nobody come last and are in no chart.
    fn perturbations(&self) -> Tab<'static> {
        let ids = [
            ("head-category", 16),
            ("stability-head-kind", 30),
            ("stability-head-perturbation", 44),
            ("stability-head-left", 10),
            ("stability-head-entered", 10),
            ("stability-head-who-left", 40),
            ("stability-head-who-entered", 40),
            ("stability-head-to-the-left", 12),
        ];
        let (mut rows, mut graphs) = (Vec::new(), Vec::new());
        for (at, list) in self.found.stability.lists.iter().enumerate() {
            let start = rows.len();
            let effects = self.teller.effects(at, list);
            rows.extend(effects.iter().map(|effect| self.effect(list, effect)));
            let moving = effects.iter().filter(|effect| effect.moved() > 0).count().min(MOST_BARS);
            if moving == 0 {
                continue;
            }
            let part = |id: &str, values, look| {
                let name = self.speaker.word(id);
                GraphPart { name, rows: (start, start + moving - 1), along: 2, values, look }
            };
            graphs.push(Graph {
                kind: GraphKind::Bars,
                title: self.speaker.say("stability-tornado", &[("list", Argument::Text(self.listed(list)))]),
                axes: [String::new(), String::new()],
                percent: false,
                parts: vec![
                    part("stability-tornado-left", 7, Look::Hatched),
                    part("stability-tornado-right", 4, Look::Solid),
                ],
            });
        }
        rows.truncate(MOST_TABLE_ROWS);
        let name = self.speaker.word("sheet-perturbations");
        Tab { name, columns: columns(self.speaker, &ids), rows, frozen: 3, graphs, ..Tab::default() }
    }

    fn effect(&self, list: &List, effect: &Effect) -> Vec<Cell<'static>> {
        let who = |rows: &[usize]| codes(rows.iter().map(|row| self.teller.code(*row)));
        vec![
            Cell::Text(self.category(list)),
            Cell::Text(self.speaker.word(kind_word(effect.kind))),
            Cell::Text(effect.said.clone()),
            Cell::Count(effect.left.len()),
            Cell::Count(effect.entered.len()),
            who(&effect.left),
            who(&effect.entered),
            Cell::Minus(effect.left.len()),
        ]
    }

    /// Every school that the list is about: its figure, the part of each kind under which it stays, and what would turn it.
    fn schools(&self) -> Tab<'static> {
        let ids = [
            ("head-category", 16),
            ("document-head-code", 12),
            ("document-head-name", 44),
            ("stability-head-now", 16),
            ("stability-head-figure", 14),
        ];
        let mut columns = columns(self.speaker, &ids);
        let kinds = self.found.stability.tried();
        columns.extend(kinds.iter().map(|kind| (self.speaker.word(kind_word(*kind)), 14)));
        columns.push((self.speaker.word("stability-head-reasons"), 80));
        let mut rows = Vec::new();
        for list in &self.found.stability.lists {
            let fragile = list.fragile();
            let sure = list.schools.iter().filter(|school| school.is_sure());
            for found in fragile.into_iter().chain(sure) {
                let now = match (found.listed, found.verdict) {
                    (true, _) => "stability-now-listed",
                    (false, Verdict::Undetermined(_)) => "stability-now-open",
                    (false, _) => "stability-now-beside",
                };
                let mut cells = vec![Cell::Text(self.category(list))];
                cells.extend(school(self.found.judgement, found.row));
                cells.push(Cell::Text(self.speaker.word(now)));
                cells.push(Cell::Share(Some(found.figure())));
                cells.extend(found.tallies.iter().map(|tally| Cell::Share(Some(tally.share()))));
                cells.push(Cell::Text(self.teller.causes(found).join("; ")));
                rows.push(cells);
            }
        }
        rows.truncate(MOST_TABLE_ROWS);
        let frozen = column(3);
        let name = self.speaker.word("sheet-movers");
        Tab { name, columns, rows, frozen, ..Tab::default() }
    }
}
