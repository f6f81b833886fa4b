//! The sheet reader: workbooks of all formats, archives, gzip, JSON and YAML.

use std::collections::BTreeMap;

use merilo::tables::open::Format;
use merilo::tables::{Opened, Options, open};

use super::{exports, grids, limits, packing};

pub fn check(bytes: &[u8]) -> bool {
    let file = packing::file(bytes);
    let packed = [&b"PK"[..], b"\x1f\x8b", b"\xd0\xcf\x11\xe0"].iter().any(|start| file.starts_with(start));
    // a name counts only where bytes do not tell
    let names: &[&str] = if packed { &["fuzzed.xlsx"] } else { &["fuzzed.json", "fuzzed.yaml"] };
    names.iter().filter(|name| one(&file, name)).count() > 0
}

fn one(bytes: &[u8], name: &str) -> bool {
    let options = Options { limits: limits(), ..Options::default() };
    let read = open(bytes, name, &options);
    match (&read, &open(bytes, name, &options)) {
        (Ok(one), Ok(other)) => grids::same(one, other),
        (one, other) => assert_eq!(one.as_ref().err(), other.as_ref().err()),
    }
    let Ok(opened) = read else {
        return false;
    };
    grids::check(&opened, &options);
    exports::check(&opened);
    by_name(bytes, name, &options, &opened);
    true
}

/// A sheet that is asked for by its name is what it is among all sheets.
fn by_name(bytes: &[u8], name: &str, options: &Options, opened: &Opened) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in opened.sheets.iter().filter_map(|sheet| sheet.grid.sheet.as_deref()) {
        *counts.entry(name).or_default() += 1;
    }
    for sheet in opened.sheets.iter().take(4) {
        let Some(own) = sheet.grid.sheet.clone().filter(|own| counts.get(own.as_str()) == Some(&1)) else {
            continue;
        };
        let options = Options { sheet: Some(own), ..options.clone() };
        let alone = open(bytes, name, &options).unwrap();
        assert_eq!(alone.sheets.len(), 1, "{:?}", options.sheet);
        if opened.format == Format::Workbook {
            grids::same_sheet(sheet, &alone.sheets[0]);
        }
        assert_eq!(sheet.grid, alone.sheets[0].grid);
    }
}
