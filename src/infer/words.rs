//! Words that people write in headers and file names, and what they hint at. Vocabulary only: every hint is held against the cells.

use crate::value::{Reasons, Unit};

/// Words of a header that say: this is a code.
const CODES: &[&str] =
    &["код", "коды", "инн", "огрн", "кпп", "окато", "октмо", "шифр", "id", "code", "cds", "uuid", "guid"];

/// Headers of the running number of a row: different in every row, and no key.
const NUMBERING: &[&str] =
    &["№", "№ п/п", "№п/п", "n", "n п/п", "п/п", "no", "no.", "#", "номер строки", "номер по порядку"];

/// Headers of the year that a row is about.
const YEARS: &[&str] =
    &["год", "учебный год", "отчетный год", "год отчета", "календарный год", "year", "school year", "reporting year"];

/// Words of names that say that rows are schools.
const SCHOOLS: &[&str] = &["школ", "school", "паспорт", "организаци"];

/// Names that a spreadsheet program gives to sheets.
const SHEETS: &[&str] = &["лист", "sheet", "таблица", "table", "данные", "data", "worksheet", "год", "year"];

/// Signs of absence, by what they usually mean; those that are not here mean missing.
const SUPPRESSED: &[&str] = &["*", "**"];
const NOT_APPLICABLE: &[&str] = &["-", "–", "—", "−", "x", "х", "н/п", "неприменимо"];

/// Last parts of headers and their units: words in the order of the header, without points.
const UNITS: &[(&[&str], Unit)] = &[
    (&["чел", "человек", "people", "persons", "person"], Unit::People),
    (&["балл", "балла", "баллов", "баллы", "points", "point"], Unit::Points(None)),
    (&["отметка", "отметки", "отметок", "marks"], Unit::Mark),
    (&["лет", "years"], Unit::Year),
    (&["руб", "рублей", "рубли", "roubles"], Unit::Rouble),
    (&["км", "km"], Unit::Kilometre),
    (&["мин", "минут", "minutes", "min"], Unit::Minute),
    (&["час", "часов", "hours"], Unit::Hour),
    (&["кв м", "м2", "м²", "кв метров", "sq m", "sqm", "m2"], Unit::SquareMetre),
    (&["мест", "places"], Unit::Place),
];

/// Words anywhere in a header that say: points.
const POINTS: &[&str] = &["балл", "баллы", "баллов", "балла", "score", "points"];
/// Beginnings of words that say: per cent.
const PERCENTS: &[&str] = &["процент", "percent", "pct"];

/// The words of a header, lower case, ё as е, without marks; `%` is a word.
pub fn tokens(text: &str) -> Vec<String> {
    let folded = text.to_lowercase().replace('ё', "е").replace('%', " % ");
    let words = folded.split(|c: char| !(c.is_alphanumeric() || c == '%' || c == '№' || c == '²'));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The last part of a header, where units stand: behind the last comma, or in the last parentheses. With what comes before.
pub fn last_part(header: &str) -> (&str, &str) {
    let header = header.trim();
    if let Some(inner) = header.strip_suffix(')')
        && let Some((before, last)) = inner.rsplit_once('(')
    {
        return (before.trim(), last.trim());
    }
    match header.rsplit_once(", ") {
        Some((before, last)) => (before.trim(), last.trim()),
        None => ("", header),
    }
}

/// The unit that a header names, and whether its last part is nothing but that.
pub fn unit(header: &str) -> Option<(Unit, bool)> {
    let (before, last) = last_part(header);
    let all = tokens(header);
    let end = tokens(last);
    let percent = |word: &String| word == "%" || PERCENTS.iter().any(|start| word.starts_with(start));
    if all.iter().any(percent) {
        return Some((Unit::Percent, end == ["%"] && !before.is_empty()));
    }
    let phrase = end.join(" ");
    let named = UNITS.iter().find(|(words, _)| words.contains(&phrase.as_str()));
    if let Some((_, unit)) = named {
        return Some((unit.clone(), !before.is_empty()));
    }
    all.iter().any(|word| POINTS.contains(&word.as_str())).then_some((Unit::Points(None), false))
}

pub fn says_code(header: &str) -> bool {
    tokens(header).iter().any(|word| CODES.contains(&word.as_str()))
}

pub fn says_numbering(header: &str) -> bool {
    let lower = header.trim().to_lowercase();
    NUMBERING.contains(&lower.as_str())
}

pub fn says_year(header: &str) -> bool {
    YEARS.contains(&tokens(header).join(" ").as_str())
}

pub fn says_school(name: &str) -> bool {
    let lower = name.to_lowercase();
    SCHOOLS.iter().any(|word| lower.contains(word))
}

/// Whether a sheet has the name that a program gave it, such as `Лист1`.
pub fn says_nothing(sheet: &str) -> bool {
    let lower = sheet.trim().to_lowercase();
    let word = lower.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || "()_-".contains(c));
    word.is_empty() || SHEETS.contains(&word)
}

/// What a sign of absence usually means.
pub fn meaning(sign: &str) -> Reasons {
    let lower = sign.to_lowercase();
    if SUPPRESSED.contains(&lower.as_str()) {
        Reasons::SUPPRESSED
    } else if NOT_APPLICABLE.contains(&lower.as_str()) {
        Reasons::NOT_APPLICABLE
    } else {
        Reasons::MISSING
    }
}

#[cfg(test)]
mod tests {
    use super::{says_code, says_nothing, says_year, unit};
    use crate::value::Unit;

    #[test]
    fn units_stand_in_the_last_part_of_a_header() {
        let cases = [
            ("Обучающихся, чел.", Some((Unit::People, true))),
            ("Качество знаний, %", Some((Unit::Percent, true))),
            ("% успеваемости", Some((Unit::Percent, false))),
            ("Средний балл", Some((Unit::Points(None), false))),
            ("Норма площади, кв. м", Some((Unit::SquareMetre, true))),
            ("Площадь (кв. м)", Some((Unit::SquareMetre, true))),
            ("До ближайшего центра, км", Some((Unit::Kilometre, true))),
            ("в том числе не старше 3 лет, экз.", None),
            ("Работают на 1,5 ставки и более, чел.", Some((Unit::People, true))),
            ("Финансирование, тыс. руб.", None),
            ("Смен", None),
            ("Человек", Some((Unit::People, false))),
        ];
        for (header, expected) in cases {
            assert_eq!(unit(header), expected, "{header}");
        }
    }

    #[test]
    fn headers_tell_codes_and_years() {
        assert!(says_code("Код ОО") && says_code("school_id") && !says_code("Кодекс"));
        assert!(says_year("Учебный год") && says_year("Отчётный год") && !says_year("Год постройки"));
        assert!(says_nothing("Лист1") && says_nothing("Sheet 2") && says_nothing("2018") && !says_nothing("НОК"));
    }
}
