//! Kinds of problems: what shows only with the values. Codes M501 to M599.

crate::kinds! {
    CIRCULAR = error("M501", "evaluate-circular");
    MALFORMED = error("M502", "evaluate-malformed");
    SCRIPT_FAILED = warning("M503", "script-failed");
}
