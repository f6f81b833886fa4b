//! The verbs about files of data: which files, and what is stated of how they are written.
//!
//! Reads signs by the names that people give them; opens nothing.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::groups::help_flag;
use crate::cli::request::{Asked, DataVerb, Format};
use crate::diagnostic::Argument;
use crate::messages::Speaker;
use crate::number::Number;
use crate::number::parse::number;
use crate::tables::dialect::Stated;
use crate::tables::encoding::Encoding;
use crate::tables::find::Place;
use crate::tables::limits::Limits;
use crate::tables::{Options, named};

/// What a value has to look like, by the option: ids of messages.
const EXPECTED: &[(&str, &str)] = &[
    ("--encoding", "usage-expected-encoding"),
    ("--separator", "usage-expected-separator"),
    ("--quote", "usage-expected-sign"),
    ("--escape", "usage-expected-sign"),
    ("--record-end", "usage-expected-record-end"),
    ("--header", "usage-expected-header"),
    ("--columns", "usage-expected-columns"),
    ("--first-row", "usage-expected-row"),
    ("--last-row", "usage-expected-row"),
    ("--table", "usage-expected-row"),
    ("--max-bytes", "usage-expected-row"),
    ("--max-unpacked", "usage-expected-row"),
    ("--max-rows", "usage-expected-row"),
    ("--max-columns", "usage-expected-row"),
    ("--max-cells", "usage-expected-row"),
    ("--max-cell", "usage-expected-row"),
    ("--jump", "usage-expected-jump"),
];

/// `data` with its verbs.
pub(super) fn command(speaker: &Speaker, verb: &dyn Fn(&'static str, &str, &str) -> Command) -> Command {
    let word = |id: &str| speaker.word(id);
    let path = |name: &'static str, value: &str, help: &str| {
        Arg::new(name).value_name(word(value)).help(word(help)).value_parser(clap::value_parser!(PathBuf))
    };
    let own = |name: &'static str, about: &str, usage: &str, output: &str, format: (&str, &'static [&'static str])| {
        let (help, names) = format;
        let format = Arg::new("format").long("format").value_name(word("value-format")).help(word(help));
        let format = format.value_parser(clap::builder::PossibleValuesParser::new(names.iter().copied()));
        verb(name, about, usage)
            .arg(path("files", "value-files", "help-data-files").required(true).num_args(1..))
            .arg(path("output", "value-file", output).long("output").short('o'))
            .arg(format.hide_possible_values(true))
            .args(stated(speaker))
    };
    let all = Arg::new("all").long("all").action(ArgAction::SetTrue).help(word("help-export-all"));
    Command::new("data")
        .about(word("help-data-verbs"))
        .override_usage(word("usage-data"))
        .help_template(word("help-template-data"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(help_flag(speaker))
        .subcommand(own(
            "show",
            "help-data-show",
            "usage-data-show",
            "help-output-file",
            ("help-format-data-show", &["text", "json", "md", "html"]),
        ))
        .subcommand(
            own(
                "infer",
                "help-data-infer",
                "usage-data-infer",
                "help-output-infer",
                ("help-format-check", &["text", "json"]),
            )
            .arg(Arg::new("force").long("force").action(ArgAction::SetTrue).help(word("help-force"))),
        )
        .subcommand(
            own(
                "check",
                "help-data-check",
                "usage-data-check",
                "help-output-data-check",
                ("help-format-data-check", &["text", "json", "xlsx"]),
            )
            .arg(path("rules", "value-rules", "help-check-rules").long("rules"))
            .arg(
                Arg::new("jump")
                    .long("jump")
                    .value_name(word("value-number"))
                    .help(word("help-jump"))
                    .value_parser(positive),
            ),
        )
        .subcommand(
            own(
                "export",
                "help-data-export",
                "usage-data-export",
                "help-output-export",
                ("help-format-data-export", &["csv", "xlsx", "jsonl"]),
            )
            .arg(all.requires("output").conflicts_with_all(["sheet", "table"])),
        )
}

/// What can be stated of a file.
fn stated(speaker: &Speaker) -> Vec<Arg> {
    let word = |id: &str| speaker.word(id);
    let value = |name: &'static str, value: &str, help: &str| {
        Arg::new(name).long(name).value_name(word(value)).help(word(help)).allow_hyphen_values(true)
    };
    let flag = |name: &'static str, help: &str| Arg::new(name).long(name).action(ArgAction::SetTrue).help(word(help));
    let whole = |name: &'static str, help: &str| {
        value(name, "value-number", help).value_parser(clap::value_parser!(u64).range(1..))
    };
    vec![
        value("sheet", "value-sheet", "help-sheet"),
        value("table", "value-number", "help-table").value_parser(clap::value_parser!(u32).range(1..)),
        value("member", "value-file", "help-member"),
        value("encoding", "value-encoding", "help-encoding").value_parser(|t: &str| Encoding::named(t).ok_or(Unfit)),
        value("separator", "value-sign", "help-separator").value_parser(|t: &str| named::sign(t).ok_or(Unfit)),
        value("quote", "value-sign", "help-quote").value_parser(|t: &str| named::mark(t).ok_or(Unfit)),
        value("escape", "value-sign", "help-escape").value_parser(|t: &str| named::mark(t).ok_or(Unfit)),
        value("record-end", "value-sign", "help-record-end").value_parser(|t: &str| named::ends(t).ok_or(Unfit)),
        value("header", "value-rows", "help-header").value_parser(|t: &str| named::rows(t).ok_or(Unfit)),
        whole("first-row", "help-first-row"),
        whole("last-row", "help-last-row"),
        value("columns", "value-columns", "help-columns").value_parser(|t: &str| named::columns(t).ok_or(Unfit)),
        flag("without-totals", "help-without-totals"),
        flag("all-rows", "help-all-rows").conflicts_with("without-totals"),
        whole("max-bytes", "help-max-bytes"),
        whole("max-unpacked", "help-max-unpacked"),
        whole("max-rows", "help-max-rows"),
        whole("max-columns", "help-max-columns"),
        whole("max-cells", "help-max-cells"),
        whole("max-cell", "help-max-cell"),
    ]
}

