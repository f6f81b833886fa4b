//! Files of every kind, opened as a person gives them: workbooks, packed files, lists of records; and files that are made to do harm.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use merilo::tables::fault::{Fault, Limit};
use merilo::tables::grid::Mark;
use merilo::tables::limits::Limits;
use merilo::tables::open::Format as Kind;
use merilo::tables::remark::What;
use merilo::tables::{Opened, Options, open};
use rust_xlsxwriter::{Format, Formula, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn opened(bytes: &[u8], name: &str) -> Opened {
    open(bytes, name, &Options::default()).unwrap()
}

/// The fault of a file, which has to come at once.
fn fault(bytes: &[u8]) -> Fault {
    let started = Instant::now();
    let fault = open(bytes, "школы.xlsx", &Options::default()).unwrap_err();
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
    fault
}

fn texts(opened: &Opened, sheet: usize) -> Vec<Vec<String>> {
    let rows = opened.sheets[sheet].grid.rows.iter();
    rows.map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect()).collect()
}

fn has(opened: &Opened, what: &What) -> bool {
    opened
        .remarks
        .iter()
        .chain(opened.sheets.iter().flat_map(|sheet| &sheet.remarks))
        .any(|remark| remark.what == *what)
}

const CONTENT: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const RELATIONS: &str = r#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const BOOK_RELATIONS: &str = r#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// A workbook with one sheet and, if there are any, shared texts.
fn workbook(sheet: &[u8], strings: Option<&[u8]>) -> Vec<u8> {
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", CONTENT.as_bytes()),
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    parts.extend(strings.map(|strings| ("xl/sharedStrings.xml", strings)));
    packed(&parts)
}

fn sheet(rows: &str) -> Vec<u8> {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").into_bytes()
}

#[test]
fn a_workbook_is_read_sheet_by_sheet_as_it_is_printed() {
    let mut book = Workbook::new();
    let hidden = book.add_worksheet();
    hidden.set_name("Черновик").unwrap().set_hidden(true);
    hidden.write(0, 0, "x").unwrap();
    hidden.write(1, 0, 1).unwrap();
    let sheet = book.add_worksheet();
    sheet.set_name("Школы").unwrap().set_active(true);
    let percent = Format::new().set_num_format("0.0%");
    sheet.merge_range(0, 0, 0, 3, "Сведения о школах", &Format::new()).unwrap();
    for (column, text) in (0..).zip(["код", "доля", "дата", "сумма"]) {
        sheet.write(2, column, text).unwrap();
    }
    for row in 3..6 {
        sheet.write_with_format(row, 0, row, &Format::new().set_num_format("0000")).unwrap();
        sheet.write_with_format(row, 1, 0.125, &percent).unwrap();
        sheet.write_with_format(row, 2, 43344, &Format::new().set_num_format("dd.mm.yyyy")).unwrap();
        sheet.write(row, 3, f64::from(row) + 0.5).unwrap();
    }
    sheet.write_formula(5, 3, Formula::new("=A1").set_result("#REF!")).unwrap();
    sheet.set_row_hidden(4).unwrap();
    sheet.set_column_hidden(1).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    for name in ["школы.xlsx", "школы.csv"] {
        let opened = opened(&bytes, name);
        assert_eq!(opened.format, Kind::Workbook);
        assert_eq!(opened.first(), Some(1));
        assert!(opened.sheets[0].hidden);
        let rows = texts(&opened, 1);
        assert_eq!(rows[0], ["Сведения о школах"; 4]);
        assert_eq!(rows[2], ["0003", "12.5%", "2018-09-01", "3.5"]);
        let grid = &opened.sheets[1].grid;
        assert_eq!(
            grid.rows[2].cells.iter().map(|cell| cell.mark).collect::<Vec<_>>()[1..3],
            [Mark::Number, Mark::Day]
        );
        assert_eq!((grid.rows[3].number, grid.rows[3].hidden, grid.hidden_columns.clone()), (5, true, vec![2]));
        let table = &opened.sheets[1].tables[0];
        assert_eq!(table.headers, ["код", "доля", "дата", "сумма"]);
        assert_eq!((table.header.as_slice(), table.rows.as_slice()), (&[1][..], &[2, 3, 4][..]));
        for what in [
            What::OtherSheets(vec!["Черновик".to_string()]),
            What::HiddenSheet,
            What::HiddenRows,
            What::HiddenColumns(vec!["B".to_string()]),
            What::Merged,
        ] {
            assert!(has(&opened, &what), "{what:?}");
        }
    }
    let one = Options { sheet: Some("Школы".to_string()), ..Options::default() };
    assert_eq!(open(&bytes, "", &one).unwrap().sheets.len(), 1);
    let none = Options { sheet: Some("Нет".to_string()), ..Options::default() };
    let names = ["Черновик", "Школы"].map(str::to_string).to_vec();
    assert_eq!(open(&bytes, "", &none).unwrap_err(), Fault::NoSheet(names));
}

