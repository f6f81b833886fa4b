//! A dossier of one school against itself: its page, its proof, the texts of its rules, and every step worked out again. Needs no
//! data of the region.

use crate::record::arithmetic::{agrees, held, worked_out};
use crate::record::dossier::{Dossier, DossierProblem, StepEntry};
use crate::record::finding::{Finding, State};

/// Steps named one by one; more are counted.
const MOST_STEPS: usize = 20;

/// Everything that can be found out about a dossier, in the order in which it was checked. `name`: of the file.
pub fn dossier(name: &str, page: &str, program: &str) -> Vec<Finding> {
    let (dossier, problems) = Dossier::parse(page);
    let mut found: Vec<Finding> = problems
        .iter()
        .map(|problem| match problem {
            DossierProblem::Malformed => Finding::new(State::Differs, "verify-dossier-malformed").text("file", name),
            DossierProblem::ProofChanged => Finding::new(State::Differs, "verify-dossier-proof").text("file", name),
            DossierProblem::PageChanged => Finding::new(State::Differs, "verify-dossier-page").text("file", name),
            DossierProblem::RulesChanged(rules) => {
                Finding::new(State::Differs, "verify-dossier-rules").text("file", name).text("rules", rules.as_str())
            }
        })
        .collect();
    let Some(dossier) = dossier else { return found };
    if found.is_empty() {
        let whole = Finding::new(State::Holds, "verify-dossier-whole").text("school", dossier.school.as_str());
        found.push(whole.text("sha256", dossier.fingerprint.as_str()));
    }
    if dossier.program != program {
        let other = Finding::new(State::Remark, "verify-other-program");
        found.push(other.text("then", dossier.program.as_str()).text("now", program));
    }
    arithmetic(&dossier, &mut found);
    found.push(Finding::new(State::Remark, "verify-dossier-given").count("count", given(&dossier.steps)));
    found
}

fn given(steps: &[StepEntry]) -> usize {
    steps.iter().filter(|step| step.op == "given" && step.place.is_none()).count()
}

fn arithmetic(dossier: &Dossier, found: &mut Vec<Finding>) {
    let Some(done) = worked_out(&dossier.steps) else {
        found.push(Finding::new(State::Differs, "verify-dossier-unreadable"));
        return;
    };
    let differing: Vec<(usize, &StepEntry)> = dossier
        .steps
        .iter()
        .enumerate()
        .zip(&done)
        .filter(|((_, step), done)| !held(&step.value).is_some_and(|value| agrees(done, &value)))
        .map(|(step, _)| step)
        .collect();
    if differing.is_empty() {
        let count = dossier.steps.iter().filter(|step| step.op != "given").count();
        let decisions = dossier.steps.iter().filter(|step| step.decision.is_some()).count();
        found.push(
            Finding::new(State::Holds, "verify-dossier-steps").count("count", count).count("decisions", decisions),
        );
    }
    for (at, step) in differing.iter().take(MOST_STEPS) {
        let wrong = Finding::new(State::Differs, "verify-dossier-step").text("label", step.label.as_str());
        found.push(wrong.text("number", (at + 1).to_string()));
    }
    if let Some(more) = differing.len().checked_sub(MOST_STEPS).filter(|more| *more > 0) {
        found.push(Finding::new(State::Differs, "verify-dossier-more-steps").count("count", more));
    }
}
