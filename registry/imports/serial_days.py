"""Days that a spreadsheet has left as the number by which it counts them: read where a date is asked for, and said."""

from datetime import date

from registry.imports.parsing.dates import FROM_1900, FROM_1904, serial_day
from registry.imports.reading import Sheet
from registry.record.definition import Fact, Kind
from registry.record.messages import Message

ANOTHER_FORMAT = Message("a cell in the format of dates; or another text, if the number is none")


def day_zero(sheet: Sheet) -> date:
    """Return the day from which the workbook of a sheet counts."""
    return FROM_1904 if sheet.from_1904 else FROM_1900


def read_serial(fact: Fact, text: str, since: date) -> tuple[str, Message] | None:
    """Return the day that a bare number is, where a fact asks for one, and what to say of it; None for all else."""
    day = serial_day(text, since) if fact.kind is Kind.DATE else None
    if day is None:
        return None
    said = Message("The number counts days, as spreadsheets keep a date: it is read as %(day)s.", day=day.isoformat())
    return day.isoformat(), said
