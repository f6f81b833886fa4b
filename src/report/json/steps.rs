//! One step of the reasoning as JSON: the sentence, the value, and the facts behind it as fields.
//!
//! Says what `explain` found; a withheld value is not told, only why it is.

use std::sync::Arc;

use super::entries::{
    CaseEntry, CellEntry, ComparisonEntry, ComponentEntry, CountEntry, FileEntry, FloorEntry, IndexEntry, LinkEntry,
    ListEntry, NamedEntry, NotesEntry, PeriodEntry, PolicyEntry, RowCountsEntry, RowEntry, RowsEntry, ScaleEntry,
    SourceEntry, StepEntry, UnmatchedEntry,
};
use super::schools::operator_code;
use super::{ValueEntry, exact, reason_codes, type_code, value_entry, verdict_codes};
use crate::explain::condition::{
    AggregateTrace, Asked, ColumnSource, ComponentTrace, Count, Detail, EntryMatched, Floor, IndexTrace, InputCell,
    KeyTaken, Margin, Membership, Node, NormaliseTrace, ParameterName, PopulationName, RowCounts, RowUse, Scope, Taken,
    TracedRow, Treatment, Withheld, YearsAsked,
};
use crate::messages::Precision;
use crate::model::expr::{AggregateFunction, ArithmeticOp, NormalMethod, QuantifiedOver, ValueStatus, VerdictStatus};
use crate::model::{MissingPolicy, Notes};
use crate::number::Number;
use crate::number::rounding::Rounding;
use crate::report::explanation::{Teller, Told};
use crate::report::page::plain;
use crate::value::{Reasons, Type, Unit, Value};

pub(super) fn note(notes: &Notes) -> NotesEntry {
    let owned = |note: &Option<Arc<str>>| note.as_ref().map(ToString::to_string);
    NotesEntry { basis: owned(&notes.basis), explanation: owned(&notes.explanation), reading: owned(&notes.reading) }
}

pub(super) fn cell(cell: &InputCell, teller: &Teller<'_>) -> CellEntry {
    let place = cell.cell.as_ref();
    CellEntry {
        title: cell.title.to_string(),
        value: value_entry(&cell.value, &cell.ty, Precision::Plain, teller.speaker),
        printed: cell.printed.as_ref().map(ToString::to_string),
        file: place.map(|place| place.file.to_string()),
        sheet: place.and_then(|place| place.sheet.as_ref()).map(ToString::to_string),
        row: place.map(|place| place.row),
        column: place.map(|place| place.column),
        header: place.map(|place| place.header.to_string()).filter(|header| !header.is_empty()),
    }
}

pub(super) fn step(node: &Node, teller: &Teller<'_>) -> StepEntry {
    Stepping { teller }.step(node, Told::default())
}

pub(super) struct Stepping<'a> {
    pub(super) teller: &'a Teller<'a>,
}

