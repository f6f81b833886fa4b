//! Kinds of problems: a number of the rules for every value. Codes M801 to M869.

crate::kinds! {
    /// Neither a parameter nor a criterion. Arguments: `name`, `names` (nearest), `count`.
    UNKNOWN = error("M801", "threshold-unknown");
    /// A parameter that is no number, or has one for each key. Arguments: `name`.
    NOT_A_NUMBER = error("M802", "threshold-not-a-number");
    /// A criterion has several numbers, or none. Arguments: `number`, `names` (how to name each), `count`.
    WHICH = error("M803", "threshold-which");
    /// The number goes into something that is not held against a bound. Arguments: `name`.
    BEYOND = error("M804", "threshold-beyond");
    /// The number is needed before the data. Arguments: `name`.
    FOLDED = error("M805", "threshold-folded");
    /// Arguments: `name`, `count`, `most`.
    TOO_MANY = error("M806", "threshold-too-many");
    /// No value is left. Arguments: `name`.
    EMPTY = error("M807", "threshold-empty");
    /// A value of the command is no number. Arguments: `option`, `text`.
    MALFORMED = error("M808", "threshold-malformed");
    /// Arguments: `name`, `names` (nearest), `count`.
    CATEGORY_UNKNOWN = error("M809", "threshold-category-unknown");
}
