//! Encodings and separators of text files, as far as the first bytes tell them; files that cannot be read at all.

use std::io::ErrorKind;

use encoding_rs::WINDOWS_1251;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::data as kinds;
use crate::location::Place;

/// Encodings that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Windows1251,
}

impl Encoding {
    /// The encoding a manifest names.
    pub fn named(name: &str) -> Option<Encoding> {
        match name.to_lowercase().replace(['-', '_', ' '], "").as_str() {
            "utf8" => Some(Encoding::Utf8),
            "windows1251" | "cp1251" | "win1251" | "1251" => Some(Encoding::Windows1251),
            _ => None,
        }
    }

    /// Strict UTF-8 first; a cut character at the end of the sample does not count.
    pub fn of_sample(sample: &[u8]) -> Encoding {
        match std::str::from_utf8(sample) {
            Ok(_) => Encoding::Utf8,
            Err(error) if error.error_len().is_none() => Encoding::Utf8,
            Err(_) => Encoding::Windows1251,
        }
    }
}

pub(super) fn decode_1251(bytes: &[u8]) -> String {
    WINDOWS_1251.decode_without_bom_handling(bytes).0.into_owned()
}

/// The separator that cuts the header line into most fields.
pub(super) fn separator(header: &[u8]) -> u8 {
    let mut best = (0, b',');
    for candidate in [b';', b'\t', b','] {
        let mut inside = false;
        let mut count = 0;
        for byte in header {
            match byte {
                b'"' => inside = !inside,
                b if *b == candidate && !inside => count += 1,
                _ => {}
            }
        }
        if count > best.0 {
            best = (count, candidate);
        }
    }
    best.1
}

/// The normal form in which headers are compared.
pub(super) fn header_form(header: &str) -> String {
    let text = header.replace('_', " ").to_lowercase().replace('ё', "е");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A file that cannot be read, or is no text where rules want one; named as the reader knows it.
pub fn unreadable(place: Place, file: &str, error: &std::io::Error) -> Diagnostic {
    if error.kind() == ErrorKind::InvalidData {
        return Diagnostic::new(kinds::NOT_TEXT, place).text("file", file).text("what", "rules");
    }
    Diagnostic::new(kinds::CANNOT_READ, place).text("file", file).text("problem", trouble(error))
}

/// Why a file could not be read or written, as a word that the messages know; what the system says where they know none.
pub fn trouble(error: &std::io::Error) -> String {
    let word = match error.kind() {
        ErrorKind::NotFound => "absent",
        ErrorKind::PermissionDenied => "denied",
        ErrorKind::IsADirectory => "directory",
        ErrorKind::NotADirectory => "not-a-directory",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "full",
        ErrorKind::ReadOnlyFilesystem => "read-only",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "busy",
        ErrorKind::InvalidFilename => "name",
        // Windows: another program has locked the file
        _ if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) => "busy",
        _ => return error.to_string(),
    };
    word.to_string()
}
