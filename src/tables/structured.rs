//! JSON, JSON Lines and YAML as grids: a list of records, or a list of rows. Numbers stay as they are written.
//!
//! Keys are the header, inner objects are columns under `outer.inner`, inner lists stay one cell as they are written. A key that a record has
//! twice has two columns: nothing is lost. Looks for lists within objects; several are several sheets. Knows no tables.

use std::collections::HashMap;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::fault::{Fault, Limit};
use super::grid::{Cell, Grid, Mark, Row};
use super::limits::{Limits, size};
use crate::yaml::{self, Node};

/// Objects within each other that become columns; what lies deeper stays one cell.
const DEPTH: usize = 32;
/// Objects around a list.
const AROUND: usize = 4;
/// The largest YAML file: it is held several times over.
const YAML: u64 = 16 * 1024 * 1024;

/// Records as rows of a grid. The numbers of the rows count them, from 1; the lines where they begin are told beside.
#[derive(Debug)]
pub(super) struct Records {
    pub grid: Grid,
    /// The first row is made of keys.
    pub keyed: bool,
    /// Per row: its first line, and its lines beyond that.
    pub lines: Vec<(u64, u64)>,
}

/// Reads JSON, or values one after the other; with whether they are JSON Lines.
///
/// Errors: damaged, no list of rows, larger than the limits.
pub(super) fn json(text: &str, limits: &Limits) -> Result<(Vec<Records>, bool), Fault> {
    let lines = Lines::of(text);
    let mut values = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<&RawValue>() {
        let raw = value.map_err(|error| Fault::Records(error.to_string()))?;
        limits.hold(Limit::Rows, size(values.len()))?;
        values.push(Json { raw: raw.get(), lines: &lines });
    }
    let several = values.len() > 1;
    let lists = match values.as_slice() {
        [only] => lists(*only)?,
        _ => vec![(None, values)],
    };
    let read = lists.into_iter().map(|(name, items)| records(name, &items, limits));
    Ok((read.collect::<Result<_, _>>()?, several))
}

/// Reads one YAML document.
///
/// Errors: as for JSON.
pub(super) fn yaml(text: &str, limits: &Limits) -> Result<Vec<Records>, Fault> {
    let most = Limits { bytes: limits.bytes.min(YAML), ..*limits };
    most.hold(Limit::Bytes, size(text.len()))?;
    let node = yaml::parse(text).map_err(|problem| Fault::Records(problem.detail))?;
    let mut read = Vec::new();
    for (name, items) in lists(&node)? {
        read.push(records(name, &items, limits)?);
    }
    if let [only] = read.as_mut_slice() {
        let items = only.lines.len() - usize::from(only.keyed);
        if let Some(dashes) = dashes(text, items) {
            let header = dashes.first().copied().filter(|_| only.keyed);
            only.lines = header.into_iter().chain(dashes).map(|line| (line, 0)).collect();
        }
    }
    Ok(read)
}

/// The lines where the items of the outermost list begin, where there are as many as items.
fn dashes(text: &str, items: usize) -> Option<Vec<u64>> {
    let marked = (1..).zip(text.lines()).filter_map(|(number, line): (u64, &str)| {
        let body = line.trim_start();
        (body == "-" || body.starts_with("- ")).then_some((number, line.len() - body.len()))
    });
    let marked: Vec<(u64, usize)> = marked.collect();
    let least = marked.iter().map(|(_, indent)| *indent).min()?;
    let first: Vec<u64> = marked.into_iter().filter(|(_, indent)| *indent == least).map(|(line, _)| line).collect();
    (first.len() == items).then_some(first)
}

/// A value that can be opened level by level.
trait Value: Copy {
    fn open(self) -> Result<Open<Self>, Fault>;
    /// The value as one cell.
    fn whole(self) -> String;
    /// Its first line, and its lines beyond that; 0: not known.
    fn lines(self) -> (u64, u64);
}

enum Open<V> {
    Scalar(Cell),
    List(Vec<V>),
    Map(Vec<(String, V)>),
}

/// A list of rows, with its name where there are several.
type List<V> = (Option<String>, Vec<V>);

/// The lists of rows in a value, with their names where there are several.
fn lists<V: Value>(value: V) -> Result<Vec<List<V>>, Fault> {
    let none = Fault::NoRows(value.lines().0);
    match value.open()? {
        Open::Scalar(_) => Err(none),
        Open::List(items) if items.is_empty() => Err(none),
        Open::List(items) => Ok(vec![(None, items)]),
        Open::Map(entries) => {
            let mut found = Vec::new();
            within(&entries, "", AROUND, &mut found)?;
            match found.as_mut_slice() {
                [] if entries.is_empty() => Err(none),
                // one record
                [] => Ok(vec![(None, vec![value])]),
                [(name, _)] => {
                    *name = None;
                    Ok(found)
                }
                _ => Ok(found),
            }
        }
    }
}

