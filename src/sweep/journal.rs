//! The journal of a sweep: a line that says what is swept, then a line for each point that is done.
//!
//! Knows the text only; who writes and reads the file is the host. A last line that was cut off when the program was stopped is
//! left out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Point;

const SCHEMA: &str = "merilo/sweep-journal/1";

/// What is swept, by fingerprints: a sweep is gone on with only where all of them are the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    schema: String,
    /// Name and version of the program that evaluates.
    pub program: String,
    pub rules: String,
    pub data: String,
    /// The grid, with the category that is asked for.
    pub grid: String,
    pub points: usize,
}

/// A journal as read.
#[derive(Debug, Clone)]
pub struct Journal {
    pub head: Head,
    pub done: BTreeMap<usize, Point>,
    /// How long the lines are that count, in bytes.
    pub length: usize,
}

/// Why a text is no journal: the line (from 1) that is not one of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unread(pub usize);

impl Head {
    pub fn new(program: &str, rules: String, data: String, grid: String, points: usize) -> Head {
        Head { schema: SCHEMA.to_owned(), program: program.to_owned(), rules, data, grid, points }
    }

    /// The first thing in which another sweep differs: `program`, `rules`, `data` or `grid`.
    pub fn differs(&self, other: &Head) -> Option<&'static str> {
        let parts = [
            ("rules", self.rules == other.rules),
            ("data", self.data == other.data),
            ("grid", self.grid == other.grid && self.points == other.points),
            ("program", self.program == other.program),
        ];
        parts.iter().find(|(_, same)| !same).map(|(what, _)| *what)
    }

    /// As a line of the journal.
    ///
    /// # Errors
    /// None that can happen with plain data.
    pub fn line(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self).map(|line| line + "\n")
    }
}

impl Point {
    /// As a line of the journal.
    ///
    /// # Errors
    /// None that can happen with plain data.
    pub fn line(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self).map(|line| line + "\n")
    }
}

impl Journal {
    /// # Errors
    /// A line is not one of a journal.
    pub fn read(text: &str) -> Result<Journal, Unread> {
        // what has no line end was cut off
        let length = text.rfind('\n').map_or(0, |at| at + 1);
        let mut lines = text.get(..length).unwrap_or("").lines().enumerate();
        let (_, head) = lines.next().ok_or(Unread(1))?;
        let head: Head = serde_json::from_str(head).map_err(|_| Unread(1))?;
        if head.schema != SCHEMA {
            return Err(Unread(1));
        }
        let mut done = BTreeMap::new();
        for (at, line) in lines {
            let point: Point = serde_json::from_str(line).map_err(|_| Unread(at + 1))?;
            if point.point >= head.points {
                return Err(Unread(at + 1));
            }
            done.insert(point.point, point);
        }
        Ok(Journal { head, done, length })
    }
}
