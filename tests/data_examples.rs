//! The examples of `docs/data.md` and `docs/data.ru.md`: files as shown, commands run on them, output as printed there.
//!
//! A fence of a section whose first line has a name behind the language (```` ```csv школы.csv windows-1251 ````) is a file of it, in
//! UTF-8 unless an encoding follows; in a `console` fence every line that begins with `$ merilo` is run in the folder of the section and what follows it
//! is what it prints, errors and warnings first. `MERILO_UPDATE_EXAMPLES=1` writes what is printed into the documents, to be read before it is kept.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::path::Path;

use assert_cmd::Command;

const DOCUMENTS: [(&str, &str); 2] = [("docs/data.ru.md", "ru_RU.UTF-8"), ("docs/data.md", "en_GB.UTF-8")];

/// What stands between the lines of a document.
enum Part {
    /// As written, without the end of the last line.
    Text(String),
    Fence {
        info: String,
        lines: Vec<String>,
    },
}

fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut plain: Vec<&str> = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            plain.push(line);
            continue;
        };
        parts.push(Part::Text(std::mem::take(&mut plain).join("\n")));
        let inside = lines.by_ref().take_while(|line| *line != "```").map(str::to_owned).collect();
        parts.push(Part::Fence { info: info.to_owned(), lines: inside });
    }
    parts.push(Part::Text(plain.join("\n")));
    parts
}

fn written(parts: &[Part]) -> String {
    let one = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Fence { info, lines } => {
            format!("```{info}\n{}{}```", lines.join("\n"), if lines.is_empty() { "" } else { "\n" })
        }
    };
    parts.iter().map(one).collect::<Vec<_>>().join("\n") + "\n"
}

/// The words of a command: parted by spaces, in quotation marks as one.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, piece) in line.split('"').enumerate() {
        if at % 2 == 1 {
            words.push(piece.to_owned());
        } else {
            words.extend(piece.split_whitespace().map(str::to_owned));
        }
    }
    words
}

fn printed(folder: &Path, words: &[String], language: &str) -> Vec<String> {
    let mut command = Command::cargo_bin("merilo").unwrap();
    let command = command.current_dir(folder).env_clear().env("LANG", language).env("COLUMNS", "140");
    let output = command.args(words).output().unwrap();
    let text = [output.stderr, output.stdout].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    let mut lines: Vec<String> = text.lines().map(|line| line.trim_end().to_owned()).collect();
    lines.dedup_by(|a, b| a.is_empty() && b.is_empty());
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// The console as it is: every command with what it prints.
fn ran(folder: &Path, lines: &[String], language: &str) -> Vec<String> {
    let mut all = Vec::new();
    for line in lines.iter().filter(|line| line.starts_with("$ merilo ")) {
        if !all.is_empty() {
            all.push(String::new());
        }
        all.push(line.clone());
        let command = line.split("  #").next().unwrap();
        all.extend(printed(folder, &words(command)[2..], language));
    }
    all
}

#[test]
fn every_example_of_the_data_documents_prints_what_stands_there() {
    let update = std::env::var_os("MERILO_UPDATE_EXAMPLES").is_some();
    for (document, language) in DOCUMENTS {
        let text = std::fs::read_to_string(document).unwrap();
        let mut parts = parts(&text);
        let mut folder = tempfile::tempdir().unwrap();
        let (mut files, mut commands, mut different) = (0, 0, Vec::new());
        for part in &mut parts {
            match part {
                Part::Text(text) => {
                    if text.lines().any(|line| line.starts_with("## ") || line.starts_with("### ")) {
                        (folder, files) = (tempfile::tempdir().unwrap(), 0);
                    }
                }
                Part::Fence { info, lines } => {
                    let told: Vec<&str> = info.split_whitespace().collect();
                    if let [_, name, rest @ ..] = told.as_slice() {
                        let text = lines.join("\n") + "\n";
                        let encoding = rest.first().map_or("utf-8", |name| name);
                        let encoding = encoding_rs::Encoding::for_label(encoding.as_bytes()).unwrap();
                        let (bytes, _, lost) = encoding.encode(&text);
                        assert!(!lost, "{document}: {name} does not fit its encoding");
                        let place = folder.path().join(name);
                        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
                        std::fs::write(place, bytes).unwrap();
                        files += 1;
                    } else if info == "console" && files > 0 {
                        let now = ran(folder.path(), lines, language);
                        commands += now.iter().filter(|line| line.starts_with("$ ")).count();
                        if now != *lines {
                            different.push(format!("{document}, printed now:\n{}", now.join("\n")));
                            *lines = now;
                        }
                    }
                }
            }
        }
        assert!(commands >= 12, "{document}: only {commands} commands were run");
        if update {
            std::fs::write(document, written(&parts)).unwrap();
        } else {
            assert!(different.is_empty(), "{}", different.join("\n\n"));
        }
    }
}
