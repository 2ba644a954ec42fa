"""What a look through a sheet's XML tells: how far its values reach, formulas, errors, comments and what is hidden."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from registry.record.messages import Message

from .cells import clean
from .workbook import CellComment, CellNote, Limits, Unreadable, column_name

STORED = Message("The cell holds a formula; its stored result is used.")
NOT_STORED = Message(
    "The cell holds a formula without a stored result and is read as empty: "
    "open the file in a spreadsheet program and save it again."
)

LONGEST_AUTHOR = 100
"""How many characters of a name are kept: nobody's is longer, and it stands before each comment."""


@dataclass
class SheetScan:
    """What the reader leaves out of one sheet: notes on its cells, the texts of its error values by row and column
    (from 1), the comments beside its cells, which rows and columns are hidden, which cells reach over several rows
    (row, column, last row), and from when days are counted."""

    notes: list[CellNote] = field(default_factory=list)
    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    comments: list[CellComment] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    from_1904: bool = False

    def add_formula(self, row: int, column: int, has_result: bool) -> None:
        """Note a formula cell."""
        kind, text = ("formula", STORED) if has_result else ("formula-without-result", NOT_STORED)
        self.notes.append(CellNote(row, column, kind, text))

    def add_error(self, row: int, column: int, text: str) -> None:
        """Note an error value such as #REF!, and keep its text."""
        self.errors.setdefault(row, {})[column] = text
        message = Message("The cell holds the error %(error)s, which is kept as text.", error=text)
        self.notes.append(CellNote(row, column, "error", message))

    def add_comment(self, comment: CellComment, sheet: str, limits: Limits) -> None:
        """Note what stands beside a cell, if anything does. Raises Unreadable beyond the limits."""
        text = clean(comment.text).strip()
        if not text:
            return
        if len(text) > limits.max_cell_characters:
            raise Unreadable(
                Message(
                    "The comment has %(count)s characters; at most %(most)s are read.",
                    count=len(text),
                    most=limits.max_cell_characters,
                ),
                Message("Shorten it, or write it into a document that the record names."),
                sheet=sheet,
                row=comment.row,
                column=comment.column,
            )
        self.comments.append(replace(comment, text=text, author=clean(comment.author).strip()[:LONGEST_AUTHOR]))
        if len(self.comments) > limits.max_comments:
            raise Unreadable(
                Message("The sheet has more than %(most)s comments.", most=limits.max_comments),
                Message("Delete those that don't belong to the register, or split the file."),
                sheet=sheet,
            )


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