#[test]
fn formulas_without_a_value_and_errors_are_told_by_address() {
    let rows = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>
        <row r="2"><c r="A2"><f>1+1</f></c><c r="B2" t="e"><f>X</f><v>#REF!</v></c></row><row r="3"><c r="A3"><v>1</v></c><c r="B3"><v>2</v></c></row>"#;
    let opened = opened(&workbook(&sheet(rows), None), "a.xlsx");
    assert!(has(&opened, &What::NoValue(vec!["A2".to_string(), "B2".to_string()])));
    let cells = &opened.sheets[0].grid.rows[1].cells;
    assert_eq!(
        cells.iter().map(|cell| (cell.text.as_str(), cell.mark)).collect::<Vec<_>>(),
        [("", Mark::NoValue), ("#REF!", Mark::NoValue)]
    );
}

#[test]
fn packed_files_are_unpacked_once() {
    let csv = "код;доля\n1;2\n3;4\n".as_bytes();
    let plain = opened(&gzip(csv), "школы.csv.gz");
    assert!(has(&plain, &What::Unpacked("школы.csv".to_string())));
    assert_eq!(texts(&plain, 0)[0], ["код", "доля"]);
    // what systems add is no data, and neither are papers
    let one = packed(&[("__MACOSX/._школы.csv", b"x"), ("данные/школы.csv", csv), ("Письмо.docx", b"PK")]);
    assert!(has(&opened(&one, "a.zip"), &What::Unpacked("данные/школы.csv".to_string())));
    let several = packed(&[("a.csv", csv), ("b.csv", csv)]);
    let names: Vec<_> = opened(&several, "a.zip").sheets.into_iter().map(|sheet| sheet.grid.sheet.unwrap()).collect();
    assert_eq!(names, ["a.csv", "b.csv"]);
    let mixed = packed(&[("a.csv", csv), ("x/b.json", b"[{\"a\": 1.50}]")]);
    let names = vec!["a.csv".to_string(), "x/b.json".to_string()];
    assert_eq!(fault(&mixed), Fault::SeveralFiles(names.clone()));
    let member = |name: &str| Options { member: Some(name.to_string()), ..Options::default() };
    assert_eq!(texts(&open(&mixed, "", &member("b.json")).unwrap(), 0), [["a"], ["1.50"]]);
    assert_eq!(open(&mixed, "", &member("c")).unwrap_err(), Fault::NoMember(names));
    assert_eq!(fault(&packed(&[("a.csv.gz", &gzip(csv))])), Fault::Nested("a.csv.gz".to_string()));
    assert_eq!(fault(&gzip(&gzip(csv))), Fault::Nested("школы.xlsx".to_string()));
    assert_eq!(fault(&packed(&[])), Fault::Empty);
}

#[test]
fn records_are_tables_whatever_they_look_like() {
    let text = "[{\"школа\": \"Лицей\", \"балл\": 61.20},\n\n {\"школа\": \"Итого\", \"балл\": 5}]";
    let opened = opened(text.as_bytes(), "a.txt");
    let table = &opened.sheets[0].tables[0];
    assert_eq!((opened.format, table.rows.as_slice(), table.gaps), (Kind::Json, &[1, 2][..], 0));
    assert_eq!(table.headers, ["школа", "балл"]);
    let numbers: Vec<u64> = opened.sheets[0].grid.rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [1, 1, 3]);
    assert_eq!(texts(&opened, 0)[1], ["Лицей", "61.20"]);
    let yaml = opened_as("- a: 1\n- a: 2\n", "a.yaml");
    assert_eq!((yaml.format, yaml.sheets[0].tables[0].rows.len()), (Kind::Yaml, 2));
    let lists = opened_as("[[\"код\", \"балл\"], [1, 2.50], [2, 3]]", "a.json");
    assert_eq!(lists.sheets[0].tables[0].headers, ["код", "балл"]);
}

fn opened_as(text: &str, name: &str) -> Opened {
    opened(text.as_bytes(), name)
}

