//! The files of a repository at one point of its history, read through the program `git`.
//!
//! The only place that starts another program. Knows nothing of what the files say.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Output};

use super::read::plain_path;
use crate::diagnostic::compare as kinds;
use crate::diagnostic::{Argument, Diagnostic};
use crate::location::Place;
use crate::suggestion;

/// A commit and the names of its files.
#[derive(Debug)]
pub(super) struct Revision {
    folder: PathBuf,
    commit: String,
    /// As the command names it.
    name: String,
    /// The rules file, as seen from the root of the repository.
    main: String,
    files: BTreeSet<PathBuf>,
    /// Its short name and its day.
    said: (String, String),
}

type Refused = Box<Diagnostic>;

impl Revision {
    /// The state of the repository that a rules file stands in.
    ///
    /// # Errors
    /// No `git`, no repository, no such revision, or the file was not in it.
    pub fn open(rules: &str, name: &str) -> Result<Revision, Refused> {
        if rules == "-" {
            return Err(Box::new(Diagnostic::new(kinds::INPUT_WITHOUT_HISTORY, Place::Nowhere)));
        }
        let whole = std::fs::canonicalize(rules)
            .map_err(|error| Box::new(crate::data::unreadable(Place::File(rules.to_owned()), rules, &error)))?;
        let folder = whole.parent().unwrap_or(Path::new("")).to_path_buf();
        let file = whole.file_name().map(|name| name.to_string_lossy().to_string()).unwrap_or_default();
        let git = Git { folder: &folder, revision: name };
        let prefix = git.said(&["rev-parse", "--show-prefix"])?.map_err(|detail| {
            let problem = Diagnostic::new(kinds::NO_REPOSITORY, Place::File(rules.to_owned()));
            Box::new(problem.text("file", rules).text("detail", detail))
        })?;
        let main = format!("{}{file}", prefix.trim_end_matches(['\r', '\n']));
        let wanted = format!("{name}^{{commit}}");
        let commit = match name.starts_with('-') || name.is_empty() {
            true => None,
            false => git.said(&["rev-parse", "--verify", "--quiet", &wanted])?.ok(),
        };
        let Some(commit) = commit.map(|text| text.trim().to_owned()) else { return Err(git.unknown()?) };
        let listed = git.bytes(&["ls-tree", "-r", "-z", "--full-tree", &commit])?.unwrap_or_default();
        let files: BTreeSet<PathBuf> = listed.split(|byte| *byte == 0).filter_map(entry).collect();
        if !files.contains(Path::new(&main)) {
            let problem = Diagnostic::new(kinds::NOT_IN_REVISION, Place::File(rules.to_owned()));
            return Err(Box::new(problem.text("file", main).text("revision", name)));
        }
        let said = git.said(&["show", "-s", "--date=short", "--format=%h %cd", &commit])?.unwrap_or_default();
        let (short, day) = said.trim().split_once(' ').unwrap_or((commit.as_str(), ""));
        let said = (short.to_owned(), day.to_owned());
        Ok(Revision { folder: folder.clone(), commit: commit.clone(), name: name.to_owned(), main, files, said })
    }

    /// The rules file, as seen from the root of the repository.
    pub fn main(&self) -> &str {
        &self.main
    }

    /// The short name of the commit, and its day.
    pub fn said(&self) -> (&str, &str) {
        (&self.said.0, &self.said.1)
    }

    /// How a file of it is called in messages.
    pub fn shown(&self, file: &str) -> String {
        format!("{}:{file}", self.name)
    }

    pub fn has(&self, file: &Path) -> bool {
        !leaves(file) && self.files.contains(&plain_path(file))
    }

    /// # Errors
    /// The commit has no such file, or `git` does not give it.
    pub fn bytes(&self, file: &Path) -> std::io::Result<Vec<u8>> {
        if !self.has(file) {
            return Err(std::io::ErrorKind::NotFound.into());
        }
        let parts: Vec<String> =
            plain_path(file).components().map(|part| part.as_os_str().to_string_lossy().to_string()).collect();
        let object = format!("{}:{}", self.commit, parts.join("/"));
        let output = run(&self.folder, &["cat-file", "blob", &object])?;
        match output.status.success() {
            true => Ok(output.stdout),
            false => Err(std::io::Error::other(first_line(&output.stderr))),
        }
    }
}

/// A file of `ls-tree`; links and other repositories are no files.
fn entry(line: &[u8]) -> Option<PathBuf> {
    let line = String::from_utf8_lossy(line);
    let (head, name) = line.split_once('\t')?;
    head.starts_with("100").then(|| PathBuf::from(name))
}

/// Whether a path leads out of the repository.
fn leaves(path: &Path) -> bool {
    let mut depth = 0usize;
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return true,
            },
            Component::Normal(_) => depth += 1,
            Component::RootDir | Component::Prefix(_) => return true,
        }
    }
    false
}

fn run(folder: &Path, words: &[&str]) -> std::io::Result<Output> {
    Command::new("git").arg("-C").arg(folder).args(words).stdin(std::process::Stdio::null()).output()
}

fn first_line(bytes: &[u8]) -> String {
    let said = String::from_utf8_lossy(bytes);
    said.lines().find(|line| !line.trim().is_empty()).unwrap_or("").trim().to_owned()
}

struct Git<'a> {
    folder: &'a Path,
    revision: &'a str,
}

impl Git<'_> {
    /// What it prints, or what it complains of.
    fn bytes(&self, words: &[&str]) -> Result<Result<Vec<u8>, String>, Refused> {
        let output = run(self.folder, words).map_err(|error| {
            let problem = Diagnostic::new(kinds::GIT_ABSENT, Place::Nowhere).text("revision", self.revision);
            Box::new(problem.text("problem", crate::data::trouble(&error)))
        })?;
        Ok(if output.status.success() { Ok(output.stdout) } else { Err(first_line(&output.stderr)) })
    }

    fn said(&self, words: &[&str]) -> Result<Result<String, String>, Refused> {
        Ok(self.bytes(words)?.map(|bytes| String::from_utf8_lossy(&bytes).to_string()))
    }

    /// No such revision, and what is named like it.
    fn unknown(&self) -> Result<Refused, Refused> {
        let names = self.said(&["for-each-ref", "--format=%(refname:short)"])?.unwrap_or_default();
        let names: Vec<&str> = names.lines().collect();
        let near = suggestion::meant(self.revision, &names);
        let problem = Diagnostic::new(kinds::UNKNOWN_REVISION, Place::Nowhere).text("revision", self.revision);
        Ok(Box::new(problem.count("near-count", near.len()).with("near", Argument::List(near))))
    }
}

#[cfg(test)]
mod tests {
    use super::{entry, leaves};
    use std::path::{Path, PathBuf};

    #[test]
    fn only_files_are_files() {
        assert_eq!(
            entry("100644 blob 1234\tправила/критерии.merilo".as_bytes()),
            Some("правила/критерии.merilo".into())
        );
        assert_eq!(entry(b"120000 blob 1234\tlink"), None::<PathBuf>);
        assert_eq!(entry(b"160000 commit 1234\tother"), None);
    }

    #[test]
    fn a_path_that_leads_out_of_the_repository_is_not_in_it() {
        assert!(leaves(Path::new("rules/../../tables.merilo")));
        assert!(!leaves(Path::new("rules/../tables.merilo")));
        assert!(leaves(Path::new("/etc/passwd")));
    }
}
