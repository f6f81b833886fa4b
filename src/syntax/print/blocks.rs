//! Blocks and their clauses, one line each.

use super::super::chunks;
use super::super::keywords::Case;
use super::super::keywords::printed::{self as words, Keyword};
use super::super::parser;
use super::super::tree::{self, Absence, ColumnKind, Direction, Expr, IndexPart, Item, MissingPolicy, NormalMethod};
use super::expressions::Writer;
use super::layout::{Blank, Line, lay};
use crate::language::Language;
use crate::number::rounding::Rounding;

/// Collects the lines of a file.
#[derive(Debug)]
pub(super) struct Printer {
    pub language: Language,
    pub lines: Vec<Line>,
    /// How far every line is indented: the blocks of a scenario.
    pub base: usize,
    /// Said before the next keyword.
    pub lead: Option<Keyword>,
    /// Without basis, explanation and reading.
    pub terse: bool,
}

impl Printer {
    pub fn new(language: Language) -> Self {
        Printer { language, lines: Vec::new(), base: 0, lead: None, terse: false }
    }

    pub fn file(&mut self, file: &tree::File) {
        if let Some(header) = &file.header {
            self.block(|p| p.header(header));
        }
        let mut above = None;
        for item in &file.items {
            let first = self.lines.len();
            self.block(|p| p.item(item));
            let alone = one_line(item).then(|| std::mem::discriminant(item));
            if let Some(line) = self.lines.get_mut(first)
                && alone.is_some()
                && alone == above
            {
                line.blank = Blank::Kept;
            }
            above = alone;
        }
    }

    /// What a block prints, with a blank line before it.
    pub(super) fn block(&mut self, print: impl FnOnce(&mut Self)) {
        let first = self.lines.len();
        print(self);
        if let Some(line) = self.lines.get_mut(first).filter(|_| first > 0) {
            line.blank = Blank::Always;
        }
    }

    /// One clause.
    pub(super) fn line(&mut self, indent: usize, anchor: usize, write: impl FnOnce(&mut Writer)) {
        let mut writer = Writer::new(self.language);
        write(&mut writer);
        lay(&mut writer.pieces, self.base + indent, anchor, begins_block, &mut self.lines);
    }

    pub(super) fn said(&mut self, indent: usize, anchor: usize, keyword: Keyword, write: impl FnOnce(&mut Writer)) {
        let lead = self.lead.take();
        self.line(indent, anchor, |w| {
            if let Some(lead) = lead {
                w.say(lead);
                w.put(" ");
            }
            w.say(keyword);
            w.put(" ");
            write(w);
        });
    }

    pub(super) fn item(&mut self, item: &Item) {
        match item {
            Item::Include(include) => {
                self.said(0, include.span.start, words::INCLUDE, |w| w.value_text(&include.path));
            }
            Item::Parameter(parameter) => self.parameter(parameter),
            Item::List(list) => self.list(list),
            Item::Table(table) => self.table(table),
            Item::Population(population) => self.population(population),
            Item::Indicator(indicator) => self.indicator(indicator),
            Item::Index(index) => self.index(index),
            Item::Function(function) => self.function(function),
            Item::Combination(combination) => {
                self.said(0, combination.span.start, words::COMBINATION, |w| {
                    head(w, &combination.name, &[], combination.title.as_ref());
                    formula(w, &combination.rule);
                });
                self.notes(2, &combination.notes);
            }
            Item::Category(category) => self.category(category),
            Item::Registered(registered) => self.registered(registered),
            Item::Scenario(scenario) => self.scenario(scenario),
        }
    }

    pub(super) fn notes(&mut self, indent: usize, notes: &tree::Notes) {
        let all =
            [(words::BASIS, &notes.basis), (words::EXPLANATION, &notes.explanation), (words::READING, &notes.reading)];
        if self.terse {
            return;
        }
        for (keyword, text) in all {
            if let Some(text) = text {
                self.said(indent, text.span.start, keyword, |w| w.title(text));
            }
        }
    }

