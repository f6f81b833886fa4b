//! Names: the districts and the larger towns are real, the villages and every figure about any of them are invented.

/// A municipal district.
#[derive(Debug)]
pub struct District {
    pub code: &'static str,
    pub name: &'static str,
    pub towns: &'static [Town],
    /// Villages with one school each.
    pub villages: usize,
    /// Kilometres that its villages are farther away than elsewhere.
    pub remote: i64,
    /// Hardship of the district, thousandths of a standard deviation; more is worse.
    pub hardship: i64,
}

#[derive(Debug)]
pub struct Town {
    pub kind: &'static str,
    pub name: &'static str,
    pub schools: usize,
    pub thousands: i64,
}

const fn town(name: &'static str, schools: usize, thousands: i64) -> Town {
    Town { kind: "г.", name, schools, thousands }
}

const fn township(name: &'static str, schools: usize, thousands: i64) -> Town {
    Town { kind: "пгт", name, schools, thousands }
}

pub const DISTRICTS: &[District] = &[
    District {
        code: "01",
        name: "Бокситогорский муниципальный район",
        towns: &[town("Бокситогорск", 4, 16), town("Пикалево", 5, 21), township("Ефимовский", 1, 4)],
        villages: 8,
        remote: 14,
        hardship: 500,
    },
    District {
        code: "02",
        name: "Волосовский муниципальный район",
        towns: &[town("Волосово", 3, 12)],
        villages: 14,
        remote: 6,
        hardship: 200,
    },
    District {
        code: "03",
        name: "Волховский муниципальный район",
        towns: &[town("Волхов", 7, 45), town("Новая Ладога", 2, 9), town("Сясьстрой", 2, 13)],
        villages: 11,
        remote: 8,
        hardship: 200,
    },
    District {
        code: "04",
        name: "Всеволожский муниципальный район",
        towns: &[
            town("Всеволожск", 6, 73),
            town("Сертолово", 3, 53),
            township("Кузьмоловский", 1, 10),
            township("Токсово", 1, 6),
        ],
        villages: 23,
        remote: 0,
        hardship: -700,
    },
    District {
        code: "05",
        name: "Выборгский район",
        towns: &[
            town("Выборг", 11, 78),
            town("Светогорск", 2, 16),
            town("Каменногорск", 1, 6),
            town("Приморск", 1, 5),
            township("Рощино", 1, 15),
        ],
        villages: 14,
        remote: 5,
        hardship: -100,
    },
    District {
        code: "06",
        name: "Гатчинский муниципальный район",
        towns: &[
            town("Гатчина", 11, 94),
            town("Коммунар", 3, 22),
            township("Вырица", 2, 12),
            township("Сиверский", 2, 12),
        ],
        villages: 20,
        remote: 1,
        hardship: -300,
    },
    District {
        code: "07",
        name: "Кингисеппский муниципальный район",
        towns: &[town("Кингисепп", 6, 47), town("Ивангород", 2, 10)],
        villages: 11,
        remote: 6,
        hardship: 0,
    },
    District {
        code: "08",
        name: "Киришский муниципальный район",
        towns: &[town("Кириши", 7, 51), township("Будогощь", 1, 4)],
        villages: 4,
        remote: 9,
        hardship: -200,
    },
    District {
        code: "09",
        name: "Кировский муниципальный район",
        towns: &[town("Кировск", 3, 26), town("Отрадное", 3, 25), town("Шлиссельбург", 1, 14), township("Мга", 1, 10)],
        villages: 9,
        remote: 3,
        hardship: 0,
    },
    District {
        code: "10",
        name: "Лодейнопольский муниципальный район",
        towns: &[town("Лодейное Поле", 4, 20)],
        villages: 7,
        remote: 15,
        hardship: 600,
    },
    District {
        code: "11",
        name: "Ломоносовский муниципальный район",
        towns: &[township("Большая Ижора", 1, 3), township("Лебяжье", 1, 4)],
        villages: 15,
        remote: 2,
        hardship: -200,
    },
    District {
        code: "12",
        name: "Лужский муниципальный район",
        towns: &[town("Луга", 6, 36), township("Толмачево", 1, 3)],
        villages: 15,
        remote: 12,
        hardship: 500,
    },
    District {
        code: "13",
        name: "Подпорожский муниципальный район",
        towns: &[town("Подпорожье", 4, 18), township("Вознесенье", 1, 2)],
        villages: 4,
        remote: 20,
        hardship: 700,
    },
    District {
        code: "14",
        name: "Приозерский муниципальный район",
        towns: &[town("Приозерск", 4, 19), township("Кузнечное", 1, 4)],
        villages: 12,
        remote: 8,
        hardship: 0,
    },
    District {
        code: "15",
        name: "Сланцевский муниципальный район",
        towns: &[town("Сланцы", 4, 33)],
        villages: 5,
        remote: 10,
        hardship: 600,
    },
    District {
        code: "16",
        name: "Тихвинский муниципальный район",
        towns: &[town("Тихвин", 8, 58)],
        villages: 10,
        remote: 14,
        hardship: 200,
    },
    District {
        code: "17",
        name: "Тосненский район",
        towns: &[town("Тосно", 4, 38), town("Любань", 1, 5), town("Никольское", 3, 22), township("Ульяновка", 2, 13)],
        villages: 12,
        remote: 3,
        hardship: 0,
    },
    District {
        code: "18",
        name: "Сосновоборский городской округ",
        towns: &[town("Сосновый Бор", 8, 68)],
        villages: 0,
        remote: 0,
        hardship: -800,
    },
];

pub const VILLAGE_KINDS: &[&str] = &["пос.", "пос.", "дер.", "дер.", "с."];

/// Names that stand alone.
pub const VILLAGES: &[&str] = &[
    "Заречье",
    "Подгорье",
    "Залесье",
    "Боровое",
    "Сосновка",
    "Берёзовка",
    "Ольховка",
    "Песчанка",
    "Поречье",
    "Заозерье",
    "Междуречье",
    "Лесное",
    "Дубрава",
    "Осиновка",
    "Рябиновка",
    "Кленовка",
    "Еловка",
    "Черемуховка",
    "Ивановка",
    "Петровка",
    "Степановка",
    "Алексеевка",
    "Павловка",
    "Михайловка",
    "Андреевка",
    "Васильевка",
    "Камышовка",
    "Журавлёвка",
    "Соколовка",
    "Воробьёво",
    "Гусево",
    "Медведево",
    "Волково",
    "Зайцево",
    "Лисицыно",
    "Красный Маяк",
    "Пятиречье",
    "Хвойное",
    "Моховое",
    "Родниково",
    "Заполье",
    "Приречье",
    "Подберезье",
    "Замостье",
];

pub const VILLAGE_SIZES: &[&str] = &["Новые", "Старые", "Большие", "Малые", "Верхние", "Нижние"];

/// Names that go with a word of [`VILLAGE_SIZES`].
pub const VILLAGE_PLURALS: &[&str] = &[
    "Ручьи",
    "Озерки",
    "Бережки",
    "Пороги",
    "Пески",
    "Горки",
    "Лужки",
    "Дубки",
    "Липки",
    "Холмы",
    "Броды",
    "Поляны",
    "Ключи",
    "Мосты",
    "Дворы",
    "Хутора",
];
