//! The cell parser: every line of the input is a cell in a column of every type, read as a manifest reads it.
//!
//! Each cell is a value, an absence, or invalid with its text; a number is the one that another reader makes of the text, and prints to a text that is
//! that number again. It is all the same how the cell is written down and by which of the two readers of files it is read.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use merilo::data::dataset::{Dataset, Needed};
use merilo::data::{load, printed};
use merilo::diagnostic::Diagnostic;
use merilo::location::SourceSpan;
use merilo::number::format::{decimal_text, exact_digits};
use merilo::number::{Number, parse};
use merilo::progress::Silent;
use merilo::schema::{ColumnId, ColumnSchema, Schema, TableId, TableSchema};
use merilo::source::Sources;
use merilo::value::{Reasons, Truth, Type, Unit, Value};

/// Columns with their types; the years are the last.
fn columns() -> Vec<(&'static str, Type)> {
    use Unit::{Number, Rouble, SquareMetre};
    let number = Type::Number;
    vec![
        ("слова", Type::Text),
        ("число", number(Number)),
        ("доля", number(Unit::Percent)),
        ("люди", number(Unit::People)),
        ("баллы", number(Unit::Points(None))),
        ("деньги", number(Rouble)),
        ("площадь", number(SquareMetre)),
        ("ремонт", Type::YesNo),
        ("день", Type::Date),
        ("срок", number(Unit::Year)),
    ]
}

/// Positions of the above that need not be looked for by name.
const WORDS: usize = 0;
const NUMBERS: std::ops::RangeInclusive<usize> = 1..=6;
const PERCENT: usize = 2;
const TRUTH: usize = 7;
const DAY: usize = 8;

const MARKERS: &[(&str, &str, Reasons)] = &[
    ("пропуск", "н/д", Reasons::MISSING),
    ("скрыто", "*", Reasons::SUPPRESSED),
    ("не применимо", "–", Reasons::NOT_APPLICABLE),
];

const MOST_CELLS: usize = 64;

struct Folder {
    folder: tempfile::TempDir,
    schema: Schema,
}

thread_local! {
    static FOLDER: Folder = Folder::new();
}

impl Folder {
    fn new() -> Folder {
        let folder = tempfile::tempdir().unwrap();
        let mut columns = "      номер: {место: 1}\n".to_string();
        for (name, _) in self::columns() {
            writeln!(columns, "      {name}: {{место: 2}}").unwrap();
        }
        let markers: String = MARKERS.iter().map(|(kind, text, _)| format!("    {kind}: [\"{text}\"]\n")).collect();
        let manifest = |more: &str| {
            format!(
                "таблицы:\n  ячейки:\n    файл: ячейки.csv\n    кодировка: utf-8\n    разделитель: \",\"\n{more}{markers}    столбцы:\n{columns}"
            )
        };
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("plain.yaml", &manifest(""));
        write("thorough.yaml", &manifest("    итоги: данные\n    строка заголовка: 1\n    первая строка: 2\n"));
        write("bounds.yaml", &manifest("").replace("число: {место: 2}", "число: {место: 2, границы: скрыто}"));
        Folder { folder, schema: schema() }
    }

    fn load(&self, manifest: &str) -> (Option<Dataset>, Vec<Diagnostic>) {
        let path: &Path = &self.folder.path().join(manifest);
        let loaded = load(path, &self.schema, &Needed::All, &mut Sources::default(), &Silent);
        let errors = loaded.diagnostics.iter().any(Diagnostic::is_error);
        assert_eq!(loaded.value.is_none(), errors, "{:?}", loaded.diagnostics);
        (loaded.value, loaded.diagnostics)
    }
}

fn schema() -> Schema {
    let column = |(name, kind): (&str, Type)| ColumnSchema {
        name: name.into(),
        title: None,
        kind,
        link: None,
        allowed: Vec::new(),
        scale_by: Vec::new(),
        header: None,
        markers: Vec::new(),
        declared: SourceSpan::default(),
    };
    let columns: Vec<ColumnSchema> = [("номер", Type::Text)].into_iter().chain(columns()).map(column).collect();
    let table = TableSchema {
        name: "ячейки".into(),
        forms: Vec::new(),
        title: None,
        key: vec![ColumnId(0)],
        year: Some(ColumnId(columns.len() as u32 - 1)),
        columns,
        declared: SourceSpan::default(),
    };
    Schema { tables: vec![table] }
}

