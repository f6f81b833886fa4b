//! The rules as they are and at every point of a grid of changes.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use super::Judged;
use super::scenarios::{self, Family, Variant};
use super::varied::Varied;
use crate::data;
use crate::data::dataset::Needed;
use crate::decision::{Run, Verdict};
use crate::diagnostic::sweep as kinds;
use crate::diagnostic::{Argument, Diagnostic, Outcome};
use crate::evaluate;
use crate::language::Language;
use crate::location::{Place, SourceId};
use crate::messages::Speaker;
use crate::model::{CategoryId, RuleSet};
use crate::name::folded_text;
use crate::plan::{self, Plan};
use crate::progress::{Progress, Stage};
use crate::record::fingerprint;
use crate::scenario::{self, Change, Scenarios};
use crate::source::{Source, Sources};
use crate::suggestion;
use crate::sweep::{Grid, Head, Point, PointList, Reason, Step};
use crate::syntax;

/// Changed rules that are kept from checking to evaluating.
const MOST_KEPT: usize = 256;

/// So many points have their rules checked side by side.
const CHECKED_AT_ONCE: usize = 64;

/// Where points are kept as they are done.
pub trait Keeper {
    /// The sweep begins: the points that are done already.
    ///
    /// # Errors
    /// What is kept is of another sweep, or cannot be read.
    fn begin(&mut self, head: &Head) -> Result<BTreeMap<usize, Point>, Box<Diagnostic>>;

    /// # Errors
    /// The point could not be kept.
    fn keep(&mut self, point: &Point) -> Result<(), Box<Diagnostic>>;
}

/// Every point of a grid, with the rules as they are.
#[derive(Debug)]
pub struct Swept {
    pub judged: Judged,
    /// Whose lists are told.
    pub categories: Vec<CategoryId>,
    pub points: Vec<Point>,
    /// The rules of the first points at which schools move, by the number of the point: as many as were asked for.
    pub rules: BTreeMap<usize, RuleSet>,
}

/// What is swept.
#[derive(Debug, Clone, Copy)]
pub struct SweptOver<'a> {
    pub grid: &'a Grid,
    /// `None`: all.
    pub category: Option<&'a str>,
    /// Name and version of the program.
    pub program: &'a str,
    /// Of how many of the points at which schools move the rules are kept.
    pub explained: usize,
}

/// Reads the rules, evaluates them as they are and at every point of the grid that is not done already.
pub fn sweep(
    path: &str,
    variant: &Variant,
    over: &SweptOver<'_>,
    data: &Path,
    keeper: &mut dyn Keeper,
    progress: &dyn Progress,
) -> (Sources, Outcome<Swept>) {
    let mut family = scenarios::family(path, variant);
    let mut diagnostics = std::mem::take(&mut family.diagnostics);
    let value = swept(&mut family, variant, over, data, keeper, progress, &mut diagnostics);
    (family.into_sources(), Outcome { value, diagnostics })
}

