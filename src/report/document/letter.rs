//! The letter to a school: its verdicts with their reasons, what is unknown, where to turn. One page.
//!
//! Says what the explanation of the school says, in fewer words.

use super::material::{Material, category_title, count, first_upper, is_open, text};
use super::{Document, Part, Signature};
use crate::decision::Verdict;
use crate::diagnostic::Argument;
use crate::explain::Explanation;
use crate::explain::condition::{Detail, RankStanding};
use crate::explain::explanation::{CategoryExplanation, CriterionExplanation, Standing};
use crate::messages::Precision;
use crate::model::{Registered, RegisteredAction};
use crate::report::explanation::{Extent, Told, deciding, passage_word};
use crate::report::{registered, summary};
use crate::value::Value;

/// Sizes of the text, the largest that fits is taken.
const SIZES: [usize; 5] = [14, 13, 12, 11, 10];
/// A page inside its margins, in hundredths of a millimetre.
const PAGE: (usize, usize) = (17_000, 25_700);
/// Height of a line and mean width of a letter for one point of the size, likewise.
const LINE: usize = 42;
const LETTER: usize = 16;

/// The whole letter.
pub fn letter(material: &Material<'_>, row: usize) -> Document {
    let speaker = material.speaker();
    let explanation = (material.explain)(row);
    let mut to = vec![speaker.word("letter-to"), material.name(row)];
    to.extend(material.place(row).map(str::to_owned));
    let mut parts = vec![Part::Addressee(to)];
    parts.push(Part::Title(vec![speaker.word("letter-title"), speaker.word("letter-title-of")]));
    if let Some(note) = &explanation.synthetic {
        parts.push(Part::Notice(speaker.say("document-synthetic", &[("note", text(note.as_ref()))])));
    }
    parts.extend(summary::replaced(material.judgement.rules, speaker).into_iter().map(Part::Notice));
    parts.push(Part::Paragraph(lead(material, &explanation, row)));
    for category in &explanation.categories {
        parts.extend(verdict(material, category, &explanation));
    }
    parts.push(Part::Heading(speaker.word("letter-check")));
    parts.push(Part::Paragraph(source(material, &explanation)));
    parts.push(Part::Paragraph(speaker.say("letter-object", &[("code", text(material.code(row)))])));
    let lines = ["document-post", "document-signature", "document-signed-name", "document-date"];
    let lines = lines.map(|id| speaker.word(id)).to_vec();
    parts.push(Part::Signatures(vec![Signature { office: speaker.word("letter-signed"), lines }]));
    let title = format!("{}. {}", speaker.word("letter-title"), material.name(row));
    let mut letter = Document {
        title,
        language: speaker.language(),
        landscape: false,
        points: 14,
        footer: material.footer(),
        parts,
    };
    letter.points = SIZES.into_iter().find(|points| fits(&letter, *points)).unwrap_or(10);
    letter
}

fn lead(material: &Material<'_>, explanation: &Explanation, row: usize) -> String {
    let speaker = material.speaker();
    let mut rules = summary::title(&material.judgement, speaker);
    if let Some(version) = &explanation.rules.version {
        rules = speaker.say("letter-rules", &[("rules", text(rules)), ("version", text(version.as_ref()))]);
    } else {
        rules = speaker.say("quoted-text", &[("text", text(rules))]);
    }
    let (name, code) = (text(material.name(row)), text(material.code(row)));
    speaker.say("letter-lead", &[("rules", text(rules)), ("name", name), ("code", code)])
}

