//! The rows of a school and the numbers of others as the entries of a dossier, and read back.
//!
//! What is read back is checked for its shape alone.

use std::sync::Arc;

use crate::data::dataset::{Column, Dataset, Origin, OriginPart, Table, TextColumn, TextPool, Values};
use crate::decision::{CutFacts, Facts, ScaleFacts, StepId, Strata, StratumCut, StratumRows, StratumScale};
use crate::evaluate::part::{Given, GivenValue};
use crate::explain::condition::{Members, Neighbour, RowCounts};
use crate::explain::explanation::School;
use crate::explain::others::Other;
use crate::model::RuleSet;
use crate::model::expr::SmallStrataAction;
use crate::number::Number;
use crate::number::column::NumberColumn;
use crate::record::arithmetic;
use crate::record::extract::{
    CountedRows, GivenCut, GivenRow, GivenScale, GivenStep, RowExtract, SourceExtract, TableExtract, Told, ToldMembers,
    ToldNeighbour, ToldRank, ToldRows,
};
use crate::report::json::exact;
use crate::schema::TableId;
use crate::value::{Reasons, Truth, Type, Value};

const REASONS: [(Reasons, &str); 4] = [
    (Reasons::MISSING, "missing"),
    (Reasons::SUPPRESSED, "suppressed"),
    (Reasons::INVALID, "invalid"),
    (Reasons::NOT_APPLICABLE, "not_applicable"),
];

fn reasons_text(reasons: Reasons) -> String {
    let named = REASONS.iter().filter(|(reason, _)| reasons.contains(*reason)).map(|(_, name)| *name);
    named.collect::<Vec<_>>().join("+")
}

fn reasons(text: &str) -> Option<Reasons> {
    let named = text.split('+').filter(|name| !name.is_empty());
    named.into_iter().try_fold(Reasons::NONE, |all, name| {
        REASONS.iter().find(|(_, known)| *known == name).map(|(reason, _)| all.and(*reason))
    })
}

fn value_text(value: &Value) -> String {
    match value {
        Value::Number(number) => format!("n:{}", exact(number)),
        Value::Text(text) => format!("t:{text}"),
        Value::Date(date) => format!("d:{date}"),
        Value::Truth(truth) if truth.is_unknown() => format!("absent:{}", reasons_text(truth.reasons())),
        Value::Truth(truth) => if truth.is_true() { "yes" } else { "no" }.to_owned(),
        Value::Absent(reasons) | Value::Between(_, reasons) => format!("absent:{}", reasons_text(*reasons)),
    }
}

fn value(text: &str) -> Option<Value> {
    Some(match text.split_once(':') {
        Some(("n", digits)) => Value::Number(arithmetic::number(digits)?),
        Some(("t", text)) => Value::Text(Arc::from(text)),
        Some(("d", date)) => Value::Date(date.parse().ok()?),
        Some(("absent", why)) => Value::Absent(reasons(why)?),
        None if text == "yes" => Value::Truth(Truth::TRUE),
        None if text == "no" => Value::Truth(Truth::FALSE),
        _ => return None,
    })
}

