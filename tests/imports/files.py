"""Builders of synthetic spreadsheet files: well-formed ones, and ones with exactly one thing wrong."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

Cell = str | int | float | bool | date | time | timedelta | None
Rows = Sequence[Sequence[Cell]]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ODS_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "table", "text")
)
ODS_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
FORMATS = {datetime: "dd.mm.yyyy hh:mm", date: "dd.mm.yyyy", time: "hh:mm", timedelta: "[h]:mm"}


def archive(members: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of the named members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)
    return target.getvalue()


def xlsx(sheets: Mapping[str, Rows] | Rows, *, hidden: Iterable[str] = ()) -> bytes:
    """A workbook as Excel writes it, of one sheet “Data” or of several by name; None leaves a cell empty."""
    named = sheets if isinstance(sheets, Mapping) else {"Data": sheets}
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        formats = {kind: workbook.add_format({"num_format": code}) for kind, code in FORMATS.items()}
        for name, rows in named.items():
            sheet = workbook.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if cell is not None:
                        sheet.write(row, column, cell, formats.get(type(cell)))
    return target.getvalue()


def xlsx_of_xml(
    sheet_data: str, *, names: Sequence[str] = ("Data",), after: str = "", from_1904: bool = False
) -> bytes:
    """The smallest workbook, each of whose sheets holds the given rows as XML."""
    properties = '<workbookPr date1904="1"/>' if from_1904 else ""
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{sheet_data}</sheetData>{after}</worksheet>'
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(names, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number, _ in enumerate(names, 1)
    )
    office = f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{office}</Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{properties}<sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
            **{f"xl/worksheets/sheet{number}.xml": sheet for number, _ in enumerate(names, 1)},
        }
    )


def ods(rows: Sequence[Sequence[str | float | None]], *, name: str = "Data") -> bytes:
    """An OpenDocument spreadsheet of one sheet; each line of a text is a paragraph, None leaves a cell empty."""
    return ods_of_xml(f"<table:table table:name={quoteattr(name)}>{ods_rows(rows)}</table:table>")


def ods_rows(rows: Sequence[Sequence[str | float | None]]) -> str:
    """Rows as content.xml holds them."""
    return "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)


def ods_cell(value: str | float | None) -> str:
    """One cell as content.xml holds it."""
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
        return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'


def ods_of_xml(tables: str, *, mimetype: str = ODS_MIMETYPE, manifest: str = "<manifest/>") -> bytes:
    """An OpenDocument spreadsheet whose sheets are given as XML."""
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    content = f"<?xml version='1.0'?><office:document-content {ODS_NAMESPACES}>{body}</office:document-content>"
    return archive({"mimetype": mimetype, "content.xml": content, "META-INF/manifest.xml": manifest})


def with_zip_flag(data: bytes, flag: int) -> bytes:
    """The archive with a flag (1: encrypted) set on each of its members."""
    marked = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(signature)
        while at >= 0:
            marked[at + offset] |= flag
            at = marked.find(signature, at + 4)
    return bytes(marked)


def xls(rows: Sequence[Sequence[str | float | None]], *, name: str = "Data", locked: bool = False) -> bytes:
    """An Excel 97-2003 workbook of one sheet; `locked` marks it as encrypted with a password."""
    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)
    lock = record(0x002F, struct.pack("<HHH", 1, 1, 1) + bytes(48)) if locked else b""
    globals_before = record(0x0809, begin) + lock
    end = record(0x000A, b"")
    bound = struct.pack("<BBBB", 0, 0, len(name), 0) + name.encode("latin-1")
    start_of_sheet = len(globals_before) + 4 + 4 + len(bound) + len(end)
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                text = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
                sheet += record(0x0204, struct.pack("<HHH", row, column, 0) + text)
            elif cell is not None:
                sheet += record(0x0203, struct.pack("<HHHd", row, column, 0, cell))
    stream = globals_before + record(0x0085, struct.pack("<I", start_of_sheet) + bound) + end + sheet + end
    return ole({"Workbook": stream})


def record(kind: int, content: bytes) -> bytes:
    """One record of an Excel 97-2003 stream."""
    return struct.pack("<HH", kind, len(content)) + content


def ole(streams: Mapping[str, bytes]) -> bytes:
    """The container of old Office files, with the named streams (at most three) in it."""
    sectors: list[bytes] = []
    table: list[int] = []
    entries = [("Root Entry", 5, 0xFFFFFFFE, 0)]
    for name, stream in streams.items():
        content = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
        first, count = len(sectors), len(content) // 512
        sectors += [content[at : at + 512] for at in range(0, len(content), 512)]
        table += [*range(first + 1, first + count), 0xFFFFFFFE]
        entries.append((name, 2, first, len(content)))
    directory = b""
    for number in range(4):
        name, kind, first, size = entries[number] if number < len(entries) else ("", 0, 0, 0)
        encoded = name.encode("utf-16-le")
        length = len(encoded) + 2 if name else 0
        child = 1 if number == 0 and len(entries) > 1 else 0xFFFFFFFF
        right = number + 1 if 0 < number < len(entries) - 1 else 0xFFFFFFFF
        links = struct.pack("<III", 0xFFFFFFFF, right, child)
        directory += encoded.ljust(64, b"\0") + struct.pack("<HBB", length, kind, 1) + links + bytes(36)
        directory += struct.pack("<IQ", first, size)
    directory_at = len(sectors)
    table += [0xFFFFFFFE, 0xFFFFFFFD]
    packed = struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, directory_at, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", directory_at + 1)
    return header.ljust(512, b"\xff") + b"".join(sectors) + directory + packed
