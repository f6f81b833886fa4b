//! Tree + schema → checked rule set: names, types and units, cycles, and what must be said but was not.
//!
//! Sees no value of the data and computes no decision. Reads no files: the texts it needs are handed in.

mod aggregates;
mod blocks;
mod calls;
mod categories;
mod conditions;
mod consequences;
mod constants;
mod cycles;
mod exits;
mod expressions;
mod indices;
mod lints;
mod names;
mod nesting;
mod parameters;
mod paths;
mod ranks;
mod ratios;
mod registered;
mod tables;
mod units;
mod verdicts;
mod windows;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::check as kinds;
use crate::diagnostic::{Diagnostic, Kind, Outcome};
use crate::language::Language;
use crate::location::{Place, SourceId, SourceSpan, Span};
use crate::model::expr::{Expr, ExprId, ExprKind, Grain};
use crate::model::{Header, Notes, RuleSet};
use crate::schema::{Schema, TableId};
use crate::stack;
use crate::syntax::tree;
use crate::value::Type;

use names::{Entity, Names};
pub use names::{ListFile, ListFileEntry};

/// Everything the checker looks at.
#[derive(Debug, Default)]
pub struct Input {
    /// The main file first, then the included ones.
    pub files: Vec<(SourceId, tree::File)>,
    /// Lists by the file that names them and the path as written there.
    pub lists: HashMap<(SourceId, Arc<str>), ListFile>,
    /// Script texts likewise.
    pub scripts: HashMap<(SourceId, Arc<str>), Arc<str>>,
    /// Parameters set from outside, parsed like declarations.
    pub overrides: Vec<(SourceId, tree::Parameter)>,
}

/// The deepest chain of definitions that use each other.
const MAX_CHAIN: usize = 60;

/// Checks a rule set. The value is there only when there are no errors.
pub fn check(input: &Input) -> Outcome<RuleSet> {
    check_files(input, &input.files)
}

/// Checks other files in place of those of the input, with the lists, scripts and overrides that it has.
pub fn check_files(input: &Input, files: &[(SourceId, tree::File)]) -> Outcome<RuleSet> {
    stack::roomy(&|| check_here(input, files))
}

fn check_here(input: &Input, files: &[(SourceId, tree::File)]) -> Outcome<RuleSet> {
    let mut checker = Checker::new(input, files);
    let rules = checker.run();
    checker.diagnostics.sort_by_key(|d| match &d.place {
        Place::Text(at) => (at.source, at.span.start),
        _ => (SourceId(u32::MAX), 0),
    });
    let broken = consequences::Broken::of(files);
    checker.diagnostics.retain(|d| !broken.explains(d));
    let mut seen = Vec::new();
    checker.diagnostics.retain(|d| {
        let new = !seen.contains(d);
        if new {
            seen.push(d.clone());
        }
        new
    });
    let failed = checker.diagnostics.iter().any(Diagnostic::is_error);
    Outcome { value: rules.filter(|_| !failed), diagnostics: checker.diagnostics }
}

/// The tables that the files declare, for binding data without the rest of the rules.
pub fn schema(input: &Input) -> Outcome<Schema> {
    let mut checker = Checker::new(input, &input.files);
    checker.names = Names::collect(&input.files, &mut checker.diagnostics);
    checker.tables();
    Outcome { value: Some(checker.schema), diagnostics: checker.diagnostics }
}

/// What a name stands for while its definition is being worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Done(Option<ExprId>),
}

struct Checker<'a> {
    input: &'a Input,
    /// What is checked: the files of the input, or those in place of them.
    files: &'a [(SourceId, tree::File)],
    names: Names<'a>,
    schema: Schema,
    subject: TableId,
    header: Header,
    defaults: CutDefaults<'a>,
    rules: Parts,
    exprs: Vec<Expr>,
    folded: Vec<ExprId>,
    states: HashMap<(Entity, Option<(i64, i64)>), State>,
    chain: Vec<(Entity, SourceSpan)>,
    used: HashSet<Entity>,
    /// Populations by their position among the declarations, once checked.
    population_ids: HashMap<usize, Option<crate::model::PopulationId>>,
    scale_guards: Vec<ScaleGuard>,
    nesting: nesting::Nesting,
    diagnostics: Vec<Diagnostic>,
}

