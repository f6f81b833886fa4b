//! Every example of the language reference is checked and computed, and every refusal that it names is refused.
//!
//! An example is completed with what it uses of `docs/reference` and with a header and a category where it has none.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use merilo::decision::{RowColumn, StepColumn, Verdict};
use merilo::diagnostic::Diagnostic;
use merilo::language::Language;
use merilo::model::expr::ExprId;
use merilo::pipeline::{self, Judged, Variant};
use merilo::progress::Silent;
use merilo::report::diagnostics::render;
use merilo::source::{Source, Sources};
use merilo::syntax;

const REFERENCES: [&str; 2] = ["docs/language.ru.md", "docs/language.md"];

fn examples(reference: &str) -> Vec<String> {
    let text = std::fs::read_to_string(reference).unwrap();
    text.split("```merilo\n").skip(1).map(|rest| rest.split("```").next().unwrap().to_string()).collect()
}

fn words(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect()
}

/// The names by which a block of a file can be used: the first one and its other forms.
fn names(block: &str) -> Vec<&str> {
    let block = block.lines().find(|line| !line.starts_with("//") && !line.is_empty()).unwrap_or("");
    let head = block.split(['=', '«']).next().unwrap_or("");
    head.split_whitespace().skip(1).filter(|word| *word != "/").collect()
}

/// Names that the blocks of a text declare.
fn declared(text: &str) -> BTreeSet<&str> {
    let starts = |line: &&str| line.starts_with(char::is_alphabetic);
    text.lines().filter(starts).flat_map(|line| names(line).into_iter().take(1)).collect()
}

/// A folder with the tables, lists, scripts and data of one language.
struct Base {
    folder: tempfile::TempDir,
    /// Declarations that examples may use.
    blocks: Vec<String>,
    header: &'static str,
    category: &'static str,
}

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

impl Base {
    fn new(language: Language) -> Base {
        let folder = tempfile::tempdir().unwrap();
        copy(&Path::new("docs/reference").join(language.code()), folder.path());
        let (files, header, category) = match language {
            Language::Russian => (
                ["данные.merilo", "показатели.merilo"],
                "набор правил «Пример»\n  отчётный год 2018\n  оцениваются школы\n",
                "категория все\n  относится, если выполнен любой критерий\n  критерий 1\n    если код известно\n",
            ),
            Language::English => (
                ["tables.merilo", "indicators.merilo"],
                "rule set «Example»\n  reporting year 2018\n  evaluates schools\n",
                "category all_schools\n  assigned when met any criterion\n  criterion 1\n    when code known\n",
            ),
        };
        let texts = files.map(|file| std::fs::read_to_string(folder.path().join(file)).unwrap());
        let blocks = texts.iter().flat_map(|text| text.trim_end().split("\n\n"));
        Base { blocks: blocks.map(str::to_owned).collect(), folder, header, category }
    }

