//! The schools of a run, one per line: every decision with its value and what that was held against.
//!
//! What is the same in many rows is made once; numbers of common size are written without big numbers.

use std::io;

use super::{ValueEntry, reason_codes, type_code, value_entry};
use crate::decision::{OpenCount, StepColumn, Verdict};
use crate::messages::{Precision, Quantities, Speaker};
use crate::model::CategoryId;
use crate::model::expr::{CompareOp, ExprId};
use crate::number::Number;
use crate::report::deciding;
use crate::report::grounds::{Ground, Threshold, as_listed};
use crate::report::list::{Cell, Judgement, code, value_at};
use crate::report::registered;
use crate::value::{Reasons, Truth, Type, Unit, Value};

/// Everything that rows are written from.
pub(super) struct Schools<'a> {
    judgement: Judgement<'a>,
    speaker: &'a Speaker,
    categories: Vec<Decisions<'a>>,
    groups: Vec<Decisions<'a>>,
    criteria: Vec<Criterion<'a>>,
    /// By the bits of the reasons: the value of nothing.
    absent: Vec<Vec<u8>>,
    /// No and yes.
    truths: Vec<Vec<u8>>,
    /// By the bits of the reasons: `undetermined` and why.
    undetermined: Vec<Vec<u8>>,
}

/// The verdicts of one category, group or criterion, and how its entry begins.
struct Decisions<'a> {
    head: Vec<u8>,
    verdicts: &'a [Verdict],
}

struct Criterion<'a> {
    decisions: Decisions<'a>,
    values: Vec<Shown<'a>>,
    against: Against<'a>,
    ground: Ground<'a>,
}

/// One value of a criterion.
struct Shown<'a> {
    /// The opening brace, and name and unit where there are several.
    head: Vec<u8>,
    column: &'a StepColumn,
    open: Option<&'a OpenCount>,
    kind: Type,
    quantities: Quantities,
    threshold: Option<Number>,
}

/// What a value is held against, as an object.
enum Against<'a> {
    Nothing,
    Same(Vec<u8>),
    ByStratum { of_row: Option<&'a [u32]>, entries: Vec<Vec<u8>>, cut_offs: Vec<Option<Number>> },
    PerRow { relation: &'static str, column: &'a StepColumn, kind: Type },
}

