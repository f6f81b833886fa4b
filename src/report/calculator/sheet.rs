//! The calculator as an Excel workbook with live formulas, so that anyone can change a number and see what follows.
//!
//! Numbers of a workbook are floating point; comparisons round their difference to ten decimals, so that a value exactly on a
//! threshold is on it here as well. The exact values stand beside the formulas as the run found them.

use num_traits::ToPrimitive;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Formula as Live, Workbook, Worksheet, XlsxError,
};

use super::{Bound, Calculator, Formula, Step, Unknown};
use crate::decision::Verdict;
use crate::diagnostic::Argument;
use crate::messages::Speaker;
use crate::model::expr::{AggregateFunction, ArithmeticOp, CompareOp, VerdictStatus};
use crate::number::Number;
use crate::number::rounding::Rounding;
use crate::value::{Reasons, Type, Unit, Value};

/// Row of the first input, from 1; the steps begin below a heading of their own.
const FIRST_ROW: usize = 8;

/// Characters that fit into a line of a step and of a place.
const LABEL_WIDTH: usize = 78;
const PLACE_WIDTH: usize = 60;
/// In points.
const LINE_HEIGHT: u32 = 15;

/// The workbook as bytes.
///
/// # Errors
/// The words of the library when a limit of the format is passed.
pub fn workbook(calculator: &Calculator, speaker: &Speaker) -> Result<Vec<u8>, String> {
    build(calculator, speaker).map_err(|error| error.to_string())
}

/// The cell and the formula of each step as a spreadsheet reads it; no formula where the value is given.
pub fn formulas(calculator: &Calculator, speaker: &Speaker) -> Vec<(String, Option<String>)> {
    let words = Words::new(speaker);
    let cells = Cells { inputs: calculator.inputs };
    let steps = calculator.steps.iter().enumerate();
    steps.map(|(at, step)| (cells.value(at), live(step, &words, cells))).collect()
}

/// What a spreadsheet holds in place of a value that is not there: not known, and not applicable.
pub fn absences(speaker: &Speaker) -> (String, String) {
    let words = Words::new(speaker);
    (words.absent, words.inapplicable)
}

fn build(calculator: &Calculator, speaker: &Speaker) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let sheet = workbook.add_worksheet();
    sheet.set_name(speaker.word("calculator-sheet"))?;
    let words = Words::new(speaker);
    head(sheet, calculator, speaker, &words)?;
    let part = Format::new().set_bold().set_font_size(12);
    let cells = Cells { inputs: calculator.inputs };
    for (row, title) in [(FIRST_ROW - 1, "calculator-inputs"), (FIRST_ROW + calculator.inputs, "calculator-steps")] {
        sheet.write_string_with_format(position(row - 1), 1, speaker.word(title), &part)?;
    }
    for (at, step) in calculator.steps.iter().enumerate() {
        line(sheet, at, step, &words, cells)?;
    }
    workbook.save_to_buffer()
}