fn positive(text: &str) -> Result<Number, Unfit> {
    number(text).filter(|number| !number.is_negative() && !number.is_zero()).ok_or(Unfit)
}

/// A value that is none of its option; what is said of it is chosen by the option.
#[derive(Debug)]
struct Unfit;

impl std::fmt::Display for Unfit {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Unfit {}

/// What was to be written behind an option; `named` is the option as the argument library names it.
pub(super) fn expected(named: &str, speaker: &Speaker) -> Option<String> {
    let option = named.split_whitespace().next()?;
    let (_, id) = EXPECTED.iter().find(|(known, _)| *known == option)?;
    let encodings = Encoding::EACH.map(Encoding::name).join(", ");
    Some(speaker.say(id, &[("names", Argument::Text(encodings))]))
}

/// The verb with what it was asked.
pub(super) fn request(name: &str, own: &ArgMatches) -> Option<(DataVerb, Asked)> {
    let text = |id: &str| own.get_one::<String>(id).cloned();
    let whole = |id: &str| own.get_one::<u64>(id).copied();
    let limits = Limits::default();
    let options = Options {
        encoding: own.get_one::<Encoding>("encoding").copied(),
        other_encoding: None,
        text: Stated {
            separator: text("separator"),
            quote: own.get_one::<Option<char>>("quote").copied(),
            escape: own.get_one::<Option<char>>("escape").copied(),
            ends: own.get_one("record-end").cloned(),
            inside: None,
        },
        place: Place {
            header: own.get_one::<Option<(u64, u64)>>("header").copied(),
            first: whole("first-row"),
            last: whole("last-row"),
            columns: own.get_one::<(u32, u32)>("columns").copied(),
            without_totals: own.get_flag("without-totals"),
            all_rows: own.get_flag("all-rows"),
            several: own.contains_id("table"),
        },
        sheet: text("sheet"),
        member: text("member"),
        limits: Limits {
            bytes: whole("max-bytes").unwrap_or(limits.bytes),
            unpacked: whole("max-unpacked").unwrap_or(limits.unpacked),
            rows: whole("max-rows").unwrap_or(limits.rows),
            columns: whole("max-columns").unwrap_or(limits.columns),
            cells: whole("max-cells").unwrap_or(limits.cells),
            cell: whole("max-cell").unwrap_or(limits.cell),
        },
    };
    let verb = match name {
        "show" => DataVerb::Show,
        "infer" => DataVerb::Infer { force: own.get_flag("force") },
        "check" => DataVerb::Check {
            rules: own.get_one::<PathBuf>("rules").cloned(),
            jump: own.get_one::<Number>("jump").cloned(),
        },
        "export" => DataVerb::Export { all: own.get_flag("all") },
        _ => return None,
    };
    let asked = Asked {
        files: own.get_many::<PathBuf>("files").into_iter().flatten().cloned().collect(),
        options,
        table: own.get_one::<u32>("table").and_then(|n| usize::try_from(*n).ok()),
        output: own.get_one::<PathBuf>("output").cloned(),
        format: own.get_one::<String>("format").and_then(|name| Format::from_name(name)),
    };
    Some((verb, asked))
}