impl<'a> Schools<'a> {
    pub fn new(judgement: &Judgement<'a>, speaker: &'a Speaker) -> io::Result<Schools<'a>> {
        let Judgement { rules, run, .. } = *judgement;
        let categories = rules.categories.iter().zip(&run.categories);
        let categories = categories.map(|(category, verdicts)| Decisions::new("name", &category.name, verdicts));
        let groups = rules.groups.iter().zip(&run.groups);
        let groups = groups.map(|(group, verdicts)| Decisions::new("number", group.number.as_ref(), verdicts));
        let criteria = rules.criteria.iter().zip(&run.criteria).map(|(criterion, verdicts)| {
            let threshold = Threshold::of(judgement, criterion.condition);
            Ok(Criterion {
                decisions: Decisions::new("number", criterion.number.as_ref(), verdicts)?,
                values: values(judgement, criterion.condition, &threshold, speaker)?,
                against: Against::new(&threshold, speaker)?,
                ground: Ground::new(judgement, criterion, speaker),
            })
        });
        let each_reason = || (0..32).map(Reasons);
        let absent = each_reason()
            .map(|reasons| fields(&value_entry(&Value::Absent(reasons), &Type::Text, Precision::Plain, speaker)));
        let truths = [false, true].into_iter().map(|truth| {
            let truth = Value::Truth(Truth::from_bool(truth));
            fields(&value_entry(&truth, &Type::YesNo, Precision::Plain, speaker))
        });
        let undetermined = each_reason().map(|reasons| {
            let codes = serde_json::to_string(&reason_codes(reasons))?;
            Ok(if reasons.is_none() {
                b"undetermined\"".to_vec()
            } else {
                format!("undetermined\",\"reasons\":{codes}").into()
            })
        });
        Ok(Schools {
            judgement: *judgement,
            speaker,
            categories: categories.collect::<io::Result<_>>()?,
            groups: groups.collect::<io::Result<_>>()?,
            criteria: criteria.collect::<io::Result<_>>()?,
            truths: truths.collect::<io::Result<_>>()?,
            absent: absent.collect::<io::Result<_>>()?,
            undetermined: undetermined.collect::<Result<_, serde_json::Error>>()?,
        })
    }

    /// Appends the object of one school.
    pub fn push(&self, out: &mut Vec<u8>, row: usize) -> io::Result<()> {
        out.extend_from_slice(b"{\"code\":");
        serde_json::to_writer(&mut *out, &code(&self.judgement, row))?;
        for (name, all) in [("categories", &self.categories), ("groups", &self.groups)] {
            out.extend_from_slice(b",\"");
            out.extend_from_slice(name.as_bytes());
            out.extend_from_slice(b"\":[");
            for (at, decisions) in all.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                self.verdict(out, decisions, row);
                if name == "categories" {
                    self.registered(out, CategoryId::from_index(at), row);
                }
                out.push(b'}');
            }
            out.push(b']');
        }
        out.extend_from_slice(b",\"criteria\":[");
        for (at, criterion) in self.criteria.iter().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            self.criterion(out, criterion, row)?;
        }
        out.extend_from_slice(b"]}");
        Ok(())
    }

    /// What people decided about the school, where they did.
    fn registered(&self, out: &mut Vec<u8>, category: CategoryId, row: usize) {
        let Judgement { rules, run, .. } = self.judgement;
        let decision = run.registration(category, row).and_then(|found| rules.registered.get(found.id.index()));
        if let Some(decision) = decision {
            out.extend_from_slice(b",\"registered\":\"");
            out.extend_from_slice(registered::code(decision.action).as_bytes());
            out.push(b'"');
        }
    }

    /// The entry up to the verdict and its reasons, left open.
    fn verdict(&self, out: &mut Vec<u8>, decisions: &Decisions<'_>, row: usize) {
        out.extend_from_slice(&decisions.head);
        match decisions.verdicts.get(row).copied().unwrap_or(Verdict::NotJudged) {
            Verdict::Met => out.extend_from_slice(b"met\""),
            Verdict::NotMet => out.extend_from_slice(b"not_met\""),
            Verdict::NotApplicable => out.extend_from_slice(b"not_applicable\""),
            Verdict::NotJudged => out.extend_from_slice(b"not_judged\""),
            Verdict::Undetermined(reasons) => {
                out.extend_from_slice(self.undetermined.get(usize::from(reasons.0)).map_or(b"\"", |text| text));
            }
        }
    }

    fn criterion(&self, out: &mut Vec<u8>, criterion: &Criterion<'_>, row: usize) -> io::Result<()> {
        self.verdict(out, &criterion.decisions, row);
        out.extend_from_slice(b",\"values\":[");
        for (at, shown) in criterion.values.iter().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            self.value(out, shown, row, criterion.against.cut_off(row))?;
        }
        out.push(b']');
        if !matches!(criterion.against, Against::Nothing) {
            criterion.against.push(out, row, self.speaker)?;
            let is_decided = matches!(criterion.decisions.verdicts.get(row), Some(Verdict::Met | Verdict::NotMet));
            if let Some(said) = criterion.ground.by_policy(row).filter(|_| is_decided) {
                out.extend_from_slice(b",\"reason\":");
                serde_json::to_writer(&mut *out, &said)?;
            }
            out.push(b'}');
            return Ok(());
        }
        let holds = match criterion.decisions.verdicts.get(row) {
            Some(Verdict::Met) => true,
            Some(Verdict::NotMet) => false,
            _ => {
                out.push(b'}');
                return Ok(());
            }
        };
        let words = criterion.ground.words(row, holds, self.speaker);
        if !words.is_empty() {
            out.extend_from_slice(b",\"reason\":");
            serde_json::to_writer(&mut *out, words.as_ref())?;
        }
        out.push(b'}');
        Ok(())
    }

    /// `cut_off`: what the value must be told from.
    fn value(&self, out: &mut Vec<u8>, shown: &Shown<'_>, row: usize, cut_off: Option<&Number>) -> io::Result<()> {
        out.extend_from_slice(&shown.head);
        let start = out.len();
        if let Some(open) = shown.open.filter(|open| open.at(row).0 > 0)
            && let Some(lowest) = value_at(shown.column, row)
        {
            let between = open.bounds(lowest, row);
            out.extend_from_slice(&fields(&value_entry(&between, &shown.kind, Precision::Full, self.speaker))?);
            return Ok(());
        }
        match Cell::of(shown.column, row) {
            Cell::Absent(reasons) => {
                out.extend_from_slice(self.absent.get(usize::from(reasons.0)).map_or(b"}", |text| text));
                return Ok(());
            }
            Cell::Truth(truth) => {
                out.extend_from_slice(self.truths.get(usize::from(truth)).map_or(b"}", |text| text));
                return Ok(());
            }
            Cell::Fraction(numerator, denominator)
                if cut_off.is_some_and(|cut| is_near(numerator, denominator, cut, shown.factor())) => {}
            Cell::Fraction(numerator, denominator) => {
                if let Some((numerator, denominator)) = small_fraction(numerator, denominator) {
                    out.extend_from_slice(b"\"exact\":\"");
                    let mut digits = itoa::Buffer::new();
                    out.extend_from_slice(digits.format(numerator).as_bytes());
                    if denominator != 1 {
                        out.push(b'/');
                        out.extend_from_slice(digits.format(denominator).as_bytes());
                    }
                    out.extend_from_slice(b"\",\"shown\":\"");
                    if shown.quantities.push(out, numerator, denominator) {
                        out.extend_from_slice(b"\"}");
                        return Ok(());
                    }
                    out.truncate(start);
                }
            }
            _ => {}
        }
        let value = value_at(shown.column, row).unwrap_or(Value::Absent(Reasons::MISSING));
        let precision = match (cut_off, &value) {
            // with the digits of the cut-off itself
            (Some(cut_off), Value::Number(number)) if number == cut_off => Precision::Full,
            (Some(cut_off), _) => Precision::Against(cut_off),
            (None, _) => shown.precision(),
        };
        out.extend_from_slice(&fields(&value_entry(&value, &shown.kind, precision, self.speaker))?);
        Ok(())
    }
}

