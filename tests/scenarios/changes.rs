//! Changes of a scenario one by one: their texts, their order, any subset of them.

use std::path::Path;

use merilo::language::Language;
use merilo::location::{Place, SourceId};
use merilo::pipeline::{self, Variant};
use merilo::scenario::{Aspect, Change, Class, Scenarios, Target, apply};
use merilo::syntax::{self, tree};

const RULES: &str = "tests/corpus/check/accept/scenarios.ru.merilo";

fn files() -> Vec<(SourceId, tree::File)> {
    let text = std::fs::read_to_string(RULES).unwrap();
    vec![(SourceId(0), syntax::parse(SourceId(0), &text).value.unwrap())]
}

fn changes(files: &[(SourceId, tree::File)], title: &str) -> Vec<Change> {
    let outcome = Scenarios::of(files);
    assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
    let scenarios = outcome.value.unwrap();
    scenarios.changes(scenarios.find(title).unwrap())
}

/// The rules with some changes, without the scenarios, as text.
fn changed(files: &[(SourceId, tree::File)], some: &[&Change]) -> String {
    let (files, problems) = apply(files, some);
    assert!(problems.is_empty(), "{problems:?}");
    let tree::File { language, header, items, .. } = files.into_iter().next().unwrap().1;
    let file =
        tree::File { language, header, items, comments: Vec::new(), blank_lines: Vec::new(), broken: Vec::new() };
    syntax::print(&file, Language::Russian)
}

#[test]
fn changes_are_told_as_they_are_written() {
    let texts = |title: &str, language| changes(&files(), title).iter().map(|c| c.text(language)).collect::<Vec<_>>();
    assert_eq!(
        texts("Строже", Language::Russian),
        ["параметр порог = 50 %", "параметр сколько = 3", "совокупность дневные = школы"]
    );
    // what the base says of the number is said anew; the two clauses of a criterion are two changes
    assert_eq!(
        texts("Строже и без равных", Language::English),
        [
            "parameter порог = 50 %",
            "population дневные = школы",
            "data \"другие-данные\"",
            "rounding of the quota down",
            "ties at the cut exclude",
            "without data count as not met",
            "switch off criterion 1.3",
            "parameter сколько = 2",
            "category слабые assigned when met any criterion",
            "criterion 1.2 when успешность in the lowest among дневных, quota 30 %",
            "criterion 1.2 ties at the cut include",
        ]
    );
    let all = changes(&files(), "Строже и без равных");
    let last = all.last().unwrap();
    assert_eq!((&last.target, last.aspect), (&Target::Criterion("1.2".into()), Aspect::Ties));
    assert_eq!(all[0].target, Target::Named(Class::Parameter, "порог".into()));
    assert_eq!((all[0].scenario.as_ref(), last.scenario.as_ref()), ("Строже", "Строже и без равных"));
    assert_eq!(all[2].data().map(|text| text.text.as_ref()), Some("другие-данные"));
}

#[test]
fn every_subset_says_what_its_changes_say() {
    let files = files();
    let all = changes(&files, "Строже");
    let [threshold, number, population] = all.as_slice() else { panic!("{all:?}") };
    let plain = changed(&files, &[]);
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    for bits in 0..8u8 {
        let chosen: Vec<&Change> = [threshold, number, population]
            .into_iter()
            .enumerate()
            .filter(|(i, _)| bits >> i & 1 == 1)
            .map(|(_, c)| c)
            .collect();
        let text = changed(&files, &chosen);
        let mut expected = plain.clone();
        for change in &chosen {
            let (before, after) = match change.aspect {
                Aspect::Definition if change.target == threshold.target => ("«Порог» = 60 %", "«Порог» = 50 %"),
                Aspect::Definition if change.target == number.target => ("сколько = 2", "сколько = 3"),
                _ => ("= школы, где вид не равно \"вечерняя\"", "= школы"),
            };
            assert!(expected.contains(before));
            expected = expected.replace(before, after);
        }
        assert_eq!(lines(&text), lines(&expected), "{bits:03b}");
    }
}

/// Every subset of the changes of a scenario makes rules that check; without changes they are the rules as they are.
#[test]
fn every_subset_of_a_shipped_scenario_is_checked() {
    let trees = pipeline::Trees::read("rules/leningrad-2018/criteria.merilo", &Variant::default());
    assert!(trees.diagnostics.is_empty(), "{:?}", trees.diagnostics);
    let changes = trees.scenarios.changes(trees.scenarios.find("Квота вниз, равных не брать").unwrap());
    let [down, without_ties] = changes.as_slice() else { panic!("{changes:?}") };
    let subsets: [&[&Change]; 4] = [&[], &[down], &[without_ties], &[down, without_ties]];
    let mut policies = Vec::new();
    for subset in subsets {
        let rules = trees.rules(subset).value.unwrap();
        let cut = rules.exprs.iter().find_map(|expr| match &expr.kind {
            merilo::model::expr::ExprKind::InCut(cut) => Some(cut.clone()),
            _ => None,
        });
        let cut = cut.unwrap();
        policies.push(format!("{:?} {:?}", cut.rounding, cut.ties));
    }
    assert_eq!(policies, ["Up Include", "Down Include", "Up Exclude", "Down Exclude"]);
}

