//! Kinds of problems: how sure a list is. Codes M871 to M879.

crate::kinds! {
    /// `--error` is not `column=±number`. Arguments: `text`.
    ERROR_MALFORMED = error("M871", "stability-error-malformed");
    /// No table has this column. Arguments: `name`, `names` (nearest), `count`.
    COLUMN_UNKNOWN = error("M872", "stability-column-unknown");
    /// Several tables have it. Arguments: `name`, `names` (how to name each).
    COLUMN_WHICH = error("M873", "stability-column-which");
    /// Not a column of numbers that can be off. Arguments: `name`.
    COLUMN_NO_NUMBER = error("M874", "stability-column-no-number");
    /// The rules do not read it. Arguments: `name`.
    COLUMN_UNREAD = error("M875", "stability-column-unread");
    /// Named twice. Arguments: `name`.
    COLUMN_TWICE = error("M876", "stability-column-twice");
    /// Nothing is left to be tried. Arguments: none.
    NOTHING_ASKED = error("M877", "stability-nothing-asked");
}
