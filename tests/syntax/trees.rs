//! Trees of rules files that a text can say, for properties of the formatter.

use std::sync::Arc;

use merilo::language::Language;
use merilo::location::Span;
use merilo::number::Number;
use merilo::number::rounding::Rounding;
use merilo::syntax::tree::*;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

const NOWHERE: Span = Span { start: 0, end: 0 };
type Strategy_<T> = BoxedStrategy<T>;

fn name() -> Strategy_<Name> {
    let soft = prop::sample::select(vec![
        "балл",
        "год",
        "вид",
        "доля",
        "категория",
        "группа",
        "индекс",
        "список",
        "код",
        "ключ",
        "вес",
        "score",
        "year",
        "Школы",
        "z_ЕГЭ",
        "имя_1",
        "удовлетворённость",
        "_x",
        "column",
        "missing",
        "квота",
        "мера",
    ]);
    soft.prop_map(|text| Name { text: Arc::from(text), span: NOWHERE }).boxed()
}

fn text() -> Strategy_<Text> {
    "[а-яA-Z0-9«»\"()/#;, .ё–-]{0,12}".prop_map(|text| Text { text: Arc::from(text), span: NOWHERE }).boxed()
}

fn path() -> Strategy_<Path> {
    vec(name(), 1..3).prop_map(|names| Path { names, span: NOWHERE }).boxed()
}

fn paths() -> Strategy_<Vec<Path>> {
    vec(path(), 1..3).boxed()
}

fn numbering() -> Strategy_<Numbering> {
    vec(1u32..30, 1..4).prop_map(|parts| Numbering { parts, span: NOWHERE }).boxed()
}

fn date() -> Strategy_<jiff::civil::Date> {
    (1i16..9999, 1i8..13, 1i8..29).prop_map(|(y, m, d)| jiff::civil::date(y, m, d)).boxed()
}

fn number() -> Strategy_<Number> {
    (0i128..3_000_000_000, 0u32..4).prop_map(|(n, scale)| Number::ratio(n, 10i128.pow(scale)).unwrap()).boxed()
}

fn unit() -> Strategy_<UnitWord> {
    let units = vec![
        UnitName::Percent,
        UnitName::PercentagePoint,
        UnitName::Points,
        UnitName::Mark,
        UnitName::People,
        UnitName::Year,
        UnitName::Rouble,
        UnitName::Kilometre,
        UnitName::Minute,
        UnitName::Hour,
        UnitName::SquareMetre,
        UnitName::Place,
    ];
    let unit = (prop::sample::select(units), option::weighted(0.2, text()));
    unit.prop_map(|(unit, scale)| UnitWord { unit, scale, span: NOWHERE }).boxed()
}

fn at(kind: ExprKind) -> Expr {
    Expr { kind, span: NOWHERE }
}

fn boxed(kind: impl Strategy<Value = ExprKind> + 'static) -> Strategy_<Expr> {
    kind.prop_map(at).boxed()
}

fn plain() -> Strategy_<Expr> {
    prop_oneof![
        (0i64..40).prop_map(|n| at(ExprKind::Number(Number::from_integer(n), None))),
        path().prop_map(|p| at(ExprKind::Path(p)))
    ]
    .boxed()
}

/// What stands alone, or in parentheses of its own.
fn primary(inner: Strategy_<Expr>) -> Strategy_<Expr> {
    prop_oneof![
        4 => boxed((number(), option::of(unit())).prop_map(|(n, u)| ExprKind::Number(n, u))),
        4 => boxed(path().prop_map(ExprKind::Path)),
        1 => boxed(text().prop_map(ExprKind::Text)),
        1 => boxed(any::<bool>().prop_map(ExprKind::YesNo)),
        1 => boxed(date().prop_map(ExprKind::Date)),
        2 => boxed(inner.clone().prop_map(|e| ExprKind::Parenthesised(Box::new(e)))),
        3 => boxed(call(inner.clone()).prop_map(ExprKind::Call)),
        1 => boxed((numbering(), status()).prop_map(|(number, status)| ExprKind::CriterionStatus { number, status })),
        1 => boxed((vec((inner.clone(), inner.clone()), 1..3), inner)
            .prop_map(|(branches, otherwise)| ExprKind::If { branches, otherwise: Box::new(otherwise) })),
    ]
    .boxed()
}

