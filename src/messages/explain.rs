//! Why a criterion is met or not, in one phrase, and where a cell stands, in words.
//!
//! The phrase says what is true of the school («62 % не менее 60 %»), with digits that tell a value from its threshold.
//! What lies behind it is told line by line in the report.

use super::{Precision, Speaker};
use crate::decision::Verdict;
use crate::diagnostic::Argument;
use crate::explain;
use crate::explain::condition::{
    Asked, Comparison, Count, Detail, Margin, Membership, Node, QuotaTrace, RankStanding, RankTrace, TiesTrace,
    Withheld,
};
use crate::explain::explanation::CriterionExplanation;
use crate::location::CellRef;
use crate::model::RuleSet;
use crate::model::expr::{CompareOp, QuantifiedOver};
use crate::number::Number;
use crate::number::rounding::Rounding;
use crate::value::{Reasons, Type, Unit, Value};

/// Branches and wrappers looked through for the comparison that decided.
const MOST_DEPTH: usize = 16;

/// Parts of a condition said in one phrase.
const MOST_PARTS: usize = 4;

/// Says why a condition is true or false in one phrase.
struct Phrase<'a> {
    speaker: &'a Speaker,
    rules: &'a RuleSet,
    margin: bool,
}

impl Phrase<'_> {
    fn of(&self, node: &Node, depth: usize) -> Option<String> {
        let speaker = self.speaker;
        let Value::Truth(truth) = node.value else { return None };
        if let Detail::Rank(rank) = &node.detail {
            return speaker.ranked(rank);
        }
        if truth.is_unknown() {
            return None;
        }
        let holds = truth.is_true();
        match &node.detail {
            Detail::Compare(comparison) => speaker.compared(comparison, node, holds, self.margin),
            Detail::InList(membership) => speaker.listed(membership, node),
            Detail::And | Detail::Or => self.deciding(node, matches!(node.detail, Detail::Or), holds, depth),
            Detail::Quantified(count) => self.counted(count, node, holds, depth),
            Detail::Not => self.of(node.children.first()?, depth.checked_sub(1)?),
            Detail::Cell(_) => speaker.fact(node),
            Detail::Follow(_) => match node.children.first()? {
                inner if matches!(inner.detail, Detail::Cell(_)) => speaker.fact(inner),
                inner => self.of(inner, depth.checked_sub(1)?),
            },
            Detail::Between { negated, .. } => speaker.within(*negated != holds, node),
            Detail::OneOf { negated, .. } => speaker.one_of(*negated == holds, node),
            Detail::Status(_) => speaker.status(node),
            Detail::Criterion(id, verdict) => {
                let number = self.rules.criteria.get(id.index())?.number.as_ref();
                speaker.verdict_of("reason-criterion", number, *verdict)
            }
            Detail::CriterionStatus { criterion, verdict, .. } => {
                let number = self.rules.criteria.get(criterion.index())?.number.as_ref();
                speaker.verdict_of("reason-criterion", number, *verdict)
            }
            Detail::Group(id, verdict) => {
                speaker.verdict_of("reason-group", self.rules.groups.get(id.index())?.number.as_ref(), *verdict)
            }
            Detail::Category(id, verdict) => {
                speaker.verdict_of("reason-category", self.rules.categories.get(id.index())?.name.as_ref(), *verdict)
            }
            // the branch taken, and the value that stands alone, tell the whole
            Detail::If { .. } => self.of(node.children.last()?, depth.checked_sub(1)?),
            Detail::AbsentWhen { withheld: Withheld::No, .. } => self.of(node.children.first()?, depth.checked_sub(1)?),
            _ => None,
        }
    }

    /// The parts that decide: of a true «or» and a false «and» the first that does, otherwise all of them.
    fn deciding(&self, node: &Node, any: bool, holds: bool, depth: usize) -> Option<String> {
        let mut said = Vec::new();
        for part in explain::parts(node, any, holds) {
            said.push(self.of(part, depth.checked_sub(1)?)?);
        }
        if said.is_empty() || said.len() > MOST_PARTS { None } else { Some(said.join("; ")) }
    }

    /// The conditions that decide, where any or all are asked; otherwise how many hold and how many must.
    fn counted(&self, count: &Count, node: &Node, holds: bool, depth: usize) -> Option<String> {
        let parts = match count.asked {
            Asked::Any => self.deciding(node, true, holds, depth),
            Asked::All => self.deciding(node, false, holds, depth),
            _ => None,
        };
        Some(parts.unwrap_or_else(|| self.speaker.counted_of(count)))
    }
}

