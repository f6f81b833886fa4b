//! Where a report goes and in which format.
//!
//! Decides the format, opens the target, hands both to `report`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::request::Format;
use super::{End, Host, terminal, work};
use crate::diagnostic::{Argument, Diagnostic, program};
use crate::location::Place;
use crate::pipeline::Judged;
use crate::record::RecordedFile;
use crate::record::fingerprint::Passing;
use crate::report::explanation::Teller;
use crate::report::list::List;
use crate::report::text::Layout;
use crate::report::{csv, html, json, markdown, overview, summary, text, xlsx};
use crate::source::Sources;

/// The reports of a run folder.
const IN_FOLDER: [(Format, &str); 6] = [
    (Format::Html, "report.html"),
    (Format::Xlsx, "schools.xlsx"),
    (Format::Csv, "schools.csv"),
    (Format::Json, "run.json"),
    (Format::Markdown, "summary.md"),
    (Format::Text, "summary.txt"),
];

/// The settled target of a report.
#[derive(Debug)]
pub(super) struct Target {
    pub file: Option<PathBuf>,
    pub format: Format,
    /// One of several files in a folder, which is made when it is not there.
    in_folder: bool,
}

impl Target {
    /// The format is the one named, else that of the extension, else the first of `among` that a terminal shows. `-` is the
    /// standard output.
    pub(super) fn new(
        host: &Host,
        file: Option<&Path>,
        format: Option<Format>,
        among: &[Format],
    ) -> Result<Target, End> {
        let file = file.filter(|path| *path != Path::new("-"));
        let known = among.iter().map(|format| format!(".{}", format.name()).replace("text", "txt")).collect();
        let format = match (format, file) {
            (Some(format), _) => format,
            (None, None) => among.iter().copied().find(|format| !format.needs_file()).unwrap_or(Format::Text),
            (None, Some(path)) => match Format::of_file(path).filter(|format| among.contains(format)) {
                Some(format) => format,
                None => {
                    let name = path.display().to_string();
                    let problem = Diagnostic::new(program::FORMAT_UNKNOWN, Place::Nowhere)
                        .text("file", name)
                        .with("names", Argument::List(known));
                    host.tell_one(problem);
                    return Err(End::WrongCommand);
                }
            },
        };
        if format.needs_file() && file.is_none() {
            host.tell_one(Diagnostic::new(program::FORMAT_NEEDS_FILE, Place::Nowhere).text("format", format.name()));
            return Err(End::WrongCommand);
        }
        Ok(Target { file: file.map(Path::to_path_buf), format, in_folder: false })
    }

    /// Into a folder: the page, the lists and the data for programs, or only the format named.
    pub(super) fn of_run(host: &Host, file: Option<&Path>, format: Option<Format>) -> Result<Vec<Target>, End> {
        let new = |path: &Path| {
            // A name without an extension is a folder to be made, unless one format is asked for.
            format.is_none() && path.extension().is_none() && !path.exists() && path != Path::new("-")
        };
        let Some(folder) = file.filter(|path| path.is_dir() || new(path)) else {
            return Target::new(host, file, format, Format::REPORTS).map(|target| vec![target]);
        };
        let wanted = IN_FOLDER.into_iter().filter(|(kind, _)| format.is_none_or(|format| format == *kind));
        let files = wanted.map(|(format, name)| Target { file: Some(folder.join(name)), format, in_folder: true });
        // the summary is to be read as well
        let shown = Target { file: None, format: Format::Text, in_folder: false };
        Ok(std::iter::once(shown).filter(|_| format.is_none() && !host.quiet).chain(files).collect())
    }

    /// The folder that a page with others below it goes into: one that is there, or a name without an extension.
    pub(super) fn page_folder(file: Option<&Path>, format: Option<Format>) -> Option<&Path> {
        let fits = format.is_none_or(|format| format == Format::Html);
        let new = |path: &Path| {
            let named = path.as_os_str().to_string_lossy().ends_with(['/', '\\']);
            path != Path::new("-") && !path.exists() && (named || format.is_none() && path.extension().is_none())
        };
        file.filter(|path| fits && (path.is_dir() || new(path)))
    }

