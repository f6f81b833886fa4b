//! A separated text as a grid: the way its records are written is told or stated, records are read, and those that do not fit are mended.
//!
//! Knows no bytes and no files; what is mended is told by line.

use super::dialect::{Stated, detect};
use super::grid::{Cell, Grid, Mark, Row};
use super::mend::{Effort, Flaw, Standing, mend};
use super::profile::Profile;
use super::records::{Dialect, Ends, Record};
use super::spaced::{BETWEEN, by_places, with_single_spaces};

/// A text as a grid, and what was found on the way.
#[derive(Debug, Clone)]
pub struct TextGrid {
    pub grid: Grid,
    pub dialect: Dialect,
    /// Fields of most records of the largest table.
    pub width: usize,
    /// Per mended record: its row in the grid, and what was irregular.
    pub mended: Vec<(usize, Vec<Flaw>)>,
    /// Records that have another number of fields, or marks that do not fit, and were left: row in the grid.
    pub irregular: Vec<usize>,
}

/// Rows that tell what a column looks like.
const PROFILED: usize = 1500;
/// A record that was cut off from the next ones by a lost mark is looked for on so many lines.
const MOST_LINES: u64 = 12;
/// What it costs that a line which is a whole record is taken for a part of another one.
const SWALLOWED: u32 = 6000;
/// A record above the body that is mended like one of the body at less than this is one of the body.
const ABOVE: u32 = 6000;
/// Rows that may be mended in one file; beyond that something else is wrong.
const MOST_MENDED: usize = 20_000;

/// Reads a text; what is stated of it wins. `last`: the line with which the data end; what stands below tells nothing of them.
pub fn read(text: &str, stated: &Stated, last: Option<u64>) -> TextGrid {
    let spaces = stated.separator.as_deref().is_none_or(|separator| separator == " ");
    let ends = stated.ends.clone().unwrap_or_else(|| Ends::of(text));
    let parted = |sign: &str| Stated { separator: Some(sign.to_string()), ..stated.clone() };
    if !spaces || stated.quote.is_some() {
        return read_records(text, stated, last);
    }
    if let Some(text) = by_places(text, &ends) {
        let mut read = read_records(&text, &Stated { quote: Some(None), ..parted(BETWEEN) }, last);
        read.dialect.separator = " ".to_string();
        return read;
    }
    match with_single_spaces(text, &ends) {
        Some(text) => read_records(&text, &parted(" "), last),
        None => read_records(text, stated, last),
    }
}

fn read_records(text: &str, stated: &Stated, last: Option<u64>) -> TextGrid {
    let mut dialect = detect(text, stated);
    dialect.inside = stated.inside.as_ref().and_then(|header| inside(text, &dialect, header));
    let mut records = records(text, &dialect);
    // a mark that was lost in the first line takes everything into one record: its lines are looked at alone
    if records.iter().all(|record| record.stray) {
        records = lines(text, &dialect);
    }
    records.retain(|record| last.is_none_or(|last| record.line <= last));
    let text = records.last().and_then(|record| text.get(..record.span.1)).unwrap_or(text);
    let blocks = blocks(&records);
    let (mended, irregular) = (Vec::new(), Vec::new());
    let (rows, effort) = (Vec::new(), Effort::default());
    let mut reading = Reading { text, dialect: &dialect, end: text.len(), rows, mended, irregular, effort };
    let mut reached = (0, 1);
    for (at, block) in blocks.iter().enumerate() {
        let start = records.get(block.first).map_or(text.len(), |r| r.span.0);
        let end = blocks.get(at + 1).and_then(|next| records.get(next.first)).map_or(text.len(), |r| r.span.0);
        let line = records.get(block.first).map_or(1, |r| r.line);
        let last = block.first + block.count;
        // a text in marks may have gone on beyond the table before
        let (start, line) = if reached.0 > start { reached } else { (start, line) };
        reached = reading.block(records.get(block.first..last).unwrap_or(&[]), block.width, (start, end), line);
    }
    let width = blocks.iter().max_by_key(|block| block.count * block.width).map_or(0, |block| block.width);
    let Reading { mut rows, mended, irregular, .. } = reading;
    for at in irregular.iter().chain(mended.iter().filter(|(_, flaws)| flaws.contains(&Flaw::Short)).map(|(at, _)| at))
    {
        if let Some(row) = rows.get_mut(*at) {
            row.irregular = true;
        }
    }
    TextGrid { grid: Grid { rows, ..Grid::default() }, width, mended, irregular, dialect }
}

