//! What people write in the words of everyday language, and how the rules say it.
//!
//! Knows words, not places: a phrase is a row of tokens.

/// What is meant by a phrase that the grammar does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Meant {
    /// A number in words: its digits.
    Number(String),
    /// Each of these may be meant.
    Phrases(Vec<String>),
}

/// Words that begin the number of what is met.
const MET: &[&str] = &["выполнено", "выполнены", "выполнена", "выполнен", "met"];

/// Words that say how many are met.
const QUANTIFIERS: &[&str] = &["любой", "любая", "любое", "все", "не", "ровно", "ни"];

/// Words of order, and the comparison that each of them is; the longer before those that they begin with.
const ORDER: &[(&[&str], &str)] = &[
    (&["не", "превышает"], "не более"),
    (&["не", "превышают"], "не более"),
    (&["не", "превысил"], "не более"),
    (&["не", "превысила"], "не более"),
    (&["не", "превысило"], "не более"),
    (&["не", "превысили"], "не более"),
    (&["не", "выше"], "не более"),
    (&["не", "свыше"], "не более"),
    (&["не", "ниже"], "не менее"),
    (&["не", "достигает"], "менее"),
    (&["не", "достигают"], "менее"),
    (&["превышает"], "более"),
    (&["превышают"], "более"),
    (&["превысил"], "более"),
    (&["превысила"], "более"),
    (&["превысило"], "более"),
    (&["превысили"], "более"),
    (&["больше", "либо", "равно"], "не менее"),
    (&["меньше", "либо", "равно"], "не более"),
    (&["как", "минимум"], "не менее"),
    (&["по", "крайней", "мере"], "не менее"),
    (&["по", "меньшей", "мере"], "не менее"),
    (&["как", "максимум"], "не более"),
    (&["выше", ",", "чем"], "более"),
    (&["ниже", ",", "чем"], "менее"),
    (&["выше", "чем"], "более"),
    (&["выше"], "более"),
    (&["свыше"], "более"),
    (&["ниже", "чем"], "менее"),
    (&["ниже"], "менее"),
    (&["less", "than", "or", "equal", "to"], "at most"),
    (&["more", "than", "or", "equal", "to"], "at least"),
    (&["greater", "than", "or", "equal", "to"], "at least"),
    (&["does", "not", "exceed"], "at most"),
    (&["do", "not", "exceed"], "at most"),
    (&["not", "more", "than"], "at most"),
    (&["no", "more", "than"], "at most"),
    (&["not", "above"], "at most"),
    (&["not", "less", "than"], "at least"),
    (&["no", "less", "than"], "at least"),
    (&["not", "below"], "at least"),
    (&["exceeds"], "more than"),
    (&["exceed"], "more than"),
    (&["above"], "more than"),
    (&["greater", "than"], "more than"),
    (&["higher", "than"], "more than"),
    (&["below"], "less than"),
    (&["under"], "less than"),
    (&["lower", "than"], "less than"),
    (&["fewer", "than"], "less than"),
];

/// Words behind a bound that is one of the values: `40 % и ниже`.
const BEHIND: &[(&[&str], &str)] = &[
    (&["и", "ниже"], "не более"),
    (&["и", "менее"], "не более"),
    (&["и", "меньше"], "не более"),
    (&["или", "ниже"], "не более"),
    (&["или", "менее"], "не более"),
    (&["и", "выше"], "не менее"),
    (&["и", "более"], "не менее"),
    (&["и", "больше"], "не менее"),
    (&["или", "выше"], "не менее"),
    (&["или", "более"], "не менее"),
    (&["or", "less"], "at most"),
    (&["or", "lower"], "at most"),
    (&["or", "fewer"], "at most"),
    (&["and", "below"], "at most"),
    (&["or", "below"], "at most"),
    (&["or", "more"], "at least"),
    (&["or", "higher"], "at least"),
    (&["and", "above"], "at least"),
    (&["or", "above"], "at least"),
];

