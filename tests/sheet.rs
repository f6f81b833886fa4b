//! The calculator sheet decides anew: its formulas, worked out by an evaluator of their own, give what the program gives when a
//! number of the school is another one and what other schools determine stays as it is.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;

use merilo::decision::Verdict;
use merilo::explain::explain_every;
use merilo::language::Language;
use merilo::messages::Speaker;
use merilo::number::Number;
use merilo::pipeline::{self, Judged, Variant};
use merilo::progress::Silent;
use merilo::record::dossier::{Dossier, StepEntry};
use merilo::report::calculator::{Calculator, calculator, sheet};
use merilo::report::dossier::{Making, make, remake};
use merilo::report::explanation::Teller;
use merilo::source::Sources;
use merilo::value::{Truth, Value};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
enum Held {
    Number(f64),
    Text(String),
    Truth(bool),
    Error,
}

/// A sheet as far as the calculator needs one.
struct Sheet {
    formulas: HashMap<String, String>,
    inputs: HashMap<String, Held>,
    done: RefCell<HashMap<String, Held>>,
}

impl Sheet {
    fn cell(&self, name: &str) -> Held {
        if let Some(done) = self.done.borrow().get(name) {
            return done.clone();
        }
        let held = match self.formulas.get(name) {
            Some(formula) => Reader { sheet: self, text: formula.as_bytes(), at: 0 }.whole(),
            None => self.inputs.get(name).cloned().unwrap_or(Held::Text(String::new())),
        };
        self.done.borrow_mut().insert(name.to_owned(), held.clone());
        held
    }

    fn range(&self, from: &str, to: &str) -> Vec<Held> {
        let row = |name: &str| name[1..].parse::<usize>().unwrap();
        (row(from)..=row(to)).map(|row| self.cell(&format!("{}{row}", &from[..1]))).collect()
    }
}

