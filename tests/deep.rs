//! The deepest and the longest expressions that are read go through all stages on a small stack.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use merilo::explain;
use merilo::language::Language;
use merilo::messages::Speaker;
use merilo::pipeline;
use merilo::progress::Silent;
use merilo::report::diagnostics::render;
use merilo::report::explanation::Teller;
use merilo::report::{markdown, text};
use merilo::source::{Source, Sources};
use merilo::syntax;

/// What a thread of a pool or of a test has.
const STACK: usize = 2 * 1024 * 1024;

fn nested(open: &str, inner: &str, close: &str, times: usize) -> String {
    format!("{}{inner}{}", open.repeat(times), close.repeat(times))
}

/// Expressions at the limits of depth (200) and of length (1000 signs in a block).
fn shapes() -> Vec<(&'static str, String)> {
    let deep = syntax::MAX_DEPTH - 1;
    let long = syntax::MAX_OPERATORS - 10;
    let condition = |text: String| {
        format!("категория а\n  относится, если выполнен любой критерий\n  критерий 1\n    если {text}\n")
    };
    let value = |text: String| format!("показатель глубокий = {text}\n\n{}", condition("глубокий более 5".to_owned()));
    vec![
        ("parentheses", value(nested("(", "балл", ")", deep))),
        ("parentheses of conditions", condition(nested("(", "балл более 5", ")", deep))),
        ("negations in parentheses", condition(nested("не (", "балл более 5", ")", deep))),
        ("negations", condition(format!("{}балл более 5", "не ".repeat(long)))),
        ("signs", value(format!("{}балл", "-".repeat(long)))),
        ("sums to the left", value(format!("балл{}", " + 1".repeat(long)))),
        ("products to the left", value(format!("балл{}", " * 1".repeat(long)))),
        ("sums to the right", value(nested("балл + (", "балл", ")", deep))),
        ("alternatives", condition(format!("балл более 5{}", " или балл более 5".repeat(long)))),
        ("conditions in turn", condition(nested("балл более 5 и (балл более 3 или (", "балл более 5", "))", deep / 2))),
        ("choices to the right", value(nested("(если балл более 5 то 1 иначе ", "балл", ")", deep))),
        ("choices in conditions", condition(nested("(если ", "балл более 5", " то 1 иначе 2) более 1", deep))),
        ("choices in choices", value(nested("(если балл более 5 то ", "балл", " иначе 1)", deep))),
        (
            "choices one after another",
            value(format!("(если балл более 5 то 1{} иначе 7)", " иначе если балл более 5 то 1".repeat(300))),
        ),
        ("functions", value(nested("модуль(", "балл", ")", deep))),
        ("rounding", value(nested("округлить(", "балл", "; 1)", deep))),
        ("least of two", value(nested("минимум(балл; ", "балл", ")", deep))),
        (
            "conditions of a list",
            condition(nested("выполнено любое условие из (", "балл более 5", "; балл более 3)", deep)),
        ),
        ("means in means", value(nested("среднее(", "балл", ", среди школы)", deep))),
        (
            "filters in filters",
            condition(nested("количество(школы, где ", "балл более 5", ", среди школы) более 5", deep)),
        ),
    ]
}

fn rules(shape: &str) -> String {
    format!(
        "набор правил «Глубина»\n  отчётный год 2018\n  оцениваются школы\n\nтаблица школы\n  ключ код\n  столбец код текст\n  столбец балл число\n\n{shape}"
    )
}

