//! Kinds of problems: two numbers of the rules for every pair of values. Codes M821 to M839; what one number alone is refused
//! for has the kinds of `threshold`.

crate::kinds! {
    /// Both names stand for one number. Arguments: `name`.
    SAME_NUMBER = error("M821", "map-same-number");
    /// Both numbers are held against something in one place. Arguments: `name`, `other`.
    TOGETHER = error("M822", "map-together");
    /// Each number moves the breakpoints of the other. Arguments: `name`, `other`.
    ENTANGLED = error("M823", "map-entangled");
    /// The values that are allowed for one number depend on the other. Arguments: `name`, `other`.
    ENDS = error("M824", "map-ends");
    /// Arguments: `name`, `other`, `count`, `most`.
    CELLS = error("M825", "map-cells");
    /// Arguments: `name`, `other`, `count`, `most`.
    EVALUATIONS = error("M826", "map-evaluations");
}