/// Reads a formula and works it out.
struct Reader<'a> {
    sheet: &'a Sheet,
    text: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn whole(&mut self) -> Held {
        let held = self.comparison();
        assert_eq!(self.at, self.text.len(), "{}", String::from_utf8_lossy(self.text));
        held
    }

    fn next(&self) -> u8 {
        self.text.get(self.at).copied().unwrap_or(0)
    }

    fn take(&mut self, sign: &str) -> bool {
        let there = self.text[self.at..].starts_with(sign.as_bytes());
        self.at += if there { sign.len() } else { 0 };
        there
    }

    fn comparison(&mut self) -> Held {
        let left = self.sum();
        for sign in ["<=", ">=", "<>", "<", ">", "="] {
            if self.take(sign) {
                let right = self.sum();
                if left == Held::Error || right == Held::Error {
                    return Held::Error;
                }
                let equal = match (&left, &right) {
                    (Held::Text(a), Held::Text(b)) => a.to_lowercase() == b.to_lowercase(),
                    (a, b) => a == b,
                };
                let order = match (&left, &right) {
                    (Held::Number(a), Held::Number(b)) => a.partial_cmp(b).unwrap(),
                    (Held::Number(_), _) => std::cmp::Ordering::Less,
                    (_, Held::Number(_)) => std::cmp::Ordering::Greater,
                    _ => std::cmp::Ordering::Equal,
                };
                return Held::Truth(match sign {
                    "=" => equal,
                    "<>" => !equal,
                    "<" => order.is_lt(),
                    ">" => order.is_gt(),
                    "<=" => order.is_le(),
                    _ => order.is_ge(),
                });
            }
        }
        left
    }

    fn sum(&mut self) -> Held {
        let mut left = self.product();
        loop {
            let sign = self.next();
            if !matches!(sign, b'+' | b'-') {
                return left;
            }
            self.at += 1;
            let right = self.product();
            left = two(&left, &right, |a, b| Some(if sign == b'+' { a + b } else { a - b }));
        }
    }

    fn product(&mut self) -> Held {
        let mut left = self.unary();
        loop {
            let sign = self.next();
            if !matches!(sign, b'*' | b'/') {
                return left;
            }
            self.at += 1;
            let right = self.unary();
            left = two(&left, &right, |a, b| match sign {
                b'*' => Some(a * b),
                _ => (b != 0.0).then(|| a / b),
            });
        }
    }

    fn unary(&mut self) -> Held {
        if self.take("-") {
            let held = self.unary();
            return two(&Held::Number(0.0), &held, |a, b| Some(a - b));
        }
        self.atom()
    }

    fn atom(&mut self) -> Held {
        if self.take("(") {
            let held = self.comparison();
            assert!(self.take(")"));
            return held;
        }
        if self.take("\"") {
            let start = self.at;
            while self.next() != b'"' {
                self.at += 1;
            }
            self.at += 1;
            return Held::Text(String::from_utf8(self.text[start..self.at - 1].to_vec()).unwrap());
        }
        let start = self.at;
        while self.next().is_ascii_alphanumeric() || self.next() == b'.' {
            self.at += 1;
        }
        let word = String::from_utf8(self.text[start..self.at].to_vec()).unwrap();
        if self.take("(") {
            return self.function(&word);
        }
        match word.parse::<f64>() {
            Ok(number) => Held::Number(number),
            Err(_) if word == "TRUE" => Held::Truth(true),
            Err(_) => self.sheet.cell(&word),
        }
    }

    /// Arguments of a function: single values, or the cells of a range.
    fn arguments(&mut self) -> Vec<Vec<Held>> {
        let mut all = Vec::new();
        loop {
            let start = self.at;
            while self.next().is_ascii_alphanumeric() {
                self.at += 1;
            }
            if self.next() == b':' {
                let from = String::from_utf8(self.text[start..self.at].to_vec()).unwrap();
                self.at += 1;
                let second = self.at;
                while self.next().is_ascii_alphanumeric() {
                    self.at += 1;
                }
                let to = String::from_utf8(self.text[second..self.at].to_vec()).unwrap();
                all.push(self.sheet.range(&from, &to));
            } else {
                self.at = start;
                all.push(vec![self.comparison()]);
            }
            if self.take(")") {
                return all;
            }
            assert!(self.take(","), "{}", String::from_utf8_lossy(&self.text[self.at..]));
        }
    }

    fn function(&mut self, name: &str) -> Held {
        let all = self.arguments();
        let one = |at: usize| all[at][0].clone();
        let number = |at: usize| as_number(&one(at));
        let truth = |held: &Held| as_number(held).map(|n| n != 0.0);
        let flat: Vec<Held> = all.iter().flatten().cloned().collect();
        let numbers: Vec<f64> =
            flat.iter().filter_map(|h| if let Held::Number(n) = h { Some(*n) } else { None }).collect();
        let of = |number: Option<f64>| number.map_or(Held::Error, Held::Number);
        // an error among the arguments of a function that adds up is an error
        let broken = flat.contains(&Held::Error);
        match name {
            "IF" => match truth(&one(0)) {
                Some(true) => one(1),
                Some(false) => one(2),
                None => Held::Error,
            },
            "IFERROR" => {
                if one(0) == Held::Error {
                    one(1)
                } else {
                    one(0)
                }
            }
            "AND" | "OR" => {
                let truths: Option<Vec<bool>> = flat.iter().map(truth).collect();
                truths.map_or(Held::Error, |t| {
                    Held::Truth(if name == "AND" { t.into_iter().all(|t| t) } else { t.into_iter().any(|t| t) })
                })
            }
            "ISNUMBER" => Held::Truth(matches!(one(0), Held::Number(_))),
            "ISTEXT" => Held::Truth(matches!(one(0), Held::Text(_))),
            _ if broken => Held::Error,
            "ABS" => of(number(0).map(f64::abs)),
            "INT" => of(number(0).map(f64::floor)),
            "SIGN" => of(number(0).map(|n| if n == 0.0 { 0.0 } else { n.signum() })),
            "MOD" => of(number(0).zip(number(1)).map(|(a, b)| a - b * (a / b).floor())),
            "ROUND" => of(number(0).zip(number(1)).map(|(n, digits)| {
                let scale = 10f64.powf(digits);
                n.signum() * (n.abs() * scale + 0.5 + 1e-6 * f64::from(u8::from(n.abs() < 1e6))).floor() / scale
            })),
            "MAX" => of(numbers.iter().copied().reduce(f64::max)),
            "MIN" => of(numbers.iter().copied().reduce(f64::min)),
            "SUM" => Held::Number(numbers.iter().sum()),
            "COUNT" => Held::Number(numbers.len() as f64),
            "AVERAGE" => of((!numbers.is_empty()).then(|| numbers.iter().sum::<f64>() / numbers.len() as f64)),
            "MEDIAN" => {
                let mut sorted = numbers;
                sorted.sort_by(f64::total_cmp);
                let (low, high) = ((sorted.len() - 1) / 2, sorted.len() / 2);
                Held::Number(f64::midpoint(sorted[low], sorted[high]))
            }
            "SUMPRODUCT" => {
                let product = |a: &Held, b: &Held| as_number(a).unwrap_or(0.0) * as_number(b).unwrap_or(0.0);
                Held::Number(all[0].iter().zip(&all[1]).map(|(a, b)| product(a, b)).sum())
            }
            "SUMIF" => {
                let held = all[0].iter().zip(&all[2]).filter(|(key, _)| **key == all[1][0]);
                Held::Number(held.filter_map(|(_, value)| as_number(value)).sum())
            }
            "COUNTIF" => Held::Number(all[0].iter().filter(|key| **key == all[1][0]).count() as f64),
            other => panic!("{other}"),
        }
    }
}