fn status() -> Strategy_<CriterionStatus> {
    use CriterionStatus::{Met, NotApplicable, NotMet, Undetermined};
    prop::sample::select(vec![Met, NotMet, Undetermined, NotApplicable]).boxed()
}

fn call(inner: Strategy_<Expr>) -> Strategy_<Call> {
    let function = prop_oneof![
        prop::sample::select(vec![BuiltIn::Mean, BuiltIn::Count, BuiltIn::RoundHalfEven, BuiltIn::MeanOfYears])
            .prop_map(|b| CallName::BuiltIn(b, NOWHERE)),
        Just(CallName::Declared(Name { text: Arc::from("баллы_за_расстояние"), span: NOWHERE })),
    ];
    let clauses = vec(clause(inner.clone()), 0..3);
    (function, vec(inner, 0..3), clauses)
        .prop_map(|(function, mut arguments, clauses)| {
            // a rank at the end would take the clauses for its own
            if let Some(last) = arguments.pop() {
                let alone = clauses.is_empty();
                arguments.push(if alone { last } else { at(ExprKind::Parenthesised(Box::new(last))) });
            }
            Call { function, arguments, clauses }
        })
        .boxed()
}

/// Clauses that nothing before them can take for its own.
fn clause(inner: Strategy_<Expr>) -> Strategy_<Clause> {
    let within_parentheses = inner.prop_map(|e| at(ExprKind::Parenthesised(Box::new(e)))).boxed();
    prop_oneof![
        within_parentheses.clone().prop_map(ClauseKind::Where),
        within_parentheses.clone().prop_map(ClauseKind::Suppressing),
        window().prop_map(ClauseKind::Window),
        within_parentheses.prop_map(ClauseKind::Weight),
        paths().prop_map(ClauseKind::Distinct),
        name().prop_map(ClauseKind::Among),
        paths().prop_map(ClauseKind::Within),
        Just(ClauseKind::ExceptSelf),
    ]
    .prop_map(|kind| Clause { kind, span: NOWHERE })
    .boxed()
}

fn window() -> Strategy_<Window> {
    prop_oneof![
        plain().prop_map(|n| WindowYears::Last(Box::new(n))),
        (plain(), plain()).prop_map(|(a, b)| WindowYears::Range(Box::new(a), Box::new(b))),
    ]
    .prop_map(|years| Window { years, span: NOWHERE })
    .boxed()
}

/// A sum of products, as the grammar reads it.
fn additive(inner: Strategy_<Expr>) -> Strategy_<Expr> {
    let unary = (0usize..2, primary(inner))
        .prop_map(|(signs, value)| (0..signs).fold(value, |value, _| at(ExprKind::Negate(Box::new(value)))));
    let chain = |operand: Strategy_<Expr>, ops: [ArithmeticOp; 2]| {
        (operand.clone(), vec((any::<bool>(), operand), 0..2))
            .prop_map(move |(first, rest)| {
                rest.into_iter().fold(first, |left, (second, right)| {
                    let op = if second { ops[1] } else { ops[0] };
                    at(ExprKind::Arithmetic(op, Box::new(left), Box::new(right)))
                })
            })
            .boxed()
    };
    let product = chain(unary.boxed(), [ArithmeticOp::Multiply, ArithmeticOp::Divide]);
    chain(product, [ArithmeticOp::Add, ArithmeticOp::Subtract])
}

