//! Trees of rules files that a text can say, for properties of the formatter.

#[path = "trees/expressions.rs"]
mod expressions;
#[path = "trees/tables.rs"]
mod tables;

use merilo::language::Language;
use merilo::location::Span;
use merilo::number::rounding::Rounding;
use merilo::syntax::tree::*;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use expressions::*;

fn notes() -> Strategy_<Notes> {
    (option::of(text()), option::of(text()), option::of(text()))
        .prop_map(|(basis, explanation, reading)| Notes { basis, explanation, reading })
        .boxed()
}

fn period() -> Strategy_<Period> {
    prop_oneof![
        (date(), option::of(date())).prop_map(|(from, to)| (Some(from), to)),
        date().prop_map(|to| (None, Some(to)))
    ]
    .prop_map(|(from, to)| Period { from, to, span: NOWHERE })
    .boxed()
}

fn rounding() -> Strategy_<(Rounding, Span)> {
    let all = vec![Rounding::Up, Rounding::Down, Rounding::HalfUp, Rounding::HalfEven];
    prop::sample::select(all).prop_map(|r| (r, NOWHERE)).boxed()
}

fn ties() -> Strategy_<Ties> {
    let direction = prop::sample::select(vec![Direction::HigherIsBetter, Direction::LowerIsBetter]);
    let keys = vec((value(), direction), 1..3);
    prop_oneof![Just(TiePolicy::Include), Just(TiePolicy::Exclude), keys.prop_map(TiePolicy::BreakBy)]
        .prop_map(|policy| Ties { policy, span: NOWHERE })
        .boxed()
}

