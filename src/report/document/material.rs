//! What every paper is made from, and the pieces that several of them have in common.
//!
//! Reads verdicts, names and places; decides nothing.

use indexmap::IndexMap;

use super::{Column, Grid, Part, Signature};
use crate::decision::Verdict;
use crate::diagnostic::{Argument, Diagnostic};
use crate::explain::explanation::{CategoryExplanation, CriterionExplanation};
use crate::explain::{Explanation, Places, Summary};
use crate::messages::Speaker;
use crate::model::inputs::criteria_behind;
use crate::model::{Category, CategoryId, CriterionId, Notes, Registered};
pub(super) use crate::report::divisions::readable;
use crate::report::explanation::Teller;
use crate::report::list::{self, Judgement};
use crate::report::page::{Block, plain};
use crate::report::{registered, summary};
use crate::schema::{ColumnId, TableId};
use crate::value::{Reasons, Value};

/// A run with everything that a paper says of it.
pub struct Material<'a> {
    pub judgement: Judgement<'a>,
    pub counted: &'a Summary,
    pub places: Option<&'a Places>,
    pub teller: Teller<'a>,
    /// What was noticed about the rules and the data.
    pub diagnostics: &'a [Diagnostic],
    /// Makes the explanation of a school.
    pub explain: &'a dyn Fn(usize) -> Explanation,
}

impl std::fmt::Debug for Material<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Material").finish_non_exhaustive()
    }
}

pub(super) fn text(text: impl Into<String>) -> Argument {
    Argument::Text(text.into())
}

pub(super) fn count(value: usize) -> Argument {
    Argument::Count(i64::try_from(value).unwrap_or(i64::MAX))
}

/// A count as a cell.
pub(super) fn digits(value: usize) -> String {
    value.to_string()
}

