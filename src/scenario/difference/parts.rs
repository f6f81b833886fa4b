//! A rule set taken apart into declarations, and put together from them.

use std::collections::HashMap;
use std::fmt::Debug;
use std::sync::Arc;

use super::super::change::dotted;
use super::{Behind, What};
use crate::location::SourceId;
use crate::syntax::content;
use crate::syntax::tree::{self, Category, CategoryPart, Column, Criterion, Group, Header, Item, Notes};

/// Under what a declaration is found on the other side.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Key {
    Period,
    Subject,
    QuotaRounding,
    Ties,
    /// Parameters, indicators and indices share their names, as do no others.
    Named(u8, Arc<str>),
    Table(Arc<str>),
    Column(Arc<str>, Arc<str>),
    Category(Arc<str>),
    Group(String),
    Criterion(String),
    /// The school, the category, and which of several of them.
    Registered(Arc<str>, Arc<str>, usize),
}

/// One declaration, without what is declared inside it.
#[derive(Debug, Clone)]
pub(super) enum Part {
    /// A header with one of its clauses.
    Header(What, Box<Header>),
    Item(Box<Item>),
    Column(Column),
    Group(Group, Home),
    Criterion(Box<Criterion>, Home),
}

/// Where a group or a criterion stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Home {
    category: Arc<str>,
    group: Option<String>,
}

impl Key {
    /// As people see it.
    pub fn shown(&self) -> String {
        match self {
            Key::Period | Key::Subject | Key::QuotaRounding | Key::Ties => String::new(),
            Key::Named(_, name) | Key::Table(name) | Key::Category(name) => name.to_string(),
            Key::Column(table, column) => format!("{table}.{column}"),
            Key::Group(number) | Key::Criterion(number) => number.clone(),
            Key::Registered(school, ..) => school.to_string(),
        }
    }

    pub fn table(&self) -> Option<Arc<str>> {
        match self {
            Key::Table(name) => Some(name.clone()),
            _ => None,
        }
    }

    /// Decides nothing by being there.
    pub fn only_supports(&self) -> bool {
        matches!(self, Key::Named(..) | Key::Table(_) | Key::Column(..))
    }
}

/// All declarations of the files, in order of writing; what is declared inside another one comes after it.
pub(super) fn of(files: &[(SourceId, tree::File)]) -> Vec<(Key, Part)> {
    let mut all = Vec::new();
    if let Some(header) = files.first().and_then(|(_, file)| file.header.as_ref()) {
        let bare = bare_header(header);
        let period =
            Header { reporting_year: header.reporting_year, in_force: header.in_force.clone(), ..bare.clone() };
        let subject = Header { subject: header.subject.clone(), ..bare.clone() };
        let rounding = Header { quota_rounding: header.quota_rounding, ..bare.clone() };
        let ties = Header { ties: header.ties.clone(), ..bare };
        all.push((Key::Period, Part::Header(What::Period, Box::new(period))));
        all.push((Key::Subject, Part::Header(What::Subject, Box::new(subject))));
        all.push((Key::QuotaRounding, Part::Header(What::QuotaRounding, Box::new(rounding))));
        all.push((Key::Ties, Part::Header(What::Ties, Box::new(ties))));
    }
    let mut decisions: HashMap<(Arc<str>, Arc<str>), usize> = HashMap::new();
    for item in files.iter().flat_map(|(_, file)| &file.items) {
        let named = |class: u8, name: &tree::Name| Key::Named(class, name.text.clone());
        let key = match item {
            Item::Include(_) | Item::Scenario(_) => continue,
            Item::Parameter(x) => named(0, &x.name),
            Item::Indicator(x) => named(0, &x.name),
            Item::Index(x) => named(0, &x.name),
            Item::List(x) => named(1, &x.name),
            Item::Population(x) => named(2, &x.name),
            Item::Function(x) => named(3, &x.name),
            Item::Combination(x) => named(4, &x.name),
            Item::Registered(x) => {
                let category = x.category.as_ref().map_or(Arc::from(""), |name| name.text.clone());
                let which = decisions.entry((x.school.text.clone(), category.clone())).or_default();
                *which += 1;
                Key::Registered(x.school.text.clone(), category, *which)
            }
            Item::Table(table) => {
                take_table(table, &mut all);
                continue;
            }
            Item::Category(category) => {
                take_category(category, &mut all);
                continue;
            }
        };
        all.push((key, Part::Item(Box::new(item.clone()))));
    }
    all
}

