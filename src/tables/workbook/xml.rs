//! XML of workbooks as a stream of tags and texts that cannot grow: no entities of its own, bounded depth, bounded texts, bounded bytes.
//!
//! The only file that sees the XML reader; knows no workbooks.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesEnd, BytesStart, Event};

use crate::tables::container::Metered;
use crate::tables::fault::{Fault, Limit};
use crate::tables::limits::Limits;

/// Tags within each other at most; workbooks have about ten.
const DEPTH: u32 = 256;
/// Bytes of a tag beside the text of a cell.
const TAG: u64 = 64 * 1024;

/// A stream of nodes.
pub(super) struct Xml<R> {
    reader: Reader<Metered<R>>,
    buffer: Vec<u8>,
    depth: u32,
    limits: Limits,
}

#[derive(Debug)]
pub(super) enum Node<'a> {
    Start(Tag<'a>),
    End(Close<'a>),
    Text(Cow<'a, str>),
    /// Comments and instructions.
    Nothing,
    Over,
}

/// A tag that begins something.
#[derive(Debug)]
pub(super) struct Tag<'a>(BytesStart<'a>);

/// A tag that ends something.
#[derive(Debug)]
pub(super) struct Close<'a>(BytesEnd<'a>);

impl Close<'_> {
    /// Name without its prefix.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }
}

impl Tag<'_> {
    /// Name without its prefix.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// Value of an attribute, prefixes not told apart.
    pub fn value(&self, name: &str) -> Option<String> {
        let found =
            self.0.attributes().with_checks(false).flatten().find(|a| a.key.local_name().into_inner() == name)?;
        Some(unescape(&found.value).map_or_else(|_| found.value.to_string(), Cow::into_owned))
    }

    /// Whether an attribute of this name has this value under some prefix.
    pub fn extension_says(&self, name: &str, value: &str) -> bool {
        let mut all = self.0.attributes();
        all.with_checks(false).flatten().any(|a| a.key.local_name().into_inner() == name && a.value == value)
    }

    /// Value of an attribute that is a number.
    pub fn number(&self, name: &str) -> Option<u32> {
        self.value(name)?.trim().parse().ok()
    }

    /// Whether an attribute is there and says yes.
    pub fn says(&self, name: &str) -> bool {
        self.value(name).is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"))
    }
}

impl<R: BufRead> Xml<R> {
    pub fn new(input: R, limits: &Limits) -> Self {
        let mut reader = Reader::from_reader(Metered::new(input, limits.unpacked));
        let config = reader.config_mut();
        config.check_end_names = false;
        config.check_comments = false;
        config.trim_text(false);
        config.expand_empty_elements = true;
        Xml { reader, buffer: Vec::new(), depth: 0, limits: *limits }
    }

    /// Errors: damaged, entities of its own, too deep, larger than the limits.
    pub fn next(&mut self) -> Result<Node<'_>, Fault> {
        self.buffer.clear();
        self.reader.get_mut().step(self.limits.cell.saturating_add(TAG));
        // borrowed for the error, which is told after the buffer is
        let read = self.reader.read_event_into(&mut self.buffer);
        let event = match read {
            Ok(event) => event,
            Err(error) => {
                let detail = error.to_string();
                let limit = self.reader.get_ref().exceeded();
                return Err(limit.map_or(Fault::Damaged(detail), |limit| self.limits.fault(limit)));
            }
        };
        Ok(match event {
            Event::Start(tag) => {
                self.depth += 1;
                if self.depth > DEPTH {
                    return Err(Fault::Damaged("XML depth".to_string()));
                }
                Node::Start(Tag(tag))
            }
            Event::Empty(tag) => Node::Start(Tag(tag)),
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                Node::End(Close(tag))
            }
            Event::Text(text) => Node::Text(text.xml10_content()),
            Event::CData(text) => Node::Text(text.xml10_content()),
            Event::GeneralRef(reference) => {
                let letter = reference.resolve_char_ref().ok().flatten();
                let name = reference.xml10_content();
                let known = letter.map(|letter| Cow::Owned(letter.to_string()));
                match known.or_else(|| resolve_predefined_entity(&name).map(Cow::Borrowed)) {
                    Some(text) => Node::Text(text),
                    None => return Err(Fault::Damaged(format!("&{name};"))),
                }
            }
            // a plain reference to a definition is never fetched; one with definitions of its own is no spreadsheet
            Event::DocType(text) if !text.contains('[') => Node::Nothing,
            Event::DocType(_) => return Err(Fault::Damaged("DOCTYPE".to_string())),
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => Node::Nothing,
            Event::Eof => Node::Over,
        })
    }

    /// Reads on behind the end of the tag that was read last.
    pub fn skip(&mut self) -> Result<(), Fault> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if matches!(self.next()?, Node::Over) {
                return Err(self.cut_off());
            }
        }
        Ok(())
    }

    pub fn cut_off(&self) -> Fault {
        Fault::Damaged("end of file".to_string())
    }

    /// Reads to the end.
    pub fn drain(&mut self) -> Result<(), Fault> {
        while !matches!(self.next()?, Node::Over) {}
        Ok(())
    }

    pub fn limit(&self, limit: Limit, size: u64) -> Result<(), Fault> {
        self.limits.hold(limit, size)
    }
}