/// The lists of the rule set while they grow.
#[derive(Default)]
struct Parts {
    parameters: Vec<crate::model::Parameter>,
    lists: Vec<crate::model::DatedList>,
    functions: Vec<crate::model::Function>,
    populations: Vec<crate::model::Population>,
    indicators: Vec<crate::model::Indicator>,
    indices: Vec<crate::model::Index>,
    criteria: Vec<crate::model::Criterion>,
    groups: Vec<crate::model::Group>,
    categories: Vec<crate::model::Category>,
    registered: Vec<crate::model::Registered>,
}

/// Rounding and ties that the header states for every rank of the file.
#[derive(Default, Clone, Copy)]
struct CutDefaults<'a> {
    rounding: Option<crate::number::rounding::Rounding>,
    ties: Option<&'a tree::Ties>,
    small: Option<&'a tree::SmallStrata>,
}

/// Where an expression stands: which row it sees and what is fixed around it.
#[derive(Clone, Copy)]
struct Context<'a> {
    source: SourceId,
    /// The row it is evaluated for; `None`: no row at all (constants).
    row: Option<TableId>,
    /// Replaces every window: inside a condition over years, or in a wider fallback.
    window: Option<(i64, i64)>,
    /// `по таблице …` and the clauses after a whole formula.
    over: Option<TableId>,
    clauses: &'a [tree::Clause],
    /// Which entry of `Checker::scale_guards` holds here.
    guard: usize,
    cut: CutDefaults<'a>,
    /// The category and group whose criteria a quantifier counts.
    home: Option<Home>,
    /// Inside the parentheses of an aggregate.
    inside: bool,
}

/// What keeps points of different scales apart around an expression.
#[derive(Default, Clone)]
struct ScaleGuard {
    /// Columns that the filter fixes to one text.
    fixed: Vec<(crate::schema::ColumnId, Arc<str>)>,
    /// Columns that the normalisation around keeps apart.
    apart: Vec<crate::schema::ColumnId>,
}

#[derive(Clone, Copy)]
enum Home {
    Category(usize),
    Group(usize),
}

impl<'a> Checker<'a> {
    fn new(input: &'a Input, files: &'a [(SourceId, tree::File)]) -> Self {
        Checker {
            input,
            files,
            names: Names::default(),
            schema: Schema::default(),
            subject: TableId(0),
            header: Header {
                title: Arc::from(""),
                version: None,
                in_force: (None, None),
                bases: Vec::new(),
                explanations: Vec::new(),
                reporting_year: None,
            },
            defaults: CutDefaults::default(),
            rules: Parts::default(),
            exprs: Vec::new(),
            folded: Vec::new(),
            states: HashMap::new(),
            chain: Vec::new(),
            used: HashSet::new(),
            population_ids: HashMap::new(),
            scale_guards: vec![ScaleGuard::default()],
            nesting: nesting::Nesting::default(),
            diagnostics: Vec::new(),
        }
    }

    fn run(&mut self) -> Option<RuleSet> {
        self.names = Names::collect(self.files, &mut self.diagnostics);
        self.tables();
        let language = self.header();
        self.find_subject();
        self.subject_key();
        let numbered = self.numbers();
        self.parameters();
        self.lists();
        self.functions();
        self.populations();
        self.indicators();
        self.indices();
        self.categories(numbered);
        self.registered();
        self.lints();
        let parts = std::mem::take(&mut self.rules);
        let rules = RuleSet {
            header: self.header.clone(),
            language,
            schema: std::mem::take(&mut self.schema),
            subject: self.subject,
            parameters: parts.parameters,
            lists: parts.lists,
            functions: parts.functions,
            populations: parts.populations,
            indicators: parts.indicators,
            indices: parts.indices,
            criteria: parts.criteria,
            groups: parts.groups,
            categories: parts.categories,
            registered: parts.registered,
            exprs: std::mem::take(&mut self.exprs),
            folded: std::mem::take(&mut self.folded),
            scenario: None,
        };
        self.diagnostics.extend(cycles::circles(&rules));
        self.without_criteria(&rules);
        Some(rules)
    }

