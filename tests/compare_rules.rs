//! Other rules, other points of history, other data: the same verdicts as alone, causes that work when they are applied alone,
//! mixtures that are what was written, schools under other codes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::path::{Path, PathBuf};
use std::process::Command as Program;

use assert_cmd::Command;
use merilo::compare::matching::CodeChangeKind;
use merilo::compare::{Mover, Square, Way};
use merilo::decision::Verdict;
use merilo::location::SourceId;
use merilo::number::Number;
use merilo::pipeline::{self, Against, Compared, Judged, Other, OtherRules, Variant, Variation};
use merilo::progress::Silent;
use merilo::scenario::difference::{Differences, How, Role};
use merilo::syntax;
use merilo::syntax::tree::{File, Item};
use proptest::prelude::*;

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

/// The region of nine schools, twice: `old` and `new`.
fn regions() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/explanations/region");
    copy(&from, &folder.path().join("old"));
    copy(&from, &folder.path().join("new"));
    folder
}

fn edit(file: &Path, edits: &[(&str, &str)]) {
    let mut text = std::fs::read_to_string(file).unwrap();
    for (from, to) in edits {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    std::fs::write(file, text).unwrap();
}

fn rules(folder: &Path) -> String {
    folder.join("rules.merilo").display().to_string()
}

fn judge(rules: &str, data: &Path) -> Judged {
    let mut read = pipeline::read_rules(rules, &[]);
    let rules = read.rules.value.unwrap_or_else(|| panic!("{:?}", read.rules.diagnostics));
    pipeline::judge(rules, data, &mut read.sources, &Silent).value.unwrap()
}

fn against(folder: &Path, others: Vec<Other>, correspondence: Option<PathBuf>) -> Compared {
    let old = folder.join("old");
    let against = Against { scenarios: Vec::new(), others, correspondence };
    let data = old.join("dataset.yaml");
    let (_, outcome) = pipeline::compare_against(&rules(&old), &Variant::default(), &against, &data, &Silent);
    outcome.value.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics))
}

fn other(folder: &Path, rules: bool, data: bool) -> Other {
    Other {
        rules: rules.then(|| OtherRules::File(folder.join("new/rules.merilo"))),
        data: data.then(|| folder.join("new/dataset.yaml")),
    }
}

fn merilo(folder: &Path, words: &[&str]) -> (i32, String) {
    let mut command = Command::cargo_bin("merilo").unwrap();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let command = command.env_clear().env("LANG", "ru_RU.UTF-8").env("PATH", path);
    let output = command.current_dir(folder).args(words).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap() + String::from_utf8_lossy(&output.stderr).as_ref();
    (output.status.code().unwrap(), said)
}

/// Edits that each change one declaration, and what the change is called.
const EDITS: [(&str, &str, &str); 7] = [
    ("критерий 1", "квота 30 %", "квота 50 %"),
    ("критерий 4", "не менее 2 баллов", "не менее 3 баллов"),
    ("критерий 5", "продолжили менее 60 %", "продолжили менее 70 %"),
    ("критерий 6", "открытый менее 47 баллов", "открытый менее 60 баллов"),
    ("категория К", "выполнено не менее 3", "выполнено не менее 2"),
    ("совокупность дневные", "исключить, если вид = \"вечерняя\"", "исключить, если вид = \"никакая\""),
    ("индекс сводный", "балл вес 2", "балл вес 5"),
];

fn edited(folder: &Path, name: &str, edits: &[(&str, &str)]) -> String {
    let file = folder.join("old").join(name);
    std::fs::copy(folder.join("old/rules.merilo"), &file).unwrap();
    edit(&file, edits);
    file.display().to_string()
}

fn sum(shares: &[Number]) -> Number {
    shares.iter().fold(Number::zero(), |sum, share| sum.add(share))
}

fn same_kind(a: Verdict, b: Verdict) -> bool {
    std::mem::discriminant(&a) == std::mem::discriminant(&b)
}