pub fn check(bytes: &[u8]) -> bool {
    // a byte order mark within a text is taken out by one of the readers, which tells of it
    let text = String::from_utf8_lossy(bytes).replace('\u{feff}', "");
    let cells: Vec<&str> = text.split('\n').filter(|cell| cell.len() < 4096).take(MOST_CELLS).collect();
    for cell in &cells {
        alone(cell);
    }
    FOLDER.with(|folder| in_files(folder, &cells))
}

/// What texts are without a file.
fn alone(text: &str) {
    let _ = merilo::tables::shape::shape(text);
    if let Some((number, percent)) = printed::number(text) {
        let trimmed = text.trim().trim_end_matches('%');
        assert_eq!(trimmed.len() < text.trim().len(), percent, "{text:?}");
        // the reader of rules reads longer numbers as well
        assert_eq!(parse::number(trimmed).as_ref(), Some(&number), "{text:?}");
        prints_to_itself(&number, text);
    }
    if let Some(number) = parse::number(text) {
        prints_to_itself(&number, text);
    }
    if let Some(date) = printed::date(text) {
        assert_eq!(printed::date(&date.to_string()), Some(date), "{text:?}");
    }
}

fn prints_to_itself(number: &Number, text: &str) {
    let (shown, exact) = decimal_text(number, exact_digits(number, 0, 64), ',');
    assert!(exact, "{text:?} is printed as {shown}");
    assert_eq!(parse::number(&shown).as_ref(), Some(number), "{text:?} is printed as {shown}");
    // as many digits as a cell may have
    if shown.bytes().filter(u8::is_ascii_digit).count() <= 18 {
        assert_eq!(printed::number(&shown), Some((number.clone(), false)), "{text:?} is printed as {shown}");
    }
}

/// The values of all columns by the number of the cell, with what is printed in those that could not be used.
type Read = BTreeMap<usize, Vec<(Value, Option<String>)>>;

fn in_files(folder: &Folder, cells: &[&str]) -> bool {
    let file = |cell: &dyn Fn(&str) -> String| {
        let lines = (1..).zip(cells).map(|(n, text)| format!("{n},{}\n", cell(text)));
        ["номер,ячейка\n".to_string()].into_iter().chain(lines).collect::<String>()
    };
    let quoted = file(&|text| format!("\"{}\"", text.replace('"', "\"\"")));
    let Some(plain) = read(folder, "plain.yaml", &quoted) else {
        return false;
    };
    assert_eq!(plain.keys().copied().collect::<Vec<_>>(), (1..=cells.len()).collect::<Vec<_>>());
    for (cell, values) in cells.iter().zip(plain.values()) {
        values_of(cell, values);
    }
    // without marks the fast way for usual cells is taken
    if cells.iter().all(|cell| !cell.contains(['"', ',', '\r'])) {
        let bare = file(&str::to_string);
        assert_eq!(read(folder, "plain.yaml", &bare).as_ref(), Some(&plain));
    }
    thoroughly(folder, &quoted, &plain);
    true
}

/// The thorough reading gives the same where it gives something; rows that it takes for notes are told.
fn thoroughly(folder: &Folder, file: &str, plain: &Read) {
    let Some(thorough) = read(folder, "thorough.yaml", file) else {
        return;
    };
    for (number, values) in &thorough {
        assert_eq!(Some(values), plain.get(number), "cell {number}");
    }
    let Some(bounds) = read(folder, "bounds.yaml", file) else {
        return;
    };
    for (number, values) in &bounds {
        for (at, (here, there)) in values.iter().zip(&plain[number]).enumerate() {
            let hidden = at == 1 && here.0 == Value::Absent(Reasons::SUPPRESSED);
            assert!(hidden || here == there, "cell {number}: {here:?}, {there:?}");
        }
    }
}

