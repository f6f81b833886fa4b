//! The dossier of one school: made again from what it holds, and whatever is forged in it is found and named, also when all
//! fingerprints were made to fit.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use assert_cmd::Command;
use merilo::language::Language;
use merilo::messages::Speaker;
use merilo::pipeline::{self, Judged, Variant};
use merilo::progress::Silent;
use merilo::record::dossier::{Dossier, Named, StepEntry};
use merilo::record::finding::{Finding, State, worst};
use merilo::record::fingerprint;
use merilo::report::dossier::{Making, make, remake};
use merilo::report::explanation::Teller;
use merilo::report::html;
use merilo::verify::{self, DossierRequest};

const PROGRAM: &str = concat!("merilo ", env!("CARGO_PKG_VERSION"));

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

struct Region {
    judged: Judged,
    texts: Vec<(String, String)>,
    variant: Variant,
    data: PathBuf,
    inputs: Vec<Named>,
}

impl Region {
    fn new(rules: &str, data: &str, set: &[(&str, &str)]) -> Region {
        let set: Vec<(String, String)> = set.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let mut read = pipeline::read_rules(&root().join(rules).display().to_string(), &set);
        let data = root().join(data);
        let judged = pipeline::judge(read.rules.value.take().unwrap(), &data, &mut read.sources, &Silent);
        let names = pipeline::names_below(&read.files);
        let text = |bytes: &Vec<u8>| String::from_utf8(bytes.clone()).unwrap();
        let texts = names.into_iter().zip(read.files.iter().map(|(_, bytes)| text(bytes))).collect();
        let input = |file: merilo::data::NamedFile| Named {
            file: file.name,
            sha256: fingerprint::of_file(&file.path).unwrap().1,
        };
        let inputs = merilo::data::files(&data).into_iter().map(input).collect();
        Region { judged: judged.value.unwrap(), texts, variant: Variant { set, ..Variant::default() }, data, inputs }
    }

    fn row(&self, code: &str) -> usize {
        let Judged { rules, plan, dataset, run, .. } = &self.judged;
        let judgement = merilo::report::list::Judgement { rules, dataset, run, steps: &plan.of_expr };
        merilo::report::list::find(&judgement, code).unwrap()
    }

    fn dossier(&self, row: usize, language: Language) -> Dossier {
        let making =
            Making { program: PROGRAM, language, texts: &self.texts, variant: &self.variant, data: &self.inputs };
        make(&self.judged, row, &making).unwrap_or_else(|| panic!("row {row} has no dossier"))
    }
}

/// The Californian school whose growth target is half a point over one, and which fails by it.
fn california() -> &'static (Region, Dossier) {
    static MADE: OnceLock<(Region, Dossier)> = OnceLock::new();
    MADE.get_or_init(|| {
        let region =
            Region::new("rules/california-api-2000/criteria.merilo", "examples/california-2000/dataset.yaml", &[]);
        let dossier = region.dossier(region.row("44698156049928"), Language::English);
        (region, dossier)
    })
}

fn page(dossier: &Dossier) -> String {
    dossier.into_page(&remake(dossier, Language::Russian).unwrap().page).unwrap()
}

fn found(page: &str, data: Option<&Path>) -> Vec<Finding> {
    let language = Language::Russian;
    let (name, page) = ("dossier.html", page.as_bytes());
    let request = DossierRequest { name, page, data, seal: None, key: None, program: PROGRAM, language };
    verify::dossier(&request, &Silent)
}

fn said(findings: &[Finding], language: Language) -> String {
    let speaker = Speaker::new(language);
    findings.iter().map(|f| speaker.say(f.id, &f.arguments) + "\n").collect()
}

fn differing(findings: &[Finding]) -> Vec<&'static str> {
    let mut ids: Vec<&str> = findings.iter().filter(|f| f.state == State::Differs).map(|f| f.id).collect();
    ids.dedup();
    ids
}

