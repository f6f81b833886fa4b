//! Bindings that stand for several: files and sheets by a pattern, columns that become rows. Each becomes a binding of its own, with
//! constants for what the name of the file, of the sheet or of the column says; so every cell keeps its place.

use super::load::Loader;
use super::manifest::{ColumnBinding, FileBinding, Sheets};
use super::pattern::{self, Part, describes};
use super::thorough::{name_of, part_of};
use crate::diagnostic::data as kinds;
use crate::diagnostic::{Argument, Diagnostic};
use crate::location::Place;

/// Values of one new row: the parts of their headers, and per declared column the header.
type Group = (Vec<Part>, Vec<(String, String)>);

impl Loader<'_> {
    /// The bindings that the bindings of a table stand for, in the order of files, sheets and columns.
    pub(super) fn shaped(&mut self, files: &[FileBinding]) -> Vec<FileBinding> {
        // those that are opened to see what they stand for
        let opened = files.iter().filter(|binding| binding.sheets.is_some() || !binding.unpivot.is_empty());
        let each = opened.flat_map(|binding| {
            let of = |file: String| FileBinding { file, ..binding.clone() };
            self.named(binding).into_iter().map(of).collect::<Vec<_>>()
        });
        self.open_all(&each.collect::<Vec<_>>());
        let mut shaped = Vec::new();
        for binding in files {
            for binding in self.by_file(binding) {
                for binding in self.by_sheet(binding) {
                    shaped.extend(self.by_column(binding));
                }
            }
        }
        shaped
    }

    /// The files that a name or a pattern means.
    fn named(&self, binding: &FileBinding) -> Vec<String> {
        if binding.file.contains('*') { matching(&self.path(""), &binding.file) } else { vec![binding.file.clone()] }
    }

    fn by_file(&mut self, binding: &FileBinding) -> Vec<FileBinding> {
        let found = self.named(binding);
        if found.is_empty() {
            self.cannot_read(&binding.file, &std::io::ErrorKind::NotFound.into());
        }
        found.into_iter().map(|file| FileBinding { file, ..binding.clone() }).collect()
    }

    fn by_sheet(&mut self, binding: FileBinding) -> Vec<FileBinding> {
        let Some(sheets) = binding.sheets.clone() else {
            let sheet = binding.sheet.clone().unwrap_or_default();
            return vec![with_names(binding, &sheet)];
        };
        let Some(opened) = self.opened(&binding) else {
            return Vec::new();
        };
        let named = |name: &String| match &sheets {
            Sheets::All => true,
            Sheets::Named(patterns) => patterns.iter().any(|pattern| describes(pattern, name)),
        };
        let all: Vec<String> = opened.sheets.iter().filter_map(|sheet| sheet.grid.sheet.clone()).collect();
        let found: Vec<String> = all.iter().filter(|name| named(name)).cloned().collect();
        if found.is_empty() {
            let wanted = match sheets {
                Sheets::All => "*".to_string(),
                Sheets::Named(patterns) => patterns.join(", "),
            };
            let problem = Diagnostic::new(kinds::SHEET_NOT_FOUND, Place::File(binding.file.clone()));
            let problem = problem.text("file", binding.file.clone()).text("sheet", wanted);
            self.diagnostics.push(problem.with("sheets", Argument::List(all)));
        }
        let of = |sheet: String| with_names(FileBinding { sheet: Some(sheet.clone()), ..binding.clone() }, &sheet);
        found.into_iter().map(of).collect()
    }

    /// A binding for every combination of the parts of headers.
    fn by_column(&mut self, binding: FileBinding) -> Vec<FileBinding> {
        if binding.unpivot.is_empty() {
            return vec![binding];
        }
        let plain = FileBinding { unpivot: Vec::new(), ..binding.clone() };
        let before = self.diagnostics.len();
        let Some(head) = self.thorough_head(&plain) else {
            return Vec::new();
        };
        // what is to be told of the file is told when its rows are read
        self.diagnostics.truncate(before);
        let groups = groups(&binding.unpivot, &head.headers);
        if groups.is_empty() {
            let patterns = binding.unpivot.iter().map(|(_, pattern)| pattern.clone()).collect();
            let problem = Diagnostic::new(kinds::NOTHING_UNPIVOTED, Place::File(binding.file.clone()))
                .text("file", binding.file.clone())
                .with("patterns", Argument::List(patterns))
                .with("headers", Argument::List(head.headers.clone()));
            self.diagnostics.push(problem);
        }
        groups.into_iter().map(|group| of_group(&binding, group)).collect()
    }
}

