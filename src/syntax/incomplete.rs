//! Parts that end before they say what they must: cases without a condition, what a scenario adds or switches off.

use std::ops::Range;

use super::build::Builder;
use super::chunks::limited;
use super::keywords::mistaken::first_word;
use super::mistakes::{clause_around, last_char, span};
use super::parser::{self, Rule, Stop};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::scenario as scenario_kinds;
use crate::diagnostic::syntax as kinds;

/// `в случае …` that ended before its `если`.
pub(super) fn case_without_condition(
    builder: &Builder<'_>,
    text: &str,
    stop: &Stop,
) -> Option<(Range<usize>, Diagnostic)> {
    let end = text.get(..stop.at)?.trim_end().len();
    let last = end.checked_sub(last_char(text, end))?;
    let clause = clause_around(text, last);
    let written = text.get(clause.start..end)?;
    let whole = written.matches('(').count() == written.matches(')').count();
    let next_line = text.get(end..stop.at)?.contains('\n') || end == text.trim_end().len();
    let case = written.starts_with("в случае ") || written.starts_with("in case ");
    if !(case && whole && next_line && stop.expected.contains(&Rule::k_if)) {
        return None;
    }
    Some((clause, Diagnostic::at(kinds::CASE_WITHOUT_CONDITION, span(builder, last..end))))
}

/// `срок …` that does not say what holds the years.
pub(super) fn term_by_nothing(builder: &Builder<'_>, text: &str, stop: &Stop) -> Option<(Range<usize>, Diagnostic)> {
    let end = text.get(..stop.at)?.trim_end().len();
    let last = end.checked_sub(last_char(text, end))?;
    let clause = clause_around(text, last);
    let written = text.get(clause.start..end)?;
    let term = written.starts_with("срок ") || written.starts_with("term ");
    if !(term && stop.expected.contains(&Rule::k_term_by)) {
        return None;
    }
    Some((clause, Diagnostic::at(kinds::TERM_BY_NOTHING, span(builder, last..end))))
}

/// What a scenario adds or switches off, where it does not say what, or where to.
pub(super) fn of_scenario(builder: &Builder<'_>, text: &str, stop: &Stop) -> Option<(Range<usize>, Diagnostic)> {
    let head = parser::block_start(limited(text, 400))?;
    let word = first_word(text.get(stop.at..)?);
    let here = span(builder, stop.at..stop.at + word.len());
    let expects = |rule| stop.expected.contains(&rule);
    let problem = match head {
        Rule::k_switch_off if expects(Rule::k_group_object) => {
            Diagnostic::at(scenario_kinds::SWITCH_OFF_WHAT, here).text("word", word)
        }
        Rule::k_add if expects(Rule::k_indicator) => Diagnostic::at(scenario_kinds::ADD_WHAT, here).text("word", word),
        Rule::k_add if expects(Rule::k_into_category) || expects(Rule::added_to) => {
            let end = text.get(..stop.at)?.trim_end().len();
            Diagnostic::at(scenario_kinds::ADD_WHERE, span(builder, end.checked_sub(last_char(text, end))?..end))
        }
        _ => return None,
    };
    Some((0..text.len(), problem))
}