/// Lists of objects or of lists among the entries of an object; if there are none, those within its objects.
fn within<V: Value>(entries: &[(String, V)], path: &str, depth: usize, found: &mut Vec<List<V>>) -> Result<(), Fault> {
    let named = |key: &str| if path.is_empty() { key.to_string() } else { format!("{path}.{key}") };
    let mut inner = Vec::new();
    for (key, value) in entries {
        match value.open()? {
            Open::List(items) => {
                let first = items.first().map(|item| item.open()).transpose()?;
                if matches!(first, Some(Open::Map(_) | Open::List(_))) {
                    found.push((Some(named(key)), items));
                }
            }
            Open::Map(entries) => inner.push((named(key), entries)),
            Open::Scalar(_) => {}
        }
    }
    if found.is_empty() && depth > 0 {
        for (path, entries) in inner {
            within(&entries, &path, depth - 1, found)?;
        }
    }
    Ok(())
}

/// Columns by key, and by how many of the same key stand before it in a record.
#[derive(Default)]
struct Columns {
    places: HashMap<(String, usize), usize>,
    names: Vec<String>,
    /// Bytes of the names.
    length: u64,
}

impl Columns {
    fn place(&mut self, key: &str, cells: &[Option<Cell>], limits: &Limits) -> Result<usize, Fault> {
        let mut times = 0;
        loop {
            let name = (key.to_string(), times);
            match self.places.get(&name).copied() {
                Some(at) if cells.get(at).is_some_and(Option::is_some) => times += 1,
                Some(at) => return Ok(at),
                None => {
                    let at = self.names.len();
                    self.length += size(key.len());
                    limits.hold(Limit::Columns, size(at + 1))?;
                    limits.hold(Limit::Unpacked, self.length)?;
                    self.places.insert(name, at);
                    self.names.push(key.to_string());
                    return Ok(at);
                }
            }
        }
    }
}

fn records<V: Value>(name: Option<String>, items: &[V], limits: &Limits) -> Result<Records, Fault> {
    limits.hold(Limit::Rows, size(items.len()))?;
    let (mut columns, mut rows, mut lines) = (Columns::default(), Vec::new(), Vec::new());
    let mut keyed = None;
    let mut held: u64 = 0;
    for item in items {
        let cells = match item.open()? {
            Open::Map(entries) if keyed != Some(false) => {
                keyed = Some(true);
                let mut cells = Vec::new();
                flatten(&entries, "", DEPTH, &mut columns, &mut cells, limits)?;
                cells.into_iter().map(Option::unwrap_or_default).collect()
            }
            Open::List(values) if keyed != Some(true) => {
                keyed = Some(false);
                limits.hold(Limit::Columns, size(values.len()))?;
                values.iter().map(|value| cell(*value, limits)).collect::<Result<Vec<_>, _>>()?
            }
            _ => return Err(Fault::NoRows(item.lines().0)),
        };
        held += size(cells.len());
        limits.hold(Limit::Cells, held)?;
        lines.push(item.lines());
        rows.push(Row { cells, ..Row::default() });
    }
    let keyed = keyed == Some(true);
    if keyed {
        let cells = columns.names.into_iter().map(|text| Cell { text, mark: Mark::Text }).collect();
        rows.insert(0, Row { cells, ..Row::default() });
        lines.insert(0, (lines.first().map_or(1, |(line, _)| *line), 0));
    }
    for (number, (row, line)) in (1..).zip(rows.iter_mut().zip(&mut lines)) {
        row.number = number;
        if line.0 == 0 {
            *line = (number, 0);
        }
    }
    Ok(Records { grid: Grid { sheet: name, rows, ..Grid::default() }, keyed, lines })
}

fn cell<V: Value>(value: V, limits: &Limits) -> Result<Cell, Fault> {
    let cell = match value.open()? {
        Open::Scalar(cell) => cell,
        Open::List(_) | Open::Map(_) => Cell { text: value.whole(), mark: Mark::Text },
    };
    limits.hold(Limit::Cell, size(cell.text.len()))?;
    Ok(cell)
}

