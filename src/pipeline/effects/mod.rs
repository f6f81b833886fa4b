//! What makes each school enter or leave a list: its own rules, its own data, or others who moved.
//!
//! For every school that moved, the rules are evaluated with each of the four factors old and new
//! ([`crate::compare::effects`]); where a factor can have no bearing on the school, nothing is evaluated.

mod school;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use school::{Families, Family, School};

use crate::compare::effects::{CORNERS, Effects, Obstacle, Split, Splitting};
use crate::compare::{Comparison, Matching, Side};
use crate::data::aligned::aligned;
use crate::data::belonging::Belonging;
use crate::data::dataset::{Dataset, Needed};
use crate::data::hybrid::Pair;
use crate::decision::{Run, StepId, Verdict};
use crate::evaluate::Beside;
use crate::evaluate::mixed::{self, Alone, Given};
use crate::model::expr::Grain;
use crate::model::{CategoryId, RegisteredAction, RuleSet};
use crate::plan::{self, Named, Plan, same_steps, same_tables};
use crate::progress::{Progress, Stage};
use crate::schema::{ColumnId, TableId};

/// Schools times schools that moved, above which changes are split only where that is asked for.
pub const MOST_WORK: usize = 1_000_000;

/// The same where the data differ: then all rules are evaluated for every school that moved.
pub const MOST_WORK_ON_DATA: usize = MOST_WORK / 10;

/// How far changes are split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Not where it takes long.
    Usual,
    Whole,
}

/// Both datasets, old and new.
pub type Both = [Arc<Dataset>; 2];

/// Splits the change of every school that moved. `read`: both datasets as the tables of each side declare them, with every column
/// that its rules read; nothing: as far as the sides have them.
pub fn split(
    before: &Side<'_>,
    after: &Side<'_>,
    matching: &Matching,
    read: &[Both],
    comparison: &mut Comparison,
    extent: Extent,
    progress: &dyn Progress,
) -> Splitting {
    let movers = movers(comparison, matching);
    let mut found = BTreeMap::new();
    if !movers.is_empty() {
        let work = match Work::of([*before, *after], comparison, &matching.one_to_one(), read) {
            Ok(work) => work,
            Err(obstacle) => return Splitting::Impossible(obstacle),
        };
        let schools = before.run.schools.max(after.run.schools);
        let most = if work.grounds.len() > 1 { MOST_WORK_ON_DATA } else { MOST_WORK };
        if extent == Extent::Usual && movers.len().saturating_mul(schools) > most && work.is_long(comparison) {
            return Splitting::TooMuch { schools, movers: movers.len() };
        }
        progress.start(Stage::Compare, Some(movers.len() as u64));
        let of_school = |mover: &Moved| -> Option<Vec<((usize, usize), States)>> {
            let names = mover.categories.iter().filter_map(|at| comparison.categories.get(*at));
            let school = School::of(&work, &mover.family, names.map(|category| category.name.as_ref()).collect());
            let one = |at: &usize| Some(((mover.line, *at), school.states(comparison.categories.get(*at)?)?));
            let states = mover.categories.iter().map(one).collect();
            progress.advance(1);
            states
        };
        let states: Option<Vec<_>> = movers.par_iter().map(of_school).collect();
        progress.finish();
        let Some(states) = states else { return Splitting::Impossible(Obstacle::Evaluation) };
        found.extend(states.into_iter().flatten());
    }
    for (at, category) in comparison.categories.iter_mut().enumerate() {
        for mover in &mut category.movers {
            let open = |verdict| matches!(verdict, Some(Verdict::Undetermined(_)));
            let open = (open(mover.verdicts.0), open(mover.verdicts.1));
            mover.effects = Some(match found.get(&(mover.line, at)) {
                Some(states) => {
                    let holds = |of: fn(&State) -> bool, ends: (bool, bool)| {
                        let mut holds = [ends.0; CORNERS];
                        for (slot, state) in holds.iter_mut().zip(states).skip(1) {
                            *slot = of(state);
                        }
                        if let Some(last) = holds.last_mut() {
                            *last = ends.1;
                        }
                        Effects::of(&holds)
                    };
                    Split {
                        listed: holds(|state| state.listed, mover.listed),
                        undetermined: holds(|state| state.open, open),
                    }
                }
                None => Split {
                    listed: Effects::of_data(mover.listed.0, mover.listed.1),
                    undetermined: Effects::of_data(open.0, open.1),
                },
            });
        }
    }
    Splitting::Done
}

