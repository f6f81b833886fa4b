//! Numbers and what they count, in the form that the number and its place demand.

use super::super::keywords::printed as words;
use super::super::keywords::{Case, Form, form, unit_word};
use super::super::tree::{self, Expr, ExprKind, QuantifiedOver};
use super::expressions::Writer;
use super::layout::Piece;
use crate::language::Language;
use crate::number::Number;
use crate::number::format::{decimal_text, exact_digits};

impl Writer {
    fn number(&mut self, value: &Number) {
        let mark = match self.language {
            Language::Russian => ',',
            Language::English => '.',
        };
        let (text, _) = decimal_text(value, exact_digits(value, 0, 60), mark);
        let whole = text.find(mark).unwrap_or(text.len());
        let digits = text.get(..whole).unwrap_or("");
        let mut out = String::new();
        for (i, digit) in digits.chars().enumerate() {
            // years and other numbers of four digits stay as they are
            if digits.len() > 4 && i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(' ');
            }
            out.push(digit);
        }
        out.push_str(text.get(whole..).unwrap_or(""));
        self.put(&out);
    }

    /// `10 баллов шкалы "ЕГЭ"`
    pub fn quantity(&mut self, value: &Number, unit: Option<&tree::UnitWord>, case: Case) {
        self.number(value);
        if let Some(unit) = unit {
            self.put(" ");
            self.unit_in(unit, form(Some(value), case, self.language));
        }
    }

    /// A unit without a number: `число баллов`.
    pub fn unit(&mut self, unit: &tree::UnitWord) {
        self.unit_in(unit, Form::Many);
    }

    fn unit_in(&mut self, unit: &tree::UnitWord, form: Form) {
        self.put(unit_word(unit.unit, form, self.language));
        if let Some(scale) = &unit.scale {
            self.put(" ");
            self.say(words::OF_SCALE);
            self.put(" ");
            self.value_text(scale);
        }
    }

    /// A value in the case its place demands, which its numbers and their units follow: `менее 1 человека`.
    pub fn inflected(&mut self, expr: &Expr, level: usize, case: Case) {
        match &expr.kind {
            ExprKind::Number(value, unit) => self.quantity(value, unit.as_ref(), case),
            ExprKind::Negate(inner) => {
                self.put("-");
                self.inflected(inner, level + 1, case);
            }
            ExprKind::Parenthesised(inner) => {
                self.put("(");
                self.inflected(inner, level + 1, case);
                self.put(")");
            }
            ExprKind::Arithmetic(..) => self.arithmetic(expr, level, case),
            _ => self.expr(expr, level),
        }
    }

    /// `от 1 человека до 100 человек`
    pub fn range(&mut self, low: &Expr, high: &Expr, level: usize) {
        self.say(words::FROM);
        self.put(" ");
        self.inflected(low, level, Case::Genitive);
        self.put(" ");
        self.say(words::TO);
        self.put(" ");
        self.inflected(high, level, Case::Genitive);
    }

    /// A number and what it counts, in the genitive: `квота 1 школы`, `не менее 2 составляющих`.
    pub fn counted(&mut self, count: &Expr, word: words::Counted, level: usize) {
        self.expr(count, level);
        self.put(" ");
        self.say(word.form(form(number_of(count), Case::Genitive, self.language)));
    }

    /// A count: a plain number or a path stands alone, anything else in parentheses.
    fn count(&mut self, count: &Expr, level: usize) {
        match &count.kind {
            ExprKind::Number(_, None) | ExprKind::Path(_) => self.expr(count, level),
            _ => {
                self.put("(");
                self.expr(count, level);
                self.put(")");
            }
        }
    }

    /// The first year of a range; `over table` begins another clause.
    fn first_year(&mut self, year: &Expr, level: usize) {
        let table = words::OVER_TABLE.word(self.language).rsplit(' ').next();
        let names_table = match &year.kind {
            ExprKind::Path(path) => path.names.first().is_some_and(|n| Some(n.text.to_lowercase().as_str()) == table),
            _ => false,
        };
        if names_table {
            self.put("(");
            self.expr(year, level);
            self.put(")");
        } else {
            self.count(year, level);
        }
    }

    fn years_word(&mut self, count: &Expr, case: Case) {
        self.put(unit_word(tree::UnitName::Year, form(number_of(count), case, self.language), self.language));
    }

    pub fn window(&mut self, window: &tree::Window, level: usize) {
        match &window.years {
            tree::WindowYears::Last(count) => {
                let one = number_of(count).and_then(Number::to_integer) == Some(1);
                self.say(if one { words::LAST_ONE } else { words::LAST });
                self.put(" ");
                self.count(count, level);
                self.put(" ");
                self.years_word(count, Case::Nominative);
            }
            tree::WindowYears::Range(first, last) => {
                self.say(words::OVER);
                self.put(" ");
                self.first_year(first, level);
                let one = self.alike(first, last);
                if !one {
                    self.put("–");
                    self.count(last, level);
                }
                // `за 2018 год`, but `over 2018`
                if self.language == Language::Russian {
                    self.put(if one { " год" } else { " годы" });
                }
            }
        }
    }

    /// Whether two expressions are written alike.
    fn alike(&self, a: &Expr, b: &Expr) -> bool {
        let written = |expr: &Expr| {
            let mut writer = Writer::new(self.language);
            writer.expr(expr, 0);
            let text = writer.pieces.into_iter().map(|piece| match piece {
                Piece::Text(text) => text,
                Piece::Break { .. } => " ".to_string(),
            });
            text.collect::<String>()
        };
        written(a) == written(b)
    }

    pub fn quantified(&mut self, quantified: &tree::Quantified, level: usize) {
        let of = match &quantified.of {
            QuantifiedOver::Criteria | QuantifiedOver::ListedCriteria(_) => words::CRITERIA,
            QuantifiedOver::Groups | QuantifiedOver::ListedGroups(_) => words::GROUPS,
            QuantifiedOver::Conditions(_) => words::CONDITIONS,
        };
        let applicable = quantified.applicable;
        let count = match &quantified.quantifier {
            tree::Quantifier::Any => Err(if applicable { of.any_applicable } else { of.any }),
            tree::Quantifier::All => Err(if applicable { of.all_applicable } else { of.all }),
            tree::Quantifier::None => Err(if applicable { of.none_applicable } else { of.none }),
            tree::Quantifier::AtLeast(count) => Ok((words::AT_LEAST, count, Case::Genitive)),
            tree::Quantifier::AtMost(count) => Ok((words::AT_MOST, count, Case::Genitive)),
            tree::Quantifier::Exactly(count) => Ok((words::EXACTLY, count, Case::Nominative)),
        };
        match count {
            Err(phrase) => self.say(phrase),
            Ok((bound, count, case)) => {
                self.say(words::MET_COUNT);
                self.put(" ");
                self.say(bound);
                self.put(" ");
                self.count(count, level);
                self.put(" ");
                let number = number_of(count);
                let all = matches!(quantified.of, QuantifiedOver::Criteria | QuantifiedOver::Groups);
                if number.is_none() && all {
                    // a name for the number: `не менее порог из критериев`
                    self.say(words::OF_THEM);
                    self.put(" ");
                }
                let form = form(number, case, self.language);
                if applicable {
                    self.say(of.applicable(form));
                    self.put(" ");
                }
                self.say(of.counted.form(form));
            }
        }
        match &quantified.of {
            QuantifiedOver::ListedCriteria(numbers) | QuantifiedOver::ListedGroups(numbers) => {
                self.numberings(numbers);
            }
            QuantifiedOver::Conditions(conditions) => {
                self.put(" ");
                self.say(words::OUT_OF);
                self.put(" (");
                self.list(conditions, level + 1);
                self.put(")");
            }
            QuantifiedOver::Criteria | QuantifiedOver::Groups => {}
        }
    }

    pub fn years(&mut self, years: &tree::Years, level: usize) {
        let tree::WindowYears::Last(window) = &years.window.years else {
            return;
        };
        match &years.quantifier {
            tree::YearsQuantifier::Each => {
                self.say(words::IN_EACH_OF_LAST);
                self.put(" ");
            }
            tree::YearsQuantifier::AtLeast(count) => {
                self.say(words::IN_AT_LEAST);
                self.put(" ");
                self.count(count, level);
                self.put(" ");
                self.say(words::OF_LAST);
                self.put(" ");
            }
            tree::YearsQuantifier::Consecutive(count) => {
                self.count(count, level);
                self.put(" ");
                self.years_word(count, Case::Nominative);
                self.put(" ");
                self.say(words::IN_A_ROW);
                self.put(" ");
                self.say(words::LAST);
                self.put(" ");
            }
        }
        self.count(window, level);
        self.put(" ");
        let case = match &years.quantifier {
            tree::YearsQuantifier::Consecutive(_) => Case::Nominative,
            // `из последних 3 лет`
            _ => Case::Genitive,
        };
        self.years_word(window, case);
        self.put(" (");
        self.expr(&years.condition, level + 1);
        self.put(")");
    }
}

/// The number an expression is, when it is one without a unit.
fn number_of(expr: &Expr) -> Option<&Number> {
    match &expr.kind {
        ExprKind::Number(number, None) => Some(number),
        _ => None,
    }
}
