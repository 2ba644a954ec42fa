"""What of a workbook nobody sees who opens it: hidden sheets and columns; and the comments that are of no record."""

from collections.abc import Iterator

from registry.imports import read_as
from registry.imports.hidden import READ
from registry.imports.mapping import IGNORE, Layout, SheetMapping
from registry.imports.problems import Problem
from registry.imports.reading import Sheet, Workbook, cell_name
from registry.imports.source import COMMENT
from registry.imports.table import Table
from registry.record.messages import Message

_READ = Message("The sheet is hidden in the file, and is read all the same.")
_COLUMN = Message("The column is hidden in the file, and is read like any other.")
_STRAY = Message("The comment stands on no cell of a record, and isn't kept.")
_OF_ENTRIES = Message("The comment isn't kept.")
_IN_A_CELL = Message("what matters of it, written into a cell")
_DELETED = Message("the row deleted in the file, if it is no entry")
_OLD = Message("In the old XLS format comments, and what is hidden, can't be told: comments in the file are not read.")


def out_of_sight(workbook: Workbook, table: Table) -> list[Problem]:
    """Return what there is to say of what nobody sees in the sheets that are read."""
    if table.mapping is None:
        return []
    by_name = {sheet.name: sheet for sheet in workbook.sheets}
    taken = _taken(table)
    found: list[Problem] = []
    for one in table.mapping.sheets:
        for sheet in (by_name[name] for name in one.names if name in by_name):
            found += _hidden_sheet(sheet)
            found += _columns(one, sheet, own=table.own)
            found += _stray(sheet, taken, _STRAY if table.kind == read_as.ACTIVITY else _OF_ENTRIES)
    if table.kind != read_as.ACTIVITY:
        found += _rows_of_entries(table.sheet, table.first_data_row)
    return [*found, *_of_kind(workbook)]


def out_of_sight_of_entries(workbook: Workbook, sheet: Sheet) -> list[Problem]:
    """Return the same of a sheet of entries in our own layout, whose comments no field holds."""
    return [
        *_hidden_sheet(sheet),
        *_stray(sheet, set(), _OF_ENTRIES),
        *_rows_of_entries(sheet, 2),
        *_of_kind(workbook),
    ]


def _hidden_sheet(sheet: Sheet) -> list[Problem]:
    accepted = Message("another sheet, chosen by you")
    return [Problem("warning", _READ, sheet.name, accepted=accepted)] if sheet.hidden else []


def _rows_of_entries(sheet: Sheet, first: int) -> list[Problem]:
    filled = (number for number, row in enumerate(sheet.rows, 1) if number >= first and any(row))
    return [
        Problem("warning", READ, sheet.name, number, accepted=_DELETED)
        for number in filled
        if number in sheet.hidden_rows
    ]


def _of_kind(workbook: Workbook) -> list[Problem]:
    accepted = Message("the file saved as XLSX, if it has any")
    return [Problem("note", _OLD, accepted=accepted)] if workbook.kind == "xls" else []


def _columns(one: SheetMapping, sheet: Sheet, *, own: bool) -> Iterator[Problem]:
    accepted = "" if own else Message("the column left out, if you say so under “Correct how it is read”")
    first = one.first_data_row or (one.header_row or 0) + 1
    for column in one.columns:
        if column.place not in sheet.hidden_columns or column.block or column.read_as == IGNORE:
            continue
        if any(column.place <= len(row) and row[column.place - 1] for row in sheet.rows[first - 1 :]):
            yield Problem(
                "note" if own else "warning",
                _COLUMN,
                sheet.name,
                one.header_row,
                column.place,
                column.heading,
                accepted=accepted,
            )


def _stray(sheet: Sheet, taken: set[tuple[str, int, int]], message: Message) -> Iterator[Problem]:
    for comment in sheet.comments:
        if (sheet.name, comment.row, comment.column) not in taken:
            value = f"{cell_name(comment.row, comment.column)}: {comment.text}"
            yield Problem("note", message, sheet.name, comment.row, None, "", value, _IN_A_CELL)


def _taken(table: Table) -> set[tuple[str, int, int]]:
    """Return the places of the comments that are kept with a record, or that the person has left out."""
    assert table.mapping is not None  # noqa: S101 the caller has checked
    if table.kind != read_as.ACTIVITY or table.own:
        numbers = {number for number, _ in table.data_rows()}
        comments = table.sheet.comments
        return {(table.sheet.name, one.row, one.column) for one in comments if one.row in numbers}
    sheets = table.assembly.sheets if table.assembly else ()
    if not any(sheet.comments for _, sheet in sheets):
        return set()
    left_out = {
        (sheet.name, one.row, one.column)
        for mapping, sheet in sheets
        for one in sheet.comments
        if mapping.layout is Layout.TABLE and one.column in mapping.places(IGNORE)
    }
    records = (cell for record in table.records() for row in record.rows for cell in row.cells)
    return left_out | {(cell.sheet, cell.row, cell.column) for cell in records if cell.key == COMMENT}
