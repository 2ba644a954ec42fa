"""What an import has to say about a cell: where it stands, what is wrong, and what would be accepted."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext, ngettext

from registry.imports.reading import place_in_words
from registry.record.messages import Message, listed, say
from registry.record.numbers import say_number

Severity = Literal["error", "warning", "note"]
SHOWN = 120
"""How many characters of an offending value are repeated in a message."""


@dataclass(frozen=True)
class Problem:
    """One thing to know before an import is applied. An error keeps everything from being written.

    ``message`` and ``accepted`` are messages, to be said in the language of whoever reads them; texts that nobody
    translates, such as names, may stand in ``accepted`` as they are. Rows and columns count from 1, as the person sees
    them.
    """

    severity: Severity
    message: str
    sheet: str = ""
    row: int | None = None
    column: int | None = None
    heading: str = ""
    value: str = ""
    accepted: str = ""

    @property
    def said(self) -> str:
        """What is wrong, in the language in force."""
        return say(self.message)

    @property
    def said_accepted(self) -> str:
        """What would be accepted, in the language in force."""
        return say(self.accepted)

    @property
    def place(self) -> str:
        """The cell, or the row or column where there is no one cell, with the sheet, in the language in force."""
        return place_in_words(self.sheet, self.row, self.column if self.row else None, self.heading)

    @property
    def shown_value(self) -> str:
        """The value, shortened to what fits a message."""
        return shown_value(self.value[:SHOWN], len(self.value))

    def __str__(self) -> str:
        word = {"error": gettext("error"), "warning": gettext("warning"), "note": gettext("note")}[self.severity]
        parts = [f"{word}: {self.place}: {self.said}" if self.place else f"{word}: {self.said}"]
        if self.value:
            parts.append(gettext("Found: “%(value)s”.") % {"value": self.shown_value})
        if self.accepted:
            parts.append(gettext("Accepted: %(what)s.") % {"what": self.said_accepted})
        return " ".join(parts)


def shown_value(beginning: str, length: int) -> str:
    """Return how a value is shown of which no more than the beginning may be left, in the language in force."""
    if length <= SHOWN:
        return beginning
    said = {"text": beginning, "number": say_number(length)}
    return ngettext("%(text)s… (%(number)s character)", "%(text)s… (%(number)s characters)", length) % said


class BadValue(ValueError):
    """A text that can't be read as the value that its column holds."""

    def __init__(self, message: Message, accepted: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.accepted = accepted


class ImpossibleDate(BadValue):
    """A text that is plainly meant as a date, and is none."""


def one_of(names: Iterable[str]) -> Message:
    """Return what to accept where only these names are."""
    return Message("one of: %(names)s", names=listed(names))


@dataclass(frozen=True)
class ProblemGroup:
    """The same thing said of many rows: told once, with the rows."""

    first: Problem
    rows: tuple[int, ...]

    @property
    def count(self) -> int:
        """In how many places it stands."""
        return max(1, len(self.rows))


def grouped(problems: Iterable[Problem]) -> list[ProblemGroup]:
    """Return the problems, those that differ in their row alone told once; errors first, then warnings, then notes."""
    groups: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        key = (problem.severity, problem.message, problem.sheet, problem.column, problem.value, problem.accepted)
        groups.setdefault(key, []).append(problem)
    order = {"error": 0, "warning": 1, "note": 2}
    told = [
        ProblemGroup(some[0], tuple(problem.row for problem in some if problem.row is not None))
        for some in groups.values()
    ]
    return sorted(told, key=lambda group: order[group.first.severity])
