//! The way of a newcomer: a folder of files, a draft of its description, a check, a first run.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;

fn merilo(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::cargo_bin("merilo").unwrap();
    command.env_clear().env("LANG", "ru_RU.UTF-8").current_dir(folder).args(words).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn shown(output: &Output) -> String {
    let err = String::from_utf8(output.stderr.clone()).unwrap();
    format!("code {}\n── stdout\n{}── stderr\n{err}", output.status.code().unwrap(), out(output))
}

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/leningrad-2018")
}

/// Small files in which every guess is known by hand.
fn small() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let mut schools = String::from("№;Код ОО;Школа;Местность;Учащихся, чел.;Сельская;Открыта;Доля сдавших, %;Пусто\n");
    let mut results = (String::from("Код ОО;Средний балл\n"), String::from("Код ОО;Средний балл\n"));
    for n in 1..=20 {
        let (place, rural) = if n % 2 == 0 { ("город", "нет") } else { ("село", "да") };
        let people = if n == 7 { "н/д".to_owned() } else { (n * 10).to_string() };
        let passed = if n == 8 { "*".to_owned() } else { format!("{n},5") };
        schools += &format!("{n};0{:03};Школа № {n};{place};{people};{rural};01.09.20{n:02};{passed};\n", n + 100);
        // the last school of the second year is nowhere
        results.0 += &format!("0{:03};{}\n", n + 100, 40 + n);
        results.1 += &format!(
            "0{:03};{}\n",
            if n == 20 { 999 } else { n + 100 },
            if n == 3 { "<5".to_owned() } else { (50 + n).to_string() }
        );
    }
    write("школы.csv", &schools);
    write("результаты-2017.csv", &results.0);
    write("результаты-2018.csv", &results.1);
    folder
}

#[test]
fn a_draft_of_small_files_is_printed_with_the_ground_of_every_guess() {
    let folder = small();
    for language in ["ru", "en"] {
        let printed = merilo(folder.path(), &["data", "infer", ".", "--lang", language]);
        let text =
            shown(&printed).replace(&folder.path().file_name().unwrap().to_string_lossy().into_owned(), "FOLDER");
        insta::assert_snapshot!(format!("draft_{language}"), text);
    }
}

/// One figure in a column for every year: what would make rows of it stands beside, ready to be used.
#[test]
fn columns_that_differ_by_a_year_are_pointed_out() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "Код ОО;Качество 2016, %;Качество 2017, %;Качество 2018, %\n470101;41;38,5;44\n470102;52;;57\n470103;60;61;62\n";
    std::fs::write(folder.path().join("качество.csv"), rows).unwrap();
    for language in ["ru", "en"] {
        let printed = merilo(folder.path(), &["data", "infer", "качество.csv", "--lang", language]);
        let text =
            shown(&printed).replace(&folder.path().file_name().unwrap().to_string_lossy().into_owned(), "FOLDER");
        insta::assert_snapshot!(format!("draft_wide_{language}"), text);
    }
    let tables = "таблица качество\n  ключ код; год\n  столбец код текст заголовок \"Код ОО\"\n  столбец год год\n  столбец качество число %\n";
    let manifest =
        "таблицы:\n  качество:\n    файл: качество.csv\n    развернуть:\n      качество: \"Качество {год}, %\"\n";
    std::fs::write(folder.path().join("таблицы.merilo"), tables).unwrap();
    std::fs::write(folder.path().join("dataset.yaml"), manifest).unwrap();
    let check = merilo(folder.path(), &["data", "check", "dataset.yaml", "--rules", "таблицы.merilo"]);
    assert_eq!(check.status.code(), Some(0), "{}", shown(&check));
}