fn swept(
    family: &mut Family,
    variant: &Variant,
    over: &SweptOver<'_>,
    data: &Path,
    keeper: &mut dyn Keeper,
    progress: &dyn Progress,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Swept> {
    let changes = changes(family, variant, over.grid, diagnostics);
    let base = family.base.take();
    let categories = base.as_ref().map(|base| categories(base, over.category));
    let categories = match categories {
        Some(Ok(found)) => found,
        Some(Err(problem)) => {
            diagnostics.push(*problem);
            return None;
        }
        None => return None,
    };
    if diagnostics.iter().any(Diagnostic::is_error) {
        return None;
    }
    let base = base?;
    let head = match head(family, variant, over, data) {
        Ok(head) => head,
        Err(problem) => {
            diagnostics.push(*problem);
            return None;
        }
    };
    let mut done = match keeper.begin(&head) {
        Ok(done) => done,
        Err(problem) => {
            diagnostics.push(*problem);
            return None;
        }
    };
    let changes = &changes;
    let mut work = Work { family, grid: over.grid, changes, kept: BTreeMap::new(), refused: BTreeMap::new() };
    let plan: Plan = plan::plan(&base);
    let needed = work.checked(&done, plan.needed(&base), progress, diagnostics)?;
    let needed = super::with_columns(needed, super::shown_columns(&base.schema, base.subject));
    let loaded = data::load(data, &base.schema, &needed, work.family.sources(), progress);
    diagnostics.extend(loaded.diagnostics);
    let dataset = loaded.value?;
    let evaluated = evaluate::evaluate(&base, &plan, &dataset, progress);
    diagnostics.extend(evaluated.diagnostics);
    let judged = Judged { run: evaluated.value?, rules: base, plan, dataset, public: None };
    progress.start(Stage::Compare, u64::try_from(over.grid.points()).ok());
    progress.advance(u64::try_from(done.len()).unwrap_or(0));
    let open: Vec<usize> = (0..over.grid.points()).filter(|at| !done.contains_key(at)).collect();
    // as many at once as there are threads, so that no more runs than that are held; what is kept stands in the order of the grid
    for together in open.chunks(rayon::current_num_threads().max(1)) {
        let ready: Vec<Ready> = together.iter().map(|at| work.ready(*at)).collect();
        let points: Vec<Evaluated> = ready.into_par_iter().map(|ready| ready.evaluated(&judged, &categories)).collect();
        for (at, point) in together.iter().zip(points) {
            let point = point.unwrap_or_else(|problems| refused_point(*at, &problems, work.family.sources()));
            if let Err(problem) = keeper.keep(&point) {
                progress.finish();
                diagnostics.push(*problem);
                return None;
            }
            done.insert(*at, point);
            progress.advance(1);
        }
    }
    progress.finish();
    let points: Vec<Point> = done.into_values().collect();
    let moving = points.iter().filter(|point| point.moves()).take(over.explained);
    let rules = moving.filter_map(|point| Some((point.point, work.rules(point.point).value?))).collect();
    Some(Swept { judged, categories, points, rules })
}

/// A point, or why its rules cannot be evaluated.
type Evaluated = Result<Point, Vec<Diagnostic>>;

/// A point whose rules were checked.
enum Ready {
    Refused(Point),
    Rules(usize, Box<RuleSet>),
}

impl Ready {
    fn evaluated(self, judged: &Judged, categories: &[CategoryId]) -> Evaluated {
        let (at, rules) = match self {
            Ready::Refused(point) => return Ok(point),
            Ready::Rules(at, rules) => (at, *rules),
        };
        let outcome = judged.varied(rules);
        let Varied { rules, run, .. } = outcome.value.ok_or(outcome.diagnostics)?;
        let lists = categories.iter().filter_map(|id| list(judged, *id, &rules, &run)).collect();
        Ok(Point { point: at, lists, refused: Vec::new() })
    }
}

fn categories(rules: &RuleSet, name: Option<&str>) -> Result<Vec<CategoryId>, Box<Diagnostic>> {
    let names: Vec<&str> = rules.categories.iter().map(|category| category.name.as_ref()).collect();
    let Some(name) = name else { return Ok((0..names.len()).map(CategoryId::from_index).collect()) };
    let wanted = folded_text(name);
    match names.iter().position(|known| folded_text(known) == wanted) {
        Some(at) => Ok(vec![CategoryId::from_index(at)]),
        None => {
            let near = suggestion::meant(name, &names);
            let problem = Diagnostic::new(kinds::CATEGORY_UNKNOWN, Place::Nowhere).text("name", name);
            Err(Box::new(problem.count("count", near.len()).with("names", Argument::List(near))))
        }
    }
}

/// What one value of one dimension changes, and the text that says so.
struct Value {
    changes: Vec<Change>,
    source: Option<SourceId>,
}

/// The changes of every value of every dimension; what is wrong with their texts is told.
fn changes(family: &mut Family, variant: &Variant, grid: &Grid, diagnostics: &mut Vec<Diagnostic>) -> Vec<Vec<Value>> {
    let scenarios = family.scenarios().clone();
    let mut all = Vec::new();
    for dimension in &grid.dimensions {
        let mut values = Vec::new();
        for at in 0..dimension.values.len() {
            let value = match dimension.step(at) {
                Step::Nothing => Value { changes: Vec::new(), source: None },
                Step::Scenario(title) => match scenarios.wanted(title) {
                    Ok(found) => Value { changes: scenarios.changes(found), source: None },
                    Err(unknown) => {
                        diagnostics.push(*unknown);
                        continue;
                    }
                },
                Step::Parameter(name, text) => {
                    if variant.set.iter().any(|(set, _)| folded_text(set) == folded_text(name)) {
                        if at == 0 {
                            let problem = Diagnostic::new(kinds::SET_AS_WELL, Place::Nowhere);
                            diagnostics.push(problem.text("name", name));
                        }
                        continue;
                    }
                    let word = match family.language() {
                        Language::Russian => "параметр",
                        Language::English => "parameter",
                    };
                    written(family, &format!("{name}={text}"), &format!("{word} {name} = {text}"), diagnostics)
                }
                Step::Clause(clause) => written(family, &clause, &clause, diagnostics),
            };
            if let Some(data) = value.changes.iter().find(|change| change.data().is_some()) {
                let problem = Diagnostic::at(kinds::OTHER_DATA, data.place);
                diagnostics.push(problem.text("name", data.scenario.as_ref()));
            }
            values.push(value);
        }
        all.push(values);
    }
    all
}

/// What a clause of a scenario changes.
fn written(family: &mut Family, shown: &str, clause: &str, diagnostics: &mut Vec<Diagnostic>) -> Value {
    let text = match family.language() {
        Language::Russian => format!("сценарий «--over»\n{clause}\n"),
        Language::English => format!("scenario «--over»\n{clause}\n"),
    };
    let source = family.sources().add(Source::new(format!("--over {shown}").as_str(), text.as_str()));
    let read = syntax::parse(source, &text);
    let failed = read.has_errors();
    diagnostics.extend(read.diagnostics);
    let found = read.value.filter(|_| !failed).map(|file| Scenarios::of(&[(source, file)]));
    let mut changes = Vec::new();
    if let Some(Outcome { value: Some(scenarios), diagnostics: problems }) = found {
        let failed = problems.iter().any(Diagnostic::is_error);
        diagnostics.extend(problems.into_iter().filter(Diagnostic::is_error));
        changes = scenarios.list.first().map(|own| scenarios.changes(own)).unwrap_or_default();
        if (changes.is_empty() || scenarios.list.len() > 1) && !failed {
            diagnostics.push(Diagnostic::new(kinds::NO_CHANGE, Place::Nowhere).text("text", shown));
        }
    }
    Value { changes, source: Some(source) }
}

/// Fingerprints of everything that a sweep depends on.
fn head(family: &Family, variant: &Variant, over: &SweptOver<'_>, data: &Path) -> Result<Head, Box<Diagnostic>> {
    let unreadable = |path: &Path, error: std::io::Error| {
        let name = path.display().to_string();
        Box::new(data::unreadable(Place::File(name.clone()), &name, &error))
    };
    let mut rules = String::new();
    for (_, bytes) in family.files() {
        rules += &fingerprint::of_bytes(bytes);
    }
    for (name, value) in &variant.set {
        rules += &format!("\u{1e}{name}\u{1f}{value}");
    }
    let (_, mut files) = fingerprint::of_file(data).map_err(|error| unreadable(data, error))?;
    for file in data::files(data) {
        let (_, sha256) = fingerprint::of_file(&file.path).map_err(|error| unreadable(&file.path, error))?;
        files += &sha256;
    }
    let grid = format!("{}\u{1d}{}", over.grid.told(), over.category.unwrap_or(""));
    let digest = |text: &str| fingerprint::of_bytes(text.as_bytes());
    Ok(Head::new(over.program, digest(&rules), digest(&files), digest(&grid), over.grid.points()))
}

struct Work<'a> {
    family: &'a mut Family,
    grid: &'a Grid,
    changes: &'a [Vec<Value>],
    /// Rules of points that were checked and not evaluated yet.
    kept: BTreeMap<usize, RuleSet>,
    /// Points whose rules are no rules.
    refused: BTreeMap<usize, Point>,
}