/// A school that both sides have and that moved.
struct Moved {
    line: usize,
    family: Family,
    /// In which it moved.
    categories: BTreeSet<usize>,
}

fn movers(comparison: &Comparison, matching: &Matching) -> Vec<Moved> {
    let mut moved: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (at, category) in comparison.categories.iter().enumerate() {
        for mover in &category.movers {
            moved.entry(mover.line).or_default().insert(at);
        }
    }
    let families = Families::of(matching);
    let all = moved.into_iter();
    all.filter_map(|(line, categories)| Some(Moved { line, family: families.family(line)?, categories })).collect()
}

/// How a school stands where some factors are old and others new.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct State {
    listed: bool,
    open: bool,
}

type States = [State; CORNERS];

/// The rules of one side.
struct Book<'a> {
    /// With the decisions of people.
    written: &'a RuleSet,
    /// Without them: they name schools that other data may not have.
    rules: RuleSet,
    plan: Plan,
    /// Steps of this plan that have a counterpart of the same name in that of the other side.
    pairs: Vec<mixed::Pair>,
    /// The steps of the other side that compute the same; nothing for the old side.
    same: Vec<Option<StepId>>,
    /// Steps that read rows of several schools.
    across: BTreeSet<StepId>,
}

/// Data on which the rules of both sides are evaluated.
struct Ground<'a> {
    /// As each rule set declares the tables; one where both declare the same.
    datasets: Vec<Cow<'a, Dataset>>,
    runs: Vec<Run>,
    /// What the rules of the other side have for the steps of each.
    given: Vec<Vec<Given>>,
}

struct Work<'a> {
    sides: [Side<'a>; 2],
    /// One where both sides have the same rules.
    books: Vec<Book<'a>>,
    /// One where both sides have the same data.
    grounds: Vec<Ground<'a>>,
    /// By declaration of the tables.
    shapes: Vec<Shape>,
    /// Categories that read nothing of what differs in the data.
    untouched: BTreeSet<Arc<str>>,
}

/// What depends on how the tables are declared.
struct Shape {
    /// One per dataset.
    belonging: Vec<Belonging>,
    /// Where the data differ.
    pair: Option<Pair>,
    /// The columns that differ, where nothing else does.
    columns: Option<Vec<(TableId, ColumnId)>>,
}