fn position(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// These rows of all tables.
pub(super) fn tables(rules: &RuleSet, dataset: &Dataset, rows: &[Vec<usize>]) -> Vec<TableExtract> {
    let mut made = Vec::new();
    for ((schema, table), chosen) in rules.schema.tables.iter().zip(&dataset.tables).zip(rows) {
        let loaded: Vec<usize> = (0..schema.columns.len())
            .filter(|at| table.columns.get(*at).is_some_and(Option::is_some) && !chosen.is_empty())
            .collect();
        let name = |at: &usize| schema.columns.get(*at).map(|column| column.name.to_string()).unwrap_or_default();
        let mut entry = TableExtract {
            table: schema.name.to_string(),
            columns: loaded.iter().map(name).collect(),
            sources: Vec::new(),
            rows: Vec::new(),
        };
        for row in chosen {
            let places = loaded.iter().map(|at| table.origin.cell(*row, *at));
            let mut source = SourceExtract { file: String::new(), sheet: None, columns: Vec::new() };
            let mut line = 0;
            for place in places {
                source.columns.push(place.as_ref().map_or((0, String::new()), |p| (p.column, p.header.to_string())));
                if let Some(place) = place {
                    (source.file, line) = (place.file.to_string(), place.row);
                    source.sheet = place.sheet.map(|sheet| sheet.to_string());
                }
            }
            let known = entry.sources.iter().position(|known| *known == source);
            let from = known.unwrap_or_else(|| {
                entry.sources.push(source);
                entry.sources.len() - 1
            });
            let column = |at: &usize| table.columns.get(*at).and_then(Option::as_ref);
            let cells = loaded.iter().filter_map(column).map(|column| cell(column, *row, rows)).collect();
            entry.rows.push(RowExtract { source: from, line, cells });
        }
        made.push(entry);
    }
    made
}

fn cell(column: &Column, row: usize, chosen: &[Vec<usize>]) -> String {
    let Values::Links { rows, table, keys } = &column.values else { return value_text(&column.value(row)) };
    let absence = column.absence(row);
    if !absence.is_none() {
        return value_text(&Value::Absent(absence));
    }
    let of_table = usize::try_from(table.0).ok().and_then(|table| chosen.get(table));
    let linked = rows.get(row).and_then(|to| usize::try_from(*to).ok());
    let at = of_table.zip(linked).and_then(|(of_table, to)| of_table.binary_search(&to).ok());
    let at = at.map_or("-".to_owned(), |at| at.to_string());
    match keys {
        Some(keys) => format!("l:{at}:{}", keys.get(row)),
        None => format!("l:{at}"),
    }
}

/// The data of a dossier; `None`: they are not of the shape that the rules declare.
pub(super) fn dataset(rules: &RuleSet, tables: &[TableExtract], synthetic: Option<&str>) -> Option<Dataset> {
    let mut made =
        Dataset { title: None, synthetic: synthetic.map(Arc::from), tables: Vec::new(), cohorts: Default::default() };
    if tables.len() != rules.schema.tables.len() {
        return None;
    }
    for (schema, entry) in rules.schema.tables.iter().zip(tables) {
        if *schema.name != *entry.table || entry.rows.iter().any(|row| row.cells.len() != entry.columns.len()) {
            return None;
        }
        let mut columns = vec![None; schema.columns.len()];
        let mut at = Vec::new();
        for (position, name) in entry.columns.iter().enumerate() {
            let id = schema.find(name)?;
            let declared = schema.column(id)?;
            let texts: Vec<&str> =
                entry.rows.iter().map(|row| row.cells.get(position).map_or("", String::as_str)).collect();
            let linked = declared.link.map(|table| (table, usize::try_from(table.0).ok().and_then(|t| tables.get(t))));
            let column = match linked {
                Some((table, to)) => links(&texts, table, to?.rows.len())?,
                None => column(&texts, &declared.kind)?,
            };
            let slot = columns.get_mut(usize::try_from(id.0).ok()?)?;
            if slot.replace(column).is_some() {
                return None;
            }
            at.push(usize::try_from(id.0).ok()?);
        }
        let mut parts = Vec::new();
        for (row, entry) in
            entry.rows.iter().map(|row| (row, entry)).map(|(row, entry)| (row, entry.sources.get(row.source)))
        {
            let source = entry?;
            let mut places = vec![(0, Arc::from("")); schema.columns.len()];
            if source.columns.len() != at.len() {
                return None;
            }
            for (position, (number, header)) in at.iter().zip(&source.columns) {
                *places.get_mut(*position)? = (*number, Arc::from(header.as_str()));
            }
            parts.push(OriginPart {
                first_row: parts.len(),
                file: Arc::from(source.file.as_str()),
                sheet: source.sheet.as_deref().map(Arc::from),
                first_line: row.line,
                jumps: Vec::new(),
                columns: places,
            });
        }
        made.tables.push(Table { rows: entry.rows.len(), columns, origin: Origin { parts, ..Origin::default() } });
    }
    Some(made)
}

/// Marks of absence; `None`: no row is absent.
fn marks(absent: Vec<u8>) -> Option<Arc<Vec<u8>>> {
    absent.iter().any(|mark| *mark != 0).then(|| Arc::new(absent))
}

fn column(texts: &[&str], kind: &Type) -> Option<Column> {
    let values: Vec<Value> = texts.iter().map(|text| value(text)).collect::<Option<_>>()?;
    let absent = values.iter().map(|value| if let Value::Absent(reasons) = value { reasons.0 } else { 0 }).collect();
    let absent: Vec<u8> = absent;
    let fits = |value: &Value| match (value, kind) {
        (Value::Absent(reasons), _) => !reasons.is_none(),
        (Value::Number(_), Type::Number(_)) | (Value::Text(_), Type::Text) => true,
        (Value::Truth(_), Type::YesNo) | (Value::Date(_), Type::Date) => true,
        _ => false,
    };
    if !values.iter().all(fits) {
        return None;
    }
    let held = match kind {
        Type::Number(_) => {
            let number = |value: &Value| if let Value::Number(n) = value { n.clone() } else { Number::zero() };
            Values::Numbers(NumberColumn::from_numbers(values.iter().map(number).collect()))
        }
        Type::Text => Values::Texts(texts_of(values.iter().map(|v| if let Value::Text(t) = v { t } else { "" }))),
        Type::YesNo => {
            let truth = |value: &Value| match value {
                Value::Truth(truth) => truth.0,
                Value::Absent(reasons) => Truth::unknown(*reasons).0,
                _ => Truth::unknown(Reasons::INVALID).0,
            };
            Values::YesNo(Arc::new(values.iter().map(truth).collect()))
        }
        Type::Date => {
            let start = jiff::civil::date(1970, 1, 1);
            let days = |value: &Value| match value {
                Value::Date(date) => start.until(*date).map_or(0, |span| span.get_days()),
                _ => 0,
            };
            Values::Dates(Arc::new(values.iter().map(days).collect()))
        }
    };
    Some(Column { values: held, absent: marks(absent) })
}

fn texts_of<'a>(texts: impl Iterator<Item = &'a str>) -> TextColumn {
    let mut pool = TextPool::default();
    let codes = texts.map(|text| pool.push(text)).collect();
    TextColumn { codes: Arc::new(codes), pool: Arc::new(pool) }
}

