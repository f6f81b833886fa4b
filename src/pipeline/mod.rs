//! The order of the steps: rules text → tree → rule set → plan; files → dataset; plan and dataset → run.
//!
//! The only module that calls the stages in a row; hosts are thin and call it. No logic of its own.

mod read;

use std::path::{Path, PathBuf};

use crate::check;
use crate::data;
use crate::data::dataset::Dataset;
use crate::decision::Run;
use crate::diagnostic::check as kinds;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::evaluate;
use crate::language::Language;
use crate::model::{Parameter, RuleSet};
use crate::plan::{self, Plan};
use crate::progress::Progress;
use crate::recheck::{self, Report};
use crate::schema::{ColumnId, Schema, TableId};
use crate::source::Sources;
use crate::value::Type;

pub use read::{decode, named_file, read_text};

/// Rules as read: the texts, what they say, and everything that was noticed.
#[derive(Debug)]
pub struct ReadRules {
    pub sources: Sources,
    pub rules: Outcome<RuleSet>,
    /// The vocabulary of the main file.
    pub language: Language,
    /// Every file that the rules were read from, byte for byte: the main one first.
    pub files: Vec<(PathBuf, Vec<u8>)>,
}

/// Rules evaluated on data.
#[derive(Debug)]
pub struct Judged {
    pub rules: RuleSet,
    pub plan: Plan,
    pub dataset: Dataset,
    pub run: Run,
}

/// Reads and checks a rules file with everything it names. `set` replaces parameters: name and value as text.
pub fn read_rules(path: &str, set: &[(String, String)]) -> ReadRules {
    checked(read::Reader::default(), path, set)
}

/// The same from texts that are not on disk, the main one first: names as seen from the folder that holds all of them.
pub fn read_texts(texts: &[(String, String)], set: &[(String, String)]) -> ReadRules {
    let main = texts.first().map_or("", |(name, _)| name.as_str());
    checked(read::Reader::of_texts(texts.iter().cloned()), main, set)
}

fn checked(mut reader: read::Reader, path: &str, set: &[(String, String)]) -> ReadRules {
    reader.main(path);
    reader.overrides(set);
    let language = reader.input.files.first().map_or(Language::default(), |(_, file)| file.language);
    let mut diagnostics = std::mem::take(&mut reader.diagnostics);
    let unreadable = reader.input.files.is_empty();
    let misread = diagnostics.iter().any(Diagnostic::is_error);
    let mut rules =
        if unreadable { Outcome { value: None, diagnostics: Vec::new() } } else { check::check(&reader.input) };
    // what the rules leave unsaid is known only when everything that they say was read
    let unsaid = [kinds::RANK_DEFAULTS, kinds::DECISION_INCOMPLETE];
    rules.diagnostics.retain(|d| !misread || !unsaid.contains(&d.kind));
    diagnostics.append(&mut rules.diagnostics);
    let failed = diagnostics.iter().any(Diagnostic::is_error);
    let rules = Outcome { value: rules.value.filter(|_| !failed), diagnostics };
    ReadRules { sources: reader.sources, rules, language, files: reader.files }
}

/// Loads the columns that a plan reads and those that reports show.
pub fn load(
    rules: &RuleSet,
    plan: &Plan,
    manifest: &Path,
    sources: &mut Sources,
    progress: &dyn Progress,
) -> Outcome<Dataset> {
    let shown = shown_columns(&rules.schema, rules.subject);
    data::load(manifest, &rules.schema, &with_columns(plan.needed(rules), shown), sources, progress)
}

/// Loads the data that a rule set needs and evaluates it. The text of the manifest joins the sources.
pub fn judge(rules: RuleSet, manifest: &Path, sources: &mut Sources, progress: &dyn Progress) -> Outcome<Judged> {
    let mut plan = plan::plan(&rules);
    let loaded = load(&rules, &plan, manifest, sources, progress);
    let mut diagnostics = loaded.diagnostics;
    let Some(dataset) = loaded.value else {
        return Outcome { value: None, diagnostics };
    };
    let evaluated = evaluate::evaluate(&rules, &plan, &dataset, progress);
    diagnostics.extend(evaluated.diagnostics);
    let value = evaluated.value.map(|run| Judged { rules, plan: std::mem::take(&mut plan), dataset, run });
    Outcome { value, diagnostics }
}

/// Every parameter as it is declared, or as the command replaced it: its name and, on one line, what stands behind it.
pub fn parameters(rules: &RuleSet, sources: &Sources) -> Vec<(String, String)> {
    let declared = |parameter: &Parameter| {
        let text = sources.get(parameter.span.source).map_or("", |source| source.slice(parameter.span.span));
        let behind = text.split_once(parameter.name.as_ref()).map_or(text, |(_, behind)| behind);
        behind.split_whitespace().collect::<Vec<_>>().join(" ").trim_start_matches("= ").to_owned()
    };
    rules.parameters.iter().map(|p| (p.name.to_string(), declared(p))).collect()
}

/// The name of a rules file below the folder that holds all of them, with `/` between the parts.
pub fn names_below(files: &[(PathBuf, Vec<u8>)]) -> Vec<String> {
    let here = std::env::current_dir().unwrap_or_default();
    let whole: Vec<PathBuf> = files
        .iter()
        .map(|(path, _)| match path.to_str() {
            Some("-") => here.join("stdin.merilo"),
            _ => path.canonicalize().unwrap_or_else(|_| here.join(path)),
        })
        .collect();
    let mut folder = whole.first().and_then(|path| path.parent()).unwrap_or(Path::new("")).to_path_buf();
    while !whole.iter().all(|path| path.starts_with(&folder)) && folder.pop() {}
    let parts = |path: &PathBuf| -> Vec<String> {
        let below = path.strip_prefix(&folder).unwrap_or(path);
        below.components().map(|part| part.as_os_str().to_string_lossy().to_string()).collect()
    };
    whole.iter().map(|path| parts(path).join("/")).collect()
}

/// Decides everything a second time by other means and compares; a problem for each of the first differences.
pub fn recheck(judged: &Judged, progress: &dyn Progress) -> (Report, Vec<Diagnostic>) {
    let Judged { rules, plan, dataset, run } = judged;
    let report = recheck::recheck(rules, dataset, run, &plan.of_expr, progress);
    let problems = report.problems(rules, dataset);
    (report, problems)
}

fn with_columns(needed: data::dataset::Needed, more: Vec<(TableId, ColumnId)>) -> data::dataset::Needed {
    match needed {
        data::dataset::Needed::All => data::dataset::Needed::All,
        data::dataset::Needed::Columns(mut columns) => {
            columns.extend(more);
            data::dataset::Needed::Columns(columns)
        }
    }
}

/// Columns that reports show beside the decisions: the texts of the judged table, and the names of what it links to.
fn shown_columns(schema: &Schema, subject: TableId) -> Vec<(TableId, ColumnId)> {
    let mut shown = Vec::new();
    let mut tables = vec![subject];
    let mut at = 0;
    while let Some(id) = tables.get(at).copied() {
        at += 1;
        let Some(table) = schema.table(id) else {
            continue;
        };
        for (position, column) in table.columns.iter().enumerate() {
            if column.kind == Type::Text {
                shown.push((id, ColumnId(u32::try_from(position).unwrap_or(u32::MAX))));
            }
            if let Some(link) = column.link
                && !tables.contains(&link)
            {
                tables.push(link);
            }
        }
    }
    shown
}
