//! The invented region: its settlements, schools and what was measured in them.
//!
//! Figures hang together the way they do in life (hardship lowers results, distance empties staff rooms); nothing is
//! taken from real statistics. Absent cells are kept apart by reason; how they are spelled is the business of `files`.

use super::chance::Chance;
use super::places::{DISTRICTS, District, Town, VILLAGE_KINDS, VILLAGE_PLURALS, VILLAGE_SIZES, VILLAGES};

pub const YEARS: [i64; 3] = [2016, 2017, 2018];

/// A cell of a file; numbers are whole numbers of the column's smallest decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    Value(i64),
    Missing,
    Suppressed,
    NotApplicable,
}

#[derive(Debug)]
pub struct Settlement {
    pub code: String,
    pub name: String,
    pub district: &'static str,
    pub town: bool,
    pub residents: i64,
    pub older: i64,
    pub unemployed: i64,
    pub workforce: i64,
    /// Thousandths of a standard deviation; more is worse.
    hardship: i64,
    /// Kilometres that roads here are longer than elsewhere.
    remote: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Primary,
    Basic,
    Secondary,
    Gymnasium,
    Lyceum,
    Evening,
    Special,
}

impl Kind {
    pub fn word(self) -> &'static str {
        match self {
            Kind::Primary => "начальная",
            Kind::Basic => "основная",
            Kind::Secondary => "средняя",
            Kind::Gymnasium => "гимназия",
            Kind::Lyceum => "лицей",
            Kind::Evening => "вечерняя",
            Kind::Special => "коррекционная",
        }
    }

    pub fn level(self) -> &'static str {
        match self {
            Kind::Primary => "начальное",
            Kind::Basic | Kind::Special => "основное",
            Kind::Secondary | Kind::Gymnasium | Kind::Lyceum | Kind::Evening => "среднее",
        }
    }

    fn has_grade_9(self) -> bool {
        !matches!(self, Kind::Primary | Kind::Special)
    }

    fn has_grade_11(self) -> bool {
        matches!(self, Kind::Secondary | Kind::Gymnasium | Kind::Lyceum | Kind::Evening)
    }

    fn has_grade_4(self) -> bool {
        !matches!(self, Kind::Evening | Kind::Special)
    }
}

#[derive(Debug)]
pub struct School {
    pub code: String,
    pub name: String,
    pub kind: Kind,
    pub settlement: String,
    pub pupils: i64,
    pub families: i64,
    pub poor_families: Cell,
    pub deviant: Cell,
    pub weak_russian: Cell,
    pub unmotivated: Cell,
    /// Tenths of a kilometre.
    pub distance: Cell,
    pub teachers: i64,
    pub teachers_certified: Cell,
    pub teachers_overloaded: Cell,
    pub teachers_contests: Cell,
    pub teachers_off_profile: Cell,
    pub books: Cell,
    pub books_new: Cell,
    /// Thousands of roubles.
    pub budget: Cell,
    pub extra_income: Cell,
    pub all_money_3_years: Cell,
    pub repair_3_years: Cell,
    pub renovation: bool,
    pub construction: bool,
    pub shifts: i64,
    /// Hundredths of a square metre.
    pub area: Cell,
    /// Latent quality, thousandths of a standard deviation; more is better.
    ability: i64,
    hardship: i64,
}

/// Finishers of grade 9 by year.
#[derive(Debug)]
pub struct Finishers {
    pub school: String,
    pub year: i64,
    pub finished: Cell,
    pub continued: Cell,
    /// Of those who continued: in grade 10 of the same school.
    pub stayed: Cell,
}

#[derive(Debug)]
pub struct Exam {
    pub school: String,
    pub kind: &'static str,
    pub subject: &'static str,
    pub year: i64,
    /// Tenths of a point for the ЕГЭ, hundredths of a mark otherwise.
    pub score: Cell,
    pub participants: i64,
}

#[derive(Debug)]
pub struct Monitoring {
    pub school: String,
    pub title: &'static str,
    pub subject: &'static str,
    pub year: i64,
    /// Tenths of a per cent.
    pub quality: Cell,
    pub participants: i64,
}

#[derive(Debug)]
pub struct Olympiad {
    pub school: String,
    pub year: i64,
    pub participants: Cell,
    pub pupils: i64,
}

