//! Writes the region the way departments hand files over: windows-1251 with `;` and decimal commas, or workbooks.

use std::error::Error;
use std::path::Path;

use encoding_rs::WINDOWS_1251;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};

use super::places::DISTRICTS;
use super::region::{Cell, Region, YEARS};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

enum Field {
    Text(String),
    /// A number of `10^-decimals`.
    Number(Cell, u32),
}

struct Sheet {
    headers: &'static [&'static str],
    rows: Vec<Vec<Field>>,
    /// How an empty cell is spelled here.
    missing: &'static str,
}

fn text(text: &str) -> Field {
    Field::Text(text.to_owned())
}

fn whole(number: i64) -> Field {
    Field::Number(Cell::Value(number), 0)
}

/// The region counts in thousands.
fn roubles(thousands: Cell) -> Field {
    let cell = match thousands {
        Cell::Value(thousands) => Cell::Value(thousands * 1000),
        absent => absent,
    };
    Field::Number(cell, 0)
}

fn yes_no(yes: bool) -> Field {
    text(if yes { "да" } else { "нет" })
}

pub fn write_all(region: &Region, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    write_csv(&folder.join("муниципалитеты.csv"), &districts(), Encoding::Utf8)?;
    write_csv(&folder.join("поселения.csv"), &settlements(region), Encoding::Windows1251)?;
    write_workbook(&folder.join("школы.xlsx"), "Паспорта школ", &schools(region))?;
    write_csv(&folder.join("выпускники-9.csv"), &finishers(region), Encoding::Windows1251)?;
    for year in YEARS {
        write_csv(&folder.join(format!("экзамены-{year}.csv")), &exams(region, year), Encoding::Windows1251)?;
    }
    write_workbook(&folder.join("мониторинги.xlsx"), "Мониторинги", &monitorings(region))?;
    write_csv(&folder.join("олимпиады.csv"), &olympiads(region), Encoding::Windows1251)?;
    write_workbook(&folder.join("независимая-оценка.xlsx"), "НОК", &surveys(region))?;
    Ok(())
}

fn districts() -> Sheet {
    let rows = DISTRICTS.iter().map(|d| vec![text(d.code), text(d.name)]).collect();
    Sheet { headers: &["Код муниципалитета", "Наименование"], rows, missing: "" }
}

fn settlements(region: &Region) -> Sheet {
    let rows = region.settlements.iter().map(|s| {
        vec![
            text(&s.code),
            text(&s.name),
            text(s.district),
            text(if s.town { "город" } else { "село" }),
            whole(s.residents),
            whole(s.older),
            whole(s.workforce),
            whole(s.unemployed),
        ]
    });
    Sheet {
        headers: &[
            "Код поселения",
            "Населённый пункт",
            "Код муниципалитета",
            "Местность",
            "Жителей, чел.",
            "Предпенсионного и пенсионного возраста, чел.",
            "Трудоспособных, чел.",
            "Безработных, чел.",
        ],
        rows: rows.collect(),
        missing: "",
    }
}

fn schools(region: &Region) -> Sheet {
    let rows = region.schools.iter().map(|s| {
        vec![
            text(&s.code),
            text(&s.name),
            text(s.kind.word()),
            text(s.kind.level()),
            text(&s.settlement),
            whole(s.pupils),
            whole(s.families),
            Field::Number(s.poor_families, 0),
            Field::Number(s.deviant, 0),
            Field::Number(s.unmotivated, 0),
            Field::Number(s.weak_russian, 0),
            Field::Number(s.distance, 1),
            whole(s.teachers),
            Field::Number(s.teachers_certified, 0),
            Field::Number(s.teachers_overloaded, 0),
            Field::Number(s.teachers_contests, 0),
            Field::Number(s.teachers_off_profile, 0),
            Field::Number(s.books, 0),
            Field::Number(s.books_new, 0),
            roubles(s.budget),
            roubles(s.extra_income),
            roubles(s.all_money_3_years),
            roubles(s.repair_3_years),
            yes_no(s.renovation),
            yes_no(s.construction),
            whole(s.shifts),
            Field::Number(s.area, 2),
            Field::Number(Cell::Value(250), 2),
        ]
    });
    Sheet {
        headers: &[
            "Код ОО",
            "Наименование",
            "Вид",
            "Уровень образования",
            "Код поселения",
            "Обучающихся, чел.",
            "Семей обучающихся",
            "Семей с низким уровнем",
            "С отклоняющимся поведением, чел.",
            "Без учебной мотивации, чел.",
            "Слабо знают русский язык, чел.",
            "До ближайшего образовательного центра, км",
            "Учителей, чел.",
            "Подтвердили или повысили категорию за 3 года, чел.",
            "Работают на 1,5 ставки и более, чел.",
            "Участвовали в конкурсах за 3 года, чел.",
            "Преподают не по профилю диплома, чел.",
            "Фонд учебной литературы, экз.",
            "в том числе не старше 3 лет, экз.",
            "Финансирование по заданию, руб.",
            "Внебюджетные средства от услуг, руб.",
            "Финансирование из всех источников за 3 года, руб.",
            "на ремонт и обновление за 3 года, руб.",
            "В плане реновации",
            "В плане капитального строительства",
            "Смен",
            "Площадь на обучающегося, кв. м",
            "Норма площади, кв. м",
        ],
        rows: rows.collect(),
        missing: "",
    }
}

