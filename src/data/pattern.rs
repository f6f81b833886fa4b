//! Patterns of headers, sheets, files and texts: `*` stands for anything, `{name}` for a part that is given a name, `{name: * класс}` for one that
//! a pattern of its own describes.
//!
//! Letters are compared without regard to case and ё, spaces as one space.

/// A part of a text that a pattern gives a name.
pub(super) type Part = (String, String);

#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Text(Vec<char>),
    /// Anything; with a name at least one character, and perhaps only what a pattern describes.
    Any(Option<(String, Option<String>)>),
}

/// Whether a pattern holds `*` or `{`.
pub(super) fn is_pattern(text: &str) -> bool {
    text.contains(['*', '{'])
}

/// The names of a pattern, in their order.
pub(super) fn names(pattern: &str) -> Vec<String> {
    let named = |piece| match piece {
        Piece::Any(name) => name.map(|(name, _)| name),
        Piece::Text(_) => None,
    };
    pieces(pattern).into_iter().filter_map(named).collect()
}

/// The named parts of a text that a pattern describes; nothing when it does not.
pub(super) fn parts(pattern: &str, text: &str) -> Option<Vec<Part>> {
    let text: Vec<char> = crate::tables::find::one_line(text).chars().collect();
    let pieces = pieces(pattern);
    let mut found = Vec::new();
    fits(&pieces, &text, &mut found).then(|| {
        found.reverse();
        found
    })
}

/// Whether a pattern describes a text.
pub(super) fn describes(pattern: &str, text: &str) -> bool {
    parts(pattern, text).is_some()
}

fn pieces(pattern: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain = Vec::new();
    let text = crate::tables::find::one_line(pattern);
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        let any = match letter {
            '*' => Piece::Any(None),
            '{' => {
                let inside: String = letters.by_ref().take_while(|c| *c != '}').collect();
                let (name, own) = match inside.split_once(':') {
                    Some((name, own)) => (name.trim().to_string(), Some(own.trim().to_string())),
                    None => (inside.trim().to_string(), None),
                };
                Piece::Any(Some((name, own)))
            }
            letter => {
                plain.push(folded(letter));
                continue;
            }
        };
        if !plain.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut plain)));
        }
        pieces.push(any);
    }
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    pieces
}

/// The first of several ways is the one whose parts are shortest from the left. Parts are collected from the last to the first.
fn fits(pieces: &[Piece], text: &[char], found: &mut Vec<Part>) -> bool {
    let Some((first, rest)) = pieces.split_first() else {
        return text.is_empty();
    };
    match first {
        Piece::Text(wanted) => {
            let same = text.len() >= wanted.len() && text.iter().zip(wanted).all(|(a, b)| folded(*a) == *b);
            same && fits(rest, text.get(wanted.len()..).unwrap_or(&[]), found)
        }
        Piece::Any(name) => {
            let least = usize::from(name.is_some());
            (least..=text.len()).any(|taken| {
                let part = || text.get(..taken).unwrap_or(&[]).iter().collect::<String>();
                if let Some((_, Some(own))) = name
                    && !describes(own, &part())
                {
                    return false;
                }
                let here = fits(rest, text.get(taken..).unwrap_or(&[]), found);
                if let (true, Some((name, _))) = (here, name) {
                    found.push((name.clone(), part().trim().to_string()));
                }
                here
            })
        }
    }
}

fn folded(letter: char) -> char {
    let lower = letter.to_lowercase().next().unwrap_or(letter);
    if lower == 'ё' { 'е' } else { lower }
}

#[cfg(test)]
mod tests {
    use super::{describes, names, parts};

    #[test]
    fn parts_get_their_names() {
        let part = |name: &str, text: &str| (name.to_string(), text.to_string());
        assert_eq!(
            parts("{вид}, {предмет} ({год}) балл", "ЕГЭ, русский язык (2018)  Балл"),
            Some(vec![part("вид", "ЕГЭ"), part("предмет", "русский язык"), part("год", "2018")])
        );
        assert_eq!(parts("{вид} балл", "балл"), None);
        assert_eq!(names("{вид}, * {год}"), ["вид", "год"]);
        assert_eq!(
            parts("{работа: * класс} {предмет} балл", "Диагностика, 5 класс русский язык балл"),
            Some(vec![part("работа", "Диагностика, 5 класс"), part("предмет", "русский язык")])
        );
        assert!(describes("Итого*", "ИТОГО по району"));
        assert!(describes("*средн*", "Всё в среднем"));
        assert!(!describes("Итого", "Итого по району"));
    }
}
