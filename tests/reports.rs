//! Every report of one small run, made by hand, in both languages.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::sync::Arc;

use merilo::data::dataset::{Column, Dataset, Origin, Table, TextColumn, TextPool, Values};
use merilo::decision::{Run, StepColumn, StepId, Verdict};
use merilo::explain::condition::{Comparison, Count, Detail, InputCell, Margin, Node};
use merilo::explain::explanation::{
    Alternatives, CategoryExplanation, Certainty, CriterionExplanation, Explanation, Outlook, RulesName, School,
};
use merilo::explain::summary::{CategorySummary, CriterionSummary, OnThreshold, Summary, VerdictCounts};
use merilo::language::Language;
use merilo::location::{CellRef, SourceId, SourceSpan, Span};
use merilo::messages::Speaker;
use merilo::model::expr::{CompareOp, Expr, ExprId, ExprKind, Grain, QuantifiedOver};
use merilo::model::{Category, CategoryId, Criterion, CriterionId, Header, MissingData, Notes, RuleSet};
use merilo::number::Number;
use merilo::number::column::{Integers, NumberColumn};
use merilo::progress::Silent;
use merilo::report::explanation::Teller;
use merilo::report::list::{Judgement, List};
use merilo::report::page::Block;
use merilo::report::text::Layout;
use merilo::report::{csv, html, json, markdown, overview, summary, text, xlsx};
use merilo::schema::{ColumnId, ColumnSchema, Schema, TableId, TableSchema};
use merilo::source::{Source, Sources};
use merilo::value::{Reasons, Truth, Type, Unit, Value};

const RULES: &str = "критерий 1.1 если качество не более 40 %";
const PERCENT: Type = Type::Number(Unit::Percent);

fn span(piece: &str) -> SourceSpan {
    let start = RULES.find(piece).unwrap();
    SourceSpan { source: SourceId(0), span: Span::new(start, start + piece.len()) }
}

fn texts(list: &[&str]) -> TextColumn {
    let mut pool = TextPool::default();
    let codes = list.iter().map(|text| pool.push(text)).collect();
    TextColumn { codes: Arc::new(codes), pool: Arc::new(pool) }
}

fn column(name: &str, kind: Type) -> ColumnSchema {
    ColumnSchema {
        name: name.into(),
        title: None,
        kind,
        link: None,
        allowed: vec![],
        scale_by: vec![],
        header: None,
        markers: vec![],
        declared: SourceSpan::default(),
    }
}

fn rules() -> RuleSet {
    let expr = |kind, ty, span| Expr { kind, ty, grain: Grain::Row(TableId(0)), span };
    let mut threshold = expr(ExprKind::Number(Number::ratio(2, 5).unwrap()), PERCENT, span("40 %"));
    threshold.grain = Grain::Constant;
    RuleSet {
        header: Header {
            title: "Проба".into(),
            version: Some("2018-2019".into()),
            in_force: (None, None),
            bases: vec![],
            explanations: vec![],
            reporting_year: Some(2018),
        },
        language: Language::Russian,
        registered: vec![],
        folded: vec![],
        scenario: None,
        schema: Schema {
            tables: vec![TableSchema {
                name: "школы".into(),
                forms: vec![],
                title: None,
                key: vec![ColumnId(0)],
                columns: vec![column("код", Type::Text), column("название", Type::Text), column("качество", PERCENT)],
                year: None,
                declared: SourceSpan::default(),
            }],
        },
        subject: TableId(0),
        parameters: vec![],
        lists: vec![],
        functions: vec![],
        populations: vec![],
        indicators: vec![],
        indices: vec![],
        criteria: vec![Criterion {
            number: "1.1".into(),
            title: Some("Качество знаний".into()),
            category: CategoryId(0),
            group: None,
            condition: ExprId(2),
            on_missing: MissingData::Undetermined,
            notes: Notes::default(),
            span: SourceSpan::default(),
        }],
        groups: vec![],
        categories: vec![Category {
            name: "ШНРО".into(),
            title: Some("Школа с низкими результатами".into()),
            among: None,
            criteria: vec![CriterionId(0)],
            groups: vec![],
            rule: ExprId(2),
            exit: None,
            notes: Notes::default(),
            span: SourceSpan::default(),
        }],
        exprs: vec![
            expr(ExprKind::Column(TableId(0), ColumnId(2)), PERCENT, span("качество")),
            threshold,
            expr(
                ExprKind::Compare(CompareOp::AtMost, ExprId(0), ExprId(1)),
                Type::YesNo,
                span("качество не более 40 %"),
            ),
        ],
    }
}

