//! A file up to its header: format, encoding, separator, headers, and what is left to read; then its rows as blocks.
//!
//! Knows nothing of what the columns mean.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::bind::Sources;
use super::blocks::{Block, PercentSign, SAMPLES, Target};
use super::csv::{self, Layout, Trouble};
use super::load::{Loader, Part};
use super::manifest::FileBinding;
use super::misread::Opening;
use super::text::{self, Encoding};
use super::thorough::GridBody;
use super::xlsx::{self, FaultKind, Row};
use crate::diagnostic::data as kinds;
use crate::diagnostic::{Argument, Diagnostic};
use crate::location::{CellRef, Place};
use crate::progress::Progress;

/// Bytes looked at to find the header, the separator and the encoding.
const SAMPLE_BYTES: u64 = 256 * 1024;

/// A file read up to its header.
pub(super) struct Head {
    pub headers: Vec<String>,
    /// Column of the first header, from 1.
    pub first_column: u32,
    pub header_line: u64,
    /// The line or row after the header.
    pub first_line: u64,
    pub sheet: Option<Arc<str>>,
    /// For telling why a column is not there.
    pub opening: Opening,
    pub body: Body,
}

/// What comes after the header.
pub(super) enum Body {
    Text(TextBody),
    Sheet(Vec<Row>),
    Grid(GridBody),
}

pub(super) struct TextBody {
    path: PathBuf,
    start: u64,
    separator: u8,
    encoding: Encoding,
    /// The manifest names no encoding.
    guessed: bool,
}