fn verdict(material: &Material<'_>, category: &CategoryExplanation, explanation: &Explanation) -> Vec<Part> {
    let speaker = material.speaker();
    let title = ("category", text(category_title(&category.name, category.title.as_deref(), speaker)));
    if let Some(decision) = &category.registered {
        return by_people(material, category, decision, title);
    }
    let id = match category.verdict {
        Verdict::Met => "letter-belongs",
        Verdict::NotMet => "letter-not-belongs",
        Verdict::Undetermined(_) => "letter-open",
        Verdict::NotApplicable => "letter-category-not-applicable",
        Verdict::NotJudged => "letter-not-judged",
    };
    let mut parts = vec![Part::Heading(speaker.say(id, &[title]))];
    if category.verdict == Verdict::NotJudged {
        parts.extend(why_not_judged(material, category, explanation).map(Part::Paragraph));
        return parts;
    }
    let mut said = Vec::new();
    if let Some(passage) = category.passage {
        said.push(speaker.word(passage_word(passage)) + ".");
    }
    let exit = material.judgement.rules.categories.get(category.id.index()).and_then(|found| found.exit.as_ref());
    if let Some(Detail::Quantified(counted)) = deciding(category, exit).map(|rule| &rule.detail) {
        said.push(format!("{}.", material.teller.counted(counted)));
    }
    let outlook = material.teller.outlook(&category.outlook, Extent::Category);
    said.extend(outlook.into_iter().map(|line| format!("{line}.")));
    if !said.is_empty() {
        parts.push(Part::Paragraph(said.join(" ")));
    }
    let mut items = Vec::new();
    let criteria = material.explained(category, explanation);
    for criterion in &criteria {
        items.extend(item(material, criterion));
    }
    for (wanted, id) in [(Verdict::NotMet, "letter-not-met"), (Verdict::NotApplicable, "letter-not-applicable")] {
        let plain = |criterion: &&CriterionExplanation| why_not_met(material, criterion).is_none();
        let numbers = criteria.iter().copied().filter(|criterion| criterion.verdict == wanted).filter(plain);
        let numbers: Vec<&str> = numbers.map(|criterion| criterion.number.as_ref()).collect();
        if !numbers.is_empty() {
            let arguments = [("count", count(numbers.len())), ("numbers", text(speaker.list(&numbers)))];
            items.push(speaker.say(id, &arguments));
        }
    }
    if let Some((last, others)) = items.split_last() {
        let mut items: Vec<String> = others.iter().map(|item| format!("{item};")).collect();
        items.push(format!("{last}."));
        parts.push(Part::Items(items));
    }
    parts
}

