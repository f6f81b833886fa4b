//! How sure a list is as a page: what was tried, what part of each list stays, who would move, and why.
//!
//! Lays out what was found; tries nothing itself.

mod causes;
mod effects;

use super::linked::{Explained, Pages, bare, cell};
use super::list::Judgement;
use super::page::{Block, Header, Page, Piece, Section, Strip, Table, Tone, Tornado};
use crate::decision::Verdict;
use crate::diagnostic::Argument;
use crate::messages::{Precision, Speaker};
use crate::number::Number;
use crate::number::rounding::{Rounding, round_to_scale};
use crate::stability::{Kind, List, Question, School, Stability, Standing, What};
use crate::value::Unit;

pub use effects::Effect;

/// Bars of one picture.
const MOST_BARS: usize = 24;
/// Rows of one table of perturbations.
const MOST_EFFECTS: usize = 60;
/// Schools of one table.
const MOST_SCHOOLS: usize = 500;
/// Schools named in one cell.
const MOST_NAMED: usize = 6;
/// Schools are counted by tenths of stability.
const BANDS: i64 = 10;

/// A run with everything that was tried.
#[derive(Debug, Clone, Copy)]
pub struct Sureness<'a> {
    pub judgement: &'a Judgement<'a>,
    pub question: &'a Question,
    pub stability: &'a Stability,
    pub explained: Explained<'a>,
}

/// Who is explained by the rules as they are: every school that the page names.
pub fn pages(judgement: &Judgement<'_>, stability: &Stability, folder: String) -> Pages {
    let mut pages = Pages::new([folder]);
    let mut add = |row: usize| pages.add(0, row, &super::list::code(judgement, row));
    // the most fragile of every list before those that others lean on
    for list in &stability.lists {
        list.fragile().iter().for_each(|school| add(school.row));
    }
    for common in stability.common.iter().filter(|common| common.moves.iter().any(|moves| !moves.is_empty())) {
        if let What::School(row) = common.what {
            add(usize::try_from(row).unwrap_or(usize::MAX));
        }
    }
    pages
}

pub(super) fn text(text: impl Into<String>) -> Argument {
    Argument::Text(text.into())
}

pub(super) fn count(value: usize) -> Argument {
    Argument::Count(i64::try_from(value).unwrap_or(i64::MAX))
}

pub(super) fn count_of(value: u32) -> Argument {
    Argument::Count(i64::from(value))
}

/// The whole page. `head`: what the rules and the data are.
pub fn page(title: String, head: Vec<Block>, found: &Sureness<'_>, speaker: &Speaker) -> Page {
    let teller = Teller { found, speaker };
    let mut blocks = head;
    blocks.push(plain(speaker.word("stability-what")));
    blocks.push(Block::Table(teller.tried()));
    for (id, problem) in &found.stability.kept {
        let problem = speaker.say(problem.kind.id, &problem.arguments);
        let arguments = [("number", text(teller.number_of(*id))), ("problem", text(problem))];
        blocks.push(plain(speaker.say("stability-kept", &arguments)));
    }
    for (at, list) in found.stability.lists.iter().enumerate() {
        blocks.extend(teller.list(at, list));
    }
    blocks.extend(found.explained.blocks(speaker.word("stability-linked"), speaker));
    let title = speaker.say("stability-title", &[("rules", text(title))]);
    Page { title, language: speaker.language(), blocks }
}

/// The id of the name of a kind.
pub fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Rounding => "stability-rounding",
        Kind::Missing => "stability-missing",
        Kind::Ties => "stability-ties",
        Kind::Small => "stability-small",
        Kind::Error => "stability-error",
        Kind::Draws => "stability-draws",
        Kind::Criteria => "stability-criteria",
        Kind::Years => "stability-years",
        Kind::Schools => "stability-schools",
    }
}

/// Says what was found in one language.
#[derive(Clone, Copy)]
pub struct Teller<'a> {
    pub found: &'a Sureness<'a>,
    pub speaker: &'a Speaker,
}

impl std::fmt::Debug for Teller<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Teller").field("found", &self.found).finish_non_exhaustive()
    }
}

