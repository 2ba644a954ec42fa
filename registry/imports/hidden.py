"""The hidden rows of a file: which records stand in them, and what becomes of these."""

from collections.abc import Iterator

from registry.imports.plan import HiddenRows
from registry.imports.problems import Problem, Severity
from registry.imports.source import SourceRecord
from registry.imports.table import Table
from registry.record.messages import Message

READ = Message("The row is hidden in the file, and is read like any other.")
_LEFT_OUT = Message("The row is hidden in the file, and is left out.")
_SAY_SO = Message("the hidden rows left out, if you say so under “What becomes of its rows”")
_TAKE = Message("the row taken as the file has it, if you say so")


class Hidden:
    """Tells which rows of a table are hidden, and what there is to say of each."""

    def __init__(self, table: Table, decided: HiddenRows) -> None:
        sheets = [sheet for _, sheet in table.assembly.sheets] if table.assembly else [table.sheet]
        self._rows = {sheet.name: sheet.hidden_rows for sheet in sheets if sheet.hidden_rows}
        self.are_left_out = decided is HiddenRows.LEAVE_OUT

    def of_record(self, record: SourceRecord) -> tuple[list[tuple[str, int]], bool]:
        """Return the hidden rows in which a record stands, and whether it stands in no others."""
        if not self._rows:
            return [], False
        places = list(dict.fromkeys(_places(record)))
        hidden = [place for place in places if self._is_hidden(*place)]
        return hidden, len(hidden) == len(places)

    def of_row(self, sheet: str, number: int) -> list[tuple[str, int]]:
        """Return the row of a sheet, if it is hidden."""
        return [(sheet, number)] if self._is_hidden(sheet, number) else []

    def in_sight(self, record: SourceRecord) -> SourceRecord:
        """Return a record that has other rows without its hidden ones."""
        rows = []
        for row in record.rows:
            cells = tuple(cell for cell in row.cells if not self._is_hidden(cell.sheet, cell.row))
            if any(cell.row >= row.number for cell in cells):
                rows.append(row._replace(cells=cells))
        return SourceRecord(tuple(rows))

    def told(self, places: list[tuple[str, int]]) -> list[Problem]:
        """Return what there is to say of hidden rows that are read."""
        return [_problem("warning", READ, place, _SAY_SO) for place in places]

    def told_left_out(self, places: list[tuple[str, int]], *, is_whole: bool) -> list[Problem]:
        """Return what there is to say of hidden rows that aren't read; a whole record can still be taken."""
        return [_problem("note", _LEFT_OUT, place, _TAKE if is_whole else "") for place in places]

    def _is_hidden(self, sheet: str, row: int) -> bool:
        return row in self._rows.get(sheet, ())


def _places(record: SourceRecord) -> Iterator[tuple[str, int]]:
    """Yield where the cells of a record stand; a section above its row is no part of it."""
    for row in record.rows:
        for cell in row.cells:
            if cell.row >= row.number:
                yield cell.sheet, cell.row


def _problem(severity: Severity, message: Message, place: tuple[str, int], accepted: str) -> Problem:
    return Problem(severity, message, place[0], place[1], accepted=accepted)