/// What is found when the proof is changed and all fingerprints are made to fit; the page is the true one.
fn forged(change: impl FnOnce(&mut Dossier)) -> Vec<Finding> {
    let (_, dossier) = california();
    let mut forged = dossier.clone();
    change(&mut forged);
    for file in &mut forged.rules.files {
        file.sha256 = fingerprint::of_bytes(file.text.as_bytes());
        file.lines = fingerprint::of_lines(&file.text);
    }
    found(&forged.into_page(&remake(dossier, Language::Russian).unwrap().page).unwrap(), None)
}

/// The same with a page that says what the changed proof says, as far as the program would say it.
fn forged_through(change: impl FnOnce(&mut Dossier)) -> (Vec<Finding>, Vec<Finding>) {
    let (region, dossier) = california();
    let mut forged = dossier.clone();
    change(&mut forged);
    for file in &mut forged.rules.files {
        file.sha256 = fingerprint::of_bytes(file.text.as_bytes());
        file.lines = fingerprint::of_lines(&file.text);
    }
    let again = remake(&forged, Language::Russian).unwrap();
    forged.steps = again.steps;
    let page = forged.into_page(&again.page).unwrap();
    (found(&page, None), found(&page, Some(&region.data)))
}

fn position(dossier: &Dossier, wanted: impl Fn(&StepEntry) -> bool) -> usize {
    dossier.steps.iter().position(wanted).unwrap()
}

#[test]
fn a_dossier_says_what_is_proved_and_what_is_taken_as_given() {
    let (region, dossier) = california();
    let text = page(dossier);
    let alone = found(&text, None);
    assert_eq!(worst(&alone), State::Open, "{}", said(&alone, Language::English));
    let with_data = found(&text, Some(&region.data));
    assert_eq!(worst(&with_data), State::Holds, "{}", said(&with_data, Language::English));
    for language in Language::ALL {
        let both = format!("{}\n{}", said(&alone, language), said(&with_data, language));
        let both = both.replace(&Dossier::parse(&text).0.unwrap().fingerprint, "‹fingerprint›");
        insta::assert_snapshot!(format!("proved_{}", language.code()), both);
    }
}

#[test]
fn the_page_of_a_dossier_is_the_explanation_and_comes_out_of_it_again() {
    for (rules, data, every) in [
        ("tests/explanations/region/rules.merilo", "tests/explanations/region/dataset.yaml", 1),
        ("rules/california-api-2000/criteria.merilo", "examples/california-2000/dataset.yaml", 1237),
        ("rules/leningrad-2018/criteria.merilo", "examples/leningrad-2018/dataset.yaml", 61),
    ] {
        let region = Region::new(rules, data, &[]);
        let read = pipeline::read_texts(&region.texts, &Variant::default());
        for row in (0..region.judged.run.schools).step_by(every) {
            let dossier = region.dossier(row, Language::Russian);
            let Judged { rules, plan, dataset, run, .. } = &region.judged;
            let mut explanation = merilo::explain::explain(rules, plan, dataset, run, row);
            merilo::explain::others::without_asides(&mut explanation);
            let speaker = Speaker::new(Language::Russian);
            let teller = Teller { rules, sources: &read.sources, speaker: &speaker };
            let whole = html::render(&teller.page(&explanation));
            assert_eq!(
                remake(&dossier, Language::Russian).unwrap().page,
                whole,
                "{rules:?} row {row}",
                rules = rules.header.title
            );
            let findings = found(&page(&dossier), None);
            assert_eq!(worst(&findings), State::Open, "row {row}: {}", said(&findings, Language::English));
        }
    }
}

