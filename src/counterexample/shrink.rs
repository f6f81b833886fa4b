//! Data on which two rule sets differ made smaller as long as they still do: fewer rows, then plainer cells.

use super::palette::Palette;
use super::search::Both;
use super::world::{Cell, World};
use crate::decision::Verdict;
use crate::number::Number;
use crate::schema::{ColumnId, TableId};
use crate::value::Reasons;

/// Data that are tried at most.
const MOST_TRIED: usize = 4_000;

pub(super) fn smaller(both: &Both<'_>, palette: &Palette, mut world: World) -> World {
    let schema = &both.first.0.schema;
    let mut tried = 0;
    world = rows(both, world, &mut tried);
    world = columns(both, palette, world, &mut tried);
    loop {
        let before = world.clone();
        world = rows(both, world, &mut tried);
        for table in 0..world.tables.len() {
            let key = schema.tables.get(table).map_or(&[][..], |declared| declared.key.as_slice());
            for row in 0..world.tables.get(table).map_or(0, Vec::len) {
                for column in world.shown(table) {
                    let is_key = key.contains(&ColumnId(u32::try_from(column).unwrap_or(u32::MAX)));
                    let Some(cell) = world.cell(table, row, column).cloned().filter(|_| !is_key) else { continue };
                    for plainer in plainer(&cell, palette.of(table, column)) {
                        let Some(changed) = world.with((table, row, column), plainer) else { continue };
                        tried += 1;
                        if both.differ(&changed) {
                            world = changed;
                            break;
                        }
                        if tried > MOST_TRIED {
                            return world;
                        }
                    }
                }
            }
        }
        if world == before || tried > MOST_TRIED {
            return world;
        }
    }
}

/// Rows of what links to others first: they are the most.
fn rows(both: &Both<'_>, mut world: World, tried: &mut usize) -> World {
    for table in (0..world.tables.len()).rev() {
        for row in (0..world.tables.get(table).map_or(0, Vec::len)).rev() {
            // removing one may have removed others
            if world.tables.get(table).is_none_or(|rows| row >= rows.len()) {
                continue;
            }
            let fewer = world.without(&both.first.0.schema, table, row);
            *tried += 1;
            if both.differ(&fewer) {
                world = fewer;
            }
        }
    }
    world
}

/// Empties columns that nothing depends on: the rules differ with their values and without them, and no more is left open.
fn columns(both: &Both<'_>, palette: &Palette, mut world: World, tried: &mut usize) -> World {
    let schema = &both.first.0.schema;
    for (at, declared) in schema.tables.iter().enumerate() {
        for column in world.columns(at) {
            let id = ColumnId(u32::try_from(column).unwrap_or(u32::MAX));
            let own = declared.columns.get(column);
            let fixed =
                declared.key.contains(&id) || declared.year == Some(id) || own.is_none_or(|own| own.link.is_some());
            let Some(value) = palette.of(at, column).first().filter(|_| !fixed) else { continue };
            let open = open(both, &world);
            let still = |changed: &World| both.differ(changed) && self::open(both, changed) <= open;
            let empty = world.with_column((at, column), |_| Cell::Absent(Reasons::MISSING));
            let absent = |cell: &Cell| if let Cell::Absent(_) = cell { value.clone() } else { cell.clone() };
            let full = world.with_column((at, column), absent);
            *tried += 2;
            if still(&empty) && (full == world || still(&full)) {
                world = empty;
                world.emptied.insert((TableId(u32::try_from(at).unwrap_or(u32::MAX)), id));
            }
        }
    }
    world
}

/// How many verdicts of what differs are open.
fn open(both: &Both<'_>, world: &World) -> usize {
    let differences = both.differences(world);
    let verdicts = differences.iter().flat_map(|difference| &difference.verdicts);
    verdicts.filter(|verdict| matches!(verdict, Verdict::Undetermined(_))).count()
}

/// How far a cell is from the plainest one: a value is plainer than none, a small number than a great one.
fn weight(cell: &Cell) -> (u8, usize, Number) {
    match cell {
        Cell::Absent(reasons) => (2, usize::from(reasons.0), Number::zero()),
        Cell::Number(number) => {
            let (numerator, denominator) = number.to_ratio().unwrap_or((i128::MAX, i128::MAX));
            let shown = format!("{numerator}{denominator}");
            let round = shown.trim_end_matches('0').len();
            (u8::from(number.is_negative()), round, number.absolute())
        }
        Cell::Text(text) => (0, text.chars().count(), Number::zero()),
        Cell::YesNo(truth) => (0, usize::from(*truth), Number::zero()),
        Cell::Day(_) => (0, 0, Number::zero()),
        Cell::Link(row) => (0, *row, Number::zero()),
    }
}

fn plainer(cell: &Cell, all: &[Cell]) -> Vec<Cell> {
    let own = weight(cell);
    let mut found: Vec<Cell> = all.iter().filter(|other| weight(other) < own).cloned().collect();
    found.sort_by_key(weight);
    found.truncate(4);
    if let Cell::Link(row) = cell {
        found.extend((0..*row).take(2).map(Cell::Link));
    }
    found
}
