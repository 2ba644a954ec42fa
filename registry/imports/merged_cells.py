"""Cells that a spreadsheet has merged over several rows of a table: what stands in the first counts for all of them."""

from collections.abc import Iterator
from dataclasses import replace

from registry.imports.mapping import Layout, SheetMapping
from registry.imports.problems import Problem
from registry.imports.reading import Sheet
from registry.record.messages import Message


def spread(mapping: SheetMapping, sheet: Sheet) -> tuple[Sheet, tuple[Problem, ...]]:
    """Return the sheet with the text of merged cells in each of their rows, and a note where that adds anything.

    Only rows below the header that hold something else are filled. A row that goes on with the record above it keeps
    empty what tells one record from another.
    """
    if not sheet.merged or mapping.layout is not Layout.TABLE:
        return sheet, ()
    rows = list(sheet.rows)
    headings = {column.place: column.heading for column in mapping.columns}
    first: Problem | None = None
    for number, column, text, top in _cells(mapping, sheet):
        row = rows[number - 1] = [*rows[number - 1], *[""] * (column - len(rows[number - 1]))]
        row[column - 1] = text
        if first is None:
            message = Message("A merged cell counts for each of its rows.")
            first = Problem("note", message, sheet.name, top, column, headings.get(column, ""), text)
    return (replace(sheet, rows=rows), (first,)) if first else (sheet, ())


def _cells(mapping: SheetMapping, sheet: Sheet) -> Iterator[tuple[int, int, str, int]]:
    """Yield (row, column, text, row of the text) for each cell that a merged one covers and that is to say the same."""
    begin = mapping.first_data_row or (mapping.header_row or 0) + 1
    keys = set(mapping.grouped_by)
    for top, column, last in sheet.merged:
        text = _at(sheet.rows[top - 1], column) if top <= len(sheet.rows) else ""
        if not text.strip() or top < begin or top in mapping.skipped:
            continue
        for number in range(top + 1, min(last, len(sheet.rows)) + 1):
            row = sheet.rows[number - 1]
            if number in mapping.skipped or not any(row) or _at(row, column):
                continue
            if column in keys and mapping.continues and not any(_at(row, key) for key in keys):
                continue
            yield number, column, text, top


def _at(row: list[str], column: int) -> str:
    return row[column - 1] if column <= len(row) else ""