    pub(super) fn layout(&self, host: &Host) -> Layout {
        match self.file {
            Some(_) => Layout { colour: false, width: 120 },
            None => Layout { colour: host.terminal.colour_out, width: host.terminal.width },
        }
    }

    /// A file of a folder that is made when it is not there.
    pub(super) fn in_folder(file: PathBuf) -> Target {
        Target { file: Some(file), format: Format::Text, in_folder: true }
    }

    /// The report of this name in a run folder.
    pub(super) fn named(name: &str) -> Option<Target> {
        let (format, name) = IN_FOLDER.iter().find(|(_, known)| *known == name)?;
        Some(Target { file: Some(PathBuf::from(name)), format: *format, in_folder: true })
    }

    /// The run folder that this file stands in.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.file.as_deref().filter(|_| self.in_folder)?.parent()
    }

    /// Writes to the file, whole or not at all, or to the standard output, and tells that it was written.
    pub(super) fn write(&self, host: &Host, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> End {
        match (&self.file, self.put(host, write)) {
            (Some(path), End::Fine) => {
                host.written(path);
                End::Fine
            }
            (_, end) => end,
        }
    }

    /// Writes a file of a run folder without a word; what was written is for the record.
    pub(super) fn write_recorded(
        &self,
        host: &Host,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<RecordedFile, End> {
        let mut file = None;
        let end = self.put(host, |out| {
            let mut passing = Passing::new(out);
            write(&mut passing)?;
            passing.flush()?;
            let (bytes, sha256) = passing.finish();
            file = Some(RecordedFile { file: name.to_owned(), bytes, sha256 });
            Ok(())
        });
        file.filter(|_| end == End::Fine).ok_or(end)
    }

    fn put(&self, host: &Host, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> End {
        let Some(path) = &self.file else {
            return match terminal::print_with(write) {
                Ok(()) => End::Fine,
                Err(error) => host.not_written("-", &error),
            };
        };
        let name = path.display().to_string();
        if let Some(folder) = path.parent().filter(|f| self.in_folder && !f.exists())
            && let Err(error) = std::fs::create_dir_all(folder)
        {
            return host.not_written(&name, &error);
        }
        match terminal::write_file(path, write) {
            Ok(()) => End::Fine,
            Err(error) => host.not_written(&name, &error),
        }
    }
}

/// Writes the report of a run.
pub(super) fn run(
    host: &Host,
    judged: &Judged,
    sources: &Sources,
    target: &Target,
    out: &mut dyn Write,
) -> io::Result<()> {
    let speaker = &host.speaker;
    let judgement = work::judgement(judged);
    if target.format == Format::Csv {
        return csv::write(&List::new(&judgement, speaker), speaker, out, host.progress().as_ref());
    }
    let counted = work::summary(judged);
    match target.format {
        Format::Csv | Format::Docx | Format::JsonLines => Ok(()),
        Format::Json => json::write_run(&judgement, &counted, speaker, out),
        Format::Xlsx => {
            let list = List::new(&judgement, speaker);
            let book = xlsx::workbook(&list, &summary::page(&judgement, &counted, speaker), speaker);
            out.write_all(&book.map_err(io::Error::other)?)
        }
        Format::Html => {
            let teller = Teller { rules: &judged.rules, sources, speaker };
            let page = overview::page(&judgement, &counted, &teller, &|row| work::explanation(judged, row));
            out.write_all(html::render(&page).as_bytes())
        }
        Format::Markdown => out.write_all(markdown::render(&overview::short(&judgement, &counted, speaker)).as_bytes()),
        Format::Text => {
            let page = summary::page(&judgement, &counted, speaker);
            out.write_all(text::render(&page, target.layout(host)).as_bytes())
        }
    }
}
