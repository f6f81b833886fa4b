//! The rows of a grid that tables are taken off, from the top: what is asked of all that are left is counted once and counted down, so that
//! thousands of small tables take as long as one large one.
//!
//! Knows counts and looks; decides nothing.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

use super::words::{is_year, without_pages};
use super::{Finder, Looks, PROFILED};
use crate::tables::grid::{Cell, Grid, Mark, Row};
use crate::tables::profile::Profile;
use crate::tables::shape::{Shape, shape};

/// Widths whose rows are kept.
const MOST_WIDTHS: usize = 16;

/// Some rows of a grid, the first of them taken off.
pub(super) struct Rest {
    rows: Vec<usize>,
    /// How many rows were taken off.
    from: usize,
    facts: Vec<Facts>,
    /// How many rows end before each column; the same of rows of several cells.
    ends: BTreeMap<usize, usize>,
    rich: BTreeMap<usize, usize>,
    columns: Vec<Used>,
    /// By the width that they are measured with.
    bodies: HashMap<usize, Body>,
    /// What the cells of a row look like, and whether they are years; of the rows that were asked for.
    seen: Vec<Option<Seen>>,
    /// The rows with one text: how often each text stands, numbers of pages apart.
    singles: OnceCell<HashMap<String, usize>>,
    bands: HashMap<(usize, usize), Band>,
}

type Seen = Box<[(Shape, bool)]>;

/// What is known of a row.
struct Facts {
    end: usize,
    filled: usize,
    /// Cells that hold something, those that are merged into one counted once.
    different: usize,
    merged: bool,
    /// The first column that holds something.
    first: Option<usize>,
}

/// The rows that use a column.
#[derive(Clone, Default)]
struct Used {
    all: usize,
    /// Those of several cells.
    several: usize,
    /// Position in the grid of the last.
    last: usize,
}

/// Rows that are full enough for a width, by their places among all.
struct Body {
    all: Vec<usize>,
    /// Those without merged cells.
    plain: Vec<usize>,
    /// Rows of several cells, and the first column that they or those below them use.
    firsts: Vec<(usize, Option<usize>)>,
}

/// A stretch of columns by itself.
pub(super) struct Band {
    pub grid: Grid,
    pub rest: Rest,
}

/// The rows of all that are left that tell what columns look like.
struct Sample {
    rows: Vec<usize>,
    widest: usize,
    width: usize,
    first: usize,
}

impl Facts {
    fn of(row: &Row) -> Facts {
        let mut facts = Facts { end: 0, filled: 0, different: 0, merged: row.has_merged(), first: None };
        for (column, cell) in held(row) {
            facts.end = column + 1;
            facts.filled += 1;
            facts.different += usize::from(cell.mark != Mark::Merged);
            facts.first.get_or_insert(column);
        }
        facts
    }

    fn fills(&self, width: usize) -> bool {
        self.filled * 3 >= width
    }
}

fn held(row: &Row) -> impl Iterator<Item = (usize, &Cell)> {
    row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank())
}

/// The value at a place among all that are counted, in their order.
fn nth(counts: &BTreeMap<usize, usize>, place: usize) -> usize {
    let mut before = 0;
    let found = counts.iter().find(|(_, count)| {
        before += **count;
        before > place
    });
    found.map_or(0, |(value, _)| *value)
}

fn middle(counts: &BTreeMap<usize, usize>) -> usize {
    nth(counts, counts.values().sum::<usize>() / 2)
}

fn less(counts: &mut BTreeMap<usize, usize>, value: usize) {
    if let Some(count) = counts.get_mut(&value) {
        *count -= 1;
        if *count == 0 {
            counts.remove(&value);
        }
    }
}

/// Places from one on, of places in their order.
fn since(places: &[usize], from: usize) -> &[usize] {
    places.get(places.partition_point(|place| *place < from)..).unwrap_or(&[])
}

