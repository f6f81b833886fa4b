//! Rows that repeat the key of several columns of an earlier row.
//!
//! Knows columns only: no files, no messages.

use std::hash::{Hash, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::dataset::{Column, Values};
use crate::number::column::{Integers, NumberColumn};

/// The rows whose key an earlier row has: (a row before with this key, the row). A key with an absent part says nothing of
/// what the row is: two of them are not a repetition.
pub(super) fn repeated(columns: &[&Column], rows: usize) -> Vec<[usize; 2]> {
    if all_different(columns, rows).unwrap_or_else(|| in_order(columns, rows)) {
        return Vec::new();
    }
    let codes: Vec<Vec<u64>> = columns.iter().map(|column| key_codes(column, rows)).collect();
    let mut packed: Vec<(u64, u32)> = (0..rows)
        .map(|row| {
            let mut hash = 0xcbf2_9ce4_8422_2325u64;
            for column in &codes {
                let code = column.get(row).copied().unwrap_or(0);
                hash = (hash.rotate_left(25) ^ code).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            }
            (hash, u32::try_from(row).unwrap_or(u32::MAX))
        })
        .collect();
    packed.par_sort_unstable();
    let equal = |a: usize, b: usize| codes.iter().all(|column| column.get(a) == column.get(b));
    let mut found = Vec::new();
    for alike in packed.chunk_by(|a, b| a.0 == b.0).filter(|alike| alike.len() > 1) {
        let mut known: Vec<usize> = Vec::new();
        for row in alike.iter().filter_map(|(_, row)| usize::try_from(*row).ok()) {
            if columns.iter().any(|column| !column.absence(row).is_none()) {
                continue;
            }
            match known.iter_mut().find(|before| equal(**before, row)) {
                Some(before) => {
                    found.push([*before, row]);
                    *before = row;
                }
                None => known.push(row),
            }
        }
    }
    found
}

/// Bits per row that a table of all possible keys may take.
const BITS: u64 = 64;

/// Whether no row repeats another, by the place of each key among all possible ones: the places rise from row to row, as in
/// a sorted file, or none is ticked off twice. `None`: there are too many places.
fn all_different(columns: &[&Column], rows: usize) -> Option<bool> {
    let keys: Vec<KeyCodes<'_>> = columns.iter().map(|column| KeyCodes::new(column)).collect();
    let spans: Vec<Span> = keys.iter().map(|key| key.span(rows)).collect::<Option<_>>()?;
    let possible = spans.iter().try_fold(1u64, |all, span| all.checked_mul(span.width))?;
    if possible > BITS.checked_mul(u64::try_from(rows).ok()?)? {
        return None;
    }
    let places = |start: usize, end: usize| {
        let mut places = vec![0; end - start];
        for (key, span) in keys.iter().zip(&spans) {
            key.place(start, *span, &mut places);
        }
        places
    };
    let pieces = (0..rows.div_ceil(PIECE)).into_par_iter().map(|piece| (piece * PIECE, rows.min((piece + 1) * PIECE)));
    // with the last row of the piece before
    let rising = |(start, end): (usize, usize)| places(start.saturating_sub(1), end).is_sorted_by(|a, b| a < b);
    if pieces.clone().all(rising) {
        return Some(true);
    }
    let words = usize::try_from(possible / 64 + 1).ok()?;
    let ticks: Vec<AtomicU64> = (0..words).map(|_| AtomicU64::new(0)).collect();
    let new = |place: u64| {
        let bit = 1 << (place % 64);
        let word = usize::try_from(place / 64).ok().and_then(|at| ticks.get(at));
        word.is_some_and(|word| word.fetch_or(bit, Ordering::Relaxed) & bit == 0)
    };
    Some(pieces.all(|(start, end)| places(start, end).into_iter().all(new)))
}

/// Whether the rows rise strictly in some order of the key columns: then no row repeats another. Files usually come
/// sorted, and this costs one pass instead of a sort.
fn in_order(columns: &[&Column], rows: usize) -> bool {
    if columns.len() > 4 {
        return false;
    }
    let mut orders: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in columns {
        orders = orders
            .into_iter()
            .flat_map(|order| {
                let rest: Vec<usize> = (0..columns.len()).filter(|c| !order.contains(c)).collect();
                rest.into_iter().map(move |c| order.iter().copied().chain([c]).collect())
            })
            .collect();
    }
    orders.into_iter().any(|order| {
        let sorted: Vec<&Column> = order.into_iter().filter_map(|c| columns.get(c).copied()).collect();
        rises(&sorted, rows)
    })
}

/// Rows compared by one worker at a time.
const PIECE: usize = 1 << 14;

fn rises(columns: &[&Column], rows: usize) -> bool {
    let keys: Vec<KeyCodes<'_>> = columns.iter().map(|column| KeyCodes::new(column)).collect();
    let higher = |row: usize| {
        let order = keys.iter().map(|key| key.get(row).cmp(&key.get(row - 1))).find(|order| order.is_ne());
        order == Some(std::cmp::Ordering::Greater)
    };
    (0..rows.div_ceil(PIECE)).into_par_iter().all(|piece| {
        let start = piece * PIECE;
        (start.max(1)..rows.min(start + PIECE)).all(higher)
    })
}

/// The least code of a column and how many codes there may be.
#[derive(Debug, Clone, Copy)]
struct Span {
    low: i64,
    width: u64,
}

/// The usual key columns read without asking each time what they are.
enum KeyCodes<'a> {
    Codes(&'a [u32]),
    Short(&'a [i16]),
    Any(&'a Column),
}

impl KeyCodes<'_> {
    fn new(column: &Column) -> KeyCodes<'_> {
        match (&column.values, &column.absent) {
            (Values::Texts(texts), None) => KeyCodes::Codes(&texts.codes),
            (Values::Links { rows, .. }, None) => KeyCodes::Codes(rows),
            (Values::Numbers(NumberColumn::Shared { values, .. }), None) => match values.as_ref() {
                Integers::I16(values) => KeyCodes::Short(values),
                _ => KeyCodes::Any(column),
            },
            _ => KeyCodes::Any(column),
        }
    }

    /// `None`: unknown, or a row has no code.
    fn span(&self, rows: usize) -> Option<Span> {
        fn range<T: Copy + Ord + Into<i64> + Send + Sync>(codes: &[T]) -> Option<Span> {
            let ends = codes.par_chunks(PIECE).filter_map(|piece| {
                let first = *piece.first()?;
                Some(piece.iter().fold((first, first), |(low, high), code| (low.min(*code), high.max(*code))))
            });
            let (low, high) = ends.reduce_with(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
            let (low, high): (i64, i64) = (low.into(), high.into());
            Some(Span { low, width: u64::try_from(high - low + 1).ok()? })
        }
        match self {
            _ if rows == 0 => None,
            KeyCodes::Codes(codes) => range(codes),
            KeyCodes::Short(codes) => range(codes),
            KeyCodes::Any(_) => None,
        }
    }

    /// Counts the codes of the rows from `start` on into their places, each of which is less than a product of widths.
    fn place(&self, start: usize, span: Span, places: &mut [u64]) {
        fn count<T: Copy + Into<i64>>(codes: &[T], start: usize, span: Span, places: &mut [u64]) {
            for (place, code) in places.iter_mut().zip(codes.get(start..).unwrap_or(&[])) {
                let code = Into::<i64>::into(*code).wrapping_sub(span.low).cast_unsigned();
                *place = place.wrapping_mul(span.width).wrapping_add(code);
            }
        }
        match self {
            KeyCodes::Codes(codes) => count(codes, start, span, places),
            KeyCodes::Short(codes) => count(codes, start, span, places),
            KeyCodes::Any(_) => {}
        }
    }

    #[inline]
    fn get(&self, row: usize) -> i128 {
        match self {
            KeyCodes::Codes(codes) => codes.get(row).map_or(0, |code| i128::from(*code)),
            KeyCodes::Short(values) => values.get(row).map_or(0, |value| i128::from(*value)),
            KeyCodes::Any(column) => i128::from(key_code(column, row)),
        }
    }
}

/// Numbers that are equal exactly where the cells of a key column are.
fn key_codes(column: &Column, rows: usize) -> Vec<u64> {
    (0..rows).map(|row| key_code(column, row)).collect()
}

fn key_code(column: &Column, row: usize) -> u64 {
    let absent = u64::from(column.absence(row).0) << 56;
    if absent != 0 {
        return absent | 1;
    }
    match &column.values {
        Values::Texts(texts) => texts.codes.get(row).map_or(0, |c| u64::from(*c)),
        Values::Links { rows, .. } => rows.get(row).map_or(0, |c| u64::from(*c)),
        Values::Numbers(NumberColumn::Shared { values, .. }) => {
            values.get(row).map_or(0, |v| u64::from_le_bytes(v.to_le_bytes()))
        }
        Values::Numbers(numbers) => {
            let mut hasher = std::hash::DefaultHasher::new();
            numbers.get(row).hash(&mut hasher);
            hasher.finish()
        }
        Values::YesNo(values) => values.get(row).map_or(0, |v| u64::from(*v)),
        Values::Dates(days) => days.get(row).map_or(0, |d| u64::from(d.unsigned_abs())),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;

    fn years(values: Vec<i64>, absent: Option<Vec<u8>>) -> Column {
        Column { values: Values::Numbers(NumberColumn::shared(values, 1)), absent: absent.map(Arc::new) }
    }

    proptest! {
        #[test]
        fn a_row_is_repeated_when_an_earlier_one_has_its_key(rows in proptest::collection::vec((2000i64..2004, 0i64..5, prop::bool::weighted(0.1)), 0..40), wide in 0..2) {
            let stretch = if wide == 1 { 1_000_000_007 } else { 1 };
            let keys = [
                years(rows.iter().map(|r| r.0).collect(), None),
                years(rows.iter().map(|r| (1000 + r.1) * stretch).collect(), rows.iter().any(|r| r.2).then(|| rows.iter().map(|r| u8::from(r.2)).collect())),
            ];
            let mut found: Vec<usize> = repeated(&[&keys[0], &keys[1]], rows.len()).iter().map(|[_, again]| *again).collect();
            found.sort_unstable();
            let expected: Vec<usize> = (0..rows.len()).filter(|at| !rows[*at].2 && rows[..*at].contains(&rows[*at])).collect();
            prop_assert_eq!(found, expected);
        }
    }

    /// Many pieces: sorted, turned, and with one row again at their edge.
    #[test]
    fn rows_far_apart_are_compared() {
        let rows = 3 * PIECE + 5;
        let whole: Vec<i64> = (0..i64::try_from(rows).unwrap()).collect();
        let keys = |whole: &[i64]| {
            [
                years(whole.iter().map(|v| 1000 + v / 300).collect(), None),
                years(whole.iter().map(|v| 1000 + v % 300).collect(), None),
            ]
        };
        let found = |whole: &[i64]| {
            let [a, b] = keys(whole);
            assert!(all_different(&[&a, &b], rows).is_some());
            repeated(&[&a, &b], rows)
        };
        assert!(found(&whole).is_empty());
        assert!(found(&whole.iter().rev().copied().collect::<Vec<_>>()).is_empty());
        for again in [PIECE, rows - 1] {
            let mut twice = whole.clone();
            twice[again] = twice[again - 1];
            assert_eq!(found(&twice), [[again - 1, again]]);
        }
    }
}