#[test]
fn a_draft_is_written_whole_or_not_at_all() {
    let folder = small();
    let words = ["data", "infer", "школы.csv", "-o", "черновик"];
    assert_eq!(merilo(folder.path(), &words).status.code(), Some(0));
    let path = |name: &str| folder.path().join("черновик").join(name);
    std::fs::remove_file(path("dataset.yaml")).unwrap();
    std::fs::write(path("правила.merilo"), "моё").unwrap();
    let refused = merilo(folder.path(), &words);
    insta::assert_snapshot!("draft_exists", shown(&refused));
    assert!(!path("dataset.yaml").exists());
    assert_eq!(std::fs::read_to_string(path("правила.merilo")).unwrap(), "моё");
    let forced = merilo(folder.path(), &["data", "infer", "школы.csv", "-o", "черновик", "--force"]);
    assert_eq!(forced.status.code(), Some(0), "{}", shown(&forced));
    assert!(path("dataset.yaml").exists());
    let manifest = std::fs::read_to_string(path("dataset.yaml")).unwrap();
    assert!(manifest.contains("\"../школы.csv\""), "{manifest}");
}

#[test]
fn files_without_a_table_are_told() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("пусто.csv"), "\n").unwrap();
    insta::assert_snapshot!("draft_nothing", shown(&merilo(folder.path(), &["data", "infer", "пусто.csv"])));
}

/// Every column that the shipped manifest reads is in the draft, read from the same file.
#[test]
fn the_shipped_example_without_its_manifest_comes_to_the_same_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("данные");
    std::fs::create_dir(&data).unwrap();
    for entry in std::fs::read_dir(example().join("данные")).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, data.join(path.file_name().unwrap())).unwrap();
    }
    let inferred = merilo(folder.path(), &["data", "infer", "данные", "-o", "."]);
    insta::assert_snapshot!("leningrad_said", shown(&inferred));
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    insta::assert_snapshot!("leningrad_manifest", read("dataset.yaml"));
    insta::assert_snapshot!("leningrad_tables", read("таблицы.merilo"));
    insta::assert_snapshot!("leningrad_rules", read("правила.merilo"));

    let fmt = merilo(folder.path(), &["fmt", "--check", "таблицы.merilo", "правила.merilo"]);
    assert_eq!(fmt.status.code(), Some(0), "{}", shown(&fmt));
    let check = merilo(folder.path(), &["check", "правила.merilo", "--data", "dataset.yaml"]);
    insta::assert_snapshot!("leningrad_check", shown(&check));
    let check = merilo(folder.path(), &["data", "check", "dataset.yaml", "--rules", "правила.merilo"]);
    assert_eq!(check.status.code(), Some(0), "{}", shown(&check));

    // the same rule over the draft and over the shipped description
    let own = "категория слабые\n  относится, если выполнен любой критерий\n\n";
    let mine = format!(
        "набор правил «Проба»\n  версия \"1\"\n  отчётный год 2018\n  оцениваются школы\n\nподключить \"таблицы\"\n\n\
         показатель продолжили = сумма(продолжили_в_10_классе) / сумма(окончили_9_класс)\n  \
         по таблице выпускники_9, за последние 3 года\n\n\
         показатель качество = среднее(мониторинги.качество_знаний, за последние 3 года)\n\n\
         показатель балл = среднее(экзамены.средний_балл, где экзамен = \"ЕГЭ\", за последние 3 года)\n\n\
         {own}  критерий 1\n    если продолжили менее 60 %\n\n  критерий 2\n    если качество менее 40 %\n\n  \
         критерий 3\n    если балл менее 55 баллов\n"
    );
    let shipped = format!(
        "набор правил «Проба»\n  версия \"1\"\n  отчётный год 2018\n  оцениваются школы\n\nподключить \"{}\"\n\n\
         показатель продолжили = сумма(продолжили_10) / сумма(окончили_9)\n  \
         по таблице выпускники, за последние 3 года\n\n\
         показатель качество = среднее(мониторинги.качество, за последние 3 года)\n\n\
         показатель балл = среднее(экзамены.балл, где вид = \"ЕГЭ\", за последние 3 года)\n\n\
         {own}  критерий 1\n    если продолжили менее 60 %\n\n  критерий 2\n    если качество менее 40 %\n\n  \
         критерий 3\n    если балл менее 55 баллов\n",
        "данные"
    );
    std::fs::write(folder.path().join("проба.merilo"), mine).unwrap();
    let rules = folder.path().join("исходные");
    std::fs::create_dir(&rules).unwrap();
    let declared = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/leningrad-2018/данные.merilo");
    std::fs::copy(declared, rules.join("данные.merilo")).unwrap();
    std::fs::write(rules.join("проба.merilo"), shipped).unwrap();
    let csv = |rules: &str, data: &Path| {
        let run = merilo(folder.path(), &["run", rules, "--data", data.to_str().unwrap(), "--format", "csv"]);
        assert_eq!(run.status.code(), Some(0), "{}", shown(&run));
        out(&run)
    };
    let values = |csv: &str| -> Vec<String> {
        // the last column repeats notes about scales, which a draft does not have
        let row = |line: &str| line.split(';').take(15).collect::<Vec<_>>().join(";");
        csv.trim_start_matches('\u{feff}').lines().skip(1).map(row).collect()
    };
    let (mine, shipped) = (
        csv("проба.merilo", &folder.path().join("dataset.yaml")),
        csv("исходные/проба.merilo", &example().join("dataset.yaml")),
    );
    assert_eq!(values(&mine).len(), 340);
    assert_eq!(values(&mine), values(&shipped));
}