fn dataset() -> Dataset {
    let column = |values| Some(Column { values, absent: None });
    Dataset {
        title: Some("Пробные данные".into()),
        synthetic: Some("составлены для проверки".into()),
        cohorts: Vec::new(),
        tables: vec![Table {
            rows: 4,
            columns: vec![
                column(Values::Texts(texts(&["A-1", "A-2", "A-3", "A-4"]))),
                column(Values::Texts(texts(&["Школа «Один»", "=1+1;\"x\"", "<b>Три</b>", "-Четыре"]))),
                Some(quality()),
            ],
            origin: Origin::default(),
        }],
    }
}

fn quality() -> Column {
    Column {
        values: Values::Numbers(NumberColumn::Shared {
            values: Arc::new(Integers::I32(vec![4000, 3999, 0, -1234])),
            denominator: 10_000,
        }),
        absent: Some(Arc::new(vec![0, 0, Reasons::MISSING.0, 0])),
    }
}

fn run() -> Run {
    let open = Verdict::Undetermined(Reasons::MISSING);
    let verdicts = Arc::new(vec![Verdict::Met, Verdict::Met, open, Verdict::NotJudged]);
    Run {
        schools: 4,
        open: Default::default(),
        columns: vec![
            StepColumn::Rows(merilo::decision::RowColumn::Data(quality())),
            StepColumn::Constant(Value::Number(Number::ratio(2, 5).unwrap())),
            StepColumn::Dropped,
        ],
        facts: vec![],
        populations: vec![],
        criteria: vec![verdicts.clone()],
        groups: vec![],
        categories: vec![verdicts],
        registrations: vec![],
        minimum_cohort: None,
    }
}

fn school(row: usize, code: &str, title: &str) -> School {
    School { row, code: code.into(), title: Some(title.into()), cell: None }
}

fn counted() -> Summary {
    let counts =
        VerdictCounts { met: 2, undetermined: 1, not_judged: 1, undetermined_for: [1, 0, 0, 0], ..Default::default() };
    Summary {
        rules: RulesName { title: "Проба".into(), ..RulesName::default() },
        synthetic: None,
        schools: 4,
        categories: vec![CategorySummary {
            id: CategoryId(0),
            name: "ШНРО".into(),
            title: Some("Школа с низкими результатами".into()),
            counts,
            registered: Vec::new(),
            listed: 2,
            span: SourceSpan::default(),
        }],
        crossings: vec![],
        groups: vec![],
        criteria: vec![CriterionSummary {
            id: CriterionId(0),
            number: "1.1".into(),
            title: Some("Качество знаний".into()),
            category: CategoryId(0),
            group: None,
            counts,
            extent: None,
            on_threshold: vec![OnThreshold {
                expr: ExprId(2),
                value: ExprId(0),
                span: SourceSpan::default(),
                operator: CompareOp::AtMost,
                threshold: Some(Value::Number(Number::ratio(2, 5).unwrap())),
                ty: PERCENT,
                is_small_count: false,
                count: 1,
                schools: vec![school(0, "A-1", "Школа «Один»")],
            }],
            cuts: vec![],
            span: SourceSpan::default(),
        }],
        populations: vec![],
        grouping: None,
    }
}