fn as_number(held: &Held) -> Option<f64> {
    match held {
        Held::Number(number) => Some(*number),
        Held::Truth(truth) => Some(f64::from(u8::from(*truth))),
        Held::Text(_) | Held::Error => None,
    }
}

fn two(a: &Held, b: &Held, work: impl Fn(f64, f64) -> Option<f64>) -> Held {
    match (as_number(a), as_number(b)) {
        (Some(a), Some(b)) => work(a, b).map_or(Held::Error, Held::Number),
        _ => Held::Error,
    }
}

fn floating(number: &Number) -> f64 {
    num_traits::ToPrimitive::to_f64(number.as_big()).unwrap()
}

/// A region with the dossier of each school that is looked at.
struct Region {
    judged: Judged,
    sources: Sources,
    texts: Vec<(String, String)>,
}

impl Region {
    fn new(rules: &str, data: &str) -> Region {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut read = pipeline::read_rules(&root.join(rules).display().to_string(), &[]);
        let judged = pipeline::judge(read.rules.value.take().unwrap(), &root.join(data), &mut read.sources, &Silent);
        let text = |(_, bytes): &(std::path::PathBuf, Vec<u8>)| String::from_utf8(bytes.clone()).unwrap();
        let texts = pipeline::names_below(&read.files).into_iter().zip(read.files.iter().map(text)).collect();
        Region { judged: judged.value.unwrap(), sources: read.sources, texts }
    }

    fn row(&self, code: &str) -> usize {
        let Judged { rules, plan, dataset, run, .. } = &self.judged;
        let judgement = merilo::report::list::Judgement { rules, dataset, run, steps: &plan.of_expr };
        merilo::report::list::find(&judgement, code).unwrap()
    }

    fn calculator(&self, row: usize) -> Calculator {
        let Judged { rules, plan, dataset, run, .. } = &self.judged;
        let speaker = Speaker::new(Language::Russian);
        calculator(
            &explain_every(rules, plan, dataset, run, row),
            &Teller { rules, sources: &self.sources, speaker: &speaker },
        )
    }

