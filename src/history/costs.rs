//! What was spent on each school, and what came of it.
//!
//! Cost per school that left = spent on the schools of the first list / those of them that left. Cost per unit = spent on the
//! schools of the first list that have both values and an amount / the sum of their changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::monitoring::both;
use super::{Identity, Series};
use crate::number::{Number, parse};

const CODE: &[&str] = &["код", "школа", "code", "school"];
const AMOUNT: &[&str] = &["сумма", "затраты", "amount", "cost"];

/// An amount for each school, by code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Costs {
    pub amounts: BTreeMap<Arc<str>, Number>,
}

/// Why a line of a table of costs cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostProblem {
    /// From 1.
    pub line: usize,
    pub trouble: CostTrouble,
    /// What stands there.
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CostTrouble {
    /// The first line does not name both columns.
    Header,
    /// A line without one of the two.
    Short,
    NoCode,
    Twice,
    NotANumber,
    Negative,
}

/// What was spent on the schools of the first list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spent {
    pub schools: usize,
    /// Of these: with an amount.
    pub with_amount: usize,
    pub total: Number,
    pub left: usize,
    /// `None`: nobody left.
    pub per_left: Option<Number>,
}

/// What one unit of change of an indicator cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitCost {
    /// With an amount and both values.
    pub schools: usize,
    pub total: Number,
    /// The sum of the changes in the unit as it is shown; below zero: the indicator fell.
    pub change: Number,
    /// `None`: there was no change.
    pub per_unit: Option<Number>,
}

impl Costs {
    /// Reads a table: a line with the names of the columns, then a line for each school.
    ///
    /// # Errors
    /// Every line that cannot be used.
    pub fn parse(text: &str) -> Result<Costs, Vec<CostProblem>> {
        let mut lines =
            text.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let (at, head) = lines.next().unwrap_or((0, ""));
        let separator = [';', '\t', ','].into_iter().find(|mark| head.contains(*mark)).unwrap_or(';');
        let names: Vec<String> = fields(head, separator).iter().map(|name| name.to_lowercase()).collect();
        let place = |known: &[&str]| names.iter().position(|name| known.contains(&name.as_str()));
        let (Some(code), Some(amount)) = (place(CODE), place(AMOUNT)) else {
            return Err(vec![CostProblem { line: at + 1, trouble: CostTrouble::Header, text: head.to_owned() }]);
        };
        let (mut costs, mut problems) = (Costs::default(), Vec::new());
        for (at, line) in lines {
            let fields = fields(line, separator);
            let problem = |trouble, text: &str| CostProblem { line: at + 1, trouble, text: text.to_owned() };
            let (Some(code), Some(written)) = (fields.get(code), fields.get(amount)) else {
                problems.push(problem(CostTrouble::Short, line));
                continue;
            };
            match parse::number(written) {
                _ if code.is_empty() => problems.push(problem(CostTrouble::NoCode, line)),
                None => problems.push(problem(CostTrouble::NotANumber, written)),
                Some(amount) if amount.is_negative() => problems.push(problem(CostTrouble::Negative, written)),
                Some(amount) => {
                    if costs.amounts.insert(Arc::from(code.as_str()), amount).is_some() {
                        problems.push(problem(CostTrouble::Twice, code));
                    }
                }
            }
        }
        if problems.is_empty() { Ok(costs) } else { Err(problems) }
    }

    /// The amounts by what the schools are called. Amounts under several codes of one school are added.
    ///
    /// # Errors
    /// Codes that are no school of any cycle, and those of schools that were divided since: whose amount it is is not known.
    pub fn by_school(&self, identity: &Identity) -> Result<Costs, Unassigned> {
        let schools = identity.by_code();
        let (mut costs, mut problems) = (Costs::default(), Unassigned::default());
        for (code, amount) in &self.amounts {
            match schools.get(code.as_ref()).map_or(&[][..], Vec::as_slice) {
                [] => problems.unknown.push(code.clone()),
                [school] => {
                    let sum = costs.amounts.entry(school.code.clone()).or_insert_with(Number::zero);
                    *sum = sum.add(amount);
                }
                _ => problems.divided.push(code.clone()),
            }
        }
        if problems == Unassigned::default() { Ok(costs) } else { Err(problems) }
    }
}

/// Codes of a table of costs that are no one school.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unassigned {
    pub unknown: Vec<Arc<str>>,
    pub divided: Vec<Arc<str>>,
}

/// The fields of a line, without the marks around those that are quoted.
fn fields(line: &str, separator: char) -> Vec<String> {
    let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut signs = line.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => {
                field.push('"');
                signs.next();
            }
            '"' => quoted = !quoted,
            sign if sign == separator && !quoted => fields.push(std::mem::take(&mut field)),
            sign => field.push(sign),
        }
    }
    fields.push(field);
    fields.iter().map(|field| field.trim().to_owned()).collect()
}

fn whole(count: usize) -> Number {
    Number::from_integer(i64::try_from(count).unwrap_or(i64::MAX))
}

pub(super) fn spent(costs: &Costs, listed: &[&Arc<str>], left: usize) -> Spent {
    let amounts: Vec<&Number> = listed.iter().filter_map(|code| costs.amounts.get(*code)).collect();
    let total = amounts.iter().fold(Number::zero(), |sum, amount| sum.add(amount));
    let per_left = total.divide(&whole(left));
    Spent { schools: listed.len(), with_amount: amounts.len(), total, left, per_left }
}

pub(super) fn unit_cost(costs: &Costs, series: &Series, listed: &[&Arc<str>]) -> UnitCost {
    let mut found = UnitCost { schools: 0, total: Number::zero(), change: Number::zero(), per_unit: None };
    for code in listed {
        let (Some(amount), Some((then, now))) = (costs.amounts.get(*code), both(series, code)) else { continue };
        found.schools += 1;
        found.total = found.total.add(amount);
        found.change = found.change.add(&now.subtract(then));
    }
    found.change = found.change.multiply(&Number::from_integer(series.unit.shown_factor()));
    found.per_unit = found.total.divide(&found.change.absolute());
    found
}

#[cfg(test)]
mod tests {
    use super::{CostTrouble, Costs};
    use crate::number::Number;

    #[test]
    fn tables_of_costs_as_people_write_them() {
        let costs = Costs::parse("Код;Сумма\n01;1 250,5\n\"0;2\";0\n").unwrap_or_default();
        let found: Vec<(&str, Option<Number>)> =
            costs.amounts.iter().map(|(c, n)| (c.as_ref(), Some(n.clone()))).collect();
        assert_eq!(found, [("01", Number::ratio(2501, 2)), ("0;2", Some(Number::zero()))]);
        let costs = Costs::parse("school,name,cost\n7,x,3\n").unwrap_or_default();
        assert_eq!(costs.amounts.len(), 1);
    }

    #[test]
    fn everything_that_is_wrong_is_told() {
        let told = |text| Costs::parse(text).err().unwrap_or_default();
        let troubles: Vec<_> = told("code;amount\n;1\n1\n2;много\n3;-1\n4;1\n4;2\n")
            .into_iter()
            .map(|problem| (problem.line, problem.trouble))
            .collect();
        let wanted = [
            (2, CostTrouble::NoCode),
            (3, CostTrouble::Short),
            (4, CostTrouble::NotANumber),
            (5, CostTrouble::Negative),
            (7, CostTrouble::Twice),
        ];
        assert_eq!(troubles, wanted);
        assert_eq!(told("a;b\n").first().map(|problem| problem.trouble), Some(CostTrouble::Header));
        assert_eq!(told("").first().map(|problem| problem.trouble), Some(CostTrouble::Header));
    }
}
