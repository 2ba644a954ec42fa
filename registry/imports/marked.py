"""A person's own workbook back, its problems marked in the cells and listed on a sheet that no import reads."""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import cache
from io import BytesIO
from typing import Any

import xlsxwriter
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as n
from django.utils.translation import override

from registry.imports.comments import KEPT
from registry.imports.problems import Problem
from registry.imports.reading import DEFAULT_LIMITS, Limits, Sheet, Workbook, cell_name
from registry.imports.reading.isolated import environment
from registry.imports.reading.marks import AUTHOR, BEFORE_MARK

MODULE = "registry.imports.reading.marking_child"
SUMMARY = n("Problems found")
"""The name of the sheet that lists the problems, and what its first cell says: by both an import knows it as ours."""
FIRST_CELL = n("Problems that the import found in this file")
MOST = 20_000
"""How many problems are listed, and how many cells marked; errors come first."""
_HEAD = 4
"""The row of the summary's headings."""
_LINK = 3
_CELL_CHARACTERS = 32_767
_ORDER = {"error": 0, "warning": 1, "note": 2}
_COLOURS = {"error": "#F4C7C3", "warning": "#FCE8B2", "note": "#E3ECF7"}


@cache
def _summaries() -> Mapping[str, str]:
    """Return what the sheet is called in each language of ours, with what its first cell then says."""
    names = {}
    for language, _name_of_it in settings.LANGUAGES:
        with override(language):
            names[_(SUMMARY)] = _(FIRST_CELL)
    return names


def _is_summary(sheet: Sheet) -> bool:
    first = sheet.rows[0][:1] if sheet.rows else []
    return any(sheet.name.startswith(name) and first == [cell] for name, cell in _summaries().items())


def without_summary(workbook: Workbook) -> Workbook:
    """Return a workbook without the sheet of problems that we have put into it."""
    kept = tuple(sheet for sheet in workbook.sheets if not _is_summary(sheet))
    return workbook if len(kept) == len(workbook.sheets) else replace(workbook, sheets=kept)


def marked_workbook(
    workbook: Workbook, data: bytes, problems: Iterable[Problem], *, limits: Limits = DEFAULT_LIMITS
) -> bytes:
    """Return the file as XLSX with its problems marked: coloured cells with comments, and a sheet that links to them.

    An XLSX file is marked itself, so that everything else in it survives; of any other, or where that fails, a new
    workbook of the same cells is made. What is marked can be corrected and imported again as it is.
    """
    found = sorted(problems, key=lambda problem: (_ORDER[problem.severity], problem.row or 0))[:MOST]
    marked = _marked(workbook, data, found, limits) if workbook.kind == "xlsx" else None
    return marked if marked is not None else _made_anew(workbook, found)


