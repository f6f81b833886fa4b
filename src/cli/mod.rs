//! The command line host: one verb per file. Thin; the steps are called in `pipeline`, the words are in `messages`.
//!
//! Exit codes: 0 all is well; 1 the rules or the data have errors; 2 the command is wrong; 3 the result could not be written;
//! 4 nothing differs from a record, but not everything could be checked.

pub mod arguments;
mod check;
mod compare;
mod data;
mod document;
mod dossier;
mod equal;
mod explain;
mod explain_code;
mod explained;
mod fmt;
mod history;
mod output;
mod record;
mod request;
mod run;
mod seal;
mod stability;
mod sweep;
mod terminal;
mod threshold;
mod verify;
mod work;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use request::{Answer, Changed, Request, Verb};
use terminal::{Bars, Terminal};

use crate::counterexample::Relation;
use crate::diagnostic::{Argument, Diagnostic, Severity, program};
use crate::language::Language;
use crate::location::Place;
use crate::messages::Speaker;
use crate::pipeline::Variant;
use crate::progress::{Progress, Silent};
use crate::report::diagnostics;
use crate::source::Sources;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Fine,
    Errors,
    WrongCommand,
    NotWritten,
    /// Nothing differs, but not everything could be checked.
    Incomplete,
}

/// What every verb needs.
struct Host {
    terminal: Terminal,
    language: Language,
    speaker: Speaker,
    quiet: bool,
}

/// Runs one command; `words` come after the program's name.
pub fn main(words: &[OsString]) -> ExitCode {
    let end = match arguments::parse(words, terminal::locale()) {
        Ok(request) => run(&request),
        Err(Answer::Help(text)) => match terminal::print(&text) {
            Ok(()) => End::Fine,
            Err(_) => End::NotWritten,
        },
        Err(Answer::Usage(text)) => {
            terminal::warn(&text);
            End::WrongCommand
        }
    };
    ExitCode::from(match end {
        End::Fine => 0,
        End::Errors => 1,
        End::WrongCommand => 2,
        End::NotWritten => 3,
        End::Incomplete => 4,
    })
}

