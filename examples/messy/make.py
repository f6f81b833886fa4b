"""Writes the messy files of this folder and, beside each, what a clean export of it is.

    pip install openpyxl xlwt odfpy
    python make.py

The same bytes every time. Nothing in the files is real: districts, schools and figures are made up here. Texts come first (`texts`), then
workbooks and other formats (`workbooks`, `other_formats`), then files with many troubles at once (`many`).
"""

import datetime
import gzip
import json
import pathlib

from books import letter, new, ods, put, xls, xlsx, zipped


HERE = pathlib.Path(__file__).parent

NAMES = [
    "Средняя школа № 1", "Гимназия № 2", "Основная школа села Ключи", "Лицей № 4", "Средняя школа № 5 имени Н. А. Морозова",
    "Начальная школа деревни Дубки", "Средняя школа посёлка Заречье", "Вечерняя школа", "Школа-интернат № 3", "Средняя школа № 11",
    "Основная школа деревни Новинки", "Средняя школа № 12 с углублённым изучением химии", "Гимназия «Исток»", "Средняя школа № 14",
    "Основная школа станции Разъезд", "Центр образования «Маяк»", "Средняя школа № 17", "Основная школа села Берёзовка",
    "Средняя школа № 19", "Лицей «Созвездие»", "Средняя школа № 21", "Основная школа посёлка Торфяное", "Средняя школа № 23",
    "Начальная школа – детский сад",
]
ENGLISH = [
    "Ashdown Primary School", "Barrow Hill Academy", "Castle View School", "Dunmore High School", "Eastgate Community College",
    "Fairfield Junior School", "Greenway Secondary", "Hollybrook School", "Ivy Lane Primary", "Juniper Road Academy", "Kestrel High School",
    "Langdale School", "Millbrook Primary", "Northfield Academy",
]
DISTRICTS = ["Заречный район", "Приозёрный район", "Северный район"]


