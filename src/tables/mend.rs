//! Records that do not have as many fields as the others, or whose quotation marks do not fit: what was meant, as far as the other
//! records of the same text tell.
//!
//! Of all ways to read a line the one with the least cost is taken: each irregularity has a price, and a field costs as much as it is
//! strange in its column. Every mending is told; what cannot be mended at a fair price stays as it is written.

mod effort;
mod ways;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

pub use effort::Effort;
use ways::{State, Way, Ways};

use super::profile::{Look, Profile};
use super::records::Dialect;

/// What was irregular.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Flaw {
    /// A separator that a text holds without quotation marks.
    Unquoted,
    /// A separator too many.
    Extra,
    /// A separator too few.
    Lacking,
    /// A quotation mark that is a part of the text.
    Mark,
    /// Another separator than in the other records.
    OtherSeparator,
    /// Fields at the end that are not there.
    Short,
    /// A line break in a text without quotation marks.
    Break,
}

/// A record as it was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    pub fields: Vec<(String, bool)>,
    pub flaws: Vec<Flaw>,
    pub cost: u32,
}

/// Prices in thousandths.
const UNQUOTED: u32 = 2500;
const UNQUOTED_MORE: u32 = 400;
/// The same where the separator is a space.
const UNQUOTED_SPACE: u32 = 1200;
const UNQUOTED_SPACE_MORE: u32 = 150;
const EXTRA: u32 = 3000;
/// The same behind the last field.
const EXTRA_LAST: u32 = 700;
/// A line break within quotation marks, where the column has others and where it has none.
const BREAK: u32 = 300;
const BREAK_STRANGE: u32 = 2000;
/// A line break without quotation marks.
const BREAK_BARE: u32 = 3200;
/// A space before a text, where the column has none.
const SPACED: u32 = 900;
/// Another separator in the place of one.
const OTHER_ONCE: u32 = 3000;
const LACKING: u32 = 3600;
/// The same before a text in marks that ends as it should.
const LACKING_AT_MARK: u32 = 2000;
const MARK_FIRST: u32 = 2500;
const MARK_LAST: u32 = 1500;
const MARK_INSIDE: u32 = 500;
const MARK_IN_QUOTES: u32 = 1100;
/// A mark with a separator behind it that does not end the text.
const MARK_PASSED: u32 = 3300;
/// A pair of marks that is taken apart.
const PAIR_APART: u32 = 100;
const OTHER_SEPARATOR: u32 = 3000;
const SHORT: u32 = 900;
/// The same in the last record above the body, which has a name for every column.
const SHORT_HEADER: u32 = 4000;
/// Beyond this a record is not mended.
pub const DEAREST: u32 = 11_000;
/// A way that costs more is not followed: another separator may not make it up.
const TOO_DEAR: u32 = DEAREST + 4000;
/// Texts with this many separators are joined at most.
const MOST_JOINED: usize = 16;
/// Fewer records do not say where a value ends that has no separator behind it.
const LEAST_TO_PART: u32 = 4;
/// Longer records stay as they are.
const LONGEST: usize = 32 * 1024;

/// Separators that a single record may have instead of its own.
const OTHERS: &[&str] = &[" ", ";", ",", "\t", "|"];

/// What is known of the place of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Body,
    /// Above the body: its cells need not look like those of their columns.
    Above,
    /// The last above the body: it may have another separator as well.
    LastAbove,
}

/// Mends one record.
///
/// `text` is one line, or several where a text in quotation marks goes on; `bare`: lines that were joined without marks.
pub fn mend(text: &str, dialect: &Dialect, columns: &[Profile], standing: Standing, effort: &Effort) -> Option<Mended> {
    if text.len() > LONGEST || columns.len() < 2 {
        return None;
    }
    let splits = columns.len() <= 64;
    let own = Search { dialect, columns, standing, text, splits, effort, looks: RefCell::default() }.best();
    let others = OTHERS
        .iter()
        .filter(|other| {
            // a space parts words wherever another separator does not
            let heading = standing == Standing::Above || **other == " " && has_outside(text, dialect);
            !heading && **other != dialect.separator && text.contains(**other)
        })
        .filter_map(|other| {
            let dialect = Dialect { separator: (*other).to_string(), ..dialect.clone() };
            // a record in another way is complete
            let looks = RefCell::default();
            let search = Search { dialect: &dialect, columns, standing, text, splits: false, effort, looks };
            let mut mended = search.best()?;
            if mended.flaws.contains(&Flaw::Short) || mended.flaws.contains(&Flaw::Extra) {
                return None;
            }
            mended.cost = mended.cost.saturating_add(OTHER_SEPARATOR);
            mended.flaws.push(Flaw::OtherSeparator);
            Some(mended)
        });
    let mut best = own.into_iter().chain(others).min_by_key(|mended| mended.cost)?;
    best.flaws.sort();
    best.flaws.dedup();
    // not all ways were tried: who knows what the best one is
    (best.cost <= DEAREST && !effort.is_over()).then_some(best)
}