fn parameter() -> Strategy_<Item> {
    let single = value().prop_map(ParameterValue::Single);
    let key = prop_oneof![text().prop_map(|t| at(ExprKind::Text(t))), plain()];
    let keyed = (path(), vec((key, value()), 1..4), option::of(value()))
        .prop_map(|(by, entries, otherwise)| ParameterValue::Keyed { by, entries, otherwise: otherwise.map(Box::new) });
    (name(), option::of(text()), prop_oneof![single, keyed], option::of((value(), value())), notes())
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
    let formula = value();
    let suppress = (expr(), option::of(window()));
    (
        name(),
        option::of(text()),
        formula,
        option::of(name()),
        clauses(expr()),
        option::of(expr()),
        option::of(suppress),
        notes(),
    )
        .prop_map(|(name, title, formula, over, clauses, not_applicable, suppress, notes)| {
            let suppress = suppress.map(|(condition, fallback)| Suppress { condition, fallback, span: NOWHERE });
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
    let small = (value(), prop::sample::select(actions));
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
                cases: cases.into_iter().map(|(when, then)| (when, then, NOWHERE)).collect(),
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

fn exit() -> Strategy_<Exit> {
    let rule = prop_oneof![expr().prop_map(Combination::Rule), name().prop_map(Combination::Named)];
    let bounds = prop_oneof![
        value().prop_map(|least| (Some(least), None)),
        value().prop_map(|most| (None, Some(most))),
        (value(), value()).prop_map(|(least, most)| (Some(least), Some(most))),
    ];
    let term = (bounds, value()).prop_map(|((least, most), by)| Term { least, most, by, span: NOWHERE });
    (option::of(expr()), option::of(rule), option::of(term), any::<bool>())
        .prop_map(|(previously, stays, term, without)| Exit {
            previously,
            stays,
            term,
            without: without.then_some(NOWHERE),
        })
        .boxed()
}

fn category() -> Strategy_<Item> {
    let rule = || option::of(prop_oneof![expr().prop_map(Combination::Rule), name().prop_map(Combination::Named)]);
    let group = |number: u32| {
        let criteria = (criterion(vec![number, 1]), criterion(vec![number, 2]), 0usize..3);
        (option::of(text()), rule(), criteria, notes()).prop_map(move |(title, met, (first, second, count), notes)| {
            let number = Numbering { parts: vec![number], span: NOWHERE };
            let criteria = [first, second].into_iter().take(count).collect();
            CategoryPart::Group(Group { number, title, met, criteria, notes, span: NOWHERE })
        })
    };
    let parts = (option::of(criterion(vec![1, 1])), option::of(group(2)), option::of(group(3)));
    (name(), option::of(text()), option::of(name()), (rule(), exit()), parts, notes())
        .prop_map(|(name, title, among, (assigned, exit), (first, second, third), notes)| {
            let parts = first.map(CategoryPart::Criterion).into_iter().chain(second).chain(third).collect();
            Item::Category(Category { name, title, among, assigned, exit, parts, notes, span: NOWHERE })
        })
        .boxed()
}

fn registered() -> Strategy_<Item> {
    let action = prop::sample::select(vec![RegisteredAction::Include, RegisteredAction::Exclude]);
    let document = option::of((text(), option::of(date())));
    (action, text(), option::of(name()), document, option::of(text()), option::of(text()), option::of(period()))
        .prop_map(|(action, school, category, document, author, reason, in_force)| {
            let (document, dated) = document.map_or((None, None), |(document, dated)| (Some(document), dated));
            let span = NOWHERE;
            Item::Registered(Registered { action, school, category, document, dated, author, reason, in_force, span })
        })
        .boxed()
}

fn include() -> Strategy_<Item> {
    text().prop_map(|path| Item::Include(Include { path, span: NOWHERE })).boxed()
}

fn combination() -> Strategy_<Item> {
    (name(), option::of(text()), expr(), notes())
        .prop_map(|(name, title, rule, notes)| {
            Item::Combination(NamedCombination { name, title, rule, notes, span: NOWHERE })
        })
        .boxed()
}

fn function() -> Strategy_<Item> {
    let arguments = vec((name(), option::of(unit())), 0..3);
    (name(), option::of(text()), arguments, option::of(unit()), text(), notes())
        .prop_map(|(name, title, arguments, result, file, notes)| {
            Item::Function(Function { name, title, arguments, result, file, notes, span: NOWHERE })
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

/// A category without criteria, or a group without them: what a scenario says of them.
fn bare(item: Item) -> Item {
    match item {
        Item::Category(category) => Item::Category(Category { parts: Vec::new(), ..category }),
        other => other,
    }
}

fn definition() -> Strategy_<Item> {
    prop_oneof![parameter(), list(), population(), indicator(), tables::index(), combination()].boxed()
}

fn alteration() -> Strategy_<Alteration> {
    let number = || vec(1u32..9, 1..4);
    let rule = option::of(prop_oneof![expr().prop_map(Combination::Rule), name().prop_map(Combination::Named)]);
    let group = (number(), option::of(text()), rule, notes()).prop_map(|(parts, title, met, notes)| {
        let number = Numbering { parts, span: NOWHERE };
        Alteration::Group(Group { number, title, met, criteria: Vec::new(), notes, span: NOWHERE })
    });
    let home = prop_oneof![
        name().prop_map(AddedTo::Category),
        number().prop_map(|parts| AddedTo::Group(Numbering { parts, span: NOWHERE })),
    ];
    let what = prop::sample::select(vec![Numbered::Criterion, Numbered::Group]);
    prop_oneof![
        prop_oneof![definition(), category().prop_map(bare)].prop_map(Alteration::Item),
        group,
        number().prop_flat_map(criterion).prop_map(Alteration::Criterion),
        definition().prop_map(Alteration::Added),
        (number().prop_flat_map(criterion), home).prop_map(|(c, home)| Alteration::AddedCriterion(c, home)),
        (what, number())
            .prop_map(|(what, parts)| { Alteration::SwitchedOff(what, Numbering { parts, span: NOWHERE }, NOWHERE) }),
    ]
    .boxed()
}

fn scenario() -> Strategy_<Item> {
    let data = vec![MissingData::Undetermined, MissingData::NotMet, MissingData::Met, MissingData::NotApplicable];
    (
        text(),
        option::of(text()),
        option::of(text()),
        option::of(rounding()),
        option::of(ties()),
        option::of(prop::sample::select(data)),
        notes(),
        vec(alteration(), 0..3),
    )
        .prop_map(|(title, base, data, quota_rounding, ties, missing, notes, alterations)| {
            Item::Scenario(Scenario {
                title,
                base,
                data,
                quota_rounding,
                ties,
                on_missing: missing.map(|m| (m, NOWHERE)),
                notes,
                alterations,
                span: NOWHERE,
            })
        })
        .boxed()
}

pub fn file() -> Strategy_<File> {
    let item = prop_oneof![
        include(),
        parameter(),
        list(),
        tables::table(),
        population(),
        indicator(),
        tables::index(),
        function(),
        combination(),
        category(),
        registered(),
    ];
    // what follows a scenario is its own
    (option::of(header()), vec(item, 1..4), vec(scenario(), 0..3))
        .prop_map(|(header, items, scenarios)| File {
            language: Language::Russian,
            header,
            items: items.into_iter().chain(scenarios).collect(),
            comments: Vec::new(),
            blank_lines: Vec::new(),
            broken: Vec::new(),
        })
        .boxed()
}
