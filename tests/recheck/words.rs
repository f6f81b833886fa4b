//! Rules by chance: a text of the rules language over the tables of `TABLES`, well typed but for a few.

use super::chance::Chance;

#[path = "conditions.rs"]
mod conditions;
#[path = "declared.rs"]
mod declared;

pub const TABLES: &str = "набор правил «Случайные»
  отчётный год 2018
  оцениваются школы
таблица поселения / поселений
  ключ код
  столбец код текст
  столбец название текст
  столбец жители число человек
  столбец безработица число %
таблица школы / школ
  ключ код
  столбец код текст
  столбец вид текст значения (\"основная\"; \"средняя\"; \"вечерняя\")
  столбец район текст
  столбец поселение ссылка на поселения
  столбец ученики число человек
  столбец учителя число человек
  столбец доля число %
  столбец прошлая число %
  столбец балл число баллов
  столбец ч1 число
  столбец ч2 число
  столбец закрыта да/нет
  столбец ремонт да/нет
  столбец открыта дата
таблица итоги / итогов
  столбец школа ссылка на школы
  столбец предмет текст
  столбец год год
  столбец оценка число баллов
  столбец участники число человек
  столбец сдано да/нет
таблица мониторинги / мониторингов
  столбец школа ссылка на школы
  столбец работа текст
  столбец год год
  столбец качество число %
  столбец писали число человек
  столбец место число
список города / городов
  источник \"перечень\"
  запись \"г. Луга\" с 01.01.2010 по 31.12.2016
  запись \"Рощино\" с 01.09.2015
  запись \"Луга\" с 01.09.2018
функция сверх(величина: человек; порог: человек): человек из \"сверх\"
функция надбавка(часть: %; число): % из \"надбавка\"
";

/// The files of the functions.
pub const SCRIPTS: [(&str, &str); 2] = [
    ("сверх", "if величина > порог { величина - порог } else { порог * 0.5 }"),
    ("надбавка", "if число >= 3 { часть + число * 2 } else { часть / 4 }"),
];

/// What a value is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Number,
    Percent,
    Points,
    People,
    Difference,
}

/// Whose rows a value is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    School,
    Result,
    Monitoring,
    Settlement,
}

use Kind::{Difference, Number, People, Percent, Points};
use Place::{Monitoring, Result, School, Settlement};

/// The blocks of a rules file after the tables, each without which the others may still be a whole.
pub struct Words {
    chance: Chance,
    indicators: Vec<(String, Kind)>,
    parameters: Vec<(String, Kind)>,
    populations: Vec<String>,
    combinations: Vec<String>,
    /// Names of the categories so far.
    categories: Vec<String>,
    /// Numbers of the criteria so far.
    criteria: Vec<String>,
    /// Inside a criterion, where a rank may say its rounding and ties.
    in_criterion: bool,
    /// Inside a function over rows.
    inside: bool,
}

pub fn blocks(seed: u64) -> Vec<String> {
    let mut words = Words {
        chance: Chance::new(seed),
        indicators: Vec::new(),
        parameters: Vec::new(),
        populations: Vec::new(),
        combinations: Vec::new(),
        categories: Vec::new(),
        criteria: Vec::new(),
        in_criterion: false,
        inside: false,
    };
    let mut blocks = Vec::new();
    for at in 0..words.upto(3) {
        blocks.push(words.parameter(at));
    }
    for at in 0..words.upto(3) {
        blocks.push(words.population(at));
    }
    for at in 0..1 + words.upto(5) {
        blocks.push(words.indicator(at));
    }
    for at in 0..words.upto(2) {
        blocks.push(words.index(at));
    }
    if words.one_in(3) {
        blocks.push(words.population(9));
    }
    if words.one_in(3) {
        let rule = words.how_many("критериев", 3);
        blocks.push(format!("сочетание смесь = {rule}\n"));
        words.combinations.push("смесь".to_owned());
    }
    let mut number = 0;
    for at in 0..1 + words.upto(2) {
        blocks.push(words.category(at, &mut number));
    }
    if words.one_in(3) {
        blocks.push(words.chosen());
    }
    if words.one_in(4) {
        blocks.push(words.joined());
    }
    for school in 0..words.upto(3) {
        blocks.push(words.registered(school));
    }
    blocks
}