const MONTHS: &[(&str, &str)] = &[
    ("января", "january"),
    ("февраля", "february"),
    ("марта", "march"),
    ("апреля", "april"),
    ("мая", "may"),
    ("июня", "june"),
    ("июля", "july"),
    ("августа", "august"),
    ("сентября", "september"),
    ("октября", "october"),
    ("ноября", "november"),
    ("декабря", "december"),
];

/// Numbers in words: all forms, with е for ё.
const NUMBERS: &[(u32, &[&str])] = &[
    (1, &["один", "одна", "одно", "одного", "одной", "одну", "одному", "одним", "одном", "one"]),
    (2, &["два", "две", "двух", "двум", "двумя", "two"]),
    (3, &["три", "трех", "трем", "тремя", "three"]),
    (4, &["четыре", "четырех", "четырем", "четырьмя", "four"]),
    (5, &["пять", "пяти", "пятью", "five"]),
    (6, &["шесть", "шести", "шестью", "six"]),
    (7, &["семь", "семи", "семью", "seven"]),
    (8, &["восемь", "восьми", "восемью", "восьмью", "eight"]),
    (9, &["девять", "девяти", "девятью", "nine"]),
    (10, &["десять", "десяти", "десятью", "ten"]),
    (11, &["одиннадцать", "одиннадцати", "eleven"]),
    (12, &["двенадцать", "двенадцати", "twelve"]),
    (15, &["пятнадцать", "пятнадцати", "fifteen"]),
    (20, &["двадцать", "двадцати", "twenty"]),
    (30, &["тридцать", "тридцати", "thirty"]),
    (40, &["сорок", "сорока", "forty"]),
    (50, &["пятьдесят", "пятидесяти", "fifty"]),
    (60, &["шестьдесят", "шестидесяти", "sixty"]),
    (70, &["семьдесят", "семидесяти", "seventy"]),
    (80, &["восемьдесят", "восьмидесяти", "eighty"]),
    (90, &["девяносто", "девяноста", "ninety"]),
    (100, &["сто", "ста"]),
];

/// The comparison that a word behind a bound stands for, where it would be a name: `= 40 % и ниже`.
pub fn bound_behind(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "ниже" => "не более …",
        "выше" => "не менее …",
        "lower" | "below" | "fewer" => "at most …",
        "higher" | "above" => "at least …",
        _ => return None,
    })
}

/// The digits of a number in words.
pub fn number_in_words(word: &str) -> Option<u32> {
    let folded: String = word.chars().flat_map(char::to_lowercase).map(|c| if c == 'ё' { 'е' } else { c }).collect();
    NUMBERS.iter().find(|(_, forms)| forms.contains(&folded.as_str())).map(|(number, _)| *number)
}

/// The phrase that the tokens begin with: how many of them it takes, and what is meant.
pub(in super::super) fn phrase(before: &[&str], tokens: &[&str]) -> Option<(usize, Meant)> {
    met(tokens)
        .or_else(|| met_at_the_end(tokens))
        .or_else(|| at_least_one(tokens))
        .or_else(|| date(tokens))
        .or_else(|| bound_with_end(before, tokens))
        .or_else(|| direction(tokens))
        .or_else(|| range(tokens))
        .or_else(|| order(tokens))
        .or_else(|| one_end(before, tokens))
        .or_else(|| number(tokens))
}

fn one(count: usize, phrase: impl Into<String>) -> Option<(usize, Meant)> {
    Some((count, Meant::Phrases(vec![phrase.into()])))
}