impl Loader<'_> {
    pub(super) fn head(&mut self, binding: &FileBinding) -> Option<Head> {
        let path = self.path(&binding.file);
        match std::fs::metadata(&path) {
            Err(error) => {
                self.cannot_read(&binding.file, &error);
                return None;
            }
            Ok(data) if data.is_dir() => {
                self.cannot_read(&binding.file, &std::io::ErrorKind::IsADirectory.into());
                return None;
            }
            Ok(data) if data.len() == 0 => {
                self.problem(kinds::FILE_EMPTY, &binding.file);
                return None;
            }
            Ok(_) => {}
        }
        let lower = binding.file.to_lowercase();
        if [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"].iter().any(|e| lower.ends_with(e)) {
            self.sheet_head(binding, &path)
        } else {
            self.text_head(binding, path)
        }
    }

    fn text_head(&mut self, binding: &FileBinding, path: PathBuf) -> Option<Head> {
        let mut sample = Vec::new();
        if let Err(error) = File::open(&path).and_then(|file| file.take(SAMPLE_BYTES).read_to_end(&mut sample)) {
            self.cannot_read(&binding.file, &error);
            return None;
        }
        if sample.contains(&0) {
            self.problem(kinds::NOT_TEXT, &binding.file);
            return None;
        }
        let declared = match binding.encoding.as_deref().map(|name| (name, Encoding::named(name))) {
            Some((name, None)) => {
                let place = Place::File(binding.file.clone());
                self.diagnostics.push(
                    Diagnostic::new(kinds::UNKNOWN_ENCODING, place)
                        .text("file", binding.file.clone())
                        .text("name", name),
                );
                return None;
            }
            Some((_, encoding)) => encoding,
            None => None,
        };
        let encoding = declared.unwrap_or_else(|| Encoding::of_sample(&sample));
        if declared.is_none() && encoding == Encoding::Windows1251 {
            // another encoding is read thoroughly
            if crate::tables::encoding::decode(&sample, None).encoding != crate::tables::encoding::Encoding::Windows1251
            {
                self.problem(kinds::WRONG_ENCODING, &binding.file);
                return None;
            }
            self.problem(kinds::ENCODING_GUESSED, &binding.file);
        }
        let skip = binding.header_row().unwrap_or(1) - 1;
        let mut start = if sample.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        for _ in 0..skip {
            start += memchr::memchr(b'\n', sample.get(start..).unwrap_or(&[])).map_or(0, |at| at + 1);
        }
        let head = sample.get(start..).unwrap_or(&[]);
        let head_line = head.split(|b| *b == b'\n').next().unwrap_or(&[]);
        if encoding == Encoding::Utf8 && std::str::from_utf8(head_line).is_err() {
            self.problem(kinds::WRONG_ENCODING, &binding.file);
            return None;
        }
        let separator = match binding.separator.as_deref().map(str::as_bytes) {
            Some([one]) => *one,
            _ => text::separator(head_line),
        };
        let (headers, used) = match encoding {
            Encoding::Utf8 => csv::record(head, separator),
            Encoding::Windows1251 => {
                let decoded = text::decode_1251(head);
                let (headers, used) = csv::record(decoded.as_bytes(), separator);
                // one character of windows-1251 is one byte
                (headers, decoded.get(..used).map_or(head.len(), |text| text.chars().count()))
            }
        };
        let header_line = skip + 1;
        let breaks = memchr::memchr_iter(b'\n', head.get(..used).unwrap_or(&[])).count() as u64;
        let opening = Opening::of_text(head, encoding, separator, header_line);
        let body =
            TextBody { path, start: (start + used + 1) as u64, separator, encoding, guessed: declared.is_none() };
        Some(Head {
            headers,
            first_column: 1,
            header_line,
            first_line: header_line + breaks + 1,
            sheet: None,
            opening,
            body: Body::Text(body),
        })
    }

    fn sheet_head(&mut self, binding: &FileBinding, path: &Path) -> Option<Head> {
        let place = Place::File(binding.file.clone());
        let sheet = match xlsx::read(path, binding.sheet.as_deref()) {
            Ok(sheet) => sheet,
            Err(xlsx::Trouble::Broken(fault)) => {
                let what = match fault.kind {
                    FaultKind::Encrypted => "encrypted",
                    FaultKind::OldFormat => "old-format",
                    FaultKind::NotAWorkbook => "no-workbook",
                    FaultKind::Damaged => "damaged",
                };
                self.diagnostics.push(
                    Diagnostic::new(kinds::WORKBOOK_BROKEN, place)
                        .text("file", binding.file.clone())
                        .text("problem", what)
                        .text("detail", fault.detail),
                );
                return None;
            }
            Err(xlsx::Trouble::NoSheet(names)) => {
                self.diagnostics.push(
                    Diagnostic::new(kinds::SHEET_NOT_FOUND, place)
                        .text("file", binding.file.clone())
                        .text("sheet", binding.sheet.clone().unwrap_or_default())
                        .with("sheets", Argument::List(names)),
                );
                return None;
            }
        };
        let mut rows = sheet.rows;
        let at = match binding.header_row() {
            Some(wanted) => rows.iter().position(|row| row.number == wanted),
            None => (!rows.is_empty()).then_some(0),
        };
        let opening = Opening::of_sheet(rows.iter().skip(at.unwrap_or(0)).map(|row| (row.number, row.texts())));
        let Some(header) = at.and_then(|at| rows.drain(..=at).next_back()) else {
            self.problem(kinds::FILE_EMPTY, &binding.file);
            return None;
        };
        Some(Head {
            headers: header.texts(),
            first_column: header.first_column(),
            header_line: header.number,
            first_line: header.number + 1,
            sheet: Some(Arc::from(sheet.name)),
            opening,
            body: Body::Sheet(rows),
        })
    }

    pub(super) fn text_blocks(
        &mut self,
        binding: &FileBinding,
        body: TextBody,
        part: &Part,
        sources: Sources,
        targets: &[Target],
    ) -> Option<Vec<Block>> {
        let mut layout = Layout {
            separator: body.separator,
            encoding: body.encoding,
            width: part.width,
            wanted: sources.wanted,
            constants: sources.constants,
            targets: targets.to_vec(),
        };
        let read = |layout: &Layout, progress: &dyn Progress| -> Result<Vec<Block>, Trouble> {
            let mut file = File::open(&body.path).map_err(Trouble::Io)?;
            file.seek(SeekFrom::Start(body.start)).map_err(Trouble::Io)?;
            csv::read(file, layout, part.first_line, progress)
        };
        let mut result = read(&layout, self.progress);
        if body.guessed && body.encoding == Encoding::Utf8 && matches!(result, Err(Trouble::Encoding)) {
            self.problem(kinds::ENCODING_GUESSED, &binding.file);
            layout.encoding = Encoding::Windows1251;
            result = read(&layout, self.progress);
        }
        match result {
            Ok(blocks) => return Some(blocks),
            Err(Trouble::Io(error)) => self.cannot_read(&binding.file, &error),
            Err(Trouble::UnclosedQuote(line)) => {
                let place = Place::Cell(self.row_place(&binding.file, None, line));
                self.diagnostics.push(Diagnostic::new(kinds::UNCLOSED_QUOTE, place).text("file", binding.file.clone()));
            }
            Err(Trouble::Encoding) => self.problem(kinds::WRONG_ENCODING, &binding.file),
        }
        None
    }

    /// Rows of a sheet. A number in a column of percentages whose format is not known is an error: it may be one
    /// hundred times as large as it is stored.
    pub(super) fn sheet_blocks(
        &mut self,
        binding: &FileBinding,
        rows: &[Row],
        part: &Part,
        first_column: u32,
        sources: &Sources,
        targets: &[Target],
    ) -> Option<Vec<Block>> {
        let mut block = Block::new(targets, part.first_line);
        let mut doubts: Vec<(usize, Vec<CellRef>)> = vec![(0, Vec::new()); targets.len()];
        let mut blank = 0;
        for row in rows {
            let skipped = row.number.saturating_sub(part.first_line + block.rows as u64);
            if skipped > blank {
                blank = skipped;
                block.jumps.push((block.rows, blank));
            }
            let wanted = (first_column..).zip(&sources.wanted);
            for (column, at) in wanted.flat_map(|(column, all)| all.iter().map(move |at| (column, *at))) {
                let Some(target) = targets.get(at) else {
                    continue;
                };
                let cell = row.cell(column);
                block.cell(at, target, cell.map_or("", |c| c.text.as_str()).as_bytes());
                if target.percent == PercentSign::Expected
                    && cell.is_some_and(|c| c.perhaps_percent)
                    && let Some((count, first)) = doubts.get_mut(at)
                {
                    *count += 1;
                    if first.len() < SAMPLES {
                        let mut place = self.row_place(&binding.file, part.sheet.clone(), row.number);
                        place.column = column;
                        first.push(place);
                    }
                }
            }
            for (at, text) in &sources.constants {
                if let Some(target) = targets.get(*at) {
                    block.cell(*at, target, text.as_bytes());
                }
            }
            block.end_row();
        }
        block.complete();
        let mut sure = true;
        for (count, cells) in doubts {
            let Some(first) = cells.first().cloned() else {
                continue;
            };
            sure = false;
            let header =
                part.columns.iter().find(|(number, _)| *number == first.column).map_or("", |(_, h)| h.as_ref());
            self.diagnostics.push(
                Diagnostic::new(kinds::PERCENT_UNKNOWN, Place::Cell(first))
                    .text("column", header)
                    .count("count", count)
                    .with("cells", Argument::List(cells.iter().map(CellRef::address).collect())),
            );
        }
        sure.then(|| vec![block])
    }
}
