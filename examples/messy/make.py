"""Writes the messy files of this folder and, beside each, what a clean export of it is.

    pip install openpyxl xlwt odfpy
    python make.py

The same bytes every time. Nothing in the files is real: districts, schools and figures are made up here. Texts come first (`texts`), then
workbooks and other formats (`workbooks`, `other_formats`), files with many troubles at once (`many`), and texts that lead astray (`hard`).
"""

import datetime
import gzip
import io
import json
import pathlib
import zipfile

from books import Error, Rich, letter, new, ods, old, put, xls, xlsb, xlsx, zipped


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
    write("001-utf8-mark.csv", b"\xef\xbb\xbf" + text.encode(), rows)
    # as a spreadsheet saves "Unicode text"
    write("002-utf16-mark.txt", b"\xff\xfe" + lines(rows, "\t").encode("utf-16-le"), rows)
    write("003-utf16-no-mark.csv", text.encode("utf-16-le"), rows)
    write("004-utf16-big-end.csv", b"\xfe\xff" + text.encode("utf-16-be"), rows)
    named = [HEADER] + [[c, n.replace("Гимназия «Исток»", "МБОУ «Гимназия «Исток»"), p, m] for c, n, p, m in table(KEYS)]
    write("005-windows-1251.csv", lines(named).encode("windows-1251"), named)
    old = [HEADER] + [[c, n.replace("«", "").replace("»", ""), p, m] for c, n, p, m in table(KEYS)]
    write("006-cp866.csv", lines(old).encode("cp866"), old)
    old = [[cell.replace("№ ", "") for cell in row] for row in old]
    write("007-koi8-r.csv", lines(old, end="\n").encode("koi8-r"), old)


def separators():
    rows = [HEADER] + table(KEYS)
    write("008-semicolons.csv", lines(rows), rows)
    points = [["School code", "School", "Pupils", "Mean score"]] + [
        [str(1001 + i), ENGLISH[i], school(i)["pupils"], school(i)["mark"]] for i in range(14)]
    write("009-decimal-comma-in-quotes.csv", lines(points, ","), points)
    write("010-tabs.tsv", lines(rows, "\t", "\n"), rows)
    write("011-bars.txt", lines(rows, "|", "\n"), rows)
    write("012-carets.txt", lines(rows, "^", "\n"), rows)
    write("013-tildes.txt", lines(rows, "~", "\n"), rows)
    write("014-double-colons.txt", lines(rows, "::", "\n"), rows)
    spaced = [["School code", "School", "District", "Pupils"]] + [
        [str(1001 + i), ENGLISH[i], ["West", "East, rural"][i % 2], school(i)["pupils"]] for i in range(14)]
    write("015-comma-and-space.csv", lines(spaced, ", ", "\n", always=(1, 2)), spaced)
    write("016-spaces.txt", lines([["Код", "Школа", "Обучающихся", "Балл"]] + rows[1:], " ", "\n"), [["Код", "Школа", "Обучающихся", "Балл"]] + rows[1:])
    # a spreadsheet is told the separator in the first line
    write("017-sep-line.csv", "sep=;\r\n" + lines(rows), rows)
    padded = [row + [""] for row in rows]
    write("018-separator-at-the-end.csv", lines(padded), padded)


