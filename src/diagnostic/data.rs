//! Kinds of problems: files, tables and cells. Codes M301 to M389.

crate::kinds! {
    CANNOT_READ = error("M301", "cannot-read");
    MANIFEST_BROKEN = error("M302", "manifest-broken");
    MANIFEST_TOO_LARGE = error("M303", "manifest-too-large");
    MANIFEST_KEY = error("M304", "manifest-key");
    MANIFEST_VALUE = error("M305", "manifest-value");
    MANIFEST_NO_TABLE = error("M306", "manifest-no-table");
    TABLE_NOT_BOUND = error("M307", "table-not-bound");
    COLUMN_NOT_FOUND = error("M308", "column-not-found");
    FILE_EMPTY = error("M309", "file-empty");
    RAGGED_ROW = error("M310", "ragged-row");
    UNCLOSED_QUOTE = error("M311", "unclosed-quote");
    SHEET_NOT_FOUND = error("M312", "sheet-not-found");
    WORKBOOK_BROKEN = error("M313", "workbook-broken");
    DUPLICATE_KEY = error("M314", "duplicate-row-key");
    EMPTY_KEY = error("M315", "empty-key");
    DUPLICATE_HEADER = error("M316", "duplicate-header");
    UNKNOWN_ENCODING = error("M318", "unknown-encoding");
    NOT_TEXT = error("M319", "not-text");
    LIST_BROKEN = error("M320", "list-broken");
    WRONG_ENCODING = error("M321", "wrong-encoding");
    PERCENT_UNKNOWN = error("M322", "percent-unknown");
    STRAY_QUOTE = error("M323", "stray-quote");
    NOTHING_UNPIVOTED = error("M325", "nothing-unpivoted");
    MENDED_NOT_TAKEN = error("M326", "mended-not-taken");
    TOTALS_NOT_STATED = error("M327", "totals-not-stated");
    NAME_NOT_MATCHED = warning("M328", "name-not-matched");
    ORPHAN_KEYS = warning("M330", "orphan-keys");
    INVALID_CELLS = warning("M331", "invalid-cells");
    NOT_ALLOWED_CELLS = warning("M332", "not-allowed-cells");
    NO_ROWS = warning("M333", "no-rows");
    ENCODING_GUESSED = note("M334", "encoding-guessed");
    PERCENTS_AS_FRACTIONS = warning("M335", "percents-as-fractions");
    FRACTIONS_AS_PERCENTS = warning("M336", "fractions-as-percents");
    /// What the manifest says of the cohort of a column is neither a column in people, a number nor `none`. Arguments:
    /// `column`, `value`.
    COHORT_UNKNOWN = error("M338", "cohort-unknown");
    ROWS_WITHOUT_LINK = warning("M337", "rows-without-link");
}