/// The place of a header in the first record that has it, and the fields of that record.
fn inside(text: &str, dialect: &Dialect, header: &str) -> Option<(usize, usize)> {
    let form = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let wanted = form(header);
    let found = |record: Record| {
        let at = record.fields.iter().position(|field| form(&field.text) == wanted)?;
        Some((at, record.fields.len()))
    };
    records(text, dialect).into_iter().find_map(found)
}

fn records<'a>(text: &'a str, dialect: &Dialect) -> Vec<Record<'a>> {
    let (mut at, mut line, mut records) = (0, 1, Vec::new());
    while at < text.len() {
        let (record, next) = dialect.record(text, at, line);
        line += record.breaks + 1;
        at = next.max(at + 1);
        records.push(record);
    }
    records
}

/// The lines of a text, each as a record; what is irregular in them is not looked at.
fn lines<'a>(text: &'a str, dialect: &Dialect) -> Vec<Record<'a>> {
    let (mut at, mut line, mut lines) = (0, 1, Vec::new());
    while at < text.len() {
        let (end, next) = dialect.ends.line(text, at);
        let (alone, _) = dialect.record(text.get(at..end).unwrap_or(""), 0, line);
        lines.push(Record { span: (at, end), stray: false, ..alone });
        at = next.max(at + 1);
        line += 1;
    }
    lines
}

/// Records of one table that follow each other.
struct Block {
    first: usize,
    count: usize,
    width: usize,
}

/// Cuts records where a table with another number of columns begins: long runs of two widths, each all of one piece.
fn blocks(records: &[Record]) -> Vec<Block> {
    let filled = |record: &Record| record.fields.iter().any(|f| !f.text.trim().is_empty());
    let mut counts: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    // where marks stray in every record there are no others to go by
    let sound = records.iter().any(|record| !record.stray && filled(record));
    for record in records.iter().filter(|record| (!record.stray || !sound) && filled(record)) {
        *counts.entry(record.fields.len()).or_default() += 1;
    }
    let value = |(width, count): (&usize, &usize)| (width.saturating_sub(1) * 10 + 1) * count;
    let Some(common) = counts.iter().max_by_key(|pair| value(*pair)).map(|(width, _)| *width) else {
        return Vec::new();
    };
    let whole = vec![Block { first: 0, count: records.len(), width: common }];
    // another width that has its own stretch of the file
    let total = records.iter().filter(|r| filled(r)).count();
    let Some(other) = counts
        .iter()
        .filter(|(width, count)| **width != common && **width > 1 && **count * 5 >= total && **count > 2)
        .map(|(w, _)| *w)
        .next()
    else {
        return whole;
    };
    let place = |width: usize| {
        let at = |(_, r): &(usize, &Record)| r.fields.len() == width && !r.stray && filled(r);
        let first = records.iter().enumerate().find(at).map_or(0, |(i, _)| i);
        let last = records.iter().enumerate().rev().find(at).map_or(0, |(i, _)| i);
        (first, last)
    };
    let (a, b) = (place(common), place(other));
    let (first, second) = if a.1 < b.0 {
        (common, other)
    } else if b.1 < a.0 {
        (other, common)
    } else {
        return whole;
    };
    let cut = place(second).0;
    vec![Block { first: 0, count: cut, width: first }, Block { first: cut, count: records.len() - cut, width: second }]
}

struct Reading<'a> {
    text: &'a str,
    dialect: &'a Dialect,
    /// Byte behind the block: its records do not go on in the next one, which is read from its beginning.
    end: usize,
    rows: Vec<Row>,
    mended: Vec<(usize, Vec<Flaw>)>,
    irregular: Vec<usize>,
    effort: Effort,
}

