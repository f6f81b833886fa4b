"""Workbooks with the same bytes every time: the writers of openpyxl, xlwt and odfpy, without the time of day."""

import io
import re
import struct
import zipfile

import openpyxl
import xlwt
import xlwt.CompoundDoc
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl.utils import get_column_letter

MOMENT = (2018, 9, 1, 9, 0, 0)


def put(sheet, rows, top=1, left=1, formats=None):
    """Writes rows of values; None leaves a cell empty. `formats`: number format per column of the rows, from 0."""
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            if value is not None and value != "":
                cell = sheet.cell(top + y, left + x, value)
                if formats and x in formats and not isinstance(value, str):
                    cell.number_format = formats[x]


def xlsx(book, stored=None, macros=False):
    """The bytes of a workbook. `stored`: per sheet and cell the value of its formula, which openpyxl does not write."""
    raw = io.BytesIO()
    book.save(raw)
    parts = []
    with zipfile.ZipFile(raw) as archive:
        for name in archive.namelist():
            text = archive.read(name)
            if name == "docProps/core.xml":
                text = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2018-09-01T09:00:00Z", text)
            if name == "[Content_Types].xml" and macros:
                text = text.replace(b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
            for at, sheet in enumerate(book.sheetnames, 1):
                if name == f"xl/worksheets/sheet{at}.xml":
                    for cell, value in (stored or {}).get(sheet, {}).items():
                        text = with_value(text, cell, value)
            parts.append((name, text))
    return zipped(parts)


def with_value(text, cell, value):
    kind = b' t="str"' if isinstance(value, str) else b""
    pattern = rb'<c r="%s"([^>]*)><f>(.*?)</f><v ?/?>(?:</v>)?</c>' % cell.encode()
    if isinstance(value, str) and value.startswith("#"):
        kind = b' t="e"'
    result, count = re.subn(pattern, lambda m: b'<c r="%s"%s%s><f>%s</f><v>%s</v></c>' % (
        cell.encode(), m[1], kind, m[2], str(value).encode()), text)
    assert count == 1, cell
    return result


def zipped(parts):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in parts:
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return packed.getvalue()


def xls(sheets):
    """A workbook of the old format. `sheets`: name, rows, merged regions (first and last row, first and last column, from 0)."""
    book = xlwt.Workbook(encoding="utf-8")
    for name, rows, merged in sheets:
        sheet = book.add_sheet(name)
        inside = {(y, x) for top, bottom, left, right in merged for y in range(top, bottom + 1) for x in range(left, right + 1)}
        for top, bottom, left, right in merged:
            sheet.write_merge(top, bottom, left, right, rows[top][left])
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                if value not in (None, "") and (y, x) not in inside:
                    sheet.write(y, x, value)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


class Error(str):
    """An error value that a formula has, such as #REF!."""


class Rich(str):
    """A text of which some letters have a format of their own."""


ERRORS = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#NUM!": 0x24, "#N/A": 0x2A}


def xlsb_parts(name, rows):
    """The parts of a binary workbook with one sheet: numbers, texts, errors of formulas, texts with formats of their own."""

    def record(kind, data=b""):
        head, length = [kind] if kind < 0x80 else [kind & 0x7F | 0x80, kind >> 7], len(data)
        while True:
            head.append(length & 0x7F | (0x80 if length > 0x7F else 0))
            length >>= 7
            if not length:
                return bytes(head) + data

    def wide(text):
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    def cell(column, value):
        place = struct.pack("<II", column, 0)
        if isinstance(value, Error):
            # the formula 0/0: two whole numbers and a division
            formula = b"\x1e\0\0\x1e\0\0\x06"
            return record(0x0B, place + bytes([ERRORS[value], 0, 0]) + struct.pack("<I", len(formula)) + formula + struct.pack("<I", 0))
        if isinstance(value, Rich):
            return record(0x3E, place + b"\x01" + wide(value) + struct.pack("<IHH", 1, 0, 0))
        if isinstance(value, str):
            return record(0x06, place + wide(value))
        if isinstance(value, int):
            return record(0x02, place + struct.pack("<i", value << 2 | 2))
        return record(0x05, place + struct.pack("<d", value))

    body = record(0x81) + record(0x94, struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)) + record(0x91)
    for y, row in enumerate(rows):
        body += record(0x00, struct.pack("<IIHBBBI", y, 0, 300, 0, 0, 0, 0))
        body += b"".join(cell(x, value) for x, value in enumerate(row) if value not in (None, ""))
    body += record(0x92) + record(0x82)
    kinds, relations = "http://schemas.openxmlformats.org/package/2006/", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    xml = '<?xml version="1.0" encoding="UTF-8"?>'
    formats = record(0x269, struct.pack("<I", 1)) + record(0x2F, bytes(16)) + record(0x26A)
    return [
        ("[Content_Types].xml", f'{xml}<Types xmlns="{kinds}content-types"><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.'
         f'macroEnabled.main"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'.encode()),
        ("_rels/.rels", f'{xml}<Relationships xmlns="{kinds}relationships"><Relationship Id="rId1" Type="{relations}/officeDocument" '
         f'Target="xl/workbook.bin"/></Relationships>'.encode()),
        ("xl/_rels/workbook.bin.rels", f'{xml}<Relationships xmlns="{kinds}relationships"><Relationship Id="rId1" Type="{relations}/worksheet" '
         f'Target="worksheets/sheet1.bin"/><Relationship Id="rId2" Type="{relations}/styles" Target="styles.bin"/></Relationships>'.encode()),
        ("xl/workbook.bin", record(0x83) + record(0x8F) + record(0x9C, struct.pack("<II", 0, 1) + wide("rId1") + wide(name)) + record(0x90) + record(0x84)),
        ("xl/styles.bin", record(0x116) + formats + record(0x117)),
        ("xl/worksheets/sheet1.bin", body),
    ]