/// `выполнены любые критерии`, `выполнены любые два критерия`, `выполнены два критерия`.
fn met(tokens: &[&str]) -> Option<(usize, Meant)> {
    let (met, rest) = tokens.split_first()?;
    if ["выполняется", "выполняются"].contains(met) {
        let (taken, after) = match (at_least_one(rest), rest) {
            (Some((taken, Meant::Phrases(phrases))), _) => (taken, phrases.into_iter().next()?),
            (_, ["не", word @ ("менее" | "более"), number, ..]) => {
                (3, format!("не {word} {}", count(number)?))
            }
            _ => (1, (*rest.first().filter(|word| QUANTIFIERS.contains(word))?).to_owned()),
        };
        let met = match after.split(' ').next() {
            Some("любой") => "выполнен",
            Some("любая") => "выполнена",
            Some("все") => "выполнены",
            _ => "выполнено",
        };
        let noun = rest.get(taken).filter(|_| after.starts_with("не "));
        return one(
            1 + taken + usize::from(noun.is_some()),
            noun.map_or_else(|| format!("{met} {after}"), |noun| format!("{met} {after} {noun}")),
        );
    }
    if !MET.contains(met) {
        return None;
    }
    if let Some((taken, phrase)) = each_of(rest) {
        return one(1 + taken, phrase);
    }
    let digits = |word: &&str| count(word);
    match rest {
        ["оба" | "обе", noun, ..] => {
            let (least, all) = both(noun)?;
            Some((3, Meant::Phrases(vec![format!("{met} {all}"), format!("{met} {least}")])))
        }
        ["любые" | "любых", noun, ..] => match digits(noun) {
            Some(number) => at_least(3, &format!("{met} не менее {number}"), rest.get(2)),
            None => one(3, any_of(noun)?),
        },
        [noun, ..] => {
            let number = digits(noun)?;
            let (least, exactly) =
                if *met == "met" { ("at least", "exactly") } else { ("не менее", "ровно") };
            let phrases = [least, exactly].map(|word| format!("{met} {word} {number}"));
            Some((2, Meant::Phrases(phrases.to_vec())))
        }
        [] => None,
    }
}

/// `выполнены критерии 1, 2 и 3`, `выполнен критерий 1`.
fn each_of(rest: &[&str]) -> Option<(usize, String)> {
    let numbers = rest.split_first().filter(|(noun, _)| ["критерий", "критерии"].contains(noun))?.1;
    let mut found = vec![*numbers.first().filter(|word| is_number(word))?];
    let mut joint = "и";
    while let Some([sign @ ("," | "и" | "или"), next, ..]) = numbers.get(found.len() * 2 - 1..)
        && is_number(next)
    {
        found.push(next);
        joint = if *sign == "," { joint } else { sign };
    }
    let each: Vec<String> = found.iter().map(|number| format!("критерий {number} выполнен")).collect();
    let phrase = each.join(&format!(" {joint} "));
    let taken = found.len() * 2;
    Some((taken, if joint == "или" && found.len() > 1 { format!("({phrase})") } else { phrase }))
}

fn both(noun: &str) -> Option<(&'static str, &'static str)> {
    Some(match noun {
        "критерия" | "критерии" => ("не менее 2 критериев", "все критерии"),
        "группы" => ("не менее 2 групп", "все группы"),
        "условия" => ("не менее 2 условий", "все условия"),
        _ => return None,
    })
}

/// `хотя бы один критерий выполнен`, `не менее двух критериев выполнено`.
fn met_at_the_end(tokens: &[&str]) -> Option<(usize, Meant)> {
    let (taken, words) = match tokens {
        [any @ ("любой" | "любая" | "любое" | "все"), noun, ..] => (2, format!("{any} {noun}")),
        ["не", word @ ("менее" | "более"), number, noun, ..] => {
            (4, format!("не {word} {} {noun}", count(number)?))
        }
        _ => match at_least_one(tokens)? {
            (taken, Meant::Phrases(phrases)) => (taken, phrases.into_iter().next()?),
            _ => return None,
        },
    };
    let noun = tokens.get(taken - 1)?;
    let counted = ["критер", "групп", "услови"].iter().any(|stem| noun.starts_with(stem));
    let met = tokens.get(taken).filter(|word| counted && MET.contains(word))?;
    one(taken + 1, format!("{met} {words}"))
}

fn any_of(noun: &str) -> Option<&'static str> {
    Some(match noun {
        "критерии" | "критериев" => "выполнен любой критерий",
        "группы" | "групп" => "выполнена любая группа",
        "условия" | "условий" => "выполнено любое условие",
        _ => return None,
    })
}

