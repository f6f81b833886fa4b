//! Tables by chance: few rows, few different values, cells absent for each of the four reasons.

use super::chance::Chance;

pub const MANIFEST: &str = "таблицы:
  поселения:
    файл: поселения.csv
    не применимо: \"-\"
    скрыто: \"*\"
  школы:
    файл: школы.csv
    не применимо: \"-\"
    скрыто: \"*\"
  итоги:
    файл: итоги.csv
    не применимо: \"-\"
    скрыто: \"*\"
  мониторинги:
    файл: мониторинги.csv
    не применимо: \"-\"
    скрыто: \"*\"
";

/// A table as a file: its name, its header, its rows.
#[derive(Debug, Clone)]
pub struct Table {
    pub name: &'static str,
    pub header: &'static str,
    pub rows: Vec<String>,
}

impl Table {
    pub fn text(&self) -> String {
        let mut text = format!("{}\n", self.header);
        for row in &self.rows {
            text += row;
            text.push('\n');
        }
        text
    }
}

struct Cells {
    chance: Chance,
    /// Absent cells in a thousand.
    absent: i64,
}

impl Cells {
    fn cell(&mut self, of: &[&str]) -> String {
        if self.chance.happens(self.absent) {
            return (*self.chance.pick(&["", "", "-", "*", "?!"]).unwrap()).to_owned();
        }
        (*self.chance.pick(of).unwrap()).to_owned()
    }

    /// Without what cannot be read, which a text can never be.
    fn text(&mut self, of: &[&str]) -> String {
        self.cell(of).replace("?!", "*")
    }
}

pub fn tables(seed: u64) -> Vec<Table> {
    let mut chance = Chance::new(seed ^ 0x5EED);
    let absent = *chance.pick(&[0, 30, 100, 100, 250]).unwrap();
    let count = match chance.between(0, 9) {
        0 => chance.between(0, 2),
        1..=5 => chance.between(3, 8),
        _ => chance.between(6, 24),
    };
    let mut cells = Cells { chance, absent };
    let settlements = cells.chance.between(0, 4);
    let mut all = vec![
        Table {
            name: "поселения", header: "код;название;жители;безработица", rows: Vec::new()
        },
        Table {
            name: "школы",
            header: "код;вид;район;поселение;ученики;учителя;доля;прошлая;балл;ч1;ч2;закрыта;ремонт;открыта",
            rows: Vec::new(),
        },
        Table {
            name: "итоги", header: "школа;предмет;год;оценка;участники;сдано", rows: Vec::new()
        },
        Table {
            name: "мониторинги", header: "школа;работа;год;качество;писали;место", rows: Vec::new()
        },
    ];
    const PEOPLE: [&str; 8] = ["0", "5", "10", "10", "20", "25", "30", "50"];
    const PERCENT: [&str; 8] = ["0", "10", "25", "40", "50", "60", "33,3", "100"];
    const POINTS: [&str; 8] = ["20", "30", "40", "40", "45,5", "50", "60", "7"];
    const NUMBERS: [&str; 8] = ["1", "2", "2", "3", "0", "-1", "0,5", "1,25"];
    const YEARS: [&str; 6] = ["2014", "2015", "2016", "2017", "2018", "2018"];
    const YES: [&str; 2] = ["да", "нет"];
    for code in 0..settlements {
        let name = cells.text(&["г. Луга", "Луга", "пос. Рощино", "дер. Рощино", "Тосно"]);
        let row = [format!("п{code}"), name, cells.cell(&PEOPLE), cells.cell(&PERCENT)];
        all[0].rows.push(row.join(";"));
    }
    let linked = |cells: &mut Cells, prefix: &str, count: i64| {
        let key = format!("{prefix}{}", cells.chance.between(0, (count - 1).max(0)));
        let key = cells.cell(&[&key]);
        if count == 0 { "".to_owned() } else { key.replace("?!", "нет-такого") }
    };
    for code in 0..count {
        let row = [
            format!("ш{code}"),
            cells.cell(&["основная", "средняя", "Средняя", "вечерняя"]),
            cells.text(&["А", "А", "а", "Б", "пос. А", "В"]),
            linked(&mut cells, "п", settlements),
            cells.cell(&PEOPLE),
            cells.cell(&PEOPLE),
            cells.cell(&PERCENT),
            cells.cell(&PERCENT),
            cells.cell(&POINTS),
            cells.cell(&NUMBERS),
            cells.cell(&NUMBERS),
            cells.cell(&YES),
            cells.cell(&YES),
            cells.cell(&["01.09.2010", "01.01.1999", "2005-05-05", "01.09.2017"]),
        ];
        all[1].rows.push(row.join(";"));
    }
    for _ in 0..cells.chance.between(0, (count * 3).max(1)) {
        let row = [
            linked(&mut cells, "ш", count),
            cells.text(&["мат", "рус", "Мат", "физ"]),
            cells.cell(&YEARS),
            cells.cell(&POINTS),
            cells.cell(&PEOPLE),
            cells.cell(&YES),
        ];
        all[2].rows.push(row.join(";"));
    }
    for _ in 0..cells.chance.between(0, (count * 3).max(1)) {
        let row = [
            linked(&mut cells, "ш", count),
            cells.text(&["ВПР", "РКР", "впр"]),
            cells.cell(&YEARS),
            cells.cell(&PERCENT),
            cells.cell(&PEOPLE),
            cells.cell(&NUMBERS),
        ];
        all[3].rows.push(row.join(";"));
    }
    all
}
