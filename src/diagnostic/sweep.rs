//! Kinds of problems: a grid of changes of the rules, and its journal. Codes M841 to M859.

crate::kinds! {
    /// Not `name=values`. Arguments: `text`.
    MALFORMED = error("M841", "sweep-malformed");
    /// Several words without a place for the value. Arguments: `text`.
    WITHOUT_HOLE = error("M842", "sweep-without-hole");
    /// Arguments: `text`, `range`, `trouble` (`malformed`, `units`, `step`, `many`).
    RANGE = error("M843", "sweep-range");
    /// The same dimension or value twice. Arguments: `text`, `what`.
    TWICE = error("M844", "sweep-twice");
    /// Arguments: `text`, `count`, `most`.
    TOO_MANY = error("M845", "sweep-too-many");
    /// A clause is no change that a scenario can make. Arguments: `text`.
    NO_CHANGE = error("M846", "sweep-no-change");
    /// A scenario that takes other data. Arguments: `name`.
    OTHER_DATA = error("M847", "sweep-other-data");
    /// A parameter is set by the command as well. Arguments: `name`.
    SET_AS_WELL = error("M848", "sweep-set-as-well");
    /// Arguments: `name`, `names` (nearest), `count`.
    CATEGORY_UNKNOWN = error("M849", "sweep-category-unknown");
    /// A journal is there already. Arguments: `file`.
    JOURNAL_EXISTS = error("M850", "sweep-journal-exists");
    /// There is nothing to go on with. Arguments: `file`.
    JOURNAL_MISSING = error("M851", "sweep-journal-missing");
    /// Arguments: `file`, `line`.
    JOURNAL_UNREADABLE = error("M852", "sweep-journal-unreadable");
    /// The journal is of another sweep. Arguments: `file`, `what` (`rules`, `data`, `grid`, `program`).
    JOURNAL_OF_OTHER = error("M853", "sweep-journal-of-other");
}
