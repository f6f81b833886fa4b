//! One school: its categories, groups, criteria and populations, each with the tree of its rule.

use super::explanation::{
    CategoryExplanation, CriterionExplanation, Explanation, GroupExplanation, PopulationExplanation, RulesName,
    Standing,
};
use super::outlook::verdict;
use super::reading::Reading;
use super::tree::{Tree, missing_cells, missing_tables, passes_over};
use crate::data::dataset::Dataset;
use crate::decision::{Run, Verdict, passage};
use crate::model::{Category, Criterion, CriterionId, Group, GroupId, MissingData, Population, PopulationId, RuleSet};
use crate::plan::Plan;
use crate::stack;
use crate::value::{Truth, Value};

/// Why one school (row `school` of the subject table, from 0) was decided as it was.
///
/// Reads the rows of that school only; a place in a ranking scans the one ranked column.
pub fn explain(rules: &RuleSet, plan: &Plan, data: &Dataset, run: &Run, school: usize) -> Explanation {
    let reading = Reading { rules, plan, data, run };
    stack::roomy(&|| reading.explanation(school))
}

impl Reading<'_> {
    fn explanation(&self, school: usize) -> Explanation {
        let (rules, reading) = (self.rules, self);
        Explanation {
            school: reading.school(school),
            rules: rules_name(rules),
            synthetic: self.data.synthetic.clone(),
            changes: None,
            unknowns: None,
            categories: rules.categories.iter().enumerate().map(|(at, c)| reading.category(at, c, school)).collect(),
            minimum_cohort: None,
            populations: reading.populations(school),
        }
    }

    /// How the school stands to every population of schools.
    pub(super) fn populations(&self, school: usize) -> Vec<PopulationExplanation> {
        let all = self.rules.populations.iter().enumerate();
        let own = all.filter(|(_, population)| population.table == self.rules.subject);
        own.map(|(at, population)| self.population(at, population, school)).collect()
    }
}

/// Whether a criterion was decided although cells without a value were passed over.
fn skips(criterion: &CriterionExplanation) -> bool {
    !matches!(criterion.verdict, Verdict::Undetermined(_)) && passes_over(&criterion.condition)
}

pub(super) fn rules_name(rules: &RuleSet) -> RulesName {
    let header = &rules.header;
    RulesName {
        title: header.title.clone(),
        version: header.version.clone(),
        bases: header.bases.clone(),
        explanations: header.explanations.clone(),
        in_force: header.in_force,
        reporting_year: header.reporting_year,
        scenario: rules.scenario.as_ref().map(|scenario| scenario.title.clone()),
    }
}