/// Declarations that differ at once: the run is that of the other rules alone, the changes are those that were made, and each
/// smallest set of them does to the school, applied alone, what all do; without any one of them it does not.
#[test]
fn other_rules_are_taken_apart_into_changes_that_work_alone() {
    let folder = regions();
    let data = folder.path().join("old/dataset.yaml");
    let (mut tried, mut together) = (0, 0);
    let of = |chosen: &[usize]| chosen.iter().map(|at| EDITS[*at]).collect::<Vec<_>>();
    // 001 and 009 meet five criteria, one of them the fifth
    let stricter = vec![
        ("категория К", "выполнено не менее 3", "выполнено не менее 5"),
        ("критерий 5", "продолжили менее 60 %", "продолжили менее 40 %"),
    ];
    let sets = [&[0, 1, 2, 3, 4, 5, 6][..], &[0, 1, 2, 3, 6], &[1, 4], &[2, 4, 6], &[0, 5], &[3, 4, 5]].map(of);
    for chosen in sets.into_iter().chain([stricter]) {
        std::fs::copy(folder.path().join("old/rules.merilo"), folder.path().join("new/rules.merilo")).unwrap();
        let edits: Vec<(&str, &str)> = chosen.iter().map(|(_, from, to)| (*from, *to)).collect();
        edit(&folder.path().join("new/rules.merilo"), &edits);
        let compared = against(folder.path(), vec![other(folder.path(), true, false)], None);
        let variation = &compared.variations[0];
        let alone = judge(&rules(&folder.path().join("new")), &data);
        assert_eq!(alone.run.criteria, variation.run.criteria);
        assert_eq!(alone.run.categories, variation.run.categories);
        assert!(variation.dataset.is_none() && variation.square.is_none());
        let edit_of = |at: usize| {
            let said = variation.changes[at].russian.as_ref();
            let found: Vec<_> = chosen.iter().filter(|(name, ..)| said.starts_with(&format!("{name}:"))).collect();
            assert_eq!(found.len(), 1, "{said}");
            (found[0].1, found[0].2)
        };
        assert_eq!(variation.changes.len(), chosen.len());
        for mover in &variation.comparison.categories[0].movers {
            let causes = mover.causes.as_ref().unwrap();
            assert_eq!(sum(causes.shares.as_ref().unwrap()), Number::one());
            let row = mover.rows.0.unwrap();
            let under = |set: &[usize]| {
                let edits: Vec<(&str, &str)> = set.iter().map(|at| edit_of(*at)).collect();
                judge(&edited(folder.path(), "some.merilo", &edits), &data).run.categories[0][row]
            };
            together += usize::from(causes.only_together());
            for set in &causes.minimal {
                assert!(same_kind(under(set), mover.verdicts.1.unwrap()), "{} {set:?}", mover.school.code);
                for left_out in 0..set.len() {
                    let mut fewer = set.clone();
                    fewer.remove(left_out);
                    assert!(!same_kind(under(&fewer), mover.verdicts.1.unwrap()), "{} {fewer:?}", mover.school.code);
                }
                tried += 1;
            }
        }
    }
    assert!(tried >= 12 && together == 2, "{tried} {together}");
}

fn movable(text: &str, source: u32) -> Vec<(SourceId, File)> {
    let read = syntax::parse_movable(SourceId(source), text);
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    vec![(SourceId(source), read.value.unwrap())]
}

/// What a file says, in no order.
fn said(file: &File) -> Vec<String> {
    let mut all: Vec<String> = file
        .items
        .iter()
        .filter(|item| !matches!(item, Item::Scenario(_) | Item::Include(_)))
        .map(syntax::content)
        .collect();
    all.push(syntax::content(&file.header));
    all.sort();
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Rules with one set of edits held against rules with another one: what differs are the edits that only one has, and
    /// taking any of them gives the rules with just these edits.
    #[test]
    fn a_mixture_is_what_these_edits_alone_make(
        first in 0u8..128, second in 0u8..128, taken in 0u8..128, data in proptest::bool::ANY,
    ) {
        let text = std::fs::read_to_string("tests/explanations/region/rules.merilo").unwrap();
        let with = |set: u8| {
            let chosen = EDITS.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
            chosen.fold(text.clone(), |text, (_, (_, from, to))| text.replacen(from, to, 1))
        };
        let behind = |_: &Item| Vec::new();
        let found = Differences::between(&movable(&with(first), 0), &movable(&with(second), 1), &behind, data);
        let named = |difference: &merilo::scenario::difference::Difference| {
            EDITS.iter().position(|(name, ..)| name.ends_with(&format!(" {}", difference.name))).unwrap()
        };
        let mut expected: Vec<usize> = (0..EDITS.len()).filter(|at| (first ^ second) >> at & 1 == 1).collect();
        let mut there: Vec<usize> = found.list.iter().map(named).collect();
        there.sort_unstable();
        expected.sort_unstable();
        prop_assert_eq!(&there, &expected);
        prop_assert!(found.list.iter().all(|d| d.role == Role::Unit && d.how == How::Changed));
        let take = |at: usize| taken >> named(&found.list[at]) & 1 == 1;
        let mixed = found.mixed(&take, data).unwrap();
        let mask = first ^ ((first ^ second) & taken);
        prop_assert_eq!(said(&mixed[0].1), said(&movable(&with(mask), 0)[0].1));
    }
}