    pub(super) fn header(&mut self, header: &tree::Header) {
        self.said(0, header.span.start, words::RULE_SET, |w| w.title(&header.title));
        if let Some(version) = &header.version {
            self.said(2, version.span.start, words::VERSION, |w| w.value_text(version));
        }
        if let Some(force) = &header.in_force {
            self.line(2, force.span.start, |w| {
                w.say(words::IN_FORCE);
                period(w, force);
            });
        }
        for basis in &header.bases {
            self.said(2, basis.span.start, words::BASIS, |w| w.title(basis));
        }
        for explanation in &header.explanations {
            self.said(2, explanation.span.start, words::EXPLANATION, |w| w.title(explanation));
        }
        if let Some((year, span)) = header.reporting_year {
            self.said(2, span.start, words::REPORTING_YEAR, |w| w.put(&year.to_string()));
        }
        if let Some(subject) = &header.subject {
            self.said(2, subject.span.start, words::EVALUATES, |w| w.name(subject));
        }
        self.quota_rounding(2, header.quota_rounding);
        self.ties(2, header.ties.as_ref());
    }

    fn parameter(&mut self, parameter: &tree::Parameter) {
        self.said(0, parameter.span.start, words::PARAMETER, |w| {
            head(w, &parameter.name, &[], parameter.title.as_ref());
            match &parameter.value {
                tree::ParameterValue::Single(value) => formula(w, value),
                tree::ParameterValue::Keyed { by, entries, otherwise } => {
                    w.gap(0, by.span.start);
                    w.say(words::BY_FIELD);
                    w.put(" ");
                    w.path(by);
                    w.put(":");
                    for (i, (key, value)) in entries.iter().enumerate() {
                        w.put(if i > 0 { ";" } else { "" });
                        w.gap_by(1, 2, key.span.start);
                        w.expr(key, 2);
                        w.put(" = ");
                        w.expr(value, 2);
                    }
                    if let Some(otherwise) = otherwise {
                        w.put(";");
                        w.gap_by(1, 2, otherwise.span.start);
                        w.say(words::OTHERWISE);
                        w.put(" ");
                        w.expr(otherwise, 2);
                    }
                }
            }
        });
        if let Some((low, high, span)) = &parameter.allowed {
            self.said(2, span.start, words::ALLOWED, |w| w.range(low, high, 1));
        }
        self.notes(2, &parameter.notes);
    }

    fn list(&mut self, list: &tree::List) {
        self.said(0, list.span.start, words::LIST, |w| {
            head(w, &list.name, &list.forms, list.title.as_ref());
            of_file(w, list.file.as_ref());
        });
        if let Some(source) = &list.source {
            self.said(2, source.span.start, words::SOURCE, |w| w.title(source));
        }
        // before the entries: the last entry would take the basis for its own
        self.notes(2, &list.notes);
        for entry in &list.entries {
            self.said(2, entry.span.start, words::ENTRY, |w| {
                w.value_text(&entry.value);
                if let Some(within) = &entry.period {
                    period(w, within);
                }
                basis(w, entry.basis.as_ref());
            });
        }
    }

    fn table(&mut self, table: &tree::Table) {
        self.said(0, table.span.start, words::TABLE, |w| head(w, &table.name, &table.forms, table.title.as_ref()));
        if let Some(first) = table.key.first() {
            self.said(2, first.span.start, words::KEY, |w| names(w, &table.key));
        }
        for column in &table.columns {
            self.column(column);
        }
    }

