//! Arguments that several verbs share, and the verbs of papers.
//!
//! Declares only: what is meant by them is read in the parent.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command};

use super::{COHORTS, DIGITS, DRAWS, SMALL};
use crate::messages::Speaker;
use crate::stability::Kind;

/// The verb with a verb of its own for each paper. `common`: the arguments that other verbs have too, by name.
pub(super) fn document(
    speaker: &Speaker,
    verb: &dyn Fn(&'static str, &str, &str) -> Command,
    common: &dyn Fn(&str) -> Arg,
) -> Command {
    let word = |id: &str| speaker.word(id);
    let paper = |name: &'static str, about: &str, usage: &str, formats: &'static [&'static str]| {
        let format = Arg::new("format").long("format").value_name(word("value-format"));
        let format = format.help(word(if formats.len() > 2 { "help-format-list" } else { "help-format-paper" }));
        let format = format.value_parser(clap::builder::PossibleValuesParser::new(formats.iter().copied()));
        let output =
            common("output").help(word(if name == "letter" { "help-output-letter" } else { "help-output-paper" }));
        let command = verb(name, about, usage).arg(common("rules")).arg(common("data")).arg(output);
        let command = command.arg(format.hide_possible_values(true));
        command.arg(common("scenario")).arg(common("scenario-file")).arg(common("set")).args(public(speaker))
    };
    let school = Arg::new("school").long("school").value_name(word("value-code")).help(word("help-school"));
    let all = Arg::new("all").long("all").action(ArgAction::SetTrue).help(word("help-letter-all"));
    Command::new("document")
        .about(word("help-document"))
        .override_usage(word("usage-document"))
        .help_template(word("help-template-papers"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(help_flag(speaker))
        .subcommand(paper("list", "help-document-list", "usage-document-list", &["xlsx", "docx", "html"]))
        .subcommand(paper("note", "help-document-note", "usage-document-note", &["docx", "html"]))
        .subcommand(
            paper("letter", "help-document-letter", "usage-document-letter", &["docx", "html"])
                .arg(school)
                .arg(all.requires("output"))
                .group(clap::ArgGroup::new("to").args(["school", "all"]).required(true)),
        )
}

/// Which number of the rules, which of its values, and what is asked of them.
pub(super) fn number(speaker: &Speaker) -> [Arg; 10] {
    let value = |name: &'static str, value: &str, help: &str| {
        Arg::new(name).long(name).value_name(speaker.word(value)).help(speaker.word(help)).allow_hyphen_values(true)
    };
    [
        value("parameter", "value-name", "help-parameter").required(true),
        value("from", "value-number", "help-from"),
        value("to", "value-number", "help-to"),
        value("category", "value-name", "help-category"),
        value("count", "value-number", "help-count").value_parser(clap::value_parser!(usize)),
        value("school", "value-code", "help-threshold-school"),
        value("near", "value-number", "help-near").conflicts_with("and"),
        value("and", "value-name", "help-and"),
        value("and-from", "value-number", "help-and-from").requires("and"),
        value("and-to", "value-number", "help-and-to").requires("and"),
    ]
}

/// The dimensions of a grid, and whose lists are told.
pub(super) fn grid(speaker: &Speaker) -> [Arg; 2] {
    let over = Arg::new("over").long("over").value_name(speaker.word("value-over")).help(speaker.word("help-over"));
    let category = Arg::new("category").long("category").value_name(speaker.word("value-name"));
    [over.required(true).action(ArgAction::Append), category.help(speaker.word("help-category"))]
}

/// Two rules files, and the data on which they are held against each other.
pub(super) fn pair(speaker: &Speaker) -> [Arg; 9] {
    let word = |id: &str| speaker.word(id);
    let path = |name: &'static str, value: &str, help: &str| {
        Arg::new(name).value_name(word(value)).help(word(help)).value_parser(clap::value_parser!(PathBuf))
    };
    let value = |name: &'static str, value: &str, help: &str| {
        Arg::new(name).long(name).value_name(word(value)).help(word(help))
    };
    let number = |name: &'static str, help: &str| value(name, "value-number", help).requires("search");
    [
        path("first", "value-rules", "help-first").required(true),
        path("second", "value-rules", "help-second").required(true),
        path("data", "value-data", "help-data").long("data").short('d'),
        Arg::new("search").long("search").action(ArgAction::SetTrue).help(word("help-search")),
        number("seed", "help-seed").value_parser(clap::value_parser!(u64)),
        number("cases", "help-cases").value_parser(clap::value_parser!(u32).range(1..)),
        value("category", "value-name", "help-category"),
        value("scenario-a", "value-scenario", "help-scenario-a"),
        value("scenario-b", "value-scenario", "help-scenario-b"),
    ]
}

/// What is tried to see how sure a list is.
pub(super) fn doubts(speaker: &Speaker) -> [Arg; 8] {
    let value = |name: &'static str, value: &str, help: &str| {
        Arg::new(name).long(name).value_name(speaker.word(value)).help(speaker.word(help))
    };
    let kinds = |name: &'static str, help: &str| {
        value(name, "value-kinds", help)
            .action(ArgAction::Append)
            .value_delimiter(',')
            .value_parser(clap::builder::PossibleValuesParser::new(Kind::EACH.map(Kind::code)))
            .hide_possible_values(true)
    };
    [
        value("category", "value-name", "help-category"),
        kinds("only", "help-only"),
        kinds("without", "help-without"),
        value("small", "value-number", "help-small").value_parser(clap::value_parser!(u32).range(SMALL)),
        value("digits", "value-number", "help-digits").value_parser(clap::value_parser!(u32).range(DIGITS)),
        value("error", "value-error", "help-error").action(ArgAction::Append).allow_hyphen_values(true),
        value("resample", "value-number", "help-resample")
            .value_parser(clap::value_parser!(u32).range(DRAWS))
            .requires("error"),
        value("seed", "value-number", "help-draws-seed").value_parser(clap::value_parser!(u64)).requires("resample"),
    ]
}

/// For publication, and from how many pupils on.
pub(super) fn public(speaker: &Speaker) -> [Arg; 2] {
    let minimum = Arg::new("minimum-cohort").long("minimum-cohort").value_name(speaker.word("value-number"));
    [
        Arg::new("public").long("public").action(ArgAction::SetTrue).help(speaker.word("help-public")),
        minimum
            .help(speaker.word("help-minimum-cohort"))
            .value_parser(clap::value_parser!(u32).range(COHORTS))
            .requires("public"),
    ]
}

pub(super) fn help_flag(speaker: &Speaker) -> Arg {
    Arg::new("help").long("help").short('h').action(ArgAction::Help).help(speaker.word("help-help"))
}
