//! The command line: raw words → what was asked for.
//!
//! The only place that knows the argument library. Every sentence is a message; does nothing that was asked for.

mod data;
mod groups;
mod mistakes;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command};

use self::groups::{document, doubts, grid, help_flag, number, pair, public};
use self::mistakes::mistake;
use super::request::{Answer, Changed, Doubts, Format, Number, Other, Others, Pair, Paper, Request, Verb};
use crate::language::Language;
use crate::messages::Speaker;
use crate::publication::MINIMUM;

/// How many threads can be asked for.
const THREADS: std::ops::RangeInclusive<i64> = 1..=1024;

/// Pupils of a small cohort, digits of rounded values, draws by chance.
const SMALL: std::ops::RangeInclusive<i64> = 1..=1_000_000;
const DIGITS: std::ops::RangeInclusive<i64> = 0..=12;
const DRAWS: std::ops::RangeInclusive<i64> = 1..=1_000_000;

/// The least number of pupils whose values can be asked to be shown.
const COHORTS: std::ops::RangeInclusive<i64> = 2..=1000;

/// Reads the words after the program's name. `locale`: what the environment says.
///
/// # Errors
/// What to say instead: help, or what is wrong with the command.
pub fn parse(words: &[OsString], locale: Option<Language>) -> Result<Request, Answer> {
    let language = asked_language(words).or(locale).unwrap_or_default();
    let speaker = Speaker::new(language);
    let program = std::iter::once(OsString::from("merilo")).chain(words.iter().cloned());
    match command(&speaker).try_get_matches_from(program) {
        Ok(matches) => request(&matches).ok_or_else(|| Answer::Usage(speaker.word("usage-no-command"))),
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            Err(Answer::Help(error.render().to_string()))
        }
        Err(error) if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Err(Answer::Usage(error.render().to_string()))
        }
        Err(error) => Err(Answer::Usage(mistake(&error, &speaker))),
    }
}

/// The language that help is wanted in, before anything else is understood.
fn asked_language(words: &[OsString]) -> Option<Language> {
    let mut words = words.iter().filter_map(|word| word.to_str());
    while let Some(word) = words.next() {
        if word == "--lang" {
            return words.next().and_then(Language::from_code);
        }
        if let Some(code) = word.strip_prefix("--lang=") {
            return Language::from_code(code);
        }
    }
    None
}

