//! The dossier of one school: its page, and inside it the decision as steps that can be worked out again without the data of
//! the region.
//!
//! Like a record it has one form of writing only. `page` is the fingerprint of the page around the proof, `fingerprint` that of
//! the proof itself.

use serde::{Deserialize, Serialize};

use super::extract::Extract;
use super::fingerprint;

const SCHEMA: &str = "merilo/dossier/2";
const OPENING: &str = "<script type=\"application/json\" id=\"merilo-dossier\">\n";
const CLOSING: &str = "</script>";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dossier {
    pub schema: String,
    pub program: String,
    pub language: String,
    pub school: String,
    pub school_name: Option<String>,
    pub rules: DossierRules,
    /// The files of data that the region's run was made from.
    pub data: Vec<Named>,
    /// The cells of the school, and what other schools determine: everything that the decision is made from beside the rules.
    pub extract: Extract,
    /// Steps come before the steps that use them.
    pub steps: Vec<StepEntry>,
    pub page: String,
    pub fingerprint: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DossierRules {
    pub title: String,
    pub version: Option<String>,
    pub set: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// Every file of the rules, whole.
    pub files: Vec<RulesText>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulesText {
    pub file: String,
    pub sha256: String,
    /// The first eight digits of the fingerprint of each line, one after the other: they tell which line was changed.
    pub lines: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    pub file: String,
    pub sha256: String,
}

/// One step. What the operations mean is in `docs/record.md`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepEntry {
    pub label: String,
    pub op: String,
    /// Positions of earlier steps, from 0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<usize>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<String>,
    /// What the run found.
    pub value: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// `category`, `group` or `criterion`: a decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
}

/// What a file is that should be a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DossierProblem {
    /// There is no proof in it, or one that cannot be read.
    Malformed,
    /// The proof is not as it was written: the line of the file where that shows, 0 when only the fingerprint tells.
    ProofChanged { line: usize },
    /// The page around it is not as it was written.
    PageChanged,
    /// A text of the rules is not the one of its fingerprint: the file and the line, 0 when that does not show.
    RulesChanged { file: String, line: usize },
}

impl Dossier {
    /// Puts the proof into a page, before the end of its body.
    ///
    /// # Errors
    /// None that can happen with plain data.
    pub fn into_page(&self, page: &str) -> Result<String, serde_json::Error> {
        let mut sealed = Dossier {
            schema: SCHEMA.to_owned(),
            page: fingerprint::of_bytes(page.as_bytes()),
            fingerprint: String::new(),
            ..self.clone()
        };
        sealed.fingerprint = fingerprint::of_bytes(sealed.text()?.as_bytes());
        let (before, after) = page.rsplit_once("</body>").unwrap_or((page, ""));
        let end = if page.contains("</body>") { "</body>" } else { "" };
        Ok(format!("{before}{OPENING}{}{CLOSING}{end}{after}", sealed.text()?))
    }

    /// `<` never stands in the proof, so that nothing in it can end it.
    fn text(&self) -> Result<String, serde_json::Error> {
        Ok(serde_json::to_string_pretty(self)?.replace('<', "\\u003c") + "\n")
    }

    /// The page around the proof, as it was before the proof was put in.
    pub fn page_around(page: &str) -> Option<String> {
        let (before, rest) = page.split_once(OPENING)?;
        let (_, after) = rest.split_once(CLOSING)?;
        Some(format!("{before}{after}"))
    }

    /// The proof of a page, and everything that is not as it was written.
    pub fn parse(page: &str) -> (Option<Dossier>, Vec<DossierProblem>) {
        let parts = page.split_once(OPENING).and_then(|(before, rest)| {
            let (proof, after) = rest.split_once(CLOSING)?;
            Some((before, proof, after))
        });
        let Some((before, proof, after)) = parts else { return (None, vec![DossierProblem::Malformed]) };
        let Ok(dossier) = serde_json::from_str::<Dossier>(proof) else {
            return (None, vec![DossierProblem::Malformed]);
        };
        let mut problems = Vec::new();
        let unsealed = Dossier { schema: SCHEMA.to_owned(), fingerprint: String::new(), ..dossier.clone() };
        let sealed = unsealed.text().map(|text| fingerprint::of_bytes(text.as_bytes())).unwrap_or_default();
        let again = dossier.text().unwrap_or_default();
        if again != proof || dossier.schema != SCHEMA || dossier.fingerprint != sealed {
            let first = before.matches('\n').count() + OPENING.matches('\n').count() + 1;
            let same = again.lines().zip(proof.lines()).take_while(|(a, b)| a == b).count();
            let line = if again == proof { 0 } else { first + same };
            problems.push(DossierProblem::ProofChanged { line });
        }
        if fingerprint::of_bytes(format!("{before}{after}").as_bytes()) != dossier.page {
            problems.push(DossierProblem::PageChanged);
        }
        for file in &dossier.rules.files {
            let line = fingerprint::first_other_line(&file.text, &file.lines);
            if line.is_some() || fingerprint::of_bytes(file.text.as_bytes()) != file.sha256 {
                problems.push(DossierProblem::RulesChanged { file: file.file.clone(), line: line.unwrap_or(0) });
            }
        }
        (Some(dossier), problems)
    }
}