fn position(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Where the steps stand.
#[derive(Clone, Copy)]
struct Cells {
    inputs: usize,
}

impl Cells {
    /// Row of a step, from 1.
    fn row(self, at: usize) -> usize {
        FIRST_ROW + at + usize::from(at >= self.inputs)
    }

    fn value(self, at: usize) -> String {
        format!("C{}", self.row(at))
    }
}

struct Words {
    absent: String,
    inapplicable: String,
    yes: String,
    no: String,
}

impl Words {
    fn new(speaker: &Speaker) -> Words {
        Words {
            absent: speaker.word("calculator-absent"),
            inapplicable: speaker.word("calculator-inapplicable"),
            yes: speaker.word("calculator-agrees"),
            no: speaker.word("calculator-differs"),
        }
    }
}

/// A value as a cell holds it.
enum Held {
    Number(f64),
    Text(String),
}

fn head(sheet: &mut Worksheet, made: &Calculator, speaker: &Speaker, words: &Words) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let notice = Format::new().set_background_color(0x00FF_F3C4);
    sheet.write_string_with_format(0, 0, &made.title, &bold.clone().set_font_size(13))?;
    sheet.write_string(1, 0, format!("{} {}", made.subtitle, crate::report::publication::said(None, speaker)))?;
    let still = made.steps.iter().skip(made.inputs).filter(|step| step.formula == Formula::Given).count();
    let still = ("count", Argument::Count(i64::try_from(still).unwrap_or(i64::MAX)));
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.merge_range(2, 0, 2, 7, &speaker.say("calculator-note", &[still]), &wrapped)?;
    sheet.set_row_height(2, 5 * LINE_HEIGHT)?;
    if let Some(text) = &made.notice {
        sheet.write_string_with_format(3, 0, text, &notice)?;
    }
    let (first, last) = (FIRST_ROW, FIRST_ROW + made.steps.len());
    let count = ("count", Argument::Count(i64::try_from(made.steps.len()).unwrap_or(i64::MAX)));
    sheet.write_string_with_format(4, 0, speaker.say("calculator-agreement", &[count]), &bold)?;
    let agreeing = format!("COUNTIF(G{first}:G{last},\"{}\")", words.yes);
    sheet.write_formula_with_format(4, 2, Live::new(agreeing).set_result(made.steps.len().to_string()), &bold)?;
    let header = Format::new().set_bold().set_background_color(0x00E8_EEF4).set_text_wrap().set_align(FormatAlign::Top);
    let titles = [
        "calculator-column-number",
        "calculator-column-step",
        "calculator-column-value",
        "calculator-column-weight",
        "calculator-column-year",
        "calculator-column-found",
        "calculator-column-agrees",
        "calculator-column-place",
    ];
    for (at, title) in titles.into_iter().enumerate() {
        let column = u16::try_from(at).unwrap_or(u16::MAX);
        sheet.write_string_with_format(5, column, speaker.word(title), &header)?;
    }
    for (column, width) in [(0, 6), (1, LABEL_WIDTH), (2, 16), (3, 9), (4, 7), (5, 16), (6, 11), (7, PLACE_WIDTH)] {
        sheet.set_column_width(column, u16::try_from(width).unwrap_or(60))?;
    }
    sheet.set_freeze_panes(6, 2)?;
    sheet.set_landscape().set_paper_size(9).set_margins(0.4, 0.4, 0.5, 0.5, 0.3, 0.3).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(5, 5)?;
    Ok(())
}

fn line(sheet: &mut Worksheet, at: usize, step: &Step, words: &Words, cells: Cells) -> Result<(), XlsxError> {
    let row = position(cells.row(at) - 1);
    let number = f64::from(u32::try_from(at + 1).unwrap_or(u32::MAX));
    let mut text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    text = text.set_indent(u8::try_from(step.depth.min(12)).unwrap_or(12));
    let top = Format::new().set_align(FormatAlign::Top);
    let mut value = number_format(&step.kind).set_align(FormatAlign::Top);
    if at < cells.inputs {
        value = value.set_background_color(0x00FF_FBE0);
    } else if step.formula == Formula::Given {
        value = value.set_italic().set_font_color(0x0055_5555);
    }
    if let Some(verdict) = step.verdict {
        let colour = match verdict {
            Verdict::Met => 0x00F8_D7C4,
            Verdict::Undetermined(_) => 0x00FF_F3C4,
            _ => 0x00EE_EEEE,
        };
        text = text.set_bold().set_background_color(colour);
        value = value.set_bold().set_background_color(colour);
    }
    let lines = |text: &str, width: usize| text.chars().count().div_ceil(width).max(1);
    let place = step.place.as_deref().unwrap_or("");
    let high = lines(&step.label, LABEL_WIDTH - step.depth.min(12) - 4).max(lines(place, PLACE_WIDTH - 4));
    sheet.set_row_height(row, LINE_HEIGHT.saturating_mul(u32::try_from(high).unwrap_or(1)))?;
    sheet.write_number_with_format(row, 0, number, &top)?;
    sheet.write_string_with_format(row, 1, &step.label, &text)?;
    let held = held(&step.value, words);
    match (live(step, words, cells), &held) {
        (Some(formula), Held::Number(result)) => {
            sheet.write_formula_with_format(row, 2, Live::new(formula).set_result(result.to_string()), &value)?;
        }
        (Some(formula), Held::Text(result)) => {
            sheet.write_formula_with_format(row, 2, Live::new(formula).set_result(result), &value)?;
        }
        (None, Held::Number(number)) => {
            sheet.write_number_with_format(row, 2, *number, &value)?;
        }
        (None, Held::Text(word)) => {
            sheet.write_string_with_format(row, 2, word, &value)?;
        }
    }
    if let (Some(weight), Some(from)) = (&step.weight, step.weight_from) {
        let formula = Live::new(cells.value(from)).set_result(floating(weight).to_string());
        sheet.write_formula_with_format(row, 3, formula, &top)?;
    } else if let Some(weight) = &step.weight {
        sheet.write_number_with_format(row, 3, floating(weight), &top)?;
    }
    if let Some(year) = step.year.and_then(|year| u32::try_from(year).ok()) {
        sheet.write_number_with_format(row, 4, f64::from(year), &top)?;
    }
    match &held {
        Held::Number(number) => sheet.write_number_with_format(row, 5, *number, &number_format(&step.kind))?,
        Held::Text(word) => sheet.write_string_with_format(row, 5, word, &top)?,
    };
    let line = cells.row(at);
    let agrees = format!(
        "IF(AND(ISNUMBER(C{line}),ISNUMBER(F{line})),IF(ABS(C{line}-F{line})<=1E-9*MAX(1,ABS(F{line})),\"{0}\",\"{1}\"),IF(C{line}=F{line},\"{0}\",\"{1}\"))",
        words.yes, words.no
    );
    sheet.write_formula_with_format(row, 6, Live::new(agrees).set_result(&words.yes), &top)?;
    if let Some(place) = &step.place {
        sheet.write_string_with_format(row, 7, place, &Format::new().set_text_wrap().set_align(FormatAlign::Top))?;
    }
    Ok(())
}