    pub(super) fn column(&mut self, column: &tree::Column) {
        self.said(2, column.span.start, words::COLUMN, |w| {
            head(w, &column.name, &[], column.title.as_ref());
            w.put(" ");
            match &column.kind {
                ColumnKind::Text => w.say(words::KIND_TEXT),
                ColumnKind::Number(unit) => {
                    w.say(words::KIND_NUMBER);
                    if let Some(unit) = unit {
                        w.put(" ");
                        w.unit(unit);
                    }
                }
                ColumnKind::YesNo => w.say(words::KIND_YES_NO),
                ColumnKind::Date => w.say(words::KIND_DATE),
                ColumnKind::Year => w.say(words::KIND_YEAR),
                ColumnKind::Link(table) => {
                    w.say(words::KIND_LINK);
                    w.put(" ");
                    w.name(table);
                }
            }
            if let Some(first) = column.allowed.first() {
                w.gap_by(1, 2, first.span.start);
                w.say(words::VALUES);
                w.put(" (");
                texts(w, &column.allowed);
                w.put(")");
            }
            if let Some(first) = column.scale_by.first() {
                w.gap_by(1, 2, first.span.start);
                w.say(words::SCALE_BY);
                w.put(" ");
                let several = column.scale_by.len() > 1;
                w.put(if several { "(" } else { "" });
                names(w, &column.scale_by);
                w.put(if several { ")" } else { "" });
            }
            if let Some(header) = &column.header {
                w.gap_by(1, 2, header.span.start);
                w.say(words::HEADER);
                w.put(" ");
                w.value_text(header);
            }
            for (marks, absence) in &column.markers {
                w.gap_by(1, 2, marks.first().map_or(column.span.start, |m| m.span.start));
                w.say(words::MARKER);
                w.put(" ");
                texts(w, marks);
                w.put(" ");
                w.say(words::MEANS);
                w.put(" ");
                w.say(match absence {
                    Absence::Missing => words::ABSENT_MISSING,
                    Absence::Suppressed => words::ABSENT_SUPPRESSED,
                    Absence::Invalid => words::ABSENT_INVALID,
                    Absence::NotApplicable => words::NOT_APPLICABLE,
                });
            }
        });
    }

    fn population(&mut self, population: &tree::Population) {
        self.said(0, population.span.start, words::POPULATION, |w| {
            head(w, &population.name, &population.forms, population.title.as_ref());
            w.gap(0, population.base.span.start);
            w.put("= ");
            w.name(&population.base);
            if let Some(condition) = &population.condition {
                w.subordinate(1, condition.span.start, words::WHERE);
                w.expr(condition, 2);
            }
        });
        // before the exclusions: the last one would take the basis for its own
        self.notes(2, &population.notes);
        for exclusion in &population.exclusions {
            self.said(2, exclusion.span.start, words::EXCLUDE_WHEN, |w| {
                w.expr(&exclusion.condition, 2);
                basis(w, exclusion.basis.as_ref());
            });
        }
    }

    fn indicator(&mut self, indicator: &tree::Indicator) {
        let clauses = indicator.over.is_some() || !indicator.clauses.is_empty();
        let clauses = clauses || indicator.not_applicable.is_some() || indicator.suppress.is_some();
        let title = |w: &mut Writer| head(w, &indicator.name, &[], indicator.title.as_ref());
        if clauses && indicator.title.is_some() {
            // the formula stands with the clauses that complete it
            self.said(0, indicator.span.start, words::INDICATOR, title);
            self.line(2, indicator.formula.span.start, |w| {
                w.put("= ");
                w.expr(&indicator.formula, 1);
            });
        } else {
            self.said(0, indicator.span.start, words::INDICATOR, |w| {
                title(w);
                formula(w, &indicator.formula);
            });
        }
        let anchor = indicator.over.as_ref().map(|o| o.span.start);
        if let Some(anchor) = anchor.or(indicator.clauses.first().map(|c| c.span.start)) {
            self.line(2, anchor, |w| {
                if let Some(over) = &indicator.over {
                    w.say(words::OVER_TABLE);
                    w.put(" ");
                    w.name(over);
                }
                for (i, clause) in indicator.clauses.iter().enumerate() {
                    if i > 0 || indicator.over.is_some() {
                        w.put(",");
                        w.gap(1, clause.span.start);
                    }
                    w.clause(clause, 2);
                }
            });
        }
        if let Some(condition) = &indicator.not_applicable {
            self.said(2, condition.span.start, words::NOT_APPLICABLE_WHEN, |w| w.expr(condition, 1));
        }
        if let Some(suppress) = &indicator.suppress {
            self.said(2, suppress.span.start, words::SUPPRESS_WHEN, |w| {
                w.expr(&suppress.condition, 2);
                if let Some(window) = &suppress.fallback {
                    w.continued(1, window.span.start, words::ELSE);
                    w.window(window, 2);
                }
            });
        }
        self.notes(2, &indicator.notes);
    }

