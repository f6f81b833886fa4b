//! The tree of a rules file, as written: what stands where, in which order. No meaning is checked here.
//!
//! The same tree comes from a Russian and from an English text.

mod expressions;
mod scenarios;

use std::sync::Arc;

use jiff::civil::Date;

use crate::language::Language;
use crate::location::Span;
use crate::number::rounding::Rounding;

pub use expressions::*;
pub use scenarios::*;

/// A whole rules file.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// The vocabulary most keywords were written in.
    pub language: Language,
    pub header: Option<Header>,
    pub items: Vec<Item>,
    pub comments: Vec<Comment>,
    /// Where blank lines begin, in order.
    pub blank_lines: Vec<usize>,
    /// Names that blocks declare which could not be read: they are known to exist, nothing more.
    pub broken: Vec<Name>,
}

impl File {
    /// The file as far as it is rules, without its scenarios.
    #[must_use]
    pub fn without_scenarios(&self) -> File {
        let rules = |item: &&Item| !matches!(item, Item::Scenario(_));
        File {
            language: self.language,
            header: self.header.clone(),
            items: self.items.iter().filter(rules).cloned().collect(),
            comments: self.comments.clone(),
            blank_lines: self.blank_lines.clone(),
            broken: self.broken.clone(),
        }
    }
}

/// `// …` or `# …`, without the mark; `own_line`: nothing but white space stands before it on its line.
#[derive(Debug, Clone, PartialEq)]
pub struct Comment {
    pub text: String,
    pub own_line: bool,
    /// A blank line stands before it.
    pub after_blank: bool,
    /// A blank line stands after it.
    pub before_blank: bool,
    pub span: Span,
}

/// An identifier as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    pub text: Arc<str>,
    pub span: Span,
}

/// `a.b.c`: never empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    pub names: Vec<Name>,
    pub span: Span,
}

/// A text in `"…"` or `«…»`, without the marks.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    pub text: Arc<str>,
    pub span: Span,
}

/// A number of a criterion or a group: `2.4.1`.
#[derive(Debug, Clone, PartialEq)]
pub struct Numbering {
    pub parts: Vec<u32>,
    pub span: Span,
}

/// A unit word, resolved by the keyword table.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitWord {
    pub unit: UnitName,
    /// `шкалы "ЕГЭ"` after points.
    pub scale: Option<Text>,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnitName {
    Percent,
    PercentagePoint,
    Points,
    Mark,
    People,
    Year,
    Rouble,
    Kilometre,
    Minute,
    Hour,
    SquareMetre,
    Place,
}

/// `набор правил …` and its clauses.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    pub title: Text,
    pub version: Option<Text>,
    pub in_force: Option<Period>,
    pub bases: Vec<Text>,
    pub explanations: Vec<Text>,
    /// `отчётный год 2018`
    pub reporting_year: Option<(i64, Span)>,
    /// `оцениваются школы`: the table whose rows are judged.
    pub subject: Option<Name>,
    /// Defaults for every rank of the file.
    pub quota_rounding: Option<(Rounding, Span)>,
    pub ties: Option<Ties>,
    pub span: Span,
}

/// `с 01.09.2018 по 31.08.2019`; either end may be open.
#[derive(Debug, Clone, PartialEq)]
pub struct Period {
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub span: Span,
}

/// One block at the top level.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    Include(Include),
    Parameter(Parameter),
    List(List),
    Table(Table),
    Population(Population),
    Indicator(Indicator),
    Index(Index),
    Function(Function),
    Combination(NamedCombination),
    Category(Category),
    Registered(Registered),
    Scenario(Scenario),
}

impl Item {
    /// Where the whole block stands.
    pub fn span(&self) -> Span {
        match self {
            Item::Include(x) => x.span,
            Item::Parameter(x) => x.span,
            Item::List(x) => x.span,
            Item::Table(x) => x.span,
            Item::Population(x) => x.span,
            Item::Indicator(x) => x.span,
            Item::Index(x) => x.span,
            Item::Function(x) => x.span,
            Item::Combination(x) => x.span,
            Item::Category(x) => x.span,
            Item::Registered(x) => x.span,
            Item::Scenario(x) => x.span,
        }
    }
}

