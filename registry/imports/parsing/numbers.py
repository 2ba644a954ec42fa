"""Reads whole numbers, with the thousands separators of several countries."""

import re

from registry.imports.parsing.refusal import CannotRead
from registry.record.messages import Message

ACCEPTED = Message("a whole number such as 12400, 12,400, 12.400 or 12 400")

_WHOLE = re.compile(r"\d+(?:\.0+)?")
_GROUPED = re.compile(r"\d{1,3}(?P<separator>[.,'’ \u00a0\u202f])\d{3}(?:(?P=separator)\d{3})*")


def parse_number(text: str) -> int:
    """Return the whole number, zero or more, that the text states; "75001.0", as spreadsheets store it, is 75001.

    Raises ValueError, naming what is accepted, for fractions, signs, units and estimates ("about 500").
    """
    stripped = text.strip()
    if not stripped.isascii() and re.search(r"[^\W0-9]", stripped):
        raise _refusal(stripped)
    if _GROUPED.fullmatch(stripped):
        return int(re.sub(r"\D", "", stripped))
    if _WHOLE.fullmatch(stripped):
        return int(stripped.split(".")[0])
    raise _refusal(stripped)


def _refusal(text: str) -> CannotRead:
    return CannotRead(Message("“%(text)s” is not a whole number.", text=text), ACCEPTED)
