//! Rules and data by chance, twice: as they were, and with a few things changed.

use merilo::check::{self, Input};
use merilo::data::dataset::{Dataset, Needed};
use merilo::model::RuleSet;
use merilo::progress::Silent;
use merilo::source::{Source, Sources};
use merilo::syntax;

use super::chance::Chance;
use super::data::{self, Table};
use super::words;

/// Rules of blocks; `None`: they are refused.
pub fn rules(blocks: &[String]) -> Option<RuleSet> {
    let mut sources = Sources::default();
    let text = format!("{}{}", words::TABLES, blocks.concat());
    let source = sources.add(Source::new("rules.merilo", text.as_str()));
    let read = syntax::parse(source, &text);
    let file = if read.has_errors() { None } else { read.value }?;
    let mut input = Input::default();
    input.files.push((source, file));
    for (name, text) in words::SCRIPTS {
        input.scripts.insert((source, name.into()), text.into());
    }
    let checked = check::check(&input);
    if checked.has_errors() { None } else { checked.value }
}

/// What one number, word or clause is changed to.
const CHANGES: [(&str, &str); 22] = [
    ("25 %", "50 %"),
    ("50 %", "30 %"),
    ("30 %", "10 %"),
    ("10 %", "60 %"),
    ("40 %", "20 %"),
    ("2 школы", "5 школ"),
    ("1 школа", "2 школы"),
    ("самых низких", "самых высоких"),
    ("самых высоких", "самых низких"),
    (" не менее ", " не более "),
    (" менее ", " более "),
    ("округление квоты вверх", "округление квоты вниз"),
    ("округление квоты вниз", "округление квоты вверх"),
    ("границе включить", "границе исключить"),
    ("границе исключить", "границе включить"),
    ("больше – лучше", "меньше – лучше"),
    ("вес 1", "вес 3"),
    ("20 баллов", "45,5 баллов"),
    ("40 баллов", "50 баллов"),
    ("10 человек", "25 человек"),
    ("любой критерий", "все критерии"),
    ("= школы\n", "= школы\n  исключить, если вид = \"вечерняя\"\n"),
];

/// The same rules with one to three changes; `None`: nothing that was tried is accepted.
pub fn changed(blocks: &[String], seed: u64) -> Option<(Vec<String>, RuleSet)> {
    let mut chance = Chance::new(seed ^ 0xC4A6);
    for _ in 0..20 {
        let mut other = blocks.to_vec();
        for _ in 0..chance.between(1, 3) {
            let at = usize::try_from(chance.between(0, other.len() as i64 - 1)).unwrap();
            if chance.happens(250) {
                let foreign = words::blocks(seed.wrapping_add(u64::try_from(chance.between(1, 400)).unwrap()));
                let head = |block: &str| block.split_whitespace().take(2).map(str::to_owned).collect::<Vec<_>>();
                if let Some(found) = foreign.into_iter().find(|block| head(block) == head(&other[at])) {
                    other[at] = found;
                }
                continue;
            }
            let fitting: Vec<(&str, &str)> = CHANGES.into_iter().filter(|(from, _)| other[at].contains(from)).collect();
            if let Some((from, to)) = chance.pick(&fitting) {
                other[at] = other[at].replacen(from, to, 1);
            }
        }
        if chance.happens(100) {
            // a decision about a school is taken away
            if let Some(at) = other.iter().position(|block| block.starts_with("решение")) {
                other.remove(at);
            }
        }
        if other != blocks
            && let Some(rules) = rules(&other)
        {
            return Some((other, rules));
        }
    }
    None
}

/// The same tables with some rows of others, some gone and some new.
pub fn changed_tables(tables: &[Table], seed: u64) -> Vec<Table> {
    let mut chance = Chance::new(seed ^ 0xDA7A);
    let foreign = data::tables(seed ^ 0xF0);
    if chance.happens(150) {
        return foreign;
    }
    let often = *chance.pick(&[60, 200, 400]).unwrap();
    let key = |row: &str| row.split(';').next().unwrap().to_owned();
    let mut changed = tables.to_vec();
    for (table, other) in changed.iter_mut().zip(&foreign) {
        let keyed = table.header.starts_with("код");
        let mut rows = Vec::new();
        for row in &table.rows {
            let found = other.rows.iter().find(|found| key(found) == key(row));
            match found {
                Some(found) if chance.happens(often) => rows.push(found.clone()),
                _ if chance.happens(often / 4) => {}
                _ => rows.push(row.clone()),
            }
        }
        for row in &other.rows {
            if chance.happens(often / 2) && !(keyed && rows.iter().any(|known| key(known) == key(row))) {
                rows.push(row.clone());
            }
        }
        if chance.happens(300) {
            rows.reverse();
        }
        table.rows = rows;
    }
    changed
}

