//! Data and rules of which one part is old and the other new, really built: tables as files, and rules in which every named
//! thing is chosen between the rule itself and a column of what the other rules made of it.

use std::sync::Arc;

use merilo::data::dataset::{Column, Dataset, TextColumn, TextPool, Values};
use merilo::decision::{Run, StepId};
use merilo::evaluate::trace;
use merilo::model::RuleSet;
use merilo::model::expr::{Expr, ExprId, ExprKind, Grain};
use merilo::number::Number;
use merilo::number::column::NumberColumn;
use merilo::plan::Plan;
use merilo::schema::{ColumnId, ColumnSchema};
use merilo::value::{Reasons, Truth, Type, Value};

use super::data::Table;

/// The same tables with one name for all rows that are not there.
pub fn resolved(tables: &[Table]) -> Vec<Table> {
    let key = |row: &String| row.split(';').next().unwrap().to_owned();
    let keys = |table: usize| tables[table].rows.iter().map(key).collect::<Vec<String>>();
    let mut resolved = tables.to_vec();
    // table, field, and the table that it names
    for (table, field, named) in [(1, 3, 0), (2, 0, 1), (3, 0, 1)] {
        let known = keys(named);
        for row in &mut resolved[table].rows {
            let mut fields: Vec<&str> = row.split(';').collect();
            if !["", "-", "*"].contains(&fields[field]) && !known.iter().any(|key| key == fields[field]) {
                fields[field] = "нет-такого";
                *row = fields.join(";");
            }
        }
    }
    resolved
}

/// The rows about a school, under any of its codes, from one dataset, all others from another.
pub fn tables(school: &[String], own: &[Table], others: &[Table]) -> Vec<Table> {
    let field = |row: &str, at: usize| row.split(';').nth(at).unwrap().to_owned();
    let settlements = |tables: &[Table]| -> Vec<String> {
        let rows = tables[1].rows.iter().filter(|row| school.contains(&field(row, 0)));
        rows.map(|row| field(row, 3)).collect()
    };
    let named = [settlements(own), settlements(others)].concat();
    let mut built = others.to_vec();
    for (table, rows) in built.iter_mut().enumerate() {
        let about = |row: &String| match table {
            0 => named.contains(&field(row, 0)),
            _ => school.contains(&field(row, 0)),
        };
        let of_own: Vec<String> = own[table].rows.iter().filter(|row| about(row)).cloned().collect();
        let known = |row: &String| own[table].rows.iter().any(|found| field(found, 0) == field(row, 0));
        rows.rows.retain(|row| !about(row) || (table == 0 && !known(row)));
        rows.rows.extend(of_own);
    }
    built
}

/// The rules with what other rules made of all schools but those of some rows; `None`: that cannot be written as rules.
pub fn rules(
    own: &RuleSet,
    (other, plan, run): (&RuleSet, &Plan, &Run),
    dataset: &Dataset,
    school: &[usize],
) -> Option<(RuleSet, Dataset)> {
    for rules in [own, other] {
        let varied = rules.exprs.iter().any(|expr| match &expr.kind {
            ExprKind::Indicator(id, value) => rules.indicators[id.index()].value != *value,
            ExprKind::Index(id, value) => rules.indices[id.index()].value != *value,
            _ => false,
        });
        // taken over other years, a definition has several values
        if varied {
            return None;
        }
    }
    let mut building = Building { rules: own.clone(), dataset: dataset.clone(), rows: run.schools };
    let truths = (0..run.schools).map(|row| Truth::from_bool(school.contains(&row)).0).collect();
    let is_own = building.column(Type::YesNo, Values::YesNo(Arc::new(truths)), None);
    let columns = |step: StepId| (&run.columns[step.index()], run.open.get(&step));
    let truth = |step: StepId| -> Option<Vec<u8>> {
        let (column, open) = columns(step);
        let of = |row: usize| match trace::read(column, row) {
            Value::Truth(truth) => truth.0,
            Value::Absent(reasons) => Truth::unknown(reasons).0,
            other => panic!("{other:?}"),
        };
        open.is_none().then(|| (0..run.schools).map(of).collect())
    };
    let mut values: Vec<(ExprId, StepId)> = Vec::new();
    for indicator in &own.indicators {
        let found = other.indicators.iter().find(|found| found.name == indicator.name);
        let (a, b) = (own.expr(indicator.value)?, found.and_then(|found| other.expr(found.value)));
        if let Some(b) = b.filter(|b| b.ty == a.ty && b.grain == a.grain && a.grain != Grain::Constant) {
            assert_eq!(b.grain, Grain::Row(own.subject));
            values.push((indicator.value, plan.step_of(found.unwrap().value)?));
        }
    }
    for index in &own.indices {
        let found = other.indices.iter().find(|found| found.name == index.name);
        let (a, b) = (own.expr(index.value)?, found.and_then(|found| other.expr(found.value)));
        if b.is_some_and(|b| b.ty == a.ty && b.grain == a.grain) {
            values.push((index.value, plan.step_of(found.unwrap().value)?));
        }
    }
    for (value, step) in values {
        let (column, open) = columns(step);
        if open.is_some() {
            return None;
        }
        let all: Vec<Value> = (0..run.schools).map(|row| trace::read(column, row)).collect();
        let given = building.values(own.expr(value)?.ty.clone(), &all);
        building.choose(value, is_own, given);
    }
    for (at, criterion) in own.criteria.iter().enumerate() {
        let Some(found) = other.criteria.iter().position(|found| found.number == criterion.number) else { continue };
        if other.criteria[found].on_missing != criterion.on_missing {
            return None;
        }
        let given = building.truths(truth(plan.criteria[found])?);
        building.rules.criteria[at].condition = building.chosen(criterion.condition, is_own, given);
    }
    for (at, group) in own.groups.iter().enumerate() {
        let Some(found) = other.groups.iter().position(|found| found.number == group.number) else { continue };
        let given = building.truths(truth(plan.groups[found])?);
        building.rules.groups[at].rule = building.chosen(group.rule, is_own, given);
    }
    for (at, category) in own.categories.iter().enumerate() {
        let Some(found) = other.categories.iter().position(|found| found.name == category.name) else { continue };
        let given = building.truths(truth(plan.categories[found])?);
        building.rules.categories[at].rule = building.chosen(category.rule, is_own, given);
    }
    for (at, population) in own.populations.iter().enumerate() {
        let Some(found) = other.populations.iter().position(|found| found.name == population.name) else { continue };
        let base = |rules: &RuleSet, at: usize| {
            rules.populations[at].base.map(|base| rules.populations[base.index()].name.clone())
        };
        if base(own, at) != base(other, found) {
            return None;
        }
        let given = building.truths(truth(plan.populations[found])?);
        let always = building.push(ExprKind::YesNo(true));
        let never = building.push(ExprKind::YesNo(false));
        let condition = building.chosen(population.condition.unwrap_or(always), is_own, given);
        building.rules.populations[at].condition = Some(condition);
        for exclusion in 0..population.exclusions.len() {
            let own = population.exclusions[exclusion].condition;
            let chosen = building.chosen(own, is_own, never);
            building.rules.populations[at].exclusions[exclusion].condition = chosen;
        }
    }
    Some((building.rules, building.dataset))
}