impl Stepping<'_> {
    fn value(&self, value: &Value, kind: &Type) -> ValueEntry {
        value_entry(value, kind, Precision::Plain, self.teller.speaker)
    }

    fn number(&self, number: &Number, kind: &Type) -> ValueEntry {
        self.value(&Value::Number(number.clone()), kind)
    }

    pub(super) fn keys(&self, keys: &[Value]) -> Vec<ValueEntry> {
        keys.iter().map(|key| self.value(key, &Type::Text)).collect()
    }

    fn step(&self, node: &Node, told: Told<'_>) -> StepEntry {
        let hidden = matches!(node.detail, Detail::AbsentWhen { withheld: Withheld::Yes | Withheld::Unknown, .. });
        let kind = told.kind(&node.ty);
        let below = node.children.iter().zip(told.below(node)).skip(usize::from(hidden));
        let mut entry = StepEntry {
            said: plain(&self.teller.line_told(node, told)),
            value: Some(value_entry(&node.value, kind, told.precision(), self.teller.speaker)),
            unit: match kind {
                Type::Number(Unit::Number) | Type::Text | Type::YesNo | Type::Date => None,
                kind => Some(type_code(kind)),
            },
            steps: below.map(|(child, told)| self.step(child, told)).collect(),
            ..StepEntry::default()
        };
        self.detail(node, &mut entry);
        entry
    }

    fn detail(&self, node: &Node, entry: &mut StepEntry) {
        let mut named = |name: &Arc<str>, title: &Option<Arc<str>>, notes: &Notes| {
            entry.name = Some(name.to_string());
            entry.title = title.as_ref().map(ToString::to_string);
            entry.notes = note(notes);
        };
        entry.kind = match &node.detail {
            Detail::Literal => "literal",
            Detail::Masked => "masked",
            Detail::Parameter(parameter) => {
                named(&parameter.name, &parameter.title, &parameter.notes);
                entry.replaced = parameter.replaced.as_ref().map(exact);
                "parameter"
            }
            Detail::Indicator(name) => {
                named(&name.name, &name.title, &name.notes);
                "indicator"
            }
            Detail::Index(name) => {
                named(&name.name, &name.title, &name.notes);
                "index"
            }
            Detail::Keyed { taken } => {
                entry.case = Some(CaseEntry {
                    of: node.children.len().saturating_sub(1),
                    taken: None,
                    which: match taken {
                        KeyTaken::Entry(_) => "entry",
                        KeyTaken::Otherwise => "otherwise",
                        KeyTaken::Nothing => "none",
                    },
                });
                "by_key"
            }
            Detail::Cell(found) => {
                entry.cell = Some(cell(found, self.teller));
                "cell"
            }
            Detail::Follow(link) => {
                entry.link = Some(LinkEntry {
                    table: link.table_title.to_string(),
                    found: link.row.is_some(),
                    row: link.row_title.as_ref().map(ToString::to_string),
                    from: cell(&link.from, self.teller),
                });
                "link"
            }
            Detail::Negate => "negative",
            Detail::Absolute => "absolute",
            Detail::Arithmetic(operator) => match operator {
                ArithmeticOp::Add => "sum",
                ArithmeticOp::Subtract => "difference",
                ArithmeticOp::Multiply => "product",
                ArithmeticOp::Divide => "quotient",
            },
            Detail::Extreme { largest: true } => "largest",
            Detail::Extreme { largest: false } => "smallest",
            Detail::Round(rounding) => {
                entry.rounding = Some(rounding_code(*rounding));
                "rounded"
            }
            Detail::Compare(comparison) => {
                entry.comparison =
                    Some(self.comparison(node, Some(operator_code(comparison.operator)), false, &comparison.margin));
                "comparison"
            }
            Detail::Between { negated, low, high } => {
                let nearest = [low, high].into_iter().flatten().min_by_key(|margin| margin.distance.absolute());
                entry.comparison = Some(self.comparison(node, None, *negated, &nearest.cloned()));
                "range"
            }
            Detail::OneOf { negated, .. } => {
                entry.comparison = Some(self.comparison(node, None, *negated, &None));
                "one_of"
            }
            Detail::InList(list) => {
                named(&list.name, &list.title, &list.notes);
                entry.list = Some(self.list(list));
                "list"
            }
            Detail::Status(status) => {
                entry.asked = Some(match status {
                    ValueStatus::Known => "known",
                    ValueStatus::NotKnown => "not_known",
                    ValueStatus::AbsentFor(Reasons::MISSING) => "missing",
                    ValueStatus::AbsentFor(Reasons::SUPPRESSED) => "suppressed",
                    ValueStatus::AbsentFor(Reasons::INVALID) => "invalid",
                    ValueStatus::AbsentFor(_) => "not_applicable",
                });
                "status"
            }
            Detail::And => "and",
            Detail::Or => "or",
            Detail::Not => "not",
            Detail::If { branches, taken } => {
                entry.case = Some(match taken {
                    Taken::Branch(at) => CaseEntry { of: *branches, taken: Some(at + 1), which: "case" },
                    Taken::Otherwise => CaseEntry { of: *branches, taken: None, which: "otherwise" },
                    Taken::Undecided => CaseEntry { of: *branches, taken: None, which: "unknown" },
                });
                "cases"
            }
            Detail::Quantified(count) => {
                entry.count = Some(self.count(count));
                "count"
            }
            Detail::Criterion(id, verdict) => {
                entry.name = self.teller.rules.criteria.get(id.index()).map(|c| c.number.to_string());
                entry.verdict = Some(verdict_codes(*verdict).0);
                "criterion"
            }
            Detail::Group(id, verdict) => {
                entry.name = self.teller.rules.groups.get(id.index()).map(|g| g.number.to_string());
                entry.verdict = Some(verdict_codes(*verdict).0);
                "group"
            }
            Detail::Category(id, verdict) => {
                entry.name = self.teller.rules.categories.get(id.index()).map(|c| c.name.to_string());
                entry.verdict = Some(verdict_codes(*verdict).0);
                "category"
            }
            Detail::CriterionStatus { criterion, verdict, asked } => {
                entry.name = self.teller.rules.criteria.get(criterion.index()).map(|c| c.number.to_string());
                entry.verdict = Some(verdict_codes(*verdict).0);
                entry.asked = Some(match asked {
                    VerdictStatus::Met => "met",
                    VerdictStatus::NotMet => "not_met",
                    VerdictStatus::Undetermined => "undetermined",
                    VerdictStatus::NotApplicable => "not_applicable",
                });
                "criterion_status"
            }
            Detail::MetCount { .. } => "criteria_met",
            Detail::Aggregate(trace) => {
                entry.rows = Some(self.rows(trace, &node.ty));
                "rows"
            }
            Detail::Normalise(trace) => {
                entry.scale = Some(self.scale(trace));
                "scale"
            }
            Detail::IndexValue(trace) => {
                entry.index = Some(self.index(trace));
                entry.rounding = trace.round.as_ref().map(|(rounding, _)| rounding_code(*rounding));
                "weighted_sum"
            }
            Detail::Rank(trace) => {
                entry.rank = Some(self.rank(trace));
                "rank"
            }
            Detail::Call(function) => {
                named(&function.name, &function.title, &function.notes);
                entry.script = Some(function.script.to_string());
                "function"
            }
            Detail::AbsentWhen { reasons, withheld } => {
                entry.withheld_as = reason_codes(*reasons);
                entry.withheld = Some(match withheld {
                    Withheld::No => "no",
                    Withheld::Yes => "yes",
                    Withheld::Unknown => "unknown",
                });
                "withholding"
            }
            Detail::Fallback { second_taken } => {
                entry.case = Some(CaseEntry { of: 2, taken: Some(1 + usize::from(*second_taken)), which: "fallback" });
                "fallback"
            }
            Detail::Years { quantifier, years } => {
                entry.years.clone_from(years);
                entry.asked = Some(match quantifier {
                    YearsAsked::Each => "each",
                    YearsAsked::AtLeast(_) => "at_least",
                    YearsAsked::Consecutive(_) => "in_a_row",
                });
                "years"
            }
            Detail::MeanOfYears { years } => {
                entry.years.clone_from(years);
                "mean_of_years"
            }
            Detail::NotShown => "not_shown",
        };
    }

    fn comparison(
        &self,
        node: &Node,
        relation: Option<&'static str>,
        negated: bool,
        margin: &Option<Margin>,
    ) -> ComparisonEntry {
        let told = Told::default().below(node);
        let side = |(child, told): (&Node, Told<'_>)| {
            value_entry(&child.value, told.kind(&child.ty), told.precision(), self.teller.speaker)
        };
        let zero = Number::zero();
        ComparisonEntry {
            relation,
            negated,
            sides: node.children.iter().zip(told).map(side).collect(),
            margin: margin.as_ref().map(|margin| {
                let kind = Type::Number(margin.unit.clone());
                let distance = Value::Number(margin.distance.clone());
                value_entry(&distance, &kind, Precision::Against(&zero), self.teller.speaker)
            }),
            margin_unit: margin.as_ref().map(|margin| type_code(&Type::Number(margin.unit.clone()))),
            on_threshold: margin.as_ref().is_some_and(|margin| margin.on_threshold),
        }
    }

    fn list(&self, list: &Membership) -> ListEntry {
        ListEntry {
            negated: list.negated,
            source: list.source.as_ref().map(ToString::to_string),
            date: list.date.map(|date| date.to_string()),
            entry: list.entry.as_ref().map(|entry| self.period(entry)),
            other_periods: list.other_periods.iter().map(|entry| self.period(entry)).collect(),
            entries: list.entries,
        }
    }

    fn period(&self, entry: &EntryMatched) -> PeriodEntry {
        let source = self.teller.sources.get(entry.span.source);
        PeriodEntry {
            value: entry.value.to_string(),
            from: entry.from.map(|date| date.to_string()),
            until: entry.to.map(|date| date.to_string()),
            basis: entry.basis.as_ref().map(ToString::to_string),
            file: source.map(|source| self.teller.beside_rules(&source.name)),
            line: source.map(|source| source.line_column(entry.span.span.start).0),
        }
    }

    fn count(&self, count: &Count) -> CountEntry {
        let (asked, number) = match &count.asked {
            Asked::Any => ("any", None),
            Asked::All => ("all", None),
            Asked::None => ("none", None),
            Asked::AtLeast(n) => ("at_least", Some(n)),
            Asked::AtMost(n) => ("at_most", Some(n)),
            Asked::Exactly(n) => ("exactly", Some(n)),
        };
        CountEntry {
            asked,
            number: number.map(|n| self.value(n, &Type::Number(Unit::Number))),
            parameter: count.limit.as_ref().map(parameter),
            of: match count.over {
                QuantifiedOver::Criteria => "criteria",
                QuantifiedOver::Groups => "groups",
                QuantifiedOver::Conditions => "conditions",
            },
            applicable_only: count.applicable,
            met: count.met,
            not_met: count.not_met,
            undetermined: count.undetermined,
            not_applicable: count.not_applicable,
        }
    }

    fn rows(&self, trace: &AggregateTrace, kind: &Type) -> RowsEntry {
        let (scope, group) = match &trace.scope {
            Scope::School => ("school", Vec::new()),
            Scope::All => ("all", Vec::new()),
            Scope::Stratum { keys, except_self: false } => ("group", self.keys(keys)),
            Scope::Stratum { keys, except_self: true } => ("others_of_group", self.keys(keys)),
        };
        let unmatched = trace.unmatched.iter().map(|unmatched| UnmatchedEntry {
            count: unmatched.count,
            condition: unmatched.span.and_then(|span| self.teller.quoted(span)),
        });
        let source = |source: &ColumnSource| SourceEntry {
            title: source.title.to_string(),
            header: source.header.to_string(),
            files: source
                .files
                .iter()
                .map(|(file, sheet)| FileEntry {
                    file: file.to_string(),
                    sheet: sheet.as_ref().map(ToString::to_string),
                })
                .collect(),
        };
        let row_kind = trace.value_type.as_ref();
        RowsEntry {
            function: function_code(trace.function),
            weighted: trace.weighted,
            distinct: trace.distinct,
            table: trace.table_title.to_string(),
            scope,
            group,
            among: trace.among.as_ref().map(population),
            years: trace.window,
            counts: trace.used.as_ref().map(row_counts),
            not_matching: unmatched.collect(),
            condition: trace.condition.and_then(|span| self.teller.quoted(span)),
            sources: trace.sources.iter().map(source).collect(),
            parameters: trace.parameters.iter().map(|parameter| self.step(parameter, Told::default())).collect(),
            listed: trace.rows.iter().map(|row| self.row(row, row_kind.unwrap_or(kind), row_kind.is_some())).collect(),
            not_listed: trace.not_listed,
        }
    }

    fn row(&self, row: &TracedRow, kind: &Type, has_value: bool) -> RowEntry {
        let (used, reasons) = match row.role {
            RowUse::Taken => ("taken", Reasons::NONE),
            RowUse::NotMatching => ("not_matching", Reasons::NONE),
            RowUse::Undecided(reasons) => ("undecided", reasons),
            RowUse::Absent(reasons) => ("absent", reasons),
            RowUse::Suppressed => ("suppressed", Reasons::NONE),
            RowUse::OutsideWindow => ("outside_window", Reasons::NONE),
        };
        RowEntry {
            used,
            reasons: reason_codes(reasons),
            year: row.year,
            value: (has_value && row.role == RowUse::Taken).then(|| self.value(&row.value, kind)),
            weight: row.weight.as_ref().map(|weight| self.value(weight, &Type::Number(Unit::Number))),
            scale: row.scale.as_ref().map(|scale| self.scale(scale)),
            cells: row.cells.iter().map(|found| cell(found, self.teller)).collect(),
        }
    }

    fn scale(&self, trace: &NormaliseTrace) -> ScaleEntry {
        let raw = |number: &Option<Number>| number.as_ref().map(|number| self.number(number, &trace.raw_type));
        let scale = trace.scale.as_ref();
        ScaleEntry {
            method: match trace.method {
                NormalMethod::Standard => "standard",
                NormalMethod::MinMax => "min_max",
                NormalMethod::FixedMinMax(..) => "fixed_min_max",
                NormalMethod::RankShare => "rank_share",
                NormalMethod::PercentOf(_) => "percent_of",
                NormalMethod::Plain => "plain",
            },
            reversed: trace.reversed,
            population: population(&trace.population),
            group: self.keys(&trace.stratum),
            raw: self.value(&trace.raw, &trace.raw_type),
            count: scale.map(|scale| scale.count),
            mean: scale.and_then(|scale| raw(&scale.mean)),
            deviation: scale.and_then(|scale| raw(&scale.deviation)),
            lowest: scale.and_then(|scale| raw(&scale.minimum)),
            highest: scale.and_then(|scale| raw(&scale.maximum)),
            with_excluded: trace.with_excluded,
        }
    }

    fn index(&self, trace: &IndexTrace) -> IndexEntry {
        IndexEntry {
            weight_written: exact(&trace.weight_written),
            weight_known: exact(&trace.weight_present),
            sum: trace.sum.as_ref().map(exact),
            rounded_to: trace.round.as_ref().map(|(_, step)| exact(step)),
            policies: trace.policies.iter().map(|policy| policy_entry(policy, &trace.components)).collect(),
            floor: trace.floor.as_ref().map(|floor| match floor {
                Floor::Weight { known, needed } => {
                    FloorEntry { of: "weight", known: exact(known), needed: exact(needed) }
                }
                Floor::Components { known, needed } => {
                    FloorEntry { of: "components", known: known.to_string(), needed: needed.to_string() }
                }
                Floor::Nothing => FloorEntry { of: "components", known: 0.to_string(), needed: 1.to_string() },
            }),
            components: trace.components.iter().map(|component| self.component(component)).collect(),
        }
    }

    fn component(&self, component: &ComponentTrace) -> ComponentEntry {
        ComponentEntry {
            title: component.title.to_string(),
            block: component.block.as_ref().map(ToString::to_string),
            higher_is_better: component.higher_is_better,
            raw: self.value(&component.raw, &component.raw_type),
            normalised: self.value(&component.normalised, &Type::Number(Unit::Score)),
            weight_written: exact(&component.weight_written),
            weight_used: component.weight_used.as_ref().map(exact),
            contribution: component.contribution.as_ref().map(exact),
            treatment: match component.treatment {
                Treatment::Used => "used",
                Treatment::Reweighted => "reweighted",
                Treatment::Reallocated(_) => "reallocated",
                Treatment::Zero => "zero",
                Treatment::Median => "median",
                Treatment::LeavesIndexAbsent => "leaves_index_absent",
                Treatment::NotCounted => "not_counted",
            },
            scale: component.normalisation.as_ref().map(|scale| self.scale(scale)),
        }
    }
}