/// What people decided, by which document and until when, and what the computation says without it.
fn by_people(
    material: &Material<'_>,
    category: &CategoryExplanation,
    decision: &Registered,
    title: (&'static str, Argument),
) -> Vec<Part> {
    let speaker = material.speaker();
    let id = match decision.action {
        RegisteredAction::Include => "letter-included",
        RegisteredAction::Exclude => "letter-excluded-by-decision",
    };
    let lines = registered::lines(decision, category.verdict, speaker);
    let items = lines.iter().enumerate().map(|(at, line)| {
        let end = if at + 1 == lines.len() { '.' } else { ';' };
        format!("{line}{end}")
    });
    vec![Part::Heading(speaker.say(id, &[title])), Part::Items(items.collect())]
}

/// A criterion that is met with its reason, or one that is open with what is missing.
fn item(material: &Material<'_>, criterion: &CriterionExplanation) -> Option<String> {
    let speaker = material.speaker();
    let name = ("name", text(material.teller.numbered(&criterion.number, criterion.title.as_deref())));
    match criterion.verdict {
        Verdict::Met => Some(match reason(material, criterion) {
            Some(reason) => speaker.say("letter-met-because", &[name, ("reason", text(reason))]),
            None => speaker.say("letter-met", &[name]),
        }),
        Verdict::NotMet => {
            let reason = ("reason", text(why_not_met(material, criterion)?));
            Some(speaker.say("letter-not-met-because", &[name, reason]))
        }
        verdict if is_open(verdict) => {
            let missing = ("missing", text(material.missing_of(criterion)));
            Some(speaker.say("letter-criterion-open", &[name, missing]))
        }
        _ => None,
    }
}

/// Why a criterion is not met, where its number alone does not tell it: a condition of several parts, or data that are
/// lacking.
fn why_not_met(material: &Material<'_>, criterion: &CriterionExplanation) -> Option<String> {
    let several = match &criterion.condition.detail {
        Detail::And | Detail::Or | Detail::Quantified(_) => criterion.condition.children.len() > 1,
        _ => false,
    };
    let wanted = criterion.verdict == Verdict::NotMet && (several || criterion.policy_applied.is_some());
    wanted.then(|| material.speaker().plain_reason(criterion, material.judgement.rules)).flatten()
}

/// Why it is met: the place in the ranking with the value and the cut-off, or the value and its threshold.
fn reason(material: &Material<'_>, criterion: &CriterionExplanation) -> Option<String> {
    let speaker = material.speaker();
    let Detail::Rank(rank) = &criterion.condition.detail else {
        return speaker.plain_reason(criterion, material.judgement.rules);
    };
    let (RankStanding::Placed { first, last }, Some(cut_off), Value::Number(_)) =
        (&rank.standing, &rank.cut_off, &rank.value)
    else {
        return speaker.plain_reason(criterion, material.judgement.rules);
    };
    let cut_off = Value::Number(cut_off.clone());
    let near = rank.nearest_to_cut().map_or(Precision::Plain, Precision::Against);
    let place = if first == last {
        speaker.say("letter-place", &[("place", text(first.to_string()))])
    } else {
        speaker.say("letter-places", &[("first", text(first.to_string())), ("last", text(last.to_string()))])
    };
    let arguments = [
        ("place", text(place)),
        ("ranked", count(rank.ranked)),
        ("selected", count(rank.selected)),
        ("value", text(speaker.value(&rank.value, &rank.value_type, Told::from_cut(rank).precision()))),
        ("cut_off", text(speaker.value(&cut_off, &rank.value_type, near))),
    ];
    Some(if rank.highest {
        speaker.say("letter-rank-highest", &arguments)
    } else {
        speaker.say("letter-rank-lowest", &arguments)
    })
}

fn why_not_judged(
    material: &Material<'_>,
    category: &CategoryExplanation,
    explanation: &Explanation,
) -> Option<String> {
    let speaker = material.speaker();
    let population = explanation.populations.iter().find(|p| Some(p.id) == category.among)?;
    let name = ("name", text(population.title.as_deref().unwrap_or(&population.name)));
    Some(match &population.standing {
        Standing::Member => return None,
        Standing::Excluded { basis: Some(basis), .. } => {
            speaker.say("letter-excluded", &[name, ("basis", text(basis.as_ref()))])
        }
        Standing::Unknown(reasons) => {
            speaker.say("letter-membership-unknown", &[name, ("reasons", text(speaker.reasons(*reasons)))])
        }
        _ => speaker.say("letter-outside", &[name]),
    })
}

/// Where the data on the school stand.
fn source(material: &Material<'_>, explanation: &Explanation) -> String {
    let speaker = material.speaker();
    let place = explanation.school.cell.as_ref().map(|cell| speaker.cell_said(cell));
    let place = place.map_or(String::new(), |place| speaker.say("letter-row", &[("place", text(place))]));
    let data = material.judgement.dataset.title.as_deref().unwrap_or_default();
    if data.is_empty() {
        return first_upper(&speaker.say("letter-source-unnamed", &[("place", text(place))]));
    }
    speaker.say("letter-source", &[("data", text(data)), ("place", text(place))])
}

/// Whether the lines of the letter, roughly counted, fit on a page.
fn fits(letter: &Document, points: usize) -> bool {
    let in_line = PAGE.0 / (LETTER * points);
    let lines = |text: &str| text.chars().count() / in_line + 1;
    // in tenths of a line
    let height = |part: &Part| match part {
        Part::Addressee(to) => to.iter().map(|line| (line.chars().count() * 2 / in_line + 1) * 10).sum(),
        Part::Title(title) => title.len() * 10 + 20,
        Part::Heading(text) => lines(text) * 10 + 13,
        Part::Notice(text) => lines(text) * 10 + 8,
        Part::Paragraph(text) => lines(text) * 10 + 3,
        Part::Items(items) => items.iter().map(|item| lines(item) * 10 + 2).sum(),
        Part::Signatures(_) => 92,
        _ => 0,
    };
    let taken: usize = letter.parts.iter().map(height).sum();
    taken.saturating_mul(LINE * points) / 10 <= PAGE.1
}
