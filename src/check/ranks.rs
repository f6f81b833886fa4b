//! `в числе самых низких …`: what a rank needs before it means anything.

use super::{Checker, Context};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::check as kinds;
use crate::location::SourceSpan;
use crate::model::PopulationOrTable;
use crate::model::expr::{self, Cut, ExprId, ExprKind, Grain, Quota, Ties};
use crate::number::Number;
use crate::number::rounding::Rounding;
use crate::syntax::tree;
use crate::value::{Type, Unit};

impl<'a> Checker<'a> {
    pub(super) fn in_cut(&mut self, cut: &'a tree::InCut, at: SourceSpan, context: Context<'a>) -> Option<ExprId> {
        let value = self.number(&cut.value, context);
        let among = match &cut.among {
            Some(name) => self.population_or_table(name, context),
            None => {
                self.push(Diagnostic::at(kinds::RANK_WITHOUT_POPULATION, at));
                None
            }
        };
        let quota = match &cut.quota {
            Some(quota) => self.quota(quota, context),
            None => {
                self.push(Diagnostic::at(kinds::RANK_WITHOUT_QUOTA, at));
                None
            }
        };
        let quota_of = match &cut.quota_of {
            Some(name) => Some(self.population_or_table(name, context)?),
            None => None,
        };
        let within: Vec<Option<ExprId>> = cut.within.iter().map(|path| self.path(path, context)).collect();
        let (value, among, quota) = (value?, among?, quota?);
        let within: Vec<ExprId> = within.into_iter().collect::<Option<_>>()?;
        let row = context.row?;
        let base = quota_of.unwrap_or(among);
        if self.table_of(base) != Some(row) || self.table_of(among) != Some(row) || self.grain(value) != Grain::Row(row)
        {
            self.push(Diagnostic::at(kinds::RANK_OTHER_TABLE, at));
            return None;
        }
        // a number of schools is never rounded
        let rounding = context.cut.rounding.is_none() && matches!(quota, Quota::Share(_));
        let unsaid = match (rounding, context.cut.ties.is_none()) {
            (true, true) => Some("both"),
            (true, false) => Some("rounding"),
            (false, true) => Some("ties"),
            (false, false) => None,
        };
        if let Some(unsaid) = unsaid {
            self.push(Diagnostic::at(kinds::RANK_DEFAULTS, at).text("unsaid", unsaid));
        }
        let defaulted = unsaid.is_some();
        let ties = match context.cut.ties.map(|t| &t.policy) {
            None | Some(tree::TiePolicy::Include) => Ties::Include,
            Some(tree::TiePolicy::Exclude) => Ties::Exclude,
            Some(tree::TiePolicy::BreakBy(keys)) => {
                let mut checked = Vec::new();
                for (key, direction) in keys {
                    let id = self.expr(key, context)?;
                    checked.push((id, *direction == tree::Direction::HigherIsBetter));
                }
                Ties::BreakBy(checked)
            }
        };
        let small_strata = match context.cut.small {
            None => None,
            Some(small) => {
                let below = self.folded_count(&small.below, context)?;
                let why = match (within.is_empty(), below < 2) {
                    (true, _) => Some("no-strata"),
                    (false, true) => Some("never"),
                    (false, false) => None,
                };
                if let Some(why) = why {
                    let at = SourceSpan::new(context.source, small.span);
                    self.push(Diagnostic::at(kinds::SMALL_STRATA, at).text("why", why));
                    return None;
                }
                let action = match small.action {
                    tree::SmallStrataAction::Merge => expr::SmallStrataAction::Merge,
                    tree::SmallStrataAction::Undetermined => expr::SmallStrataAction::Undetermined,
                    tree::SmallStrataAction::NotMet => expr::SmallStrataAction::NotMet,
                };
                Some(expr::SmallStrata { below, action })
            }
        };
        let kind = ExprKind::InCut(Box::new(Cut {
            value,
            highest: cut.side == tree::CutSide::Highest,
            negated: cut.negated,
            among,
            quota,
            quota_of,
            within,
            rounding: context.cut.rounding.unwrap_or(Rounding::Up),
            ties,
            small_strata,
            defaulted,
        }));
        Some(self.add(kind, Type::YesNo, Grain::Row(row), at))
    }

    fn quota(&mut self, quota: &'a tree::Expr, context: Context<'a>) -> Option<Quota> {
        let (id, number) = self.constant_number(quota, context)?;
        let at = SourceSpan::new(context.source, quota.span);
        match self.ty(id) {
            Type::Number(Unit::Percent | Unit::Ratio) => {
                if number.is_negative() || number > Number::one() {
                    self.push(Diagnostic::at(kinds::BAD_QUOTA, at));
                    return None;
                }
                Some(Quota::Share(id))
            }
            Type::Number(Unit::Number | Unit::Place) if number.is_integer() && !number.is_negative() => {
                Some(Quota::Count(id))
            }
            _ => {
                self.push(Diagnostic::at(kinds::BAD_QUOTA, at));
                None
            }
        }
    }

    /// The rows a name stands for: a population or a whole table.
    pub(super) fn population_or_table(
        &mut self,
        name: &'a tree::Name,
        context: Context<'a>,
    ) -> Option<PopulationOrTable> {
        use super::names::Entity;
        match self.names.sets.get(&name.text).copied() {
            Some(entity @ Entity::Table(_)) => {
                self.use_entity(entity);
                self.schema.find(&name.text).map(PopulationOrTable::Table)
            }
            Some(entity @ Entity::Population(_)) => {
                self.use_entity(entity);
                self.population(entity, SourceSpan::new(context.source, name.span)).map(PopulationOrTable::Population)
            }
            _ => {
                let known = self.set_names();
                self.unknown(kinds::UNKNOWN_SET, context.source, name, &known);
                None
            }
        }
    }

    pub(super) fn table_of(&self, rows: PopulationOrTable) -> Option<crate::schema::TableId> {
        match rows {
            PopulationOrTable::Table(table) => Some(table),
            PopulationOrTable::Population(id) => self.rules.populations.get(id.index()).map(|p| p.table),
        }
    }
}
