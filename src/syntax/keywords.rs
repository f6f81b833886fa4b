//! The two vocabularies: canonical forms of keywords, functions and units.
//!
//! The accepted inflections stand in the grammar; a test holds the two together.

pub(super) mod mistaken;
pub(super) mod printed;
pub(super) mod wordings;

use super::tree::{BuiltIn, UnitName};
use crate::language::Language;
use crate::number::Number;

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

/// The grammatical case a place demands of a number and of what it counts; English has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// `= 21 балл`
    Nominative,
    /// `менее 21 балла`
    Genitive,
    /// `не равно 21 баллу`
    Dative,
}

/// The form of a counted word: `1 балл`, `менее 1 балла`, `2 балла`, `5 баллов`, `не равно 1 баллу`, `не равно 5 баллам`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    One,
    OfOne,
    Few,
    Many,
    ToOne,
    ToMany,
}

/// The form that goes with a number; `None`: a number that is not known here.
pub(super) fn form(number: Option<&Number>, case: Case, language: Language) -> Form {
    let Some(number) = number else { return Form::Many };
    let whole = number.to_integer().map(i64::unsigned_abs);
    if language == Language::English {
        return if whole == Some(1) { Form::One } else { Form::Many };
    }
    // a fraction governs the genitive in every case: `0,5 балла`
    let Some(whole) = whole else { return Form::Few };
    let one = whole % 10 == 1 && whole % 100 != 11;
    match case {
        Case::Nominative if one => Form::One,
        Case::Nominative if (2..=4).contains(&(whole % 10)) && !(11..=14).contains(&(whole % 100)) => Form::Few,
        Case::Genitive if one => Form::OfOne,
        Case::Dative if one => Form::ToOne,
        Case::Dative => Form::ToMany,
        Case::Nominative | Case::Genitive => Form::Many,
    }
}

/// Forms of unit words: Russian for one, few (also of one, and of a fraction) and many, to one and to many; English
/// singular and plural.
const UNITS: &[(UnitName, [&str; 5], [&str; 2])] = &[
    (UnitName::Percent, ["%", "%", "%", "%", "%"], ["%", "%"]),
    (UnitName::PercentagePoint, ["п.п.", "п.п.", "п.п.", "п.п.", "п.п."], ["pp", "pp"]),
    (UnitName::Points, ["балл", "балла", "баллов", "баллу", "баллам"], ["point", "points"]),
    (UnitName::Mark, ["отметка", "отметки", "отметок", "отметке", "отметкам"], ["mark", "marks"]),
    (UnitName::People, ["человек", "человека", "человек", "человеку", "человекам"], ["person", "people"]),
    (UnitName::Year, ["год", "года", "лет", "году", "годам"], ["year", "years"]),
    (UnitName::Rouble, ["рубль", "рубля", "рублей", "рублю", "рублям"], ["rouble", "roubles"]),
    (UnitName::Kilometre, ["км", "км", "км", "км", "км"], ["km", "km"]),
    (UnitName::Minute, ["минута", "минуты", "минут", "минуте", "минутам"], ["minute", "minutes"]),
    (UnitName::Hour, ["час", "часа", "часов", "часу", "часам"], ["hour", "hours"]),
    (UnitName::SquareMetre, ["кв_м", "кв_м", "кв_м", "кв_м", "кв_м"], ["sq_m", "sq_m"]),
    (UnitName::Place, ["место", "места", "мест", "месту", "местам"], ["place", "places"]),
];

/// The unit word in one of its forms.
pub(super) fn unit_word(unit: UnitName, form: Form, language: Language) -> &'static str {
    let Some((_, [one, few, many, to_one, to_many], [single, plural])) = UNITS.iter().find(|(u, _, _)| *u == unit)
    else {
        return "";
    };
    match (language, form) {
        (Language::English, Form::One) => single,
        (Language::English, _) => plural,
        (Language::Russian, Form::One) => one,
        (Language::Russian, Form::Few | Form::OfOne) => few,
        (Language::Russian, Form::Many) => many,
        (Language::Russian, Form::ToOne) => to_one,
        (Language::Russian, Form::ToMany) => to_many,
    }
}

/// All unit words, for suggestions; the dative is too rare to be meant.
fn unit_words() -> Vec<&'static str> {
    UNITS.iter().flat_map(|(_, ru, en)| ru.iter().take(3).chain(en).copied()).collect()
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
    ("решение", "decision"),
    ("документ", "document"),
    ("автор", "author"),
    ("причина", "reason"),
    ("сценарий", "scenario"),
    ("на основе", "based on"),
    ("отключить", "switch off"),
    ("добавить", "add"),
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
    ("прежде", "previously"),
    ("остается", "stays"),
    ("срок", "term"),
    ("без правила выхода", "without exit rule"),
    ("выполнена", "met"),
    ("если", "when"),
    ("в случае", "in case"),
];

/// All head words of both languages.
fn heads() -> Vec<&'static str> {
    HEADS.iter().flat_map(|(ru, en)| [*ru, *en]).collect()
}

/// Every single word of the keywords, in both languages.
pub(super) fn all_words() -> Vec<&'static str> {
    let printed = printed::ALL.iter().copied().chain(printed::counted());
    let printed = printed.flat_map(|word| Language::ALL.map(|language| word.word(language)));
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
