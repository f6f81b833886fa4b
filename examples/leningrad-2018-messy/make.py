"""Writes the data of `examples/leningrad-2018` once more, as departments would send them: nothing is added to them and nothing is lost.

    pip install openpyxl xlwt odfpy
    python make.py

The same bytes every time.
"""

import csv
import pathlib
import sys

import openpyxl

HERE = pathlib.Path(__file__).parent
CLEAN = HERE.parent / "leningrad-2018" / "данные"
MESSY = HERE / "данные"
sys.path.insert(0, str(HERE.parent / "messy"))

from books import new, put, xls, xlsx  # noqa: E402

YEARS = (2016, 2017, 2018)
EXAMS = {"ЕГЭ": ["русский язык", "математика", "обществознание"], "ОГЭ": ["русский язык", "математика"],
         "ВПР": ["русский язык", "математика", "окружающий мир"]}


def text_rows(name, encoding="windows-1251"):
    with open(CLEAN / name, encoding=encoding, newline="") as file:
        return list(csv.reader(file, delimiter=";"))[1:]


def sheet_rows(name):
    return list(openpyxl.load_workbook(CLEAN / name).active.iter_rows(values_only=True))[1:]


DISTRICTS = dict(text_rows("муниципалитеты.csv", "utf-8"))
PLACES = {row[0]: row for row in text_rows("поселения.csv")}
SCHOOLS = sheet_rows("школы.xlsx")
NAMES = {school[0]: school[1] for school in SCHOOLS}


def district(school):
    return PLACES[school[4]][2]


def by_district():
    """The schools of each district, in the order of their codes."""
    return [(name, [s for s in SCHOOLS if district(s) == code]) for code, name in DISTRICTS.items()]


def place(code):
    """The name of a settlement with its district: it tells settlements of one name apart."""
    return f"{PLACES[code][1]}, {DISTRICTS[PLACES[code][2]]}"


def as_somebody_writes(text, at):
    """Another spelling of the name of a settlement: `г.`, `город`, nothing; е for ё; spaces."""
    kind, _, name = text.partition(" ")
    words = {"г.": "город", "пос.": "посёлок", "дер.": "деревня", "с.": "село", "пгт": "пгт"}
    short = {"г.": "г", "пос.": "п.", "дер.": "д.", "с.": "с", "пгт": "пгт."}
    spelled = [f"{kind} {name}", f"{kind}{name}" if kind.endswith(".") else f"{kind}\u00a0{name}", f"{words[kind]} {name}", name,
               f"{short[kind]} {name}", f"{kind}\u00a0{name}", f" {kind}  {name} "][at % 7]
    return spelled.replace("ё", "е") if at % 2 else spelled


def thousands(number, space="\u00a0"):
    return f"{int(number):,}".replace(",", space)


def comma(value):
    """A number of a workbook as a Russian text."""
    return str(value).replace(".", ",")


def municipalities():
    book, sheet = new("Перечень")
    put(sheet, [["Муниципальные районы и городской округ"], [], ["№ п/п", "Код муниципалитета", "Наименование"], [1, 2, 3]])
    put(sheet, [[at, code, name] for at, (code, name) in enumerate(DISTRICTS.items(), 1)], top=5)
    put(sheet, [[None, None, f"Всего: {len(DISTRICTS)}"]], top=5 + len(DISTRICTS))
    sheet.merge_cells("A1:C1")
    return xlsx(book)


