//! `merilo explain`: why one school was decided as it was.

use std::io::{self, Write};
use std::path::Path;

use super::output::Target;
use super::request::{Changed, Format};
use super::{End, Host, dossier, work};
use crate::diagnostic::{Argument, Diagnostic, program};
use crate::location::Place;
use crate::report::explanation::Teller;
use crate::report::list::{self, Judgement};
use crate::report::{calculator, html, json, markdown, text};
use crate::suggestion;

/// What is asked about which school.
pub(super) struct Wanted<'a> {
    pub school: &'a str,
    pub file: Option<&'a Path>,
    pub format: Option<Format>,
    pub dossier: bool,
    /// What would turn the decisions, however much data there is.
    pub changes: bool,
    /// For publication: values of fewer pupils are masked.
    pub public: Option<usize>,
}

/// With more rows than this in all tables together, what would turn the decisions is searched only when that is asked for.
const QUICK_ROWS: usize = 100_000;

pub(super) fn explain(host: &Host, rules: &Path, data: &Path, changed: &Changed, wanted: &Wanted<'_>) -> End {
    let Some(variant) = host.settings(changed) else { return End::WrongCommand };
    let target = match Target::new(host, wanted.file, wanted.format, Format::EXPLANATIONS) {
        Ok(target) => target,
        Err(end) => return end,
    };
    if wanted.dossier && target.format != Format::Html {
        host.tell_one(Diagnostic::new(program::DOSSIER_NEEDS_PAGE, Place::Nowhere));
        return End::WrongCommand;
    }
    if wanted.public.is_some() {
        let what = match target.format {
            Format::Xlsx => Some("calculator"),
            _ if wanted.dossier => Some("dossier"),
            _ if wanted.changes => Some("changes"),
            _ => None,
        };
        if let Some(what) = what {
            return host.not_public(what);
        }
    }
    let mut work = work::judge(rules, &variant, data, host.progress().as_ref(), wanted.public);
    let Some(judged) = work.judged.take() else {
        host.tell(&work.diagnostics, &work.sources);
        super::terminal::warn(&(host.speaker.word("said-stopped") + "\n"));
        return End::Errors;
    };
    let judgement = work::judgement(&judged);
    let Some(row) = list::find(&judgement, wanted.school) else {
        host.tell_one(unknown(&judgement, wanted.school));
        return End::Errors;
    };
    let rows: usize = judged.dataset.tables.iter().map(|table| table.rows).sum();
    // a calculator sheet and a dossier hold what was decided, not what would turn it
    let wants = target.format != Format::Xlsx && !wanted.dossier && wanted.public.is_none();
    let searched = wants && (wanted.changes || rows <= QUICK_ROWS);
    let explanation = if searched { work::full_explanation(&judged, row) } else { work::explanation(&judged, row) };
    if !searched && wants && !host.quiet {
        super::terminal::warn(&(host.speaker.word("said-changes-left-out") + "\n"));
    }
    let teller = Teller { rules: &judged.rules, sources: &work.sources, speaker: &host.speaker };
    target.write(host, |out: &mut dyn Write| {
        if target.format == Format::Xlsx {
            let every = work::every(&judged, row);
            let made = calculator::calculator(&every, &teller);
            let book = calculator::sheet::workbook(&made, &host.speaker);
            return out.write_all(&book.map_err(io::Error::other)?);
        }
        let text = match target.format {
            Format::Json => json::explanation(&explanation, &teller).map_err(io::Error::from)?,
            Format::Html if wanted.dossier => dossier::page(host, &work, data, &variant, &judged, row)?,
            Format::Html => html::render(&teller.page(&explanation)),
            Format::Markdown => markdown::render(&teller.page(&explanation)),
            _ => text::render(&teller.page(&explanation), target.layout(host)),
        };
        out.write_all(text.as_bytes())
    })
}

/// Says that no school has this code, and which codes are like it.
pub(super) fn unknown(judgement: &Judgement<'_>, school: &str) -> Diagnostic {
    let codes: Vec<String> = (0..judgement.run.schools.min(50_000)).map(|row| list::code(judgement, row)).collect();
    let near: Vec<String> =
        suggestion::nearest(school, codes.iter().map(String::as_str)).into_iter().map(str::to_owned).collect();
    Diagnostic::new(program::SCHOOL_UNKNOWN, Place::Nowhere)
        .text("code", school)
        .count("count", near.len())
        .with("names", Argument::List(near))
}
