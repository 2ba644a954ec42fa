"""The loader of frozen registers: the register now, or as at any past moment, as plain immutable records."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from django.db.models import Max
from django.db.models.query import QuerySet
from django.utils import timezone

from registry import models
from registry.record.activity import ActivityRecord
from registry.record.classes import ROOTS
from registry.record.definition import Fact, Kind, Named, facts
from registry.record.organisations import OrganisationRecord

CHUNK = 1000
"""How many records are read at a time."""

Entries = Mapping[str, Mapping[int, Any]]
"""Model name → key → frozen entry."""


@dataclass(frozen=True)
class Register:
    """A register as at one change set.

    ``as_at`` is the moment asked for, ``change_set`` the last one it includes (0 for an empty history) and ``head``
    that one's seal. ``organisation`` is the one it is limited to, or None. ``entries`` holds what records refer
    to, as it was then.
    """

    as_at: datetime
    change_set: int
    head: str
    organisation: OrganisationRecord | None
    entries: Entries
    index: tuple[tuple[int, int], ...]
    """(key of the activity, key of its version), in the order of the register."""

    def __len__(self) -> int:
        return len(self.index)

    def activities(self) -> Iterator[ActivityRecord]:
        """Yield the records in the order of organisation and reference, a thousand at a time in memory."""
        yield from _activities(self.index, self.entries)

    def only(self, pks: Iterable[int]) -> "Register":
        """Return the same register limited to the activities with these keys."""
        wanted = set(pks)
        index = tuple(pair for pair in self.index if pair[0] in wanted)
        return Register(self.as_at, self.change_set, self.head, self.organisation, self.entries, index)

    @property
    def organisations(self) -> Mapping[int, OrganisationRecord]:
        """All organisations by key."""
        return self.entries["Organisation"]


def load_register(*, as_at: datetime | None = None, organisation: int | None = None) -> Register:
    """Return the register as at ``as_at`` (now where None), of one organisation or of all.

    Reads the newest version of every entry up to that moment's change set, and the list of activities; the activities
    themselves are read when they are asked for. Raises LookupError for an organisation that did not exist then.
    """
    moment = as_at or timezone.now()
    change_sets = models.ChangeSet.objects.order_by("-sequence")
    last = (change_sets.filter(made_at__lte=as_at) if as_at else change_sets).values_list("sequence", "digest").first()
    number, head = last or (0, "")
    entries = load_entries(number)
    owner = None
    if organisation is not None:
        owner = entries["Organisation"].get(organisation)
        if owner is None:
            raise LookupError(f"There was no organisation with the key {organisation} at that moment.")
    return Register(moment, number, head, owner, entries, _index(number, organisation, entries))


def load_entries(change_set: int) -> dict[str, dict[int, Any]]:
    """Return every catalogue entry, organisation and unit as at a change set, by model name and key."""
    entries: dict[str, dict[int, Any]] = {}
    for model, record in ROOTS.items():
        if record is ActivityRecord:
            continue
        versions = newest(model, change_set).values_list("id", "content").order_by("id")
        contents = {pk: json.loads(content) for pk, content in versions}
        entries[model.__name__] = {pk: Named(pk, content[model.LABEL]) for pk, content in contents.items()}
        build = _builder(record, entries)  # entries of the same catalogue are called by name alone
        entries[model.__name__] = {pk: build(content) for pk, content in contents.items()}
    return entries


def newest(model: type[Any], change_set: int) -> "QuerySet[Any]":
    """Return the newest version of each aggregate of ``model`` up to a change set, deleted ones left out."""
    versions = model.history.model.objects
    last = versions.filter(change_set_id__lte=change_set).values("id").annotate(last=Max("history_id")).values("last")
    return versions.filter(history_id__in=last).exclude(history_type="-")  # type: ignore[no-any-return]


def _index(change_set: int, organisation: int | None, entries: Entries) -> tuple[tuple[int, int], ...]:
    versions = newest(models.ProcessingActivity, change_set)
    if organisation is not None:
        versions = versions.filter(organisation_id=organisation)
    names = {pk: entry.name.casefold() for pk, entry in entries["Organisation"].items()}
    rows = versions.values_list("id", "history_id", "organisation_id", "reference")
    in_order = sorted(rows, key=lambda row: (names.get(row[2], ""), natural(row[3]), row[0]))
    return tuple((row[0], row[1]) for row in in_order)


_DIGITS = re.compile(r"(\d+)")


def natural(reference: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key by which PA-9 comes before PA-10."""
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in _DIGITS.split(reference) if part)


def _activities(index: tuple[tuple[int, int], ...], entries: Entries) -> Iterator[ActivityRecord]:
    build = _builder(ActivityRecord, entries)
    versions = models.ProcessingActivity.history.model.objects
    for start in range(0, len(index), CHUNK):
        keys = [version for _, version in index[start : start + CHUNK]]
        contents = dict(versions.filter(history_id__in=keys).values_list("history_id", "content"))
        for key in keys:
            yield build(json.loads(contents.pop(key)))


def _builder(record: type[Any], entries: Entries) -> Callable[[dict[str, Any]], Any]:
    """Return a function from an aggregate's content to its frozen record.

    Rows are built in the order in which they refer to each other: those of a list that others point into come first
    in the record's declaration.
    """
    declared = facts(record)
    keys = ("id", *declared)
    get = itemgetter(*keys)
    make = record._make
    fixes = [
        (place, fix)
        for place, (key, fact) in enumerate(declared.items(), start=1)
        if (fix := _fix(fact, entries)) is not None
    ]
    lists = [
        (place, key, _rows_builder(fact, entries))
        for place, (key, fact) in enumerate(declared.items(), start=1)
        if fact.row
    ]

    def build(content: dict[str, Any]) -> Any:
        values = list(get(content))
        for place, fix in fixes:
            if values[place] is not None:
                values[place] = fix(values[place])
        built: dict[str, tuple[Any, ...]] = {}
        for place, key, rows in lists:
            values[place] = built[key] = rows(values[place], built)
        return make(values)

    return build


def _rows_builder(fact: Fact, entries: Entries) -> Callable[[list[dict[str, Any]], dict[str, tuple[Any, ...]]], Any]:
    assert fact.row is not None  # noqa: S101 only called for lists
    declared = facts(fact.row)
    get = itemgetter("id", *declared)
    make = fact.row._make
    fixes: list[tuple[int, Callable[[Any], Any]]] = []
    siblings: list[tuple[int, str]] = []
    for place, inner in enumerate(declared.values(), start=1):
        if inner.kind is Kind.SIBLING:
            siblings.append((place, inner.entry))
        elif (fix := _fix(inner, entries)) is not None:
            fixes.append((place, fix))

    def build(rows: list[dict[str, Any]], built: dict[str, tuple[Any, ...]]) -> tuple[Any, ...]:
        made = []
        for row in rows:
            values = list(get(row))
            for place, fix in fixes:
                if values[place] is not None:
                    values[place] = fix(values[place])
            for place, relation in siblings:
                if values[place] is not None:
                    values[place] = built[relation][values[place]]
            made.append(make(values))
        return tuple(made)

    return build


def _fix(fact: Fact, entries: Entries) -> Callable[[Any], Any] | None:
    """Return how a JSON value of this fact becomes a frozen one; None where it is one already."""
    if fact.kind is Kind.DATE:
        return date.fromisoformat
    if fact.kind is Kind.ACCOUNT:
        return lambda pair: Named(pair[0], pair[1])
    if fact.kind is Kind.ENTRY:
        known = entries[fact.entry]
        return lambda pair: known.get(pair[0]) or Named(pair[0], pair[1])
    return None
