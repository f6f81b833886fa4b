//! SHA-256 fingerprints of bytes, of files, and of what passes by on its way to a file.
//!
//! The only file that knows the hash library. A fingerprint is 64 hexadecimal digits, as `sha256sum` prints it.

use std::io::{self, Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

/// How much of a file is held at once.
const BUFFER: usize = 1 << 20;

/// The fingerprint of some bytes.
pub fn of_bytes(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Digits that each line has in [`of_lines`].
const LINE_DIGITS: usize = 8;

/// The first digits of the fingerprint of every line, one after the other.
pub fn of_lines(text: &str) -> String {
    let of_line = |line: &str| -> String { of_bytes(line.as_bytes()).chars().take(LINE_DIGITS).collect() };
    text.split('\n').map(of_line).collect()
}

/// The first line, from 1, of a text that does not have these fingerprints.
pub fn first_other_line(text: &str, lines: &str) -> Option<usize> {
    let now = of_lines(text);
    if now == lines {
        return None;
    }
    let same = now.bytes().zip(lines.bytes()).take_while(|(a, b)| a == b).count();
    Some(same / LINE_DIGITS + 1)
}

/// Blocks of lines that a long text is told apart by.
const MOST_BLOCKS: usize = 4096;

/// How many lines make a block of a text, and the first digits of the fingerprint of each block.
pub fn of_blocks(text: &str) -> (usize, String) {
    let lines: Vec<&str> = text.split('\n').collect();
    let every = lines.len().div_ceil(MOST_BLOCKS).max(1);
    (every, lines.chunks(every).map(|block| of_lines(&block.join("\r"))).collect())
}

/// The first block of lines, from the first to the last line from 1, that does not have these fingerprints.
pub fn first_other_block(text: &str, every: usize, blocks: &str) -> Option<(usize, usize)> {
    let lines: Vec<&str> = text.split('\n').collect();
    let every = every.max(1);
    let now: String = lines.chunks(every).map(|block| of_lines(&block.join("\r"))).collect();
    if now == blocks {
        return None;
    }
    let same = now.bytes().zip(blocks.bytes()).take_while(|(a, b)| a == b).count() / LINE_DIGITS;
    Some((same * every + 1, ((same + 1) * every).min(lines.len())))
}

/// Size and fingerprint of a file.
///
/// # Errors
/// What the operating system refuses.
pub fn of_file(path: &Path) -> io::Result<(u64, String)> {
    let mut file = std::fs::File::open(path)?;
    let mut passing = Passing::new(io::sink());
    let mut buffer = vec![0; BUFFER];
    loop {
        let read = file.read(&mut buffer)?;
        match buffer.get(..read) {
            Some(part) if !part.is_empty() => passing.write_all(part)?,
            _ => return Ok(passing.finish()),
        }
    }
}

/// A writer that takes the fingerprint of what passes through it.
#[derive(Debug)]
pub struct Passing<W> {
    out: W,
    bytes: u64,
    state: Sha256,
}

impl<W: Write> Passing<W> {
    pub fn new(out: W) -> Passing<W> {
        Passing { out, bytes: 0, state: Sha256::new() }
    }

    /// How many bytes passed, and their fingerprint.
    pub fn finish(self) -> (u64, String) {
        (self.bytes, hex(&self.state.finalize()))
    }
}

impl<W: Write> Write for Passing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.state.update(bytes.get(..written).unwrap_or(bytes));
        self.bytes += u64::try_from(written).unwrap_or(0);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Two hexadecimal digits per byte.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The bytes behind hexadecimal digits as [`hex`] writes them; `None` when they are none.
pub(super) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(16)).collect();
    let pairs = digits?;
    let bytes: Option<Vec<u8>> =
        pairs.chunks(2).map(|pair| u8::try_from(pair.first()? * 16 + pair.get(1)?).ok()).collect();
    bytes.filter(|bytes| hex(bytes) == text)
}

#[cfg(test)]
mod tests {
    use super::{Passing, hex, of_bytes, unhex};
    use std::io::Write;

    #[test]
    fn fingerprints_are_those_of_the_standard() {
        // the examples of FIPS 180-4
        assert_eq!(of_bytes(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(of_bytes(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn what_passes_in_pieces_has_the_fingerprint_of_the_whole() {
        let mut passing = Passing::new(Vec::new());
        passing.write_all(b"a").unwrap();
        passing.write_all(b"bc").unwrap();
        assert_eq!(passing.finish(), (3, of_bytes(b"abc")));
    }

    #[test]
    fn hexadecimal_digits_are_read_back() {
        assert_eq!(unhex(&hex(&[0, 1, 127, 255])), Some(vec![0, 1, 127, 255]));
        assert_eq!(unhex("0"), None);
        assert_eq!(unhex("0g"), None);
        assert_eq!(unhex("0A"), None);
    }
}
