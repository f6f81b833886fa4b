//! Separated text files: read block by block, cut at record ends (also those inside quotation marks), parsed by all
//! threads, put back in order. The whole file is never held.
//!
//! Own code instead of a library: cells go straight from the block to integers, in parallel, with their line.

use std::fs::File;
use std::io::Read;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};

use super::blocks::{Block, Target};
use super::stretch::Stretch;
use super::text::Encoding;
use crate::progress::Progress;

/// A block of a large file; of a smaller one so much that each thread gets several.
const BLOCK_BYTES: usize = 2 * 1024 * 1024;
const SMALL_BLOCK_BYTES: usize = 128 * 1024;
const BLOCKS_PER_THREAD: usize = 6;
/// A record longer than this is a lost quotation mark.
const MAX_RECORD: usize = 64 * 1024 * 1024;

/// How the cells of a file stand.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub separator: u8,
    pub encoding: Encoding,
    /// Fields per record.
    pub width: usize,
    /// Per column of the file: positions in `targets`.
    pub wanted: Vec<Vec<usize>>,
    /// Targets with one text for every row.
    pub constants: Vec<(usize, String)>,
    pub targets: Vec<Target>,
}

/// Why a file could not be read through.
#[derive(Debug)]
pub(super) enum Trouble {
    Io(std::io::Error),
    /// Line where the text that never ends begins.
    UnclosedQuote(u64),
    /// The bytes are not in the encoding that was assumed.
    Encoding,
}

/// Reads the records of a file from a byte offset on; `first_line` is the line there.
pub(super) fn read(
    mut file: File,
    layout: &Layout,
    first_line: u64,
    progress: &dyn Progress,
) -> Result<Vec<Block>, Trouble> {
    let workers = rayon::current_num_threads().clamp(1, 16);
    let size = file.metadata().map_or(usize::MAX, |m| usize::try_from(m.len()).unwrap_or(usize::MAX));
    let block = (size / (workers * BLOCKS_PER_THREAD)).clamp(SMALL_BLOCK_BYTES, BLOCK_BYTES);
    let mut blocks: Vec<(usize, Result<Block, Trouble>)> = Vec::new();
    let spare: Mutex<Vec<Vec<u8>>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        let (send, receive): (SyncSender<Piece>, Receiver<Piece>) = sync_channel(workers);
        let receive = Arc::new(Mutex::new(receive));
        let handles: Vec<_> = (0..workers)
            .map(|_| {
                let receive = Arc::clone(&receive);
                let spare = &spare;
                scope.spawn(move || {
                    let mut parsed = Vec::new();
                    loop {
                        let piece = match receive.lock() {
                            Ok(pieces) => pieces.recv(),
                            Err(_) => break,
                        };
                        let Ok(mut piece) = piece else {
                            break;
                        };
                        parsed.push((piece.number, parse_piece(&piece, layout)));
                        if let Ok(mut spare) = spare.lock() {
                            piece.bytes.clear();
                            spare.push(piece.bytes);
                        }
                    }
                    parsed
                })
            })
            .collect();
        let start = Start { line: first_line, block };
        let read = send_pieces(&mut file, &start, layout.separator, &send, &spare, progress);
        drop(send);
        for handle in handles {
            if let Ok(parsed) = handle.join() {
                blocks.extend(parsed);
            }
        }
        read
    })?;
    blocks.sort_by_key(|(number, _)| *number);
    blocks.into_iter().map(|(_, block)| block).collect()
}

struct Piece {
    number: usize,
    bytes: Vec<u8>,
    first_line: u64,
}

/// Where reading begins, and how much is read at a time.
struct Start {
    line: u64,
    block: usize,
}