fn finishers(region: &Region) -> Sheet {
    let rows = region.finishers.iter().map(|f| {
        let counts = [f.finished, f.continued, f.stayed].map(|cell| Field::Number(cell, 0));
        [text(&f.school), whole(f.year)].into_iter().chain(counts).collect()
    });
    Sheet {
        headers: &[
            "Код ОО",
            "Год",
            "Окончили 9 класс, чел.",
            "Продолжили в 10 классе, чел.",
            "в том числе в своей школе, чел.",
        ],
        rows: rows.collect(),
        missing: "",
    }
}

fn exams(region: &Region, year: i64) -> Sheet {
    let rows = region.exams.iter().filter(|e| e.year == year).map(|e| {
        let decimals = if e.kind == "ЕГЭ" { 1 } else { 2 };
        vec![
            text(&e.school),
            text(e.kind),
            text(e.subject),
            whole(e.year),
            Field::Number(e.score, decimals),
            whole(e.participants),
        ]
    });
    Sheet {
        headers: &["Код ОО", "Экзамен", "Предмет", "Год", "Средний балл", "Участников, чел."],
        rows: rows.collect(),
        missing: "",
    }
}

fn monitorings(region: &Region) -> Sheet {
    let rows = region.monitorings.iter().map(|m| {
        vec![
            text(&m.school),
            text(m.title),
            text(m.subject),
            whole(m.year),
            Field::Number(m.quality, 1),
            whole(m.participants),
        ]
    });
    Sheet {
        headers: &["Код ОО", "Мониторинг", "Предмет", "Год", "Качество знаний, %", "Участников, чел."],
        rows: rows.collect(),
        missing: "н/д",
    }
}

fn olympiads(region: &Region) -> Sheet {
    let rows = region
        .olympiads
        .iter()
        .map(|o| vec![text(&o.school), whole(o.year), Field::Number(o.participants, 0), whole(o.pupils)]);
    Sheet {
        headers: &["Код ОО", "Год", "Участников олимпиад и конкурсов, чел.", "Обучающихся, чел."],
        rows: rows.collect(),
        missing: "",
    }
}

fn surveys(region: &Region) -> Sheet {
    let rows = region
        .surveys
        .iter()
        .map(|s| vec![text(&s.school), whole(s.year), Field::Number(s.satisfied, 1), whole(s.asked)]);
    Sheet {
        headers: &["Код ОО", "Год", "Удовлетворены качеством, %", "Опрошено, чел."],
        rows: rows.collect(),
        missing: "н/д",
    }
}

enum Encoding {
    Utf8,
    Windows1251,
}

fn spell(field: &Field, missing: &str) -> String {
    match field {
        Field::Text(text) if text.contains([';', '"']) => format!("\"{}\"", text.replace('"', "\"\"")),
        Field::Text(text) => text.clone(),
        Field::Number(Cell::Value(number), 0) => number.to_string(),
        Field::Number(Cell::Value(number), decimals) => {
            let unit = 10_i64.pow(*decimals);
            let width = usize::try_from(*decimals).unwrap_or(0);
            format!("{},{:0width$}", number / unit, number % unit)
        }
        Field::Number(Cell::Missing, _) => missing.to_owned(),
        Field::Number(Cell::Suppressed, _) => "*".to_owned(),
        Field::Number(Cell::NotApplicable, _) => "-".to_owned(),
    }
}

fn write_csv(path: &Path, sheet: &Sheet, encoding: Encoding) -> Result<()> {
    let mut lines = vec![sheet.headers.join(";")];
    lines
        .extend(sheet.rows.iter().map(|row| row.iter().map(|f| spell(f, sheet.missing)).collect::<Vec<_>>().join(";")));
    let mut text = lines.join("\r\n");
    text.push_str("\r\n");
    let bytes = match encoding {
        Encoding::Utf8 => text.into_bytes(),
        Encoding::Windows1251 => {
            let (bytes, _, unmappable) = WINDOWS_1251.encode(&text);
            if unmappable {
                return Err(format!("{}: a character is not in windows-1251", path.display()).into());
            }
            bytes.into_owned()
        }
    };
    Ok(std::fs::write(path, bytes)?)
}

fn write_workbook(path: &Path, name: &str, sheet: &Sheet) -> Result<()> {
    let mut workbook = Workbook::new();
    let written = ExcelDateTime::from_ymd(2018, 9, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&written));
    let bold = Format::new().set_bold();
    let worksheet = workbook.add_worksheet();
    worksheet.set_name(name)?;
    worksheet.set_freeze_panes(1, 0)?;
    for (column, header) in (0_u16..).zip(sheet.headers) {
        worksheet.write_string_with_format(0, column, *header, &bold)?;
    }
    for (row, fields) in (1_u32..).zip(&sheet.rows) {
        for (column, field) in (0_u16..).zip(fields) {
            match field {
                Field::Number(Cell::Value(number), decimals) => {
                    let unit = 10_f64.powi(i32::try_from(*decimals)?);
                    worksheet.write_number(row, column, f64::from(i32::try_from(*number)?) / unit)?;
                }
                other => {
                    let text = spell(other, sheet.missing).replace("\"\"", "\"");
                    if !text.is_empty() {
                        worksheet.write_string(row, column, text)?;
                    }
                }
            }
        }
    }
    workbook.save(path)?;
    Ok(())
}