#[derive(Debug)]
pub struct Survey {
    pub school: String,
    pub year: i64,
    /// Tenths of a per cent.
    pub satisfied: Cell,
    pub asked: i64,
}

#[derive(Debug, Default)]
pub struct Region {
    pub settlements: Vec<Settlement>,
    pub schools: Vec<School>,
    pub finishers: Vec<Finishers>,
    pub exams: Vec<Exam>,
    pub monitorings: Vec<Monitoring>,
    pub olympiads: Vec<Olympiad>,
    pub surveys: Vec<Survey>,
}

pub fn invent(seed: u64) -> Region {
    let mut chance = Chance::new(seed);
    let mut region = Region::default();
    for district in DISTRICTS {
        let mut number = 0;
        for town in district.towns {
            let settlement = invent_town(&mut chance, district, town, region.settlements.len());
            for place in 0..town.schools {
                number += 1;
                let kind = town_kind(&mut chance, town, place);
                region.schools.push(invent_school(&mut chance, &settlement, kind, district.code, number));
            }
            region.settlements.push(settlement);
        }
        let mut used: Vec<String> = Vec::new();
        for _ in 0..district.villages {
            let settlement = invent_village(&mut chance, district, &mut used, region.settlements.len());
            number += 1;
            let kind = village_kind(&mut chance, &settlement);
            region.schools.push(invent_school(&mut chance, &settlement, kind, district.code, number));
            region.settlements.push(settlement);
        }
    }
    measure(&mut chance, &mut region);
    region
}

fn town_kind(chance: &mut Chance, town: &Town, place: usize) -> Kind {
    match place {
        1 if town.schools >= 4 => Kind::Gymnasium,
        3 if town.schools >= 6 => Kind::Lyceum,
        4 if town.schools >= 6 => Kind::Evening,
        2 if town.schools >= 4 => Kind::Special,
        5 if town.schools >= 7 => Kind::Basic,
        6 if chance.happens(300) => Kind::Primary,
        _ => Kind::Secondary,
    }
}

fn village_kind(chance: &mut Chance, village: &Settlement) -> Kind {
    let large = village.residents > 1400;
    match chance.between(1, 100) {
        1..=14 if !large => Kind::Primary,
        1..=70 if !large => Kind::Basic,
        1..=25 => Kind::Basic,
        _ => Kind::Secondary,
    }
}

fn invent_town(chance: &mut Chance, district: &District, town: &Town, at: usize) -> Settlement {
    let residents = town.thousands * 1000 + chance.between(-480, 480);
    let hardship = district.hardship + chance.normal() / 4;
    people(chance, district, at, format!("{} {}", town.kind, town.name), true, residents, hardship)
}

fn invent_village(chance: &mut Chance, district: &District, used: &mut Vec<String>, at: usize) -> Settlement {
    let name = loop {
        let name = if chance.happens(600) {
            chance.pick(VILLAGES).copied().unwrap_or_default().to_owned()
        } else {
            let size = chance.pick(VILLAGE_SIZES).copied().unwrap_or_default();
            format!("{size} {}", chance.pick(VILLAGE_PLURALS).copied().unwrap_or_default())
        };
        if !used.contains(&name) {
            break name;
        }
    };
    used.push(name.clone());
    let kind = chance.pick(VILLAGE_KINDS).copied().unwrap_or_default();
    let residents = chance.between(180, 900) + chance.between(0, 1500) * chance.between(0, 100) / 100;
    let hardship = district.hardship + 350 + chance.normal() / 2;
    people(chance, district, at, format!("{kind} {name}"), false, residents, hardship)
}

fn people(
    chance: &mut Chance,
    district: &District,
    at: usize,
    name: String,
    town: bool,
    residents: i64,
    hardship: i64,
) -> Settlement {
    let base = if town { 355 } else { 400 };
    let older = residents * (base + hardship / 20 + chance.normal() / 22).clamp(220, 720) / 1000;
    let workforce = residents * chance.between(490, 560) / 1000;
    let unemployed = workforce * (38 + hardship * 11 / 1000 + chance.normal() / 120).clamp(9, 160) / 1000;
    let code = format!("п{:03}", at + 1);
    Settlement {
        code,
        name,
        district: district.code,
        town,
        residents,
        older,
        unemployed,
        workforce,
        hardship,
        remote: district.remote,
    }
}