fn comparison(inner: Strategy_<Expr>) -> Strategy_<Expr> {
    let side = additive(inner.clone());
    let b = |e: Expr| Box::new(e);
    let ops = vec![
        CompareOp::Less,
        CompareOp::AtMost,
        CompareOp::More,
        CompareOp::AtLeast,
        CompareOp::Equal,
        CompareOp::NotEqual,
    ];
    let states = vec![
        ValueStatus::Known,
        ValueStatus::NotKnown,
        ValueStatus::Missing,
        ValueStatus::NotApplicable,
        ValueStatus::Suppressed,
        ValueStatus::Invalid,
    ];
    let cut = (
        side.clone(),
        any::<bool>(),
        any::<bool>(),
        option::of(name()),
        option::of((side.clone(), option::of(name()))),
        vec(path(), 0..3),
    );
    prop_oneof![
        3 => side.clone(),
        2 => boxed((prop::sample::select(ops), side.clone(), side.clone()).prop_map(move |(op, x, y)| ExprKind::Compare(op, b(x), b(y)))),
        1 => boxed((side.clone(), side.clone(), side.clone(), any::<bool>()).prop_map(move |(value, low, high, negated)| ExprKind::Between { value: b(value), low: b(low), high: b(high), negated })),
        1 => boxed((side.clone(), vec(side.clone(), 1..3), any::<bool>()).prop_map(move |(value, options, negated)| ExprKind::OneOf { value: b(value), options, negated })),
        1 => boxed((side.clone(), name(), option::of(date()), any::<bool>()).prop_map(move |(value, list, date, negated)| ExprKind::InList { value: b(value), list, date: date.map(|d| b(at(ExprKind::Date(d)))), negated })),
        1 => boxed((side, prop::sample::select(states)).prop_map(move |(value, status)| ExprKind::Status { value: b(value), status })),
        1 => boxed(cut.prop_map(|(value, low, negated, among, quota, within)| {
            let side = if low { CutSide::Lowest } else { CutSide::Highest };
            let (quota, quota_of) = quota.map_or((None, None), |(q, of)| (Some(q), of));
            ExprKind::InCut(Box::new(InCut { value, side, negated, among, quota, quota_of, within }))
        })),
    ]
    .boxed()
}

fn quantified(inner: Strategy_<Expr>) -> Strategy_<Expr> {
    let how = prop_oneof![
        Just(Quantifier::Any),
        Just(Quantifier::All),
        Just(Quantifier::None),
        plain().prop_map(Quantifier::AtLeast),
        plain().prop_map(Quantifier::AtMost),
        plain().prop_map(Quantifier::Exactly),
    ];
    let of = prop_oneof![
        Just(QuantifiedOver::Criteria),
        Just(QuantifiedOver::Groups),
        vec(numbering(), 1..3).prop_map(QuantifiedOver::ListedCriteria),
        vec(numbering(), 1..3).prop_map(QuantifiedOver::ListedGroups),
        vec(inner, 1..3).prop_map(QuantifiedOver::Conditions),
    ];
    boxed((how, any::<bool>(), of).prop_map(|(quantifier, applicable, of)| {
        ExprKind::Quantified(Box::new(Quantified { quantifier, applicable, of }))
    }))
}

fn years(inner: Strategy_<Expr>) -> Strategy_<Expr> {
    let how = prop_oneof![
        Just(YearsQuantifier::Each),
        plain().prop_map(YearsQuantifier::AtLeast),
        plain().prop_map(YearsQuantifier::Consecutive),
    ];
    boxed((how, plain(), inner).prop_map(|(quantifier, last, condition)| {
        let window = Window { years: WindowYears::Last(Box::new(last)), span: NOWHERE };
        ExprKind::Years(Box::new(Years { quantifier, window, condition }))
    }))
}

