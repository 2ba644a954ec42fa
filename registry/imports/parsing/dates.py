"""Reads dates as people write them in a spreadsheet's text cells."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from registry.imports.parsing.folding import fold
from registry.imports.parsing.refusal import CannotRead
from registry.record.messages import Message

ACCEPTED = Message("a date such as 2026-02-20, 20.02.2026, 20/02/2026 or 20 February 2026")

_MONTHS = tuple(
    frozenset(names.split())
    for names in (
        "january jan januar jaenner janvier janv januari gennaio gen enero ene janeiro stycznia styczen sty",
        "february feb februar feber fevrier fevr februari febbraio febrero fevereiro fev lutego luty lut",
        "march mar maerz mrz maer mars maart mrt marzo marz marco marts marca marzec",
        "april apr avril avr aprile abril abr kwietnia kwiecien kwi",
        "may mai mei maggio mag mayo maio maj maja",
        "june jun juni juin giugno giu junio junho czerwca czerwiec cze",
        "july jul juli juillet juil luglio lug julio julho lipca lipiec lip",
        "august aug aout augustus agosto ago augusti sierpnia sierpien sie",
        "september sep sept septembre settembre set septiembre setiembre setembro wrzesnia wrzesien wrz",
        "october oct oktober okt octobre ottobre ott octubre outubro out pazdziernika pazdziernik paz",
        "november nov novembre noviembre novembro listopada listopad lis",
        "december dec dezember dez decembre dicembre dic diciembre dezembro desember des grudnia grudzien gru",
    )
)
"""What each month is called in the languages of registers, folded; abbreviations too."""
_WEEKDAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag
    sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunedi martedi mercoledi giovedi venerdi
    sabato domenica lunes martes miercoles jueves viernes sabado domingo segunda terca quarta quinta sexta maandag
    dinsdag woensdag donderdag vrijdag zaterdag zondag mandag tirsdag onsdag torsdag fredag lordag sondag loerdag
    soendag tisdag poniedzialek wtorek sroda czwartek piatek sobota niedziela mon tue wed thu fri sat sun
    mo di mi do fr sa so lun jeu ven sam dim""".split()
)
_MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_LABEL = re.compile(
    r"^\s*(?:stand|as at|as of|date|datum|dato|data|fecha|état au|etat au|au|le|del|de|vom|am|den|per|op|il|el|em|dnia|"
    r"d\.(?=\s*\d))\s*:?\s+",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"^([^\W\d_]+)(?:-feira)?\.?,?\s+(?=\S)")
_YEAR_WORD = re.compile(r"(?<=\d)\s*(?:r|rok|roku|år)\Z", re.IGNORECASE)
_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s*(?:Z|UTC|[+-]\d{2}:?\d{2}))?)?"
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_NUMERIC = re.compile(rf"(\d{{1,2}})([./-])\s?(\d{{1,2}})\2\s?(\d{{4}}|\d{{2}}){_TIME}")
_DAY_MONTH = re.compile(
    rf"(\d{{1,2}})(?:\.?[ºª°]|\.|st|nd|rd|th|er|re|e|o)?[\s-]*(?:de\s+|of\s+)?([^\W\d_]+)\.?,?[\s-]*(?:de\s+|del\s+)?"
    rf"(\d{{4}}|\d{{2}}),?{_TIME}",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)


class NoSuchDate(CannotRead):
    """A text that is plainly meant as a date, and is none."""

    def __init__(self, text: str, why: Message) -> None:
        super().__init__(Message("“%(text)s” does not exist: %(why)s.", text=text.strip(), why=why), ACCEPTED)


def parse_date(text: str, *, day_first: bool = True) -> date:
    """Return the date that the text states, without its time of day if it has one.

    `day_first` decides 03/04/2026 and only that: a number above 12 in the month's place is an error, not a hint to
    swap. A year of two digits means 20yy. Bare numbers are not guessed at: see `serial_day`. Raises CannotRead (a
    ValueError) saying why, and naming what is accepted.
    """
    stripped = _YEAR_WORD.sub("", _LABEL.sub("", text.strip(), count=1).strip(" ."))
    if (weekday := _WEEKDAY.match(stripped)) and fold(weekday[1]) in _WEEKDAYS:
        stripped = _LABEL.sub("", stripped[weekday.end() :], count=1)
    if found := _ISO.fullmatch(stripped):
        return _date(text, int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMERIC.fullmatch(stripped):
        year = _full_year(found[4])
        day, month = (found[1], found[3]) if day_first else (found[3], found[1])
        return _date(text, year, int(month), int(day))
    if (found := _DAY_MONTH.fullmatch(stripped)) and (number := _MONTH_NUMBER.get(fold(found[2]))):
        return _date(text, _full_year(found[3]), number, int(found[1]))
    if (found := _MONTH_DAY.fullmatch(stripped)) and (number := _MONTH_NUMBER.get(fold(found[1]))):
        return _date(text, int(found[3]), number, int(found[2]))
    raise CannotRead(Message("“%(text)s” is not a date.", text=text.strip()), ACCEPTED)


_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_SERIAL_YEARS = range(1990, 2050)
FROM_1900, FROM_1904 = date(1899, 12, 30), date(1904, 1, 1)
"""Day 0 of the two ways in which spreadsheets count days; the other one is that of old programs for the Macintosh."""


def serial_day(text: str, day_zero: date = FROM_1900) -> date | None:
    """Return the day of a bare number as which a spreadsheet holds it where its cell isn't one of dates: 45292.

    None for any other text, for a year, and for days so long ago or so far off that the number is likelier another.
    """
    found = _SERIAL.fullmatch(text.strip())
    day = day_zero + timedelta(days=int(found[1])) if found else None
    return day if day is not None and day.year in _SERIAL_YEARS else None


def month_first(texts: Iterable[str]) -> str:
    """Return the first text that shows that a column's dates are written month/day/year; empty where none does.

    It shows it where only so it is a date, as 03/14/2026, and no other text of the column is a date only the other way.
    """
    evidence = ""
    for text in texts:
        found = _NUMERIC.fullmatch(text.strip())
        if found and found[2] == "/":
            if int(found[1]) > 12:
                return ""
            if int(found[3]) > 12:
                evidence = evidence or text.strip()
    return evidence


def open_order(texts: Iterable[str]) -> str:
    """Return the first text that is a date both day/month and month/day; empty where one shows that days come first."""
    undecided = ""
    for text in texts:
        found = _NUMERIC.fullmatch(text.strip())
        if found and found[2] == "/":
            if int(found[1]) > 12:
                return ""
            undecided = undecided or text.strip()
    return undecided


def _full_year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _date(text: str, year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise NoSuchDate(text, Message("there is no month %(month)s", month=str(month)))
    try:
        return date(year, month, day)
    except ValueError as error:
        why = (
            Message("%(month)s has no day %(day)s", month=f"{year}-{month:02}", day=str(day))
            if year
            else Message("there is no year 0")
        )
        raise NoSuchDate(text, why) from error