fn size(chance: &mut Chance, settlement: &Settlement, kind: Kind) -> i64 {
    match (kind, settlement.town) {
        (Kind::Evening, _) => chance.between(45, 140),
        (Kind::Special, _) => chance.between(50, 130),
        (Kind::Primary, true) => chance.between(120, 260),
        (Kind::Primary, false) => chance.between(6, 48),
        (Kind::Basic, true) => chance.between(160, 380),
        (Kind::Basic, false) => chance.between(14, 90) + settlement.residents / 40,
        (_, true) => chance.between(280, 980),
        (_, false) => chance.between(55, 190) + settlement.residents / 12,
    }
}

fn title(settlement: &Settlement, kind: Kind, number: i64) -> String {
    let place = &settlement.name;
    let short = number % 12 + 1;
    match (kind, settlement.town) {
        (Kind::Gymnasium, _) => format!("МБОУ «Гимназия № {short}» {place}"),
        (Kind::Lyceum, _) => format!("МБОУ «Лицей № {short}» {place}"),
        (Kind::Evening, _) => format!("МБОУ «Вечерняя (сменная) школа» {place}"),
        (Kind::Special, _) => format!("ГБОУ ЛО «Школа, реализующая адаптированные программы» {place}"),
        (Kind::Primary, true) => format!("МБОУ «Начальная общеобразовательная школа № {short}» {place}"),
        (Kind::Primary, false) => format!("МОУ «Начальная общеобразовательная школа» {place}"),
        (Kind::Basic, true) => format!("МБОУ «Основная общеобразовательная школа № {short}» {place}"),
        (Kind::Basic, false) => format!("МОУ «Основная общеобразовательная школа» {place}"),
        (Kind::Secondary, true) => format!("МБОУ «Средняя общеобразовательная школа № {short}» {place}"),
        (Kind::Secondary, false) => format!("МОУ «Средняя общеобразовательная школа» {place}"),
    }
}

fn invent_school(chance: &mut Chance, settlement: &Settlement, kind: Kind, district: &str, number: i64) -> School {
    let chosen = match kind {
        Kind::Gymnasium | Kind::Lyceum => 1300,
        Kind::Evening => -1700,
        _ => 0,
    };
    let hardship = settlement.hardship - chosen * 3 / 4 + chance.normal() * 6 / 10;
    // a few schools are in real trouble
    let trouble = if chosen == 0 && chance.happens(28) { 3300 } else { 0 };
    let ability = chosen * 2 / 3 - trouble - hardship * 45 / 100 + chance.normal() * 7 / 10;
    let pupils = size(chance, settlement, kind);
    let families = pupils * chance.between(78, 94) / 100 + 1;
    let share = |chance: &mut Chance, of: i64, middle: i64, slope: i64| {
        let per_mille = (middle + hardship * slope / 1000 + chance.normal() * slope / 2000).clamp(0, 900);
        Cell::Value(chance.successes(of, per_mille))
    };
    let poor_families = share(chance, families, 210, 110);
    let deviant = share(chance, pupils, 28, 22);
    let weak_russian = share(chance, pupils, 45, 30);
    let unmotivated = share(chance, pupils, 130, 70);
    let distance = if settlement.town {
        chance.between(3, 45)
    } else {
        chance.between(28, 160) + settlement.remote * chance.between(2, 14)
    };
    let teachers = (pupils / 14 + if kind == Kind::Primary { 1 } else { 7 }).max(2);
    let staff = |chance: &mut Chance, middle: i64, slope: i64| {
        let per_mille = (middle + ability * slope / 1000 - distance / 4 + chance.normal() * slope / 1500).clamp(0, 980);
        Cell::Value(chance.successes(teachers, per_mille))
    };
    let teachers_certified = staff(chance, 420, 70);
    let teachers_contests = staff(chance, 110, 40);
    let burden = |chance: &mut Chance, middle: i64, slope: i64| {
        let per_mille = (middle - ability * slope / 1000 + distance / 3 + chance.normal() * slope / 1500).clamp(0, 900);
        Cell::Value(chance.successes(teachers, per_mille))
    };
    let teachers_overloaded = burden(chance, 260, 60);
    let teachers_off_profile = burden(chance, 90, 35);
    let books = 1500 + pupils * chance.between(14, 26);
    let books_new = books * (240 + ability / 25 + chance.normal() / 14).clamp(20, 640) / 1000;
    let budget = 9000 + pupils * chance.between(74, 118);
    let extra = if settlement.town { 34 } else { 5 };
    let extra_income = (budget * (extra + ability / 90 + chance.normal() / 90).max(0) / 1000).max(0);
    let all_money_3_years = budget * chance.between(291, 309) / 100 + extra_income * 3;
    let repair_3_years = all_money_3_years * (46 + chance.normal() / 32).max(0) / 1000;
    let crowded = settlement.town && matches!(district, "04" | "06" | "17") && chance.happens(400);
    School {
        code: format!("47{district}{number:02}"),
        name: title(settlement, kind, number),
        kind,
        settlement: settlement.code.clone(),
        pupils,
        families,
        poor_families: gap(chance, poor_families, 14),
        deviant: gap(chance, deviant, 12),
        weak_russian: gap(chance, weak_russian, 12),
        unmotivated: gap(chance, unmotivated, 45),
        distance: gap(chance, Cell::Value(distance), 6),
        teachers,
        teachers_certified: gap(chance, teachers_certified, 6),
        teachers_overloaded: gap(chance, teachers_overloaded, 9),
        teachers_contests: gap(chance, teachers_contests, 12),
        teachers_off_profile: gap(chance, teachers_off_profile, 18),
        books: Cell::Value(books),
        books_new: gap(chance, Cell::Value(books_new), 15),
        budget: Cell::Value(budget),
        extra_income: gap(chance, Cell::Value(extra_income), 12),
        all_money_3_years: Cell::Value(all_money_3_years),
        repair_3_years: gap(chance, Cell::Value(repair_3_years), 15),
        renovation: chance.happens(35),
        construction: chance.happens(if crowded { 260 } else { 18 }),
        shifts: if crowded { 2 } else { 1 },
        area: {
            let area = Cell::Value(if crowded { chance.between(160, 260) } else { chance.between(240, 620) });
            gap(chance, area, 60)
        },
        ability,
        hardship,
    }
}

