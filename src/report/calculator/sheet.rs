//! The calculator as an Excel workbook with live formulas, so that anyone can change a number and see what follows.
//!
//! Numbers of a workbook are floating point; comparisons round their difference to ten decimals, so that a value exactly on a
//! threshold is on it here as well. The exact values stand beside the formulas as the run found them.

use num_traits::ToPrimitive;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Formula as Live, Workbook, Worksheet, XlsxError,
};

use super::{Bound, Calculator, Formula, Raw, Step, Unknown};
use crate::decision::Verdict;
use crate::diagnostic::Argument;
use crate::messages::Speaker;
use crate::model::expr::{AggregateFunction, ArithmeticOp, CompareOp};
use crate::number::Number;
use crate::number::rounding::Rounding;
use crate::value::{Type, Unit, Value};

/// Row of the first step, from 1.
const FIRST_ROW: usize = 7;

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

/// The formula of each step as a spreadsheet reads it; `None` where the value is given.
pub fn formulas(calculator: &Calculator, speaker: &Speaker) -> Vec<Option<String>> {
    let words = Words::new(speaker);
    calculator.steps.iter().map(|step| live(step, &words)).collect()
}

fn build(calculator: &Calculator, speaker: &Speaker) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let sheet = workbook.add_worksheet();
    sheet.set_name(speaker.word("calculator-sheet"))?;
    let words = Words::new(speaker);
    head(sheet, calculator, speaker, &words)?;
    for (at, step) in calculator.steps.iter().enumerate() {
        line(sheet, at, step, &words)?;
    }
    workbook.save_to_buffer()
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
    sheet.write_string(2, 0, speaker.word("calculator-note"))?;
    if let Some(text) = &made.notice {
        sheet.write_string_with_format(3, 0, text, &notice)?;
    }
    let (first, last) = (FIRST_ROW, FIRST_ROW + made.steps.len().saturating_sub(1));
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

