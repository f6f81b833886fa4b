//! Old and new rules on old and new data: what is on the list in each of the four corners, and who moves between them.

use std::sync::Arc;

use super::{Comparison, Side};
use crate::diagnostic::Diagnostic;
use crate::explain::summary::VerdictKind;
use crate::model::CategoryId;

/// The four corners: the rules as they are and the others, on the data as they are and on the others.
#[derive(Debug, Clone)]
pub struct Square {
    /// Old rules on old data, new rules on old data, old rules on new data, new rules on new data.
    pub corners: [Corner; 4],
    /// Along the edges: [`Square::EDGES`]. `None`: one of its ends could not be evaluated.
    pub edges: [Option<Comparison>; 4],
}

/// What came of one set of rules on one dataset.
#[derive(Debug, Clone, Default)]
pub struct Corner {
    /// `None`: these rules cannot be evaluated on these data.
    pub categories: Option<Vec<CornerCategory>>,
    /// Why not.
    pub problems: Vec<Diagnostic>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CornerCategory {
    pub name: Arc<str>,
    pub listed: usize,
    pub undetermined: usize,
}

impl Square {
    /// From which corner to which: the rules change on either data, the data change under either rules.
    pub const EDGES: [(usize, usize); 4] = [(0, 1), (2, 3), (0, 2), (1, 3)];

    /// Names of all categories, those of the old rules first.
    pub fn names(&self) -> Vec<Arc<str>> {
        let mut names: Vec<Arc<str>> = Vec::new();
        for category in self.corners.iter().filter_map(|corner| corner.categories.as_ref()).flatten() {
            if !names.contains(&category.name) {
                names.push(category.name.clone());
            }
        }
        names
    }
}

impl Corner {
    /// What a run found.
    pub fn of(side: &Side<'_>) -> Corner {
        let category = |(at, category): (usize, &crate::model::Category)| {
            let id = CategoryId::from_index(at);
            let rows = 0..side.run.schools;
            let open =
                |row: &usize| side.run.category(id, *row).map(VerdictKind::of) == Some(VerdictKind::Undetermined);
            CornerCategory {
                name: category.name.clone(),
                listed: rows.clone().filter(|row| side.run.is_listed(id, *row)).count(),
                undetermined: rows.filter(open).count(),
            }
        };
        let categories = side.rules.categories.iter().enumerate().map(category).collect();
        Corner { categories: Some(categories), problems: Vec::new() }
    }

    /// Why there is nothing.
    pub fn failed(problems: Vec<Diagnostic>) -> Corner {
        Corner { categories: None, problems: problems.into_iter().filter(Diagnostic::is_error).collect() }
    }

    pub fn category(&self, name: &str) -> Option<&CornerCategory> {
        self.categories.as_ref()?.iter().find(|category| category.name.as_ref() == name)
    }
}