impl Rest {
    pub fn new(finder: &Finder, rows: &[usize]) -> Rest {
        let (mut ends, mut rich) = (BTreeMap::new(), BTreeMap::new());
        let (mut facts, mut columns) = (Vec::with_capacity(rows.len()), Vec::<Used>::new());
        for at in rows {
            let row = finder.row(*at);
            let own = Facts::of(row);
            *ends.entry(own.end).or_default() += 1;
            if own.different > 1 {
                *rich.entry(own.end).or_default() += 1;
            }
            if columns.len() < own.end {
                columns.resize(own.end, Used::default());
            }
            for (column, _) in held(row) {
                if let Some(used) = columns.get_mut(column) {
                    used.all += 1;
                    used.several += usize::from(own.different > 1);
                    used.last = used.last.max(*at);
                }
            }
            facts.push(own);
        }
        Rest {
            rows: rows.to_vec(),
            from: 0,
            facts,
            ends,
            rich,
            columns,
            bodies: HashMap::new(),
            seen: Vec::new(),
            singles: OnceCell::new(),
            bands: HashMap::new(),
        }
    }

    /// The rows that are left.
    pub fn rows(&self) -> &[usize] {
        self.rows.get(self.from..).unwrap_or(&[])
    }

    /// Takes rows off the top.
    pub fn take(&mut self, finder: &Finder, count: usize) {
        for (at, facts) in self.rows.iter().zip(&self.facts).skip(self.from).take(count) {
            let row = finder.row(*at);
            less(&mut self.ends, facts.end);
            if facts.different > 1 {
                less(&mut self.rich, facts.end);
            }
            for (column, _) in held(row) {
                if let Some(used) = self.columns.get_mut(column) {
                    used.all -= 1;
                    used.several -= usize::from(facts.different > 1);
                }
            }
            if facts.different == 1
                && let Some(count) = self.singles.get_mut().and_then(|singles| singles.get_mut(&single(row)))
            {
                *count -= 1;
            }
        }
        self.from = (self.from + count).min(self.rows.len());
    }

    /// Takes off all rows above one of the grid.
    pub fn take_above(&mut self, finder: &Finder, first: usize) {
        let count = self.rows().partition_point(|at| *at < first);
        self.take(finder, count);
    }

    /// Stretches of columns between those that no row of several cells uses, first and last of each.
    pub fn parts(&self, band: Option<(usize, usize)>) -> Vec<(usize, usize)> {
        let (low, high) = band.unwrap_or((0, usize::MAX));
        let used = self.columns.iter().enumerate().filter(|(_, used)| used.several > 0);
        let mut parts: Vec<(usize, usize)> = Vec::new();
        for (column, _) in used.filter(|(column, _)| (low..=high).contains(column)) {
            match parts.last_mut() {
                Some((_, last)) if *last + 1 == column => *last = column,
                _ => parts.push((column, column)),
            }
        }
        parts
    }

    /// Position in the grid of the last row that uses some of these columns.
    pub fn last(&self, (from, to): (usize, usize)) -> usize {
        let used = self.columns.iter().take(to + 1).skip(from).filter(|used| used.all > 0);
        used.map(|used| used.last).max().unwrap_or(0)
    }

    /// The rows with one text: how often each text stands, numbers of pages apart.
    pub fn singles(&self, finder: &Finder) -> &HashMap<String, usize> {
        self.singles.get_or_init(|| {
            let left = self.rows.iter().zip(&self.facts).skip(self.from);
            let mut singles = HashMap::new();
            for (at, _) in left.filter(|(_, facts)| facts.different == 1) {
                *singles.entry(single(finder.row(*at))).or_default() += 1;
            }
            singles
        })
    }

    /// Some columns by themselves, as they are in the rows that are left.
    pub fn band(&mut self, finder: &Finder, columns: (usize, usize)) -> &mut Band {
        let rows = self.rows.get(self.from..).unwrap_or(&[]);
        let first = rows.first().copied().unwrap_or(usize::MAX);
        let band = self.bands.entry(columns).or_insert_with(|| {
            let grid = finder.only(rows, columns.0, columns.1, false);
            let alone = finder.alone(&grid, columns);
            let own = rows.iter().copied().filter(|at| alone.different(alone.row(*at)) > 0);
            let rest = Rest::new(&alone, &own.collect::<Vec<_>>());
            Band { grid, rest }
        });
        band.rest.take_above(&finder.alone(&band.grid, columns), first);
        band
    }

