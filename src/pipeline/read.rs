//! Rules files from disk, or from texts that stand for a disk: the main one, what it includes, the lists and scripts it names.
//!
//! Knows how names become paths; knows nothing of what the files say.

use std::collections::{BTreeMap, HashSet};
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::revision::Revision;
use crate::check::{Input, ListFile, ListFileEntry};
use crate::data::correspondence::{self, Correspondence};
use crate::data::list;
use crate::data::yaml_text::YamlText;
use crate::diagnostic::check as kinds;
use crate::diagnostic::data as data_kinds;
use crate::diagnostic::program as program_kinds;
use crate::diagnostic::scenario as scenario_kinds;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::location::{Place, SourceId, SourceSpan};
use crate::source::{Source, Sources};
use crate::syntax::{self, tree};

/// A rules file is a text; anything larger is not one.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

#[derive(Debug, Default)]
pub(super) struct Reader {
    pub sources: Sources,
    pub input: Input,
    pub diagnostics: Vec<Diagnostic>,
    /// Every file that was read, byte for byte: the main one first.
    pub files: Vec<(PathBuf, Vec<u8>)>,
    seen: HashSet<PathBuf>,
    chain: Vec<PathBuf>,
    /// What is read in place of files on disk.
    store: Option<Store>,
}

/// Files that are not on disk.
#[derive(Debug)]
enum Store {
    /// Texts by name.
    Texts(BTreeMap<PathBuf, Vec<u8>>),
    Revision(Revision),
}

impl Store {
    fn has(&self, path: &Path) -> bool {
        match self {
            Store::Texts(texts) => texts.contains_key(&plain_path(path)),
            Store::Revision(revision) => revision.has(path),
        }
    }

    fn bytes(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        match self {
            Store::Texts(texts) => Ok(texts.get(&plain_path(path)).cloned().ok_or(std::io::ErrorKind::NotFound)?),
            Store::Revision(revision) => revision.bytes(path),
        }
    }
}

impl Reader {
    /// Reads nothing from disk: only these texts, named as seen from one folder.
    pub fn of_texts(texts: impl IntoIterator<Item = (String, String)>) -> Reader {
        let named = texts.into_iter().map(|(name, text)| (plain_path(Path::new(&name)), text.into_bytes()));
        Reader { store: Some(Store::Texts(named.collect())), ..Reader::default() }
    }

    /// Reads rules after others: their texts stand behind the others.
    pub fn beside(sources: Sources) -> Reader {
        Reader { sources, ..Reader::default() }
    }

    /// Reads nothing from disk: only what a point of a history holds.
    pub fn of_revision(revision: Revision, sources: Sources) -> Reader {
        Reader { store: Some(Store::Revision(revision)), sources, ..Reader::default() }
    }

    /// How a file is called in messages.
    fn shown(&self, name: &str) -> String {
        match &self.store {
            Some(Store::Revision(revision)) => revision.shown(&plain_path(Path::new(name)).display().to_string()),
            _ => name.to_owned(),
        }
    }

    /// Whether a text was read already.
    pub fn has_read(&self, name: &str) -> bool {
        self.files.iter().any(|(path, _)| plain_path(path) == plain_path(Path::new(name)))
    }

