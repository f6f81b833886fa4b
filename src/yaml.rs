//! YAML text → plain nodes: maps in order, lists, texts. Repeated keys are refused, numbers stay as they are written.
//!
//! The only file that sees the YAML library; knows no manifests and no tables.

use std::cell::RefCell;
use std::collections::HashSet;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// One YAML value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    Nothing,
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

/// Why a YAML text could not be read.
#[derive(Debug, Clone)]
pub struct Problem {
    pub fault: Fault,
    /// Line where it was noticed, from 1; 0: not known.
    pub line: usize,
    /// In the words of the library (English).
    pub detail: String,
}

/// What people do wrong in YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    RepeatedKey(String),
    KeyNotText,
    /// A tab where spaces belong.
    Tab,
    /// A word without its colon, or a colon inside a value.
    Colon,
    Indent,
    /// A quotation mark or a bracket that is not closed.
    Unclosed,
    /// A value that begins with a sign of YAML: `*`, `&`, `@`, `%`.
    Sign,
    SeveralDocuments,
    Other,
}

/// Reads one YAML document. A number stays as it is written: `12.50` is not `12.5`, `1e3` is not `1000`.
///
/// The library tells what a scalar is or how it is written, not both: the text is read twice.
pub fn parse(text: &str) -> Result<Node, Problem> {
    let fault = RefCell::new(None);
    let shape = Shape(&fault).deserialize(serde_yaml::Deserializer::from_str(text));
    let read = shape.and_then(|shape| Texts(&shape).deserialize(serde_yaml::Deserializer::from_str(text)));
    read.map_err(|error| {
        let detail = error.to_string();
        let tab = error.location().is_some_and(|at| text.as_bytes().get(at.index()) == Some(&b'\t'));
        let fault = fault.into_inner().unwrap_or_else(|| if tab { Fault::Tab } else { fault_of(&detail) });
        let deeper = fault == Fault::Colon && error.location().is_some_and(|at| below_a_value(text, at.line()));
        let fault = if deeper { Fault::Indent } else { fault };
        // the library places what it did not find itself at the beginning of the map
        let known = !matches!(fault, Fault::RepeatedKey(_));
        let noticed = error.location().filter(|_| known).map_or(0, |at| at.line());
        let line = if fault == Fault::Unclosed { opened(&detail).unwrap_or(noticed) } else { noticed };
        Problem { fault, line, detail }
    })
}

/// Whether a line `word: value` stands deeper than the line `word: value` before it: such a line has nothing below it.
fn below_a_value(text: &str, line: usize) -> bool {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let pair = |line: &str| line.split_once(": ").is_some_and(|(_, value)| !value.trim().is_empty());
    let written = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let lines: Vec<&str> = text.lines().take(line).filter(written).collect();
    match lines.as_slice() {
        [.., above, here] => pair(above) && here.contains(':') && indent(here) > indent(above),
        _ => false,
    }
}

/// The line where a text or a list was opened: the last that the library names.
fn opened(detail: &str) -> Option<usize> {
    let (_, after) = detail.rsplit_once("line ")?;
    after.split_whitespace().next()?.parse().ok()
}

fn fault_of(detail: &str) -> Fault {
    let has = |words: &[&str]| words.iter().any(|word| detail.contains(word));
    if has(&["tab character"]) {
        Fault::Tab
    } else if has(&["end of stream", "expected ',' or"]) {
        Fault::Unclosed
    } else if has(&["expected ':'", "mapping values are not allowed", "unexpected ':'"]) {
        Fault::Colon
    } else if has(&["alias", "anchor", "cannot start any token", "tag", "directive", "alphabetic or numeric"]) {
        Fault::Sign
    } else if has(&["expected key", "'-' indicator", "block sequence entries", "indentation"]) {
        Fault::Indent
    } else if has(&["more than one document", "<document start>"]) {
        Fault::SeveralDocuments
    } else if has(&["expected a text"]) {
        Fault::KeyNotText
    } else {
        Fault::Other
    }
}

