"""Looking through the sheets of an XLSX file before they are read: last value, formulas, errors, what is hidden."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from .comments_xlsx import comments_of, local_name, persons, relations
from .scan import SheetScan, check_extent
from .workbook import Limits, column_number

WINDOW_BYTES = 8_000_000
VALUED_CELL = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\br=["']([A-Za-z]{1,3})([0-9]{1,7})["'][^<>]*(?<!/)>(?!</)""")
FORMULA_CELL = re.compile(rb"<((?:\w+:)?)c\s([^<>]*)(?<!/)>\s*<(?:\w+:)?f[\s/>]")
ERROR_CELL = re.compile(rb"""<((?:\w+:)?)c\s([^<>]*\bt=["']e["'][^<>]*)(?<!/)>""")
REFERENCE = re.compile(rb"""\br=["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
TEXT_RESULT = re.compile(rb"""\bt=["']str["']""")
ROW = re.compile(rb"<(?:\w+:)?row((?:\s[^<>]*)?)>")
ROW_NUMBER = re.compile(rb"""\br=["'](\d{1,7})["']""")
COLUMN = re.compile(rb"<(?:\w+:)?col\s([^<>]*)>")
COLUMN_FIRST = re.compile(rb"""\bmin=["'](\d{1,5})["']""")
COLUMN_LAST = re.compile(rb"""\bmax=["'](\d{1,5})["']""")
HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
RESULT = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]+)<")


def scan_xlsx(archive: zipfile.ZipFile, limits: Limits) -> dict[str, SheetScan]:
    """The scan of every sheet by its name. Raises Unreadable for a sheet whose values reach beyond the limits.

    A sheet's part is unpacked one at a time; cells without an address (`r`) are left to the reader.
    """
    scans = {}
    people = persons(archive)
    from_1904 = counts_from_1904(archive)
    for name, part in sheet_parts(archive):
        data = archive.read(part)
        last_row, last_column = last_value(data)
        check_extent(name, last_row, last_column, limits)
        scans[name] = scan_sheet(data)
        scans[name].from_1904 = from_1904
        scans[name].hidden_rows = hidden_rows(data, last_row)
        scans[name].hidden_columns = hidden_columns(data, last_column)
        for comment in comments_of(archive, part, people):
            scans[name].add_comment(comment, name, limits)
    return scans


def sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The name and the part of every sheet that the workbook lists."""
    targets = {relation.key: relation.part for relation in relations(archive, "xl/workbook.xml")}
    for element in workbook_part(archive).iter():
        if local_name(element.tag) == "sheet":
            relation_id = next((value for key, value in element.attrib.items() if local_name(key) == "id"), "")
            part = targets.get(relation_id, "")
            if part:
                yield element.get("name", ""), part


def workbook_part(archive: zipfile.ZipFile) -> Element:
    """The part that lists the sheets. Raises KeyError where there is none."""
    members = {member.lower(): member for member in archive.namelist()}
    part: Element = ElementTree.fromstring(archive.read(members["xl/workbook.xml"]))
    return part


def counts_from_1904(archive: zipfile.ZipFile) -> bool:
    """Whether the workbook counts days from 1904, as old programs for the Macintosh did."""
    properties = workbook_part(archive).iter()
    return any(local_name(one.tag) == "workbookPr" and one.get("date1904") in {"1", "true"} for one in properties)


def hidden_rows(data: bytes, last: int) -> set[int]:
    """The hidden rows of a sheet's XML, by hand or by a filter, down to its last value."""
    found: set[int] = set()
    if b"hidden=" not in data:
        return found
    number = 0
    for match in ROW.finditer(data):
        given = ROW_NUMBER.search(match[1])
        number = int(given[1]) if given else number + 1
        if number <= last and HIDDEN.search(match[1]):
            found.add(number)
    return found


def hidden_columns(data: bytes, last: int) -> set[int]:
    """The hidden columns of a sheet's XML, as far as its last value."""
    head = data[: max(0, data.find(b"sheetData"))]
    found: set[int] = set()
    for match in COLUMN.finditer(head):
        ends = COLUMN_FIRST.search(match[1]), COLUMN_LAST.search(match[1])
        if ends[0] and ends[1] and HIDDEN.search(match[1]):
            found.update(range(int(ends[0][1]), min(int(ends[1][1]), last) + 1))
    return found


def last_value(data: bytes) -> tuple[int, int]:
    """The last row and the last column, from 1, with a value anywhere in a sheet's XML; 0 and 0 where none is."""
    last_row, letters = 0, set()
    start = 0
    while start < len(data):
        end = min(start + WINDOW_BYTES, len(data))
        if end < len(data):
            cut = max(data.rfind(b"<c ", start + 1, end), data.rfind(b":c ", start + 1, end) - 100)
            end = cut if cut > start else end
        found = VALUED_CELL.findall(data, start, end + 100)
        last_row = max(last_row, max({int(row) for _, row in found}, default=0))
        letters.update({column for column, _ in found})
        start = end
    return last_row, max((column_number(column.decode().upper()) for column in letters), default=0)


def scan_sheet(data: bytes) -> SheetScan:
    """The formulas and error values of one sheet's XML."""
    scan = SheetScan()
    if b't="e"' in data or b"t='e'" in data:
        for match in ERROR_CELL.finditer(data):
            place = place_of(match[2])
            if place:
                result = RESULT.search(body_of(data, match))
                scan.add_error(*place, unescape(result[1].decode("utf-8", "replace")) if result else "#N/A")
    if b"<f" in data or b":f" in data:
        for match in FORMULA_CELL.finditer(data):
            place = place_of(match[2])
            if place and place[1] not in scan.errors.get(place[0], {}):
                has_result = bool(TEXT_RESULT.search(match[2]) or RESULT.search(body_of(data, match)))
                scan.add_formula(*place, has_result)
    return scan


def place_of(attributes: bytes) -> tuple[int, int] | None:
    """Row and column, from 1, of a cell's address, where it has one."""
    reference = REFERENCE.search(attributes)
    return (int(reference[2]), column_number(reference[1].decode().upper())) if reference else None


def body_of(data: bytes, match: re.Match[bytes]) -> bytes:
    """What stands between a cell's opening tag and its closing tag."""
    opened = data.index(b">", match.start()) + 1
    closed = data.find(b"</" + match[1] + b"c>", opened)
    return data[opened : closed if closed >= 0 else opened]