/// Whether a separator stands outside quotation marks.
fn has_outside(text: &str, dialect: &Dialect) -> bool {
    let Some(quote) = dialect.quote else {
        return text.contains(&dialect.separator);
    };
    text.split(quote).step_by(2).any(|outside| outside.contains(&dialect.separator))
}

struct Search<'a> {
    dialect: &'a Dialect,
    columns: &'a [Profile],
    standing: Standing,
    text: &'a str,
    /// A separator may be lacking.
    splits: bool,
    effort: &'a Effort,
    /// What pieces of the text look like, by their first byte and their length: each is looked at in several columns.
    looks: RefCell<HashMap<(usize, usize), Rc<Look>>>,
}

/// A field that could begin at a byte: its text, whether in quotation marks, where the next one begins, whether the text ends there.
struct Step<'a> {
    text: Cow<'a, str>,
    quoted: bool,
    next: usize,
    last: bool,
    cost: u32,
    flaw: Option<Flaw>,
    split: bool,
}

impl<'a> Search<'a> {
    fn best(&self) -> Option<Mended> {
        let width = self.columns.len();
        let separators = self.text.matches(&self.dialect.separator).count();
        // a separator is lacking only where there are too few
        let may_split = self.splits && separators + 1 < width + 8;
        // and none is too many there
        let may_pass = separators + 1 > width;
        let mut ways = Ways::new(width);
        let end = self.text.len() + 1;
        // a place behind the end of the text is one where nothing more comes
        for column in 0..=width {
            let mut open = ways.open(column, end);
            let mut position = 0;
            while let Some(state) = open.get(position).copied() {
                position += 1;
                let Some(cost) = ways.get(state).map(|way| way.cost).filter(|cost| *cost <= TOO_DEAR) else {
                    continue;
                };
                if let Some(next) = self.empty_field(state.0).filter(|_| may_pass || column == width) {
                    let target = (next, column, state.2);
                    let total = cost.saturating_add(if column == width { EXTRA_LAST } else { EXTRA });
                    if ways.better(target, total) {
                        // all that are known lie open
                        if next < end && ways.get(target).is_none() {
                            open.push(target);
                        }
                        ways.insert(target, Way { cost: total, from: Some((state, None)), flaws: vec![Flaw::Extra] });
                    }
                }
                let Some(profile) = self.columns.get(column) else {
                    continue;
                };
                if self.effort.is_over() {
                    return None;
                }
                for step in self.steps(state, column, profile, may_split && !state.2) {
                    let next = if step.last { end } else { step.next };
                    let target = (next, column + 1, state.2 || step.split);
                    // however usual its field is, it is no cheapest way
                    let least = cost.saturating_add(step.cost);
                    let total = match least {
                        least if least > TOO_DEAR => least,
                        least if !ways.better(target, least) => continue,
                        least => least.saturating_add(self.strange(profile, &step)),
                    };
                    if total > TOO_DEAR {
                        ways.reach(target);
                    } else if ways.better(target, total) {
                        let bare = !step.quoted && step.text.contains('\n');
                        let lacking = step.split && step.flaw != Some(Flaw::OtherSeparator);
                        let more = lacking.then_some(Flaw::Lacking).into_iter().chain(bare.then_some(Flaw::Break));
                        let flaws = step.flaw.into_iter().chain(more).collect();
                        let from = Some((state, Some((step.text.into_owned(), step.quoted))));
                        ways.insert(target, Way { cost: total, from, flaws });
                    }
                }
            }
        }
        self.finish(&ways, end, width)
    }

    fn heading(&self) -> bool {
        self.standing != Standing::Body
    }

    /// How strange a field is in its column, marks that are a part of it not counted.
    fn strange(&self, profile: &Profile, step: &Step) -> u32 {
        if self.heading() {
            return 0;
        }
        let breaks = u32::try_from(step.text.matches('\n').count()).unwrap_or(u32::MAX);
        let bare = breaks > 0 && !step.quoted;
        let price = match (bare, profile.broken) {
            (true, _) => BREAK_BARE,
            (false, 0) => BREAK_STRANGE,
            _ => BREAK,
        };
        let spaced = if step.text.starts_with(' ') && profile.spaced == 0 { SPACED } else { 0 };
        self.looks(profile, step).saturating_add(breaks.saturating_mul(price)).saturating_add(spaced)
    }

