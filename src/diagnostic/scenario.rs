//! Kinds of problems: scenarios. Codes M701 to M799.

crate::kinds! {
    /// `добавить` or `отключить` before any scenario.
    OUTSIDE_SCENARIO = error("M701", "outside-scenario");
    /// A block that no scenario changes.
    NOT_IN_SCENARIO = error("M702", "not-in-scenario");
    /// What is changed does not exist. Arguments: `what`, `name`, `near`, `near-count`.
    UNKNOWN_TARGET = error("M703", "unknown-target");
    /// What is added exists. Arguments: `what`, `name`.
    EXISTS_ALREADY = error("M704", "exists-already");
    /// Changed twice by one scenario. Arguments: `what`, `name`.
    CHANGED_TWICE = error("M705", "changed-twice");
    /// Changed or switched off once more. Arguments: `what`, `name`.
    SWITCHED_OFF_ALREADY = error("M706", "switched-off-already");
    /// Switched off although others refer to it. Arguments: `what`, `name`, `by` (names), `count`.
    STILL_REFERRED = error("M707", "still-referred");
    /// Arguments: `name`, `near`, `near-count`.
    UNKNOWN_BASE = error("M708", "unknown-base-scenario");
    /// Arguments: `circle`.
    SCENARIOS_CIRCULAR = error("M709", "scenarios-circular");
    /// Arguments: `name`.
    DUPLICATE_SCENARIO = error("M710", "duplicate-scenario");
    /// The rules say the same already. Arguments: `what`, `name`.
    CHANGES_NOTHING = warning("M711", "change-without-effect");
    /// No change at all. Arguments: `name`.
    EMPTY_SCENARIO = warning("M712", "scenario-without-changes");
    /// The command names no scenario of the rules. Arguments: `name`, `near`, `near-count`, `known`, `count`.
    UNKNOWN_SCENARIO = error("M713", "unknown-scenario");
    /// The manifest that a scenario names is not there. Arguments: `file`.
    SCENARIO_DATA_MISSING = error("M714", "scenario-data-missing");
    /// A file of scenarios holds something else.
    NOT_A_SCENARIO = error("M715", "not-a-scenario");
    /// Neither a criterion nor a group is switched off. Arguments: `word`.
    SWITCH_OFF_WHAT = error("M716", "switch-off-what");
    /// What cannot be added. Arguments: `word`.
    ADD_WHAT = error("M717", "add-what");
    /// A new criterion without its category or group.
    ADD_WHERE = error("M718", "add-where");
}
