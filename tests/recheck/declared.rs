//! What stands as a block of its own in generated rules: parameters, populations, indicators, indices, categories.

use super::Kind::{Number, People, Percent, Points};
use super::Place::{Monitoring, Result, School};
use super::Words;

impl Words {
    /// `выполнено не менее 2 …`; `of`: «критериев», «групп», «условий».
    pub(super) fn how_many(&mut self, of: &str, most: i64) -> String {
        let (one, genitive, all) = match of {
            "групп" => ("любая группа", "групп", "все группы"),
            "условий" => ("любое условие", "условий", "все условия"),
            _ => ("любой критерий", "критериев", "все критерии"),
        };
        let applicable = if self.one_in(3) { "применимых " } else { "" };
        let count = 1 + self.upto((most - 1).max(0));
        match self.upto(6) {
            0 => format!(
                "выполнен{} {one}",
                match of {
                    "групп" => "а",
                    "условий" => "о",
                    _ => "",
                }
            ),
            1 => format!("выполнены {all}"),
            2 => format!("выполнено не более {} {applicable}{genitive}", self.upto(most)),
            3 => format!("выполнено ровно {} {applicable}{genitive}", self.upto(most)),
            4 if of == "критериев" => "не выполнен ни один критерий".to_owned(),
            _ => format!("выполнено не менее {count} {applicable}{genitive}"),
        }
    }

    pub(super) fn parameter(&mut self, at: i64) -> String {
        let kind = self.kind();
        if self.one_in(2) {
            let name = format!("ключ{at}");
            let (by, keys) = if self.one_in(3) {
                ("ч1", ["1", "2"])
            } else {
                ("вид", ["\"основная\"", "\"средняя\""])
            };
            let mut text = format!("параметр {name} по полю {by}: ");
            text += &format!("{} = {}; {} = {}", keys[0], self.literal(kind), keys[1], self.literal(kind));
            if self.one_in(2) {
                text += &format!("; в остальных случаях {}", self.literal(kind));
            }
            self.parameters.push((name, kind));
            return text + "\n";
        }
        let name = format!("порог{at}");
        let text = format!("параметр {name} = {}\n", self.literal(kind));
        self.parameters.push((name, kind));
        text
    }

    pub(super) fn population(&mut self, at: i64) -> String {
        let base = if self.one_in(3) { self.set_of_schools() } else { "школы".to_owned() };
        let name = format!("набор{at}");
        let inside = std::mem::replace(&mut self.inside, at < 9);
        let mut text = format!("совокупность {name} = {base}");
        if self.one_in(2) {
            text += &format!(", где {}", self.condition(School, 1));
        }
        text += "\n";
        for _ in 0..self.upto(2) {
            text += &format!("  исключить, если {}\n", self.condition(School, 1));
        }
        self.inside = inside;
        self.populations.push(name);
        text
    }

    pub(super) fn indicator(&mut self, at: i64) -> String {
        let kind = self.kind();
        let name = format!("п{at}");
        let mut text = format!("показатель {name}");
        let by_clauses = matches!(kind, Points | People | Percent) && self.one_in(4);
        if by_clauses {
            let (table, column, place) = match kind {
                Points => ("итоги", "оценка", Result),
                People => ("итоги", "участники", Result),
                _ => ("мониторинги", "качество", Monitoring),
            };
            let function = self.function(kind);
            let inside = std::mem::replace(&mut self.inside, true);
            let argument = if kind == Points && self.one_in(4) {
                format!("стандартное({column}, в пределах (предмет; год))")
            } else {
                column.to_owned()
            };
            text += &format!(" = {})\n  по таблице {table}", self.applied(&function, &argument));
            text += &self.clauses(place, true, true).replace(", где", ",\n  где");
            text += "\n";
            self.inside = inside;
        } else {
            text += &format!(" = {}\n", self.value(kind, School, 2));
        }
        if self.one_in(3) {
            text += &format!("  не применимо, если {}\n", self.condition(School, 1));
        }
        if self.one_in(3) {
            let condition = match self.upto(2) {
                0 => "сумма(итоги.участники) менее 20 человек".to_owned(),
                1 if by_clauses && kind != Percent => "сумма(участники) менее 20 человек".to_owned(),
                _ => self.condition(School, 0),
            };
            text += &format!("  скрыть, если {condition}");
            if self.one_in(2) {
                text += ", иначе за последние 5 лет";
            }
            text += "\n";
        }
        self.indicators.push((name, kind));
        text
    }