/// Whether a weight means something to a function.
fn weighs(function: &str) -> bool {
    matches!(function, "среднее" | "сумма")
}

impl Words {
    fn upto(&mut self, most: i64) -> i64 {
        self.chance.between(0, most)
    }

    fn one_in(&mut self, n: i64) -> bool {
        self.chance.between(1, n) == 1
    }

    fn pick(&mut self, of: &[&str]) -> String {
        (*self.chance.pick(of).unwrap()).to_owned()
    }

    fn kind(&mut self) -> Kind {
        *self.chance.pick(&[Number, Percent, Points, People]).unwrap()
    }

    pub fn literal(&mut self, kind: Kind) -> String {
        match kind {
            Number => self.pick(&["0", "1", "2", "3", "4", "0,5", "1,25", "2/3"]).replace("2/3", "7"),
            Percent => format!("{} %", self.pick(&["0", "10", "20", "25", "40", "50", "60", "75", "100", "33,3"])),
            Points => format!("{} баллов", self.pick(&["20", "30", "40", "45,5", "50", "60"])),
            People => format!("{} человек", self.pick(&["0", "5", "10", "20", "25", "30", "50"])),
            Difference => format!("{} п.п.", self.pick(&["0", "5", "10", "20", "30"])),
        }
    }

    fn leaf(&mut self, kind: Kind, place: Place) -> String {
        let columns: &[&str] = match (place, kind) {
            (School, Number) => &["ч1", "ч2"],
            (School, Percent) => &["доля", "прошлая", "поселение.безработица"],
            (School, Points) => &["балл"],
            (School, People) => &["ученики", "учителя", "ученики", "поселение.жители"],
            (Result, Number) => &["школа.ч1", "итоги.оценка / 10 баллов", "школа.ч2"],
            (Result, Percent) => &["школа.доля", "школа.поселение.безработица"],
            (Result, Points) => &["итоги.оценка", "оценка"],
            (Result, People) => &["итоги.участники", "участники", "школа.ученики"],
            (Monitoring, Number) => &["мониторинги.место", "место", "школа.ч2"],
            (Monitoring, Percent) => &["мониторинги.качество", "качество", "школа.прошлая"],
            (Monitoring, Points) => &["школа.балл"],
            (Monitoring, People) => &["мониторинги.писали", "писали", "школа.учителя"],
            (Settlement, Percent) => &["поселения.безработица", "безработица"],
            (Settlement, People) => &["поселения.жители", "жители"],
            (Settlement, Number) => &["жители / 10 человек", "безработица * 8"],
            (Settlement, Points) => &["безработица * 40 баллов"],
            (_, Difference) => return self.difference(place),
        };
        let mut all: Vec<String> = columns.iter().map(|c| (*c).to_owned()).collect();
        let named = |(name, of): &(String, Kind)| (*of == kind).then(|| name.clone());
        match place {
            School => all.extend(self.indicators.iter().filter_map(named).flat_map(|name| [name.clone(), name])),
            Result | Monitoring => {
                all.extend(self.indicators.iter().filter_map(named).map(|name| format!("школа.{name}")));
            }
            Settlement => {}
        }
        self.chance.pick(&all).unwrap().clone()
    }

    fn difference(&mut self, place: Place) -> String {
        format!("({} - {})", self.leaf(Percent, place), self.leaf(Percent, place))
    }

    /// Something that is compared with a value: mostly written as it is.
    fn threshold(&mut self, kind: Kind, place: Place) -> String {
        let parameters: Vec<String> =
            self.parameters.iter().filter(|(_, of)| *of == kind).map(|(name, _)| name.clone()).collect();
        match self.upto(9) {
            0 | 1 if place == School || !parameters.iter().any(|p| p.starts_with("ключ")) => {
                self.chance.pick(&parameters).cloned().unwrap_or_else(|| self.literal(kind))
            }
            2 => self.leaf(kind, place),
            3 => self.value(kind, place, 1),
            _ => self.literal(kind),
        }
    }