impl Node {
    pub fn text(&self) -> Option<&str> {
        match self {
            Node::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A list as it is, one value as a list of one, nothing as an empty list.
    pub fn items(&self) -> &[Node] {
        match self {
            Node::List(items) => items,
            Node::Nothing => &[],
            one => std::slice::from_ref(one),
        }
    }

    pub fn entries(&self) -> &[(String, Node)] {
        match self {
            Node::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The value of the first of these keys that is there.
    pub fn get(&self, names: &[&str]) -> Option<&Node> {
        self.entries().iter().find(|(key, _)| names.contains(&key.as_str())).map(|(_, value)| value)
    }
}

/// First reading: what is a map, a list, a scalar or nothing; keys as they are written.
#[derive(Clone, Copy)]
struct Shape<'a>(&'a RefCell<Option<Fault>>);

impl<'de> DeserializeSeed<'de> for Shape<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

const SCALAR: Node = Node::Text(String::new());

impl<'de> Visitor<'de> for Shape<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Node, E> {
        Ok(SCALAR)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Node, E> {
        Ok(SCALAR)
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<Node, E> {
        Ok(SCALAR)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Node, E> {
        Ok(SCALAR)
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<Node, E> {
        Ok(SCALAR)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Node, E> {
        Ok(SCALAR)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Node, E> {
        Ok(SCALAR)
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Nothing)
    }

    fn visit_none<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut entries: Vec<(String, Node)> = Vec::new();
        let mut known = HashSet::new();
        loop {
            let Some(Node::Text(key)) = map.next_key_seed(Texts(&SCALAR))? else {
                return Ok(Node::Map(entries));
            };
            if !known.insert(key.clone()) {
                let problem = A::Error::custom(format!("duplicate key \"{key}\""));
                *self.0.borrow_mut() = Some(Fault::RepeatedKey(key));
                return Err(problem);
            }
            entries.push((key, map.next_value_seed(self)?));
        }
    }
}

/// Second reading: the texts of the scalars, as they are written, where the shape has them.
#[derive(Clone, Copy)]
struct Texts<'a>(&'a Node);

impl<'de> DeserializeSeed<'de> for Texts<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        match self.0 {
            Node::Nothing => deserializer.deserialize_ignored_any(self),
            Node::Text(_) => deserializer.deserialize_str(self),
            Node::List(_) => deserializer.deserialize_seq(self),
            Node::Map(_) => deserializer.deserialize_map(self),
        }
    }
}

impl<'de> Visitor<'de> for Texts<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a text")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Nothing)
    }

    fn visit_none<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Nothing)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        for shape in self.0.items() {
            items.extend(seq.next_element_seed(Texts(shape))?);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        for (key, shape) in self.0.entries() {
            if map.next_key::<IgnoredAny>()?.is_some() {
                entries.push((key.clone(), map.next_value_seed(Texts(shape))?));
            }
        }
        Ok(Node::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, Node, parse};

    fn scalar(text: &str) -> String {
        match parse(&format!("a: [{text}]")).unwrap().get(&["a"]) {
            Some(Node::List(items)) => items[0].text().unwrap_or("nothing").to_string(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn scalars_stay_as_they_are_written() {
        for text in [
            "0.1",
            "12.50",
            "1e-7",
            "1e3",
            "0x1F",
            "0o17",
            "007",
            "+5",
            "-0.0",
            "0.1234567890123456789",
            "123456789012345678901234567890",
            "1234567890123456789012345678901234567890123456789",
            "true",
            "False",
            ".inf",
            "2018-09-01",
            "01.09.2018",
        ] {
            assert_eq!(scalar(text), text);
        }
        assert_eq!(scalar("\"12.50\""), "12.50");
        assert_eq!(scalar("~"), "nothing");
        assert_eq!(parse("").unwrap(), Node::Nothing);
    }

    #[test]
    fn anchors_nesting_and_nothing_keep_their_places() {
        let node = parse("a: &x {1.50: [1.0, {b: 2.0}]}\nc: *x\nd:\ne: []\nf: {}\n").unwrap();
        let inner = Node::Map(vec![(
            "1.50".to_string(),
            Node::List(vec![
                Node::Text("1.0".to_string()),
                Node::Map(vec![("b".to_string(), Node::Text("2.0".to_string()))]),
            ]),
        )]);
        assert_eq!(node.get(&["a"]), Some(&inner));
        assert_eq!(node.get(&["c"]), Some(&inner));
        assert_eq!(node.get(&["d"]), Some(&Node::Nothing));
        assert_eq!(node.get(&["e"]), Some(&Node::List(Vec::new())));
        assert_eq!(node.get(&["f"]), Some(&Node::Map(Vec::new())));
    }

    #[test]
    fn usual_mistakes_have_their_names() {
        let cases = [
            ("a: 1\nb: 2\na: 3\n", Fault::RepeatedKey("a".to_string()), 0),
            ("? [1, 2]\n: 3\n", Fault::KeyNotText, 1),
            ("a:\n\tb: 1\n", Fault::Tab, 2),
            ("a: b: c\n", Fault::Colon, 1),
            ("a: 1\nb\nc: 2\n", Fault::Colon, 3),
            ("a:\n  b: 1\n   c: 2\n", Fault::Indent, 3),
            ("a:\n  b: 1\n c: 2\n", Fault::Indent, 3),
            ("a: 1\nb: \"c\nd: e\n", Fault::Unclosed, 2),
            ("a: [1, 2\nb: 3\n", Fault::Unclosed, 1),
            ("a: *\n", Fault::Sign, 1),
            ("a: @b\n", Fault::Sign, 1),
            ("a: 1\n---\nb: 2\n", Fault::SeveralDocuments, 0),
        ];
        let mut wrong = Vec::new();
        for (text, fault, line) in cases {
            let problem = parse(text).expect_err(text);
            if (&problem.fault, problem.line) != (&fault, line) {
                wrong.push(format!("{text:?}: {problem:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
