//! What a change of a list is made up of, in words and tables: rules, data, and others who moved.
//!
//! Lays out effects; computes none.

use super::page::{Block, Header, Piece, Table, Tone};
use crate::compare::effects::{Effects, Factor, Obstacle, Splitting, Totals};
use crate::compare::{CategoryComparison, Mover, Way};
use crate::diagnostic::Argument;
use crate::messages::Speaker;
use crate::number::Number;
use crate::number::rounding::{Rounding, round_to_scale};

fn count(value: usize) -> Argument {
    Argument::Count(i64::try_from(value).unwrap_or(i64::MAX))
}

fn word(factor: Factor, speaker: &Speaker) -> String {
    match factor {
        Factor::OwnRules => speaker.word("effect-rules"),
        Factor::OthersRules => speaker.word("effect-others-rules"),
        Factor::OwnData => speaker.word("effect-data"),
        Factor::OthersData => speaker.word("effect-others-data"),
    }
}

/// `+1`, `−1/2`, `+12 1/3`, `0`: exactly.
fn signed(number: &Number) -> String {
    let size = number.absolute();
    let whole = round_to_scale(&size, 0, Rounding::Down);
    let rest = Number::quotient(whole.clone(), 1.into()).map_or_else(Number::zero, |whole| size.subtract(&whole));
    let sign = match number {
        number if number.is_zero() => "",
        number if number.is_negative() => "\u{2212}",
        _ => "+",
    };
    match (rest.is_zero(), whole == 0.into()) {
        (true, _) => format!("{sign}{whole}"),
        (false, true) => format!("{sign}{}", rest.as_big()),
        (false, false) => format!("{sign}{whole}\u{a0}{}", rest.as_big()),
    }
}

/// Why nothing is split, where it is not.
pub(super) fn notice(splitting: &Splitting, speaker: &Speaker) -> Option<Block> {
    let said = match splitting {
        Splitting::Open | Splitting::Done => return None,
        Splitting::TooMuch { schools, movers } => {
            speaker.say("effect-too-much", &[("schools", count(*schools)), ("movers", count(*movers))])
        }
        Splitting::Impossible(Obstacle::Tables) => speaker.word("effect-no-tables"),
        Splitting::Impossible(Obstacle::Columns) => speaker.word("effect-no-columns"),
        Splitting::Impossible(Obstacle::Evaluation) => speaker.word("effect-no-evaluation"),
    };
    Some(Block::Notice(said))
}

/// What the change of a list is made up of; nothing where nobody entered or left, or nothing is split.
pub(super) fn totals(category: &CategoryComparison, speaker: &Speaker) -> Vec<Block> {
    let moved = category.movers.iter().any(|mover| mover.listed.0 != mover.listed.1);
    if !moved || category.movers.iter().all(|mover| mover.effects.is_none()) {
        return Vec::new();
    }
    let totals = Totals::of(category);
    let all = totals.all();
    let stayed = !totals.stayed.is_nothing();
    let mut columns: Vec<(String, &Effects)> = vec![
        (speaker.word("compare-head-entered"), &totals.entered),
        (speaker.word("compare-head-left"), &totals.left),
    ];
    columns.extend(stayed.then(|| (speaker.word("effect-head-stayed"), &totals.stayed)));
    columns.push((speaker.word("effect-all"), &all));
    let mut headers = vec![Header::text(speaker.word("effect-head"))];
    headers.extend(columns.iter().map(|(head, _)| Header::number(head.clone())));
    let cell = |number: &Number| Piece::new(signed(number), if number.is_zero() { Tone::Faint } else { Tone::Plain });
    let row = |factor: Factor| {
        let parts: Vec<Number> = columns.iter().map(|(_, effects)| effects.part(factor)).collect();
        let used = parts.iter().any(|part| !part.is_zero());
        used.then(|| [Piece::plain(word(factor, speaker))].into_iter().chain(parts.iter().map(cell)).collect())
    };
    let mut rows: Vec<Vec<Piece>> = Factor::EACH.into_iter().filter_map(row).collect();
    let sums = columns.iter().map(|(_, effects)| Piece::new(signed(&effects.sum()), Tone::Strong));
    rows.push([Piece::new(speaker.word("effect-all"), Tone::Strong)].into_iter().chain(sums).collect());
    let mut blocks = vec![Block::Table(Table { title: speaker.word("effect-title"), headers, rows })];
    let displaced = [Factor::OthersRules, Factor::OthersData];
    if columns.iter().any(|(_, effects)| displaced.iter().any(|factor| !effects.part(*factor).is_zero())) {
        blocks.push(Block::Paragraph(vec![Piece::new(speaker.word("effect-displacement"), Tone::Faint)]));
    }
    blocks
}

/// The head of the column of [`cell`]; `None`: nothing is split, or nothing has an effect on any of them.
pub(super) fn header(movers: &[&Mover], splitting: &Splitting, speaker: &Speaker) -> Option<Header> {
    let any = movers.iter().any(|mover| !cell(mover, speaker).text.is_empty());
    (*splitting == Splitting::Done && any).then(|| Header::text(speaker.word("effect-head-school")))
}

/// The effects on one school, those that are not 0; where only the decision became open or clear, on that.
pub(super) fn cell(mover: &Mover, speaker: &Speaker) -> Piece {
    let Some(split) = &mover.effects else { return Piece::plain("") };
    let said = match mover.way() {
        Way::Opened | Way::Settled => {
            let list = listed(&split.undetermined, speaker);
            if list.is_empty() {
                return Piece::plain(list);
            }
            speaker.say("effect-undetermined", &[("list", Argument::Text(list))])
        }
        _ => listed(&split.listed, speaker),
    };
    Piece::plain(said)
}

fn listed(effects: &Effects, speaker: &Speaker) -> String {
    let parts = Factor::EACH.map(|factor| (factor, effects.part(factor)));
    let parts = parts.iter().filter(|(_, part)| !part.is_zero());
    parts.map(|(factor, part)| format!("{} {}", word(*factor, speaker), signed(part))).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::signed;
    use crate::number::Number;

    #[test]
    fn numbers_are_said_exactly_with_their_sign() {
        let said = |n, d| signed(&Number::ratio(n, d).unwrap());
        assert_eq!([said(1, 1), said(-1, 2), said(0, 1)], ["+1", "−1/2", "0"]);
        assert_eq!([said(37, 3), said(-25, 12)], ["+12\u{a0}1/3", "−2\u{a0}1/12"]);
    }
}
