//! Output for publication: every way back to a value of few pupils is tried, on a small region and on generated ones.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use merilo::evaluate::trace;
use merilo::explain;
use merilo::language::Language;
use merilo::messages::Speaker;
use merilo::model::expr::{AggregateFunction, Grain};
use merilo::number::Number;
use merilo::pipeline::{self, Judged};
use merilo::plan::{AggregateStep, StepKind, Target};
use merilo::progress::Silent;
use merilo::report::explanation::Teller;
use merilo::report::json;
use merilo::report::list::Judgement;
use merilo::source::Sources;
use merilo::value::{Reasons, Value};
use proptest::prelude::*;

const SCHOOLS: usize = 12;

fn region() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/public/region")
}

fn merilo(folder: &Path, words: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("merilo").unwrap();
    let output = command.env_clear().env("LANG", "en_US.UTF-8").current_dir(folder).args(words).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// What the command prints, when it goes well.
fn said(words: &[&str]) -> String {
    let all: Vec<&str> = words.iter().copied().chain(["rules.merilo", "--data", "dataset.yaml"]).collect();
    let (code, out, problems) = merilo(&region(), &all);
    assert_eq!(code, 0, "{problems}");
    out
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(format!("public__{name}"), text));
}

fn judged(folder: &Path, minimum: usize) -> Judged {
    judged_from(folder, minimum).0
}

fn judged_from(folder: &Path, minimum: usize) -> (Judged, Sources) {
    let mut read = pipeline::read_rules(&folder.join("rules.merilo").display().to_string(), &[]);
    let rules = read.rules.value.unwrap_or_else(|| panic!("{:?}", read.rules.diagnostics));
    let data = folder.join("dataset.yaml");
    let judged = pipeline::judge_for(rules, &data, &mut read.sources, &Silent, Some(minimum));
    (judged.value.unwrap_or_else(|| panic!("{:?}", judged.diagnostics)), read.sources)
}

fn is_masked(value: &Value) -> bool {
    matches!(value, Value::Absent(reasons) if reasons.contains(Reasons::MASKED))
}

/// Everything that the program publishes about a region.
fn published() -> Vec<String> {
    let mut all = Vec::new();
    for format in ["text", "json", "csv", "md", "html"] {
        all.push(said(&["run", "--public", "--format", format]));
    }
    for school in 1..=SCHOOLS {
        for format in ["text", "json", "md", "html"] {
            all.push(said(&["explain", "--public", "--school", &format!("s{school:02}"), "--format", format]));
        }
    }
    for paper in ["list", "note"] {
        all.push(said(&["document", paper, "--public", "--format", "html"]));
    }
    all
}

/// The two marks of the school with 7 takers of physics, its mean, what the index and the comparisons make of it, the number
/// 7 beside its column, the mean of the others where it is left out.
#[test]
fn no_output_shows_a_value_of_few_pupils_or_what_is_computed_from_it() {
    let secret = ["57.44", "69.375", "-10.996", "−10.99", "0.673473778055", "≈0.67 ", "56.537", "14077", "1149/20"];
    for text in published() {
        for secret in secret {
            assert!(!text.contains(secret), "{secret} in\n{text}");
        }
    }
    let full = said(&["explain", "--school", "s03"]);
    for secret in ["57.44", "69.375", "56.537"] {
        assert!(full.contains(secret), "{secret} is not in the full output");
    }
}

#[test]
fn a_mean_over_schools_is_not_shown_beside_all_schools_but_one() {
    let judged = judged(&region(), 10);
    let public = judged.public.as_ref().unwrap();
    for (at, step) in judged.plan.steps.iter().enumerate() {
        let StepKind::Normalise(normalise) = &step.kind else { continue };
        let column = &public.run.columns[normalise.value.index()];
        let masked = (0..SCHOOLS).filter(|row| is_masked(&trace::read(column, *row))).count();
        let shown = (0..SCHOOLS).any(|row| !is_masked(&trace::read(&public.run.columns[at], row)));
        // mean and deviation are two equations
        assert!(masked == 0 || masked > 2 || !shown, "{masked} masked of {SCHOOLS}, and the scale is shown");
    }
}

