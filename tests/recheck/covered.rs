//! What the rules language can say, counted in generated rules: a new construct does not compile before it has a name here.

use std::collections::BTreeMap;

use merilo::model::expr::{
    Aggregate, AggregateFunction, AggregateTo, ArithmeticOp, CompareOp, Cut, ExprKind, NormalMethod, Normalise,
    Quantifier, Quota, SmallStrataAction, Ties, ValueStatus, VerdictStatus, YearsQuantifier,
};
use merilo::model::{IndexPart, MissingData, MissingPolicy, PopulationOrTable, RuleSet};
use merilo::number::rounding::Rounding;

/// Everything that generated rules must say somewhere. Not made by the checker: "met" as a status.
pub const WANTED: &[&str] = &[
    "number",
    "text",
    "yes/no",
    "date",
    "parameter",
    "indicator",
    "index",
    "keyed",
    "keyed otherwise",
    "column",
    "follow",
    "negate",
    "absolute",
    "add",
    "subtract",
    "multiply",
    "divide",
    "minimum of",
    "maximum of",
    "round Up",
    "round Down",
    "round HalfUp",
    "round HalfEven",
    "Less",
    "AtMost",
    "More",
    "AtLeast",
    "Equal",
    "NotEqual",
    "between",
    "not between",
    "one of",
    "not one of",
    "in list",
    "not in list",
    "in list on date",
    "known",
    "not known",
    "absent for",
    "and",
    "or",
    "not",
    "if",
    "any",
    "all",
    "none",
    "at least",
    "at most",
    "exactly",
    "applicable",
    "criterion",
    "group",
    "criterion NotMet",
    "category",
    "number of criteria met",
    "criterion Undetermined",
    "criterion NotApplicable",
    "mean",
    "sum",
    "count",
    "minimum",
    "maximum",
    "median",
    "share",
    "latest",
    "quantile",
    "to parent",
    "to all",
    "to strata",
    "except self",
    "aggregate among",
    "aggregate filter",
    "suppressing",
    "window",
    "weight",
    "distinct",
    "standard",
    "min-max",
    "fixed min-max",
    "rank share",
    "percent of",
    "plain",
    "normalise within",
    "normalise population",
    "normalise reversed",
    "index value",
    "index block",
    "index rounded",
    "index within",
    "missing reweight weight",
    "missing reweight components",
    "missing reallocate",
    "missing required",
    "missing zero",
    "missing median",
    "cut lowest",
    "cut highest",
    "cut negated",
    "cut share",
    "cut number",
    "cut of others",
    "cut within",
    "cut rounded Up",
    "cut rounded Down",
    "cut rounded HalfUp",
    "cut rounded HalfEven",
    "ties include",
    "ties exclude",
    "ties broken",
    "small merge",
    "small undetermined",
    "small not met",
    "call",
    "absent when",
    "fallback",
    "years each",
    "years at least",
    "years consecutive",
    "mean of years",
    "policy Undetermined",
    "policy NotMet",
    "policy Met",
    "policy NotApplicable",
    "population",
    "population base",
    "exclusion",
    "category among",
    "exit rule",
    "least term",
    "longest term",
    "registered decision",
];

