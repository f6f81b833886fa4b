//! The tables that a manifest states, as a page: where each was found, and what is in each of its columns.
//!
//! Types are guessed from the values, and nothing else is: what the manifest says of absences is counted, what it does not say is shown.

use super::page::{Block, Header, Piece, Table, Tone};
use super::understood::{count, of_diagnostic, plain, short, text};
use crate::data::stated::{ABSENCES, Part, Read, Stated};
use crate::data::told::ranges;
use crate::diagnostic::Diagnostic;
use crate::infer;
use crate::location::{Place, column_letters};
use crate::messages::Speaker;
use crate::tables::column;
use crate::tables::grid::{Cell, Grid, Row};
use crate::value::{Reasons, Type};

/// Cells that are not what their column holds, on a page; the others are counted.
const MOST_UNFIT: usize = 3;

/// A table with a guess about each of its columns.
#[derive(Debug)]
pub struct Guessed<'a> {
    pub stated: &'a Stated,
    pub columns: Vec<Column>,
}

/// What is guessed of a column.
#[derive(Debug)]
pub struct Column {
    pub kind: Type,
    pub read: Read,
    pub look: column::Column,
    /// Texts that look as if they stood for an absence, and of which the manifest says nothing.
    pub signs: Vec<infer::Marker>,
}