fn send_pieces(
    file: &mut File,
    start: &Start,
    separator: u8,
    send: &SyncSender<Piece>,
    spare: &Mutex<Vec<Vec<u8>>>,
    progress: &dyn Progress,
) -> Result<(), Trouble> {
    let mut carry: Vec<u8> = Vec::new();
    let mut line = start.line;
    let mut number = 0;
    loop {
        let mut bytes = std::mem::take(&mut carry);
        let had = bytes.len();
        bytes.reserve(start.block);
        let got = file.take_limit(start.block, &mut bytes).map_err(Trouble::Io)?;
        progress.advance(got as u64);
        let last = got == 0;
        if last && bytes.is_empty() {
            return Ok(());
        }
        let (end, open) = record_end(&bytes, separator, last);
        if let Some(open) = open.filter(|_| last) {
            let lines = bytes.get(..open).unwrap_or(&[]).iter().filter(|b| **b == b'\n').count();
            return Err(Trouble::UnclosedQuote(line + lines as u64));
        }
        if end == 0 && !last {
            if had + got > MAX_RECORD {
                return Err(Trouble::UnclosedQuote(line));
            }
            carry = bytes;
            continue;
        }
        carry = spare.lock().ok().and_then(|mut spare| spare.pop()).unwrap_or_default();
        carry.extend_from_slice(bytes.get(end..).unwrap_or(&[]));
        bytes.truncate(end);
        let lines = memchr::memchr_iter(b'\n', &bytes).count() as u64;
        let piece = Piece { number, bytes, first_line: line };
        if send.send(piece).is_err() {
            return Ok(());
        }
        line += lines;
        number += 1;
        if last {
            return Ok(());
        }
    }
}

trait TakeLimit {
    fn take_limit(&mut self, limit: usize, bytes: &mut Vec<u8>) -> std::io::Result<usize>;
}

impl TakeLimit for File {
    fn take_limit(&mut self, limit: usize, bytes: &mut Vec<u8>) -> std::io::Result<usize> {
        self.by_ref().take(limit as u64).read_to_end(bytes)
    }
}

/// Where the last whole record ends, and where a text opens that does not close.
fn record_end(bytes: &[u8], separator: u8, last: bool) -> (usize, Option<usize>) {
    if memchr::memchr(b'"', bytes).is_none() {
        let end = if last { bytes.len() } else { memchr::memrchr(b'\n', bytes).map_or(0, |at| at + 1) };
        return (end, None);
    }
    let mut end = 0;
    let mut open: Option<usize> = None;
    for at in memchr::memchr2_iter(b'"', b'\n', bytes) {
        let quote = bytes.get(at) == Some(&b'"');
        match (quote, open) {
            (true, None) => {
                // Only a quotation mark at the start of a field opens a text.
                let before = at.checked_sub(1).and_then(|i| bytes.get(i));
                if before.is_none_or(|b| *b == separator || matches!(b, b'\n' | b'"')) {
                    open = Some(at);
                }
            }
            (true, Some(_)) => open = None,
            (false, None) => end = at + 1,
            (false, Some(_)) => {}
        }
    }
    if last && open.is_none() {
        end = bytes.len();
    }
    (end, open)
}

fn parse_piece(piece: &Piece, layout: &Layout) -> Result<Block, Trouble> {
    match layout.encoding {
        Encoding::Utf8 => {
            let block = parse_block(&piece.bytes, layout, piece.first_line);
            if block.not_utf8 { Err(Trouble::Encoding) } else { Ok(block) }
        }
        Encoding::Windows1251 => {
            let text = super::text::decode_1251(&piece.bytes);
            Ok(parse_block(text.as_bytes(), layout, piece.first_line))
        }
    }
}

/// Parses whole records: those of the usual form many at a time, the others one by one.
fn parse_block(bytes: &[u8], layout: &Layout, first_line: u64) -> Block {
    let mut block = Block::new(&layout.targets, first_line);
    let mut stretch = Stretch::new(layout.width, layout.wanted.iter().map(|all| !all.is_empty()).collect());
    let mut fields = Vec::new();
    let mut scratch = Vec::new();
    let mut extra = 0;
    let mut line = first_line;
    let mut rest = bytes;
    while !rest.is_empty() {
        let taken = stretch.find(rest, layout.separator);
        if stretch.rows() > 0 {
            if block.rows == 0 {
                // the rest of the block is much like its beginning
                let rows = stretch.rows() * (rest.len() / taken.max(1) + 1);
                block.reserve(rows + rows / 64);
            }
            for (field, all) in layout.wanted.iter().enumerate().filter(|(_, all)| !all.is_empty()) {
                stretch.column(field, &mut fields);
                for at in all {
                    if let Some(target) = layout.targets.get(*at) {
                        block.cells(*at, target, rest, &fields);
                    }
                }
            }
            for (at, text) in &layout.constants {
                if let Some(target) = layout.targets.get(*at) {
                    block.constant(*at, target, text.as_bytes(), stretch.rows());
                }
            }
            block.end_rows(stretch.rows());
            line += stretch.rows() as u64;
            rest = rest.get(taken..).unwrap_or(&[]);
            continue;
        }
        let (length, lines) = parse_record(rest, layout, line, &mut block, &mut scratch, &mut extra);
        line += lines;
        rest = rest.get(length..).unwrap_or(&[]);
    }
    block.complete();
    block
}

