//! The run and the explanation of one school as JSON. The schemas are described in `docs/json.md`.
//!
//! Numbers are exact texts (`"391/1000"`) beside what a person is shown; nothing passes through floating point. The list
//! of schools is written as it is made.

mod axis;
mod beside;
mod changes;
mod comparison;
mod effects;
mod entries;
mod equality;
mod explanation;
mod history;
mod plane;
mod quality;
mod ranked;
mod schools;
mod stability;
mod stated;
mod steps;
mod sweep;
mod threshold;
mod understood;
mod unknown;

pub use explanation::explanation;
pub(super) use schools::operator_code;

use std::io::{self, Write};

use rayon::prelude::*;
use serde::Serialize;

pub use self::comparison::comparison;
pub use self::equality::equality;
pub use self::history::history;
pub use self::plane::planes;
pub use self::quality::data_check;
use self::schools::Schools;
pub use self::stability::stability;
pub use self::sweep::sweep;
pub use self::threshold::thresholds;
pub use self::understood::understood;
use super::deciding;
use super::list::{Judgement, value_of};
use super::registered;
use crate::decision::Verdict;
use crate::explain::summary::{RegisteredSchool, Summary, VerdictCounts};
use crate::messages::{Precision, Speaker};
use crate::model::Registered;
use crate::model::expr::{ExprId, ExprKind};
use crate::number::Number;
use crate::value::{Reasons, Type, Unit, Value};

#[derive(Debug, Serialize)]
struct RunHead {
    schema: &'static str,
    language: &'static str,
    publication: PublicationEntry,
    rules: RulesEntry,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    synthetic: Option<String>,
    schools_judged: usize,
    categories: Vec<CategoryEntry>,
    criteria: Vec<CriterionEntry>,
    cuts: Vec<CutEntry>,
}

/// Whether the document is for publication, and what it does not show.
#[derive(Debug, Serialize)]
struct PublicationEntry {
    public: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum_cohort: Option<usize>,
    said: String,
}

impl PublicationEntry {
    fn of(minimum_cohort: Option<usize>, speaker: &Speaker) -> PublicationEntry {
        let said = super::publication::said(minimum_cohort, speaker);
        PublicationEntry { public: minimum_cohort.is_some(), minimum_cohort, said }
    }
}

#[derive(Debug, Serialize)]
struct RulesEntry {
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reporting_year: Option<i64>,
    parameters: Vec<ParameterEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scenario: Option<ScenarioEntry>,
}

/// The scenario that changed the rules.
#[derive(Debug, Serialize)]
struct ScenarioEntry {
    name: String,
    /// As they are written in a scenario.
    changes: Vec<String>,
}

#[derive(Debug, Serialize)]
struct ParameterEntry {
    name: String,
    value: ValueEntry,
    #[serde(skip_serializing_if = "Option::is_none")]
    replaced: Option<String>,
    /// Of a parameter whose value depends on a key: every key with its value.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cases: Vec<KeyedEntry>,
}

#[derive(Debug, Serialize)]
struct KeyedEntry {
    key: ValueEntry,
    value: ValueEntry,
}

#[derive(Debug, Serialize)]
struct CountsEntry {
    met: usize,
    not_met: usize,
    undetermined: usize,
    not_applicable: usize,
    not_judged: usize,
}

#[derive(Debug, Serialize)]
struct CategoryEntry {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    counts: CountsEntry,
    listed: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    registered: Vec<RegisteredEntry>,
}

/// A decision of people; `school` and `computed` where it stands beside other schools.
#[derive(Debug, Serialize)]
struct RegisteredEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    school: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    computed: Option<&'static str>,
    action: &'static str,
    /// On the list: `changes`, `same`, or `open` where the computation gives no answer.
    effect: &'static str,
    document: String,
    dated: String,
    author: String,
    reason: String,
    from: String,
    until: String,
}

#[derive(Debug, Serialize)]
struct CriterionEntry {
    number: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    category: String,
    unit: &'static str,
    counts: CountsEntry,
    on_threshold: usize,
}

#[derive(Debug, Serialize)]
struct CutEntry {
    criterion: String,
    stratum: Vec<ValueEntry>,
    /// Keys of the groups that are ranked together because each of them is too small.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    together: Vec<Vec<ValueEntry>>,
    ranked: usize,
    without_value: usize,
    quota_base: usize,
    quota_exact: String,
    quota: usize,
    cut_off: Option<ValueEntry>,
    /// Not there in an output for publication that shows no places.
    #[serde(skip_serializing_if = "Option::is_none")]
    tied_at_cut: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before_cut: Option<usize>,
    selected: usize,
}

fn keys_entry(keys: &[Value], speaker: &Speaker) -> Vec<ValueEntry> {
    keys.iter().map(|key| value_entry(key, &Type::Text, Precision::Plain, speaker)).collect()
}

/// A value: `exact` for programs, `shown` for people; for an absent one the reasons instead of `exact`.
#[derive(Debug, Serialize)]
pub struct ValueEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact: Option<String>,
    pub shown: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<&'static str>,
    /// The ends of a count that is not known exactly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<String>,
}