impl<'a> Guessed<'a> {
    pub fn new(stated: &'a Stated) -> Guessed<'a> {
        let values = |(at, column): (usize, &crate::data::stated::Column)| {
            (column.name.clone(), stated.values(at).into_iter().map(str::to_owned).collect())
        };
        let guesses = infer::columns(stated.columns.iter().enumerate().map(values).collect());
        let looks = column::columns(&known(stated), &stated.table);
        let column = |(at, (guess, mut look)): (usize, (infer::Column, column::Column))| {
            let kind = guess.guess.kind();
            look.range = look.range.filter(|_| matches!(kind, Type::Number(_) | Type::Date));
            Column { read: stated.read(at, &kind), kind, look, signs: guess.markers }
        };
        Guessed { stated, columns: guesses.into_iter().zip(looks).enumerate().map(column).collect() }
    }

    /// The files and sheets, each once, with how many rows come from each.
    pub(super) fn places(&self) -> Vec<(&Part, Vec<u64>)> {
        let mut places: Vec<(&Part, Vec<u64>)> = Vec::new();
        for part in &self.stated.parts {
            match places.iter_mut().find(|(known, _)| (&known.file, &known.sheet) == (&part.file, &part.sheet)) {
                Some((_, rows)) => rows.extend(&part.rows),
                None => places.push((part, part.rows.clone())),
            }
        }
        places
    }
}

/// The table with nothing in the cells that are stated to be no value.
fn known(stated: &Stated) -> Grid {
    let mut rows = vec![Row::default(); stated.grid.rows.len()];
    for at in 0..stated.columns.len() {
        for (row, text) in rows.iter_mut().skip(1).zip(stated.values(at)) {
            row.cells.push(Cell::plain(text));
        }
    }
    Grid { rows, ..Grid::default() }
}

/// The blocks of a page about one table.
pub(super) fn blocks(guessed: &Guessed<'_>, speaker: &Speaker) -> Vec<Block> {
    let stated = guessed.stated;
    let arguments = [
        ("table", text(&stated.name)),
        ("rows", count(stated.table.rows.len())),
        ("columns", count(stated.columns.len())),
    ];
    let mut blocks = vec![Block::Heading(speaker.say("stated-table", &arguments))];
    let mut told: Vec<&Diagnostic> = stated.told.iter().collect();
    for (part, rows) in guessed.places() {
        let said = |header: &str| {
            let first = rows.iter().min().copied().unwrap_or(0);
            let last = rows.iter().max().copied().unwrap_or(0);
            let letters: Vec<u32> = part.columns.iter().copied().filter(|number| *number > 0).collect();
            let letter = |number: Option<&u32>| number.map_or_else(String::new, |number| column_letters(*number));
            let arguments = [
                ("file", text(&part.file)),
                ("sheet", text(part.sheet.clone().unwrap_or_default())),
                ("of-sheet", text(if part.sheet.is_some() { "yes" } else { "no" })),
                ("first", text(first.to_string())),
                ("last", text(last.to_string())),
                ("least", text(letter(letters.iter().min()))),
                ("most", text(letter(letters.iter().max()))),
                ("header", text(header)),
                ("rows", count(rows.len())),
            ];
            speaker.say("stated-part", &arguments)
        };
        let header = if part.header.is_empty() { "none".to_owned() } else { ranges(&part.header) };
        blocks.push(plain(said(&header)));
        let (own, others): (Vec<_>, Vec<_>) = told.into_iter().partition(|diagnostic| is_about(diagnostic, part));
        blocks.extend(own.into_iter().map(|diagnostic| of_diagnostic(diagnostic, speaker)));
        told = others;
    }
    blocks.extend(told.into_iter().map(|diagnostic| of_diagnostic(diagnostic, speaker)));
    blocks.push(Block::Paragraph(vec![Piece::new(speaker.word("stated-guessed"), Tone::Plain)]));
    blocks.push(Block::Table(columns(guessed, speaker)));
    blocks
}

/// Whether something is told of this file or sheet; of a file as a whole: with its first sheet.
fn is_about(diagnostic: &Diagnostic, part: &Part) -> bool {
    match &diagnostic.place {
        Place::File(file) => *file == part.file,
        Place::Cell(cell) => {
            let sheet = cell.sheet.as_deref();
            *cell.file == *part.file && (sheet.is_none() || sheet == part.sheet.as_deref())
        }
        Place::Text(_) | Place::Nowhere => false,
    }
}

fn columns(guessed: &Guessed<'_>, speaker: &Speaker) -> Table {
    let word = |id: &str| speaker.word(id);
    let row = |(at, (column, own)): (usize, (&Column, &crate::data::stated::Column))| {
        let range = column.look.range.as_ref().map_or_else(String::new, |(least, most)| {
            speaker.say("understood-range", &[("least", text(least)), ("most", text(most))])
        });
        let sign = |sign: &infer::Marker| {
            let arguments =
                [("sign", text(&sign.text)), ("count", count(sign.count)), ("as", text(absence_word(sign.reasons)))];
            speaker.say("stated-sign", &arguments)
        };
        let samples: Vec<String> = column.look.samples.iter().map(|sample| short(sample)).collect();
        let cells = [
            own.name.clone(),
            speaker.kind(&column.kind),
            range,
            column.look.different.to_string(),
            absences(column, speaker),
            unfit(guessed.stated, at, column, speaker),
            column.signs.iter().map(sign).collect::<Vec<_>>().join("; "),
            samples.join("; "),
        ];
        cells.map(Piece::plain).to_vec()
    };
    Table {
        title: word("understood-columns"),
        headers: vec![
            Header::text(word("understood-head-name")),
            Header::text(word("stated-head-type")),
            Header::text(word("understood-head-range")),
            Header::number(word("understood-head-different")),
            Header::text(word("stated-head-absent")),
            Header::text(word("stated-head-unfit")),
            Header::text(word("stated-head-signs")),
            Header::text(word("understood-head-samples")),
        ],
        rows: guessed.columns.iter().zip(&guessed.stated.columns).enumerate().map(row).collect(),
    }
}

/// The absences that there are, with their counts.
fn absences(column: &Column, speaker: &Speaker) -> String {
    let there = ABSENCES.iter().zip(column.read.absent).filter(|(_, times)| *times > 0);
    let said = |(reasons, times): (&Reasons, usize)| {
        speaker.say("stated-absent", &[("as", text(absence_word(*reasons))), ("count", count(times))])
    };
    there.map(said).collect::<Vec<_>>().join("; ")
}

/// Cells that are not what the column holds.
fn unfit(stated: &Stated, at: usize, column: &Column, speaker: &Speaker) -> String {
    let cell = |(row, text): &(usize, String)| {
        let address = stated.cell(*row, at).map_or_else(String::new, |cell| cell.address());
        format!("{address} «{}»", short(text))
    };
    let mut cells: Vec<String> = column.read.invalid.iter().take(MOST_UNFIT).map(cell).collect();
    if column.read.invalid.len() > MOST_UNFIT {
        cells.push(speaker.say("understood-more", &[("count", count(column.read.invalid.len() - MOST_UNFIT))]));
    }
    cells.join("; ")
}

/// What programs and messages call an absence.
pub(super) fn absence_word(reasons: Reasons) -> &'static str {
    match reasons {
        Reasons::SUPPRESSED => "suppressed",
        Reasons::NOT_APPLICABLE => "not-applicable",
        Reasons::INVALID => "invalid",
        _ => "missing",
    }
}