#[test]
fn places_distances_and_cut_offs_do_not_bracket_a_masked_value() {
    for school in 1..=SCHOOLS {
        let text = said(&["explain", "--public", "--school", &format!("s{school:02}")]);
        assert!(text.contains("The place is not published"), "{text}");
        assert!(!text.contains("First not selected") && !text.contains("Last selected"), "{text}");
    }
    // the cut-off is the mean of s05, which is masked beside s03
    let json: serde_json::Value = serde_json::from_str(&said(&["run", "--public", "--format", "json"])).unwrap();
    assert_eq!(json["cuts"][0]["cut_off"]["absent"][0], "masked");
    assert!(json["cuts"][0].get("before_cut").is_none() && json["cuts"][0].get("tied_at_cut").is_none());
    assert_eq!(json["cuts"][0]["selected"], 3);
    assert_eq!(json["publication"]["minimum_cohort"], 10);
    let full: serde_json::Value = serde_json::from_str(&said(&["run", "--format", "json"])).unwrap();
    assert_eq!(full["cuts"][0]["cut_off"]["exact"], "10043/200");
    assert_eq!(full["publication"]["public"], false);
}

#[test]
fn decisions_are_the_same_as_in_the_full_output() {
    let judged = judged(&region(), 10);
    let public = judged.public.as_ref().unwrap();
    assert_eq!(public.run.criteria, judged.run.criteria);
    assert_eq!(public.run.categories, judged.run.categories);
    // what is not about pupils, and what is of enough of them, stays
    let list = said(&["run", "--public", "--format", "csv"]);
    assert!(list.lines().nth(2).unwrap().contains(",52.905,not met,") && list.contains(",36.25,met,"), "{list}");
}

#[test]
fn with_a_minimum_below_every_cohort_nothing_is_masked() {
    assert!(judged(&region(), 7).public.unwrap().masks.is_empty());
    let list = said(&["run", "--public", "--minimum-cohort", "7", "--format", "csv"]);
    assert_eq!(list, said(&["run", "--format", "csv"]));
}

#[test]
fn what_needs_the_values_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let to = |name: &str| folder.path().join(name).display().to_string();
    let (sheet, page) = (to("s.xlsx"), to("s.html"));
    let explain = ["explain", "rules.merilo", "--data", "dataset.yaml", "--school", "s03", "--public"];
    let letter = ["document", "letter", "rules.merilo", "--data", "dataset.yaml", "--school", "s03", "--public"];
    let refused: [(&str, Vec<&str>); 4] = [
        ("calculator", [&explain[..], &["-o", &sheet]].concat()),
        ("dossier", [&explain[..], &["--dossier", "-o", &page]].concat()),
        ("changes", [&explain[..], &["--changes"]].concat()),
        ("letter", letter.to_vec()),
    ];
    let mut told = String::new();
    for (name, words) in refused {
        for language in ["ru", "en"] {
            let (code, out, problem) = merilo(&region(), &[&words[..], &["--lang", language]].concat());
            assert_eq!((code, out.as_str()), (2, ""), "{problem}");
            write!(told, "── {name} ({language})\n{problem}").unwrap();
        }
    }
    assert!(!Path::new(&sheet).exists() && !Path::new(&page).exists());
    snapshot("refused", &told);
}

#[test]
fn a_run_folder_for_publication_is_verified_as_one() {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(region()).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let words = ["run", "rules.merilo", "--data", "dataset.yaml", "--public", "-o", "out"];
    let (code, _, told) = merilo(folder.path(), &words);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("For publication:"), "{told}");
    let decisions = std::fs::read_to_string(folder.path().join("out/decisions.csv")).unwrap();
    assert!(decisions.contains("s03;not_met;not_met;masked;") && !decisions.contains("14077"), "{decisions}");
    let record = std::fs::read_to_string(folder.path().join("out/record.json")).unwrap();
    assert!(record.contains("\"minimum_cohort\": 10") && !record.contains("results.csv"), "{record}");
    let (code, out, problems) = merilo(folder.path(), &["verify", "out"]);
    assert_eq!(code, 0, "{out}{problems}");
    snapshot(
        "verified",
        &out.lines().filter(|line| !line.contains("ingerprint") && line.len() < 60).collect::<Vec<_>>().join("\n"),
    );
    // one mark of the masked school changed so that no decision is: nothing published tells, and so does verify
    let results = folder.path().join("results.csv");
    let text = std::fs::read_to_string(&results).unwrap().replace("57.44", "57.45");
    std::fs::write(&results, text).unwrap();
    let (code, ..) = merilo(folder.path(), &["verify", "out"]);
    assert_eq!(code, 1, "the scale of the index has changed");
}

#[test]
fn published_texts_read_as_officials_write() {
    let mut text = String::new();
    for language in ["ru", "en"] {
        text += &said(&["run", "--public", "--format", "text", "--lang", language]);
        for school in ["s03", "s04"] {
            text += &said(&["explain", "--public", "--school", school, "--lang", language]);
        }
    }
    snapshot("published", &text);
}

// ── generated regions

