//! The two vocabularies: canonical forms of keywords, functions and units.
//!
//! The accepted inflections stand in the grammar; a test holds the two together.

pub(super) mod mistaken;
pub(super) mod printed;

use super::tree::{BuiltIn, UnitName};
use crate::language::Language;

/// Built-in functions: what each is called in Russian and in English.
pub(super) const BUILT_INS: &[(BuiltIn, &str, &str)] = &[
    (BuiltIn::Mean, "среднее", "mean"),
    (BuiltIn::Sum, "сумма", "sum"),
    (BuiltIn::Count, "количество", "count"),
    (BuiltIn::Minimum, "минимум", "minimum"),
    (BuiltIn::Maximum, "максимум", "maximum"),
    (BuiltIn::Median, "медиана", "median"),
    (BuiltIn::Quantile, "квантиль", "quantile"),
    (BuiltIn::Share, "доля", "share"),
    (BuiltIn::Latest, "последнее", "latest"),
    (BuiltIn::MeanOfYears, "среднее_по_годам", "mean_of_years"),
    (BuiltIn::Standard, "стандартное", "standardised"),
    (BuiltIn::MinMax, "минимакс", "minmax"),
    (BuiltIn::RankShare, "доля_места", "rank_share"),
    (BuiltIn::PercentOf, "процент_от", "percent_of"),
    (BuiltIn::Absolute, "модуль", "absolute"),
    (BuiltIn::Round, "округлить", "round"),
    (BuiltIn::RoundHalfEven, "округлить_к_чётному", "round_half_even"),
    (BuiltIn::RoundUp, "округлить_вверх", "round_up"),
    (BuiltIn::RoundDown, "округлить_вниз", "round_down"),
];

/// The built-in function a word stands for, in either language.
pub(super) fn built_in(word: &str) -> Option<BuiltIn> {
    let folded: String = word.chars().flat_map(char::to_lowercase).map(|c| if c == 'ё' { 'е' } else { c }).collect();
    BUILT_INS.iter().find(|(_, ru, en)| folded == ru.replace('ё', "е") || folded == *en).map(|(b, _, _)| *b)
}

pub(super) fn built_in_word(built_in: BuiltIn, language: Language) -> &'static str {
    BUILT_INS.iter().find(|(b, _, _)| *b == built_in).map_or("", |(_, ru, en)| pick(language, ru, en))
}

/// All function words of both languages.
pub fn function_words() -> Vec<&'static str> {
    BUILT_INS.iter().flat_map(|(_, ru, en)| [*ru, *en]).collect()
}

pub(super) fn pick(language: Language, ru: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::Russian => ru,
        Language::English => en,
    }
}

/// Forms of unit words: Russian after 1, after 2–4 and fractions, after 5 and more; English singular and plural.
const UNITS: &[(UnitName, [&str; 3], [&str; 2])] = &[
    (UnitName::Percent, ["%", "%", "%"], ["%", "%"]),
    (UnitName::PercentagePoint, ["п.п.", "п.п.", "п.п."], ["pp", "pp"]),
    (UnitName::Points, ["балл", "балла", "баллов"], ["point", "points"]),
    (UnitName::Mark, ["отметка", "отметки", "отметок"], ["mark", "marks"]),
    (UnitName::People, ["человек", "человека", "человек"], ["person", "people"]),
    (UnitName::Year, ["год", "года", "лет"], ["year", "years"]),
    (UnitName::Rouble, ["рубль", "рубля", "рублей"], ["rouble", "roubles"]),
    (UnitName::Kilometre, ["км", "км", "км"], ["km", "km"]),
    (UnitName::Minute, ["минута", "минуты", "минут"], ["minute", "minutes"]),
    (UnitName::Hour, ["час", "часа", "часов"], ["hour", "hours"]),
    (UnitName::SquareMetre, ["кв_м", "кв_м", "кв_м"], ["sq_m", "sq_m"]),
    (UnitName::Place, ["место", "места", "мест"], ["place", "places"]),
];