/// The shipped rules, one against themselves: nothing differs, and both ends of a mixture are the files.
#[test]
fn rules_differ_in_nothing_from_themselves_and_a_mixture_has_two_ends() {
    let text = std::fs::read_to_string("rules/leningrad-2018/criteria.merilo").unwrap();
    let tables = std::fs::read_to_string("rules/leningrad-2018/данные.merilo").unwrap();
    let both = |text: &str, at: u32| {
        let mut files = movable(text, at);
        files.extend(movable(&tables, at + 1));
        files
    };
    let behind = |_: &Item| Vec::new();
    let same = Differences::between(&both(&text, 0), &both(&text, 2), &behind, false);
    assert_eq!(same.list, []);
    let other = text.replacen("критерий 1.3", "критерий 1.9", 1);
    let found = Differences::between(&both(&text, 0), &both(&other, 2), &behind, false);
    let told: Vec<_> = found.list.iter().map(|d| (d.name.as_str(), d.how, d.role)).collect();
    assert_eq!(told, [("1.3", How::Renumbered, Role::Unit)]);
    let more = other.replacen("менее 60 %", "менее 55 %", 1).replacen("критерий 1.2", "критерий 1.8", 1);
    let found_more = Differences::between(&both(&text, 0), &both(&more, 2), &behind, false);
    let told: Vec<_> = found_more.list.iter().map(|d| (d.name.as_str(), d.how, d.role)).collect();
    let expected =
        [("1.2", How::Removed, Role::Unit), ("1.3", How::Renumbered, Role::Unit), ("1.8", How::Added, Role::Unit)];
    assert_eq!(told, expected);
    let all_said = |files: &[(SourceId, File)]| {
        let mut all: Vec<String> = files.iter().flat_map(|(_, file)| said(file)).collect();
        all.retain(|text| text != "None");
        all.sort();
        all
    };
    assert_eq!(all_said(&found.mixed(&|_| false, false).unwrap()), all_said(&both(&text, 0)));
    assert_eq!(all_said(&found.mixed(&|_| true, false).unwrap()), all_said(&both(&other, 2)));
}

/// A new parameter goes along with the criterion that uses it, a definition that is gone with the one that used it; titles are
/// no changes.
#[test]
fn what_only_supports_a_change_goes_along_with_it() {
    let folder = regions();
    let old = folder.path().join("old/rules.merilo");
    edit(&old, &[("показатель открытый", "показатель прежний = балл\n\nпоказатель открытый")]);
    edit(&old, &[("если балл менее балл_соседей", "если балл менее прежний и балл менее балл_соседей")]);
    let new = folder.path().join("new/rules.merilo");
    edit(
        &new,
        &[
            ("«Отдалённая»", "«Далёкая»"),
            ("«До райцентра» число км", "«До райцентра» число км заголовок \"расстояние\""),
        ],
    );
    edit(&new, &[("если продолжили менее 60 %", "если продолжили менее предел")]);
    edit(&new, &[("функция баллы", "параметр предел = 75 %\n\nфункция баллы")]);
    let compared = against(folder.path(), vec![other(folder.path(), true, false)], None);
    let variation = &compared.variations[0];
    let changes: Vec<&str> = variation.changes.iter().map(|change| change.russian.as_ref()).collect();
    assert_eq!(
        changes,
        [
            "столбец школы.расстояние: число км → число км заголовок \"расстояние\"",
            "критерий 3: если балл менее прежний и балл менее балл_соседей → если балл менее балл_соседей",
            "критерий 5: если продолжили менее 60 % и смены более 1 → если продолжили менее предел и смены более 1",
        ]
    );
    let along: Vec<_> = variation.along.iter().map(|d| (d.name.as_str(), d.how, d.role)).collect();
    assert_eq!(
        along,
        [
            ("прежний", How::Removed, Role::Supports),
            ("4", How::Changed, Role::Wording),
            ("предел", How::Added, Role::Supports),
        ]
    );
    let alone = judge(&rules(&folder.path().join("new")), &folder.path().join("old/dataset.yaml"));
    assert_eq!(alone.run.categories, variation.run.categories);
    for mover in &variation.comparison.categories[0].movers {
        assert!(mover.causes.as_ref().unwrap().shares.is_some());
    }
}

