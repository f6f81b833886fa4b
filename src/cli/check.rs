//! `merilo check`: are the rules, and the data where they are named, without errors?

use std::path::Path;

use super::request::Changed;
use super::{End, Host, work};
use crate::diagnostic::{Argument, Diagnostic};
use crate::report::diagnostics;

pub(super) fn check(host: &Host, rules: &Path, data: Option<&Path>, changed: &Changed, json: bool) -> End {
    let Some(variant) = host.settings(changed) else { return End::WrongCommand };
    let work = match data {
        None => work::read(rules, &variant),
        Some(data) => work::check(rules, &variant, data, host.progress().as_ref()),
    };
    let (sources, problems) = (&work.sources, &work.diagnostics);
    let failed = problems.iter().any(Diagnostic::is_error);
    let end = if failed { End::Errors } else { End::Fine };
    let text = if json {
        match serde_json::to_string_pretty(&diagnostics::json::document(problems, sources, host.language)) {
            Ok(text) => text + "\n",
            Err(error) => return host.not_written("-", &error.into()),
        }
    } else {
        let mut text = diagnostics::render(problems, sources, host.language, host.terminal.colour_out);
        if !failed && !host.quiet {
            let file = ("file", Argument::Text(rules.display().to_string()));
            text += &(host.speaker.say("said-rules-fine", &[file]) + "\n");
            if !work.scenarios.is_empty() {
                let count = ("count", Argument::Count(i64::try_from(work.scenarios.len()).unwrap_or(i64::MAX)));
                text += &(host.speaker.say("said-scenarios", &[count]) + "\n");
                // one a line: a title may hold commas
                text.extend(work.scenarios.iter().map(|title| format!("  «{title}»\n")));
            }
        }
        text
    };
    match host.print(&text) {
        End::Fine => end,
        other => other,
    }
}
