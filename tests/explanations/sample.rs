//! Five schools, three tables, four criteria in two categories, with the value of every step.
//!
//! A and C tie at the cut, A stands exactly on the threshold of the index and B on that of 1.2; C lacks a cell,
//! D is excluded and has no exams, E names no municipality.

use std::sync::Arc;

use jiff::civil::date;
use merilo::data::dataset::{Column, Dataset, Origin, OriginPart, Table, TextColumn, TextPool, Values};
use merilo::decision::{
    CutFacts, Facts, Membership, RowColumn, Run, ScaleFacts, StepColumn, Strata, StratumCut, StratumScale, Verdict,
};
use merilo::language::Language;
use merilo::location::{SourceId, SourceSpan, Span};
use merilo::model::expr::{
    Aggregate, AggregateFunction, AggregateTo, CompareOp, Cut, Expr, ExprId, ExprKind, Grain, NormalMethod, Normalise,
    QuantifiedOver, Quantifier, Quota, Ties,
};
use merilo::model::{
    Category, CategoryId, Component, Criterion, CriterionId, DatedList, Exclusion, Header, Index, IndexId, IndexPart,
    Indicator, IndicatorId, ListEntry, ListId, MissingData, MissingPolicy, Notes, Parameter, ParameterId, Population,
    PopulationId, PopulationOrTable, RuleSet,
};
use merilo::number::Number;
use merilo::number::column::NumberColumn;
use merilo::number::rounding::Rounding;
use merilo::plan::{Plan, plan};
use merilo::schema::{ColumnId, ColumnSchema, Schema, TableId, TableSchema};
use merilo::source::{Source, Sources};
use merilo::value::{Reasons, Truth, Type, Unit, Value};

pub struct Sample {
    pub rules: RuleSet,
    pub sources: Sources,
    pub plan: Plan,
    pub data: Dataset,
    pub run: Run,
}

const TEXT: &str = "\
критерий 1.1 «Самые низкие результаты»
  если балл_ЕГЭ в числе самых низких среди дневных, квота доля_отбора
критерий 1.2 «Менее 60 % продолживших обучение»
  если продолжили менее 60 %
критерий 1.3 «Сводный результат»
  если результаты не более -0,5
критерий 2.1 «Моногород»
  если муниципалитет.название в списке моногородов на дату 01.09.2018
выполнено не менее 2 применимых критериев
выполнен любой критерий
вид = \"вечерняя\"
";

const SCHOOLS: TableId = TableId(0);
const TOWNS: TableId = TableId(1);
const EXAMS: TableId = TableId(2);

fn span(part: &str) -> SourceSpan {
    let start = TEXT.find(part).unwrap_or(0);
    SourceSpan { source: SourceId(0), span: Span::new(start, start + part.len()) }
}

fn column(name: &str, kind: Type, link: Option<TableId>) -> ColumnSchema {
    ColumnSchema {
        name: name.into(),
        title: None,
        kind,
        link,
        allowed: if name == "вид" { vec!["дневная".into(), "вечерняя".into()] } else { Vec::new() },
        scale_by: Vec::new(),
        header: None,
        markers: Vec::new(),
        declared: SourceSpan::default(),
    }
}

fn table(name: &str, title: Option<&str>, key: &[u32], columns: Vec<ColumnSchema>) -> TableSchema {
    TableSchema {
        name: name.into(),
        forms: Vec::new(),
        title: title.map(Into::into),
        key: key.iter().map(|c| ColumnId(*c)).collect(),
        year: columns.iter().position(|c| &*c.name == "год").map(|c| ColumnId(c as u32)),
        columns,
        declared: SourceSpan::default(),
    }
}

fn points() -> Type {
    Type::Number(Unit::Points(Some("ЕГЭ".into())))
}

const PERCENT: Type = Type::Number(Unit::Percent);
const SCORE: Type = Type::Number(Unit::Score);