def settlements():
    """Two rows of header, numbers of columns, totals of districts, thousands, notes; one quotation mark without its fellow."""
    blank = ";" * 9
    lines = ["Приложение 1 к письму от 14.09.2018 № 7-1145" + blank, blank, "Население муниципальных образований на 1 января 2018 года" + blank,
             "№ п/п;Код поселения;Населённый пункт;Муниципальное образование;Местность;Жителей, чел.;в том числе, чел.;;;Примечание",
             ";;;;;;предпенсионного и пенсионного возраста;трудоспособных;безработных;",
             "1;2;3;4;5;6;7;8;9;10"]
    at = 0
    for code, name in DISTRICTS.items():
        own = [row for row in PLACES.values() if row[2] == code]
        for row in own:
            at += 1
            note = {7: "данные на 1 апреля", 41: '"Дачный посёлок рядом', 120: "без учёта военных городков"}.get(at, "")
            lines.append(";".join([str(at), row[0], row[1], name.replace("Приозерский", "Приозёрский"), row[3], *map(thousands, row[4:]), note]))
        sums = [thousands(sum(int(row[column]) for row in own)) for column in range(4, 8)]
        lines.append(";".join(["", "", f"Итого: {name}", "", "", *sums, ""]))
    sums = [thousands(sum(int(row[column]) for row in PLACES.values())) for column in range(4, 8)]
    lines += [";".join(["", "", "Всего по области", "", "", *sums, ""]), blank, "Источник: паспорта муниципальных образований" + blank,
              "Исполнитель: Смирнова Т. В." + blank]
    return ("\r\n".join(lines) + "\r\n").encode("windows-1251")


GROUPS = [("Социальный паспорт", 5, 11), ("Кадры", 12, 16), ("Учебная литература", 17, 18), ("Финансирование, руб.", 19, 22), ("Здание", 23, 27)]
HEADERS = ["Код ОО", "Наименование", "Вид", "Уровень образования", "Населённый пункт", "Обучающихся, чел.", "Семей обучающихся",
           "Семей с низким уровнем", "С отклоняющимся поведением, чел.", "Без учебной мотивации, чел.", "Слабо знают русский язык, чел.",
           "До ближайшего образовательного центра, км", "Учителей, чел.", "Подтвердили или повысили категорию за 3 года, чел.",
           "Работают на 1,5 ставки и более, чел.", "Участвовали в конкурсах за 3 года, чел.", "Преподают не по профилю диплома, чел.",
           "Фонд, экз.", "в том числе не старше 3 лет, экз.", "по заданию", "внебюджетные средства от услуг",
           "из всех источников за 3 года", "на ремонт и обновление за 3 года", "В плане реновации", "В плане капитального строительства", "Смен",
           "Площадь на обучающегося, кв. м", "Норма площади, кв. м"]


def schools():
    """A hidden sheet, a title, two rows of header merged both ways, numbers of columns, districts as headings, totals, money as texts, notes."""
    book, sheet = new("Справочник")
    put(sheet, [["Вид"], ["средняя"], ["основная"], ["начальная"]])
    sheet.sheet_state = "hidden"
    sheet = book.create_sheet("Паспорта")
    book.active = 1
    put(sheet, [["Паспорта общеобразовательных организаций Ленинградской области"], ["на 1 сентября 2018 года"]])
    upper, lower = ["№ п/п", *HEADERS[:5]] + [None] * 23, [None] * 6 + HEADERS[5:]
    merged = ["A1:AC1", "A2:AC2"] + [f"{letter}4:{letter}5" for letter in "ABCDEF"]
    for name, first, last in GROUPS:
        upper[first + 1] = name
        sheet.merge_cells(start_row=4, end_row=4, start_column=first + 2, end_column=last + 2)
    put(sheet, [upper, lower, list(range(1, 30))], top=4)
    line, count = 7, 0
    for name, own in by_district():
        put(sheet, [[name]], top=line)
        sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=29)
        line += 1
        for school in own:
            count += 1
            cells = list(school)
            cells[4] = as_somebody_writes(place(school[4]), count)
            for column in range(19, 23):
                if cells[column] is not None:
                    cells[column] = thousands(cells[column], "\u00a0" if column % 2 else " ")
            if cells[26] is not None and count % 3 == 0:
                cells[26] = comma(cells[26])
            cells = [("н/д" if at % 2 else None) if value is None else value for at, value in enumerate(cells)]
            put(sheet, [[count, *cells]], top=line)
            line += 1
        put(sheet, [[None, None, f"Итого: {name}", None, None, None, sum(s[5] for s in own), sum(s[6] for s in own)]], top=line)
        line += 1
    put(sheet, [[None, None, "Всего по области", None, None, None, sum(s[5] for s in SCHOOLS), sum(s[6] for s in SCHOOLS)]], top=line)
    put(sheet, [["н/д – сведения не представлены"], ["Исполнитель: Смирнова Т. В., тел. 0-00-00"]], top=line + 2)
    for region in merged:
        sheet.merge_cells(region)
    return xlsx(book)


