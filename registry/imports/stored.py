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


@remembered
def targets(fact: Fact) -> tuple[str, ...]:
    """Return the lists that a list's rows may point into."""
    row = fact.row
    return tuple(inner.entry for inner in facts(row).values() if inner.kind is Kind.SIBLING) if row else ()


def comparable(content: Mapping[str, Any]) -> dict[str, Value]:
    """Return a version's content in the form of read cells: keys of entries without names, rows without keys."""
    values: dict[str, Value] = {}
    for key, fact in FACTS.items():
        value = content[key]
        if fact.row is not None:
            inner = facts(fact.row)
            values[key] = [{name: _plain(row[name], one) for name, one in inner.items()} for row in value]
        else:
            values[key] = _plain(value, fact)
    return values


def _plain(value: Any, fact: Fact) -> Value:
    if value is not None and fact.kind in {Kind.ENTRY, Kind.ACCOUNT}:
        return value[0]
    if value and fact.kind in {Kind.TEXT, Kind.PROSE}:
        return clean(value).strip()  # a form's line ends, and blanks around a text, can't come out of a file
    return value


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