fn text(text: impl Into<String>) -> Argument {
    Argument::Text(text.into())
}

fn count(value: usize) -> Argument {
    Argument::Count(i64::try_from(value).unwrap_or(i64::MAX))
}

impl Speaker {
    /// «54,5 % менее 60 % (запас 5,5 п. п.)»; of a condition of several parts those that decide. `None`: it is unknown, and
    /// no policy made a verdict of that.
    pub fn reason(&self, criterion: &CriterionExplanation, rules: &RuleSet) -> Option<String> {
        self.why(criterion, &Phrase { speaker: self, rules, margin: true })
    }

    /// The same without the distance to the threshold: «54,5 % менее 60 %»; of equal values the one.
    pub fn plain_reason(&self, criterion: &CriterionExplanation, rules: &RuleSet) -> Option<String> {
        self.why(criterion, &Phrase { speaker: self, rules, margin: false })
    }

    /// The same; of a criterion that is not determined what it lacks.
    pub fn ground(&self, criterion: &CriterionExplanation, rules: &RuleSet) -> Option<String> {
        let open = matches!(criterion.verdict, Verdict::Undetermined(_));
        self.plain_reason(criterion, rules).or_else(|| open.then(|| self.lacking(criterion)))
    }

    /// What the rule of a category or group rests on: how many are met and how many must be, or what decides it.
    pub fn rule_ground(&self, rule: &Node, rules: &RuleSet) -> Option<String> {
        match &rule.detail {
            Detail::Quantified(count) => Some(self.counted_of(count)),
            _ => Phrase { speaker: self, rules, margin: false }.of(rule, MOST_DEPTH),
        }
    }

    fn why(&self, criterion: &CriterionExplanation, phrase: &Phrase<'_>) -> Option<String> {
        if criterion.policy_applied.is_none() {
            return phrase.of(&criterion.condition, MOST_DEPTH);
        }
        let id = match criterion.verdict {
            Verdict::Met => "reason-policy-met",
            Verdict::NotMet => "reason-policy-not-met",
            Verdict::NotApplicable => "reason-policy-not-applicable",
            _ => return None,
        };
        Some(self.say(id, &[("missing", text(self.lacking(criterion)))]))
    }

    /// What a criterion lacks: `доля участников (нет данных)`, each title once.
    fn lacking(&self, criterion: &CriterionExplanation) -> String {
        let mut said: Vec<String> = Vec::new();
        for cell in &criterion.missing {
            let why = match &cell.value {
                Value::Absent(reasons) | Value::Between(_, reasons) => self.reasons(*reasons),
                _ => continue,
            };
            let one = format!("{} – {why}", cell.title);
            if !said.contains(&one) {
                said.push(one);
            }
        }
        for rows in &criterion.missing_rows {
            said.push(self.say("explain-no-rows-short", &[("table", text(rows.table_title.as_ref()))]));
        }
        match &criterion.condition.value {
            Value::Truth(truth) if said.is_empty() => self.reasons(truth.reasons()),
            Value::Absent(reasons) if said.is_empty() => self.reasons(*reasons),
            _ => said.join("; "),
        }
    }

    fn verdict_of(&self, id: &str, name: &str, verdict: Verdict) -> Option<String> {
        let found = self.word(match verdict {
            Verdict::Met if id == "reason-category" => "category-met",
            Verdict::NotMet if id == "reason-category" => "category-not-met",
            Verdict::Undetermined(_) if id == "reason-category" => "category-undetermined",
            Verdict::NotApplicable if id == "reason-category" => "category-not-applicable",
            Verdict::NotJudged if id == "reason-category" => "category-not-judged",
            Verdict::Met => "verdict-met",
            Verdict::NotMet => "verdict-not-met",
            Verdict::Undetermined(_) => "verdict-undetermined",
            Verdict::NotApplicable => "verdict-not-applicable",
            Verdict::NotJudged => "verdict-not-judged",
        });
        Some(self.say(id, &[("name", text(name)), ("verdict", text(found))]))
    }