pub(super) fn parameter(parameter: &ParameterName) -> NamedEntry {
    NamedEntry {
        name: parameter.name.to_string(),
        title: parameter.title.as_ref().map(ToString::to_string),
        notes: note(&parameter.notes),
    }
}

pub(super) fn population(population: &PopulationName) -> NamedEntry {
    NamedEntry {
        name: population.name.to_string(),
        title: population.title.as_ref().map(ToString::to_string),
        notes: note(&population.notes),
    }
}

fn row_counts(used: &RowCounts) -> RowCountsEntry {
    let absent = used.absent.iter().zip(Reasons::EACH).filter(|(count, _)| **count > 0);
    RowCountsEntry {
        taken: used.taken,
        absent: absent.filter_map(|(count, reason)| Some((*reason_codes(reason).first()?, *count))).collect(),
        undecided: used.undecided,
        suppressed: used.suppressed,
        not_matching: used.not_matching,
        outside_window: used.outside_window,
    }
}

fn policy_entry(policy: &MissingPolicy, components: &[ComponentTrace]) -> PolicyEntry {
    let title = |at: &usize| components.get(*at).map(|component| component.title.to_string());
    let mut entry = PolicyEntry {
        policy: match policy {
            MissingPolicy::Reweight { .. } => "reweight",
            MissingPolicy::Reallocate { .. } => "reallocate",
            MissingPolicy::Required => "required",
            MissingPolicy::Zero => "zero",
            MissingPolicy::Median => "median",
        },
        least_weight: None,
        least_components: None,
        from: None,
        to: Vec::new(),
    };
    match policy {
        MissingPolicy::Reweight { least_weight, least_components } => {
            entry.least_weight = least_weight.as_ref().map(exact);
            entry.least_components = *least_components;
        }
        MissingPolicy::Reallocate { from, to } => {
            entry.from = title(from);
            entry.to = to.iter().filter_map(title).collect();
        }
        MissingPolicy::Required | MissingPolicy::Zero | MissingPolicy::Median => {}
    }
    entry
}

pub(super) fn rounding_code(rounding: Rounding) -> &'static str {
    match rounding {
        Rounding::Up => "up",
        Rounding::Down => "down",
        Rounding::HalfUp => "half_up",
        Rounding::HalfEven => "half_even",
    }
}

fn function_code(function: AggregateFunction) -> &'static str {
    match function {
        AggregateFunction::Mean => "mean",
        AggregateFunction::Sum => "sum",
        AggregateFunction::Count => "count",
        AggregateFunction::Minimum => "minimum",
        AggregateFunction::Maximum => "maximum",
        AggregateFunction::Median => "median",
        AggregateFunction::Share => "share",
        AggregateFunction::Latest => "latest",
        AggregateFunction::Quantile(_) => "quantile",
    }
}