impl<'a> Work<'a> {
    fn of(
        sides: [Side<'a>; 2],
        comparison: &Comparison,
        matched: &[(Option<usize>, Option<usize>)],
        read: &'a [Both],
    ) -> Result<Work<'a>, Obstacle> {
        let [before, after] = sides;
        let same_data = std::ptr::eq(before.data, after.data);
        let same_tables = same_data || same_tables(&before.rules.schema, &after.rules.schema);
        let shapes = if same_tables { vec![before] } else { vec![before, after] };
        if shapes.iter().any(|side| subject(side) != subject(&before)) {
            return Err(Obstacle::Tables);
        }
        let as_declared = |shape: &Side<'a>, side: &Side<'a>| match same_tables || std::ptr::eq(side.data, shape.data) {
            true => Cow::Borrowed(side.data),
            false => Cow::Owned(aligned(side.data, &side.rules.schema, &shape.rules.schema)),
        };
        let read = Some(read).filter(|read| {
            read.len() == shapes.len()
                && read.iter().zip(&shapes).all(|(both, shape)| are_schools_of(both, shape, &sides))
        });
        let both = |(at, shape): (usize, &Side<'a>)| match read.and_then(|read| read.get(at)) {
            Some([old, new]) => [Cow::Borrowed(old.as_ref()), Cow::Borrowed(new.as_ref())],
            None => [as_declared(shape, &before), as_declared(shape, &after)],
        };
        let schools: Vec<(usize, usize)> = matched.iter().filter_map(|(old, new)| (*old).zip(*new)).collect();
        let pair = |(side, [old, new]): (&Side<'a>, &[Cow<'a, Dataset>; 2])| {
            Pair::of(&side.rules.schema, side.rules.subject, (old, new), &schools)
        };
        let in_order = || matched.iter().all(|(old, new)| old == new);
        // per declaration of the tables: the datasets, and the two of them paired where they differ
        let (datasets, pairs): (Vec<Vec<Cow<'a, Dataset>>>, Vec<Option<Pair>>) = if same_data {
            (vec![vec![Cow::Borrowed(before.data)]], vec![None])
        } else {
            let datasets: Vec<[Cow<'a, Dataset>; 2]> = shapes.iter().enumerate().map(both).collect();
            let pairs: Vec<Pair> = shapes.iter().zip(&datasets).map(pair).collect();
            if !same_tables && in_order() && pairs.iter().all(Pair::is_same) {
                // the same data, of which each side has the columns that its rules read
                let own = sides.iter().map(|side| vec![Cow::Borrowed(side.data)]).collect();
                (own, vec![None, None])
            } else {
                (datasets.into_iter().map(Vec::from).collect(), pairs.into_iter().map(Some).collect())
            }
        };
        let same_rules = same_rules((before.rules, before.plan), (after.rules, after.plan));
        let rules = if same_rules { vec![before] } else { vec![before, after] };
        for (at, side) in rules.iter().enumerate() {
            let Needed::Columns(needed) = side.plan.needed(side.rules) else { continue };
            let there = datasets.get(at).or_else(|| datasets.first()).map_or(&[][..], Vec::as_slice);
            let lacks = |dataset: &Cow<'_, Dataset>| needed.iter().any(|(t, c)| dataset.column(*t, *c).is_none());
            if there.iter().any(lacks) {
                return Err(Obstacle::Columns);
            }
        }
        let shape = |((side, datasets), pair): ((&Side<'a>, &Vec<Cow<'a, Dataset>>), Option<Pair>)| {
            let of_data = |data: &Cow<'_, Dataset>| Belonging::of(&side.rules.schema, side.rules.subject, data);
            let columns = pair.as_ref().and_then(|pair| pair.columns(&side.rules.schema));
            Shape { belonging: datasets.iter().map(of_data).collect(), pair, columns }
        };
        let shapes: Vec<Shape> = shapes.iter().zip(&datasets).zip(pairs).map(shape).collect();
        let of_rules = rules.iter().enumerate();
        let of_rules = of_rules.filter_map(|(at, side)| Some((side.rules, shapes.get(at).or_else(|| shapes.first())?)));
        let mut books: Vec<Book<'a>> = of_rules.map(|(rules, shape)| Book::of(rules, &shape.belonging)).collect();
        if let [first, second] = books.as_mut_slice() {
            pair_up(first, second, same_tables);
        }
        let moved: BTreeSet<&str> =
            comparison.categories.iter().filter(|c| !c.movers.is_empty()).map(|c| c.name.as_ref()).collect();
        let wanted = wanted(&books, &moved);
        let ground = |at: usize| {
            let datasets = datasets.iter().filter_map(|of_shape| of_shape.get(at)).cloned().collect();
            Ground::of(datasets, &books, &wanted)
        };
        let count = datasets.first().map_or(0, Vec::len);
        let grounds: Option<Vec<Ground<'a>>> = (0..count).map(ground).collect();
        let grounds = grounds.ok_or(Obstacle::Evaluation)?;
        let mut work = Work { sides, books, grounds, shapes, untouched: BTreeSet::new() };
        work.untouched = moved.into_iter().filter(|name| !work.reads_data(name)).map(Arc::from).collect();
        Ok(work)
    }

    /// Whether what differs in the data can have a bearing on a category.
    fn reads_data(&self, category: &str) -> bool {
        let wanted = wanted(&self.books, &BTreeSet::from([category]));
        let mut books = self.books.iter().zip(&wanted).enumerate();
        books.any(|(at, (book, wanted))| match self.shape(at).and_then(|shape| shape.columns.as_ref()) {
            Some(columns) => mixed::reads(&book.rules, &book.plan, columns, wanted),
            None => true,
        })
    }

    /// What the rules at a place see of the tables.
    fn shape(&self, book: usize) -> Option<&Shape> {
        self.shapes.get(book).or_else(|| self.shapes.first())
    }