fn explanation() -> Explanation {
    let node =
        |detail, value, ty, children| Node {
            expr: ExprId(0), span: span("качество"), ty, value, detail, children
        };
    let value = Value::Number(Number::ratio(399_999, 1_000_000).unwrap());
    let threshold = Value::Number(Number::ratio(2, 5).unwrap());
    let cell = InputCell {
        table: TableId(0),
        column: ColumnId(2),
        row: 1,
        title: "Качество".into(),
        ty: PERCENT,
        value: value.clone(),
        cell: Some(CellRef {
            file: "школы.csv".into(), sheet: None, row: 3, column: 3, header: "Качество".into()
        }),
        printed: None,
    };
    let comparison = Comparison {
        operator: CompareOp::AtMost,
        left: value.clone(),
        right: threshold.clone(),
        margin: Some(Margin {
            distance: Number::ratio(1, 1_000_000).unwrap(),
            unit: Unit::PercentagePoint,
            on_threshold: false,
        }),
    };
    let truth = Value::Truth(Truth::TRUE);
    let condition = Node {
        span: span("качество не более 40 %"),
        ..node(
            Detail::Compare(comparison),
            truth.clone(),
            Type::YesNo,
            vec![node(Detail::Cell(cell), value, PERCENT, vec![]), node(Detail::Literal, threshold, PERCENT, vec![])],
        )
    };
    let rule = node(
        Detail::Quantified(Count {
            asked: merilo::explain::condition::Asked::AtLeast(Value::Number(Number::one())),
            over: QuantifiedOver::Criteria,
            limit: None,
            applicable: true,
            met: 1,
            not_met: 0,
            undetermined: 1,
            not_applicable: 0,
        }),
        truth,
        Type::YesNo,
        vec![],
    );
    Explanation {
        school: school(1, "A-2", "Школа № 2"),
        rules: RulesName { title: "Проба".into(), version: Some("2018-2019".into()), ..RulesName::default() },
        synthetic: Some("составлены для проверки".into()),
        changes: None,
        minimum_cohort: None,
        unknowns: None,
        categories: vec![CategoryExplanation {
            registered: None,
            weight: None,
            id: CategoryId(0),
            name: "ШНРО".into(),
            title: None,
            verdict: Verdict::Met,
            passage: None,
            rule,
            groups: vec![],
            criteria: vec![CriterionExplanation {
                id: CriterionId(0),
                number: "1.1".into(),
                title: Some("Качество знаний".into()),
                group: None,
                verdict: Verdict::Met,
                condition,
                policy_applied: None,
                missing: vec![],
                missing_rows: Vec::new(),
                alternatives: Some(Alternatives {
                    category_if_met: Verdict::Met,
                    category_if_not_met: Verdict::NotMet,
                }),
                notes: Notes { basis: Some("показатель 6".into()), ..Notes::default() },
                span: SourceSpan::default(),
            }],
            outlook: Outlook { certainty: Certainty::MetWhatever, undetermined: vec![], skipped: false },
            among: None,
            notes: Notes::default(),
            span: SourceSpan::default(),
        }],
        populations: vec![],
    }
}

#[test]
fn every_report_in_both_languages() {
    let (rules, dataset, run, counted) = (rules(), dataset(), run(), counted());
    let steps: Vec<StepId> = (0..3).map(StepId).collect();
    let judgement = Judgement { rules: &rules, dataset: &dataset, run: &run, steps: &steps };
    let mut sources = Sources::default();
    sources.add(Source::new("правила.merilo", RULES));
    let layout = Layout { colour: false, width: 110 };
    for language in Language::ALL {
        let code = language.code();
        let speaker = Speaker::new(language);
        let list = List::new(&judgement, &speaker);
        let teller = Teller { rules: &rules, sources: &sources, speaker: &speaker };

        let mut bytes = Vec::new();
        csv::write(&list, &speaker, &mut bytes, &Silent).unwrap();
        insta::assert_snapshot!(format!("csv_{code}"), String::from_utf8(bytes).unwrap());

        let mut bytes = Vec::new();
        json::write_run(&judgement, &counted, &speaker, &mut bytes).unwrap();
        let text_of_run = String::from_utf8(bytes).unwrap();
        serde_json::from_str::<serde_json::Value>(&text_of_run).unwrap();
        insta::assert_snapshot!(format!("json_{code}"), text_of_run);

        let page = summary::page(&judgement, &counted, &speaker);
        insta::assert_snapshot!(format!("summary_{code}"), text::render(&page, layout));
        let short = overview::short(&judgement, &counted, &speaker);
        insta::assert_snapshot!(format!("markdown_{code}"), markdown::render(&short));

        let explained = teller.page(&explanation());
        insta::assert_snapshot!(format!("explanation_{code}"), text::render(&explained, layout));
        insta::assert_snapshot!(format!("explanation_markdown_{code}"), markdown::render(&explained));
        insta::assert_snapshot!(
            format!("explanation_json_{code}"),
            json::explanation(&explanation(), &teller).unwrap()
        );

        let page = overview::page(&judgement, &counted, &teller, &|_| explanation());
        let shown = html::render(&page);
        assert!(!shown.contains("<b>"));
        insta::assert_snapshot!(format!("html_{code}"), shown);

        let book =
            |list: &List<'_>| xlsx::workbook(list, &summary::page(&judgement, &counted, &speaker), &speaker).unwrap();
        let first = book(&list);
        std::thread::sleep(std::time::Duration::from_millis(1100));
        assert_eq!(first, book(&list), "equal lists give equal bytes");
    }
}

