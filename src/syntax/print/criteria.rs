//! Categories, groups and criteria, one line for each clause.

use super::super::keywords::Case;
use super::super::keywords::printed::{self as words, Keyword};
use super::super::tree::{self, AddedTo, CategoryPart, Combination, Direction, TiePolicy};
use super::blocks::{Printer, head};
use super::expressions::Writer;
use crate::location::Span;
use crate::number::rounding::Rounding;

impl Printer {
    pub(super) fn quota_rounding(&mut self, indent: usize, rounding: Option<(Rounding, Span)>) {
        if let Some((rounding, span)) = rounding {
            self.said(indent, span.start, words::QUOTA_ROUNDING, |w| {
                w.say(match rounding {
                    Rounding::Up => words::UP,
                    Rounding::Down => words::DOWN,
                    Rounding::HalfUp => words::TO_NEAREST,
                    Rounding::HalfEven => words::TO_EVEN,
                });
            });
        }
    }

    pub(super) fn ties(&mut self, indent: usize, ties: Option<&tree::Ties>) {
        let Some(ties) = ties else {
            return;
        };
        self.said(indent, ties.span.start, words::TIES, |w| match &ties.policy {
            TiePolicy::Include => w.say(words::INCLUDE_THEM),
            TiePolicy::Exclude => w.say(words::EXCLUDE_THEM),
            TiePolicy::BreakBy(keys) => {
                w.say(words::BREAK_BY);
                w.put(" (");
                for (i, (key, direction)) in keys.iter().enumerate() {
                    if i > 0 {
                        w.put(";");
                        w.gap(1, key.span.start);
                    }
                    w.expr(key, 2);
                    w.put(" ");
                    w.say(match direction {
                        Direction::HigherIsBetter => words::MORE_FIRST,
                        Direction::LowerIsBetter => words::LESS_FIRST,
                    });
                }
                w.put(")");
            }
        });
    }

    fn combination(&mut self, indent: usize, rule: &Combination, when: Keyword, by: Keyword) {
        match rule {
            Combination::Rule(rule) => self.said(indent, rule.span.start, when, |w| w.expr(rule, 1)),
            Combination::Named(name) => self.said(indent, name.span.start, by, |w| w.name(name)),
        }
    }

    pub(super) fn category(&mut self, category: &tree::Category) {
        let word = if self.lead.is_some() { words::CATEGORY_ADDED } else { words::CATEGORY };
        self.said(0, category.span.start, word, |w| head(w, &category.name, &[], category.title.as_ref()));
        if let Some(among) = &category.among {
            self.said(2, among.span.start, words::AMONG, |w| w.name(among));
        }
        if let Some(rule) = &category.assigned {
            self.combination(2, rule, words::ASSIGNED_WHEN, words::ASSIGNED_BY);
        }
        self.exit(&category.exit);
        self.notes(2, &category.notes);
        for part in &category.parts {
            match part {
                CategoryPart::Criterion(criterion) => self.block(|p| p.criterion(2, criterion, None)),
                CategoryPart::Group(group) => {
                    self.block(|p| p.group(2, group));
                    for criterion in &group.criteria {
                        self.block(|p| p.criterion(4, criterion, None));
                    }
                }
            }
        }
    }

    fn exit(&mut self, exit: &tree::Exit) {
        if let Some(condition) = &exit.previously {
            self.said(2, condition.span.start, words::PREVIOUSLY_WHEN, |w| w.expr(condition, 1));
        }
        if let Some(rule) = &exit.stays {
            self.combination(2, rule, words::STAYS_WHEN, words::STAYS_BY);
        }
        if let Some(term) = &exit.term {
            self.said(2, term.span.start, words::TERM, |w| {
                let bounds = [(words::AT_LEAST, &term.least), (words::AT_MOST, &term.most)];
                let bounds = bounds.into_iter().filter_map(|(keyword, years)| Some((keyword, years.as_ref()?)));
                for (at, (keyword, years)) in bounds.enumerate() {
                    if at > 0 {
                        w.put(" ");
                        w.say(words::AND);
                        w.put(" ");
                    }
                    w.say(keyword);
                    w.put(" ");
                    w.inflected(years, 2, Case::Genitive);
                }
                w.gap(1, term.by.span.start);
                w.say(words::TERM_BY);
                w.put(" ");
                w.expr(&term.by, 2);
            });
        }
        if let Some(span) = exit.without {
            self.line(2, span.start, |w| w.say(words::WITHOUT_EXIT));
        }
    }