fn write(folder: &Folder, file: &str) {
    std::fs::write(folder.folder.path().join("ячейки.csv"), file).unwrap();
}

fn read(folder: &Folder, manifest: &str, file: &str) -> Option<Read> {
    write(folder, file);
    let (dataset, problems) = folder.load(manifest);
    let read = values(&dataset?);
    // the same bytes once more
    if manifest == "plain.yaml" {
        let (again, told) = folder.load(manifest);
        assert_eq!(problems, told);
        assert_eq!(read, values(&again?));
    }
    Some(read)
}

fn values(dataset: &Dataset) -> Read {
    let table = dataset.table(TableId(0)).unwrap();
    let number = |row: usize| match table.column(ColumnId(0)).unwrap().value(row) {
        Value::Text(text) => text.parse().unwrap(),
        other => panic!("{other:?}"),
    };
    let mut read = Read::new();
    for row in 0..table.rows {
        let of = |at: usize| {
            let value = table.column(ColumnId(at as u32 + 1)).unwrap().value(row);
            let text = table.origin.printed.get(&(at + 1, row)).map(ToString::to_string);
            let cell = table.cell(row, ColumnId(at as u32 + 1)).unwrap();
            assert_eq!((cell.column, cell.row as usize), (2, number(row) + 1), "{cell:?}");
            (value, text)
        };
        let known = read.insert(number(row), (0..columns().len()).map(of).collect());
        assert_eq!(known, None);
    }
    read
}

/// A value, an absence, or invalid with its text.
fn values_of(text: &str, values: &[(Value, Option<String>)]) {
    let trimmed = text.trim();
    let marker = MARKERS.iter().find(|(_, marker, _)| *marker == trimmed).map(|(.., reasons)| *reasons);
    let absent = marker.or(trimmed.is_empty().then_some(Reasons::MISSING));
    for (at, (value, printed)) in values.iter().enumerate() {
        let name = columns()[at].0;
        if let Some(reasons) = absent {
            assert_eq!(value, &Value::Absent(reasons), "{name}: {text:?}");
            assert_eq!(printed, &None, "{name}: {text:?}");
            continue;
        }
        match value {
            Value::Absent(reasons) => {
                assert_eq!(*reasons, Reasons::INVALID, "{name}: {text:?}");
                let shown: String = trimmed.chars().take(40).collect();
                assert_eq!(printed.as_deref(), Some(shown.as_str()), "{name}: {text:?}");
            }
            _ => assert_eq!(printed, &None, "{name}: {text:?}"),
        }
        match (at, value) {
            (WORDS, value) => assert_eq!(value, &Value::Text(trimmed.into())),
            (at, Value::Number(number)) if NUMBERS.contains(&at) => number_of(at, trimmed, number),
            (TRUTH, Value::Truth(truth)) => assert_eq!(printed::yes_no(trimmed), Some(*truth), "{text:?}"),
            (TRUTH, _) => assert_eq!(printed::yes_no(trimmed), None::<Truth>, "{text:?}"),
            (DAY, Value::Date(date)) => {
                let written = date.to_string();
                assert_eq!(printed::date(&written), Some(*date), "{text:?}");
            }
            _ => {}
        }
    }
}

/// The digits of the text are those of the number, whatever stands behind them.
fn number_of(at: usize, text: &str, number: &Number) {
    let percent = text.ends_with('%');
    let shown = match (at, percent) {
        // percentages are fractions of one
        (PERCENT, _) | (_, true) => number.multiply(&Number::from_integer(100)),
        _ => number.clone(),
    };
    let end = text.rfind(|c: char| c.is_ascii_digit()).map_or(0, |end| end + 1);
    let mut written = &text[..end];
    // м2 ends with a digit
    if ["м2", "m2", "М2", "M2"].iter().any(|unit| text.trim_end_matches('.').ends_with(unit)) {
        written = written[..written.len() - 1].trim_end_matches(|c: char| c.is_alphabetic() || ". ".contains(c));
    }
    assert_eq!(parse::number(written).as_ref(), Some(&shown), "{}: {text:?}", columns()[at].0);
}
