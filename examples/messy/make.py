"""Writes the messy files of this folder and, beside each, what a clean export of it is.

    pip install openpyxl xlwt odfpy
    python make.py

The same bytes every time. Nothing in the files is real: districts, schools and figures are made up here. Texts come first (`texts`), then
workbooks and other formats (`workbooks`, `other_formats`), then files with many troubles at once (`many`).
"""

import gzip
import io
import pathlib
import zipfile



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


def main():
    texts()
    for add in ADDED:
        add()


ADDED = []
if __name__ == "__main__":
    main()
