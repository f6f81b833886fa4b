//! Declarations of tables, and the smallest rules over one of them, as text in canonical form.
//!
//! The notes beside them come from above; knows no data.

use super::keywords::{Form, unit_word};
use super::tree::UnitName;
use super::{parse, print};
use crate::language::Language;
use crate::location::SourceId;
use crate::value::Unit;

/// A table to be declared. Every note is one line.
#[derive(Debug, Clone)]
pub struct Declared {
    pub notes: Vec<String>,
    pub name: String,
    pub key: Vec<String>,
    pub columns: Vec<DeclaredColumn>,
}

#[derive(Debug, Clone)]
pub struct DeclaredColumn {
    pub notes: Vec<String>,
    pub name: String,
    pub kind: DeclaredKind,
    pub allowed: Vec<String>,
}

#[derive(Debug, Clone)]
pub enum DeclaredKind {
    Text,
    Number(Unit),
    YesNo,
    Date,
    Year,
    Link(String),
}

/// Rules that list the rows without a value in a column.
#[derive(Debug, Clone)]
pub struct FirstRules {
    pub notes: Vec<String>,
    pub title: String,
    pub year: Option<i64>,
    pub judged: String,
    /// File with the tables, without its extension.
    pub include: String,
    pub category: String,
    pub category_title: String,
    pub criterion_title: String,
    pub column: String,
}

/// The declarations in the words of a language. `head`: notes at the top.
pub fn declarations(head: &[String], tables: &[Declared], language: Language) -> String {
    let mut text = notes("", head);
    for table in tables {
        text += "\n";
        text += &notes("", &table.notes);
        text += &format!("table {}\n", table.name);
        if !table.key.is_empty() {
            text += &format!("  key {}\n", table.key.join("; "));
        }
        for column in &table.columns {
            text += &notes("  ", &column.notes);
            text += &format!("  column {} {}", column.name, kind(&column.kind));
            if !column.allowed.is_empty() {
                let allowed: Vec<String> = column.allowed.iter().map(|text| quoted(text)).collect();
                text += &format!(" values ({})", allowed.join("; "));
            }
            text.push('\n');
        }
    }
    canonical(&text, language)
}

/// The first rules in the words of a language.
pub fn first_rules(rules: &FirstRules, language: Language) -> String {
    let mut text = notes("", &rules.notes);
    text += &format!("rule set {}\n  version \"0\"\n", quoted(&rules.title));
    if let Some(year) = rules.year {
        text += &format!("  reporting year {year}\n");
    }
    text += &format!("  evaluates {}\n\ninclude {}\n\n", rules.judged, quoted(&rules.include));
    text += &format!(
        "category {} {}\n  assigned when met any criterion\n\n",
        rules.category,
        quoted(&rules.category_title)
    );
    text += &format!("  criterion 1 {}\n    when {} not known\n", quoted(&rules.criterion_title), rules.column);
    canonical(&text, language)
}

fn canonical(text: &str, language: Language) -> String {
    parse(SourceId::default(), text).value.map_or_else(|| text.to_owned(), |tree| print(&tree, language))
}

fn notes(indent: &str, lines: &[String]) -> String {
    lines.iter().map(|line| format!("{indent}// {}\n", line.split_whitespace().collect::<Vec<_>>().join(" "))).collect()
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn kind(kind: &DeclaredKind) -> String {
    match kind {
        DeclaredKind::Text => "text".to_owned(),
        DeclaredKind::YesNo => "yes/no".to_owned(),
        DeclaredKind::Date => "date".to_owned(),
        DeclaredKind::Year => "year".to_owned(),
        DeclaredKind::Link(table) => format!("reference to {table}"),
        DeclaredKind::Number(unit) => match unit_name(unit) {
            Some(unit) => format!("number {}", unit_word(unit, Form::Many, Language::English)),
            None => "number".to_owned(),
        },
    }
}

fn unit_name(unit: &Unit) -> Option<UnitName> {
    Some(match unit {
        Unit::Number | Unit::Ratio | Unit::Score => return None,
        Unit::Percent => UnitName::Percent,
        Unit::PercentagePoint => UnitName::PercentagePoint,
        Unit::Points(_) => UnitName::Points,
        Unit::Mark => UnitName::Mark,
        Unit::People => UnitName::People,
        Unit::Year => UnitName::Year,
        Unit::Rouble => UnitName::Rouble,
        Unit::Kilometre => UnitName::Kilometre,
        Unit::Minute => UnitName::Minute,
        Unit::Hour => UnitName::Hour,
        Unit::SquareMetre => UnitName::SquareMetre,
        Unit::Place => UnitName::Place,
    })
}