impl Reading<'_> {
    fn category(&self, at: usize, category: &Category, school: usize) -> CategoryExplanation {
        let id = crate::model::CategoryId::from_index(at);
        let decided = self.run.category(id, school).unwrap_or(Verdict::NotJudged);
        let groups = category.groups.iter().filter_map(|g| Some((*g, self.rules.groups.get(g.index())?)));
        let criteria = category.criteria.iter().filter_map(|c| Some((*c, self.rules.criteria.get(c.index())?)));
        let criteria: Vec<CriterionExplanation> = criteria.map(|(id, c)| self.criterion(id, c, school)).collect();
        let skipped = |of: &dyn Fn(&CriterionExplanation) -> bool| criteria.iter().any(|c| of(c) && skips(c));
        let unsure = self.is_unsure(category.among, school);
        let mut outlook = self.outlook(category.rule, decided, unsure, school);
        outlook.skipped = skipped(&|_| true);
        let groups = groups.map(|(id, group)| {
            let mut explained = self.group(id, group, school);
            explained.outlook.skipped = skipped(&|criterion| criterion.group == Some(id));
            explained
        });
        let groups = groups.collect();
        CategoryExplanation {
            id,
            name: category.name.clone(),
            title: category.title.clone(),
            verdict: decided,
            passage: category.exit.map(|exit| passage(decided, &exit, &|part| self.truth(part, school))),
            registered: self
                .run
                .registration(id, school)
                .and_then(|registration| self.rules.registered.get(registration.id.index()))
                .cloned(),
            rule: Tree::with_notes(*self, category.rule, school),
            groups,
            criteria,
            outlook,
            weight: self.weight(id, school),
            among: category.among,
            notes: category.notes.clone(),
            span: category.span,
        }
    }

    /// Whether it is not known that the school is a member.
    pub(super) fn is_unsure(&self, among: Option<PopulationId>, school: usize) -> bool {
        among.and_then(|id| self.run.is_member(id, school)).is_some_and(Truth::is_unknown)
    }

    fn group(&self, id: GroupId, group: &Group, school: usize) -> GroupExplanation {
        let decided = self.run.group(id, school).unwrap_or(Verdict::NotJudged);
        GroupExplanation {
            id,
            number: group.number.clone(),
            title: group.title.clone(),
            verdict: decided,
            rule: Tree::with_notes(*self, group.rule, school),
            outlook: self.outlook(group.rule, decided, false, school),
            notes: group.notes.clone(),
            span: group.span,
        }
    }

    pub(super) fn criterion(&self, id: CriterionId, criterion: &Criterion, school: usize) -> CriterionExplanation {
        let decided = self.run.criterion(id, school).unwrap_or(Verdict::NotJudged);
        let condition = Tree::with_notes(*self, criterion.condition, school);
        let truth = match condition.value {
            Value::Truth(truth) => truth,
            _ => Truth::FALSE,
        };
        let open = matches!(verdict(truth), Verdict::Undetermined(_));
        let (mut missing, mut missing_rows) = (Vec::new(), Vec::new());
        if open {
            missing_cells(&condition, &mut missing);
            missing_tables(&condition, &mut missing_rows);
        }
        let turned = open && criterion.on_missing != MissingData::Undetermined;
        CriterionExplanation {
            id,
            number: criterion.number.clone(),
            title: criterion.title.clone(),
            group: criterion.group,
            verdict: decided,
            policy_applied: turned.then_some(criterion.on_missing),
            missing,
            missing_rows,
            alternatives: matches!(decided, Verdict::Undetermined(_))
                .then(|| self.alternatives(criterion.category, id, school)),
            condition,
            notes: criterion.notes.clone(),
            span: criterion.span,
        }
    }

    fn population(&self, at: usize, population: &Population, school: usize) -> PopulationExplanation {
        let id = PopulationId::from_index(at);
        PopulationExplanation {
            id,
            name: population.name.clone(),
            title: population.title.clone(),
            count: self.run.populations.get(at).map_or(0, |m| m.count),
            notes: population.notes.clone(),
            standing: self.standing(id, population, school),
        }
    }

    fn standing(&self, id: PopulationId, population: &Population, school: usize) -> Standing {
        let member = self.run.is_member(id, school).unwrap_or(Truth::FALSE);
        if member.is_true() {
            return Standing::Member;
        }
        let membership = self.run.populations.get(id.index());
        let excluded = membership.and_then(|m| m.excluded_by.get(school)).copied().unwrap_or(0);
        if let Some(at) = usize::from(excluded).checked_sub(1)
            && let Some(exclusion) = population.exclusions.get(at)
        {
            return Standing::Excluded {
                exclusion: at,
                basis: exclusion.basis.clone(),
                condition: Box::new(Tree::with_notes(*self, exclusion.condition, school)),
                span: exclusion.span,
            };
        }
        if member.is_unknown() {
            return Standing::Unknown(member.reasons());
        }
        match (population.base, population.condition) {
            (Some(base), _) if !self.run.is_member(base, school).is_some_and(Truth::is_true) => {
                Standing::OutsideBase(base)
            }
            (_, Some(condition)) => Standing::ConditionNotMet(Box::new(Tree::with_notes(*self, condition, school))),
            _ => Standing::Unknown(member.reasons()),
        }
    }
}
