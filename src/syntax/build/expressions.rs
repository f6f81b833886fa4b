//! Expressions and the clauses of aggregates.

use super::super::keywords::{self, mistaken};
use super::super::mistakes;
use super::super::parser::{Node, Rule};
use super::super::tree::{self, Clause, ClauseKind, Expr, ExprKind};
use super::{Builder, find, has};
use crate::diagnostic::syntax as kinds;
use crate::location::Span;
use crate::number::{Number, parse};

impl Builder<'_> {
    pub(super) fn expr(&mut self, node: &Node) -> Expr {
        let span = self.span(node);
        let kind = match node.rule {
            Rule::parenthesised => ExprKind::Parenthesised(Box::new(self.first(node))),
            Rule::expr | Rule::primary => return self.first(node),
            Rule::or_expr => return self.chain(node, ExprKind::Or),
            Rule::and_expr => return self.chain(node, ExprKind::And),
            Rule::not_expr => return self.negated(node),
            Rule::comparison => return self.comparison(node),
            Rule::additive | Rule::multiplicative => return self.arithmetic(node),
            Rule::unary => {
                let mut value = self.last(node);
                for sign in node.children.iter().rev().filter(|n| n.rule == Rule::minus_sign) {
                    let whole = self.span(sign).to(value.span);
                    value = Expr { kind: ExprKind::Negate(Box::new(value)), span: whole };
                }
                return value;
            }
            Rule::choice => self.choice(node),
            Rule::date => ExprKind::Date(self.date(node)),
            Rule::quantity | Rule::plain_number => self.quantity(node),
            Rule::text => ExprKind::Text(self.text(node)),
            Rule::yes_no => ExprKind::YesNo(has(node, Rule::k_yes)),
            Rule::criterion_status => self.criterion_status(node),
            Rule::category_status => ExprKind::CategoryStatus(self.name_or_empty(node)),
            Rule::met_count => ExprKind::MetCount(self.met_count(node)),
            Rule::call => ExprKind::Call(self.call(node)),
            Rule::path => ExprKind::Path(self.path(node)),
            Rule::count => return self.first(node),
            Rule::quantified | Rule::quantified_none => self.quantified(node),
            Rule::years => self.years(node),
            _ => ExprKind::YesNo(false),
        };
        Expr { kind, span }
    }

    /// The expression in the first child that is one.
    fn first(&mut self, node: &Node) -> Expr {
        match node.children.iter().find(|n| is_operand(node, n)) {
            Some(child) => self.expr(child),
            None => Expr { kind: ExprKind::YesNo(false), span: self.span(node) },
        }
    }

    fn last(&mut self, node: &Node) -> Expr {
        match node.children.iter().rev().find(|n| is_operand(node, n)) {
            Some(child) => self.expr(child),
            None => Expr { kind: ExprKind::YesNo(false), span: self.span(node) },
        }
    }

    pub(super) fn expr_in(&mut self, node: &Node) -> Expr {
        self.first(node)
    }

    pub(super) fn exprs_in(&mut self, node: &Node) -> Vec<Expr> {
        let children: Vec<&Node> = node.children.iter().filter(|n| is_operand(node, n)).collect();
        children.into_iter().map(|n| self.expr(n)).collect()
    }

    fn chain(&mut self, node: &Node, join: fn(Box<Expr>, Box<Expr>) -> ExprKind) -> Expr {
        let mut operands = self.exprs_in(node).into_iter();
        let Some(mut left) = operands.next() else {
            return Expr { kind: ExprKind::YesNo(false), span: self.span(node) };
        };
        for right in operands {
            let span = left.span.to(right.span);
            left = Expr { kind: join(Box::new(left), Box::new(right)), span };
        }
        left
    }

    fn negated(&mut self, node: &Node) -> Expr {
        let mut value = self.last(node);
        // In Russian `не выполнен ни один` is one negation, not two.
        let doubled =
            node.children.iter().find(|n| n.rule == Rule::quantified_none).and_then(|n| find(n, Rule::q_none));
        let own = usize::from(doubled.is_some_and(|n| self.written(n).starts_with(['н', 'Н'])));
        for not in node.children.iter().rev().filter(|n| n.rule == Rule::negation).skip(own) {
            let span = self.span(not).to(value.span);
            value = Expr { kind: ExprKind::Not(Box::new(value)), span };
        }
        value
    }

    fn arithmetic(&mut self, node: &Node) -> Expr {
        let mut children = node.children.iter();
        let Some(first) = children.next() else {
            return Expr { kind: ExprKind::YesNo(false), span: self.span(node) };
        };
        let mut left = self.expr(first);
        while let (Some(op), Some(right)) = (children.next(), children.next()) {
            let op = match op.rule {
                Rule::plus => tree::ArithmeticOp::Add,
                Rule::minus => tree::ArithmeticOp::Subtract,
                Rule::times => tree::ArithmeticOp::Multiply,
                _ => tree::ArithmeticOp::Divide,
            };
            let right = self.expr(right);
            let span = left.span.to(right.span);
            left = Expr { kind: ExprKind::Arithmetic(op, Box::new(left), Box::new(right)), span };
        }
        left
    }

    fn quantity(&mut self, node: &Node) -> ExprKind {
        let written = find(node, Rule::number).map(|n| self.written(n)).unwrap_or("");
        let number = parse::number(written).unwrap_or_else(Number::zero);
        ExprKind::Number(number, self.unit_in(node))
    }

    fn choice(&mut self, node: &Node) -> ExprKind {
        let mut all = self.exprs_in(node);
        let otherwise = all.pop().unwrap_or(Expr { kind: ExprKind::YesNo(false), span: self.span(node) });
        let mut branches = Vec::new();
        let mut rest = all.into_iter();
        while let (Some(when), Some(then)) = (rest.next(), rest.next()) {
            branches.push((when, then));
        }
        ExprKind::If { branches, otherwise: Box::new(otherwise) }
    }

    fn comparison(&mut self, node: &Node) -> Expr {
        let span = self.span(node);
        let value = self.first(node);
        let tail = node.children.iter().find(|n| {
            matches!(n.rule, Rule::compare | Rule::between | Rule::one_of | Rule::in_list | Rule::in_cut | Rule::status)
        });
        let Some(tail) = tail else {
            return value;
        };
        let value = Box::new(value);
        let negated = has(tail, Rule::k_not_flag);
        let kind = match tail.rule {
            Rule::compare => {
                let op = find(tail, Rule::compare_op).and_then(|n| n.children.first()).map(|n| n.rule);
                let op = match op {
                    Some(Rule::op_at_most) => tree::CompareOp::AtMost,
                    Some(Rule::op_at_least) => tree::CompareOp::AtLeast,
                    Some(Rule::op_not_equal) => tree::CompareOp::NotEqual,
                    Some(Rule::op_less) => tree::CompareOp::Less,
                    Some(Rule::op_more) => tree::CompareOp::More,
                    _ => tree::CompareOp::Equal,
                };
                ExprKind::Compare(op, value, Box::new(self.last(tail)))
            }
            Rule::between => {
                let mut ends = self.exprs_in(tail).into_iter();
                match (ends.next(), ends.next()) {
                    (Some(low), Some(high)) => {
                        ExprKind::Between { value, low: Box::new(low), high: Box::new(high), negated }
                    }
                    _ => return *value,
                }
            }
            Rule::one_of => ExprKind::OneOf { value, options: self.exprs_in(tail), negated },
            Rule::in_list => {
                let Some(list) = self.name_in(tail) else {
                    return *value;
                };
                let date = find(tail, Rule::date).map(|n| Box::new(self.expr(n)));
                ExprKind::InList { value, list, date, negated }
            }
            Rule::in_cut => self.in_cut(tail, *value, negated),
            _ => {
                let status = match tail.children.first().map(|n| n.rule) {
                    Some(Rule::s_not_known) => tree::ValueStatus::NotKnown,
                    Some(Rule::s_missing) => tree::ValueStatus::Missing,
                    Some(Rule::s_not_applicable) => tree::ValueStatus::NotApplicable,
                    Some(Rule::s_suppressed) => tree::ValueStatus::Suppressed,
                    Some(Rule::s_invalid) => tree::ValueStatus::Invalid,
                    _ => tree::ValueStatus::Known,
                };
                ExprKind::Status { value, status }
            }
        };
        Expr { kind, span }
    }

    fn in_cut(&mut self, node: &Node, value: Expr, negated: bool) -> ExprKind {
        let side = if has(node, Rule::in_highest) { tree::CutSide::Highest } else { tree::CutSide::Lowest };
        let mut cut =
            tree::InCut { value, side, negated, among: None, quota: None, quota_of: None, within: Vec::new() };
        let mut within = None;
        for child in &node.children {
            let span = self.span(child);
            match child.rule {
                Rule::cut_among => {
                    if let Some(name) = self.name_in(child) {
                        self.once(&mut cut.among, name, span);
                    }
                }
                Rule::cut_quota => {
                    let quota = self.expr_in(child);
                    self.once(&mut cut.quota, quota, span);
                    cut.quota_of = self.name_in(child);
                }
                Rule::cut_within => {
                    let paths = find(child, Rule::path_list).map(|n| self.paths(n)).unwrap_or_default();
                    self.once(&mut within, paths, span);
                }
                _ => {}
            }
        }
        cut.within = within.unwrap_or_default();
        ExprKind::InCut(Box::new(cut))
    }

    fn criterion_status(&mut self, node: &Node) -> ExprKind {
        let number = match find(node, Rule::numbering) {
            Some(n) => self.numbering(n),
            None => tree::Numbering { parts: Vec::new(), span: Span::default() },
        };
        let verdict = find(node, Rule::criterion_verdict).and_then(|n| n.children.first()).map(|n| n.rule);
        let status = match verdict {
            Some(Rule::v_not_met) => tree::CriterionStatus::NotMet,
            Some(Rule::v_undetermined) => tree::CriterionStatus::Undetermined,
            Some(Rule::v_not_applicable) => tree::CriterionStatus::NotApplicable,
            _ => tree::CriterionStatus::Met,
        };
        ExprKind::CriterionStatus { number, status }
    }

    fn name_or_empty(&mut self, node: &Node) -> tree::Name {
        self.name_in(node).unwrap_or(tree::Name { text: "".into(), span: Span::default() })
    }

    fn met_count(&mut self, node: &Node) -> tree::MetCountOf {
        if has(node, Rule::k_of_category) {
            return tree::MetCountOf::Category(self.name_or_empty(node));
        }
        let numbers = node.children.iter().filter(|n| n.rule == Rule::numbering);
        tree::MetCountOf::Listed(numbers.map(|n| self.numbering(n)).collect())
    }

    fn call(&mut self, node: &Node) -> tree::Call {
        let head = node.children.first();
        let name = match head {
            Some(head) => self.name(head),
            None => tree::Name { text: "".into(), span: Span::default() },
        };
        let function = match keywords::built_in(&name.text) {
            Some(built_in) => tree::CallName::BuiltIn(built_in, name.span),
            None => tree::CallName::Declared(name),
        };
        let arguments = self.exprs_in(node);
        let clauses: Vec<tree::Clause> = node.children.iter().filter_map(|n| self.clause(n)).collect();
        for (at, clause) in clauses.iter().enumerate() {
            let kind = std::mem::discriminant(&clause.kind);
            if clauses.iter().take(at).any(|before| std::mem::discriminant(&before.kind) == kind) {
                self.report(kinds::CLAUSE_TWICE, clause.span);
            }
        }
        tree::Call { function, arguments, clauses }
    }

    /// A clause of an aggregate, when the node is one.
    pub(super) fn clause(&mut self, node: &Node) -> Option<Clause> {
        let span = self.span(node);
        let kind = match node.rule {
            Rule::c_where => ClauseKind::Where(self.expr_in(node)),
            Rule::c_suppressing => ClauseKind::Suppressing(self.expr_in(node)),
            Rule::c_window => ClauseKind::Window(self.window(find(node, Rule::window)?)),
            Rule::c_weight => ClauseKind::Weight(self.expr_in(node)),
            Rule::c_distinct => ClauseKind::Distinct(self.paths(find(node, Rule::path_list)?)),
            Rule::c_among => ClauseKind::Among(self.name_in(node)?),
            Rule::c_within => ClauseKind::Within(self.paths(find(node, Rule::path_list)?)),
            Rule::c_except_self => ClauseKind::ExceptSelf,
            _ => return None,
        };
        Some(Clause { kind, span })
    }

    pub(super) fn window(&mut self, node: &Node) -> tree::Window {
        let span = self.span(node);
        let inner = node.children.first();
        let mut counts = inner.map(|n| self.exprs_in(n)).unwrap_or_default().into_iter();
        let mut first = counts.next().unwrap_or(Expr { kind: ExprKind::Number(Number::zero(), None), span });
        let years = match inner.map(|n| n.rule) {
            Some(Rule::window_over) => {
                let words = self.folded.get(span.start..span.end).unwrap_or("");
                if let (ExprKind::Path(_), Some(found)) = (&first.kind, mistaken::years_without_number(words))
                    && span.start + found.start == first.span.start
                {
                    let problem = mistakes::years_without_number(self.source, words, &found, span.start);
                    self.diagnostics.push(problem);
                    first.kind = ExprKind::Number(Number::one(), None);
                }
                let last = counts.next().unwrap_or_else(|| first.clone());
                tree::WindowYears::Range(Box::new(first), Box::new(last))
            }
            _ => tree::WindowYears::Last(Box::new(first)),
        };
        tree::Window { years, span }
    }

    fn quantified(&mut self, node: &Node) -> ExprKind {
        let mut quantifier = tree::Quantifier::Any;
        let mut of = tree::QuantifiedOver::Criteria;
        for child in &node.children {
            match child.rule {
                Rule::q_any => quantifier = tree::Quantifier::Any,
                Rule::q_all => quantifier = tree::Quantifier::All,
                Rule::q_none => quantifier = tree::Quantifier::None,
                Rule::q_at_least => quantifier = tree::Quantifier::AtLeast(self.expr_in(child)),
                Rule::q_at_most => quantifier = tree::Quantifier::AtMost(self.expr_in(child)),
                Rule::q_exactly => quantifier = tree::Quantifier::Exactly(self.expr_in(child)),
                Rule::listed_criteria | Rule::listed_groups => {
                    let nodes: Vec<&Node> = child.children.iter().filter(|n| n.rule == Rule::numbering).collect();
                    let numbers = nodes.into_iter().map(|n| self.numbering(n)).collect();
                    of = if child.rule == Rule::listed_criteria {
                        tree::QuantifiedOver::ListedCriteria(numbers)
                    } else {
                        tree::QuantifiedOver::ListedGroups(numbers)
                    };
                }
                Rule::of_criteria => of = tree::QuantifiedOver::Criteria,
                Rule::of_groups => of = tree::QuantifiedOver::Groups,
                Rule::of_conditions => of = tree::QuantifiedOver::Conditions(self.exprs_in(child)),
                _ => {}
            }
        }
        let applicable = has(node, Rule::applicable);
        ExprKind::Quantified(Box::new(tree::Quantified { quantifier, applicable, of }))
    }

    fn years(&mut self, node: &Node) -> ExprKind {
        let condition = self.last(node);
        let zero = Expr { kind: ExprKind::Number(Number::zero(), None), span: condition.span };
        let head = node.children.first();
        let span = head.map_or(condition.span, |n| self.span(n));
        let mut counts = head.map(|n| self.exprs_in(n)).unwrap_or_default().into_iter();
        let first = counts.next().unwrap_or_else(|| zero.clone());
        let (quantifier, years) = match head.map(|n| n.rule) {
            Some(Rule::years_at_least) => (tree::YearsQuantifier::AtLeast(first), counts.next().unwrap_or(zero)),
            Some(Rule::years_in_row) => (tree::YearsQuantifier::Consecutive(first), counts.next().unwrap_or(zero)),
            _ => (tree::YearsQuantifier::Each, first),
        };
        let window = tree::Window { years: tree::WindowYears::Last(Box::new(years)), span };
        ExprKind::Years(Box::new(tree::Years { quantifier, window, condition }))
    }
}

/// A text is a value only inside an expression; elsewhere it is a title.
fn is_operand(parent: &Node, child: &Node) -> bool {
    is_expression(child.rule) && (child.rule != Rule::text || parent.rule == Rule::primary)
}

fn is_expression(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::expr
            | Rule::or_expr
            | Rule::and_expr
            | Rule::not_expr
            | Rule::comparison
            | Rule::additive
            | Rule::multiplicative
            | Rule::unary
            | Rule::primary
            | Rule::choice
            | Rule::parenthesised
            | Rule::date
            | Rule::quantity
            | Rule::plain_number
            | Rule::text
            | Rule::yes_no
            | Rule::criterion_status
            | Rule::category_status
            | Rule::met_count
            | Rule::call
            | Rule::path
            | Rule::count
            | Rule::quantified
            | Rule::quantified_none
            | Rule::years
    )
}
