//! Kinds of problems: scenarios. Codes M701 to M799.

crate::kinds! {
    /// `добавить` or `отключить` before any scenario.
    OUTSIDE_SCENARIO = error("M701", "outside-scenario");
    /// A block that no scenario changes.
    NOT_IN_SCENARIO = error("M702", "not-in-scenario");
}
