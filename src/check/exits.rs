//! How schools that were in a category leave it: the clauses of the category, made into one rule with the rule of entry.
//!
//! A school that was not in the category is in it by the rule of entry alone. One that was is in it while the rule of entry or
//! the exit rule holds or its least term runs, and never once its longest term is over.

use super::{Checker, Context, Home};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::check as kinds;
use crate::location::{Place, SourceId, SourceSpan, Span};
use crate::model::Exit;
use crate::model::expr::{CompareOp, ExprId, ExprKind, Grain, Quantifier};
use crate::syntax::tree;
use crate::value::Type;

/// The two bounds of the term of a category, as conditions.
#[derive(Clone, Copy)]
struct Term {
    years: ExprId,
    /// The least term still runs.
    runs: Option<ExprId>,
    /// The longest term is over.
    over: Option<ExprId>,
}

impl<'a> Checker<'a> {
    /// The whole rule of a category whose rule of entry is checked, with its parts where it says how a school leaves.
    pub(super) fn exit(
        &mut self,
        entry: ExprId,
        written: &'a tree::Exit,
        position: usize,
        source: SourceId,
    ) -> Option<(ExprId, Option<Exit>)> {
        if let Some(without) = written.without {
            let others = tree::Exit { without: None, ..written.clone() };
            if others.span().is_some() {
                self.report(kinds::EXIT_AND_NO_EXIT, source, without);
                return None;
            }
        }
        let Some(previously) = &written.previously else {
            let Some(first) = written.span().filter(|_| written.without.is_none()) else {
                return Some((entry, None));
            };
            self.report(kinds::EXIT_WITHOUT_PREVIOUSLY, source, first);
            return None;
        };
        if written.stays.is_none() && written.term.is_none() {
            self.report(kinds::PREVIOUSLY_ALONE, source, previously.span);
            return None;
        }
        let context = Context { home: Some(Home::Category(position)), ..self.context(source) };
        let before = self.condition(previously, context);
        let at = |span: Span| SourceSpan::new(source, span);
        let stays = match &written.stays {
            Some(stays) => {
                let place = written.span().unwrap_or_default();
                Some(self.combination(Some(stays), Home::Category(position), at(place)))
            }
            None => None,
        };
        let term = written.term.as_ref().map(|term| self.term(term, context));
        let before = before?;
        let stays = match stays {
            Some(stays) => Some(stays?),
            None => None,
        };
        let term = match term {
            Some(term) => Some(term?),
            None => None,
        };
        if let Some(stays) = stays {
            self.never_stays(entry, stays);
        }
        Some(self.joined(entry, before, stays, term, at(previously.span)))
    }

    fn term(&mut self, term: &'a tree::Term, context: Context<'a>) -> Option<Term> {
        let at = SourceSpan::new(context.source, term.span);
        let years = self.number(&term.by, context);
        let least = term.least.as_ref().map(|bound| self.bound(bound, context));
        let most = term.most.as_ref().map(|bound| self.bound(bound, context));
        let years = years?;
        let least = match least {
            Some(least) => Some(least?),
            None => None,
        };
        let most = match most {
            Some(most) => Some(most?),
            None => None,
        };
        if let (Some(least), Some(most)) = (least, most)
            && let (Some(from), Some(to)) = (self.constant(least), self.constant(most))
            && to < from
        {
            self.push(Diagnostic::at(kinds::TERM_BACKWARDS, at));
            return None;
        }
        let mut held = |op: CompareOp, bound: Option<ExprId>| -> Option<Option<ExprId>> {
            let Some(bound) = bound else { return Some(None) };
            self.common_type(years, bound, at)?;
            let grain = self.joint_grain(&[years, bound]);
            Some(Some(self.add(ExprKind::Compare(op, years, bound), Type::YesNo, grain, at)))
        };
        Some(Term { years, runs: held(CompareOp::Less, least)?, over: held(CompareOp::AtLeast, most)? })
    }

    /// A number of years: the same for all schools, and some time.
    fn bound(&mut self, bound: &'a tree::Expr, context: Context<'a>) -> Option<ExprId> {
        let id = self.number(bound, context)?;
        let at = SourceSpan::new(context.source, bound.span);
        let Some(value) = self.constant(id) else {
            self.push(Diagnostic::at(kinds::NOT_CONSTANT, at));
            return None;
        };
        if value.is_zero() || value.is_negative() {
            self.push(Diagnostic::at(kinds::TERM_WITHOUT_TIME, at));
            return None;
        }
        Some(id)
    }

    /// Says when the exit rule asks for as much as the rule of entry, or for more: nobody stays by it.
    fn never_stays(&mut self, entry: ExprId, stays: ExprId) {
        let count = |id: ExprId| match self.exprs.get(id.index()).map(|expr| &expr.kind) {
            Some(ExprKind::Quantified { quantifier: Quantifier::AtLeast(n), applicable, items, .. }) => {
                let of: Vec<Option<&ExprKind>> =
                    items.iter().map(|item| self.exprs.get(item.index()).map(|expr| &expr.kind)).collect();
                Some((self.constant(*n)?, *applicable, of))
            }
            _ => None,
        };
        let (Some((enters, all, of)), Some((holds, applicable, others))) = (count(entry), count(stays)) else { return };
        if all == applicable && of == others && holds >= enters {
            let problem = Diagnostic::at(kinds::STAYS_WITHOUT_EFFECT, self.span(stays));
            self.push(problem.related(Place::Text(self.span(entry)), "role-rule-of-entry"));
        }
    }

    /// In = entry and not (before and over), or before and not over and (entry or stays or the least term runs). Each way holds or fails
    /// by itself wherever the unknown makes no difference; that the second names the entry again keeps reasons out that do not matter.
    fn joined(
        &mut self,
        entry: ExprId,
        before: ExprId,
        stays: Option<ExprId>,
        term: Option<Term>,
        at: SourceSpan,
    ) -> (ExprId, Option<Exit>) {
        let grain = Grain::Row(self.subject);
        let mut add = |kind: ExprKind, at: SourceSpan| self.add(kind, Type::YesNo, grain, at);
        let (runs, over) = term.map_or((None, None), |term| (term.runs, term.over));
        let mut ways = Vec::new();
        match over {
            Some(over) => {
                let leaves = add(ExprKind::And(vec![before, over]), at);
                let not_yet = add(ExprKind::Not(leaves), at);
                ways.push(add(ExprKind::And(vec![entry, not_yet]), at));
            }
            None => ways.push(entry),
        }
        if stays.is_some() || runs.is_some() {
            let mut all = vec![before];
            all.push(add(ExprKind::Or([Some(entry), stays, runs].into_iter().flatten().collect()), at));
            if let Some(over) = over {
                all.push(add(ExprKind::Not(over), at));
            }
            ways.push(add(ExprKind::And(all), at));
        }
        let rule = add(ExprKind::Or(ways), at);
        (rule, Some(Exit { entry, before, stays, years: term.map(|term| term.years), runs, over }))
    }
}