    pub fn value(&mut self, kind: Kind, place: Place, depth: i64) -> String {
        if depth <= 0 {
            return self.leaf(kind, place);
        }
        let deeper = depth - 1;
        if kind == Difference {
            let (a, b) = (self.value(Percent, place, deeper), self.value(Percent, place, deeper));
            return if place == School && self.one_in(3) {
                format!("({a} - {})", self.over_all(Percent))
            } else {
                format!("({a} - {b})")
            };
        }
        match self.upto(if self.inside { 13 } else { 22 }) {
            0 | 1 => self.leaf(kind, place),
            2 => format!("({} + {})", self.value(kind, place, deeper), self.value(kind, place, deeper)),
            3 if kind != Percent => {
                format!("({} - {})", self.value(kind, place, deeper), self.value(kind, place, deeper))
            }
            4 => format!("({}) * {}", self.value(kind, place, deeper), self.atom(Number, place, deeper)),
            5 => format!("({}) / {}", self.value(kind, place, deeper), self.atom(Number, place, deeper)),
            6 => format!("модуль({})", self.value(kind, place, deeper)),
            7 => {
                let function = self.pick(&["минимум", "максимум"]);
                format!("{function}({}; {})", self.value(kind, place, deeper), self.threshold(kind, place))
            }
            8 => self.rounded(kind, place, deeper),
            9 | 10 => self.choice(kind, place, deeper),
            11 if kind == Percent => {
                format!("доля({}; {})", self.value(People, place, deeper), self.leaf(People, place))
            }
            11 if kind == Number => format!("({}) / ({})", self.value(Points, place, deeper), self.leaf(Points, place)),
            12 if kind == People => {
                format!("сверх({}; {})", self.value(People, place, deeper), self.threshold(People, place))
            }
            12 if kind == Percent => {
                format!("надбавка({}; {})", self.value(Percent, place, deeper), self.value(Number, place, deeper))
            }
            13 => format!("(-({}))", self.value(kind, place, deeper)),
            14 if kind == Number && place != Settlement => self.normalised(place),
            14 if place == School && kind != Percent => {
                format!("({} - {})", self.leaf(kind, place), self.over_all(kind))
            }
            _ if place == School => self.aggregate(kind),
            _ => self.leaf(kind, place),
        }
    }

    /// A value that stands beside `*` and `/`.
    fn atom(&mut self, kind: Kind, place: Place, depth: i64) -> String {
        if self.one_in(3) {
            return self.literal(kind);
        }
        format!("({})", self.value(kind, place, depth))
    }

    fn rounded(&mut self, kind: Kind, place: Place, depth: i64) -> String {
        let function = self.pick(&["округлить", "округлить_к_чётному", "округлить_вверх", "округлить_вниз"]);
        let step = match kind {
            Percent => self.pick(&["0,5 %", "1 %", "10 %"]),
            Points => self.pick(&["0,5 балла", "1 балл", "10 баллов"]),
            People => self.pick(&["1 человек", "10 человек", "2,5"]),
            _ => self.pick(&["0,5", "1", "2"]),
        };
        format!("{function}({}; {step})", self.value(kind, place, depth))
    }

    fn choice(&mut self, kind: Kind, place: Place, depth: i64) -> String {
        let mut text = format!("(если {} то {}", self.condition(place, depth), self.value(kind, place, depth));
        if self.one_in(3) {
            text += &format!(" иначе если {} то {}", self.condition(place, 0), self.threshold(kind, place));
        }
        format!("{text} иначе {})", self.threshold(kind, place))
    }

    fn set_of_schools(&mut self) -> String {
        let mut all = self.populations.clone();
        all.push("школы".to_owned());
        self.chance.pick(&all).unwrap().clone()
    }

