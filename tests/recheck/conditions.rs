//! Conditions of generated rules: comparisons, ranks, years, other criteria.

use super::Kind::{Difference, Number, People, Percent, Points};
use super::Place::{Monitoring, Result, School, Settlement};
use super::{Place, Words};

impl Words {
    fn compared(&mut self, place: Place, depth: i64) -> String {
        let kind = if self.one_in(8) { Difference } else { self.kind() };
        let value = self.value(kind, place, depth);
        match self.upto(11) {
            0 => {
                let (low, high) = match kind {
                    Number => ("1", "3"),
                    Percent => ("20 %", "60 %"),
                    Points => ("30 баллов", "50 баллов"),
                    People => ("5 человек", "25 человек"),
                    Difference => ("0 п.п.", "20 п.п."),
                };
                let high = if self.one_in(4) { self.leaf(kind, place) } else { high.to_owned() };
                let not = self.pick(&["", "не "]);
                format!("{value} {not}от {low} до {high}")
            }
            1 => {
                let options = [self.literal(kind), self.literal(kind), self.threshold(kind, place)].join("; ");
                format!("{value} {}в ({options})", self.pick(&["", "не "]))
            }
            2 => {
                let status =
                    self.pick(&["известно", "не известно", "пропущено", "скрыто", "не применимо", "недостоверно"]);
                format!("({value}) {status}")
            }
            _ => {
                let sign = self.pick(&["менее", "не более", "более", "не менее", "равно", "не равно", "=", "<>"]);
                let threshold = self.threshold(kind, place);
                if self.one_in(8) {
                    format!("{threshold} {} {value}", self.pick(&["<", ">=", "="]))
                } else {
                    format!("{value} {sign} {threshold}")
                }
            }
        }
    }

    fn plain(&mut self, place: Place) -> String {
        let of_school: &[&str] = &[
            "вид = \"основная\"",
            "вид <> \"вечерняя\"",
            "вид в (\"основная\"; \"средняя\")",
            "вид не в (\"вечерняя\"; \"средняя\")",
            "район = \"А\"",
            "район <> \"Б\"",
            "поселение.название = \"г. Луга\"",
            "поселение.название в списке городов",
            "поселение.название в списке городов на дату 01.09.2016",
            "поселение.название не в списке городов на дату 01.09.2018",
            "закрыта = да",
            "закрыта = нет",
            "ремонт = да",
            "ремонт <> да",
            "не (закрыта = да)",
            "открыта не менее 01.09.2010",
            "открыта менее 01.01.2000",
            "открыта от 01.01.2000 до 01.09.2010",
            "открыта известно",
            "вид не известно",
            "закрыта пропущено",
            "открыта = 01.09.2010",
            "район = вид",
        ];
        let of_result: &[&str] = &[
            "предмет = \"мат\"",
            "предмет в (\"мат\"; \"рус\")",
            "сдано = да",
            "сдано = нет",
            "сдано не известно",
            "школа.вид = \"средняя\"",
            "школа.закрыта = нет",
            "год не менее 2016",
            "год = 2018",
            "школа.район = предмет",
        ];
        let of_monitoring: &[&str] =
            &["работа = \"ВПР\"", "работа <> \"РКР\"", "год менее 2017", "школа.район = \"А\"", "работа скрыто"];
        let of_settlement: &[&str] = &["название в списке городов на дату 01.09.2018", "название <> \"Луга\""];
        self.pick(match place {
            School => of_school,
            Result => of_result,
            Monitoring => of_monitoring,
            Settlement => of_settlement,
        })
    }

    pub fn condition(&mut self, place: Place, depth: i64) -> String {
        let deeper = depth - 1;
        match self.upto(if depth > 0 { 15 } else { 4 }) {
            0 | 1 => self.plain(place),
            2..=5 => self.compared(place, deeper.max(0)),
            6 => format!("{} и {}", self.grouped(place, deeper), self.grouped(place, deeper)),
            7 => format!("{} или {}", self.grouped(place, deeper), self.grouped(place, deeper)),
            8 => format!("не ({})", self.condition(place, deeper)),
            9 if place == School => {
                let items = [self.condition(School, 0), self.condition(School, deeper), self.condition(School, 0)];
                let how = self.how_many("условий", 3);
                format!("({how} из ({}))", items.join("; "))
            }
            10 if place == School && !self.inside => self.over_years(),
            11 if place == School && self.in_criterion && !self.inside => self.status(),
            12..=15 if self.in_criterion && place == School && !self.inside => self.cut(),
            _ => self.compared(place, depth),
        }
    }

    fn grouped(&mut self, place: Place, depth: i64) -> String {
        format!("({})", self.condition(place, depth))
    }

    fn over_years(&mut self) -> String {
        let inside = std::mem::replace(&mut self.inside, true);
        let body = match self.upto(3) {
            0 => format!("среднее(итоги.оценка) менее {}", self.literal(Points)),
            1 => format!("количество(мониторинги, где {}) более 0", self.condition(Monitoring, 0)),
            2 => format!("максимум(мониторинги.качество) не менее {}", self.literal(Percent)),
            _ => format!("доля(итоги, где {}) менее 50 %", self.condition(Result, 0)),
        };
        self.inside = inside;
        match self.upto(2) {
            0 => format!("в каждом из последних {} ({body})", self.pick(&["2 лет", "3 лет"])),
            1 => format!("не менее чем в 2 из последних 4 лет ({body})"),
            _ => format!("2 года подряд за последние {} ({body})", self.pick(&["3 года", "5 лет"])),
        }
    }

    fn status(&mut self) -> String {
        let Some(number) = self.chance.pick(&self.criteria.clone()).cloned() else {
            return self.compared(School, 1);
        };
        if self.one_in(4) {
            let least = self.upto(2);
            return format!("(число выполненных критериев из ({number}) не менее {least})");
        }
        if self.one_in(4) && !self.categories.is_empty() {
            let category = self.chance.pick(&self.categories.clone()).cloned().unwrap_or_default();
            return format!("({}отнесена к {category})", self.pick(&["", "не "]));
        }
        let status = self.pick(&["выполнен", "не выполнен", "не выполнен", "не определён", "не применимо"]);
        format!("(критерий {number} {status})")
    }

    fn cut(&mut self) -> String {
        let kind = self.kind();
        let inside = std::mem::replace(&mut self.inside, true);
        let value = if self.one_in(3) { self.value(kind, School, 1) } else { self.leaf(kind, School) };
        self.inside = inside;
        let not = self.pick(&["", "", "не "]);
        let side = self.pick(&["низких", "высоких"]);
        let set = self.set_of_schools();
        let quota =
            self.pick(&["25 %", "50 %", "30 %", "10 %", "0 %", "100 %", "2 школы", "5 школ", "1 школа", "0 школ"]);
        let of = if quota.ends_with('%') && self.one_in(4) {
            format!(" от {}", self.set_of_schools())
        } else {
            String::new()
        };
        let within =
            if self.one_in(2) { format!(", в пределах {}", self.keys(School)) } else { String::new() };
        format!("({value}) {not}в числе самых {side} среди {set}, квота {quota}{of}{within}")
    }
}
