//! What the cells of a column have in common, and how strange a text would be there.
//!
//! Costs are thousandths of the negative natural logarithm of a frequency, whole numbers: the same on every machine.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::shape::{Shape, coarse, pattern, shape};

/// Different values, patterns that are counted; beyond that a column is free text.
const MOST_KINDS: usize = 4096;
/// A text is never stranger than this.
pub const STRANGEST: u32 = 4000;

/// What was seen in one column.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    pub rows: u32,
    pub shapes: HashMap<Shape, u32>,
    patterns: HashMap<String, u32>,
    coarse: HashMap<String, u32>,
    quoted: u32,
    /// Cells with a line break, and with a space in front.
    pub broken: u32,
    pub spaced: u32,
    /// Sum of the costs of the cells that were seen: what is usual.
    usual: u32,
    lengths: OnceLock<Vec<usize>>,
}

/// What a text looks like, in whatever column it stands.
#[derive(Debug)]
pub struct Look {
    exact: String,
    coarse: String,
    shape: Shape,
}

impl Look {
    pub fn of(text: &str) -> Look {
        let exact = pattern(text);
        Look { coarse: coarse(&exact), exact, shape: shape(text) }
    }
}

impl Profile {
    /// The profile of texts, each with whether it stands in quotation marks.
    pub fn of<'a>(cells: impl Iterator<Item = (&'a str, bool)> + Clone) -> Profile {
        let mut profile = Profile::default();
        for (text, quoted) in cells.clone() {
            profile.rows += 1;
            profile.quoted += u32::from(quoted);
            profile.broken += u32::from(text.contains('\n'));
            profile.spaced += u32::from(text.starts_with(' '));
            *profile.shapes.entry(shape(text)).or_default() += 1;
            let exact = pattern(text);
            count(&mut profile.coarse, coarse(&exact));
            count(&mut profile.patterns, exact);
        }
        let (mut sum, mut seen) = (0u64, 0u64);
        for (text, quoted) in cells.take(400) {
            sum += u64::from(profile.raw(&Look::of(text), quoted));
            seen += 1;
        }
        profile.usual = u32::try_from(sum.checked_div(seen).unwrap_or(0)).unwrap_or(0);
        profile
    }

    /// A profile that knows nothing but how often each look occurs among so many cells; the others hold nothing.
    pub fn of_shapes(mut shapes: HashMap<Shape, u32>, rows: usize) -> Profile {
        let rows = u32::try_from(rows).unwrap_or(u32::MAX);
        let blank = rows.saturating_sub(shapes.values().sum());
        if blank > 0 {
            *shapes.entry(Shape::Empty).or_default() += blank;
        }
        Profile { rows, shapes, ..Profile::default() }
    }

    /// How much stranger a text would be in this column than its cells usually are.
    pub fn cost(&self, text: &str, quoted: bool) -> u32 {
        if self.rows == 0 { 0 } else { self.cost_of(&Look::of(text), quoted) }
    }

    /// The same of a text whose look is known.
    pub fn cost_of(&self, look: &Look, quoted: bool) -> u32 {
        if self.rows == 0 {
            return 0;
        }
        self.raw(look, quoted).saturating_sub(self.usual).min(STRANGEST)
    }

    fn raw(&self, look: &Look, quoted: bool) -> u32 {
        let share = |count: Option<&u32>, weight: u64| u64::from(count.copied().unwrap_or(0)) * weight;
        // frequencies in ten-thousandths
        let seen = share(self.patterns.get(&look.exact), 5)
            + share(self.coarse.get(&look.coarse), 3)
            + share(self.shapes.get(&look.shape), 2);
        let frequency = seen * 1000 / u64::from(self.rows.max(1));
        let marked = if quoted { self.quoted } else { self.rows - self.quoted };
        let marks = u64::from(marked) * 10_000 / u64::from(self.rows.max(1));
        milli_log(frequency.max(20)) + milli_log(marks.max(200))
    }

    /// The share of cells, in hundredths, whose look fulfils a condition, among those that hold something.
    pub fn share(&self, condition: impl Fn(Shape) -> bool) -> u32 {
        let filled = self.filled();
        let good: u32 = self.shapes.iter().filter(|(s, _)| **s != Shape::Empty && condition(**s)).map(|(_, n)| n).sum();
        (good * 100).checked_div(filled).unwrap_or(0)
    }

    /// Cells that hold something.
    pub fn filled(&self) -> u32 {
        self.rows - self.shapes.get(&Shape::Empty).copied().unwrap_or(0)
    }

    /// Whether a text is printed as some cell of the column is, up to the lengths of words.
    pub fn knows(&self, text: &str) -> bool {
        self.coarse.contains_key(&coarse(&pattern(text)))
    }

    /// The share of cells, in hundredths, that have the very pattern of a text.
    pub fn exact_share(&self, text: &str) -> u32 {
        self.patterns.get(&pattern(text)).copied().unwrap_or(0) * 100 / self.rows.max(1)
    }

    /// Lengths in characters of the commonest patterns of a column of codes, days or numbers; nothing where texts vary.
    pub fn lengths(&self) -> &[usize] {
        self.lengths.get_or_init(|| self.common_lengths())
    }

    fn common_lengths(&self) -> Vec<usize> {
        let mut common: Vec<(&String, u32)> =
            self.patterns.iter().filter(|(_, n)| **n * 20 >= self.rows).map(|(p, n)| (p, *n)).collect();
        common.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let mut lengths: Vec<usize> = common.iter().map(|(p, _)| p.chars().count()).filter(|n| *n < 64).collect();
        lengths.dedup();
        lengths
    }
}

fn count(kinds: &mut HashMap<String, u32>, kind: String) {
    if kinds.len() < MOST_KINDS {
        *kinds.entry(kind).or_default() += 1;
    } else if let Some(known) = kinds.get_mut(&kind) {
        *known += 1;
    }
}

/// −ln(n / 10,000) in thousandths, for n from 1 to 10,000, to about a hundredth: from the position of the highest bit and a straight
/// line between powers of two.
fn milli_log(n: u64) -> u32 {
    let n = n.clamp(1, 10_000);
    let ln = |n: u64| {
        let power = n.ilog2();
        let base = 1u64 << power;
        // ln 2 = 0.693
        u64::from(power) * 693 + (n - base) * 693 / base
    };
    u32::try_from(ln(10_000).saturating_sub(ln(n))).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Profile;

    fn profile(texts: &[&str]) -> Profile {
        Profile::of(texts.iter().map(|t| (*t, false)))
    }

    #[test]
    fn what_is_common_costs_nothing_and_what_is_strange_costs() {
        let codes = profile(&["CC-9259", "MG-8769", "RI-3895", "RI-8070"]);
        assert_eq!(codes.cost("XX-0000", false), 0);
        assert!(codes.cost("9CC-9259", false) > 1000);
        assert!(codes.cost("", false) > 2000);
        assert_eq!(codes.lengths(), [7]);
    }

    #[test]
    fn texts_that_vary_have_no_length() {
        let names = profile(&["Школа", "Лицей имени Пушкина", "Гимназия", "Центр образования", "СОШ № 1"]);
        assert!(names.cost("Школа-интернат", false) < 1500);
    }
}
