"""A cell's value as text: the one place where numbers, dates, truth values and characters get their written form."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
"""What no spreadsheet can hold: control characters, and the two code points that are none in XML."""
LONGEST_NUMBER = 40

CellValue = str | bool | int | float | date | time | timedelta | None


def as_text(value: CellValue) -> str:
    """Any value a spreadsheet reader gives, as the text a person would have typed. Raises TypeError for other types."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return number_text(value)
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        moment = to_second(value)
        return moment.date().isoformat() if moment.time() == time() else shortest(moment)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return shortest(value)
    if isinstance(value, timedelta):
        return duration_text(value)
    raise TypeError(f"A cell holds a {type(value).__name__}; text, numbers, dates, times and truth values are known.")


def clean(text: str) -> str:
    """Text with line ends as `\\n`, without control characters (tab stays) and without blanks at its end."""
    if not text.isprintable():
        text = CONTROL_CHARACTERS.sub("", unify_line_ends(text))
    return text.rstrip()


def unify_line_ends(text: str) -> str:
    """Text with every line end, of Windows or of old Macs, as `\\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def number_text(value: float) -> str:
    """A number to the 15 digits that spreadsheets keep: no point in whole ones, no exponent up to 40 characters."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    short = format(value, ".15g")
    long = format(Decimal(short), "f")
    return long if len(long) <= LONGEST_NUMBER else short


def to_second(moment: datetime) -> datetime:
    """A moment rounded to its second: spreadsheets store days as fractions, which come out a hair short."""
    if moment.microsecond >= 500_000 and moment < datetime.max.replace(microsecond=0):
        moment += timedelta(seconds=1)
    return moment.replace(microsecond=0)


def shortest(moment: datetime | time) -> str:
    """ISO 8601, to the minute, or to the second where there are seconds."""
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")


def duration_text(duration: timedelta) -> str:
    """A duration as hours:minutes, with seconds where there are any, as a spreadsheet's `[h]:mm` shows it."""
    total = round(abs(duration).total_seconds())
    sign = "-" if duration < timedelta(0) and total else ""
    minutes, seconds = divmod(total, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours}:{minutes:02}" + (f":{seconds:02}" if seconds else "")