    pub(super) fn index(&mut self, at: i64) -> String {
        let name = format!("сводный{at}");
        let mut text = format!("индекс {name}\n  среди {}\n", self.set_of_schools());
        if self.one_in(3) {
            text += &format!("  в пределах {}\n", self.keys(School));
        }
        let plain = self.one_in(5);
        let normalisation = if plain { "без нормирования".to_owned() } else { self.normalisation() };
        text += &format!("  {normalisation}\n");
        let kind = self.kind();
        let mut names = Vec::new();
        let blocks = self.one_in(3);
        for part in 0..1 + self.upto(if blocks { 1 } else { 2 }) {
            if blocks {
                text += &format!("  блок «Б{part}» вес {}\n", 1 + self.upto(2));
            }
            for _ in 0..1 + self.upto(if blocks { 1 } else { 0 }) {
                let kind = if plain { kind } else { self.kind() };
                let value = if self.one_in(4) { self.value(kind, School, 1) } else { self.leaf(kind, School) };
                if names.contains(&value) && !names.is_empty() {
                    continue;
                }
                let side = self.pick(&["больше – лучше", "меньше – лучше"]);
                let own = if !plain && self.one_in(4) { format!(", {}", self.normalisation()) } else { String::new() };
                let weight = self.pick(&["1", "2", "0,5", "3"]);
                text += &format!("    составляющая {value} вес {weight} {side}{own}\n");
                names.push(value);
            }
        }
        names.retain(|name| name.chars().all(char::is_alphanumeric));
        if names.len() > 1 && self.one_in(2) {
            let mut to = names.clone();
            let from = to.remove(usize::try_from(self.upto(to.len() as i64 - 1)).unwrap());
            text += &format!("  при пропуске передать вес {from} на {}\n", to.join("; "));
        }
        text += match self.upto(6) {
            0 => "  при пропуске пересчитать веса, если известно не менее 50 % веса\n",
            1 => "  при пропуске пересчитать веса, если известно не менее 1 составляющей\n",
            2 => "  при пропуске считать нулём\n",
            3 => "  при пропуске подставить медиану\n",
            4 => "  при пропуске не определять\n",
            _ => "",
        };
        if self.one_in(3) {
            text += "  округлить до 0,1\n";
        }
        self.indicators.push((name, if plain { kind } else { Number }));
        text
    }

    fn normalisation(&mut self) -> String {
        let of = ["стандартное", "минимакс", "доля_места", "минимакс(0; 4)", "процент_от(4)", "стандартное"];
        format!("нормирование {}", self.pick(&of))
    }

    fn criterion(&mut self, number: &str) -> String {
        self.in_criterion = true;
        let mut text = format!("  критерий {number}\n");
        if self.one_in(6) {
            text += &format!("    в случае {}, если {}\n", self.condition(School, 0), self.condition(School, 1));
            text += &format!("    в остальных случаях если {}\n", self.condition(School, 1));
        } else {
            text += &format!("    если {}\n", self.condition(School, 3));
        }
        self.in_criterion = false;
        if self.one_in(5) {
            text += &format!("    не применим, если {}\n", self.condition(School, 0));
        }
        if text.contains("в числе самых") {
            let rounding = self.pick(&["вверх", "вниз", "до ближайшего", "к чётному"]);
            text += &format!("    округление квоты {rounding}\n");
            let ties = self.pick(&[
                "включить",
                "исключить",
                "различать по (ученики больше; код меньше)",
                "различать по (ч1 меньше)",
                "различать по (ч2 больше)",
            ]);
            text += &format!("    равные на границе {ties}\n");
            if text.contains("квота") && self.one_in(2) {
                let action = self.pick(&["объединить", "не определять", "считать невыполненным"]);
                let small = self.pick(&["2", "3", "4"]);
                if text.matches("квота").count() <= text.matches(", в пределах").count() {
                    text += &format!("    в группах менее {small} школ {action}\n");
                }
            }
        }
        text += match self.upto(9) {
            0 => "    при отсутствии данных считать невыполненным\n",
            1 => "    при отсутствии данных считать выполненным\n",
            2 => "    при отсутствии данных считать неприменимым\n",
            3 => "    при отсутствии данных не определён\n",
            _ => "",
        };
        self.criteria.push(number.to_owned());
        text
    }