    /// `35 % в пределах от 30 % до 40 %`
    fn within(&self, inside: bool, node: &Node) -> Option<String> {
        let [value, low, high] = node.children.as_slice() else { return None };
        let bound =
            |end: &Node| text(self.bound(&end.value, beside(&end.ty, &value.ty), Precision::beside(&value.value)));
        let kind = beside(&value.ty, &low.ty);
        let near = match &value.value {
            Value::Number(own) => {
                let away = |end: &Node| match &end.value {
                    Value::Number(end) => Some(own.subtract(end).absolute()),
                    _ => None,
                };
                if away(low) < away(high) { low } else { high }
            }
            _ => low,
        };
        let said = text(self.value(&value.value, kind, Precision::beside(&near.value)));
        let arguments = [("value", said), ("low", bound(low)), ("high", bound(high))];
        Some(if inside { self.say("explain-between", &arguments) } else { self.say("explain-not-between", &arguments) })
    }

    fn one_of(&self, none: bool, node: &Node) -> Option<String> {
        let mut parts = node.children.iter().map(|c| self.quoted_value(&c.value, &c.ty, Precision::Plain));
        let value = text(parts.next()?);
        let options: Vec<String> = parts.collect();
        let arguments = [("value", value), ("options", text(self.alternatives(&options)))];
        Some(if none { self.say("explain-none-of", &arguments) } else { self.say("explain-one-of", &arguments) })
    }

    /// What there is in the cell whose value is asked for.
    fn status(&self, node: &Node) -> Option<String> {
        let Detail::Cell(cell) = &node.children.first()?.detail else { return None };
        Some(format!("{}: {}", cell.title, self.value(&cell.value, &cell.ty, Precision::Plain)))
    }

    /// How many of several are met and how many must be.
    pub fn counted_of(&self, quantified: &Count) -> String {
        let number = |value: &Value| text(self.value(value, &Type::Text, Precision::Plain));
        let asked = match &quantified.asked {
            Asked::Any => self.word(match quantified.over {
                QuantifiedOver::Criteria => "asked-any-criterion",
                QuantifiedOver::Groups => "asked-any-group",
                QuantifiedOver::Conditions => "asked-any-condition",
            }),
            Asked::All => self.word("asked-all"),
            Asked::None => self.word(match quantified.over {
                QuantifiedOver::Criteria => "asked-no-criterion",
                QuantifiedOver::Groups => "asked-no-group",
                QuantifiedOver::Conditions => "asked-no-condition",
            }),
            Asked::AtLeast(n) => self.say("asked-at-least", &[("n", number(n))]),
            Asked::AtMost(n) => self.say("asked-at-most", &[("n", number(n))]),
            Asked::Exactly(n) => self.say("asked-exactly", &[("n", number(n))]),
        };
        let id = match quantified.over {
            QuantifiedOver::Criteria => "explain-count-criteria",
            QuantifiedOver::Groups => "explain-count-groups",
            QuantifiedOver::Conditions => "explain-count-conditions",
        };
        let total = quantified.met + quantified.not_met + quantified.undetermined + quantified.not_applicable;
        let arguments = [("met", count(quantified.met)), ("total", count(total)), ("asked", text(asked))];
        let mut statement = self.say(id, &arguments);
        for (found, id) in [
            (quantified.undetermined, "explain-count-undetermined"),
            (quantified.not_applicable, "explain-count-not-applicable"),
        ] {
            if found > 0 {
                statement += &format!("; {}", self.say(id, &[("count", count(found))]));
            }
        }
        statement
    }

    /// How a number is rounded: `до ближайшего, половина – вверх`.
    pub fn rounding(&self, rounding: Rounding) -> String {
        self.word(match rounding {
            Rounding::Up => "rounding-up",
            Rounding::Down => "rounding-down",
            Rounding::HalfUp => "rounding-half-up",
            Rounding::HalfEven => "rounding-half-even",
        })
    }

    /// A yes or no of the data: `план реновации: нет`.
    fn fact(&self, node: &Node) -> Option<String> {
        match (&node.detail, &node.value) {
            (Detail::Cell(cell), Value::Truth(truth)) if !truth.is_unknown() => {
                Some(format!("{}: {}", cell.title, self.truth(*truth)))
            }
            _ => None,
        }
    }

