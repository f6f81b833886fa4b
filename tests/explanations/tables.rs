//! The three tables of the sample: their schema, their cells and the files they are said to come from.

use std::sync::Arc;

use merilo::data::dataset::{Column, Dataset, Origin, OriginPart, Table, TextColumn, TextPool, Values};
use merilo::location::SourceSpan;
use merilo::number::Number;
use merilo::number::column::NumberColumn;
use merilo::schema::{ColumnId, ColumnSchema, Schema, TableId, TableSchema};
use merilo::value::{Reasons, Type, Unit};

pub const SCHOOLS: TableId = TableId(0);
pub const TOWNS: TableId = TableId(1);
pub const EXAMS: TableId = TableId(2);

pub fn column(name: &str, kind: Type, link: Option<TableId>) -> ColumnSchema {
    ColumnSchema {
        name: name.into(),
        title: None,
        kind,
        link,
        allowed: if name == "вид" { vec!["дневная".into(), "вечерняя".into()] } else { Vec::new() },
        scale_by: Vec::new(),
        header: None,
        markers: Vec::new(),
        declared: SourceSpan::default(),
    }
}

pub fn table(name: &str, title: Option<&str>, key: &[u32], columns: Vec<ColumnSchema>) -> TableSchema {
    TableSchema {
        name: name.into(),
        forms: Vec::new(),
        title: title.map(Into::into),
        key: key.iter().map(|c| ColumnId(*c)).collect(),
        year: columns.iter().position(|c| &*c.name == "год").map(|c| ColumnId(c as u32)),
        columns,
        declared: SourceSpan::default(),
    }
}

pub fn points() -> Type {
    Type::Number(Unit::Points(Some("ЕГЭ".into())))
}

pub const PERCENT: Type = Type::Number(Unit::Percent);
pub const SCORE: Type = Type::Number(Unit::Score);

pub fn schema() -> Schema {
    Schema {
        tables: vec![
            table(
                "школы",
                None,
                &[0],
                vec![
                    column("код", Type::Text, None),
                    column("название", Type::Text, None),
                    column("муниципалитет", Type::Text, Some(TOWNS)),
                    column("вид", Type::Text, None),
                    column("продолжили", PERCENT, None),
                ],
            ),
            table(
                "муниципалитеты",
                Some("Муниципалитеты"),
                &[0],
                vec![column("код", Type::Text, None), column("название", Type::Text, None)],
            ),
            table(
                "экзамены",
                Some("Результаты экзаменов"),
                &[],
                vec![
                    column("школа", Type::Text, Some(SCHOOLS)),
                    column("год", Type::Number(Unit::Year), None),
                    column("балл", points(), None),
                ],
            ),
        ],
    }
}

pub fn number(a: i128, b: i128) -> Number {
    Number::ratio(a, b).unwrap()
}

pub type Cell<'a> = Result<&'a str, Reasons>;

pub fn texts(cells: &[Cell]) -> TextColumn {
    let mut pool = TextPool::default();
    let codes = cells.iter().map(|c| pool.push(c.unwrap_or(""))).collect();
    TextColumn { codes: Arc::new(codes), pool: Arc::new(pool) }
}

pub fn marks<T>(cells: &[Result<T, Reasons>]) -> Option<Arc<Vec<u8>>> {
    Some(Arc::new(cells.iter().map(|c| c.as_ref().err().map_or(0, |r| r.0)).collect()))
}

pub fn text_column(cells: &[Cell]) -> Option<Column> {
    Some(Column { values: Values::Texts(texts(cells)), absent: marks(cells) })
}

pub fn links(cells: &[Result<u32, Reasons>], table: TableId, keys: &[&str]) -> Option<Column> {
    let written: Vec<Cell> = cells.iter().map(|c| c.map(|row| keys.get(row as usize).copied().unwrap_or(""))).collect();
    let rows = Arc::new(cells.iter().map(|c| c.unwrap_or(u32::MAX)).collect());
    Some(Column { values: Values::Links { rows, table, keys: Some(texts(&written)) }, absent: marks(cells) })
}

pub type Numbers<'a> = &'a [Result<(i128, i128), Reasons>];

pub fn big(cells: Numbers) -> NumberColumn {
    NumberColumn::Big(Arc::new(cells.iter().map(|c| c.map_or(Number::zero(), |(a, b)| number(a, b))).collect()))
}

pub fn number_column(cells: Numbers) -> Option<Column> {
    Some(Column { values: Values::Numbers(big(cells)), absent: marks(cells) })
}

pub fn origin(file: &str, sheet: Option<&str>, headers: &[&str]) -> Origin {
    let columns = headers.iter().enumerate().map(|(at, h)| (at as u32 + 1, Arc::from(*h))).collect();
    Origin {
        parts: vec![OriginPart {
            first_row: 0,
            file: file.into(),
            sheet: sheet.map(Into::into),
            first_line: 2,
            jumps: Vec::new(),
            columns,
        }],
        printed: Default::default(),
    }
}

pub const NONE: Reasons = Reasons::MISSING;

pub fn data() -> Dataset {
    let codes = ["A", "B", "C", "D", "E"];
    let schools = Table {
        rows: 5,
        columns: vec![
            text_column(&codes.map(Ok)),
            text_column(&["Школа № 1", "Школа № 2", "Школа № 3", "Вечерняя школа", "Школа № 5"].map(Ok)),
            links(&[Ok(0), Ok(1), Ok(0), Ok(1), Err(NONE)], TOWNS, &["п1", "п2"]),
            text_column(&["дневная", "дневная", "дневная", "вечерняя", "дневная"].map(Ok)),
            number_column(&[Ok((545, 1000)), Ok((3, 5)), Err(NONE), Ok((3, 10)), Ok((7, 10))]),
        ],
        origin: origin("школы.csv", None, &["Код", "Название", "Муниципалитет", "Вид", "Продолжили, %"]),
    };
    let towns = Table {
        rows: 2,
        columns: vec![text_column(&["п1", "п2"].map(Ok)), text_column(&["Пикалёво", "Тихвин"].map(Ok))],
        origin: origin("муниципалитеты.csv", None, &["Код", "Название"]),
    };
    let hidden = Err(Reasons::SUPPRESSED);
    let exams = Table {
        rows: 6,
        columns: vec![
            links(&[Ok(0), Ok(0), Ok(0), Ok(1), Ok(2), Ok(4)], SCHOOLS, &codes),
            number_column(&[2016, 2017, 2018, 2018, 2018, 2018].map(|y| Ok((y, 1)))),
            number_column(&[Ok((40, 1)), Ok((42, 1)), hidden, Ok((50, 1)), Ok((41, 1)), Ok((60, 1))]),
        ],
        origin: origin("экзамены.xlsx", Some("ЕГЭ"), &["Школа", "Год", "Балл"]),
    };
    Dataset {
        title: Some("Пример".into()),
        synthetic: Some("данные придуманы для проверки".into()),
        cohorts: Vec::new(),
        tables: vec![schools, towns, exams],
    }
}
