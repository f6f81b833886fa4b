//! Names of files, sheets and headers → names of the rules' language.
//!
//! A name is never a word of the language and never given twice in one place.

use super::{Names, Table, words};
use crate::syntax;

/// Characters of a name, about.
const LONGEST: usize = 40;

/// What the name of a file or sheet says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// Without the year.
    pub stem: String,
    pub year: Option<i64>,
}

/// The name of a table: that of its sheet where a workbook has several, else that of the file.
pub(super) fn of_piece(file: &str, sheet: Option<&str>, several: bool) -> Named {
    let base = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let base = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
    let of_file = split(base);
    let Some(sheet) = sheet.filter(|_| several) else {
        return of_file;
    };
    let of_sheet = split(sheet);
    let stem = if words::says_nothing(sheet) || words::says_nothing(&of_sheet.stem) {
        if of_sheet.year.is_none() { format!("{} {sheet}", of_file.stem) } else { of_file.stem }
    } else {
        of_sheet.stem
    };
    Named { stem, year: of_sheet.year.or(of_file.year) }
}

/// Takes the year out of a name. Of a school year, `2017-2018`, the second counts.
pub(super) fn split(name: &str) -> Named {
    let letters: Vec<char> = name.chars().collect();
    let mut runs: Vec<(usize, usize, i64)> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let digits = letters.iter().skip(at).take_while(|c| c.is_ascii_digit()).count();
        if digits == 4 {
            let text: String = letters.iter().skip(at).take(4).collect();
            runs.extend(text.parse().ok().filter(|year| (1990..2100).contains(year)).map(|year| (at, at + 4, year)));
        }
        at += digits.max(1);
    }
    let (first, last) = match runs.as_slice() {
        [only] => (*only, *only),
        [a, b] if b.2 == a.2 + 1 => (*a, *b),
        _ => return Named { stem: name.trim().to_owned(), year: None },
    };
    let before: String = letters.iter().take(first.0).collect();
    let after: String = letters.iter().skip(last.1).collect();
    let mark = |c: char| !c.is_alphanumeric();
    let stem = format!("{} {}", before.trim_end_matches(mark), after.trim_start_matches(mark));
    Named { stem: stem.trim().to_owned(), year: Some(last.2) }
}

/// A text as one word: letters and digits, others as `_`; lower case but for abbreviations.
pub(super) fn identifier(text: &str) -> String {
    let mut name = String::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let capital = word.chars().filter(|c| c.is_uppercase()).count();
        let word = if capital > 1 { word.to_owned() } else { word.to_lowercase() };
        if !name.is_empty() && name.chars().count() + word.chars().count() >= LONGEST {
            break;
        }
        if !name.is_empty() {
            name.push('_');
        }
        name.push_str(&word);
    }
    if name.starts_with(|c: char| c.is_numeric()) { format!("_{name}") } else { name }
}

/// The name, or one like it that is no word of the language and not yet taken.
pub(super) fn free(name: &str, otherwise: &str, taken: &[String]) -> String {
    let base = if name.is_empty() { otherwise } else { name };
    let base = if syntax::is_free_name(base) { base.to_owned() } else { format!("{base}_") };
    let usable = |name: &String| !taken.contains(name);
    let numbered = (2..).map(|n| format!("{base}_{n}"));
    std::iter::once(base.clone()).chain(numbered).find(usable).unwrap_or(base)
}

/// Names the columns of a table after their headers, without the unit at the end.
pub(super) fn columns(table: &mut Table, names: &Names) {
    let mut taken: Vec<String> = Vec::new();
    for (at, column) in table.columns.iter_mut().enumerate() {
        let wanted = if column.constant {
            names.year.clone()
        } else {
            let only_unit = words::unit(&column.header).is_some_and(|(_, alone)| alone);
            let (before, _) = words::last_part(&column.header);
            identifier(if only_unit { before } else { &column.header })
        };
        column.name = free(&wanted, &format!("{}_{}", names.column, at + 1), &taken);
        taken.push(column.name.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::{Named, free, identifier, of_piece, split};

    fn named(stem: &str, year: Option<i64>) -> Named {
        Named { stem: stem.to_owned(), year }
    }

    #[test]
    fn years_are_taken_out_of_names() {
        assert_eq!(split("экзамены-2016"), named("экзамены", Some(2016)));
        assert_eq!(split("2017-2018 итоги"), named("итоги", Some(2018)));
        assert_eq!(split("ЕГЭ 2018 г"), named("ЕГЭ г", Some(2018)));
        assert_eq!(split("выпускники-9"), named("выпускники-9", None));
        assert_eq!(split("2016 и 2019"), named("2016 и 2019", None));
        assert_eq!(split("отчёт 20181"), named("отчёт 20181", None));
    }

    #[test]
    fn sheets_name_tables_where_there_are_several() {
        assert_eq!(of_piece("a/школы.xlsx", Some("Паспорта"), false), named("школы", None));
        assert_eq!(of_piece("a/школы.xlsx", Some("Паспорта"), true), named("Паспорта", None));
        assert_eq!(of_piece("итоги.xlsx", Some("2017"), true), named("итоги", Some(2017)));
        assert_eq!(of_piece("итоги-2018.xlsx", Some("Лист2"), true), named("итоги Лист2", Some(2018)));
    }

    #[test]
    fn names_are_words_of_letters_that_mean_nothing_else() {
        assert_eq!(identifier("Код ОО"), "код_ОО");
        assert_eq!(identifier("9 класс, чел."), "_9_класс_чел");
        assert_eq!(free("или", "x", &[]), "или_");
        assert_eq!(free("", "столбец_1", &[]), "столбец_1");
        assert_eq!(free("балл", "x", &["балл".to_owned()]), "балл_2");
    }
}
