//! Other rules beside the rules: another file, or the same file at a point of its history; and every mixture of the two.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::read::Reader;
use super::revision::Revision;
use super::scenarios::{self, Variant};
use crate::check::{self, Input};
use crate::diagnostic::{Argument, Diagnostic, Outcome};
use crate::language::Language;
use crate::location::{SourceId, Span};
use crate::messages::Speaker;
use crate::model::{RuleSet, WrittenChange};
use crate::scenario::difference::{Difference, Differences, Role};
use crate::source::Sources;
use crate::syntax;
use crate::syntax::tree::{self, Item};

/// What is held against the rules on their data, beside scenarios.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// `None`: the same rules.
    pub rules: Option<OtherRules>,
    /// The manifest; `None`: the same data.
    pub data: Option<PathBuf>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OtherRules {
    File(PathBuf),
    /// The same file at a point of its history.
    Revision(String),
}

/// Which rules these are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beside {
    /// The same as a scenario changes them.
    Scenario,
    Other {
        other: Other,
        /// The short name of the commit, and its day.
        commit: Option<(String, String)>,
    },
}

impl Beside {
    /// What an overview calls it.
    pub(super) fn title(&self) -> String {
        let Beside::Other { other, .. } = self else { return String::new() };
        let rules = other.rules.as_ref().map(|rules| match rules {
            OtherRules::File(path) => path.display().to_string(),
            OtherRules::Revision(name) => name.clone(),
        });
        let data = other.data.as_ref().map(|path| path.display().to_string());
        rules.into_iter().chain(data).collect::<Vec<_>>().join(" + ")
    }
}

/// Two rule sets of which any mixture can be checked.
#[derive(Debug)]
pub(super) struct Mixed {
    input: Input,
    pub differences: Differences,
}

/// Other rules, read and checked.
#[derive(Debug)]
pub(super) struct OtherRead {
    pub rules: RuleSet,
    pub mixed: Mixed,
    pub commit: Option<(String, String)>,
}

/// Reads rules that are held against others. `base`: those, as they were read; `other_data`: they are held on other data.
pub(super) fn read(
    wanted: &OtherRules,
    path: &str,
    variant: &Variant,
    base: &Input,
    sources: &mut Sources,
    other_data: bool,
) -> Outcome<OtherRead> {
    let mut commit = None;
    let mut reader = match wanted {
        OtherRules::File(file) => {
            let mut reader = Reader::beside(std::mem::take(sources));
            reader.main(&file.display().to_string());
            reader
        }
        OtherRules::Revision(name) => match Revision::open(path, name) {
            Err(problem) => return Outcome { value: None, diagnostics: vec![*problem] },
            Ok(revision) => {
                let (short, day) = revision.said();
                commit = Some((short.to_owned(), day.to_owned()));
                let main = revision.main().to_owned();
                let mut reader = Reader::of_revision(revision, std::mem::take(sources));
                reader.main(&main);
                reader
            }
        },
    };
    reader.overrides(&variant.set);
    let mut diagnostics = std::mem::take(&mut reader.diagnostics);
    let misread = diagnostics.iter().any(Diagnostic::is_error);
    let mut value = None;
    if !reader.input.files.is_empty() {
        let mut checked = check::check(&reader.input);
        checked.diagnostics.retain(|d| !misread || !scenarios::UNSAID.contains(&d.kind));
        diagnostics.extend(checked.diagnostics);
        if !diagnostics.iter().any(Diagnostic::is_error) {
            let mixed = Mixed::between(base, &reader.input, &reader.sources, other_data);
            value = checked.value.map(|rules| OtherRead { rules, mixed, commit });
        }
    }
    *sources = reader.sources;
    Outcome { value, diagnostics }
}

impl Mixed {
    fn between(base: &Input, other: &Input, sources: &Sources, other_data: bool) -> Mixed {
        let mut input = Input { overrides: base.overrides.clone(), ..Input::default() };
        for from in [base, other] {
            input.lists.extend(from.lists.iter().map(|(key, list)| (key.clone(), list.clone())));
            input.scripts.extend(from.scripts.iter().map(|(key, script)| (key.clone(), script.clone())));
        }
        let (before, after) = (movable(base, sources), movable(other, sources));
        let differences = Differences::between(&before, &after, &|item| behind(&input, item), other_data);
        Mixed { input, differences }
    }

    /// The rules with some of the differences, the others as before. `data`: on the other data.
    pub fn rules(&mut self, taken: &(dyn Fn(usize) -> bool + Sync), data: bool) -> Option<RuleSet> {
        self.input.files = self.differences.mixed(taken, data)?;
        let checked = check::check(&self.input);
        let failed = checked.diagnostics.iter().any(Diagnostic::is_error);
        checked.value.filter(|_| !failed)
    }

    /// What differs and is no change of its own.
    pub fn along(&self) -> Vec<Difference> {
        self.differences.list.iter().filter(|found| found.role != Role::Unit).cloned().collect()
    }
}

/// The files once more, as trees whose parts can stand in others.
fn movable(input: &Input, sources: &Sources) -> Vec<(SourceId, tree::File)> {
    let read = |source: SourceId| syntax::parse_movable(source, &sources.get(source)?.text).value;
    input.files.iter().filter_map(|(source, _)| Some((*source, read(*source)?))).collect()
}

/// The entries of a list that stands in a file of its own, and the text of a script.
fn behind(input: &Input, item: &Item) -> Vec<String> {
    let of = |span: Span, path: &Arc<str>| Some((span.elsewhere?, path.clone()));
    match item {
        Item::List(tree::List { file: Some(path), .. }) => {
            let list = of(path.span, &path.text).and_then(|key| input.lists.get(&key));
            let day =
                |day: Option<jiff::civil::Date>| day.map_or(String::new(), |day| day.strftime("%d.%m.%Y").to_string());
            let entry = |entry: &check::ListFileEntry| match (entry.from, entry.to) {
                (None, None) => format!("\"{}\"", entry.value),
                (from, to) => {
                    format!("\"{}\" ({} – {})", entry.value, day(from), day(to)).replace("( ", "(").replace(" )", ")")
                }
            };
            list.map_or(Vec::new(), |list| list.entries.iter().map(entry).collect())
        }
        Item::Function(function) => {
            let text = of(function.file.span, &function.file.text).and_then(|key| input.scripts.get(&key));
            text.map_or(Vec::new(), |text| text.lines().map(|line| line.trim_end().to_owned()).collect())
        }
        _ => Vec::new(),
    }
}

/// A difference as it is named among the changes.
pub(super) fn written(difference: &Difference) -> WrittenChange {
    said(|speaker| speaker.difference(difference))
}

/// Other data as a change.
pub(super) fn written_data(before: &Path, after: &Path) -> WrittenChange {
    let text = |path: &Path| Argument::Text(path.display().to_string());
    said(|speaker| speaker.say("difference-data", &[("before", text(before)), ("after", text(after))]))
}

fn said(say: impl Fn(&Speaker) -> String) -> WrittenChange {
    let text = |language| Arc::from(say(&Speaker::new(language)));
    WrittenChange { supports: false, russian: text(Language::Russian), english: text(Language::English) }
}
