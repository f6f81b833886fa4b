//! Blocks at the top level: header, parameters, lists, tables, populations, indicators, indices, functions.

use super::super::parser::{Node, Rule};
use super::super::tree::{self, Expr, IndexPart, Item, MissingPolicy, NormalMethod, Notes};
use super::criteria::Block;
use super::{Builder, find, has};
use crate::diagnostic::syntax as kinds;
use crate::number::rounding::Rounding;

/// One block of a chunk.
pub(in super::super) fn item(builder: &mut Builder<'_>, node: &Node) -> Option<Block> {
    let span = builder.span(node);
    Some(match node.rule {
        Rule::header => Block::Header(builder.header(node)?),
        Rule::include => Block::Item(Item::Include(tree::Include { path: builder.text_in(node)?, span })),
        Rule::parameter => Block::Item(Item::Parameter(builder.parameter(node)?)),
        Rule::list => Block::Item(Item::List(builder.list(node)?)),
        Rule::table => Block::Item(Item::Table(builder.table(node)?)),
        Rule::population => Block::Item(Item::Population(builder.population(node)?)),
        Rule::indicator => Block::Item(Item::Indicator(builder.indicator(node)?)),
        Rule::index => Block::Item(Item::Index(builder.index(node)?)),
        Rule::function => Block::Item(Item::Function(builder.function(node)?)),
        Rule::combination => {
            let mut notes = Notes::default();
            for child in &node.children {
                builder.note(&mut notes, child);
            }
            let (name, title) = (builder.name_in(node)?, builder.text_in(node));
            Block::Item(Item::Combination(tree::NamedCombination {
                name,
                title,
                rule: builder.expr_in(node),
                notes,
                span,
            }))
        }
        Rule::registered => Block::Item(Item::Registered(builder.registered(node)?)),
        Rule::category => Block::Category(builder.category(node)?),
        Rule::group => Block::Group(builder.group(node)?),
        Rule::criterion => Block::Criterion(builder.criterion(node)?),
        Rule::scenario => Block::Item(Item::Scenario(builder.scenario(node)?)),
        Rule::switched_off => Block::Alteration(builder.switched_off(node)?),
        Rule::addition => Block::Alteration(builder.addition(node)?),
        _ => return None,
    })
}

