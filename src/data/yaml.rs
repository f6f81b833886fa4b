//! YAML text → plain nodes: maps in order, lists, texts. Repeated keys are refused, numbers stay texts.
//!
//! The only file that sees the YAML library.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// The largest YAML file.
pub const MAX_BYTES: usize = 1024 * 1024;

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
    /// In the words of the library (English).
    pub detail: String,
    /// Byte offset where it was noticed, when known.
    pub offset: Option<usize>,
}

/// Reads one YAML document.
pub fn parse(text: &str) -> Result<Node, Problem> {
    serde_yaml::from_str::<Node>(text)
        .map_err(|error| Problem { offset: error.location().map(|at| at.index()), detail: error.to_string() })
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

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NodeVisitor;

        impl<'de> Visitor<'de> for NodeVisitor {
            type Value = Node;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a YAML value")
            }

            fn visit_bool<E: Error>(self, value: bool) -> Result<Node, E> {
                Ok(Node::Text(value.to_string()))
            }

            fn visit_i64<E: Error>(self, value: i64) -> Result<Node, E> {
                Ok(Node::Text(value.to_string()))
            }

            fn visit_u64<E: Error>(self, value: u64) -> Result<Node, E> {
                Ok(Node::Text(value.to_string()))
            }

            fn visit_f64<E: Error>(self, value: f64) -> Result<Node, E> {
                Ok(Node::Text(value.to_string()))
            }

            fn visit_str<E: Error>(self, value: &str) -> Result<Node, E> {
                Ok(Node::Text(value.to_string()))
            }

            fn visit_unit<E: Error>(self) -> Result<Node, E> {
                Ok(Node::Nothing)
            }

            fn visit_none<E: Error>(self) -> Result<Node, E> {
                Ok(Node::Nothing)
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
                Node::deserialize(deserializer)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Node::List(items))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
                let mut entries: Vec<(String, Node)> = Vec::new();
                while let Some((key, value)) = map.next_entry::<Node, Node>()? {
                    let Node::Text(key) = key else {
                        return Err(A::Error::custom("a key must be a text"));
                    };
                    if entries.iter().any(|(known, _)| *known == key) {
                        return Err(A::Error::custom(format!("duplicate key \"{key}\"")));
                    }
                    entries.push((key, value));
                }
                Ok(Node::Map(entries))
            }
        }

        deserializer.deserialize_any(NodeVisitor)
    }
}
