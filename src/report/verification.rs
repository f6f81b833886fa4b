//! What a verification found, as a page and as JSON (`merilo/verification/1`).

use serde::Serialize;

use super::page::{Block, Page, Piece, Tone};
use crate::messages::Speaker;
use crate::record::finding::{Finding, State, worst};

#[derive(Debug, Serialize)]
struct Document {
    schema: &'static str,
    language: &'static str,
    result: &'static str,
    findings: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Entry {
    state: &'static str,
    kind: &'static str,
    message: String,
}

/// What was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verified {
    Run,
    Dossier,
}

/// One line a finding, the conclusion last.
pub fn page(verified: Verified, findings: &[Finding], speaker: &Speaker) -> Page {
    let mut blocks: Vec<Block> = findings
        .iter()
        .map(|finding| {
            let mark = Piece::new(speaker.word(mark(finding.state)), tone(finding.state));
            Block::Paragraph(vec![mark, Piece::plain(" "), Piece::plain(speaker.say(finding.id, &finding.arguments))])
        })
        .collect();
    let conclusion = match worst(findings) {
        State::Holds | State::Remark => "verify-all-holds",
        State::Open => "verify-incomplete",
        State::Differs => "verify-differs",
    };
    blocks.push(Block::Heading(speaker.word(conclusion)));
    let title = match verified {
        Verified::Run => "verify-title",
        Verified::Dossier => "verify-dossier-title",
    };
    Page { title: speaker.word(title), language: speaker.language(), blocks }
}

/// The same for programs.
///
/// # Errors
/// None that can happen with plain data.
pub fn json(findings: &[Finding], speaker: &Speaker) -> Result<String, serde_json::Error> {
    let entry = |finding: &Finding| Entry {
        state: code(finding.state),
        kind: finding.id.strip_prefix("verify-").unwrap_or(finding.id),
        message: speaker.say(finding.id, &finding.arguments),
    };
    let document = Document {
        schema: "merilo/verification/1",
        language: speaker.language().code(),
        result: match worst(findings) {
            State::Open => "incomplete",
            other => code(other),
        },
        findings: findings.iter().map(entry).collect(),
    };
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}

fn code(state: State) -> &'static str {
    match state {
        State::Holds => "holds",
        State::Remark => "remark",
        State::Open => "open",
        State::Differs => "differs",
    }
}

fn mark(state: State) -> &'static str {
    match state {
        State::Holds => "mark-holds",
        State::Remark => "mark-remark",
        State::Open => "mark-open",
        State::Differs => "mark-differs",
    }
}

fn tone(state: State) -> Tone {
    match state {
        State::Holds => Tone::Strong,
        State::Remark => Tone::Faint,
        State::Open => Tone::Open,
        State::Differs => Tone::Met,
    }
}