fn schema() -> Schema {
    Schema {
        tables: vec![
            table(
                "школы",
                None,
                &[0],
                vec![
                    column("код", Type::Text, None),
                    column("название", Type::Text, None),
                    column("муниципалитет", Type::Text, Some(TOWNS)),
                    column("вид", Type::Text, None),
                    column("продолжили", PERCENT, None),
                ],
            ),
            table(
                "муниципалитеты",
                Some("Муниципалитеты"),
                &[0],
                vec![column("код", Type::Text, None), column("название", Type::Text, None)],
            ),
            table(
                "экзамены",
                Some("Результаты экзаменов"),
                &[],
                vec![
                    column("школа", Type::Text, Some(SCHOOLS)),
                    column("год", Type::Number(Unit::Year), None),
                    column("балл", points(), None),
                ],
            ),
        ],
    }
}

fn number(a: i128, b: i128) -> Number {
    Number::ratio(a, b).unwrap()
}

type Cell<'a> = Result<&'a str, Reasons>;

fn texts(cells: &[Cell]) -> TextColumn {
    let mut pool = TextPool::default();
    let codes = cells.iter().map(|c| pool.push(c.unwrap_or(""))).collect();
    TextColumn { codes: Arc::new(codes), pool: Arc::new(pool) }
}

fn marks<T>(cells: &[Result<T, Reasons>]) -> Option<Arc<Vec<u8>>> {
    Some(Arc::new(cells.iter().map(|c| c.as_ref().err().map_or(0, |r| r.0)).collect()))
}

fn text_column(cells: &[Cell]) -> Option<Column> {
    Some(Column { values: Values::Texts(texts(cells)), absent: marks(cells) })
}

fn links(cells: &[Result<u32, Reasons>], table: TableId, keys: &[&str]) -> Option<Column> {
    let written: Vec<Cell> = cells.iter().map(|c| c.map(|row| keys.get(row as usize).copied().unwrap_or(""))).collect();
    let rows = Arc::new(cells.iter().map(|c| c.unwrap_or(u32::MAX)).collect());
    Some(Column { values: Values::Links { rows, table, keys: Some(texts(&written)) }, absent: marks(cells) })
}

type Numbers<'a> = &'a [Result<(i128, i128), Reasons>];

fn big(cells: Numbers) -> NumberColumn {
    NumberColumn::Big(Arc::new(cells.iter().map(|c| c.map_or(Number::zero(), |(a, b)| number(a, b))).collect()))
}

fn number_column(cells: Numbers) -> Option<Column> {
    Some(Column { values: Values::Numbers(big(cells)), absent: marks(cells) })
}

fn origin(file: &str, sheet: Option<&str>, headers: &[&str]) -> Origin {
    let columns = headers.iter().enumerate().map(|(at, h)| (at as u32 + 1, Arc::from(*h))).collect();
    Origin {
        parts: vec![OriginPart {
            first_row: 0,
            file: file.into(),
            sheet: sheet.map(Into::into),
            first_line: 2,
            jumps: Vec::new(),
            columns,
        }],
    }
}

const NONE: Reasons = Reasons::MISSING;

fn data() -> Dataset {
    let codes = ["A", "B", "C", "D", "E"];
    let schools = Table {
        rows: 5,
        columns: vec![
            text_column(&codes.map(Ok)),
            text_column(&["Школа № 1", "Школа № 2", "Школа № 3", "Вечерняя школа", "Школа № 5"].map(Ok)),
            links(&[Ok(0), Ok(1), Ok(0), Ok(1), Err(NONE)], TOWNS, &["п1", "п2"]),
            text_column(&["дневная", "дневная", "дневная", "вечерняя", "дневная"].map(Ok)),
            number_column(&[Ok((545, 1000)), Ok((3, 5)), Err(NONE), Ok((3, 10)), Ok((7, 10))]),
        ],
        origin: origin("школы.csv", None, &["Код", "Название", "Муниципалитет", "Вид", "Продолжили, %"]),
    };
    let towns = Table {
        rows: 2,
        columns: vec![text_column(&["п1", "п2"].map(Ok)), text_column(&["Пикалёво", "Тихвин"].map(Ok))],
        origin: origin("муниципалитеты.csv", None, &["Код", "Название"]),
    };
    let hidden = Err(Reasons::SUPPRESSED);
    let exams = Table {
        rows: 6,
        columns: vec![
            links(&[Ok(0), Ok(0), Ok(0), Ok(1), Ok(2), Ok(4)], SCHOOLS, &codes),
            number_column(&[2016, 2017, 2018, 2018, 2018, 2018].map(|y| Ok((y, 1)))),
            number_column(&[Ok((40, 1)), Ok((42, 1)), hidden, Ok((50, 1)), Ok((41, 1)), Ok((60, 1))]),
        ],
        origin: origin("экзамены.xlsx", Some("ЕГЭ"), &["Школа", "Год", "Балл"]),
    };
    Dataset {
        title: Some("Пример".into()),
        synthetic: Some("данные придуманы для проверки".into()),
        tables: vec![schools, towns, exams],
    }
}

