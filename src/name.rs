//! Names and the normal form in which texts from data are compared.
//!
//! Knows nothing of what a name stands for.

/// Normal form of a text for comparison: lower case, ё as е, one space between words, no quotation marks,
/// no abbreviation of a settlement type (`г.`, `пос.`, `д.` …) in front.
///
/// Two texts from data or rules are equal when their normal forms are equal.
pub fn normal_text(text: &str) -> String {
    let folded = folded_text(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let rest = match words.split_first() {
        Some((first, rest)) if !rest.is_empty() && SETTLEMENT_TYPES.contains(first) => rest,
        Some((first, rest)) => {
            // `г.Пикалёво`, written without a space
            if let Some((kind, name)) = first.split_once('.')
                && SETTLEMENT_TYPES.contains(&kind)
                && !name.is_empty()
            {
                let mut out = name.to_string();
                for word in rest {
                    out.push(' ');
                    out.push_str(word);
                }
                return out;
            }
            &words
        }
        None => &words,
    };
    rest.join(" ")
}

/// The same with the abbreviation of a settlement type: `пос. Рощино` and `дер. Рощино` are two places, and groups of
/// schools keep them apart.
pub fn folded_text(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '«' | '»' | '"' | '„' | '“' | '”' | '\'' => folded.push(' '),
            '\u{a0}' | '\u{202f}' => folded.push(' '),
            '–' | '—' | '−' | '‑' => folded.push('-'),
            c => folded.extend(c.to_lowercase().map(|l| if l == 'ё' { 'е' } else { l })),
        }
    }
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Abbreviations and words for kinds of settlement that stand before a name.
const SETTLEMENT_TYPES: &[&str] = &[
    "г.",
    "г",
    "город",
    "пос.",
    "пос",
    "п.",
    "п",
    "поселок",
    "пгт",
    "пгт.",
    "д.",
    "д",
    "дер.",
    "дер",
    "деревня",
    "с.",
    "с",
    "село",
    "ст.",
    "станица",
    "х.",
    "хутор",
    "рп",
    "р.п.",
    "гп",
    "г.п.",
    "сп",
    "с.п.",
];

#[cfg(test)]
mod tests {
    use super::normal_text;

    #[test]
    fn settlement_names_are_equal_in_every_spelling() {
        for text in ["Пикалёво", "г. Пикалево", "г.Пикалёво", "  ПИКАЛЁВО ", "город «Пикалёво»"]
        {
            assert_eq!(normal_text(text), "пикалево", "{text}");
        }
        assert_eq!(normal_text("Сосновый  Бор"), "сосновый бор");
        assert_eq!(normal_text("п"), "п");
    }
}
