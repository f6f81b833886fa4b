//! Why a file could not be read as tables; without words.

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Nothing in it.
    Empty,
    /// No text, no workbook and nothing else that is read.
    NotText,
    /// Protected by a password.
    Encrypted,
    /// A workbook of the old format under the extension of another.
    OldFormat,
    NotAWorkbook,
    /// A page of HTML under the extension of a workbook.
    Html,
    /// Cut off or damaged; the words of the reader.
    Damaged(String),
    /// JSON or YAML that breaks its own rules; the words of the reader.
    Records(String),
    /// Packed, and cut off or damaged; the words of the reader.
    Packed(String),
    /// The sheet that was asked for is not there; those that are.
    NoSheet(Vec<String>),
    /// The archive holds several files; their names.
    SeveralFiles(Vec<String>),
    /// The file of the archive that was asked for is not there; those that are.
    NoMember(Vec<String>),
    /// An archive in an archive; its name.
    Nested(String),
    /// JSON or YAML that is no list of rows, with the line.
    NoRows(u64),
    /// A column that is stated has its header nowhere; the texts where headers stand.
    NoColumn(String, Vec<String>),
    /// Larger than a limit: which, and how much it allows.
    Limit(Limit, u64),
}

/// Limits that can be raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    /// Bytes of the file.
    Bytes,
    /// Bytes after unpacking.
    Unpacked,
    Rows,
    Columns,
    /// Cells that hold something.
    Cells,
    /// Characters of one cell.
    Cell,
}
