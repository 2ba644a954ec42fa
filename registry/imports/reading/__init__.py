"""Bytes of a file to sheets of text cells, within stated limits; a file that can't be read is refused with a remedy."""

from .delimited import DELIMITERS
from .encoding import ENCODINGS, doubt
from .reader import read_file
from .workbook import (
    DEFAULT_LIMITS,
    CellComment,
    CellNote,
    Limits,
    Sheet,
    Unreadable,
    Workbook,
    cell_name,
    place_in_words,
)

__all__ = [
    "DEFAULT_LIMITS",
    "DELIMITERS",
    "ENCODINGS",
    "CellComment",
    "CellNote",
    "Limits",
    "Sheet",
    "Unreadable",
    "Workbook",
    "cell_name",
    "doubt",
    "place_in_words",
    "read_file",
]
