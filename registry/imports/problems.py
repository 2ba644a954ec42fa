"""What an import has to say about a cell: where it stands, what is wrong, and what would be accepted."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from registry.imports.reading import cell_name

Severity = Literal["error", "warning", "note"]
SHOWN = 120
"""How many characters of an offending value are repeated in a message."""


@dataclass(frozen=True)
class Problem:
    """One thing to know before an import is applied. An error keeps everything from being written.

    Rows and columns count from 1, as the person sees them.
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
    def place(self) -> str:
        """The cell, or the row or column where there is no one cell, with the sheet."""
        parts = [f"sheet “{self.sheet}”"] if self.sheet else []
        if self.row and self.column:
            parts.append(f"cell {cell_name(self.row, self.column)}")
        elif self.row:
            parts.append(f"row {self.row}")
        if self.heading:
            parts.append(f"column “{self.heading}”")
        return ", ".join(parts)

    @property
    def shown_value(self) -> str:
        """The value, shortened to what fits a message."""
        return self.value if len(self.value) <= SHOWN else f"{self.value[:SHOWN]}… ({len(self.value):,} characters)"

    def __str__(self) -> str:
        text = f"{self.severity}: {self.place}: {self.message}" if self.place else f"{self.severity}: {self.message}"
        if self.value:
            text += f" Found: “{self.shown_value}”."
        return f"{text} Accepted: {self.accepted}." if self.accepted else text


class BadValue(ValueError):
    """A text that can't be read as the value that its column holds."""

    def __init__(self, message: str, accepted: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.accepted = accepted


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