def headers():
    body = table(KEYS)
    rows = [HEADER] + body
    title = "Сведения об образовательных организациях\r\nпо состоянию на 1 сентября 2018 г.\r\n\r\n"
    write("019-title.csv", title + lines(rows), rows)
    # as a spreadsheet saves it: the title has all its separators
    write("020-padded-title.csv", "Приложение 2 к приказу от 14.09.2018 № 311;;;\r\n;;;\r\nРезультаты экзаменов, 2018 год;;;\r\n;;;\r\n" + lines(rows), rows)

    wide = [[s["code"], s["name"], s["mark"], str(int(s["pupils"]) // 9), s["share"], str(int(s["pupils"]) // 11)] for s in map(school, range(14))]
    write("021-two-header-rows.csv",
          lines([["Код ОО", "Наименование", "Русский язык", "", "Математика", ""], ["", "", "Средний балл", "Участников", "Средний балл", "Участников"]] + wide),
          [["Код ОО", "Наименование", "Русский язык Средний балл", "Русский язык Участников", "Математика Средний балл", "Математика Участников"]] + wide)
    wider = [row + [comma(480 + i * 17, 1), comma(52 + i * 3, 1)] for i, row in enumerate(wide)]
    upper = [["Код ОО", "Наименование", "ЕГЭ", "", "", "", "ОГЭ", ""],
             ["", "", "Русский язык", "", "Математика", "", "Русский язык", "Математика"],
             ["", "", "Балл", "Чел.", "Балл", "Чел.", "Балл", "Балл"]]
    joined = ["Код ОО", "Наименование", "ЕГЭ Русский язык Балл", "ЕГЭ Русский язык Чел.", "ЕГЭ Математика Балл", "ЕГЭ Математика Чел.",
              "ОГЭ Русский язык Балл", "ОГЭ Математика Балл"]
    write("022-three-header-rows.csv", lines(upper + wider), [joined] + wider)
    write("023-no-header.csv", lines(body), body)
    write("024-numbering.csv", lines([HEADER, ["1", "2", "3", "4"]] + body), rows)
    letters = [HEADER, ["А", "Б", "1", "2"]] + body
    write("025-numbering-letters.csv", lines(letters), rows)

    marked = [row[:] for row in body]
    marked[3][3] += "*"
    marked[7][3] = "х"
    notes = "\r\n* результат предварительный\r\nх – участников менее пяти\r\nИсполнитель: Иванова А. А., тел. 00-00-00\r\n"
    write("026-footnotes.csv", lines([HEADER] + marked) + notes, [HEADER] + marked)
    write("027-source-note.csv", lines(rows) + "Источник: форма ОО-1, раздел 1.3\r\n", rows)

    total = str(sum(int(row[2]) for row in body))
    totals = body + [["", "Итого", total, "58,9"]]
    write("028-total.csv", lines([HEADER] + totals), [HEADER] + totals)
    grouped, kept = [["Район", "Наименование", "Обучающихся"]], [["Район", "Наименование", "Обучающихся"]]
    for district in DISTRICTS:
        own = [s for s in map(school, range(24)) if s["district"] == district][:5]
        for s in own:
            grouped.append([district, s["name"], s["pupils"]])
            kept.append(grouped[-1])
        grouped.append([f"Итого по району: {district}", "", str(sum(int(s["pupils"]) for s in own))])
    grouped.append(["Всего", "", str(sum(int(row[2]) for row in kept[1:]))])
    # its description says that totals are left out
    write("029-totals-left-out.csv", lines(grouped), kept)

    sections, plain = [HEADER], [HEADER]
    for district in DISTRICTS:
        sections.append([district, "", "", ""])
        for s in [s for s in map(school, range(24)) if s["district"] == district][:6]:
            sections.append([s[key] for key in KEYS])
            plain.append(sections[-1])
    write("030-sections.csv", lines(sections), plain)
    pages, body40 = "", table(KEYS, 24)
    for start in range(0, 24, 8):
        pages += lines([HEADER] + body40[start:start + 8])
    write("031-page-headers.csv", pages, [HEADER] + body40)

    first = [["Район", "Школ", "Обучающихся"]] + [[d, str(7 + i), str(3100 + i * 417)] for i, d in enumerate(DISTRICTS)]
    write("032-two-tables.csv", "Таблица 1. Районы\r\n" + lines(first) + "\r\nТаблица 2. Школы\r\n" + lines(rows), first, rows)
    year = table(["code", "name", "pupils", "share"])
    again = [[c, n, str(int(p) - 3), s] for c, n, p, s in year]
    head = ["Код ОО", "Наименование", "Обучающихся", "Доля, %"]
    write("033-two-years.csv", "2017 год\r\n" + lines([head] + again) + "\r\n2018 год\r\n" + lines([head] + year), [head] + again, [head] + year)
    gaps = lines(rows[:5]) + "\r\n" + lines(rows[5:11]) + ";;;\r\n\r\n" + lines(rows[11:])
    write("034-blank-rows.csv", gaps, rows)
    years = [["Код ОО", "Наименование", "2016", "2017", "2018"]] + [
        [s["code"], s["name"], s["pupils"], str(int(s["pupils"]) + 4), str(int(s["pupils"]) + 9)] for s in map(school, range(14))]
    write("035-years-in-the-header.csv", lines(years), years)
    words = [[s["name"], s["district"], ["городская", "сельская"][i % 2]] for i, s in enumerate(map(school, range(10)))]
    write("036-words-without-a-header.csv", lines(words), words)


def broken():
    rows = [HEADER + ["Телефон"]] + [row + [f"2-{10 + i}-{31 + i}"] for i, row in enumerate(table(KEYS))]
    text = lines(rows, end="\n").split("\n")
    short = [row[:] for row in rows]
    shortened = text[:]
    for at, keep in ((4, 4), (9, 3)):
        short[at] = short[at][:keep] + [""] * (5 - keep)
        shortened[at] = ";".join(rows[at][:keep])
    write("037-short-rows.csv", "\n".join(shortened), short)
    lost = text[:]
    lost[6] = lost[6].replace(rows[6][0] + ";", rows[6][0], 1)
    write("038-lost-separator.csv", "\n".join(lost), rows)
    extra = text[:]
    extra[5] = extra[5].replace(";", ";;", 1)
    write("039-extra-separator.csv", "\n".join(extra), rows)

    names = [["School code", "School", "Pupils", "Score"]] + [[str(1001 + i), ENGLISH[i], school(i)["pupils"], school(i)["mark"].replace(",", ".")] for i in range(14)]
    names[4][1] = "Dunmore High School, Upper Site"
    names[11][1] = "Kestrel High School, North, and Annexe"
    write("040-unquoted-separator.csv", "\n".join(",".join(row) for row in names) + "\n", names)
    stray = [row[:] for row in rows]
    stray[3][1] = 'Основная школа "села Ключи'
    write("041-stray-quote.csv", "\n".join(";".join(row) for row in stray) + "\n", stray)
    opened = [row[:] for row in rows]
    opened[8][1] = '"Вечерняя школа'
    write("042-quote-never-closed.csv", "\n".join(";".join(row) for row in opened) + "\n", opened)
    undoubled = [[c, f'МБОУ "{n}"' if i else n, p, m] for i, (c, n, p, m) in enumerate([HEADER] + table(KEYS))]
    write("043-quotes-not-doubled.csv", "\n".join(f'{c},"{n}",{p},"{m}"' for c, n, p, m in undoubled) + "\n", undoubled)
    single = [["School code", "School", "District", "Pupils"]] + [[str(1001 + i), ENGLISH[i], ["West", "East, rural", "North, urban"][i % 3], school(i)["pupils"]] for i in range(14)]
    write("044-apostrophes.csv", "\n".join(",".join([c, f"'{n}'", f"'{d}'", p]) for c, n, d, p in single) + "\n", single)
    slashed = [[c, f'МБОУ "{n}", филиал' if i % 3 == 1 else n, p, m] for i, (c, n, p, m) in enumerate([HEADER] + table(KEYS))]
    slashes = "".join('{},"{}",{},"{}"\n'.format(c, n.replace('"', '\\"'), p, m) for c, n, p, m in slashed)
    write("045-backslashes.csv", slashes, slashed)

    plain = [HEADER] + table(KEYS)
    write("046-no-line-end.csv", lines(plain).rstrip("\r\n"), plain)
    write("047-carriage-returns.csv", lines(plain, end="\r"), plain)
    mixed = "".join(lines([row], end="\r\n" if at % 3 else "\n") for at, row in enumerate(plain))
    write("048-mixed-line-ends.csv", mixed, plain)
    broken_lines = [row[:] for row in plain]
    broken_lines[0] = ["Код\nОО", "Наименование", "Обучающихся", "Средний\nбалл"]
    broken_lines[2][1] = "Гимназия № 2\n(два корпуса)"
    broken_lines[9][1] = "Школа-интернат № 3\n\nс 2018 года – филиал; приказ № 7"
    write("049-line-breaks.csv", lines(broken_lines, end="\n"), broken_lines)


def cells():
    spaced = [HEADER] + [[f" {c}", f"{n}  ", f"{p:>6}", f"{m} "] for c, n, p, m in table(KEYS)]
    write("050-spaces-around.csv", lines(spaced), spaced)
    grouped = [["Код ОО", "Наименование", "Финансирование, руб."]] + [
        [s["code"], s["name"], f"{s['money']:,}".replace(",", "\u00a0" if i % 2 else " ")] for i, s in enumerate(map(school, range(14)))]
    write("051-thousands.csv", lines(grouped), grouped)
    percents = [["Код ОО", "Наименование", "Качество знаний", "Успеваемость"]] + [
        [s["code"], s["name"], s["share"] + [" %", "%", "\u00a0%"][i % 3], "100%" if i % 4 else "98,7 %"] for i, s in enumerate(map(school, range(14)))]
    write("052-percent-signs.csv", lines(percents), percents)
    units = [["Код ОО", "Наименование", "Обучающихся", "Площадь"]] + [
        [s["code"], s["name"], s["pupils"] + " чел.", comma(int(s["pupils"]) * 52, 1) + [" кв. м", " м²"][i % 2]] for i, s in enumerate(map(school, range(14)))]
    write("053-units.csv", lines(units), units)
    days = ["01.09.1961", "1 сентября 1974 г.", "15.03.1988 г.", "7 мая 2003 года", "1.9.2011", "01/09/2012", "2013-09-01", "сентябрь 2014 г."]
    dated = [["Код ОО", "Наименование", "Дата открытия", "Лицензия"]] + [
        [s["code"], s["name"], days[i % 8], f"{10 + i}.04.2016"] for i, s in enumerate(map(school, range(14)))]
    write("054-russian-dates.csv", lines(dated), dated)
    bounds = [["School code", "School", "Entered", "Passed, %"]] + [
        [str(1001 + i), ENGLISH[i], ["<5", "10-14", school(i)["teachers"]][i % 3], [">95", school(i)["share"].replace(",", "."), "<=5", "≥ 90"][i % 4]] for i in range(14)]
    write("055-bounds.csv", lines(bounds, ",", "\n"), bounds)
    signs = ["*", "н/д", "–", "", "x", "-", "нет данных", "…"]
    absent = [HEADER + ["Доля, %"]] + [[s["code"], s["name"], s["pupils"], s["mark"] if i % 2 else signs[i // 2 % 8], signs[(i // 2 + 4) % 8] if i % 3 == 0 else s["share"]] for i, s in enumerate(map(school, range(20)))]
    write("056-signs-of-absence.csv", lines(absent), absent)
    zeros = [["Код", "Школа", "ИНН", "Обучающихся"]] + [[f"{i + 1:04}", s["name"], f"00{7300 + i * 11:08}", s["pupils"]] for i, s in enumerate(map(school, range(14)))]
    write("057-leading-zeros.csv", lines(zeros), zeros)
    hundredth = [["Код ОО", "Наименование", "Продолжили обучение, %"]] + [[s["code"], s["name"], "0," + f"{int(s['share'].replace(',', '')):03}"] for s in map(school, range(14))]
    write("058-hundred-times-off.csv", lines(hundredth), hundredth)


def traps():
    """Files that are not messy where they look so."""
    levels = ["среднее", "основное", "начальное"]
    level = [["Код ОО", "Уровень образования", "Обучающихся", "Средний балл"]] + [[s["code"], levels[i % 3], s["pupils"], s["mark"]] for i, s in enumerate(map(school, range(14)))]
    write("059-secondary-is-no-mean.csv", lines(level), level)
    empty = [HEADER] + table(KEYS)
    for at in (1, 6, 14):
        empty[at][2:] = ["", ""]
    write("060-rows-with-a-name-only.csv", lines(empty), empty)
    narrow = [["Код ОО", "Доля, %"]] + table(["code", "share"])
    write("061-two-columns.csv", "Доля продолживших обучение, 2018 год\r\n" + lines(narrow), narrow)
    few = [HEADER] + table(KEYS, 2)
    write("062-two-rows.csv", lines(few), few)
    same = [["Код ОО", "Наименование", "Год", "Балл"]] + [[s["code"], s["name"], str(2016 + k), s["mark"]] for s in map(school, range(5)) for k in range(3)]
    write("063-text-under-another-name.xls", lines(same, "\t").encode("windows-1251"), same)


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
    write("064-merged-title.xlsx", xlsx(book), export(rows))

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
    write("065-merged-header-rows.xlsx", xlsx(book), export([joined] + wide))

    book, sheet = new("Лист1")
    put(sheet, rows, top=5, left=3)
    write("066-table-at-c5.xlsx", xlsx(book), export(rows))

    book, sheet = new("Лист1")
    put(sheet, [[row[0], None, row[1], None, None, row[2], row[3]] for row in rows])
    write("067-blank-columns.xlsx", xlsx(book), export(rows))

    book, sheet = new("Лист1")
    phones = [rows[0][:2] + ["Телефон"] + rows[0][2:]] + [row[:2] + [f"2-{10 + i}-{31 + i}"] + row[2:] for i, row in enumerate(body)]
    put(sheet, phones)
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[5].hidden = sheet.row_dimensions[9].hidden = True
    write("068-hidden-rows-and-columns.xlsx", xlsx(book), export(phones))

    book, sheet = new("Служебный")
    put(sheet, [["Версия формы", "3.1"], ["Код региона", "99"]])
    sheet.sheet_state = "hidden"
    put(book.create_sheet("Школы"), rows)
    book.active = 1
    write("069-hidden-sheet-first.xlsx", xlsx(book), export(rows))

    book, sheet = new("2016")
    years = []
    for year in (2016, 2017, 2018):
        sheet = sheet if year == 2016 else book.create_sheet(str(year))
        own = [HEADER[:3]] + [[row[0], row[1], row[2] + (year - 2018) * 3] for row in body[: 14 if year > 2016 else 12]]
        put(sheet, own)
        years.append(export(own))
    write("070-sheet-per-year.xlsx", xlsx(book), *years)

    book, sheet = new("Лист1")
    stored, shares = {}, [["Код ОО", "Наименование", "Окончили", "Продолжили", "Доля, %"]]
    for i, row in enumerate(body):
        left, went = 20 + i * 3, 8 + i * 2
        put(sheet, [[row[0], row[1], left, went, f"=ROUND(D{i + 2}/C{i + 2}*100,1)"]], top=i + 2)
        stored[f"E{i + 2}"] = (went * 2000 + left) // (2 * left) / 10
        shares.append([row[0], row[1], left, went, stored[f"E{i + 2}"]])
    put(sheet, shares[:1])
    write("071-formulas.xlsx", xlsx(book, {"Лист1": stored}), export(shares))
    # the program that wrote the file did not compute: two cells have no value
    for cell in ("E4", "E9"):
        del stored[cell]
        shares[int(cell[1:]) - 1][4] = None
    write("072-formulas-without-a-value.xlsx", xlsx(book, {"Лист1": stored}), export(shares))

    book, sheet = new("Лист1")
    texts_ = [HEADER] + [[c, n, p if i % 3 else int(p), m if i % 2 else number(m)] for i, (c, n, p, m) in enumerate(table(KEYS))]
    put(sheet, texts_)
    write("073-numbers-as-texts.xlsx", xlsx(book), export(texts_))

    codes = [["Код", "Школа", "Обучающихся"]] + [[i + 1, row[1], row[2]] for i, row in enumerate(body)]
    book, sheet = new("Лист1")
    put(sheet, codes, formats={0: "0000"})
    write("074-codes-shown-with-zeros.xlsx", xlsx(book), export([codes[0]] + [[f"{row[0]:04}"] + row[1:] for row in codes[1:]]))
    book, sheet = new("Лист1")
    put(sheet, codes)
    write("075-codes-without-zeros.xlsx", xlsx(book), export(codes))

    book, sheet = new("Лист1")
    days = [datetime.date(1961 + i * 4, 1 + i % 12, 1 + i * 2) for i in range(14)]
    dated = [["Код ОО", "Наименование", "Дата открытия", "Лицензия"]] + [[row[0], row[1], days[i], datetime.date(2016, 4, 10 + i)] for i, row in enumerate(body)]
    put(sheet, dated, formats={2: "dd.mm.yyyy", 3: '[$-419]d mmmm yyyy" г."'})
    dated[6][2] = "не позднее 1980 г."
    sheet["C7"] = dated[6][2]
    write("076-dates.xlsx", xlsx(book), export(dated))

    book, sheet = new("Лист1")
    shown = [["Код ОО", "Наименование", "Качество знаний", "Успеваемость"]]
    exact = [shown[0]]
    for i, s in enumerate(map(school, range(14))):
        tenths = int(s["share"].replace(",", ""))
        shown.append([s["code"], s["name"], tenths / 1000, 1 if i % 4 else 0.987])
        exact.append([s["code"], s["name"], printed(tenths / 10) + "%", "100%" if i % 4 else "98.7%"])
    put(sheet, shown, formats={2: "0.0%", 3: "0%"})
    write("077-percent-formats.xlsx", xlsx(book), exact)

    book, sheet = new("Лист1")
    errors, stored = [row[:] for row in rows], {}
    put(sheet, rows)
    for cell, formula, error in (("D4", "=#REF!*2", "#REF!"), ("D9", "=C9/0", "#DIV/0!"), ("C12", "=NA()", "#N/A")):
        sheet[cell] = formula
        stored[cell] = error
        errors[int(cell[1:]) - 1][ord(cell[0]) - 65] = error
    write("078-error-cells.xlsx", xlsx(book, {"Лист1": stored}), export(errors))

    book, sheet = new("Лист1")
    marked = [row[:] for row in rows]
    marked[3][3] = "57,8*"
    marked[8][3] = "х"
    put(sheet, [*marked, [], ["* результат предварительный"], ["х – участников менее пяти"], ["Исполнитель: Иванова А. А., тел. 00-00-00"]])
    sheet.merge_cells("A17:D17")
    write("079-footnotes.xlsx", xlsx(book), export(marked))

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
    write("080-district-totals.xlsx", xlsx(book, {"Лист1": stored}), export(kept))

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
    write("081-merged-sections.xlsx", xlsx(book), export(plain))

    book, sheet = new("Лист1")
    grouped = [["Район", "Наименование", "Обучающихся"]] + [[s["district"], s["name"], int(s["pupils"])] for s in map(school, range(24))]
    put(sheet, [row if i in (0, 1, 9, 17) else [None] + row[1:] for i, row in enumerate(grouped)])
    for first, last in ((2, 9), (10, 17), (18, 25)):
        sheet.merge_cells(f"A{first}:A{last}")
    write("082-districts-merged-down.xlsx", xlsx(book), export(grouped))

    write("083-old-format.xls", xls([("Лист1", rows, [])]), export(rows))
    write("084-open-document.ods", ods("Лист1", rows), export(rows))
    book, sheet = new("Лист1")
    put(sheet, rows)
    write("085-with-macros.xlsm", xlsx(book, macros=True), export(rows))
    write("086-workbook-under-another-name.csv", xlsx(book), export(rows))


def other_formats():
    rows = [HEADER] + table(KEYS)
    write("087-packed.csv.gz", gzip.compress(lines(rows).encode("windows-1251"), mtime=0), rows)
    write("088-archive.zip", zipped([("школы/", b""), ("школы/список.csv", lines(rows).encode("windows-1251"))]), rows)

    keys = ["код", "название", "обучающихся", "балл"]
    facts = [dict(zip(keys, [s["code"], s["name"], int(s["pupils"]), number(s["mark"])])) for s in map(school, range(14))]
    facts[4]["балл"] = None
    asked = {"отчёт": "Экзамены", "год": 2018, "школы": facts}
    exact = [keys] + [[printed(fact[key]) for key in keys] for fact in facts]
    write("089-rows-under-a-key.json", json.dumps(asked, ensure_ascii=False, indent=1) + "\n", exact)
    lacking = [dict(fact) for fact in facts]
    del lacking[2]["обучающихся"]
    lacking[9]["примечание"] = "реорганизована, два корпуса"
    wider = keys + ["примечание"]
    exact = [wider] + [[printed(fact.get(key)) for key in wider] for fact in lacking]
    write("090-json-lines.jsonl", "".join(json.dumps(fact, ensure_ascii=False) + "\n" for fact in lacking), exact)
    listed = "# выгрузка реестра\n" + "".join(
        f"- код: {i + 1:04}\n  название: {s['name'] if i % 5 else chr(34) + s['name'] + chr(34)}\n  обучающихся: {s['pupils']}\n  балл: {s['mark']}\n"
        for i, s in enumerate(map(school, range(14))))
    write("091-list.yaml", listed, [keys] + [[f"{i + 1:04}", s["name"], s["pupils"], s["mark"]] for i, s in enumerate(map(school, range(14)))])


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
    write("092-letter-of-a-department.csv", text.encode("windows-1251"), kept)

    dos, page = [["Код", "Школа", "Учеников", "Учителей", "Балл"]] + table(["code", "name", "pupils", "teachers", "mark"], 24), ""
    dos = [[cell.replace("«", "").replace("»", "").replace("–", "-") for cell in row] for row in dos]
    dos = [dos[0]] + [[c, n[:40], f"{p:>8}", f"{t:>8}", m] for c, n, p, t, m in dos[1:]]
    for number_, start in enumerate(range(1, 25, 9), 1):
        page += f"ОТЧЁТ ПО ФОРМЕ 76-РИК   ЛИСТ {number_}\r\n\r\n" + lines([dos[0], ["1", "2", "3", "4", "5"]] + dos[start:start + 9], "|") + "\r\n"
    total = sum(int(row[2]) for row in dos[1:])
    write("093-dos-report.txt", (page + f"|ВСЕГО|{total:>8}|{total // 14:>8}|\r\n").encode("cp866"), dos + [["", "ВСЕГО", f"{total:>8}", f"{total // 14:>8}", ""]])

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
    write("094-monitoring.xlsx", xlsx(book, {"Мониторинг": stored}), exact)

    body = [[s["code"], s["name"], int(s["pupils"]) // 9, number(s["mark"]) if i % 5 != 2 else "х", s["mark"] if i % 3 == 0 else number(s["mark"])]
            for i, s in enumerate(map(school, range(18)))]
    old = [["Итоги пробных экзаменов", "", "", "", ""], ["", "", "", "", ""],
           ["Код ОО", "Наименование", "Участников", "Средний балл", ""], ["", "", "", "Математика", "Физика"],
           *body, ["", "Итого", sum(row[2] for row in body), "", ""], ["", "", "", "", ""], ["х – школа в экзамене не участвовала", "", "", "", ""]]
    write("095-trial-exams.xls", xls([("Лист1", old, [(0, 0, 0, 4), (2, 3, 0, 0), (2, 3, 1, 1), (2, 3, 2, 2), (2, 2, 3, 4)]), ("Лист2", [["черновик"]], [])]),
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
    write("096-broken-list.csv", "\n".join(rough), listed)

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
    write("097-county-return.txt", text.encode("utf-16-le"), exact + body + [total])


def hard():
    """Texts that lead astray: what looks like the one and is the other."""
    body = table(KEYS)
    rows = [HEADER] + body
    capitals = [[cell.upper() for cell in row] for row in rows]
    write("098-capitals.csv", lines(capitals).encode("windows-1251"), capitals)
    write("099-two-encodings.csv", lines(rows[:12]).encode() + lines(rows[12:]).encode("windows-1251"), rows)
    write("100-mark-inside.csv", b"\xef\xbb\xbf" + lines(rows[:8]).encode() + b"\xef\xbb\xbf" + lines(rows[8:]).encode(), rows)
    dos = [[cell.replace("«", "").replace("»", "") for cell in row] for row in rows]
    write("101-end-of-file-sign.csv", lines(dos).encode("cp866") + b"\x1a", dos)
    write("102-carriage-returns-twice.csv", lines(rows, end="\r\r\n"), rows)
    single = [["Код ОО"]] + [[row[0]] for row in body]
    write("103-one-column.csv", lines(single), single)

    marks = [[row[0], row[1]] + [str(20 + (i * 7 + k * 5) % 80) for k in range(3)] for i, row in enumerate(body)]
    joined = ["Код ОО", "Наименование", "Результаты Русский язык", "Результаты Математика", "Результаты Физика"]
    write("104-group-name-above.csv", lines([["", "", "Результаты", "", ""], ["Код ОО", "Наименование", "Русский язык", "Математика", "Физика"]] + marks), [joined] + marks)
    four = [row[1:] + [str(30 + i * 11 % 60)] for i, row in enumerate(marks)]
    write("105-years-over-subjects.csv", lines([["Школа", "2017", "", "2018", ""], ["", "Русский язык", "Математика", "Русский язык", "Математика"]] + four),
          [["Школа", "2017 Русский язык", "2017 Математика", "2018 Русский язык", "2018 Математика"]] + four)
    write("106-subjects-over-years.csv", lines([["", "Русский язык", "", "Математика", ""], ["Школа", "2017", "2018", "2017", "2018"]] + four),
          [["Школа", "Русский язык 2017", "Русский язык 2018", "Математика 2017", "Математика 2018"]] + four)
    grades = [["Школа", "5", "6", "7", "8", "9"]] + [row + [str(12 + i * 5 % 70)] for i, row in enumerate(four)]
    write("107-grades-in-the-header.csv", lines(grades), grades)
    units = [HEADER, ["", "", "чел.", "баллов"]] + body
    write("108-row-of-units.csv", lines(units), [["Код ОО", "Наименование", "Обучающихся чел.", "Средний балл баллов"]] + body)
    write("109-numbering-in-brackets.csv", lines([HEADER, ["(1)", "(2)", "(3)", "(4)"]] + body), rows)
    write("110-numbering-with-a-formula.csv", lines([HEADER[:3] + ["Доля, %"], ["1", "2", "3", "4=3/2"]] + body), [HEADER[:3] + ["Доля, %"]] + body)
    write("111-title-with-separators.csv", "Отчёт; форма 5; 2018 год\r\n" + lines(rows), rows)
    write("112-facts-above.csv", "Организация;Комитет образования\r\nПериод;2018\r\nДата;14.09.2018\r\n\r\n" + lines(rows), rows)
    write("113-note-with-separators.csv", lines(rows) + "Примечание: данные предварительные; без филиалов; за 2018 год\r\n", rows)
    write("114-signatures.csv", lines(rows) + ";;;\r\nДиректор;;;И. И. Иванов\r\nГлавный бухгалтер;;;П. П. Петров\r\n", rows)
    words = [["ФИО", "Должность", "Школа"]] + [[f"Иванова А. {sign}.", "учитель", NAMES[i]] for i, sign in enumerate("АБВГДЕЖЗИК")]
    write("115-words-with-a-note.csv", lines(words) + "\r\nСписок составила Петрова О. И.\r\n", words)

    inside, short, plain = [HEADER], lines([HEADER]), [HEADER]
    for at, district in enumerate(DISTRICTS):
        inside.append(["", district, "", ""])
        inside += table(KEYS, 6, at * 6)
        short += district + "\r\n" + lines(table(KEYS, 6, at * 6))
        plain += table(KEYS, 6, at * 6)
    write("116-sections-in-the-second-column.csv", lines(inside), plain)
    write("117-sections-without-separators.csv", short, plain)
    named = ["Наименование", "Обучающихся", "Средний балл"]
    write("118-sections-where-names-stand.csv", lines([named] + [row[1:] for row in inside[1:]]), [named] + [row[1:] for row in plain[1:]])
    numbered = footed = ""
    for page, start in enumerate(range(0, 24, 8), 1):
        numbered += f"Страница {page}\r\n" + lines([HEADER, ["1", "2", "3", "4"]] + table(KEYS, 8, start))
        footed += lines([HEADER] + table(KEYS, 8, start)) + f"\r\nСтраница {page} из 3\r\n\r\n"
    write("119-pages-with-numbering.csv", numbered, [HEADER] + table(KEYS, 24))
    write("120-pages-with-footers.csv", footed, [HEADER] + table(KEYS, 24))

    write("121-decimal-comma-as-separator.csv", "\n".join(",".join(row) for row in rows) + "\n", rows)
    phones = [["School code", "School", "Telephones", "Pupils"]] + [
        [str(1001 + i), ENGLISH[i], f"2-{10 + i}-31, 2-{10 + i}-32" if i % 3 == 0 else f"2-{10 + i}-31", school(i)["pupils"]] for i in range(14)]
    write("122-commas-between-telephones.csv", "\n".join(",".join(row) for row in phones) + "\n", phones)
    heads = [["Код ОО", "Обучающихся, чел.", "Доля, %"]] + [[s["code"], s["pupils"], str(40 + i)] for i, s in enumerate(map(school, range(14)))]
    write("123-commas-in-the-header.csv", "\n".join(",".join(row) for row in heads) + "\n", heads)
    first = lines(rows, end="\n").split("\n")
    first[1] = first[1] + ";;"
    write("124-extra-separators-in-the-first-row.csv", "\n".join(first), rows)
    first = [row[:] for row in rows]
    first[1][1] = '"' + first[1][1]
    write("125-stray-quote-in-the-first-row.csv", "\n".join(";".join(row) for row in first) + "\n", first)
    first = lines(rows, end="\n").split("\n")
    first[0] = first[0].replace("Код ОО;", "Код ОО", 1)
    write("126-lost-separator-in-the-header.csv", "\n".join(first), rows)
    first = lines(rows, end="\n").split("\n")
    first[5] = first[5].replace(";", ",", 1)
    write("127-other-separator-once.csv", "\n".join(first), rows)
    torn = [row[:] for row in rows]
    torn[3][1] = "Основная школа\nсела Ключи"
    write("128-line-break-without-quotes.csv", "\n".join(";".join(row) for row in torn) + "\n", torn)
    begins = [HEADER] + [[c, f'"{n}" МБОУ', p, m] for c, n, p, m in body]
    write("129-names-that-begin-with-a-quote.csv", "\n".join(";".join(row) for row in begins) + "\n", begins)
    some = [HEADER] + [[c, f'МБОУ "{n}"', p, m] for c, n, p, m in body]
    write("130-quotes-in-plain-fields.csv", "\n".join(";".join(row) for row in some) + "\n", some)
    ragged = [line + (";" if at % 3 == 1 else "") for at, line in enumerate(lines(rows, end="\n").rstrip("\n").split("\n"))]
    write("131-separator-at-the-end-of-some-rows.csv", "\n".join(ragged) + "\n", rows)
    index = [[""] + HEADER] + [[str(i)] + row for i, row in enumerate(body)]
    write("132-index-without-a-name.csv", lines(index, ",", "\n"), index)


def offices():
    """Workbooks as statistics offices and education offices publish them; and tables side by side."""
    districts = DISTRICTS + [
        "Лесной район", "Озёрный район", "Луговой район", "Горный район", "Степной район"]
    figures = [[d] + [1200 + i * 317 + y * 41 for y in range(5)] for i, d in enumerate(districts)]
    years = [None, "2014", "2015", "2016", "2017", "2018"]
    title = "Численность обучающихся по образовательным программам начального, основного и среднего общего образования"

    def merged(sheet, row, first, last):
        sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)

    # 133: the first page lists the others
    book, sheet = new("Содержание")
    put(sheet, [["Содержание:"], [], ["1.", title], ["2.", "Численность учителей"], [], [None, "Ответственный исполнитель:"],
                [None, "Иванова Анна Андреевна"], [None, "8 (000) 000-00-00 (доб. 00-000)"], [], [None, "Обновлено: 01.09.2018"]])
    teachers = [[d, 90 + i * 11, 96 + i * 12] for i, d in enumerate(districts)]
    one, two = book.create_sheet("1"), book.create_sheet("2")
    put(one, [["К содержанию"], [title], years, *figures])
    merged(one, 2, 1, 6)
    put(two, [["К содержанию"], ["Численность учителей"], [None, "2017", "2018"], *teachers])
    merged(two, 2, 1, 3)
    write("133-page-of-contents-first.xlsx", xlsx(book), export([years] + figures), export([[None, "2017", "2018"]] + teachers))

    # 134: the upper names are years with a word
    book, sheet = new("Лист1")
    put(sheet, [["Обучающиеся", None, None, None, None], [None, "2017 год", None, "2018 год", None],
                [None, "мальчики", "девочки", "мальчики", "девочки"], *[row[:5] for row in figures]])
    merged(sheet, 1, 1, 5), merged(sheet, 2, 2, 3), merged(sheet, 2, 4, 5)
    write("134-years-with-a-word-above.xlsx", xlsx(book),
          export([[None, "2017 год мальчики", "2017 год девочки", "2018 год мальчики", "2018 год девочки"]] + [row[:5] for row in figures]))

    # 135: years with the marks of notes; the notes are merged
    book, sheet = new("Лист1")
    marked = [None, "2014", "2015", "2016 1)", "20172)", "2018*"]
    put(sheet, [[title], marked, *figures, [], ["1) Без учёта филиалов."], ["2) По данным формы ОО-1."], ["* Предварительные данные."]])
    for row in (1, 12, 13, 14):
        merged(sheet, row, 1, 6)
    write("135-years-with-marks-of-notes.xlsx", xlsx(book), export([marked] + figures))

    # 136: in what the values are, at the right end above the years
    book, sheet = new("Лист1")
    put(sheet, [["К содержанию"], [title], [None, None, None, None, "(человек)", None], years, *figures])
    merged(sheet, 2, 1, 6), merged(sheet, 3, 5, 6)
    write("136-unit-above-the-last-columns.xlsx", xlsx(book), export([years] + figures))

    # 137: names are merged over a row that holds nothing else
    book, sheet = new("Лист1")
    put(sheet, [["Бюджет образования"], ["млн рублей"], [None, "Всего", "из него:", None], [], [None, None, "федеральный бюджет", "местный бюджет"], [],
                *[row[:4] for row in figures]])
    for region in ("A1:D1", "A2:D2", "B3:B6", "C3:D4", "C5:C6", "D5:D6"):
        sheet.merge_cells(region)
    write("137-names-merged-over-blank-rows.xlsx", xlsx(book),
          export([[None, "Всего", "из него: федеральный бюджет", "из него: местный бюджет"]] + [row[:4] for row in figures]))

    # 138: five rows of names, and a word before the numbers of the columns
    book, sheet = new("Лист1")
    put(sheet, [["Наименование", "Обучающиеся", None, None, None, None], [None, "всего", "в том числе", None, None, None],
                [None, None, "в городе", None, "в селе", None], [None, None, "в школах", None, "в школах", None],
                [None, None, "дневных", "вечерних", "дневных", "вечерних"], ["№ графы", 1, 2, 3, 4, 5], *figures])
    for region in ("A1:A5", "B1:F1", "B2:B5", "C2:F2", "C3:D3", "E3:F3", "C4:D4", "E4:F4"):
        sheet.merge_cells(region)
    joined = ["Наименование", "Обучающиеся всего"] + [f"Обучающиеся в том числе в {a} в школах {b}" for a in ("городе", "селе")
                                                   for b in ("дневных", "вечерних")]
    write("138-five-rows-of-names.xlsx", xlsx(book), export([joined] + figures))

    # 139: names of groups are merged over all columns but the first
    book, sheet = new("Лист1")
    short = [None, "Принято", "Выпущено", "Обучается"]
    put(sheet, [[title], short, [None, "Всего", None, None], *[[2016 + i] + row[1:4] for i, row in enumerate(figures[:3])],
                [None, "Городские школы", None, None], *[[2016 + i] + row[1:4] for i, row in enumerate(figures[3:6])]])
    for row, first in ((1, 1), (3, 2), (7, 2)):
        merged(sheet, row, first, 4)
    write("139-groups-merged-over-the-values.xlsx", xlsx(book),
          export([short] + [[2016 + i % 3] + row[1:4] for i, row in enumerate(figures[:6])]))

    # 140: a row is two rows high
    book, sheet = new("Лист1")
    put(sheet, [years, figures[0], [], *figures[1:]])
    for column in range(1, 7):
        sheet.merge_cells(start_row=2, end_row=3, start_column=column, end_column=column)
    write("140-a-row-two-rows-high.xlsx", xlsx(book), export([years] + figures))

    # 141: the table begins in column B, its titles as well
    book, sheet = new("Лист1")
    put(sheet, [["К содержанию"], [title], ["без малокомплектных школ; человек"], ["Район"] + years[1:], *figures], top=2, left=2)
    for row, last in ((2, 4), (3, 7), (4, 7)):
        merged(sheet, row, 2, last)
    write("141-titles-from-column-b.xlsx", xlsx(book), export([["Район"] + years[1:]] + figures))

    # 142: groups of ages as names of columns
    book, sheet = new("Лист1")
    ages = ["Год", "7-10", "11-14", "15-17", "18-20"]
    rates = [[2009 + i, 98.1 + i / 10, 97.4 + i / 10, 81.3 + i / 10, 22.6 + i / 10] for i in range(9)]
    rates = [[row[0]] + [round(value, 1) for value in row[1:]] for row in rates]
    put(sheet, [[None, "Охват образованием, процентов", None, None, None], ages, *rates])
    merged(sheet, 1, 2, 5)
    write("142-ages-in-the-header.xlsx", xlsx(book), export([["Год"] + ["Охват образованием, процентов " + age for age in ages[1:]]] + rates))

    # 143: years that do not follow each other
    book, sheet = new("Лист1")
    jumps = ["Возраст", 1990, 1995, 2000, 2010, 2018]
    put(sheet, [jumps, *[[str(7 + i) + " лет"] + [1890 + i * 31 + y * 17 for y in range(5)] for i in range(11)]])
    write("143-years-with-gaps.xlsx", xlsx(book), export([jumps] + [[str(7 + i) + " лет"] + [1890 + i * 31 + y * 17 for y in range(5)] for i in range(11)]))

    # 144: times of the day
    book, sheet = new("Лист1")
    bells = [[i + 1, datetime.time(8 + i, 30 if i % 2 else 15), datetime.time(9 + i, 15 if i % 2 else 0)] for i in range(7)]
    put(sheet, [["Урок", "Начало", "Конец"], *bells], formats={1: "h:mm", 2: "h:mm"})
    write("144-times.xlsx", xlsx(book), [["Урок", "Начало", "Конец"]] + [[str(a), b.strftime("%H:%M"), c.strftime("%H:%M")] for a, b, c in bells])

    # 145: a list of parts with a reference to its definition, as old programs write it
    parts = []
    with zipfile.ZipFile(io.BytesIO(ods("Лист1", [HEADER] + numbers(table(KEYS), {2, 3})))) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            if name == "META-INF/manifest.xml":
                start = data.index(b"<manifest:manifest")
                data = data[:start] + b'<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd">' + data[start:]
            parts.append((name, data))
    write("145-open-document-of-an-old-program.ods", zipped(parts), export([HEADER] + numbers(table(KEYS), {2, 3})))

    # 146: notes directly below the rows, one of them on two lines
    book, sheet = new("Лист1")
    put(sheet, [years, *figures, ["1 За 2014–2016 годы, включая школы упразднённых районов"], ["Северного района."],
                ["2 Индексы рассчитаны по сопоставимому кругу организаций."]])
    merged(sheet, 12, 1, 6)
    write("146-notes-on-two-lines.xlsx", xlsx(book), export([years] + figures))

    # 147: an old workbook of a statistics office with all of it
    rows = [["Содержание:", None, None, None, None, None], ["1.", "Обучающиеся", None, None, None, None]]
    page = [["К содержанию"] + [None] * 5, [title] + [None] * 5, [None] * 5 + ["человек"],
            [None, "Всего", "2017 год", None, "2018 год 1)", None], [None, None, "город", "село", "город", "село"], ["А", 1, 2, 3, 4, 5],
            *[[row[0], *row[1:]] for row in figures], ["1) Предварительные данные."] + [None] * 5]
    data = xls([("Содержание", rows, []), ("1", page, [(1, 1, 0, 5), (3, 4, 0, 0), (3, 4, 1, 1), (3, 3, 2, 3), (3, 3, 4, 5), (14, 14, 0, 5)])])
    write("147-statistics-office.xls", data,
          export([[None, "Всего", "2017 год город", "2017 год село", "2018 год 1) город", "2018 год 1) село"]] + figures))

    # side by side
    left = [["№", "Школа", "Обучающихся"]] + [[i + 1, s["name"], int(s["pupils"])] for i, s in enumerate(map(school, range(9)))]
    right = [["№", "Район", "Школ", "Учителей"]] + [[i + 1, d, 3 + i, 90 + i * 11] for i, d in enumerate(districts)]
    book, sheet = new("Лист1")
    put(sheet, [["Школы"], [], *left], left=1)
    put(sheet, [["Районы"], [], *right], left=6)
    write("148-side-by-side.xlsx", xlsx(book), export(left), export(right))

    book, sheet = new("Лист1")
    put(sheet, [["Сведения комитета образования на 1 сентября 2018 года"], [], *left], left=1)
    merged(sheet, 1, 1, 9)
    put(sheet, [["Район", "Педагоги", None], [None, "учителя", "воспитатели"], *[[d, 90 + i * 11, 14 + i * 3] for i, d in enumerate(districts)]],
        top=3, left=6)
    sheet.merge_cells("F3:F4"), sheet.merge_cells("G3:H3")
    write("149-side-by-side-headers-of-other-heights.xlsx", xlsx(book), export(left),
          export([["Район", "Педагоги учителя", "Педагоги воспитатели"]] + [[d, 90 + i * 11, 14 + i * 3] for i, d in enumerate(districts)]))

    half = [[str(i + 1), s["name"], s["pupils"]] for i, s in enumerate(map(school, range(14)))]
    names = ["№", "Школа", "Обучающихся"]
    first, second = [names] + half[:8], [names] + half[8:]
    both = [a + [""] + (second[i] if i < len(second) else [""] * 3) for i, a in enumerate(first)]
    write("150-a-list-in-two-halves.csv", lines(both), first, second)

    pairs = [row + ["", "", s["name"], s["mark"]] for row, s in zip([["Район", "Школ"]] + [[d, str(3 + i)] for i, d in enumerate(districts)],
                                                                 [{"name": "Школа", "mark": "Балл"}] + [school(i) for i in range(8)])]
    pairs += [["", "", "", "", school(i)["name"], school(i)["mark"]] for i in range(8, 14)]
    write("151-side-by-side.csv", lines(pairs), [["Район", "Школ"]] + [[d, str(3 + i)] for i, d in enumerate(districts)],
          [["Школа", "Балл"]] + [[school(i)["name"], school(i)["mark"]] for i in range(14)])

    # one table with a blank column, names on both sides of it
    book, sheet = new("Лист1")
    heads = ["Иванова А. А.", "Петров Б. Б.", "Сидорова В. В.", "Ким Г. Г.", "Орлова Д. Д.", "Жуков Е. Е.", "Белова Ж. Ж.", "Серов З. З."]
    one = [["Код ОО", "Наименование", None, "Директор", "Обучающихся"]] + [
        [school(i)["code"], school(i)["name"], None, head, int(school(i)["pupils"])] for i, head in enumerate(heads)]
    put(sheet, [["Школы и их директора"], *one, ["Итого", None, None, None, sum(row[4] for row in one[1:])]])
    merged(sheet, 1, 1, 5)
    total = ["Итого", "", "", str(sum(row[4] for row in one[1:]))]
    write("152-one-table-with-a-blank-column.xlsx", xlsx(book), export([row[:2] + row[3:] for row in one]) + [total])

    # 2, 3, 4 are values, not the numbers of columns
    small = [["Классов", "Групп", "Кружков"]] + [[str(2 + i), str(3 + i), str(4 + i * 2)] for i in range(8)]
    write("153-first-row-like-numbers.csv", lines(small), small)

    # names in quotation marks at the ends of plain fields
    quoted = [[c, f'Школа № {i + 1} "{["Исток", "Маяк", "Созвездие"][i % 3]}"', p, m] for i, (c, _, p, m) in enumerate(table(KEYS))]
    write("154-names-in-quotes-in-plain-fields.tsv", "".join("\t".join(row) + "\n" for row in [HEADER] + quoted), [HEADER] + quoted)

    # the binary format: errors of formulas, a text in two colours
    binary = [row[:] for row in [HEADER] + [[c, n, int(p), float(m.replace(",", "."))] for c, n, p, m in table(KEYS)]]
    binary[3][3], binary[5][2], binary[6][1] = Error("#REF!"), Error("#N/A"), Rich(binary[6][1])
    write("155-binary-workbook.xlsb", xlsb("Лист1", binary), export(binary))

    # the old format as other programs write it, and as it was before: windows-1251, a number format in colour
    written = [row[:] for row in [HEADER] + [[c, n, int(p), float(m.replace(",", "."))] for c, n, p, m in table(KEYS)]]
    written[3][2] = Error("#DIV/0!")
    write("156-workbook-of-another-program.xls", old("Школы", written, True), export(written))
    write("157-workbook-of-1995.xls", old("Школы", written, False), export(written))

    # words with semicolons in a table of two columns that commas part
    notes = [["Показатель", "Описание"]] + [[s["code"], f'{s["name"]}; {s["pupils"]} обучающихся; {s["district"]}'] for s in map(school, range(12))]
    write("158-semicolons-in-words.csv", lines(notes, ","), notes)

    # one column: days; the separator stands within marks alone
    write("159-one-column-of-days.csv", "Дата\n" + "".join(f"2018-09-{i + 1:02}\n" for i in range(9)), [["Дата"]] + [[f"2018-09-{i + 1:02}"] for i in range(9)])
    codes = [[f"#{i},{i * 7:02}"] for i in range(1, 9)]
    write("160-one-column-in-marks.csv", "".join(f'"{c}"\n' for [c] in [["№,№"]] + codes), [["№,№"]] + codes)

    # columns under each other
    under = [["Код", "Вид", "Обучающихся", "Балл"]] + [[s["code"], ["Лицей", "Гимназия", "Школа"][i % 3], s["pupils"], s["mark"]] for i, s in enumerate(map(school, range(12)))]
    write("162-columns-aligned-with-spaces.txt", "".join(f"{a:<8}{b:<10}{c:>12}{d:>7}\n" for a, b, c, d in under), under)

    # a sign of money is no letter
    money = [["School code", "Grant"]] + [[s["code"], f'£{int(s["pupils"]) * 25}'] for s in map(school, range(12))]
    write("161-pounds-in-windows-1252.csv", "\n".join(";".join(row) for row in money).encode("cp1252") + b"\n", money)

    # a first row of values that counts the columns
    grades = [["Класс", "Отличников", "Хорошистов"]] + [[str(n), str((n * 5 + 6) % 9), str((n * 4 + 8) % 9)] for n in range(1, 10)]
    assert grades[1] == ["1", "2", "3"]
    # columns under each other with names of several words, decimal commas and blank cells; a line is drawn below the header
    staff = [["Код", "Школа", "Стаж, лет", "Ставка", "Дата приёма"]] + [
        [s["code"], s["name"], "" if i == 4 else str(3 + i * 2), ["0,5", "1", "1,25"][i % 3], f"20{10 + i % 8}-09-01"] for i, s in enumerate(map(school, range(12)))]
    widths = [max(len(row[at]) for row in staff) for at in range(5)]
    aligned = lambda row: "  ".join(text.rjust(width) if at in (2, 3) else text.ljust(width) for at, (text, width) in enumerate(zip(row, widths))).rstrip() + "\n"
    rule = "  ".join("-" * width for width in widths) + "\n"
    write("176-columns-told-by-their-places.txt", "".join(map(aligned, staff)), staff)
    write("177-line-drawn-below-the-header.txt", aligned(staff[0]) + rule + "".join(map(aligned, staff[1:])), staff)

    # a closing mark is lost: the next row begins with a whole record
    addresses = [["Код", "Школа", "Адрес"]] + [[s["code"], s["name"], f"пос. Лужки, ул. Мира, д. {i + 1}"] for i, s in enumerate(map(school, range(12)))]
    lost = lines(addresses, ",").replace('д. 5"', "д. 5", 1)
    kept = [row[:] for row in addresses]
    kept[5][2] = '"' + kept[5][2]
    write("178-closing-mark-lost.csv", lost, kept)

    write("163-values-that-count-the-columns.csv", lines(grades, ","), grades)

    # a row that is short, among rows so few that they do not say where a value would end
    few = [["Код", "Литера", "Корпус"], ["470101", "лицей"], ["470102", "б", "в"], ["470103", "г", "а"]]
    write("164-short-row-among-few.csv", lines(few, ","), [row + [""] * (3 - len(row)) for row in few])

    # numbers as formulas leave them: a hair from what was meant; a fraction without an end stays as it is
    left = [row[:] for row in [HEADER] + numbers(table(KEYS), {2, 3})]
    clean = [row[:] for row in left]
    values = {}
    for at, (formula, stored, meant) in enumerate([
        ("=0.1+0.2", 0.1 + 0.2, 0.3),
        ("=4*17.1662499999999975", 68.66499999999999, 68.665),
        ("=11/3", 11 / 3, "3.6666666666666665"),
        ("=1.1+2.2", 1.1 + 2.2, 3.3),
    ], 2):
        left[at][3], clean[at][3], values[f"D{at + 1}"] = formula, meant, stored
    book, sheet = new("Лист1")
    put(sheet, left)
    write("165-numbers-that-formulas-left.xlsx", xlsx(book, {"Лист1": values}), export(clean))

    # names of columns that are numbers: grades under a wide name, marks in one row
    grades = [[s["name"]] + [20 + (i * 7 + n * 3) % 9 for n in range(4)] for i, s in enumerate(map(school, range(12)))]
    book, sheet = new("Классы")
    put(sheet, [["Школа", "Классы", None, None, None], [None, 1, 2, 3, 4]] + grades)
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:E1")
    write("166-grades-under-a-wide-name.xlsx", xlsx(book), export([["Школа"] + [f"Классы {n}" for n in range(1, 5)]] + grades))
    marks = [["Школа", "Сдавали", "5", "4", "3", "2"]] + [[s["name"], str(60 + i), str(12 + i), str(20 + i), str(15 - i % 3), str(13 - i % 3)] for i, s in enumerate(map(school, range(12)))]
    write("167-marks-are-names.csv", lines(marks), marks)
    classes = [["Школа", "10 класс", "11 класс"]] + [[s["name"], str(40 + i), str(35 + i * 2)] for i, s in enumerate(map(school, range(12)))]
    write("168-classes-are-names.csv", lines(classes), classes)

    # numbers of columns of which one is computed, another came later
    parts = [["Школа", "Всего", "Сдали", "Из них с отличием", "Доля"]] + [[s["name"], str(40 + i), str(20 + i), str(i), str((20 + i) * 100 // (40 + i))] for i, s in enumerate(map(school, range(12)))]
    write("169-computed-column-numbers.csv", lines([parts[0], ["1", "2", "3", "3а", "гр.3:гр.2*100"]] + parts[1:]), parts)

    # who signs stands in the row below the last
    plain = [HEADER] + table(KEYS)
    write("170-signature-right-below.csv", lines(plain + [["Начальник отдела", "", "", "И. И. Иванова"], ["Исп. Петров", "тел. 2-12-34", "", ""]]), plain)

    # marks of two names, one at the beginning and one at the end, make one value of three rows
    text = lines(plain).replace(plain[3][1], '"' + plain[3][1], 1).replace(plain[5][1], plain[5][1] + '"', 1)
    whole = [row[:] for row in plain]
    whole[3][1], whole[5][1] = '"' + whole[3][1], whole[5][1] + '"'
    write("171-marks-that-swallow-rows.csv", text, whole)

    # codes as formats show them
    codes = [["Школа", "Индекс", "СНИЛС руководителя", "Код МО", "Код ОО", "Балл"]]
    shown = [codes[0]]
    for i, s in enumerate(map(school, range(12))):
        stored = [s["name"], 1200 + i, 1234567890 + i * 11, i + 7, 101 + i, number(s["mark"])]
        codes.append(stored)
        snils = f"{stored[2]:011}"
        shown.append([s["name"], f"{stored[1]:06}", f"{snils[:3]}-{snils[3:6]}-{snils[6:9]} {snils[9:]}", f"47{stored[3]:04}", f"{stored[4]:06}", stored[5]])
    book, sheet = new("Коды")
    put(sheet, codes)
    for row in range(2, len(codes) + 1):
        for column, code in zip("BCDE", ["000000;@", "000-000-000\\ 00", '"47"0000', "[$-419]000000"]):
            sheet[f"{column}{row}"].number_format = code
    write("172-codes-that-formats-spell.xlsx", xlsx(book), export(shown))

    # a printed form: every name and every value lies over three columns
    form = [[c, None, None, n, None, int(p)] for c, n, p, _ in table(KEYS)]
    book, sheet = new("Форма")
    put(sheet, [["Код ОО", None, None, "Наименование", None, "Обучающихся"]] + form)
    for row in range(1, len(form) + 2):
        sheet.merge_cells(f"A{row}:C{row}")
        sheet.merge_cells(f"D{row}:E{row}")
    write("173-every-value-over-three-columns.xlsx", xlsx(book), export([["Код ОО", "Наименование", "Обучающихся"]] + [[row[0], row[3], row[5]] for row in form]))

    # a small table of counted rows beside a long one
    districts = [["№", "Район", "Школ"], [1, DISTRICTS[0], 8], [2, DISTRICTS[1], 6]]
    long = [HEADER] + numbers(table(KEYS), {2, 3})
    book, sheet = new("Лист1")
    put(sheet, [row + ([None] + districts[at] if at < 3 else []) for at, row in enumerate(long)])
    write("174-two-counted-rows-beside.xlsx", xlsx(book), export(long), export(districts))

    # words that are the same in all columns of values are no other header
    none = [["Школа", "Участников", "Балл"]] + [[s["name"], "нет выпускников", "нет выпускников"] if i in (0, 6) else [s["name"], str(10 + i), s["mark"]] for i, s in enumerate(map(school, range(12)))]
    write("175-the-same-words-in-all-columns.csv", lines(none), none)




def main():
    texts()
    workbooks()
    other_formats()
    many()
    hard()
    offices()


if __name__ == "__main__":
    main()