pub fn features(rules: &RuleSet, found: &mut BTreeMap<String, usize>) {
    let mut add = |name: &str| *found.entry(name.to_owned()).or_default() += 1;
    for expr in &rules.exprs {
        expression(&expr.kind, &mut add);
    }
    for population in &rules.populations {
        add("population");
        population.base.iter().for_each(|_| add("population base"));
        population.exclusions.iter().for_each(|_| add("exclusion"));
    }
    for criterion in &rules.criteria {
        match criterion.on_missing {
            MissingData::Undetermined => add("policy Undetermined"),
            MissingData::NotMet => add("policy NotMet"),
            MissingData::Met => add("policy Met"),
            MissingData::NotApplicable => add("policy NotApplicable"),
        }
    }
    rules.categories.iter().filter(|category| category.among.is_some()).for_each(|_| add("category among"));
    for exit in rules.categories.iter().filter_map(|category| category.exit) {
        exit.stays.iter().for_each(|_| add("exit rule"));
        exit.runs.iter().for_each(|_| add("least term"));
        exit.over.iter().for_each(|_| add("longest term"));
    }
    rules.registered.iter().for_each(|_| add("registered decision"));
    for index in &rules.indices {
        for part in &index.parts {
            match part {
                IndexPart::Component(_) => {}
                IndexPart::Block { .. } => add("index block"),
            }
        }
        index.round.iter().for_each(|_| add("index rounded"));
        index.within.iter().for_each(|_| add("index within"));
        for policy in &index.on_missing {
            match policy {
                MissingPolicy::Reweight { least_weight, least_components } => {
                    least_weight.iter().for_each(|_| add("missing reweight weight"));
                    least_components.iter().for_each(|_| add("missing reweight components"));
                }
                MissingPolicy::Reallocate { .. } => add("missing reallocate"),
                MissingPolicy::Required => add("missing required"),
                MissingPolicy::Zero => add("missing zero"),
                MissingPolicy::Median => add("missing median"),
            }
        }
    }
}

fn expression(kind: &ExprKind, add: &mut impl FnMut(&str)) {
    match kind {
        ExprKind::Number(_) => add("number"),
        ExprKind::Text(_) => add("text"),
        ExprKind::YesNo(_) => add("yes/no"),
        ExprKind::Date(_) => add("date"),
        ExprKind::Parameter(..) => add("parameter"),
        ExprKind::Indicator(..) => add("indicator"),
        ExprKind::Index(..) => add("index"),
        ExprKind::Keyed { otherwise, .. } => add(if otherwise.is_some() { "keyed otherwise" } else { "keyed" }),
        ExprKind::Column(..) => add("column"),
        ExprKind::Follow { .. } => add("follow"),
        ExprKind::Negate(_) => add("negate"),
        ExprKind::Absolute(_) => add("absolute"),
        ExprKind::Arithmetic(op, ..) => add(match op {
            ArithmeticOp::Add => "add",
            ArithmeticOp::Subtract => "subtract",
            ArithmeticOp::Multiply => "multiply",
            ArithmeticOp::Divide => "divide",
        }),
        ExprKind::Extreme { largest, .. } => add(if *largest { "maximum of" } else { "minimum of" }),
        ExprKind::Round { rounding, .. } => add(&format!("round {}", rounded(*rounding))),
        ExprKind::Compare(op, ..) => add(match op {
            CompareOp::Less => "Less",
            CompareOp::AtMost => "AtMost",
            CompareOp::More => "More",
            CompareOp::AtLeast => "AtLeast",
            CompareOp::Equal => "Equal",
            CompareOp::NotEqual => "NotEqual",
        }),
        ExprKind::Between { negated, .. } => add(if *negated { "not between" } else { "between" }),
        ExprKind::OneOf { negated, .. } => add(if *negated { "not one of" } else { "one of" }),
        ExprKind::InList { negated, date, .. } => {
            add(if *negated { "not in list" } else { "in list" });
            date.iter().for_each(|_| add("in list on date"));
        }
        ExprKind::Status { status, .. } => add(match status {
            ValueStatus::Known => "known",
            ValueStatus::NotKnown => "not known",
            ValueStatus::AbsentFor(_) => "absent for",
        }),
        ExprKind::And(_) => add("and"),
        ExprKind::Or(_) => add("or"),
        ExprKind::Not(_) => add("not"),
        ExprKind::If { .. } => add("if"),
        ExprKind::Quantified { quantifier, applicable, .. } => {
            add(match quantifier {
                Quantifier::Any => "any",
                Quantifier::All => "all",
                Quantifier::None => "none",
                Quantifier::AtLeast(_) => "at least",
                Quantifier::AtMost(_) => "at most",
                Quantifier::Exactly(_) => "exactly",
            });
            if *applicable {
                add("applicable");
            }
        }
        ExprKind::Criterion(_) => add("criterion"),
        ExprKind::Group(_) => add("group"),
        ExprKind::Category(_) => add("category"),
        ExprKind::CriterionStatus(_, status) => add(match status {
            VerdictStatus::Met => "criterion Met",
            VerdictStatus::NotMet => "criterion NotMet",
            VerdictStatus::Undetermined => "criterion Undetermined",
            VerdictStatus::NotApplicable => "criterion NotApplicable",
        }),
        ExprKind::MetCount { .. } => add("number of criteria met"),
        ExprKind::Aggregate(of) => aggregate(of, add),
        ExprKind::Normalise(of) => normalise(of, add),
        ExprKind::IndexValue(_) => add("index value"),
        ExprKind::InCut(of) => cut(of, add),
        ExprKind::Call(..) => add("call"),
        ExprKind::AbsentWhen { .. } => add("absent when"),
        ExprKind::Fallback { .. } => add("fallback"),
        ExprKind::Years { quantifier, .. } => add(match quantifier {
            YearsQuantifier::Each => "years each",
            YearsQuantifier::AtLeast(_) => "years at least",
            YearsQuantifier::Consecutive(_) => "years consecutive",
        }),
        ExprKind::MeanOfYears { .. } => add("mean of years"),
    }
}

