//! Units behind numbers and months in days, as people write them in cells.
//!
//! A unit is taken only where the column has that very unit; anything else stays what it is.

use jiff::civil::Date;

use crate::value::Unit;

const PEOPLE: &[&str] = &[
    "чел",
    "человек",
    "человека",
    "уч",
    "учащихся",
    "учащийся",
    "обучающихся",
    "обучающийся",
    "детей",
    "people",
    "persons",
    "pupils",
    "students",
];
const POINTS: &[&str] = &["б", "балл", "балла", "баллов", "points", "point", "pts"];
const YEARS: &[&str] = &["г", "год", "года", "лет", "year", "years"];
const ROUBLES: &[&str] = &["р", "руб", "рубль", "рубля", "рублей", "₽", "rub"];
const KILOMETRES: &[&str] = &["км", "километр", "километра", "километров", "km"];
const MINUTES: &[&str] = &["мин", "минута", "минуты", "минут", "min"];
const HOURS: &[&str] = &["ч", "час", "часа", "часов", "h"];
const SQUARE_METRES: &[&str] = &["м²", "м2", "кв.м", "кв. м", "m²", "m2"];
const PLACES: &[&str] = &["мест", "место", "места", "places"];

/// The number of a cell whose unit is that of its column: `45 чел.` in a column of people.
pub(super) fn without_unit<'a>(text: &'a str, unit: &Unit) -> Option<&'a str> {
    let words = match unit {
        Unit::People => PEOPLE,
        Unit::Points(_) | Unit::Mark => POINTS,
        Unit::Year => YEARS,
        Unit::Rouble => ROUBLES,
        Unit::Kilometre => KILOMETRES,
        Unit::Minute => MINUTES,
        Unit::Hour => HOURS,
        Unit::SquareMetre => SQUARE_METRES,
        Unit::Place => PLACES,
        Unit::Number | Unit::Ratio | Unit::Percent | Unit::PercentagePoint | Unit::Score => return None,
    };
    let end = text.rfind(|c: char| c.is_ascii_digit()).map(|at| at + 1)?;
    let (number, unit) = text.split_at_checked(end)?;
    let unit = unit.trim().trim_end_matches('.').to_lowercase();
    // м2 ends with a digit
    let number = match unit.is_empty() {
        true => number.strip_suffix('2')?.trim_end_matches(|c: char| c.is_alphabetic() || c == '.' || c == ' '),
        false => number,
    };
    let behind = text.get(number.len()..).unwrap_or("").trim().trim_end_matches('.').to_lowercase();
    words.contains(&behind.as_str()).then_some(number.trim_end())
}

const MONTHS: [(&str, &str); 12] = [
    ("января", "янв"),
    ("февраля", "фев"),
    ("марта", "мар"),
    ("апреля", "апр"),
    ("мая", "май"),
    ("июня", "июн"),
    ("июля", "июл"),
    ("августа", "авг"),
    ("сентября", "сен"),
    ("октября", "окт"),
    ("ноября", "ноя"),
    ("декабря", "дек"),
];

/// `1 сентября 2018 г.`, `1 сент. 2018`, `01.09.2018 г.`
pub(super) fn worded_day(text: &str) -> Option<Date> {
    let text = text.trim();
    let bare = ["года", "год", "г.", "г"].iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text).trim_end();
    if let Some(date) = super::list::date(bare) {
        return Some(date);
    }
    let words: Vec<&str> = bare.split_whitespace().collect();
    let [day, month, year] = words.as_slice() else {
        return None;
    };
    let month = month.trim_end_matches('.').to_lowercase();
    let at = MONTHS.iter().position(|(whole, short)| {
        month == *whole || month == *short || month.len() > short.len() && whole.starts_with(month.as_str())
    })?;
    let day = day.trim_matches(['«', '»', '"']);
    let digits = [*year, day].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    if !digits || year.len() != 4 || day.len() > 2 {
        return None;
    }
    Date::new(year.parse().ok()?, i8::try_from(at + 1).ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::{without_unit, worded_day};
    use crate::value::Unit;

    #[test]
    fn units_are_taken_where_the_column_has_them() {
        assert_eq!(without_unit("45 чел.", &Unit::People), Some("45"));
        assert_eq!(without_unit("1 250 человек", &Unit::People), Some("1 250"));
        assert_eq!(without_unit("54,9 балла", &Unit::Points(None)), Some("54,9"));
        assert_eq!(without_unit("120 м2", &Unit::SquareMetre), Some("120"));
        assert_eq!(without_unit("45 чел.", &Unit::Points(None)), None);
        assert_eq!(without_unit("12,5 тыс. руб.", &Unit::Rouble), None);
        assert_eq!(without_unit("45", &Unit::People), None);
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        let day = |text: &str| worded_day(text).map(|d| d.to_string());
        let first = Some("2018-09-01".to_string());
        for text in ["1 сентября 2018 г.", "01.09.2018 г.", "1 сент. 2018", "«01» сентября 2018 года", "2018-09-01"]
        {
            assert_eq!(day(text), first, "{text}");
        }
        for text in ["31 сентября 2018", "+1 сентября 2018", "1 сентября -018", "01.09.-018", "+1.09.2018"]
        {
            assert_eq!(day(text), None, "{text}");
        }
        assert_eq!(day("сентябрь 2018"), None);
    }
}
