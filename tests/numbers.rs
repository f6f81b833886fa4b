//! Laws of numbers and truths on generated values: whatever tier a column is in, its arithmetic is that of rationals of any size.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::cmp::Ordering;
use std::sync::Arc;

use merilo::number::arithmetic::{self, Operand};
use merilo::number::column::{Integers, NumberColumn};
use merilo::number::rounding::{Rounding, round_to_multiple, round_to_scale};
use merilo::number::sum::ExactSum;
use merilo::number::{Number, comparison, format, parse};
use merilo::value::{Reasons, Truth};
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use proptest::prelude::*;
use proptest::sample::Index;

const ROUNDINGS: [Rounding; 4] = [Rounding::Up, Rounding::Down, Rounding::HalfUp, Rounding::HalfEven];

fn rational(numerator: impl Into<BigInt>, denominator: impl Into<BigInt>) -> BigRational {
    BigRational::new(numerator.into(), denominator.into())
}

/// Numbers near the ends of 64 and 128 bits, where narrow arithmetic breaks if it can.
fn edge() -> impl Strategy<Value = BigRational> {
    let ends = [i128::from(i64::MIN), i128::from(i64::MAX), i128::MIN, i128::MAX, i128::from(i32::MAX), 1 << 62];
    let ends = (proptest::sample::select(ends.to_vec()), -2i64..3).prop_map(|(end, by)| BigInt::from(end) + by);
    (ends, prop_oneof![Just(1i64), Just(2), Just(10), Just(i64::MAX)]).prop_map(|(n, d)| rational(n, d))
}

fn huge() -> impl Strategy<Value = BigRational> {
    ("-?[1-9][0-9]{30,59}", "[1-9][0-9]{0,45}")
        .prop_map(|(n, d)| rational(n.parse::<BigInt>().unwrap(), d.parse::<BigInt>().unwrap()))
}

fn decimal() -> impl Strategy<Value = BigRational> {
    (-1_000_000i64..1_000_000, 0u32..5).prop_map(|(n, scale)| rational(n, 10i64.pow(scale)))
}

fn fraction() -> impl Strategy<Value = BigRational> {
    (any::<i64>(), 1i64..).prop_map(|(n, d)| rational(n, d))
}

fn any_number() -> impl Strategy<Value = BigRational> {
    prop_oneof![4 => decimal(), 1 => Just(BigRational::zero()), 2 => fraction(), 2 => edge(), 1 => huge()]
}

const ROWS: usize = 12;

/// A column in any tier, also one whose fractions are not in lowest terms, with its values.
fn column() -> impl Strategy<Value = (NumberColumn, Vec<BigRational>)> {
    let numbers = |values: Vec<BigRational>| {
        let column = NumberColumn::from_numbers(values.iter().cloned().map(Number::from_big).collect());
        (column, values)
    };
    let shared = |(values, denominator): (Vec<i64>, i64)| {
        let exact = values.iter().map(|v| rational(*v, denominator)).collect();
        (NumberColumn::shared(values, denominator), exact)
    };
    let ratios = |values: Vec<(i128, i128)>| {
        let exact = values.iter().map(|(n, d)| rational(*n, *d)).collect();
        let (numerators, denominators) = values.into_iter().unzip();
        (NumberColumn::Ratio { numerators: Arc::new(numerators), denominators: Arc::new(denominators) }, exact)
    };
    let whole = prop_oneof![-9i64..10, any::<i64>(), Just(i64::MIN), Just(i64::MAX)];
    let wide = prop_oneof![-99i128..100, any::<i128>(), Just(i128::MIN)];
    let denominator = prop_oneof![Just(1i64), Just(10), Just(100), 1i64..1000, 1i64..];
    let under = prop_oneof![1i128..60, 1i128..];
    prop_oneof![
        proptest::collection::vec(decimal(), ROWS).prop_map(numbers),
        proptest::collection::vec(fraction(), ROWS).prop_map(numbers),
        proptest::collection::vec(any_number(), ROWS).prop_map(numbers),
        (proptest::collection::vec(-1000i64..1000, ROWS), 1i64..100).prop_map(shared),
        (proptest::collection::vec(whole, ROWS), denominator).prop_map(shared),
        proptest::collection::vec((wide, under), ROWS).prop_map(ratios),
    ]
}

