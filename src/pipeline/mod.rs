//! The order of the steps: rules text → tree → rule set → plan; files → dataset; plan and dataset → run.
//!
//! The only module that calls the stages in a row; hosts are thin and call it. No logic of its own.

mod comparisons;
mod corners;
mod datasets;
pub mod effects;
mod equalities;
mod others;
mod planes;
mod quality;
mod read;
mod revision;
mod scenarios;
mod stability;
mod sweeps;
mod thresholds;
mod units;
mod varied;

use std::path::{Path, PathBuf};

use crate::data;
use crate::data::dataset::Dataset;
use crate::decision::Run;
use crate::diagnostic::scenario as kinds;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::evaluate;
use crate::language::Language;
use crate::location::SourceSpan;
use crate::model::{Parameter, RuleSet};
use crate::plan::{self, Plan};
use crate::progress::Progress;
use crate::publication::{self, Masks};
use crate::recheck::{self, Report};
use crate::schema::{ColumnId, Schema, TableId};
use crate::source::Sources;
use crate::value::Type;

pub use comparisons::{Against, Compared, Variation, compare, compare_against};
pub use equalities::{Answer, Equality, Held, Noticed, equal_on, equal_on_any};
pub use others::{Beside, Other, OtherRules};
pub use planes::{Planes, planes};
pub use quality::{Looked, looked};
pub use read::{decode, named_file, read_correspondence, read_text};
pub use scenarios::{Trees, Variant, check_rules, read_texts, read_variant};
pub use stability::{Doubted, Doubts, stability};
pub use sweeps::{Keeper, Swept, SweptOver, sweep};
pub use thresholds::{Asked, Thresholds, thresholds};
pub use varied::Varied;

/// Rules as read: the texts, what they say, and everything that was noticed.
#[derive(Debug)]
pub struct ReadRules {
    pub sources: Sources,
    pub rules: Outcome<RuleSet>,
    /// The vocabulary of the main file.
    pub language: Language,
    /// Every file that the rules were read from, byte for byte: the main one first.
    pub files: Vec<(PathBuf, Vec<u8>)>,
    /// Titles of the scenarios that the rules hold, in order of writing.
    pub scenarios: Vec<String>,
    /// The manifest that the scenario names, and where.
    pub data: Option<(String, SourceSpan)>,
}

/// Rules evaluated on data.
#[derive(Debug)]
pub struct Judged {
    pub rules: RuleSet,
    pub plan: Plan,
    pub dataset: Dataset,
    pub run: Run,
    /// The same without what is not for publication, where that was asked for.
    pub public: Option<Public>,
}

/// What may be published of a run.
#[derive(Debug)]
pub struct Public {
    pub dataset: Dataset,
    pub run: Run,
    pub masks: Masks,
}

impl Judged {
    /// The data and the run as they may be shown.
    pub fn shown(&self) -> (&Dataset, &Run) {
        self.public.as_ref().map_or((&self.dataset, &self.run), |public| (&public.dataset, &public.run))
    }
}

/// Reads and checks a rules file with everything it names. `set` replaces parameters: name and value as text.
pub fn read_rules(path: &str, set: &[(String, String)]) -> ReadRules {
    read_variant(path, &Variant { set: set.to_vec(), ..Variant::default() })
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
    judge_for(rules, manifest, sources, progress, None)
}

/// The same for publication: values of fewer than `minimum` pupils are masked. `None`: nothing is.
pub fn judge_for(
    rules: RuleSet,
    manifest: &Path,
    sources: &mut Sources,
    progress: &dyn Progress,
    minimum: Option<usize>,
) -> Outcome<Judged> {
    let mut plan = plan::plan(&rules);
    let counted = minimum.map(|_| publication::needed(&rules, &plan)).unwrap_or_default();
    let shown = shown_columns(&rules.schema, rules.subject).into_iter().chain(counted).collect();
    let loaded = data::load(manifest, &rules.schema, &with_columns(plan.needed(&rules), shown), sources, progress);
    let mut diagnostics = loaded.diagnostics;
    let Some(dataset) = loaded.value else {
        return Outcome { value: None, diagnostics };
    };
    let evaluated = evaluate::evaluate(&rules, &plan, &dataset, progress);
    diagnostics.extend(evaluated.diagnostics);
    let value = evaluated.value.map(|run| {
        let plan = std::mem::take(&mut plan);
        let public = minimum.map(|minimum| {
            let masks = Masks::find(&rules, &plan, &dataset, &run, minimum);
            let (dataset, run) = masks.applied(&plan, &dataset, &run);
            Public { dataset, run, masks }
        });
        Judged { rules, plan, dataset, run, public }
    });
    Outcome { value, diagnostics }
}

/// The manifest that is read: the one that the command names, or the one beside it that the scenario names.
///
/// # Errors
/// The scenario's manifest is not there.
pub fn manifest(read: &ReadRules, named: &Path) -> Result<PathBuf, Box<Diagnostic>> {
    let Some((name, at)) = &read.data else { return Ok(named.to_path_buf()) };
    scenario_manifest(name, *at, named)
}

/// A manifest that a scenario names stands beside the one that the command names.
fn scenario_manifest(name: &str, at: SourceSpan, named: &Path) -> Result<PathBuf, Box<Diagnostic>> {
    let folder = named.parent().unwrap_or(Path::new(""));
    named_file(folder, name, &["yaml", "yml"]).ok_or_else(|| {
        let problem = Diagnostic::at(kinds::SCENARIO_DATA_MISSING, at);
        Box::new(problem.text("file", folder.join(name).display().to_string()))
    })
}

/// Every parameter as it is declared, or as the command replaced it: its name and, on one line, what stands behind it.
pub fn parameters(rules: &RuleSet, sources: &Sources) -> Vec<(String, String)> {
    let declared = |parameter: &Parameter| {
        if let Some(given) = rules.expr(parameter.value).filter(|_| parameter.replaced.is_some()) {
            let text = sources.get(given.span.source).map_or("", |source| source.slice(given.span.span));
            return text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
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
    let Judged { rules, plan, dataset, run, .. } = judged;
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