fn links(texts: &[&str], table: TableId, count: usize) -> Option<Column> {
    let (mut rows, mut absent, mut keys) = (Vec::new(), Vec::new(), Vec::new());
    let mut written = true;
    for text in texts {
        if let Some(why) = text.strip_prefix("absent:") {
            let why = reasons(why).filter(|why| !why.is_none())?;
            rows.push(u32::MAX);
            absent.push(why.0);
            keys.push("");
            continue;
        }
        let link = text.strip_prefix("l:")?;
        let (at, key) = link.split_once(':').map_or((link, None), |(at, key)| (at, Some(key)));
        let row = if at == "-" { u32::MAX } else { at.parse().ok().filter(|at| *at < position(count))? };
        written &= key.is_some();
        rows.push(row);
        absent.push(0);
        keys.push(key.unwrap_or(""));
    }
    let keys = written.then(|| texts_of(keys.into_iter()));
    Some(Column { values: Values::Links { rows: Arc::new(rows), table, keys }, absent: marks(absent) })
}

fn number_of(text: Option<&String>) -> Option<Option<Number>> {
    match text {
        None => Some(None),
        Some(text) => arithmetic::number(text).map(Some),
    }
}

/// What rows elsewhere determine, step by step.
pub(super) fn given_steps(given: &Given) -> Vec<GivenStep> {
    let mut steps: std::collections::BTreeMap<StepId, GivenStep> = std::collections::BTreeMap::new();
    let entry = |id: &StepId| GivenStep { step: id.index(), ..GivenStep::default() };
    let strata = |step: &mut GivenStep, strata: &Strata| {
        let of = |at: &u32| (*at != u32::MAX).then_some(*at);
        step.strata = strata.of_row.as_ref().map(|of_row| of_row.iter().map(of).collect());
        step.keys = strata.keys.iter().map(|keys| keys.iter().map(value_text).collect()).collect();
    };
    for (id, facts) in &given.facts {
        let step = steps.entry(*id).or_insert_with(|| entry(id));
        match facts {
            Facts::Nothing => {}
            Facts::Cut(facts) => {
                strata(step, &facts.strata);
                step.cuts = facts.cuts.iter().map(cut_entry).collect();
            }
            Facts::Scale(facts) => {
                strata(step, &facts.strata);
                let of = |scale: &StratumScale| GivenScale {
                    count: scale.count,
                    mean: scale.mean.as_ref().map(exact),
                    deviation: scale.deviation.as_ref().map(exact),
                    minimum: scale.minimum.as_ref().map(exact),
                    maximum: scale.maximum.as_ref().map(exact),
                };
                step.scales = facts.scales.iter().map(of).collect();
            }
            Facts::Rows(rows) => {
                step.rows = rows.first().map(|rows| CountedRows {
                    taken: rows.taken,
                    absent: rows.absent,
                    undecided: rows.undecided,
                    suppressed: 0,
                    not_matching: rows.not_matching,
                    outside_window: rows.outside_window,
                });
            }
        }
    }
    for ((id, row), given) in &given.values {
        let open = (given.open != (0, Reasons::NONE)).then(|| (given.open.0, reasons_text(given.open.1)));
        let value = value_text(&given.value);
        steps.entry(*id).or_insert_with(|| entry(id)).values.push(GivenRow { row: *row, value, open });
    }
    steps.into_values().collect()
}