    /// The example as a whole rules file.
    fn complete(&self, example: &str) -> String {
        let begins = |part: &str| {
            let word = part.split(' ').next().unwrap();
            example.lines().any(|line| line.split(' ').next() == Some(word))
        };
        let (has_header, has_category) = (begins(self.header), begins(self.category));
        // what follows a scenario is its own
        let starts = |word| if example.starts_with(word) { Some(0) } else { example.find(&format!("\n{word}")) };
        let at = starts("сценарий ").or_else(|| starts("scenario ")).unwrap_or(example.len());
        let (example, scenarios) = example.split_at(at);
        let mut whole = String::new();
        if !has_header {
            whole += self.header;
            whole.push('\n');
        }
        whole += example;
        if !has_category {
            whole.push('\n');
            whole += self.category;
        }
        if example.lines().any(|line| line.starts_with("подключить") || line.starts_with("include")) {
            return whole + scenarios;
        }
        let own: BTreeSet<String> = declared(example).into_iter().map(str::to_owned).collect();
        let mut left: Vec<&String> = self.blocks.iter().filter(|block| !own.contains(names(block)[0])).collect();
        loop {
            let used: BTreeSet<String> = words(&whole).union(&words(scenarios)).map(|&word| word.to_owned()).collect();
            let (more, rest): (Vec<&String>, Vec<&String>) =
                left.into_iter().partition(|block| names(block).iter().any(|name| used.contains(*name)));
            left = rest;
            if more.is_empty() {
                return whole + scenarios;
            }
            for block in more {
                whole.push('\n');
                whole += block;
                whole.push('\n');
            }
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("пример.merilo")
    }

    fn judge(&self, text: &str) -> Result<Judged, String> {
        std::fs::write(self.path(), text).unwrap();
        let mut read = pipeline::check_rules(&self.path().display().to_string(), &Variant::default());
        let told = |problems: &[Diagnostic], sources: &Sources| {
            Err(format!("{text}\n{}", render(problems, sources, Language::Russian, false)))
        };
        let Some(rules) = read.rules.value else { return told(&read.rules.diagnostics, &read.sources) };
        // a description of data names no tables that the rules do not have
        let tables: Vec<&str> = rules.schema.tables.iter().map(|table| table.name.as_ref()).collect();
        let manifest = std::fs::read_to_string(self.folder.path().join("dataset.yaml")).unwrap();
        let kept = manifest.lines().filter(|line| {
            let name = line.trim_start().split(':').next().unwrap();
            !line.starts_with(' ') || tables.contains(&name)
        });
        let path = self.folder.path().join("some.yaml");
        std::fs::write(&path, kept.collect::<Vec<_>>().join("\n")).unwrap();
        let outcome = pipeline::judge(rules, &path, &mut read.sources, &Silent);
        match outcome.value {
            Some(judged) => Ok(judged),
            None => told(&outcome.diagnostics, &read.sources),
        }
    }
}

fn has_value(judged: &Judged, value: ExprId) -> bool {
    let column = judged.plan.step_of(value).and_then(|step| judged.run.columns.get(step.index()));
    match column {
        None | Some(StepColumn::Dropped) => false,
        Some(StepColumn::Constant(value)) => !matches!(value, merilo::value::Value::Absent(_)),
        Some(StepColumn::Rows(RowColumn::Numbers { values, absent })) => {
            (0..values.len()).any(|row| absent.as_ref().is_none_or(|absent| absent[row] == 0))
        }
        Some(StepColumn::Rows(_)) => true,
    }
}

/// What an example declares and the data give no value for.
fn without_value(judged: &Judged, example: &str) -> Vec<String> {
    let own = declared(example);
    let rules = &judged.rules;
    let indicators = rules.indicators.iter().map(|indicator| (&indicator.name, indicator.value));
    let mut found: Vec<String> = indicators
        .filter(|(name, value)| own.contains(name.as_ref()) && !has_value(judged, *value))
        .map(|(name, _)| name.to_string())
        .collect();
    let decided = |verdicts: &[Verdict]| verdicts.iter().any(|v| matches!(v, Verdict::Met | Verdict::NotMet));
    for (category, verdicts) in rules.categories.iter().zip(&judged.run.categories) {
        if own.contains(category.name.as_ref()) && !decided(verdicts) {
            found.push(category.name.to_string());
        }
    }
    for (criterion, verdicts) in rules.criteria.iter().zip(&judged.run.criteria) {
        if !decided(verdicts) {
            found.push(criterion.number.to_string());
        }
    }
    found
}

#[test]
fn examples_of_the_reference_are_checked_and_computed() {
    let [russian, english] = REFERENCES.map(examples);
    assert_eq!(russian.len(), english.len());
    let base = [Base::new(Language::Russian), Base::new(Language::English)];
    let mut wrong = Vec::new();
    let all: BTreeSet<&String> = russian.iter().chain(&english).collect();
    for example in all {
        let base = &base[usize::from(syntax::language(example) == Language::English)];
        match base.judge(&base.complete(example)) {
            Err(told) => wrong.push(told),
            Ok(judged) => {
                let missing = without_value(&judged, example);
                if !missing.is_empty() {
                    wrong.push(format!("{example}\nno value: {}", missing.join(", ")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} examples:\n{}", wrong.len(), wrong.join("\n════════\n"));
}

/// The whole files that the examples are completed with.
#[test]
fn the_files_behind_the_examples_are_right() {
    for language in Language::ALL {
        let base = Base::new(language);
        let whole = format!("{}\n{}\n{}", base.header, base.blocks.join("\n"), base.category);
        if let Err(told) = base.judge(&whole) {
            panic!("{told}");
        }
    }
}

/// Refusals that the reference shows by example: the words of the reference, a declaration or condition with them, the code.
const REFUSED: &[(&str, &str, &str)] = &[
    ("`f(а,б)`", "если f(а,б) менее 3", "M115"),
    ("`параметр доля = 25 % «…»`", "параметр доля_школ = 25 % «Доля»", "M116"),
    ("Незакрытая кавычка", "параметр доля_школ «Доля = 25 %", "M104"),
    ("скобка; лишняя", "если (балл менее 50 баллов", "M105"),
    ("лишняя скобка", "если балл менее 50 баллов)", "M106"),
    ("`31.02.2018`", "если открыта менее 31.02.2018", "M119"),
    ("год из двух цифр", "если открыта менее 01.02.18", "M127"),
    ("`или`, `если`", "параметр или = 25 %", "M118"),
    ("которого нет в перечне `значения`", "если вид = \"частная\"", "M228"),
    ("баллы и проценты", "если балл менее 50 %", "M219"),
    ("`продолжили менее 60`", "если продолжили менее 60", "M220"),
    ("Отношение рядом с числом", "если балл / балл менее 60", "M279"),
    ("`более 20 %` для разности", "если качество_2018 - качество_2017 более 20 %", "M221"),
    ("`60 % учащихся`", "если продолжили менее 60 % учащихся", "M111"),
    ("неизвестная единица", "если балл менее 3 пуда", "M110"),
    ("Значение вне допустимых границ", "параметр доля_школ = 25 %\n  допустимо от 1 % до 5 %", "M250"),
    ("границы в обратном порядке", "параметр доля_школ = 25 %\n  допустимо от 50 % до 5 %", "M251"),
    ("параметр – постоянное число", "параметр доля_школ = качество_2018", "M201"),
    ("Список без единой записи", "список пустой", "M260"),
    ("зависит сама от себя", "совокупность а = а, где балл известно", "M248"),
    ("`а < б < в`", "если 10 баллов < балл < 50 баллов", "M113"),
    ("`а = б = в`", "если балл = 3 балла = индекс_1999", "M113"),
    ("`=<`, `=>`", "если балл =< 50 баллов", "M114"),
    ("`=<`, `=>`", "если балл => 50 баллов", "M114"),
    ("`не более, чем`", "если балл не более, чем 50 баллов", "M125"),
    ("`больше 3, но меньше 5`", "если балл больше 3 баллов, но меньше 5 баллов", "M124"),
    ("`если … то …` без скобок", "показатель а = если вид = \"основная\" то 1 иначе 2", "M138"),
    ("текста с числом", "если вид = 3", "M222"),
    ("верно или неверно для всех", "если 3 менее 5", "M278"),
    ("`ghjwtyn`", "если ghjlj менее 5 %", "M201"),
    ("вычисляются друг через друга", "показатель а = б + 1\nпоказатель б = а + 1", "M248"),
    ("Столбец дочерней таблицы без функции", "если мониторинги.качество менее 5 %", "M229"),
    (
        "Окно лет у таблицы без столбца",
        "показатель а = сумма(поселения.жители, среди поселения, за последние 3 года)",
        "M235",
    ),
    ("Среднее баллов разных шкал", "показатель а = среднее(экзамены.балл)", "M227"),
    ("не связанной со школой", "показатель а = сумма(поселения.жители)", "M230"),
    ("ничего не значит", "показатель а = округлить(балл; 1 балл, за последние 3 года)", "M234"),
    ("Не то число значений", "показатель а = модуль(балл; 1 балл)", "M233"),
    ("шаг округления не больше нуля", "показатель а = округлить(балл; 0 баллов)", "M263"),
    ("слово функции с опечаткой", "показатель а = средне(экзамены.участники)", "M205"),
    ("Составляющая без направления", "индекс а\n  среди школы\n  без нормирования\n  составляющая балл вес 1", "M242"),
    ("индекс без составляющих", "индекс а\n  среди школы\n  без нормирования", "M245"),
    ("Файла нет", "функция а(б: км) : баллов из \"нет\"", "M264"),
    ("`не выполнено не менее 2 критериев`", "если не выполнено не менее 2 критериев", "M126"),
    ("Отбор без `среди`", "если балл в числе самых низких, квота 5 %", "M238"),
    ("или без `квота`", "если балл в числе самых низких среди школы", "M239"),
    ("квота больше 100 %", "если балл в числе самых низких среди школы, квота 500 %", "M240"),
    ("нецелое число школ", "если балл в числе самых низких среди школы, квота 2,5 школ", "M240"),
    (
        "или `не менее 0`",
        "сочетание с = выполнено не менее 0 критериев\nкатегория а\n  относится по сочетанию с\n  критерий 1\n    если балл известно",
        "M284",
    ),
    (
        "Правило о малых группах без",
        "если балл в числе самых низких среди школы, квота 5 %\n    \
         округление квоты вверх\n    равные на границе включить\n    в группах менее 4 школ объединить",
        "M283",
    ),
    (
        "Запасной срок без новых лет",
        "показатель а = среднее(балл) по таблице экзамены, где вид = \"ЕГЭ\", за последние 5 лет\n  \
         скрыть, если сумма(участники) менее 10 человек, иначе за последние 3 года",
        "M282",
    ),
    ("Окно короче, чем нужно лет", "если не менее чем в 4 из последних 3 лет (балл менее 3 баллов)", "M256"),
    ("Номер дважды", "если балл менее 3 баллов\n  критерий 1\n    если смены более 1", "M210"),
    ("критерий без условия", "если балл менее 3 баллов\n  критерий 2", "M257"),
    (
        "`в остальных случаях`",
        "если балл менее 3 баллов\n  критерий 2\n    в случае смены более 1, если балл менее 9 баллов",
        "M258",
    ),
    ("с одним и тем же условием", "если балл менее 3 баллов\n  критерий 2\n    если балл менее 3 баллов", "M275"),
    ("строка дважды в одной части", "параметр доля_школ = 25 %\n  основание «а»\n  основание «б»", "M120"),
    ("Округление и правило для равных", "если балл в числе самых низких среди школы, квота 5 %", "M273"),
];

#[test]
fn what_the_reference_says_is_refused_is_refused() {
    let text = std::fs::read_to_string(REFERENCES[0]).unwrap();
    let base = Base::new(Language::Russian);
    let mut wrong = Vec::new();
    for (words, example, code) in REFUSED {
        let named = text.lines().any(|line| line.starts_with("* ") && line.contains(words));
        let example = if example.starts_with("если") {
            format!("категория пример\n  относится, если выполнен любой критерий\n  критерий 1\n    {example}\n")
        } else {
            format!("{example}\n")
        };
        std::fs::write(base.path(), base.complete(&example)).unwrap();
        let found = pipeline::read_rules(&base.path().display().to_string(), &[]).rules.diagnostics;
        let codes: Vec<&str> = found.iter().map(|problem| problem.kind.code).filter(|code| *code != "M274").collect();
        if !named || codes.first() != Some(code) {
            wrong.push(format!("{words} (named: {named}): {example}gives {codes:?}, not {code}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Codes in the order in which a reference names them, example lines apart.
fn codes(reference: &str) -> Vec<String> {
    let text = std::fs::read_to_string(reference).unwrap();
    let code = |word: &str| word.len() == 4 && word.starts_with('M') && word[1..].chars().all(|c| c.is_ascii_digit());
    text.lines()
        .filter(|line| line.starts_with("* "))
        .flat_map(|line| line.split(|c: char| !c.is_ascii_alphanumeric()))
        .filter(|word| code(word))
        .map(str::to_owned)
        .collect()
}

#[test]
fn codes_in_the_reference_exist_and_are_the_same_in_both_languages() {
    let [russian, english] = REFERENCES.map(codes);
    // the grammar knows "but" as a mistake only in the Russian reference
    let russian: Vec<String> = russian.into_iter().filter(|code| code != "M124").collect();
    assert_eq!(russian, english);
    for code in english {
        assert!(merilo::diagnostic::all_kinds().iter().any(|kind| kind.code == code), "{code}");
    }
}

#[test]
fn examples_of_the_reference_stand_in_the_canonical_form() {
    for example in REFERENCES.iter().flat_map(|reference| examples(reference)) {
        let source = Sources::default().add(Source::new("example", example.as_str()));
        let file = syntax::parse(source, &example).value.unwrap();
        // where a criterion takes one line, the forms of conditions are listed
        let compact = example.lines().any(|line| {
            let mut words = line.split_whitespace();
            matches!(words.next(), Some("критерий" | "criterion")) && matches!(words.nth(1), Some("если" | "when"))
        });
        if !compact {
            assert_eq!(syntax::print(&file, file.language), example);
        }
    }
}
