//! The manifest of a draft.

use super::{count, rows, text};
use crate::data::printed::header_form;
use crate::data::{Words, words};
use crate::infer::wide::wide;
use crate::infer::{Column, Draft, Part, Skipped, Table, Why};
use crate::messages::Speaker;
use crate::tables::encoding::Encoding;
use crate::value::Reasons;

/// The text of a `dataset.yaml`. `title`: what the data are called.
pub fn manifest(draft: &Draft, title: &str, speaker: &Speaker) -> String {
    let mut writer = Writer { words: words(speaker.language()), speaker, text: String::new() };
    writer.note(0, &speaker.word("draft-manifest-head"));
    writer.line(0, &format!("{}: {}", writer.words.dataset, quoted(title)));
    writer.text.push('\n');
    writer.line(0, &format!("{}:", writer.words.tables));
    for (at, table) in draft.tables.iter().enumerate() {
        if at > 0 {
            writer.text.push('\n');
        }
        writer.table(table);
    }
    if !draft.skipped.is_empty() {
        writer.text.push('\n');
    }
    for skipped in &draft.skipped {
        writer.skipped(skipped);
    }
    writer.text
}

struct Writer<'a> {
    words: Words,
    speaker: &'a Speaker,
    text: String,
}

/// What several files of one table may have in common.
type Written = (Option<String>, Option<Encoding>, Option<String>);