    fn looks(&self, profile: &Profile, step: &Step) -> u32 {
        match (self.heading(), self.dialect.quote) {
            (true, _) => 0,
            (false, Some(quote)) if step.flaw == Some(Flaw::Mark) => {
                let bare = step.text.replace(quote, "");
                profile
                    .cost(&bare, step.quoted)
                    .min(profile.cost(&bare, !step.quoted))
                    .min(profile.cost(&step.text, step.quoted))
            }
            _ => match &step.text {
                Cow::Borrowed(text) => profile.cost_of(&self.look(text), step.quoted),
                Cow::Owned(text) => profile.cost(text, step.quoted),
            },
        }
    }

    /// What a piece of the text looks like.
    fn look(&self, piece: &str) -> Rc<Look> {
        let place = (piece.as_ptr().addr().wrapping_sub(self.text.as_ptr().addr()), piece.len());
        Rc::clone(self.looks.borrow_mut().entry(place).or_insert_with(|| Rc::new(Look::of(piece))))
    }

    /// The cheapest way that ends with the text; columns that it does not reach are empty.
    fn finish(&self, ways: &Ways, end: usize, width: usize) -> Option<Mended> {
        let mut best: Option<(u32, State)> = None;
        let short = if self.standing == Standing::LastAbove { SHORT_HEADER } else { SHORT };
        for (state, so_far) in ways.at(end) {
            let missing = self.columns.get(state.1..width).unwrap_or(&[]);
            let lacking: u32 = missing
                .iter()
                .map(|p| short + if self.heading() { 0 } else { p.cost("", false) })
                .fold(0, u32::saturating_add);
            let total = so_far.saturating_add(lacking);
            if best.is_none_or(|(cost, known)| (total, state) < (cost, known)) {
                best = Some((total, state));
            }
        }
        let (cost, mut state) = best?;
        let mut flaws = Vec::new();
        if state.1 < width {
            flaws.push(Flaw::Short);
        }
        // from the last field to the first
        let mut fields = Vec::new();
        while let Some(way) = ways.get(state) {
            flaws.extend(way.flaws.iter().copied());
            let Some((before, field)) = &way.from else {
                break;
            };
            fields.extend(field.clone());
            state = *before;
        }
        fields.reverse();
        fields.resize(width, (String::new(), false));
        Some(Mended { fields, flaws, cost })
    }

    /// The byte behind a separator when nothing stands before it.
    fn empty_field(&self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        let body = rest.trim_start_matches(' ');
        let separator = self.dialect.separator.trim_start_matches(' ');
        if separator.is_empty() {
            return rest.starts_with(&self.dialect.separator).then_some(at + self.dialect.separator.len());
        }
        if body.is_empty() {
            return (!rest.is_empty() || at == self.text.len()).then_some(self.text.len() + 1);
        }
        body.starts_with(&self.dialect.separator)
            .then_some(at + (rest.len() - body.len()) + self.dialect.separator.len())
    }