fn bare_header(header: &Header) -> Header {
    let title = tree::Text { text: Arc::from(""), span: header.title.span };
    Header {
        title,
        version: None,
        in_force: None,
        bases: Vec::new(),
        explanations: Vec::new(),
        reporting_year: None,
        subject: None,
        quota_rounding: None,
        ties: None,
        span: header.span,
    }
}

fn take_table(table: &tree::Table, all: &mut Vec<(Key, Part)>) {
    let name = &table.name.text;
    let shell = tree::Table { columns: Vec::new(), ..table.clone() };
    all.push((Key::Table(name.clone()), Part::Item(Box::new(Item::Table(shell)))));
    for column in &table.columns {
        all.push((Key::Column(name.clone(), column.name.text.clone()), Part::Column(column.clone())));
    }
}

fn take_category(category: &Category, all: &mut Vec<(Key, Part)>) {
    let name = &category.name.text;
    let shell = Category { parts: Vec::new(), ..category.clone() };
    all.push((Key::Category(name.clone()), Part::Item(Box::new(Item::Category(shell)))));
    let criterion = |criterion: &Criterion, group: Option<String>, all: &mut Vec<(Key, Part)>| {
        let home = Home { category: name.clone(), group };
        let key = Key::Criterion(dotted(&criterion.number));
        all.push((key, Part::Criterion(Box::new(criterion.clone()), home)));
    };
    for part in &category.parts {
        match part {
            CategoryPart::Criterion(found) => criterion(found, None, all),
            CategoryPart::Group(group) => {
                let number = dotted(&group.number);
                let home = Home { category: name.clone(), group: None };
                let shell = Group { criteria: Vec::new(), ..group.clone() };
                all.push((Key::Group(number.clone()), Part::Group(shell, home)));
                for found in &group.criteria {
                    criterion(found, Some(number.clone()), all);
                }
            }
        }
    }
}

impl Part {
    pub fn what(&self) -> What {
        match self {
            Part::Header(what, _) => *what,
            Part::Column(_) => What::Column,
            Part::Group(..) => What::Group,
            Part::Criterion(..) => What::Criterion,
            Part::Item(item) => match item.as_ref() {
                Item::Parameter(_) => What::Parameter,
                Item::List(_) => What::List,
                Item::Table(_) | Item::Include(_) | Item::Scenario(_) => What::Table,
                Item::Population(_) => What::Population,
                Item::Indicator(_) => What::Indicator,
                Item::Index(_) => What::Index,
                Item::Function(_) => What::Function,
                Item::Combination(_) => What::Combination,
                Item::Category(_) => What::Category,
                Item::Registered(_) => What::Registered,
            },
        }
    }

    /// What it can be called by.
    pub fn names(&self) -> Vec<Arc<str>> {
        let Part::Item(item) = self else { return Vec::new() };
        let (name, forms): (&tree::Name, &[tree::Name]) = match item.as_ref() {
            Item::Parameter(x) => (&x.name, &[]),
            Item::List(x) => (&x.name, &x.forms),
            Item::Table(x) => (&x.name, &x.forms),
            Item::Population(x) => (&x.name, &x.forms),
            Item::Indicator(x) => (&x.name, &[]),
            Item::Index(x) => (&x.name, &[]),
            Item::Function(x) => (&x.name, &[]),
            Item::Combination(x) => (&x.name, &[]),
            Item::Category(_) | Item::Registered(_) | Item::Include(_) | Item::Scenario(_) => return Vec::new(),
        };
        std::iter::once(name).chain(forms).map(|name| name.text.clone()).collect()
    }

