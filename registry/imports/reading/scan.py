"""What a look through a sheet's XML tells: how far its values reach, its formulas and its error values."""

from __future__ import annotations

from dataclasses import dataclass, field

from registry.record.messages import Message

from .workbook import CellNote, Limits, Unreadable, column_name

STORED = Message("The cell holds a formula; its stored result is used.")
NOT_STORED = Message(
    "The cell holds a formula without a stored result and is read as empty: "
    "open the file in a spreadsheet program and save it again."
)


@dataclass
class SheetScan:
    """One sheet's notes, and the texts of its error values by row and column (from 1), which the reader leaves out."""

    notes: list[CellNote] = field(default_factory=list)
    errors: dict[int, dict[int, str]] = field(default_factory=dict)

    def add_formula(self, row: int, column: int, has_result: bool) -> None:
        """Note a formula cell."""
        kind, text = ("formula", STORED) if has_result else ("formula-without-result", NOT_STORED)
        self.notes.append(CellNote(row, column, kind, text))

    def add_error(self, row: int, column: int, text: str) -> None:
        """Note an error value such as #REF!, and keep its text."""
        self.errors.setdefault(row, {})[column] = text
        message = Message("The cell holds the error %(error)s, which is kept as text.", error=text)
        self.notes.append(CellNote(row, column, "error", message))


def check_extent(sheet: str, row: int, column: int, limits: Limits) -> None:
    """Raise Unreadable where the last row and column that bear a value are beyond the limits."""
    if row > limits.max_rows or column > limits.max_columns or row * column > limits.max_cells:
        raise Unreadable(
            Message(
                "The sheet has values as far as row %(row)s and column %(column)s and so claims %(cells)s cells; at "
                "most %(rows)s rows, %(columns)s columns and %(most)s cells are read.",
                row=row,
                column=column_name(column),
                cells=row * column,
                rows=limits.max_rows,
                columns=limits.max_columns,
                most=limits.max_cells,
            ),
            Message(
                "Delete the rows below your table and the columns to its right, also those that look empty, and save "
                "again."
            ),
            sheet=sheet,
            row=row,
            column=column,
        )
