//! `merilo fmt`: rules files in one form, in place; `-` from input to output.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::{End, Host, terminal};
use crate::diagnostic::{Argument, Diagnostic, data, program};
use crate::language::Language;
use crate::location::Place;
use crate::source::{Source, Sources};
use crate::syntax;

pub(super) fn fmt(host: &Host, files: &[PathBuf], check: bool, language: Option<Language>) -> End {
    let (mut changed, mut same) = (0_usize, 0_usize);
    let mut end = End::Fine;
    for path in files {
        let from_input = path == Path::new("-");
        let Some(text) = read(host, path, from_input) else {
            end = End::Errors;
            continue;
        };
        let name = path.display().to_string();
        let Some(formatted) = formatted(host, &name, &text, language) else {
            end = End::Errors;
            continue;
        };
        if from_input && !check {
            match host.print(&formatted) {
                End::Fine => continue,
                other => return other,
            }
        }
        if formatted == text {
            same += 1;
        } else if check {
            let problem = Diagnostic::new(program::FILE_NOT_FORMATTED, Place::File(name.clone()));
            host.tell_one(problem.text("file", name));
            end = End::Errors;
        } else {
            match terminal::write_file(path, |out: &mut dyn Write| out.write_all(formatted.as_bytes())) {
                Ok(()) => changed += 1,
                Err(error) => return host.not_written(&name, &error),
            }
        }
    }
    if !host.quiet && !check && changed + same > 0 {
        let count = |value: usize| Argument::Count(i64::try_from(value).unwrap_or(i64::MAX));
        let arguments = [("changed", count(changed)), ("same", count(same))];
        terminal::warn(&(host.speaker.say("said-formatted", &arguments) + "\n"));
    }
    end
}

/// The text in the usual form; `None` (and told) when it has errors: a file that was not understood is left alone.
fn formatted(host: &Host, name: &str, text: &str, language: Option<Language>) -> Option<String> {
    let mut sources = Sources::default();
    let source = sources.add(Source::new(name, text));
    let outcome = syntax::parse(source, text);
    let errors: Vec<Diagnostic> = outcome.diagnostics.into_iter().filter(Diagnostic::is_error).collect();
    if !errors.is_empty() {
        host.tell(&errors, &sources);
        return None;
    }
    let language = language.unwrap_or_else(|| syntax::language(text));
    outcome.value.map(|tree| syntax::print(&tree, language))
}

fn read(host: &Host, path: &Path, from_input: bool) -> Option<String> {
    let most = u64::try_from(syntax::MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let result = if from_input {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    let name = path.display().to_string();
    let place = Place::File(name.clone());
    if let Err(error) = result {
        host.tell_one(crate::data::unreadable(place, &name, &error));
        return None;
    }
    match String::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(_) => {
            host.tell_one(Diagnostic::new(data::NOT_TEXT, place).text("file", name).text("what", "rules"));
            None
        }
    }
}
