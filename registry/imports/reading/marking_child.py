"""The process that marks problems in a workbook: it confines itself, reads stdin and writes the marked workbook.

openpyxl holds a whole workbook in memory; here that ends this process and no other. Standard input is one line of JSON
(what is to be marked), then the bytes of the file.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink

from .child import confine
from .marks import AUTHOR, BEFORE_MARK, without_mark
from .workbook import Limits

LONGEST = 32_000
FILLS = {"error": "FFF4C7C3", "warning": "FFFCE8B2", "note": "FFE3ECF7"}


def main(arguments: list[str], source: BinaryIO, target: BinaryIO) -> int:
    """Mark what the first line of `source` names in the workbook behind it, within the limits of the arguments."""
    confine(Limits(**json.loads(arguments[0])))
    told = json.loads(source.readline())
    data = source.read()
    book = load_workbook(io.BytesIO(data), keep_vba=told["macros"], rich_text=True)
    _unmark(book, told["summaries"])
    for sheet, row, column, severity, text in told["cells"]:
        if sheet in book.sheetnames:
            _mark(book[sheet], row, column, severity, text)
    _summarise(book, told)
    book.save(target)
    return 0


def _unmark(book: Any, summaries: dict[str, str]) -> None:
    """Take away what an earlier marking has left: its sheet, its comments and the colour of their cells."""
    for sheet in book.worksheets:
        first = sheet.cell(1, 1).value
        if any(sheet.title.startswith(name) and first == cell for name, cell in summaries.items()):
            del book[sheet.title]
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.comment is None:
                continue
            own = without_mark(cell.comment.text, cell.comment.author)
            if own != cell.comment.text:
                cell.comment = Comment(own, cell.comment.author) if own else None
                cell.fill = PatternFill()


def _mark(sheet: Any, row: int, column: int, severity: str, text: str) -> None:
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        ranges = [one for one in sheet.merged_cells.ranges if cell.coordinate in one]
        cell = sheet.cell(ranges[0].min_row, ranges[0].min_col) if ranges else cell
    if isinstance(cell, MergedCell):
        return
    before, author = (
        (cell.comment.text + BEFORE_MARK, cell.comment.author) if cell.comment is not None else ("", AUTHOR)
    )
    cell.comment = Comment((before + _clean(text))[:LONGEST], author, width=360, height=140)
    cell.fill = PatternFill("solid", start_color=FILLS[severity])


def _summarise(book: Any, told: dict[str, Any]) -> None:
    sheet = book.create_sheet(told["summary"], 0)
    for number, line in enumerate(told["lines"], 1):
        for place, text in enumerate(line["cells"], 1):
            cell = sheet.cell(number, place)
            cell.value = _clean(str(text))[:LONGEST]
            cell.data_type = "s"
            if line.get("bold"):
                cell.font = Font(bold=True)
        if line.get("to"):
            cell = sheet.cell(number, told["link"])
            name = line["to"][0].replace("'", "''")
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!{line['to'][1]}")
            cell.font = Font(underline="single", color="FF0F6363")
        if line.get("severity"):
            sheet.cell(number, 1).fill = PatternFill("solid", start_color=FILLS[line["severity"]])
    for letters, width in zip("ABCDEF", (12, 30, 12, 60, 40, 60), strict=True):
        sheet.column_dimensions[letters].width = width
    sheet.freeze_panes = f"A{told['head'] + 1}"
    book.active = 0


def _clean(text: str) -> str:
    return str(ILLEGAL_CHARACTERS_RE.sub("", text))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer))
