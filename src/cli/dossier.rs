//! The dossier of one school: the page of its explanation with a proof inside.

use std::io;
use std::path::Path;

use super::Host;
use super::record::PROGRAM;
use super::work::Work;
use crate::data;
use crate::pipeline::{self, Judged, Variant};
use crate::record::dossier::Named;
use crate::record::fingerprint;
use crate::report::dossier::{self, Making};

/// The page. `work`: without the judged schools, which come beside it.
///
/// # Errors
/// When a file of the data cannot be read again for its fingerprint, or the rules cannot be read a second time.
pub(super) fn page(
    host: &Host,
    work: &Work,
    manifest: &Path,
    variant: &Variant,
    judged: &Judged,
    school: usize,
) -> io::Result<String> {
    let mut texts = Vec::new();
    for (name, (_, bytes)) in pipeline::names_below(&work.files).into_iter().zip(&work.files) {
        texts.push((name, pipeline::decode(bytes.clone())?.0));
    }
    let making = Making {
        program: PROGRAM,
        language: host.speaker.language(),
        texts: &texts,
        variant,
        data: &inputs(work.manifest.as_deref().unwrap_or(manifest))?,
    };
    let made = dossier::make(judged, school, &making).ok_or(io::ErrorKind::InvalidData)?;
    let page = dossier::remake(&made, host.language).map_err(|_| io::ErrorKind::InvalidData)?.page;
    made.into_page(&page).map_err(io::Error::from)
}

/// The files of the data with their fingerprints.
pub(super) fn inputs(manifest: &Path) -> io::Result<Vec<Named>> {
    let mut inputs = Vec::new();
    for file in data::files(manifest) {
        let (_, sha256) = fingerprint::of_file(&file.path)?;
        inputs.push(Named { file: file.name, sha256 });
    }
    Ok(inputs)
}
