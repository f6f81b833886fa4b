//! A sheet or a text file as rows of printed cells: what every reader of a file format gives and every search for tables takes.
//!
//! Knows no file formats and not where in the grid a table is.

/// One cell as it is printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    pub mark: Mark,
}

/// What a file tells of a cell beside its text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Nothing: a plain field of a text file, an empty cell.
    #[default]
    Plain,
    /// A field in quotation marks; in a workbook a text.
    Text,
    /// A number of a workbook.
    Number,
    /// The same without the error of computation that it is stored with: digits which no program shows.
    Rounded,
    /// A number of a workbook that may be printed as a percentage, one hundred times as large: its format is not known.
    PerhapsPercent,
    /// A day or a moment of a workbook.
    Day,
    /// Filled from the cell that it is merged with.
    Merged,
    /// A formula whose value the file does not hold; or an error value such as `#REF!`.
    NoValue,
}

/// One row of a sheet or one record of a text file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Row of the sheet or line of the file where it begins, from 1.
    pub number: u64,
    /// Lines of the file beyond the first.
    pub breaks: u64,
    /// Cells from the first column on; cells behind the last one that holds something may be left out.
    pub cells: Vec<Cell>,
    /// The row is hidden in the workbook.
    pub hidden: bool,
    /// The record has another number of fields than most, and was not mended.
    pub irregular: bool,
}

/// A sheet or a text file. Rows without anything in them may be left out: their numbers tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// Name of the sheet; none in a text file.
    pub sheet: Option<String>,
    pub rows: Vec<Row>,
    /// Columns, from 1, that are hidden in the workbook.
    pub hidden_columns: Vec<u32>,
    /// Regions of merged cells, before they were filled: first and last row, first and last column, from 1.
    pub merged: Vec<Region>,
}

/// A rectangle of cells, from 1, both ends belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    pub rows: (u64, u64),
    pub columns: (u32, u32),
}

impl Cell {
    pub fn plain(text: impl Into<String>) -> Self {
        Cell { text: text.into(), mark: Mark::Plain }
    }

    /// Nothing but white space is printed.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

impl Row {
    /// The text of a column, from 0.
    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.text.as_str())
    }

    /// How many cells hold something.
    pub fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_blank()).count()
    }

    pub fn is_blank(&self) -> bool {
        self.filled() == 0
    }

    /// Some cell was filled from another one.
    pub fn has_merged(&self) -> bool {
        self.cells.iter().any(|cell| cell.mark == Mark::Merged)
    }

    /// Column behind the last cell that holds something, from 0.
    pub fn end(&self) -> usize {
        self.cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |at| at + 1)
    }
}

impl Grid {
    /// Columns up to the last that holds something.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Row::end).max().unwrap_or(0)
    }
}