/// Other data of the region: 001 does well, 003 is gone, 010 is new.
fn other_data(folder: &Path) {
    edit(
        &folder.join("new/школы.csv"),
        &[
            ("001;Школа № 1;дневная;Северный;40;50;3;2", "001;Школа № 1;дневная;Северный;70;90;3;1"),
            ("003;Школа № 3;дневная;Северный;45;65;20;1\n", ""),
            ("009;Вечерняя", "010;Школа № 10;дневная;Южный;20;30;30;2\n009;Вечерняя"),
        ],
    );
}

fn listed(judged: &Judged) -> Vec<String> {
    let id = merilo::model::CategoryId(0);
    let rows = (0..judged.run.schools).filter(|row| judged.run.is_listed(id, *row));
    rows.map(|row| judged.dataset.code(&judged.rules.schema, judged.rules.subject, row)).collect()
}

fn moved(movers: &[Mover], way: Way) -> Vec<String> {
    movers.iter().filter(|mover| mover.way() == way).map(|mover| mover.school.code.to_string()).collect()
}

/// Each corner of the square is what these rules alone find on these data, and each edge leads from one to the other.
#[test]
fn four_corners_are_four_runs() {
    let folder = regions();
    other_data(folder.path());
    edit(&folder.path().join("new/rules.merilo"), &[(EDITS[4].1, EDITS[4].2), (EDITS[0].1, EDITS[0].2)]);
    let compared = against(folder.path(), vec![other(folder.path(), true, true)], None);
    let variation = &compared.variations[0];
    let square = variation.square.as_ref().unwrap();
    let run = |rules_of: &str, data_of: &str| {
        let rules = rules(&folder.path().join(rules_of));
        listed(&judge(&rules, &folder.path().join(data_of).join("dataset.yaml")))
    };
    let corners = [run("old", "old"), run("new", "old"), run("old", "new"), run("new", "new")];
    assert_eq!(corners.iter().collect::<std::collections::BTreeSet<_>>().len(), 4, "{corners:?}");
    for (corner, codes) in square.corners.iter().zip(&corners) {
        assert_eq!(corner.category("К").unwrap().listed, codes.len());
    }
    for ((from, to), edge) in Square::EDGES.into_iter().zip(&square.edges) {
        let movers = &edge.as_ref().unwrap().categories[0].movers;
        let only = |these: &[String], those: &[String]| {
            let mut codes: Vec<String> = these.iter().filter(|code| !those.contains(code)).cloned().collect();
            codes.sort();
            codes
        };
        let sorted = |mut codes: Vec<String>| {
            codes.sort();
            codes
        };
        assert_eq!(sorted(moved(movers, Way::Entered)), only(&corners[to], &corners[from]));
        assert_eq!(sorted(moved(movers, Way::Left)), only(&corners[from], &corners[to]));
    }
    // the data are the last change
    assert_eq!(variation.changes.len(), 3);
    assert!(variation.changes[2].russian.starts_with("данные: "));
    let of = |code: &str| variation.comparison.categories[0].movers.iter().find(|m| m.school.code.as_ref() == code);
    assert_eq!(of("001").unwrap().causes.as_ref().unwrap().minimal, [vec![2]]);
    let codes = |schools: &[merilo::explain::explanation::School]| -> Vec<String> {
        schools.iter().map(|school| school.code.to_string()).collect()
    };
    assert_eq!(
        (codes(&variation.comparison.gone), codes(&variation.comparison.new)),
        (vec!["003".into()], vec!["010".into()])
    );
}