/// Pages with titles and headers of their own are one table of 340 schools over three years.
#[test]
fn pages_of_a_report_become_one_table() {
    let folder = tempfile::tempdir().unwrap();
    let messy = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/leningrad-2018-messy/данные/олимпиады.txt");
    std::fs::copy(messy, folder.path().join("олимпиады.txt")).unwrap();
    let inferred = merilo(folder.path(), &["data", "infer", "олимпиады.txt", "-o", "."]);
    assert_eq!(inferred.status.code(), Some(0), "{}", shown(&inferred));
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(read("таблицы.merilo").contains("строк: 1020"), "{}", read("таблицы.merilo"));
    assert!(read("таблицы.merilo").contains("ключ код_ОО; год"));
    let name = folder.path().file_name().unwrap().to_string_lossy().into_owned();
    insta::assert_snapshot!("pages_manifest", read("dataset.yaml").replace(&name, "FOLDER"));
    let check = merilo(folder.path(), &["check", "правила.merilo", "--data", "dataset.yaml"]);
    assert_eq!(check.status.code(), Some(0), "{}", shown(&check));
}

/// Files are read side by side: the largest comes first and is read last, others cannot be read at all.
#[test]
fn the_order_of_files_does_not_depend_on_threads() {
    let folder = small();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let mut large = String::from("Код;Школа;Баллы\n");
    for n in 0..3000 {
        // rows that take their time
        large += &format!("{n:05};Школа № {n}{};{}\n", if n % 3 == 0 { "; корпус 2" } else { "" }, n % 100);
    }
    write("а-большая.csv", &large);
    for name in ["б-пустая.csv", "п-пустая.csv", "я-пустая.csv"] {
        write(name, "");
    }
    write(
        "dataset.yaml",
        "таблицы:\n  большая: а-большая.csv\n  нет: нет.csv\n  результаты:\n    файлы: [результаты-2018.csv, результаты-2017.csv]\n  школы: школы.csv\n",
    );
    let commands: [&[&str]; 5] = [
        &["data", "infer", "."],
        &["data", "check", "."],
        &["data", "check", "dataset.yaml", "школы.csv", "п-пустая.csv"],
        &["data", "show", "dataset.yaml", "школы.csv"],
        &["data", "show", "я-пустая.csv", "б-пустая.csv", "результаты-2018.csv", "школы.csv"],
    ];
    for command in commands {
        let with = |threads| shown(&merilo(folder.path(), &[command, &["--threads", threads]].concat()));
        let (alone, beside) = (with("1"), with("2"));
        assert_eq!(alone, beside, "{command:?}");
        assert!(alone.contains("[M"), "{alone}");
    }
    // what is wrong is told in the order in which files were named
    let told = shown(&merilo(
        folder.path(),
        &["data", "check", "п-пустая.csv", "а-большая.csv", "б-пустая.csv", "--threads", "2"],
    ));
    let places: Vec<usize> =
        ["--> п-пустая.csv", "--> б-пустая.csv"].iter().map(|name| told.find(name).unwrap()).collect();
    assert!(places.is_sorted(), "{told}");
}
