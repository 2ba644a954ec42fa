"""Looking through the sheets of an XLSX file before they are read: the last value, formulas, error values."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from html import unescape

from defusedxml import ElementTree

from .scan import SheetScan, check_extent
from .workbook import Limits, column_number

WINDOW_BYTES = 8_000_000
VALUED_CELL = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\br=["']([A-Za-z]{1,3})([0-9]{1,7})["'][^<>]*(?<!/)>(?!</)""")
FORMULA_CELL = re.compile(rb"<((?:\w+:)?)c\s([^<>]*)(?<!/)>\s*<(?:\w+:)?f[\s/>]")
ERROR_CELL = re.compile(rb"""<((?:\w+:)?)c\s([^<>]*\bt=["']e["'][^<>]*)(?<!/)>""")
REFERENCE = re.compile(rb"""\br=["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
TEXT_RESULT = re.compile(rb"""\bt=["']str["']""")
RESULT = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]+)<")


def scan_xlsx(archive: zipfile.ZipFile, limits: Limits) -> dict[str, SheetScan]:
    """The scan of every sheet by its name. Raises Unreadable for a sheet whose values reach beyond the limits.

    A sheet's part is unpacked one at a time; cells without an address (`r`) are left to the reader.
    """
    scans = {}
    for name, part in sheet_parts(archive):
        data = archive.read(part)
        check_extent(name, *last_value(data), limits)
        scans[name] = scan_sheet(data)
    return scans


def sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The name and the part of every sheet that the workbook lists."""
    members = {member.lower(): member for member in archive.namelist()}
    targets = {}
    if "xl/_rels/workbook.xml.rels" in members:
        for relation in ElementTree.fromstring(archive.read(members["xl/_rels/workbook.xml.rels"])):
            target = posixpath.normpath(posixpath.join("/xl", relation.get("Target", "")))
            targets[relation.get("Id", "")] = target.removeprefix("/").lower()
    for element in ElementTree.fromstring(archive.read(members["xl/workbook.xml"])).iter():
        if local_name(element.tag) == "sheet":
            relation_id = next((value for key, value in element.attrib.items() if local_name(key) == "id"), "")
            part = members.get(targets.get(relation_id, ""))
            if part:
                yield element.get("name", ""), part


def local_name(tag: str) -> str:
    """A tag or attribute name without its namespace."""
    return tag.rpartition("}")[2]


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
