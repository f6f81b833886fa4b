//! The program `merilo`: everything is in the library.

use std::process::ExitCode;

/// Cells, keys and rows are many small allocations on all cores; the system's allocator made a run a fifth longer.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    keep_memory();
    let words: Vec<_> = std::env::args_os().skip(1).collect();
    merilo::cli::main(&words)
}

/// What one stage has given back is used by the next one. Handed to the system between them it comes back as pages to be
/// cleared again, a fifth of the work on a million schools; the program ends soon and needs no more memory at its peak.
#[allow(unsafe_code)] // sets a number; no pointer is passed
fn keep_memory() {
    /// `mi_option_purge_delay` of the allocator's header: milliseconds after which free memory is handed back, below zero never.
    const PURGE_DELAY: libmimalloc_sys::mi_option_t = 15;
    unsafe { libmimalloc_sys::mi_option_set(PURGE_DELAY, -1) };
}
