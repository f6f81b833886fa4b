//! What can be asked for, as plain data: verbs with their arguments, papers, formats.

use std::path::PathBuf;

use crate::language::Language;
use crate::number;
use crate::tables::Options;

/// Everything that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Given by `--lang`.
    pub language: Option<Language>,
    pub threads: Option<usize>,
    pub quiet: bool,
    pub verb: Verb,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    Check {
        rules: PathBuf,
        data: Option<PathBuf>,
        changed: Changed,
        json: bool,
    },
    Run {
        rules: PathBuf,
        data: PathBuf,
        changed: Changed,
        output: Option<PathBuf>,
        format: Option<Format>,
        /// Evaluate a second time by other means, and compare.
        recheck: bool,
        public: Option<usize>,
    },
    Explain {
        rules: PathBuf,
        data: PathBuf,
        changed: Changed,
        school: String,
        output: Option<PathBuf>,
        format: Option<Format>,
        dossier: bool,
        changes: bool,
        public: Option<usize>,
    },
    Document {
        paper: Paper,
        rules: PathBuf,
        data: PathBuf,
        changed: Changed,
        output: Option<PathBuf>,
        format: Option<Format>,
        public: Option<usize>,
    },
    Compare {
        rules: PathBuf,
        data: PathBuf,
        changed: Changed,
        /// Titles; where nothing is named, all.
        scenarios: Vec<String>,
        /// `places` or `category=places`
        capacities: Vec<String>,
        others: Others,
        /// Split changes into effects also where that takes long.
        effects: bool,
        output: Option<PathBuf>,
        format: Option<Format>,
    },
    Threshold {
        rules: PathBuf,
        data: PathBuf,
        changed: Changed,
        number: Number,
        /// A second number: both at once.
        other: Option<Other>,
        output: Option<PathBuf>,
        format: Option<Format>,
    },
    Sweep {
        rules: PathBuf,
        data: PathBuf,
        changed: Changed,
        /// `name=values`, one per dimension.
        over: Vec<String>,
        category: Option<String>,
        journal: Option<PathBuf>,
        resume: bool,
        output: Option<PathBuf>,
        format: Option<Format>,
    },
    /// Two rule sets: are they the same?
    Equal {
        pair: Pair,
        output: Option<PathBuf>,
        format: Option<Format>,
    },
    /// Is everyone on the list of the first on that of the second?
    Implies {
        pair: Pair,
        output: Option<PathBuf>,
        format: Option<Format>,
    },
    History {
        /// In the order of the cycles.
        folders: Vec<PathBuf>,
        category: Option<String>,
        school: Option<String>,
        costs: Option<PathBuf>,
        correspondences: Vec<PathBuf>,
        output: Option<PathBuf>,
        format: Option<Format>,
    },
    Stability {
        rules: PathBuf,
        data: PathBuf,
        changed: Changed,
        doubts: Doubts,
        output: Option<PathBuf>,
        format: Option<Format>,
    },
    Data {
        verb: DataVerb,
        asked: Asked,
    },
    Fmt {
        files: Vec<PathBuf>,
        check: bool,
    },
    ExplainCode {
        code: String,
    },
    Verify {
        folder: PathBuf,
        data: Option<PathBuf>,
        key: Option<PathBuf>,
        json: bool,
    },
    Seal {
        /// `None`: only a new key is made.
        folder: Option<PathBuf>,
        key: PathBuf,
        new_key: bool,
    },
}

/// What is done with files of data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DataVerb {
    /// What was understood.
    Show,
    /// A draft of a manifest and of the tables of the rules.
    Infer {
        /// Files that are there are replaced.
        force: bool,
    },
    /// What is doubtful in the cells.
    Check {
        /// What the rules declare is what the data are held against; `None`: it is guessed.
        rules: Option<PathBuf>,
        /// A change is a jump when it is larger than so many times the usual one.
        jump: Option<number::Number>,
    },
    /// The tables in a plain form.
    Export {
        /// Every table of every sheet.
        all: bool,
    },
}

/// Files of data, and what is stated of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// `-`: the standard input.
    pub files: Vec<PathBuf>,
    pub options: Options,
    /// The table of the sheet, from 1.
    pub table: Option<usize>,
    pub output: Option<PathBuf>,
    pub format: Option<Format>,
}