/// Parses one record of any form; gives its length and its lines.
fn parse_record(
    bytes: &[u8],
    layout: &Layout,
    start_line: u64,
    block: &mut Block,
    scratch: &mut Vec<u8>,
    extra: &mut u64,
) -> (usize, u64) {
    let mut at = 0;
    let mut lines = 1;
    let mut field = 0;
    let mut blank = true;
    loop {
        let rest = bytes.get(at..).unwrap_or(&[]);
        let quoted = rest.first() == Some(&b'"');
        let (content, length): (&[u8], usize) = if quoted {
            let (content, length, stray) = quoted_field(rest, layout.separator, scratch);
            if stray {
                block.stray.push(start_line);
            }
            (content, length)
        } else {
            plain_field(rest, layout.separator)
        };
        if quoted {
            lines += memchr::memchr_iter(b'\n', rest.get(..length).unwrap_or(&[])).count() as u64;
        }
        let end = bytes.get(at + length);
        let content =
            if end != Some(&layout.separator) { content.strip_suffix(b"\r").unwrap_or(content) } else { content };
        blank = blank && content.is_empty();
        // A blank line is no record: nothing may be taken from it.
        let alone = field == 0 && content.is_empty() && end != Some(&layout.separator) && layout.width > 1;
        for target in layout.wanted.get(field).filter(|_| !alone).into_iter().flatten() {
            if let Some(spec) = layout.targets.get(*target) {
                block.cell(*target, spec, content);
            }
        }
        field += 1;
        at += length + 1;
        if end != Some(&layout.separator) {
            break;
        }
    }
    if blank && field == 1 && layout.width > 1 {
        *extra += 1;
        block.jumps.push((block.rows, *extra));
        return (at, lines);
    }
    if field != layout.width {
        block.ragged.add(start_line, field);
    }
    for (target, text) in &layout.constants {
        if let Some(spec) = layout.targets.get(*target) {
            block.cell(*target, spec, text.as_bytes());
        }
    }
    block.end_row();
    if lines > 1 {
        *extra += lines - 1;
        block.jumps.push((block.rows, *extra));
    }
    (at, lines)
}

#[inline]
fn plain_field(rest: &[u8], separator: u8) -> (&[u8], usize) {
    let end = memchr::memchr2(separator, b'\n', rest).unwrap_or(rest.len());
    (rest.get(..end).unwrap_or(&[]), end)
}

/// A field in quotation marks; `""` inside is one. Its text, its length, and whether anything stands behind the closing mark.
fn quoted_field<'a>(rest: &'a [u8], separator: u8, scratch: &'a mut Vec<u8>) -> (&'a [u8], usize, bool) {
    scratch.clear();
    let mut at = 1;
    loop {
        let tail = rest.get(at..).unwrap_or(&[]);
        let Some(quote) = memchr::memchr(b'"', tail) else {
            scratch.extend_from_slice(tail);
            return (scratch, rest.len(), false);
        };
        scratch.extend_from_slice(tail.get(..quote).unwrap_or(&[]));
        at += quote + 1;
        if rest.get(at) == Some(&b'"') {
            scratch.push(b'"');
            at += 1;
            continue;
        }
        let after = rest.get(at..).unwrap_or(&[]);
        let end = after.iter().position(|b| *b == separator || *b == b'\n').unwrap_or(after.len());
        let behind = after.get(..end).unwrap_or(&[]);
        scratch.extend_from_slice(behind.strip_suffix(b"\r").unwrap_or(behind));
        return (scratch, at + end, !behind.trim_ascii().is_empty());
    }
}

