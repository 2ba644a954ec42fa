"""From a file's name and bytes to a workbook: the kind, the limits, and the reader for that kind."""

from __future__ import annotations

import hashlib

from registry.record.messages import Message

from .delimited import read_delimited
from .isolated import read_isolated
from .kinds import check_name, kind_of
from .workbook import DEFAULT_LIMITS, Limits, Sheet, Unreadable, Workbook


def read_file(
    name: str, data: bytes, *, limits: Limits = DEFAULT_LIMITS, encoding: str = "", delimiter: str = ""
) -> Workbook:
    """The sheets of a CSV, XLSX, XLS or ODS file as text; `name` is the file's name as the person gave it.

    `encoding`, a key of ENCODINGS, and `delimiter`, a key of DELIMITERS, are believed for a CSV file; without one it
    is found out.

    Nothing is evaluated: formulas give their stored result, macros are never run. Raises Unreadable, which says what is
    wrong, where, and what to do. In the old XLS format formulas and error values can't be told apart from plain cells.
    """
    if len(data) > limits.max_bytes:
        raise Unreadable(
            Message("The file has %(count)s bytes; at most %(most)s are read.", count=len(data), most=limits.max_bytes),
            Message("Split it into several files, or remove pictures from it."),
        )
    kind = kind_of(data, limits)
    check_name(name, kind)
    used = divided = ""
    if kind == "csv":
        sheet, used, divided = read_delimited(data, limits, encoding, delimiter)
        sheets: tuple[Sheet, ...] = (sheet,)
    else:
        sheets = read_isolated(data, kind, limits)
    if not any(row for sheet in sheets for row in sheet.rows):
        raise Unreadable(
            Message("The file has no cell with a value."),
            Message("Check that it is the right file and that it was saved."),
        )
    return Workbook(name, kind, hashlib.sha256(data).hexdigest(), sheets, used, divided)