/// Which number of the rules, and what is asked of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Number {
    /// A parameter, a criterion, or `criterion/n`.
    pub name: String,
    pub from: Option<String>,
    pub to: Option<String>,
    pub category: Option<String>,
    pub count: Option<usize>,
    pub school: Option<String>,
    pub near: Option<String>,
}

/// Other rules and other data to compare with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Others {
    pub rules: Vec<PathBuf>,
    pub revisions: Vec<String>,
    pub data: Vec<PathBuf>,
    pub correspondence: Option<PathBuf>,
}

/// The second of two numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Other {
    pub name: String,
    pub from: Option<String>,
    pub to: Option<String>,
}

/// Two rules files that are held against each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pair {
    pub first: PathBuf,
    pub second: PathBuf,
    /// `None`: data are searched for.
    pub data: Option<PathBuf>,
    pub search: bool,
    pub seed: Option<u64>,
    pub cases: Option<usize>,
    pub category: Option<String>,
    /// A scenario of each.
    pub scenarios: (Option<String>, Option<String>),
}

/// What is tried to see how sure a list is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Doubts {
    pub category: Option<String>,
    /// Kinds by their codes; empty: all.
    pub only: Vec<String>,
    pub without: Vec<String>,
    pub small: Option<u32>,
    pub digits: Option<u32>,
    /// `column=±number`
    pub errors: Vec<String>,
    pub resample: Option<u32>,
    pub seed: Option<u64>,
}

/// What is changed of the rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed {
    /// `name=value`
    pub set: Vec<String>,
    pub scenario: Option<String>,
    pub scenario_file: Option<PathBuf>,
}

/// Which paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paper {
    List,
    Note,
    /// To one school, or to every school of a category.
    Letter(Option<String>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Text,
    Json,
    JsonLines,
    Csv,
    Xlsx,
    Markdown,
    Html,
    Docx,
}

/// What to say instead when there is nothing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Help or version, for the standard output.
    Help(String),
    /// What is wrong with the command, for the error output.
    Usage(String),
}

impl Paper {
    /// What it can be.
    pub fn formats(&self) -> &'static [Format] {
        match self {
            Paper::List => &[Format::Xlsx, Format::Docx, Format::Html],
            Paper::Note | Paper::Letter(_) => &[Format::Docx, Format::Html],
        }
    }
}

impl Format {
    pub const EACH: [(Format, &'static str); 8] = [
        (Format::Text, "text"),
        (Format::Json, "json"),
        (Format::JsonLines, "jsonl"),
        (Format::Csv, "csv"),
        (Format::Xlsx, "xlsx"),
        (Format::Markdown, "md"),
        (Format::Html, "html"),
        (Format::Docx, "docx"),
    ];

    /// What a report can be.
    pub const REPORTS: &[Format] =
        &[Format::Text, Format::Json, Format::Csv, Format::Xlsx, Format::Markdown, Format::Html];
    /// What an explanation can be.
    pub const EXPLANATIONS: &[Format] = &[Format::Text, Format::Json, Format::Markdown, Format::Html, Format::Xlsx];

    /// What a comparison can be.
    pub const COMPARISONS: &[Format] = &[Format::Text, Format::Json, Format::Markdown, Format::Html, Format::Xlsx];

    /// What is known of files of data can be.
    pub const SHOWN: &[Format] = &[Format::Text, Format::Json, Format::Markdown, Format::Html];

    /// What a sweep can be.
    pub const SWEEPS: &[Format] =
        &[Format::Text, Format::Json, Format::Csv, Format::Markdown, Format::Html, Format::Xlsx];

    /// What a check of data can be.
    pub const CHECKS: &[Format] = &[Format::Text, Format::Json, Format::Xlsx];

    /// What a table can be written as.
    pub const TABLES: &[Format] = &[Format::Csv, Format::Xlsx, Format::JsonLines];

    /// Bytes that a terminal cannot show.
    pub fn needs_file(self) -> bool {
        matches!(self, Format::Xlsx | Format::Docx)
    }

    pub fn name(self) -> &'static str {
        Format::EACH.iter().find(|(format, _)| *format == self).map_or("", |(_, name)| name)
    }

    pub fn from_name(name: &str) -> Option<Format> {
        Format::EACH.iter().find(|(_, known)| *known == name).map(|(format, _)| *format)
    }

    /// By the extension of a file.
    pub fn of_file(path: &std::path::Path) -> Option<Format> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" => Some(Format::Text),
            "htm" => Some(Format::Html),
            "markdown" => Some(Format::Markdown),
            name => Format::from_name(name),
        }
    }
}