/// The fields of one record as texts (headers).
pub(super) fn record(bytes: &[u8], separator: u8) -> (Vec<String>, usize) {
    let mut fields = Vec::new();
    let mut scratch = Vec::new();
    let mut at = 0;
    loop {
        let rest = bytes.get(at..).unwrap_or(&[]);
        let (content, length) = if rest.first() == Some(&b'"') {
            let (content, length, _) = quoted_field(rest, separator, &mut scratch);
            (content, length)
        } else {
            plain_field(rest, separator)
        };
        let text = String::from_utf8_lossy(content).trim_matches(['\r', ' ', '\u{feff}']).to_string();
        fields.push(text);
        at += length;
        if bytes.get(at) != Some(&separator) {
            return (fields, at.min(bytes.len()));
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::blocks::{PercentSign, TargetKind};
    use super::super::dataset::TextPool;
    use super::super::keys::KeyTable;
    use super::*;
    use crate::value::Reasons;
    use proptest::prelude::*;

    fn layout() -> Layout {
        let keys = |texts: &[&str]| {
            let mut pool = TextPool::default();
            texts.iter().for_each(|text| {
                pool.push(text);
            });
            TargetKind::Link(Arc::new(KeyTable::new(Arc::new(pool)).0))
        };
        let target = |kind| Target {
            kind,
            markers: vec![("н/д".to_owned(), Reasons::MISSING)],
            percent: PercentSign::Refused,
            year: false,
            unit: None,
            plain_markers: false,
            allowed: Arc::default(),
        };
        let links = [keys(&["1", "12", "2", "21"]), keys(&["a", "b;1", "1a", "a2 long enough to be hashed", "\"a"])];
        let kinds = [TargetKind::Number, TargetKind::Text, TargetKind::YesNo, TargetKind::Key].into_iter().chain(links);
        let kinds = kinds.chain([TargetKind::Number]);
        let wanted = vec![vec![0], vec![1, 6], vec![], vec![2], vec![3], vec![4], vec![5]];
        let constants = Vec::new();
        let targets = kinds.map(target).collect();
        Layout { separator: b';', encoding: Encoding::Utf8, width: wanted.len(), wanted, constants, targets }
    }

    fn one_by_one(bytes: &[u8], layout: &Layout) -> Block {
        let mut block = Block::new(&layout.targets, 1);
        let (mut rest, mut line, mut extra) = (bytes, 1, 0);
        while !rest.is_empty() {
            let (length, lines) = parse_record(rest, layout, line, &mut block, &mut Vec::new(), &mut extra);
            line += lines;
            rest = rest.get(length..).unwrap_or(&[]);
        }
        block.complete();
        block
    }

    fn told(block: &Block) -> String {
        let mut told = format!("{} {:?} {:?} {:?}", block.rows, block.jumps, block.ragged, block.stray);
        for column in &block.columns {
            let mut absent = column.absent.clone();
            absent.resize(block.rows, 0);
            told += &format!("\n{:?} {absent:?} {:?} {:?}", column.values, column.invalid, column.orphans);
        }
        told
    }

    fn field() -> impl Strategy<Value = String> {
        prop_oneof![
            6 => "[0-9]{1,3}([,.][0-9]{1,2})?",
            4 => prop::sample::select(vec!["1", "0", "a", "1a", "да", "", " 1 ", "н/д", "a2 long enough to be hashed"])
                .prop_map(str::to_owned),
            1 => "\"[a1;]{0,3}\"",
            1 => "[a1\"\r ]{0,4}",
        ]
    }

    proptest! {
        #[test]
        fn many_records_together_are_what_they_are_one_by_one(
            records in proptest::collection::vec((proptest::collection::vec(field(), 7), 0..40u8), 0..60),
        ) {
            let mut text = String::new();
            for (fields, odd) in records {
                match odd {
                    0 => text += "\n",
                    1 => text += &format!("{};more\n", fields.join(";")),
                    2 => text += &format!("{}\n", fields[1..].join(";")),
                    3 => text += &format!("{};\"two\nlines\"\n", fields[1..].join(";")),
                    4..10 => text += &format!("{}\r\n", fields.join(";")),
                    _ => text += &format!("{}\n", fields.join(";")),
                }
            }
            let layout = layout();
            let whole = told(&parse_block(text.as_bytes(), &layout, 1));
            prop_assert_eq!(whole, told(&one_by_one(text.as_bytes(), &layout)));
        }
    }
}
