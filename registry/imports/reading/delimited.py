"""Delimited text (CSV) to a sheet: which character separates the cells, and strict reading within the limits."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice

from registry.record.messages import Message, sentences

from .encoding import decode
from .workbook import Limits, Sheet, Unreadable

DELIMITERS = {
    ";": Message("semicolon"),
    "\t": Message("tab"),
    "|": Message("vertical bar"),
    ",": Message("comma"),
}
"""The characters that may separate cells, with what they are called."""
NO_DELIMITER = "\x1f"
SAMPLE_CHARACTERS = 65_536
SAMPLE_RECORDS = 60
SEPARATOR_LINE = re.compile(r'"?sep=([;,|\t])"?\n', re.IGNORECASE)
CLOSE_QUOTES = Message(
    "Look at that row in a text editor: a cell that begins with a quotation mark must end with one, "
    "and every quotation mark inside it must be doubled."
)


def read_delimited(data: bytes, limits: Limits, encoding: str = "", delimiter: str = "") -> tuple[Sheet, str, str]:
    """The only sheet of a CSV file (it has no name), its encoding, and its delimiter (empty where it has one column).

    What is named is believed. Rows are records, as a spreadsheet would number them: a cell may hold line ends. Raises
    Unreadable.
    """
    if delimiter not in {"", *DELIMITERS}:
        known = tuple(DELIMITERS.values())
        raise Unreadable(
            Message("“%(delimiter)s” doesn't separate cells here.", delimiter=delimiter),
            Message("Choose one of %(known)s.", known=known),
        )
    text, encoding = decode(data, encoding)
    declared = SEPARATOR_LINE.match(text)
    delimiter = delimiter or (declared[1] if declared else sniff(text))
    rows = read_records(text, delimiter, limits)
    if declared:
        rows[0] = []
    return Sheet(name="", rows=rows), encoding, "" if delimiter == NO_DELIMITER else delimiter


FAR_BEYOND = 20
"""How many times the longest cell is still read, so that its refusal can name the cell and how it begins."""

SHOWN = 40
"""How many characters of a cell that is too long are shown."""


def read_records(text: str, delimiter: str, limits: Limits) -> list[list[str]]:
    """The records of the text as rows, without empty cells and rows after the table. Raises Unreadable."""
    allow_field(limits.max_cell_characters * FAR_BEYOND)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    filled = 0
    line = 1
    try:
        for record in reader:
            row = [cell.rstrip() for cell in record]
            while row and not row[-1]:
                row.pop()
            rows.append(row)
            if row:
                filled = len(rows)
                check_row(row, filled, limits)
            line = reader.line_num + 1
    except csv.Error as error:
        raise broken_record(error, len(rows) + 1, line, limits) from error
    del rows[filled:]
    return rows


def allow_field(characters: int) -> None:
    """Let the csv module pass a cell of that many characters, so that our own limits are what speaks."""
    if csv.field_size_limit() <= characters:
        csv.field_size_limit(characters + 1)


def check_row(row: list[str], number: int, limits: Limits) -> None:
    """Raise Unreadable where a row without its trailing empty cells is beyond the limits; rows count from 1."""
    if number > limits.max_rows:
        raise Unreadable(
            Message("The table has more than %(most)s rows.", most=limits.max_rows),
            Message("Split it into several files."),
            row=number,
        )
    if len(row) > limits.max_columns:
        raise Unreadable(
            Message(
                "The row has %(count)s cells; at most %(most)s columns are read.",
                count=len(row),
                most=limits.max_columns,
            ),
            Message("Delete the columns that don't belong to the table."),
            row=number,
            column=limits.max_columns + 1,
        )
    if max(map(len, row)) > limits.max_cell_characters:
        column, cell = next((at, cell) for at, cell in enumerate(row, 1) if len(cell) > limits.max_cell_characters)
        raise too_long(cell, limits, row=number, column=column)


def too_long(text: str, limits: Limits, *, sheet: str = "", row: int, column: int) -> Unreadable:
    """The refusal of a cell with more text than the limit, by how it begins."""
    begins = " ".join(text[:SHOWN].split())
    return Unreadable(
        Message(
            "The cell holds %(count)s characters, beginning “%(begins)s…”; at most %(most)s are read.",
            count=len(text),
            begins=begins,
            most=limits.max_cell_characters,
        ),
        Message("Shorten the text, or keep it in a document and name that document in the cell."),
        sheet=sheet,
        row=row,
        column=column,
    )


def broken_record(error: csv.Error, row: int, line: int, limits: Limits) -> Unreadable:
    """The refusal of a record whose quotation marks don't match; `line` is the line of the file on which it begins."""
    if "field limit" in str(error):
        problem = Message(
            "A cell is far longer than %(most)s characters; a quotation mark that is never closed may have swallowed "
            "the rows after it.",
            most=limits.max_cell_characters,
        )
    elif "end of data" in str(error):
        problem = Message("A quotation mark is opened and never closed, so that it swallows the rest of the file.")
    else:
        problem = Message("Text follows the closing quotation mark of a cell.")
    where = [Message("The row begins in line %(line)s of the file.", line=line)] if line != row else []
    return Unreadable(sentences(problem, *where), CLOSE_QUOTES, row=row)


def sniff(text: str) -> str:
    """The character that separates the cells: the one that divides the table most evenly, from its header on.

    A delimiter followed by a blank is prose ("staff, customers") unless nothing else divides the text.
    Lines above the header don't count. A character that can't occur is given where there is one column.
    """
    sample = text[:SAMPLE_CHARACTERS]
    for prose_counts in (False, True):
        found = [(delimiter, evidence(sample, delimiter, prose_counts)) for delimiter in DELIMITERS]
        onsets = [onset for _, (onset, _) in found if onset]
        scores = [
            (score * (2 if onset == min(onsets) else 1), delimiter) for delimiter, (onset, score) in found if onset
        ]
        if scores:
            best = max(score for score, _ in scores)
            return next(delimiter for score, delimiter in scores if score == best)
    return NO_DELIMITER


def evidence(sample: str, delimiter: str, prose_counts: bool) -> tuple[int, float]:
    """The line where a delimiter begins to divide the text (0: none), and how evenly and finely it does, 0 to 1."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    onset, widths = 0, []
    for record in islice(reader, SAMPLE_RECORDS):
        width = 1 + sum(1 for cell in record[1:] if prose_counts or not cell.startswith(" ")) if record else 0
        if width > 1 and not onset:
            onset = reader.line_num
        if onset and width:
            widths.append(width)
    divided = Counter(width for width in widths if width > 1)
    if not onset or divided.total() * 2 <= len(widths):
        return 0, 0.0
    width, count = max(divided.items(), key=lambda item: (item[1], item[0]))
    return onset, count / len(widths) * (1 - 1 / width)
