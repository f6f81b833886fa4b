//! What a file is, told from its bytes; its name counts only where the bytes do not tell.
//!
//! Reads no cells.

use super::compound::{self, Compound};
use super::container::Archive;
use super::encoding;
use super::fault::Fault;
use super::limits::Limits;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Gzip,
    /// An archive that is no workbook.
    Archive,
    /// With macros or without.
    Xlsx,
    Xlsb,
    Xls,
    Ods,
    /// JSON or JSON Lines.
    Json,
    Yaml,
    Text,
}

/// Bytes that tell a page from a table.
const BEGINNING: usize = 4096;
/// Beginnings of files that are read nowhere here: pages for printing, other archives, pictures, columns of numbers.
const OTHERS: &[&[u8]] = &[
    b"%PDF-",
    b"{\\rtf",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"PAR1",
    b"BZh9",
    b"\xfd7zXZ",
    b"SQLite format",
];

/// Tells what a file is; `name` counts for YAML and for what begins like JSON.
///
/// Errors: protected, a page of HTML, something that is not read.
pub fn kind(bytes: &[u8], name: &str, limits: &Limits) -> Result<Kind, Fault> {
    if bytes.starts_with(b"\x1f\x8b") {
        return Ok(Kind::Gzip);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return archive(&mut Archive::open(bytes, limits)?);
    }
    if bytes.starts_with(compound::MAGIC) {
        let file = Compound::open(bytes)?;
        return if file.has("EncryptedPackage") {
            Err(Fault::Encrypted)
        } else if file.has("Workbook") || file.has("Book") {
            Ok(Kind::Xls)
        } else {
            Err(Fault::NotAWorkbook)
        };
    }
    if OTHERS.iter().any(|start| bytes.starts_with(start)) {
        return Err(Fault::NotText);
    }
    let start = encoding::decode(bytes.get(..bytes.len().min(BEGINNING)).unwrap_or(bytes), None).text;
    let start = start.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_lowercase();
    if is_page(&start) {
        return Err(Fault::Html);
    }
    let extension = name.rsplit_once('.').map(|(_, end)| end.to_lowercase()).unwrap_or_default();
    Ok(match extension.as_str() {
        "yaml" | "yml" => Kind::Yaml,
        "json" | "jsonl" | "ndjson" | "geojson" => Kind::Json,
        _ if is_json(&start) => Kind::Json,
        _ => Kind::Text,
    })
}

/// HTML, or the XML and the mail format in which some programs save what they call a workbook.
fn is_page(start: &str) -> bool {
    let page =
        ["<html", "<!doctype html", "<table", "<head", "<meta", "<body", "<style", "<div", "<center", "mime-version:"];
    let xml = start.starts_with("<?xml") || start.starts_with("<workbook") || start.starts_with("<ss:workbook");
    let workbook = ["urn:schemas-microsoft-com:office", "<html", "progid=\"excel.sheet\"", "opendocument"];
    page.iter().any(|tag| start.starts_with(tag)) || xml && workbook.iter().any(|word| start.contains(word))
}

/// An object with a key, or a list of objects, lists or numbers; what a separated text does not begin with.
fn is_json(start: &str) -> bool {
    let inner = |rest: &str| rest.trim_start().chars().next();
    match start.split_at_checked(1) {
        Some(("{", rest)) => matches!(inner(rest), Some('"' | '}')),
        Some(("[", rest)) => matches!(inner(rest), Some('{' | '[' | ']')),
        _ => false,
    }
}

fn archive(archive: &mut Archive) -> Result<Kind, Fault> {
    if archive.find("xl/workbook.bin").is_some() {
        return Ok(Kind::Xlsb);
    }
    if let Some(at) = archive.find("mimetype") {
        let stated = archive.bytes(at)?;
        if stated.starts_with(b"application/vnd.oasis.opendocument.") {
            return if stated.ends_with(b"spreadsheet") || stated.ends_with(b"spreadsheet-template") {
                Ok(Kind::Ods)
            } else {
                Err(Fault::NotAWorkbook)
            };
        }
    }
    if archive.find("[Content_Types].xml").is_some() {
        let other = ["word/document.xml", "ppt/presentation.xml"];
        return if other.iter().any(|part| archive.find(part).is_some()) {
            Err(Fault::NotAWorkbook)
        } else {
            Ok(Kind::Xlsx)
        };
    }
    Ok(if archive.find("xl/workbook.xml").is_some() { Kind::Xlsx } else { Kind::Archive })
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind};
    use crate::tables::fault::Fault;
    use crate::tables::limits::Limits;

    fn told(bytes: &[u8], name: &str) -> Result<Kind, Fault> {
        kind(bytes, name, &Limits::default())
    }

    #[test]
    fn bytes_tell_what_a_file_is_whatever_it_is_called() {
        assert_eq!(told(b"\x1f\x8b\x08", "a.csv"), Ok(Kind::Gzip));
        assert_eq!(told(b"a;b\n1;2\n", "a.xlsx"), Ok(Kind::Text));
        assert_eq!(told(b" \n [ {\"a\": 1}]", "a.txt"), Ok(Kind::Json));
        assert_eq!(told(b"{\"a\": 1}\n{\"a\": 2}\n", "a"), Ok(Kind::Json));
        assert_eq!(told(b"[Header]\na;b\n", "a.csv"), Ok(Kind::Text));
        assert_eq!(told(b"- a: 1\n", "a.YML"), Ok(Kind::Yaml));
        assert_eq!(told(b"- a: 1\n", "a.csv"), Ok(Kind::Text));
        for page in [
            "<html><table>",
            "\u{feff}\n<!DOCTYPE HTML>",
            "<table border=1>",
            "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook>",
            "MIME-Version: 1.0\nContent-Type: multipart/related",
        ] {
            assert_eq!(told(page.as_bytes(), "a.xls"), Err(Fault::Html), "{page}");
        }
        assert_eq!(told(b"%PDF-1.7", "a.csv"), Err(Fault::NotText));
        assert!(matches!(told(b"PK\x03\x04", "a.xlsx"), Err(Fault::Damaged(_))));
        assert!(matches!(told(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], "a.xls"), Err(Fault::Damaged(_))));
    }
}
