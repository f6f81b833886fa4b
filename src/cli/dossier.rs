//! The dossier of one school: the page of its explanation with a proof inside.

use std::io;
use std::path::Path;

use super::record::PROGRAM;
use super::work::Work;
use crate::data;
use crate::explain::Explanation;
use crate::pipeline::{self, Variant};
use crate::record::dossier::{Dossier, DossierRules, Named, RulesText};
use crate::record::fingerprint;
use crate::report::explanation::Teller;
use crate::report::{calculator, dossier, html};

/// The page. `work`: without the judged schools, which the teller knows.
///
/// # Errors
/// When a file of the data cannot be read again for its fingerprint.
pub(super) fn page(
    work: &Work,
    manifest: &Path,
    variant: &Variant,
    explanation: &Explanation,
    teller: &Teller<'_>,
) -> io::Result<String> {
    let mut files = Vec::new();
    for (name, (_, bytes)) in pipeline::names_below(&work.files).into_iter().zip(&work.files) {
        let (text, _) = pipeline::decode(bytes.clone())?;
        files.push(RulesText { file: name, sha256: fingerprint::of_bytes(text.as_bytes()), text });
    }
    let mut inputs = Vec::new();
    for file in data::files(work.manifest.as_deref().unwrap_or(manifest)) {
        let (_, sha256) = fingerprint::of_file(&file.path)?;
        inputs.push(Named { file: file.name, sha256 });
    }
    let header = &teller.rules.header;
    let made = Dossier {
        schema: String::new(),
        program: PROGRAM.to_owned(),
        language: teller.speaker.language().code().to_owned(),
        school: explanation.school.code.to_string(),
        school_name: explanation.school.title.as_ref().map(ToString::to_string),
        rules: DossierRules {
            title: header.title.to_string(),
            version: header.version.as_ref().map(ToString::to_string),
            set: variant.set.clone(),
            scenario: teller.rules.scenario.as_ref().map(|scenario| scenario.title.to_string()),
            files,
        },
        data: inputs,
        steps: dossier::steps(&calculator::calculator(explanation, teller)),
        page: String::new(),
        fingerprint: String::new(),
    };
    made.into_page(&html::render(&teller.page(explanation))).map_err(io::Error::from)
}