#[test]
fn a_changed_byte_is_found_and_its_place_is_named() {
    let (_, dossier) = california();
    let text = page(dossier);
    for at in (0..text.len()).step_by((text.len() / 60).max(1)) {
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= 1;
        let findings = found(&String::from_utf8_lossy(&bytes), None);
        assert_eq!(worst(&findings), State::Differs, "byte {at}");
        assert!(said(&findings, Language::English).contains("dossier.html"), "byte {at}");
    }
    for (place, changed, ids, words) in [
        ("page", text.replacen("does not belong", "does not bel0ng", 1), "verify-dossier-page-differs", "bel0ng"),
        (
            "rules",
            text.replacen("= 5 %", "= 3 %", 1),
            "verify-dossier-rules",
            "criteria.merilo in the file dossier.html was changed, line 15.",
        ),
        ("step", text.replacen("\"round-half-up\"", "\"round-down\"", 1), "verify-dossier-step-other", "operation"),
        ("cell", text.replacen("n:771", "n:772", 1), "verify-dossier-proof", "dossier.html"),
        ("form", text.replacen("  \"school\"", "\t \"school\"", 1), "verify-dossier-proof", "line "),
    ] {
        assert_ne!(changed, text, "{place}");
        let findings = found(&changed, None);
        assert!(differing(&findings).contains(&ids), "{place}: {:?}", differing(&findings));
        let told = said(&findings, Language::English);
        assert!(told.contains(words), "{place}: {told}");
    }
}

#[test]
fn a_page_that_says_something_else_is_found() {
    let (_, dossier) = california();
    let text = remake(dossier, Language::Russian).unwrap().page;
    for changed in
        [text.replace("does not belong", "belongs"), text.replace("771", "772"), text.replace("</h1>", " </h1>")]
    {
        assert_ne!(changed, text);
        let findings = found(&dossier.into_page(&changed).unwrap(), None);
        assert_eq!(differing(&findings), ["verify-dossier-page-differs"]);
    }
    let findings = found(&dossier.into_page(&text.replace("does not belong", "belongs")).unwrap(), None);
    let told: String = Language::ALL
        .into_iter()
        .map(|language| {
            said(&findings.iter().filter(|f| f.state == State::Differs).cloned().collect::<Vec<_>>(), language)
        })
        .collect();
    insta::assert_snapshot!("another_page", told);
}

#[test]
fn forged_steps_are_found_though_they_add_up() {
    let (_, dossier) = california();
    let yes = |dossier: &mut Dossier| {
        for step in dossier.steps.iter_mut().filter(|step| step.value == "no") {
            "yes".clone_into(&mut step.value);
        }
    };
    let rounding = position(dossier, |step| step.op == "round-half-up");
    let last = dossier.steps.len() - 1;
    let verdict = position(dossier, |step| step.label == "Eligible for awards");
    let findings = forged(|dossier| dossier.steps[verdict].value = "yes".to_owned());
    assert!(differing(&findings).contains(&"verify-dossier-step"), "{:?}", differing(&findings));
    let and = position(dossier, |step| step.op == "and");
    let cells: Vec<usize> = (0..=last).filter(|at| dossier.steps[*at].value == "n:771").collect();
    let parameter = position(dossier, |step| step.value == "n:800");
    let against = position(dossier, |step| step.op.contains("at_most") && step.label.contains("lowest"));
    let count = position(dossier, |step| step.op.starts_with("count-") && step.of.len() > 2);
    type Forgery<'a> = (&'a str, Box<dyn Fn(&mut Dossier) + 'a>);
    let forgeries: Vec<Forgery<'_>> = vec![
        ("label", Box::new(|d| d.steps[verdict].label = "Eligible for awards: BELONGS".to_owned())),
        ("rounding", Box::new(|d| (d.steps[rounding].op = "round-down".to_owned(), yes(d)).1)),
        ("and", Box::new(|d| d.steps[and].op = "or".to_owned())),
        ("a criterion less", Box::new(|d| d.steps[count].of.truncate(2))),
        ("a parameter", Box::new(|d| d.steps[parameter].value = "n:780".to_owned())),
        ("the cut-off", Box::new(|d| d.steps[against].value = "yes".to_owned())),
        ("one copy of a cell", Box::new(|d| d.steps[cells[0]].value = "n:772".to_owned())),
        ("all copies of a cell", Box::new(|d| cells.iter().for_each(|at| d.steps[*at].value = "n:772".to_owned()))),
        ("a place", Box::new(|d| d.steps[cells[0]].place = Some("schools.csv, line 1".to_owned()))),
        (
            "a verdict given",
            Box::new(|d| {
                d.steps[verdict].op = "given".to_owned();
                d.steps[verdict].of.clear();
                d.steps[verdict].value = "yes".to_owned();
            }),
        ),
        ("no decision", Box::new(|d| d.steps[verdict].decision = None)),
    ];
    for (name, forge) in &forgeries {
        let findings = forged(|dossier| forge(dossier));
        let ids = differing(&findings);
        assert!(ids.contains(&"verify-dossier-step-other"), "{name}: {ids:?}");
    }
    for keep in [0, 10, last] {
        let findings = forged(|dossier| dossier.steps.truncate(keep));
        assert!(differing(&findings).contains(&"verify-dossier-step-count"), "{keep}");
    }
    let findings = forged(|dossier| {
        let step = dossier.steps[0].clone();
        dossier.steps.push(step);
    });
    assert_eq!(differing(&findings), ["verify-dossier-step-count"]);
}