    fn index(&mut self, index: &tree::Index) {
        self.said(0, index.span.start, words::INDEX, |w| head(w, &index.name, &[], index.title.as_ref()));
        if let Some(among) = &index.among {
            self.said(2, among.span.start, words::AMONG, |w| w.name(among));
        }
        if let Some(first) = index.within.first() {
            self.said(2, first.span.start, words::WITHIN, |w| w.paths(&index.within));
        }
        if let Some(normalisation) = &index.normalisation {
            self.line(2, normalisation.span.start, |w| normal_method(w, &normalisation.method));
        }
        for part in &index.parts {
            match part {
                IndexPart::Component(component) => self.component(2, component),
                IndexPart::Block { title, weight, components, span } => {
                    self.said(2, span.start, words::BLOCK, |w| {
                        w.title(title);
                        w.put(" ");
                        w.say(words::WEIGHT);
                        w.put(" ");
                        w.expr(weight, 1);
                    });
                    for component in components {
                        self.component(4, component);
                    }
                }
            }
        }
        for missing in &index.on_missing {
            self.line(2, missing.span.start, |w| missing_policy(w, &missing.policy));
        }
        if let Some((rounding, step, span)) = &index.round {
            let keyword = if *rounding == Rounding::HalfEven { words::ROUND_TO_EVEN } else { words::ROUND_TO };
            self.said(2, span.start, keyword, |w| w.inflected(step, 1, Case::Genitive));
        }
        self.notes(2, &index.notes);
    }

    fn component(&mut self, indent: usize, component: &tree::Component) {
        self.said(indent, component.span.start, words::COMPONENT, |w| {
            w.expr(&component.value, 2);
            if let Some(title) = &component.title {
                w.put(" ");
                w.title(title);
            }
            w.gap(1, component.weight.span.start);
            w.say(words::WEIGHT);
            w.put(" ");
            w.expr(&component.weight, 2);
            match component.direction {
                Some(Direction::HigherIsBetter) => {
                    w.put(" ");
                    w.say(words::HIGHER_IS_BETTER);
                }
                Some(Direction::LowerIsBetter) => {
                    w.put(" ");
                    w.say(words::LOWER_IS_BETTER);
                }
                None => {}
            }
            if let Some(normalisation) = &component.normalisation {
                w.put(",");
                w.gap(1, normalisation.span.start);
                normal_method(w, &normalisation.method);
            }
        });
    }

    fn function(&mut self, function: &tree::Function) {
        self.said(0, function.span.start, words::FUNCTION, |w| {
            w.name(&function.name);
            w.put("(");
            for (i, (name, unit)) in function.arguments.iter().enumerate() {
                w.put(if i > 0 { "; " } else { "" });
                w.name(name);
                if let Some(unit) = unit {
                    w.put(": ");
                    w.unit(unit);
                }
            }
            w.put(")");
            if let Some(unit) = &function.result {
                w.put(": ");
                w.unit(unit);
            }
            if let Some(title) = &function.title {
                w.put(" ");
                w.title(title);
            }
            of_file(w, Some(&function.file));
        });
        self.notes(2, &function.notes);
    }
}

/// Whether a line with this text would be read as the head of a block.
fn begins_block(text: &str) -> bool {
    let head = chunks::limited(text, 400);
    parser::block_start(&chunks::fold(head)).is_some()
}

/// Whether a block takes one line in either vocabulary: so a translation has blank lines where the original has them.
fn one_line(item: &Item) -> bool {
    Language::ALL.iter().all(|language| {
        let mut printer = Printer::new(*language);
        printer.item(item);
        printer.lines.len() == 1
    })
}

