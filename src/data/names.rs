//! Keys found by names as people write them: `г. Гатчина`, `Гатчина (город)` and `ГАТЧИНА` are one place.
//!
//! Knows no files and no tables; a name that two keys share is never decided.

use std::collections::HashMap;

use super::dataset::TextPool;
use crate::suggestion;
use crate::tables::shape::{Shape, shape};

/// Words that say what kind of place or office a name belongs to, and not which.
const KINDS: &[&str] = &[
    "г",
    "гор",
    "город",
    "города",
    "го",
    "мо",
    "муниципальное",
    "образование",
    "муниципальный",
    "район",
    "района",
    "р",
    "н",
    "пос",
    "поселок",
    "п",
    "пгт",
    "рп",
    "гп",
    "сп",
    "городское",
    "сельское",
    "поселение",
    "городской",
    "округ",
    "с",
    "село",
    "д",
    "дер",
    "деревня",
    "ст",
    "станица",
    "станция",
    "х",
    "хутор",
    "аул",
    "типа",
    "городского",
];

/// Keys by their normal names.
#[derive(Debug, Default)]
pub(super) struct NameIndex {
    /// The name as it is written, and the key.
    pairs: Vec<(String, String)>,
    /// Normal name → position of the pair; none where several keys share it.
    by_name: HashMap<String, Option<usize>>,
}

/// What a text leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Match<'a> {
    Key(&'a str),
    /// Keys that share the name.
    Several(Vec<&'a str>),
    /// Keys with a near name.
    None(Vec<String>),
}

impl NameIndex {
    /// Keys that are names themselves.
    pub fn new(pool: &TextPool) -> NameIndex {
        let count = u32::try_from(pool.len()).unwrap_or(u32::MAX);
        let keys = (0..count).map(|code| pool.get(code).to_string()).filter(|key| !key.is_empty());
        NameIndex::of_pairs(keys.map(|key| (key.clone(), key)).collect())
    }

    /// Names with their keys.
    pub fn of_pairs(pairs: Vec<(String, String)>) -> NameIndex {
        let mut by_name: HashMap<String, Option<usize>> = HashMap::new();
        for (at, (name, key)) in pairs.iter().enumerate() {
            let same = |known: usize| pairs.get(known).is_some_and(|(_, other)| other == key);
            by_name
                .entry(normal(name))
                .and_modify(|known| *known = known.filter(|known| same(*known)))
                .or_insert(Some(at));
        }
        NameIndex { pairs, by_name }
    }

    /// Names that are numbers or codes throughout: no name will be found among them.
    pub fn are_codes(&self) -> bool {
        let code = |(name, _): &(String, String)| matches!(shape(name), Shape::Integer | Shape::Code);
        !self.pairs.is_empty() && self.pairs.iter().all(code)
    }

    /// The key that a text means.
    pub fn find(&self, text: &str) -> Match<'_> {
        if let Some((_, key)) = self.pairs.iter().find(|(name, _)| name == text) {
            return Match::Key(key);
        }
        let form = normal(text);
        match self.by_name.get(&form) {
            Some(Some(at)) => self.pairs.get(*at).map_or(Match::None(Vec::new()), |(_, key)| Match::Key(key)),
            Some(None) => {
                let same = self.pairs.iter().filter(|(name, _)| normal(name) == form);
                Match::Several(same.map(|(name, _)| name.as_str()).collect())
            }
            None => {
                let near = suggestion::nearest(&form, self.by_name.keys().map(String::as_str));
                let of = |name: &&str| {
                    let at = self.by_name.get(*name).copied().flatten()?;
                    self.pairs.get(at).map(|(name, _)| name.clone())
                };
                Match::None(near.iter().filter_map(of).collect())
            }
        }
    }
}

/// A name without case, ё, signs, brackets and the words of [`KINDS`]; all of it where nothing else is left.
fn normal(text: &str) -> String {
    let text = text.to_lowercase().replace('ё', "е");
    let outside: String = match (text.find('('), text.rfind(')')) {
        (Some(open), Some(close)) if open < close && open > 0 => {
            let (before, after) = (text.get(..open).unwrap_or(""), text.get(close + 1..).unwrap_or(""));
            format!("{before} {after}")
        }
        _ => text,
    };
    let words: Vec<&str> = outside.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let telling: Vec<&str> = words.iter().copied().filter(|word| !KINDS.contains(word)).collect();
    if telling.is_empty() { words.join(" ") } else { telling.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::{Match, NameIndex, normal};
    use crate::data::dataset::TextPool;

    #[test]
    fn kinds_of_places_are_no_part_of_names() {
        for text in ["Гатчина", "г. Гатчина", "ГАТЧИНА", "город Гатчина", "Гатчина (город)", "МО «Гатчина»"]
        {
            assert_eq!(normal(text), "гатчина", "{text}");
        }
        assert_eq!(normal("пос. Зелёный Бор"), "зеленый бор");
        assert_eq!(normal("Ростов-на-Дону"), "ростов на дону");
        assert_eq!(normal("Село"), "село");
    }

    #[test]
    fn a_name_that_two_keys_share_is_not_decided() {
        let mut pool = TextPool::default();
        for key in ["г. Луга", "д. Луга", "Кириши"] {
            pool.push(key);
        }
        let index = NameIndex::new(&pool);
        assert_eq!(index.find("Луга"), Match::Several(vec!["г. Луга", "д. Луга"]));
        assert_eq!(index.find("г. Луга"), Match::Key("г. Луга"));
        assert_eq!(index.find("КИРИШИ г."), Match::Key("Кириши"));
        assert_eq!(index.find("Кирши"), Match::None(vec!["Кириши".to_string()]));
    }
}