#[test]
fn forged_rules_names_and_cells_are_found() {
    let findings = forged(|d| d.rules.files[0].text = d.rules.files[0].text.replace("= 5 %", "= 3 %"));
    assert!(differing(&findings).contains(&"verify-dossier-step-other"));
    let findings = forged(|d| d.rules.files[0].text.push_str("\nчто-то"));
    assert_eq!(differing(&findings), ["verify-dossier-rules-wrong"]);
    let findings = forged(|d| d.school = "44698156049999".to_owned());
    assert_eq!(differing(&findings), ["verify-dossier-name"]);
    let findings = forged(|d| d.school_name = Some("Other".to_owned()));
    assert_eq!(differing(&findings), ["verify-dossier-name"]);
    let findings = forged(|d| d.rules.title.push('!'));
    assert_eq!(differing(&findings), ["verify-dossier-name"]);
    // the true steps over another cell
    let findings = forged(|d| {
        for cell in d.extract.tables.iter_mut().flat_map(|t| &mut t.rows).flat_map(|r| &mut r.cells) {
            *cell = cell.replace("n:771", "n:772");
        }
    });
    let ids = differing(&findings);
    assert!(ids.contains(&"verify-dossier-step-other") && ids.contains(&"verify-dossier-page-differs"), "{ids:?}");
    let findings = forged(|d| d.extract.tables[0].rows[0].cells.clear());
    assert_eq!(differing(&findings), ["verify-dossier-extract"]);
}

/// A dossier that is forged as a whole: without the data only what cannot be is found; with them, everything.
#[test]
fn a_dossier_forged_as_a_whole_needs_the_data() {
    let (alone, with_data) = forged_through(|d| {
        for cell in d.extract.tables.iter_mut().flat_map(|t| &mut t.rows).flat_map(|r| &mut r.cells) {
            *cell = cell.replace("n:771", "n:772");
        }
    });
    assert_eq!(worst(&alone), State::Open, "{}", said(&alone, Language::English));
    // with 772 the school has another place among all, which the dossier still tells as it was
    let ids = differing(&with_data);
    assert!(ids.contains(&"verify-dossier-cell-differs"), "{ids:?}");
    assert!(
        said(&with_data, Language::English).contains("schools.csv, line 5489"),
        "{}",
        said(&with_data, Language::English)
    );
    let cut = |d: &mut Dossier, cut_off: &str| {
        let step = d.extract.given.iter_mut().find(|step| !step.cuts.is_empty()).unwrap();
        step.cuts[0].cut_off = Some(cut_off.to_owned());
    };
    // the place of the school is behind the cut: 800 cannot be the cut-off of a school with 771
    let (alone, _) = forged_through(|d| cut(d, "800"));
    assert!(differing(&alone).contains(&"verify-dossier-misplaced"), "{:?}", differing(&alone));
    let (alone, with_data) = forged_through(|d| {
        cut(d, "564");
        for neighbour in
            d.extract.told.iter_mut().filter_map(|told| told.rank.as_mut()).flat_map(|r| &mut r.last_inside)
        {
            "564".clone_into(&mut neighbour.value);
        }
    });
    assert_eq!(worst(&alone), State::Open, "{}", said(&alone, Language::English));
    assert!(differing(&with_data).contains(&"verify-dossier-number-differs"), "{:?}", differing(&with_data));
    for (quota, base) in [(1548, 6194), (1549, 6000), (1549, 6195)] {
        let (alone, _) = forged_through(|d| {
            let step = d.extract.given.iter_mut().find(|step| !step.cuts.is_empty()).unwrap();
            (step.cuts[0].quota, step.cuts[0].quota_base) = (quota, base);
        });
        assert!(differing(&alone).contains(&"verify-dossier-impossible"), "{quota} of {base}");
    }
    // what follows from the school's own cells must not be given
    let (alone, _) = forged_through(|d| {
        let read = pipeline::read_texts(&california().0.texts, &Variant::default());
        let plan = merilo::plan::plan(read.rules.value.as_ref().unwrap());
        let step = plan.criteria[0].index();
        let row = merilo::record::extract::GivenRow { row: 0, value: "yes".to_owned(), open: None };
        let given = merilo::record::extract::GivenStep { step, values: vec![row], ..Default::default() };
        d.extract.given.push(given);
    });
    assert!(differing(&alone).contains(&"verify-dossier-impossible"), "{:?}", differing(&alone));
    let (alone, with_data) = forged_through(|d| d.data[0].sha256 = "0".repeat(64));
    assert_eq!(worst(&alone), State::Open);
    assert_eq!(differing(&with_data), ["verify-dossier-data-changed"]);
    let (alone, with_data) =
        forged_through(|d| d.rules.files[0].text = d.rules.files[0].text.replace("= 5 %", "= 3 %"));
    // other rules are other rules: what they give is proved, and whose they are the reader sees
    assert_eq!((worst(&alone), worst(&with_data)), (State::Open, State::Holds));
}