def xlsb(name, rows):
    return zipped(xlsb_parts(name, rows))


def old(name, rows, wide):
    """A workbook as other programs write the old format: texts in the cells themselves, numbers of formulas under an older number of the record
    and, where texts are not `wide` (two bytes each, whatever the code page says), in windows-1251 with the number format [Red]#,##0 (the format before characters had two bytes)."""

    def record(kind, data=b""):
        return struct.pack("<HH", kind, len(data)) + data

    def begin(kind):
        return record(0x0809, struct.pack("<HHHHII", 0x0600 if wide else 0x0500, kind, 3515, 1996, 0, 0)[: 16 if wide else 8])

    def text(value):
        letters = value.encode("utf-16-le" if wide else "cp1251")
        return struct.pack("<H", len(value)) + (b"\x01" if wide else b"") + letters

    def cell(y, x, value):
        place = struct.pack("<HHH", y, x, 1 if isinstance(value, int) else 0)
        if isinstance(value, Error):
            return record(0x0205, place + bytes([ERRORS[value], 1]))
        if isinstance(value, str):
            return record(0x0204, place + text(value))
        if isinstance(value, int):
            return record(0x0203, place + struct.pack("<d", value))
        # a formula of one number
        formula = b"\x1f" + struct.pack("<d", value)
        return record(0x0406 if wide else 0x0006, place + struct.pack("<dHIH", value, 0, 0, len(formula)) + formula)

    code = b"[Red]#,##0"
    formats = record(0x041E, struct.pack("<H", 164) + (struct.pack("<HB", len(code), 0) if wide else bytes([len(code)])) + code)
    formats += b"".join(record(0x00E0, struct.pack("<HH", 0, number) + bytes(16 if wide else 12)) for number in (0, 164))
    head = begin(5) + record(0x0042, struct.pack("<H", 1251)) + formats
    title = bytes([len(name)]) + (b"\x01" + name.encode("utf-16-le") if wide else name.encode("cp1251"))
    size = struct.pack("<IIHHH" if wide else "<HHHHH", 0, len(rows), 0, max(map(len, rows)), 0)
    at = len(head) + 4 + 6 + len(title) + 4
    stream = head + record(0x0085, struct.pack("<IH", at, 0) + title) + record(0x000A) + begin(0x10) + record(0x0200, size)
    stream += b"".join(cell(y, x, value) for y, row in enumerate(rows) for x, value in enumerate(row) if value not in (None, ""))
    raw = io.BytesIO()
    xlwt.CompoundDoc.XlsDoc().save(raw, stream + record(0x000A))
    return raw.getvalue()


def ods(name, rows):
    """An OpenDocument spreadsheet with one sheet of numbers and texts."""
    book = OpenDocumentSpreadsheet()
    sheet = Table(name=name)
    for row in rows:
        line = TableRow()
        for value in row:
            if value is None or value == "":
                line.addElement(TableCell())
                continue
            cell = (TableCell(valuetype="string") if isinstance(value, str) else TableCell(valuetype="float", value=str(value)))
            cell.addElement(P(text=str(value)))
            line.addElement(cell)
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    raw = io.BytesIO()
    book.write(raw)
    with zipfile.ZipFile(raw) as archive:
        return zipped([(name, archive.read(name)) for name in archive.namelist()])


def new(title):
    book = openpyxl.Workbook()
    book.active.title = title
    return book, book.active


def letter(column):
    return get_column_letter(column)
