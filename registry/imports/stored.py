"""Stored contents in the form of read cells, so that the two can be compared; and what the columns can hold."""

from collections.abc import Mapping
from typing import Any

from registry import models
from registry.imports.reading.cells import clean
from registry.imports.values import Value
from registry.record.activity import ActivityRecord
from registry.record.classes import PARTS
from registry.record.definition import Fact, Kind, facts
from registry.record.remembered import remembered

FACTS = facts(ActivityRecord)
IDENTITY = frozenset({"organisation", "reference"})
"""What says which record a row is."""
NAMED_BY = IDENTITY | {"name"}
"""What says so of a row without a reference."""


@remembered
def targets(fact: Fact) -> tuple[str, ...]:
    """Return the lists that a list's rows may point into."""
    row = fact.row
    return tuple(inner.entry for inner in facts(row).values() if inner.kind is Kind.SIBLING) if row else ()


TARGETS = {key: targets(fact) for key, fact in FACTS.items()}
"""The lists that each list's rows may point into."""


def comparable(content: Mapping[str, Any]) -> dict[str, Value]:
    """Return a version's content in the form of read cells: keys of entries without names, rows without keys."""
    values = _OWN.of(content)
    for key, rows in _ROWS.items():
        values[key] = [rows.of(row) for row in content[key]]
    return values


class _Form:
    """How the facts of a record or of a row become comparable; worked out once, since there are very many rows."""

    def __init__(self, some: Mapping[str, Fact]) -> None:
        self._keys = [key for key, fact in some.items() if fact.kind is not Kind.ROWS]
        self._references = [key for key, fact in some.items() if fact.kind in {Kind.ENTRY, Kind.ACCOUNT}]
        self._texts = [key for key, fact in some.items() if fact.kind in {Kind.TEXT, Kind.PROSE}]

    def of(self, content: Mapping[str, Any]) -> dict[str, Value]:
        """Return its facts of that content."""
        values = {key: content[key] for key in self._keys}
        for key in self._references:
            if (value := values[key]) is not None:
                values[key] = value[0]
        for key in self._texts:
            if value := values[key]:
                # a form's line ends, and blanks around a text, can't come out of a file
                values[key] = clean(value).strip()
        return values


_OWN = _Form(FACTS)
_ROWS = {key: _Form(facts(fact.row)) for key, fact in FACTS.items() if fact.row is not None}


def maximum_lengths() -> dict[str, int]:
    """Return the longest text that each column takes, for the activity (by key) and its rows (by class and key)."""
    found = {
        column.name: column.max_length
        for column in models.ProcessingActivity._meta.concrete_fields
        if column.max_length and not column.choices
    }
    for model, record in PARTS.items():
        for column in model._meta.concrete_fields:
            if column.max_length and not column.choices:
                found[f"{record.__name__}.{column.name}"] = column.max_length
    return found


def row_lengths(row: str, maximum: Mapping[str, int]) -> dict[str, int]:
    prefix = f"{row}."
    return {key.removeprefix(prefix): most for key, most in maximum.items() if key.startswith(prefix)}