fn flatten<V: Value>(
    entries: &[(String, V)],
    path: &str,
    depth: usize,
    columns: &mut Columns,
    cells: &mut Vec<Option<Cell>>,
    limits: &Limits,
) -> Result<(), Fault> {
    for (key, value) in entries {
        let key = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        limits.hold(Limit::Cell, size(key.len()))?;
        match value.open()? {
            Open::Map(inner) if depth > 0 && !inner.is_empty() => {
                flatten(&inner, &key, depth - 1, columns, cells, limits)?;
            }
            _ => {
                let at = columns.place(&key, cells, limits)?;
                if cells.len() <= at {
                    cells.resize_with(at + 1, || None);
                }
                if let Some(place) = cells.get_mut(at) {
                    *place = Some(cell(*value, limits)?);
                }
            }
        }
    }
    Ok(())
}

/// Where the lines of a text end.
struct Lines<'a> {
    text: &'a str,
    ends: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        Lines { text, ends: memchr::memchr_iter(b'\n', text.as_bytes()).collect() }
    }

    /// The line of a byte, from 1.
    fn line(&self, at: usize) -> u64 {
        size(self.ends.partition_point(|end| *end < at)) + 1
    }
}

#[derive(Clone, Copy)]
struct Json<'a> {
    raw: &'a str,
    lines: &'a Lines<'a>,
}

impl Value for Json<'_> {
    fn open(self) -> Result<Open<Self>, Fault> {
        let damaged = |error: serde_json::Error| Fault::Records(error.to_string());
        Ok(match self.raw.as_bytes().first() {
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(self.raw).map_err(damaged)?;
                Open::List(items.into_iter().map(|raw| Json { raw: raw.get(), ..self }).collect())
            }
            Some(b'{') => {
                let entries: Entries = serde_json::from_str(self.raw).map_err(damaged)?;
                Open::Map(entries.0.into_iter().map(|(key, raw)| (key, Json { raw: raw.get(), ..self })).collect())
            }
            Some(b'"') => {
                let text: String = serde_json::from_str(self.raw).map_err(damaged)?;
                Open::Scalar(Cell { text, mark: Mark::Text })
            }
            Some(b'n') => Open::Scalar(Cell::default()),
            Some(b't' | b'f') => Open::Scalar(Cell { text: self.raw.to_string(), mark: Mark::Text }),
            _ => Open::Scalar(Cell { text: self.raw.to_string(), mark: Mark::Number }),
        })
    }

    fn whole(self) -> String {
        self.raw.to_string()
    }

    fn lines(self) -> (u64, u64) {
        // a part of the text: its place is that of its first byte
        let at = (self.raw.as_ptr() as usize).saturating_sub(self.lines.text.as_ptr() as usize);
        let first = self.lines.line(at);
        (first, self.lines.line(at + self.raw.len().saturating_sub(1)) - first)
    }
}

/// The entries of an object in their order, repeated keys and all.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Each)
    }
}

impl Value for &Node {
    fn open(self) -> Result<Open<Self>, Fault> {
        Ok(match self {
            Node::Nothing => Open::Scalar(Cell::default()),
            Node::Text(text) => Open::Scalar(Cell::plain(text.clone())),
            Node::List(items) => Open::List(items.iter().collect()),
            Node::Map(entries) => Open::Map(entries.iter().map(|(key, value)| (key.clone(), value)).collect()),
        })
    }

    fn whole(self) -> String {
        match self {
            Node::Nothing => String::new(),
            Node::Text(text) => text.clone(),
            Node::List(items) => format!("[{}]", items.iter().map(Value::whole).collect::<Vec<_>>().join(", ")),
            Node::Map(entries) => {
                let pairs: Vec<String> =
                    entries.iter().map(|(key, value)| format!("{key}: {}", value.whole())).collect();
                format!("{{{}}}", pairs.join(", "))
            }
        }
    }

    fn lines(self) -> (u64, u64) {
        (0, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Records, json, yaml};
    use crate::tables::fault::{Fault, Limit};
    use crate::tables::limits::Limits;

    fn rows(records: &Records) -> Vec<Vec<&str>> {
        records.grid.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect()).collect()
    }

    fn read(text: &str) -> Vec<Records> {
        json(text, &Limits::default()).unwrap().0
    }

    #[test]
    fn records_have_their_keys_their_numbers_and_their_lines() {
        let text = "[\n  {\"код\": 1, \"доля\": 12.50, \"адрес\": {\"город\": \"Гатчина\", \"дом\": null}},\n  {\"доля\": 1e3,\n   \"прочее\": [1, 2.0], \"код\": true}\n]\n";
        let read = read(text);
        assert_eq!(
            rows(&read[0]),
            [
                vec!["код", "доля", "адрес.город", "адрес.дом", "прочее"],
                vec!["1", "12.50", "Гатчина", ""],
                vec!["true", "1e3", "", "", "[1, 2.0]"]
            ]
        );
        assert_eq!(read[0].lines, [(2, 0), (2, 0), (3, 1)]);
        assert!(read[0].keyed);
    }

