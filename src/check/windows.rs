//! Windows of years: `за последние 3 года` counted back from the reporting year.

use super::{Checker, Context};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::check as kinds;
use crate::location::SourceSpan;
use crate::syntax::tree;
use crate::value::is_year;

/// More years than this in a window are a slip of the pen.
const MAX_YEARS: i64 = 100;

/// Whether a number written for a year is none: `18` for 2018.
pub(super) fn no_year(number: i64) -> bool {
    number > 0 && !is_year(number)
}

impl<'a> Checker<'a> {
    /// First and last year of a window.
    pub(super) fn window(&mut self, window: &'a tree::Window, context: Context<'a>) -> Option<(i64, i64)> {
        let at = SourceSpan::new(context.source, window.span);
        let (from, to) = match &window.years {
            tree::WindowYears::Last(count) => {
                let count = self.folded_number(count, context)?;
                let count = count.to_integer().unwrap_or(0);
                let Some(year) = self.header.reporting_year else {
                    self.push(Diagnostic::at(kinds::NO_REPORTING_YEAR, at));
                    return None;
                };
                (year.saturating_sub(count).saturating_add(1), year)
            }
            tree::WindowYears::Range(from, to) => {
                let from = self.folded_number(from, context)?;
                let to = self.folded_number(to, context)?;
                let (from, to) = (from.to_integer().unwrap_or(0), to.to_integer().unwrap_or(0));
                if no_year(from) || no_year(to) {
                    self.push(Diagnostic::at(kinds::BAD_YEAR, at));
                    return None;
                }
                (from, to)
            }
        };
        if from < 1 || to < from || to.saturating_sub(from) >= MAX_YEARS {
            self.push(Diagnostic::at(kinds::BAD_WINDOW, at));
            return None;
        }
        Some((from, to))
    }
}