/// Marks of each school by subject with the number of takers.
type Region = Vec<(usize, Vec<(u32, u32)>)>;

fn generated() -> impl Strategy<Value = Region> {
    let rows = prop::collection::vec((2000u32..9999, prop_oneof![3u32..10, 10u32..60, 10u32..60, 10u32..60]), 1..4);
    prop::collection::vec((0usize..3, rows), 3..16)
}

fn written(region: &Region) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: String| std::fs::write(folder.path().join(name), text).unwrap();
    for name in ["rules.merilo", "dataset.yaml"] {
        put(name, std::fs::read_to_string(self::region().join(name)).unwrap());
    }
    put("districts.csv", "code,name\nd0,Zero\nd1,North\nd2,South\n".into());
    let (mut schools, mut results) =
        ("code,name,district,pupils,distance\n".to_owned(), "school,subject,mark,takers\n".to_owned());
    for (at, (district, rows)) in region.iter().enumerate() {
        writeln!(schools, "s{at:02},School {at},d{district},{},{at}", 200 + at).unwrap();
        for (subject, (mark, takers)) in rows.iter().enumerate() {
            // decimals of its own tell every mark, and what is made of it, from every other number
            let decimals = (at * 4 + subject + 1) * 15_485_863 % 100_000_000;
            writeln!(results, "s{at:02},subject {subject},{}.{decimals:08},{takers}", mark / 100).unwrap();
        }
    }
    put("schools.csv", schools);
    put("results.csv", results);
    folder
}

/// One equation over the masked values for every mean that is shown.
fn equations(judged: &Judged) -> Vec<Vec<Number>> {
    let public = judged.public.as_ref().unwrap();
    let mut unknowns: Vec<(usize, usize)> = Vec::new();
    let mut shown: Vec<Vec<(usize, usize)>> = Vec::new();
    let means = judged.plan.steps.iter().enumerate().filter_map(|(at, step)| match &step.kind {
        StepKind::Aggregate(aggregate) if aggregate.function == AggregateFunction::Mean => Some((at, aggregate)),
        _ => None,
    });
    let means: Vec<(usize, &Box<AggregateStep>)> = means.collect();
    let scales = judged.plan.steps.iter().enumerate().filter_map(|(at, step)| match &step.kind {
        StepKind::Normalise(normalise) => Some((at, normalise.value.index())),
        _ => None,
    });
    let column = |step: usize, row: usize| trace::read(&public.run.columns[step], row);
    let present = |step: usize, row: usize| matches!(trace::read(&judged.run.columns[step], row), Value::Number(_));
    let mut equation = |step: usize, rows: &mut dyn Iterator<Item = usize>| {
        let masked: Vec<(usize, usize)> =
            rows.filter(|row| is_masked(&column(step, *row))).map(|row| (step, row)).collect();
        masked.iter().for_each(|one| {
            if !unknowns.contains(one) {
                unknowns.push(*one)
            }
        });
        shown.push(masked);
    };
    let schools = judged.run.schools;
    for (at, aggregate) in means {
        let value = aggregate.value.unwrap().index();
        let id = merilo::decision::StepId::from_index(at);
        let (rules, dataset) = (&judged.rules, &judged.dataset);
        let grouped = trace::grouped(rules, &judged.plan, dataset, &judged.run, id).unwrap();
        let rows = grouped.of_row.len();
        let except_self = matches!(&aggregate.to, Target::Strata { except_self: true, .. });
        let to = if matches!(aggregate.to, Target::All) { 1 } else { schools };
        for row in (0..to).filter(|row| matches!(column(at, *row), Value::Number(_))) {
            let group = match aggregate.to {
                Target::Parent { .. } => u32::try_from(row).unwrap(),
                Target::All => 0,
                Target::Strata { .. } => grouped.of_row[row],
            };
            let own = |other: &usize| grouped.of_row[*other] == group && grouped.counts[*other];
            equation(value, &mut (0..rows).filter(own).filter(|other| !(except_self && *other == row)));
        }
    }
    for (at, value) in scales {
        if (0..schools).any(|row| matches!(column(at, row), Value::Number(_))) {
            equation(value, &mut (0..schools).filter(|row| present(value, *row)));
        }
    }
    let coefficient = |has: bool| if has { Number::one() } else { Number::zero() };
    shown.iter().map(|masked| unknowns.iter().map(|one| coefficient(masked.contains(one))).collect()).collect()
}

