//! Wordings that the grammar refuses, and what was meant by them.
//!
//! Knows words, not places: where a mistake stands is found in `mistakes`.

use super::{all_words, heads, unit_words};
use crate::suggestion;

/// A comma that does not belong into a comparison, and the comparison without it.
pub(in super::super) const COMMA_BEFORE_THAN: &[(&str, &str)] = &[
    ("не более, чем", "не более"),
    ("не менее, чем", "не менее"),
    ("не больше, чем", "не больше"),
    ("не меньше, чем", "не меньше"),
    ("более, чем", "более"),
    ("менее, чем", "менее"),
    ("больше, чем", "больше"),
    ("меньше, чем", "меньше"),
    ("more, than", "more than"),
    ("less, than", "less than"),
];

/// A second bound without the value that is compared.
pub(in super::super) const SECOND_BOUND: &[&str] = &[", но не", ", но мен", ", но бол", ", and less", ", but"];

/// "Not" before a number of what is met can be read in two ways.
pub(in super::super) const NOT_BEFORE_NUMBER: &[&str] = &[
    "не выполнено не менее",
    "не выполнено более",
    "не выполнены все",
    "не выполнено все",
    "not met at least",
    "not met all",
];

/// The beginning of a window of years, up to where its number stands, and the words that end it.
const LAST: &[&str] = &["последние", "последних", "последний", "the last"];
const YEARS: &[&str] = &["года", "годы", "годов", "год", "лет", "years", "year"];

/// Signs and words of comparisons; the longer before those that they begin with.
const COMPARISONS: &[&str] = &[
    "<",
    ">",
    "=",
    "≤",
    "≥",
    "≠",
    "не менее",
    "не более",
    "менее",
    "более",
    "больше",
    "меньше",
    "равно",
    "less",
    "more",
    "at most",
    "at least",
];

/// What people call the built-in functions, and their names.
const FUNCTIONS: &[(&[&str], &str)] = &[
    (&["средний", "средняя", "средневзвешенное", "средн", "avg", "average", "srznach", "срзнач"], "среднее"),
    (&["итого", "всего", "суммарно"], "сумма"),
    (&["число", "кол", "колво", "кол_во", "счет", "счёт", "счетесли"], "количество"),
    (&["мин", "наименьшее"], "минимум"),
    (&["макс", "наибольшее"], "максимум"),
    (&["процент", "отношение", "удельный_вес", "частное"], "доля"),
    (&["округл", "округление"], "округлить"),
    (&["абс", "абсолютное"], "модуль"),
    (&["total"], "sum"),
    (&["number"], "count"),
    (&["min", "lowest"], "minimum"),
    (&["max", "highest"], "maximum"),
    (&["percent", "percentage", "ratio", "proportion"], "share"),
    (&["abs"], "absolute"),
    (&["last"], "latest"),
];

/// The built-in function that a word of everyday language or of a spreadsheet stands for.
pub fn meant_function(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    FUNCTIONS.iter().find(|(words, _)| words.contains(&word.as_str())).map(|(_, name)| *name)
}

/// The place of a window of years without their number.
pub(in super::super) fn years_without_number(text: &str) -> Option<std::ops::Range<usize>> {
    LAST.iter().find_map(|last| {
        let at = text.find(last)?;
        let rest = text.get(at + last.len()..)?;
        let word = rest.trim_start();
        let years = YEARS.iter().find(|years| super::starts_with_word(word, years))?;
        let gap = rest.len() - word.len();
        (gap > 0).then(|| at..at + last.len() + gap + years.len())
    })
}

/// Whether a text begins with a comparison.
pub(in super::super) fn begins_comparison(text: &str) -> bool {
    COMPARISONS.iter().any(|word| text.starts_with(word))
}

/// Whether there is a comparison somewhere in a text.
pub(in super::super) fn has_comparison(text: &str) -> bool {
    COMPARISONS.iter().any(|word| text.contains(word))
}

/// Whether a condition has to follow.
pub(in super::super) fn ends_before_condition(text: &str) -> bool {
    ["если", "где", "when", "where"].iter().any(|word| text.ends_with(word))
}

/// Words that start blocks and clauses, near to a wrong one or typed in the other layout.
pub(in super::super) fn near_heads(word: &str) -> Vec<String> {
    let firsts: Vec<&str> = heads().iter().filter_map(|head| head.split(' ').next()).collect();
    near(word, &firsts)
}

/// A phrase that begins as one of the language does and goes on wrongly: where its wrong word stands, and what was meant.
pub(in super::super) fn wrong_word_of_head(line: &str) -> Option<(std::ops::Range<usize>, Vec<String>)> {
    let mut found: Option<(std::ops::Range<usize>, Vec<&str>)> = None;
    let printed = super::printed::ALL.iter().flat_map(|word| crate::language::Language::ALL.map(|l| word.word(l)));
    let phrases: Vec<String> = heads().into_iter().chain(printed).map(|phrase| phrase.replace('ё', "е")).collect();
    for phrase in &phrases {
        let mut at = 0;
        for (position, wanted) in phrase.split(' ').enumerate() {
            let rest = line.get(at..).unwrap_or("");
            let gap = rest.len() - rest.trim_start().len();
            let word = first_word(rest.trim_start());
            let here = at + gap..at + gap + word.len();
            if word == wanted {
                at = here.end;
                continue;
            }
            if position > 0 && !word.is_empty() {
                match &mut found {
                    Some((place, meant)) if place.start == here.start => meant.push(wanted),
                    Some((place, _)) if place.start > here.start => {}
                    _ => found = Some((here, vec![wanted])),
                }
            }
            break;
        }
    }
    let (place, meant) = found?;
    let near = near(line.get(place.clone())?, &meant);
    (!near.is_empty()).then_some((place, near))
}

/// Every word of the language that is near to a wrong one. A shorter word is near to too many.
pub(in super::super) fn near_words(word: &str) -> Vec<String> {
    if let Some((_, whole)) = [("less", "less than"), ("more", "more than")].iter().find(|(half, _)| *half == word) {
        return vec![(*whole).to_owned()];
    }
    let known = all_words();
    let likely = word.chars().count() >= 4 && !known.contains(&word);
    if likely { near(word, &known) } else { Vec::new() }
}

pub(in super::super) fn near_units(word: &str) -> Vec<String> {
    near(word, &unit_words())
}

fn near(word: &str, known: &[&str]) -> Vec<String> {
    if known.contains(&word) {
        return Vec::new();
    }
    match suggestion::other_layout(word) {
        Some(other) if known.contains(&other.as_str()) => vec![other],
        _ => suggestion::nearest(word, known.iter().copied()).iter().map(ToString::to_string).collect(),
    }
}

pub(in super::super) fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    text.get(..end).unwrap_or("")
}