/// Leaves a cell empty in `per_mille` of a thousand cases.
fn gap(chance: &mut Chance, cell: Cell, per_mille: i64) -> Cell {
    if chance.happens(per_mille) { Cell::Missing } else { cell }
}

/// A result of fewer than five people is not handed out.
fn guarded(cell: Cell, people: i64) -> Cell {
    match cell {
        Cell::Value(_) if people < 5 => Cell::Suppressed,
        other => other,
    }
}

fn measure(chance: &mut Chance, region: &mut Region) {
    let Region { schools, finishers, exams, monitorings, olympiads, surveys, .. } = region;
    for school in schools.iter() {
        for year in YEARS {
            finishers.push(invent_finishers(chance, school, year));
            invent_exams(chance, school, year, exams);
            invent_monitorings(chance, school, year, monitorings);
            olympiads.push(invent_olympiad(chance, school, year));
        }
        invent_surveys(chance, school, surveys);
    }
}

fn invent_finishers(chance: &mut Chance, school: &School, year: i64) -> Finishers {
    let (finished, continued) = if school.kind.has_grade_9() {
        let finished = (school.pupils * chance.between(75, 105) / 1000).max(1);
        let per_mille = (640 + school.ability * 75 / 1000 + chance.normal() / 18).clamp(150, 990);
        let continued = Cell::Value(chance.successes(finished, per_mille));
        (Cell::Value(finished), gap(chance, continued, 10))
    } else {
        (Cell::NotApplicable, Cell::NotApplicable)
    };
    Finishers { school: school.code.clone(), year, finished, continued, stayed: Cell::NotApplicable }
}

/// Who of those that continued stayed in the school: nobody where it has no grade 10. Drawn apart, so that it changes nothing else.
pub fn settle(region: &mut Region, seed: u64) {
    let chance = &mut Chance::new(seed);
    for row in &mut region.finishers {
        let own = region.schools.iter().find(|school| school.code == row.school);
        row.stayed = match row.continued {
            Cell::Value(continued) => Cell::Value(match own {
                Some(school) if school.kind.has_grade_11() => chance.successes(continued, 880),
                _ => 0,
            }),
            absent => absent,
        };
    }
}

/// Exam, subject, middle and slope of the score, smallest and largest score, per mille of the pupils taking it.
type Sitting = (&'static str, &'static str, i64, i64, i64, i64, i64);

