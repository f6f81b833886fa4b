//! A dossier of one school: first against itself – everything that it says is made again from the rules, the rows and the numbers
//! that it holds – and then, where they are given, against the data of the region.

use std::path::Path;

use super::seal;
use crate::data;
use crate::evaluate::part::Contradiction;
use crate::language::Language;
use crate::pipeline;
use crate::progress::Progress;
use crate::record::arithmetic::{agrees, held, worked_out};
use crate::record::dossier::{Dossier, DossierProblem, Named, StepEntry};
use crate::record::extract::TableExtract;
use crate::record::finding::{Finding, State};
use crate::record::fingerprint;
use crate::report::dossier::{Making, Remade, Unmade, make, remake, variant};
use crate::report::list::{self, Judgement};

/// Steps, cells or numbers named one by one; more are counted.
const MOST: usize = 20;
/// Signs of a page that are shown where it differs.
const SHOWN: usize = 60;

/// What is held against what.
#[derive(Clone, Copy)]
pub struct DossierRequest<'a> {
    /// Of the file, as people name it.
    pub name: &'a str,
    pub page: &'a [u8],
    /// The manifest of the data of the region.
    pub data: Option<&'a Path>,
    /// The text of the seal beside the file.
    pub seal: Option<&'a str>,
    /// The public key that the seal must be of: a PEM text.
    pub key: Option<&'a str>,
    /// Name and version of this program.
    pub program: &'a str,
    /// In which the findings are read.
    pub language: Language,
}

impl std::fmt::Debug for DossierRequest<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DossierRequest").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Everything that can be found out about a dossier, in the order in which it was checked.
pub fn dossier(request: &DossierRequest<'_>, progress: &dyn Progress) -> Vec<Finding> {
    let page = String::from_utf8_lossy(request.page);
    let (dossier, problems) = Dossier::parse(&page);
    let mut found: Vec<Finding> = problems.iter().map(|problem| changed(problem, request.name)).collect();
    seal::sealed(seal::Sealed::Dossier, request.seal, request.page, request.key, &mut found);
    let Some(dossier) = dossier else { return found };
    if problems.is_empty() {
        let whole = Finding::new(State::Holds, "verify-dossier-whole").text("school", dossier.school.as_str());
        found.push(whole.text("sha256", dossier.fingerprint.as_str()));
    }
    arithmetic(&dossier, &mut found);
    for (name, value) in &dossier.rules.set {
        let replaced = Finding::new(State::Remark, "verify-dossier-set").text("name", name.as_str());
        found.push(replaced.text("value", value.as_str()));
    }
    if dossier.program != request.program {
        let other = Finding::new(State::Open, "verify-dossier-other-program");
        found.push(other.text("then", dossier.program.as_str()).text("now", request.program));
        return found;
    }
    let around = Dossier::page_around(&page).unwrap_or_default();
    if problems.iter().any(|problem| matches!(problem, DossierProblem::RulesChanged { .. })) {
        // what follows from changed rules says nothing about the dossier
        return found;
    }
    let follows = again(&dossier, &around, request.language, &mut found);
    match request.data {
        Some(manifest) => against_data(&dossier, &around, manifest, request.language, &mut found, progress),
        None => {
            if let Some(remade) = follows {
                found.extend(remade.published.iter().map(|published| {
                    let line = Finding::new(State::Remark, published.id);
                    published.numbers.iter().fold(line, |line, (name, number)| line.text(name, number.as_str()))
                }));
                let open = Finding::new(State::Open, "verify-dossier-without-data").count("cells", remade.cells);
                found.push(open.count("count", remade.published.len()));
            }
        }
    }
    found
}

fn changed(problem: &DossierProblem, name: &str) -> Finding {
    let named = |id| Finding::new(State::Differs, id).text("file", name);
    match problem {
        DossierProblem::Malformed => named("verify-dossier-malformed"),
        DossierProblem::ProofChanged { line } => named("verify-dossier-proof").count("line", *line),
        DossierProblem::PageChanged => named("verify-dossier-page"),
        DossierProblem::RulesChanged { file, line } => {
            named("verify-dossier-rules").text("rules", file.as_str()).count("line", *line)
        }
    }
}