def _marked(workbook: Workbook, data: bytes, problems: Sequence[Problem], limits: Limits) -> bytes | None:
    told = {
        "summary": _(SUMMARY),
        "summaries": dict(_summaries()),
        "cells": [(sheet, row, column, one, text) for (sheet, row, column), (one, text) in _cells(problems).items()],
        "lines": _lines(problems),
        "head": _HEAD,
        "link": _LINK,
        "macros": workbook.name.lower().endswith(".xlsm"),
    }
    command = [sys.executable, "-P", "-X", "utf8", "-W", "ignore", "-m", MODULE, json.dumps(asdict(limits))]
    content = json.dumps(told, ensure_ascii=True).encode() + b"\n" + data
    try:
        done = subprocess.run(  # noqa: S603 our own interpreter and module; the file goes in by its standard input
            command, input=content, capture_output=True, timeout=limits.seconds, env=environment(), check=False
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 and done.stdout else None


def _cells(problems: Iterable[Problem]) -> dict[tuple[str, int, int], tuple[str, str]]:
    """Return what is said of each cell, the worst first; of a row without a cell, at its first."""
    said: dict[tuple[str, int, int], list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.row and problem.message != KEPT:  # beside the comment itself there is nothing to say of it
            said[problem.sheet, problem.row, problem.column or 1].append(problem)
    return {place: (some[0].severity, "\n\n".join(map(_said, some))) for place, some in said.items()}


def _said(problem: Problem) -> str:
    accepted = f"\n{_('Accepted:')} {problem.said_accepted}" if problem.accepted else ""
    return f"{_word(problem.severity)}: {problem.said}{accepted}"


def _word(severity: str) -> str:
    return {"error": _("Error"), "warning": _("Warning"), "note": _("Note")}[severity]


def _lines(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    explained = _("Correct the cells and import the file again: this sheet, colours and comments are not read.")
    head = (_("What"), _("Sheet"), _("Cell"), _("What is wrong"), _("Value"), _("Accepted"))
    lines: list[dict[str, Any]] = [
        {"cells": [_(FIRST_CELL)], "bold": True},
        {"cells": [explained]},
        {"cells": [""]},
        {"cells": head, "bold": True},
    ]
    for problem in problems:
        address = cell_name(problem.row, problem.column or 1) if problem.row else ""
        lines.append(
            {
                "cells": (
                    _word(problem.severity),
                    problem.sheet,
                    address,
                    problem.said,
                    problem.shown_value,
                    problem.said_accepted,
                ),
                "to": (problem.sheet, address) if address and problem.sheet else None,
                "severity": problem.severity,
            }
        )
    return lines


def _made_anew(workbook: Workbook, problems: Sequence[Problem]) -> bytes:
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        names = {sheet.name: _name(sheet.name, place) for place, sheet in enumerate(workbook.sheets, 1)}
        fills = {one: book.add_format({"bg_color": colour}) for one, colour in _COLOURS.items()}
        bold = book.add_format({"bold": True})
        summary = book.add_worksheet(_(SUMMARY))
        for number, line in enumerate(_lines(problems)):
            for place, text in enumerate(line["cells"]):
                summary.write_string(number, place, str(text)[:_CELL_CHARACTERS], bold if line.get("bold") else None)
            if line.get("severity"):
                summary.write_string(number, 0, line["cells"][0], fills[line["severity"]])
            address = line["cells"][2] if line.get("severity") else ""
            if address and (sheet := names.get(line["cells"][1])):
                quoted = sheet.replace("'", "''")
                summary.write_url(number, _LINK - 1, f"internal:'{quoted}'!{address}", string=address)
        for place, width in enumerate((12, 30, 12, 60, 40, 60)):
            summary.set_column(place, place, width)
        summary.freeze_panes(_HEAD, 0)
        cells = _cells(problems)
        for sheet_read in workbook.sheets:
            sheet = book.add_worksheet(names[sheet_read.name])
            _hide(sheet, sheet_read)
            own = {(one.row, one.column): one for one in sheet_read.comments}
            for number, row in enumerate(sheet_read.rows, 1):
                for place, text in enumerate(row, 1):
                    if text:
                        sheet.write_string(number - 1, place - 1, text[:_CELL_CHARACTERS])
            for (row_number, column), comment in own.items():
                if (sheet_read.name, row_number, column) not in cells:
                    _comment(sheet, row_number, column, _words_at(sheet_read, row_number, column), comment.author)
            for (name, row_number, column), (severity, said) in cells.items():
                if name == sheet_read.name:
                    held = sheet_read.rows[row_number - 1] if row_number <= len(sheet_read.rows) else []
                    text = held[column - 1] if column <= len(held) else ""
                    sheet.write(row_number - 1, column - 1, text[:_CELL_CHARACTERS], fills[severity])
                    before = _words_at(sheet_read, row_number, column)
                    author = own[row_number, column].author if before else AUTHOR
                    _comment(sheet, row_number, column, f"{before}{BEFORE_MARK}{said}" if before else said, author)
    return stream.getvalue()


def _hide(sheet: Any, read: Sheet) -> None:
    for row in read.hidden_rows:
        sheet.set_row(row - 1, None, None, {"hidden": True})
    for column in read.hidden_columns:
        sheet.set_column(column - 1, column - 1, None, None, {"hidden": True})
    if read.hidden:
        sheet.hide()


def _words_at(sheet: Sheet, row: int, column: int) -> str:
    """Return what people have written beside a cell; who answers another is named."""
    found = [one for one in sheet.comments_in.get(row, ()) if one.column == column]
    first = found[:1]
    answers = (f"{one.author}: {one.text}" if one.author else one.text for one in found[1:])
    return "\n".join([*(one.text for one in first), *answers])


def _comment(sheet: Any, row: int, column: int, text: str, author: str) -> None:
    sheet.write_comment(row - 1, column - 1, text[:_CELL_CHARACTERS], {"x_scale": 2.5, "author": author or "?"})


def _name(name: str, place: int) -> str:
    """Return what a sheet is called: a text file's only one has no name."""
    table = _("Table")
    return name or (f"{table} {place}" if place > 1 else table)