#[test]
fn a_clause_replaces_its_clause_and_leaves_the_others() {
    let files = files();
    let all = changes(&files, "Строже и без равных");
    let text = changed(&files, &all.iter().collect::<Vec<_>>());
    let block = |head: &str| {
        let from = text.split(head).nth(1).unwrap();
        from.split("\n\n").next().unwrap().trim().to_owned()
    };
    // the policy holds for all, except where the scenario says otherwise of one
    assert_eq!(
        block("критерий 1.2 «Самые слабые»"),
        "если успешность в числе самых низких среди дневных, квота 30 %\n    равные на границе включить\n    \
         при отсутствии данных считать невыполненным"
    );
    assert_eq!(
        block("критерий 1.1 «Мало успешных»"),
        "если успешность менее порог\n    при отсутствии данных считать невыполненным"
    );
    assert!(!text.contains("критерий 1.3"), "{text}");
    assert!(text.contains("  округление квоты вниз\n  равные на границе исключить\n"), "{text}");
}

#[test]
fn what_is_added_stands_behind_the_others() {
    let files = files();
    let all = changes(&files, "С новым критерием");
    let supports: Vec<bool> = all.iter().map(Change::only_supports).collect();
    assert_eq!(supports, [false, true, true, false]);
    let text = changed(&files, &all.iter().collect::<Vec<_>>());
    let after = text.split("критерий 1.3").nth(1).unwrap();
    assert!(after.contains("критерий 1.4 «Мало людей»\n    если всего менее 10 * взрослых_не_менее\n"), "{text}");
}

fn written(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

/// The rules of the corpus without their scenarios, and scenarios in a file of their own.
fn two_files(folder: &Path, scenarios: &str) -> (String, String) {
    let text = std::fs::read_to_string(RULES).unwrap();
    let rules = text.split("// Что можно сказать иначе").next().unwrap();
    (written(folder, "правила.merilo", rules), written(folder, "сценарии.merilo", scenarios))
}

#[test]
fn a_file_of_scenarios_is_named_or_included_and_problems_point_into_it() {
    let folder = tempfile::tempdir().unwrap();
    let scenarios = "сценарий «Ниже»\n  параметр порог = 95 %\n";
    let (rules, beside) = two_files(folder.path(), scenarios);
    let variant =
        Variant { scenario: Some("Ниже".into()), scenario_file: Some(beside.clone().into()), ..Variant::default() };
    let read = pipeline::read_variant(&rules, &variant);
    let problem = read.rules.diagnostics.iter().find(|d| d.is_error()).unwrap();
    assert_eq!(problem.kind.code, "M250");
    let Place::Text(at) = problem.place else { panic!("{problem:?}") };
    let source = read.sources.get(at.source).unwrap();
    assert_eq!((source.name.as_str(), source.slice(at.span)), (beside.as_str(), "95 %"));
    let Place::Text(range) = problem.related[0].place else { panic!("{problem:?}") };
    assert_eq!(read.sources.get(range.source).unwrap().slice(range.span), "допустимо от 10 % до 90 %");
    let text = std::fs::read_to_string(&rules).unwrap();
    let including = written(folder.path(), "с-подключением.merilo", &format!("{text}\nподключить \"сценарии\"\n"));
    let read = pipeline::check_rules(&including, &Variant::default());
    assert_eq!(read.scenarios, ["Ниже"]);
    assert_eq!(read.rules.diagnostics.iter().map(|d| d.kind.code).collect::<Vec<_>>(), ["M250"]);
}

#[test]
fn a_parameter_of_the_command_comes_last() {
    let set = vec![("порог".to_owned(), "40 %".to_owned())];
    let variant = Variant { set, scenario: Some("Строже".into()), ..Variant::default() };
    let rules = pipeline::read_variant(RULES, &variant).rules.value.unwrap();
    let parameter = rules.parameters.iter().find(|p| p.name.as_ref() == "порог").unwrap();
    let half = merilo::number::Number::ratio(1, 2).unwrap();
    // in place of what the scenario says
    assert_eq!(parameter.replaced, Some(half));
}

#[test]
fn data_of_a_scenario_lie_beside_those_of_the_command() {
    let folder = tempfile::tempdir().unwrap();
    let variant = Variant { scenario: Some("Строже и без равных".into()), ..Variant::default() };
    let read = pipeline::read_variant(RULES, &variant);
    let named = folder.path().join("dataset.yaml");
    assert_eq!(pipeline::manifest(&read, &named).unwrap_err().kind.code, "M714");
    written(folder.path(), "другие-данные.yaml", "");
    assert_eq!(pipeline::manifest(&read, &named).unwrap(), folder.path().join("другие-данные.yaml"));
    let plain = pipeline::read_rules(RULES, &[]);
    assert_eq!(pipeline::manifest(&plain, &named).unwrap(), named);
}

#[test]
fn a_category_is_added_together_with_its_criteria() {
    let rules = "tests/corpus/check/accept/verdicts.ru.merilo";
    let text = std::fs::read_to_string(rules).unwrap();
    let files = vec![(SourceId(0), syntax::parse(SourceId(0), &text).value.unwrap())];
    let changes = changes(&files, "Ещё одна");
    let texts: Vec<String> = changes.iter().map(|change| change.text(Language::Russian)).collect();
    assert_eq!(
        texts,
        [
            "добавить категорию крайние «Первые из слабых» среди дневных относится, если отнесена к слабые и выполнен любой \
          критерий; добавить критерий 4 «Очень много учащихся» в категорию крайние если учащиеся более 900 человек"
        ]
    );
    // it decides something: it is a change of its own, not a definition that goes along
    assert!(!changes[0].only_supports());
    assert_eq!(changes[0].target, Target::Named(Class::Category, "крайние".into()));
    let all = changed(&files, &changes.iter().collect::<Vec<_>>());
    let added = "категория крайние «Первые из слабых»\n  среди дневных\n  относится, если отнесена к слабые и выполнен любой критерий\n\n  \
                 критерий 4 «Очень много учащихся»\n    если учащиеся более 900 человек\n";
    assert!(all.ends_with(added), "{all}");
}
