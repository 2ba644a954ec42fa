"""What reading a file gives: a workbook of sheets of text cells, within limits, or a refusal with a remedy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from registry.record.messages import Message, say

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """How large a file may be. Sizes in bytes, `seconds` of wall clock and of processor, the rest as named."""

    max_bytes: int = 25 * MEBIBYTE
    max_unzipped_bytes: int = 400 * MEBIBYTE
    max_ratio: int = 200
    ratio_counts_from_bytes: int = 16 * MEBIBYTE
    max_members: int = 5_000
    max_sheets: int = 50
    max_rows: int = 100_000
    max_columns: int = 300
    max_cells: int = 10_000_000
    max_cell_characters: int = 100_000
    max_characters: int = 100_000_000
    seconds: float = 60
    memory_bytes: int = 1024 * MEBIBYTE
    max_comments: int = 20_000
    max_merged: int = 20_000


DEFAULT_LIMITS = Limits()


class Unreadable(Exception):
    """A file that can't be read: what is wrong, what to do about it, and where (rows and columns from 1)."""

    def __init__(
        self, message: Message, remedy: Message, *, sheet: str = "", row: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy
        self.sheet = sheet
        self.row = row
        self.column = column

    def __str__(self) -> str:
        place = self.place
        said = f"{say(self.message)} {say(self.remedy)}"
        return f"{place}: {said}" if place else said

    @property
    def place(self) -> str:
        """The sheet and the cell or row in words (`Sheet “Data”, cell B5`), or nothing."""
        place = place_in_words(self.sheet, self.row, self.column)
        return place[:1].upper() + place[1:]


@dataclass(frozen=True)
class CellNote:
    """Something a person should know of one cell: `kind` is formula, formula-without-result or error."""

    row: int
    column: int
    kind: str
    text: str


@dataclass(frozen=True)
class CellComment:
    """What somebody has written beside a cell: a note, a comment, or an answer to one. `author` may be unknown."""

    row: int
    column: int
    text: str
    author: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet as text: `rows[0]` is the spreadsheet's row 1, `rows[0][0]` its cell A1, an empty cell is "".

    Empty rows and columns before the table are kept, those after it are not, and rows may differ in length. What is
    hidden is among them; `hidden_rows` and `hidden_columns` say what that is, as far as the table reaches. `merged` are
    the cells that reach over several rows, as (row, column, last row). `from_1904` says that the workbook counts its
    days from that year.
    """

    name: str
    rows: list[list[str]]
    notes: tuple[CellNote, ...] = ()
    hidden: bool = False
    comments: tuple[CellComment, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int], ...] = ()
    from_1904: bool = False

    @cached_property
    def comments_in(self) -> Mapping[int, tuple[CellComment, ...]]:
        """The comments by their row, in the order of columns."""
        found: dict[int, tuple[CellComment, ...]] = {}
        for comment in sorted(self.comments, key=lambda one: (one.row, one.column)):
            found[comment.row] = (*found.get(comment.row, ()), comment)
        return found


@dataclass(frozen=True)
class Workbook:
    """A file that was read. `kind` is csv, xlsx, xls or ods; `encoding` and `delimiter` are empty for spreadsheets."""

    name: str
    kind: str
    sha256: str
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    delimiter: str = ""


def place_in_words(sheet: str, row: int | None, column: int | None, heading: str = "") -> str:
    """Where something stands, in the language in force: the cell, or the row or column where there is no one cell."""
    parts = [Message("sheet “%(sheet)s”", sheet=sheet)] if sheet else []
    if row and column:
        parts.append(Message("cell %(cell)s", cell=cell_name(row, column)))
    elif row:
        parts.append(Message("row %(row)s", row=str(row)))
    if heading:
        parts.append(Message("column “%(heading)s”", heading=heading))
    elif column and not row:
        parts.append(Message("column %(letters)s", letters=column_name(column)))
    return ", ".join(map(say, parts))


def column_name(column: int) -> str:
    """The letters of a column counted from 1: 1 gives A, 28 gives AB."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number, from 1, of a column's letters: AB gives 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def cell_name(row: int, column: int) -> str:
    """The address of a cell, row and column counted from 1, as a spreadsheet shows it: row 5, column 2 gives B5."""
    return f"{column_name(column)}{row}"
