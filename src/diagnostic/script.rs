//! Kinds of problems: functions in scripts. Codes M401 to M499.

crate::kinds! {
    /// Arguments: function, file, count, school, problem (a term), detail.
    SCRIPT_GAVE_NO_VALUE = warning("M401", "script-gave-no-value");
    /// Arguments: function, file, detail.
    SCRIPT_SYNTAX = error("M402", "script-syntax");
}
