//! Kinds of remarks and problems: files of data and the tables in them, before any schema. Codes M340 to M389; a file that is empty, no
//! text, no workbook or has no such sheet is told with the kinds of `data`.
//!
//! Notes say how a file was understood; warnings say what was guessed, changed or left out. Arguments of those about rows: `rows` (`4, 7–9,
//! …`; `none` where no rows are known), `count`, and `total`, the same number where `rows` does not name each of them, else 0.

crate::kinds! {
    /// Arguments: `encoding`, `ground` (`stated`, `mark`, `valid`, `ascii`, `zeros`).
    ENCODING_TOLD = note("M340", "encoding-told");
    /// Arguments: `encoding`.
    ENCODING_FROM_WORDS = warning("M341", "encoding-from-words");
    /// Arguments: `encoding`, `rows`, `count`.
    BYTES_MALFORMED = warning("M342", "bytes-malformed");
    /// Arguments: `sign` (the sign, `tab`, `space`, `U+001F`).
    SEPARATOR_TOLD = note("M343", "separator-told");
    /// Arguments: `sign` (`none`: there are no quotation marks).
    QUOTE_TOLD = note("M344", "quote-told");
    /// Arguments: `sign`.
    ESCAPE_TOLD = note("M345", "escape-told");
    /// Arguments: `sign`.
    RECORD_END_TOLD = note("M346", "record-end-told");
    HEADER_TOLD = note("M347", "header-told");
    HEADER_JOINED = warning("M348", "header-joined");
    HEADER_CARRIED = warning("M349", "header-carried");
    NO_HEADER = warning("M350", "table-without-header");
    /// Arguments: `why` (`preamble`, `numbering`, `repeated-header`, `rule`, `total`, `section`, `note`).
    ROWS_LEFT_OUT = warning("M351", "rows-left-out");
    /// Arguments: `why` (`preamble`, `total`).
    ROWS_LEFT_OUT_AS_STATED = note("M352", "rows-left-out-as-stated");
    TOTALS_KEPT = warning("M353", "totals-kept");
    BLANK_ROWS = warning("M354", "blank-rows");
    /// Arguments: `count`.
    BLANK_COLUMNS = note("M355", "blank-columns");
    /// Arguments: `flaw` (`unquoted`, `extra`, `lacking`, `mark`, `other-separator`, `short`).
    RECORDS_MENDED = warning("M356", "records-mended");
    RECORDS_IRREGULAR = warning("M357", "records-irregular");
    /// Arguments: `names`, `values`.
    HEADER_NARROW = warning("M386", "header-narrow");
    /// Arguments: `place` (`rows`, `cells`), `cells`.
    OTHER_TABLES = warning("M358", "other-tables");
    OTHER_TABLES_CHOSEN = note("M359", "other-tables-chosen");
    /// Arguments: `names`.
    OTHER_SHEETS = warning("M360", "other-sheets");
    HIDDEN_SHEET = warning("M361", "hidden-sheet");
    HIDDEN_ROWS = warning("M362", "hidden-rows");
    /// Arguments: `names` (letters of columns).
    HIDDEN_COLUMNS = warning("M363", "hidden-columns");
    MERGED_CELLS = warning("M364", "merged-cells");
    /// Arguments: `names` (addresses), `count`.
    NO_VALUE = warning("M365", "no-value-cells");
    /// Arguments: `names` (addresses), `count`.
    ROUNDED_CELLS = warning("M388", "rounded-cells");
    /// Arguments: `member`.
    MARKS_INSIDE = warning("M367", "marks-inside");
    LONE_VALUES = warning("M368", "lone-values");
    UNPACKED = note("M366", "unpacked");
    PAGE_FOR_WORKBOOK = error("M370", "page-for-workbook");
    /// Arguments: `names`.
    SEVERAL_FILES = error("M371", "several-files");
    /// Arguments: `line`.
    NO_LIST_OF_ROWS = error("M372", "no-list-of-rows");
    /// Arguments: `limit` (`bytes`, `unpacked`, `rows`, `columns`, `cells`, `cell`), `most`, `option` (the flag that raises it).
    BEYOND_LIMIT = error("M373", "data-beyond-limit");
    /// Arguments: `number`, `count` (tables that there are).
    NO_SUCH_TABLE = error("M374", "no-such-table");
    /// Arguments: `member`, `names` (of files that the archive holds).
    NO_MEMBER = error("M380", "no-member");
    /// Arguments: `member`.
    NESTED_ARCHIVE = error("M381", "nested-archive");
    /// Arguments: `what` (`records`, `packed`), `detail` (the words of the reader).
    FILE_BROKEN = error("M389", "file-broken");
    /// Several tables and one file to write them to. Arguments: `count`.
    TABLES_NEED_FOLDER = error("M375", "tables-need-folder");
    /// A sheet of a workbook cannot hold it. Arguments: `what` (`rows`, `columns`, `cell`), `most`.
    BEYOND_SHEET = error("M376", "data-beyond-sheet");
    /// Names of columns were made different. Arguments: `names`.
    NAMES_MADE = warning("M377", "names-made");
    /// Writing would replace a source. Arguments: `file`.
    SOURCE_REPLACED = error("M378", "source-replaced");
    /// A file of a table lacks columns that its other files have. Arguments: `file`, `of-sheet` (`yes`, `no`), `sheet`, `columns`.
    COLUMNS_DIFFER = warning("M382", "columns-differ");
    /// Names stand for keys of a table that only rules know. Arguments: `column`.
    NAMES_NEED_RULES = warning("M383", "names-need-rules");
    /// Lines in another encoding, as stated. Arguments: `encoding`.
    OTHER_ENCODING = note("M384", "other-encoding");
    /// The column whose values hold separators is not there. Arguments: `header`, `names`.
    NO_COLUMN_INSIDE = error("M385", "no-column-inside");
    /// A column is stated by a place behind the table where nothing stands. Arguments: `column`, `place`, `last` (letters).
    NOTHING_AT_PLACE = warning("M387", "nothing-at-place");
    /// What is stated of a file was given for a manifest, which says it itself. Arguments: `file`.
    STATED_TWICE = error("M379", "stated-beside-manifest");
}
