//! Scenarios: the head with its clauses, then the blocks as they stand in the rules, indented.

use super::super::keywords::printed as words;
use super::super::tree::{Alteration, Numbered, Scenario};
use super::blocks::Printer;
use super::layout::Blank;

/// How far the blocks of a scenario are indented.
const INDENT: usize = 2;

impl Printer {
    pub(super) fn scenario(&mut self, scenario: &Scenario) {
        self.said(0, scenario.span.start, words::SCENARIO, |w| w.title(&scenario.title));
        if let Some(base) = &scenario.base {
            self.said(INDENT, base.span.start, words::BUILDS_ON, |w| w.title(base));
        }
        self.notes(INDENT, &scenario.notes);
        self.changes(scenario);
    }

    /// Without the head.
    pub(super) fn changes(&mut self, scenario: &Scenario) {
        if let Some(data) = &scenario.data {
            self.said(INDENT, data.span.start, words::SCENARIO_DATA, |w| w.value_text(data));
        }
        self.quota_rounding(INDENT, scenario.quota_rounding);
        self.ties(INDENT, scenario.ties.as_ref());
        self.without_data(INDENT, scenario.on_missing);
        for alteration in &scenario.alterations {
            let first = self.lines.len();
            self.base += INDENT;
            self.alteration(alteration);
            self.base -= INDENT;
            if let Some(line) = self.lines.get_mut(first) {
                line.blank = Blank::Kept;
            }
        }
    }

    pub(super) fn alteration(&mut self, alteration: &Alteration) {
        match alteration {
            Alteration::Item(item) => self.item(item),
            Alteration::Group(group) => self.group(0, group),
            Alteration::Criterion(criterion) => self.criterion(0, criterion, None),
            Alteration::Added(item) => {
                self.lead = Some(words::ADD);
                self.item(item);
            }
            Alteration::AddedCriterion(criterion, home) => {
                self.lead = Some(words::ADD);
                self.criterion(0, criterion, Some(home));
            }
            Alteration::SwitchedOff(what, number, span) => {
                let keyword = match what {
                    Numbered::Criterion => words::SWITCH_OFF_CRITERION,
                    Numbered::Group => words::SWITCH_OFF_GROUP,
                };
                self.said(0, span.start, keyword, |w| w.numbering(number));
            }
        }
    }
}
