//! The fence around the script engine: compile a file once, call it with plain exact numbers, within limits.
//!
//! A script file is the body of one function: its arguments are constants in scope under the names that the rules give
//! them, and the value of its last expression is the result. All numbers in it are decimals, whole ones too, so that
//! `7 / 2` is 3.5. There are no functions, loops without a limit, files, clocks or chance inside the fence.
//! Knows nothing of rules, units or schools.

mod engine;

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::number::Number;

/// A compiled script file.
#[derive(Clone)]
pub struct Script {
    pub name: Arc<str>,
    pub text: Arc<str>,
    arguments: Vec<Arc<str>>,
    compiled: engine::Compiled,
}

/// Why a script cannot be used, or gave no number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ScriptProblem {
    /// The text does not parse. The engine's own words, and where it stopped (line and column from 1).
    Syntax { fault: SyntaxFault, detail: String, line: Option<usize>, column: Option<usize> },
    /// It stopped while running. The engine's own words.
    Stopped { detail: String, line: Option<usize>, column: Option<usize> },
    /// It was stopped because it did too much.
    TooLong,
    /// An argument has more digits than a script can hold exactly (28).
    ArgumentNotExact { argument: Arc<str>, value: Number },
    /// The result is not a number.
    NotANumber { found: String },
    /// Called with another number of arguments than it was compiled for.
    WrongArguments { expected: usize, found: usize },
}

/// What people do wrong in a script.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SyntaxFault {
    UnknownName(String),
    /// A sign that should have come.
    Missing(String),
    /// The text ends too early.
    Unfinished,
    /// An argument is changed.
    Assigned(String),
    /// A word or a sign that is not allowed here.
    Forbidden(String),
    Other,
}

impl ScriptProblem {
    /// Adds what is wrong to a diagnostic: `problem`, `word`, `line` (0: not known) and `detail`.
    pub fn tell(&self, diagnostic: Diagnostic) -> Diagnostic {
        let (problem, word, line, detail) = match self {
            ScriptProblem::Syntax { fault, detail, line, .. } => {
                let (problem, word) = match fault {
                    SyntaxFault::UnknownName(name) => ("unknown-name", name.as_str()),
                    SyntaxFault::Missing(token) => ("missing", token.as_str()),
                    SyntaxFault::Unfinished => ("unfinished", ""),
                    SyntaxFault::Assigned(name) => ("assigned", name.as_str()),
                    SyntaxFault::Forbidden(word) => ("forbidden", word.as_str()),
                    SyntaxFault::Other => ("other", ""),
                };
                (problem, word.to_string(), line.unwrap_or(0), detail.clone())
            }
            ScriptProblem::Stopped { detail, line, .. } => {
                ("stopped", String::new(), line.unwrap_or(0), detail.clone())
            }
            ScriptProblem::TooLong => ("too-long", String::new(), 0, "limit".to_string()),
            ScriptProblem::ArgumentNotExact { argument, .. } => {
                ("not-exact", argument.to_string(), 0, "28 digits".to_string())
            }
            ScriptProblem::NotANumber { found } => ("not-a-number", String::new(), 0, found.clone()),
            ScriptProblem::WrongArguments { expected, found } => {
                ("arguments", String::new(), 0, format!("{found} / {expected}"))
            }
        };
        diagnostic.text("problem", problem).text("word", word).count("line", line).text("detail", detail)
    }
}

impl Script {
    /// Compiles the text of a script file as the body of a function with these arguments.
    pub fn compile(name: &str, text: &str, arguments: &[Arc<str>]) -> Result<Script, ScriptProblem> {
        Ok(Script {
            name: Arc::from(name),
            text: Arc::from(text),
            arguments: arguments.to_vec(),
            compiled: engine::compile(text, arguments)?,
        })
    }

    /// The value of the script for these arguments: exact, or a problem.
    pub fn call(&self, arguments: &[Number]) -> Result<Number, ScriptProblem> {
        if arguments.len() != self.arguments.len() {
            return Err(ScriptProblem::WrongArguments { expected: self.arguments.len(), found: arguments.len() });
        }
        engine::call(&self.compiled, &self.arguments, arguments)
    }
}

impl std::fmt::Debug for Script {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Script({})", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::{Script, ScriptProblem};
    use crate::number::Number;
    use std::sync::Arc;

    fn run(text: &str, arguments: &[(&str, Number)]) -> Result<Number, ScriptProblem> {
        let names: Vec<Arc<str>> = arguments.iter().map(|(n, _)| Arc::from(*n)).collect();
        let values: Vec<Number> = arguments.iter().map(|(_, v)| v.clone()).collect();
        Script::compile("баллы.rhai", text, &names)?.call(&values)
    }

    fn n(a: i128, b: i128) -> Number {
        Number::ratio(a, b).unwrap()
    }

    #[test]
    fn numbers_are_exact_decimals() {
        assert_eq!(run("7 / 2", &[]), Ok(n(7, 2)));
        assert_eq!(run("let a = 7; let b = 2; a / b", &[]), Ok(n(7, 2)));
        assert_eq!(run("расстояние * 0.1", &[("расстояние", n(3, 10))]), Ok(n(3, 100)));
        assert_eq!(run("if x >= 10 { 1 } else { 0.5 }", &[("x", n(10, 1))]), Ok(n(1, 1)));
        assert_eq!(run("if x < 10.5 { 2 } else { 3 }", &[("x", n(21, 2))]), Ok(n(3, 1)));
        assert_eq!(run("x / 4", &[("x", n(1, 1))]), Ok(n(1, 4)));
        assert_eq!(run("5", &[]), Ok(n(5, 1)));
        assert_eq!(run("0.1 + 0.2", &[]), Ok(n(3, 10)));
    }

    #[test]
    fn what_is_not_exact_is_a_problem() {
        assert!(matches!(run("x", &[("x", n(1, 3))]), Err(ScriptProblem::ArgumentNotExact { .. })));
        assert!(matches!(run("x", &[("x", n(i128::MAX, 1))]), Err(ScriptProblem::ArgumentNotExact { .. })));
        assert!(matches!(run("true", &[]), Err(ScriptProblem::NotANumber { .. })));
        assert!(matches!(run("", &[]), Err(ScriptProblem::NotANumber { .. })));
    }

    #[test]
    fn hostile_scripts_are_stopped() {
        assert_eq!(run("loop { }", &[]), Err(ScriptProblem::TooLong));
        assert!(run("let s = \"aaaaaaaaaaaaaaaa\"; loop { s += s; }", &[]).is_err());
        assert!(run(&"(".repeat(100_000), &[]).is_err());
        assert!(run("eval(\"1\")", &[]).is_err());
        assert!(run("print(1); 1", &[]).is_err());
        assert!(run("sleep(1); 1", &[]).is_err());
        assert!(run("1 / 0", &[]).is_err());
        assert!(run("x = 2; x", &[("x", n(1, 1))]).is_err());
        assert!(run("79228162514264337593543950335.0 + 1", &[]).is_err());
    }

    #[test]
    fn a_call_needs_its_arguments() {
        let script = Script::compile("a", "x", &[Arc::from("x")]).unwrap();
        assert_eq!(script.call(&[]), Err(ScriptProblem::WrongArguments { expected: 1, found: 0 }));
    }
}