impl Builder<'_> {
    fn forms(&self, node: &Node) -> Vec<tree::Name> {
        find(node, Rule::forms).map(|n| self.names(n)).unwrap_or_default()
    }

    fn header(&mut self, node: &Node) -> Option<tree::Header> {
        let mut header = tree::Header {
            title: self.text_in(node)?,
            version: None,
            in_force: None,
            bases: Vec::new(),
            explanations: Vec::new(),
            reporting_year: None,
            subject: None,
            quota_rounding: None,
            ties: None,
            span: self.span(node),
        };
        for child in &node.children {
            let span = self.span(child);
            match child.rule {
                Rule::version => {
                    if let Some(text) = self.text_in(child) {
                        self.once(&mut header.version, text, span);
                    }
                }
                Rule::in_force => {
                    if let Some(period) = find(child, Rule::period) {
                        let period = self.period(period);
                        self.once(&mut header.in_force, period, span);
                    }
                }
                Rule::basis => header.bases.extend(self.text_in(child)),
                Rule::explanation => header.explanations.extend(self.text_in(child)),
                Rule::reporting_year => {
                    let year = find(child, Rule::integer).and_then(|n| self.written(n).parse().ok()).unwrap_or(0);
                    self.once(&mut header.reporting_year, (year, span), span);
                }
                Rule::evaluates => {
                    if let Some(name) = self.name_in(child) {
                        self.once(&mut header.subject, name, span);
                    }
                }
                Rule::quota_rounding => {
                    let rounding = self.rounding(child);
                    self.once(&mut header.quota_rounding, (rounding, span), span);
                }
                Rule::ties => {
                    let ties = self.ties(child);
                    self.once(&mut header.ties, ties, span);
                }
                _ => {}
            }
        }
        Some(header)
    }

    fn parameter(&mut self, node: &Node) -> Option<tree::Parameter> {
        let value = match find(node, Rule::keyed) {
            Some(keyed) => {
                let by = self.path(find(keyed, Rule::path)?);
                let mut entries = Vec::new();
                for entry in keyed.children.iter().filter(|n| n.rule == Rule::keyed_entry) {
                    let mut pair = self.exprs_in(entry).into_iter();
                    entries.push((pair.next()?, pair.next()?));
                }
                let otherwise = find(keyed, Rule::keyed_rest).map(|n| Box::new(self.expr_in(n)));
                tree::ParameterValue::Keyed { by, entries, otherwise }
            }
            None => tree::ParameterValue::Single(self.expr_in(node)),
        };
        let mut parameter = tree::Parameter {
            name: self.name_in(node)?,
            title: self.text_in(node),
            value,
            allowed: None,
            notes: Notes::default(),
            span: self.span(node),
        };
        for child in &node.children {
            if child.rule == Rule::allowed_range {
                let span = self.span(child);
                let mut ends = self.exprs_in(child).into_iter();
                if let (Some(low), Some(high)) = (ends.next(), ends.next()) {
                    self.once(&mut parameter.allowed, (low, high, span), span);
                }
            }
            self.note(&mut parameter.notes, child);
        }
        Some(parameter)
    }

    fn list(&mut self, node: &Node) -> Option<tree::List> {
        let mut list = tree::List {
            name: self.name_in(node)?,
            forms: self.forms(node),
            title: self.text_in(node),
            file: find(node, Rule::text_file).and_then(|n| self.text_in(n)),
            source: None,
            entries: Vec::new(),
            notes: Notes::default(),
            span: self.span(node),
        };
        for child in &node.children {
            let span = self.span(child);
            match child.rule {
                Rule::source => {
                    if let Some(text) = self.text_in(child) {
                        self.once(&mut list.source, text, span);
                    }
                }
                Rule::entry => {
                    let value = self.text_in(child)?;
                    let period = find(child, Rule::period).map(|n| self.period(n));
                    let basis = find(child, Rule::basis).and_then(|n| self.text_in(n));
                    list.entries.push(tree::ListEntry { value, period, basis, span });
                }
                _ => {
                    self.note(&mut list.notes, child);
                }
            }
        }
        Some(list)
    }

    fn table(&mut self, node: &Node) -> Option<tree::Table> {
        let mut table = tree::Table {
            name: self.name_in(node)?,
            forms: self.forms(node),
            title: self.text_in(node),
            key: Vec::new(),
            columns: Vec::new(),
            span: self.span(node),
        };
        for child in &node.children {
            match child.rule {
                Rule::key if table.key.is_empty() => table.key = self.names(child),
                Rule::key => {
                    let span = self.span(child);
                    self.report(kinds::CLAUSE_TWICE, span);
                }
                Rule::column => table.columns.extend(self.column(child)),
                _ => {}
            }
        }
        Some(table)
    }

    fn column(&mut self, node: &Node) -> Option<tree::Column> {
        let mut kind = tree::ColumnKind::Text;
        let mut column = tree::Column {
            name: self.name_in(node)?,
            title: self.text_in(node),
            kind: kind.clone(),
            allowed: Vec::new(),
            scale_by: Vec::new(),
            header: None,
            markers: Vec::new(),
            span: self.span(node),
        };
        for child in &node.children {
            let span = self.span(child);
            match child.rule {
                Rule::kind_number => kind = tree::ColumnKind::Number(self.unit_in(child)),
                Rule::kind_yes_no => kind = tree::ColumnKind::YesNo,
                Rule::kind_date => kind = tree::ColumnKind::Date,
                Rule::kind_year => kind = tree::ColumnKind::Year,
                Rule::kind_link => kind = tree::ColumnKind::Link(self.name_in(child)?),
                Rule::allowed => {
                    column.allowed = find(child, Rule::text_list).map(|n| self.texts(n)).unwrap_or_default();
                }
                Rule::scale_by => {
                    column.scale_by = find(child, Rule::name_list).map(|n| self.names(n)).unwrap_or_default();
                }
                Rule::column_header => {
                    if let Some(text) = self.text_in(child) {
                        self.once(&mut column.header, text, span);
                    }
                }
                Rule::marker => {
                    let absence = find(child, Rule::absence).and_then(|n| n.children.first()).map(|n| n.rule);
                    let absence = match absence {
                        Some(Rule::k_not_applicable) => tree::Absence::NotApplicable,
                        Some(Rule::k_absence_suppressed) => tree::Absence::Suppressed,
                        Some(Rule::k_absence_invalid) => tree::Absence::Invalid,
                        _ => tree::Absence::Missing,
                    };
                    column.markers.push((self.texts(child), absence));
                }
                _ => {}
            }
        }
        column.kind = kind;
        Some(column)
    }

    fn registered(&mut self, node: &Node) -> Option<tree::Registered> {
        let action = find(node, Rule::registered_action).and_then(|n| n.children.first()).map(|n| n.rule);
        let mut registered = tree::Registered {
            action: match action? {
                Rule::k_include_them => tree::RegisteredAction::Include,
                _ => tree::RegisteredAction::Exclude,
            },
            school: self.text_in(node)?,
            category: self.name_in(node),
            document: None,
            dated: None,
            author: None,
            reason: None,
            in_force: None,
            span: self.span(node),
        };
        for child in &node.children {
            let span = self.span(child);
            match child.rule {
                Rule::document => {
                    if let Some(text) = self.text_in(child) {
                        self.once(&mut registered.document, text, span);
                    }
                    registered.dated = registered.dated.or_else(|| find(child, Rule::date).map(|n| self.date(n)));
                }
                Rule::author => {
                    if let Some(text) = self.text_in(child) {
                        self.once(&mut registered.author, text, span);
                    }
                }
                Rule::reason => {
                    if let Some(text) = self.text_in(child) {
                        self.once(&mut registered.reason, text, span);
                    }
                }
                Rule::in_force => {
                    if let Some(period) = find(child, Rule::period) {
                        let period = self.period(period);
                        self.once(&mut registered.in_force, period, span);
                    }
                }
                _ => {}
            }
        }
        Some(registered)
    }

    fn population(&mut self, node: &Node) -> Option<tree::Population> {
        let names = self.names(node);
        let mut population = tree::Population {
            name: names.first()?.clone(),
            forms: self.forms(node),
            title: self.text_in(node),
            base: names.last()?.clone(),
            condition: find(node, Rule::expr).map(|n| self.expr(n)),
            exclusions: Vec::new(),
            notes: Notes::default(),
            span: self.span(node),
        };
        for child in &node.children {
            if child.rule == Rule::exclusion {
                let span = self.span(child);
                let basis = find(child, Rule::basis).and_then(|n| self.text_in(n));
                population.exclusions.push(tree::Exclusion { condition: self.expr_in(child), basis, span });
            } else {
                self.note(&mut population.notes, child);
            }
        }
        Some(population)
    }

    fn indicator(&mut self, node: &Node) -> Option<tree::Indicator> {
        let mut indicator = tree::Indicator {
            name: self.name_in(node)?,
            title: self.text_in(node),
            formula: self.expr_in(node),
            over: None,
            clauses: Vec::new(),
            not_applicable: None,
            suppress: None,
            notes: Notes::default(),
            span: self.span(node),
        };
        for child in &node.children {
            let span = self.span(child);
            match child.rule {
                Rule::over_table => {
                    if let Some(name) = self.name_in(child) {
                        self.once(&mut indicator.over, name, span);
                    }
                }
                Rule::not_applicable_when => {
                    let condition = self.expr_in(child);
                    self.once(&mut indicator.not_applicable, condition, span);
                }
                Rule::suppress => {
                    let condition = self.expr_in(child);
                    let fallback = find(child, Rule::window).map(|n| self.window(n));
                    self.once(&mut indicator.suppress, tree::Suppress { condition, fallback, span }, span);
                }
                _ => {
                    if !self.note(&mut indicator.notes, child)
                        && let Some(clause) = self.clause(child)
                    {
                        let same =
                            |c: &tree::Clause| std::mem::discriminant(&c.kind) == std::mem::discriminant(&clause.kind);
                        if indicator.clauses.iter().any(same) {
                            self.report(kinds::CLAUSE_TWICE, span);
                        } else {
                            indicator.clauses.push(clause);
                        }
                    }
                }
            }
        }
        Some(indicator)
    }

    fn normalisation(&mut self, node: &Node) -> tree::Normalisation {
        let span = self.span(node);
        let method = node
            .children
            .iter()
            .find(|n| matches!(n.rule, Rule::m_standard | Rule::m_minmax | Rule::m_rank_share | Rule::m_percent_of));
        let method = match method.map(|n| (n.rule, self.exprs_in(n))) {
            Some((Rule::m_standard, _)) => NormalMethod::Standard,
            Some((Rule::m_rank_share, _)) => NormalMethod::RankShare,
            Some((Rule::m_percent_of, mut of)) if !of.is_empty() => NormalMethod::PercentOf(Box::new(of.remove(0))),
            Some((Rule::m_minmax, mut ends)) if ends.len() == 2 => {
                let high = ends.remove(1);
                NormalMethod::MinMax(Some((Box::new(ends.remove(0)), Box::new(high))))
            }
            Some((Rule::m_minmax, _)) => NormalMethod::MinMax(None),
            _ => NormalMethod::None,
        };
        tree::Normalisation { method, span }
    }

    fn index(&mut self, node: &Node) -> Option<tree::Index> {
        let mut index = tree::Index {
            name: self.name_in(node)?,
            title: self.text_in(node),
            among: None,
            within: Vec::new(),
            normalisation: None,
            parts: Vec::new(),
            on_missing: Vec::new(),
            round: None,
            notes: Notes::default(),
            span: self.span(node),
        };
        for child in &node.children {
            let span = self.span(child);
            match child.rule {
                Rule::among => {
                    if let Some(name) = self.name_in(child) {
                        self.once(&mut index.among, name, span);
                    }
                }
                Rule::within => index.within = find(child, Rule::path_list).map(|n| self.paths(n)).unwrap_or_default(),
                Rule::normalisation => {
                    let normalisation = self.normalisation(child);
                    self.once(&mut index.normalisation, normalisation, span);
                }
                Rule::index_block => {
                    let title = self.text_in(child)?;
                    let weight = self.expr_in(child);
                    index.parts.push(IndexPart::Block { title, weight, components: Vec::new(), span });
                }
                Rule::component => {
                    let component = self.component(child)?;
                    match index.parts.last_mut() {
                        Some(IndexPart::Block { components, .. }) => components.push(component),
                        _ => index.parts.push(IndexPart::Component(component)),
                    }
                }
                Rule::on_missing => {
                    let policy = self.missing_policy(child.children.get(1)?)?;
                    index.on_missing.push(tree::MissingComponent { policy, span });
                }
                Rule::round_to => {
                    let rounding =
                        if has(child, Rule::k_round_to_even) { Rounding::HalfEven } else { Rounding::HalfUp };
                    let step = self.expr_in(child);
                    self.once(&mut index.round, (rounding, step, span), span);
                }
                _ => {
                    self.note(&mut index.notes, child);
                }
            }
        }
        Some(index)
    }

    fn component(&mut self, node: &Node) -> Option<tree::Component> {
        let mut values = self.exprs_in(node).into_iter();
        let direction = find(node, Rule::direction).and_then(|n| n.children.first()).map(|n| match n.rule {
            Rule::higher => tree::Direction::HigherIsBetter,
            _ => tree::Direction::LowerIsBetter,
        });
        Some(tree::Component {
            value: values.next()?,
            title: self.text_in(node),
            weight: values.next()?,
            direction,
            normalisation: find(node, Rule::normalisation).map(|n| self.normalisation(n)),
            span: self.span(node),
        })
    }

    fn missing_policy(&mut self, node: &Node) -> Option<MissingPolicy> {
        Some(match node.rule {
            Rule::reweight => {
                let (mut least_weight, mut least_components): (Option<Expr>, Option<Expr>) = (None, None);
                for floor in node.children.iter().filter(|n| is_floor(n.rule)) {
                    let value = self.expr_in(floor);
                    let slot =
                        if floor.rule == Rule::floor_components { &mut least_components } else { &mut least_weight };
                    *slot = Some(value);
                }
                MissingPolicy::Reweight { least_weight, least_components }
            }
            Rule::reallocate => {
                let from = self.name_in(node)?;
                let to = find(node, Rule::name_list_open).map(|n| self.names(n)).unwrap_or_default();
                MissingPolicy::Reallocate { from, to }
            }
            Rule::p_zero => MissingPolicy::Zero,
            Rule::p_median => MissingPolicy::Median,
            _ => MissingPolicy::Required,
        })
    }

    fn function(&mut self, node: &Node) -> Option<tree::Function> {
        let mut notes = Notes::default();
        let mut arguments = Vec::new();
        for child in &node.children {
            if child.rule == Rule::argument {
                let name = find(child, Rule::word).map(|n| self.name(n))?;
                arguments.push((name, self.unit_in(child)));
            } else {
                self.note(&mut notes, child);
            }
        }
        Some(tree::Function {
            name: find(node, Rule::word).map(|n| self.name(n))?,
            title: self.text_in(node),
            arguments,
            result: self.unit_in(node),
            file: find(node, Rule::text_file).and_then(|n| self.text_in(n))?,
            notes,
            span: self.span(node),
        })
    }
}

fn is_floor(rule: Rule) -> bool {
    matches!(rule, Rule::floor_weight | Rule::floor_components)
}