impl Writer<'_> {
    fn line(&mut self, indent: usize, line: &str) {
        self.text += &format!("{}{line}\n", " ".repeat(indent));
    }

    fn note(&mut self, indent: usize, note: &str) {
        for line in note.lines() {
            self.line(indent, &format!("# {line}"));
        }
    }

    fn table(&mut self, table: &Table) {
        self.line(2, &format!("{}:", name(&table.name)));
        let common = common(table);
        let alone = table.parts.len() == 1;
        let first = table.parts.first();
        if let Some(part) = first.filter(|_| alone) {
            self.left_out(4, part);
            self.line(4, &format!("{}: {}", self.words.file, quoted(&part.file)));
            self.place(4, part);
        }
        if let Some(common) = &common {
            self.written(4, common);
        }
        if !alone {
            self.note(4, &self.speaker.say("draft-of-years", &[("count", count(table.parts.len()))]));
            self.line(4, &format!("{}:", self.words.files));
            for part in &table.parts {
                self.left_out(6, part);
                self.line(6, &format!("- {}: {}", self.words.file, quoted(&part.file)));
                self.place(8, part);
                if common.is_none() {
                    self.written(8, &written(part));
                }
                self.constants(8, table, part);
            }
        }
        let columns: Vec<&Column> = table.columns.iter().filter(|column| self.has_words(column, alone)).collect();
        if !columns.is_empty() {
            self.line(4, &format!("{}:", self.words.columns));
        }
        for column in columns {
            self.column(column, first);
        }
        self.wide(table);
        if !table.left.is_empty() {
            let left = table.left.iter().map(|(at, header)| {
                let letters = crate::location::column_letters(*at);
                if header.is_empty() { letters } else { format!("{letters} «{header}»") }
            });
            let columns = crate::diagnostic::Argument::List(left.collect());
            self.note(4, &self.speaker.say("draft-left", &[("columns", columns)]));
        }
    }

    /// What a person may have made rows of.
    fn wide(&mut self, table: &Table) {
        let wide = wide(table, &self.speaker.word("draft-name-column"));
        let Some(first) = wide.first() else { return };
        let year = self.speaker.word("draft-name-year");
        let header = |at: Option<&String>| text(at.map_or("", String::as_str));
        let ends = [("first", header(first.headers.first())), ("last", header(first.headers.last()))];
        let arguments = [&ends[..], &[("count", count(first.headers.len()))]].concat();
        self.note(4, &self.speaker.say("draft-wide", &arguments));
        self.note(4, &format!("{}:", self.words.unpivot));
        for found in &wide {
            let (before, after) = &found.around;
            self.note(4, &format!("  {}: {}", name(&found.name), quoted(&format!("{before}{{{year}}}{after}"))));
        }
    }

    fn left_out(&mut self, indent: usize, part: &Part) {
        if !part.left_out.is_empty() {
            let arguments = [("count", count(part.left_out.len())), ("rows", rows(&part.left_out))];
            self.note(indent, &self.speaker.say("draft-left-out", &arguments));
        }
    }

    /// Which table of the sheet, which rows its header, and that sums are left out.
    fn place(&mut self, indent: usize, part: &Part) {
        // pages are put together when neither a table nor a header is named
        if part.pages > 1 {
            self.note(indent, &self.speaker.say("draft-of-pages", &[("count", count(part.pages))]));
        } else if let Some(table) = part.table {
            self.line(indent, &format!("{}: {table}", self.words.table));
        }
        let first = part.table.is_none_or(|table| table == 1);
        let named = part.pages == 1 && first && (part.named_header || part.header.len() > 1);
        if let Some((first, last)) = part.header.first().zip(part.header.last()).filter(|_| named) {
            if first == last {
                self.line(indent, &format!("{}: {first}", self.words.header_row));
            } else {
                self.note(indent, &self.speaker.word("draft-header-rows"));
                self.line(indent, &format!("{}: {first}-{last}", self.words.header_row));
            }
        }
        if !part.totals.is_empty() {
            let arguments = [("count", count(part.totals.len())), ("rows", rows(&part.totals))];
            self.note(indent, &self.speaker.say("draft-totals", &arguments));
            self.line(indent, &format!("{}: {}", self.words.totals, self.words.skip));
        }
    }

    /// Sheet, encoding and separator, with their grounds.
    fn written(&mut self, indent: usize, (sheet, encoding, separator): &Written) {
        if let Some(sheet) = sheet {
            self.line(indent, &format!("{}: {}", self.words.sheet, quoted(sheet)));
        }
        if let Some(encoding) = encoding {
            let ground = self.speaker.word(match encoding {
                Encoding::Utf8 => "draft-encoding-valid",
                _ => "draft-encoding-words",
            });
            self.line(indent, &format!("{}: {}  # {ground}", self.words.encoding, encoding.name()));
        }
        if let Some(separator) = separator {
            let shown = if separator == "\t" { self.words.tab.to_owned() } else { quoted(separator) };
            self.line(indent, &format!("{}: {shown}", self.words.separator));
        }
    }

    fn constants(&mut self, indent: usize, table: &Table, part: &Part) {
        let constant = table.columns.iter().find(|column| column.constant);
        if let (Some(column), Some(year)) = (constant, part.year) {
            self.line(indent, &format!("{}:", self.words.columns));
            self.line(indent + 2, &format!("{}: {{{}: \"{year}\"}}", name(&column.name), self.words.constant));
        }
    }

    fn has_words(&self, column: &Column, alone: bool) -> bool {
        if column.constant {
            return alone;
        }
        header_form(&column.name) != header_form(&column.header) || !column.markers.is_empty()
    }

    fn column(&mut self, column: &Column, first: Option<&Part>) {
        let name = name(&column.name);
        if column.constant {
            let year = first.and_then(|part| part.year).map_or(String::new(), |year| year.to_string());
            self.note(6, &self.speaker.word("draft-year-of-name"));
            self.line(6, &format!("{name}: {{{}: \"{year}\"}}", self.words.constant));
            return;
        }
        if column.markers.is_empty() {
            self.line(6, &format!("{name}: {}", quoted(&column.header)));
            return;
        }
        self.line(6, &format!("{name}:"));
        self.line(8, &format!("{}: {}", self.words.header, quoted(&column.header)));
        let meanings = [
            (Reasons::MISSING, self.words.missing),
            (Reasons::SUPPRESSED, self.words.suppressed),
            (Reasons::NOT_APPLICABLE, self.words.not_applicable),
        ];
        for (reasons, word) in meanings {
            let markers: Vec<_> = column.markers.iter().filter(|marker| marker.reasons == reasons).collect();
            if markers.is_empty() {
                continue;
            }
            let texts: Vec<String> = markers.iter().map(|marker| quoted(&marker.text)).collect();
            let times = markers.iter().map(|marker| marker.count).sum();
            let note = self.speaker.say("draft-marker", &[("count", count(times))]);
            self.line(8, &format!("{word}: [{}]  # {note}", texts.join(", ")));
        }
    }

    fn skipped(&mut self, skipped: &Skipped) {
        let why = match skipped.why {
            Why::NoRows => "no-rows",
            Why::NoHeader => "no-header",
        };
        let arguments = [
            ("why", text(why)),
            ("file", text(skipped.file.as_str())),
            ("sheets", count(usize::from(skipped.sheet.is_some()))),
            ("sheet", text(skipped.sheet.clone().unwrap_or_default())),
        ];
        self.note(0, &self.speaker.say("draft-skipped", &arguments));
    }
}

fn written(part: &Part) -> Written {
    (part.sheet.clone().filter(|_| part.named_sheet), part.encoding, part.separator.clone())
}

/// What all files of a table say alike.
fn common(table: &Table) -> Option<Written> {
    let mut each = table.parts.iter().map(written);
    let first = each.next()?;
    each.all(|other| other == first).then_some(first)
}

/// A name of the rules is a plain word of YAML, but for those that YAML reads as something else.
fn name(name: &str) -> String {
    let special = ["yes", "no", "true", "false", "null", "on", "off", "y", "n"];
    if special.contains(&name.to_lowercase().as_str()) { quoted(name) } else { name.to_owned() }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