#[derive(Debug, Serialize)]
struct NamedSchool {
    code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

const CHUNK: usize = 256;

/// Writes `merilo/run/1`: the summary, then one entry per school on a line of its own.
///
/// # Errors
/// What the writer refuses.
pub fn write_run(
    judgement: &Judgement<'_>,
    summary: &Summary,
    speaker: &Speaker,
    out: &mut dyn Write,
) -> io::Result<()> {
    let head = serde_json::to_string_pretty(&head(judgement, summary, speaker))?;
    let open = head.trim_end().strip_suffix('}').unwrap_or(&head).trim_end();
    out.write_all(open.as_bytes())?;
    out.write_all(b",\n  \"schools\": [\n")?;
    let schools = Schools::new(judgement, speaker)?;
    let starts: Vec<usize> = (0..judgement.run.schools).step_by(CHUNK).collect();
    // texts are made in the same memory again and again
    let mut texts: Vec<Vec<u8>> = vec![Vec::new(); rayon::current_num_threads().max(1) * 2];
    for group in starts.chunks(texts.len()) {
        texts.par_iter_mut().zip(group).try_for_each(|(text, start)| {
            text.clear();
            for row in *start..judgement.run.schools.min(start + CHUNK) {
                text.extend_from_slice(if row > 0 { b",\n    " } else { b"    " });
                schools.push(text, row)?;
            }
            io::Result::Ok(())
        })?;
        for text in texts.iter().take(group.len()) {
            out.write_all(text)?;
        }
    }
    out.write_all(b"\n  ]\n}\n")?;
    out.flush()
}

fn registered_entry(decision: &Registered, computed: Verdict) -> RegisteredEntry {
    RegisteredEntry {
        school: None,
        computed: None,
        action: registered::code(decision.action),
        effect: registered::effect_code(decision.action, computed),
        document: decision.document.to_string(),
        dated: decision.dated.to_string(),
        author: decision.author.to_string(),
        reason: decision.reason.to_string(),
        from: decision.from.to_string(),
        until: decision.until.to_string(),
    }
}

fn registered_school(decided: &RegisteredSchool) -> RegisteredEntry {
    RegisteredEntry {
        school: Some(decided.school.code.to_string()),
        computed: Some(verdict_codes(decided.computed).0),
        ..registered_entry(&decided.decision, decided.computed)
    }
}

fn head(judgement: &Judgement<'_>, summary: &Summary, speaker: &Speaker) -> RunHead {
    let Judgement { rules, dataset, run, .. } = *judgement;
    let parameters = rules.parameters.iter().map(|parameter| ParameterEntry {
        name: parameter.name.to_string(),
        value: value_of(judgement, parameter.value, 0).map_or_else(
            || value_entry(&Value::Absent(Reasons::NONE), &parameter.kind, Precision::Plain, speaker),
            |value| value_entry(&value, &parameter.kind, Precision::Plain, speaker),
        ),
        replaced: parameter.replaced.as_ref().map(exact),
        cases: match rules.expr(parameter.value).map(|e| &e.kind) {
            Some(ExprKind::Keyed { entries, .. }) => {
                let said = |expr: ExprId, kind: &Type| {
                    let value = value_of(judgement, expr, 0).unwrap_or(Value::Absent(Reasons::NONE));
                    value_entry(&value, kind, Precision::Plain, speaker)
                };
                let case = |(key, value): &(ExprId, ExprId)| KeyedEntry {
                    key: said(*key, &Type::Text),
                    value: said(*value, &parameter.kind),
                };
                entries.iter().map(case).collect()
            }
            _ => Vec::new(),
        },
    });
    let categories = summary.categories.iter().map(|category| CategoryEntry {
        name: category.name.to_string(),
        title: category.title.as_ref().map(ToString::to_string),
        counts: counts_entry(&category.counts),
        listed: category.listed,
        registered: category.registered.iter().map(registered_school).collect(),
    });
    let criteria = summary.criteria.iter().map(|criterion| {
        let condition = rules.criteria.get(criterion.id.index()).map(|c| c.condition);
        let values = condition.map(|id| deciding::values(rules, id)).unwrap_or_default();
        let units: Vec<&str> = values.iter().map(|v| type_code(&v.shown)).collect();
        CriterionEntry {
            number: criterion.number.to_string(),
            title: criterion.title.as_ref().map(ToString::to_string),
            category: rules.categories.get(criterion.category.index()).map_or(String::new(), |c| c.name.to_string()),
            unit: match units.as_slice() {
                [] => "number",
                [only] => only,
                _ => "several",
            },
            counts: counts_entry(&criterion.counts),
            on_threshold: criterion.on_threshold.iter().map(|t| t.count).sum(),
        }
    });
    let cuts = summary.criteria.iter().flat_map(|criterion| {
        let strata = criterion.cuts.iter().flat_map(|cut| cut.strata.iter().map(move |stratum| (cut, stratum)));
        strata.map(|(cut, stratum)| CutEntry {
            criterion: criterion.number.to_string(),
            stratum: keys_entry(&stratum.keys, speaker),
            together: stratum.together.iter().map(|keys| keys_entry(keys, speaker)).collect(),
            ranked: stratum.ranked,
            without_value: stratum.without_value,
            quota_base: stratum.quota.base,
            quota_exact: exact(&stratum.quota.exact),
            quota: stratum.quota.rounded,
            cut_off: stratum
                .cut_off
                .as_ref()
                .map(|value| Value::Number(value.clone()))
                .or_else(|| stratum.masked.then_some(Value::Absent(Reasons::MASKED)))
                .map(|value| value_entry(&value, &cut.value_type, Precision::Plain, speaker)),
            tied_at_cut: (!stratum.masked).then_some(stratum.tied_at_cut),
            before_cut: (!stratum.masked).then_some(stratum.before_cut),
            selected: stratum.selected,
        })
    });
    RunHead {
        schema: "merilo/run/1",
        language: speaker.language().code(),
        publication: PublicationEntry::of(run.minimum_cohort, speaker),
        rules: RulesEntry {
            title: rules.header.title.to_string(),
            version: rules.header.version.as_ref().map(ToString::to_string),
            reporting_year: rules.header.reporting_year,
            parameters: parameters.collect(),
            scenario: rules.scenario.as_ref().map(|scenario| ScenarioEntry {
                name: scenario.title.to_string(),
                changes: scenario.changes.iter().map(|c| c.text(speaker.language()).to_owned()).collect(),
            }),
        },
        data: dataset.title.as_ref().map(ToString::to_string),
        synthetic: dataset.synthetic.as_ref().map(ToString::to_string),
        schools_judged: run.schools,
        categories: categories.collect(),
        criteria: criteria.collect(),
        cuts: cuts.collect(),
    }
}

fn counts_entry(counts: &VerdictCounts) -> CountsEntry {
    CountsEntry {
        met: counts.met,
        not_met: counts.not_met,
        undetermined: counts.undetermined,
        not_applicable: counts.not_applicable,
        not_judged: counts.not_judged,
    }
}

fn value_entry(value: &Value, kind: &Type, precision: Precision<'_>, speaker: &Speaker) -> ValueEntry {
    let ends = match value {
        Value::Between(ends, _) => Some(ends.as_ref()),
        _ => None,
    };
    ValueEntry {
        exact: match value {
            Value::Number(number) => Some(exact(number)),
            Value::Text(text) => Some(text.to_string()),
            Value::Truth(truth) if !truth.is_unknown() => Some(truth.is_true().to_string()),
            Value::Date(date) => Some(date.to_string()),
            Value::Truth(_) | Value::Absent(_) | Value::Between(..) => None,
        },
        at_least: ends.map(|ends| exact(&ends.0)),
        at_most: ends.map(|ends| exact(&ends.1)),
        shown: speaker.value(value, kind, precision),
        absent: match value {
            Value::Absent(reasons) | Value::Between(_, reasons) => reason_codes(*reasons),
            Value::Truth(truth) => reason_codes(truth.reasons()),
            _ => Vec::new(),
        },
    }
}

/// `numerator/denominator` in lowest terms, or a whole number.
pub fn exact(number: &Number) -> String {
    number.as_big().to_string()
}

fn verdict_codes(verdict: Verdict) -> (&'static str, Vec<&'static str>) {
    match verdict {
        Verdict::Met => ("met", Vec::new()),
        Verdict::NotMet => ("not_met", Vec::new()),
        Verdict::Undetermined(reasons) => ("undetermined", reason_codes(reasons)),
        Verdict::NotApplicable => ("not_applicable", Vec::new()),
        Verdict::NotJudged => ("not_judged", Vec::new()),
    }
}

pub(super) fn reason_codes(reasons: Reasons) -> Vec<&'static str> {
    if reasons.contains(Reasons::MASKED) {
        return vec!["masked"];
    }
    reasons
        .iter()
        .map(|reason| match reason {
            Reasons::MISSING => "missing",
            Reasons::SUPPRESSED => "suppressed",
            Reasons::INVALID => "invalid",
            _ => "not_applicable",
        })
        .collect()
}

fn type_code(kind: &Type) -> &'static str {
    match kind {
        Type::Text => "text",
        Type::YesNo => "yes_no",
        Type::Date => "date",
        Type::Number(unit) => match unit {
            Unit::Number => "number",
            Unit::Ratio => "ratio",
            Unit::Percent => "percent",
            Unit::PercentagePoint => "percentage_point",
            Unit::Points(_) => "points",
            Unit::Mark => "mark",
            Unit::People => "people",
            Unit::Year => "year",
            Unit::Rouble => "rouble",
            Unit::Kilometre => "kilometre",
            Unit::Minute => "minute",
            Unit::Hour => "hour",
            Unit::SquareMetre => "square_metre",
            Unit::Place => "place",
            Unit::Score => "score",
        },
    }
}