fn through_all_stages(name: &str, rules_text: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("правила.merilo"), rules_text).unwrap();
    std::fs::write(path("школы.csv"), "код;балл\n1;3\n2;7\n3;\n").unwrap();
    std::fs::write(path("dataset.yaml"), "таблицы:\n  школы: школы.csv\n").unwrap();
    let mut sources = Sources::default();
    let source = sources.add(Source::new("правила.merilo", rules_text));
    let read = syntax::parse(source, rules_text);
    assert!(!read.has_errors(), "{name}: {}", render(&read.diagnostics, &sources, Language::English, false));
    let printed = syntax::print(&read.value.unwrap(), Language::English);
    assert!(!syntax::parse(source, &printed).has_errors(), "{name}: {printed}");
    let mut read = pipeline::read_rules(&path("правила.merilo").display().to_string(), &[]);
    let Some(rules) = read.rules.value else {
        panic!("{name}: {}", render(&read.rules.diagnostics, &read.sources, Language::Russian, false));
    };
    let judged = pipeline::judge(rules, &path("dataset.yaml"), &mut read.sources, &Silent).value.unwrap();
    let speaker = Speaker::new(Language::Russian);
    let (report, _) = pipeline::recheck(&judged, &Silent);
    assert!(report.agrees() && report.values > 0, "{name}: {:?}", report.differences);
    let teller = Teller { rules: &judged.rules, sources: &read.sources, speaker: &speaker };
    let explanation = explain::explain(&judged.rules, &judged.plan, &judged.dataset, &judged.run, 1);
    let page = teller.page(&explanation);
    assert!(!text::render(&page, text::Layout { colour: false, width: 100 }).is_empty());
    assert!(!markdown::render(&page).is_empty());
    assert!(!merilo::report::html::render(&page).is_empty());
    assert!(!merilo::report::json::explanation(&explanation, &teller).unwrap().is_empty());
}

/// Indicators that rest on each other, each as a deep expression, the last or the first one on the data.
fn chain(links: usize, depth: usize, data_first: bool) -> String {
    let mut blocks: Vec<String> = (0..links)
        .map(|at| {
            let below = if at == 0 { "балл".to_owned() } else { format!("п{}", at - 1) };
            format!("показатель п{at} = {}\n", nested("модуль(1 - ", &below, ")", depth))
        })
        .collect();
    if !data_first {
        blocks.reverse();
    }
    let last = links - 1;
    let category = "категория а\n  относится, если выполнен любой критерий\n  критерий 1\n    если";
    format!("{}\n{category} п{last} более 5\n", blocks.join("\n"))
}

#[test]
fn the_deepest_rules_do_not_overflow_a_small_stack() {
    for (name, shape) in shapes() {
        let text = rules(&shape);
        let thread = std::thread::Builder::new().stack_size(STACK).spawn(move || through_all_stages(name, &text));
        thread.unwrap().join().unwrap();
    }
}

#[test]
fn definitions_within_definitions_do_not_overflow_a_small_stack() {
    for data_first in [true, false] {
        let text = rules(&chain(11, 50, data_first));
        let thread = std::thread::Builder::new().stack_size(STACK).spawn(move || through_all_stages("chain", &text));
        thread.unwrap().join().unwrap();
        let text = rules(&chain(50, 190, data_first));
        let thread = std::thread::Builder::new().stack_size(STACK).spawn(move || refused(&text));
        assert_eq!(thread.unwrap().join().unwrap(), ["M249"]);
    }
}

/// A scenario that says all of the deepest rules once more.
#[test]
fn the_deepest_scenarios_do_not_overflow_a_small_stack() {
    for (name, shape) in shapes() {
        let text = format!("{}\nсценарий «Глубина»\n{shape}", rules(&shape));
        let thread = std::thread::Builder::new().stack_size(STACK).spawn(move || {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("правила.merilo");
            std::fs::write(&path, text).unwrap();
            let read = pipeline::check_rules(&path.display().to_string(), &pipeline::Variant::default());
            let codes: Vec<&str> = read.rules.diagnostics.iter().map(|d| d.kind.code).collect();
            assert!(read.rules.value.is_some() && codes.contains(&"M711"), "{name}: {codes:?}");
        });
        thread.unwrap().join().unwrap();
    }
}

fn refused(rules_text: &str) -> Vec<&'static str> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("правила.merilo");
    std::fs::write(&path, rules_text).unwrap();
    let problems = pipeline::read_rules(&path.display().to_string(), &[]).rules.diagnostics;
    problems.iter().filter(|problem| problem.is_error()).map(|problem| problem.kind.code).collect()
}
