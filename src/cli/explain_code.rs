//! `merilo explain-code`: more about one message.

use super::{End, Host};
use crate::diagnostic::{Diagnostic, Severity, all_kinds, program};
use crate::location::Place;

pub(super) fn explain_code(host: &Host, code: &str) -> End {
    // the Cyrillic letter looks the same
    let wanted = code.trim().trim_matches(['[', ']']).to_uppercase().replace('\u{41c}', "M");
    let Some(kind) = all_kinds().into_iter().find(|kind| kind.code == wanted) else {
        host.tell_one(Diagnostic::new(program::CODE_UNKNOWN, Place::Nowhere).text("code", code));
        return End::WrongCommand;
    };
    let severity = host.speaker.word(match kind.severity {
        Severity::Error => "severity-error",
        Severity::Warning => "severity-warning",
        Severity::Note => "severity-note",
    });
    let long = host.speaker.attribute(kind.id, "long", &[]).unwrap_or_default();
    host.print(&format!("{severity}[{}]\n\n{long}\n", kind.code))
}