    fn compared(&self, comparison: &Comparison, node: &Node, holds: bool, margin: bool) -> Option<String> {
        let [left, right] = node.children.as_slice() else { return None };
        if comparison.left == Value::Absent(Reasons::MASKED) {
            let operator = if holds { comparison.operator } else { comparison.operator.opposite() };
            let right = self.bound(&comparison.right, beside(&right.ty, &left.ty), Precision::Plain);
            let arguments = [("relation", text(self.relation(operator))), ("right", text(right))];
            return Some(self.say("explain-comparison-masked", &arguments));
        }
        let operator = if holds { comparison.operator } else { comparison.operator.opposite() };
        let equality = matches!(operator, CompareOp::Equal | CompareOp::NotEqual);
        let (own, other) = (beside(&left.ty, &right.ty), beside(&right.ty, &left.ty));
        if !margin && operator == CompareOp::Equal {
            return Some(self.quoted_value(&comparison.left, own, Precision::Full));
        }
        let right_said = if equality { Speaker::quoted_value } else { Speaker::bound };
        let arguments = [
            ("left", text(self.quoted_value(&comparison.left, own, Precision::beside(&comparison.right)))),
            ("relation", text(self.relation(operator))),
            ("right", text(right_said(self, &comparison.right, other, Precision::beside(&comparison.left)))),
        ];
        let said = self.say("explain-comparison", &arguments);
        Some(match comparison.margin.as_ref().filter(|_| margin && !equality).and_then(|m| self.distance_to(m)) {
            Some(distance) => format!("{said} ({distance})"),
            None => said,
        })
    }

    /// As [`Speaker::value`], texts in quotation marks.
    pub fn quoted_value(&self, value: &Value, kind: &Type, precision: Precision<'_>) -> String {
        let said = self.value(value, kind, precision);
        match value {
            Value::Text(_) => self.say("quoted-text", &[("text", text(said))]),
            _ => said,
        }
    }

    /// The name of a relation: `не менее`.
    pub fn relation(&self, operator: CompareOp) -> String {
        self.word(match operator {
            CompareOp::Less => "relation-less",
            CompareOp::AtMost => "relation-at-most",
            CompareOp::More => "relation-more",
            CompareOp::AtLeast => "relation-at-least",
            CompareOp::Equal => "relation-equal",
            CompareOp::NotEqual => "relation-not-equal",
        })
    }

    /// `запас 5,5 п. п.`, `не хватает 2 балла`, `ровно на пороге`.
    fn distance_to(&self, margin: &Margin) -> Option<String> {
        if margin.on_threshold {
            return Some(self.word("explain-on-threshold"));
        }
        let zero = Number::zero();
        let distance = self.quantity(&margin.distance.absolute(), &margin.unit, Precision::Against(&zero));
        let id = if margin.distance.is_negative() { "explain-short-by" } else { "explain-margin" };
        Some(self.say(id, &[("distance", text(distance))]))
    }

    fn listed(&self, membership: &Membership, node: &Node) -> Option<String> {
        let value = node.children.first().map(|c| self.quoted_value(&c.value, &c.ty, Precision::Plain))?;
        let name = membership.title.as_deref().unwrap_or(&membership.name);
        let id = if membership.entry.is_some() { "explain-in-list" } else { "explain-not-in-list" };
        let mut said = self.say(id, &[("value", text(value)), ("name", text(name))]);
        if let Some(date) = membership.date {
            said += &self.say("explain-on-date", &[("date", text(self.date(date)))]);
        }
        Some(said)
    }

    /// «место 12 из 148 (от самых низких), квота 37 = 25 % от 148, округлено вверх; граница отбора 41,2 балла; …».
    fn ranked(&self, rank: &RankTrace) -> Option<String> {
        let mut parts = Vec::new();
        let side = self.word(if rank.highest { "rank-from-highest" } else { "rank-from-lowest" });
        let arguments = [("ranked", count(rank.ranked)), ("side", text(side))];
        match &rank.standing {
            RankStanding::Placed { first, last } => {
                let places = if first == last { first.to_string() } else { format!("{first}–{last}") };
                let id = if first == last { "reason-place" } else { "reason-places" };
                let [ranked, side] = arguments;
                parts.push(self.say(id, &[("place", text(places)), ranked, side]));
            }
            RankStanding::OutsidePopulation => return Some(self.word("reason-outside-population")),
            _ => return None,
        }
        if let Some(last) = parts.last_mut() {
            last.push_str(", ");
            last.push_str(&self.quota_said(&rank.quota, rank.rounding));
        }
        if let Some(cut_off) = &rank.cut_off {
            let precision = rank.nearest_to_cut().map_or(Precision::Plain, Precision::Against);
            let cut_off = self.value(&Value::Number(cut_off.clone()), &rank.value_type, precision);
            parts.push(self.say("reason-cut-off", &[("cut_off", text(cut_off))]));
        }
        parts.extend(self.ties_said(rank));
        Some(parts.join("; "))
    }