    fn keys(&mut self, place: Place) -> String {
        match place {
            School => {
                let numbers: Vec<String> = self.indicators.iter().map(|(name, _)| name.clone()).collect();
                if self.one_in(8) && !numbers.is_empty() {
                    return self.chance.pick(&numbers).unwrap().clone();
                }
                self.pick(&["вид", "район", "(вид; район)", "поселение.название", "ч1", "район", "(район; ч1)"])
            }
            Result => self.pick(&["предмет", "год", "(предмет; год)", "школа.район", "школа.вид"]),
            _ => self.pick(&["работа", "год", "(работа; год)", "школа.вид"]),
        }
    }

    fn normalised(&mut self, place: Place) -> String {
        let inside = std::mem::replace(&mut self.inside, true);
        let kind = self.kind();
        let value = self.value(kind, place, 1);
        let (low, high) = match kind {
            Percent => ("20 %", "60 %"),
            Points => ("20 баллов", "60 баллов"),
            People => ("0 человек", "50 человек"),
            _ => ("1", "4"),
        };
        let mut text = match self.upto(4) {
            0 | 1 => format!("стандартное({value}"),
            2 => format!("минимакс({value}"),
            3 => format!("доля_места({value}"),
            _ if self.one_in(2) => format!("минимакс({value}; {low}; {high}"),
            _ => format!("процент_от({value}; {high}"),
        };
        if place == School {
            text += &format!(", среди {}", self.set_of_schools());
        }
        if self.one_in(2) {
            text += &format!(", в пределах {}", self.keys(place));
        }
        if self.one_in(5) {
            text += &format!(", где {}", self.condition(place, 0));
        }
        self.inside = inside;
        text + ")"
    }

    fn window(&mut self) -> String {
        match self.upto(5) {
            0 => "за 2017 год".to_owned(),
            1 => "за 2016–2018 годы".to_owned(),
            2 => "за последние 2 года".to_owned(),
            3 => "за последние 5 лет".to_owned(),
            _ => "за последние 3 года".to_owned(),
        }
    }

    /// Clauses that any function over rows of a table may have.
    fn clauses(&mut self, place: Place, weighted: bool, filtered: bool) -> String {
        let mut text = String::new();
        if filtered && self.one_in(2) {
            text += &format!(", где {}", self.condition(place, 1));
        }
        if matches!(place, Result | Monitoring) && self.one_in(2) {
            text += &format!(", {}", self.window());
        }
        if self.one_in(6) {
            text += &format!(", скрывая строки, где {}", self.condition(place, 0));
        }
        if weighted && self.one_in(3) {
            let kind = if self.one_in(4) { Number } else { People };
            text += &format!(", с весом {}", self.leaf(kind, place));
        }
        text
    }

    /// A value of a school from many rows.
    fn aggregate(&mut self, kind: Kind) -> String {
        let inside = std::mem::replace(&mut self.inside, true);
        let text = match self.upto(9) {
            0..=4 => self.of_children(kind),
            5 | 6 => self.over_all(kind),
            7 if kind == Number || kind == People => self.of_settlements(),
            8 if kind == Points || kind == People => self.of_all_children(kind),
            _ => self.of_children(kind),
        };
        self.inside = inside;
        text
    }

    fn function(&mut self, kind: Kind) -> String {
        let sums = ["среднее", "сумма", "минимум", "максимум", "медиана", "квантиль", "последнее"];
        if matches!(kind, Number | People) || self.one_in(6) {
            self.pick(&sums)
        } else {
            self.pick(&["среднее", "минимум", "максимум", "медиана", "квантиль", "последнее"])
        }
    }

    fn applied(&mut self, function: &str, value: &str) -> String {
        if function == "квантиль" {
            let share = self.pick(&["0 %", "10 %", "25 %", "50 %", "100 %"]);
            return format!("квантиль({value}; {share}");
        }
        format!("{function}({value}")
    }