fn command(speaker: &Speaker) -> Command {
    let word = |id: &str| speaker.word(id);
    let top = word("help-template-program");
    let template = word("help-template-command");
    let path = |name: &'static str, value: &str, help: &str| {
        Arg::new(name).value_name(word(value)).help(word(help)).value_parser(clap::value_parser!(PathBuf))
    };
    let rules = || path("rules", "value-rules", "help-rules").required(true);
    let data_file = || path("data", "value-data", "help-data").long("data").short('d');
    let output = || path("output", "value-file", "help-output").long("output").short('o');
    let set =
        || Arg::new("set").long("set").value_name(word("value-set")).help(word("help-set")).action(ArgAction::Append);
    let scenario =
        || Arg::new("scenario").long("scenario").value_name(word("value-scenario")).help(word("help-scenario"));
    let scenario_file = || path("scenario-file", "value-file", "help-scenario-file").long("scenario-file");
    let format = |help: &str, names: &'static [&'static str]| {
        Arg::new("format")
            .long("format")
            .value_name(word("value-format"))
            .help(word(help))
            .value_parser(clap::builder::PossibleValuesParser::new(names.iter().copied()))
            .hide_possible_values(true)
    };
    let verb = |name: &'static str, about: &str, usage: &str| {
        Command::new(name)
            .about(word(about))
            .override_usage(word(usage))
            .help_template(template.clone())
            .disable_help_flag(true)
            .arg(help_flag(speaker))
    };
    Command::new("merilo")
        .version(env!("CARGO_PKG_VERSION"))
        .about(word("help-about"))
        .override_usage(word("usage-program"))
        .help_template(top)
        .after_help(word("help-exit-codes"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .infer_long_args(false)
        .color(clap::ColorChoice::Never)
        .arg(help_flag(speaker))
        .arg(Arg::new("version").long("version").short('V').action(ArgAction::Version).help(word("help-version")))
        .arg(
            Arg::new("lang")
                .long("lang")
                .global(true)
                .value_name("ru|en")
                .help(word("help-lang"))
                .value_parser(["ru", "en"])
                .hide_possible_values(true),
        )
        .arg(
            Arg::new("threads")
                .long("threads")
                .global(true)
                .value_name(word("value-number"))
                .help(word("help-threads"))
                .value_parser(clap::value_parser!(u16).range(THREADS)),
        )
        .arg(
            Arg::new("quiet").long("quiet").short('q').global(true).action(ArgAction::SetTrue).help(word("help-quiet")),
        )
        .subcommand(
            verb("check", "help-check", "usage-check")
                .arg(rules())
                .arg(data_file())
                .arg(set())
                .arg(scenario_file())
                .arg(format("help-format-check", &["text", "json"])),
        )
        .subcommand(
            verb("run", "help-run", "usage-run")
                .arg(rules())
                .arg(data_file().required(true))
                .arg(output())
                .arg(format("help-format", &["text", "json", "csv", "xlsx", "md", "html"]))
                .arg(scenario())
                .arg(scenario_file())
                .arg(set())
                .arg(Arg::new("recheck").long("recheck").action(ArgAction::SetTrue).help(word("help-recheck")))
                .args(public(speaker)),
        )
        .subcommand(
            verb("explain", "help-explain", "usage-explain")
                .arg(rules())
                .arg(data_file().required(true))
                .arg(
                    Arg::new("school")
                        .long("school")
                        .value_name(word("value-code"))
                        .help(word("help-school"))
                        .required(true),
                )
                .arg(output().help(word("help-output-file")))
                .arg(format("help-format-explain", &["text", "json", "md", "html", "xlsx"]))
                .arg(Arg::new("changes").long("changes").action(ArgAction::SetTrue).help(word("help-changes")))
                .arg(Arg::new("dossier").long("dossier").action(ArgAction::SetTrue).help(word("help-dossier")))
                .arg(scenario())
                .arg(scenario_file())
                .arg(set())
                .args(public(speaker)),
        )
        .subcommand(
            verb("compare", "help-compare", "usage-compare")
                .arg(rules())
                .arg(data_file().required(true))
                .arg(output().help(word("help-output-compare")))
                .arg(format("help-format-comparison", &["text", "json", "md", "html", "xlsx"]))
                .arg(
                    Arg::new("scenarios")
                        .long("scenario")
                        .value_name(word("value-scenario"))
                        .help(word("help-scenarios"))
                        .action(ArgAction::Append),
                )
                .arg(
                    Arg::new("capacity")
                        .long("capacity")
                        .value_name(word("value-capacity"))
                        .help(word("help-capacity"))
                        .action(ArgAction::Append),
                )
                .arg(path("with-rules", "value-rules", "help-with-rules").long("with-rules").action(ArgAction::Append))
                .arg(
                    Arg::new("with-revision")
                        .long("with-revision")
                        .value_name(word("value-revision"))
                        .help(word("help-with-revision"))
                        .action(ArgAction::Append),
                )
                .arg(path("with-data", "value-data", "help-with-data").long("with-data").action(ArgAction::Append))
                .arg(path("correspondence", "value-file", "help-correspondence").long("correspondence"))
                .arg(Arg::new("effects").long("effects").action(ArgAction::SetTrue).help(word("help-effects")))
                .arg(scenario_file())
                .arg(set()),
        )
        .subcommand(
            verb("threshold", "help-threshold", "usage-threshold")
                .arg(rules())
                .arg(data_file().required(true))
                .args(number(speaker))
                .arg(output().help(word("help-output-compare")))
                .arg(format("help-format-comparison", &["text", "json", "md", "html", "xlsx"]))
                .arg(scenario())
                .arg(scenario_file())
                .arg(set()),
        )
        .subcommand(
            verb("history", "help-history", "usage-history")
                .arg(path("folders", "value-folders", "help-folders").required(true).num_args(1..))
                .arg(
                    Arg::new("category")
                        .long("category")
                        .value_name(word("value-name"))
                        .help(word("help-history-category")),
                )
                .arg(Arg::new("school").long("school").value_name(word("value-code")).help(word("help-history-school")))
                .arg(path("costs", "value-file", "help-costs").long("costs"))
                .arg(
                    path("correspondence", "value-file", "help-history-correspondence")
                        .long("correspondence")
                        .action(ArgAction::Append),
                )
                .arg(output().help(word("help-output-compare")))
                .arg(format("help-format-comparison", &["text", "json", "md", "html", "xlsx"])),
        )
        .subcommand(
            verb("sweep", "help-sweep", "usage-sweep")
                .arg(rules())
                .arg(data_file().required(true))
                .args(grid(speaker))
                .arg(path("journal", "value-file", "help-journal").long("journal"))
                .arg(
                    Arg::new("resume")
                        .long("resume")
                        .action(ArgAction::SetTrue)
                        .requires("journal")
                        .help(word("help-resume")),
                )
                .arg(output().help(word("help-output-compare")))
                .arg(format("help-format-sweep", &["text", "json", "csv", "md", "html", "xlsx"]))
                .arg(scenario_file())
                .arg(set()),
        )
        .subcommand(
            verb("equal", "help-equal", "usage-equal")
                .args(pair(speaker))
                .arg(output().help(word("help-output-equal")))
                .arg(format("help-format-compare", &["text", "json", "md", "html"]))
                .group(clap::ArgGroup::new("where").args(["data", "search"]).required(true)),
        )
        .subcommand(
            verb("implies", "help-implies", "usage-implies")
                .args(pair(speaker))
                .arg(output().help(word("help-output-equal")))
                .arg(format("help-format-compare", &["text", "json", "md", "html"]))
                .group(clap::ArgGroup::new("where").args(["data", "search"]).required(true)),
        )
        .subcommand(
            verb("stability", "help-stability", "usage-stability")
                .arg(rules())
                .arg(data_file().required(true))
                .args(doubts(speaker))
                .arg(output().help(word("help-output-compare")))
                .arg(format("help-format-comparison", &["text", "json", "md", "html", "xlsx"]))
                .arg(scenario())
                .arg(scenario_file())
                .arg(set()),
        )
        .subcommand(document(speaker, &verb, &|name| match name {
            "rules" => rules(),
            "data" => data_file().required(true),
            "output" => output(),
            "scenario" => scenario(),
            "scenario-file" => scenario_file(),
            _ => set(),
        }))
        .subcommand(data::command(speaker, &verb))
        .subcommand(
            verb("verify", "help-verify", "usage-verify")
                .arg(path("folder", "value-recorded", "help-recorded").required(true))
                .arg(path("data", "value-data", "help-verify-data").long("data").short('d'))
                .arg(path("key", "value-file", "help-verify-key").long("key"))
                .arg(format("help-format-verify", &["text", "json"])),
        )
        .subcommand(
            verb("seal", "help-seal", "usage-seal")
                .arg(path("folder", "value-recorded", "help-sealed"))
                .arg(path("key", "value-file", "help-seal-key").long("key").required(true))
                .arg(Arg::new("new-key").long("new-key").action(ArgAction::SetTrue).help(word("help-new-key"))),
        )
        .subcommand(
            verb("fmt", "help-fmt", "usage-fmt")
                .arg(path("files", "value-files", "help-files").required(true).num_args(1..))
                .arg(Arg::new("check").long("check").action(ArgAction::SetTrue).help(word("help-fmt-check"))),
        )
        .subcommand(
            verb("explain-code", "help-explain-code", "usage-explain-code")
                .arg(Arg::new("code").value_name(word("value-message-code")).help(word("help-code")).required(true)),
        )
}

fn request(matches: &ArgMatches) -> Option<Request> {
    let (name, own) = matches.subcommand()?;
    let (name, own) = if matches!(name, "document" | "data") { own.subcommand()? } else { (name, own) };
    let of_data = matches.subcommand_name() == Some("data");
    let path = |id: &str| own.get_one::<PathBuf>(id).cloned();
    let changed = || Changed {
        set: own.get_many::<String>("set").into_iter().flatten().cloned().collect(),
        scenario: own.try_get_one::<String>("scenario").ok().flatten().cloned(),
        scenario_file: path("scenario-file"),
    };
    let format = || own.get_one::<String>("format").and_then(|name| Format::from_name(name));
    let public = || {
        let named = own.get_one::<u32>("minimum-cohort").and_then(|n| usize::try_from(*n).ok());
        own.get_flag("public").then(|| named.unwrap_or(MINIMUM))
    };
    let verb = match name {
        _ if of_data => {
            let (verb, asked) = data::request(name, own)?;
            Verb::Data { verb, asked }
        }
        "check" => Verb::Check {
            rules: path("rules")?,
            data: path("data"),
            changed: changed(),
            json: format() == Some(Format::Json),
        },
        "run" => Verb::Run {
            rules: path("rules")?,
            data: path("data")?,
            changed: changed(),
            output: path("output"),
            format: format(),
            recheck: own.get_flag("recheck"),
            public: public(),
        },
        "explain" => Verb::Explain {
            rules: path("rules")?,
            data: path("data")?,
            changed: changed(),
            school: own.get_one::<String>("school").cloned()?,
            output: path("output"),
            format: format(),
            dossier: own.get_flag("dossier"),
            changes: own.get_flag("changes"),
            public: public(),
        },
        "compare" => Verb::Compare {
            rules: path("rules")?,
            data: path("data")?,
            changed: changed(),
            scenarios: own.get_many::<String>("scenarios").into_iter().flatten().cloned().collect(),
            capacities: own.get_many::<String>("capacity").into_iter().flatten().cloned().collect(),
            others: Others {
                rules: own.get_many::<PathBuf>("with-rules").into_iter().flatten().cloned().collect(),
                revisions: own.get_many::<String>("with-revision").into_iter().flatten().cloned().collect(),
                data: own.get_many::<PathBuf>("with-data").into_iter().flatten().cloned().collect(),
                correspondence: path("correspondence"),
            },
            effects: own.get_flag("effects"),
            output: path("output"),
            format: format(),
        },
        "threshold" => {
            let one = |id: &str| own.get_one::<String>(id).cloned();
            Verb::Threshold {
                rules: path("rules")?,
                data: path("data")?,
                changed: changed(),
                number: Number {
                    name: one("parameter")?,
                    from: one("from"),
                    to: one("to"),
                    category: one("category"),
                    count: own.get_one::<usize>("count").copied(),
                    school: one("school"),
                    near: one("near"),
                },
                other: one("and").map(|name| Other { name, from: one("and-from"), to: one("and-to") }),
                output: path("output"),
                format: format(),
            }
        }
        "history" => Verb::History {
            folders: own.get_many::<PathBuf>("folders").into_iter().flatten().cloned().collect(),
            category: own.get_one::<String>("category").cloned(),
            school: own.get_one::<String>("school").cloned(),
            costs: path("costs"),
            correspondences: own.get_many::<PathBuf>("correspondence").into_iter().flatten().cloned().collect(),
            output: path("output"),
            format: format(),
        },
        "sweep" => Verb::Sweep {
            rules: path("rules")?,
            data: path("data")?,
            changed: changed(),
            over: own.get_many::<String>("over").into_iter().flatten().cloned().collect(),
            category: own.get_one::<String>("category").cloned(),
            journal: path("journal"),
            resume: own.get_flag("resume"),
            output: path("output"),
            format: format(),
        },
        "equal" | "implies" => {
            let one = |id: &str| own.get_one::<String>(id).cloned();
            let pair = Pair {
                first: path("first")?,
                second: path("second")?,
                data: path("data"),
                search: own.get_flag("search"),
                seed: own.get_one::<u64>("seed").copied(),
                cases: own.get_one::<u32>("cases").and_then(|cases| usize::try_from(*cases).ok()),
                category: one("category"),
                scenarios: (one("scenario-a"), one("scenario-b")),
            };
            let (output, format) = (path("output"), format());
            match name {
                "equal" => Verb::Equal { pair, output, format },
                _ => Verb::Implies { pair, output, format },
            }
        }
        "stability" => {
            let all = |id: &str| own.get_many::<String>(id).into_iter().flatten().cloned().collect();
            Verb::Stability {
                rules: path("rules")?,
                data: path("data")?,
                changed: changed(),
                doubts: Doubts {
                    category: own.get_one::<String>("category").cloned(),
                    only: all("only"),
                    without: all("without"),
                    small: own.get_one::<u32>("small").copied(),
                    digits: own.get_one::<u32>("digits").copied(),
                    errors: all("error"),
                    resample: own.get_one::<u32>("resample").copied(),
                    seed: own.get_one::<u64>("seed").copied(),
                },
                output: path("output"),
                format: format(),
            }
        }
        "list" | "note" | "letter" => Verb::Document {
            paper: match name {
                "list" => Paper::List,
                "note" => Paper::Note,
                _ => Paper::Letter(own.get_one::<String>("school").cloned()),
            },
            rules: path("rules")?,
            data: path("data")?,
            changed: changed(),
            output: path("output"),
            format: format(),
            public: public(),
        },
        "fmt" => Verb::Fmt {
            files: own.get_many::<PathBuf>("files").into_iter().flatten().cloned().collect(),
            check: own.get_flag("check"),
        },
        "verify" => Verb::Verify {
            folder: path("folder")?,
            data: path("data"),
            key: path("key"),
            json: format() == Some(Format::Json),
        },
        "seal" => Verb::Seal { folder: path("folder"), key: path("key")?, new_key: own.get_flag("new-key") },
        "explain-code" => Verb::ExplainCode { code: own.get_one::<String>("code").cloned()? },
        _ => return None,
    };
    Some(Request {
        language: own.get_one::<String>("lang").and_then(|code| Language::from_code(code)),
        threads: own.get_one::<u16>("threads").map(|n| usize::from(*n)),
        quiet: own.get_flag("quiet"),
        verb,
    })
}