impl<'a> Material<'a> {
    pub fn speaker(&self) -> &'a Speaker {
        self.teller.speaker
    }

    /// Whether the paper is for publication.
    pub fn footer(&self) -> String {
        crate::report::publication::said(self.judgement.run.minimum_cohort, self.speaker())
    }

    pub fn categories(&self) -> impl Iterator<Item = (CategoryId, &'a Category)> {
        self.judgement.rules.categories.iter().enumerate().map(|(at, c)| (CategoryId::from_index(at), c))
    }

    pub fn schools(&self) -> usize {
        self.judgement.run.schools
    }

    pub fn code(&self, row: usize) -> String {
        list::code(&self.judgement, row)
    }

    /// What the school is called; its code where it has no name.
    pub fn name(&self, row: usize) -> String {
        list::name(&self.judgement, row).unwrap_or_else(|| self.code(row))
    }

    pub fn place(&self, row: usize) -> Option<&'a str> {
        self.places?.of_school.get(row)?.as_deref()
    }

    pub fn verdict(&self, category: CategoryId, row: usize) -> Verdict {
        self.judgement.run.category(category, row).unwrap_or(Verdict::NotJudged)
    }

    /// The schools that are wanted, by place and code; those without a place last.
    pub fn schools_where(&self, wanted: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut rows: Vec<usize> = (0..self.schools()).filter(|row| wanted(*row)).collect();
        rows.sort_by_cached_key(|row| (self.place(*row).is_none(), self.place(*row), self.code(*row)));
        rows
    }

    /// Whether the school is on the list of a category: people decided so, otherwise the rules.
    pub fn is_listed(&self, category: CategoryId, row: usize) -> bool {
        self.judgement.run.is_listed(category, row)
    }

    /// What people decided about a school.
    pub fn registered(&self, category: CategoryId, row: usize) -> Option<&'a Registered> {
        let registration = self.judgement.run.registration(category, row)?;
        self.judgement.rules.registered.get(registration.id.index())
    }

    /// Schools that are on the list of at least one category.
    pub fn belonging(&self) -> usize {
        (0..self.schools()).filter(|row| self.categories().any(|(id, _)| self.is_listed(id, *row))).count()
    }

    /// Whether a category cannot be decided for the school, and people have not decided either.
    pub fn is_open_in(&self, category: CategoryId, row: usize) -> bool {
        is_open(self.verdict(category, row)) && self.registered(category, row).is_none()
    }

    /// The same of any category.
    pub fn is_open(&self, row: usize) -> bool {
        self.categories().any(|(id, _)| self.is_open_in(id, row))
    }

    /// Schools for which some category cannot be decided.
    pub fn open(&self) -> usize {
        (0..self.schools()).filter(|row| self.is_open(*row)).count()
    }

    /// `Criterion Title`, one a line, for the criteria of a category that a school meets.
    pub fn criteria_met(&self, category: &Category, row: usize) -> String {
        let run = self.judgement.run;
        let all = self.criteria_of(category);
        let met = all.iter().filter(|id| run.criterion(**id, row).is_some_and(Verdict::is_met));
        let named = met.filter_map(|id| self.judgement.rules.criteria.get(id.index()));
        let lines: Vec<String> = named.map(|c| summary::named(&c.number, c.title.as_deref())).collect();
        lines.join("\n")
    }

    /// Those of the category; of one that is made of others, theirs.
    fn criteria_of(&self, category: &Category) -> Vec<CriterionId> {
        if category.criteria.is_empty() {
            criteria_behind(self.judgement.rules, category.rule)
        } else {
            category.criteria.clone()
        }
    }

    /// The same as they are explained.
    pub fn explained<'e>(
        &self,
        category: &'e CategoryExplanation,
        explanation: &'e Explanation,
    ) -> Vec<&'e CriterionExplanation> {
        let Some(of) = self.judgement.rules.categories.get(category.id.index()) else { return Vec::new() };
        let all = self.criteria_of(of);
        let known = explanation.categories.iter().flat_map(|category| &category.criteria);
        known.filter(|criterion| all.contains(&criterion.id)).collect()
    }

    /// What leaves the criteria of a category open, one criterion a line.
    pub fn missing(&self, category: &CategoryExplanation, explanation: &Explanation) -> Vec<String> {
        let all = self.explained(category, explanation);
        let open = all.into_iter().filter(|criterion| is_open(criterion.verdict));
        let line = |criterion: &CriterionExplanation| {
            let list = text(self.missing_of(criterion));
            self.speaker().say("document-missing", &[("number", text(criterion.number.as_ref())), ("list", list)])
        };
        open.map(line).collect()
    }

    /// `«Title» (no data); no rows in the table «Title»`.
    pub fn missing_of(&self, criterion: &CriterionExplanation) -> String {
        let speaker = self.speaker();
        let mut cells: IndexMap<(TableId, ColumnId), (String, Reasons)> = IndexMap::new();
        for cell in &criterion.missing {
            if let Value::Absent(reasons) | Value::Between(_, reasons) = &cell.value {
                let found = cells.entry((cell.table, cell.column));
                let (_, known) = found.or_insert_with(|| (readable(&cell.title), Reasons::NONE));
                *known = Reasons(known.0 | reasons.0);
            }
        }
        let mut said = Vec::new();
        for ((table, _), (title, reasons)) in cells {
            let own = table == self.judgement.rules.subject;
            let table = self.judgement.rules.schema.table(table);
            let table = table.map_or("", |t| t.title.as_deref().unwrap_or(&t.name));
            let arguments =
                [("title", text(title)), ("table", text(table)), ("reasons", text(speaker.reasons(reasons)))];
            said.push(match own {
                true => speaker.say("document-missing-cell", &arguments),
                false => speaker.say("document-missing-cell-of-table", &arguments),
            });
        }
        for rows in &criterion.missing_rows {
            let id = if rows.others == 0 { "document-missing-rows" } else { "document-missing-matching-rows" };
            said.push(speaker.say(id, &[("table", text(rows.table_title.as_ref()))]));
        }
        match criterion.verdict {
            Verdict::Undetermined(reasons) if said.is_empty() => speaker.reasons(reasons.of_not_knowing()),
            _ => said.join("; "),
        }
    }

    /// The rules and data that a paper is about, the note on made-up data first.
    pub fn head(&self) -> Vec<Part> {
        let speaker = self.speaker();
        let mut parts = Vec::new();
        if let Some(note) = &self.judgement.dataset.synthetic {
            parts.push(Part::Notice(speaker.say("document-synthetic", &[("note", text(note.as_ref()))])));
        }
        let made_up = usize::from(self.judgement.dataset.synthetic.is_some());
        for block in summary::head(&self.judgement, speaker).into_iter().skip(made_up) {
            match block {
                Block::Paragraph(line) => parts.push(Part::Paragraph(first_upper(&plain(&line)))),
                Block::Notice(text) => parts.push(Part::Notice(text)),
                _ => {}
            }
        }
        parts
    }

    /// Counts by category: those that belong, do not, are open, and the others.
    pub fn counts(&self) -> Grid {
        let speaker = self.speaker();
        let rows = self.counted.categories.iter().map(|category| {
            let counts = &category.counts;
            let mut row = vec![category_title(&category.name, category.title.as_deref(), speaker)];
            let others = counts.not_applicable + counts.not_judged;
            row.extend([counts.met, counts.undetermined, counts.not_met, others, self.schools()].map(digits));
            row
        });
        // a category that does not apply to a school has not passed it over
        let applies = self.counted.categories.iter().all(|category| category.counts.not_applicable == 0);
        let numbers = [
            "document-head-belong",
            "document-head-open",
            "document-head-not-belong",
            if applies { "document-head-not-judged" } else { "document-head-others" },
            "document-head-all",
        ];
        let mut columns = vec![Column::text(speaker.word("head-category"), 32)];
        columns.extend(numbers.map(|id| Column::number(speaker.word(id), 18)));
        Grid { title: String::new(), columns, rows: rows.collect(), total: false }
    }

    /// Decisions of people, each with what the computation says without it; then what they change.
    pub fn decided_by_people(&self) -> Vec<Part> {
        let speaker = self.speaker();
        let mut rows = Vec::new();
        for category in &self.counted.categories {
            let name = self.judgement.rules.categories.get(category.id.index()).map_or(String::new(), category_name);
            for decided in &category.registered {
                let decision = &decided.decision;
                rows.push(vec![
                    decided.school.code.to_string(),
                    self.name(decided.school.row),
                    name.clone(),
                    first_upper(&registered::short(decision, speaker)),
                    registered::lines(decision, decided.computed, speaker).join("\n"),
                ]);
            }
        }
        if rows.is_empty() {
            return Vec::new();
        }
        let columns = vec![
            Column::text(speaker.word("document-head-code"), 20),
            Column::text(speaker.word("document-head-name"), 50),
            Column::text(speaker.word("head-category"), 22),
            Column::text(speaker.word("registered-head-action"), 24),
            Column::text(speaker.word("registered-head-document"), 80),
        ];
        let mut parts = vec![Part::Paragraph(speaker.word("document-registered-lead"))];
        parts.push(Part::Grid(Grid { title: String::new(), columns, rows, total: false }));
        let effects = self.counted.categories.iter().filter_map(|category| {
            registered::effect(category, &category_title(&category.name, category.title.as_deref(), speaker), speaker)
        });
        parts.extend(effects.map(Part::Paragraph));
        parts
    }

    /// How ambiguous places of the document were understood.
    pub fn readings(&self) -> Grid {
        let rules = self.judgement.rules;
        let mut rows = Vec::new();
        let mut add = |what: String, notes: &Notes| {
            if let Some(reading) = &notes.reading {
                let basis = notes.basis.as_ref().map_or(String::new(), ToString::to_string);
                rows.push(vec![what, basis, reading.to_string()]);
            }
        };
        let titled = |name: &str, title: Option<&str>| title.unwrap_or(name).to_owned();
        for category in &rules.categories {
            add(titled(&category.name, category.title.as_deref()), &category.notes);
        }
        for group in &rules.groups {
            add(summary::named(&group.number, group.title.as_deref()), &group.notes);
        }
        for criterion in &rules.criteria {
            add(summary::named(&criterion.number, criterion.title.as_deref()), &criterion.notes);
        }
        for parameter in &rules.parameters {
            add(titled(&parameter.name, parameter.title.as_deref()), &parameter.notes);
        }
        for population in &rules.populations {
            add(titled(&population.name, population.title.as_deref()), &population.notes);
        }
        for indicator in &rules.indicators {
            add(titled(&indicator.name, indicator.title.as_deref()), &indicator.notes);
        }
        for index in &rules.indices {
            add(titled(&index.name, index.title.as_deref()), &index.notes);
        }
        let speaker = self.speaker();
        let based = rows.iter().any(|row| row.get(1).is_some_and(|basis| !basis.is_empty()));
        let mut columns = vec![
            Column::text(speaker.word("document-head-rule"), 35),
            Column::text(speaker.word("document-head-basis"), 25),
            Column::text(speaker.word("document-head-reading"), 50),
        ];
        if !based {
            columns.remove(1);
            rows.iter_mut().for_each(|row| drop(row.remove(1)));
        }
        Grid { title: String::new(), columns, rows, total: false }
    }

    /// The two offices that approve.
    pub fn signatures(&self) -> Part {
        let speaker = self.speaker();
        let lines = ["document-post", "document-signature", "document-signed-name", "document-date"];
        let office =
            |id: &str| Signature { office: speaker.word(id), lines: lines.map(|id| speaker.word(id)).to_vec() };
        Part::Signatures(vec![office("document-agreed"), office("document-approved")])
    }
}

pub(super) fn is_open(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Undetermined(_))
}

/// A short name with its title, or the title alone where the name is only a name of the rules.
pub(super) fn category_title(name: &str, title: Option<&str>, speaker: &Speaker) -> String {
    match title {
        Some(title) if title != name && is_abbreviation(name) => {
            speaker.say("document-category", &[("title", text(title)), ("name", text(name))])
        }
        Some(title) => title.to_owned(),
        None => name.to_owned(),
    }
}

/// What a category is called in a narrow column.
pub(super) fn category_name(category: &Category) -> String {
    match &category.title {
        Some(title) if !is_abbreviation(&category.name) => title.to_string(),
        _ => category.name.to_string(),
    }
}

fn is_abbreviation(name: &str) -> bool {
    name.chars().all(|c| c.is_uppercase() || c.is_numeric())
}

pub(super) fn first_upper(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect()
}
