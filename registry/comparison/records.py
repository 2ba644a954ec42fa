"""What differs between two frozen records of one thing: fact by fact, row by row, and in what they refer to."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from registry.comparison.text import Token, compare_words
from registry.record.definition import Fact, Kind, Named, facts
from registry.record.words import is_blank, name_row, say

LONG = 80
"""From so many characters on, prose is compared word by word."""

_BY_KEY = frozenset({Kind.ENTRY, Kind.ACCOUNT, Kind.SIBLING})
"""Kinds whose values are the same where they are the same thing, whatever it is called by now."""


class RowKind(Enum):
    """What became of a row."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class FieldChange:
    """A fact that differs: its old and new value in words (empty for nothing), long prose also word by word."""

    fact: Fact
    old: str
    new: str
    words: tuple[Token, ...] = ()


@dataclass(frozen=True)
class RowChange:
    """A row of the list ``fact`` that differs: what it is called, and the particulars that differ.

    Of a row that was added or removed these are all that it says beside its name. ``old_name`` is what it was called
    before, where it was there. ``old_place`` and ``new_place`` count from 1 and are 0 where there was or is none;
    ``moved`` tells that it changed places with others.
    """

    fact: Fact
    kind: RowKind
    name: str
    fields: tuple[FieldChange, ...]
    old_place: int
    new_place: int
    moved: bool = False
    old_name: str = ""


Difference = FieldChange | RowChange


@dataclass(frozen=True)
class EntryChange:
    """What differs in an entry that both records refer to: its model's name, its key, its new name, the differences."""

    model: str
    pk: int
    name: str
    differences: tuple[Difference, ...]


def differences(old: Any, new: Any) -> tuple[Difference, ...]:
    """Return what differs between two frozen records of one class, in the order of declaration.

    None stands for a record that isn't there: then all that the other one says is added or removed. References are
    compared by what they refer to; what became of that itself is for ``referred_differences``.
    """
    if old is None and new is None:
        return ()
    found: list[Difference] = []
    for fact in facts(type(new if old is None else old)).values():
        before, after = (None if record is None else getattr(record, fact.key) for record in (old, new))
        if fact.kind is Kind.ROWS:
            found += _row_changes(fact, before or (), after or ())
        elif (change := _field_change(fact, before, after)) is not None:
            found.append(change)
    return tuple(found)


def referred(record: Any) -> Mapping[tuple[str, int], Any]:
    """Return the frozen entries that a record and its rows refer to, and those that they refer to, by model and key.

    Entries that are known by name alone are left out: nothing about them can differ.
    """
    found: dict[tuple[str, int], Any] = {}
    _collect(record, found)
    return found


def referred_differences(old: Any, new: Any) -> tuple[EntryChange, ...]:
    """Return what differs in the entries that both records refer to, as each has them, by model and name."""
    if old is None or new is None:
        return ()
    before, after = referred(old), referred(new)
    changes = (entry_change(key, before[key], entry) for key, entry in after.items() if key in before)
    found = [change for change in changes if change is not None]
    return tuple(sorted(found, key=lambda change: (change.model, change.name, change.pk)))


def entry_change(key: tuple[str, int], old: Any, new: Any) -> EntryChange | None:
    """Return what differs between two forms of one entry (``key``: its model's name and its key), None for nothing."""
    if old == new:
        return None
    found = differences(old, new)
    return EntryChange(*key, str(new.label), found) if found else None


def _collect(record: Any, found: dict[tuple[str, int], Any]) -> None:
    for fact in facts(type(record)).values():
        value = getattr(record, fact.key)
        if fact.kind is Kind.ROWS:
            for row in value:
                _collect(row, found)
        elif fact.kind is Kind.ENTRY and value is not None and not isinstance(value, Named):
            key = (fact.entry, value.pk)
            if key not in found:
                found[key] = value
                _collect(value, found)


def _identity(fact: Fact, value: Any) -> Any:
    """Return what two values of a fact have in common if they are the same; all that say nothing are."""
    if value is None or is_blank(fact, value):
        return None
    return value.pk if fact.kind in _BY_KEY else value


def _field_change(fact: Fact, old: Any, new: Any) -> FieldChange | None:
    if _identity(fact, old) == _identity(fact, new):
        return None
    before, after = say(fact, old), say(fact, new)
    is_long = fact.kind is Kind.PROSE and before and after and max(len(before), len(after)) > LONG
    return FieldChange(fact, before, after, compare_words(before, after) if is_long else ())


def _row_changes(fact: Fact, old: Sequence[Any], new: Sequence[Any]) -> Iterator[RowChange]:
    before = {row.pk: (place, row) for place, row in enumerate(old, start=1)}
    after = {row.pk: (place, row) for place, row in enumerate(new, start=1)}
    moved = _moved([before[pk][0] for pk in after if pk in before], [pk for pk in after if pk in before])
    for pk, (place, row) in after.items():
        if pk not in before:
            yield RowChange(fact, RowKind.ADDED, _name(row, place), _particulars(None, row), 0, place)
            continue
        old_place, old_row = before[pk]
        fields = _fields(old_row, row)
        if fields or pk in moved:
            kind = RowKind.CHANGED if fields else RowKind.MOVED
            names = _name(row, place), _name(old_row, old_place)
            yield RowChange(fact, kind, names[0], fields, old_place, place, pk in moved, names[1])
    for pk, (place, row) in before.items():
        if pk not in after:
            name = _name(row, place)
            yield RowChange(fact, RowKind.REMOVED, name, _particulars(row, None), place, 0, old_name=name)


def _name(row: Any, place: int) -> str:
    return name_row(row) or f"#{place}"


def _fields(old: Any, new: Any) -> tuple[FieldChange, ...]:
    changes = (
        _field_change(fact, getattr(old, fact.key), getattr(new, fact.key)) for fact in facts(type(new)).values()
    )
    return tuple(change for change in changes if change is not None)


def _particulars(old: Any, new: Any) -> tuple[FieldChange, ...]:
    """Return what a row that came or went says beside its name."""
    declared = facts(type(new if old is None else old)).values()
    beside = (fact for fact in declared if not fact.main and not fact.words)
    changes = (_field_change(fact, getattr(old, fact.key, None), getattr(new, fact.key, None)) for fact in beside)
    return tuple(change for change in changes if change is not None)


def _moved(places: Sequence[int], keys: Sequence[Any]) -> set[Any]:
    """Return the fewest of ``keys`` (rows in their new order, with their old ``places``) that must have moved."""
    ends: list[int] = []  # the last place of the best ascending run of each length
    at: list[int] = []  # which key it belongs to
    previous: list[int] = []
    for index, place in enumerate(places):
        length = bisect_left(ends, place)
        previous.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        at[length : length + 1] = [index]
    kept = set()
    index = at[-1] if at else -1
    while index >= 0:
        kept.add(keys[index])
        index = previous[index]
    return set(keys) - kept