/// `имя / имени «название»`
pub(super) fn head(w: &mut Writer, name: &tree::Name, forms: &[tree::Name], title: Option<&tree::Text>) {
    w.name(name);
    for form in forms {
        w.put(" / ");
        w.name(form);
    }
    if let Some(title) = title {
        w.put(" ");
        w.title(title);
    }
}

fn formula(w: &mut Writer, value: &Expr) {
    w.gap(0, value.span.start);
    w.put("= ");
    w.expr(value, 1);
}

fn of_file(w: &mut Writer, file: Option<&tree::Text>) {
    if let Some(file) = file {
        w.put(" ");
        w.say(words::OF_FILE);
        w.put(" ");
        w.value_text(file);
    }
}

fn basis(w: &mut Writer, basis: Option<&tree::Text>) {
    if let Some(text) = basis {
        w.gap(1, text.span.start);
        w.say(words::BASIS);
        w.put(" ");
        w.title(text);
    }
}

pub(super) fn period(w: &mut Writer, period: &tree::Period) {
    for (keyword, date) in [(words::FROM_DATE, period.from), (words::TO_DATE, period.to)] {
        if let Some(date) = date {
            w.put(" ");
            w.say(keyword);
            w.put(" ");
            w.date(date);
        }
    }
}

fn names(w: &mut Writer, names: &[tree::Name]) {
    for (i, name) in names.iter().enumerate() {
        w.put(if i > 0 { "; " } else { "" });
        w.name(name);
    }
}

fn texts(w: &mut Writer, texts: &[tree::Text]) {
    for (i, text) in texts.iter().enumerate() {
        w.put(if i > 0 { "; " } else { "" });
        w.value_text(text);
    }
}

fn normal_method(w: &mut Writer, method: &NormalMethod) {
    if *method == NormalMethod::None {
        return w.say(words::NO_NORMALISATION);
    }
    w.say(words::NORMALISATION);
    w.put(" ");
    let built_in = match method {
        NormalMethod::Standard | NormalMethod::None => tree::BuiltIn::Standard,
        NormalMethod::MinMax(_) => tree::BuiltIn::MinMax,
        NormalMethod::RankShare => tree::BuiltIn::RankShare,
        NormalMethod::PercentOf(_) => tree::BuiltIn::PercentOf,
    };
    w.put(super::super::keywords::built_in_word(built_in, w.language));
    let bounds: Vec<&Expr> = match method {
        NormalMethod::MinMax(Some((low, high))) => vec![low, high],
        NormalMethod::PercentOf(of) => vec![of],
        _ => return,
    };
    w.put("(");
    for (i, bound) in bounds.into_iter().enumerate() {
        w.put(if i > 0 { "; " } else { "" });
        w.expr(bound, 2);
    }
    w.put(")");
}

fn missing_policy(w: &mut Writer, policy: &MissingPolicy) {
    match policy {
        MissingPolicy::Reweight { least_weight, least_components } => {
            w.say(words::REWEIGHT);
            if let Some(floor) = least_weight {
                w.subordinate(1, floor.span.start, words::IF_KNOWN);
                w.inflected(floor, 2, Case::Genitive);
                w.put(" ");
                w.say(words::OF_WEIGHT);
            }
            if let Some(floor) = least_components {
                if least_weight.is_some() {
                    w.gap(1, floor.span.start);
                    w.say(words::AND_AT_LEAST);
                    w.put(" ");
                } else {
                    w.subordinate(1, floor.span.start, words::IF_KNOWN);
                }
                w.counted(floor, words::COMPONENTS, 2);
            }
        }
        MissingPolicy::Reallocate { from, to } => {
            w.say(words::REALLOCATE);
            w.put(" ");
            w.name(from);
            w.put(" ");
            w.say(words::REALLOCATE_TO);
            w.put(" ");
            names(w, to);
        }
        MissingPolicy::Required => w.say(words::LEAVE_ABSENT),
        MissingPolicy::Zero => w.say(words::AS_ZERO),
        MissingPolicy::Median => w.say(words::PUT_MEDIAN),
    }
}