/// The new rules need a column that the old data do not have: that corner says so, everything else is there.
#[test]
fn a_corner_that_cannot_be_evaluated_says_why() {
    let folder = regions();
    other_data(folder.path());
    let data = folder.path().join("new/школы.csv");
    let text = std::fs::read_to_string(&data).unwrap();
    let lines: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(at, line)| format!("{line};{}", if at == 0 { "пожар".into() } else { at.to_string() }))
        .collect();
    std::fs::write(&data, lines.join("\n") + "\n").unwrap();
    edit(
        &folder.path().join("new/rules.merilo"),
        &[
            ("  столбец смены", "  столбец пожар число\n  столбец смены"),
            ("смены более 1\n    прочтение", "пожар более 3\n    прочтение"),
            ("отчётный год 2018", "отчётный год 2019"),
        ],
    );
    let compared = against(folder.path(), vec![other(folder.path(), true, true)], None);
    let variation = &compared.variations[0];
    let square = variation.square.as_ref().unwrap();
    let evaluated = square.corners.each_ref().map(|corner| corner.categories.is_some());
    assert_eq!(evaluated, [true, false, true, true]);
    assert_eq!(square.corners[1].problems[0].kind.code, "M308");
    let there = square.edges.each_ref().map(Option::is_some);
    assert_eq!(there, [false, true, true, false]);
    // the year goes with the data, and the criterion alone is no rules for the old ones
    let along: Vec<_> = variation.along.iter().map(|d| d.role).collect();
    assert_eq!(along, [Role::WithData, Role::Supports]);
    assert!(variation.comparison.categories[0].movers.iter().all(|m| m.causes.as_ref().unwrap().shares.is_none()));
    for language in ["ru", "en"] {
        let words = [
            "compare",
            "old/rules.merilo",
            "--data",
            "old/dataset.yaml",
            "--with-rules",
            "new/rules.merilo",
            "--with-data",
            "new/dataset.yaml",
            "--lang",
            language,
            "-q",
        ];
        let (code, text) = merilo(folder.path(), &words);
        assert_eq!(code, 0, "{text}");
        insta::assert_snapshot!(format!("square_{language}"), text);
    }
}

fn git(folder: &Path, words: &[&str]) {
    let mut command = Program::new("git");
    let who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command.env("GIT_AUTHOR_DATE", "2019-02-01T12:00:00Z").env("GIT_COMMITTER_DATE", "2019-02-01T12:00:00Z");
    let output = command.arg("-C").arg(folder).args(who).args(words).output().unwrap();
    assert!(output.status.success(), "{words:?} {}", String::from_utf8_lossy(&output.stderr));
}

/// A repository whose rules include a file above them and a list; all three change, and the tag is what they were.
fn repository() -> tempfile::TempDir {
    let folder = regions();
    let root = folder.path();
    std::fs::remove_dir_all(root.join("new")).unwrap();
    let old = root.join("old");
    edit(
        &old.join("rules.merilo"),
        &[
            ("таблица школы", "подключить \"../общее\"\n\nсписок районы из \"районы\"\n\nтаблица школы"),
            ("если открытый менее 47 баллов", "если открытый менее граница и район в списке районы"),
        ],
    );
    std::fs::write(root.join("общее.merilo"), "параметр граница = 47 баллов\n").unwrap();
    let entries = |names: &str| format!("название: Районы\nисточник: приказ\nзаписи:\n{names}");
    let district = |name: &str| format!("  - значение: {name}\n    с: 01.01.2018\n");
    std::fs::write(old.join("районы.yaml"), entries(&district("Северный"))).unwrap();
    git(root, &["init", "-q", "-b", "main"]);
    git(root, &["add", "-A"]);
    git(root, &["commit", "-q", "-m", "first"]);
    git(root, &["tag", "v1"]);
    std::fs::write(root.join("общее.merilo"), "параметр граница = 55 баллов\n").unwrap();
    std::fs::write(old.join("районы.yaml"), entries(&[district("Северный"), district("Южный")].concat())).unwrap();
    edit(&old.join("rules.merilo"), &[("выполнено не менее 3", "выполнено не менее 2")]);
    folder
}

fn words<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["compare", "old/rules.merilo", "--data", "old/dataset.yaml", "-q"], more].concat()
}