#[test]
fn a_list_does_not_depend_on_the_number_of_threads() {
    let (rules, dataset, mut run) = (rules(), dataset(), run());
    let many: Vec<Verdict> = (0..30_000).map(|i| if i % 3 == 0 { Verdict::Met } else { Verdict::NotMet }).collect();
    run.schools = many.len();
    run.categories = vec![Arc::new(many)];
    let steps: Vec<StepId> = (0..3).map(StepId).collect();
    let speaker = Speaker::new(Language::Russian);
    let text = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let judgement = Judgement { rules: &rules, dataset: &dataset, run: &run, steps: &steps };
            let mut bytes = Vec::new();
            csv::write(&List::new(&judgement, &speaker), &speaker, &mut bytes, &Silent).unwrap();
            bytes
        })
    };
    assert_eq!(text(1), text(3));
}

#[test]
fn a_page_that_holds_the_steps_of_some_schools_only_says_so() {
    let (rules, dataset, mut run) = (rules(), dataset(), run());
    run.schools = 1501;
    run.categories = vec![Arc::new(vec![Verdict::NotMet; run.schools])];
    let steps: Vec<StepId> = (0..3).map(StepId).collect();
    let judgement = Judgement { rules: &rules, dataset: &dataset, run: &run, steps: &steps };
    let sources = Sources::default();
    for language in Language::ALL {
        let speaker = Speaker::new(language);
        let teller = Teller { rules: &rules, sources: &sources, speaker: &speaker };
        let page = overview::page(&judgement, &counted(), &teller, &|_| explanation());
        let notices = page.blocks.iter().filter_map(|block| match block {
            Block::Notice(text) if text.contains("merilo explain") => Some(text.as_str()),
            _ => None,
        });
        insta::assert_snapshot!(format!("page_explained_{}", language.code()), notices.collect::<String>());
        let Some(Block::Schools(list)) = page.blocks.last() else { panic!("no list of schools") };
        let with_steps = list.entries.iter().filter(|entry| !entry.steps.is_empty()).count();
        assert_eq!((list.entries.len(), with_steps), (1501, 1500));
        assert!(list.entries.iter().all(|entry| !entry.brief.is_empty()));
    }
}

#[test]
fn no_cell_of_a_list_is_a_formula_and_numbers_stay_numbers() {
    for start in ["=", "+", "-", "@", "\t", "\r"] {
        let cell = format!("{start}HYPERLINK(1)");
        assert_eq!(csv::neutral(&cell), format!("'{cell}"));
    }
    assert_eq!(csv::neutral("Школа =1"), "Школа =1");
    let (rules, dataset, run) = (rules(), dataset(), run());
    let steps: Vec<StepId> = (0..3).map(StepId).collect();
    let judgement = Judgement { rules: &rules, dataset: &dataset, run: &run, steps: &steps };
    for (language, number) in [(Language::Russian, ";-12,34;"), (Language::English, ",-12.34,")] {
        let speaker = Speaker::new(language);
        let mut bytes = Vec::new();
        csv::write(&List::new(&judgement, &speaker), &speaker, &mut bytes, &Silent).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains(number), "{text}");
        assert!(text.contains("'=1+1") && text.contains("'-Четыре"), "{text}");
    }
}

#[test]
fn a_workbook_has_numbers_as_numbers_and_texts_as_texts() {
    use calamine::{Data, Reader};
    let (rules, dataset, run, counted) = (rules(), dataset(), run(), counted());
    let steps: Vec<StepId> = (0..3).map(StepId).collect();
    let judgement = Judgement { rules: &rules, dataset: &dataset, run: &run, steps: &steps };
    let speaker = Speaker::new(Language::Russian);
    let list = List::new(&judgement, &speaker);
    let bytes = xlsx::workbook(&list, &summary::page(&judgement, &counted, &speaker), &speaker).unwrap();
    let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["Список", "Сводка"]);
    let sheet = book.worksheet_range("Список").unwrap();
    let cell = |row, column| sheet.get((row, column)).cloned();
    assert_eq!(cell(2, 1), Some(Data::String("=1+1;\"x\"".into())));
    assert_eq!(cell(1, 4), Some(Data::Float(0.4)));
    assert_eq!(cell(4, 4), Some(Data::Float(-0.1234)));
    assert_eq!(cell(3, 4), Some(Data::String("нет данных".into())));
    assert!(book.worksheet_formula("Список").unwrap().used_cells().count() == 0, "no formulas");
}
