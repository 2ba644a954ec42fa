"""What one row of a file says of a record, before the rows of the record are put together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from registry.imports.lookups import Lookups
from registry.imports.parsing.dates import FROM_1900
from registry.imports.problems import Severity
from registry.imports.source import SourceCell, SourceRow
from registry.imports.values import Scalar, Value, blank
from registry.record.activity import ActivityRecord
from registry.record.definition import Fact, Kind, facts
from registry.record.messages import Message, sentences
from registry.record.sections import FORM

FACTS = facts(ActivityRecord)
ANSWER_OF: Mapping[str, str] = {section.rows: section.answer for section in FORM if section.answer and section.rows}
"""The fact that says whether a list has rows at all."""
KEPT_UNDER = Message("The text is kept with the record, under “Other words of the source”.")


@dataclass(frozen=True)
class Sources:
    """What cells are read against: the catalogues, readers of single facts, whose record it is, lengths of texts, and
    the day from which the file counts days."""

    lookups: Lookups
    scalars: Mapping[str, Scalar]
    organisation: int | None
    longest: Mapping[str, int] = field(default_factory=dict)
    inner: Mapping[str, Mapping[str, Scalar]] = field(default_factory=dict)
    """Readers of the facts of lists' rows, by list and fact."""
    day_zero: date = FROM_1900


@dataclass
class Reading:
    """What the rows of a record say: values by fact, text that no field holds, and remarks on cells.

    ``kept`` are (heading, text) pairs in order; ``cells`` is where each value was read first; ``remarks`` are (cell,
    severity, message, accepted).
    """

    values: dict[str, Value] = field(default_factory=dict)
    kept: list[tuple[str, str]] = field(default_factory=list)
    cells: dict[str, SourceCell] = field(default_factory=dict)
    remarks: list[tuple[SourceCell, Severity, Message, str]] = field(default_factory=list)

    def remark(self, cell: SourceCell, severity: Severity, message: Message, accepted: str = "") -> None:
        """Note something about a cell."""
        self.remarks.append((cell, severity, message, accepted))

    def keep(self, cell: SourceCell, why: Message, accepted: str = "", severity: Severity = "warning") -> None:
        """Keep a cell's text with the record, since no field can hold it, and say so."""
        self.kept.append((cell.heading, cell.text.strip()))
        self.remark(cell, severity, sentences(why, KEPT_UNDER), accepted)


@dataclass
class Fragment:
    """What one row says: values of single facts, rows of lists, and facts about all of a list's rows that it names.

    ``about`` holds (fact of the row, value, cell) by list; ``period`` the cells that say how long data is kept.
    """

    row: SourceRow
    values: dict[str, Value] = field(default_factory=dict)
    cells: dict[str, SourceCell] = field(default_factory=dict)
    lists: dict[str, list[dict[str, Value]]] = field(default_factory=dict)
    about: dict[str, list[tuple[str, Value, SourceCell]]] = field(default_factory=dict)
    period: list[SourceCell] = field(default_factory=list)

    def add(self, key: str, rows: list[dict[str, Value]], cell: SourceCell) -> None:
        """Add rows of a list."""
        self.lists.setdefault(key, []).extend(rows)
        self.cells.setdefault(key, cell)

    def say(self, key: str, value: Value, cell: SourceCell) -> None:
        """State a single fact."""
        self.values[key] = value
        self.cells.setdefault(key, cell)

    def tell(self, key: str, inner: str, value: Value, cell: SourceCell) -> None:
        """State a fact about the rows of a list."""
        self.about.setdefault(key, []).append((inner, value, cell))
        self.cells.setdefault(key, cell)


def row_of(fact: Fact, **given: Any) -> dict[str, Value]:
    """Return a row of a list with the given facts, everything else blank."""
    assert fact.row is not None  # noqa: S101 only called for lists
    return {key: given.get(key, blank(inner)) for key, inner in facts(fact.row).items()}


def is_text(key: str, inner: str) -> bool:
    """Return whether a fact of a list's rows is free text."""
    row = FACTS[key].row
    return row is not None and facts(row)[inner].kind in {Kind.TEXT, Kind.PROSE}
