//! Makes the data of `examples/leningrad-2018`: `cargo run --example generate-leningrad-2018 [folder]`.
//!
//! The same seed gives the same bytes. Every figure is invented.

mod boundary;
mod chance;
mod files;
mod places;
mod region;

use std::error::Error;
use std::path::{Path, PathBuf};

const SEED: u64 = 20_180_901;

#[allow(dead_code)] // a test makes the files without it
fn main() -> Result<(), Box<dyn Error>> {
    let usual = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/leningrad-2018/данные"));
    make(&std::env::args_os().nth(1).map_or_else(usual, PathBuf::from))
}

/// Writes all files of the dataset into a folder.
pub fn make(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut region = region::invent(SEED);
    boundary::plant(&mut region);
    region::settle(&mut region, SEED + 1);
    files::write_all(&region, folder)
}