impl Teller<'_> {
    fn say(&self, id: &'static str, arguments: &[(&str, Argument)]) -> String {
        self.speaker.say(id, arguments)
    }

    /// A part of a whole in per cent.
    pub fn part(&self, part: &Number) -> String {
        // what is nearly all is not shown as all
        self.speaker.quantity(part, &Unit::Percent, Precision::Against(&Number::one()))
    }

    /// The kinds that were asked for.
    fn tried(&self) -> Table {
        let headers = ["stability-head-kind", "stability-head-difference", "stability-head-count"];
        let headers = headers.map(|id| Header::text(self.speaker.word(id))).to_vec();
        let stability = self.found.stability;
        let row = |found: &crate::stability::KindFound| {
            let cells = [self.speaker.word(kind_word(found.kind)), self.about(found.kind)];
            let mut cells: Vec<Piece> = cells.into_iter().map(Piece::plain).collect();
            let tone = if found.standing.counts() { Tone::Plain } else { Tone::Faint };
            cells.push(Piece::new(self.standing(found.kind, &found.standing), tone));
            cells
        };
        let rows = stability.kinds.iter().map(row).collect();
        Table { title: self.speaker.word("stability-tried"), headers, rows }
    }

    /// What is different in perturbations of a kind.
    fn about(&self, kind: Kind) -> String {
        let all: Vec<usize> = (0..self.found.question.errors.len()).collect();
        let errors = if all.is_empty() { "none".to_owned() } else { self.errors(&all) };
        match kind {
            Kind::Rounding => self.speaker.word("stability-about-rounding"),
            Kind::Missing => self.speaker.word("stability-about-missing"),
            Kind::Ties => self.speaker.word("stability-about-ties"),
            Kind::Small => {
                let small = self.found.stability.small.unwrap_or(0);
                self.say("stability-about-small", &[("small", count_of(small))])
            }
            Kind::Error => self.say("stability-about-error", &[("errors", text(errors))]),
            Kind::Draws => {
                let seed = text(self.found.stability.seed.to_string());
                self.say("stability-about-draws", &[("errors", text(errors)), ("seed", seed)])
            }
            Kind::Criteria => self.speaker.word("stability-about-criteria"),
            Kind::Years => self.speaker.word("stability-about-years"),
            Kind::Schools => self.speaker.word("stability-about-schools"),
        }
    }

    /// How many perturbations of a kind there were, or why none.
    fn standing(&self, kind: Kind, standing: &Standing) -> String {
        let stability = self.found.stability;
        match standing {
            Standing::Some { tried, of } => {
                self.say("stability-standing-some", &[("tried", count(*tried)), ("of", count(*of))])
            }
            Standing::Apart => self.speaker.word("stability-standing-apart"),
            Standing::Nothing => self.speaker.word("stability-standing-nothing"),
            Standing::NotStated => match kind {
                Kind::Error => self.speaker.word("stability-standing-no-error"),
                Kind::Draws => self.speaker.word("stability-standing-no-draws"),
                _ => self.speaker.word("stability-standing-not-stated"),
            },
            Standing::TooMuch => self.speaker.word("stability-standing-too-much"),
            Standing::Tried => match kind {
                Kind::Ties | Kind::Criteria | Kind::Years | Kind::Schools => {
                    let made = stability.common.iter().filter(|common| common.kind == kind).count();
                    self.say("stability-count-common", &[("count", count(made))])
                }
                Kind::Draws => self.say("stability-count-common", &[("count", count_of(stability.draws))]),
                Kind::Rounding | Kind::Missing | Kind::Small | Kind::Error => {
                    let at = stability.tried().iter().position(|tried| *tried == kind);
                    let tallies = || {
                        let schools = stability.lists.iter().flat_map(|list| &list.schools);
                        schools.filter_map(|school| school.tallies.get(at?)).map(|tally| tally.tried as usize)
                    };
                    let most = tallies().max().unwrap_or(0);
                    self.say("stability-count-own", &[("count", count(most)), ("all", count(tallies().sum()))])
                }
            },
        }
    }

    fn list(&self, at: usize, list: &List) -> Vec<Block> {
        let rules = self.found.judgement.rules;
        let name = rules.categories.get(list.category.index()).map_or("", |category| category.name.as_ref());
        let name = self.say("stability-list", &[("name", text(name))]);
        let kinds = self.found.stability.tried();
        let shares = list.shares(kinds.len());
        let share = part_of(shares.all, shares.listed).map_or_else(String::new, |part| self.part(&part));
        let sure = [("listed", count(shares.listed)), ("all", count(shares.all)), ("share", text(share))];
        let entering = list.schools.iter().filter(|school| !school.listed && !school.is_sure()).count();
        let mut blocks = vec![
            Block::Heading(name.clone()),
            Block::Paragraph(vec![Piece::new(self.say("stability-sure", &sure), Tone::Strong)]),
            plain(self.say("stability-could-enter", &[("count", count(entering))])),
            Block::Table(self.stays(list, &kinds)),
        ];
        let searched = list.schools.iter().filter(|school| school.is_searched()).count();
        if searched > 0 {
            blocks.push(Block::Notice(self.say("stability-searched", &[("count", count(searched))])));
        }
        blocks.extend(self.moved(at, list, &name));
        blocks.extend(self.spread(list, &name));
        blocks.extend(self.fragile(list));
        blocks
    }

    /// What part of the list stays, kind by kind and under everything.
    fn stays(&self, list: &List, kinds: &[Kind]) -> Table {
        let shares = list.shares(kinds.len());
        let mut headers = vec![Header::text(self.speaker.word("stability-head-kind"))];
        let numbers = ["stability-head-stays", "stability-head-share", "stability-head-leave", "stability-head-enter"];
        headers.extend(numbers.map(|id| Header::number(self.speaker.word(id))));
        let row = |name: String, stays: usize, entering: usize, tone: Tone| {
            let share = part_of(stays, shares.listed).map_or_else(|| "–".to_owned(), |part| self.part(&part));
            let mut cells = vec![Piece::new(name, tone), Piece::new(stays.to_string(), tone), Piece::new(share, tone)];
            cells.extend([shares.listed - stays, entering].map(number));
            cells
        };
        let entering = |turned: &dyn Fn(&School) -> bool| {
            list.schools.iter().filter(|school| !school.listed && turned(school)).count()
        };
        let mut rows: Vec<Vec<Piece>> = kinds
            .iter()
            .enumerate()
            .map(|(at, kind)| {
                let stays = shares.each.get(at).copied().unwrap_or(0);
                let turned = |school: &School| school.tallies.get(at).is_some_and(|tally| !tally.is_whole());
                row(self.speaker.word(kind_word(*kind)), stays, entering(&turned), Tone::Plain)
            })
            .collect();
        let all = entering(&|school| !school.is_sure());
        rows.push(row(self.speaker.word("stability-all-kinds"), shares.all, all, Tone::Strong));
        Table { title: self.speaker.word("stability-stays"), headers, rows }
    }

    /// Who would leave and enter, perturbation by perturbation: a picture and a table.
    fn moved(&self, at: usize, list: &List, name: &str) -> Vec<Block> {
        let effects = self.effects(at, list);
        let moving: Vec<&Effect> = effects.iter().filter(|effect| effect.moved() > 0).collect();
        let still = effects.iter().filter(|effect| effect.moved() == 0 && effect.common.is_some()).count();
        let mut blocks = Vec::new();
        if !moving.is_empty() {
            let most = moving.iter().flat_map(|effect| [effect.left.len(), effect.entered.len()]).max().unwrap_or(0);
            let bar = |effect: &&Effect| (bare(&effect.said), effect.left.len(), effect.entered.len());
            blocks.push(Block::Tornado(Tornado {
                title: self.say("stability-tornado", &[("list", text(name))]),
                description: self.say("stability-tornado-description", &[("most", count(most))]),
                sides: ["stability-tornado-left", "stability-tornado-right"].map(|id| self.speaker.word(id)),
                bars: moving.iter().take(MOST_BARS).map(bar).collect(),
            }));
            let mut headers = vec![Header::text(self.speaker.word("stability-head-perturbation"))];
            headers.extend(
                ["stability-head-left", "stability-head-entered"].map(|id| Header::number(self.speaker.word(id))),
            );
            headers.push(Header::text(self.speaker.word("stability-head-who")));
            let row = |effect: &&Effect| {
                let left = effect.left.iter().map(|row| format!("−{}", self.code(*row)));
                let named: Vec<String> = left
                    .chain(effect.entered.iter().map(|row| format!("+{}", self.code(*row))))
                    .take(MOST_NAMED)
                    .collect();
                let who = self.some(named, effect.moved());
                vec![
                    cell(&effect.said, Tone::Plain),
                    number(effect.left.len()),
                    number(effect.entered.len()),
                    cell(&who, Tone::Plain),
                ]
            };
            let rows = moving.iter().take(MOST_EFFECTS).map(row).collect();
            blocks.push(Block::Table(Table { title: self.speaker.word("stability-effects"), headers, rows }));
            let more = moving.len().saturating_sub(MOST_EFFECTS);
            if more > 0 {
                blocks.push(Block::Notice(self.say("stability-effects-more", &[("count", count(more))])));
            }
        }
        if still > 0 {
            blocks.push(plain(self.say("stability-effects-none", &[("count", count(still))])));
        }
        blocks
    }

    /// How sure the schools on the list are: a picture and a table.
    fn spread(&self, list: &List, name: &str) -> Vec<Block> {
        let mut listed: Vec<(Number, usize)> =
            list.schools.iter().filter(|school| school.listed).map(|school| (school.figure(), school.row)).collect();
        listed.sort();
        let (Some((least, _)), Some((most, _))) = (listed.first(), listed.last()) else { return Vec::new() };
        let sure = list.schools.iter().filter(|school| school.listed && school.is_sure()).count();
        let arguments = [
            ("count", count(listed.len())),
            ("least", text(self.part(least))),
            ("most", text(self.part(most))),
            ("sure", count(sure)),
        ];
        let height = |figure: &Number| {
            let scaled = figure.multiply(&Number::from_integer(i64::from(Strip::HEIGHT)));
            let height = u32::try_from(round_to_scale(&scaled, 0, Rounding::HalfUp)).unwrap_or(0).min(Strip::HEIGHT);
            // what is nearly whole is not drawn as whole
            if *figure < Number::one() { height.min(Strip::HEIGHT - 1) } else { height }
        };
        let bars = listed
            .iter()
            .map(|(figure, row)| (format!("{}: {}", bare(&self.code(*row)), self.part(figure)), height(figure)));
        let strip = Strip {
            title: self.say("stability-strip", &[("list", text(name))]),
            description: self.say("stability-strip-description", &arguments),
            bars: bars.collect(),
            ends: [Number::zero(), Number::one()].map(|end| self.part(&end)),
        };
        vec![Block::Strip(strip), Block::Table(self.bands(&listed))]
    }

    fn bands(&self, listed: &[(Number, usize)]) -> Table {
        let tenth = |at: i64| Number::ratio(i128::from(at), i128::from(BANDS)).unwrap_or_else(Number::zero);
        let mut rows = Vec::new();
        let whole = listed.iter().filter(|(figure, _)| *figure >= Number::one()).count();
        rows.push(vec![Piece::plain(self.speaker.word("stability-band-whole")), number(whole)]);
        for at in (0..BANDS).rev() {
            let (from, to) = (tenth(at), tenth(at + 1));
            let found = listed.iter().filter(|(figure, _)| *figure >= from && *figure < to).count();
            if found > 0 {
                let ends = [("from", text(self.part(&from))), ("to", text(self.part(&to)))];
                rows.push(vec![Piece::plain(self.say("stability-band", &ends)), number(found)]);
            }
        }
        let headers = vec![
            Header::text(self.speaker.word("stability-head-figure")),
            Header::number(self.speaker.word("stability-head-schools")),
        ];
        Table { title: self.speaker.word("stability-spread"), headers, rows }
    }

    /// The decisions that something turns.
    fn fragile(&self, list: &List) -> Vec<Block> {
        let fragile = list.fragile();
        if fragile.is_empty() {
            return vec![plain(self.speaker.word("stability-fragile-none"))];
        }
        let mut headers: Vec<Header> =
            ["stability-head-school", "stability-head-now"].map(|id| Header::text(self.speaker.word(id))).to_vec();
        headers.push(Header::number(self.speaker.word("stability-head-figure")));
        headers.push(Header::text(self.speaker.word("stability-head-reasons")));
        let row = |school: &&School| {
            let (now, tone) = match (school.listed, school.verdict) {
                (true, _) => ("stability-now-listed", Tone::Met),
                (false, Verdict::Undetermined(_)) => ("stability-now-open", Tone::Open),
                (false, _) => ("stability-now-beside", Tone::Plain),
            };
            vec![
                cell(&self.code(school.row), Tone::Plain),
                Piece::new(self.speaker.word(now), tone),
                Piece::plain(self.part(&school.figure())),
                cell(&self.causes(school).join("; "), Tone::Plain),
            ]
        };
        let rows = fragile.iter().take(MOST_SCHOOLS).map(row).collect();
        let table = Table { title: String::new(), headers, rows };
        let mut blocks = vec![Block::Table(table)];
        let more = fragile.len().saturating_sub(MOST_SCHOOLS);
        if more > 0 {
            blocks.push(Block::Notice(self.say("stability-fragile-more", &[("count", count(more))])));
        }
        let title = vec![Piece::plain(self.speaker.word("stability-fragile"))];
        vec![Block::Section(Section { title, blocks })]
    }
}

fn plain(said: String) -> Block {
    Block::Paragraph(vec![Piece::plain(said)])
}

fn number(value: usize) -> Piece {
    Piece::new(value.to_string(), if value == 0 { Tone::Faint } else { Tone::Plain })
}

/// `None`: there is no whole.
pub fn part_of(part: usize, whole: usize) -> Option<Number> {
    Number::ratio(i128::try_from(part).ok()?, i128::try_from(whole).ok()?)
}