/// The values of a column, which keeps its promises.
fn values(column: &NumberColumn) -> Vec<BigRational> {
    match column {
        NumberColumn::Shared { denominator, .. } => assert!(*denominator > 0),
        NumberColumn::Ratio { denominators, .. } => assert!(denominators.iter().all(|d| *d > 0)),
        NumberColumn::Big(_) => {}
    }
    (0..column.len()).map(|row| column.get(row).unwrap().as_big().clone()).collect()
}

fn pairs<'a>(
    a: &'a [BigRational],
    b: &'a [BigRational],
    f: impl Fn(&BigRational, &BigRational) -> BigRational,
) -> Vec<BigRational> {
    a.iter().zip(b).map(|(x, y)| f(x, y)).collect()
}

/// Rounded to a whole number, by the words of the definition.
fn rounded(x: &BigRational, rounding: Rounding) -> BigInt {
    let half = rational(1, 2);
    match rounding {
        Rounding::Up => x.ceil().to_integer(),
        Rounding::Down => x.floor().to_integer(),
        Rounding::HalfUp if x.is_negative() => -(-x + half).floor().to_integer(),
        Rounding::HalfUp => (x + half).floor().to_integer(),
        Rounding::HalfEven => {
            let (low, high) = (x.floor().to_integer(), x.ceil().to_integer());
            let (below, above) = (x - BigRational::from(low.clone()), BigRational::from(high.clone()) - x);
            match below.cmp(&above) {
                Ordering::Less => low,
                Ordering::Greater => high,
                Ordering::Equal if low.is_even() => low,
                Ordering::Equal => high,
            }
        }
    }
}