    fn dossier(&self, row: usize) -> Dossier {
        let making = Making {
            program: "",
            language: Language::Russian,
            texts: &self.texts,
            variant: &Variant::default(),
            data: &[],
        };
        make(&self.judged, row, &making).unwrap()
    }
}

/// The decisions of a sheet with some inputs changed: label and cell. `None`: the cell as it is.
fn decided(made: &Calculator, changed: &[(usize, f64)]) -> Vec<(String, String)> {
    let speaker = Speaker::new(Language::Russian);
    let (absent, inapplicable) = sheet::absences(&speaker);
    let mut own = Sheet { formulas: HashMap::new(), inputs: HashMap::new(), done: RefCell::default() };
    let cells = sheet::formulas(made, &speaker);
    for (at, ((cell, formula), step)) in cells.iter().zip(&made.steps).enumerate() {
        let held = match &step.value {
            Value::Number(number) => Held::Number(floating(number)),
            Value::Truth(truth) if truth.reasons() == merilo::value::Reasons::NOT_APPLICABLE => {
                Held::Text(inapplicable.clone())
            }
            Value::Truth(truth) if truth.is_unknown() => Held::Number(0.5),
            Value::Truth(truth) => Held::Number(f64::from(u8::from(*truth == Truth::TRUE))),
            Value::Text(text) => Held::Text(text.to_string()),
            Value::Absent(merilo::value::Reasons::NOT_APPLICABLE) => Held::Text(inapplicable.clone()),
            _ => Held::Text(absent.clone()),
        };
        let held = changed.iter().find(|(of, _)| *of == at).map_or(held, |(_, number)| Held::Number(*number));
        own.inputs.insert(cell.clone(), held);
        if let Some(formula) = formula {
            own.formulas.insert(cell.clone(), formula.clone());
        }
        let row = &cell[1..];
        match (&step.weight, step.weight_from) {
            (_, Some(from)) => {
                own.formulas.insert(format!("D{row}"), cells[from].0.clone());
            }
            (Some(weight), None) => {
                own.inputs.insert(format!("D{row}"), Held::Number(floating(weight)));
            }
            _ => {}
        }
        if let Some(year) = step.year {
            own.inputs.insert(format!("E{row}"), Held::Number(year as f64));
        }
    }
    let decisions = cells.iter().zip(&made.steps).filter(|(_, step)| step.verdict.is_some());
    decisions
        .map(|((cell, _), step)| {
            let said = match own.cell(cell) {
                Held::Number(1.0) => "yes".to_owned(),
                Held::Number(0.0) => "no".to_owned(),
                Held::Number(0.5) => "unknown".to_owned(),
                Held::Text(text) if text == inapplicable => "none".to_owned(),
                other => format!("{other:?}"),
            };
            (step.label.clone(), said)
        })
        .collect()
}

fn of_steps(steps: &[StepEntry]) -> Vec<(String, String)> {
    let decisions = steps.iter().filter(|step| step.decision.is_some());
    decisions.map(|step| (step.label.clone(), step.value.clone())).collect()
}

/// Changes numbers among the cells of a school, one after the other, and compares the sheet with the program on the changed
/// rows; `every`: how many inputs on. Gives how many changes were tried and how many of them changed a decision.
fn each_change(region: &Region, code: &str, every: usize, factors: &[(i64, i64)]) -> (usize, usize) {
    let row = region.row(code);
    let made = region.calculator(row);
    let dossier = region.dossier(row);
    let before = of_steps(&remake(&dossier, Language::Russian).unwrap().steps);
    assert_eq!(decided(&made, &[]), before, "{code} as it is");
    let (mut tried, mut turned) = (0, 0);
    for at in (0..made.inputs).step_by(every) {
        let (Value::Number(number), Some(place)) = (&made.steps[at].value, &made.steps[at].place) else { continue };
        for (numerator, denominator) in factors {
            let changed = number.multiply(&Number::ratio(i128::from(*numerator), i128::from(*denominator)).unwrap());
            let mut other = dossier.clone();
            if changed == *number || !put(&mut other, &made, at, place, &changed) {
                continue;
            }
            let program = of_steps(&remake(&other, Language::Russian).unwrap().steps);
            let sheet = decided(&made, &[(at, floating(&changed))]);
            assert_eq!(sheet, program, "{code}: {} at {place} is {changed:?}", made.steps[at].label);
            tried += 1;
            turned += usize::from(program != before);
        }
    }
    (tried, turned)
}