/// Expressions with the columns that the run has for them.
#[derive(Default)]
struct Draft {
    exprs: Vec<Expr>,
    columns: Vec<StepColumn>,
    facts: Vec<Facts>,
}

impl Draft {
    fn add(&mut self, kind: ExprKind, ty: Type, at: Grain, part: &str, column: StepColumn) -> ExprId {
        self.exprs.push(Expr { kind, ty, grain: at, span: span(part) });
        self.columns.push(column);
        self.facts.push(Facts::Nothing);
        ExprId::from_index(self.exprs.len() - 1)
    }

    fn of_school(&mut self, kind: ExprKind, ty: Type, part: &str, column: StepColumn) -> ExprId {
        self.add(kind, ty, Grain::Row(SCHOOLS), part, column)
    }

    fn constant(&mut self, a: i128, b: i128, ty: Type, part: &str) -> ExprId {
        let value = number(a, b);
        self.add(ExprKind::Number(value.clone()), ty, Grain::Constant, part, StepColumn::Constant(Value::Number(value)))
    }
}

fn numbers(cells: Numbers) -> StepColumn {
    StepColumn::Rows(RowColumn::Numbers { values: big(cells), absent: marks(cells) })
}

fn truths(cells: [Truth; 5]) -> StepColumn {
    StepColumn::Rows(RowColumn::Truths(Arc::new(cells.iter().map(|t| t.0).collect())))
}

fn of_data(data: &Dataset, table: TableId, column: u32) -> StepColumn {
    let column = data.column(table, ColumnId(column)).unwrap();
    StepColumn::Rows(match column.values.clone() {
        Values::Numbers(values) => RowColumn::Numbers { values, absent: column.absent.clone() },
        Values::Texts(values) => RowColumn::Texts { values, absent: column.absent.clone() },
        _ => RowColumn::Data(column.clone()),
    })
}

const T: Truth = Truth::TRUE;
const F: Truth = Truth::FALSE;

fn unknown() -> Truth {
    Truth::unknown(NONE)
}

fn one_stratum() -> Strata {
    Strata { of_row: None, keys: vec![Vec::new()] }
}

fn day() -> PopulationOrTable {
    PopulationOrTable::Population(PopulationId(0))
}

