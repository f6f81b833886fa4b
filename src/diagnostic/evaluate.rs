//! Kinds of problems: what shows only with the values. Codes M501 to M599.

crate::kinds! {
    CIRCULAR = error("M501", "evaluate-circular");
    MALFORMED = error("M502", "evaluate-malformed");
    SCRIPT_FAILED = warning("M503", "script-failed");
    /// The second reading of the rules gave something else. Arguments: `whose` (`school`, `row`, `all`), `row`, `table`, `what`
    /// (`criterion`, `group`, `category`, `population`, `exclusion`, `members`, `value`, `schools`), `name`, `kept`, `keptwhy`,
    /// `expected`, `expectedwhy`.
    RECHECK_DIFFERS = error("M504", "recheck-differs");
    /// A registered decision about a school that is not in the data.
    REGISTERED_SCHOOL_UNKNOWN = error("M505", "registered-school-unknown");
}
