//! Where each school belongs: the group that summaries count by, school by school.
//!
//! Where the schools link to no table, the place is a column of texts that many schools share; see [`places`].

use std::collections::BTreeSet;
use std::sync::Arc;

use super::naming::{GroupingStep, grouping_path, naming_column, table_title};
use super::reading::Reading;
use crate::data::dataset::Dataset;
use crate::decision::Run;
use crate::model::RuleSet;
use crate::plan::Plan;
use crate::schema::{ColumnId, TableId};
use crate::value::{Type, Value};

/// A place for every school.
#[derive(Debug, Clone)]
pub struct Places {
    /// Title of the linked table or of the column.
    pub title: Arc<str>,
    /// Per school; `None`: it names no place.
    pub of_school: Vec<Option<Arc<str>>>,
    /// The column of the schools that holds it, where no table is linked.
    pub column: Option<ColumnId>,
    /// The tables on the way from the schools to their places, each with the row of each school.
    pub through: Vec<(TableId, Vec<Option<usize>>)>,
}

/// A column whose texts are shared by fewer schools than this on average is no place.
const SHARED_BY: usize = 10;

/// The places of the schools: what they link to (as the summary groups them), else the column of texts (no key, no name,
/// not limited to given values) with the fewest different ones.
pub fn places(rules: &RuleSet, plan: &Plan, data: &Dataset, run: &Run) -> Option<Places> {
    let reading = Reading { rules, plan, data, run };
    let path = grouping_path(&rules.schema, rules.subject);
    reading.linked_places(&path).or_else(|| reading.named_places())
}

impl Reading<'_> {
    /// The part of the way whose links are in the files.
    pub(super) fn read_path<'p>(&self, path: &'p [GroupingStep]) -> &'p [GroupingStep] {
        let read = path.iter().take_while(|step| self.data.column(step.from, step.link).is_some()).count();
        path.get(..read).unwrap_or_default()
    }

    /// The row of the last table on the way.
    pub(super) fn row_behind(&self, path: &[GroupingStep], school: usize) -> Option<usize> {
        path.iter().try_fold(school, |row, step| self.linked_row(step.from, step.link, row))
    }

    pub(super) fn group_name(&self, table: TableId, row: usize) -> Option<Arc<str>> {
        let named = self.rules.schema.table(table).and_then(naming_column).is_some();
        self.row_title(table, row).filter(|_| named).or_else(|| self.row_key(table, row))
    }

    fn linked_places(&self, path: &[GroupingStep]) -> Option<Places> {
        let path = self.read_path(path);
        let table = path.last()?.to;
        let schools = 0..self.run.schools;
        let through = (1..=path.len()).filter_map(|end| {
            let way = path.get(..end)?;
            Some((way.last()?.to, schools.clone().map(|school| self.row_behind(way, school)).collect()))
        });
        let through: Vec<(TableId, Vec<Option<usize>>)> = through.collect();
        let (_, rows) = through.last()?;
        Some(Places {
            title: table_title(&self.rules.schema, table),
            of_school: rows.iter().map(|row| self.group_name(table, (*row)?)).collect(),
            column: None,
            through,
        })
    }

    fn named_places(&self) -> Option<Places> {
        let subject = self.rules.schema.table(self.rules.subject)?;
        let naming = naming_column(subject);
        let mut fewest: Option<(usize, Places)> = None;
        for (at, column) in subject.columns.iter().enumerate() {
            let id = ColumnId(u32::try_from(at).unwrap_or(u32::MAX));
            let plain = column.kind == Type::Text && column.allowed.is_empty() && column.link.is_none();
            if !plain || subject.key.contains(&id) || Some(id) == naming {
                continue;
            }
            let Some(values) = self.data.column(self.rules.subject, id) else { continue };
            let of_school: Vec<Option<Arc<str>>> = (0..self.run.schools)
                .map(|row| match values.value(row) {
                    Value::Text(text) if !text.trim().is_empty() => Some(text),
                    _ => None,
                })
                .collect();
            let different = of_school.iter().flatten().collect::<BTreeSet<_>>().len();
            let shared = different > 1 && different * SHARED_BY <= self.run.schools;
            if shared && fewest.as_ref().is_none_or(|(least, _)| different < *least) {
                let title = column.title.clone().unwrap_or_else(|| column.name.clone());
                fewest = Some((different, Places { title, of_school, column: Some(id), through: Vec::new() }));
            }
        }
        fewest.map(|(_, places)| places)
    }
}