pub fn expr() -> Strategy_<Expr> {
    let leaf = boxed(prop_oneof![
        path().prop_map(ExprKind::Path),
        (number(), option::of(unit())).prop_map(|(n, u)| ExprKind::Number(n, u))
    ]);
    leaf.prop_recursive(3, 24, 3, |inner| {
        let negated = (any::<bool>(), comparison(inner.clone()))
            .prop_map(|(not, value)| if not { at(ExprKind::Not(Box::new(value))) } else { value });
        let tight = prop_oneof![5 => negated, 1 => quantified(inner.clone()), 1 => years(inner)].boxed();
        let and = vec(tight, 1..3).prop_map(|list| join(list, ExprKind::And)).boxed();
        vec(and, 1..3).prop_map(|list| join(list, ExprKind::Or)).boxed()
    })
    .boxed()
}

fn join(list: Vec<Expr>, with: fn(Box<Expr>, Box<Expr>) -> ExprKind) -> Expr {
    list.into_iter().reduce(|a, b| at(with(Box::new(a), Box::new(b)))).unwrap()
}

fn notes() -> Strategy_<Notes> {
    (option::of(text()), option::of(text()), option::of(text()))
        .prop_map(|(basis, explanation, reading)| Notes { basis, explanation, reading })
        .boxed()
}

fn period() -> Strategy_<Period> {
    (date(), option::of(date())).prop_map(|(from, to)| Period { from: Some(from), to, span: NOWHERE }).boxed()
}

fn rounding() -> Strategy_<(Rounding, Span)> {
    let all = vec![Rounding::Up, Rounding::Down, Rounding::HalfUp, Rounding::HalfEven];
    prop::sample::select(all).prop_map(|r| (r, NOWHERE)).boxed()
}

fn ties() -> Strategy_<Ties> {
    let direction = prop::sample::select(vec![Direction::HigherIsBetter, Direction::LowerIsBetter]);
    let keys = vec((path().prop_map(|p| at(ExprKind::Path(p))), direction), 1..3);
    prop_oneof![Just(TiePolicy::Include), Just(TiePolicy::Exclude), keys.prop_map(TiePolicy::BreakBy)]
        .prop_map(|policy| Ties { policy, span: NOWHERE })
        .boxed()
}

fn parameter() -> Strategy_<Item> {
    let single = additive(expr()).prop_map(ParameterValue::Single);
    let keyed = (path(), vec((text().prop_map(|t| at(ExprKind::Text(t))), plain()), 1..3), option::of(plain()))
        .prop_map(|(by, entries, otherwise)| ParameterValue::Keyed { by, entries, otherwise: otherwise.map(Box::new) });
    (name(), option::of(text()), prop_oneof![single, keyed], option::of((plain(), plain())), notes())
        .prop_map(|(name, title, value, allowed, notes)| {
            let allowed = allowed.map(|(low, high)| (low, high, NOWHERE));
            Item::Parameter(Parameter { name, title, value, allowed, notes, span: NOWHERE })
        })
        .boxed()
}

fn list() -> Strategy_<Item> {
    let entry = (text(), option::of(period()), option::of(text())).prop_map(|(value, period, basis)| ListEntry {
        value,
        period,
        basis,
        span: NOWHERE,
    });
    let head = (name(), vec(name(), 0..3), option::of(text()), option::of(text()), option::of(text()));
    (head, vec(entry, 0..3), notes())
        .prop_map(|((name, forms, title, file, source), entries, notes)| {
            Item::List(List { name, forms, title, file, source, entries, notes, span: NOWHERE })
        })
        .boxed()
}

fn population() -> Strategy_<Item> {
    let exclusion =
        (expr(), option::of(text())).prop_map(|(condition, basis)| Exclusion { condition, basis, span: NOWHERE });
    (name(), vec(name(), 0..2), option::of(text()), name(), option::of(expr()), vec(exclusion, 0..2), notes())
        .prop_map(|(name, forms, title, base, condition, exclusions, notes)| {
            Item::Population(Population { name, forms, title, base, condition, exclusions, notes, span: NOWHERE })
        })
        .boxed()
}