fn number_format(kind: &Type) -> Format {
    match kind {
        Type::Number(Unit::Percent | Unit::PercentagePoint) => Format::new().set_num_format("0.0###########%"),
        Type::Date => Format::new().set_num_format("dd.mm.yyyy"),
        _ => Format::new().set_num_format("General"),
    }
}

/// A truth that is open only because something does not apply is no open one.
fn held(value: &Value, words: &Words) -> Held {
    match value {
        Value::Number(number) => Held::Number(floating(number)),
        Value::Truth(truth) if truth.reasons() == Reasons::NOT_APPLICABLE => Held::Text(words.inapplicable.clone()),
        Value::Truth(truth) if truth.is_unknown() => Held::Number(0.5),
        Value::Truth(truth) => Held::Number(if truth.is_true() { 1.0 } else { 0.0 }),
        Value::Text(text) => Held::Text(text.to_string()),
        Value::Date(date) => {
            let start = jiff::civil::date(1899, 12, 30);
            let days = date.since(start).map_or(0, |span| span.get_days());
            Held::Number(f64::from(days))
        }
        Value::Absent(Reasons::NOT_APPLICABLE) => Held::Text(words.inapplicable.clone()),
        Value::Absent(_) | Value::Between(..) => Held::Text(words.absent.clone()),
    }
}

fn floating(number: &Number) -> f64 {
    number.as_big().to_f64().unwrap_or(f64::NAN)
}