/// Makes everything again from what the dossier holds, and compares. Gives it where nothing differs.
fn again(dossier: &Dossier, around: &str, language: Language, found: &mut Vec<Finding>) -> Option<Remade> {
    let before = found.len();
    let remade = match remake(dossier, language) {
        Ok(remade) => remade,
        Err(problem) => {
            let differs = |id| Finding::new(State::Differs, id);
            found.push(match problem {
                Unmade::Rules(count) => differs("verify-dossier-rules-wrong").count("count", count),
                Unmade::Extract | Unmade::Language => differs("verify-dossier-extract"),
            });
            return None;
        }
    };
    let version = |version: &Option<String>| version.clone().unwrap_or_else(|| "–".to_owned());
    for (what, then, now) in [
        ("verify-part-school", dossier.school.clone(), remade.school.clone()),
        ("verify-part-name", version(&dossier.school_name), version(&remade.school_name)),
        ("verify-part-title", dossier.rules.title.clone(), remade.title.clone()),
        ("verify-part-version", version(&dossier.rules.version), version(&remade.version)),
    ] {
        if then != now {
            let other = Finding::new(State::Differs, "verify-dossier-name").term("what", what);
            found.push(other.text("then", then).text("now", now));
        }
    }
    for (place, kind) in &remade.impossible {
        let why = match kind {
            Contradiction::NotOfOthers => "verify-why-not-of-others",
            Contradiction::Cut => "verify-why-cut",
            Contradiction::Scale => "verify-why-scale",
            Contradiction::Stratum => "verify-why-stratum",
            Contradiction::OtherStep => "verify-why-other-step",
        };
        found.push(
            Finding::new(State::Differs, "verify-dossier-impossible").text("place", place.as_str()).term("why", why),
        );
    }
    if remade.misplaced > 0 {
        found.push(Finding::new(State::Differs, "verify-dossier-misplaced").count("count", remade.misplaced));
    }
    steps(&dossier.steps, &remade.steps, found);
    if around != remade.page {
        let (then, now) = texts_at_difference(around, &remade.page);
        found.push(Finding::new(State::Differs, "verify-dossier-page-differs").text("then", then).text("now", now));
    }
    if found.len() > before {
        return None;
    }
    let decisions = remade.steps.iter().filter(|step| step.decision.is_some()).count();
    found.push(
        Finding::new(State::Holds, "verify-dossier-follows")
            .count("count", remade.steps.len())
            .count("decisions", decisions)
            .count("cells", remade.cells)
            .count("numbers", remade.published.len()),
    );
    Some(remade)
}

/// Steps of the proof against the steps that follow from the rules.
fn steps(proof: &[StepEntry], follow: &[StepEntry], found: &mut Vec<Finding>) {
    if proof.len() != follow.len() {
        let other = Finding::new(State::Differs, "verify-dossier-step-count");
        found.push(other.count("then", proof.len()).count("now", follow.len()));
    }
    let mut differing = 0;
    for (at, (then, now)) in proof.iter().zip(follow).enumerate() {
        let Some((what, then_said, now_said)) = step_difference(then, now) else { continue };
        differing += 1;
        if differing <= MOST {
            found.push(
                Finding::new(State::Differs, "verify-dossier-step-other")
                    .text("number", (at + 1).to_string())
                    .text("label", now.label.as_str())
                    .term("what", what)
                    .text("then", then_said)
                    .text("now", now_said),
            );
        }
    }
    more(differing, found);
}

fn more(differing: usize, found: &mut Vec<Finding>) {
    if let Some(more) = differing.checked_sub(MOST).filter(|more| *more > 0) {
        found.push(Finding::new(State::Differs, "verify-dossier-more").count("count", more));
    }
}

fn step_difference(then: &StepEntry, now: &StepEntry) -> Option<(&'static str, String, String)> {
    let list = |of: &[usize]| of.iter().map(|at| (at + 1).to_string()).collect::<Vec<_>>().join(", ");
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
    let year = |step: &StepEntry| step.year.map_or("–".to_owned(), |year| year.to_string());
    let parts = [
        ("verify-part-operation", then.op.clone(), now.op.clone()),
        ("verify-part-steps", list(&then.of), list(&now.of)),
        ("verify-part-numbers", then.numbers.join(", "), now.numbers.join(", ")),
        ("verify-part-value", then.value.clone(), now.value.clone()),
        ("verify-part-label", then.label.clone(), now.label.clone()),
        ("verify-part-place", or_none(&then.place), or_none(&now.place)),
        ("verify-part-weight", or_none(&then.weight), or_none(&now.weight)),
        ("verify-part-year", year(then), year(now)),
        ("verify-part-decision", or_none(&then.decision), or_none(&now.decision)),
    ];
    parts.into_iter().find(|(_, then, now)| then != now)
}

