//! `merilo document`: the list for approval, the analytical note, letters to schools.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

use super::output::Target;
use super::request::{Changed, Format, Paper};
use super::{End, Host, explain, terminal, work};
use crate::decision::Verdict;
use crate::diagnostic::Argument;
use crate::report::document::material::Material;
use crate::report::document::{Document, letter, list, note};
use crate::report::explanation::Teller;
use crate::report::html;
use crate::report::linked::file_name;
use crate::report::list as schools;
use crate::report::{docx, xlsx};

/// How a paper is wanted.
pub(super) struct Wanted<'a> {
    pub file: Option<&'a Path>,
    pub format: Option<Format>,
    /// For publication: values of fewer pupils are masked.
    pub public: Option<usize>,
}

pub(super) fn document(
    host: &Host,
    paper: &Paper,
    rules: &Path,
    data: &Path,
    changed: &Changed,
    wanted: &Wanted<'_>,
) -> End {
    let Wanted { file, format, public } = *wanted;
    if public.is_some() && matches!(paper, Paper::Letter(_)) {
        return host.not_public("letter");
    }
    let Some(variant) = host.settings(changed) else { return End::WrongCommand };
    // letters to all go into a folder, whatever its name ends with
    let folder = file.filter(|_| *paper == Paper::Letter(None));
    let target = match folder {
        Some(_) => Ok(None),
        None => Target::new(host, file, format, paper.formats()).map(Some),
    };
    let target = match target {
        Ok(target) => target,
        Err(end) => return end,
    };
    let work = work::judge(rules, &variant, data, host.progress().as_ref(), public);
    host.tell(&work.diagnostics, &work.sources);
    let Some(judged) = work.judged else {
        terminal::warn(&(host.speaker.word("said-stopped") + "\n"));
        return End::Errors;
    };
    let (counted, places) = (work::summary(&judged), work::places(&judged));
    let material = Material {
        judgement: work::judgement(&judged),
        counted: &counted,
        places: places.as_ref(),
        teller: Teller { rules: &judged.rules, sources: &work.sources, speaker: &host.speaker },
        // problems are told with the cells that they are about
        diagnostics: if public.is_some() { &[] } else { &work.diagnostics },
        explain: &|row| work::explanation(&judged, row),
    };
    let made = match (paper, folder, target) {
        (Paper::Letter(None), Some(folder), _) => {
            return letters(host, &material, folder, format.unwrap_or(Format::Docx));
        }
        (_, _, None) => return End::WrongCommand,
        (Paper::List, _, Some(target)) => (list::list(&material), target),
        (Paper::Note, _, Some(target)) => (note::note(&material), target),
        (Paper::Letter(school), _, Some(target)) => {
            let school = school.as_deref().unwrap_or_default();
            let Some(row) = schools::find(&material.judgement, school) else {
                host.tell_one(explain::unknown(&material.judgement, school));
                return End::Errors;
            };
            (letter::letter(&material, row), target)
        }
    };
    let (paper, target) = made;
    target.write(host, |out| written(&paper, target.format, out))
}

fn written(paper: &Document, format: Format, out: &mut dyn Write) -> io::Result<()> {
    let bytes = match format {
        Format::Docx => docx::document(paper).map_err(io::Error::other)?,
        Format::Xlsx => xlsx::paper(paper).map_err(io::Error::other)?,
        _ => html::document::render(paper).into_bytes(),
    };
    out.write_all(&bytes)
}

/// A letter to every school of a category, in a folder that is made when it is not there.
fn letters(host: &Host, material: &Material<'_>, folder: &Path, format: Format) -> End {
    let shown = folder.display().to_string();
    if let Err(error) = std::fs::create_dir_all(folder) {
        return host.not_written(&shown, &error);
    }
    let belongs = |row: &usize| material.categories().any(|(id, _)| material.verdict(id, *row).is_met());
    let mut taken = BTreeSet::new();
    for row in (0..material.schools()).filter(belongs) {
        let mut name = file_name(&material.code(row));
        while !taken.insert(name.to_lowercase()) {
            name.push('_');
        }
        let path = folder.join(format!("{name}.{}", format.name()));
        let letter = letter::letter(material, row);
        if let Err(error) = terminal::write_file(&path, |out| written(&letter, format, out)) {
            return host.not_written(&path.display().to_string(), &error);
        }
    }
    if !host.quiet {
        let count = |value: usize| Argument::Count(i64::try_from(value).unwrap_or(i64::MAX));
        let arguments = [("count", count(taken.len())), ("folder", Argument::Text(shown))];
        terminal::warn(&(host.speaker.say("said-letters", &arguments) + "\n"));
        let open = (0..material.schools()).filter(|row| !belongs(row)).filter(|row| {
            material.categories().any(|(id, _)| matches!(material.verdict(id, *row), Verdict::Undetermined(_)))
        });
        let open = open.count();
        if open > 0 {
            terminal::warn(&(host.speaker.say("said-letters-open", &[("count", count(open))]) + "\n"));
        }
    }
    End::Fine
}
