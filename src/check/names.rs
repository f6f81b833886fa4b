//! Who declares which name, and what to say about a name that nobody declares.
//!
//! Knows nothing of types.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::Checker;
use crate::diagnostic::check as kinds;
use crate::diagnostic::{Diagnostic, Kind};
use crate::location::{Place, SourceId, SourceSpan, Span};
use crate::suggestion;
use crate::syntax::tree;

/// Tables that are judged when the header does not say which.
pub(super) const USUAL_SUBJECTS: &[&str] = &["школы", "schools", "организации"];

/// A list read from a file.
#[derive(Debug, Clone, Default)]
pub struct ListFile {
    pub title: Option<Arc<str>>,
    pub source: Option<Arc<str>>,
    pub entries: Vec<ListFileEntry>,
    /// The file, for messages.
    pub place: Option<Place>,
}

#[derive(Debug, Clone)]
pub struct ListFileEntry {
    pub value: Arc<str>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub basis: Option<Arc<str>>,
    pub at: Option<SourceSpan>,
}

/// A declared thing, by its position among its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Entity {
    Parameter(usize),
    List(usize),
    Table(usize),
    Population(usize),
    Indicator(usize),
    Index(usize),
    Function(usize),
    Combination(usize),
}

/// All declarations of all files, by kind, and the names that refer to them.
#[derive(Default)]
pub(super) struct Names<'a> {
    pub parameters: Vec<(SourceId, &'a tree::Parameter)>,
    pub lists: Vec<(SourceId, &'a tree::List)>,
    pub tables: Vec<(SourceId, &'a tree::Table)>,
    pub populations: Vec<(SourceId, &'a tree::Population)>,
    pub indicators: Vec<(SourceId, &'a tree::Indicator)>,
    pub indices: Vec<(SourceId, &'a tree::Index)>,
    pub functions: Vec<(SourceId, &'a tree::Function)>,
    pub combinations: Vec<(SourceId, &'a tree::NamedCombination)>,
    pub categories: Vec<(SourceId, &'a tree::Category)>,
    pub registered: Vec<(SourceId, &'a tree::Registered)>,
    /// Parameters, indicators and indices.
    pub values: HashMap<Arc<str>, Entity>,
    /// Tables and populations, by every form.
    pub sets: HashMap<Arc<str>, Entity>,
    pub list_names: HashMap<Arc<str>, Entity>,
    pub function_names: HashMap<Arc<str>, Entity>,
    pub combination_names: HashMap<Arc<str>, Entity>,
}

impl<'a> Names<'a> {
    pub fn collect(files: &'a [(SourceId, tree::File)], diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut names = Names::default();
        let mut first: HashMap<(u8, Arc<str>), SourceSpan> = HashMap::new();
        for (source, file) in files {
            for item in &file.items {
                names.collect_item(*source, item, &mut first, diagnostics);
            }
        }
        names
    }

    fn collect_item(
        &mut self,
        source: SourceId,
        item: &'a tree::Item,
        first: &mut HashMap<(u8, Arc<str>), SourceSpan>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut declare = |class: u8, map: &mut HashMap<Arc<str>, Entity>, name: &tree::Name, entity: Entity| {
            let here = SourceSpan::new(source, name.span);
            if let Some(before) = first.get(&(class, name.text.clone())) {
                if map.get(&name.text) == Some(&entity) {
                    return;
                }
                diagnostics.push(
                    Diagnostic::at(kinds::DUPLICATE_NAME, here)
                        .text("name", name.text.as_ref())
                        .related(Place::Text(*before), "role-first-declared"),
                );
                return;
            }
            first.insert((class, name.text.clone()), here);
            map.insert(name.text.clone(), entity);
        };
        match item {
            tree::Item::Include(_) | tree::Item::Scenario(_) => {}
            tree::Item::Parameter(p) => {
                declare(0, &mut self.values, &p.name, Entity::Parameter(self.parameters.len()));
                self.parameters.push((source, p));
            }
            tree::Item::Indicator(i) => {
                declare(0, &mut self.values, &i.name, Entity::Indicator(self.indicators.len()));
                self.indicators.push((source, i));
            }
            tree::Item::Index(i) => {
                declare(0, &mut self.values, &i.name, Entity::Index(self.indices.len()));
                self.indices.push((source, i));
            }
            tree::Item::List(l) => {
                for name in std::iter::once(&l.name).chain(&l.forms) {
                    declare(1, &mut self.list_names, name, Entity::List(self.lists.len()));
                }
                self.lists.push((source, l));
            }
            tree::Item::Table(t) => {
                for name in std::iter::once(&t.name).chain(&t.forms) {
                    declare(2, &mut self.sets, name, Entity::Table(self.tables.len()));
                }
                self.tables.push((source, t));
            }
            tree::Item::Population(p) => {
                for name in std::iter::once(&p.name).chain(&p.forms) {
                    declare(2, &mut self.sets, name, Entity::Population(self.populations.len()));
                }
                self.populations.push((source, p));
            }
            tree::Item::Function(f) => {
                declare(3, &mut self.function_names, &f.name, Entity::Function(self.functions.len()));
                self.functions.push((source, f));
            }
            tree::Item::Combination(c) => {
                declare(4, &mut self.combination_names, &c.name, Entity::Combination(self.combinations.len()));
                self.combinations.push((source, c));
            }
            tree::Item::Registered(r) => self.registered.push((source, r)),
            tree::Item::Category(c) => {
                declare(5, &mut HashMap::new(), &c.name, Entity::Combination(usize::MAX));
                self.categories.push((source, c));
            }
        }
    }

    /// The name of a declared thing and where it is declared.
    pub fn declared(&self, entity: Entity) -> Option<(Arc<str>, SourceSpan)> {
        let (source, name) = match entity {
            Entity::Parameter(i) => self.parameters.get(i).map(|(s, x)| (*s, &x.name))?,
            Entity::List(i) => self.lists.get(i).map(|(s, x)| (*s, &x.name))?,
            Entity::Table(i) => self.tables.get(i).map(|(s, x)| (*s, &x.name))?,
            Entity::Population(i) => self.populations.get(i).map(|(s, x)| (*s, &x.name))?,
            Entity::Indicator(i) => self.indicators.get(i).map(|(s, x)| (*s, &x.name))?,
            Entity::Index(i) => self.indices.get(i).map(|(s, x)| (*s, &x.name))?,
            Entity::Function(i) => self.functions.get(i).map(|(s, x)| (*s, &x.name))?,
            Entity::Combination(i) => self.combinations.get(i).map(|(s, x)| (*s, &x.name))?,
        };
        Some((name.text.clone(), SourceSpan::new(source, name.span)))
    }
}

impl Checker<'_> {
    /// Reports a name that is not among `known`, with the nearest ones, and a fix when there is exactly one.
    pub(super) fn unknown(&mut self, kind: Kind, source: SourceId, name: &tree::Name, known: &[Arc<str>]) {
        let diagnostic = self.unknown_text(kind, source, &name.text, name.span, known);
        self.push(diagnostic);
    }

    pub(super) fn unknown_text(
        &self,
        kind: Kind,
        source: SourceId,
        text: &str,
        span: Span,
        known: &[Arc<str>],
    ) -> Diagnostic {
        let at = SourceSpan::new(source, span);
        Diagnostic::at(kind, at).text("name", text).near(self.first_forms(kind, suggestion::meant(text, known)), at)
    }

    /// Forms of one name count once, as the name is declared.
    fn first_forms(&self, kind: Kind, near: Vec<String>) -> Vec<String> {
        let names = match kind {
            kinds::UNKNOWN_SET => &self.names.sets,
            kinds::UNKNOWN_LIST => &self.names.list_names,
            _ => return near,
        };
        let mut found: Vec<String> = Vec::new();
        for form in near {
            let declared = names.get(form.as_str()).and_then(|entity| self.names.declared(*entity));
            let name = declared.map_or(form, |(name, _)| name.to_string());
            if !found.contains(&name) {
                found.push(name);
            }
        }
        found
    }

    pub(super) fn table_names(&self) -> Vec<Arc<str>> {
        self.schema.tables.iter().flat_map(|t| std::iter::once(t.name.clone()).chain(t.forms.iter().cloned())).collect()
    }

    pub(super) fn set_names(&self) -> Vec<Arc<str>> {
        let mut names: Vec<Arc<str>> = self.names.sets.keys().cloned().collect();
        names.sort();
        names
    }

    pub(super) fn use_entity(&mut self, entity: Entity) {
        self.used.insert(entity);
    }
}