def school(i):
    """Facts of school `i`, from 0: texts as a Russian office prints them."""
    pupils = 48 + (i * 137 + i * i * 29) % 890
    return {
        "code": f"9901{i + 1:02}",
        "name": NAMES[i % len(NAMES)],
        "district": DISTRICTS[i % 24 * 3 // 24],
        "pupils": str(pupils),
        "teachers": str(pupils // 14 + 3),
        "mark": comma(412 + (i * 83) % 371, 1),
        "share": comma(83 + (i * 61) % 850, 1),
        "money": pupils * 61250 + i * 1307,
    }


def comma(number, places):
    """`number` with its last `places` digits behind a decimal comma."""
    digits = f"{number:0{places + 1}}"
    return f"{digits[:-places]},{digits[-places:]}"


def table(keys, count=14, start=0):
    return [[school(i)[key] for key in keys] for i in range(start, start + count)]


def clean(rows):
    """The clean export: comma, line feed, quotes only where they are needed."""
    def cell(text):
        return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\n\r') else text
    return "".join(",".join(cell(text) for text in row) + "\n" for row in rows).encode()


def lines(rows, separator=";", end="\r\n", quote='"', always=()):
    """Rows as a well-made text: fields in quotes where they must be, and in the columns `always`."""
    def cell(at, text):
        needed = quote and (separator in text or quote in text or "\n" in text)
        return quote + text.replace(quote, quote * 2) + quote if needed or at in always else text
    return "".join(separator.join(cell(at, text) for at, text in enumerate(row)) + end for row in rows)


def write(name, data, *expected):
    """A messy file and its clean exports: one per table, the first without a number."""
    stem = name.split(".")[0]
    (HERE / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    for at, rows in enumerate(expected, 1):
        end = ".expected.csv" if at == 1 else f".{at}.expected.csv"
        (HERE / (stem + end)).write_bytes(clean(rows))


HEADER = ["Код ОО", "Наименование", "Обучающихся", "Средний балл"]
KEYS = ["code", "name", "pupils", "mark"]


def texts():
    encodings()
    separators()
    headers()
    broken()
    cells()
    traps()


def encodings():
    rows = [HEADER] + table(KEYS)
    text = lines(rows)
    write("01-utf8-mark.csv", b"\xef\xbb\xbf" + text.encode(), rows)
    # as a spreadsheet saves "Unicode text"
    write("02-utf16-mark.txt", b"\xff\xfe" + lines(rows, "\t").encode("utf-16-le"), rows)
    write("03-utf16-no-mark.csv", text.encode("utf-16-le"), rows)
    write("04-utf16-big-end.csv", b"\xfe\xff" + text.encode("utf-16-be"), rows)
    named = [HEADER] + [[c, n.replace("Гимназия «Исток»", "МБОУ «Гимназия «Исток»"), p, m] for c, n, p, m in table(KEYS)]
    write("05-windows-1251.csv", lines(named).encode("windows-1251"), named)
    old = [HEADER] + [[c, n.replace("«", "").replace("»", ""), p, m] for c, n, p, m in table(KEYS)]
    write("06-cp866.csv", lines(old).encode("cp866"), old)
    old = [[cell.replace("№ ", "") for cell in row] for row in old]
    write("07-koi8-r.csv", lines(old, end="\n").encode("koi8-r"), old)


def separators():
    rows = [HEADER] + table(KEYS)
    write("08-semicolons.csv", lines(rows), rows)
    points = [["School code", "School", "Pupils", "Mean score"]] + [
        [str(1001 + i), ENGLISH[i], school(i)["pupils"], school(i)["mark"]] for i in range(14)]
    write("09-decimal-comma-in-quotes.csv", lines(points, ","), points)
    write("10-tabs.tsv", lines(rows, "\t", "\n"), rows)
    write("11-bars.txt", lines(rows, "|", "\n"), rows)
    write("12-carets.txt", lines(rows, "^", "\n"), rows)
    write("13-tildes.txt", lines(rows, "~", "\n"), rows)
    write("14-double-colons.txt", lines(rows, "::", "\n"), rows)
    spaced = [["School code", "School", "District", "Pupils"]] + [
        [str(1001 + i), ENGLISH[i], ["West", "East, rural"][i % 2], school(i)["pupils"]] for i in range(14)]
    write("15-comma-and-space.csv", lines(spaced, ", ", "\n", always=(1, 2)), spaced)
    write("16-spaces.txt", lines([["Код", "Школа", "Обучающихся", "Балл"]] + rows[1:], " ", "\n"), [["Код", "Школа", "Обучающихся", "Балл"]] + rows[1:])
    # a spreadsheet is told the separator in the first line
    write("17-sep-line.csv", "sep=;\r\n" + lines(rows), rows)
    padded = [row + [""] for row in rows]
    write("18-separator-at-the-end.csv", lines(padded), padded)


def headers():
    body = table(KEYS)
    rows = [HEADER] + body
    title = "Сведения об образовательных организациях\r\nпо состоянию на 1 сентября 2018 г.\r\n\r\n"
    write("19-title.csv", title + lines(rows), rows)
    # as a spreadsheet saves it: the title has all its separators
    write("20-padded-title.csv", "Приложение 2 к приказу от 14.09.2018 № 311;;;\r\n;;;\r\nРезультаты экзаменов, 2018 год;;;\r\n;;;\r\n" + lines(rows), rows)

    wide = [[s["code"], s["name"], s["mark"], str(int(s["pupils"]) // 9), s["share"], str(int(s["pupils"]) // 11)] for s in map(school, range(14))]
    write("21-two-header-rows.csv",
          lines([["Код ОО", "Наименование", "Русский язык", "", "Математика", ""], ["", "", "Средний балл", "Участников", "Средний балл", "Участников"]] + wide),
          [["Код ОО", "Наименование", "Русский язык Средний балл", "Русский язык Участников", "Математика Средний балл", "Математика Участников"]] + wide)
    wider = [row + [comma(480 + i * 17, 1), comma(52 + i * 3, 1)] for i, row in enumerate(wide)]
    upper = [["Код ОО", "Наименование", "ЕГЭ", "", "", "", "ОГЭ", ""],
             ["", "", "Русский язык", "", "Математика", "", "Русский язык", "Математика"],
             ["", "", "Балл", "Чел.", "Балл", "Чел.", "Балл", "Балл"]]
    joined = ["Код ОО", "Наименование", "ЕГЭ Русский язык Балл", "ЕГЭ Русский язык Чел.", "ЕГЭ Математика Балл", "ЕГЭ Математика Чел.",
              "ОГЭ Русский язык Балл", "ОГЭ Математика Балл"]
    write("22-three-header-rows.csv", lines(upper + wider), [joined] + wider)
    write("23-no-header.csv", lines(body), body)
    write("24-numbering.csv", lines([HEADER, ["1", "2", "3", "4"]] + body), rows)
    letters = [HEADER, ["А", "Б", "1", "2"]] + body
    write("25-numbering-letters.csv", lines(letters), rows)

    marked = [row[:] for row in body]
    marked[3][3] += "*"
    marked[7][3] = "х"
    notes = "\r\n* результат предварительный\r\nх – участников менее пяти\r\nИсполнитель: Иванова А. А., тел. 00-00-00\r\n"
    write("26-footnotes.csv", lines([HEADER] + marked) + notes, [HEADER] + marked)
    write("27-source-note.csv", lines(rows) + "Источник: форма ОО-1, раздел 1.3\r\n", rows)

    total = str(sum(int(row[2]) for row in body))
    totals = body + [["", "Итого", total, "58,9"]]
    write("28-total.csv", lines([HEADER] + totals), [HEADER] + totals)
    grouped, kept = [["Район", "Наименование", "Обучающихся"]], [["Район", "Наименование", "Обучающихся"]]
    for district in DISTRICTS:
        own = [s for s in map(school, range(24)) if s["district"] == district][:5]
        for s in own:
            grouped.append([district, s["name"], s["pupils"]])
            kept.append(grouped[-1])
        grouped.append([f"Итого по району: {district}", "", str(sum(int(s["pupils"]) for s in own))])
    grouped.append(["Всего", "", str(sum(int(row[2]) for row in kept[1:]))])
    # its description says that totals are left out
    write("29-totals-left-out.csv", lines(grouped), kept)

    sections, plain = [HEADER], [HEADER]
    for district in DISTRICTS:
        sections.append([district, "", "", ""])
        for s in [s for s in map(school, range(24)) if s["district"] == district][:6]:
            sections.append([s[key] for key in KEYS])
            plain.append(sections[-1])
    write("30-sections.csv", lines(sections), plain)
    pages, body40 = "", table(KEYS, 24)
    for start in range(0, 24, 8):
        pages += lines([HEADER] + body40[start:start + 8])
    write("31-page-headers.csv", pages, [HEADER] + body40)

    first = [["Район", "Школ", "Обучающихся"]] + [[d, str(7 + i), str(3100 + i * 417)] for i, d in enumerate(DISTRICTS)]
    write("32-two-tables.csv", "Таблица 1. Районы\r\n" + lines(first) + "\r\nТаблица 2. Школы\r\n" + lines(rows), first, rows)
    year = table(["code", "name", "pupils", "share"])
    again = [[c, n, str(int(p) - 3), s] for c, n, p, s in year]
    head = ["Код ОО", "Наименование", "Обучающихся", "Доля, %"]
    write("33-two-years.csv", "2017 год\r\n" + lines([head] + again) + "\r\n2018 год\r\n" + lines([head] + year), [head] + again, [head] + year)
    gaps = lines(rows[:5]) + "\r\n" + lines(rows[5:11]) + ";;;\r\n\r\n" + lines(rows[11:])
    write("34-blank-rows.csv", gaps, rows)
    years = [["Код ОО", "Наименование", "2016", "2017", "2018"]] + [
        [s["code"], s["name"], s["pupils"], str(int(s["pupils"]) + 4), str(int(s["pupils"]) + 9)] for s in map(school, range(14))]
    write("35-years-in-the-header.csv", lines(years), years)
    words = [[s["name"], s["district"], ["городская", "сельская"][i % 2]] for i, s in enumerate(map(school, range(10)))]
    write("36-words-without-a-header.csv", lines(words), words)


def broken():
    rows = [HEADER + ["Телефон"]] + [row + [f"2-{10 + i}-{31 + i}"] for i, row in enumerate(table(KEYS))]
    text = lines(rows, end="\n").split("\n")
    short = [row[:] for row in rows]
    shortened = text[:]
    for at, keep in ((4, 4), (9, 3)):
        short[at] = short[at][:keep] + [""] * (5 - keep)
        shortened[at] = ";".join(rows[at][:keep])
    write("37-short-rows.csv", "\n".join(shortened), short)
    lost = text[:]
    lost[6] = lost[6].replace(rows[6][0] + ";", rows[6][0], 1)
    write("38-lost-separator.csv", "\n".join(lost), rows)
    extra = text[:]
    extra[5] = extra[5].replace(";", ";;", 1)
    write("39-extra-separator.csv", "\n".join(extra), rows)

    names = [["School code", "School", "Pupils", "Score"]] + [[str(1001 + i), ENGLISH[i], school(i)["pupils"], school(i)["mark"].replace(",", ".")] for i in range(14)]
    names[4][1] = "Dunmore High School, Upper Site"
    names[11][1] = "Kestrel High School, North, and Annexe"
    write("40-unquoted-separator.csv", "\n".join(",".join(row) for row in names) + "\n", names)
    stray = [row[:] for row in rows]
    stray[3][1] = 'Основная школа "села Ключи'
    write("41-stray-quote.csv", "\n".join(";".join(row) for row in stray) + "\n", stray)
    opened = [row[:] for row in rows]
    opened[8][1] = '"Вечерняя школа'
    write("42-quote-never-closed.csv", "\n".join(";".join(row) for row in opened) + "\n", opened)
    undoubled = [[c, f'МБОУ "{n}"' if i else n, p, m] for i, (c, n, p, m) in enumerate([HEADER] + table(KEYS))]
    write("43-quotes-not-doubled.csv", "\n".join(f'{c},"{n}",{p},"{m}"' for c, n, p, m in undoubled) + "\n", undoubled)
    single = [["School code", "School", "District", "Pupils"]] + [[str(1001 + i), ENGLISH[i], ["West", "East, rural", "North, urban"][i % 3], school(i)["pupils"]] for i in range(14)]
    write("44-apostrophes.csv", "\n".join(",".join([c, f"'{n}'", f"'{d}'", p]) for c, n, d, p in single) + "\n", single)
    slashed = [[c, f'МБОУ "{n}", филиал' if i % 3 == 1 else n, p, m] for i, (c, n, p, m) in enumerate([HEADER] + table(KEYS))]
    slashes = "".join('{},"{}",{},"{}"\n'.format(c, n.replace('"', '\\"'), p, m) for c, n, p, m in slashed)
    write("45-backslashes.csv", slashes, slashed)

    plain = [HEADER] + table(KEYS)
    write("46-no-line-end.csv", lines(plain).rstrip("\r\n"), plain)
    write("47-carriage-returns.csv", lines(plain, end="\r"), plain)
    mixed = "".join(lines([row], end="\r\n" if at % 3 else "\n") for at, row in enumerate(plain))
    write("48-mixed-line-ends.csv", mixed, plain)
    broken_lines = [row[:] for row in plain]
    broken_lines[0] = ["Код\nОО", "Наименование", "Обучающихся", "Средний\nбалл"]
    broken_lines[2][1] = "Гимназия № 2\n(два корпуса)"
    broken_lines[9][1] = "Школа-интернат № 3\n\nс 2018 года – филиал; приказ № 7"
    write("49-line-breaks.csv", lines(broken_lines, end="\n"), broken_lines)


def cells():
    spaced = [HEADER] + [[f" {c}", f"{n}  ", f"{p:>6}", f"{m} "] for c, n, p, m in table(KEYS)]
    write("50-spaces-around.csv", lines(spaced), spaced)
    grouped = [["Код ОО", "Наименование", "Финансирование, руб."]] + [
        [s["code"], s["name"], f"{s['money']:,}".replace(",", "\u00a0" if i % 2 else " ")] for i, s in enumerate(map(school, range(14)))]
    write("51-thousands.csv", lines(grouped), grouped)
    percents = [["Код ОО", "Наименование", "Качество знаний", "Успеваемость"]] + [
        [s["code"], s["name"], s["share"] + [" %", "%", "\u00a0%"][i % 3], "100%" if i % 4 else "98,7 %"] for i, s in enumerate(map(school, range(14)))]
    write("52-percent-signs.csv", lines(percents), percents)
    units = [["Код ОО", "Наименование", "Обучающихся", "Площадь"]] + [
        [s["code"], s["name"], s["pupils"] + " чел.", comma(int(s["pupils"]) * 52, 1) + [" кв. м", " м²"][i % 2]] for i, s in enumerate(map(school, range(14)))]
    write("53-units.csv", lines(units), units)
    days = ["01.09.1961", "1 сентября 1974 г.", "15.03.1988 г.", "7 мая 2003 года", "1.9.2011", "01/09/2012", "2013-09-01", "сентябрь 2014 г."]
    dated = [["Код ОО", "Наименование", "Дата открытия", "Лицензия"]] + [
        [s["code"], s["name"], days[i % 8], f"{10 + i}.04.2016"] for i, s in enumerate(map(school, range(14)))]
    write("54-russian-dates.csv", lines(dated), dated)
    bounds = [["School code", "School", "Entered", "Passed, %"]] + [
        [str(1001 + i), ENGLISH[i], ["<5", "10-14", school(i)["teachers"]][i % 3], [">95", school(i)["share"].replace(",", "."), "<=5", "≥ 90"][i % 4]] for i in range(14)]
    write("55-bounds.csv", lines(bounds, ",", "\n"), bounds)
    signs = ["*", "н/д", "–", "", "x", "-", "нет данных", "…"]
    absent = [HEADER + ["Доля, %"]] + [[s["code"], s["name"], s["pupils"], s["mark"] if i % 2 else signs[i // 2 % 8], signs[(i // 2 + 4) % 8] if i % 3 == 0 else s["share"]] for i, s in enumerate(map(school, range(20)))]
    write("56-signs-of-absence.csv", lines(absent), absent)
    zeros = [["Код", "Школа", "ИНН", "Обучающихся"]] + [[f"{i + 1:04}", s["name"], f"00{7300 + i * 11:08}", s["pupils"]] for i, s in enumerate(map(school, range(14)))]
    write("57-leading-zeros.csv", lines(zeros), zeros)
    hundredth = [["Код ОО", "Наименование", "Продолжили обучение, %"]] + [[s["code"], s["name"], "0," + f"{int(s['share'].replace(',', '')):03}"] for s in map(school, range(14))]
    write("58-hundred-times-off.csv", lines(hundredth), hundredth)


def traps():
    """Files that are not messy where they look so."""
    levels = ["среднее", "основное", "начальное"]
    level = [["Код ОО", "Уровень образования", "Обучающихся", "Средний балл"]] + [[s["code"], levels[i % 3], s["pupils"], s["mark"]] for i, s in enumerate(map(school, range(14)))]
    write("59-secondary-is-no-mean.csv", lines(level), level)
    empty = [HEADER] + table(KEYS)
    for at in (1, 6, 14):
        empty[at][2:] = ["", ""]
    write("60-rows-with-a-name-only.csv", lines(empty), empty)
    narrow = [["Код ОО", "Доля, %"]] + table(["code", "share"])
    write("61-two-columns.csv", "Доля продолживших обучение, 2018 год\r\n" + lines(narrow), narrow)
    few = [HEADER] + table(KEYS, 2)
    write("62-two-rows.csv", lines(few), few)
    same = [["Код ОО", "Наименование", "Год", "Балл"]] + [[s["code"], s["name"], str(2016 + k), s["mark"]] for s in map(school, range(5)) for k in range(3)]
    write("63-text-under-another-name.xls", lines(same, "\t").encode("windows-1251"), same)


def number(text):
    """The number of a workbook that a printed text stands for."""
    value = float(text.replace(",", ".").replace("\u00a0", "").replace(" ", ""))
    return int(value) if value == int(value) else value


def printed(value):
    """A value of a workbook as it is exported: the shortest text, a day as 2018-09-01."""
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return str(value)


def numbers(rows, columns):
    return [[number(cell) if at in columns else cell for at, cell in enumerate(row)] for row in rows]


def export(rows):
    return [[printed(value) for value in row] for row in rows]


def workbooks():
    body = numbers(table(KEYS), {2, 3})
    rows = [HEADER] + body

    book, sheet = new("Лист1")
    put(sheet, [["Сведения о результатах экзаменов в образовательных организациях"], ["2018 год"], [], *rows])
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("A2:D2")
    write("64-merged-title.xlsx", xlsx(book), export(rows))

    book, sheet = new("Экзамены")
    wide = [[s["code"], s["name"], number(s["mark"]), int(s["pupils"]) // 9, number(s["share"]), int(s["pupils"]) // 11, 3.9 + i / 20, 4.2 - i / 20]
            for i, s in enumerate(map(school, range(14)))]
    wide = [row[:6] + [round(value, 2) for value in row[6:]] for row in wide]
    put(sheet, [["Код ОО", "Наименование", "ЕГЭ", None, None, None, "ОГЭ", None],
                [None, None, "Русский язык", None, "Математика", None, "Русский язык", "Математика"],
                [None, None, "Балл", "Чел.", "Балл", "Чел.", None, None], *wide])
    for region in ("A1:A3", "B1:B3", "C1:F1", "G1:H1", "C2:D2", "E2:F2", "G2:G3", "H2:H3"):
        sheet.merge_cells(region)
    joined = ["Код ОО", "Наименование", "ЕГЭ Русский язык Балл", "ЕГЭ Русский язык Чел.", "ЕГЭ Математика Балл", "ЕГЭ Математика Чел.",
              "ОГЭ Русский язык", "ОГЭ Математика"]
    write("65-merged-header-rows.xlsx", xlsx(book), export([joined] + wide))

    book, sheet = new("Лист1")
    put(sheet, rows, top=5, left=3)
    write("66-table-at-c5.xlsx", xlsx(book), export(rows))

    book, sheet = new("Лист1")
    put(sheet, [[row[0], None, row[1], None, None, row[2], row[3]] for row in rows])
    write("67-blank-columns.xlsx", xlsx(book), export(rows))

    book, sheet = new("Лист1")
    phones = [rows[0][:2] + ["Телефон"] + rows[0][2:]] + [row[:2] + [f"2-{10 + i}-{31 + i}"] + row[2:] for i, row in enumerate(body)]
    put(sheet, phones)
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[5].hidden = sheet.row_dimensions[9].hidden = True
    write("68-hidden-rows-and-columns.xlsx", xlsx(book), export(phones))

    book, sheet = new("Служебный")
    put(sheet, [["Версия формы", "3.1"], ["Код региона", "99"]])
    sheet.sheet_state = "hidden"
    put(book.create_sheet("Школы"), rows)
    book.active = 1
    write("69-hidden-sheet-first.xlsx", xlsx(book), export(rows))

    book, sheet = new("2016")
    years = []
    for year in (2016, 2017, 2018):
        sheet = sheet if year == 2016 else book.create_sheet(str(year))
        own = [HEADER[:3]] + [[row[0], row[1], row[2] + (year - 2018) * 3] for row in body[: 14 if year > 2016 else 12]]
        put(sheet, own)
        years.append(export(own))
    write("70-sheet-per-year.xlsx", xlsx(book), *years)

    book, sheet = new("Лист1")
    stored, shares = {}, [["Код ОО", "Наименование", "Окончили", "Продолжили", "Доля, %"]]
    for i, row in enumerate(body):
        left, went = 20 + i * 3, 8 + i * 2
        put(sheet, [[row[0], row[1], left, went, f"=ROUND(D{i + 2}/C{i + 2}*100,1)"]], top=i + 2)
        stored[f"E{i + 2}"] = (went * 2000 + left) // (2 * left) / 10
        shares.append([row[0], row[1], left, went, stored[f"E{i + 2}"]])
    put(sheet, shares[:1])
    write("71-formulas.xlsx", xlsx(book, {"Лист1": stored}), export(shares))
    # the program that wrote the file did not compute: two cells have no value
    for cell in ("E4", "E9"):
        del stored[cell]
        shares[int(cell[1:]) - 1][4] = None
    write("72-formulas-without-a-value.xlsx", xlsx(book, {"Лист1": stored}), export(shares))

    book, sheet = new("Лист1")
    texts_ = [HEADER] + [[c, n, p if i % 3 else int(p), m if i % 2 else number(m)] for i, (c, n, p, m) in enumerate(table(KEYS))]
    put(sheet, texts_)
    write("73-numbers-as-texts.xlsx", xlsx(book), export(texts_))

    codes = [["Код", "Школа", "Обучающихся"]] + [[i + 1, row[1], row[2]] for i, row in enumerate(body)]
    book, sheet = new("Лист1")
    put(sheet, codes, formats={0: "0000"})
    write("74-codes-shown-with-zeros.xlsx", xlsx(book), export([codes[0]] + [[f"{row[0]:04}"] + row[1:] for row in codes[1:]]))
    book, sheet = new("Лист1")
    put(sheet, codes)
    write("75-codes-without-zeros.xlsx", xlsx(book), export(codes))

    book, sheet = new("Лист1")
    days = [datetime.date(1961 + i * 4, 1 + i % 12, 1 + i * 2) for i in range(14)]
    dated = [["Код ОО", "Наименование", "Дата открытия", "Лицензия"]] + [[row[0], row[1], days[i], datetime.date(2016, 4, 10 + i)] for i, row in enumerate(body)]
    put(sheet, dated, formats={2: "dd.mm.yyyy", 3: '[$-419]d mmmm yyyy" г."'})
    dated[6][2] = "не позднее 1980 г."
    sheet["C7"] = dated[6][2]
    write("76-dates.xlsx", xlsx(book), export(dated))

    book, sheet = new("Лист1")
    shown = [["Код ОО", "Наименование", "Качество знаний", "Успеваемость"]]
    exact = [shown[0]]
    for i, s in enumerate(map(school, range(14))):
        tenths = int(s["share"].replace(",", ""))
        shown.append([s["code"], s["name"], tenths / 1000, 1 if i % 4 else 0.987])
        exact.append([s["code"], s["name"], printed(tenths / 10) + "%", "100%" if i % 4 else "98.7%"])
    put(sheet, shown, formats={2: "0.0%", 3: "0%"})
    write("77-percent-formats.xlsx", xlsx(book), exact)

    book, sheet = new("Лист1")
    errors, stored = [row[:] for row in rows], {}
    put(sheet, rows)
    for cell, formula, error in (("D4", "=#REF!*2", "#REF!"), ("D9", "=C9/0", "#DIV/0!"), ("C12", "=NA()", "#N/A")):
        sheet[cell] = formula
        stored[cell] = error
        errors[int(cell[1:]) - 1][ord(cell[0]) - 65] = error
    write("78-error-cells.xlsx", xlsx(book, {"Лист1": stored}), export(errors))

    book, sheet = new("Лист1")
    marked = [row[:] for row in rows]
    marked[3][3] = "57,8*"
    marked[8][3] = "х"
    put(sheet, [*marked, [], ["* результат предварительный"], ["х – участников менее пяти"], ["Исполнитель: Иванова А. А., тел. 00-00-00"]])
    sheet.merge_cells("A17:D17")
    write("79-footnotes.xlsx", xlsx(book), export(marked))

    book, sheet = new("Лист1")
    totals, stored, at = [["Район", "Наименование", "Обучающихся"]], {}, 1
    for district in DISTRICTS:
        own = [s for s in map(school, range(24)) if s["district"] == district][:5]
        totals += [[district, s["name"], int(s["pupils"])] for s in own]
        stored[f"C{len(totals) + 1}"] = sum(int(s["pupils"]) for s in own)
        totals.append([f"Итого: {district}", None, f"=SUBTOTAL(9,C{at + 1}:C{len(totals)})"])
        at = len(totals)
    stored[f"C{len(totals) + 1}"] = sum(stored.values())
    totals.append(["Всего по региону", None, f"=SUBTOTAL(9,C2:C{len(totals)})"])
    put(sheet, totals)
    kept = [row[:2] + [stored.get(f"C{i + 1}", row[2])] for i, row in enumerate(totals)]
    write("80-district-totals.xlsx", xlsx(book, {"Лист1": stored}), export(kept))

    book, sheet = new("Лист1")
    sections, plain = [HEADER], [HEADER]
    for district in DISTRICTS:
        sections.append([district])
        for s in [s for s in map(school, range(24)) if s["district"] == district][:6]:
            sections.append([s["code"], s["name"], int(s["pupils"]), number(s["mark"])])
            plain.append(sections[-1])
    put(sheet, sections)
    for at, row in enumerate(sections, 1):
        if len(row) == 1:
            sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=4)
    write("81-merged-sections.xlsx", xlsx(book), export(plain))

    book, sheet = new("Лист1")
    grouped = [["Район", "Наименование", "Обучающихся"]] + [[s["district"], s["name"], int(s["pupils"])] for s in map(school, range(24))]
    put(sheet, [row if i in (0, 1, 9, 17) else [None] + row[1:] for i, row in enumerate(grouped)])
    for first, last in ((2, 9), (10, 17), (18, 25)):
        sheet.merge_cells(f"A{first}:A{last}")
    write("82-districts-merged-down.xlsx", xlsx(book), export(grouped))

    write("83-old-format.xls", xls([("Лист1", rows, [])]), export(rows))
    write("84-open-document.ods", ods("Лист1", rows), export(rows))
    book, sheet = new("Лист1")
    put(sheet, rows)
    write("85-with-macros.xlsm", xlsx(book, macros=True), export(rows))
    write("86-workbook-under-another-name.csv", xlsx(book), export(rows))


def other_formats():
    rows = [HEADER] + table(KEYS)
    write("87-packed.csv.gz", gzip.compress(lines(rows).encode("windows-1251"), mtime=0), rows)
    write("88-archive.zip", zipped([("школы/", b""), ("школы/список.csv", lines(rows).encode("windows-1251"))]), rows)

    keys = ["код", "название", "обучающихся", "балл"]
    facts = [dict(zip(keys, [s["code"], s["name"], int(s["pupils"]), number(s["mark"])])) for s in map(school, range(14))]
    facts[4]["балл"] = None
    asked = {"отчёт": "Экзамены", "год": 2018, "школы": facts}
    exact = [keys] + [[printed(fact[key]) for key in keys] for fact in facts]
    write("89-rows-under-a-key.json", json.dumps(asked, ensure_ascii=False, indent=1) + "\n", exact)
    lacking = [dict(fact) for fact in facts]
    del lacking[2]["обучающихся"]
    lacking[9]["примечание"] = "реорганизована, два корпуса"
    wider = keys + ["примечание"]
    exact = [wider] + [[printed(fact.get(key)) for key in wider] for fact in lacking]
    write("90-json-lines.jsonl", "".join(json.dumps(fact, ensure_ascii=False) + "\n" for fact in lacking), exact)
    listed = "# выгрузка реестра\n" + "".join(
        f"- код: {i + 1:04}\n  название: {s['name'] if i % 5 else chr(34) + s['name'] + chr(34)}\n  обучающихся: {s['pupils']}\n  балл: {s['mark']}\n"
        for i, s in enumerate(map(school, range(14))))
    write("91-list.yaml", listed, [keys] + [[f"{i + 1:04}", s["name"], s["pupils"], s["mark"]] for i, s in enumerate(map(school, range(14)))])


def many():
    """Files with many troubles at once, as they come from a department."""
    upper = [["№ п/п", "Код ОО", "Наименование", "Русский язык", "", "Математика", "", "Финансирование, руб."],
             ["", "", "", "Средний балл", "Доля сдавших", "Средний балл", "Доля сдавших", ""],
             ["1", "2", "3", "4", "5", "6", "7", "8"]]
    joined = ["№ п/п", "Код ОО", "Наименование", "Русский язык Средний балл", "Русский язык Доля сдавших", "Математика Средний балл",
              "Математика Доля сдавших", "Финансирование, руб."]
    letter_, kept, count = [], [joined], 0
    for district in DISTRICTS:
        letter_.append([district] + [""] * 7)
        for s in [s for s in map(school, range(24)) if s["district"] == district]:
            count += 1
            scores = [s["mark"], s["share"] + " %", comma(int(s["mark"].replace(",", "")) + 31, 1), "100 %"]
            if count % 7 == 3:
                scores = ["*", "*", "н/д", "–"]
            letter_.append([str(count), s["code"], f'МБОУ "{s["name"]}"' if "«" not in s["name"] else s["name"], *scores, f"{s['money']:,}".replace(",", "\u00a0")])
            kept.append(letter_[-1])
        letter_.append(["", "", f"Итого: {district}", "58,1", "", "61,4", "", "291\u00a0300\u00a0000"])
        kept.append(letter_[-1])
    text = "Приложение 3;;;;;;;\r\nк письму комитета от 14.09.2018 № 19-3311;;;;;;;\r\n;;;;;;;\r\nРезультаты государственной итоговой аттестации;;;;;;;\r\n"
    text += lines(upper + letter_) + ";;;;;;;\r\n* менее пяти участников;;;;;;;\r\nн/д – сведения не представлены;;;;;;;\r\nИсполнитель: Петрова О. И.;;;;;;;\r\n"
    write("92-letter-of-a-department.csv", text.encode("windows-1251"), kept)

    dos, page = [["Код", "Школа", "Учеников", "Учителей", "Балл"]] + table(["code", "name", "pupils", "teachers", "mark"], 24), ""
    dos = [[cell.replace("«", "").replace("»", "").replace("–", "-") for cell in row] for row in dos]
    dos = [dos[0]] + [[c, n[:40], f"{p:>8}", f"{t:>8}", m] for c, n, p, t, m in dos[1:]]
    for number_, start in enumerate(range(1, 25, 9), 1):
        page += f"ОТЧЁТ ПО ФОРМЕ 76-РИК   ЛИСТ {number_}\r\n\r\n" + lines([dos[0], ["1", "2", "3", "4", "5"]] + dos[start:start + 9], "|") + "\r\n"
    total = sum(int(row[2]) for row in dos[1:])
    write("93-dos-report.txt", (page + f"|ВСЕГО|{total:>8}|{total // 14:>8}|\r\n").encode("cp866"), dos + [["", "ВСЕГО", f"{total:>8}", f"{total // 14:>8}", ""]])

    book, sheet = new("списки")
    put(sheet, [["да"], ["нет"]])
    sheet.sheet_state = "hidden"
    sheet = book.create_sheet("Мониторинг")
    head = [["Код ОО", "Наименование", None, "Дата", "Контингент", None, "Результаты", None],
            [None, None, None, None, "Всего", "из них в 9 классе", "Качество знаний", "Балл"],
            [1, 2, None, 3, 4, 5, 6, 7]]
    names = ["Код ОО", "Наименование", "Дата", "Контингент Всего", "Контингент из них в 9 классе", "Результаты Качество знаний", "Результаты Балл"]
    grid, exact, stored, sections = [], [names], {}, []
    for at, district in enumerate(DISTRICTS):
        sections.append(9 + len(grid))
        grid.append([district])
        first = 9 + len(grid)
        own = [s for s in map(school, range(24)) if s["district"] == district]
        for i, s in enumerate(own):
            tenths = int(s["share"].replace(",", ""))
            row = [s["code"], s["name"], None, datetime.date(2018, 4, 2 + i), int(s["pupils"]), int(s["pupils"]) // 9, tenths / 1000, number(s["mark"])]
            exact_row = export([row[:2] + row[3:]])[0]
            exact_row[5] = printed(tenths / 10) + "%"
            if i == 3:
                row[6:] = ["н/д", "*"]
                exact_row[5:] = ["н/д", "*"]
            if i == 5 and at == 1:
                stored[f"I{9 + len(grid)}"] = "#DIV/0!"
                row[7], exact_row[6] = "=H1/0", "#DIV/0!"
            grid.append(row)
            exact.append(exact_row)
        line = 9 + len(grid)
        sums = [sum(int(s["pupils"]) for s in own), sum(int(s["pupils"]) // 9 for s in own)]
        grid.append([None, f"Итого: {district}", None, None, f"=SUM(F{first}:F{line - 1})", f"=SUM(G{first}:G{line - 1})"])
        stored[f"F{line}"], stored[f"G{line}"] = sums
        exact.append(["", f"Итого: {district}", "", *map(str, sums), "", ""])
    put(sheet, [["Региональный мониторинг качества знаний"], ["на 20 апреля 2018 года"]], top=2, left=2)
    put(sheet, head, top=6, left=2)
    put(sheet, grid, top=9, left=2, formats={3: "dd.mm.yyyy", 6: "0.0%"})
    put(sheet, [["* – участников менее пяти"], ["Источник: региональная информационная система"]], top=10 + len(grid), left=2)
    for region in ("B2:I2", "B3:I3", "B6:B7", "C6:C7", "E6:E7", "F6:G6", "H6:I6"):
        sheet.merge_cells(region)
    for line in sections:
        sheet.merge_cells(f"B{line}:I{line}")
    sheet.row_dimensions[sections[1] + 2].hidden = True
    book.active = 1
    write("94-monitoring.xlsx", xlsx(book, {"Мониторинг": stored}), exact)

    body = [[s["code"], s["name"], int(s["pupils"]) // 9, number(s["mark"]) if i % 5 != 2 else "х", s["mark"] if i % 3 == 0 else number(s["mark"])]
            for i, s in enumerate(map(school, range(18)))]
    old = [["Итоги пробных экзаменов", "", "", "", ""], ["", "", "", "", ""],
           ["Код ОО", "Наименование", "Участников", "Средний балл", ""], ["", "", "", "Математика", "Физика"],
           *body, ["", "Итого", sum(row[2] for row in body), "", ""], ["", "", "", "", ""], ["х – школа в экзамене не участвовала", "", "", "", ""]]
    write("95-trial-exams.xls", xls([("Лист1", old, [(0, 0, 0, 4), (2, 3, 0, 0), (2, 3, 1, 1), (2, 3, 2, 2), (2, 2, 3, 4)]), ("Лист2", [["черновик"]], [])]),
          export([["Код ОО", "Наименование", "Участников", "Средний балл Математика", "Средний балл Физика"], *body, ["", "Итого", sum(row[2] for row in body), "", ""]]))

    listed = [["Code", "School", "Head teacher", "Opened", "Pupils", "Mean score"]] + [
        [f"S-{1001 + i}", ENGLISH[i % 14] + ["", " (Annexe)"][i // 14], ["A. Hill", "B. Moor", "C. Field"][i % 3], f"{1 + i:02}/09/{1961 + i}", school(i)["pupils"], school(i)["mark"].replace(",", ".")]
        for i in range(26)]
    listed[4][1] = "Dunmore High School, Upper Site"
    listed[9][2] = 'D. "Red" Marsh'
    listed[13][4:] = ["", ""]
    listed[20][1] = "Greenway Secondary, West, and Annexe"
    rough = [",".join(row) for row in listed]
    rough[6] = rough[6].replace("S-1006,", "S-1006", 1)
    rough[13] = rough[13].rstrip(",")
    rough[17] = rough[17].replace(",", ",,", 1)
    rough[23] = rough[23].replace(",", ";")
    rough = ["School census 2018,,,,,", "", *rough[:12], "", ",,,,,", *rough[12:], "", "Source: census return, form 7; provisional"]
    write("96-broken-list.csv", "\n".join(rough), listed)

    upper = [["School", "", "Reading", "", "Mathematics", ""], ["Code", "Name", "Entries", "Passed", "Entries", "Passed"]]
    exact = [["School Code", "School Name", "Reading Entries", "Reading Passed", "Mathematics Entries", "Mathematics Passed"]]
    body = []
    for i in range(14):
        entries = int(school(i)["teachers"])
        body.append([str(1001 + i), ENGLISH[i], str(entries), school(i)["share"].replace(",", ".") + "%", str(entries + 3), "88.0%"])
        if i % 5 == 1:
            body[-1][2:4] = ["<5", "s"]
        if i % 7 == 4:
            body[-1][4:] = ["N/A", ">95%"]
    pages = lines(upper + body[:8], "\t") + lines(upper + body[8:], "\t")
    total = ["", "All schools", str(sum(int(row[2]) for row in body if row[2].isdigit())), "61.3%", "512", "88.2%"]
    text = "County return, summer 2018\r\n\r\n" + pages + lines([total], "\t") + "\r\nNotes\r\ns: fewer than five pupils\r\nN/A: not applicable\r\n"
    write("97-county-return.txt", text.encode("utf-16-le"), exact + body + [total])


def main():
    texts()
    workbooks()
    other_formats()
    many()


if __name__ == "__main__":
    main()