pub fn sample() -> Sample {
    let data = data();
    let mut d = Draft::default();
    let exam_points =
        d.add(ExprKind::Column(EXAMS, ColumnId(2)), points(), Grain::Row(EXAMS), "балл_ЕГЭ", of_data(&data, EXAMS, 2));
    let mean_cells = [Ok((41, 1)), Ok((50, 1)), Ok((41, 1)), Err(NONE), Ok((60, 1))];
    let mean = d.of_school(
        ExprKind::Aggregate(Box::new(Aggregate {
            function: AggregateFunction::Mean,
            rows: EXAMS,
            value: Some(exam_points),
            among: None,
            filter: None,
            share_of: None,
            suppressing: None,
            window: None,
            weight: None,
            distinct: Vec::new(),
            to: AggregateTo::Parent { table: SCHOOLS, links: vec![ColumnId(0)] },
        })),
        points(),
        "балл_ЕГЭ",
        numbers(&mean_cells),
    );
    let exam = d.of_school(ExprKind::Indicator(IndicatorId(0), mean), points(), "балл_ЕГЭ", numbers(&mean_cells));
    let written_share = d.constant(3, 10, PERCENT, "доля_отбора");
    let share = d.add(
        ExprKind::Parameter(ParameterId(0), written_share),
        PERCENT,
        Grain::Constant,
        "доля_отбора",
        StepColumn::Constant(Value::Number(number(3, 10))),
    );
    let in_cut = d.of_school(
        ExprKind::InCut(Box::new(Cut {
            value: exam,
            highest: false,
            negated: false,
            among: day(),
            quota: Quota::Share(share),
            quota_of: None,
            within: Vec::new(),
            rounding: Rounding::Up,
            ties: Ties::Include,
            small_strata: None,
            defaulted: false,
        })),
        Type::YesNo,
        "балл_ЕГЭ в числе самых низких среди дневных, квота доля_отбора",
        truths([T, F, T, F, F]),
    );
    d.facts[in_cut.index()] = Facts::Cut(CutFacts {
        strata: one_stratum(),
        cuts: vec![StratumCut {
            ranked: 4,
            without_value: 0,
            quota_base: 4,
            quota_exact: number(6, 5),
            quota: 2,
            cut_off: Some(number(41, 1)),
            tied_at_cut: 2,
            before_cut: 0,
            selected: 2,
            small: None,
        }],
    });
    let went_on =
        d.of_school(ExprKind::Column(SCHOOLS, ColumnId(4)), PERCENT, "продолжили", of_data(&data, SCHOOLS, 4));
    let sixty = d.constant(3, 5, PERCENT, "60 %");
    let few = d.of_school(
        ExprKind::Compare(CompareOp::Less, went_on, sixty),
        Type::YesNo,
        "продолжили менее 60 %",
        truths([T, F, unknown(), T, F]),
    );
    let mut normalise = |value, cells: Numbers, scale: StratumScale| {
        let made = d.of_school(
            ExprKind::Normalise(Box::new(Normalise {
                value,
                method: NormalMethod::Standard,
                among: day(),
                within: Vec::new(),
                reversed: false,
            })),
            SCORE,
            "результаты",
            numbers(cells),
        );
        d.facts[made.index()] = Facts::Scale(ScaleFacts { strata: one_stratum(), scales: vec![scale] });
        made
    };
    let scale = |count, mean, deviation| StratumScale {
        count,
        mean: Some(mean),
        deviation: Some(deviation),
        minimum: None,
        maximum: None,
    };
    let exam_score = normalise(
        exam,
        &[Ok((-9, 10)), Ok((1, 4)), Ok((-9, 10)), Err(NONE), Ok((31, 20))],
        scale(4, number(48, 1), number(777, 100)),
    );
    let on_score = normalise(
        went_on,
        &[Ok((3, 10)), Ok((0, 1)), Err(NONE), Ok((-2, 1)), Ok((1, 1))],
        scale(3, number(615, 1000), number(64, 1000)),
    );
    let index_cells = [Ok((-1, 2)), Ok((1, 6)), Ok((-9, 10)), Err(NONE), Ok((41, 30))];
    let index_value = d.of_school(ExprKind::IndexValue(IndexId(0)), SCORE, "результаты", numbers(&index_cells));
    let index = d.of_school(ExprKind::Index(IndexId(0), index_value), SCORE, "результаты", numbers(&index_cells));
    let half = d.constant(-1, 2, Type::Number(Unit::Number), "-0,5");
    let low = d.of_school(
        ExprKind::Compare(CompareOp::AtMost, index, half),
        Type::YesNo,
        "результаты не более -0,5",
        truths([T, F, T, unknown(), F]),
    );
    let town_name = d.add(
        ExprKind::Column(TOWNS, ColumnId(1)),
        Type::Text,
        Grain::Row(TOWNS),
        "название",
        of_data(&data, TOWNS, 1),
    );
    let towns: [Cell; 5] = [Ok("Пикалёво"), Ok("Тихвин"), Ok("Пикалёво"), Ok("Тихвин"), Err(NONE)];
    let town = d.of_school(
        ExprKind::Follow { table: SCHOOLS, link: ColumnId(2), inner: town_name },
        Type::Text,
        "муниципалитет.название",
        StepColumn::Rows(RowColumn::Texts { values: texts(&towns), absent: marks(&towns) }),
    );
    let monotown = d.of_school(
        ExprKind::InList { value: town, list: ListId(0), date: Some(date(2018, 9, 1)), negated: false },
        Type::YesNo,
        "муниципалитет.название в списке моногородов на дату 01.09.2018",
        truths([T, F, T, F, unknown()]),
    );
    let conditions = [in_cut, few, low, monotown];
    let references: Vec<ExprId> = (0..4u32)
        .map(|at| {
            let column = d.columns[conditions[at as usize].index()].clone();
            d.of_school(ExprKind::Criterion(CriterionId(at)), Type::YesNo, "критерий", column)
        })
        .collect();
    let two = d.constant(2, 1, Type::Number(Unit::Number), "2");
    let weak = d.of_school(
        ExprKind::Quantified {
            quantifier: Quantifier::AtLeast(two),
            applicable: true,
            items: references[..3].to_vec(),
            over: QuantifiedOver::Criteria,
        },
        Type::YesNo,
        "выполнено не менее 2 применимых критериев",
        truths([T, F, T, unknown(), F]),
    );
    let hard = d.of_school(
        ExprKind::Quantified {
            quantifier: Quantifier::Any,
            applicable: false,
            items: references[3..].to_vec(),
            over: QuantifiedOver::Criteria,
        },
        Type::YesNo,
        "выполнен любой критерий",
        truths([T, F, T, F, unknown()]),
    );
    let kind = d.of_school(ExprKind::Column(SCHOOLS, ColumnId(3)), Type::Text, "вид", of_data(&data, SCHOOLS, 3));
    let evening_word = d.add(
        ExprKind::Text("вечерняя".into()),
        Type::Text,
        Grain::Constant,
        "\"вечерняя\"",
        StepColumn::Constant(Value::Text("вечерняя".into())),
    );
    let evening = d.of_school(
        ExprKind::Compare(CompareOp::Equal, kind, evening_word),
        Type::YesNo,
        "вид = \"вечерняя\"",
        truths([F, F, F, T, F]),
    );
    let rules =
        rules(&d, &conditions, [weak, hard], (exam, index_value), (exam_score, on_score, went_on), evening, share);
    let plan = plan(&rules);
    assert!(plan.circular.is_empty() && plan.malformed.is_empty());
    let run = run(&d, &plan);
    let mut sources = Sources::default();
    sources.add(Source::new("правила.мерило", TEXT));
    Sample { rules, sources, plan, data, run }
}

