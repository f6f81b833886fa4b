//! The words of verdicts and reasons that stand in every row of a list.

use crate::decision::Verdict;
use crate::messages::Speaker;
use crate::value::Reasons;

/// The words of a list, looked up once.
pub struct Words {
    truths: [String; 2],
    criterion: [String; 5],
    group: [String; 5],
    category: [String; 5],
    reasons: Vec<String>,
}

impl std::fmt::Debug for Words {
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
            reasons: (0..16).map(|r| speaker.reasons(Reasons(r))).collect(),
        }
    }

    /// The same words in another form, as a format needs them.
    #[must_use]
    pub fn map(self, form: impl Fn(&str) -> String) -> Words {
        Words {
            truths: self.truths.map(|word| form(&word)),
            criterion: self.criterion.map(|word| form(&word)),
            group: self.group.map(|word| form(&word)),
            category: self.category.map(|word| form(&word)),
            reasons: self.reasons.iter().map(|word| form(word)).collect(),
        }
    }

    pub fn truth(&self, truth: bool) -> &str {
        self.truths.get(usize::from(truth)).map_or("", String::as_str)
    }

    pub fn criterion(&self, verdict: Verdict) -> &str {
        self.criterion.get(position(verdict)).map_or("", String::as_str)
    }

    pub fn group(&self, verdict: Verdict) -> &str {
        self.group.get(position(verdict)).map_or("", String::as_str)
    }

    pub fn category(&self, verdict: Verdict) -> &str {
        self.category.get(position(verdict)).map_or("", String::as_str)
    }

    pub fn reasons(&self, reasons: Reasons) -> &str {
        self.reasons.get(usize::from(reasons.0)).map_or("", String::as_str)
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