def leavers():
    """Three columns per year; totals of districts."""
    facts = {(school, int(year)): rest for school, year, *rest in text_rows("выпускники-9.csv")}
    marks = {"": "н/д", "-": "–"}
    lines = ["Выпускники девятых классов, 2016–2018 годы", "",
             "Код ОО;Наименование;2016;;;2017;;;2018;;", ";;" + ";".join(["Окончили 9 класс, чел.;Продолжили в 10 классе, чел.;в том числе в своей школе, чел."] * 3)]
    for name, own in by_district():
        for school in own:
            cells = [marks.get(value, value) for year in YEARS for value in facts[school[0], year]]
            lines.append(";".join([school[0], school[1], *cells]))
        sums = [str(sum(int(facts[s[0], year][at]) for s in own if facts[s[0], year][at].isdigit())) for year in YEARS for at in (0, 1, 2)]
        lines.append(";".join(["", f"Итого: {name}", *sums]))
    lines += ["", "н/д – сведения не представлены; – в школе нет девятых классов"]
    return ("\r\n".join(lines) + "\r\n").encode("windows-1251")


def wide(sheet, title, groups, pair, facts, number, notes):
    """A pair of columns per subject under the name of an exam: three rows of header, districts as headings, totals of the second of each pair.

    `facts`: per school, exam and subject the two values; what is not there stays empty."""
    columns = [(exam, subject) for exam, subjects in groups.items() for subject in subjects]
    last = 3 + 2 * len(columns)
    put(sheet, [[title]])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=last)
    put(sheet, [["№ п/п", "Код ОО", "Наименование"]], top=3)
    for column in (1, 2, 3):
        sheet.merge_cells(start_row=3, end_row=5, start_column=column, end_column=column)
    at = 4
    for exam, subjects in groups.items():
        put(sheet, [[exam]], top=3, left=at)
        sheet.merge_cells(start_row=3, end_row=3, start_column=at, end_column=at + 2 * len(subjects) - 1)
        for subject in subjects:
            put(sheet, [[subject, None], pair], top=4, left=at)
            sheet.merge_cells(start_row=4, end_row=4, start_column=at, end_column=at + 1)
            at += 2
    line, count = 6, 0
    for name, own in by_district():
        put(sheet, [[name]], top=line)
        sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=last)
        line += 1
        sums = [0] * len(columns)
        for school in own:
            count += 1
            put(sheet, [[count, school[0], school[1]]], top=line)
            for at, (exam, subject) in enumerate(columns):
                fact = facts.get((school[0], exam, subject))
                if fact is not None:
                    number(sheet.cell(line, 4 + 2 * at), fact[0], count + at)
                    sheet.cell(line, 5 + 2 * at, int(fact[1]))
                    sums[at] += int(fact[1])
            line += 1
        put(sheet, [[None, None, f"Итого: {name}"]], top=line)
        for at, total in enumerate(sums):
            sheet.cell(line, 5 + 2 * at, total)
        line += 1
    put(sheet, [[note] for note in notes], top=line + 1)


def score(cell, printed, at):
    """A score as a number, every third as a text; no score as `н/д`."""
    if printed in ("", "*"):
        cell.value = printed or "н/д"
    elif at % 3 == 0:
        cell.value = printed
    else:
        cell.value = float(printed.replace(",", "."))
        cell.number_format = "0." + "0" * len(printed.partition(",")[2])


