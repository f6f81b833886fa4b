//! The program `merilo`: everything is in the library.

use std::process::ExitCode;

/// Cells, keys and rows are many small allocations on all cores; the system's allocator made a run a fifth longer.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let words: Vec<_> = std::env::args_os().skip(1).collect();
    merilo::cli::main(&words)
}
