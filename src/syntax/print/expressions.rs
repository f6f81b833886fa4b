//! Expressions and the clauses of aggregates, as pieces of a line.

use jiff::civil::Date;

use super::super::keywords::printed::{self as words, Keyword};
use super::super::keywords::{Case, built_in_word};
use super::super::tree::{self, ArithmeticOp, Clause, ClauseKind, CompareOp, Expr, ExprKind};
use super::layout::Piece;
use crate::language::Language;

/// Collects the pieces of one clause.
#[derive(Debug)]
pub(super) struct Writer {
    pub language: Language,
    pub pieces: Vec<Piece>,
}

impl Writer {
    pub fn new(language: Language) -> Self {
        Writer { language, pieces: Vec::new() }
    }

    pub fn put(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Text(last)) => last.push_str(text),
            _ => self.pieces.push(Piece::Text(text.to_string())),
        }
    }

    pub fn say(&mut self, keyword: Keyword) {
        self.put(keyword.word(self.language));
    }

    /// A space that may become a line end.
    pub fn gap(&mut self, level: usize, anchor: usize) {
        self.gap_by(level, if level == 0 { 2 } else { 4 }, anchor);
    }

    /// A space that may become a line end with the next part indented by `step`.
    pub fn gap_by(&mut self, level: usize, step: usize, anchor: usize) {
        self.pieces.push(Piece::Break { level, step, anchor });
    }

    /// A part that begins with a keyword and may go to the next line; Russian demands a comma before it.
    pub fn subordinate(&mut self, level: usize, anchor: usize, keyword: Keyword) {
        self.comma_in_russian();
        self.gap(level, anchor);
        self.say(keyword);
        self.put(" ");
    }

    fn comma_in_russian(&mut self) {
        if self.language == Language::Russian {
            self.put(",");
        }
    }

    /// A comma, and a part that begins with a keyword and may go to the next line.
    pub fn continued(&mut self, level: usize, anchor: usize, keyword: Keyword) {
        self.put(",");
        self.gap(level, anchor);
        self.say(keyword);
        self.put(" ");
    }

    pub fn name(&mut self, name: &tree::Name) {
        self.put(&name.text);
    }

    pub fn path(&mut self, path: &tree::Path) {
        for (i, name) in path.names.iter().enumerate() {
            if i > 0 {
                self.put(".");
            }
            self.name(name);
        }
    }

    /// One path alone, several in parentheses.
    pub fn paths(&mut self, paths: &[tree::Path]) {
        if let [only] = paths {
            return self.path(only);
        }
        self.put("(");
        for (i, path) in paths.iter().enumerate() {
            self.put(if i > 0 { "; " } else { "" });
            self.path(path);
        }
        self.put(")");
    }

    /// A text that is a value: `"…"`.
    pub fn value_text(&mut self, text: &tree::Text) {
        self.put(&format!("\"{}\"", text.text.replace('"', "\"\"")));
    }

    /// A text for people: «…», unless its own marks do not pair.
    pub fn title(&mut self, text: &tree::Text) {
        let mut depth = 0i64;
        let paired = text.text.chars().all(|c| {
            depth += i64::from(c == '«') - i64::from(c == '»');
            depth >= 0
        });
        if paired && depth == 0 { self.put(&format!("«{}»", text.text)) } else { self.value_text(text) }
    }

    pub fn date(&mut self, date: Date) {
        let (year, month, day) = (date.year(), date.month(), date.day());
        self.put(&match self.language {
            Language::Russian => format!("{day:02}.{month:02}.{year:04}"),
            Language::English => format!("{year:04}-{month:02}-{day:02}"),
        });
    }

    pub fn numbering(&mut self, number: &tree::Numbering) {
        let parts: Vec<String> = number.parts.iter().map(ToString::to_string).collect();
        self.put(&parts.join("."));
    }

    pub fn numberings(&mut self, numbers: &[tree::Numbering]) {
        self.put(" ");
        self.say(words::OUT_OF);
        self.put(" (");
        for (i, number) in numbers.iter().enumerate() {
            self.put(if i > 0 { "; " } else { "" });
            self.numbering(number);
        }
        self.put(")");
    }

    pub fn list(&mut self, items: &[Expr], level: usize) {
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                self.put(";");
                self.gap(level, item.span.start);
            }
            self.expr(item, level + 1);
        }
    }

    pub fn expr(&mut self, expr: &Expr, level: usize) {
        match &expr.kind {
            ExprKind::Number(..) | ExprKind::Parenthesised(_) | ExprKind::Negate(_) | ExprKind::Arithmetic(..) => {
                self.inflected(expr, level, Case::Nominative);
            }
            ExprKind::Text(text) => self.value_text(text),
            ExprKind::YesNo(yes) => self.say(if *yes { words::YES } else { words::NO }),
            ExprKind::Date(date) => self.date(*date),
            ExprKind::Path(path) => self.path(path),
            ExprKind::Call(call) => self.call(call, level),
            ExprKind::Compare(op, left, right) => {
                self.expr(left, level + 1);
                self.put(" ");
                match op {
                    CompareOp::Less => self.say(words::LESS),
                    CompareOp::AtMost => self.say(words::AT_MOST),
                    CompareOp::More => self.say(words::MORE),
                    CompareOp::AtLeast => self.say(words::AT_LEAST),
                    CompareOp::Equal => self.put("="),
                    CompareOp::NotEqual => self.say(words::NOT_EQUAL),
                }
                self.put(" ");
                let case = match op {
                    CompareOp::Equal => Case::Nominative,
                    CompareOp::NotEqual => Case::Dative,
                    CompareOp::Less | CompareOp::AtMost | CompareOp::More | CompareOp::AtLeast => Case::Genitive,
                };
                self.inflected(right, level + 1, case);
            }
            ExprKind::Between { value, low, high, negated } => {
                self.tested(value, *negated, level);
                self.range(low, high, level + 1);
            }
            ExprKind::OneOf { value, options, negated } => {
                self.tested(value, *negated, level);
                self.say(words::IN);
                self.put(" (");
                self.list(options, level + 1);
                self.put(")");
            }
            ExprKind::InList { value, list, date, negated } => {
                self.tested(value, *negated, level);
                self.say(words::IN_LIST);
                self.put(" ");
                self.name(list);
                if let Some(date) = date {
                    self.put(" ");
                    self.say(words::ON_DATE);
                    self.put(" ");
                    self.expr(date, level + 1);
                }
            }
            ExprKind::InCut(cut) => self.cut(cut, level),
            ExprKind::Status { value, status } => {
                self.expr(value, level + 1);
                self.put(" ");
                self.say(match status {
                    tree::ValueStatus::Known => words::KNOWN,
                    tree::ValueStatus::NotKnown => words::NOT_KNOWN,
                    tree::ValueStatus::Missing => words::IS_MISSING,
                    tree::ValueStatus::NotApplicable => words::NOT_APPLICABLE,
                    tree::ValueStatus::Suppressed => words::IS_SUPPRESSED,
                    tree::ValueStatus::Invalid => words::IS_INVALID,
                });
            }
            ExprKind::CriterionStatus { number, status } => {
                self.say(words::CRITERION);
                self.put(" ");
                self.numbering(number);
                self.put(" ");
                self.say(match status {
                    tree::CriterionStatus::Met => words::IS_MET,
                    tree::CriterionStatus::NotMet => words::IS_NOT_MET,
                    tree::CriterionStatus::Undetermined => words::IS_UNDETERMINED,
                    tree::CriterionStatus::NotApplicable => words::IS_NOT_APPLICABLE,
                });
            }
            ExprKind::CategoryStatus(name) => {
                self.say(words::ASSIGNED_TO);
                self.put(" ");
                self.name(name);
            }
            ExprKind::MetCount(of) => {
                self.say(words::NUMBER_OF_MET);
                match of {
                    tree::MetCountOf::Category(name) => {
                        self.put(" ");
                        self.say(words::OF_CATEGORY);
                        self.put(" ");
                        self.name(name);
                    }
                    tree::MetCountOf::Listed(numbers) => self.numberings(numbers),
                }
            }
            ExprKind::And(..) | ExprKind::Or(..) => self.chain(expr, level),
            ExprKind::Not(inner) => {
                self.say(words::NOT);
                self.put(" ");
                self.expr(inner, level);
            }
            ExprKind::Quantified(quantified) => self.quantified(quantified, level),
            ExprKind::Years(years) => self.years(years, level),
            ExprKind::If { branches, otherwise } => self.choice(branches, otherwise, level),
        }
    }

    /// The value before `в`, `от`, `в списке`, with `не` when the test is negated.
    fn tested(&mut self, value: &Expr, negated: bool, level: usize) {
        self.expr(value, level + 1);
        self.put(" ");
        if negated {
            self.say(words::NOT);
            self.put(" ");
        }
    }

    /// `a и b и c`: one chain for operands of one kind, so that long ones need no deep recursion.
    fn chain(&mut self, expr: &Expr, level: usize) {
        let or = matches!(expr.kind, ExprKind::Or(..));
        let mut operands = Vec::new();
        let mut left = expr;
        loop {
            match &left.kind {
                ExprKind::Or(a, b) if or => {
                    operands.push(b.as_ref());
                    left = a;
                }
                ExprKind::And(a, b) if !or => {
                    operands.push(b.as_ref());
                    left = a;
                }
                _ => break,
            }
        }
        self.expr(left, level + 1);
        for operand in operands.into_iter().rev() {
            self.gap(level, operand.span.start);
            self.say(if or { words::OR } else { words::AND });
            self.put(" ");
            self.expr(operand, level + 1);
        }
    }

    pub fn arithmetic(&mut self, expr: &Expr, level: usize, case: Case) {
        let mut operands = Vec::new();
        let mut left = expr;
        while let ExprKind::Arithmetic(op, a, b) = &left.kind {
            operands.push((*op, b.as_ref()));
            left = a;
        }
        self.inflected(left, level + 1, case);
        for (op, operand) in operands.into_iter().rev() {
            match op {
                ArithmeticOp::Add | ArithmeticOp::Subtract => self.gap(level, operand.span.start),
                ArithmeticOp::Multiply | ArithmeticOp::Divide => self.put(" "),
            }
            self.put(match op {
                ArithmeticOp::Add => "+ ",
                ArithmeticOp::Subtract => "- ",
                ArithmeticOp::Multiply => "* ",
                ArithmeticOp::Divide => "/ ",
            });
            self.inflected(operand, level + 1, case);
        }
    }

    fn call(&mut self, call: &tree::Call, level: usize) {
        match &call.function {
            tree::CallName::BuiltIn(built_in, _) => self.put(built_in_word(*built_in, self.language)),
            tree::CallName::Declared(name) => self.name(name),
        }
        self.put("(");
        self.list(&call.arguments, level + 1);
        for (i, clause) in call.clauses.iter().enumerate() {
            if i > 0 || !call.arguments.is_empty() {
                self.put(",");
                self.gap(level + 1, clause.span.start);
            }
            self.clause(clause, level + 2);
        }
        self.put(")");
    }

    pub fn clause(&mut self, clause: &Clause, level: usize) {
        let (keyword, expr) = match &clause.kind {
            ClauseKind::Where(condition) => (words::WHERE, condition),
            ClauseKind::Suppressing(condition) => (words::SUPPRESSING, condition),
            ClauseKind::Weight(weight) => (words::WITH_WEIGHT, weight),
            ClauseKind::Window(window) => return self.window(window, level),
            ClauseKind::ExceptSelf => return self.say(words::EXCEPT_SELF),
            ClauseKind::Among(name) => {
                self.say(words::AMONG);
                self.put(" ");
                return self.name(name);
            }
            ClauseKind::Distinct(paths) | ClauseKind::Within(paths) => {
                let distinct = matches!(clause.kind, ClauseKind::Distinct(_));
                self.say(if distinct { words::DISTINCT } else { words::WITHIN });
                self.put(" ");
                return self.paths(paths);
            }
        };
        self.say(keyword);
        self.put(" ");
        self.expr(expr, level);
    }

    fn cut(&mut self, cut: &tree::InCut, level: usize) {
        self.tested(&cut.value, cut.negated, level);
        self.say(match cut.side {
            tree::CutSide::Lowest => words::IN_LOWEST,
            tree::CutSide::Highest => words::IN_HIGHEST,
        });
        let part = |writer: &mut Self, keyword: Keyword, anchor: usize, first: bool| {
            if first {
                writer.put(" ");
            } else {
                writer.put(",");
                writer.gap(level + 1, anchor);
            }
            writer.say(keyword);
            writer.put(" ");
        };
        if let Some(among) = &cut.among {
            part(self, words::AMONG, among.span.start, true);
            self.name(among);
        }
        if let Some(quota) = &cut.quota {
            part(self, words::QUOTA, quota.span.start, false);
            match quota.kind {
                ExprKind::Number(_, None) => self.counted(quota, words::SCHOOLS, level + 2),
                _ => self.inflected(quota, level + 2, Case::Genitive),
            }
            if let Some(of) = &cut.quota_of {
                self.put(" ");
                self.say(words::QUOTA_OF);
                self.put(" ");
                self.name(of);
            }
        }
        if let Some(first) = cut.within.first() {
            part(self, words::WITHIN, first.span.start, false);
            self.paths(&cut.within);
        }
    }

    fn choice(&mut self, branches: &[(Expr, Expr)], otherwise: &Expr, level: usize) {
        self.put("(");
        for (i, (when, then)) in branches.iter().enumerate() {
            if i > 0 {
                self.subordinate(level + 1, when.span.start, words::ELSE);
            }
            self.say(words::IF);
            self.put(" ");
            self.expr(when, level + 2);
            self.comma_in_russian();
            self.put(" ");
            self.say(words::THEN);
            self.put(" ");
            self.expr(then, level + 2);
        }
        self.subordinate(level + 1, otherwise.span.start, words::ELSE);
        self.expr(otherwise, level + 2);
        self.put(")");
    }
}