def exams():
    """A sheet per year, a pair of columns per subject."""
    book = openpyxl.Workbook()
    for year in YEARS:
        sheet = book.active if year == YEARS[0] else book.create_sheet()
        sheet.title = str(year)
        facts = {(school, exam, subject): (mark, people) for school, exam, subject, _, mark, people in text_rows(f"экзамены-{year}.csv")}
        wide(sheet, f"Результаты ЕГЭ, ОГЭ и ВПР, {year} год", EXAMS, ["Средний балл", "Участников, чел."], facts, score,
             ["* – участников менее пяти", "н/д – сведения не представлены", "Источник: региональная информационная система"])
    return xlsx(book)


def quality(cell, stored, at):
    """A percentage in one of three ways: `12,5 %`, `12,5%`, a number of a percent format."""
    if isinstance(stored, str):
        cell.value = stored
    elif at % 3 < 2:
        cell.value = comma(stored) + [" %", "%"][at % 3]
    else:
        cell.value = float(f"{stored}e-2")
        cell.number_format = "0.0%"


def monitoring():
    """A sheet per year, a pair of columns per subject of each work."""
    book = openpyxl.Workbook()
    rows = sheet_rows("мониторинги.xlsx")
    for year in YEARS:
        sheet = book.active if year == YEARS[0] else book.create_sheet()
        sheet.title = f"{year} год"
        facts = {(school, work, subject): (mark, people) for school, work, subject, own, mark, people in rows if own == year}
        wide(sheet, f"Региональные диагностические работы, {year} год", groups_of(rows), ["Качество знаний", "Участников, чел."], facts, quality,
             ["* – участников менее пяти", "н/д – работа не проводилась"])
    return xlsx(book)


def groups_of(rows):
    """The works in their order, with their subjects."""
    return {work: sorted({row[2] for row in rows if row[1] == work}) for work in sorted({row[1] for row in rows})}


def contests():
    """A report of a DOS program: pages with title, header and numbers of columns, totals of years, a column that can be computed."""
    lines, page, rows = [], 0, text_rows("олимпиады.csv")
    header = "Код ОО|Год|Участников олимпиад и конкурсов, чел.|Обучающихся, чел.|Участие"
    for start in range(0, len(rows), 60):
        page += 1
        lines += [f"УЧАСТИЕ В ОЛИМПИАДАХ И КОНКУРСАХ                ЛИСТ {page}", "", header, "1|2|3|4|5"]
        for code, year, people, pupils in rows[start:start + 60]:
            share = comma(f"{int(people) * 100 / int(pupils):.1f}") + " %" if people.isdigit() else ""
            lines.append("|".join([code, year, f"{people or 'н/д':>6}", f"{pupils:>6}", share]))
        lines.append("")
    return ("\r\n".join(lines) + "\r\n").encode("cp866") + b"\x1a"


def reviews():
    """The old workbook format; percentages as texts."""
    rows = [["Независимая оценка качества условий", "", "", "", "", ""], [""] * 6,
            ["№ п/п", "Код ОО", "Год", "Результаты опроса", "", "Примечание"], ["", "", "", "Удовлетворены качеством, %", "Опрошено, чел.", ""]]
    for at, (code, year, mark, people) in enumerate(sheet_rows("независимая-оценка.xlsx"), 1):
        shown = mark if isinstance(mark, str) else comma(mark) + " %"
        rows.append([at, code, year, shown, people, "повторно" if at % 50 == 0 else ""])
    rows += [["", "Всего", "", "", sum(row[4] for row in rows[4:]), ""], [""] * 6, ["* – опрошено менее пяти человек", "", "", "", "", ""]]
    merged = [(0, 0, 0, 5), (2, 3, 0, 0), (2, 3, 1, 1), (2, 3, 2, 2), (2, 2, 3, 4), (2, 3, 5, 5)]
    return xls([("НОК", rows, merged)])


FILES = {"муниципалитеты.xlsx": municipalities, "поселения.csv": settlements, "школы.xlsx": schools, "выпускники-9.csv": leavers,
         "экзамены.xlsx": exams, "мониторинги.xlsx": monitoring, "олимпиады.txt": contests, "независимая-оценка.xls": reviews}

if __name__ == "__main__":
    MESSY.mkdir(exist_ok=True)
    for file, made in FILES.items():
        (MESSY / file).write_bytes(made())