#[test]
fn a_replaced_parameter_is_named() {
    let region = Region::new(
        "rules/california-api-2000/criteria.merilo",
        "examples/california-2000/dataset.yaml",
        &[("share_of_distance", "4%")],
    );
    let dossier = region.dossier(region.row("44698156049928"), Language::English);
    let findings = found(&page(&dossier), Some(&region.data));
    assert_eq!(worst(&findings), State::Holds);
    assert!(said(&findings, Language::English).contains("share_of_distance"));
    let mut hidden = dossier.clone();
    hidden.rules.set.clear();
    let findings = found(&hidden.into_page(&remake(&dossier, Language::Russian).unwrap().page).unwrap(), None);
    assert!(differing(&findings).contains(&"verify-dossier-step-other"), "{:?}", differing(&findings));
}

#[test]
fn another_version_of_the_program_proves_less() {
    let findings = forged(|d| d.program = "merilo 0.0.1".to_owned());
    assert_eq!(worst(&findings), State::Open);
    assert!(findings.iter().any(|f| f.id == "verify-dossier-other-program"));
    assert!(!findings.iter().any(|f| f.id == "verify-dossier-follows"));
}

fn merilo(folder: &Path, words: &[&str]) -> (i32, String) {
    let mut command = Command::cargo_bin("merilo").unwrap();
    let output = command.env_clear().env("LANG", "ru_RU.UTF-8").current_dir(folder).args(words).output().unwrap();
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    (output.status.code().unwrap(), format!("{out}{err}"))
}

#[test]
fn a_dossier_is_sealed_beside_itself() {
    let folder = tempfile::tempdir().unwrap();
    let (region, dossier) = california();
    std::fs::write(folder.path().join("d.html"), page(dossier)).unwrap();
    let (code, text) = merilo(folder.path(), &["seal", "d.html", "--key", "k", "--new-key"]);
    assert_eq!(code, 0, "{text}");
    assert!(folder.path().join("d.html.seal.json").is_file());
    let data = region.data.display().to_string();
    let (code, text) = merilo(folder.path(), &["verify", "d.html", "--key", "k.pub", "--data", &data]);
    assert_eq!((code, text.contains("Печать цела")), (0, true), "{text}");
    let (code, text) = merilo(folder.path(), &["verify", "d.html", "--key", "k.pub"]);
    assert_eq!((code, text.contains("Проверка досье школы")), (4, true), "{text}");
    // a dossier that is made again as a whole has no longer this seal
    let mut other = dossier.clone();
    other.data[0].sha256 = "0".repeat(64);
    std::fs::write(folder.path().join("d.html"), page(&other)).unwrap();
    let (code, text) = merilo(folder.path(), &["verify", "d.html", "--key", "k.pub"]);
    assert_eq!((code, text.contains("на другое досье")), (1, true), "{text}");
    std::fs::remove_file(folder.path().join("d.html.seal.json")).unwrap();
    let (code, text) = merilo(folder.path(), &["verify", "d.html", "--key", "k.pub"]);
    assert_eq!((code, text.contains("Печати рядом с досье нет")), (1, true), "{text}");
    std::fs::write(folder.path().join("e.html"), "<html></html>").unwrap();
    assert_eq!(merilo(folder.path(), &["seal", "e.html", "--key", "k"]).0, 2);
}

