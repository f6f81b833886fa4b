//! The program `merilo`: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<_> = std::env::args_os().skip(1).collect();
    merilo::cli::main(&words)
}
