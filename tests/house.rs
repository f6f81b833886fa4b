//! The house rules that other tools check: formatting, lints with warnings denied, documentation without warnings.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::process::Command;

fn cargo(arguments: &[&str], environment: &[(&str, &str)]) {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments);
    for (name, value) in environment {
        command.env(name, value);
    }
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "cargo {}\n{}{said}",
        arguments.join(" "),
        String::from_utf8_lossy(&output.stdout)
    );
}

/// One test, one after the other: they share a build folder.
#[test]
fn formatting_lints_and_documentation_are_clean() {
    cargo(&["fmt", "--check"], &[]);
    cargo(&["clippy", "--all-targets", "--quiet", "--", "-D", "warnings"], &[]);
    cargo(&["doc", "--no-deps", "--quiet"], &[("RUSTDOCFLAGS", "-D warnings")]);
}
