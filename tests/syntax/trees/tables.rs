//! Tables with columns of every kind, and indices with every normalisation and policy.

use merilo::number::Number;
use merilo::number::rounding::Rounding;
use merilo::syntax::tree::*;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::expressions::*;
use super::notes;

fn column() -> Strategy_<Column> {
    let kind = prop_oneof![
        Just(ColumnKind::Text),
        option::of(unit()).prop_map(ColumnKind::Number),
        Just(ColumnKind::YesNo),
        Just(ColumnKind::Date),
        Just(ColumnKind::Year),
        name().prop_map(ColumnKind::Link),
    ];
    let absences = vec![Absence::Missing, Absence::Suppressed, Absence::Invalid, Absence::NotApplicable];
    let markers = vec((vec(text(), 1..3), prop::sample::select(absences)), 0..3);
    let clauses = (vec(text(), 0..3), vec(name(), 0..3), option::of(text()), markers);
    (name(), option::of(text()), kind, clauses)
        .prop_map(|(name, title, kind, (allowed, scale_by, header, markers))| Column {
            name,
            title,
            kind,
            allowed,
            scale_by,
            header,
            markers,
            span: NOWHERE,
        })
        .boxed()
}

pub fn table() -> Strategy_<Item> {
    (name(), vec(name(), 0..3), option::of(text()), vec(name(), 0..3), vec(column(), 0..4))
        .prop_map(|(name, forms, title, key, columns)| {
            Item::Table(Table { name, forms, title, key, columns, span: NOWHERE })
        })
        .boxed()
}

fn normalisation() -> Strategy_<Normalisation> {
    prop_oneof![
        Just(NormalMethod::Standard),
        Just(NormalMethod::MinMax(None)),
        (value(), value()).prop_map(|(low, high)| NormalMethod::MinMax(Some((Box::new(low), Box::new(high))))),
        Just(NormalMethod::RankShare),
        value().prop_map(|of| NormalMethod::PercentOf(Box::new(of))),
        Just(NormalMethod::None),
    ]
    .prop_map(|method| Normalisation { method, span: NOWHERE })
    .boxed()
}

fn component() -> Strategy_<Component> {
    let directions = vec![None, Some(Direction::HigherIsBetter), Some(Direction::LowerIsBetter)];
    (value(), option::of(text()), value(), prop::sample::select(directions), option::of(normalisation()))
        .prop_map(|(value, title, weight, direction, normalisation)| Component {
            value,
            title,
            weight,
            direction,
            normalisation,
            span: NOWHERE,
        })
        .boxed()
}

fn missing() -> Strategy_<MissingComponent> {
    let components =
        (0i64..40).prop_map(|n| Expr { kind: ExprKind::Number(Number::from_integer(n), None), span: NOWHERE });
    prop_oneof![
        (option::of(value()), option::of(components))
            .prop_map(|(least_weight, least_components)| MissingPolicy::Reweight { least_weight, least_components }),
        (name(), vec(name(), 1..3)).prop_map(|(from, to)| MissingPolicy::Reallocate { from, to }),
        Just(MissingPolicy::Required),
        Just(MissingPolicy::Zero),
        Just(MissingPolicy::Median),
    ]
    .prop_map(|policy| MissingComponent { policy, span: NOWHERE })
    .boxed()
}

pub fn index() -> Strategy_<Item> {
    let block = (text(), value(), vec(component(), 0..3)).prop_map(|(title, weight, components)| IndexPart::Block {
        title,
        weight,
        components,
        span: NOWHERE,
    });
    // a component after a block belongs to it
    let parts = (vec(component().prop_map(IndexPart::Component), 0..3), vec(block, 0..3))
        .prop_map(|(alone, blocks)| alone.into_iter().chain(blocks).collect::<Vec<_>>());
    let roundings = prop::sample::select(vec![Rounding::HalfUp, Rounding::HalfEven]);
    let round = option::of((roundings, value()).prop_map(|(rounding, step)| (rounding, step, NOWHERE)));
    (
        (name(), option::of(text()), option::of(name()), vec(path(), 0..3)),
        option::of(normalisation()),
        parts,
        vec(missing(), 0..3),
        round,
        notes(),
    )
        .prop_map(|((name, title, among, within), normalisation, parts, on_missing, round, notes)| {
            Item::Index(Index {
                name,
                title,
                among,
                within,
                normalisation,
                parts,
                on_missing,
                round,
                notes,
                span: NOWHERE,
            })
        })
        .boxed()
}
