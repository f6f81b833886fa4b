//! The CSV finder: encoding, dialect, records, mending, tables.

use merilo::tables::dialect::Stated;
use merilo::tables::encoding::{Encoding, decode};
use merilo::tables::find::Place;
use merilo::tables::open::Format;
use merilo::tables::records::{Dialect, Ends};
use merilo::tables::{Opened, Options, open};

use super::{Dice, exports, grids, letters, limits};

pub fn check(bytes: &[u8]) -> bool {
    let plain = Options { limits: limits(), ..Options::default() };
    match (open(bytes, "fuzzed.csv", &plain), open(bytes, "fuzzed.csv", &plain)) {
        (Ok(one), Ok(other)) => grids::same(&one, &other),
        (one, other) => assert_eq!(one.err(), other.err()),
    }
    one(bytes, &stated(&mut Dice::of(bytes)));
    one(bytes, &plain)
}

fn one(bytes: &[u8], options: &Options) -> bool {
    let Ok(opened) = open(bytes, "fuzzed.csv", options) else {
        return false;
    };
    grids::check(&opened, options);
    if opened.format == Format::Text {
        nothing_is_lost(bytes, options, &opened);
    }
    exports::check(&opened);
    true
}

/// All letters and digits of the text are in the cells, in their order: whatever was mended, none was dropped and none was made up.
fn nothing_is_lost(bytes: &[u8], options: &Options, opened: &Opened) {
    let [sheet] = opened.sheets.as_slice() else {
        panic!("{} sheets", opened.sheets.len());
    };
    let Some(Dialect { separator, quote, escape, ends, .. }) = &sheet.dialect else {
        panic!("no dialect");
    };
    let signs: String = quote.iter().chain(escape).collect();
    let end = if let Ends::Text(end) = ends { end.as_str() } else { "" };
    if !letters([separator, signs.as_str(), end].into_iter()).is_empty() {
        return;
    }
    // what stands below a stated last line is not read; packed files have other bytes
    if options.place.last.is_some() || bytes.starts_with(b"\x1f\x8b") || bytes.starts_with(b"PK") {
        return;
    }
    let text = decode(bytes, options.encoding).text;
    let cells = sheet.grid.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.text.as_str());
    let (written, read) = (letters([text.as_str()].into_iter()), letters(cells));
    assert!(written == read, "{:?}\nwritten {written}\nread    {read}", sheet.dialect);
}

/// What a manifest could state.
fn stated(dice: &mut Dice) -> Options {
    let mut some = |times| dice.one_in(times);
    let [encoding, separator, quote, escape, ends, header, first, last, columns] =
        [6, 2, 4, 4, 8, 3, 4, 6, 6].map(&mut some);
    let (without_totals, all_rows) = (some(3), some(4));
    let text = |texts: &[&str], dice: &mut Dice| dice.pick(texts).to_string();
    let row = |dice: &mut Dice| 1 + dice.below(6) as u64;
    let place = Place {
        header: header.then(|| {
            let from = row(dice);
            (!dice.one_in(4)).then_some((from, from + dice.below(3) as u64))
        }),
        first: first.then(|| row(dice)),
        last: last.then(|| row(dice) + 2),
        columns: columns.then(|| {
            let from = 1 + dice.below(3) as u32;
            (from, from + dice.below(4) as u32)
        }),
        without_totals,
        all_rows,
        several: false,
    };
    let text = Stated {
        separator: separator.then(|| text(&[",", ";", "\t", "|", ", ", "::", " ", "#", "\u{a6}", "и"], dice)),
        quote: quote.then(|| dice.pick(&[None, Some('"'), Some('\''), Some('«'), Some('~')])),
        escape: escape.then(|| dice.pick(&[None, Some('\\'), Some('/'), Some('"')])),
        ends: ends.then(|| {
            let sign = dice.pick(&["\u{1e}", "|", "\n\n", ";"]);
            dice.pick(&[Ends::LineFeed, Ends::CarriageReturn, Ends::Text(sign.to_string())])
        }),
        inside: None,
    };
    let encoding = encoding.then(|| dice.pick(&Encoding::EACH));
    Options { encoding, text, place, limits: limits(), ..Options::default() }
}
