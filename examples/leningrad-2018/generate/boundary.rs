//! Puts some values exactly on the thresholds of the rules, where `менее` and `не более` part.

use super::region::{Cell, Kind, Region};

pub fn plant(region: &mut Region) {
    continued_exactly_60_percent(region);
    olympiads_exactly_half_a_percent(region);
    satisfied_exactly_40_percent(region);
    quality_exactly_40_percent(region);
    older_exactly_half(region);
    unemployment_exactly_one_and_a_half(region);
    exam_exactly_20_points_below(region);
    same_resources(region);
}

fn nth(region: &Region, wanted: impl Fn(&super::region::School) -> bool, n: usize) -> String {
    region.schools.iter().filter(|s| wanted(s)).nth(n).map(|s| s.code.clone()).unwrap_or_default()
}

fn continued_exactly_60_percent(region: &mut Region) {
    let school = nth(region, |s| s.kind == Kind::Basic, 17);
    for row in region.finishers.iter_mut().filter(|row| row.school == school) {
        row.finished = Cell::Value(10);
        row.continued = Cell::Value(if row.year == 2017 {
            5
        } else if row.year == 2016 {
            7
        } else {
            6
        });
    }
}

fn olympiads_exactly_half_a_percent(region: &mut Region) {
    let school = nth(region, |s| s.kind == Kind::Secondary && (395..=460).contains(&s.pupils), 3);
    for row in region.olympiads.iter_mut().filter(|row| row.school == school) {
        row.pupils = 400;
        row.participants = Cell::Value(row.year - 2015);
    }
}

fn satisfied_exactly_40_percent(region: &mut Region) {
    for (school, satisfied) in [(11, 400), (29, 401), (47, 362), (58, 391)] {
        let school = nth(region, |s| matches!(s.kind, Kind::Basic | Kind::Secondary) && s.pupils > 60, school);
        for row in region.surveys.iter_mut().filter(|row| row.school == school) {
            row.satisfied = Cell::Value(satisfied);
            row.asked = row.asked.max(12);
        }
    }
}

fn quality_exactly_40_percent(region: &mut Region) {
    let school = nth(region, |s| s.kind == Kind::Secondary && s.pupils > 150, 21);
    for (at, row) in region.monitorings.iter_mut().filter(|row| row.school == school).enumerate() {
        row.quality = Cell::Value(if at < 2 { 400 } else { 552 });
    }
}

fn older_exactly_half(region: &mut Region) {
    if let Some(village) = region.settlements.iter_mut().filter(|s| !s.town).nth(20) {
        village.residents -= village.residents % 2;
        village.older = village.residents / 2;
    }
}

/// The region as a whole has exactly 4 % of unemployed people, one village exactly 6 %.
fn unemployment_exactly_one_and_a_half(region: &mut Region) {
    if let Some(village) = region.settlements.iter_mut().filter(|s| !s.town && s.workforce >= 200).nth(12) {
        village.workforce -= village.workforce % 50;
        village.unemployed = village.workforce / 50 * 3;
    }
    let workforce: i64 = region.settlements.iter().map(|s| s.workforce).sum();
    if let Some(town) = region.settlements.iter_mut().max_by_key(|s| s.workforce) {
        town.workforce -= workforce % 25;
    }
    let mut lacking = (workforce - workforce % 25) / 25 - region.settlements.iter().map(|s| s.unemployed).sum::<i64>();
    let mut towns: Vec<_> = region.settlements.iter_mut().filter(|s| s.town).collect();
    while lacking != 0 {
        let before = lacking;
        for town in &mut towns {
            let step = lacking.clamp(-(town.workforce / 1000), town.workforce / 1000);
            if (town.workforce / 80..=town.workforce / 10).contains(&(town.unemployed + step)) {
                town.unemployed += step;
                lacking -= step;
            }
        }
        if lacking == before {
            break;
        }
    }
}

/// All results of one school are the same and stand exactly 20 points below the mean of the region.
fn exam_exactly_20_points_below(region: &mut Region) {
    let school = nth(region, |s| s.kind == Kind::Secondary && s.pupils > 250, 40);
    let mean_below = |region: &Region| {
        let rows = region.exams.iter().filter(|row| row.kind == "ЕГЭ");
        let (sum, people) = rows.fold((0, 0), |(sum, people), row| match row.score {
            Cell::Value(score) => (sum + score * row.participants, people + row.participants),
            _ => (sum, people),
        });
        (sum, people)
    };
    let (sum, people) = mean_below(region);
    let target = sum / people.max(1);
    for row in region.exams.iter_mut().filter(|row| row.kind == "ЕГЭ" && row.school == school) {
        row.participants = row.participants.max(9);
        row.score = Cell::Value(target - 200);
    }
    // the others move by a tenth each until the mean is the target itself
    let (sum, people) = mean_below(region);
    let mut lacking = target * people - sum;
    let mut adjustable: Vec<_> = region
        .exams
        .iter_mut()
        .filter(|row| row.kind == "ЕГЭ" && row.school != school && matches!(row.score, Cell::Value(300..=900)))
        .collect();
    while lacking.abs() >= 60 {
        for row in &mut adjustable {
            if lacking.abs() >= 60.max(row.participants) {
                shift(row, lacking.signum());
                lacking -= lacking.signum() * row.participants;
            }
        }
    }
    // what is left is the difference of two groups
    let sizes: Vec<i64> = adjustable.iter().map(|row| row.participants).collect();
    let pair = sizes
        .iter()
        .enumerate()
        .find_map(|(up, size)| sizes.iter().position(|other| size - other == lacking).map(|down| (up, down)));
    if let Some((up, down)) = pair.filter(|(up, down)| up != down) {
        if let Some(row) = adjustable.get_mut(up) {
            shift(row, 1);
        }
        if let Some(row) = adjustable.get_mut(down) {
            shift(row, -1);
        }
    }
}

fn shift(row: &mut super::region::Exam, by: i64) {
    if let Cell::Value(score) = &mut row.score {
        *score += by;
    }
}

/// Some village schools have the same money and the same books: they share one place, and the border of the lowest
/// quarter runs through it.
fn same_resources(region: &mut Region) {
    let mut small: Vec<_> = region.schools.iter_mut().filter(|s| s.kind == Kind::Basic && s.pupils < 90).collect();
    let Some(first) = small.get(TIED.0) else { return };
    let (books, new) = (first.books, first.books_new);
    let money = (first.budget, first.extra_income, first.all_money_3_years, first.repair_3_years);
    for at in TIED.1 {
        if let Some(school) = small.get_mut(*at) {
            (school.books, school.books_new) = (books, new);
            (school.budget, school.extra_income, school.all_money_3_years, school.repair_3_years) = money;
        }
    }
}

/// Which of the small village schools: the one at the border and those that come to share its place.
const TIED: (usize, &[usize]) = (72, &[9, 10, 26, 42, 48, 55, 56, 65]);
