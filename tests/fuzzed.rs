//! The laws of the fuzz targets (`tests/fuzz`), held for the kept corpus and for mutations of it and of the messy files, the same every time.
//!
//! `MERILO_FUZZ=200000 cargo test --release --test fuzzed -- --nocapture` tries as many mutations per target, others with `MERILO_FUZZ_SEED=2`.

#![allow(
    unsafe_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

#[path = "fuzz/laws/mod.rs"]
mod laws;

use std::alloc::{GlobalAlloc, Layout, System};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use laws::Dice;

/// Counts the memory that is held at once.
struct Counted;

static HELD: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

// SAFETY: everything is passed on to the allocator of the system.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let held = HELD.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        MOST.fetch_max(held, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counted = Counted;

/// What all targets side by side may hold: a small input within small limits needs little.
const MEMORY: usize = 256 << 20;
/// What one input may take; the machine may be busy with other things.
const TIME: Duration = Duration::from_secs(60);

struct Target {
    name: &'static str,
    check: fn(&[u8]) -> bool,
    /// Mutations that are tried unless more are asked for.
    usual: usize,
    /// Pieces that mean something there.
    words: &'static [&'static str],
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.is_file());
    files.sort();
    files
}

fn number(name: &str) -> Option<usize> {
    std::env::var(name).ok().map(|text| text.parse().unwrap())
}

/// A copy with a few changes: bytes, pieces taken out, doubled, moved, cut off, taken from another file, words.
fn mutated(seeds: &[Vec<u8>], words: &[&str], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = dice.pick(seeds);
    for _ in 0..=dice.below(6) {
        let at = dice.below(bytes.len() + 1);
        let length = if dice.one_in(4) { dice.below(400) } else { dice.below(12) };
        let end = (at + length).min(bytes.len());
        match dice.below(9) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                for _ in 0..=dice.below(4) {
                    bytes.splice(at..at, piece.iter().copied());
                }
            }
            3 => {
                let piece: Vec<u8> = bytes.drain(at..end).collect();
                let to = dice.below(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            4 => {
                let other = dice.pick(seeds);
                let from = dice.below(other.len() + 1);
                let piece = &other[from..(from + length * 4).min(other.len())];
                bytes.splice(at..end, piece.iter().copied());
            }
            5 | 6 => drop(bytes.splice(at..at, dice.pick(words).bytes())),
            7 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            _ if at < bytes.len() => bytes[at] = dice.below(256) as u8,
            _ => {}
        }
    }
    bytes.truncate(16 << 10);
    bytes
}

/// Holds the laws for one input; what fails is kept and named.
fn hold(target: &Target, name: &str, bytes: &[u8]) -> bool {
    let begin = Instant::now();
    let held = catch_unwind(AssertUnwindSafe(|| (target.check)(bytes)));
    let (time, memory) = (begin.elapsed(), MOST.load(Ordering::Relaxed));
    if let Ok(held) = held
        && time < TIME
        && memory < MEMORY
    {
        return held;
    }
    let kept = std::env::temp_dir().join(format!("merilo-fuzzed-{}", target.name));
    std::fs::write(&kept, bytes).unwrap();
    panic!("{}: {name}: {time:?}, {} MiB; kept as {}", target.name, memory >> 20, kept.display());
}

fn campaign(target: &Target) {
    let mut seeds = Vec::new();
    for path in files(&root().join("tests/fuzz/corpus").join(target.name)) {
        let bytes = std::fs::read(&path).unwrap();
        hold(target, &path.display().to_string(), &bytes);
        seeds.push(bytes);
    }
    let kept = seeds.len();
    assert!(kept > 0, "{} has no corpus", target.name);
    if target.name != "cell_parser" {
        for path in files(&root().join("examples/messy")).iter().filter(|path| is_data(path)) {
            seeds.push(unpacked(std::fs::read(path).unwrap()));
        }
    }
    let (tries, first) = (number("MERILO_FUZZ").unwrap_or(target.usual), number("MERILO_FUZZ_SEED").unwrap_or(1));
    let mut dice = Dice::new(first as u64);
    let understood = (0..tries).filter(|n| {
        let bytes = mutated(&seeds, target.words, &mut dice);
        hold(target, &format!("mutation {n}"), &bytes)
    });
    let understood = understood.count();
    eprintln!("{}: {kept} kept files, {tries} mutations, {understood} of them understood", target.name);
    assert!(understood * 25 >= tries, "{understood} of {tries}");
}

/// An archive as its parts: what is mutated in it has right sums again.
fn unpacked(bytes: Vec<u8>) -> Vec<u8> {
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(&bytes)) else {
        return bytes;
    };
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let (name, mut body) = (part.name().unwrap().to_string(), Vec::new());
        std::io::Read::read_to_end(&mut part, &mut body).unwrap();
        if !name.contains("theme") && !name.starts_with("docProps") {
            parts.push((name, body));
        }
    }
    laws::packing::written(parts.iter().map(|(name, body)| (name.as_str(), body.as_slice())))
}

fn is_data(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_string_lossy();
    !name.contains(".expected.") && !name.ends_with(".md") && !name.ends_with(".py")
}

#[test]
fn the_csv_finder_keeps_its_laws() {
    campaign(&Target {
        name: "csv_finder",
        check: laws::csv::check,
        usual: 300,
        words: &[
            "\"",
            "\"\"",
            ";",
            ",",
            "\t",
            "\n",
            "\r\n",
            "\n\n",
            " ",
            "'",
            "\\\"",
            "Итого",
            "1 250,5",
            "2018",
            "н/д",
            "\u{feff}",
        ],
    });
}

#[test]
fn the_sheet_reader_keeps_its_laws() {
    campaign(&Target {
        name: "sheet_reader",
        check: laws::sheets::check,
        usual: 600,
        words: &[
            "<row>",
            "</row>",
            "<c r=\"B2\">",
            "<v>",
            "</v>",
            "</c>",
            "\"",
            "999999999",
            "&lt;",
            "{\"a\": 1}",
            "[",
            "- a: 1\n",
            "\n%% ",
        ],
    });
}

#[test]
fn the_cell_parser_keeps_its_laws() {
    campaign(&Target {
        name: "cell_parser",
        check: laws::cells::check,
        usual: 600,
        words: &[
            "%", ",", ".", "-", "−", " ", "\u{a0}", "\u{202f}", "\n", "чел.", "м2", "г.", "0", "9", "<", "\"", "\r",
        ],
    });
}