/// Files beside the manifest that a pattern describes, in the order of their names.
fn matching(folder: &std::path::Path, pattern: &str) -> Vec<String> {
    let (inside, name) = pattern.rsplit_once('/').map_or(("", pattern), |(inside, name)| (inside, name));
    let folder = folder.join(inside);
    // a manifest that is named without a folder lies in this one
    let folder = if folder.as_os_str().is_empty() { std::path::Path::new(".") } else { folder.as_path() };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut found: Vec<String> = names.filter(|file| describes(name, file)).collect();
    found.sort();
    let whole = |file: String| if inside.is_empty() { file } else { format!("{inside}/{file}") };
    found.into_iter().map(whole).collect()
}

/// Columns that are filled with the name of the file or the sheet.
fn with_names(mut binding: FileBinding, sheet: &str) -> FileBinding {
    let names = FileBinding { file: binding.file.clone(), ..FileBinding::default() };
    for (_, column) in &mut binding.columns {
        if let Some((of, part)) = &column.origin {
            let name = name_of(*of, &names, sheet);
            column.constant = Some(part_of(&name, part.as_deref()));
        }
    }
    binding
}

fn groups(unpivot: &[(String, String)], headers: &[String]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (column, pattern) in unpivot {
        for header in headers.iter().filter(|header| !header.is_empty()) {
            let Some(parts) = pattern::parts(pattern, header) else {
                continue;
            };
            let mut sorted = parts.clone();
            sorted.sort();
            match groups.iter_mut().find(|(known, _)| *known == sorted) {
                Some((_, values)) if values.iter().any(|(known, _)| known == column) => {}
                Some((_, values)) => values.push((column.clone(), header.clone())),
                None => groups.push((sorted, vec![(column.clone(), header.clone())])),
            }
        }
    }
    groups
}

fn of_group(binding: &FileBinding, (parts, values): Group) -> FileBinding {
    let turned = binding.unpivot.clone();
    let mut made = FileBinding { unpivot: Vec::new(), turned, ..binding.clone() };
    let own = |made: &mut FileBinding, name: &str, change: &dyn Fn(&mut ColumnBinding)| {
        if let Some((_, column)) = made.columns.iter_mut().find(|(known, _)| known == name) {
            change(column);
        } else {
            let mut column = ColumnBinding::default();
            change(&mut column);
            made.columns.push((name.to_string(), column));
        }
    };
    for (name, text) in &parts {
        own(&mut made, name, &|column| column.constant = Some(text.clone()));
    }
    // a value that this combination does not have is missing
    for (name, _) in &binding.unpivot {
        let header = values.iter().find(|(known, _)| known == name).map(|(_, header)| header.clone());
        own(&mut made, name, &|column| match &header {
            Some(header) => column.headers = vec![header.clone()],
            None => column.constant = Some(String::new()),
        });
    }
    if binding.place.skip_blank {
        made.filled = values.into_iter().map(|(_, header)| header).collect();
    }
    made
}

/// Whether the names of a pattern are declared columns; those that are not.
pub(super) fn undeclared(binding: &FileBinding, declared: impl Fn(&str) -> bool) -> Vec<String> {
    let values = binding.unpivot.iter().map(|(column, _)| column.clone());
    let parts = binding.unpivot.iter().flat_map(|(_, pattern)| pattern::names(pattern));
    values.chain(parts).filter(|name| !declared(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::{groups, of_group};
    use crate::data::manifest::FileBinding;

    #[test]
    fn columns_with_the_same_parts_make_one_row() {
        let unpivot = [("балл", "{предмет}, {год}: балл"), ("участники", "{предмет}, {год}: участники")];
        let unpivot: Vec<(String, String)> =
            unpivot.iter().map(|(c, p)| ((*c).to_string(), (*p).to_string())).collect();
        let headers =
            ["Код", "Русский, 2017: балл", "Русский, 2017: участники", "Физика, 2018: балл"].map(str::to_string);
        let groups = groups(&unpivot, &headers);
        assert_eq!(groups.len(), 2);
        let binding = FileBinding { unpivot, ..FileBinding::default() };
        let made: Vec<FileBinding> = groups.into_iter().map(|group| of_group(&binding, group)).collect();
        let told = |binding: &FileBinding, name: &str| {
            let column = binding.columns.iter().find(|(known, _)| known == name).map(|(_, column)| column);
            column.map(|c| (c.constant.clone(), c.headers.first().cloned()))
        };
        assert_eq!(told(&made[0], "год"), Some((Some("2017".to_string()), None)));
        assert_eq!(told(&made[0], "участники"), Some((None, Some("Русский, 2017: участники".to_string()))));
        assert_eq!(told(&made[1], "предмет"), Some((Some("Физика".to_string()), None)));
        assert_eq!(told(&made[1], "участники"), Some((Some(String::new()), None)));
    }
}