const SMALL: [(SmallStrataAction, &str); 3] = [
    (SmallStrataAction::Merge, "merge"),
    (SmallStrataAction::Undetermined, "undetermined"),
    (SmallStrataAction::NotMet, "not_met"),
];

fn cut_entry(cut: &StratumCut) -> GivenCut {
    let small = cut.small.and_then(|action| SMALL.iter().find(|(known, _)| *known == action));
    GivenCut {
        cut_off: cut.cut_off.as_ref().map(exact),
        ranked: cut.ranked,
        without_value: cut.without_value,
        quota_base: cut.quota_base,
        quota_exact: exact(&cut.quota_exact),
        quota: cut.quota,
        before_cut: cut.before_cut,
        tied_at_cut: cut.tied_at_cut,
        selected: cut.selected,
        small: small.map(|(_, name)| (*name).to_owned()),
    }
}

fn cut(entry: &GivenCut) -> Option<StratumCut> {
    let small = match &entry.small {
        None => None,
        Some(name) => Some(SMALL.iter().find(|(_, known)| known == name)?.0),
    };
    Some(StratumCut {
        ranked: entry.ranked,
        without_value: entry.without_value,
        quota_base: entry.quota_base,
        quota_exact: arithmetic::number(&entry.quota_exact)?,
        quota: entry.quota,
        cut_off: number_of(entry.cut_off.as_ref())?,
        tied_at_cut: entry.tied_at_cut,
        before_cut: entry.before_cut,
        selected: entry.selected,
        small,
        masked: false,
    })
}

fn scale(entry: &GivenScale) -> Option<StratumScale> {
    Some(StratumScale {
        count: entry.count,
        mean: number_of(entry.mean.as_ref())?,
        deviation: number_of(entry.deviation.as_ref())?,
        minimum: number_of(entry.minimum.as_ref())?,
        maximum: number_of(entry.maximum.as_ref())?,
    })
}

/// What is given, read back.
pub(super) fn given(steps: &[GivenStep], members: &[usize]) -> Option<Given> {
    let mut made = Given { members: members.to_vec(), ..Given::default() };
    for step in steps {
        let id = StepId::from_index(step.step);
        for row in &step.values {
            let open = match &row.open {
                None => (0, Reasons::NONE),
                Some((more, why)) => (*more, reasons(why)?),
            };
            made.values.insert((id, row.row), GivenValue { value: value(&row.value)?, open });
        }
        let of_row =
            step.strata.as_ref().map(|of_row| Arc::new(of_row.iter().map(|at| at.unwrap_or(u32::MAX)).collect()));
        let keys: Option<Vec<Vec<Value>>> =
            step.keys.iter().map(|keys| keys.iter().map(|key| value(key)).collect()).collect();
        let strata = Strata { of_row, keys: keys? };
        let facts = match (step.cuts.as_slice(), step.scales.as_slice(), &step.rows) {
            ([], [], None) => continue,
            (cuts, [], None) => Facts::Cut(CutFacts { strata, cuts: cuts.iter().map(cut).collect::<Option<_>>()? }),
            ([], scales, None) => {
                Facts::Scale(ScaleFacts { strata, scales: scales.iter().map(scale).collect::<Option<_>>()? })
            }
            ([], [], Some(rows)) => {
                let CountedRows { taken, absent, undecided, not_matching, outside_window, .. } = *rows;
                Facts::Rows(vec![StratumRows { taken, absent, undecided, not_matching, outside_window }])
            }
            _ => return None,
        };
        if made.facts.insert(id, facts).is_some() {
            return None;
        }
    }
    Some(made)
}