#[test]
fn rules_as_they_were_are_read_from_the_history() {
    let folder = repository();
    let others = vec![Other { rules: Some(OtherRules::Revision("v1".into())), data: None }];
    let compared = against(folder.path(), others, None);
    let variation = &compared.variations[0];
    let changes: Vec<&str> = variation.changes.iter().map(|change| change.russian.as_ref()).collect();
    assert_eq!(
        changes,
        [
            "список районы: убрано \"Южный\" (01.01.2018 –)",
            "категория К: относится, если выполнено не менее 2 применимых критериев → относится, если выполнено не менее 3 применимых критериев",
            "параметр граница: 55 баллов → 47 баллов",
        ]
    );
    // the same as the files that were written then
    let was = folder.path().join("was");
    std::fs::create_dir(&was).unwrap();
    for (name, file) in [
        ("общее.merilo", "общее.merilo"),
        ("old/rules.merilo", "old/rules.merilo"),
        ("old/районы.yaml", "old/районы.yaml"),
    ] {
        let output = Program::new("git")
            .arg("-C")
            .arg(folder.path())
            .args(["cat-file", "blob", &format!("v1:{file}")])
            .output()
            .unwrap();
        let to = was.join(name);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::write(to, output.stdout).unwrap();
    }
    std::fs::copy(folder.path().join("old/отдаленность.rhai"), was.join("old/отдаленность.rhai")).unwrap();
    let alone = judge(&rules(&was.join("old")), &folder.path().join("old/dataset.yaml"));
    assert_eq!(alone.run.categories, variation.run.categories);
    assert_ne!(compared.before.run.categories, variation.run.categories);
    for language in ["ru", "en"] {
        let (code, text) = merilo(folder.path(), &words(&["--with-revision", "v1", "--lang", language]));
        assert_eq!(code, 0, "{text}");
        let commit = text.split_once("v1 (").unwrap().1.split(' ').next().unwrap().to_owned();
        insta::assert_snapshot!(format!("revision_{language}"), text.replace(&commit, "COMMIT"));
    }
}

#[test]
fn what_the_history_does_not_have_is_told() {
    let folder = repository();
    let root = folder.path();
    let outside = regions();
    let name = |text: String| {
        let text = text.replace(&format!("{}/", root.display()), "");
        // what git says is its own
        let lines = text.lines().map(|line| match line.find("fatal:") {
            Some(at) => format!("{}(git)", &line[..at]),
            None => line.to_owned(),
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    edit(&root.join("old/rules.merilo"), &[("набор правил", "// сейчас\nнабор правил")]);
    std::fs::copy(root.join("old/rules.merilo"), root.join("old/later.merilo")).unwrap();
    let mut told = String::new();
    for language in ["ru", "en"] {
        let later = ["compare", "old/later.merilo", "--data", "old/dataset.yaml", "-q", "--lang", language];
        for (code, text) in [
            merilo(root, &words(&["--with-revision", "v2", "--lang", language])),
            merilo(root, &words(&["--with-revision=-v", "--lang", language])),
            merilo(root, &[&later[..], &["--with-revision", "v1"]].concat()),
            merilo(outside.path(), &words(&["--with-revision", "v1", "--lang", language])),
        ] {
            assert_eq!(code, 1, "{text}");
            told += &format!("{}\n────────\n", name(text));
        }
        let mut command = Command::cargo_bin("merilo").unwrap();
        let command = command.env_clear().current_dir(outside.path().join("old"));
        let command = command.write_stdin(std::fs::read(outside.path().join("old/rules.merilo")).unwrap());
        let from_input = ["compare", "-", "--data", "dataset.yaml", "--with-revision", "v1", "-q", "--lang", language];
        let output = command.args(from_input).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        told += &format!("{}\n────────\n", name(String::from_utf8(output.stderr).unwrap()));
        let mut command = Command::cargo_bin("merilo").unwrap();
        let command = command.env_clear().env("PATH", "/nowhere").current_dir(root);
        let output = command.args(words(&["--with-revision", "v1", "--lang", language])).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        told += &format!("{}\n════════\n", name(String::from_utf8(output.stderr).unwrap()));
    }
    insta::assert_snapshot!("no_history", told);
}

/// Rules that were broken at that point are told with their lines as they were.
#[test]
fn broken_rules_of_a_revision_are_told_at_their_lines() {
    let folder = repository();
    let root = folder.path();
    edit(&root.join("общее.merilo"), &[("55 баллов", "55 чего")]);
    git(root, &["commit", "-q", "-a", "-m", "broken"]);
    edit(&root.join("общее.merilo"), &[("55 чего", "55 баллов")]);
    let (code, text) = merilo(root, &words(&["--with-revision", "HEAD"]));
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("HEAD:общее.merilo:1"), "{text}");
}

/// Old data: nine schools. New data: 002 and 004 are one school 204, 006 is divided into 206 and 306, 005 has the code 205, 003 is
/// closed, 009 stays; the old rules hold on both.
fn renumbered(folder: &Path) {
    edit(
        &folder.join("new/школы.csv"),
        &[
            ("002;Школа № 2;дневная;Северный;40;70;12;1\n", ""),
            ("003;Школа № 3;дневная;Северный;45;65;20;1\n", ""),
            ("004;Школа № 4;дневная;Северный;60;80;1;1", "204;Школа № 204;дневная;Северный;41;71;13;1"),
            ("005;Школа № 5", "205;Школа № 205"),
            (
                "006;Школа № 6;дневная;Южный;50;*;2;2",
                "206;Школа № 206;дневная;Южный;50;*;2;2\n306;Школа № 306;дневная;Южный;20;20;30;2",
            ),
        ],
    );
    let lines = ["старый код;новый код", "002;204", "004;204", "006;206", "006;306", "005;205", "003;"];
    std::fs::write(folder.join("коды.csv"), lines.join("\n")).unwrap();
}

fn line<'a>(variation: &'a Variation, code: &str) -> Option<&'a Mover> {
    variation.comparison.categories[0].movers.iter().find(|mover| mover.school.code.as_ref() == code)
}

