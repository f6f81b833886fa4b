//! Kinds of problems: other rules, other points of history, other data, schools under other codes. Codes M901 to M949.

crate::kinds! {
    /// The program `git` is not there. Arguments: `revision`, `problem`.
    GIT_ABSENT = error("M901", "git-absent");
    /// Rules that are not in a repository. Arguments: `file`, `detail`.
    NO_REPOSITORY = error("M902", "no-repository");
    /// Arguments: `revision`, `near`, `near-count`.
    UNKNOWN_REVISION = error("M903", "unknown-revision");
    /// The rules were not there yet, or no longer. Arguments: `file`, `revision`.
    NOT_IN_REVISION = error("M904", "not-in-revision");
    /// Rules that come from the standard input have no history.
    INPUT_WITHOUT_HISTORY = error("M905", "input-without-history");
    /// It cannot be told which data belong to which rules. Arguments: `rules`, `datasets`.
    NOT_PAIRED = error("M906", "not-paired");
    /// A correspondence of codes where all data are the same.
    CORRESPONDENCE_UNUSED = error("M911", "correspondence-unused");
    /// A file of a correspondence without two columns, or with more than two of unknown names. Arguments: `count`.
    CORRESPONDENCE_COLUMNS = error("M912", "correspondence-columns");
    /// No line below the header.
    CORRESPONDENCE_EMPTY = error("M913", "correspondence-empty");
    /// The first line holds a code. Arguments: `code`.
    CORRESPONDENCE_HEADER = error("M914", "correspondence-header");
    /// A line with fewer fields than it takes, or with neither code. Arguments: none.
    CORRESPONDENCE_LINE = error("M915", "correspondence-line");
    /// A code that the data do not have. Arguments: `code`, `side` (`old`, `new`), `near`, `near-count`.
    CORRESPONDENCE_UNKNOWN = error("M916", "correspondence-unknown");
    /// The same line twice. Arguments: `old`, `new`.
    CORRESPONDENCE_TWICE = error("M917", "correspondence-twice");
    /// Lines that cannot be true together. Arguments: `code`, `which` (`closed`, `opened`, `reused`, `kept`).
    CORRESPONDENCE_CONTRADICTS = error("M918", "correspondence-contradicts");
}
