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

/// The text of a `dataset.yaml` in the words of a language. Titles and markers must hold no quotation marks.
pub fn manifest_text(written: &Written<'_>, language: Language) -> String {
    let words = match language {
        Language::Russian => ["набор данных", "синтетические", "таблицы", "файл", "не применимо", "скрыто"],
        Language::English => ["dataset", "synthetic", "tables", "file", "not applicable", "suppressed"],
    };
    let [dataset, synthetic, tables, file, not_applicable, suppressed] = words;
    let Written { title, note, .. } = written;
    let mut text = format!("{dataset}: \"{title}\"\n{synthetic}: \"{note}\"\n{tables}:\n");
    for (name, of) in written.tables {
        text += &format!("  {name}:\n    {file}: \"{of}\"\n    {not_applicable}: \"{}\"\n", written.not_applicable);
        text += &format!("    {suppressed}: \"{}\"\n", written.suppressed);
    }
    text
}
