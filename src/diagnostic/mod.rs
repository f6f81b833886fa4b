//! One problem as data: kind, place, related places, facts for the message, and a fix.
//!
//! No prose and no language: `messages` turns a diagnostic into words. Each stage has a file with its own kinds.

use jiff::civil::Date;

use crate::location::{Place, SourceSpan};
use crate::number::Number;
use crate::value::{Reasons, Type, Unit};

pub mod check;
pub mod compare;
pub mod data;
pub mod equal;
pub mod evaluate;
pub mod history;
pub mod plane;
pub mod program;
pub mod quality;
pub mod scenario;
pub mod script;
pub mod stability;
pub mod sweep;
pub mod syntax;
pub mod tables;
pub mod threshold;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
    /// Worth knowing: a default that was taken, a guess that was made.
    Note,
}

/// A kind of problem: its stable code (`М201` in Russian documents is `M201` here, always Latin), the id of its
/// messages in the Fluent files, and its severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Kind {
    pub code: &'static str,
    pub id: &'static str,
    pub severity: Severity,
}

impl Kind {
    pub const fn error(code: &'static str, id: &'static str) -> Kind {
        Kind { code, id, severity: Severity::Error }
    }

    pub const fn warning(code: &'static str, id: &'static str) -> Kind {
        Kind { code, id, severity: Severity::Warning }
    }

    pub const fn note(code: &'static str, id: &'static str) -> Kind {
        Kind { code, id, severity: Severity::Note }
    }
}

/// Declares the kinds of one stage as constants and lists them in `ALL`.
#[macro_export]
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $severity:ident($code:literal, $id:literal);)*) => {
        $($(#[$doc])* pub const $name: $crate::diagnostic::Kind = $crate::diagnostic::Kind::$severity($code, $id);)*
        /// Every kind of this stage.
        pub const ALL: &[$crate::diagnostic::Kind] = &[$($name),*];
    };
}

/// A fact that a message names.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// Shown as it is: a name, a piece of the source, a file name.
    Text(String),
    /// A list of texts, joined with commas in the reader's language.
    List(Vec<String>),
    /// Selects plural forms.
    Count(i64),
    Number(Number),
    Unit(Unit),
    Type(Type),
    Reasons(Reasons),
    /// The id of a message that stands for a term (`what-a-condition`), said in the reader's language.
    Term(&'static str),
    /// Several such terms, joined with commas.
    Terms(Vec<&'static str>),
    Date(Date),
}

/// Replacing these spans by these texts mends the problem; offered only when it does.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    pub edits: Vec<(SourceSpan, String)>,
}

/// A place that helps to understand: the first declaration, the other side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    pub place: Place,
    /// Id of the message that says what is there, with the arguments of the diagnostic.
    pub role: &'static str,
}

/// One problem.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    pub kind: Kind,
    pub place: Place,
    pub arguments: Vec<(&'static str, Argument)>,
    pub related: Vec<Related>,
    pub fix: Option<Fix>,
}

impl Diagnostic {
    pub fn new(kind: Kind, place: Place) -> Self {
        Diagnostic { kind, place, arguments: Vec::new(), related: Vec::new(), fix: None }
    }

    pub fn at(kind: Kind, span: SourceSpan) -> Self {
        Diagnostic::new(kind, Place::Text(span))
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, argument: Argument) -> Self {
        self.arguments.push((name, argument));
        self
    }

    #[must_use]
    pub fn text(self, name: &'static str, text: impl Into<String>) -> Self {
        self.with(name, Argument::Text(text.into()))
    }

    #[must_use]
    pub fn count(self, name: &'static str, count: usize) -> Self {
        self.with(name, Argument::Count(i64::try_from(count).unwrap_or(i64::MAX)))
    }

    #[must_use]
    pub fn related(mut self, place: Place, role: &'static str) -> Self {
        self.related.push(Related { place, role });
        self
    }

    #[must_use]
    pub fn fix(mut self, span: SourceSpan, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix { edits: vec![(span, replacement.into())] });
        self
    }

    /// With what was probably meant at its place, and a fix when that is one thing.
    #[must_use]
    pub fn near(self, near: Vec<String>, at: SourceSpan) -> Self {
        let problem = self.count("near-count", near.len());
        match near.as_slice() {
            [only] => problem.fix(at, only.clone()),
            _ => problem,
        }
        .with("near", Argument::List(near))
    }

    pub fn is_error(&self) -> bool {
        self.kind.severity == Severity::Error
    }
}

/// A result together with everything that was noticed on the way. `value` is `None` when the errors left nothing usable.
#[derive(Debug, Clone)]
pub struct Outcome<T> {
    pub value: Option<T>,
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Outcome<T> {
    pub fn ok(value: T) -> Self {
        Outcome { value: Some(value), diagnostics: Vec::new() }
    }

    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Every kind of every stage, in the order of codes.
pub fn all_kinds() -> Vec<Kind> {
    [
        syntax::ALL,
        check::ALL,
        data::ALL,
        tables::ALL,
        script::ALL,
        evaluate::ALL,
        quality::ALL,
        program::ALL,
        scenario::ALL,
        threshold::ALL,
        history::ALL,
        compare::ALL,
        plane::ALL,
        sweep::ALL,
        equal::ALL,
        stability::ALL,
    ]
    .concat()
}