    /// What the columns look like, as far as headers are told by it: of the profiles only how often each look occurs.
    pub fn looks(&mut self, finder: &Finder) -> Looks {
        let sample = self.sample(finder);
        self.seen.resize_with(self.rows.len(), || None);
        let (mut shapes, mut years) = (vec![HashMap::new(); sample.widest], vec![false; sample.widest]);
        for place in &sample.rows {
            let Some((slot, at)) = self.seen.get_mut(*place).zip(self.rows.get(*place)) else {
                continue;
            };
            let looks = |cell: &Cell| (shape(&cell.text), is_year(&cell.text));
            let seen = slot.get_or_insert_with(|| finder.row(*at).cells.iter().map(looks).collect());
            for ((shapes, years), (shape, year)) in shapes.iter_mut().zip(&mut years).zip(seen.iter()) {
                *shapes.entry(*shape).or_default() += 1;
                *years |= *year;
            }
        }
        let profiles = shapes.into_iter().map(|shapes| Profile::of_shapes(shapes, sample.rows.len()));
        looks_of(profiles.collect(), years, &sample)
    }

    /// What the columns look like, with everything that their cells have in common.
    pub fn profiled(&mut self, finder: &Finder) -> Looks {
        let sample = self.sample(finder);
        let rows: Vec<&Row> =
            sample.rows.iter().filter_map(|place| self.rows.get(*place)).map(|at| finder.row(*at)).collect();
        let texts = |column: usize| rows.iter().map(move |row| row.text(column));
        let profile = |column: usize| Profile::of(texts(column).map(|text| (text, false)));
        let years = (0..sample.widest).map(|column| texts(column).any(is_year)).collect();
        looks_of((0..sample.widest).map(profile).collect(), years, &sample)
    }

    fn sample(&mut self, finder: &Finder) -> Sample {
        let sheet = finder.grid.sheet.is_some();
        let count = self.rows.len() - self.from;
        let rich = if sheet { self.rich.values().sum() } else { 0 };
        // most rows of a sparse table hold a name and nothing else
        let sparse = middle(&self.ends) < 2 && rich > 2 && rich * 20 > count;
        let width = if sparse { middle(&self.rich) } else { middle(&self.ends) };
        // columns of a sheet that no row uses; in a text file they have their separators
        let used = self.columns.iter().take(width).filter(|used| used.all > 0).count();
        let width = if sheet { used } else { width }.max(1);
        let from = self.from;
        let body = self.body(width);
        let (all, plain) = (since(&body.all, from), since(&body.plain, from));
        // merged cells are those of headers and sections, unless most rows have them
        let rows = if plain.len() * 2 >= all.len() { plain } else { all };
        let above = if rows.len() > 6 { rows.len().min(8) / 2 } else { usize::from(rows.len() > 1) };
        let rows = rows.get(above..).unwrap_or(&[]);
        let step = rows.len().div_ceil(PROFILED).max(1);
        let rows = rows.iter().step_by(step).copied().collect();
        let first = body.firsts.get(body.firsts.partition_point(|(place, _)| *place < from));
        let first = first.and_then(|(_, first)| *first).filter(|_| sheet).unwrap_or(0);
        let widest = self.ends.last_key_value().map_or(0, |(end, _)| *end);
        Sample { rows, widest, width, first }
    }

    /// The rows that are full enough for a width.
    fn body(&mut self, width: usize) -> &Body {
        if self.bodies.len() >= MOST_WIDTHS && !self.bodies.contains_key(&width) {
            self.bodies.clear();
        }
        let facts = || self.facts.iter().enumerate().skip(self.from).filter(|(_, facts)| facts.fills(width));
        self.bodies.entry(width).or_insert_with(|| {
            let all = facts().map(|(place, _)| place).collect();
            let plain = facts().filter(|(_, facts)| !facts.merged).map(|(place, _)| place).collect();
            let several = facts().filter(|(_, facts)| facts.different > 1);
            let mut firsts: Vec<(usize, Option<usize>)> = several.map(|(place, facts)| (place, facts.first)).collect();
            let mut least = None;
            for (_, first) in firsts.iter_mut().rev() {
                least = first.iter().copied().chain(least).min();
                *first = least;
            }
            Body { all, plain, firsts }
        })
    }
}

