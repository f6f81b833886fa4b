//! What a column holds, told from its header and held against every cell.
//!
//! Knows no other column and no other table.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{Column, Guess, Marker, Table, TextGround, UnitGround, words};
use crate::data::printed;
use crate::number::Number;
use crate::tables::shape::{self, Shape, shape};
use crate::value::{Unit, is_year};

/// Of a hundred cells so many have to be numbers, truths or days.
const NUMBERS: usize = 90;
const CERTAIN: usize = 97;
/// Different texts of a column that lists them, and how many rows for each.
const MOST_ALLOWED: usize = 10;
const ROWS_FOR_EACH: usize = 10;
/// Cells that are shown as not fitting.
const SHOWN: usize = 5;
/// Digits of a code that a header does not call one.
const CODE_DIGITS: usize = 6;

/// Guesses every column of a table.
pub(super) fn guess(table: &mut Table) {
    let mut years = false;
    for column in &mut table.columns {
        let cells = Cells::of(column);
        let guess = cells.guess(column, years);
        years |= guess == Guess::Year;
        cells.tell(column, guess);
    }
}

/// A column counted by looks.
struct Cells {
    empty: usize,
    /// Texts with their rows.
    known: Vec<(usize, String)>,
    /// Signs of absence with how often each stands there.
    signs: BTreeMap<String, usize>,
}

impl Cells {
    fn of(column: &Column) -> Cells {
        let mut cells = Cells { empty: 0, known: Vec::new(), signs: BTreeMap::new() };
        for (row, text) in column.cells.iter().enumerate() {
            let text = text.trim();
            if text.is_empty() {
                cells.empty += 1;
            } else if shape::is_absent_sign(text) {
                *cells.signs.entry(text.to_owned()).or_default() += 1;
            } else {
                cells.known.push((row, text.to_owned()));
            }
        }
        cells
    }

    fn share(&self, fits: impl Fn(&str) -> bool) -> usize {
        let count = self.known.iter().filter(|(_, text)| fits(text)).count();
        count * 100 / self.known.len().max(1)
    }

    fn guess(&self, column: &Column, has_year: bool) -> Guess {
        if self.known.is_empty() {
            return Guess::Text(TextGround::Empty);
        }
        if !has_year && (column.constant || words::says_year(&column.header)) && self.share(year) == 100 {
            return Guess::Year;
        }
        if words::says_code(&column.header) || self.looks_like_codes() {
            return Guess::Text(TextGround::Code);
        }
        if self.share(|text| shape(text) == Shape::YesNo) >= CERTAIN {
            return Guess::YesNo;
        }
        if self.share(|text| printed::date(text).is_some()) >= CERTAIN {
            return Guess::Date;
        }
        if self.share(|text| printed::number(text).is_some()) >= NUMBERS {
            let (unit, ground) = self.unit(&column.header);
            return Guess::Number(unit, ground);
        }
        Guess::Text(TextGround::Words)
    }

    /// Leading zeros; or many digits, all of one length, different in every row.
    fn looks_like_codes(&self) -> bool {
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if self.share(digits) < 100 {
            return false;
        }
        if self.known.iter().any(|(_, text)| text.len() > 1 && text.starts_with('0')) {
            return true;
        }
        let length = self.known.first().map_or(0, |(_, text)| text.len());
        let different: HashSet<&str> = self.known.iter().map(|(_, text)| text.as_str()).collect();
        length >= CODE_DIGITS
            && self.known.iter().all(|(_, text)| text.len() == length)
            && different.len() == self.known.len()
    }

    fn unit(&self, header: &str) -> (Unit, UnitGround) {
        let numbers: Vec<(Number, bool)> = self.known.iter().filter_map(|(_, text)| printed::number(text)).collect();
        let signs = numbers.iter().any(|(_, percent)| *percent);
        match words::unit(header) {
            Some((Unit::Percent, _)) if !signs && fractions(&numbers) => (Unit::Number, UnitGround::Fractions),
            _ if signs => (Unit::Percent, UnitGround::Cells),
            Some((unit, _)) => (unit, UnitGround::Header),
            None => (Unit::Number, UnitGround::None),
        }
    }

    /// Writes down what was found. Of texts only signs that no word could be are absences.
    fn tell(self, column: &mut Column, guess: Guess) {
        let is_text = matches!(guess, Guess::Text(_));
        let mut known = self.known;
        let (signs, texts): (BTreeMap<_, _>, BTreeMap<_, _>) =
            self.signs.into_iter().partition(|(sign, _)| !is_text || !could_be_a_word(sign));
        if !texts.is_empty() {
            let rows = column.cells.iter().enumerate().filter(|(_, text)| texts.contains_key(text.trim()));
            known.extend(rows.map(|(row, text)| (row, text.trim().to_owned())));
            known.sort_unstable();
        }
        let fits = |text: &str| match &guess {
            Guess::Number(..) => printed::number(text).is_some(),
            Guess::YesNo => printed::yes_no(text).is_some(),
            Guess::Date => printed::date(text).is_some(),
            Guess::Year => year(text),
            Guess::Text(_) | Guess::Link { .. } => true,
        };
        column.empty = self.empty;
        column.filled = known.len();
        column.fits = known.iter().filter(|(_, text)| fits(text)).count();
        column.strange = known.iter().filter(|(_, text)| !fits(text)).take(SHOWN).cloned().collect();
        column.markers =
            signs.into_iter().map(|(text, count)| Marker { reasons: words::meaning(&text), text, count }).collect();
        if guess == Guess::Text(TextGround::Words) {
            column.allowed = allowed(&known);
        }
        column.guess = guess;
    }
}

/// The texts of a column that has only a few, each of them often.
fn allowed(known: &[(usize, String)]) -> Vec<String> {
    let mut different: BTreeSet<&str> = BTreeSet::new();
    for (_, text) in known {
        different.insert(text);
        if different.len() > MOST_ALLOWED {
            return Vec::new();
        }
    }
    let short = different.iter().all(|text| text.chars().count() <= LONGEST_ALLOWED);
    if different.len() < 2 || !short || known.len() < different.len() * ROWS_FOR_EACH {
        return Vec::new();
    }
    different.into_iter().map(str::to_owned).collect()
}

/// Characters of a text that may be one of a few.
const LONGEST_ALLOWED: usize = 40;

fn year(text: &str) -> bool {
    text.len() == 4 && text.parse().is_ok_and(is_year)
}

/// Between 0 and 1, three different ones that are not 0: what the reader of data takes for fractions of one.
fn fractions(numbers: &[(Number, bool)]) -> bool {
    let one = Number::one();
    let inside = numbers.iter().all(|(number, _)| !number.is_negative() && !one.subtract(number).is_negative());
    let different: HashSet<&Number> = numbers.iter().map(|(number, _)| number).filter(|n| !n.is_zero()).collect();
    inside && different.len() >= 3
}

/// Letters only: a class of pupils or a type of school may be called so.
fn could_be_a_word(sign: &str) -> bool {
    sign.chars().all(char::is_alphabetic) && sign.chars().count() < 4
}