    pub(super) fn group(&mut self, indent: usize, group: &tree::Group) {
        self.said(indent, group.span.start, words::GROUP, |w| numbered(w, &group.number, group.title.as_ref()));
        if let Some(rule) = &group.met {
            self.combination(indent + 2, rule, words::MET_WHEN, words::MET_BY);
        }
        self.notes(indent + 2, &group.notes);
    }

    pub(super) fn without_data(&mut self, indent: usize, on_missing: Option<(tree::MissingData, Span)>) {
        if let Some((policy, span)) = on_missing {
            self.said(indent, span.start, words::WITHOUT_DATA, |w| {
                w.say(match policy {
                    tree::MissingData::Undetermined => words::IS_UNDETERMINED,
                    tree::MissingData::NotMet => words::COUNT_NOT_MET,
                    tree::MissingData::Met => words::COUNT_MET,
                    tree::MissingData::NotApplicable => words::COUNT_NOT_APPLICABLE,
                });
            });
        }
    }

    pub(super) fn criterion(&mut self, indent: usize, criterion: &tree::Criterion, home: Option<&AddedTo>) {
        self.said(indent, criterion.span.start, words::CRITERION, |w| {
            numbered(w, &criterion.number, criterion.title.as_ref());
            match home {
                Some(AddedTo::Category(name)) => {
                    w.gap(1, name.span.start);
                    w.say(words::INTO_CATEGORY);
                    w.put(" ");
                    w.name(name);
                }
                Some(AddedTo::Group(number)) => {
                    w.gap(1, number.span.start);
                    w.say(words::INTO_GROUP);
                    w.put(" ");
                    w.numbering(number);
                }
                None => {}
            }
        });
        let indent = indent + 2;
        for (when, condition, span) in &criterion.cases {
            self.said(indent, span.start, words::IN_CASE, |w| {
                w.expr(when, 2);
                w.continued(1, condition.span.start, words::WHEN);
                w.expr(condition, 2);
            });
        }
        if let Some(condition) = &criterion.condition {
            let keyword = if criterion.cases.is_empty() { words::WHEN } else { words::OTHERWISE_WHEN };
            self.said(indent, condition.span.start, keyword, |w| w.expr(condition, 1));
        }
        if let Some(condition) = &criterion.not_applicable {
            self.said(indent, condition.span.start, words::CRITERION_NOT_APPLICABLE_WHEN, |w| w.expr(condition, 1));
        }
        self.quota_rounding(indent, criterion.quota_rounding);
        self.ties(indent, criterion.ties.as_ref());
        if let Some(small) = &criterion.small_strata {
            self.said(indent, small.span.start, words::SMALL_STRATA, |w| {
                w.counted(&small.below, words::SCHOOLS, 1);
                w.put(" ");
                w.say(match small.action {
                    tree::SmallStrataAction::Merge => words::MERGE,
                    tree::SmallStrataAction::Undetermined => words::LEAVE_UNDETERMINED,
                    tree::SmallStrataAction::NotMet => words::COUNT_NOT_MET,
                });
            });
        }
        self.without_data(indent, criterion.on_missing);
        self.notes(indent, &criterion.notes);
    }
}

fn numbered(w: &mut Writer, number: &tree::Numbering, title: Option<&tree::Text>) {
    w.numbering(number);
    if let Some(title) = title {
        w.put(" ");
        w.title(title);
    }
}