fn single(row: &Row) -> String {
    without_pages(row.cells.iter().find(|cell| !cell.is_blank()).map_or("", |cell| cell.text.as_str()))
}

fn looks_of(profiles: Vec<Profile>, years: Vec<bool>, sample: &Sample) -> Looks {
    let is_typed = |profile: &Profile| {
        profile.filled() > 0
            && profile.share(|s| s.is_value() || s == Shape::Absent) >= 70
            && profile.share(Shape::is_value) > 0
    };
    let typed = profiles.iter().enumerate().filter(|(_, profile)| is_typed(profile)).map(|(at, _)| at).collect();
    Looks { profiles, typed, years, width: sample.width, first: sample.first }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashMap};

    use super::{Finder, Looks, Rest};
    use crate::tables::find::Place;
    use crate::tables::grid::{Cell, Grid, Mark, Row};
    use crate::tables::shape::Shape;

    /// Small tables of several widths with titles, blank columns and merged cells, one below another.
    fn grid(sheet: Option<&str>) -> Grid {
        let lines = [
            "Таблица {}",
            "Код;Школа;;Балл",
            "{};Школа {};;4,5",
            "0{};Лицей;;12 %",
            ";Дом;;2018;;7",
            "Город;<5",
            "{};;*;да",
        ];
        let mut rows = Vec::new();
        for number in 0..70_u64 {
            let line = lines[usize::try_from(number * number % 7 + number % 3).unwrap() % 7];
            let mut cells: Vec<Cell> = line.replace("{}", &number.to_string()).split(';').map(Cell::plain).collect();
            if number % 11 == 0 {
                cells.push(Cell { text: "Дом".into(), mark: Mark::Merged });
            }
            rows.push(Row { number: number + 1 + number / 7, cells, ..Row::default() });
        }
        Grid { sheet: sheet.map(str::to_owned), rows, ..Grid::default() }
    }

    fn told(looks: &Looks) -> String {
        let shapes = looks.profiles.iter().map(|p| (p.rows, p.shapes.iter().collect::<BTreeMap<&Shape, &u32>>()));
        let shapes: Vec<_> = shapes.collect();
        format!("{:?} {:?} {} {} {shapes:?}", looks.typed, looks.years, looks.width, looks.first)
    }

    #[test]
    fn what_is_counted_down_is_what_is_counted_anew() {
        for sheet in [None, Some("Лист")] {
            let grid = grid(sheet);
            let (place, down) = (Place::default(), BTreeMap::new());
            let finder = Finder { grid: &grid, place: &place, down: &down, band: None };
            let all: Vec<usize> = (0..grid.rows.len()).collect();
            let mut rest = Rest::new(&finder, &all);
            for (from, step) in (0..all.len()).zip([1, 3, 2].into_iter().cycle()) {
                let left = rest.rows().to_vec();
                let mut anew = Rest::new(&finder, &left);
                assert_eq!(told(&rest.looks(&finder)), told(&anew.looks(&finder)), "{from}");
                assert_eq!(told(&anew.looks(&finder)), told(&anew.profiled(&finder)), "{from}");
                assert_eq!(rest.parts(None), anew.parts(None), "{from}");
                assert_eq!(rest.last((1, 2)), anew.last((1, 2)), "{from}");
                let counted = |rest: &Rest| -> HashMap<String, usize> {
                    rest.singles(&finder).iter().filter(|(_, n)| **n > 0).map(|(text, n)| (text.clone(), *n)).collect()
                };
                assert_eq!(counted(&rest), counted(&anew), "{from}");
                let columns = (0, 1);
                let (one, other) = (rest.band(&finder, columns), anew.band(&finder, columns));
                assert_eq!(one.rest.rows(), other.rest.rows(), "{from}");
                rest.take(&finder, step);
            }
            assert!(rest.rows().is_empty());
        }
    }
}
