//! Packed files: gzip, and archives of the kind in which workbooks and text files come. Never more is unpacked than the limits allow, whatever
//! an archive says of itself.
//!
//! The only file that sees the unpackers. An archive that is no workbook may hold one data file, or several text files; a packed file within a packed
//! file is not read.

use std::io::{BufRead, BufReader, Cursor, Read};

use encoding_rs::IBM866;
use flate2::bufread::MultiGzDecoder;
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::fault::{Fault, Limit};
use super::limits::{Limits, size};

/// An archive with its files.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Names in the order of the archive, `/` between folders.
    pub names: Vec<String>,
    limits: Limits,
}

/// A file of an archive, unpacked while it is read.
pub(super) type Part<'p, 'a> = BufReader<ZipFile<'p, Cursor<&'a [u8]>>>;

/// Extensions of files that hold data.
const DATA: &[&str] = &[
    "csv", "tsv", "tab", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods", "json", "jsonl", "ndjson", "geojson", "yaml",
    "yml",
];
const TEXTS: &[&str] = &["csv", "tsv", "tab", "txt"];
const PACKED: &[&str] = &["zip", "gz", "7z", "rar", "bz2", "xz"];

impl<'a> Archive<'a> {
    /// Errors: damaged, larger than it may be unpacked.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Archive<'a>, Fault> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Fault::Damaged(error.to_string()))?;
        let names = zip.file_names_raw().map(name).collect();
        Ok(Archive { zip, names, limits: limits.for_packed(size(bytes.len())) })
    }

    /// What may be unpacked of it.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Position of a file, capital letters and a slash before the name not told apart.
    pub fn find(&self, wanted: &str) -> Option<usize> {
        let plain = |name: &str| name.trim_start_matches('/').to_lowercase();
        let wanted = plain(wanted);
        self.names.iter().position(|name| plain(name) == wanted)
    }

    /// A file at a position, to be read piece by piece.
    pub fn part(&mut self, at: usize) -> Result<Part<'_, 'a>, Fault> {
        let file = self.zip.by_index(at).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => Fault::Encrypted,
            error => Fault::Damaged(error.to_string()),
        })?;
        self.limits.hold(Limit::Unpacked, file.size())?;
        Ok(BufReader::new(file))
    }

    /// A file as a whole.
    pub fn bytes(&mut self, at: usize) -> Result<Vec<u8>, Fault> {
        let limits = self.limits;
        unpack(self.part(at)?, &limits)
    }

    /// Positions of the files with data; all files where none has a known name.
    pub fn data(&self) -> Vec<usize> {
        let files = || (0..self.names.len()).filter(|at| self.names.get(*at).is_some_and(|name| is_file(name)));
        let data: Vec<usize> = files().filter(|at| self.has(*at, DATA) || self.has(*at, PACKED)).collect();
        if data.is_empty() { files().collect() } else { data }
    }

    pub fn is_text(&self, at: usize) -> bool {
        self.has(at, TEXTS)
    }

    pub fn is_packed(&self, at: usize) -> bool {
        self.has(at, PACKED)
    }

    fn has(&self, at: usize, extensions: &[&str]) -> bool {
        let extension = self.names.get(at).and_then(|name| name.rsplit_once('.')).map(|(_, end)| end.to_lowercase());
        extension.is_some_and(|extension| extensions.contains(&extension.as_str()))
    }
}

/// No folder and nothing that systems add by themselves.
fn is_file(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or("");
    !last.is_empty() && !last.starts_with('.') && !name.starts_with("__MACOSX/") && last != "Thumbs.db"
}

/// A name in UTF-8 or, as Russian systems write it, in cp866.
fn name(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_string(),
        Err(_) => IBM866.decode_without_bom_handling(raw).0.into_owned(),
    };
    name.replace('\\', "/")
}

/// The file in a gzip file.
///
/// Errors: damaged, cut off, larger than it may be unpacked.
pub(super) fn gunzip(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Fault> {
    let read = unpack(MultiGzDecoder::new(bytes), &limits.for_packed(size(bytes.len())));
    read.map_err(|fault| if let Fault::Damaged(detail) = fault { Fault::Packed(detail) } else { fault })
}

fn unpack(packed: impl Read, limits: &Limits) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    let read = packed.take(limits.unpacked.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| Fault::Damaged(error.to_string()))?;
    limits.hold(Limit::Unpacked, size(bytes.len()))?;
    Ok(bytes)
}

/// Reads what another reader gives, up to a number of bytes that can be set anew before every step.
pub(super) struct Metered<R> {
    inner: R,
    /// Bytes that may still come, all in all and until the step ends.
    left: u64,
    step: u64,
    exceeded: Option<Limit>,
}

impl<R> Metered<R> {
    pub fn new(inner: R, all: u64) -> Self {
        Metered { inner, left: all, step: all, exceeded: None }
    }

    /// Begins a step of at most so many bytes.
    pub fn step(&mut self, most: u64) {
        self.step = most;
    }

    /// The limit that stopped the reading.
    pub fn exceeded(&self) -> Option<Limit> {
        self.exceeded
    }
}

impl<R: BufRead> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Metered<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        let available = self.inner.fill_buf()?;
        if !available.is_empty() {
            let limit = if self.left == 0 { Some(Limit::Unpacked) } else { (self.step == 0).then_some(Limit::Cell) };
            if limit.is_some() {
                self.exceeded = limit;
                return Err(std::io::Error::other("limit"));
            }
        }
        let most = usize::try_from(self.left.min(self.step)).unwrap_or(usize::MAX);
        Ok(available.get(..available.len().min(most)).unwrap_or(available))
    }

    fn consume(&mut self, count: usize) {
        self.inner.consume(count);
        self.left = self.left.saturating_sub(size(count));
        self.step = self.step.saturating_sub(size(count));
    }
}