fn aggregate(of: &Aggregate, add: &mut impl FnMut(&str)) {
    add(match of.function {
        AggregateFunction::Mean => "mean",
        AggregateFunction::Sum => "sum",
        AggregateFunction::Count => "count",
        AggregateFunction::Minimum => "minimum",
        AggregateFunction::Maximum => "maximum",
        AggregateFunction::Median => "median",
        AggregateFunction::Share => "share",
        AggregateFunction::Latest => "latest",
        AggregateFunction::Quantile(_) => "quantile",
    });
    match &of.to {
        AggregateTo::Parent { .. } => add("to parent"),
        AggregateTo::All => add("to all"),
        AggregateTo::Strata { except_self, .. } => {
            add("to strata");
            if *except_self {
                add("except self");
            }
        }
    }
    of.among.iter().for_each(|_| add("aggregate among"));
    of.filter.iter().for_each(|_| add("aggregate filter"));
    of.suppressing.iter().for_each(|_| add("suppressing"));
    of.window.iter().for_each(|_| add("window"));
    of.weight.iter().for_each(|_| add("weight"));
    of.distinct.first().iter().for_each(|_| add("distinct"));
}

fn normalise(of: &Normalise, add: &mut impl FnMut(&str)) {
    add(match of.method {
        NormalMethod::Standard => "standard",
        NormalMethod::MinMax => "min-max",
        NormalMethod::FixedMinMax(..) => "fixed min-max",
        NormalMethod::RankShare => "rank share",
        NormalMethod::PercentOf(_) => "percent of",
        NormalMethod::Plain => "plain",
    });
    of.within.first().iter().for_each(|_| add("normalise within"));
    if matches!(of.among, PopulationOrTable::Population(_)) {
        add("normalise population");
    }
    if of.reversed {
        add("normalise reversed");
    }
}

fn cut(of: &Cut, add: &mut impl FnMut(&str)) {
    add(if of.highest { "cut highest" } else { "cut lowest" });
    if of.negated {
        add("cut negated");
    }
    add(match of.quota {
        Quota::Share(_) => "cut share",
        Quota::Count(_) => "cut number",
    });
    of.quota_of.iter().for_each(|_| add("cut of others"));
    of.within.first().iter().for_each(|_| add("cut within"));
    add(&format!("cut rounded {}", rounded(of.rounding)));
    add(match of.ties {
        Ties::Include => "ties include",
        Ties::Exclude => "ties exclude",
        Ties::BreakBy(_) => "ties broken",
    });
    if let Some(small) = &of.small_strata {
        add(match small.action {
            SmallStrataAction::Merge => "small merge",
            SmallStrataAction::Undetermined => "small undetermined",
            SmallStrataAction::NotMet => "small not met",
        });
    }
}

fn rounded(rounding: Rounding) -> &'static str {
    match rounding {
        Rounding::Up => "Up",
        Rounding::Down => "Down",
        Rounding::HalfUp => "HalfUp",
        Rounding::HalfEven => "HalfEven",
    }
}
