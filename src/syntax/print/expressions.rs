//! Expressions and the clauses of aggregates as text.

use super::super::keywords::{built_in_word, unit_word};
use super::Printer;
use crate::language::Language;
use crate::number::Number;
use crate::number::format::{decimal_text, exact_digits};
use crate::number::rounding::Rounding;
use crate::syntax::tree::{self, Clause, ClauseKind, Expr, ExprKind, Name, Path, UnitWord};

impl Printer {
    pub(super) fn expr(&self, expr: &Expr) -> String {
        match &expr.kind {
            ExprKind::Number(number, unit) => self.number(number, unit.as_ref()),
            ExprKind::Text(text) => self.value(text),
            ExprKind::YesNo(true) => self.word("да", "yes").to_string(),
            ExprKind::YesNo(false) => self.word("нет", "no").to_string(),
            ExprKind::Date(date) => self.date(*date),
            ExprKind::Path(path) => path_text(path),
            ExprKind::Call(call) => self.call(call),
            ExprKind::Parenthesised(inner) => format!("({})", self.expr(inner)),
            ExprKind::Negate(value) => format!("-{}", self.expr(value)),
            ExprKind::Arithmetic(op, a, b) => {
                let sign = match op {
                    tree::ArithmeticOp::Add => "+",
                    tree::ArithmeticOp::Subtract => "-",
                    tree::ArithmeticOp::Multiply => "*",
                    tree::ArithmeticOp::Divide => "/",
                };
                format!("{} {sign} {}", self.expr(a), self.expr(b))
            }
            ExprKind::Compare(op, a, b) => format!("{} {} {}", self.expr(a), self.compare(*op), self.expr(b)),
            ExprKind::Between { value, low, high, negated } => format!(
                "{} {}{} {} {} {}",
                self.expr(value),
                self.not(*negated),
                self.word("от", "from"),
                self.expr(low),
                self.word("до", "to"),
                self.expr(high)
            ),
            ExprKind::OneOf { value, options, negated } => {
                let options: Vec<String> = options.iter().map(|o| self.expr(o)).collect();
                format!("{} {}{} ({})", self.expr(value), self.not(*negated), self.word("в", "in"), options.join("; "))
            }
            ExprKind::InList { value, list, date, negated } => {
                let date = date
                    .as_ref()
                    .map_or(String::new(), |d| format!(" {} {}", self.word("на дату", "as of"), self.expr(d)));
                let words = self.word("в списке", "in list");
                format!("{} {}{words} {}{date}", self.expr(value), self.not(*negated), list.text)
            }
            ExprKind::InCut(cut) => self.in_cut(cut),
            ExprKind::Status { value, status } => {
                let words = match status {
                    tree::ValueStatus::Known => self.word("известно", "known"),
                    tree::ValueStatus::NotKnown => self.word("не известно", "not known"),
                    tree::ValueStatus::Missing => self.word("пропущено", "missing"),
                    tree::ValueStatus::NotApplicable => self.word("не применимо", "not applicable"),
                    tree::ValueStatus::Suppressed => self.word("скрыто", "suppressed"),
                    tree::ValueStatus::Invalid => self.word("недостоверно", "invalid"),
                };
                format!("{} {words}", self.expr(value))
            }
            ExprKind::CriterionStatus { number, status } => {
                let words = match status {
                    tree::CriterionStatus::Met => self.word("выполнен", "met"),
                    tree::CriterionStatus::NotMet => self.word("не выполнен", "not met"),
                    tree::CriterionStatus::Undetermined => self.word("не определён", "undetermined"),
                    tree::CriterionStatus::NotApplicable => self.word("не применим", "not applicable"),
                };
                format!("{} {} {words}", self.word("критерий", "criterion"), numbering(number))
            }
            ExprKind::And(a, b) => format!("{} {} {}", self.expr(a), self.word("и", "and"), self.expr(b)),
            ExprKind::Or(a, b) => format!("{} {} {}", self.expr(a), self.word("или", "or"), self.expr(b)),
            ExprKind::Not(value) => format!("{} {}", self.word("не", "not"), self.expr(value)),
            ExprKind::Quantified(quantified) => self.quantified(quantified),
            ExprKind::Years(years) => self.years(years),
            ExprKind::If { branches, otherwise } => {
                let (when, then) = (self.word("если", "when"), self.word("то", "then"));
                let other = self.word("иначе", "else");
                let mut text = String::from("(");
                for (at, (condition, value)) in branches.iter().enumerate() {
                    if at > 0 {
                        text.push_str(&format!(" {other} "));
                    }
                    text.push_str(&format!("{when} {} {then} {}", self.expr(condition), self.expr(value)));
                }
                format!("{text} {other} {})", self.expr(otherwise))
            }
        }
    }