    /// Whether schools have to be evaluated one by one.
    fn is_long(&self, comparison: &Comparison) -> bool {
        let moved = comparison.categories.iter().filter(|category| !category.movers.is_empty());
        let steps = moved.flat_map(|category| {
            let of_data = self.grounds.len() > 1 && !self.untouched.contains(&category.name);
            let books = self.books.iter().enumerate();
            books.filter_map(move |(at, book)| Some((at, book, book.category(&category.name)?, of_data)))
        });
        let mut reads = steps.filter(|(_, book, id, _)| book.reads_others(*id));
        reads.any(|(at, book, id, of_data)| {
            let given = |ground: &Ground<'_>| match (ground.alone(book, at), ground.given.get(at), book.step(id)) {
                (Some(alone), Some(given), Some(step)) => alone.is_reached(given, &book.across, step),
                _ => false,
            };
            of_data || self.grounds.iter().any(given)
        })
    }
}

/// Whether datasets that were read anew have the schools of the sides in the same rows.
fn are_schools_of(both: &Both, shape: &Side<'_>, sides: &[Side<'_>; 2]) -> bool {
    both.iter().zip(sides).all(|(read, side)| {
        let rows = |data: &Dataset, rules: &RuleSet| data.table(rules.subject).map(|table| table.rows);
        let count = rows(read, shape.rules);
        let code = |data: &Dataset, rules: &RuleSet, row: usize| data.code(&rules.schema, rules.subject, row);
        count == rows(side.data, side.rules)
            && (0..count.unwrap_or(0)).all(|row| code(read, shape.rules, row) == code(side.data, side.rules, row))
    })
}

impl<'a> Book<'a> {
    fn of(written: &'a RuleSet, belonging: &[Belonging]) -> Book<'a> {
        let rules = RuleSet { registered: Vec::new(), ..written.clone() };
        let plan = plan::apart(&rules);
        let across = mixed::across(&rules, &plan, &|table| belonging.iter().all(|found| found.is_of_one(table)));
        Book { written, rules, plan, pairs: Vec::new(), same: Vec::new(), across }
    }

    fn category(&self, name: &str) -> Option<CategoryId> {
        let found = self.rules.categories.iter().position(|category| category.name.as_ref() == name);
        found.map(CategoryId::from_index)
    }

    fn step(&self, id: CategoryId) -> Option<StepId> {
        self.plan.categories.get(id.index()).copied()
    }

    /// Whether the decision on a school reads others at all.
    fn reads_others(&self, id: CategoryId) -> bool {
        let needed = self.step(id).map(|step| mixed::needed_by(&self.plan, &[step])).unwrap_or_default();
        !needed.is_disjoint(&self.across)
    }

    /// The decision of people on a school, where there is one.
    fn registered(&self, id: CategoryId, code: &str) -> Option<bool> {
        let found = self.written.registered.iter().find(|entry| entry.category == id && entry.school.as_ref() == code);
        found.map(|entry| entry.action == RegisteredAction::Include)
    }
}

/// Finds what has the same name and the same kind of value on both sides.
fn pair_up(first: &mut Book<'_>, second: &mut Book<'_>, same_tables: bool) {
    let (old, new) = (plan::named(&first.rules, &first.plan), plan::named(&second.rules, &second.plan));
    let of_schools = |book: &Book<'_>, grain: Grain| grain == Grain::Row(book.rules.subject);
    let alike = |a: StepId, b: StepId| {
        let (a, b) = (first.plan.step(a), second.plan.step(b));
        a.zip(b).is_some_and(|(a, b)| {
            let rows = if same_tables {
                a.grain == b.grain
            } else {
                of_schools(first, a.grain) && of_schools(second, b.grain)
            };
            a.ty == b.ty && rows
        })
    };
    let pair = |(name, old): (&Named, &StepId)| new.get(name).map(|new| (*old, *new)).filter(|(a, b)| alike(*a, *b));
    let pairs: Vec<(StepId, StepId)> = old.iter().filter_map(pair).collect();
    let same = same_steps((&first.rules, &first.plan), (&second.rules, &second.plan));
    let kind = |step: StepId| first.plan.step(step).map(|step| &step.kind);
    let is_same = |old: StepId, new: StepId| {
        // two steps of one plan may compute the same under different names
        same.get(new.index()).copied().flatten().is_some_and(|found| kind(found) == kind(old))
    };
    let all: Vec<(StepId, StepId, bool)> = pairs.iter().map(|(old, new)| (*old, *new, is_same(*old, *new))).collect();
    first.pairs = all.iter().map(|(old, new, same)| mixed::Pair { own: *old, foreign: *new, same: *same }).collect();
    second.pairs = all.iter().map(|(old, new, same)| mixed::Pair { own: *new, foreign: *old, same: *same }).collect();
    second.same = same;
}

/// What is evaluated for some categories: they, and what is given to the rules of the other side.
fn wanted(books: &[Book<'_>], moved: &BTreeSet<&str>) -> Vec<Vec<StepId>> {
    let of_book = |book: &Book<'_>| -> Vec<StepId> {
        let ids = book.rules.categories.iter().zip(&book.plan.categories);
        ids.filter(|(found, _)| moved.contains(found.name.as_ref())).map(|(_, step)| *step).collect()
    };
    let mut wanted: Vec<Vec<StepId>> = books.iter().map(of_book).collect();
    if let ([first, second], [to_first, to_second]) = (books, wanted.as_mut_slice()) {
        let given = |from: &Book<'_>, wanted: &[StepId]| -> Vec<StepId> {
            let needed = mixed::needed_by(&from.plan, wanted);
            from.pairs.iter().filter(|pair| needed.contains(&pair.own)).map(|pair| pair.foreign).collect()
        };
        let (more_of_second, more_of_first) = (given(first, to_first), given(second, to_second));
        to_first.extend(more_of_first);
        to_second.extend(more_of_second);
    }
    wanted
}