fn line(sheet: &mut Worksheet, at: usize, step: &Step, words: &Words) -> Result<(), XlsxError> {
    let row = u32::try_from(FIRST_ROW - 1 + at).unwrap_or(u32::MAX);
    let number = f64::from(u32::try_from(at + 1).unwrap_or(u32::MAX));
    let mut text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    text = text.set_indent(u8::try_from(step.depth.min(12)).unwrap_or(12));
    let top = Format::new().set_align(FormatAlign::Top);
    let mut value = number_format(&step.kind).set_align(FormatAlign::Top);
    if step.formula == Formula::Given {
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
    let held = held(&step.value, step.verdict.is_some(), words);
    match (live(step, words), &held) {
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
    if let Some(weight) = &step.weight {
        sheet.write_number_with_format(row, 3, floating(weight), &top)?;
    }
    if let Some(year) = step.year.and_then(|year| u32::try_from(year).ok()) {
        sheet.write_number_with_format(row, 4, f64::from(year), &top)?;
    }
    match &held {
        Held::Number(number) => sheet.write_number_with_format(row, 5, *number, &number_format(&step.kind))?,
        Held::Text(word) => sheet.write_string_with_format(row, 5, word, &top)?,
    };
    let line = FIRST_ROW + at;
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

fn held(value: &Value, decided: bool, words: &Words) -> Held {
    match value {
        Value::Number(number) => Held::Number(floating(number)),
        Value::Truth(truth) if truth.is_unknown() => Held::Number(0.5),
        Value::Truth(truth) => Held::Number(if truth.is_true() { 1.0 } else { 0.0 }),
        Value::Text(text) => Held::Text(text.to_string()),
        Value::Date(date) => {
            let start = jiff::civil::date(1899, 12, 30);
            let days = date.since(start).map_or(0, |span| span.get_days());
            Held::Number(f64::from(days))
        }
        Value::Absent(_) if decided => Held::Text(words.inapplicable.clone()),
        Value::Absent(_) | Value::Between(..) => Held::Text(words.absent.clone()),
    }
}

fn floating(number: &Number) -> f64 {
    number.as_big().to_f64().unwrap_or(f64::NAN)
}

/// The formula of a step; `None`: its value is given.
fn live(step: &Step, words: &Words) -> Option<String> {
    let cell = |at: &usize| format!("C{}", FIRST_ROW + at);
    let absent = &words.absent;
    // an absent operand leaves the result absent
    let safe = |formula: String| format!("IFERROR({formula},\"{absent}\")");
    let list = |of: &[usize], form: &dyn Fn(String) -> String| {
        of.iter().map(|at| form(cell(at))).collect::<Vec<_>>().join(",")
    };
    // what is no number (not applicable) is unknown to "and" and "or"
    let truth = |cell: String| format!("IF(ISNUMBER({cell}),{cell},0.5)");
    Some(match &step.formula {
        Formula::Given => return None,
        Formula::Step(at) => cell(at),
        Formula::Negate(at) => safe(format!("-{}", cell(at))),
        Formula::Absolute(at) => safe(format!("ABS({})", cell(at))),
        Formula::Arithmetic(op, a, b) => {
            let sign = match op {
                ArithmeticOp::Add => '+',
                ArithmeticOp::Subtract => '-',
                ArithmeticOp::Multiply => '*',
                ArithmeticOp::Divide => '/',
            };
            safe(format!("{}{sign}{}", cell(a), cell(b)))
        }
        Formula::Extreme { largest, of } => {
            let function = if *largest { "MAX" } else { "MIN" };
            let all = list(of, &|cell| format!("{cell}+0"));
            safe(format!("{function}({all})"))
        }
        Formula::Round { value, step, rounding } => safe(rounded(&cell(value), &cell(step), *rounding)),
        Formula::Compare(op, a, b) => compared(*op, &cell(a), &cell(b), absent),
        Formula::Against(op, value, bound) => compared(*op, &cell(value), &constant(bound), absent),
        Formula::Between { value, low, high, negated } => {
            let inside = format!(
                "MIN({},{})",
                compared(CompareOp::AtLeast, &cell(value), &cell(low), absent),
                compared(CompareOp::AtMost, &cell(value), &cell(high), absent)
            );
            if *negated { format!("1-{inside}") } else { inside }
        }
        Formula::OneOf { value, options, negated } => {
            let each: Vec<String> =
                options.iter().map(|at| compared(CompareOp::Equal, &cell(value), &cell(at), absent)).collect();
            let any = format!("MAX({})", each.join(","));
            if *negated { format!("1-{any}") } else { any }
        }
        Formula::And(of) => format!("MIN({})", list(of, &truth)),
        Formula::Or(of) => format!("MAX({})", list(of, &truth)),
        Formula::Not(at) => format!("1-{}", truth(cell(at))),
        Formula::Counted { bound, applicable, of } => counted(bound, *applicable, of, &cell),
        Formula::Rows { function, weighted, first, last } => rows(*function, *weighted, *first, *last)?,
        Formula::Standard { raw, mean, deviation, reversed } => {
            let raw = raw_cell(raw, &cell);
            let scaled = if deviation.is_zero() {
                format!("{raw}*0")
            } else {
                format!("ROUND(({raw}-{})/{},12)", constant(mean), constant(deviation))
            };
            safe(if *reversed { format!("-{scaled}") } else { scaled })
        }
        Formula::MinMax { raw, minimum, maximum, reversed } => {
            let raw = raw_cell(raw, &cell);
            let width = maximum.subtract(minimum);
            let scaled = if width.is_zero() {
                format!("{raw}*0")
            } else {
                format!("MAX(0,MIN(1,({raw}-{})/{}))", constant(minimum), constant(&width))
            };
            safe(if *reversed { format!("1-{scaled}") } else { scaled })
        }
        Formula::Weighted(parts) => {
            let terms: Vec<String> =
                parts.iter().map(|(at, weight)| format!("{}*{}", cell(at), constant(weight))).collect();
            safe(terms.join("+"))
        }
        Formula::Verdict { condition, unknown } => {
            let condition = cell(condition);
            match unknown {
                Unknown::Stays => truth(condition),
                Unknown::Met => format!("IF({condition}=0.5,1,{condition})"),
                Unknown::NotMet => format!("IF({condition}=0.5,0,{condition})"),
                Unknown::NotApplicable => {
                    format!("IF({},\"{}\",{condition})", is_unknown(&condition), words.inapplicable)
                }
            }
        }
    })
}

fn is_unknown(cell: &str) -> String {
    format!("IF(ISNUMBER({cell}),{cell}=0.5,TRUE)")
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

fn raw_cell(raw: &Raw, cell: &dyn Fn(&usize) -> String) -> String {
    match raw {
        Raw::Step(at) => cell(at),
        Raw::Number(number) => constant(number),
    }
}

/// 1, 0, or one half where one side is absent. Numbers differ when they do so in ten decimals.
fn compared(op: CompareOp, a: &str, b: &str, absent: &str) -> String {
    let sign = match op {
        CompareOp::Less => "<0",
        CompareOp::AtMost => "<=0",
        CompareOp::More => ">0",
        CompareOp::AtLeast => ">=0",
        CompareOp::Equal => "=0",
        CompareOp::NotEqual => "<>0",
    };
    let texts = if op == CompareOp::NotEqual { format!("IF({a}<>{b},1,0)") } else { format!("IF({a}={b},1,0)") };
    format!(
        "IF(AND(ISNUMBER({a}),ISNUMBER({b})),IF(ROUND({a}-{b},10){sign},1,0),IF(OR({a}=\"{absent}\",{b}=\"{absent}\"),0.5,{texts}))"
    )
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

fn counted(bound: &Bound, applicable: bool, of: &[usize], cell: &dyn Fn(&usize) -> String) -> String {
    let sum = |form: &dyn Fn(String) -> String| {
        let terms: Vec<String> = of.iter().map(|at| form(cell(at))).collect();
        if terms.is_empty() { "0".to_owned() } else { terms.join("+") }
    };
    let met = sum(&|cell| format!("({cell}=1)"));
    let not_met = sum(&|cell| format!("({cell}=0)"));
    let open = sum(&|cell| {
        let half = format!("({cell}=0.5)");
        if applicable { half } else { format!("{half}+ISTEXT({cell})") }
    });
    match bound {
        Bound::All => format!("IF({not_met}>0,0,IF({open}>0,0.5,1))"),
        Bound::AtLeast(n) => {
            let n = constant(n);
            format!("IF({met}>={n},1,IF({met}+{open}<{n},0,0.5))")
        }
        Bound::AtMost(n) => {
            let n = constant(n);
            format!("IF({met}>{n},0,IF({met}+{open}<={n},1,0.5))")
        }
        Bound::Exactly(n) => {
            let n = constant(n);
            format!("IF(OR({met}>{n},{met}+{open}<{n}),0,IF({open}>0,0.5,1))")
        }
    }
}

fn rows(function: AggregateFunction, weighted: bool, first: usize, last: usize) -> Option<String> {
    let range = |column: char| format!("{column}{}:{column}{}", FIRST_ROW + first, FIRST_ROW + last);
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