/// The formula of a step; `None`: its value is given.
///
/// What is not there is a text: not known, or not applicable. Of several the first wins. A truth is also 1/2.
fn live(step: &Step, words: &Words, cells: Cells) -> Option<String> {
    let cell = |at: &usize| cells.value(*at);
    let all = |of: &[usize]| of.iter().map(cell).collect::<Vec<String>>();
    Some(match &step.formula {
        Formula::Given => return None,
        Formula::Step(at) => cell(at),
        Formula::Negate(at) => words.safe(&format!("-{}", cell(at)), &[cell(at)]),
        Formula::Absolute(at) => words.safe(&format!("ABS({})", cell(at)), &[cell(at)]),
        Formula::Arithmetic(op, a, b) => {
            let sign = match op {
                ArithmeticOp::Add => '+',
                ArithmeticOp::Subtract => '-',
                ArithmeticOp::Multiply => '*',
                ArithmeticOp::Divide => '/',
            };
            words.safe(&format!("{}{sign}{}", cell(a), cell(b)), &[cell(a), cell(b)])
        }
        Formula::Extreme { largest, of } => {
            let function = if *largest { "MAX" } else { "MIN" };
            let plus: Vec<String> = of.iter().map(|at| format!("{}+0", cell(at))).collect();
            words.safe(&format!("{function}({})", plus.join(",")), &all(of))
        }
        Formula::Round { value, step, rounding } => {
            words.safe(&rounded(&cell(value), &cell(step), *rounding), &[cell(value), cell(step)])
        }
        Formula::Compare(op, a, b) => words.compared(*op, &cell(a), &cell(b)),
        Formula::Between { value, low, high, negated } => {
            let [value, low, high] = [cell(value), cell(low), cell(high)];
            let (inside, outside) = if *negated { (0, 1) } else { (1, 0) };
            format!(
                "IF(AND(ISNUMBER({value}),ISNUMBER({low}),ISNUMBER({high})),IF(AND(ROUND({value}-{low},10)>=0,ROUND({high}-{value},10)>=0),{inside},{outside}),{})",
                words.open_of(&[value.clone(), low.clone(), high.clone()])
            )
        }
        Formula::OneOf { value, options, negated } => {
            let value = cell(value);
            let each: Vec<String> =
                options.iter().map(|at| format!("({})", words.compared(CompareOp::Equal, &value, &cell(at)))).collect();
            let (any, none) = if *negated { (0, 1) } else { (1, 0) };
            let known = format!("IF(OR({}),{any},{none})", each.iter().map(|e| format!("{e}=1")).collect::<Vec<_>>().join(","));
            let gone = format!("OR({value}=\"{}\",{value}=\"{}\",{value}=0.5)", words.absent, words.inapplicable);
            format!("IF({gone},{},{known})", words.open_of(std::slice::from_ref(&value)))
        }
        Formula::And(of) => words.joined("MIN", &all(of)),
        Formula::Or(of) => words.joined("MAX", &all(of)),
        Formula::Not(at) => format!("IF(ISNUMBER({0}),1-{0},{1})", cell(at), words.open_of(&[cell(at)])),
        Formula::Counted { bound, applicable, of } => words.counted(bound, *applicable, &all(of)),
        Formula::Choose { branches, otherwise } => {
            branches.iter().rev().fold(cell(otherwise), |rest, (condition, value)| {
                let condition = cell(condition);
                let open = words.open_value(&condition, &step.kind);
                format!("IF(AND(ISNUMBER({condition}),{condition}=1),{},IF(AND(ISNUMBER({condition}),{condition}=0),{rest},{open}))", cell(value))
            })
        }
        Formula::Keyed { by, entries, otherwise } => {
            let by = cell(by);
            let last = otherwise.as_ref().map_or_else(|| format!("\"{}\"", words.inapplicable), cell);
            let chosen = entries.iter().rev().fold(last, |rest, (key, value)| {
                format!("IF({by}={},{},{rest})", cell(key), cell(value))
            });
            format!("IF({by}=\"{0}\",\"{0}\",{chosen})", words.absent)
        }
        Formula::AbsentWhen { value, when, inapplicable } => {
            let when = cell(when);
            let gone = if *inapplicable { &words.inapplicable } else { &words.absent };
            let gone = words.gone_value(gone, &step.kind);
            let open = words.open_value(&when, &step.kind);
            format!("IF(AND(ISNUMBER({when}),{when}=0),{},IF(AND(ISNUMBER({when}),{when}=1),{gone},{open}))", cell(value))
        }
        Formula::Known { value, negated } => {
            let (there, gone) = if *negated { (0, 1) } else { (1, 0) };
            let value = cell(value);
            let kinds = format!("OR({value}=\"{}\",{value}=\"{}\")", words.absent, words.inapplicable);
            format!("IF({kinds},{gone},{there})")
        }
        Formula::VerdictIs(of, status) => {
            let of = cell(of);
            match status {
                VerdictStatus::Met => format!("IF({of}=1,1,0)"),
                VerdictStatus::NotMet => format!("IF(AND(ISNUMBER({of}),{of}=0),1,0)"),
                VerdictStatus::Undetermined => format!("IF({of}=0.5,1,0)"),
                VerdictStatus::NotApplicable => format!("IF(ISTEXT({of}),1,0)"),
            }
        }
        Formula::Rows { function, weighted, first, last } => {
            rows(*function, *weighted, cells.row(*first), cells.row(*last))?
        }
        Formula::Standard { raw, mean, deviation, reversed } => {
            let [raw, mean, deviation] = [cell(raw), cell(mean), cell(deviation)];
            let sign = if *reversed { "-" } else { "" };
            words.safe(&format!("{sign}IF({deviation}=0,{raw}*0,ROUND(({raw}-{mean})/{deviation},12))"), std::slice::from_ref(&raw))
        }
        Formula::MinMax { raw, minimum, maximum, reversed } => {
            let [raw, low, high] = [cell(raw), cell(minimum), cell(maximum)];
            let mirror = if *reversed { "1-" } else { "" };
            let scaled = format!("IF({high}={low},{raw}*0,MAX(0,MIN(1,({raw}-{low})/({high}-{low}))))");
            words.safe(&format!("{mirror}{scaled}"), std::slice::from_ref(&raw))
        }
        Formula::Weighted(parts) => {
            let terms: Vec<String> =
                parts.iter().map(|(at, weight)| format!("{}*{}", cell(at), constant(weight))).collect();
            words.safe(&terms.join("+"), &parts.iter().map(|(at, _)| cell(at)).collect::<Vec<_>>())
        }
        Formula::Reweighted { parts, least_weight, least_count } => {
            let term = |form: &dyn Fn(&str, &str) -> String| {
                let terms: Vec<String> =
                    parts.iter().map(|(at, weight)| form(&cell(at), &constant(weight))).collect();
                terms.join("+")
            };
            let sum = term(&|cell, weight| format!("IF(ISNUMBER({cell}),{cell}*{weight},0)"));
            let known = term(&|cell, weight| format!("IF(ISNUMBER({cell}),{weight},0)"));
            let count = format!("(0+{})", term(&|cell, _| format!("ISNUMBER({cell})")));
            let of: Vec<String> = parts.iter().map(|(at, _)| cell(at)).collect();
            let least = constant(least_weight);
            let enough = format!("AND({count}>={},{known}>0,ROUND({known}-{least},10)>=0)", (*least_count).max(1));
            format!("IF({enough},({sum})/({known}),{})", words.gone_of(&of))
        }
        Formula::Verdict { condition, policy, .. } => {
            let condition = cell(condition);
            let open = match policy {
                Unknown::Stays => "0.5".to_owned(),
                Unknown::Met => "1".to_owned(),
                Unknown::NotMet => "0".to_owned(),
                Unknown::NotApplicable => format!("\"{}\"", words.inapplicable),
            };
            let inapplicable = &words.inapplicable;
            format!(
                "IF({condition}=\"{inapplicable}\",\"{inapplicable}\",IF(OR({condition}=0.5,ISTEXT({condition})),{open},{condition}))"
            )
        }
    })
}

