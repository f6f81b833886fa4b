//! Five schools, three tables, four criteria in two categories, with the value of every step.
//!
//! A and C tie at the cut, A stands exactly on the threshold of the index and B on that of 1.2; C lacks a cell,
//! D is excluded and has no exams, E names no municipality.

use std::sync::Arc;

use jiff::civil::date;
use merilo::data::dataset::{Dataset, Values};
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
use merilo::number::rounding::Rounding;
use merilo::plan::{Plan, plan};
use merilo::schema::{ColumnId, TableId};
use merilo::source::{Source, Sources};
use merilo::value::{Truth, Type, Unit, Value};

#[path = "tables.rs"]
mod tables;

use tables::{
    Cell, EXAMS, NONE, Numbers, PERCENT, SCHOOLS, SCORE, TOWNS, big, data, marks, number, points, schema, texts,
};

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

fn span(part: &str) -> SourceSpan {
    let start = TEXT.find(part).unwrap_or(0);
    SourceSpan { source: SourceId(0), span: Span::new(start, start + part.len()) }
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
            masked: false,
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
        exit: None,
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
        scenario: None,
        schema: schema(),
        subject: SCHOOLS,
        parameters: vec![Parameter {
            name: "доля_отбора".into(),
            title: Some("Доля отбора".into()),
            kind: PERCENT,
            value: share,
            replaced: None,
            allowed: None,
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
        registered: Vec::new(),
        exprs: d.exprs.clone(),
        folded: Vec::new(),
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
        open: Default::default(),
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
        registrations: Vec::new(),
        minimum_cohort: None,
    }
}