impl Reading<'_> {
    /// Reads a block; gives the byte and the line behind it.
    fn block(&mut self, records: &[Record], width: usize, span: (usize, usize), first_line: u64) -> (usize, u64) {
        let mut regular: Vec<&Record> = records.iter().filter(|r| r.fields.len() == width && !r.stray).collect();
        // marks that are not doubled anywhere: fields up to a mark with a separator behind it tell what columns look like
        let lenient;
        if regular.len() * 2 < records.len() {
            lenient = self.lenient(span, width);
            if lenient.len() > regular.len() {
                regular = lenient.iter().collect();
            }
        }
        let body = if regular.len() > 3 { regular.get(1..).unwrap_or(&[]) } else { regular.as_slice() };
        let step = body.len().div_ceil(PROFILED).max(1);
        let columns: Vec<Profile> = (0..width)
            .map(|column| {
                let cells = body.iter().step_by(step).filter_map(|r| r.fields.get(column));
                Profile::of(cells.map(|field| (field.text.as_ref(), field.quoted)))
            })
            .collect();
        let (mut at, end) = span;
        self.end = end;
        let (mut line, mut in_body) = (first_line, false);
        while at < end {
            let (record, next) = self.dialect.record(self.text, at, line);
            let mut step = (next.max(at + 1), record.breaks + 1);
            let blank = record.fields.iter().all(|f| f.text.trim().is_empty());
            let fits = record.fields.len() == width && !record.stray;
            let strange = if fits { strangeness(&record, &columns) } else { u32::MAX };
            in_body |= fits && !blank && strange < usual(width);
            if fits
                && record.breaks > 0
                && let Some((fields, taken)) = self.swallowed(at, step.0, &columns)
            {
                self.mended.push((self.rows.len(), vec![Flaw::Mark]));
                let cells = fields.into_iter().map(|(text, quoted)| cell(text, quoted)).collect();
                self.rows.push(Row { number: line, cells, ..Row::default() });
                (at, line) = (taken, line + 1);
                continue;
            }
            let single = width < 2 || blank || fits && !record.marks && (record.breaks == 0 || strange < 2500);
            if single || self.mended.len() >= MOST_MENDED {
                if !blank && !fits {
                    self.irregular.push(self.rows.len());
                }
                self.push(&record, blank);
            } else if let Some((fields, flaws, taken)) =
                self.meant(&record, at, &columns, in_body, (fits && !record.marks).then_some(strange))
            {
                if !flaws.is_empty() {
                    self.mended.push((self.rows.len(), flaws));
                }
                let cells = fields.into_iter().map(|(text, quoted)| cell(text, quoted)).collect();
                self.rows.push(Row { number: line, breaks: taken.1 - 1, cells, hidden: false, ..Row::default() });
                step = taken;
            } else if fits {
                self.push(&record, blank);
            } else {
                // what a lost mark swallowed comes back: the line alone
                let (line_end, after) = self.dialect.ends.line(self.text, at);
                self.irregular.push(self.rows.len());
                if record.stray && record.breaks > 0 {
                    let alone = self.text.get(at..line_end).unwrap_or("");
                    let (alone, _) = self.dialect.record(alone, 0, line);
                    self.push(&alone, false);
                    step = (after.max(at + 1), 1);
                } else {
                    self.push(&record, blank);
                }
            }
            at = step.0;
            line += step.1;
        }
        (at, line)
    }

    /// A record over several lines each of which is a whole one but for two marks that belong to words: the first of them, and where the next
    /// begins.
    fn swallowed(&self, at: usize, next: usize, columns: &[Profile]) -> Option<(Vec<(String, bool)>, usize)> {
        let width = columns.len();
        let separator = self.dialect.separator.as_str();
        let quote = self.dialect.quote?;
        let whole = self.text.get(at..next)?;
        let lines = whole.lines().filter(|line| !line.trim().is_empty());
        let each = lines.clone().all(|line| line.matches(separator).count() + 1 == width);
        if width < 3 || !each || lines.clone().count() < 2 || whole.matches(quote).count() != 2 {
            return None;
        }
        let (end, after) = self.dialect.ends.line(self.text, at);
        self.effort.next(width);
        let mended = mend(self.text.get(at..end)?, self.dialect, columns, Standing::Body, &self.effort)?;
        Some((mended.fields, after.max(at + 1)))
    }

    /// Lines that have as many fields as the block when a mark ends a text only where a separator follows.
    fn lenient(&self, span: (usize, usize), width: usize) -> Vec<Record<'_>> {
        let (mut at, mut found) = (span.0, Vec::new());
        while at < span.1 {
            let (end, next) = self.dialect.ends.line(self.text, at);
            let line = self.text.get(at..end).unwrap_or("");
            found.extend(self.dialect.lenient(line).filter(|record| record.fields.len() == width));
            at = next.max(at + 1);
        }
        found
    }

    fn push(&mut self, record: &Record, blank: bool) {
        if blank {
            return;
        }
        let cells = record.fields.iter().map(|f| cell(f.text.to_string(), f.quoted)).collect();
        self.rows.push(Row { number: record.line, breaks: record.breaks, cells, hidden: false, ..Row::default() });
    }

    /// The best reading of the lines from a byte on, wherever they stand.
    fn meant(
        &self,
        record: &Record,
        at: usize,
        columns: &[Profile],
        in_body: bool,
        otherwise: Option<u32>,
    ) -> Option<Taken> {
        // a line of words below a blank one is a note
        if record.fields.len() == 1 && self.after_blank(record) && !record.stray {
            return None;
        }
        let body = self.mended(record, at, columns, Standing::Body, otherwise);
        if in_body || body.as_ref().is_some_and(|(cost, _)| *cost < ABOVE) {
            return body.map(|(_, taken)| taken);
        }
        let (_, next) = self.dialect.ends.line(self.text, at);
        let (below, _) = self.dialect.record(self.text, next, record.line + 1);
        let last = below.fields.len() == columns.len() && strangeness(&below, columns) < usual(columns.len());
        let standing = if last { Standing::LastAbove } else { Standing::Above };
        self.mended(record, at, columns, standing, otherwise).map(|(_, taken)| taken)
    }

    /// Whether a line is a record like the others.
    fn is_whole(&self, at: usize, line: u64, columns: &[Profile]) -> bool {
        let (record, _) = self.dialect.record(self.text, at, line);
        let fits = record.fields.len() == columns.len() && columns.len() > 2 && !record.stray && record.breaks == 0;
        fits && strangeness(&record, columns) < usual(columns.len())
    }

    fn after_blank(&self, record: &Record) -> bool {
        self.rows.last().is_some_and(|row| row.number + row.breaks + 1 < record.line)
    }

    /// The best reading of the lines from a byte on, with its cost: fields, flaws, where the next record begins and how many lines were taken.
    fn mended(
        &self,
        record: &Record,
        at: usize,
        columns: &[Profile],
        standing: Standing,
        otherwise: Option<u32>,
    ) -> Option<(u32, Taken)> {
        let mut best: Option<(u32, Taken)> = None;
        let (mut end, mut next) = self.dialect.ends.line(self.text, at);
        let mut whole = 0;
        // a line that is short may go on in the next one, if that is short as well and both make one record
        let short = standing == Standing::Body && record.breaks == 0 && !record.stray && {
            let (below, _) = self.dialect.record(self.text, next, record.line + 1);
            let (above, width) = (record.fields.len(), columns.len());
            above < width && below.fields.len() < width && above + below.fields.len() == width + 1 && above > 1
        };
        let most = record.breaks.max(u64::from(short)).min(MOST_LINES);
        self.effort.next(columns.len());
        for breaks in 0..=most {
            let text = self.text.get(at..end).unwrap_or("");
            if let Some(mended) = mend(text, self.dialect, columns, standing, &self.effort) {
                let cost = mended.cost.saturating_add(whole);
                if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                    best = Some((cost, (mended.fields, mended.flaws, (next.max(at + 1), breaks + 1))));
                }
            }
            if next >= self.end {
                break;
            }
            if breaks < most {
                let line = record.line + breaks + 1;
                whole = whole.saturating_add(if self.is_whole(next, line, columns) { SWALLOWED } else { 0 });
                (end, next) = self.dialect.ends.line(self.text, next);
            }
        }
        let (cost, taken) = best?;
        // a record that is regular, with a text over several lines, stays so unless another reading is clearly better
        otherwise.is_none_or(|usual| cost + 1000 < usual).then_some((cost, taken))
    }
}

/// Fields with their marks, flaws, and where the next record begins with the lines taken.
type Taken = (Vec<(String, bool)>, Vec<Flaw>, (usize, u64));

/// A record that is stranger than this is not like the others.
fn usual(width: usize) -> u32 {
    700 * u32::try_from(width).unwrap_or(1)
}

fn strangeness(record: &Record, columns: &[Profile]) -> u32 {
    let costs = record.fields.iter().zip(columns).map(|(field, profile)| profile.cost(&field.text, field.quoted));
    costs.fold(0, u32::saturating_add)
}

fn cell(text: String, quoted: bool) -> Cell {
    Cell { text, mark: if quoted { Mark::Text } else { Mark::Plain } }
}
