//! The fence around the script engine: compile a file once, call a function with plain numbers, within limits.
//!
//! The only module that sees rhai. Knows nothing of rules, units or schools.

use std::sync::Arc;

/// A compiled script file and the function to call in it.
#[derive(Clone)]
pub struct Script {
    pub name: Arc<str>,
    pub text: Arc<str>,
}

impl std::fmt::Debug for Script {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Script({})", self.name)
    }
}

/// STUB
pub struct ScriptProblem;
impl ScriptProblem {
    pub fn detail(&self) -> String {
        String::new()
    }
}
impl Script {
    pub fn compile(name: &str, text: &str, _arguments: &[&str]) -> Result<Script, ScriptProblem> {
        Ok(Script { name: name.into(), text: text.into() })
    }
}
