//! The only file that sees rhai and its decimals.
//!
//! Quotients inside a script are decimals of 28 digits; everything that comes in or goes out is exact or a problem.

use std::sync::{Arc, LazyLock};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;
use rhai::packages::{ArithmeticPackage, BasicMathPackage, LogicPackage, Package};
use rhai::{AST, Dynamic, Engine, EvalAltResult, LexError, OptimizationLevel, ParseErrorType, Position, Scope};
use rust_decimal::Decimal;

use super::{ScriptProblem, SyntaxFault};
use crate::number::Number;

/// Steps of one call.
const MAX_OPERATIONS: u64 = 100_000;
const MAX_STRING: usize = 1_000;
const MAX_DEPTH: usize = 64;
const MAX_VARIABLES: usize = 200;
/// Characters of a script file.
const MAX_TEXT: usize = 100_000;

/// A script ready to run.
#[derive(Clone)]
pub(super) struct Compiled(Arc<AST>);

static ENGINE: LazyLock<Engine> = LazyLock::new(engine);

fn engine() -> Engine {
    let mut engine = Engine::new_raw();
    ArithmeticPackage::new().register_into_engine(&mut engine);
    LogicPackage::new().register_into_engine(&mut engine);
    BasicMathPackage::new().register_into_engine(&mut engine);
    // Operators go through the table of functions, so that the quotient of whole numbers can be a decimal.
    engine.set_fast_operators(false);
    engine.register_fn("/", |a: i64, b: i64| -> Result<Decimal, Box<EvalAltResult>> {
        Decimal::from(a).checked_div(Decimal::from(b)).ok_or_else(|| "division by zero".into())
    });
    engine.set_optimization_level(OptimizationLevel::None);
    engine.set_max_operations(MAX_OPERATIONS);
    engine.set_max_string_size(MAX_STRING);
    engine.set_max_expr_depths(MAX_DEPTH);
    engine.set_max_variables(MAX_VARIABLES);
    engine.set_strict_variables(true);
    for word in ["eval", "print", "debug", "sleep", "import", "export"] {
        engine.disable_symbol(word);
    }
    engine
}

pub(super) fn compile(text: &str, arguments: &[Arc<str>]) -> Result<Compiled, ScriptProblem> {
    if text.len() > MAX_TEXT {
        return Err(ScriptProblem::TooLong);
    }
    let mut scope = Scope::new();
    for argument in arguments {
        scope.push_constant(argument.as_ref(), Decimal::ZERO);
    }
    match ENGINE.compile_with_scope(&scope, text) {
        Ok(ast) => Ok(Compiled(Arc::new(ast))),
        Err(error) => {
            let (line, column) = place(error.position());
            let fault = match error.err_type() {
                ParseErrorType::VariableUndefined(name) => SyntaxFault::UnknownName(name.clone()),
                ParseErrorType::UnexpectedEOF => SyntaxFault::Unfinished,
                ParseErrorType::MissingToken(token, _) => SyntaxFault::Missing(token.clone()),
                ParseErrorType::AssignmentToConstant(name) => SyntaxFault::Assigned(name.clone()),
                ParseErrorType::Reserved(name) => SyntaxFault::Forbidden(name.clone()),
                ParseErrorType::BadInput(LexError::ImproperSymbol(name, _)) => SyntaxFault::Forbidden(name.clone()),
                _ => SyntaxFault::Other,
            };
            Err(ScriptProblem::Syntax { fault, detail: error.err_type().to_string(), line, column })
        }
    }
}

pub(super) fn call(script: &Compiled, names: &[Arc<str>], arguments: &[Number]) -> Result<Number, ScriptProblem> {
    let mut scope = Scope::new();
    for (name, value) in names.iter().zip(arguments) {
        let decimal = to_decimal(value)
            .ok_or_else(|| ScriptProblem::ArgumentNotExact { argument: name.clone(), value: value.clone() })?;
        scope.push_constant(name.as_ref(), decimal);
    }
    match ENGINE.eval_ast_with_scope::<Dynamic>(&mut scope, &script.0) {
        Ok(result) => {
            to_number(&result).ok_or_else(|| ScriptProblem::NotANumber { found: result.type_name().to_string() })
        }
        Err(error) => Err(match *error {
            EvalAltResult::ErrorTooManyOperations(_) => ScriptProblem::TooLong,
            error => {
                let (line, column) = place(error.position());
                let mut error = error;
                error.clear_position();
                ScriptProblem::Stopped { detail: error.to_string(), line, column }
            }
        }),
    }
}

fn place(position: Position) -> (Option<usize>, Option<usize>) {
    (position.line(), position.position())
}

/// `None` when the number is not a decimal of at most 28 digits.
fn to_decimal(value: &Number) -> Option<Decimal> {
    let (numerator, denominator) = value.to_ratio()?;
    let mut power: i128 = 1;
    for scale in 0..=28 {
        if power % denominator == 0 {
            return Decimal::try_from_i128_with_scale(numerator.checked_mul(power / denominator)?, scale).ok();
        }
        power = power.checked_mul(10)?;
    }
    None
}

fn to_number(value: &Dynamic) -> Option<Number> {
    if let Ok(whole) = value.as_int() {
        return Some(Number::from_integer(whole));
    }
    let decimal = value.as_decimal().ok()?;
    let denominator = BigInt::from(10).pow(decimal.scale().to_u32()?);
    Some(Number::from_big(BigRational::new(BigInt::from(decimal.mantissa()), denominator)))
}