/// `хотя бы один критерий`, `хотя бы два критерия`.
fn at_least_one(tokens: &[&str]) -> Option<(usize, Meant)> {
    let ["хотя", "бы", rest @ ..] = tokens else { return None };
    let Some(first) = rest.first() else { return one(2, "не менее") };
    let any = match *first {
        "один" | "одного" => "любой",
        "одна" | "одну" | "одной" => "любая",
        "одно" => "любое",
        word => {
            return match count(word) {
                Some(number) => at_least(3, &format!("не менее {number}"), rest.get(1)),
                None => one(2, "не менее"),
            };
        }
    };
    match rest.get(1) {
        Some(noun) if ["критер", "групп", "услови"].iter().any(|stem| noun.starts_with(stem)) => {
            one(4, format!("{any} {noun}"))
        }
        _ => one(3, any),
    }
}

/// What is counted stands in the genitive behind `не менее 2`.
fn at_least(taken: usize, words: &str, noun: Option<&&str>) -> Option<(usize, Meant)> {
    let many = [("критер", "критериев"), ("групп", "групп"), ("услови", "условий")];
    match many.iter().find(|(stem, _)| noun.is_some_and(|noun| noun.starts_with(stem))) {
        Some((_, many)) => one(taken + 1, format!("{words} {many}")),
        None => one(taken, words),
    }
}

/// `1 сентября 2018 г.`, `1 September 2018`, `September 1, 2018`.
fn date(tokens: &[&str]) -> Option<(usize, Meant)> {
    let month = |word: &str| MONTHS.iter().position(|(ru, en)| *ru == word || *en == word).map(|at| at + 1);
    let (day, name, year, taken) = match tokens {
        [day, name, year, ..] if month(name).is_some() => (day, name, year, 3),
        [name, day, ",", year, ..] if month(name).is_some() => (day, name, year, 4),
        [name, day, year, ..] if month(name).is_some() => (day, name, year, 3),
        _ => return None,
    };
    let day: u32 = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    let year: u32 = year.parse().ok().filter(|year| (1000..=9999).contains(year))?;
    let taken = taken
        + match tokens.get(taken..) {
            Some(["г", ".", ..]) => 2,
            Some(["г" | "года" | "год", ..]) => 1,
            _ => 0,
        };
    let number = month(name)?;
    let russian = MONTHS.iter().any(|(ru, _)| ru == name);
    one(taken, if russian { format!("{day:02}.{number:02}.{year}") } else { format!("{year}-{number:02}-{day:02}") })
}

/// `40 % и ниже`, `и ниже 40 %`.
fn bound_with_end(before: &[&str], tokens: &[&str]) -> Option<(usize, Meant)> {
    let is_unit = |word: &&&str| **word == "%" || super::unit_words().contains(*word);
    let compared = ["менее", "более", "меньше", "больше", "than", "least", "most", "<", ">", "от", "from"];
    if before.last().is_some_and(|word| compared.contains(word)) {
        return None;
    }
    let known = |words: &[&str]| BEHIND.iter().find(|(phrase, _)| words.starts_with(phrase)).map(|(_, right)| *right);
    let lead = usize::from(tokens.first().is_some_and(|word| ["=", "составляет", "составляют"].contains(word)));
    let tokens_after = tokens.get(lead..)?;
    if let Some(right) = known(tokens_after) {
        // `и более 20 %` behind a comparison joins two of them
        let joined = before.iter().any(|word| compared.contains(word));
        let number = tokens_after.get(2).filter(|word| is_number(word) && !joined)?;
        let unit = tokens_after.get(3).filter(is_unit);
        return one(lead + 3 + usize::from(unit.is_some()), with_unit(right, number, unit));
    }
    let number = tokens_after.first().filter(|word| is_number(word))?;
    let unit = tokens_after.get(1).filter(is_unit);
    let taken = 1 + usize::from(unit.is_some());
    let right = known(tokens_after.get(taken..)?)?;
    if tokens_after.get(taken + 2).is_some_and(|word| is_number(word)) {
        return None;
    }
    one(lead + taken + 2, with_unit(right, number, unit))
}

