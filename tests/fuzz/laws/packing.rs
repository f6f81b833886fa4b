//! Packed files as plain ones, so that what is mutated is what is read and not what is checked by sums: parts of an archive, each under a line
//! `%% name`; `%% gzip` alone is a file in gzip. Anything else is what it is.

use std::borrow::Cow;
use std::io::Write;

use flate2::{Compression, Crc, write::GzEncoder};

pub fn file(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !bytes.starts_with(b"%% ") {
        return Cow::Borrowed(bytes);
    }
    let parts = parts(bytes);
    match parts.as_slice() {
        [(b"gzip", body)] => {
            let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
            packed.write_all(body).unwrap();
            Cow::Owned(packed.finish().unwrap())
        }
        parts => Cow::Owned(archive(parts)),
    }
}

/// Names with what stands below them.
fn parts(bytes: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut heads: Vec<usize> = vec![0];
    heads.extend(bytes.windows(4).enumerate().filter(|(_, four)| *four == b"\n%% ").map(|(at, _)| at + 1));
    let ends = heads.iter().skip(1).map(|next| next - 1).chain([bytes.len()]);
    let part = |(from, to): (&usize, usize)| {
        let whole = &bytes[from + 3..to];
        let line = whole.iter().position(|byte| *byte == b'\n').unwrap_or(whole.len());
        (&whole[..line], whole.get(line + 1..).unwrap_or(&[]))
    };
    heads.iter().zip(ends).map(part).collect()
}

/// The other way: what `file` makes an archive of.
pub fn written<'a>(parts: impl Iterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (name, body) in parts {
        if !bytes.is_empty() {
            bytes.push(b'\n');
        }
        bytes.extend_from_slice(format!("%% {name}\n").as_bytes());
        bytes.extend_from_slice(body);
    }
    bytes
}

/// An archive without compression, with right sums.
fn archive(parts: &[(&[u8], &[u8])]) -> Vec<u8> {
    let (mut whole, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in parts {
        let mut sum = Crc::new();
        sum.update(bytes);
        // names in UTF-8, no compression
        let mut entry = vec![20, 0, 0, 8, 0, 0, 0, 0, 33, 0];
        let length = bytes.len() as u32;
        for number in [sum.sum(), length, length, u32::from(name.len() as u16)] {
            entry.extend(number.to_le_bytes());
        }
        let name = &name[..name.len().min(0xffff)];
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&entry);
        directory.extend([0; 10]);
        directory.extend((whole.len() as u32).to_le_bytes());
        directory.extend(name);
        whole.extend(b"PK\x03\x04");
        whole.extend(entry);
        whole.extend(name);
        whole.extend(*bytes);
    }
    let (start, length, count) = (whole.len() as u32, directory.len() as u32, parts.len() as u16);
    whole.extend(directory);
    whole.extend(b"PK\x05\x06\0\0\0\0");
    whole.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    whole.extend([length.to_le_bytes(), start.to_le_bytes()].concat());
    whole.extend([0, 0]);
    whole
}
