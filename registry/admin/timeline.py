"""The timeline of one object: its own versions, and the changes of what it referred to, read in four queries."""

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Value

from registry.comparison.records import Difference, differences
from registry.models import ChangeSet, ProcessingActivity
from registry.record.classes import ROOTS
from registry.record.versions import freezer, references

Key = tuple[str, int]
"""Model name and key of an entry."""

_BY_NAME = {model.__name__: model for model in ROOTS}
_CREATED, _DELETED = "+", "-"
_COLUMNS = ("id", "history_id", "change_set_id", "history_date", "history_type", "content")


@dataclass(frozen=True)
class Stored:
    """A version as it is stored; ``label`` is what the object was called."""

    model: str
    pk: int
    version: int
    change_set: int
    made_at: datetime
    kind: str
    content: str
    label: str

    @property
    def is_deletion(self) -> bool:
        """Whether it records that the object was deleted."""
        return self.kind == _DELETED


@dataclass(frozen=True)
class ReferredChange:
    """A change of an entry while the object referred to it: the entry's new version, and what differs in it."""

    entry: Stored
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Moment:
    """What one change set did: to the object itself (``version``, None if nothing), and to what it referred to.

    ``what`` is "created", "changed", "deleted" or "restored"; ``restored_from`` the number of the change set whose
    state came back. The differences of a creation are all that the object said at first.
    """

    change_set: ChangeSet
    version: Stored | None
    what: str
    restored_from: int | None
    differences: tuple[Difference, ...]
    referred: tuple[ReferredChange, ...]


class Timeline:
    """Every moment in the life of one object, by the number of its change set; the newest is the first."""

    def __init__(self, model: type[Any], pk: int, *, may_see: Callable[[type[Any]], bool]) -> None:
        """Read the object's versions; of an activity also those of the entries it referred to, if one may see them."""
        self.model = model
        self._freezers: dict[str, Callable[[str], Any]] = {}
        self.versions = _versions_of({model.__name__: {pk}})
        self._own = _Course(self.versions)
        self._refers = {
            version.change_set: {key for key in references(model, _content(version)) if may_see(_BY_NAME[key[0]])}
            for version in self.versions
            if model is ProcessingActivity  # an entry's timeline is about the entry alone
        }
        self._entries = self._read_entries(may_see)
        self._referred = self._referred_changes()
        numbers = {version.change_set for version in self.versions} | self._referred.keys()
        self.numbers = sorted(numbers, reverse=True)

    @property
    def last(self) -> Stored | None:
        """The newest version; None for an object that never was."""
        return self.versions[-1] if self.versions else None

    def restorable(self) -> Stored | None:
        """Return the newest version that isn't a deletion."""
        return next((version for version in reversed(self.versions) if not version.is_deletion), None)

    def moments(self, numbers: Iterable[int]) -> list[Moment]:
        """Return the moments of these change sets, in this order: one query."""
        wanted = list(numbers)
        headers = ChangeSet.objects.in_bulk(wanted)
        return [self._moment(headers[number]) for number in wanted]

    def _moment(self, header: ChangeSet) -> Moment:
        number = header.sequence
        version = self._own.at(number)
        referred = tuple(self._referred.get(number, ()))
        if version is None or version.change_set != number:
            return Moment(header, None, "", None, (), referred)
        before = self._own.last_said(number - 1)
        restored_from = json.loads(header.details).get("restored_from") if header.details else None
        what = "deleted" if version.is_deletion else "changed" if before is not None else "created"
        if restored_from is not None:
            what = "restored"
        found = () if version.is_deletion else self._compare(before, version)
        return Moment(header, version, what, restored_from, found, referred)

    def _compare(self, old: Stored | None, new: Stored) -> tuple[Difference, ...]:
        """Return what differs between two versions of one object, in its own facts."""
        if new.model not in self._freezers:
            self._freezers[new.model] = freezer(_BY_NAME[new.model])
        freeze = self._freezers[new.model]
        return differences(None if old is None else freeze(old.content), freeze(new.content))

    def _read_entries(self, may_see: Callable[[type[Any]], bool]) -> "Mapping[Key, _Course]":
        """Read the entries referred to, then those that these refer to: a query for each, or none."""
        found: dict[Key, _Course] = {}
        wanted = set[Key]().union(*self._refers.values())
        for _step in range(2):
            read = _versions_of(_by_model(wanted - found.keys()))
            by_key: dict[Key, list[Stored]] = defaultdict(list)
            wanted = set()
            for version in read:
                by_key[version.model, version.pk].append(version)
                wanted.update(references(_BY_NAME[version.model], _content(version)))
            wanted = {key for key in wanted if may_see(_BY_NAME[key[0]])}
            found.update((key, _Course(versions)) for key, versions in by_key.items())
        return found

    def _referred_changes(self) -> dict[int, list[ReferredChange]]:
        """Return, by change set, the changes of entries that the object referred to before it and after it."""

        @cache
        def referred_at(number: int) -> frozenset[Key]:
            version = self._own.at(number)
            direct = self._refers[version.change_set] if version is not None else set[Key]()
            further = (self._entries[key].at(number) for key in direct if key in self._entries)
            beyond = (references(_BY_NAME[one.model], _content(one)) for one in further if one is not None)
            return frozenset(direct.union(*beyond))

        changes: dict[int, list[ReferredChange]] = defaultdict(list)
        for key, course in sorted(self._entries.items()):
            for version in course.versions[1:]:
                number = version.change_set
                if key not in referred_at(number - 1) or key not in referred_at(number):
                    continue
                before = course.last_said(number - 1)
                found = () if version.is_deletion else self._compare(before, version)
                if found or version.is_deletion:
                    changes[number].append(ReferredChange(version, found))
        return changes


class _Course:
    """The versions of one object in their order, and which of them was in force at a change set."""

    def __init__(self, versions: list[Stored]) -> None:
        self.versions = versions
        self._numbers = [version.change_set for version in versions]

    def at(self, number: int) -> Stored | None:
        place = bisect_right(self._numbers, number)
        return self.versions[place - 1] if place else None

    def last_said(self, number: int) -> Stored | None:
        """Return the newest version up to a change set that says something: not a deletion."""
        places = range(bisect_right(self._numbers, number) - 1, -1, -1)
        return next((self.versions[place] for place in places if not self.versions[place].is_deletion), None)


def _content(version: Stored) -> dict[str, Any]:
    content: dict[str, Any] | None = json.loads(version.content)
    return content or {}


def _by_model(keys: Iterable[Key]) -> Mapping[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for name, pk in keys:
        found[name].add(pk)
    return found


def _versions_of(wanted: Mapping[str, set[int]]) -> list[Stored]:
    """Return all versions of these objects, the oldest first: one query for any number of models."""
    queries = [
        _BY_NAME[name]
        .history.model.objects.filter(id__in=pks)
        .order_by()
        .annotate(model_name=Value(name))
        .values_list("model_name", *_COLUMNS, _BY_NAME[name].LABEL)
        for name, pks in sorted(wanted.items())
    ]
    if not queries:
        return []
    first, *others = queries
    rows = first.union(*others, all=True) if others else first
    return sorted((Stored(*row) for row in rows), key=lambda version: (version.change_set, version.version))
