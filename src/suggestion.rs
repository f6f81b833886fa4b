//! Nearest names for a misspelled one: by characters, with ё as е, and from the other keyboard layout.
//!
//! Knows nothing of what is named.

/// Up to three candidates that are equally close and close enough to be what was meant.
pub fn nearest<'a>(wrong: &str, candidates: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let folded = fold(wrong);
    let limit = match folded.len() {
        0..=1 => 0,
        2..=4 => 1,
        5 => 2,
        length => length / 3,
    };
    let mut found: Vec<(usize, &str)> = candidates
        .filter_map(|candidate| {
            let distance = distance(&folded, &fold(candidate), limit)?;
            Some((distance, candidate))
        })
        .collect();
    found.sort();
    found.dedup();
    let best = found.first().map_or(0, |(d, _)| *d);
    found.into_iter().filter(|(d, _)| *d == best).map(|(_, c)| c).take(3).collect()
}

/// Up to three known names that a wrong one may stand for.
pub fn meant<T: AsRef<str>>(wrong: &str, known: &[T]) -> Vec<String> {
    match other_layout(wrong) {
        Some(other) if known.iter().any(|k| k.as_ref() == other) => vec![other],
        _ => nearest(wrong, known.iter().map(AsRef::as_ref)).into_iter().map(str::to_owned).collect(),
    }
}

/// The same keys pressed in the other layout; `None` when a character is on no key of either.
pub fn other_layout(text: &str) -> Option<String> {
    let latin = text.chars().any(|c| c.is_ascii_alphabetic());
    let (from, to) = if latin { (LATIN, RUSSIAN) } else { (RUSSIAN, LATIN) };
    let mut out = String::new();
    for c in text.chars() {
        let lower: String = c.to_lowercase().collect();
        let single = lower.chars().next()?;
        match from.chars().position(|k| k == single) {
            Some(at) => {
                let key = to.chars().nth(at)?;
                if c.is_uppercase() { out.extend(key.to_uppercase()) } else { out.push(key) }
            }
            None if c == '_' || c.is_ascii_digit() => out.push(c),
            None => return None,
        }
    }
    Some(out)
}

const LATIN: &str = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const RUSSIAN: &str = "ёйцукенгшщзхъфывапролджэячсмитьбю";

fn fold(text: &str) -> Vec<char> {
    text.chars().flat_map(char::to_lowercase).map(|c| if c == 'ё' { 'е' } else { c }).collect()
}

/// Damerau–Levenshtein distance (neighbouring letters swapped count once), when at most `limit`.
fn distance(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit || a.len() > 100 {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], k: usize| row.get(k).copied().unwrap_or(usize::MAX / 2);
            let mut best = (at(&last, j + 1) + 1).min(at(&row, j) + 1).min(at(&last, j) + usize::from(x != y));
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                best = best.min(at(&before, j - 1) + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|d| *d <= limit)
}

#[cfg(test)]
mod tests {
    use super::{nearest, other_layout};

    #[test]
    fn misspellings_find_their_names() {
        let names = ["продолжили", "удовлетворённость", "участие", "участников"];
        let near = |wrong| nearest(wrong, names.iter().copied());
        assert_eq!(near("продолжиил"), ["продолжили"]);
        assert_eq!(near("удовлетворенность"), ["удовлетворённость"]);
        assert_eq!(near("Участе"), ["участие"]);
        assert!(near("моногорода").is_empty());
        assert_eq!(nearest("кол", ["код", "вид", "год"].into_iter()), ["код"]);
        assert!(nearest("кот", ["вид", "год"].into_iter()).is_empty());
    }

    #[test]
    fn a_wrong_layout_is_read() {
        assert_eq!(other_layout("ghjwtyn").as_deref(), Some("процент"));
        assert_eq!(other_layout("ыгь").as_deref(), Some("sum"));
        assert_eq!(other_layout("Ghjwtyn_1").as_deref(), Some("Процент_1"));
        assert_eq!(other_layout("日"), None);
    }
}
