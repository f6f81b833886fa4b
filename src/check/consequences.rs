//! Problems that only follow from a clause that could not be read, which has its own message already.
//!
//! Knows which blocks are broken, not why.

use std::collections::HashSet;

use crate::diagnostic::check as kinds;
use crate::diagnostic::{Argument, Diagnostic};
use crate::location::{Place, SourceId};
use crate::syntax::tree;

/// Names and places of the blocks that were not read wholly.
pub(super) struct Broken<'a> {
    names: HashSet<&'a str>,
    places: HashSet<(SourceId, usize)>,
    headless: bool,
}

impl<'a> Broken<'a> {
    pub(super) fn of(files: &'a [(SourceId, tree::File)]) -> Self {
        let all = || files.iter().flat_map(|(source, file)| file.broken.iter().map(move |name| (*source, name)));
        Broken {
            names: all().map(|(_, name)| name.text.as_ref()).filter(|name| !name.is_empty()).collect(),
            places: all().map(|(source, name)| (source, name.span.start)).collect(),
            headless: all().any(|(_, name)| name.text.is_empty() && name.span.start == 0),
        }
    }

    pub(super) fn explains(&self, problem: &Diagnostic) -> bool {
        let kind = problem.kind;
        let lacks_part =
            [kinds::NO_CONDITION, kinds::NO_RULE, kinds::CASES_WITHOUT_REST, kinds::UNUSED].contains(&kind);
        let unknown = [kinds::UNKNOWN_NAME, kinds::UNKNOWN_SET, kinds::UNKNOWN_LIST, kinds::UNKNOWN_FUNCTION];
        let columns = [kinds::UNKNOWN_COLUMN, kinds::KEY_UNKNOWN, kinds::NOT_A_LINK];
        let unknown = unknown.contains(&kind) || columns.contains(&kind) || kind == kinds::UNKNOWN_COMBINATION;
        let number = [kinds::UNKNOWN_CRITERION, kinds::UNKNOWN_GROUP, kinds::TOO_MANY_REQUIRED].contains(&kind);
        let half = [kinds::EXIT_WITHOUT_PREVIOUSLY, kinds::PREVIOUSLY_ALONE].contains(&kind);
        let empty = half || [kinds::NO_CRITERIA, kinds::NO_CATEGORY, kinds::NO_COMPONENTS].contains(&kind);
        (lacks_part && self.holds(problem))
            || (unknown
                && problem
                    .arguments
                    .iter()
                    .any(|(_, a)| matches!(a, Argument::Text(t) if self.names.contains(t.as_str()))))
            || ((empty || number) && !self.places.is_empty())
            || (kind == kinds::NO_HEADER && self.headless)
    }

    fn holds(&self, problem: &Diagnostic) -> bool {
        matches!(problem.place, Place::Text(at) if self.places.contains(&(at.source, at.span.start)))
    }
}