    /// `квота 37 = 25 % от 148, округлено вверх`.
    pub fn quota_said(&self, quota: &QuotaTrace, rounding: Rounding) -> String {
        let Some(share) = &quota.share else {
            return self.say("reason-quota-count", &[("quota", count(quota.rounded))]);
        };
        let share = self.quantity(share, &Unit::Percent, Precision::Full);
        let mut said = self.say(
            "reason-quota",
            &[("quota", count(quota.rounded)), ("share", text(share)), ("base", count(quota.base))],
        );
        if !quota.exact.is_integer() {
            let exact = text(self.number(&quota.exact));
            said += &self.say("reason-rounded", &[("exact", exact), ("how", text(self.rounded_how(rounding)))]);
        }
        said
    }

    fn rounded_how(&self, rounding: Rounding) -> String {
        self.word(match rounding {
            Rounding::Up => "rounded-up",
            Rounding::Down => "rounded-down",
            Rounding::HalfUp => "rounded-half-up",
            Rounding::HalfEven => "rounded-half-even",
        })
    }

    /// `на границе 2 школы, обе включены`; nothing where no two schools are on the cut.
    pub fn ties_said(&self, rank: &RankTrace) -> Option<String> {
        if rank.tied_at_cut < 2 {
            return None;
        }
        let inside = rank.selected.saturating_sub(rank.before_cut);
        let id = if inside >= rank.tied_at_cut {
            "reason-ties-in"
        } else if inside == 0 {
            "reason-ties-out"
        } else if rank.ties == TiesTrace::BreakBy {
            "reason-ties-broken"
        } else {
            return None;
        };
        Some(self.say(id, &[("count", count(rank.tied_at_cut))]))
    }

    /// Cells of one row, its place said once: `школы.csv, строка 14, столбцы «Учащиеся», «Учителя»`.
    pub fn cells_said(&self, cells: &[&CellRef]) -> Option<String> {
        let (first, rest) = cells.split_first()?;
        if rest.is_empty() {
            return Some(self.cell_said(first));
        }
        let file = ("file", text(first.file.as_ref()));
        Some(match &first.sheet {
            Some(sheet) => {
                let addresses: Vec<String> = cells.iter().map(|c| c.address()).collect();
                let cells = ("cells", Argument::List(addresses));
                self.say("cells-of-sheet", &[file, ("sheet", text(sheet.as_ref())), cells])
            }
            None => {
                let named = |c: &&CellRef| self.say("quoted-text", &[("text", text(column_said(c)))]);
                let columns = ("columns", Argument::List(cells.iter().map(named).collect()));
                self.say("cells-of-text-file", &[file, ("row", text(first.row.to_string())), columns])
            }
        })
    }

    /// `школы.csv, строка 14, столбец «Учащиеся»`; of a workbook `экзамены.xlsx, лист «ЕГЭ», ячейка C214`.
    pub fn cell_said(&self, cell: &CellRef) -> String {
        let file = ("file", text(cell.file.as_ref()));
        match &cell.sheet {
            Some(sheet) => self.say(
                "place-cell-of-sheet",
                &[file, ("sheet", text(sheet.as_ref())), ("address", text(cell.address()))],
            ),
            None => {
                let arguments = [file, ("row", text(cell.row.to_string())), ("column", text(column_said(cell)))];
                self.say("cell-of-text-file", &arguments)
            }
        }
    }
}

/// The header of the column, or its letters where it has none.
fn column_said(cell: &CellRef) -> String {
    if cell.header.is_empty() { crate::location::column_letters(cell.column) } else { cell.header.to_string() }
}

/// The type in which a value is shown beside another one: a ratio beside a percentage as a percentage.
pub fn beside<'a>(own: &'a Type, other: &'a Type) -> &'a Type {
    match (own, other) {
        (Type::Number(Unit::Ratio | Unit::Number), Type::Number(Unit::Percent)) => other,
        _ => own,
    }
}
