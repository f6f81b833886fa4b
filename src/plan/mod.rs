//! Rule set → ordered steps. (The signatures other stages rely on; the stage itself follows.)

use crate::decision::StepId;

/// Which step gives the value of each expression.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// By [`crate::model::expr::ExprId`].
    pub of_expr: Vec<StepId>,
}
