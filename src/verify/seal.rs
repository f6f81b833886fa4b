//! A seal against what it seals.

use crate::record::RECORD_FILE;
use crate::record::finding::{Finding, State};
use crate::record::seal::{self, Seal, SealProblem};

/// What was sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sealed {
    Run,
    Dossier,
}

/// `text`: of the seal, where there is one; `key`: the public key that it must be of, where one is asked for.
pub(super) fn sealed(what: Sealed, text: Option<&str>, bytes: &[u8], key: Option<&str>, found: &mut Vec<Finding>) {
    let Some(text) = text else {
        if key.is_some() {
            let missing = match what {
                Sealed::Run => "verify-seal-missing",
                Sealed::Dossier => "verify-seal-missing-dossier",
            };
            found.push(Finding::new(State::Differs, missing));
        }
        return;
    };
    let name = match what {
        Sealed::Run => RECORD_FILE,
        Sealed::Dossier => seal::DOSSIER,
    };
    let wanted = key.map(|pem| seal::public_key(pem).unwrap_or_default());
    found.push(match (Seal::check(text, name, bytes, wanted.as_deref()), key) {
        (Ok(seal), Some(_)) => Finding::new(State::Holds, "verify-seal-whole").text("key", seal.key),
        (Ok(seal), None) => Finding::new(State::Remark, "verify-seal-unknown-key").text("key", seal.key),
        (Err(problem), _) => Finding::new(
            State::Differs,
            match (problem, what) {
                (SealProblem::Malformed, _) => "verify-seal-malformed",
                (SealProblem::OtherFile, Sealed::Run) => "verify-seal-other-file",
                (SealProblem::OtherFile, Sealed::Dossier) => "verify-seal-other-dossier",
                (SealProblem::WrongSignature, _) => "verify-seal-wrong",
                (SealProblem::OtherKey, _) => "verify-seal-other-key",
            },
        ),
    });
}