    /// What it is declared inside of, the innermost first.
    pub fn homes(&self, key: &Key) -> Vec<Key> {
        match (self, key) {
            (Part::Group(_, home), _) => vec![Key::Category(home.category.clone())],
            (Part::Criterion(_, home), _) => {
                let group = home.group.clone().map(Key::Group);
                group.into_iter().chain([Key::Category(home.category.clone())]).collect()
            }
            (Part::Column(_), Key::Column(table, _)) => vec![Key::Table(table.clone())],
            _ => Vec::new(),
        }
    }

    /// Everything it says.
    pub fn whole(&self, behind: &Behind<'_>) -> String {
        self.content(self, behind)
    }

    /// What decisions depend on: without titles, bases and explanations.
    pub fn substance(&self, behind: &Behind<'_>) -> String {
        self.content(&self.bare(behind), behind)
    }

    fn content(&self, part: &Part, behind: &Behind<'_>) -> String {
        let behind = if let Part::Item(item) = self { behind(item) } else { Vec::new() };
        format!("{} {behind:?}", content(part))
    }

    /// The same without what no decision depends on.
    pub fn bare(&self, behind: &Behind<'_>) -> Part {
        let mut part = self.clone();
        match &mut part {
            Part::Header(..) => {}
            Part::Column(column) => column.title = None,
            Part::Group(group, _) => {
                group.title = None;
                group.notes = Notes::default();
            }
            Part::Criterion(criterion, _) => {
                criterion.title = None;
                criterion.notes = Notes::default();
            }
            Part::Item(item) => bare_item(item, behind),
        }
        part
    }

    /// What a criterion decides, whatever its number is; `None`: no criterion.
    pub fn without_number(&self, behind: &Behind<'_>) -> Option<String> {
        let Part::Criterion(criterion, home) = self.bare(behind) else { return None };
        let number = tree::Numbering { parts: Vec::new(), span: criterion.number.span };
        Some(format!("{home:?} {}", content(&Criterion { number, ..*criterion })))
    }

    pub fn is_renumbered(&self, other: &Part) -> bool {
        match (self, other) {
            (Part::Criterion(a, _), Part::Criterion(b, _)) => a.number.parts != b.number.parts,
            _ => false,
        }
    }

    /// The number of a criterion, in both vocabularies.
    pub fn number(&self) -> [String; 2] {
        let Part::Criterion(criterion, _) = self else { return Default::default() };
        let number = dotted(&criterion.number);
        [number.clone(), number]
    }

    /// Whether two columns differ in nothing but how they are found in a file and what is printed in it.
    pub fn reads_alike_but_for_the_file(&self, other: &Part) -> bool {
        let (Part::Column(a), Part::Column(b)) = (self, other) else { return false };
        let bare =
            |column: &Column| content(&Column { title: None, header: None, markers: Vec::new(), ..column.clone() });
        bare(a) == bare(b)
    }
}

fn bare_item(item: &mut Item, behind: &Behind<'_>) {
    let in_file = !behind(item).is_empty();
    match item {
        Item::Parameter(x) => {
            x.title = None;
            x.allowed = None;
            x.notes = Notes::default();
        }
        Item::List(x) => {
            x.title = None;
            x.source = None;
            x.notes = Notes::default();
            x.entries.iter_mut().for_each(|entry| entry.basis = None);
            if in_file {
                x.file = None;
            }
        }
        Item::Table(x) => {
            x.title = None;
        }
        Item::Population(x) => {
            x.title = None;
            x.notes = Notes::default();
            x.exclusions.iter_mut().for_each(|exclusion| exclusion.basis = None);
        }
        Item::Indicator(x) => {
            x.title = None;
            x.notes = Notes::default();
        }
        Item::Index(x) => {
            x.title = None;
            x.notes = Notes::default();
            for part in &mut x.parts {
                match part {
                    tree::IndexPart::Component(component) => component.title = None,
                    tree::IndexPart::Block { components, .. } => {
                        components.iter_mut().for_each(|component| component.title = None);
                    }
                }
            }
        }
        Item::Function(x) => {
            x.title = None;
            x.notes = Notes::default();
            if in_file {
                x.file.text = Arc::from("");
            }
        }
        Item::Combination(x) => {
            x.title = None;
            x.notes = Notes::default();
        }
        Item::Category(x) => {
            x.title = None;
            x.notes = Notes::default();
        }
        Item::Registered(x) => {
            x.document = None;
            x.author = None;
            x.reason = None;
            if x.in_force.as_ref().is_some_and(|period| period.from.is_some()) {
                x.dated = None;
            }
        }
        Item::Include(_) | Item::Scenario(_) => {}
    }
}