#[test]
fn a_sheet_with_one_cell_in_the_last_corner_takes_no_memory() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#;
    let opened = opened(&workbook(&sheet(rows), None), "a.xlsx");
    let grid = &opened.sheets[0].grid;
    assert_eq!(
        grid.rows.iter().map(|row| (row.number, row.cells.len())).collect::<Vec<_>>(),
        [(1, 1), (1_048_576, 16_384)]
    );
    // a hundred thousand of such rows would be sixteen hundred million cells
    let rows: String = (1..=100_000).map(|n| format!("<row r=\"{n}\"><c r=\"XFD{n}\"><v>2</v></c></row>")).collect();
    let limits = Limits { cells: 1_000_000, ..Limits::default() };
    let read = open(&workbook(&sheet(&rows), None), "a.xlsx", &Options { limits, ..Options::default() });
    assert_eq!(read.unwrap_err(), Fault::Limit(Limit::Cells, 1_000_000));
}

#[test]
fn bombs_are_refused_at_once() {
    let zeros = vec![b' '; 80 << 20];
    let allowed = |packed: &[u8]| Fault::Limit(Limit::Unpacked, (64 << 20).max(packed.len() as u64 * 400));
    let bomb = gzip(&zeros);
    assert_eq!(fault(&bomb), allowed(&bomb));
    let bomb = packed(&[("a.csv", &zeros)]);
    assert_eq!(fault(&bomb), allowed(&bomb));
    let bomb = workbook(&zeros, None);
    assert_eq!(fault(&bomb), allowed(&bomb));
    // an archive that lies about the size of what it holds
    let mut lies = workbook(&zeros, None);
    let size = (zeros.len() as u32).to_le_bytes();
    while let Some(at) = lies.windows(4).position(|four| four == size) {
        lies[at..at + 4].copy_from_slice(&1000_u32.to_le_bytes());
    }
    assert!(matches!(fault(&lies), Fault::Limit(..) | Fault::Damaged(_)));
    // a long text that is said once and printed a hundred thousand times
    let text = format!("<sst uniqueCount=\"1\"><si><t>{}</t></si></sst>", "x".repeat(500_000));
    let cells: String = (1..=100_000).map(|n| format!("<row r=\"{n}\"><c t=\"s\"><v>0</v></c></row>")).collect();
    let bomb = workbook(&sheet(&cells), Some(text.as_bytes()));
    assert_eq!(fault(&bomb), allowed(&bomb));
    let bomb = workbook(&sheet(""), Some(b"<sst uniqueCount=\"99999999999\"></sst>"));
    assert_eq!(fault(&bomb), Fault::Limit(Limit::Cells, Limits::default().cells));
    let entities = b"<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><worksheet><sheetData/></worksheet>";
    assert_eq!(fault(&workbook(entities, None)), Fault::Damaged("DOCTYPE".to_string()));
    assert_eq!(fault(&workbook("<a>".repeat(1_000_000).as_bytes(), None)), Fault::Damaged("XML depth".to_string()));
    let merged = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells></worksheet>";
    assert_eq!(texts(&opened(&workbook(merged.as_bytes(), None), "a.xlsx"), 0), [["1"]]);
    let long = format!("a;b\n1;{}\n", "x".repeat(2 << 20));
    assert_eq!(fault(long.as_bytes()), Fault::Limit(Limit::Cell, 1 << 20));
    let few = Limits { bytes: 5, ..Limits::default() };
    assert_eq!(
        open(b"a;b\n1;2\n", "", &Options { limits: few, ..Options::default() }).unwrap_err(),
        Fault::Limit(Limit::Bytes, 5)
    );
}

#[test]
fn truncated_and_foreign_files_have_faults_of_their_own() {
    let whole = workbook(&sheet("<row><c><v>1</v></c></row>"), None);
    for part in 1..8 {
        let cut = &whole[..whole.len() * part / 8];
        assert!(matches!(fault(cut), Fault::Damaged(_)), "{part}");
    }
    let half = workbook(b"<worksheet><sheetData><row><c><v>1</v></c></row>", None);
    assert!(matches!(fault(&half), Fault::Damaged(_)));
    assert_eq!(fault(b"<html><body><table><tr><td>1</td></tr></table></body></html>"), Fault::Html);
    assert_eq!(fault(b""), Fault::Empty);
    assert_eq!(
        fault(&packed(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")])),
        Fault::NotAWorkbook
    );
    assert!(matches!(
        fault(&packed(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<w/>")])),
        Fault::NoSheet(_) | Fault::Damaged(_)
    ));
}
