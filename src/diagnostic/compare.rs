//! Kinds of problems: other rules, other points of history, other data, schools under other codes. Codes M881 to M899.

crate::kinds! {
    /// The program `git` is not there. Arguments: `revision`, `problem`.
    GIT_ABSENT = error("M881", "git-absent");
    /// Rules that are not in a repository. Arguments: `file`, `detail`.
    NO_REPOSITORY = error("M882", "no-repository");
    /// Arguments: `revision`, `near`, `near-count`.
    UNKNOWN_REVISION = error("M883", "unknown-revision");
    /// The rules were not there yet, or no longer. Arguments: `file`, `revision`.
    NOT_IN_REVISION = error("M884", "not-in-revision");
    /// Rules that come from the standard input have no history.
    INPUT_WITHOUT_HISTORY = error("M885", "input-without-history");
    /// It cannot be told which data belong to which rules. Arguments: `rules`, `datasets`.
    NOT_PAIRED = error("M886", "not-paired");
    /// A correspondence of codes where all data are the same.
    CORRESPONDENCE_UNUSED = error("M887", "correspondence-unused");
    /// A file of a correspondence without two columns, or with more than two of unknown names. Arguments: `count`.
    CORRESPONDENCE_COLUMNS = error("M888", "correspondence-columns");
    /// No line below the header.
    CORRESPONDENCE_EMPTY = error("M889", "correspondence-empty");
    /// The first line holds a code. Arguments: `code`.
    CORRESPONDENCE_HEADER = error("M890", "correspondence-header");
    /// A line with fewer fields than it takes, or with neither code. Arguments: none.
    CORRESPONDENCE_LINE = error("M891", "correspondence-line");
    /// A code that the data do not have. Arguments: `code`, `side` (`old`, `new`), `near`, `near-count`.
    CORRESPONDENCE_UNKNOWN = error("M892", "correspondence-unknown");
    /// The same line twice. Arguments: `old`, `new`.
    CORRESPONDENCE_TWICE = error("M893", "correspondence-twice");
    /// Lines that cannot be true together. Arguments: `code`, `which` (`closed`, `opened`, `reused`, `kept`).
    CORRESPONDENCE_CONTRADICTS = error("M894", "correspondence-contradicts");
}
