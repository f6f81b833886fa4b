//! The words of verdicts and reasons that stand in every row of a list.

use crate::decision::Verdict;
use crate::messages::Speaker;
use crate::value::Reasons;

/// The words of a list, looked up once; in the form that a format needs.
pub struct Words<T = String> {
    truths: [T; 2],
    criterion: [T; 5],
    group: [T; 5],
    category: [T; 5],
    reasons: Vec<T>,
    none: T,
}

impl<T> std::fmt::Debug for Words<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").finish_non_exhaustive()
    }
}

impl Words {
    pub fn new(speaker: &Speaker) -> Words {
        Words {
            truths: ["truth-no", "truth-yes"].map(|id| speaker.word(id)),
            criterion: EACH.map(|v| speaker.word(criterion_word(v))),
            group: EACH.map(|v| speaker.word(group_word(v))),
            category: EACH.map(|v| speaker.word(category_word(v))),
            reasons: (0..32).map(|r| speaker.reasons(Reasons(r))).collect(),
            none: String::new(),
        }
    }

    /// The same words in another form.
    #[must_use]
    pub fn map<T>(self, form: impl Fn(&str) -> T) -> Words<T> {
        Words {
            truths: self.truths.map(|word| form(&word)),
            criterion: self.criterion.map(|word| form(&word)),
            group: self.group.map(|word| form(&word)),
            category: self.category.map(|word| form(&word)),
            reasons: self.reasons.iter().map(|word| form(word)).collect(),
            none: form(""),
        }
    }
}

impl<T> Words<T> {
    pub fn truth(&self, truth: bool) -> &T {
        self.truths.get(usize::from(truth)).unwrap_or(&self.none)
    }

    pub fn criterion(&self, verdict: Verdict) -> &T {
        self.criterion.get(position(verdict)).unwrap_or(&self.none)
    }

    pub fn group(&self, verdict: Verdict) -> &T {
        self.group.get(position(verdict)).unwrap_or(&self.none)
    }

    pub fn category(&self, verdict: Verdict) -> &T {
        self.category.get(position(verdict)).unwrap_or(&self.none)
    }

    pub fn reasons(&self, reasons: Reasons) -> &T {
        self.reasons.get(usize::from(reasons.0)).unwrap_or(&self.none)
    }

    /// The word where there is nothing to say.
    pub fn none(&self) -> &T {
        &self.none
    }
}

const EACH: [Verdict; 5] =
    [Verdict::Met, Verdict::NotMet, Verdict::Undetermined(Reasons::NONE), Verdict::NotApplicable, Verdict::NotJudged];

fn position(verdict: Verdict) -> usize {
    match verdict {
        Verdict::Met => 0,
        Verdict::NotMet => 1,
        Verdict::Undetermined(_) => 2,
        Verdict::NotApplicable => 3,
        Verdict::NotJudged => 4,
    }
}

/// Id of the word for the verdict of a group.
pub fn group_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "group-met",
        Verdict::NotMet => "group-not-met",
        Verdict::Undetermined(_) => "group-undetermined",
        Verdict::NotApplicable => "group-not-applicable",
        Verdict::NotJudged => "group-not-judged",
    }
}

/// Id of the word for the verdict of a criterion.
pub fn criterion_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "verdict-met",
        Verdict::NotMet => "verdict-not-met",
        Verdict::Undetermined(_) => "verdict-undetermined",
        Verdict::NotApplicable => "verdict-not-applicable",
        Verdict::NotJudged => "verdict-not-judged",
    }
}

/// Id of the word for the verdict of a category.
pub fn category_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "category-met",
        Verdict::NotMet => "category-not-met",
        Verdict::Undetermined(_) => "category-undetermined",
        Verdict::NotApplicable => "category-not-applicable",
        Verdict::NotJudged => "category-not-judged",
    }
}
