//! A description of data as a text: the tables, the file of each, and how cells without a value are marked.

use crate::language::Language;

/// What a description says.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a> {
    pub title: &'a str,
    /// That the data are made up.
    pub note: &'a str,
    /// Names of tables with their files.
    pub tables: &'a [(String, String)],
    pub not_applicable: &'a str,
    pub suppressed: &'a str,
}

/// The words of a manifest in one language.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    pub dataset: &'static str,
    pub synthetic: &'static str,
    pub tables: &'static str,
    pub file: &'static str,
    pub files: &'static str,
    pub sheet: &'static str,
    /// The table of a sheet, by number.
    pub table: &'static str,
    /// Rows that are sums over others, and that they are left out.
    pub totals: &'static str,
    pub skip: &'static str,
    pub header_row: &'static str,
    pub encoding: &'static str,
    pub separator: &'static str,
    pub columns: &'static str,
    pub header: &'static str,
    pub constant: &'static str,
    /// Columns of a file that become rows.
    pub unpivot: &'static str,
    pub missing: &'static str,
    pub suppressed: &'static str,
    pub not_applicable: &'static str,
    /// What stands for a separator that cannot be seen.
    pub tab: &'static str,
}

/// The words of a manifest as they are written in a language.
pub fn words(language: Language) -> Words {
    match language {
        Language::Russian => Words {
            dataset: "набор данных",
            synthetic: "синтетические",
            tables: "таблицы",
            file: "файл",
            files: "файлы",
            sheet: "лист",
            table: "таблица",
            totals: "итоги",
            skip: "пропустить",
            header_row: "строка заголовка",
            encoding: "кодировка",
            separator: "разделитель",
            columns: "столбцы",
            header: "заголовок",
            constant: "константа",
            unpivot: "развернуть",
            missing: "пропуск",
            suppressed: "скрыто",
            not_applicable: "не применимо",
            tab: "табуляция",
        },
        Language::English => Words {
            dataset: "dataset",
            synthetic: "synthetic",
            tables: "tables",
            file: "file",
            files: "files",
            sheet: "sheet",
            table: "table",
            totals: "totals",
            skip: "skip",
            header_row: "header row",
            encoding: "encoding",
            separator: "separator",
            columns: "columns",
            header: "header",
            constant: "constant",
            unpivot: "unpivot",
            missing: "missing",
            suppressed: "suppressed",
            not_applicable: "not applicable",
            tab: "tab",
        },
    }
}

/// The text of a `dataset.yaml` in the words of a language. Titles and markers must hold no quotation marks.
pub fn manifest_text(written: &Written<'_>, language: Language) -> String {
    let Words { dataset, synthetic, tables, file, not_applicable, suppressed, .. } = words(language);
    let Written { title, note, .. } = written;
    let mut text = format!("{dataset}: \"{title}\"\n{synthetic}: \"{note}\"\n{tables}:\n");
    for (name, of) in written.tables {
        text += &format!("  {name}:\n    {file}: \"{of}\"\n    {not_applicable}: \"{}\"\n", written.not_applicable);
        text += &format!("    {suppressed}: \"{}\"\n", written.suppressed);
    }
    text
}