/// The names that a part of a tree refers to, and its own.
pub(super) fn mentioned(part: &impl Debug) -> Vec<String> {
    const BEFORE: &str = "Name { text: \"";
    let written = format!("{part:?}");
    let found = written.split(BEFORE).skip(1).filter_map(|rest| rest.split_once('"'));
    found.map(|(name, _)| name.to_owned()).collect()
}

/// A file of these declarations. `None`: a group or a criterion whose category or group is not among them.
pub(super) fn put_together(main: &tree::File, chosen: &[(&Key, &Part)]) -> Option<tree::File> {
    let mut file = tree::File { items: Vec::new(), broken: Vec::new(), ..main.clone() };
    let mut tables: HashMap<&str, usize> = HashMap::new();
    let mut categories: HashMap<Arc<str>, usize> = HashMap::new();
    for (key, part) in chosen {
        let at = file.items.len();
        match (key, part) {
            (Key::Table(name), Part::Item(item)) => {
                tables.insert(name.as_ref(), at);
                file.items.push(item.as_ref().clone());
            }
            (Key::Category(name), Part::Item(item)) => {
                categories.insert(name.clone(), at);
                file.items.push(item.as_ref().clone());
            }
            (_, Part::Item(item)) => file.items.push(item.as_ref().clone()),
            (_, Part::Header(what, clause)) => header(file.header.as_mut()?, *what, clause),
            _ => {}
        }
    }
    for (key, part) in chosen {
        if let (Key::Column(table, _), Part::Column(column)) = (key, part)
            && let Some(Item::Table(table)) = tables.get(table.as_ref()).and_then(|at| file.items.get_mut(*at))
        {
            table.columns.push(column.clone());
        }
    }
    for (_, part) in chosen {
        let (home, part) = match part {
            Part::Group(group, home) => (home, CategoryPart::Group(group.clone())),
            Part::Criterion(criterion, home) if home.group.is_none() => {
                (home, CategoryPart::Criterion(criterion.as_ref().clone()))
            }
            _ => continue,
        };
        category(&mut file.items, &categories, home)?.parts.push(part);
    }
    for (_, part) in chosen {
        let Part::Criterion(criterion, home) = part else { continue };
        let Some(number) = &home.group else { continue };
        let category = category(&mut file.items, &categories, home)?;
        let group = category.parts.iter_mut().find_map(|part| match part {
            CategoryPart::Group(group) if dotted(&group.number) == *number => Some(group),
            _ => None,
        });
        group?.criteria.push(criterion.as_ref().clone());
    }
    Some(file)
}

fn category<'a>(items: &'a mut [Item], categories: &HashMap<Arc<str>, usize>, home: &Home) -> Option<&'a mut Category> {
    match items.get_mut(*categories.get(&home.category)?)? {
        Item::Category(category) => Some(category),
        _ => None,
    }
}

fn header(into: &mut Header, what: What, clause: &Header) {
    match what {
        What::Period => {
            into.reporting_year = clause.reporting_year;
            into.in_force.clone_from(&clause.in_force);
        }
        What::Subject => into.subject.clone_from(&clause.subject),
        What::QuotaRounding => into.quota_rounding = clause.quota_rounding,
        What::Ties => into.ties.clone_from(&clause.ties),
        _ => {}
    }
}
