//! Kinds of findings in data that can be read. Codes M390 to M399. All have `table`; those of cells `column`, `count`, `cells`.

crate::kinds! {
    /// Rows about one school lack a year between two others. Arguments: `schools`, `count`.
    YEARS_MISSING = warning("M390", "years-missing");
    /// A year with less than half of the usual rows. Arguments: `year`, `rows`, `usual`.
    YEAR_THIN = warning("M391", "year-thin");
    /// A value that cannot be. Arguments: `why` (`percent`, `negative`, `future`).
    VALUE_IMPOSSIBLE = error("M392", "value-impossible");
    /// Percentages that look like fractions of one beside others.
    VALUE_SCALE = warning("M393", "value-scale");
    /// A column with one value, or with none. Arguments: `why` (`constant`, `empty`), `value`.
    COLUMN_SAYS_NOTHING = note("M394", "column-says-nothing");
    /// Keys that no other table has a row about. Arguments: `schools`, `others`.
    ONLY_IN_ONE_TABLE = warning("M395", "only-in-one-table");
    /// A change between two years that is large beside the others of the column. Arguments: `from`, `to`, `median`, `factor`.
    SUDDEN_JUMP = warning("M396", "sudden-jump");
    /// Texts that differ in case, ё, spaces or marks only. Arguments: `texts`.
    NEARLY_EQUAL_TEXTS = warning("M397", "nearly-equal-texts");
    /// Rows that look like sums over others.
    LOOKS_LIKE_TOTAL = warning("M398", "looks-like-total");
    /// Columns that would tell rows apart but for a few. Arguments: `columns`, `repeated`, `empty`.
    ALMOST_A_KEY = warning("M399", "almost-a-key");
}