    fn steps(&self, state: State, column: usize, profile: &Profile, split: bool) -> Vec<Step<'a>> {
        let mut steps = Vec::new();
        self.quoted(state.0, split, &mut steps);
        self.plain(state.0, &mut steps);
        if split {
            self.split_at_mark(state.0, &mut steps);
        }
        if split && !self.heading() && profile.rows >= LEAST_TO_PART {
            self.split(state.0, profile, self.columns.get(column + 1), &mut steps);
        }
        steps
    }

    /// Fields in quotation marks: up to every mark with a separator or the end behind it.
    fn quoted(&self, at: usize, split: bool, steps: &mut Vec<Step<'a>>) {
        let Some(quote) = self.dialect.quote else {
            return;
        };
        let rest = self.text.get(at..).unwrap_or("");
        let body = rest.trim_start_matches(' ');
        if !body.starts_with(quote) {
            return;
        }
        let width = quote.len_utf8();
        let open = at + (rest.len() - body.len()) + width;
        let mut irregular = 0;
        let mut mark = open;
        while let Some(found) = self.text.get(mark..).and_then(|rest| rest.find(quote)) {
            let place = mark + found;
            self.effort.spend(place - open);
            if self.effort.is_over() {
                return;
            }
            if self.dialect.is_escaped(self.text, open, place) {
                mark = place + width;
                continue;
            }
            let ends = self.close(open, place, irregular, split, steps);
            let doubled = self.text.get(place + width..).is_some_and(|behind| behind.starts_with(quote));
            if doubled {
                // the first of two marks may be a part of the text, the second its end
                self.close(open, place + width, irregular + MARK_IN_QUOTES, split, steps);
                mark = place + 2 * width;
                continue;
            }
            irregular += if ends { MARK_PASSED } else { MARK_IN_QUOTES };
            if irregular > DEAREST {
                return;
            }
            mark = place + width;
        }
    }

    /// The text in marks that ends with the mark at a byte, if something may end there; whether a separator or the end is behind it.
    fn close(&self, open: usize, place: usize, cost: u32, split: bool, steps: &mut Vec<Step<'a>>) -> bool {
        let width = self.dialect.quote.map_or(1, char::len_utf8);
        let behind = self.text.get(place + width..).unwrap_or("");
        let separator = self.dialect.separator.trim_matches(' ');
        let trimmed = if separator.is_empty() { behind } else { behind.trim_start_matches(' ') };
        let ends = trimmed.is_empty()
            || behind.starts_with(&self.dialect.separator)
            || !separator.is_empty() && trimmed.starts_with(separator);
        let flaw = (cost > 0).then_some(Flaw::Mark);
        if !ends && !split {
            return false;
        }
        let text = self.meant(self.text.get(open..place).unwrap_or(""));
        if ends {
            let skip = if behind.starts_with(&self.dialect.separator) { 0 } else { behind.len() - trimmed.len() };
            let next = place + width + skip + self.separator_at(place + width + skip);
            steps.push(Step { text, quoted: true, next, last: trimmed.is_empty(), cost, flaw, split: false });
        } else {
            let apart = if self.dialect.quote.is_some_and(|q| behind.starts_with(q)) && !text.ends_with('"') {
                PAIR_APART
            } else {
                0
            };
            let cost = cost + LACKING + apart;
            steps.push(Step { text, quoted: true, next: place + width, last: false, cost, flaw, split: true });
        }
        ends
    }

    /// The length of the separator at a byte, perhaps without the spaces that belong to it.
    fn separator_at(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or("");
        let separator = &self.dialect.separator;
        if rest.starts_with(separator.as_str()) {
            separator.len()
        } else {
            separator.trim_end_matches(' ').len().max(1)
        }
    }

    /// Doubled marks once; single ones as they are.
    fn meant(&self, content: &'a str) -> Cow<'a, str> {
        self.dialect.unescaped(content, true)
    }

    /// Fields without quotation marks: up to the next separator and, dearer, up to those behind it.
    fn plain(&self, at: usize, steps: &mut Vec<Step<'a>>) {
        let mut from = at;
        for joined in 0..=MOST_JOINED {
            let Some(rest) = self.text.get(from..) else {
                return;
            };
            let found = rest.find(&self.dialect.separator);
            let end = found.map_or(self.text.len(), |n| from + n);
            let text = self.text.get(at..end).unwrap_or("");
            self.effort.spend(text.len());
            let (marks, flaw) = self.marks(text);
            // without the looks of columns only a space tells that a separator belongs to a text
            if joined > 0 && self.heading() && !self.text.get(from..).is_some_and(|rest| rest.starts_with(' ')) {
                return;
            }
            let (cost, flaw) = match u32::try_from(joined).unwrap_or(u32::MAX) {
                0 => (marks, flaw),
                n => {
                    let space = self.dialect.separator == " ";
                    let (one, more) =
                        if space { (UNQUOTED_SPACE, UNQUOTED_SPACE_MORE) } else { (UNQUOTED, UNQUOTED_MORE) };
                    // nothing before the first or behind the last separator: there is one too many
                    let loose = text.starts_with(&self.dialect.separator) || text.ends_with(&self.dialect.separator);
                    (marks + one + (n - 1) * more + if loose { EXTRA } else { 0 }, Some(Flaw::Unquoted))
                }
            };
            let text = self.dialect.unescaped(text, false);
            let next = end + self.dialect.separator.len();
            steps.push(Step { text, quoted: false, next, last: found.is_none(), cost, flaw, split: false });
            if found.is_none() {
                return;
            }
            from = next;
        }
    }

    fn marks(&self, text: &str) -> (u32, Option<Flaw>) {
        let Some(quote) = self.dialect.quote else {
            return (0, None);
        };
        let inside = u32::try_from(text.matches(quote).count()).unwrap_or(u32::MAX);
        if inside == 0 {
            return (0, None);
        }
        let first = text.trim_start().starts_with(quote);
        let last = text.trim_end().ends_with(quote);
        // an apostrophe within a word is no quotation mark
        let price = if quote == '\'' && !first { 0 } else { MARK_INSIDE };
        let edge = if first { MARK_FIRST } else { 0 } + if last && price > 0 { MARK_LAST } else { 0 };
        let cost = inside.saturating_mul(price).saturating_add(edge);
        // marks in pairs inside a plain text are read so by everybody
        let plain = !first && inside % 2 == 0;
        (cost, (cost > 0 && !plain).then_some(Flaw::Mark))
    }

    /// Fields that end where a separator is lacking: where the look of the text changes, or where the lengths of this column or the next
    /// one say.
    fn split(&self, at: usize, profile: &Profile, next: Option<&Profile>, steps: &mut Vec<Step<'a>>) {
        let rest = self.text.get(at..).unwrap_or("");
        let end = rest.find(&self.dialect.separator).unwrap_or(rest.len());
        let field = rest.get(..end).unwrap_or("");
        if self.dialect.quote.is_some_and(|quote| field.trim_start().starts_with(quote)) {
            return;
        }
        let places: Vec<usize> = field.char_indices().map(|(at, _)| at).skip(1).collect();
        let all = places.len() + 1;
        let mut ends: Vec<usize> =
            profile.lengths().iter().filter_map(|n| places.get(n.checked_sub(1)?).copied()).collect();
        if let Some(next) = next {
            ends.extend(next.lengths().iter().filter_map(|n| places.get(all.checked_sub(*n + 1)?).copied()));
        }
        let mut before = None;
        for (place, letter) in field.char_indices() {
            let class = super::shape::class(letter);
            if place > 0 && before.is_some_and(|b: char| b != class) {
                ends.push(place);
            }
            before = Some(class);
        }
        ends.retain(|end| self.may_part(field, *end, profile, next));
        self.other_once(at, field, steps);
        ends.sort_unstable();
        ends.dedup();
        for end in ends.into_iter().filter(|end| *end > 0 && *end < field.len()) {
            let text = field.get(..end).unwrap_or("");
            self.effort.spend(text.len());
            let (marks, flaw) = self.marks(text);
            let text = self.dialect.unescaped(text, false);
            steps.push(Step {
                text,
                quoted: false,
                next: at + end,
                last: false,
                cost: LACKING + marks,
                flaw,
                split: true,
            });
        }
    }
}

