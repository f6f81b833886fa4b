//! A file up to its header: format, encoding, separator, headers, and what is left to read; then its rows as blocks.
//!
//! Knows nothing of what the columns mean.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

use super::bind::Sources;
use super::blocks::{Block, Target};
use super::csv::{self, Layout, Trouble};
use super::load::{Loader, Part};
use super::manifest::FileBinding;
use super::misread::Opening;
use super::text::{self, Encoding};
use super::thorough::GridBody;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::data as kinds;
use crate::location::Place;
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
        self.text_head(binding, path)
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
        let declared = binding.encoding.as_deref().and_then(Encoding::named);
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
}