fn run(request: &Request) -> End {
    if let Some(threads) = request.threads {
        // fails only when a pool is there already, and then its size is settled
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
    let rules = match &request.verb {
        Verb::Check { rules, .. }
        | Verb::Run { rules, .. }
        | Verb::Explain { rules, .. }
        | Verb::Compare { rules, .. }
        | Verb::Threshold { rules, .. }
        | Verb::Sweep { rules, .. }
        | Verb::Stability { rules, .. }
        | Verb::Document { rules, .. } => Some(rules.as_path()),
        Verb::Equal { pair, .. } | Verb::Implies { pair, .. } => Some(pair.first.as_path()),
        Verb::Fmt { files, .. } => files.first().map(std::path::PathBuf::as_path),
        Verb::Data { verb: request::DataVerb::Check { rules, .. }, .. } => rules.as_deref(),
        Verb::ExplainCode { .. }
        | Verb::Data { .. }
        | Verb::History { .. }
        | Verb::Verify { .. }
        | Verb::Seal { .. } => None,
    };
    let fmt = matches!(request.verb, Verb::Fmt { .. });
    let given = request.language.filter(|_| !fmt);
    let language = given.or_else(|| rules.and_then(rules_language)).or_else(terminal::locale).unwrap_or_default();
    let host = Host {
        terminal: Terminal::new(request.quiet),
        language,
        speaker: Speaker::new(language),
        quiet: request.quiet,
    };
    match &request.verb {
        Verb::Check { rules, data, changed, json } => check::check(&host, rules, data.as_deref(), changed, *json),
        Verb::Run { rules, data, changed, output, format, recheck, public } => {
            let wanted = run::Wanted { file: output.as_deref(), format: *format, recheck: *recheck, public: *public };
            run::run(&host, rules, data, changed, &wanted)
        }
        Verb::Explain { rules, data, changed, school, output, format, dossier, changes, public } => {
            let file = output.as_deref();
            let (format, public) = (*format, *public);
            let wanted = explain::Wanted { school, file, format, dossier: *dossier, changes: *changes, public };
            explain::explain(&host, rules, data, changed, &wanted)
        }
        Verb::Compare { rules, data, changed, scenarios, others, capacities, effects, output, format } => {
            let (file, format, effects) = (output.as_deref(), *format, *effects);
            let wanted = compare::Wanted { scenarios, others, capacities, effects, file, format };
            compare::compare(&host, rules, data, changed, &wanted)
        }
        Verb::Threshold { rules, data, changed, number, other, output, format } => {
            let wanted = threshold::Wanted { number, other: other.as_ref(), file: output.as_deref(), format: *format };
            threshold::threshold(&host, rules, data, changed, &wanted)
        }
        Verb::History { folders, category, school, costs, correspondences, output, format } => {
            let wanted = history::Wanted {
                folders,
                category: category.as_deref(),
                school: school.as_deref(),
                costs: costs.as_deref(),
                correspondences,
                file: output.as_deref(),
                format: *format,
            };
            history::history(&host, &wanted)
        }
        Verb::Sweep { rules, data, changed, over, category, journal, resume, output, format } => {
            let (category, journal) = (category.as_deref(), journal.as_deref());
            let (file, format, resume) = (output.as_deref(), *format, *resume);
            let wanted = sweep::Wanted { over, category, journal, resume, file, format };
            sweep::sweep(&host, rules, data, changed, &wanted)
        }
        Verb::Equal { pair, output, format } => equal::equal(&host, pair, Relation::Equal, output.as_deref(), *format),
        Verb::Implies { pair, output, format } => {
            equal::equal(&host, pair, Relation::Implies, output.as_deref(), *format)
        }
        Verb::Stability { rules, data, changed, doubts, output, format } => {
            let wanted = stability::Wanted { doubts, file: output.as_deref(), format: *format };
            stability::stability(&host, rules, data, changed, &wanted)
        }
        Verb::Document { paper, rules, data, changed, output, format, public } => {
            let wanted = document::Wanted { file: output.as_deref(), format: *format, public: *public };
            document::document(&host, paper, rules, data, changed, &wanted)
        }
        Verb::Data { verb, asked } => data::data(&host, verb, asked),
        Verb::Fmt { files, check } => fmt::fmt(&host, files, *check, request.language),
        Verb::Verify { folder, data, key, json } => {
            verify::verify(&host, folder, data.as_deref(), key.as_deref(), *json, request.language)
        }
        Verb::Seal { folder, key, new_key } => seal::seal(&host, folder.as_deref(), key, *new_key),
        Verb::ExplainCode { code } => explain_code::explain_code(&host, code),
    }
}

/// The language that a rules file is written in.
fn rules_language(path: &Path) -> Option<Language> {
    use std::io::Read;
    let mut start = Vec::new();
    std::fs::File::open(path).ok()?.take(64 * 1024).read_to_end(&mut start).ok()?;
    Some(crate::syntax::language(&String::from_utf8_lossy(&start)))
}

impl Host {
    fn progress(&self) -> Box<dyn Progress> {
        if self.terminal.bars { Box::new(Bars::new(&self.speaker)) } else { Box::new(Silent) }
    }

    /// Shows problems on the error output: all of them, or only errors when quiet.
    fn tell(&self, problems: &[Diagnostic], sources: &Sources) {
        let errors: Vec<Diagnostic>;
        let shown = if self.quiet {
            errors = problems.iter().filter(|p| p.kind.severity == Severity::Error).cloned().collect();
            &errors
        } else {
            problems
        };
        terminal::warn(&diagnostics::render(shown, sources, self.language, self.terminal.colour_err));
    }

    fn tell_one(&self, problem: Diagnostic) {
        let colour = self.terminal.colour_err;
        terminal::warn(&diagnostics::without_counts(&[problem], &Sources::default(), &self.speaker, colour));
    }

    fn not_written(&self, file: &str, error: &std::io::Error) -> End {
        let problem = Diagnostic::new(program::FILE_UNWRITABLE, Place::File(file.to_owned()));
        self.tell_one(problem.text("file", file).text("problem", crate::data::trouble(error)));
        End::NotWritten
    }

    /// Refuses what would be nothing without the values.
    fn not_public(&self, what: &str) -> End {
        self.tell_one(Diagnostic::new(program::NOT_PUBLIC, Place::Nowhere).text("what", what));
        End::WrongCommand
    }

    fn written(&self, path: &Path) {
        if !self.quiet {
            let file = ("file", Argument::Text(path.display().to_string()));
            terminal::warn(&(self.speaker.say("said-written", &[file]) + "\n"));
        }
    }

    /// Whether what was written is for publication: a list cannot say it itself.
    fn told_use(&self, public: Option<usize>) {
        if !self.quiet {
            terminal::warn(&(crate::report::publication::said(public, &self.speaker) + "\n"));
        }
    }

    fn print(&self, text: &str) -> End {
        match terminal::print(text) {
            Ok(()) => End::Fine,
            Err(error) => self.not_written("-", &error),
        }
    }

    /// What the command changes of the rules; a malformed pair `name=value` is told.
    fn settings(&self, changed: &Changed) -> Option<Variant> {
        let mut pairs = Vec::new();
        for text in &changed.set {
            match text.split_once('=') {
                Some((name, value)) if !name.trim().is_empty() && !value.trim().is_empty() => {
                    pairs.push((name.trim().to_owned(), value.trim().to_owned()));
                }
                _ => {
                    self.tell_one(Diagnostic::new(program::SET_MALFORMED, Place::Nowhere).text("text", text.clone()));
                    return None;
                }
            }
        }
        let Changed { scenario, scenario_file, .. } = changed.clone();
        Some(Variant { set: pairs, scenario, scenario_file })
    }
}
