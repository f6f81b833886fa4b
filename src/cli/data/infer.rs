//! `merilo data infer`: a draft of a manifest, of the tables of the rules and of first rules from files.

use std::path::{Component, Path, PathBuf};

use super::super::request::{Asked, Format};
use super::super::{End, Host, terminal};
use crate::diagnostic::{Argument, Diagnostic, program};
use crate::infer;
use crate::location::Place;
use crate::report::draft;

pub(super) fn infer(host: &Host, asked: &Asked, force: bool) -> End {
    let (readings, whole) = super::opened(host, &super::in_folders(asked));
    let folder = asked.output.as_deref();
    let title = title(host, readings.first().map(|reading| reading.named.path.as_path()));
    let files: Vec<infer::Given> = readings
        .into_iter()
        .map(|reading| infer::Given { name: seen_from(folder, &reading.named.path), opened: reading.opened })
        .collect();
    let drafted = infer::draft(&files, &draft::names(&host.speaker));
    if drafted.tables.is_empty() {
        host.tell_one(Diagnostic::new(program::NOTHING_TO_DRAFT, Place::Nowhere));
        return End::Errors;
    }
    let names = draft::files(&host.speaker);
    let mut texts = vec![
        (names.manifest.clone(), draft::manifest(&drafted, &title, &host.speaker)),
        (names.tables.clone(), draft::tables(&drafted, &host.speaker)),
    ];
    let rules = draft::first_rules(&drafted, &title, &names, &host.speaker);
    texts.extend(rules.map(|text| (names.rules.clone(), text)));
    let written = match folder {
        Some(folder) => write(host, folder, &texts, force),
        None if asked.format == Some(Format::Json) => print_json(host, &texts),
        None => print(host, &texts),
    };
    match written {
        End::Fine if !whole => End::Errors,
        End::Fine => {
            if let Some(folder) = folder.filter(|_| !host.quiet) {
                next(host, folder, &names, texts.len() > 2);
            }
            End::Fine
        }
        other => other,
    }
}

fn print(host: &Host, texts: &[(String, String)]) -> End {
    let part = |(name, text): &(String, String)| format!("# ── {name} ──\n{text}");
    host.print(&texts.iter().map(part).collect::<Vec<_>>().join("\n"))
}

/// `merilo/draft/1`: the files with their texts.
fn print_json(host: &Host, texts: &[(String, String)]) -> End {
    let file = |(name, text): &(String, String)| serde_json::json!({ "file": name, "text": text });
    let files: Vec<serde_json::Value> = texts.iter().map(file).collect();
    let document = serde_json::json!({ "schema": "merilo/draft/1", "language": host.language.code(), "files": files });
    host.print(&format!("{document:#}\n"))
}

/// All files or, where one of them is there already, none.
fn write(host: &Host, folder: &Path, texts: &[(String, String)], force: bool) -> End {
    for (name, _) in texts.iter().filter(|_| !force) {
        let path = within(folder, name);
        if path.exists() {
            let file = path.display().to_string();
            host.tell_one(Diagnostic::new(program::DRAFT_EXISTS, Place::File(file.clone())).text("file", file));
            return End::Errors;
        }
    }
    if let Err(error) = std::fs::create_dir_all(folder) {
        return host.not_written(&folder.display().to_string(), &error);
    }
    for (name, text) in texts {
        let path = within(folder, name);
        if let Err(error) = terminal::write_file(&path, |out| out.write_all(text.as_bytes())) {
            return host.not_written(&path.display().to_string(), &error);
        }
        host.written(&path);
    }
    End::Fine
}

/// The commands that come next.
fn next(host: &Host, folder: &Path, names: &draft::Files, rules: bool) {
    let named = |name: &str| {
        let path = within(folder, name).display().to_string();
        Argument::Text(if path.contains(char::is_whitespace) { format!("\"{path}\"") } else { path })
    };
    let arguments = [("rules", named(&names.rules)), ("data", named(&names.manifest))];
    if rules {
        terminal::warn(&(host.speaker.say("said-draft-check", &arguments) + "\n"));
        terminal::warn(&(host.speaker.say("said-draft-next", &arguments) + "\n"));
    }
}

fn within(folder: &Path, name: &str) -> PathBuf {
    if folder == Path::new(".") { PathBuf::from(name) } else { folder.join(name) }
}

/// What the data are called: after the folder of the first file.
fn title(host: &Host, first: Option<&Path>) -> String {
    let folder = first.and_then(|path| absolute(path).parent().map(Path::to_path_buf)).unwrap_or_default();
    let name = folder.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    host.speaker.say("draft-title", &[("folder", Argument::Text(name))])
}

fn absolute(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_path_buf())
}

/// A file as a manifest in a folder names it.
fn seen_from(folder: Option<&Path>, file: &Path) -> String {
    let slashes = |path: &Path| path.to_string_lossy().replace('\\', "/");
    let Some(folder) = folder else { return slashes(file.strip_prefix(".").unwrap_or(file)) };
    // the folder need not be there yet
    let (folder, file) = (absolute_of_new(folder), absolute(file));
    let (mut from, mut to) = (folder.components().peekable(), file.components().peekable());
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
    }
    if to.peek().is_some_and(|part| matches!(part, Component::Prefix(_))) {
        return slashes(&file);
    }
    let up = from.map(|_| Component::ParentDir);
    slashes(&up.chain(to).collect::<PathBuf>())
}

/// A path of which only the beginning may be there.
fn absolute_of_new(path: &Path) -> PathBuf {
    if path.exists() {
        return absolute(path);
    }
    match (path.parent().filter(|parent| !parent.as_os_str().is_empty()), path.file_name()) {
        (Some(parent), Some(name)) => absolute_of_new(parent).join(name),
        (None, Some(name)) => absolute(Path::new(".")).join(name),
        _ => absolute(path),
    }
}