    fn not(&self, negated: bool) -> &'static str {
        if negated { self.word("не ", "not ") } else { "" }
    }

    pub(super) fn compare(&self, op: tree::CompareOp) -> &'static str {
        match op {
            tree::CompareOp::Less => self.word("менее", "less than"),
            tree::CompareOp::AtMost => self.word("не более", "at most"),
            tree::CompareOp::More => self.word("более", "more than"),
            tree::CompareOp::AtLeast => self.word("не менее", "at least"),
            tree::CompareOp::Equal => "=",
            tree::CompareOp::NotEqual => self.word("не равно", "not equal to"),
        }
    }

    pub(super) fn number(&self, number: &Number, unit: Option<&UnitWord>) -> String {
        let mark = if self.language == Language::Russian { ',' } else { '.' };
        let (digits, _) = decimal_text(number, exact_digits(number, 0, 60), mark);
        let digits = digits.replace('−', "-");
        let grouped = grouped(&digits, mark);
        match unit {
            None => grouped,
            Some(unit) => format!("{grouped} {}", self.unit(unit, Some(number))),
        }
    }

    pub(super) fn unit(&self, unit: &UnitWord, number: Option<&Number>) -> String {
        let word = unit_word(unit.unit, number, self.language);
        match &unit.scale {
            None => word.to_string(),
            Some(scale) => format!("{word} {} {}", self.word("шкалы", "of scale"), self.value(scale)),
        }
    }

    pub(super) fn date(&self, date: jiff::civil::Date) -> String {
        match self.language {
            Language::Russian => format!("{:02}.{:02}.{:04}", date.day(), date.month(), date.year()),
            Language::English => format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()),
        }
    }

    fn call(&self, call: &tree::Call) -> String {
        let name = match &call.function {
            tree::CallName::BuiltIn(built_in, _) => built_in_word(*built_in, self.language).to_string(),
            tree::CallName::Declared(name) => name.text.to_string(),
        };
        let arguments: Vec<String> = call.arguments.iter().map(|a| self.expr(a)).collect();
        let clauses: Vec<String> = call.clauses.iter().map(|c| self.clause(c)).collect();
        let mut inside = arguments.join("; ");
        if !clauses.is_empty() {
            if !inside.is_empty() {
                inside.push_str(", ");
            }
            inside.push_str(&clauses.join(", "));
        }
        format!("{name}({inside})")
    }

    pub(super) fn clause(&self, clause: &Clause) -> String {
        match &clause.kind {
            ClauseKind::Where(condition) => format!("{} {}", self.word("где", "where"), self.expr(condition)),
            ClauseKind::Suppressing(condition) => {
                format!("{} {}", self.word("скрывая строки, где", "suppressing rows where"), self.expr(condition))
            }
            ClauseKind::Window(window) => self.window(window),
            ClauseKind::Weight(weight) => format!("{} {}", self.word("с весом", "weighted by"), self.expr(weight)),
            ClauseKind::Distinct(paths) => {
                format!("{} {}", self.word("различных по", "distinct by"), paths_text(paths))
            }
            ClauseKind::Among(name) => format!("{} {}", self.word("среди", "among"), name.text),
            ClauseKind::Within(paths) => format!("{} {}", self.word("в пределах", "within"), paths_text(paths)),
            ClauseKind::ExceptSelf => self.word("кроме самой школы", "except the school itself").to_string(),
        }
    }

    /// A number of years and the word that goes with it.
    fn years_count(&self, count: &Expr) -> String {
        let number = match &count.kind {
            ExprKind::Number(number, _) => Some(number),
            _ => None,
        };
        format!("{} {}", self.expr(count), unit_word(tree::UnitName::Year, number, self.language))
    }

    pub(super) fn window(&self, window: &tree::Window) -> String {
        match &window.years {
            tree::WindowYears::Last(count) => {
                format!("{} {}", self.word("за последние", "over the last"), self.years_count(count))
            }
            tree::WindowYears::Range(from, to) if self.expr(from) == self.expr(to) => {
                format!("{} {}{}", self.word("за", "over"), self.expr(from), self.word(" год", ""))
            }
            tree::WindowYears::Range(from, to) => {
                format!("{} {}–{}{}", self.word("за", "over"), self.expr(from), self.expr(to), self.word(" годы", ""))
            }
        }
    }

    fn in_cut(&self, cut: &tree::InCut) -> String {
        let side = match cut.side {
            tree::CutSide::Lowest => self.word("в числе самых низких", "in the lowest"),
            tree::CutSide::Highest => self.word("в числе самых высоких", "in the highest"),
        };
        let mut text = format!("{} {}{side}", self.expr(&cut.value), self.not(cut.negated));
        if let Some(among) = &cut.among {
            text.push_str(&format!(" {} {}", self.word("среди", "among"), among.text));
        }
        if let Some(quota) = &cut.quota {
            text.push_str(&format!(", {} {}", self.word("квота", "quota"), self.expr(quota)));
            if let Some(of) = &cut.quota_of {
                text.push_str(&format!(" {} {}", self.word("от", "of"), of.text));
            }
        }
        if !cut.within.is_empty() {
            text.push_str(&format!(", {} {}", self.word("в пределах", "within"), paths_text(&cut.within)));
        }
        text
    }

    fn quantified(&self, quantified: &tree::Quantified) -> String {
        use tree::{QuantifiedOver, Quantifier};
        let ru = self.language == Language::Russian;
        let group = matches!(quantified.of, QuantifiedOver::Groups | QuantifiedOver::ListedGroups(_));
        let neuter = matches!(quantified.of, QuantifiedOver::Conditions(_));
        // Russian agrees in gender and number with what is counted.
        let singular = |m: &'static str, f: &'static str, n: &'static str| {
            if group {
                f
            } else if neuter {
                n
            } else {
                m
            }
        };
        let (verb, how, one) = match &quantified.quantifier {
            Quantifier::Any if ru => {
                (singular("выполнен", "выполнена", "выполнено"), singular("любой", "любая", "любое").to_string(), true)
            }
            Quantifier::None if ru => (
                singular("выполнен", "выполнена", "выполнено"),
                singular("ни один", "ни одна", "ни одно").to_string(),
                true,
            ),
            Quantifier::All if ru => ("выполнены", "все".to_string(), false),
            Quantifier::Any => ("met", "any".to_string(), true),
            Quantifier::None => ("met", "no".to_string(), true),
            Quantifier::All => ("met", "all".to_string(), false),
            Quantifier::AtLeast(n) => (
                self.word("выполнено", "met"),
                format!("{} {}", self.word("не менее", "at least"), self.expr(n)),
                false,
            ),
            Quantifier::AtMost(n) => {
                (self.word("выполнено", "met"), format!("{} {}", self.word("не более", "at most"), self.expr(n)), false)
            }
            Quantifier::Exactly(n) => {
                (self.word("выполнено", "met"), format!("{} {}", self.word("ровно", "exactly"), self.expr(n)), false)
            }
        };
        let all = matches!(quantified.quantifier, Quantifier::All);
        let applicable = match (quantified.applicable, ru) {
            (false, _) => "",
            (true, false) => "applicable ",
            (true, true) if one => singular("применимый ", "применимая ", "применимое "),
            (true, true) if all => "применимые ",
            (true, true) => "применимых ",
        };
        // «применимое» is not a form the grammar knows; conditions use the plural.
        let applicable = if applicable == "применимое " { "применимых " } else { applicable };
        let noun = |ru_forms: [&'static str; 3], en_forms: [&'static str; 2]| {
            if ru {
                if one {
                    ru_forms[0]
                } else if all {
                    ru_forms[1]
                } else {
                    ru_forms[2]
                }
            } else if one {
                en_forms[0]
            } else {
                en_forms[1]
            }
        };
        let criterion = noun(["критерий", "критерии", "критериев"], ["criterion", "criteria"]);
        let group = noun(["группа", "группы", "групп"], ["group", "groups"]);
        let condition = noun(["условие", "условия", "условий"], ["condition", "conditions"]);
        let of = self.word("из", "of");
        let what = match &quantified.of {
            QuantifiedOver::Criteria => criterion.to_string(),
            QuantifiedOver::Groups => group.to_string(),
            QuantifiedOver::ListedCriteria(numbers) => format!("{criterion} {of} ({})", numberings(numbers)),
            QuantifiedOver::ListedGroups(numbers) => format!("{group} {of} ({})", numberings(numbers)),
            QuantifiedOver::Conditions(conditions) => {
                let conditions: Vec<String> = conditions.iter().map(|c| self.expr(c)).collect();
                format!("{condition} {of} ({})", conditions.join("; "))
            }
        };
        format!("{verb} {how} {applicable}{what}")
    }

    fn years(&self, years: &tree::Years) -> String {
        let count = match &years.window.years {
            tree::WindowYears::Last(count) => self.years_count(count),
            tree::WindowYears::Range(from, _) => self.years_count(from),
        };
        let head = match &years.quantifier {
            tree::YearsQuantifier::Each => {
                format!("{} {count}", self.word("в каждом из последних", "in each of the last"))
            }
            tree::YearsQuantifier::AtLeast(n) => format!(
                "{} {} {} {count}",
                self.word("не менее чем в", "in at least"),
                self.expr(n),
                self.word("из последних", "of the last")
            ),
            tree::YearsQuantifier::Consecutive(n) => format!(
                "{} {} {} {count}",
                self.years_count(n),
                self.word("подряд", "in a row"),
                self.word("за последние", "over the last")
            ),
        };
        format!("{head} ({})", self.expr(&years.condition))
    }

    pub(super) fn rounding(&self, rounding: Rounding) -> &'static str {
        match rounding {
            Rounding::Up => self.word("вверх", "up"),
            Rounding::Down => self.word("вниз", "down"),
            Rounding::HalfUp => self.word("до ближайшего", "to the nearest"),
            Rounding::HalfEven => self.word("к чётному", "half even"),
        }
    }
}