    fn header(&mut self) -> Language {
        let Some((source, file)) = self.files.first() else {
            return Language::default();
        };
        for (other, included) in self.files.iter().skip(1) {
            if let Some(header) = &included.header {
                self.report(kinds::HEADER_IN_INCLUDED, *other, header.title.span);
            }
        }
        let Some(header) = &file.header else {
            self.report(kinds::NO_HEADER, *source, Span::default());
            return file.language;
        };
        self.defaults = CutDefaults {
            rounding: header.quota_rounding.map(|(rounding, _)| rounding),
            ties: header.ties.as_ref(),
            small: None,
        };
        let in_force = header.in_force.as_ref().map_or((None, None), |p| (p.from, p.to));
        if let Some(period) = &header.in_force {
            self.period(*source, period);
        }
        if let Some((year, span)) = header.reporting_year
            && windows::no_year(year)
        {
            self.report(kinds::BAD_YEAR, *source, span);
        }
        self.header = Header {
            title: header.title.text.clone(),
            version: header.version.as_ref().map(|t| t.text.clone()),
            in_force,
            bases: header.bases.iter().map(|t| t.text.clone()).collect(),
            explanations: header.explanations.iter().map(|t| t.text.clone()).collect(),
            reporting_year: header.reporting_year.map(|(year, _)| year),
        };
        file.language
    }

    /// The table that is judged: said by the header, or the one that nothing else could be.
    fn find_subject(&mut self) {
        let Some((source, file)) = self.files.first() else {
            return;
        };
        if let Some(name) = file.header.as_ref().and_then(|h| h.subject.as_ref()) {
            if let Some(table) = self.schema.find(&name.text) {
                self.subject = table;
            } else {
                self.unknown(kinds::UNKNOWN_SET, *source, name, &self.table_names());
            }
            return;
        }
        let usual = names::USUAL_SUBJECTS.iter().find_map(|name| self.schema.find(name));
        match usual {
            Some(table) => self.subject = table,
            None if self.schema.tables.len() == 1 => self.subject = TableId(0),
            None => {
                let span = file.header.as_ref().map_or(Span::default(), |h| h.title.span);
                self.report(kinds::NO_SUBJECT, *source, span);
            }
        }
    }

    /// The rows that are judged are named by their key.
    fn subject_key(&mut self) {
        let named = self.names.tables.get(usize::try_from(self.subject.0).unwrap_or(usize::MAX));
        if let Some((source, table)) = named.copied()
            && table.key.is_empty()
        {
            let at = SourceSpan::new(source, table.name.span);
            self.push(Diagnostic::at(kinds::SUBJECT_WITHOUT_KEY, at).text("table", table.name.text.as_ref()));
        }
    }

    fn period(&mut self, source: SourceId, period: &tree::Period) {
        if let (Some(from), Some(to)) = (period.from, period.to)
            && to < from
        {
            self.report(kinds::BAD_PERIOD, source, period.span);
        }
    }

    fn report(&mut self, kind: Kind, source: SourceId, span: Span) {
        self.diagnostics.push(Diagnostic::at(kind, SourceSpan::new(source, span)));
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn add(&mut self, kind: ExprKind, ty: Type, grain: Grain, span: SourceSpan) -> ExprId {
        self.exprs.push(Expr { kind, ty, grain, span });
        ExprId::from_index(self.exprs.len() - 1)
    }

    fn ty(&self, id: ExprId) -> Type {
        self.exprs.get(id.index()).map_or(Type::Text, |e| e.ty.clone())
    }

    fn grain(&self, id: ExprId) -> Grain {
        self.exprs.get(id.index()).map_or(Grain::Constant, |e| e.grain)
    }

    fn span(&self, id: ExprId) -> SourceSpan {
        self.exprs.get(id.index()).map_or(SourceSpan::default(), |e| e.span)
    }

    /// The grain of an expression made of these.
    fn joint_grain(&self, ids: &[ExprId]) -> Grain {
        ids.iter().map(|id| self.grain(*id)).find(|g| *g != Grain::Constant).unwrap_or(Grain::Constant)
    }

    fn context(&self, source: SourceId) -> Context<'a> {
        Context {
            source,
            row: Some(self.subject),
            window: None,
            over: None,
            clauses: &[],
            guard: 0,
            cut: self.defaults,
            home: None,
            inside: false,
        }
    }
}

fn notes(notes: &tree::Notes) -> Notes {
    Notes {
        basis: notes.basis.as_ref().map(|t| t.text.clone()),
        explanation: notes.explanation.as_ref().map(|t| t.text.clone()),
        reading: notes.reading.as_ref().map(|t| t.text.clone()),
    }
}

fn title(text: &Option<tree::Text>) -> Option<Arc<str>> {
    text.as_ref().map(|t| t.text.clone())
}
