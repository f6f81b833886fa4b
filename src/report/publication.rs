//! Whether a report is for publication, in one line that every report has.

use crate::diagnostic::Argument;
use crate::messages::Speaker;

/// With the minimum: what is masked. Without: that everything is there.
pub fn said(minimum_cohort: Option<usize>, speaker: &Speaker) -> String {
    match minimum_cohort {
        None => speaker.word("report-full"),
        Some(minimum) => {
            let minimum = Argument::Count(i64::try_from(minimum).unwrap_or(i64::MAX));
            speaker.say("report-public", &[("minimum", minimum)])
        }
    }
}