impl Words {
    /// Which of the two is lacking where a number is: what one of these cells lacks, or nothing can be divided by zero.
    fn gone_of(&self, cells: &[String]) -> String {
        let absent: Vec<String> = cells.iter().map(|cell| format!("{cell}=\"{}\"", self.absent)).collect();
        format!("IF(OR({}),\"{}\",\"{}\")", absent.join(","), self.absent, self.inapplicable)
    }

    /// The same where a truth is: open, or not applicable.
    fn open_of(&self, cells: &[String]) -> String {
        let open: Vec<String> =
            cells.iter().flat_map(|cell| [format!("{cell}=\"{}\"", self.absent), format!("{cell}=0.5")]).collect();
        format!("IF(OR({}),0.5,\"{}\")", open.join(","), self.inapplicable)
    }

    /// What a value is whose condition is open.
    fn open_value(&self, condition: &str, kind: &Type) -> String {
        let open = if *kind == Type::YesNo { "0.5".to_owned() } else { format!("\"{}\"", self.absent) };
        format!("IF({condition}=\"{0}\",\"{0}\",{open})", self.inapplicable)
    }

    fn gone_value(&self, gone: &str, kind: &Type) -> String {
        if *kind == Type::YesNo && gone == self.absent { "0.5".to_owned() } else { format!("\"{gone}\"") }
    }

    /// A lacking operand leaves the result lacking.
    fn safe(&self, formula: &str, cells: &[String]) -> String {
        format!("IFERROR({formula},{})", self.gone_of(cells))
    }

    /// 1, 0, or what is lacking. Numbers differ when they do so in ten decimals.
    fn compared(&self, op: CompareOp, a: &str, b: &str) -> String {
        let sign = match op {
            CompareOp::Less => "<0",
            CompareOp::AtMost => "<=0",
            CompareOp::More => ">0",
            CompareOp::AtLeast => ">=0",
            CompareOp::Equal => "=0",
            CompareOp::NotEqual => "<>0",
        };
        let (same, other) = if op == CompareOp::NotEqual { (0, 1) } else { (1, 0) };
        let (absent, inapplicable) = (&self.absent, &self.inapplicable);
        format!(
            "IF(AND(ISNUMBER({a}),ISNUMBER({b})),IF(ROUND({a}-{b},10){sign},1,0),IF(OR({a}=\"{absent}\",{b}=\"{absent}\"),0.5,IF(OR({a}=\"{inapplicable}\",{b}=\"{inapplicable}\"),\"{inapplicable}\",IF({a}={b},{same},{other}))))"
        )
    }