/// `подключить "данные"`
#[derive(Debug, Clone, PartialEq)]
pub struct Include {
    pub path: Text,
    pub span: Span,
}

/// `параметр имя «…» = 25 %` or, keyed, `параметр имя «…» по полю вид: "ES" = 84; "MS" = 80; в остальных случаях 70`
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    pub name: Name,
    pub title: Option<Text>,
    pub value: ParameterValue,
    /// `допустимо от … до …`
    pub allowed: Option<(Expr, Expr, Span)>,
    pub notes: Notes,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ParameterValue {
    Single(Expr),
    Keyed { by: Path, entries: Vec<(Expr, Expr)>, otherwise: Option<Box<Expr>> },
}

/// `основание`, `толкование`, `прочтение`: innermost open block.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Notes {
    /// `основание «…»`: the paragraph of the document.
    pub basis: Option<Text>,
    /// `толкование «…»`: how it is to be understood, for people.
    pub explanation: Option<Text>,
    /// `прочтение «…»`: which reading of an unclear source was taken.
    pub reading: Option<Text>,
}

/// `список моногорода / моногородов «…» из "файл"` or with entries of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    pub name: Name,
    pub forms: Vec<Name>,
    pub title: Option<Text>,
    pub file: Option<Text>,
    /// `источник «…»`
    pub source: Option<Text>,
    pub entries: Vec<ListEntry>,
    pub notes: Notes,
    pub span: Span,
}

/// `запись "Пикалёво" с 29.07.2014 по … основание «…»`
#[derive(Debug, Clone, PartialEq)]
pub struct ListEntry {
    pub value: Text,
    pub period: Option<Period>,
    pub basis: Option<Text>,
    pub span: Span,
}

/// `таблица экзамены / экзаменов «…»`
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub name: Name,
    pub forms: Vec<Name>,
    pub title: Option<Text>,
    pub key: Vec<Name>,
    pub columns: Vec<Column>,
    pub span: Span,
}