#[test]
fn schools_are_matched_through_other_codes_mergers_and_divisions() {
    let folder = regions();
    renumbered(folder.path());
    let correspondence = Some(folder.path().join("коды.csv"));
    let compared = against(folder.path(), vec![other(folder.path(), false, true)], correspondence);
    let variation = &compared.variations[0];
    let comparison = &variation.comparison;
    // 001, 007, 008, 009 by their codes; 204, 205, 206, 306 by the correspondence
    assert_eq!(comparison.matched, 8);
    let codes: Vec<&str> = comparison.gone.iter().map(|school| school.code.as_ref()).collect();
    assert_eq!((codes, comparison.new.len()), (vec!["003"], 0));
    let kinds: Vec<(CodeChangeKind, String, String)> = variation
        .matching
        .changes
        .iter()
        .map(|change| (change.kind, change.before.join(","), change.after.join(",")))
        .collect();
    assert_eq!(
        kinds,
        [
            (CodeChangeKind::Merged, "002,004".into(), "204".into()),
            (CodeChangeKind::Split, "006".into(), "206,306".into()),
            (CodeChangeKind::Renumbered, "005".into(), "205".into()),
        ]
    );
    // each line is counted once on either side
    let category = &comparison.categories[0];
    let all: usize = category.transitions.counts.iter().flatten().sum();
    assert_eq!(all, variation.matching.lines.len());
    let (entered, left) = (category.moved(Way::Entered).count(), category.moved(Way::Left).count());
    assert_eq!(category.listed.0 + entered - left, category.listed.1);
    assert_eq!(
        category.listed.1,
        listed(&judge(&rules(&folder.path().join("old")), &folder.path().join("new/dataset.yaml"))).len()
    );
    assert_eq!(category.schools_before, listed(&compared.before).len());
    // the merged school is held against the one of its predecessors that was on the list, if any was
    let before = listed(&compared.before);
    let any = before.contains(&"002".to_owned()) || before.contains(&"004".to_owned());
    if let Some(mover) = line(variation, "204") {
        assert_eq!(mover.listed.0, any);
        let former: Vec<(&str, bool)> = mover.former.iter().map(|f| (f.code.as_ref(), f.listed)).collect();
        assert_eq!(former, [("002", before.contains(&"002".to_owned())), ("004", before.contains(&"004".to_owned()))]);
    }
    let divided = line(variation, "306").unwrap();
    assert_eq!((divided.former.len(), divided.former[0].code.as_ref()), (1, "006"));
    for mover in &category.movers {
        assert_eq!(mover.causes.as_ref().unwrap().minimal, [vec![0]], "{}", mover.school.code);
    }
    for language in ["ru", "en"] {
        let more = ["--with-data", "new/dataset.yaml", "--correspondence", "коды.csv", "--lang", language];
        let (code, text) = merilo(folder.path(), &words(&more));
        assert_eq!(code, 0, "{text}");
        insta::assert_snapshot!(format!("correspondence_{language}"), text);
    }
    let more = ["--with-data", "new/dataset.yaml", "--correspondence", "коды.csv", "--format", "json"];
    let (code, text) = merilo(folder.path(), &words(&more));
    assert_eq!(code, 0, "{text}");
    insta::assert_snapshot!("correspondence_json", text);
}