/// Whether the equations settle one of the unknowns: a row with a single coefficient after elimination.
fn settles_one(mut rows: Vec<Vec<Number>>) -> bool {
    let width = rows.first().map_or(0, Vec::len);
    let mut done = 0;
    for column in 0..width {
        let Some(pivot) = (done..rows.len()).find(|row| !rows[*row][column].is_zero()) else { continue };
        rows.swap(done, pivot);
        let lead = rows[done][column].clone();
        rows[done].iter_mut().for_each(|n| *n = n.divide(&lead).unwrap());
        let pivot = rows[done].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(at, _)| *at != done) {
            let factor = row[column].clone();
            row.iter_mut().zip(&pivot).for_each(|(n, p)| *n = n.subtract(&p.multiply(&factor)));
        }
        done += 1;
    }
    rows.iter().any(|row| row.iter().filter(|n| !n.is_zero()).count() == 1)
}

#[test]
fn elimination_finds_what_is_settled() {
    let rows = |of: &[&[i64]]| of.iter().map(|r| r.iter().map(|n| Number::from_integer(*n)).collect()).collect();
    assert!(settles_one(rows(&[&[1, 1, 0], &[0, 1, 1], &[1, 1, 1]])));
    assert!(!settles_one(rows(&[&[1, 1, 0, 0], &[0, 0, 1, 1], &[1, 0, 1, 0], &[0, 1, 0, 1]])));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn no_masked_value_is_shown_or_follows_from_what_is(region in generated()) {
        let folder = written(&region);
        let (judged, sources) = judged_from(folder.path(), 10);
        let public = judged.public.as_ref().unwrap();
        prop_assert!(!settles_one(equations(&judged)));
        let masked = |at: usize, rows: usize| -> Vec<Number> {
            let hidden = (0..rows).filter(|row| is_masked(&trace::read(&public.run.columns[at], *row)));
            hidden.filter_map(|row| match trace::read(&judged.run.columns[at], row) {
                Value::Number(number) => Some(number),
                _ => None,
            }).collect()
        };
        // every mark of fewer than ten is masked, and so is its school's mean
        let few: usize = region.iter().flat_map(|(_, rows)| rows).filter(|(_, takers)| *takers < 10).count();
        let means = judged.plan.steps.iter().position(|step| matches!(&step.kind,
            StepKind::Aggregate(a) if matches!(a.to, Target::Parent { .. }))).unwrap();
        let with_few = region.iter().filter(|(_, rows)| rows.iter().any(|(_, takers)| *takers < 10)).count();
        prop_assert!(masked(means, judged.run.schools).len() >= with_few);
        let marks = judged.plan.steps.iter().position(|step| match &step.kind {
            StepKind::Column(table, column) => {
                judged.rules.schema.column(*table, *column).unwrap().name.as_ref() == "mark"
            }
            _ => false,
        }).unwrap();
        let rows = region.iter().map(|(_, rows)| rows.len()).sum();
        prop_assert!(masked(marks, rows).len() >= few);
        // no number that is shown anywhere is one of those masked
        let speaker = Speaker::new(Language::English);
        let teller = Teller { rules: &judged.rules, sources: &sources, speaker: &speaker };
        let counted = explain::summary(&judged.rules, &judged.plan, &public.dataset, &public.run);
        let mut out = Vec::new();
        json::write_run(&Judgement::of(&judged), &counted, &speaker, &mut out).unwrap();
        let mut text = String::from_utf8(out).unwrap();
        for school in 0..judged.run.schools {
            let Judged { rules, plan, dataset, run, .. } = &judged;
            let whole = explain::explain(rules, plan, dataset, run, school);
            text += &json::explanation(&public.masks.explanation(rules, plan, run, whole), &teller).unwrap();
        }
        let rows_of = |grain| match grain {
            Grain::Row(table) => judged.dataset.table(table).unwrap().rows,
            Grain::Constant => 1,
        };
        // alone in its district with one other, a school has for the mean of the others what that one has for itself
        let of_others: Vec<Value> = judged.plan.steps.iter().enumerate().flat_map(|(at, step)| {
            (0..rows_of(step.grain)).map(move |row| (at, row))
        }).map(|(at, row)| trace::read(&public.run.columns[at], row)).collect();
        for (at, step) in judged.plan.steps.iter().enumerate() {
            let rows = rows_of(step.grain);
            // small whole numbers are codes and counts as well
            for number in masked(at, rows).iter().filter(|number| !number.is_integer()) {
                if of_others.contains(&Value::Number(number.clone())) {
                    continue;
                }
                let said = format!("\"{}\"", json::exact(number));
                let around = text.find(&said).map(|at| text[at.saturating_sub(1200)..at + 200].to_owned());
                prop_assert!(around.is_none(), "{said} of step {at}: {}", around.unwrap_or_default());
            }
        }
    }
}