/// What the explanation tells of others.
pub(super) fn told(others: &[(usize, Other)]) -> Vec<Told> {
    let neighbours = |list: &[Neighbour]| -> Vec<ToldNeighbour> {
        list.iter()
            .map(|neighbour| ToldNeighbour {
                school: neighbour.school.code.to_string(),
                name: neighbour.school.title.as_ref().map(ToString::to_string),
                value: exact(&neighbour.value),
                place: neighbour.first_place,
                last_place: neighbour.last_place,
            })
            .collect()
    };
    let entry = |(at, other): &(usize, Other)| {
        let mut told = Told { expr: *at, ..Told::default() };
        match other {
            Other::Rank { places, last_inside, first_outside, before_own, after_own, membership } => {
                told.rank = Some(ToldRank {
                    places: *places,
                    last_inside: neighbours(last_inside),
                    first_outside: neighbours(first_outside),
                    before_own: neighbours(before_own),
                    after_own: neighbours(after_own),
                    members: membership.as_ref().map(|members| ToldMembers {
                        count: members.count,
                        excluded: members
                            .excluded
                            .iter()
                            .map(|(basis, count)| (basis.as_ref().map(ToString::to_string), *count))
                            .collect(),
                        not_matching: members.not_matching,
                        unknown: members.unknown,
                    }),
                });
            }
            Other::Rows { used, not_listed } => {
                let used = used.as_ref().map(|used| CountedRows {
                    taken: used.taken,
                    absent: used.absent,
                    undecided: used.undecided,
                    suppressed: used.suppressed,
                    not_matching: used.not_matching,
                    outside_window: used.outside_window,
                });
                told.rows = Some(ToldRows { used, not_listed: *not_listed });
            }
            Other::Filled(filled) => {
                told.filled = Some(filled.iter().map(|(at, value)| (*at, exact(value))).collect());
            }
        }
        told
    };
    others.iter().map(entry).collect()
}

/// The same read back.
pub(super) fn others(told: &[Told]) -> Option<Vec<(usize, Other)>> {
    let neighbour = |entry: &ToldNeighbour| {
        Some(Neighbour {
            school: School {
                row: 0,
                code: Arc::from(entry.school.as_str()),
                title: entry.name.as_deref().map(Arc::from),
                cell: None,
            },
            value: arithmetic::number(&entry.value)?,
            first_place: entry.place,
            last_place: entry.last_place,
            tie: Vec::new(),
        })
    };
    let neighbours = |list: &[ToldNeighbour]| list.iter().map(neighbour).collect::<Option<Vec<Neighbour>>>();
    let other = |told: &Told| {
        Some(match (&told.rank, &told.rows, &told.filled) {
            (Some(rank), None, None) => Other::Rank {
                places: rank.places,
                last_inside: neighbours(&rank.last_inside)?,
                first_outside: neighbours(&rank.first_outside)?,
                before_own: neighbours(&rank.before_own)?,
                after_own: neighbours(&rank.after_own)?,
                membership: rank.members.as_ref().map(|members| Members {
                    count: members.count,
                    excluded: members
                        .excluded
                        .iter()
                        .map(|(basis, count)| (basis.as_deref().map(Arc::from), *count))
                        .collect(),
                    not_matching: members.not_matching,
                    unknown: members.unknown,
                }),
            },
            (None, Some(rows), None) => Other::Rows {
                used: rows.used.as_ref().map(|used| RowCounts {
                    taken: used.taken,
                    absent: used.absent,
                    undecided: used.undecided,
                    suppressed: used.suppressed,
                    not_matching: used.not_matching,
                    outside_window: used.outside_window,
                }),
                not_listed: rows.not_listed,
            },
            (None, None, Some(filled)) => {
                let number = |(at, value): &(usize, String)| Some((*at, arithmetic::number(value)?));
                Other::Filled(filled.iter().map(number).collect::<Option<_>>()?)
            }
            _ => return None,
        })
    };
    told.iter().map(|entry| Some((entry.expr, other(entry)?))).collect()
}