/// A school that took in another one and kept its code has both as predecessors without being named.
#[test]
fn a_school_that_keeps_its_code_stays_what_it_is() {
    let folder = regions();
    edit(&folder.path().join("new/школы.csv"), &[("002;Школа № 2;дневная;Северный;40;70;12;1\n", "")]);
    std::fs::write(folder.path().join("коды.csv"), "old code,new code\n002,001\n").unwrap();
    let correspondence = Some(folder.path().join("коды.csv"));
    let compared = against(folder.path(), vec![other(folder.path(), false, true)], correspondence);
    let variation = &compared.variations[0];
    let merged = variation.matching.lines.iter().find(|line| !line.further.is_empty()).unwrap();
    assert_eq!((merged.before, merged.further.as_slice(), merged.after), (Some(0), &[1][..], Some(0)));
    assert_eq!((variation.comparison.matched, variation.comparison.gone.len()), (8, 0));
}

/// An empty correspondence would be refused; one that says of every school that it is itself changes nothing.
#[test]
fn a_correspondence_of_equal_codes_changes_nothing() {
    let folder = regions();
    other_data(folder.path());
    let lines = ["старый код;новый код", "001;001", "002;002", "003;", ";010"];
    std::fs::write(folder.path().join("коды.csv"), lines.join("\n")).unwrap();
    let run = |correspondence| {
        let compared = against(folder.path(), vec![other(folder.path(), false, true)], correspondence);
        let variation = &compared.variations[0];
        let movers: Vec<String> = variation.comparison.categories[0].movers.iter().map(|m| format!("{m:?}")).collect();
        (variation.matching.lines.clone(), movers)
    };
    assert_eq!(run(None), run(Some(folder.path().join("коды.csv"))));
}

#[test]
fn what_is_wrong_with_a_correspondence_is_told_with_its_lines() {
    let folder = regions();
    renumbered(folder.path());
    let files = [
        "старый код;новый код\n02;204\n004;240\n005;205\n005;205\n",
        "старый код;новый код\n003;\n003;204\n004;204\n;204\n",
        "старый код;новый код\n001;204\n;007\n",
        "001;201\n002;204\n",
        "старый код;новый код\n",
        "код\n002\n",
        "старый код;новый код\n002\n;\n",
    ];
    let mut told = String::new();
    for language in ["ru", "en"] {
        for text in files {
            std::fs::write(folder.path().join("плохо.csv"), text).unwrap();
            let more = ["--with-data", "new/dataset.yaml", "--correspondence", "плохо.csv", "--lang", language];
            let (code, text) = merilo(folder.path(), &words(&more));
            assert_eq!(code, 1, "{text}");
            told += &format!("{text}\n────────\n");
        }
        let unused = ["--with-rules", "new/rules.merilo", "--correspondence", "коды.csv", "--lang", language];
        let absent = ["--with-data", "new/dataset.yaml", "--correspondence", "нет.csv", "--lang", language];
        for more in [unused, absent] {
            let (code, text) = merilo(folder.path(), &words(&more));
            assert_eq!(code, 1, "{text}");
            told += &format!("{text}\n════════\n");
        }
    }
    insta::assert_snapshot!("bad_correspondence", told);
}

/// Other rules beside others, scenarios only where they are named; data that belong to no rules are refused.
#[test]
fn what_is_named_is_what_is_compared() {
    let folder = regions();
    let file = folder.path().join("old/rules.merilo");
    let text = std::fs::read_to_string(&file).unwrap() + "\nсценарий «Строже»\n  отключить критерий 6\n";
    std::fs::write(&file, text).unwrap();
    let titles = |against: &Against| -> Vec<String> {
        let data = folder.path().join("old/dataset.yaml");
        let path = file.display().to_string();
        let (_, outcome) = pipeline::compare_against(&path, &Variant::default(), against, &data, &Silent);
        outcome.value.unwrap().variations.iter().map(|v| v.title.to_string()).collect()
    };
    let others = vec![other(folder.path(), false, true)];
    let new = folder.path().join("new/dataset.yaml").display().to_string();
    assert_eq!(titles(&Against { others: others.clone(), ..Against::default() }), [new.as_str()]);
    let scenarios = vec!["Строже".to_owned()];
    assert_eq!(titles(&Against { scenarios, others, ..Against::default() }), ["Строже", new.as_str()]);
    assert_eq!(titles(&Against::default()), ["Строже"]);
    for language in ["ru", "en"] {
        let three = ["new/rules.merilo"; 3].map(|file| ["--with-rules", file]).concat();
        let two = ["new/dataset.yaml"; 2].map(|file| ["--with-data", file]).concat();
        let (code, text) = merilo(folder.path(), &words(&[&three[..], &two, &["--lang", language]].concat()));
        assert_eq!(code, 2, "{text}");
        insta::assert_snapshot!(format!("not_paired_{language}"), text);
    }
}