/// A folder for the files of one dataset after the other.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Folder {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("dataset.yaml"), data::MANIFEST).unwrap();
        Folder(folder)
    }

    pub fn load(&self, rules: &RuleSet, tables: &[Table]) -> Dataset {
        for table in tables {
            std::fs::write(self.0.path().join(format!("{}.csv", table.name)), table.text()).unwrap();
        }
        let manifest = self.0.path().join("dataset.yaml");
        let loaded = merilo::data::load(&manifest, &rules.schema, &Needed::All, &mut Sources::default(), &Silent);
        loaded.value.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
    }
}

/// What rules that rank schools are made of; of each line one.
const RANKED: [&[&str]; 12] = [
    &["показатель п0 = балл\n", "показатель п0 = балл * 2\n", "показатель п0 = среднее(итоги.оценка)\n"],
    &["показатель п1 = доля\n", "показатель п1 = прошлая\n", "показатель п1 = среднее(мониторинги.качество)\n"],
    &["совокупность набор0 = школы\n", "совокупность набор0 = школы, где ученики не менее 10 человек\n"],
    &["", "  исключить, если вид = \"вечерняя\"\n", "  исключить, если район = \"Б\"\n"],
    &["", "  исключить, если закрыта = да\n", "  исключить, если п0 более 40 баллов\n"],
    &[
        "индекс сводный0\n  среди набор0\n  нормирование стандартное\n",
        "индекс сводный0\n  среди набор0\n  нормирование минимакс\n",
        "индекс сводный0\n  среди школы\n  нормирование доля_места\n",
    ],
    &[
        "    составляющая п0 вес 1 больше – лучше\n    составляющая п1 вес 1 больше – лучше\n  при пропуске считать нулём\n",
        "    составляющая п0 вес 3 больше – лучше\n    составляющая п1 вес 1 меньше – лучше\n  при пропуске считать нулём\n",
        "    составляющая п1 вес 1 больше – лучше\n  при пропуске подставить медиану\n",
    ],
    &[
        "категория К0\n  относится, если выполнен любой критерий\n",
        "категория К0\n  среди набор0\n  относится, если выполнен любой критерий\n",
        "категория К0\n  относится, если выполнено не менее 2 критериев\n",
    ],
    &[
        "  критерий 1\n    если п0 в числе самых низких среди набор0, квота 25 %\n",
        "  критерий 1\n    если п0 в числе самых низких среди набор0, квота 2 школы\n",
        "  критерий 1\n    если сводный0 в числе самых низких среди набор0, квота 50 %\n",
        "  критерий 1\n    если сводный0 в числе самых высоких среди школы, квота 3 школы\n",
        "  критерий 1\n    если п0 в числе самых низких среди набор0, квота 50 %, в пределах район\n",
    ],
    &["    округление квоты вверх\n", "    округление квоты вниз\n"],
    &["    равные на границе исключить\n", "    равные на границе включить\n"],
    &[
        "  критерий 2\n    если п1 менее 40 %\n",
        "  критерий 2\n    если сводный0 менее среднее(сводный0, среди набор0)\n",
        "  критерий 2\n    если п0 менее 30 баллов и критерий 1 не выполнен\n",
    ],
];

/// Rules that rank schools, and the same with one to three lines said in another way.
pub fn ranked(seed: u64) -> Option<[RuleSet; 2]> {
    let mut chance = Chance::new(seed ^ 0x4A4B);
    let mut lines: Vec<&str> = RANKED.iter().map(|lines| *chance.pick(lines).unwrap()).collect();
    let old = rules(&[lines.concat()]).unwrap_or_else(|| panic!("refused:\n{}", lines.concat()));
    let before = lines.clone();
    for _ in 0..chance.between(1, 3) {
        let at = usize::try_from(chance.between(0, RANKED.len() as i64 - 1)).unwrap();
        lines[at] = chance.pick(RANKED[at]).unwrap();
    }
    (lines != before).then(|| rules(&[lines.concat()])).flatten().map(|new| [old, new])
}