impl Work<'_> {
    /// Checks the rules of every point that is not done; the columns of the data that any of them reads. `None`: a value is
    /// wrong whatever the others are, and that is told.
    fn checked(
        &mut self,
        done: &BTreeMap<usize, Point>,
        mut needed: Needed,
        progress: &dyn Progress,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Needed> {
        let mut wrong = Wrong::new(self.grid);
        let points = self.grid.points();
        progress.start(Stage::Compare, u64::try_from(points).ok());
        for (at, _) in done.iter().filter(|(_, point)| point.refused.is_empty()) {
            wrong.is_right(&self.grid.point(*at));
        }
        progress.advance(u64::try_from(done.len()).unwrap_or(0));
        let open: Vec<usize> = (0..points).filter(|at| !done.contains_key(at)).collect();
        for together in open.chunks(CHECKED_AT_ONCE) {
            let checked: Vec<Outcome<RuleSet>> = together.par_iter().map(|at| self.rules(*at)).collect();
            for (at, outcome) in together.iter().zip(checked) {
                progress.advance(1);
                let Some(rules) = outcome.value else {
                    let problems: Vec<Diagnostic> =
                        outcome.diagnostics.into_iter().filter(Diagnostic::is_error).collect();
                    wrong.add(&self.grid.point(*at), self.changes, &problems);
                    self.refused.insert(*at, refused_point(*at, &problems, self.family.sources()));
                    continue;
                };
                wrong.is_right(&self.grid.point(*at));
                needed = match (needed, plan::plan(&rules).needed(&rules)) {
                    (Needed::Columns(mut columns), Needed::Columns(more)) => {
                        columns.extend(more);
                        Needed::Columns(columns)
                    }
                    _ => Needed::All,
                };
                if self.kept.len() < MOST_KEPT {
                    self.kept.insert(*at, rules);
                }
            }
        }
        progress.finish();
        let told = wrong.told();
        if told.is_empty() {
            return Some(needed);
        }
        diagnostics.extend(told);
        None
    }

    fn rules(&self, at: usize) -> Outcome<RuleSet> {
        let chosen = self.grid.point(at);
        let lists = self.changes.iter().zip(chosen).filter_map(|(values, value)| values.get(value));
        let joined = scenario::joined(lists.map(|value| value.changes.clone()));
        self.family.trees().rules(&joined.iter().collect::<Vec<_>>())
    }

    fn ready(&mut self, at: usize) -> Ready {
        if let Some(refused) = self.refused.remove(&at) {
            return Ready::Refused(refused);
        }
        let kept = self.kept.remove(&at);
        let outcome =
            kept.map_or_else(|| self.rules(at), |rules| Outcome { value: Some(rules), diagnostics: Vec::new() });
        match outcome.value {
            Some(rules) => Ready::Rules(at, Box::new(rules)),
            None => Ready::Refused(refused_point(at, &outcome.diagnostics, self.family.sources())),
        }
    }
}