/// Three schools: one is known to be judged, one is known not to be, and of one it is not known.
#[test]
fn a_school_of_which_it_is_not_known_whether_it_is_judged_has_a_dossier_that_holds() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "rules.merilo",
        "набор правил «Три школы»\n  оцениваются школы\n  округление квоты вверх\n  равные на границе включить\n\n\
         таблица школы\n  ключ код\n  столбец код текст\n  столбец ученики число человек\n  столбец балл число баллов\n\n\
         совокупность крупные = школы, где ученики не менее 100 человек\n\n\
         категория А среди крупные\n  относится, если выполнен любой критерий\n\n\
         \x20 критерий 1\n    если балл менее 50 баллов\n\n\
         \x20 критерий 2\n    если балл в числе самых низких среди крупные, квота 50 %\n",
    );
    write("schools.csv", "код,ученики,балл\nа,200,40\nб,20,40\nв,,40\nг,300,60\n");
    write("dataset.yaml", "таблицы:\n  школы: {файл: schools.csv}\n");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let region = Region::new(&path("rules.merilo"), &path("dataset.yaml"), &[]);
    for language in [Language::Russian, Language::English] {
        let dossier = region.dossier(region.row("в"), language);
        let findings = found(&page(&dossier), Some(&region.data));
        assert_eq!(worst(&findings), State::Holds, "{}", said(&findings, language));
    }
    let text = page(&region.dossier(region.row("в"), Language::Russian));
    assert!(text.contains("неизвестно, входит ли школа в «крупные»"));
    assert!(!text.contains("если бы критерий был выполнен: «относится»"));
}

/// Categories made of one that does not judge the school, a count of its criteria, and a rule of criteria none of which applies.
#[test]
fn what_rests_on_other_rules_has_a_dossier_that_holds() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "rules.merilo",
        "набор правил «Три школы»\n  оцениваются школы\n\n\
         таблица школы\n  ключ код\n  столбец код текст\n  столбец ученики число человек\n  столбец балл число баллов\n\n\
         совокупность крупные = школы, где ученики не менее 100 человек\n\n\
         категория А среди крупные\n  относится, если выполнен любой критерий\n\n\
         \x20 критерий 1\n    если балл менее 50 баллов\n\n\
         \x20 критерий 2\n    если ученики менее 250 человек\n\n\
         категория Б\n  относится, если не отнесена к А\n\n\
         категория Д\n  относится, если отнесена к А или число выполненных критериев категории А не менее 1\n\n\
         категория Г\n  относится, если выполнено не менее 1 применимого критерия\n\n\
         \x20 критерий 3\n    если балл менее 40 баллов\n    не применим, если ученики менее 100 человек\n",
    );
    write("schools.csv", "код,ученики,балл\nа,200,40\nб,20,40\nв,,40\nг,300,60\n");
    write("dataset.yaml", "таблицы:\n  школы: {файл: schools.csv}\n");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let region = Region::new(&path("rules.merilo"), &path("dataset.yaml"), &[]);
    for code in ["а", "б", "в", "г"] {
        let dossier = region.dossier(region.row(code), Language::Russian);
        let findings = found(&page(&dossier), Some(&region.data));
        assert_eq!(worst(&findings), State::Holds, "{code}: {}", said(&findings, Language::Russian));
    }
}