impl<'a> Decisions<'a> {
    fn new(key: &str, name: &str, verdicts: &'a [Verdict]) -> io::Result<Decisions<'a>> {
        let name = serde_json::to_string(name)?;
        Ok(Decisions { head: format!("{{\"{key}\":{name},\"verdict\":\"").into(), verdicts })
    }
}

impl Shown<'_> {
    /// How many times more is shown than is stored: 100 for percentages.
    fn factor(&self) -> i64 {
        match &self.kind {
            Type::Number(unit) => unit.shown_factor(),
            _ => 1,
        }
    }

    fn precision(&self) -> Precision<'_> {
        self.threshold.as_ref().map_or(Precision::Plain, Precision::Against)
    }
}

impl<'a> Against<'a> {
    fn new(threshold: &Threshold<'a>, speaker: &Speaker) -> io::Result<Against<'a>> {
        Ok(match threshold {
            Threshold::None => Against::Nothing,
            Threshold::Same { operator, value, kind } => {
                Against::Same(against(operator_code(*operator), value, kind, speaker)?)
            }
            Threshold::PerRow { operator, column, kind } => {
                Against::PerRow { relation: operator_code(*operator), column, kind: kind.clone() }
            }
            Threshold::Cut { highest, negated, of_row, cut_offs, kind } => {
                let relation = match (highest, negated) {
                    (false, false) => "in_lowest",
                    (true, false) => "in_highest",
                    (false, true) => "not_in_lowest",
                    (true, true) => "not_in_highest",
                };
                let entries = cut_offs.iter().map(|cut_off| match cut_off {
                    Some(cut_off) => against(relation, &Value::Number(cut_off.clone()), kind, speaker),
                    None => Ok(Vec::new()),
                });
                let entries = entries.collect::<io::Result<_>>()?;
                Against::ByStratum { of_row: *of_row, entries, cut_offs: cut_offs.clone() }
            }
        })
    }

    /// The cut-off that the value of a row is held against.
    fn cut_off(&self, row: usize) -> Option<&Number> {
        match self {
            Against::ByStratum { of_row, cut_offs, .. } => cut_offs.get(stratum(*of_row, row)?)?.as_ref(),
            _ => None,
        }
    }

    fn push(&self, out: &mut Vec<u8>, row: usize, speaker: &Speaker) -> io::Result<()> {
        match self {
            Against::Nothing => {}
            Against::Same(entry) => out.extend_from_slice(entry),
            Against::ByStratum { of_row, entries, .. } => {
                let stratum = stratum(*of_row, row);
                out.extend_from_slice(stratum.and_then(|s| entries.get(s)).map_or(b"", |entry| entry));
            }
            Against::PerRow { relation, column, kind } => {
                if let Some(value) = value_at(column, row) {
                    out.extend_from_slice(&against(relation, &value, kind, speaker)?);
                }
            }
        }
        Ok(())
    }
}

fn stratum(of_row: Option<&[u32]>, row: usize) -> Option<usize> {
    match of_row {
        None => Some(0),
        Some(of_row) => of_row.get(row).and_then(|stratum| usize::try_from(*stratum).ok()),
    }
}

/// Whether two digits may not be enough to tell a fraction from a cut-off.
fn is_near(numerator: i128, denominator: i128, cut_off: &Number, factor: i64) -> bool {
    let apart = || {
        let (n, d) = cut_off.to_ratio()?;
        let distance = numerator.checked_mul(d)?.checked_sub(n.checked_mul(denominator)?)?.checked_abs()?;
        let whole = denominator.checked_mul(d)?;
        Some((distance.checked_mul(100)?.checked_mul(i128::from(factor))?, whole))
    };
    apart().is_none_or(|(scaled, whole)| scaled < whole)
}

/// `,"against":{"relation":"less","exact":"3/5","shown":"60 %"}`; empty for a threshold without a value.
fn against(relation: &str, value: &Value, kind: &Type, speaker: &Speaker) -> io::Result<Vec<u8>> {
    if matches!(value, Value::Absent(_)) {
        return Ok(Vec::new());
    }
    let mut text = format!(",\"against\":{{\"relation\":\"{relation}\",").into_bytes();
    let mut entry = value_entry(value, kind, Precision::Full, speaker);
    let listed = as_listed(value, kind);
    if listed != *value {
        entry.shown = format!("≈{}", speaker.value(&listed, kind, Precision::Full));
    }
    text.extend(fields(&entry)?);
    Ok(text)
}

/// The object without its opening brace.
fn fields(entry: &ValueEntry) -> io::Result<Vec<u8>> {
    let object = serde_json::to_vec(entry)?;
    Ok(object.strip_prefix(b"{").map(<[u8]>::to_vec).unwrap_or_default())
}

fn values<'a>(
    judgement: &Judgement<'a>,
    condition: ExprId,
    threshold: &Threshold<'_>,
    speaker: &Speaker,
) -> io::Result<Vec<Shown<'a>>> {
    let found = deciding::values(judgement.rules, condition);
    let several = found.len() > 1;
    let threshold = match threshold {
        Threshold::Same { value: Value::Number(number), .. } if !several => Some(number),
        Threshold::Cut { cut_offs, .. } if !several => match cut_offs.as_slice() {
            [only] => only.as_ref(),
            _ => None,
        },
        _ => None,
    };
    let shown = found.into_iter().filter_map(|deciding| Some((judgement.column(deciding.expr)?, deciding)));
    shown
        .map(|(column, deciding)| {
            let head = if several {
                let name = serde_json::to_string(&deciding.name)?;
                format!("{{\"name\":{name},\"unit\":\"{}\",", type_code(&deciding.shown)).into()
            } else {
                b"{".to_vec()
            };
            let unit = match &deciding.shown {
                Type::Number(unit) => unit.clone(),
                _ => Unit::Number,
            };
            let quantities = Quantities::new(speaker, &unit, threshold);
            let open = judgement.open(deciding.expr);
            Ok(Shown { head, column, open, kind: deciding.shown, quantities, threshold: threshold.cloned() })
        })
        .collect()
}

pub fn operator_code(operator: CompareOp) -> &'static str {
    match operator {
        CompareOp::Less => "less",
        CompareOp::AtMost => "at_most",
        CompareOp::More => "more",
        CompareOp::AtLeast => "at_least",
        CompareOp::Equal => "equal",
        CompareOp::NotEqual => "not_equal",
    }
}

/// A fraction in lowest terms, when it is small.
fn small_fraction(numerator: i128, denominator: i128) -> Option<(i64, u64)> {
    let (numerator, denominator) = (i64::try_from(numerator).ok()?, u64::try_from(denominator).ok()?);
    let common = num_integer::gcd(numerator.unsigned_abs(), denominator);
    let signed = i64::try_from(common).ok()?;
    Some((numerator.checked_div(signed)?, denominator.checked_div(common)?))
}
