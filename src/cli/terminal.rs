//! The terminal and the files of a host: output, progress bars, files written whole or not at all.
//!
//! The only file that knows the progress bar library, prints, or replaces a file. Knows no rules.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::language::Language;
use crate::messages::Speaker;
use crate::progress::{Progress, Stage};

/// The day by the clock of this machine, of Greenwich; without a clock the last day there is.
pub fn today() -> jiff::civil::Date {
    let seconds = std::time::SystemTime::UNIX_EPOCH.elapsed().map_or(0, |elapsed| elapsed.as_secs());
    let days = i64::try_from(seconds / 86_400).unwrap_or(i64::MAX);
    let since = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(days));
    since.ok().filter(|_| days > 0).unwrap_or(jiff::civil::Date::MAX)
}

/// What the surroundings allow.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    pub colour_out: bool,
    pub colour_err: bool,
    pub bars: bool,
    pub width: u16,
}

impl Terminal {
    pub fn new(quiet: bool) -> Terminal {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let plain = set("NO_COLOR") || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let columns = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
        let width = columns
            .or_else(|| crate::report::text::terminal_width().filter(|_| io::stdout().is_terminal()))
            .unwrap_or(120);
        Terminal {
            colour_out: !plain && io::stdout().is_terminal(),
            colour_err: !plain && io::stderr().is_terminal(),
            bars: !quiet && io::stderr().is_terminal(),
            width: width.clamp(60, 200),
        }
    }
}

/// The language of the environment.
pub fn locale() -> Option<Language> {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .and_then(|value| Language::from_code(&value))
}

/// Writes to the standard output; a reader that went away is no error.
///
/// # Errors
/// Anything but a broken pipe.
pub fn print(text: &str) -> io::Result<()> {
    print_with(|out| out.write_all(text.as_bytes()))
}

/// Likewise, written piece by piece.
///
/// # Errors
/// Anything but a broken pipe.
pub fn print_with(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Writes to the error output, as far as anybody listens.
pub fn warn(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Writes a file whole or not at all: under a temporary name beside it, then renamed. Whole for whoever reads it, also when
/// the program is stopped; not a promise about power cuts, for which the disk would have to be waited for. A link stays a
/// link, and the file it leads to is replaced; a device or a pipe is never replaced, it is written to.
///
/// # Errors
/// What the operating system refuses; then the old file is as it was.
pub fn write_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let old = std::fs::metadata(path).ok();
    if old.as_ref().is_some_and(|old| !old.is_file() && !old.is_dir()) {
        let mut out = io::BufWriter::new(std::fs::OpenOptions::new().write(true).open(path)?);
        return write(&mut out).and_then(|()| out.flush());
    }
    let path = if old.is_some() { path.canonicalize()? } else { path.to_path_buf() };
    let temporary = temporary_name(&path);
    let result = std::fs::OpenOptions::new().write(true).create_new(true).open(&temporary).and_then(|file| {
        let mut out = io::BufWriter::with_capacity(1 << 20, file);
        write(&mut out)?;
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        // a replaced file keeps its rights
        if let Some(old) = old {
            file.set_permissions(old.permissions())?;
        }
        std::fs::rename(&temporary, &path)
    });
    if result.is_err() {
        let _ = std::fs::remove_file(&temporary);
    }
    result
}

/// Writes a folder whole or not at all: filled under a temporary name beside it, then renamed. What was there before goes away
/// when the new one is in its place.
///
/// # Errors
/// What the operating system refuses; then the old folder is as it was.
pub fn write_folder(path: &Path, fill: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
    let path = if path.exists() { path.canonicalize()? } else { path.to_path_buf() };
    if let Some(above) = path.parent().filter(|above| !above.as_os_str().is_empty()) {
        std::fs::create_dir_all(above)?;
    }
    let temporary = temporary_name(&path);
    let result =
        std::fs::create_dir(&temporary).and_then(|()| fill(&temporary)).and_then(|()| replace(&path, &temporary));
    if result.is_err() {
        let _ = std::fs::remove_dir_all(&temporary);
    }
    result
}

/// Puts a folder in the place of another one, which is removed last.
fn replace(path: &Path, new: &Path) -> io::Result<()> {
    if !path.exists() {
        return std::fs::rename(new, path);
    }
    let mut old = temporary_name(path).into_os_string();
    old.push(".old");
    std::fs::rename(path, &old)?;
    if let Err(error) = std::fs::rename(new, path) {
        std::fs::rename(&old, path)?;
        return Err(error);
    }
    std::fs::remove_dir_all(&old)
}

/// Writes a new file that only its owner can read, where the system knows owners.
///
/// # Errors
/// What the operating system refuses; also when the file is there.
pub fn write_secret(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(bytes)
}

fn temporary_name(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}

/// Progress bars on the error output.
#[derive(Debug)]
pub struct Bars {
    words: [String; 6],
    bar: Mutex<Option<ProgressBar>>,
}

impl Bars {
    pub fn new(speaker: &Speaker) -> Bars {
        let words = [
            "progress-read-data",
            "progress-evaluate",
            "progress-recheck",
            "progress-compare",
            "progress-vary",
            "progress-write",
        ];
        let words = words.map(|id| speaker.word(id));
        Bars { words, bar: Mutex::new(None) }
    }

    fn with(&self, change: impl FnOnce(&mut Option<ProgressBar>)) {
        if let Ok(mut bar) = self.bar.lock() {
            change(&mut bar);
        }
    }
}

impl Progress for Bars {
    fn start(&self, stage: Stage, total: Option<u64>) {
        let [read, evaluate, recheck, compare, vary, write] = &self.words;
        let word = match stage {
            Stage::ReadData => read,
            Stage::Evaluate => evaluate,
            Stage::Recheck => recheck,
            Stage::Compare => compare,
            Stage::Vary => vary,
            Stage::Write => write,
        };
        let bar = total.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
        let template = if total.is_some() { "{msg} {bar:30} {percent} %" } else { "{msg} {spinner}" };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(word.clone());
        bar.enable_steady_tick(Duration::from_millis(200));
        self.with(|slot| *slot = Some(bar));
    }

    fn advance(&self, units: u64) {
        self.with(|slot| {
            if let Some(bar) = slot {
                bar.inc(units);
            }
        });
    }

    fn finish(&self) {
        self.with(|slot| {
            if let Some(bar) = slot.take() {
                bar.finish_and_clear();
            }
        });
    }
}
