//! Columns that differ by nothing but a year in their headers: one figure over the years, side by side.
//!
//! Finds them; whether they become rows is for a person to say.

use super::names::{free, identifier, split};
use super::{Table, words};

/// Columns of one figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wide {
    /// A name for the figure.
    pub name: String,
    /// Their headers around the year.
    pub around: (String, String),
    /// Headers, in the order of the file.
    pub headers: Vec<String>,
}

/// The figures of a table that stand in two columns or more, each of another year.
pub fn wide(table: &Table, otherwise: &str) -> Vec<Wide> {
    let mut found: Vec<(Wide, Vec<i64>)> = Vec::new();
    for column in table.columns.iter().filter(|column| !column.constant) {
        let Some((year, around)) = parted(&column.header) else { continue };
        match found.iter_mut().find(|(wide, _)| wide.around == around) {
            Some((wide, years)) if !years.contains(&year) => {
                wide.headers.push(column.header.clone());
                years.push(year);
            }
            Some(_) => {}
            None => {
                let wide = Wide { name: String::new(), around, headers: vec![column.header.clone()] };
                found.push((wide, vec![year]));
            }
        }
    }
    let mut taken: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
    let several = found.into_iter().filter(|(wide, _)| wide.headers.len() > 1).map(|(mut wide, _)| {
        let (before, after) = (&wide.around.0, &wide.around.1);
        let stem = format!("{} {}", before.trim_end(), after.trim_start());
        let (words, _) = words::last_part(&stem);
        wide.name = free(&identifier(words), otherwise, &taken);
        taken.push(wide.name.clone());
        wide
    });
    several.collect()
}

/// The one year of a header, and what stands before and behind it.
fn parted(header: &str) -> Option<(i64, (String, String))> {
    let year = split(header).year?;
    let text = year.to_string();
    let mut places = header.match_indices(&text);
    let (Some((at, _)), None) = (places.next(), places.next()) else { return None };
    let (before, after) = (header.get(..at)?, header.get(at + text.len()..)?);
    // of a school year the pattern would have to hold both
    let apart = !before.ends_with(|c: char| c.is_numeric()) && !after.starts_with(|c: char| c.is_numeric());
    (apart && split(before).year.is_none()).then(|| (year, (before.to_owned(), after.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::parted;

    #[test]
    fn a_header_is_parted_at_its_year() {
        let parts = |before: &str, after: &str| (before.to_owned(), after.to_owned());
        assert_eq!(parted("Качество 2016, %"), Some((2016, parts("Качество ", ", %"))));
        assert_eq!(parted("2018"), Some((2018, parts("", ""))));
        assert_eq!(parted("Качество за 2016-2017"), None);
        assert_eq!(parted("Качество"), None);
        assert_eq!(parted("№ 20161"), None);
    }
}