    /// A decision about one of the first schools, whether it stands on the list without it or not.
    pub(super) fn registered(&mut self, school: i64) -> String {
        let head = if self.one_in(2) { "включить" } else { "исключить" };
        let word = if head == "включить" { "в" } else { "из" };
        format!(
            "решение {head} \"ш{school}\" {word} К0\n  документ «Распоряжение» от 01.02.2018\n  автор «Комитет»\n  \
             причина «По заявлению»\n  действует по 31.12.2018\n"
        )
    }

    pub(super) fn category(&mut self, at: i64, number: &mut i64) -> String {
        let name = format!("К{at}");
        let mut text = format!("категория {name}\n");
        if self.one_in(3) && !self.populations.is_empty() {
            let set = self.chance.pick(&self.populations.clone()).unwrap().clone();
            text += &format!("  среди {set}\n");
        }
        let groups = self.one_in(3);
        let mut body = String::new();
        let count = if groups { 1 + self.upto(1) } else { 1 + self.upto(3) };
        for _ in 0..count {
            *number += 1;
            if groups {
                let inside = 1 + self.upto(2);
                let rule = self.how_many("критериев", inside);
                body += &format!("  группа {number}\n    выполнена, если {rule}\n");
                for part in 1..=inside {
                    body += &self.criterion(&format!("{number}.{part}"));
                }
            } else {
                body += &self.criterion(&number.to_string());
            }
        }
        let rule = match self.combinations.last() {
            Some(name) if !groups && count >= 3 => format!("  относится по сочетанию {name}\n"),
            _ => {
                let rule = self.how_many(if groups { "групп" } else { "критериев" }, count);
                format!("  относится, если {rule}\n")
            }
        };
        let exit = if self.one_in(3) {
            self.exit(if groups { "групп" } else { "критериев" }, count)
        } else {
            String::new()
        };
        self.categories.push(name);
        text + rule.as_str() + exit.as_str() + body.as_str()
    }

    fn category_so_far(&mut self) -> String {
        self.chance.pick(&self.categories.clone()).cloned().unwrap_or_else(|| "К0".to_owned())
    }

    /// Those of a category that meet the most criteria, up to a number.
    pub(super) fn chosen(&mut self) -> String {
        let (category, counted) = (self.category_so_far(), self.category_so_far());
        let base = self.set_of_schools();
        let not = self.pick(&["", "", "не "]);
        let quota = self.pick(&["2 школы", "5 школ", "50 %", "1 школа"]);
        let ties = self.pick(&["включить", "исключить", "различать по (ученики больше; код меньше)"]);
        let side = self.pick(&["высоких", "низких"]);
        let mut text = format!("совокупность отобранные = {base}, где {not}отнесена к {category}\n");
        text += &format!("показатель сколько = число выполненных критериев категории {counted}\n");
        text += "категория КВ\n  относится, если выполнен любой критерий\n  критерий 91\n";
        text += &format!("    если сколько в числе самых {side} среди отобранные, квота {quota}\n");
        text += &format!("    округление квоты вверх\n    равные на границе {ties}\n");
        text
    }

    /// A category made of others.
    pub(super) fn joined(&mut self) -> String {
        let (a, b) = (self.category_so_far(), self.category_so_far());
        let joint = self.pick(&["и", "или", "и не"]);
        format!("категория КС\n  относится, если отнесена к {a} {joint} отнесена к {b}\n")
    }

    /// How schools that were in the category leave it.
    fn exit(&mut self, of: &str, count: i64) -> String {
        let mut text = format!("  прежде, если {}\n", self.condition(School, 1));
        let shape = self.upto(3);
        if shape != 0 {
            text += &match self.upto(2) {
                0 => format!("  остаётся, если {}\n", self.condition(School, 1)),
                _ => format!("  остаётся, если {}\n", self.how_many(of, count)),
            };
        }
        if shape != 1 {
            let least = 1 + self.upto(1);
            let bounds = match self.upto(2) {
                0 => format!("не менее {least}"),
                1 => format!("не более {least}"),
                _ => format!("не менее {least} и не более {}", least + self.upto(2)),
            };
            text += &format!("  срок {bounds} по {}\n", self.value(Number, School, 1));
        }
        text
    }
}