/// Everything that two operands give, against rationals.
fn arithmetic_is_exact(a: Operand, b: Operand, x: &[BigRational], y: &[BigRational]) {
    let rows = x.len();
    assert_eq!(values(&arithmetic::add(a, b, rows)), pairs(x, y, |x, y| x + y));
    assert_eq!(values(&arithmetic::subtract(a, b, rows)), pairs(x, y, |x, y| x - y));
    assert_eq!(values(&arithmetic::multiply(a, b, rows)), pairs(x, y, |x, y| x * y));
    let (quotients, by_zero) = arithmetic::divide(a, b, rows);
    let quotients = values(&quotients);
    for row in 0..rows {
        assert_eq!(by_zero.as_ref().is_some_and(|marks| marks[row] == 1), y[row].is_zero());
        if !y[row].is_zero() {
            assert_eq!(quotients[row], &x[row] / &y[row]);
        }
    }
    let order = comparison::compare(a, b, rows, [0, 1, 2]);
    let expected: Vec<u8> = x.iter().zip(y).map(|(x, y)| x.cmp(y) as i8 + 1).map(|o| o as u8).collect();
    assert_eq!(order, expected);
    // the lesser and the greater of two, as formulas take them
    let choice: Vec<u32> = order.iter().map(|o| u32::from(*o == 2)).collect();
    let least = arithmetic::select(&[a, b], &choice);
    assert_eq!(values(&least), pairs(x, y, |x, y| x.min(y).clone()));
    let choice: Vec<u32> = order.iter().map(|o| u32::from(*o < 2)).collect();
    let most = arithmetic::select(&[a, b], &choice);
    assert_eq!(values(&most), pairs(x, y, |x, y| x.max(y).clone()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn two_columns_or_a_column_and_a_number((a, x) in column(), (b, y) in column(), one in any_number()) {
        arithmetic_is_exact(Operand::Column(&a), Operand::Column(&b), &x, &y);
        arithmetic_is_exact(Operand::Column(&a), Operand::Column(&a), &x, &x);
        let number = Number::from_big(one.clone());
        let all = vec![one; ROWS];
        arithmetic_is_exact(Operand::Column(&a), Operand::Constant(&number), &x, &all);
        arithmetic_is_exact(Operand::Constant(&number), Operand::Column(&a), &all, &x);
    }

    #[test]
    fn one_column((a, x) in column(), step in prop_oneof![decimal(), fraction(), edge()], picked in proptest::collection::vec(0u32..16, 0..20)) {
        let of = Operand::Column(&a);
        prop_assert_eq!(values(&arithmetic::negate(of, ROWS)), x.iter().map(|x| -x).collect::<Vec<_>>());
        prop_assert_eq!(values(&arithmetic::absolute(of, ROWS)), x.iter().map(Signed::abs).collect::<Vec<_>>());
        for rounding in ROUNDINGS {
            let expected: Vec<BigRational> = x.iter().map(|x| {
                if step.is_positive() { BigRational::from(rounded(&(x / &step), rounding)) * &step } else { x.clone() }
            }).collect();
            let step = Number::from_big(step.clone());
            prop_assert_eq!(values(&arithmetic::round(of, &step, rounding, ROWS)), expected);
        }
        let gathered: Vec<BigRational> =
            picked.iter().map(|row| x.get(*row as usize).cloned().unwrap_or_else(BigRational::zero)).collect();
        prop_assert_eq!(values(&a.gather(&picked)), gathered);
        let keys = comparison::order_keys(&a);
        for i in 0..ROWS {
            for j in 0..ROWS {
                prop_assert_eq!(keys[i].cmp(&keys[j]), x[i].cmp(&x[j]));
                prop_assert_eq!(comparison::compare_rows(&a, i, j), x[i].cmp(&x[j]));
            }
        }
    }

    #[test]
    fn weighted_sums_of_columns(
        columns in proptest::collection::vec(column(), 1..4),
        coefficients in proptest::collection::vec(proptest::collection::vec(any_number(), 3), 2),
        pattern in proptest::collection::vec(0u32..3, ROWS),
    ) {
        let operands: Vec<Operand> = columns.iter().map(|(column, _)| Operand::Column(column)).collect();
        let numbers: Vec<Vec<Number>> = coefficients
            .iter()
            .map(|set| set.iter().take(columns.len()).cloned().map(Number::from_big).collect())
            .collect();
        let expected: Vec<BigRational> = pattern.iter().enumerate().map(|(row, chosen)| {
            coefficients.get(*chosen as usize).map_or_else(BigRational::zero, |set| {
                set.iter().zip(&columns).map(|(k, (_, x))| k * &x[row]).sum()
            })
        }).collect();
        prop_assert_eq!(values(&arithmetic::combine(&operands, &numbers, &pattern)), expected);
    }

    #[test]
    fn means_of_sums(rows in proptest::collection::vec((prop_oneof![-99i64..99, any::<i64>()], prop_oneof![0i64..40, 1i64..]), 0..12), denominator in prop_oneof![1i64..101, 1i64..]) {
        let (sums, counts): (Vec<i64>, Vec<i64>) = rows.iter().copied().unzip();
        let means = values(&NumberColumn::from_means(sums, &counts, denominator));
        prop_assert_eq!(means.len(), rows.len());
        for (mean, (sum, count)) in means.iter().zip(&rows).filter(|(_, (_, count))| *count > 0) {
            prop_assert_eq!(mean, &rational(*sum, BigInt::from(*count) * denominator));
        }
    }

    #[test]
    fn a_sum_does_not_depend_on_order_or_parts(terms in proptest::collection::vec(any_number(), 0..30), cut in any::<Index>(), order in any::<[Index; 30]>()) {
        let column = NumberColumn::from_numbers(terms.iter().cloned().map(Number::from_big).collect());
        let mut permuted: Vec<usize> = (0..terms.len()).collect();
        for last in (1..permuted.len()).rev() {
            permuted.swap(last, order[last].index(last + 1));
        }
        let cut = if permuted.is_empty() { 0 } else { cut.index(permuted.len()) };
        let (mut all, mut left, mut right) = (ExactSum::default(), ExactSum::default(), ExactSum::default());
        permuted.iter().for_each(|row| all.add(&column.get(*row).unwrap()));
        permuted[..cut].iter().for_each(|row| left.add_row(&column, *row));
        permuted[cut..].iter().for_each(|row| right.add_row(&column, *row));
        left.add(&right.total());
        let expected: BigRational = terms.iter().sum();
        prop_assert_eq!(all.total().as_big().clone(), expected.clone());
        prop_assert_eq!(left.total().as_big().clone(), expected.clone());
    }

    #[test]
    fn integers_keep_their_values_in_the_narrowest_width(parts in proptest::collection::vec((proptest::collection::vec(prop_oneof![-300i64..300, any::<i64>()], 0..6), 1i64..1001), 0..4)) {
        let products: Vec<i128> =
            parts.iter().flat_map(|(part, factor)| part.iter().map(|v| i128::from(*v) * i128::from(*factor))).collect();
        let bound = products.iter().map(|p| p.abs()).max().unwrap_or(0);
        for (part, _) in &parts {
            let narrow = Integers::narrow(part.clone());
            prop_assert_eq!(&narrow.to_vec(), part);
            let (low, high) = (part.iter().min().copied().unwrap_or(0), part.iter().max().copied().unwrap_or(0));
            let fits = |least: i64, most: i64| low >= least && high <= most;
            let width = match &narrow {
                Integers::I8(_) => 8,
                Integers::I16(_) => 16,
                Integers::I32(_) => 32,
                Integers::I64(_) => 64,
            };
            let narrowest = if fits(-128, 127) { 8 } else if fits(-32768, 32767) { 16 } else if fits(-2_147_483_648, 2_147_483_647) { 32 } else { 64 };
            prop_assert_eq!(width, narrowest);
            prop_assert_eq!(narrow.bound().map(i128::from), Some(narrow.magnitude()).filter(|m| *m <= i128::from(i64::MAX)));
        }
        if let Ok(bound) = i64::try_from(bound) {
            let joined = Integers::joined(parts.into_iter().map(|(part, f)| (Integers::narrow(part), f)), products.len(), bound);
            prop_assert_eq!(joined.to_vec().into_iter().map(i128::from).collect::<Vec<_>>(), products);
        }
    }

    #[test]
    fn rounding_is_by_its_definition(x in any_number(), scale in 0u32..20, step in any_number()) {
        for rounding in ROUNDINGS {
            let number = Number::from_big(x.clone());
            let shifted = &x * BigRational::from(BigInt::from(10).pow(scale));
            prop_assert_eq!(round_to_scale(&number, scale, rounding), rounded(&shifted, rounding));
            let multiple = round_to_multiple(&number, &Number::from_big(step.clone()), rounding);
            let expected = step.is_positive().then(|| BigRational::from(rounded(&(&x / &step), rounding)) * &step);
            prop_assert_eq!(multiple.map(|m| m.as_big().clone()), expected);
        }
    }

    #[test]
    fn what_is_written_is_read_back(digits in "[1-9][0-9]{0,39}|0", scale in 0u32..20, negative: bool, comma: bool) {
        let mark = if comma { ',' } else { '.' };
        let whole: BigInt = digits.parse().unwrap();
        let x = rational(if negative { -whole } else { whole }, BigInt::from(10).pow(scale));
        let (text, exact) = format::decimal_text(&Number::from_big(x.clone()), scale, mark);
        prop_assert!(exact, "{}", text);
        prop_assert_eq!(parse::number(&text).unwrap().as_big().clone(), x.clone());
        // and with spaces between thousands
        let start = text.find(|c: char| c.is_ascii_digit()).unwrap();
        let end = text.find(mark).unwrap_or(text.len());
        let mut grouped = String::from(&text[..start]);
        for (at, digit) in text[start..end].chars().enumerate() {
            if at > 0 && (end - start - at) % 3 == 0 {
                grouped.push('\u{a0}');
            }
            grouped.push(digit);
        }
        grouped += &text[end..];
        prop_assert_eq!(parse::number(&grouped).unwrap().as_big().clone(), x.clone(), "{}", grouped);
    }

    #[test]
    fn what_is_shown_is_the_rounded_value(x in any_number(), digits in 0u32..20) {
        let (text, exact) = format::decimal_text(&Number::from_big(x.clone()), digits, ',');
        let unit = BigRational::from(BigInt::from(10).pow(digits));
        let expected = BigRational::from(rounded(&(&x * &unit), Rounding::HalfUp)) / unit;
        prop_assert_eq!(exact, expected == x);
        prop_assert!(!text.starts_with('−') || !expected.is_zero(), "no minus zero: {}", text);
        if text.chars().filter(char::is_ascii_digit).count() <= parse::MAX_DIGITS {
            prop_assert_eq!(parse::number(&text).unwrap().as_big().clone(), expected.clone());
        }
    }

    #[test]
    fn shown_digits_tell_two_numbers_apart(x in any_number(), by in (1i64..1000, 0u32..12), least in 0u32..3) {
        let y = &x + rational(by.0, BigInt::from(10).pow(by.1));
        let (a, b) = (Number::from_big(x), Number::from_big(y));
        let digits = format::telling_digits(&a, &b, least, 20);
        let shown = |n: &Number, digits: u32| round_to_scale(n, digits, Rounding::HalfUp);
        prop_assert!(shown(&a, digits) < shown(&b, digits), "the difference is at least 10^-12");
        prop_assert!(digits == least || shown(&a, digits - 1) == shown(&b, digits - 1), "no digit too many");
        prop_assert_eq!(format::telling_digits(&b, &a, least, 20), digits);
        let exact = format::exact_digits(&a, least, 20);
        prop_assert!(exact == 20 || format::decimal_text(&a, exact, ',').1);
        prop_assert!(exact == least || !format::decimal_text(&a, exact - 1, ',').1);
    }
}

/// Long enough for several chunks of several threads; the values return every 37 rows.
#[test]
fn long_columns_are_like_short_ones() {
    const LONG: usize = 80_001;
    let short = |by: i64| -> Vec<BigRational> { (0..37).map(|n| rational((n * by) % 41 - 20, 8)).collect() };
    let turned = |shift: i64| -> Vec<BigRational> {
        (0..37).map(|n| rational(n * n * i64::from(i32::MAX) + shift, 7)).collect()
    };
    for (x, y) in [(short(5), short(11)), (short(5), turned(3)), (turned(1), turned(2))] {
        let long = |values: &[BigRational]| -> NumberColumn {
            let scale = values.iter().fold(BigInt::one(), |all, v| all.lcm(v.denom()));
            let whole = |v: &BigRational| i64::try_from((v * BigRational::from(scale.clone())).to_integer()).unwrap();
            let values: Vec<i64> = values.iter().map(whole).collect();
            let rows = (0..LONG).map(|row| values[row % 37]).collect();
            NumberColumn::shared(rows, i64::try_from(scale).unwrap())
        };
        let (a, b) = (long(&x), long(&y));
        let (a, b) = (Operand::Column(&a), Operand::Column(&b));
        let check = |column: NumberColumn, expected: Vec<BigRational>| {
            let expected: Vec<Number> = expected.into_iter().map(Number::from_big).collect();
            assert_eq!(column.len(), LONG);
            assert!((0..LONG).all(|row| column.get(row).unwrap() == expected[row % 37]));
        };
        check(arithmetic::add(a, b, LONG), pairs(&x, &y, |x, y| x + y));
        check(arithmetic::multiply(a, b, LONG), pairs(&x, &y, |x, y| x * y));
        let pattern: Vec<u32> = vec![0; LONG];
        let minus = vec![vec![Number::one(), Number::from_integer(-1)]];
        check(arithmetic::combine(&[a, b], &minus, &pattern), pairs(&x, &y, |x, y| x - y));
        let order = comparison::compare(a, b, LONG, [0, 1, 2]);
        let expected: Vec<u8> = x.iter().zip(&y).map(|(x, y)| (x.cmp(y) as i8 + 1) as u8).collect();
        assert!((0..LONG).all(|row| order[row] == expected[row % 37]));
    }
}

fn truths() -> Vec<Truth> {
    let unknown = (1..16).map(|reasons| Truth::unknown(Reasons(reasons)));
    [Truth::FALSE, Truth::TRUE].into_iter().chain(unknown).collect()
}

/// What an unknown may turn out to be.
fn possible(truth: Truth) -> Vec<bool> {
    if truth.is_unknown() { vec![false, true] } else { vec![truth.is_true()] }
}

#[test]
fn a_connective_is_decided_when_every_possibility_agrees_and_unites_the_reasons_otherwise() {
    type Connective = (fn(Truth, Truth) -> Truth, fn(bool, bool) -> bool);
    let connectives: [Connective; 2] = [(Truth::and, |a, b| a && b), (Truth::or, |a, b| a || b)];
    for (kleene, plain) in connectives {
        for a in truths() {
            for b in truths() {
                let mut found: Vec<bool> =
                    possible(a).iter().flat_map(|x| possible(b).into_iter().map(|y| plain(*x, y))).collect();
                found.sort_unstable();
                found.dedup();
                let expected = match found[..] {
                    [only] => Truth::from_bool(only),
                    _ => Truth::unknown(a.reasons().and(b.reasons())),
                };
                assert_eq!(kleene(a, b), expected, "{a:?} {b:?}");
            }
        }
    }
}

#[test]
fn absorption_holds_unless_both_are_unknown_and_distribution_up_to_the_reasons() {
    for a in truths() {
        for b in truths() {
            if !(a.is_unknown() && b.is_unknown()) {
                assert_eq!(a.and(a.or(b)), a);
                assert_eq!(a.or(a.and(b)), a);
            } else {
                let both = Truth::unknown(a.reasons().and(b.reasons()));
                assert_eq!((a.and(a.or(b)), a.or(a.and(b))), (both, both), "no reason is lost");
            }
            assert_eq!(a.or(b).negate(), a.negate().and(b.negate()));
            for c in truths() {
                let (apart, together) = (a.and(b).or(a.and(c)), a.and(b.or(c)));
                assert_eq!(apart.is_unknown(), together.is_unknown());
                assert!(apart == together || apart.reasons().contains(together.reasons()));
            }
        }
    }
}