    /// The one name of a file, however it is reached.
    fn whole(&self, path: &Path) -> PathBuf {
        match &self.store {
            Some(_) => plain_path(path),
            None => std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf()),
        }
    }

    fn named(&self, folder: &Path, name: &str, extensions: &[&str]) -> Option<PathBuf> {
        match &self.store {
            Some(store) => candidates(folder, name, extensions).find(|p| store.has(p)).map(|p| plain_path(&p)),
            None => named_file(folder, name, extensions),
        }
    }

    pub fn main(&mut self, path: &str) {
        match self.text(path) {
            Err(error) => {
                let shown = self.shown(path);
                self.diagnostics.push(crate::data::unreadable(Place::File(shown.clone()), &shown, &error));
            }
            Ok((text, guessed)) => {
                if guessed {
                    let shown = self.shown(path);
                    self.diagnostics.push(
                        Diagnostic::new(data_kinds::ENCODING_GUESSED, Place::File(shown.clone()))
                            .text("file", shown)
                            .text("what", "rules"),
                    );
                }
                let folder = Path::new(path).parent().unwrap_or(Path::new("")).to_path_buf();
                let whole = self.whole(Path::new(path));
                self.file(path, &text, &folder, whole);
            }
        }
    }

    /// Reads a file and keeps its bytes.
    fn text(&mut self, path: &str) -> std::io::Result<(String, bool)> {
        let bytes = match &self.store {
            Some(store) => store.bytes(Path::new(path))?,
            None => read_bytes(path)?,
        };
        let decoded = decode(bytes.clone())?;
        self.files.push((PathBuf::from(path), bytes));
        Ok(decoded)
    }

    fn file(&mut self, name: &str, text: &str, folder: &Path, whole: PathBuf) {
        self.seen.insert(whole.clone());
        self.chain.push(whole);
        let source = self.sources.add(Source::new(self.shown(name), text));
        let Outcome { value, diagnostics } = syntax::parse(source, text);
        self.diagnostics.extend(diagnostics);
        if let Some(file) = value {
            let items = file.items.clone();
            self.input.files.push((source, file));
            for item in &items {
                match item {
                    tree::Item::Include(include) => self.include(source, &include.path, folder),
                    tree::Item::List(tree::List { file: Some(path), .. }) => self.list(source, path, folder),
                    tree::Item::Function(function) => self.script(source, &function.file, folder),
                    tree::Item::Scenario(scenario) => {
                        for alteration in &scenario.alterations {
                            if let tree::Alteration::Item(item) | tree::Alteration::Added(item) = alteration
                                && let tree::Item::List(tree::List { file: Some(path), .. }) = item
                            {
                                self.list(source, path, folder);
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
        self.chain.pop();
    }

    fn include(&mut self, source: SourceId, path: &tree::Text, folder: &Path) {
        let at = SourceSpan::new(source, path.span);
        let Some(found) = self.named(folder, &path.text, &["merilo"]) else {
            self.diagnostics.push(Diagnostic::at(kinds::FILE_MISSING, at).text("file", path.text.as_ref()));
            return;
        };
        let whole = self.whole(&found);
        if let Some(start) = self.chain.iter().position(|open| *open == whole) {
            let names = self
                .chain
                .iter()
                .skip(start)
                .chain([&whole])
                .filter_map(|p| p.file_name())
                .map(|n| n.to_string_lossy());
            let circle: Vec<String> = names.map(|n| n.to_string()).collect();
            self.diagnostics.push(Diagnostic::at(kinds::INCLUDE_CIRCULAR, at).text("circle", circle.join(" → ")));
            return;
        }
        if self.seen.contains(&whole) {
            return;
        }
        match self.text(&found.display().to_string()) {
            Ok((text, _)) => {
                let inner = found.parent().unwrap_or(folder).to_path_buf();
                self.file(&found.display().to_string(), &text, &inner, whole);
            }
            Err(error) => self.unreadable(at, &found, &error),
        }
    }

    fn unreadable(&mut self, at: SourceSpan, path: &Path, error: &std::io::Error) {
        let shown = self.shown(&path.display().to_string());
        self.diagnostics.push(crate::data::unreadable(Place::Text(at), &shown, error));
    }

    fn list(&mut self, source: SourceId, path: &tree::Text, folder: &Path) {
        // A missing file is reported by the checker, at the list.
        let Some(found) = self.named(folder, &path.text, &["yaml", "yml"]) else {
            return;
        };
        let at = SourceSpan::new(source, path.span);
        let text = match self.text(&found.display().to_string()) {
            Ok((text, _)) => text,
            Err(error) => return self.unreadable(at, &found, &error),
        };
        let name = self.shown(&found.display().to_string());
        let mut checked = ListFile { place: Some(Place::File(name.clone())), ..ListFile::default() };
        let read = list::parse(&YamlText::new(&name, &text, &mut self.sources));
        if let Some(file) = read.value {
            checked.title = file.title.map(Arc::from);
            checked.source = file.source.map(Arc::from);
            checked.entries = file
                .entries
                .into_iter()
                .map(|e| ListFileEntry {
                    value: Arc::from(e.value),
                    from: e.from,
                    to: e.to,
                    basis: e.basis.map(Arc::from),
                    at: e.at,
                })
                .collect();
        }
        for problem in read.diagnostics {
            self.diagnostics.push(problem.text("file", name.clone()).related(Place::Text(at), "role-list-named"));
        }
        self.input.lists.insert((source, path.text.clone()), checked);
    }

    fn script(&mut self, source: SourceId, path: &tree::Text, folder: &Path) {
        let Some(found) = self.named(folder, &path.text, &["rhai"]) else {
            return;
        };
        match self.text(&found.display().to_string()) {
            Ok((text, _)) => {
                self.input.scripts.insert((source, path.text.clone()), Arc::from(text));
            }
            Err(error) => {
                let at = SourceSpan::new(source, path.span);
                self.unreadable(at, &found, &error);
            }
        }
    }

    /// A file of scenarios beside those of the rules. What else it holds belongs into the rules.
    pub fn scenarios(&mut self, path: &str) {
        let before = self.input.files.len();
        self.main(path);
        let Some((source, file)) = self.input.files.get(before) else { return };
        let header = file.header.as_ref().map(|header| header.title.span);
        let others = file.items.iter().filter_map(|item| match item {
            tree::Item::Scenario(_) => None,
            other => Some(other.span()),
        });
        if let Some(span) = header.or_else(|| others.into_iter().next()) {
            let at = SourceSpan::new(*source, span);
            self.diagnostics.push(Diagnostic::at(scenario_kinds::NOT_A_SCENARIO, at));
        }
    }

    /// `--set имя=значение`: each is parsed like a declaration, so that its mistakes are shown like those of the rules.
    pub fn overrides(&mut self, set: &[(String, String)]) {
        for (name, value) in set {
            let text = format!("параметр {name} = {value}");
            let shown = format!("--set {name}={value}");
            let source = self.sources.add(Source::new(shown.as_str(), text.as_str()));
            let Outcome { value, diagnostics } = syntax::parse(source, &text);
            let parameter = value.into_iter().flat_map(|f| f.items).find_map(|item| match item {
                tree::Item::Parameter(parameter) => Some(parameter),
                _ => None,
            });
            if diagnostics.is_empty() && parameter.is_none() {
                let at = Place::Nowhere;
                self.diagnostics.push(Diagnostic::new(program_kinds::SET_MALFORMED, at).text("text", shown));
            }
            self.diagnostics.extend(diagnostics);
            self.input.overrides.extend(parameter.map(|p| (source, p)));
        }
    }
}

/// A file named in a rules file: as written, or with one of the extensions.
pub fn named_file(folder: &Path, name: &str, extensions: &[&str]) -> Option<PathBuf> {
    candidates(folder, name, extensions).find(|p| p.is_file())
}

fn candidates(folder: &Path, name: &str, extensions: &[&str]) -> impl Iterator<Item = PathBuf> {
    let with = extensions.iter().map(move |e| folder.join(format!("{name}.{e}")));
    with.chain([folder.join(name)])
}

/// A path without `.` and `..`.
pub(super) fn plain_path(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// The text of a file, or of standard input for `-`. Says whether windows-1251 was assumed.
///
/// # Errors
/// What the operating system refuses; `InvalidData` when the file is no text in either encoding.
pub fn read_text(path: &str) -> std::io::Result<(String, bool)> {
    decode(read_bytes(path)?)
}

/// Reads the file that says which school became which.
pub fn read_correspondence(
    file: &Path,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Correspondence> {
    let file = file.display().to_string();
    let text = match read_text(&file) {
        Ok((text, _)) => text,
        Err(error) => {
            diagnostics.push(crate::data::unreadable(Place::File(file.clone()), &file, &error));
            return None;
        }
    };
    let source = sources.add(Source::new(file, text.as_str()));
    let read = correspondence::parse(source, &text);
    diagnostics.extend(read.diagnostics);
    read.value
}

fn read_bytes(path: &str) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if path == "-" {
        std::io::stdin().lock().take(MAX_BYTES).read_to_end(&mut bytes)?;
    } else {
        let file = std::fs::File::open(path)?;
        file.take(MAX_BYTES).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// The text of bytes in UTF-8 or windows-1251; says whether the latter was assumed.
///
/// # Errors
/// `InvalidData` when they are no text in either encoding.
pub fn decode(bytes: Vec<u8>) -> std::io::Result<(String, bool)> {
    if memchr::memchr(0, &bytes).is_some() {
        return Err(std::io::ErrorKind::InvalidData.into());
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok((text, false)),
        Err(error) => {
            let bytes = error.into_bytes();
            Ok((encoding_rs::WINDOWS_1251.decode_without_bom_handling(&bytes).0.into_owned(), true))
        }
    }
}