struct Building {
    rules: RuleSet,
    dataset: Dataset,
    rows: usize,
}

impl Building {
    /// A new column of the table of schools, as an expression.
    fn column(&mut self, ty: Type, values: Values, absent: Option<Vec<u8>>) -> ExprId {
        let at = self.rules.subject.0 as usize;
        let table = &mut self.rules.schema.tables[at];
        let id = ColumnId(table.columns.len() as u32);
        table.columns.push(ColumnSchema {
            name: Arc::from(format!("столбец{}", id.0)),
            title: None,
            kind: ty.clone(),
            link: None,
            allowed: Vec::new(),
            scale_by: Vec::new(),
            header: None,
            markers: Vec::new(),
            declared: Default::default(),
        });
        self.dataset.tables[at].columns.push(Some(Column { values, absent: absent.map(Arc::new) }));
        let (subject, span) = (self.rules.subject, Default::default());
        self.rules.exprs.push(Expr { kind: ExprKind::Column(subject, id), ty, grain: Grain::Row(subject), span });
        ExprId(self.rules.exprs.len() as u32 - 1)
    }

    fn truths(&mut self, truths: Vec<u8>) -> ExprId {
        self.column(Type::YesNo, Values::YesNo(Arc::new(truths)), None)
    }

    fn values(&mut self, ty: Type, all: &[Value]) -> ExprId {
        assert_eq!(all.len(), self.rows);
        let reasons = |value: &Value| if let Value::Absent(reasons) = value { *reasons } else { Reasons::NONE };
        let absent = Some(all.iter().map(|value| reasons(value).0).collect());
        let values = match ty {
            Type::Text => {
                let mut pool = TextPool::default();
                let text = |value: &Value| if let Value::Text(text) = value { text.to_string() } else { String::new() };
                let codes = all.iter().map(|value| pool.push(&text(value))).collect();
                Values::Texts(TextColumn { codes: Arc::new(codes), pool: Arc::new(pool) })
            }
            Type::Number(_) => {
                let number = |value: &Value| match value {
                    Value::Number(number) => number.clone(),
                    _ => Number::zero(),
                };
                Values::Numbers(NumberColumn::from_numbers(all.iter().map(number).collect()))
            }
            other => panic!("no such definition is made: {other:?}"),
        };
        self.column(ty, values, absent)
    }

    fn push(&mut self, kind: ExprKind) -> ExprId {
        let (ty, grain, span) = (Type::YesNo, Grain::Constant, Default::default());
        self.rules.exprs.push(Expr { kind, ty, grain, span });
        ExprId(self.rules.exprs.len() as u32 - 1)
    }

    /// For the school itself the condition as it is, for all others what is given.
    fn chosen(&mut self, condition: ExprId, is_own: ExprId, given: ExprId) -> ExprId {
        let kind = ExprKind::If { branches: vec![(is_own, condition)], otherwise: given };
        let id = self.push(kind);
        self.rules.exprs[id.index()].grain = Grain::Row(self.rules.subject);
        id
    }

    /// The same in place of a value, wherever it is used.
    fn choose(&mut self, value: ExprId, is_own: ExprId, given: ExprId) {
        let before = self.rules.exprs[value.index()].clone();
        self.rules.exprs.push(before);
        let moved = ExprId(self.rules.exprs.len() as u32 - 1);
        self.rules.exprs[value.index()].kind = ExprKind::If { branches: vec![(is_own, moved)], otherwise: given };
    }
}