/// What two pages say where they first differ, without their marks.
fn texts_at_difference(then: &str, now: &str) -> (String, String) {
    let same = then.bytes().zip(now.bytes()).take_while(|(a, b)| a == b).count();
    let excerpt = |page: &str| -> String {
        let mut start = same.min(page.len());
        while !page.is_char_boundary(start) {
            start -= 1;
        }
        let (before, after) = page.split_at(start);
        let before: String = before.chars().rev().take(SHOWN / 2).collect::<Vec<_>>().into_iter().rev().collect();
        let after: String = after.chars().take(SHOWN).collect();
        without_marks(&format!("{before}{after}")).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    (excerpt(then), excerpt(now))
}

/// The words of a piece of a page, also of one that begins or ends within a mark.
fn without_marks(piece: &str) -> String {
    let first = piece.split_once('>').filter(|(mark, _)| !mark.contains('<')).map_or(piece, |(_, rest)| rest);
    let mut words = String::new();
    let mut inside = false;
    for sign in first.chars() {
        match sign {
            '<' => inside = true,
            '>' if inside => (inside, words) = (false, words + " "),
            sign if !inside => words.push(sign),
            _ => {}
        }
    }
    words
}

/// The steps worked out again one by one, whatever the rules say.
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
    if differing.is_empty() && !dossier.steps.is_empty() {
        let count = dossier.steps.iter().filter(|step| step.op != "given").count();
        let decisions = dossier.steps.iter().filter(|step| step.decision.is_some()).count();
        found.push(
            Finding::new(State::Holds, "verify-dossier-steps").count("count", count).count("decisions", decisions),
        );
    }
    for (at, step) in differing.iter().take(MOST) {
        let wrong = Finding::new(State::Differs, "verify-dossier-step").text("label", step.label.as_str());
        found.push(wrong.text("number", (at + 1).to_string()));
    }
    if let Some(more) = differing.len().checked_sub(MOST).filter(|more| *more > 0) {
        found.push(Finding::new(State::Differs, "verify-dossier-more-steps").count("count", more));
    }
}