fn with_unit(word: &str, number: &str, unit: Option<&&str>) -> String {
    unit.map_or_else(|| format!("{word} {number}"), |unit| format!("{word} {number} {unit}"))
}

/// `ниже`, `не превышает`, `составляет менее`.
fn order(tokens: &[&str]) -> Option<(usize, Meant)> {
    if let ["составляет" | "составляют" | "равняется" | "равняются", rest @ ..] = tokens
    {
        if rest.first().is_some_and(|word| is_number(word)) {
            return one(1, "=");
        }
        let taken = 1 + usize::from(rest.first() == Some(&"не"));
        let word = rest.get(taken - 1).filter(|word| ["менее", "более", "меньше", "больше"].contains(word))?;
        return one(taken + 1, if taken > 1 { format!("не {word}") } else { (*word).to_owned() });
    }
    if let ["is" | "are", next, ..] = tokens {
        if is_number(next) {
            return one(1, "=");
        }
        return ["less", "more", "at", "not", "equal", "in"].contains(next).then(|| one(2, *next)).flatten();
    }
    let (words, right) = ORDER.iter().find(|(words, _)| tokens.starts_with(words))?;
    one(words.len(), *right)
}

/// `выше – лучше`
fn direction(tokens: &[&str]) -> Option<(usize, Meant)> {
    let right = match *tokens.first()? {
        "выше" => "больше",
        "ниже" => "меньше",
        _ => return None,
    };
    let better = tokens.iter().skip(1).find(|word| !["–", "-", "—", "−"].contains(word));
    (better == Some(&"лучше")).then(|| one(1, right)).flatten()
}

/// `между 3 и 5 баллами`, `between 3 and 5 points`.
fn range(tokens: &[&str]) -> Option<(usize, Meant)> {
    let ([from, to, more, less], and) = match *tokens.first()? {
        "между" => (["от", "до", "более", "менее"], "и"),
        "between" => (["from", "to", "more than", "less than"], "and"),
        _ => return None,
    };
    let low = tokens.get(1).filter(|word| is_number(word))?;
    let unit = tokens.get(2).filter(|word| **word != and);
    let behind = 2 + usize::from(unit.is_some());
    let high = tokens.get(behind + 1).filter(|word| tokens.get(behind) == Some(&and) && is_number(word))?;
    let unit_of_high = tokens.get(behind + 2).filter(|word| **word == "%" || super::unit_words().contains(word));
    let high = unit_of_high.map_or_else(|| (*high).to_owned(), |unit| format!("{high} {unit}"));
    // whether the bounds count, only the author knows
    let closed = format!("{} {to} {high}", with_unit(from, low, unit));
    let open = format!("{} {and} … {less} {high}", with_unit(more, low, unit));
    Some((behind + 2 + usize::from(unit_of_high.is_some()), Meant::Phrases(vec![closed, open])))
}

/// Whether a phrase is one that lacks its other end.
pub(in super::super) fn opens_range(word: &str) -> bool {
    ["от", "from"].contains(&word)
}

/// `до 60 %` without its `от`, `от 60 %` without its `до`.
fn one_end(before: &[&str], tokens: &[&str]) -> Option<(usize, Meant)> {
    let (lead, phrases, other) = match tokens {
        ["до", ..] => (1, ["менее", "не более"], "от"),
        ["up", "to", ..] => (2, ["less than", "at most"], "from"),
        ["от", ..] => (1, ["не менее", "более"], "до"),
        ["from", ..] => (1, ["at least", "more than"], "to"),
        _ => return None,
    };
    let number = tokens.get(lead).filter(|word| is_number(word))?;
    let condition = before.iter().any(|word| ["если", "где", "when", "where", "if"].contains(word));
    if !condition || before.iter().chain(tokens).any(|word| *word == other) {
        return None;
    }
    let unit = tokens.get(lead + 1).filter(|word| **word == "%" || super::unit_words().contains(word));
    let phrases = phrases.map(|phrase| with_unit(phrase, number, unit));
    Some((lead + 1 + usize::from(unit.is_some()), Meant::Phrases(phrases.to_vec())))
}