/// The table of those who are judged, by name.
fn subject<'a>(side: &Side<'a>) -> Option<&'a str> {
    side.rules.schema.table(side.rules.subject).map(|table| table.name.as_ref())
}

/// Whether two rule sets come to the same on any data.
fn same_rules(old: (&RuleSet, &Plan), new: (&RuleSet, &Plan)) -> bool {
    let found = same_steps(old, new);
    let same = |new: &[StepId], old: &[StepId]| {
        new.len() == old.len()
            && new.iter().zip(old).all(|(new, old)| found.get(new.index()).copied().flatten() == Some(*old))
    };
    let names = |rules: &RuleSet| rules.categories.iter().map(|c| c.name.clone()).collect::<Vec<_>>();
    let registered = |rules: &RuleSet| -> Vec<_> {
        rules.registered.iter().map(|entry| (entry.category, entry.school.clone(), entry.action)).collect()
    };
    same(&new.1.categories, &old.1.categories) && names(old.0) == names(new.0) && registered(old.0) == registered(new.0)
}

impl<'a> Ground<'a> {
    /// `None`: the rules cannot be evaluated on these data.
    fn of(datasets: Vec<Cow<'a, Dataset>>, books: &[Book<'_>], wanted: &[Vec<StepId>]) -> Option<Ground<'a>> {
        let data = |at: usize| datasets.get(at).or_else(|| datasets.first());
        let mut runs: Vec<Run> = Vec::with_capacity(books.len());
        for (at, book) in books.iter().enumerate() {
            // what both rule sets compute is computed once
            let before = books.first().zip(runs.first()).map(|(book, run)| (&book.plan, run));
            let beside = Beside { before, same: book.same.clone() };
            let run = mixed::only(&book.rules, &book.plan, data(at)?, wanted.get(at)?, &beside)?;
            runs.push(run);
        }
        let given = match (books, runs.as_slice()) {
            ([first, second], [old, new]) => vec![
                mixed::given(&first.plan, data(0)?, old, new, &first.pairs),
                mixed::given(&second.plan, data(1)?, new, old, &second.pairs),
            ],
            _ => vec![Vec::new()],
        };
        Some(Ground { datasets, runs, given })
    }

    fn alone<'b>(&'b self, book: &'b Book<'_>, at: usize) -> Option<Alone<'b>> {
        let dataset = self.datasets.get(at).or_else(|| self.datasets.first())?;
        Some(Alone { rules: &book.rules, plan: &book.plan, dataset, run: self.runs.get(at)? })
    }
}