    fn of_children(&mut self, kind: Kind) -> String {
        let (place, table) =
            if self.one_in(2) { (Result, "итоги") } else { (Monitoring, "мониторинги") };
        if kind == Number && self.one_in(2) {
            return self.counted(place, table);
        }
        if kind == Percent && self.one_in(2) {
            let condition = self.condition(place, 1);
            return format!("доля({table}, где {condition}{})", self.clauses(place, false, false));
        }
        let own = match (place, kind) {
            (Result, Points) => "итоги.оценка",
            (Result, People) => "итоги.участники",
            (Result, _) => "итоги.оценка / 20 баллов",
            (_, Percent) => "мониторинги.качество",
            (_, People) => "мониторинги.писали",
            (_, Points) => "мониторинги.качество * 50 баллов",
            (..) => "мониторинги.место",
        };
        let (own, kind) = match (place, kind) {
            (Result, Percent) => ("мониторинги.качество", Percent),
            _ => (own, kind),
        };
        let place = if own.starts_with("мониторинги") { Monitoring } else { place };
        let mut value = own.to_owned();
        if self.one_in(3) {
            let table = if place == Result { "итоги." } else { "мониторинги." };
            let deeper = self.value(kind, place, 1);
            if deeper.contains(table) {
                value = deeper;
            }
        }
        let function = self.function(kind);
        let text = self.applied(&function, &value);
        let clauses = self.clauses(place, weighs(&function), true);
        if self.one_in(8) && matches!(function.as_str(), "среднее" | "медиана" | "сумма") {
            let years = self.window();
            return format!("среднее_по_годам({text}{}), {years})", clauses);
        }
        format!("{text}{clauses})")
    }

    fn counted(&mut self, place: Place, table: &str) -> String {
        let mut text = format!("количество({table}{}", self.clauses(place, false, true));
        if self.one_in(2) {
            text += &format!(", различных по {}", self.keys(place));
        }
        text + ")"
    }

    /// Over all rows of a child table, or those of some schools.
    fn of_all_children(&mut self, kind: Kind) -> String {
        let own = if kind == Points { "итоги.оценка" } else { "мониторинги.писали" };
        let place = if kind == Points { Result } else { Monitoring };
        let function = self.function(kind);
        let text = self.applied(&function, own);
        let set = if self.one_in(2) {
            self.set_of_schools()
        } else if place == Result {
            "итоги".to_owned()
        } else {
            "мониторинги".to_owned()
        };
        format!("{text}, среди {set}{})", self.clauses(place, weighs(&function), true))
    }

    /// Over all schools, those of a population, those of a group, the others.
    fn over_all(&mut self, kind: Kind) -> String {
        let inside = std::mem::replace(&mut self.inside, true);
        let mut text = if kind == Number && self.one_in(2) {
            let set = self.set_of_schools();
            let mut text = format!("количество({set}{}", self.clauses(School, false, true));
            if self.one_in(3) {
                text += &format!(", различных по {}", self.keys(School));
            }
            text
        } else if kind == Percent && self.one_in(3) {
            let condition = self.condition(School, 1);
            format!("доля(школы, где {condition}{}", self.clauses(School, false, false))
        } else {
            let value = self.value(kind, School, 1);
            let function = self.function(kind).replace("последнее", "медиана");
            let text = self.applied(&function, &value);
            format!("{text}{}", self.clauses(School, weighs(&function), true))
        };
        text += &format!(", среди {}", self.set_of_schools());
        if self.one_in(2) {
            text += &format!(", в пределах {}", self.keys(School));
        }
        if self.one_in(3) {
            text += ", кроме самой школы";
        }
        self.inside = inside;
        text + ")"
    }

    fn of_settlements(&mut self) -> String {
        let value = self.value(People, Settlement, 1);
        let function = self.pick(&["сумма", "среднее", "максимум", "медиана"]);
        let clauses = self.clauses(Settlement, weighs(&function), true);
        format!("{function}({value}, среди поселения{clauses})")
    }
}
