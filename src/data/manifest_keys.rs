//! The keys of a manifest, in both languages, and where each belongs.
//!
//! Vocabulary only: reads nothing.

pub(super) const MISSING: &[&str] = &["пропуск", "missing"];
pub(super) const SUPPRESSED: &[&str] = &["скрыто", "suppressed"];
pub(super) const NOT_APPLICABLE: &[&str] = &["не применимо", "not applicable"];

/// Words under which others stand deeper.
pub(super) const HOLDERS: &[&str] =
    &["таблицы", "tables", "столбцы", "columns", "файлы", "files", "численность", "cohorts"];
/// Words of a table and of a file of it.
pub(super) const OF_TABLE: &[&str] = &[
    "файл",
    "файлы",
    "решения",
    "лист",
    "строка заголовка",
    "кодировка",
    "разделитель",
    "разделитель внутри",
    "кавычка",
    "экранирование",
    "конец записи",
    "первая строка",
    "последняя строка",
    "таблица",
    "итоги",
    "в архиве",
    "починить",
    "листы",
    "развернуть",
    "пустые",
    "кроме строк",
    "только строки",
    "столбцы",
    "пропуск",
    "скрыто",
    "не применимо",
    "численность",
    "file",
    "files",
    "decisions",
    "sheet",
    "header row",
    "encoding",
    "separator",
    "separator inside",
    "quote",
    "escape",
    "record end",
    "first row",
    "last row",
    "table",
    "totals",
    "member",
    "mend",
    "sheets",
    "unpivot",
    "blanks",
    "except rows",
    "only rows",
    "columns",
    "missing",
    "suppressed",
    "not applicable",
    "cohorts",
];
/// Those that a table or a column may well be called.
const LIKELY_NAMES: &[&str] = &[
    "файл",
    "файлы",
    "решения",
    "лист",
    "листы",
    "таблица",
    "итоги",
    "численность",
    "cohorts",
    "file",
    "files",
    "decisions",
    "sheet",
    "sheets",
    "table",
    "totals",
    "member",
];
/// Words of a column.
pub(super) const OF_COLUMN: &[&str] = &[
    "заголовок",
    "место",
    "константа",
    "из",
    "часть",
    "значения",
    "знаков",
    "границы",
    "доли единицы",
    "сопоставить",
    "соответствия",
    "пропуск",
    "скрыто",
    "не применимо",
    "header",
    "position",
    "constant",
    "from",
    "part",
    "values",
    "digits",
    "bounds",
    "fractions of one",
    "match",
    "correspondence",
    "missing",
    "suppressed",
    "not applicable",
];
pub(super) const NONE: &[&str] = &["нет", "none", "no"];
pub(super) const YES: &[&str] = &["да", "yes"];

pub(super) fn is_out_of_table(key: &str) -> bool {
    OF_TABLE.contains(&key) && !LIKELY_NAMES.contains(&key)
}
