//! Two rule sets held against each other as a page: whether they differ, who stands elsewhere, and the data that were found.
//!
//! Lays out what was found; compares nothing itself.

use super::page::{Block, Header, Page, Piece, Table, Tone};
use super::words::{category_word, criterion_word};
use crate::counterexample::{Difference, NOT_APPLICABLE, Relation, SUPPRESSED, Search, Subject, World};
use crate::data::{Written, manifest_text};
use crate::diagnostic::Argument;
use crate::messages::Speaker;
use crate::model::RuleSet;
use crate::pipeline::{Answer, Equality};
use crate::schema::Schema;
use crate::value::Type;

/// Columns of made-up data beside each other; more of them stand one below the other.
const MOST_COLUMNS: usize = 8;
/// Differences of one table; the others are counted.
const MOST_ROWS: usize = 500;

fn text(text: impl Into<String>) -> Argument {
    Argument::Text(text.into())
}

fn count(value: usize) -> Argument {
    Argument::Count(i64::try_from(value).unwrap_or(i64::MAX))
}

fn plain(said: String) -> Block {
    Block::Paragraph(vec![Piece::plain(said)])
}

/// `«Rules» (rules.merilo), scenario «Other»`
fn named(rules: &RuleSet, file: &str, speaker: &Speaker) -> String {
    let (title, file) = (text(rules.header.title.as_ref()), text(file));
    match &rules.scenario {
        None => speaker.say("equal-rules", &[("title", title), ("file", file)]),
        Some(scenario) => {
            let arguments = [("title", title), ("file", file), ("scenario", text(scenario.title.as_ref()))];
            speaker.say("equal-rules-scenario", &arguments)
        }
    }
}

/// The whole page.
pub fn page(found: &Equality, speaker: &Speaker) -> Page {
    let ([one, two], [file, other]) = (&found.rules, &found.files);
    let (first, second) = (named(one, file, speaker), named(two, other, speaker));
    let mut blocks = vec![
        plain(speaker.say("equal-first", &[("rules", text(first))])),
        plain(speaker.say("equal-second", &[("rules", text(second))])),
    ];
    if let Answer::OnData { synthetic: Some(note), .. } = &found.answer {
        blocks.push(Block::Notice(speaker.say("report-synthetic", &[("note", text(note.as_str()))])));
    }
    let strong = |said: String| Block::Paragraph(vec![Piece::new(said, Tone::Strong)]);
    blocks.push(strong(answer(found, speaker)));
    for (id, alone) in [("equal-only-first", &found.pairs.only_first), ("equal-only-second", &found.pairs.only_second)]
    {
        if !alone.is_empty() {
            let names: Vec<String> = alone.iter().map(|subject| of(subject, speaker)).collect();
            let names = [("names", text(names.join(", ")))];
            blocks.push(plain(speaker.say(id, &names)));
        }
    }
    match &found.answer {
        Answer::OnData { differences, .. } => blocks.extend(table(differences, speaker)),
        Answer::Searched { search, found: Some(shown) } => {
            blocks.extend(table(&shown.differences, speaker));
            let Some(schema) = found.rules.first().map(|rules| &rules.schema) else {
                return ended(blocks, found, speaker);
            };
            blocks.push(Block::Heading(speaker.word("equal-data")));
            blocks.extend(tables(&shown.world, schema).into_iter().map(Block::Table));
            blocks.push(plain(speaker.word("equal-data-key")));
            blocks.push(again(*search, speaker));
        }
        Answer::Searched { search, found: None } => blocks.push(again(*search, speaker)),
    }
    ended(blocks, found, speaker)
}

fn again(search: Search, speaker: &Speaker) -> Block {
    let arguments = [("seed", text(search.seed.to_string())), ("cases", text(search.cases.to_string()))];
    plain(speaker.say("equal-again", &arguments))
}

fn ended(blocks: Vec<Block>, found: &Equality, speaker: &Speaker) -> Page {
    let id = match found.relation {
        Relation::Equal => speaker.word("equal-title"),
        Relation::Implies => speaker.word("equal-title-implies"),
    };
    Page { title: id, language: speaker.language(), blocks }
}

/// Whether the relation holds, in a sentence.
pub fn answer(found: &Equality, speaker: &Speaker) -> String {
    let relation = ("relation", text(if found.relation == Relation::Equal { "equal" } else { "implies" }));
    match &found.answer {
        Answer::OnData { schools, differences, .. } => {
            let mut codes: Vec<&str> = differences.iter().map(|difference| difference.school.as_ref()).collect();
            codes.dedup();
            let outcome = match (codes.is_empty(), found.holds()) {
                (false, _) => "differ",
                (true, true) => "holds",
                (true, false) => "lacking",
            };
            let arguments =
                [relation, ("outcome", text(outcome)), ("schools", count(*schools)), ("count", count(codes.len()))];
            speaker.say("equal-on-data", &arguments)
        }
        Answer::Searched { search, found: shown } => {
            let outcome = match (shown.is_some(), found.holds()) {
                (true, _) => "found",
                (false, true) => "none",
                (false, false) => "lacking",
            };
            let case = shown.as_ref().map_or(search.cases, |shown| shown.case);
            speaker.say("equal-searched", &[relation, ("outcome", text(outcome)), ("cases", count(case))])
        }
    }
}