/// The dossier made anew from the data of the region.
fn against_data(
    dossier: &Dossier,
    around: &str,
    manifest: &Path,
    reader: Language,
    found: &mut Vec<Finding>,
    progress: &dyn Progress,
) {
    let texts: Vec<(String, String)> =
        dossier.rules.files.iter().map(|file| (file.file.clone(), file.text.clone())).collect();
    let mut read = pipeline::read_texts(&texts, &variant(dossier));
    let Some(rules) = read.rules.value.take() else { return };
    let mut inputs = Vec::new();
    for file in data::files(manifest) {
        match fingerprint::of_file(&file.path) {
            Ok((_, sha256)) => inputs.push(Named { file: file.name, sha256 }),
            Err(_) => {
                found.push(Finding::new(State::Open, "verify-dossier-data-missing").text("file", file.name));
                return;
            }
        }
    }
    let changed: Vec<&Named> = inputs.iter().filter(|file| !dossier.data.contains(file)).collect();
    for file in &changed {
        found.push(Finding::new(State::Differs, "verify-dossier-data-changed").text("file", file.file.as_str()));
    }
    for file in dossier.data.iter().filter(|file| !inputs.iter().any(|now| now.file == file.file)) {
        found.push(Finding::new(State::Differs, "verify-dossier-data-changed").text("file", file.file.as_str()));
    }
    let judged = pipeline::judge(rules, manifest, &mut read.sources, progress);
    let Some(judged) = judged.value else {
        let count = judged.diagnostics.iter().filter(|problem| problem.is_error()).count();
        found.push(Finding::new(State::Differs, "verify-data-wrong").count("count", count));
        return;
    };
    let judgement =
        Judgement { rules: &judged.rules, dataset: &judged.dataset, run: &judged.run, steps: &judged.plan.of_expr };
    let language = Language::from_code(&dossier.language);
    let Some((row, language)) = list::find(&judgement, &dossier.school).zip(language) else {
        let school = Finding::new(State::Differs, "verify-dossier-school-unknown");
        found.push(school.text("school", dossier.school.as_str()));
        return;
    };
    let making =
        Making { program: &dossier.program, language, texts: &texts, variant: &variant(dossier), data: &inputs };
    let fresh = make(&judged, row, &making);
    let Some((fresh, remade)) = fresh.and_then(|fresh| remake(&fresh, reader).ok().map(|remade| (fresh, remade)))
    else {
        found.push(Finding::new(State::Open, "verify-dossier-not-made"));
        return;
    };
    let before = found.len();
    cells(&dossier.extract.tables, &fresh.extract.tables, found);
    if dossier.extract.synthetic != fresh.extract.synthetic {
        let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
        let other = Finding::new(State::Differs, "verify-dossier-name").term("what", "verify-part-synthetic");
        let other = other.text("then", or_none(&dossier.extract.synthetic));
        found.push(other.text("now", or_none(&fresh.extract.synthetic)));
    }
    let [then, now] = [dossier, &fresh].map(|dossier| (&dossier.extract.given, &dossier.extract.populations));
    if then != now || dossier.extract.told != fresh.extract.told {
        let published = remake(dossier, reader).map(|remade| remade.published).unwrap_or_default();
        let mut named = 0;
        for line in remade.published.iter().filter(|line| !published.contains(line)).take(MOST) {
            named += 1;
            let place = line.numbers.iter().find(|(name, _)| *name == "place").map_or("", |(_, place)| place.as_str());
            let numbers: Vec<&str> =
                line.numbers.iter().filter(|(name, _)| *name != "place").map(|(_, n)| n.as_str()).collect();
            let other = Finding::new(State::Differs, "verify-dossier-number-differs").text("place", place);
            found.push(other.text("now", numbers.join("; ")));
        }
        if named == 0 {
            found.push(Finding::new(State::Differs, "verify-dossier-told-differs"));
        }
    }
    if found.len() == before && around == remade.page && dossier.steps == fresh.steps {
        let same = Finding::new(State::Holds, "verify-dossier-data-same").count("cells", remade.cells);
        found.push(same.count("numbers", remade.published.len()).count("files", inputs.len()));
    } else if found.len() == before {
        // what differs was named before: the page or the steps do not follow from what the dossier holds
        found.push(Finding::new(State::Differs, "verify-dossier-data-differs"));
    }
}

/// Cell by cell.
fn cells(then: &[TableExtract], now: &[TableExtract], found: &mut Vec<Finding>) {
    let mut differing = 0;
    for (then, now) in then.iter().zip(now) {
        if then.rows.len() != now.rows.len() || then.columns != now.columns {
            let rows = Finding::new(State::Differs, "verify-dossier-rows-differ").text("table", now.table.as_str());
            found.push(rows.count("then", then.rows.len()).count("now", now.rows.len()));
            continue;
        }
        for (then_row, now_row) in then.rows.iter().zip(&now.rows) {
            let place = |table: &TableExtract, row: &crate::record::extract::RowExtract| {
                let source = table.sources.get(row.source);
                (source.map(|source| (source.file.clone(), source.sheet.clone())), row.line)
            };
            if place(then, then_row) != place(now, now_row) {
                let rows = Finding::new(State::Differs, "verify-dossier-rows-differ").text("table", now.table.as_str());
                found.push(rows.count("then", then.rows.len()).count("now", now.rows.len()));
            }
            let pairs = then_row.cells.iter().zip(&now_row.cells).zip(&now.columns);
            for ((then_cell, now_cell), column) in pairs.filter(|((then, now), _)| then != now) {
                differing += 1;
                if differing > MOST {
                    continue;
                }
                let file = now.sources.get(now_row.source).map_or("", |source| source.file.as_str());
                found.push(
                    Finding::new(State::Differs, "verify-dossier-cell-differs")
                        .text("file", file)
                        .text("line", now_row.line.to_string())
                        .text("column", column.as_str())
                        .text("then", plain(then_cell))
                        .text("now", plain(now_cell)),
                );
            }
        }
    }
    more(differing, found);
}

/// A value without the mark of its kind.
fn plain(cell: &str) -> String {
    match cell.split_once(':') {
        Some(("n" | "t" | "d", value)) => value.to_owned(),
        Some(("l", link)) => link.split_once(':').map_or(link, |(_, key)| key).to_owned(),
        _ => cell.to_owned(),
    }
}