const GRADE_11: &[Sitting] = &[
    ("ЕГЭ", "русский язык", 690, 78, 200, 1000, 55),
    ("ЕГЭ", "математика", 480, 88, 100, 1000, 34),
    ("ЕГЭ", "обществознание", 560, 74, 180, 1000, 28),
];
const GRADE_9: &[Sitting] =
    &[("ОГЭ", "русский язык", 392, 26, 220, 500, 88), ("ОГЭ", "математика", 368, 28, 210, 500, 88)];
const GRADE_4: &[Sitting] = &[
    ("ВПР", "русский язык", 382, 25, 200, 500, 92),
    ("ВПР", "математика", 398, 26, 200, 500, 92),
    ("ВПР", "окружающий мир", 388, 20, 220, 500, 92),
];

fn invent_exams(chance: &mut Chance, school: &School, year: i64, exams: &mut Vec<Exam>) {
    let held: [(bool, &[Sitting]); 3] = [
        (school.kind.has_grade_11(), GRADE_11),
        (school.kind.has_grade_9(), GRADE_9),
        // the ВПР of 2016 were partly voluntary
        (school.kind.has_grade_4() && (year > 2016 || school.pupils % 3 != 0), GRADE_4),
    ];
    for (kind, subject, middle, slope, low, high, per_mille) in
        held.into_iter().filter(|(held, _)| *held).flat_map(|(_, sittings)| sittings.iter().copied())
    {
        let participants = (school.pupils * (per_mille + chance.normal() / 80) / 1000).max(1);
        // small groups scatter more
        let scatter = if participants < 12 { slope } else { slope / 2 };
        let score = (middle + school.ability * slope / 1000 + chance.normal() * scatter / 1000).clamp(low, high);
        let score = guarded(gap(chance, Cell::Value(score), 8), participants);
        exams.push(Exam { school: school.code.clone(), kind, subject, year, score, participants });
    }
}

const MONITORINGS: &[(&str, &str)] = &[
    ("Региональная диагностическая работа, 5 класс", "русский язык"),
    ("Региональная диагностическая работа, 5 класс", "математика"),
    ("Региональная диагностическая работа, 8 класс", "математика"),
    ("Региональная диагностическая работа, 8 класс", "физика"),
];

fn invent_monitorings(chance: &mut Chance, school: &School, year: i64, monitorings: &mut Vec<Monitoring>) {
    if matches!(school.kind, Kind::Primary | Kind::Evening | Kind::Special) {
        return;
    }
    for (title, subject) in MONITORINGS.iter().copied() {
        // each school takes part in three of four
        if chance.happens(250) {
            continue;
        }
        let participants = (school.pupils * (90 + chance.normal() / 70) / 1000).max(1);
        let quality = (560 + school.ability * 85 / 1000 + chance.normal() * 80 / 1000).clamp(0, 1000);
        let quality = guarded(gap(chance, Cell::Value(quality), 10), participants);
        monitorings.push(Monitoring { school: school.code.clone(), title, subject, year, quality, participants });
    }
}

fn invent_olympiad(chance: &mut Chance, school: &School, year: i64) -> Olympiad {
    let pupils = (school.pupils * (1000 + (year - 2018) * 12 + chance.normal() / 50) / 1000).max(1);
    let participants = match school.kind {
        Kind::Primary | Kind::Special => Cell::NotApplicable,
        _ => {
            let took = chance.successes(pupils, (13 + school.ability * 11 / 1000).max(1));
            gap(chance, Cell::Value(took), 8)
        }
    };
    Olympiad { school: school.code.clone(), year, participants, pupils }
}

fn invent_surveys(chance: &mut Chance, school: &School, surveys: &mut Vec<Survey>) {
    let base = 810 + school.ability * 55 / 1000 - school.hardship.max(0) * 25 / 1000;
    for year in YEARS {
        // at least once in three years
        if year != 2016 + school.pupils % 3 && !chance.happens(150) {
            continue;
        }
        let asked = (school.pupils * chance.between(150, 420) / 1000).max(1);
        let satisfied = (base + chance.normal() * 75 / 1000).clamp(250, 1000);
        let satisfied = guarded(gap(chance, Cell::Value(satisfied), 12), asked);
        surveys.push(Survey { school: school.code.clone(), year, satisfied, asked });
    }
}