fn of(subject: &Subject, speaker: &Speaker) -> String {
    match subject {
        Subject::Category(name) => speaker.say("threshold-category", &[("name", text(name.as_ref()))]),
        Subject::Criterion(number) => speaker.say("equal-criterion", &[("number", text(number.as_ref()))]),
    }
}

fn table(differences: &[Difference], speaker: &Speaker) -> Vec<Block> {
    if differences.is_empty() {
        return Vec::new();
    }
    let ids = ["equal-head-school", "equal-head-what", "equal-head-first", "equal-head-second"];
    let headers = ids.map(|id| Header::text(speaker.word(id))).to_vec();
    let row = |difference: &Difference| {
        let [first, second] = [0, 1].map(|side: usize| {
            let verdict = difference.verdicts.get(side).copied().unwrap_or(crate::decision::Verdict::NotJudged);
            let word = match difference.subject {
                Subject::Category(_) => category_word(verdict),
                Subject::Criterion(_) => criterion_word(verdict),
            };
            let word = speaker.word(word);
            let listed = difference.listed.get(side).copied().unwrap_or(false);
            // people decided otherwise
            let said = match &difference.subject {
                Subject::Category(_) if listed != verdict.is_met() => {
                    let id = if listed { "equal-listed-by-people" } else { "equal-not-listed-by-people" };
                    format!("{word}, {}", speaker.word(id))
                }
                _ => word,
            };
            Piece::new(said, Tone::of(verdict))
        });
        vec![Piece::plain(difference.school.as_ref()), Piece::plain(of(&difference.subject, speaker)), first, second]
    };
    let rows = differences.iter().take(MOST_ROWS).map(row).collect();
    let mut blocks = vec![Block::Table(Table { title: speaker.word("equal-table"), headers, rows })];
    if differences.len() > MOST_ROWS {
        let more = [("count", count(differences.len() - MOST_ROWS))];
        blocks.push(Block::Notice(speaker.say("equal-more", &more)));
    }
    blocks
}

/// Made-up data, one table for each.
fn tables(world: &World, schema: &Schema) -> Vec<Table> {
    let mut all = Vec::new();
    for (at, declared) in schema.tables.iter().enumerate() {
        let columns = world.shown(at);
        let rows = world.tables.get(at).map_or(0, Vec::len);
        if rows == 0 {
            continue;
        }
        let name = |column: &usize| declared.columns.get(*column).map_or("", |column| column.name.as_ref());
        let cells = |row: usize| {
            columns.iter().map(|column| Piece::plain(world.text(schema, at, row, *column))).collect::<Vec<_>>()
        };
        let title = declared.name.to_string();
        if columns.len() > MOST_COLUMNS {
            // as many columns as there are rows, which are few
            let first = columns.first().map_or("", name);
            let code = |row: usize| columns.first().map_or(String::new(), |own| world.text(schema, at, row, *own));
            let headers = std::iter::once(first.to_owned()).chain((0..rows).map(code)).map(Header::text).collect();
            let line = |column: &usize| {
                let values = (0..rows).map(|row| Piece::plain(world.text(schema, at, row, *column)));
                std::iter::once(Piece::plain(name(column))).chain(values).collect()
            };
            all.push(Table { title, headers, rows: columns.iter().skip(1).map(line).collect() });
            continue;
        }
        all.push(Table {
            title,
            headers: columns.iter().map(|column| Header::text(name(column))).collect(),
            rows: (0..rows).map(cells).collect(),
        });
    }
    all
}

/// The files of made-up data: names and texts, the description first.
pub fn files(world: &World, schema: &Schema, speaker: &Speaker) -> Vec<(String, String)> {
    let (title, note) = (speaker.word("equal-dataset"), speaker.word("equal-dataset-note"));
    let mut all = Vec::new();
    let mut tables: Vec<(String, String)> = Vec::new();
    for (at, declared) in schema.tables.iter().enumerate() {
        let used = world.columns(at);
        // reports show texts of schools whether rules read them or not: their columns must be there
        let is_text = |column: &usize| declared.columns.get(*column).is_some_and(|column| column.kind == Type::Text);
        let columns = (0..declared.columns.len()).filter(|column| used.contains(column) || is_text(column));
        let columns: Vec<usize> = columns.collect();
        if columns.is_empty() {
            continue;
        }
        let name = format!("{}.csv", declared.name);
        tables.push((declared.name.to_string(), name.clone()));
        let header = columns.iter().filter_map(|column| declared.columns.get(*column));
        let header = header.map(|column| quoted(column.header.as_deref().unwrap_or(&column.name)));
        let mut lines = vec![header.collect::<Vec<_>>().join(";")];
        for row in 0..world.tables.get(at).map_or(0, Vec::len) {
            let cell = |column: &usize| match used.contains(column) {
                true => quoted(&world.text(schema, at, row, *column)),
                false => String::new(),
            };
            let cells = columns.iter().map(cell);
            lines.push(cells.collect::<Vec<_>>().join(";"));
        }
        all.push((name, lines.join("\n") + "\n"));
    }
    let (not_applicable, suppressed) = (NOT_APPLICABLE, SUPPRESSED);
    let written = Written { title: &title, note: &note, tables: &tables, not_applicable, suppressed };
    all.insert(0, ("dataset.yaml".to_owned(), manifest_text(&written, speaker.language())));
    all
}

/// A cell of a file, in quotation marks where it needs them.
fn quoted(text: &str) -> String {
    if text.contains([';', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