/// Writes a number into the cell of the dossier that an input stands for. `false`: it stands for none.
fn put(dossier: &mut Dossier, made: &Calculator, at: usize, place: &str, number: &Number) -> bool {
    let Value::Number(own) = &made.steps[at].value else { return false };
    let before = format!("n:{}", own.as_big());
    let speaker = Speaker::new(Language::Russian);
    for table in &mut dossier.extract.tables {
        for row in &mut table.rows {
            let source = &table.sources[row.source];
            for (cell, (column, header)) in row.cells.iter_mut().zip(&source.columns) {
                let reference = merilo::location::CellRef {
                    file: source.file.as_str().into(),
                    sheet: source.sheet.as_deref().map(Into::into),
                    row: row.line,
                    column: *column,
                    header: header.as_str().into(),
                };
                if *cell == before && speaker.cell_said(&reference) == place {
                    *cell = format!("n:{}", number.as_big());
                    return true;
                }
            }
        }
    }
    false
}

#[test]
fn the_sheet_of_californian_schools_decides_as_the_program_does() {
    let region = Region::new("rules/california-api-2000/criteria.merilo", "examples/california-2000/dataset.yaml");
    let (mut tried, mut turned) = (0, 0);
    for code in ["44698156049928", "07617966005011", "30665976029441", "04614246003081", "24736192431807"] {
        let (a, b) = each_change(&region, code, 1, &[(772, 771), (1, 2), (11, 10), (101, 100), (2, 1)]);
        (tried, turned) = (tried + a, turned + b);
    }
    assert!(tried >= 40 && turned >= 20, "{tried} tried, {turned} turned");
}

#[test]
fn the_sheet_of_leningrad_schools_decides_as_the_program_does() {
    let region = Region::new("rules/leningrad-2018/criteria.merilo", "examples/leningrad-2018/dataset.yaml");
    let (mut tried, mut turned) = (0, 0);
    for (code, factor) in [("470108", (1, 20)), ("471718", (2, 1))] {
        let (a, b) = each_change(&region, code, 5, &[factor]);
        (tried, turned) = (tried + a, turned + b);
    }
    assert!(tried >= 12 && turned >= 1, "{tried} tried, {turned} turned");
}

#[test]
fn the_sheet_decides_every_school_as_it_was_decided() {
    for (rules, data, every) in [
        ("tests/explanations/region/rules.merilo", "tests/explanations/region/dataset.yaml", 1),
        ("rules/leningrad-2018/criteria.merilo", "examples/leningrad-2018/dataset.yaml", 31),
        ("rules/california-api-2000/criteria.merilo", "examples/california-2000/dataset.yaml", 617),
    ] {
        let region = Region::new(rules, data);
        for row in (0..region.judged.run.schools).step_by(every) {
            let made = region.calculator(row);
            let expected = made.steps.iter().filter_map(|step| {
                Some(match step.verdict? {
                    Verdict::Met => "yes",
                    Verdict::NotMet => "no",
                    Verdict::Undetermined(_) => "unknown",
                    Verdict::NotApplicable | Verdict::NotJudged => "none",
                })
            });
            let sheet = decided(&made, &[]);
            let found: Vec<&str> = sheet.iter().map(|(_, said)| said.as_str()).collect();
            assert_eq!(found, expected.collect::<Vec<_>>(), "{rules}, row {row}");
        }
    }
}