    #[test]
    fn a_key_that_is_there_twice_has_two_columns() {
        let read = read(r#"[{"a": 1, "a": 2, "b": {"c": 3}, "b.c": 4}, {"a": 5}]"#);
        assert_eq!(rows(&read[0]), [vec!["a", "a", "b.c", "b.c"], vec!["1", "2", "3", "4"], vec!["5"]]);
    }

    #[test]
    fn lists_are_found_in_objects_and_lines() {
        let (lines, several) = json("{\"a\": 1}\n\n{\"a\": 2, \"b\": 3}\n", &Limits::default()).unwrap();
        assert!(several);
        assert_eq!(rows(&lines[0]), [vec!["a", "b"], vec!["1"], vec!["2", "3"]]);
        assert_eq!(lines[0].lines, [(1, 0), (1, 0), (3, 0)]);
        let inner = read(r#"{"success": true, "result": {"total": 1, "records": [{"a": 1}]}}"#);
        assert_eq!((rows(&inner[0]), &inner[0].grid.sheet), (vec![vec!["a"], vec!["1"]], &None));
        let several = read(r#"{"x": [[1, 2], [3, 4]], "tags": [1, 2], "y": [{"a": 1}]}"#);
        let names: Vec<_> = several.iter().map(|r| r.grid.sheet.as_deref().unwrap_or("")).collect();
        assert_eq!(names, ["x", "y"]);
        assert_eq!((rows(&several[0]), several[0].keyed), (vec![vec!["1", "2"], vec!["3", "4"]], false));
        assert_eq!(rows(&read(r#"{"a": 1, "b": "c"}"#)[0]), [vec!["a", "b"], vec!["1", "c"]]);
    }

    #[test]
    fn what_is_no_list_of_rows_is_told_with_its_line() {
        let wrong = |text: &str| json(text, &Limits::default()).unwrap_err();
        assert_eq!(wrong("[]"), Fault::NoRows(1));
        assert_eq!(wrong("[1, 2]"), Fault::NoRows(1));
        assert_eq!(wrong("[{\"a\": 1},\n 5]"), Fault::NoRows(2));
        assert_eq!(wrong("[{\"a\": 1},\n [5]]"), Fault::NoRows(2));
        assert!(matches!(wrong("[{\"a\": 1}"), Fault::Records(_)));
    }

    #[test]
    fn nesting_and_numbers_of_columns_are_bounded() {
        let deep = format!("{}1{}", "[".repeat(200_000), "]".repeat(200_000));
        assert_eq!(rows(&read(&deep)[0])[0][0].len(), 400_001 - 4);
        let objects = format!("[{}1{}]", "{\"a\":".repeat(300), "}".repeat(300));
        let read = json(&objects, &Limits::default()).unwrap().0;
        assert_eq!(rows(&read[0])[0][0].matches('a').count(), 33);
        let keys = Limits { columns: 3, ..Limits::default() };
        let wide = "[{\"a\":1,\"b\":1},{\"c\":1,\"d\":1}]";
        assert_eq!(json(wide, &keys).unwrap_err(), Fault::Limit(Limit::Columns, 3));
    }

    #[test]
    fn lists_of_yaml_are_records_as_well() {
        let text = "# школы\nшколы:\n  - код: 007\n    доля: 12.50\n  - код: \"008\"\n    метки: [a, {b: 1}]\n";
        let read = yaml(text, &Limits::default()).unwrap();
        assert_eq!(
            rows(&read[0]),
            [vec!["код", "доля", "метки"], vec!["007", "12.50"], vec!["008", "", "[a, {b: 1}]"]]
        );
        assert_eq!(read[0].lines, [(3, 0), (3, 0), (5, 0)]);
        assert!(matches!(yaml("a: [", &Limits::default()), Err(Fault::Records(_))));
        assert_eq!(yaml("5", &Limits::default()).unwrap_err(), Fault::NoRows(0));
        let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_string();
        for (from, to) in ["a", "b", "c", "d", "e", "f", "g"].iter().zip(["b", "c", "d", "e", "f", "g", "h"]) {
            bomb += &format!("{to}: &{to} [{}]\n", vec![format!("*{from}"); 10].join(", "));
        }
        assert!(matches!(yaml(&bomb, &Limits::default()), Err(Fault::Records(_))));
    }
}
