//! Mistakes planted into the rules that the evaluation gets: the comparison must find each of them.

use merilo::model::expr::{AggregateFunction, AggregateTo, CompareOp, ExprKind, NormalMethod, Quantifier, Quota, Ties};
use merilo::model::{IndexPart, MissingData, MissingPolicy, PopulationOrTable, Registered, RegisteredAction, RuleSet};
use merilo::number::Number;
use merilo::number::rounding::Rounding;
use merilo::plan;

use super::cases::{self, Folder, PER_TEXT};
use super::{data, words};

/// A mistake: what it is called, and what it does to rules; `false`: there is nothing in them that it could spoil.
pub type Planted = (&'static str, fn(&mut RuleSet) -> bool);

/// Changes every expression that `change` does something to.
fn each(rules: &mut RuleSet, mut change: impl FnMut(&mut ExprKind) -> bool) -> bool {
    rules.exprs.iter_mut().filter_map(|expr| change(&mut expr.kind).then_some(())).count() > 0
}

fn compared(rules: &mut RuleSet, from: CompareOp, to: CompareOp) -> bool {
    each(rules, |kind| match kind {
        ExprKind::Compare(op, ..) if *op == from => {
            *op = to;
            true
        }
        _ => false,
    })
}

fn policies(rules: &mut RuleSet, from: MissingData, to: MissingData) -> bool {
    let mut criteria = rules.criteria.iter_mut().filter(|criterion| criterion.on_missing == from).peekable();
    let found = criteria.peek().is_some();
    criteria.for_each(|criterion| criterion.on_missing = to);
    found
}

fn cuts(rules: &mut RuleSet, mut change: impl FnMut(&mut merilo::model::expr::Cut) -> bool) -> bool {
    each(rules, |kind| if let ExprKind::InCut(cut) = kind { change(cut) } else { false })
}

fn aggregates(rules: &mut RuleSet, mut change: impl FnMut(&mut merilo::model::expr::Aggregate) -> bool) -> bool {
    each(rules, |kind| if let ExprKind::Aggregate(aggregate) = kind { change(aggregate) } else { false })
}

fn normalisations(rules: &mut RuleSet, mut change: impl FnMut(&mut merilo::model::expr::Normalise) -> bool) -> bool {
    each(rules, |kind| if let ExprKind::Normalise(normalise) = kind { change(normalise) } else { false })
}

pub const ALL: &[Planted] = &[
    ("at most is read as less", |rules| compared(rules, CompareOp::AtMost, CompareOp::Less)),
    ("more is read as at least", |rules| compared(rules, CompareOp::More, CompareOp::AtLeast)),
    ("not equal is read as equal", |rules| compared(rules, CompareOp::NotEqual, CompareOp::Equal)),
    ("between leaves its negation out", |rules| {
        each(rules, |kind| if let ExprKind::Between { negated, .. } = kind { std::mem::take(negated) } else { false })
    }),
    ("and is read as or", |rules| {
        each(rules, |kind| match kind {
            ExprKind::And(items) if items.len() > 1 => {
                *kind = ExprKind::Or(std::mem::take(items));
                true
            }
            _ => false,
        })
    }),
    ("ties go in where they should stay out", |rules| {
        cuts(rules, |cut| {
            cut.ties == Ties::Exclude && {
                cut.ties = Ties::Include;
                true
            }
        })
    }),
    ("ties are not told apart", |rules| {
        cuts(rules, |cut| {
            matches!(cut.ties, Ties::BreakBy(_)) && {
                cut.ties = Ties::Include;
                true
            }
        })
    }),
    ("a quota is rounded up that is rounded down", |rules| {
        cuts(rules, |cut| {
            matches!((cut.rounding, &cut.quota), (Rounding::Down, Quota::Share(_))) && {
                cut.rounding = Rounding::Up;
                true
            }
        })
    }),
    ("halves of a quota go up, not to the even one", |rules| {
        cuts(rules, |cut| {
            matches!((cut.rounding, &cut.quota), (Rounding::HalfEven, Quota::Share(_))) && {
                cut.rounding = Rounding::HalfUp;
                true
            }
        })
    }),
    ("the highest is read as the lowest", |rules| cuts(rules, |cut| std::mem::take(&mut cut.highest))),
    ("a rank is taken among all", |rules| {
        let subject = rules.subject;
        cuts(rules, |cut| {
            matches!(cut.among, PopulationOrTable::Population(_)) && {
                cut.among = PopulationOrTable::Table(subject);
                true
            }
        })
    }),
    ("a rank is not taken within groups", |rules| {
        cuts(rules, |cut| {
            !cut.within.is_empty() && {
                cut.within.clear();
                true
            }
        })
    }),
    ("small groups are not treated apart", |rules| cuts(rules, |cut| cut.small_strata.take().is_some())),
    ("the share is taken of the ranked ones", |rules| cuts(rules, |cut| cut.quota_of.take().is_some())),
    ("a window is a year shorter", |rules| {
        aggregates(rules, |aggregate| match &mut aggregate.window {
            Some(window) if window.from < window.to => {
                window.from += 1;
                true
            }
            _ => false,
        })
    }),
    ("weights are left out", |rules| aggregates(rules, |aggregate| aggregate.weight.take().is_some())),
    ("a filter is left out", |rules| aggregates(rules, |aggregate| aggregate.filter.take().is_some())),
    ("rows are not suppressed", |rules| aggregates(rules, |aggregate| aggregate.suppressing.take().is_some())),
    ("equal rows are counted twice", |rules| {
        aggregates(rules, |aggregate| {
            !aggregate.distinct.is_empty() && {
                aggregate.distinct.clear();
                true
            }
        })
    }),
    ("the school itself is among the others", |rules| {
        aggregates(rules, |aggregate| {
            if let AggregateTo::Strata { except_self, .. } = &mut aggregate.to {
                std::mem::take(except_self)
            } else {
                false
            }
        })
    }),
    ("a mean is taken among all", |rules| aggregates(rules, |aggregate| aggregate.among.take().is_some())),
    ("a median is read as a mean", |rules| {
        aggregates(rules, |aggregate| {
            aggregate.function == AggregateFunction::Median && {
                aggregate.function = AggregateFunction::Mean;
                true
            }
        })
    }),
    ("the latest is read as the greatest", |rules| {
        aggregates(rules, |aggregate| {
            aggregate.function == AggregateFunction::Latest && {
                aggregate.function = AggregateFunction::Maximum;
                true
            }
        })
    }),
    ("absent data count as met, not as not met", |rules| policies(rules, MissingData::NotMet, MissingData::Met)),
    ("absent data count as not met", |rules| policies(rules, MissingData::Undetermined, MissingData::NotMet)),
    ("an exclusion is forgotten", |rules| {
        let mut found = false;
        for population in &mut rules.populations {
            found |= population.exclusions.pop().is_some();
        }
        found
    }),
    ("a category judges everyone", |rules| {
        rules.categories.iter_mut().filter_map(|category| category.among.take()).count() > 0
    }),
    ("any is read as all", |rules| {
        each(rules, |kind| match kind {
            ExprKind::Quantified { quantifier, items, .. } if *quantifier == Quantifier::Any && items.len() > 1 => {
                *quantifier = Quantifier::All;
                true
            }
            _ => false,
        })
    }),
    ("those that do not apply are counted", |rules| {
        each(
            rules,
            |kind| if let ExprKind::Quantified { applicable, .. } = kind { std::mem::take(applicable) } else { false },
        )
    }),
    ("a component is weighed twice", |rules| {
        let mut found = false;
        for index in &mut rules.indices {
            if index.parts.len() > 1
                && let Some(IndexPart::Component(component)) = index.parts.first_mut()
            {
                component.weight = component.weight.add(&Number::one());
                found = true;
            }
        }
        found
    }),
    ("an absent component counts as zero", |rules| {
        let mut found = false;
        for policy in rules.indices.iter_mut().flat_map(|index| &mut index.on_missing) {
            if matches!(policy, MissingPolicy::Median | MissingPolicy::Reweight { .. }) {
                *policy = MissingPolicy::Zero;
                found = true;
            }
        }
        found
    }),
    ("lower is better is forgotten", |rules| {
        normalisations(rules, |normalise| std::mem::take(&mut normalise.reversed))
    }),
    ("a score is a share of the span", |rules| {
        normalisations(rules, |normalise| {
            normalise.method == NormalMethod::Standard && {
                normalise.method = NormalMethod::MinMax;
                true
            }
        })
    }),
    ("the fallback is forgotten", |rules| {
        each(rules, |kind| match kind {
            ExprKind::Fallback { first, second } if first != second => {
                *second = *first;
                true
            }
            _ => false,
        })
    }),
    ("a decision of people is read the other way round", |rules| {
        let turned = |decision: &mut Registered| {
            decision.action = match decision.action {
                RegisteredAction::Include => RegisteredAction::Exclude,
                RegisteredAction::Exclude => RegisteredAction::Include,
            };
        };
        rules.registered.iter_mut().map(turned).count() > 0
    }),
    ("a decision of people is overlooked", |rules| {
        rules.registered.pop().is_some_and(|decision| decision.action == RegisteredAction::Exclude)
    }),
];

/// How many datasets it took to find a mistake; `None`: it was not found on the first `most` seeds.
pub fn found(plant: fn(&mut RuleSet) -> bool, folder: &Folder, most: u64) -> Option<usize> {
    let mut tried = 0;
    for seed in 1..=most {
        let Ok(rules) = cases::rules(&words::blocks(seed)) else { continue };
        let mut spoiled = rules.clone();
        if !plant(&mut spoiled) {
            continue;
        }
        let plan = plan::plan(&spoiled);
        let needed = plan::plan(&rules);
        for at in 0..PER_TEXT {
            let dataset = folder.load(&rules, &needed, &data::tables(cases::data_seed(seed, at)));
            tried += 1;
            if !cases::compared(&rules, &spoiled, &plan, &dataset).agrees() {
                return Some(tried);
            }
        }
    }
    None
}
