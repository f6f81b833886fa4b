//! What a declaration said and what it says, as short as it can be told apart.

use std::collections::HashMap;

use super::Behind;
use super::parts::Part;
use crate::language::Language;
use crate::syntax::tree::Item;
use crate::syntax::{self, Part as Printed};

/// Longer texts are not shown.
const MOST_CHARACTERS: usize = 200;
/// Words left beside what differs.
const CONTEXT: usize = 3;

/// Before and after, in the Russian and the English vocabulary.
pub(super) fn both(before: Option<&Part>, after: Option<&Part>, behind: &Behind<'_>) -> ([String; 2], [String; 2]) {
    let told = [Language::Russian, Language::English].map(|language| {
        let of = |part: Option<&Part>| part.map_or(Vec::new(), |part| lines(part, behind, language));
        let separator = if is_list(before) || is_list(after) { ", " } else { " " };
        apart(&of(before), &of(after), separator)
    });
    let [(before_ru, after_ru), (before_en, after_en)] = told;
    ([before_ru, before_en], [after_ru, after_en])
}

fn is_list(part: Option<&Part>) -> bool {
    matches!(part, Some(Part::Item(item)) if matches!(item.as_ref(), Item::List(_)))
}

/// What it says, without its kind and its name.
fn lines(part: &Part, behind: &Behind<'_>, language: Language) -> Vec<String> {
    let bare = part.bare(behind);
    let mut lines = match &bare {
        Part::Header(_, header) => {
            let mut lines = syntax::print_part(Printed::Header(header), language);
            // the line with the title
            lines.drain(..lines.len().min(1));
            lines
        }
        Part::Item(item) => syntax::print_part(Printed::Item(item), language),
        Part::Column(column) => syntax::print_part(Printed::Column(column), language),
        Part::Group(group, _) => syntax::print_part(Printed::Group(group), language),
        Part::Criterion(criterion, _) => syntax::print_part(Printed::Criterion(criterion), language),
    };
    let name = match &bare {
        Part::Header(..) => None,
        Part::Item(_) => bare.names().first().map(ToString::to_string),
        Part::Column(column) => Some(column.name.text.to_string()),
        Part::Group(group, _) => Some(super::super::change::dotted(&group.number)),
        Part::Criterion(criterion, _) => Some(super::super::change::dotted(&criterion.number)),
    };
    if let (Some(name), Some(first)) = (name, lines.first_mut())
        && let Some(rest) = after_word(first, &name)
    {
        *first = rest.trim().trim_start_matches("= ").to_owned();
    }
    lines.retain(|line| !line.is_empty());
    if let Part::Item(item) = part {
        lines.extend(behind(item));
    }
    lines
}

/// What stands behind a word of a line.
fn after_word<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let mut from = 0;
    while let Some(found) = line.get(from..).and_then(|rest| rest.find(word)) {
        let (start, end) = (from + found, from + found + word.len());
        let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
        let before = line.get(..start)?.chars().next_back().is_some_and(part);
        let behind = line.get(end..)?.chars().next().is_some_and(part);
        if !before && !behind {
            return line.get(end..);
        }
        from = end;
    }
    None
}

/// Lines that only one side has, and of these what differs.
fn apart(before: &[String], after: &[String], separator: &str) -> (String, String) {
    let only = |these: &[String], those: &[String]| -> Vec<String> {
        let mut there: HashMap<&str, usize> = HashMap::new();
        for line in those {
            *there.entry(line).or_default() += 1;
        }
        let own = |line: &&String| match there.get_mut(line.as_str()) {
            Some(left) if *left > 0 => {
                *left -= 1;
                false
            }
            _ => true,
        };
        these.iter().filter(own).cloned().collect()
    };
    let (old, new) = (only(before, after).join(separator), only(after, before).join(separator));
    let (old, new) = if old.is_empty() || new.is_empty() { (old, new) } else { middle(&old, &new) };
    let long = |text: &str| text.chars().count() > MOST_CHARACTERS;
    if long(&old) || long(&new) { (String::new(), String::new()) } else { (old, new) }
}

/// Without the words that both begin and end with, but for the nearest ones.
fn middle(old: &str, new: &str) -> (String, String) {
    let (a, b): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
    let shorter = a.len().min(b.len());
    let first = a.iter().zip(&b).take_while(|(a, b)| a == b).count().min(shorter);
    let last = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count().min(shorter - first);
    let cut = |words: &[&str]| {
        let start = if first > CONTEXT + 2 { first - CONTEXT } else { 0 };
        let end = if last > CONTEXT + 2 { words.len() - (last - CONTEXT) } else { words.len() };
        let shown = words.get(start..end).unwrap_or(words).join(" ");
        let (lead, tail) = (if start > 0 { "… " } else { "" }, if end < words.len() { " …" } else { "" });
        format!("{lead}{shown}{tail}")
    };
    (cut(&a), cut(&b))
}

#[cfg(test)]
mod tests {
    use super::{apart, middle};

    #[test]
    fn only_what_differs_is_shown_with_a_few_words_around() {
        let (old, new) = middle("a b c d e f 60 % of g h i j k", "a b c d e f 55 % of g h i j k");
        assert_eq!((old.as_str(), new.as_str()), ("… d e f 60 % of g …", "… d e f 55 % of g …"));
        assert_eq!(middle("if x < 60", "if x < 55"), ("if x < 60".to_owned(), "if x < 55".to_owned()));
    }

    #[test]
    fn words_that_repeat_are_not_cut_twice() {
        assert_eq!(middle("a a a a a a", "a a a a a a a"), ("… a a a".to_owned(), "… a a a a".to_owned()));
    }

    #[test]
    fn lines_of_both_sides_are_left_out() {
        let lines = |all: &[&str]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
        let (old, new) = apart(&lines(&["entry A", "entry B"]), &lines(&["entry B", "entry C"]), ", ");
        assert_eq!((old.as_str(), new.as_str()), ("entry A", "entry C"));
    }
}