/// The unit word in the form that goes with a number (`None`: the form for many).
pub(super) fn unit_word(unit: UnitName, number: Option<&crate::number::Number>, language: Language) -> &'static str {
    let Some((_, [one, few, many], [single, plural])) = UNITS.iter().find(|(u, _, _)| *u == unit) else {
        return "";
    };
    let whole = number.and_then(crate::number::Number::to_integer).map(i64::unsigned_abs);
    match (language, number, whole) {
        (Language::English, Some(_), Some(1)) => single,
        (Language::English, _, _) => plural,
        (Language::Russian, Some(_), None) => few,
        (Language::Russian, Some(_), Some(n)) => match (n % 10, n % 100) {
            (_, 11..=14) => many,
            (1, _) => one,
            (2..=4, _) => few,
            _ => many,
        },
        (Language::Russian, None, _) => many,
    }
}

/// All unit words, for suggestions.
fn unit_words() -> Vec<&'static str> {
    UNITS.iter().flat_map(|(_, ru, en)| ru.iter().chain(en).copied()).collect()
}

/// Words that start blocks and clauses: Russian and English canonical forms, folded.
pub(super) const HEADS: &[(&str, &str)] = &[
    ("набор правил", "rule set"),
    ("подключить", "include"),
    ("параметр", "parameter"),
    ("список", "list"),
    ("таблица", "table"),
    ("совокупность", "population"),
    ("показатель", "indicator"),
    ("индекс", "index"),
    ("функция", "function"),
    ("сочетание", "combination"),
    ("категория", "category"),
    ("группа", "group"),
    ("критерий", "criterion"),
    ("версия", "version"),
    ("действует", "in force"),
    ("основание", "basis"),
    ("толкование", "explanation"),
    ("прочтение", "reading"),
    ("отчетный год", "reporting year"),
    ("оцениваются", "evaluates"),
    ("допустимо", "allowed"),
    ("источник", "source"),
    ("запись", "entry"),
    ("ключ", "key"),
    ("столбец", "column"),
    ("исключить", "exclude"),
    ("скрыть", "suppress"),
    ("нормирование", "normalisation"),
    ("составляющая", "component"),
    ("блок", "block"),
    ("при пропуске", "on missing"),
    ("при отсутствии данных", "without data"),
    ("округление квоты", "rounding of the quota"),
    ("равные на границе", "ties at the cut"),
    ("относится", "assigned"),
    ("выполнена", "met"),
    ("если", "when"),
    ("в случае", "in case"),
];

/// All head words of both languages.
fn heads() -> Vec<&'static str> {
    HEADS.iter().flat_map(|(ru, en)| [*ru, *en]).collect()
}

/// Every single word of the keywords, in both languages.
fn all_words() -> Vec<&'static str> {
    let printed = printed::ALL.iter().flat_map(|word| Language::ALL.map(|language| word.word(language)));
    heads().into_iter().chain(printed).flat_map(str::split_whitespace).collect()
}

/// Words that are never names.
pub(super) fn is_hard(word: &str) -> bool {
    const HARD: &[&str] = &[
        "или",
        "и",
        "не",
        "в",
        "где",
        "то",
        "иначе",
        "из",
        "до",
        "по",
        "на",
        "от",
        "для",
        "среди",
        "если",
        "менее",
        "более",
        "больше",
        "меньше",
        "равно",
        "выполнено",
        "выполнены",
        "выполнена",
        "выполнен",
        "известно",
        "and",
        "or",
        "not",
        "in",
        "where",
        "then",
        "else",
        "of",
        "to",
        "from",
        "among",
        "when",
        "if",
        "less",
        "more",
        "at",
        "equal",
        "equals",
        "met",
        "known",
        "by",
        "within",
        "with",
    ];
    HARD.contains(&word)
}

/// The language most lines of a folded text start in.
pub(super) fn vocabulary(folded: &str) -> Language {
    let (mut russian, mut english) = (0usize, 0usize);
    for line in folded.lines() {
        let line = line.trim_start();
        for (ru, en) in HEADS {
            if starts_with_word(line, ru) {
                russian += 1;
            } else if starts_with_word(line, en) {
                english += 1;
            }
        }
    }
    if english > russian { Language::English } else { Language::Russian }
}

fn starts_with_word(line: &str, word: &str) -> bool {
    line.strip_prefix(word).is_some_and(|rest| rest.chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '_'))
}