/// Thousands apart, from five digits on; years stay whole.
fn grouped(digits: &str, mark: char) -> String {
    let (whole, fraction) = match digits.split_once(mark) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let mut out = String::new();
    let length = whole.chars().count();
    for (at, c) in whole.chars().enumerate() {
        if length > 4 && at > 0 && (length - at) % 3 == 0 {
            out.push(' ');
        }
        out.push(c);
    }
    if let Some(fraction) = fraction {
        out.push(mark);
        out.push_str(fraction);
    }
    out
}

pub(super) fn path_text(path: &Path) -> String {
    let names: Vec<&str> = path.names.iter().map(|n| n.text.as_ref()).collect();
    names.join(".")
}

pub(super) fn paths_text(paths: &[Path]) -> String {
    match paths {
        [one] => path_text(one),
        many => format!("({})", many.iter().map(path_text).collect::<Vec<_>>().join("; ")),
    }
}

pub(super) fn names_text(names: &[Name]) -> String {
    names.iter().map(|n| n.text.to_string()).collect::<Vec<_>>().join("; ")
}

pub(super) fn numbering(number: &tree::Numbering) -> String {
    number.parts.iter().map(ToString::to_string).collect::<Vec<_>>().join(".")
}

fn numberings(numbers: &[tree::Numbering]) -> String {
    numbers.iter().map(numbering).collect::<Vec<_>>().join("; ")
}
