//! Expressions that a text can say.

use std::sync::Arc;

use merilo::location::Span;
use merilo::number::Number;
use merilo::syntax::tree::*;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

pub const NOWHERE: Span = Span { start: 0, end: 0, elsewhere: None };
pub type Strategy_<T> = BoxedStrategy<T>;

pub fn name() -> Strategy_<Name> {
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
        "table",
        "годы",
        "школ",
        "критериев",
        "баллов",
        "условий",
        "component",
        "header",
        "последние",
        "применимых",
        "мера",
    ]);
    soft.prop_map(|text| Name { text: Arc::from(text), span: NOWHERE }).boxed()
}

pub fn text() -> Strategy_<Text> {
    "[а-яA-Z0-9«»\"()/#;, .ё–-]{0,12}".prop_map(|text| Text { text: Arc::from(text), span: NOWHERE }).boxed()
}

pub fn path() -> Strategy_<Path> {
    vec(name(), 1..3).prop_map(|names| Path { names, span: NOWHERE }).boxed()
}

pub fn paths() -> Strategy_<Vec<Path>> {
    vec(path(), 1..3).boxed()
}

pub fn numbering() -> Strategy_<Numbering> {
    vec(1u32..30, 1..4).prop_map(|parts| Numbering { parts, span: NOWHERE }).boxed()
}

pub fn date() -> Strategy_<jiff::civil::Date> {
    (1i16..9999, 1i8..13, 1i8..29).prop_map(|(y, m, d)| jiff::civil::date(y, m, d)).boxed()
}

fn number() -> Strategy_<Number> {
    (0i128..3_000_000_000, 0u32..4).prop_map(|(n, scale)| Number::ratio(n, 10i128.pow(scale)).unwrap()).boxed()
}

pub fn unit() -> Strategy_<UnitWord> {
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

pub fn at(kind: ExprKind) -> Expr {
    Expr { kind, span: NOWHERE }
}

fn boxed(kind: impl Strategy<Value = ExprKind> + 'static) -> Strategy_<Expr> {
    kind.prop_map(at).boxed()
}

pub fn plain() -> Strategy_<Expr> {
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
        1 => boxed(name().prop_map(ExprKind::CategoryStatus)),
        1 => boxed(met_count().prop_map(ExprKind::MetCount)),
        1 => boxed((vec((inner.clone(), inner.clone()), 1..3), inner)
            .prop_map(|(branches, otherwise)| ExprKind::If { branches, otherwise: Box::new(otherwise) })),
    ]
    .boxed()
}

fn met_count() -> Strategy_<MetCountOf> {
    prop_oneof![name().prop_map(MetCountOf::Category), vec(numbering(), 1..4).prop_map(MetCountOf::Listed)].boxed()
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
    (function, vec(inner.clone(), 0..3), clauses(inner))
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

/// One clause of each kind at most.
pub fn clauses(inner: Strategy_<Expr>) -> Strategy_<Vec<Clause>> {
    vec(clause(inner), 0..3)
        .prop_map(|mut clauses: Vec<Clause>| {
            let mut kinds = Vec::new();
            clauses.retain(|clause| {
                let kind = std::mem::discriminant(&clause.kind);
                let first = !kinds.contains(&kind);
                kinds.push(kind);
                first
            });
            clauses
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

pub fn window() -> Strategy_<Window> {
    prop_oneof![
        plain().prop_map(|n| WindowYears::Last(Box::new(n))),
        (plain(), plain()).prop_map(|(a, b)| WindowYears::Range(Box::new(a), Box::new(b))),
    ]
    .prop_map(|years| Window { years, span: NOWHERE })
    .boxed()
}

/// A sum of products, as the grammar reads it.
pub fn additive(inner: Strategy_<Expr>) -> Strategy_<Expr> {
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
    expr_of_depth(2)
}

/// A value as the grammar reads it where no condition may stand.
pub fn value() -> Strategy_<Expr> {
    additive(expr_of_depth(1))
}

fn expr_of_depth(depth: u32) -> Strategy_<Expr> {
    let leaf = boxed(prop_oneof![
        path().prop_map(ExprKind::Path),
        (number(), option::of(unit())).prop_map(|(n, u)| ExprKind::Number(n, u))
    ]);
    leaf.prop_recursive(depth, 4 * depth, 2, |inner| {
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