/// `столбец балл число баллов шкала по вид заголовок "Балл" обозначение "-" означает не применимо`
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub name: Name,
    pub title: Option<Text>,
    pub kind: ColumnKind,
    pub allowed: Vec<Text>,
    pub scale_by: Vec<Name>,
    pub header: Option<Text>,
    pub markers: Vec<(Vec<Text>, Absence)>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ColumnKind {
    Text,
    Number(Option<UnitWord>),
    YesNo,
    Date,
    /// The year a row is about.
    Year,
    /// `ссылка на школы`
    Link(Name),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Absence {
    Missing,
    Suppressed,
    Invalid,
    NotApplicable,
}

/// `совокупность дневные / дневных «…» = школы, где …` with `исключить, если … основание «…»`
#[derive(Debug, Clone, PartialEq)]
pub struct Population {
    pub name: Name,
    pub forms: Vec<Name>,
    pub title: Option<Text>,
    /// A table or another population.
    pub base: Name,
    pub condition: Option<Expr>,
    pub exclusions: Vec<Exclusion>,
    pub notes: Notes,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Exclusion {
    pub condition: Expr,
    pub basis: Option<Text>,
    pub span: Span,
}

/// `показатель имя «…» = … по таблице …, где …, за последние 3 года` with `скрыть, если …`
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    pub name: Name,
    pub title: Option<Text>,
    pub formula: Expr,
    /// `по таблице экзамены`: for every aggregate of the formula that names no rows of its own.
    pub over: Option<Name>,
    /// Clauses after the whole formula, for every aggregate that has none of that kind of its own.
    pub clauses: Vec<Clause>,
    /// `не применимо, если …`
    pub not_applicable: Option<Expr>,
    /// `скрыть, если сумма(участники) менее 10, иначе за последние 5 лет`
    pub suppress: Option<Suppress>,
    pub notes: Notes,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Suppress {
    pub condition: Expr,
    /// A wider window tried before suppressing.
    pub fallback: Option<Window>,
    pub span: Span,
}

/// `индекс имя «…» среди … нормирование … составляющая …`
#[derive(Debug, Clone, PartialEq)]
pub struct Index {
    pub name: Name,
    pub title: Option<Text>,
    pub among: Option<Name>,
    pub within: Vec<Path>,
    pub normalisation: Option<Normalisation>,
    /// Components outside blocks, then the blocks, in the order written.
    pub parts: Vec<IndexPart>,
    pub on_missing: Vec<MissingComponent>,
    /// `округлить до 0,01`: the index is rounded before anything uses it.
    pub round: Option<(Rounding, Expr, Span)>,
    pub notes: Notes,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum IndexPart {
    Component(Component),
    /// `блок «Семья» вес 2` and the components up to the next block.
    Block {
        title: Text,
        weight: Expr,
        components: Vec<Component>,
        span: Span,
    },
}

/// `составляющая балл_ЕГЭ «…» вес 1 больше – лучше`
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    pub value: Expr,
    pub title: Option<Text>,
    pub weight: Expr,
    /// Mandatory; `None` is reported by `check`.
    pub direction: Option<Direction>,
    /// `нормирование …` of this component alone.
    pub normalisation: Option<Normalisation>,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    HigherIsBetter,
    LowerIsBetter,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Normalisation {
    pub method: NormalMethod,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum NormalMethod {
    /// `стандартное`: z-score, population standard deviation.
    Standard,
    /// `минимакс` (observed bounds) or `минимакс(0; 100)` (fixed bounds, clamped).
    MinMax(Option<(Box<Expr>, Box<Expr>)>),
    /// `доля_места`: rank share.
    RankShare,
    /// `процент_от(100)`
    PercentOf(Box<Expr>),
    /// `без_нормирования`
    None,
}

/// `при пропуске …`
#[derive(Debug, Clone, PartialEq)]
pub struct MissingComponent {
    pub policy: MissingPolicy,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum MissingPolicy {
    /// `пересчитать веса, если известно не менее 50 % веса` / `… не менее 2 составляющих`
    Reweight { least_weight: Option<Expr>, least_components: Option<Expr> },
    /// `передать вес балл_ВПР → балл_ОГЭ` (also written `на`)
    Reallocate { from: Name, to: Vec<Name> },
    /// `не определять` (default): the index is absent.
    Required,
    /// `считать нулём`: the component counts as the neutral 0 of its normalised scale.
    Zero,
    /// `подставить медиану`
    Median,
}

/// `функция баллы(расстояние: км) : баллов из "файл.rhai"`
#[derive(Debug, Clone, PartialEq)]
pub struct Function {
    pub name: Name,
    pub title: Option<Text>,
    pub arguments: Vec<(Name, Option<UnitWord>)>,
    pub result: Option<UnitWord>,
    pub file: Text,
    pub notes: Notes,
    pub span: Span,
}

/// `сочетание три_из_шести «…» = выполнено не менее 3 применимых критериев`
#[derive(Debug, Clone, PartialEq)]
pub struct NamedCombination {
    pub name: Name,
    pub title: Option<Text>,
    pub rule: Expr,
    pub notes: Notes,
    pub span: Span,
}

/// `категория ШНРО «…»`
#[derive(Debug, Clone, PartialEq)]
pub struct Category {
    pub name: Name,
    pub title: Option<Text>,
    /// `среди дневных`: the others are not judged.
    pub among: Option<Name>,
    /// `относится, если …` / `относится по сочетанию имя`
    pub assigned: Option<Combination>,
    /// What is said of schools that were in the category before.
    pub exit: Exit,
    /// Criteria and groups in the order written.
    pub parts: Vec<CategoryPart>,
    pub notes: Notes,
    pub span: Span,
}

/// How schools that were in a category leave it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Exit {
    /// `прежде, если …`: whether a school was in the category in the cycle before.
    pub previously: Option<Expr>,
    /// `остаётся, если …` / `остаётся по сочетанию имя`
    pub stays: Option<Combination>,
    pub term: Option<Term>,
    /// `без правила выхода`: in a scenario, takes away what the rules say.
    pub without: Option<Span>,
}

impl Exit {
    /// Where it says something first; `None`: it says nothing.
    pub fn span(&self) -> Option<Span> {
        let stays = self.stays.as_ref().map(|stays| match stays {
            Combination::Rule(rule) => rule.span,
            Combination::Named(name) => name.span,
        });
        let said = [self.previously.as_ref().map(|e| e.span), stays, self.term.as_ref().map(|t| t.span), self.without];
        said.into_iter().flatten().min_by_key(|span| span.start)
    }
}

/// `срок не менее 2 лет и не более 4 лет по лет_в_статусе`
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    pub least: Option<Expr>,
    pub most: Option<Expr>,
    /// For how many years a school was in the category, the cycle before included.
    pub by: Expr,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Combination {
    Rule(Expr),
    Named(Name),
}

#[derive(Debug, Clone, PartialEq)]
pub enum CategoryPart {
    Criterion(Criterion),
    Group(Group),
}

/// `группа 2.4 «…» выполнена, если …`
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub number: Numbering,
    pub title: Option<Text>,
    pub met: Option<Combination>,
    pub criteria: Vec<Criterion>,
    pub notes: Notes,
    pub span: Span,
}

/// `критерий 1.1 «…» если …`
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    pub number: Numbering,
    pub title: Option<Text>,
    /// `в случае <when>, если <condition>`, in order.
    pub cases: Vec<(Expr, Expr, Span)>,
    /// `если …` or `в остальных случаях если …`
    pub condition: Option<Expr>,
    /// `не применим, если …`
    pub not_applicable: Option<Expr>,
    pub quota_rounding: Option<(Rounding, Span)>,
    pub ties: Option<Ties>,
    pub small_strata: Option<SmallStrata>,
    pub on_missing: Option<(MissingData, Span)>,
    pub notes: Notes,
    pub span: Span,
}

/// `решение включить "470101" в ШНРО` with `документ "…" от …`, `автор`, `причина`, `действует по …`: a decision of people.
#[derive(Debug, Clone, PartialEq)]
pub struct Registered {
    pub action: RegisteredAction,
    /// The code of the school.
    pub school: Text,
    /// `None` is reported by `check`.
    pub category: Option<Name>,
    pub document: Option<Text>,
    pub dated: Option<Date>,
    pub author: Option<Text>,
    pub reason: Option<Text>,
    pub in_force: Option<Period>,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RegisteredAction {
    Include,
    Exclude,
}

/// `равные на границе …`
#[derive(Debug, Clone, PartialEq)]
pub struct Ties {
    pub policy: TiePolicy,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum TiePolicy {
    /// `включить`
    Include,
    /// `исключить`
    Exclude,
    /// `различать по (учащиеся больше; код меньше)`: who has more (less) goes first.
    BreakBy(Vec<(Expr, Direction)>),
}

/// `в группах менее 4 школ …`
#[derive(Debug, Clone, PartialEq)]
pub struct SmallStrata {
    pub below: Expr,
    pub action: SmallStrataAction,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SmallStrataAction {
    /// `объединить`: all small strata are ranked together.
    Merge,
    /// `не определять`
    Undetermined,
    /// `считать невыполненным`
    NotMet,
}

/// `при отсутствии данных …`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MissingData {
    /// `не определён` (default)
    Undetermined,
    /// `считать невыполненным`
    NotMet,
    /// `считать выполненным`
    Met,
    /// `считать неприменимым`
    NotApplicable,
}