fn notes(basis: Option<&str>) -> Notes {
    Notes { basis: basis.map(Into::into), ..Notes::default() }
}

fn rules(
    d: &Draft,
    conditions: &[ExprId; 4],
    categories: [ExprId; 2],
    (exam, index_value): (ExprId, ExprId),
    (exam_score, on_score, went_on): (ExprId, ExprId, ExprId),
    evening: ExprId,
    share: ExprId,
) -> RuleSet {
    let criterion = |at: usize, number: &str, title: &str, category: u32| Criterion {
        number: number.into(),
        title: Some(title.into()),
        category: CategoryId(category),
        group: None,
        condition: conditions[at],
        on_missing: MissingData::Undetermined,
        notes: notes(if at == 0 { Some("показатель 1") } else { None }),
        span: span(number),
    };
    let category = |name: &str, title: &str, criteria: std::ops::Range<u32>, rule: ExprId| Category {
        name: name.into(),
        title: Some(title.into()),
        among: None,
        criteria: criteria.map(CriterionId).collect(),
        groups: Vec::new(),
        rule,
        notes: Notes::default(),
        span: SourceSpan::default(),
    };
    let component = |title: &str, raw, normalised, weight| {
        IndexPart::Component(Component {
            title: title.into(),
            raw,
            normalised,
            weight: Number::from_integer(weight),
            higher_is_better: true,
            span: SourceSpan::default(),
        })
    };
    RuleSet {
        header: Header {
            title: "Пять школ".into(),
            version: Some("1".into()),
            in_force: (None, None),
            bases: Vec::new(),
            explanations: Vec::new(),
            reporting_year: Some(2018),
        },
        language: Language::Russian,
        schema: schema(),
        subject: SCHOOLS,
        parameters: vec![Parameter {
            name: "доля_отбора".into(),
            title: Some("Доля отбора".into()),
            kind: PERCENT,
            value: share,
            replaced: None,
            notes: Notes::default(),
            span: SourceSpan::default(),
        }],
        lists: vec![DatedList {
            name: "моногорода".into(),
            title: Some("Моногорода".into()),
            source: Some("распоряжение № 1398-р".into()),
            entries: vec![ListEntry {
                value: "г. Пикалево".into(),
                normal: "пикалево".into(),
                from: Some(date(2014, 7, 29)),
                to: None,
                basis: None,
                span: SourceSpan::default(),
            }],
            notes: Notes::default(),
            span: SourceSpan::default(),
        }],
        functions: Vec::new(),
        populations: vec![Population {
            name: "дневные".into(),
            title: None,
            table: SCHOOLS,
            base: None,
            condition: None,
            exclusions: vec![Exclusion {
                condition: evening,
                basis: Some("порядок, п. 3".into()),
                span: SourceSpan::default(),
            }],
            notes: Notes::default(),
            span: SourceSpan::default(),
        }],
        indicators: vec![Indicator {
            name: "балл_ЕГЭ".into(),
            title: Some("Средний балл ЕГЭ".into()),
            value: exam,
            notes: Notes::default(),
            span: SourceSpan::default(),
        }],
        indices: vec![Index {
            name: "результаты".into(),
            title: Some("Сводный результат".into()),
            among: day(),
            within: Vec::new(),
            parts: vec![
                component("Средний балл ЕГЭ", exam, exam_score, 2),
                component("Продолжили обучение", went_on, on_score, 1),
            ],
            on_missing: vec![MissingPolicy::Reweight { least_weight: Some(number(1, 2)), least_components: None }],
            round: None,
            value: index_value,
            notes: Notes::default(),
            span: SourceSpan::default(),
        }],
        criteria: vec![
            criterion(0, "1.1", "Самые низкие результаты", 0),
            criterion(1, "1.2", "Менее 60 % продолживших обучение", 0),
            criterion(2, "1.3", "Сводный результат", 0),
            criterion(3, "2.1", "Моногород", 1),
        ],
        groups: Vec::new(),
        categories: vec![
            category("ШНРО", "Школа с низкими результатами обучения", 0..3, categories[0]),
            category("ШНСУ", "Школа в неблагоприятных социальных условиях", 3..4, categories[1]),
        ],
        exprs: d.exprs.clone(),
    }
}

fn run(d: &Draft, plan: &Plan) -> Run {
    let mut columns = vec![StepColumn::Dropped; plan.steps.len()];
    let mut facts = vec![Facts::Nothing; plan.steps.len()];
    for (expr, step) in plan.of_expr.iter().enumerate() {
        columns[step.index()] = d.columns[expr].clone();
        if !matches!(d.facts[expr], Facts::Nothing) {
            facts[step.index()] = d.facts[expr].clone();
        }
    }
    let open = Verdict::Undetermined(NONE);
    let (y, n) = (Verdict::Met, Verdict::NotMet);
    Run {
        schools: 5,
        columns,
        facts,
        populations: vec![Membership {
            members: Arc::new(vec![1, 1, 1, 0, 1]),
            excluded_by: Arc::new(vec![0, 0, 0, 1, 0]),
            count: 4,
        }],
        criteria: [[y, n, y, n, n], [y, n, open, y, n], [y, n, y, open, n], [y, n, y, n, open]]
            .map(|v| Arc::new(v.to_vec()))
            .to_vec(),
        groups: Vec::new(),
        categories: [[y, n, y, open, n], [y, n, y, n, open]].map(|v| Arc::new(v.to_vec())).to_vec(),
    }
}