/// A number in one or two words: `три`, `двадцать пять`.
fn number(tokens: &[&str]) -> Option<(usize, Meant)> {
    let first = number_in_words(tokens.first()?)?;
    let taken = if tokens.get(1) == Some(&"-") { 3 } else { 2 };
    match tokens.get(taken - 1).and_then(|word| number_in_words(word)) {
        Some(second) if first >= 20 && first > second && (second < 10 || first == 100) => {
            Some((taken, Meant::Number((first + second).to_string())))
        }
        _ => Some((1, Meant::Number(first.to_string()))),
    }
}

/// A whole number, in digits or in words.
fn count(word: &str) -> Option<u32> {
    word.parse().ok().or_else(|| number_in_words(word))
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{Meant, number_in_words, phrase};

    fn meant(text: &str) -> Option<(usize, Vec<String>)> {
        let tokens: Vec<&str> = text.split(' ').collect();
        phrase(&["если"], &tokens).map(|(taken, meant)| match meant {
            Meant::Number(number) => (taken, vec![number]),
            Meant::Phrases(phrases) => (taken, phrases),
        })
    }

    #[test]
    fn everyday_words_are_understood() {
        let one = |text: &str| meant(text).map(|(_, phrases)| phrases.join(" | ")).unwrap_or_default();
        assert_eq!(one("ниже 60 %"), "менее");
        assert_eq!(one("не превышает 60 %"), "не более");
        assert_eq!(one("40 % и ниже"), "не более 40 %");
        assert_eq!(one("и более 40 %"), "не менее 40 %");
        assert_eq!(one("до 60 %"), "менее 60 % | не более 60 %");
        assert_eq!(one("от 60 %"), "не менее 60 % | более 60 %");
        assert_eq!(one("от 60 % до"), "");
        assert_eq!(one("хотя бы один критерий"), "любой критерий");
        assert_eq!(one("хотя бы два критерия"), "не менее 2 критериев");
        assert_eq!(one("1 сентября 2018 года"), "01.09.2018");
        assert_eq!(one("september 1 , 2018"), "2018-09-01");
        assert_eq!(one("выполнены любые критерии"), "выполнен любой критерий");
        assert_eq!(one("выполнены два критерия"), "выполнены не менее 2 | выполнены ровно 2");
        assert_eq!(one("выполняется хотя бы один критерий"), "выполнен любой критерий");
        assert_eq!(one("выполняются не менее двух критериев"), "выполнено не менее 2 критериев");
        assert_eq!(
            one("выполнены критерии 1 , 2 и 3"),
            "критерий 1 выполнен и критерий 2 выполнен и критерий 3 выполнен"
        );
        assert_eq!(one("выполнены критерии 1 или 2"), "(критерий 1 выполнен или критерий 2 выполнен)");
        assert_eq!(one("хотя бы один критерий выполнен"), "выполнен любой критерий");
        assert_eq!(one("не менее двух критериев выполнено"), "выполнено не менее 2 критериев");
        assert_eq!(one("между 3 и 5 баллами"), "от 3 до 5 | более 3 и … менее 5");
        assert_eq!(one("выше – лучше"), "больше");
        assert_eq!(one("составляет 60 %"), "=");
        assert_eq!(one("двадцать пять человек"), "25");
        assert_eq!(one("twenty - five people"), "25");
        assert_eq!(meant("1 сентября 18"), None);
        assert_eq!(meant("31 число"), None);
    }

    #[test]
    fn numbers_are_read_in_all_cases() {
        assert_eq!(number_in_words("Трёх"), Some(3));
        assert_eq!(number_in_words("ten"), Some(10));
        assert_eq!(number_in_words("тридевять"), None);
    }
}
