//! Registered decisions of people in words: the same in lists, summaries, explanations and papers.
//!
//! Says what stands in the rules and what was counted; decides nothing.

use super::page::{Header, Piece, Table, Tone};
use super::words::category_word;
use crate::decision::{Run, Verdict};
use crate::diagnostic::Argument;
use crate::explain::Summary;
use crate::explain::summary::{CategorySummary, RegisteredSchool};
use crate::messages::Speaker;
use crate::model::{CategoryId, Registered, RegisteredAction, RuleSet};

fn text(text: impl Into<String>) -> Argument {
    Argument::Text(text.into())
}

fn count(value: usize) -> Argument {
    Argument::Count(i64::try_from(value).unwrap_or(i64::MAX))
}

fn action(action: RegisteredAction) -> Argument {
    text(code(action))
}

/// The word of an action for programs.
pub fn code(action: RegisteredAction) -> &'static str {
    match action {
        RegisteredAction::Include => "include",
        RegisteredAction::Exclude => "exclude",
    }
}

/// `включена решением`
pub fn short(decision: &Registered, speaker: &Speaker) -> String {
    speaker.say("registered-short", &[("action", action(decision.action))])
}

/// What a decision does to the list, for programs: it `changes` it, leaves it the `same`, or settles what is `open`.
pub fn effect_code(action: RegisteredAction, computed: Verdict) -> &'static str {
    match (action, computed) {
        (RegisteredAction::Include, Verdict::Met) => "same",
        (RegisteredAction::Include, _) | (RegisteredAction::Exclude, Verdict::Met) => "changes",
        (RegisteredAction::Exclude, Verdict::Undetermined(_)) => "open",
        (RegisteredAction::Exclude, _) => "same",
    }
}

/// What stands above the lines of a decision.
pub fn head(decision: &Registered, computed: Verdict, speaker: &Speaker) -> String {
    let effect = ("effect", text(effect_code(decision.action, computed)));
    speaker.say("explain-registered", &[("action", action(decision.action)), effect])
}

/// `включена решением: распоряжение № 15-р от 12.02.2019, действует по 31.12.2019`
pub fn said(decision: &Registered, speaker: &Speaker) -> String {
    let arguments = [
        ("action", action(decision.action)),
        ("document", text(decision.document.as_ref())),
        ("dated", Argument::Date(decision.dated)),
        ("until", Argument::Date(decision.until)),
    ];
    speaker.say("registered-said", &arguments)
}

/// Document, author, reason, time and what the computation says without the decision, one a line.
pub fn lines(decision: &Registered, computed: Verdict, speaker: &Speaker) -> Vec<String> {
    let document = [("document", text(decision.document.as_ref())), ("dated", Argument::Date(decision.dated))];
    let period = [("from", Argument::Date(decision.from)), ("until", Argument::Date(decision.until))];
    vec![
        speaker.say("registered-document", &document),
        speaker.say("registered-author", &[("author", text(decision.author.as_ref()))]),
        speaker.say("registered-reason", &[("reason", text(decision.reason.as_ref()))]),
        speaker.say("registered-period", &period),
        self::computed(computed, speaker),
    ]
}

/// What the computation says without the decision.
pub fn computed(verdict: Verdict, speaker: &Speaker) -> String {
    speaker.say("registered-computed", &[("verdict", text(speaker.word(category_word(verdict))))])
}

/// What the decisions about a category change; `None`: there are none.
pub fn effect(category: &CategorySummary, title: &str, speaker: &Speaker) -> Option<String> {
    let decisions = &category.registered;
    if decisions.is_empty() {
        return None;
    }
    let changed = |includes: bool| decisions.iter().filter(|d| d.has_effect() && d.includes() == includes).count();
    let same = decisions.iter().filter(|d| !d.has_effect()).count();
    let arguments = [
        ("category", text(title)),
        ("computed", count(category.counts.met)),
        ("included", count(changed(true))),
        ("excluded", count(changed(false))),
        ("same", count(same)),
        ("listed", count(category.listed)),
    ];
    Some(speaker.say("registered-effect", &arguments))
}

/// All decisions with what the computation says without them.
pub fn table(summary: &Summary, speaker: &Speaker) -> Option<Table> {
    let heads = ["head-category", "registered-head-school", "registered-head-action", "registered-head-document"];
    let more = ["registered-head-until", "registered-head-computed"];
    let headers = heads.into_iter().chain(more).map(|id| Header::text(speaker.word(id))).collect();
    let row = |category: &CategorySummary, decided: &RegisteredSchool| {
        let decision = &decided.decision;
        let document = [("document", text(decision.document.as_ref())), ("dated", Argument::Date(decision.dated))];
        vec![
            Piece::plain(category.name.to_string()),
            Piece::plain(super::explanation::school_title(&decided.school)),
            Piece::plain(short(decision, speaker)),
            Piece::plain(speaker.say("registered-dated", &document)),
            Piece::plain(speaker.date(decision.until)),
            Piece::new(speaker.word(category_word(decided.computed)), Tone::of(decided.computed)),
        ]
    };
    let rows: Vec<_> =
        summary.categories.iter().flat_map(|c| c.registered.iter().map(move |decided| row(c, decided))).collect();
    (!rows.is_empty()).then(|| Table { title: String::new(), headers, rows })
}

/// What a list says of the schools that people decided about: rows in order with their text.
pub(super) fn by_row(rules: &RuleSet, run: &Run, category: CategoryId, speaker: &Speaker) -> Vec<(usize, String)> {
    let here = run.registrations.iter().filter(|registration| registration.category == category);
    let told = here.filter_map(|r| Some((r.row, said(rules.registered.get(r.id.index())?, speaker))));
    told.collect()
}