    /// "And" (the least) and "or" (the greatest).
    fn joined(&self, function: &str, cells: &[String]) -> String {
        let truths: Vec<String> = cells.iter().map(|cell| format!("IF(ISNUMBER({cell}),{cell},0.5)")).collect();
        let joined = format!("{function}({})", truths.join(","));
        format!("IF({joined}=0.5,{},{joined})", self.open_of(cells))
    }

    fn counted(&self, bound: &Bound, applicable: bool, cells: &[String]) -> String {
        let sum = |form: &dyn Fn(&String) -> String| {
            // a truth by itself is no number to every spreadsheet: it is added to one
            let terms: Vec<String> = cells.iter().map(form).collect();
            format!("({})", [vec!["0".to_owned()], terms].concat().join("+"))
        };
        let met = sum(&|cell| format!("({cell}=1)"));
        let not_met = sum(&|cell| format!("AND(ISNUMBER({cell}),{cell}=0)"));
        let half = sum(&|cell| format!("(({cell}=0.5)+({cell}=\"{}\"))", self.absent));
        let other = sum(&|cell| format!("({cell}=\"{}\")", self.inapplicable));
        let open = if applicable { format!("({half})") } else { format!("({half}+{other})") };
        let unknown = format!("IF({half}>0,0.5,\"{}\")", self.inapplicable);
        let known = match bound {
            Bound::All => format!("IF({not_met}>0,0,IF({open}>0,{unknown},1))"),
            Bound::AtLeast(n) => {
                let n = constant(n);
                format!("IF({met}>={n},1,IF({met}+{open}<{n},0,{unknown}))")
            }
            Bound::AtMost(n) => {
                let n = constant(n);
                format!("IF({met}>{n},0,IF({met}+{open}<={n},1,{unknown}))")
            }
            Bound::Exactly(n) => {
                let n = constant(n);
                format!("IF(OR({met}>{n},{met}+{open}<{n}),0,IF({open}>0,{unknown},1))")
            }
        };
        if applicable && !cells.is_empty() {
            return format!("IF({met}+{not_met}+{half}=0,\"{}\",{known})", self.inapplicable);
        }
        known
    }
}

/// A number as a formula holds it: a division where no decimal does.
fn constant(number: &Number) -> String {
    let big = number.as_big();
    let small = |text: String| text.len() <= 15;
    if number.is_integer() && small(big.numer().to_string()) {
        return big.numer().to_string();
    }
    if small(big.numer().to_string()) && small(big.denom().to_string()) {
        return format!("({}/{})", big.numer(), big.denom());
    }
    format!("({})", floating(number))
}

fn rounded(value: &str, step: &str, rounding: Rounding) -> String {
    let quotient = format!("ROUND({value}/{step},10)");
    let whole = match rounding {
        Rounding::Up => format!("-INT(-{quotient})"),
        Rounding::Down => format!("INT({quotient})"),
        Rounding::HalfUp => format!("SIGN({value})*INT(ABS({quotient})+0.5)"),
        Rounding::HalfEven => {
            format!("IF(MOD({quotient},1)=0.5,2*INT({quotient}/2+0.5),INT({quotient}+0.5))")
        }
    };
    format!("{whole}*{step}")
}

fn rows(function: AggregateFunction, weighted: bool, first: usize, last: usize) -> Option<String> {
    let range = |column: char| format!("{column}{first}:{column}{last}");
    let (values, weights, years) = (range('C'), range('D'), range('E'));
    Some(match (function, weighted) {
        (AggregateFunction::Mean, false) => format!("AVERAGE({values})"),
        (AggregateFunction::Mean, true) => format!("SUMPRODUCT({values},{weights})/SUM({weights})"),
        (AggregateFunction::Sum, _) => format!("SUM({values})"),
        (AggregateFunction::Count, _) => format!("COUNT({values})"),
        (AggregateFunction::Minimum, _) => format!("MIN({values})"),
        (AggregateFunction::Maximum, _) => format!("MAX({values})"),
        (AggregateFunction::Median, _) => format!("MEDIAN({values})"),
        (AggregateFunction::Latest, _) => {
            format!("SUMIF({years},MAX({years}),{values})/COUNTIF({years},MAX({years}))")
        }
        (AggregateFunction::Share | AggregateFunction::Quantile(_), _) => return None,
    })
}