fn indicator() -> Strategy_<Item> {
    let formula = additive(expr());
    let suppress = (expr(), option::of(window()));
    (
        name(),
        option::of(text()),
        formula,
        option::of(name()),
        option::of(clause(expr())),
        option::of(expr()),
        option::of(suppress),
        notes(),
    )
        .prop_map(|(name, title, formula, over, clause, not_applicable, suppress, notes)| {
            let suppress = suppress.map(|(condition, fallback)| Suppress { condition, fallback, span: NOWHERE });
            let clauses = clause.into_iter().collect();
            Item::Indicator(Indicator {
                name,
                title,
                formula,
                over,
                clauses,
                not_applicable,
                suppress,
                notes,
                span: NOWHERE,
            })
        })
        .boxed()
}

fn criterion(number: Vec<u32>) -> Strategy_<Criterion> {
    let actions = vec![SmallStrataAction::Merge, SmallStrataAction::Undetermined, SmallStrataAction::NotMet];
    let small = (plain(), prop::sample::select(actions));
    let data = vec![MissingData::Undetermined, MissingData::NotMet, MissingData::Met, MissingData::NotApplicable];
    (
        option::of(text()),
        vec((expr(), expr()), 0..2),
        option::of(expr()),
        option::of(expr()),
        option::of(rounding()),
        option::of(ties()),
        option::of(small),
        option::of(prop::sample::select(data)),
        notes(),
    )
        .prop_map(move |(title, cases, condition, not_applicable, quota_rounding, ties, small, missing, notes)| {
            Criterion {
                number: Numbering { parts: number.clone(), span: NOWHERE },
                title,
                // `в случае x не применимо, если …` would begin another clause
                cases: cases
                    .into_iter()
                    .map(|(when, then)| (at(ExprKind::Parenthesised(Box::new(when))), then, NOWHERE))
                    .collect(),
                condition,
                not_applicable,
                quota_rounding,
                ties,
                small_strata: small.map(|(below, action)| SmallStrata { below, action, span: NOWHERE }),
                on_missing: missing.map(|m| (m, NOWHERE)),
                notes,
                span: NOWHERE,
            }
        })
        .boxed()
}

fn category() -> Strategy_<Item> {
    let rule = || option::of(prop_oneof![expr().prop_map(Combination::Rule), name().prop_map(Combination::Named)]);
    let group = (option::of(text()), rule(), vec(criterion(vec![2, 1]), 0..2), notes()).prop_map(
        |(title, met, criteria, notes)| {
            let number = Numbering { parts: vec![2], span: NOWHERE };
            CategoryPart::Group(Group { number, title, met, criteria, notes, span: NOWHERE })
        },
    );
    let first = criterion(vec![1, 1]).prop_map(CategoryPart::Criterion);
    (name(), option::of(text()), option::of(name()), rule(), option::of(first), option::of(group), notes())
        .prop_map(|(name, title, among, assigned, first, group, notes)| {
            let parts = first.into_iter().chain(group).collect();
            Item::Category(Category { name, title, among, assigned, parts, notes, span: NOWHERE })
        })
        .boxed()
}

fn header() -> Strategy_<Header> {
    (
        text(),
        option::of(text()),
        option::of(period()),
        vec(text(), 0..2),
        vec(text(), 0..2),
        option::of(1990i64..2100),
        option::of(name()),
        option::of(rounding()),
        option::of(ties()),
    )
        .prop_map(|(title, version, in_force, bases, explanations, year, subject, quota_rounding, ties)| Header {
            title,
            version,
            in_force,
            bases,
            explanations,
            reporting_year: year.map(|y| (y, NOWHERE)),
            subject,
            quota_rounding,
            ties,
            span: NOWHERE,
        })
        .boxed()
}

pub fn file() -> Strategy_<File> {
    let item = prop_oneof![parameter(), list(), population(), indicator(), category()];
    (option::of(header()), vec(item, 1..3))
        .prop_map(|(header, items)| File {
            language: Language::Russian,
            header,
            items,
            comments: Vec::new(),
            blank_lines: Vec::new(),
            broken: Vec::new(),
        })
        .boxed()
}