impl<'a> Search<'a> {
    /// Two values stand side by side: no space at their ends, and a run of digits or letters is parted only where nearly all cells of this
    /// column or the next one have the very pattern that results.
    fn may_part(&self, field: &str, end: usize, profile: &Profile, next: Option<&Profile>) -> bool {
        let (left, right) = field.split_at_checked(end).unwrap_or((field, ""));
        if left.ends_with([' ', '\u{a0}', ',', '.'])
            || right.starts_with([' ', '\u{a0}', ',', '.'])
            || left.is_empty()
            || right.is_empty()
        {
            return false;
        }
        let class = |c: Option<char>| c.map(super::shape::class).map(|c| c.to_ascii_lowercase());
        let inside = class(left.chars().next_back()) == class(right.chars().next());
        !inside || profile.exact_share(left) >= 80 || next.is_some_and(|next| next.exact_share(right) >= 80)
    }

    /// A field that ends where a text in marks begins which has a separator or the end behind it.
    fn split_at_mark(&self, at: usize, steps: &mut Vec<Step<'a>>) {
        let Some(quote) = self.dialect.quote else {
            return;
        };
        let rest = self.text.get(at..).unwrap_or("");
        let end = rest.find(&self.dialect.separator).unwrap_or(rest.len());
        let field = rest.get(..end).unwrap_or("");
        let Some(mark) = field.find(quote).filter(|mark| *mark > 0) else {
            return;
        };
        let text = field.get(..mark).unwrap_or("");
        let whole = self.dialect.piece(self.text, at + mark, self.text.len());
        if text.trim_end().len() == text.len() && whole.field.quoted && !whole.stray {
            let (text, next) = (Cow::Borrowed(text), at + mark);
            let cost = LACKING_AT_MARK;
            steps.push(Step { text, quoted: false, next, last: false, cost, flaw: None, split: true });
        }
    }

    /// Another separator stands once in the place of one.
    fn other_once(&self, at: usize, field: &'a str, steps: &mut Vec<Step<'a>>) {
        for (end, sign) in field.char_indices().filter(|(_, c)| ",;\t|".contains(*c)) {
            self.effort.spend(end);
            let text = Cow::Borrowed(field.get(..end).unwrap_or(""));
            let next = at + end + sign.len_utf8();
            steps.push(Step {
                text,
                quoted: false,
                next,
                last: false,
                cost: OTHER_ONCE,
                flaw: Some(Flaw::OtherSeparator),
                split: true,
            });
        }
    }
}