/// Values that are refused at every point, each with what is wrong in its own text.
struct Wrong {
    /// Per dimension and value: whether any point is accepted, and the first problems.
    values: Vec<Vec<(bool, Vec<Diagnostic>)>>,
}

impl Wrong {
    fn new(grid: &Grid) -> Wrong {
        let values = |dimension: &crate::sweep::Dimension| vec![(false, Vec::new()); dimension.values.len()];
        Wrong { values: grid.dimensions.iter().map(values).collect() }
    }

    fn slots(&mut self, point: &[usize]) -> impl Iterator<Item = &mut (bool, Vec<Diagnostic>)> {
        self.values.iter_mut().zip(point).filter_map(|(values, value)| values.get_mut(*value))
    }

    fn is_right(&mut self, point: &[usize]) {
        self.slots(point).for_each(|(right, _)| *right = true);
    }

    fn add(&mut self, point: &[usize], changes: &[Vec<Value>], problems: &[Diagnostic]) {
        let sources: Vec<Option<SourceId>> = changes
            .iter()
            .zip(point)
            .map(|(values, value)| values.get(*value).and_then(|value| value.source))
            .collect();
        for ((_, known), source) in self.slots(point).zip(sources) {
            let own = |problem: &&Diagnostic| matches!(problem.place, Place::Text(at) if Some(at.source) == source);
            if known.is_empty() {
                known.extend(problems.iter().filter(own).cloned());
            }
        }
    }

    fn told(self) -> Vec<Diagnostic> {
        self.values.into_iter().flatten().filter(|(right, _)| !right).flat_map(|(_, problems)| problems).collect()
    }
}

fn refused_point(at: usize, problems: &[Diagnostic], sources: &Sources) -> Point {
    let [ru, en] = [Language::Russian, Language::English].map(Speaker::new);
    let place = |problem: &Diagnostic| match &problem.place {
        Place::Text(at) => {
            let source = sources.get(at.source)?;
            Some(format!("{}:{}", source.name, source.line_column(at.span.start).0))
        }
        Place::File(name) => Some(name.clone()),
        _ => None,
    };
    let reason = |problem: &Diagnostic| Reason {
        code: problem.kind.code.to_owned(),
        place: place(problem),
        ru: said(&ru, problem),
        en: said(&en, problem),
    };
    let refused = problems.iter().filter(|problem| problem.is_error()).map(reason).collect();
    Point { point: at, lists: Vec::new(), refused }
}

fn said(speaker: &Speaker, problem: &Diagnostic) -> String {
    let arguments: Vec<(&str, Argument)> =
        problem.arguments.iter().map(|(name, argument)| (*name, argument.clone())).collect();
    speaker.say(problem.kind.id, &arguments)
}

/// A list at a point against the rules as they are.
fn list(before: &Judged, id: CategoryId, rules: &RuleSet, run: &Run) -> Option<PointList> {
    let name = &before.rules.categories.get(id.index())?.name;
    let after = rules.categories.iter().position(|category| category.name == *name).map(CategoryId::from_index)?;
    let code = |row: usize| before.dataset.code(&before.rules.schema, before.rules.subject, row);
    let mut list =
        PointList { category: name.to_string(), listed: 0, undetermined: 0, entered: Vec::new(), left: Vec::new() };
    for row in 0..run.schools {
        let (was, is) = (before.run.is_listed(id, row), run.is_listed(after, row));
        list.listed += usize::from(is);
        list.undetermined += usize::from(matches!(run.category(after, row), Some(Verdict::Undetermined(_))));
        match (was, is) {
            (false, true) => list.entered.push(code(row)),
            (true, false) => list.left.push(code(row)),
            _ => {}
        }
    }
    Some(list)
}
