//! One thing that a verification found, without words.

use crate::diagnostic::Argument;
use crate::number::Number;

/// What a finding means for the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It is as it was recorded.
    Holds,
    /// Worth knowing; nothing recorded is touched by it.
    Remark,
    /// It could not be checked.
    Open,
    /// It is not as it was recorded.
    Differs,
}

/// One thing that was checked: the id of its message and the facts for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    pub state: State,
    pub id: &'static str,
    pub arguments: Vec<(&'static str, Argument)>,
}

impl Finding {
    pub fn new(state: State, id: &'static str) -> Finding {
        Finding { state, id, arguments: Vec::new() }
    }

    #[must_use]
    pub fn text(mut self, name: &'static str, value: impl Into<String>) -> Finding {
        self.arguments.push((name, Argument::Text(value.into())));
        self
    }

    #[must_use]
    pub fn count(mut self, name: &'static str, value: usize) -> Finding {
        self.arguments.push((name, Argument::Count(i64::try_from(value).unwrap_or(i64::MAX))));
        self
    }

    #[must_use]
    pub fn number(mut self, name: &'static str, value: Number) -> Finding {
        self.arguments.push((name, Argument::Number(value)));
        self
    }

    #[must_use]
    pub fn term(mut self, name: &'static str, id: &'static str) -> Finding {
        self.arguments.push((name, Argument::Term(id)));
        self
    }
}

/// The worst of all findings: [`State::Holds`] when everything could be checked and nothing differs.
pub fn worst(findings: &[Finding]) -> State {
    findings.iter().map(|f| f.state).filter(|state| *state != State::Remark).max().unwrap_or(State::Open)
}
