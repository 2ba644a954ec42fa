"""The process that opens spreadsheets: it confines itself, reads stdin and writes sheets as lines of JSON.

A small file can make any reader ask for more memory than there is; here that ends this process and no other.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import BinaryIO
from xml.etree.ElementTree import ParseError

import python_calamine

from registry.record.messages import Message, keep

from .cells import as_text
from .delimited import too_long
from .kinds import DAMAGED_ARCHIVE
from .scan import SheetScan, check_extent
from .scan_ods import mended, scan_ods
from .scan_xlsx import scan_xlsx
from .workbook import Limits, Unreadable

BLOCK_ROWS = 1000


def confine(limits: Limits) -> None:
    """Limit this process's memory and processor time, where the system can; leave no memory image behind."""
    with suppress(ImportError):
        import resource

        seconds = max(1, round(limits.seconds))
        for what, soft, hard in (
            (resource.RLIMIT_AS, limits.memory_bytes, limits.memory_bytes),
            (resource.RLIMIT_CPU, seconds, seconds + 5),
            (resource.RLIMIT_CORE, 0, 0),
        ):
            with suppress(ValueError, OSError):
                resource.setrlimit(what, (soft, hard))


def main(arguments: list[str], source: BinaryIO, target: BinaryIO) -> int:
    """Read the spreadsheet on `source` as the kind and within the limits (JSON) that the arguments name."""
    kind, limits = arguments[0], Limits(**json.loads(arguments[1]))
    confine(limits)
    try:
        for record in read_spreadsheet(source.read(), kind, limits):
            write(target, record)
        write(target, {"end": True})
    except Unreadable as error:
        place = {"sheet": error.sheet, "row": error.row, "column": error.column}
        write(target, {"refused": {"message": keep(error.message), "remedy": keep(error.remedy), **place}})
    target.flush()
    return 0


def write(target: BinaryIO, record: dict[str, object]) -> None:
    """One record as one line of JSON."""
    target.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n")


def read_spreadsheet(data: bytes, kind: str, limits: Limits) -> Iterator[dict[str, object]]:
    """The sheets as records: one that opens a sheet, blocks of its rows, its notes. Raises Unreadable."""
    scans: dict[str, SheetScan] = {}
    try:
        if kind == "ods":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                content = archive.read("content.xml")
            scans = scan_ods(content, limits)
            data = mended(data, content)
            del content
        elif kind == "xlsx":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                scans = scan_xlsx(archive, limits)
    except (*DAMAGED_ARCHIVE, ParseError) as error:
        raise damaged() from error
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(data))
    except python_calamine.CalamineError as error:
        raise damaged() from error
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet]
    if len(sheets) > limits.max_sheets:
        raise Unreadable(
            Message(
                "The file has %(count)s sheets; at most %(most)s are read.", count=len(sheets), most=limits.max_sheets
            ),
            Message("Delete the sheets that don't belong to the register, or split the file."),
        )
    characters = 0
    for metadata in sheets:
        scan = scans.get(metadata.name, SheetScan())
        hidden = metadata.visible != python_calamine.SheetVisibleEnum.Visible
        yield {"sheet": metadata.name, "hidden": hidden, **({"from_1904": True} if scan.from_1904 else {})}
        try:
            sheet = workbook.get_sheet_by_name(metadata.name)
        except python_calamine.CalamineError as error:
            raise damaged(metadata.name) from error
        for block in blocks(text_rows(sheet, scan, limits)):
            characters += sum(len(cell) for row in block for cell in row)
            check_characters(characters, limits)
            yield {"rows": block}
        characters += sum(len(comment.text) for comment in scan.comments)
        check_characters(characters, limits)
        yield {
            "notes": [(note.row, note.column, note.kind, keep(note.text)) for note in scan.notes],
            "comments": [(one.row, one.column, one.text, one.author) for one in scan.comments],
            "hidden_rows": sorted(scan.hidden_rows),
            "hidden_columns": sorted(scan.hidden_columns),
            "merged": sorted(merged(sheet, scan))[: limits.max_merged],
        }


def merged(sheet: python_calamine.CalamineSheet, scan: SheetScan) -> Iterator[tuple[int, int, int]]:
    """The cells of a sheet that reach over several rows, as (row, column, last row), all from 1."""
    yield from scan.merged
    for (top, column), (last, _) in sheet.merged_cell_ranges or ():
        if last > top:
            yield top + 1, column + 1, last + 1


def check_characters(count: int, limits: Limits) -> None:
    """Raise Unreadable where a file holds more text than the limits allow."""
    if count > limits.max_characters:
        raise Unreadable(
            Message("The file holds more than %(most)s characters of text.", most=limits.max_characters),
            Message("Split it into several files."),
        )


def text_rows(sheet: python_calamine.CalamineSheet, scan: SheetScan, limits: Limits) -> Iterator[list[str]]:
    """The rows of a sheet as text from cell A1 on, without the empty cells and rows after the table."""
    if sheet.start is None or sheet.end is None:
        return
    check_extent(sheet.name, sheet.end[0] + 1, sheet.end[1] + 1, limits)
    before = [""] * sheet.start[1]
    empty = 0
    for number, values in enumerate(sheet.iter_rows(), 1):
        row = before + [as_text(value) for value in values]
        for column, text in scan.errors.get(number, {}).items():
            row.extend([""] * (column - len(row)))
            row[column - 1] = text
        while row and not row[-1]:
            row.pop()
        if not row:
            empty += 1
            continue
        if max(map(len, row)) > limits.max_cell_characters:
            column = next(at for at, cell in enumerate(row, 1) if len(cell) > limits.max_cell_characters)
            raise too_long(row[column - 1], limits, sheet=sheet.name, row=number, column=column)
        yield from ([] for _ in range(empty))
        empty = 0
        yield row


def blocks(rows: Iterable[list[str]]) -> Iterator[list[list[str]]]:
    """The rows in lists of a thousand."""
    block: list[list[str]] = []
    for row in rows:
        block.append(row)
        if len(block) == BLOCK_ROWS:
            yield block
            block = []
    if block:
        yield block


def damaged(sheet: str = "") -> Unreadable:
    """The refusal of a spreadsheet whose inside doesn't hold together."""
    return Unreadable(
        Message("It is damaged, or holds something that isn't read.")
        if sheet
        else Message("The spreadsheet is damaged or incomplete."),
        Message("Open it in a spreadsheet program and save it again as XLSX."),
        sheet=sheet,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer))
