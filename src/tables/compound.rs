//! Compound files, as the old workbooks and protected new ones are: names of their streams, and a stream as a whole.
//!
//! Reads what is there and never more than the file has; knows no workbooks.

use super::fault::Fault;

/// The bytes with which a compound file begins.
pub(super) const MAGIC: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Sectors that are no sectors: end of a chain, free and the like.
const LAST: u32 = 0xffff_fff9;
const ENTRY: usize = 128;
/// Sectors that hold the beginning of the list of sectors.
const IN_HEADER: usize = 109;

/// A compound file.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    small_sector: usize,
    next: Vec<u32>,
    small_next: Vec<u32>,
    small: Vec<u8>,
    cutoff: usize,
    streams: Vec<Stream>,
}

struct Stream {
    name: String,
    start: u32,
    size: usize,
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|four| number(four, 0)).collect()
}

impl<'a> Compound<'a> {
    /// Errors: cut off or damaged.
    pub fn open(bytes: &'a [u8]) -> Result<Compound<'a>, Fault> {
        Self::read(bytes).ok_or_else(|| Fault::Damaged("compound file".to_string()))
    }

    fn read(bytes: &'a [u8]) -> Option<Compound<'a>> {
        let power = |at| short(bytes, at).filter(|shift| (6..=16).contains(shift)).map(|shift| 1 << shift);
        let mut file = Compound {
            bytes,
            sector: power(30)?,
            small_sector: power(32)?,
            next: Vec::new(),
            small_next: Vec::new(),
            small: Vec::new(),
            cutoff: usize::try_from(number(bytes, 56)?).ok()?,
            streams: Vec::new(),
        };
        let most = bytes.len() / file.sector + 1;
        // sectors of the list of sectors: some in the header, the others in a chain of their own
        let mut lists: Vec<u32> = numbers(bytes.get(76..76 + IN_HEADER * 4)?);
        let mut more = number(bytes, 68)?;
        for _ in 0..most {
            if more >= LAST {
                break;
            }
            let mut sector = numbers(file.at(more)?);
            more = sector.pop()?;
            lists.extend(sector);
        }
        for list in lists.into_iter().filter(|list| *list < LAST).take(most) {
            // a list that lies behind the end of the file says nothing
            file.next.extend(file.at(list).map(numbers).unwrap_or_default());
        }
        let folder = file.chain(number(bytes, 48)?, usize::MAX)?;
        let mut root = None;
        for entry in folder.chunks_exact(ENTRY) {
            let units: Vec<u16> = (0..32).filter_map(|at| short(entry, at * 2)).take_while(|unit| *unit != 0).collect();
            let stream = Stream {
                name: String::from_utf16_lossy(&units),
                start: number(entry, 116)?,
                size: usize::try_from(number(entry, 120)?).ok()?,
            };
            match entry.get(66)? {
                5 => root = Some(stream),
                2 => file.streams.push(stream),
                _ => {}
            }
        }
        let root = root?;
        if root.size > 0 {
            file.small_next = numbers(&file.chain(number(bytes, 60)?, usize::MAX)?);
            file.small = file.chain(root.start, root.size)?;
        }
        Some(file)
    }

    fn at(&self, sector: u32) -> Option<&'a [u8]> {
        let from = usize::try_from(sector).ok()?.checked_add(1)?.checked_mul(self.sector)?;
        self.bytes.get(from..self.bytes.len().min(from.checked_add(self.sector)?))
    }

    /// The sectors of a chain, up to a size; a chain that turns back into itself ends with the file.
    fn chain(&self, start: u32, size: usize) -> Option<Vec<u8>> {
        let (mut at, mut bytes) = (start, Vec::new());
        while at < LAST && bytes.len() < size {
            bytes.extend_from_slice(self.at(at)?);
            if bytes.len() > self.bytes.len() {
                return None;
            }
            at = self.next.get(usize::try_from(at).ok()?).copied().unwrap_or(LAST);
        }
        bytes.truncate(size);
        Some(bytes)
    }

    /// Whether there is a stream of this name, capital letters not told apart.
    pub fn has(&self, name: &str) -> bool {
        self.streams.iter().any(|stream| stream.name.eq_ignore_ascii_case(name))
    }

    /// The first stream of these names that is there.
    ///
    /// Errors: there is none, or it is cut off.
    pub fn stream(&self, names: &[&str]) -> Result<Vec<u8>, Fault> {
        let found = names.iter().find_map(|name| self.streams.iter().find(|s| s.name.eq_ignore_ascii_case(name)));
        let bytes = found.and_then(|stream| {
            if stream.size >= self.cutoff {
                return self.chain(stream.start, stream.size);
            }
            let (mut at, mut bytes) = (stream.start, Vec::new());
            while at < LAST && bytes.len() < stream.size {
                let from = usize::try_from(at).ok()?.checked_mul(self.small_sector)?;
                let to = self.small.len().min(from.checked_add(self.small_sector)?);
                bytes.extend_from_slice(self.small.get(from..to)?);
                at = self.small_next.get(usize::try_from(at).ok()?).copied().unwrap_or(LAST);
            }
            bytes.truncate(stream.size);
            Some(bytes)
        });
        bytes.ok_or_else(|| Fault::Damaged("compound file".to_string()))
    }
}
