//! `merilo equal` and `merilo implies`: two rule sets held against each other.

use std::io::Write;
use std::path::Path;

use super::output::Target;
use super::request::{Format, Pair};
use super::{End, Host, work};
use crate::counterexample::{Relation, Search};
use crate::diagnostic::{Diagnostic, equal as kinds};
use crate::location::Place;
use crate::pipeline::{Answer, Equality, Held, Variant};
use crate::report::{equality, html, json, markdown, text};

/// How many data are tried where nothing else is asked for.
const USUAL_CASES: usize = 2_000;

pub(super) fn equal(host: &Host, pair: &Pair, relation: Relation, file: Option<&Path>, format: Option<Format>) -> End {
    // what a search finds is a folder of data; the report of it is shown
    let folder = if pair.search { file } else { None };
    let shown = if pair.search { None } else { file };
    let target = match Target::new(host, shown, format, Format::COMPARISONS) {
        Ok(target) => target,
        Err(end) => return end,
    };
    if let Some(folder) = folder.filter(|folder| has_something(folder)) {
        let name = folder.display().to_string();
        host.tell_one(Diagnostic::new(kinds::FOLDER_EXISTS, Place::File(name.clone())).text("folder", name));
        return End::WrongCommand;
    }
    let variant = |scenario: &Option<String>| Variant { scenario: scenario.clone(), ..Variant::default() };
    let (first, second) = (variant(&pair.scenarios.0), variant(&pair.scenarios.1));
    let (one, other) = (pair.first.display().to_string(), pair.second.display().to_string());
    let held = Held {
        rules: [(one.as_str(), &first), (other.as_str(), &second)],
        relation,
        category: pair.category.as_deref(),
    };
    let search = Search { seed: pair.seed.unwrap_or(1), cases: pair.cases.unwrap_or(USUAL_CASES) };
    let (noticed, found) = match &pair.data {
        Some(data) => work::equal_on(&held, data, host.progress().as_ref()),
        None => work::equal_on_any(&held, search, host.progress().as_ref()),
    };
    for (sources, diagnostics) in &noticed {
        host.tell(diagnostics, sources);
    }
    let Some(found) = found else {
        super::terminal::warn(&(host.speaker.word("said-stopped") + "\n"));
        return End::Errors;
    };
    if let Some(folder) = folder
        && let Err(end) = write_data(host, folder, &found)
    {
        return end;
    }
    let written = target.write(host, |out: &mut dyn Write| {
        if target.format == Format::Json {
            let text = json::equality(&found, &host.speaker).map_err(std::io::Error::from)?;
            return out.write_all(text.as_bytes());
        }
        let page = equality::page(&found, &host.speaker);
        let text = match target.format {
            Format::Html => html::render(&page),
            Format::Markdown => markdown::render(&page),
            _ => text::render(&page, target.layout(host)),
        };
        out.write_all(text.as_bytes())
    });
    match written {
        End::Fine if !found.holds() => End::Errors,
        end => end,
    }
}

/// A file, or a folder that is not empty.
fn has_something(folder: &Path) -> bool {
    folder.is_file() || std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}

/// The data that were found, as a folder that every other command takes.
fn write_data(host: &Host, folder: &Path, found: &Equality) -> Result<(), End> {
    let Answer::Searched { found: Some(shown), .. } = &found.answer else { return Ok(()) };
    let Some(rules) = found.rules.first() else { return Ok(()) };
    for (name, text) in equality::files(&shown.world, &rules.schema, &host.speaker) {
        match Target::in_folder(folder.join(name)).write(host, |out| out.write_all(text.as_bytes())) {
            End::Fine => {}
            end => return Err(end),
        }
    }
    Ok(())
}
