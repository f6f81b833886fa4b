//! Damaged and hostile files: an answer or an error, never a panic and never memory without end.

use merilo::diagnostic::Diagnostic;
use merilo::value::Reasons;

use super::*;

/// The bytes with a few of them changed, or cut.
fn garbled(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    match dice.next(4) {
        0 => bytes.truncate(dice.next(bytes.len())),
        1 => {
            let (from, length) = (dice.next(bytes.len()), dice.next(64));
            bytes.drain(from..(from + length).min(bytes.len()));
        }
        _ => {
            for _ in 0..=dice.next(12) {
                let at = dice.next(bytes.len());
                bytes[at] = dice.next(256) as u8;
            }
        }
    }
    bytes
}

/// Judges garbage: an answer, or errors; never a panic.
fn survives(manifest: &str, name: &str, bytes: &[u8], variant: usize) -> bool {
    let folder = Folder::new(manifest, &[(name, bytes)]);
    let (judged, problems) = folder.judge();
    assert!(judged.is_some() || problems.iter().any(Diagnostic::is_error), "variant {variant}: no answer and no error");
    judged.is_some()
}

#[test]
fn a_garbled_workbook_is_an_error_and_never_a_panic() {
    let whole = workbook();
    let mut dice = Dice(20180901);
    let answers = (0..300).filter(|n| survives(IN_WORKBOOK, "школы.xlsx", &garbled(&whole, &mut dice), *n)).count();
    assert!((1..300).contains(&answers), "{answers} of 300 garbled workbooks gave an answer");
}

/// An archive of parts without compression, with right checksums: what is garbled inside reaches the reader.
fn archive(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let (mut whole, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in parts {
        let crc = bytes.iter().fold(!0u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { (c >> 1) ^ 0xedb8_8320 } else { c >> 1 })
        });
        let mut entry = vec![20, 0, 0, 0, 0, 0, 0, 0, 33, 0];
        for number in [!crc, bytes.len() as u32, bytes.len() as u32, name.len() as u32] {
            entry.extend(number.to_le_bytes());
        }
        directory.extend([b'P', b'K', 1, 2, 20, 0]);
        directory.extend(&entry);
        directory.extend([0; 10]);
        directory.extend((whole.len() as u32).to_le_bytes());
        directory.extend(name.bytes());
        whole.extend([b'P', b'K', 3, 4]);
        whole.extend(entry);
        whole.extend(name.bytes());
        whole.extend(bytes);
    }
    let (start, length, count) = (whole.len() as u32, directory.len() as u32, parts.len() as u16);
    whole.extend(directory);
    whole.extend([b'P', b'K', 5, 6, 0, 0, 0, 0]);
    whole.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    whole.extend([length.to_le_bytes(), start.to_le_bytes()].concat());
    whole.extend([0, 0]);
    whole
}

const IN_BOOK: &str = "таблицы:\n  школы: школы.xlsx\n  экзамены: экзамены.csv\n";

/// The parts of a small workbook; `rows` is the inside of `sheetData` after the header.
fn parts(rows: &str) -> Vec<(&'static str, Vec<u8>)> {
    let space = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let header: String = HEADER.iter().map(|h| format!("<c t=\"inlineStr\"><is><t>{h}</t></is></c>")).collect();
    let texts = [
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook {space} xmlns:r=\"{office}\"><sheets><sheet name=\"Лист1\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{office}/styles\" Target=\"styles.xml\"/><Relationship Id=\"r3\" Type=\"{office}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet {space}><numFmts><numFmt numFmtId=\"164\" formatCode=\"0.0%\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
        ),
        ("xl/sharedStrings.xml", format!("<sst {space}><si><t>Лицей</t></si></sst>")),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet {space}><sheetData><row r=\"1\">{header}</row>{rows}</sheetData></worksheet>"),
        ),
    ];
    texts.into_iter().map(|(name, text)| (name, text.into_bytes())).collect()
}

const ROW: &str = "<row r=\"2\"><c r=\"A2\"><v>7</v></c><c r=\"B2\" t=\"s\"><v>0</v></c><c r=\"C2\" s=\"1\"><v>0.125</v></c>\
    <c r=\"E2\" t=\"str\"><f>1+1</f><v>39,1</v></c><c r=\"F2\" t=\"b\"><v>1</v></c><c r=\"G2\" s=\"2\"><v>36039</v></c></row>";

#[test]
fn garbled_parts_of_a_workbook_are_an_error_and_never_a_panic() {
    let whole = Folder::new(IN_BOOK, &[("школы.xlsx", &archive(&parts(ROW)))]).judged();
    let invalid = format!("{:?}", Reasons::MISSING);
    assert_eq!(values(&whole.dataset, SCHOOLS)[0], ["7", "Лицей", "0,125", &invalid, "39,1", "true", "1998-09-01"]);
    let mut dice = Dice(20190831);
    let mut answers = 0;
    for variant in 0..300 {
        let mut parts = parts(ROW);
        for _ in 0..=dice.next(2) {
            let part = dice.next(parts.len());
            parts[part].1 = garbled(&parts[part].1, &mut dice);
            if parts[part].1.is_empty() {
                parts[part].1.push(b'<');
            }
        }
        answers += usize::from(survives(IN_BOOK, "школы.xlsx", &archive(&parts), variant));
    }
    assert!((1..300).contains(&answers), "{answers} of 300 garbled workbooks gave an answer");
}

#[test]
fn a_cell_far_away_does_not_take_the_memory_of_all_cells_before_it() {
    let far = format!("{ROW}<row r=\"1048576\"><c r=\"A1048576\"><v>8</v></c><c r=\"XFD1048576\"><v>1</v></c></row>");
    let judged = Folder::new(IN_BOOK, &[("школы.xlsx", &archive(&parts(&far)))]).judged();
    assert_eq!(judged.run.schools, 2);
    assert_eq!(cell(&judged.dataset, SCHOOLS, 1, 0).address(), "A1048576");
}

#[test]
fn a_garbled_text_file_is_an_error_and_never_a_panic() {
    let manifest = "таблицы:\n  школы: школы.csv\n  экзамены: экзамены.csv\n";
    let mut dice = Dice(1917);
    let text = separated(";", ",", "\r\n");
    let answers =
        (0..300).filter(|n| survives(manifest, "школы.csv", &garbled(text.as_bytes(), &mut dice), *n)).count();
    assert!((1..300).contains(&answers), "{answers} of 300 garbled files gave an answer");
    for n in 0..100 {
        let bytes: Vec<u8> =
            (0..dice.next(400) + 1).map(|_| b"\";\r\n\t,\xef\xbb\xbf0a%\xd0\xff"[dice.next(14)]).collect();
        survives(manifest, "школы.csv", &bytes, n);
    }
}
