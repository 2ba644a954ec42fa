"""The loader of frozen registers: the register now, or as at any past moment, as plain immutable records."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Max
from django.db.models.query import QuerySet
from django.utils import timezone

from registry import models
from registry.record.activity import ActivityRecord
from registry.record.building import Entries, text_builder
from registry.record.classes import ASSURANCE, ROOTS
from registry.record.definition import Kind, Named, walk
from registry.record.organisations import OrganisationRecord
from registry.versioning.change_set import changes

CHUNK = 100
"""How many contents are taken from the database at a time."""


@dataclass(frozen=True)
class Register:
    """A register as at one change set.

    ``as_at`` is the moment asked for, ``change_set`` the last change that it includes (0 for an empty history; a report
    that was taken is no change) and ``head`` that one's seal. ``organisation`` is the one it is limited to, or None.
    ``entries`` holds what records refer to, as it was then.
    """

    as_at: datetime
    change_set: int
    head: str
    organisation: OrganisationRecord | None
    entries: Entries
    index: tuple[tuple[int, int], ...]
    """(key of the activity, key of its version), in the order of the register."""
    unrecorded: dict[int, frozenset[str]] = field(default_factory=dict, compare=False)
    """Key of an activity → the facts that its version says nothing of, because nobody was asked for them at that time.
    Known of the records that have been read; most registers have none."""

    def __len__(self) -> int:
        return len(self.index)

    def activities(self) -> Iterator[ActivityRecord]:
        """Yield the records in the order of organisation and reference, a hundred at a time in memory: one query."""
        return self._records(self.index)

    def only(self, pks: Iterable[int]) -> "Register":
        """Return the same register limited to the activities with these keys."""
        wanted = set(pks)
        return replace(self, index=tuple(pair for pair in self.index if pair[0] in wanted))

    def arranged(self, pks: Iterable[int]) -> "Register":
        """Return the same register limited to the activities with these keys, and in this order from then on."""
        versions = dict(self.index)
        return replace(self, index=tuple((pk, versions[pk]) for pk in dict.fromkeys(pks) if pk in versions))

    def of_organisation(self, pk: int) -> "Register":
        """Return the same register limited to an organisation, which may not have been there yet: then it is empty.

        Only for a register of all organisations whose entries were read; needs one query.
        """
        return replace(self, organisation=self.organisations.get(pk), index=_index(self.change_set, pk, self.entries))

    def _records(self, index: Sequence[tuple[int, int]]) -> Iterator[ActivityRecord]:
        build = text_builder(ActivityRecord, self.entries, self.unrecorded)
        contents = stream_contents(models.ProcessingActivity, [version for _, version in index])
        return (build(content) for _, content in contents)

    def pairs(self) -> Iterator[tuple[ActivityRecord, str]]:
        """Yield the records in the same order, each with its content as it is stored: one query."""
        build = text_builder(ActivityRecord, self.entries, self.unrecorded)
        return ((build(text), text) for text in Register.stored(self))

    def stored(self) -> Iterator[str]:
        """Yield the contents of the records as they are stored, in the same order: one query."""
        return (text for _, text in stream_contents(models.ProcessingActivity, [version for _, version in self.index]))

    def contents(self) -> Iterator[tuple[int, int, str, str, str]]:
        """Yield key, organisation, reference, name and stored content of each record: one query.

        For what is said by all records together: the content is canonical JSON, of which a part may be decoded alone.
        """
        columns = ("organisation_id", "reference", "name", "content")
        rows = stream_contents(models.ProcessingActivity, [version for _, version in self.index], columns)
        return ((pk, *row[1:]) for (pk, _), row in zip(self.index, rows, strict=True))

    def in_order(self, pks: Iterable[int]) -> Iterator[ActivityRecord]:
        """Yield the records with these keys in this order; those that the register doesn't have are left out."""
        return self.arranged(pks).activities()

    def referring(self, changed: Iterable[tuple[str, int]]) -> set[int]:
        """Return the keys of the activities that refer to one of these entries (model name, key): one query.

        The contents are searched as text, since most refer to none of them: canonical JSON writes a reference in one
        way only, and no text inside it can look like one.
        """
        pattern = _references_to(set(changed))
        if pattern is None:
            return set()
        return {pk for (pk, _), text in zip(self.index, Register.stored(self), strict=True) if pattern.search(text)}

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
    known = changes().filter(made_at__lte=as_at) if as_at else changes()
    last = known.values_list("sequence", "digest").first()
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
        if model in _NOT_REFERRED_TO:
            continue
        versions = list(newest(model, change_set).values_list("id", model.LABEL, "content").order_by("id"))
        # entries of the same catalogue are called by name alone
        entries[model.__name__] = {pk: Named(pk, name) for pk, name, _ in versions}
        build = text_builder(record, entries)
        entries[model.__name__] = {pk: build(content) for pk, _, content in versions}
    return entries


_NOT_REFERRED_TO = frozenset({models.ProcessingActivity, models.GapAcceptance, models.ChangeConsequence, *ASSURANCE})
"""What no record refers to."""


def newest(model: type[Any], change_set: int) -> "QuerySet[Any]":
    """Return the newest version of each aggregate of ``model`` up to a change set, deleted ones left out."""
    versions = model.history.model.objects
    last = versions.filter(change_set_id__lte=change_set).values("id").annotate(last=Max("history_id")).values("last")
    return versions.filter(history_id__in=last).exclude(history_type="-")  # type: ignore[no-any-return]


def _index(change_set: int, organisation: int | None, entries: Entries) -> tuple[tuple[int, int], ...]:
    history = models.ProcessingActivity.history.model._meta.db_table
    statement = (
        "SELECT version.id, version.history_id, version.organisation_id, version.reference FROM "  # noqa: S608 our own name
        f"(SELECT MAX(history_id) AS history_id FROM {history} WHERE change_set_id <= %s GROUP BY id) AS newest "
        f"CROSS JOIN {history} AS version WHERE version.history_id = newest.history_id AND version.history_type <> '-'"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [change_set])
        rows = cursor.fetchall()
    if organisation is not None:
        rows = [row for row in rows if row[2] == organisation]
    names = {pk: entry.name.casefold() for pk, entry in entries["Organisation"].items()}
    in_order = sorted([(names.get(owner, ""), natural(said), pk, version) for pk, version, owner, said in rows])
    return tuple([(pk, version) for _, _, pk, version in in_order])


_DIGITS = re.compile(r"(\d+)")


def natural(reference: str) -> list[str | int]:
    """Return a sort key by which PA-9 comes before PA-10: texts and numbers in turn, a text first."""
    parts: list[Any] = _DIGITS.split(reference)
    parts[1::2] = map(int, parts[1::2])
    return parts


def _references_to(entries: set[tuple[str, int]]) -> re.Pattern[str] | None:
    """Return what finds a reference to one of these entries in a content; None where nothing can refer to them."""
    keys: dict[str, set[str]] = {}
    for _, fact in walk(ActivityRecord):
        if fact.kind is Kind.ENTRY:
            keys.setdefault(fact.entry, set()).add(fact.key)
    pks: dict[str, list[str]] = {}
    for model, pk in sorted(entries):
        if model in keys:
            pks.setdefault(model, []).append(str(pk))
    found = [f'(?:{"|".join(sorted(keys[model]))})":\\[(?:{"|".join(some)}),' for model, some in pks.items()]
    return re.compile(f'"(?:{"|".join(found)})') if found else None


def stream_contents(
    model: type[Any], versions: Sequence[int], columns: Sequence[str] = ("content",)
) -> Iterator[tuple[Any, ...]]:
    """Yield (key of the version, content) of these versions of ``model``, in this order and whatever their number.

    One query, read as it is needed: the keys go to the database as one list, which it follows. Other ``columns`` of the
    version may be asked for instead of its content alone. Raises LookupError where a version is not there.
    """
    if not versions:
        return
    history = model.history.model._meta
    table, key = connection.ops.quote_name(history.db_table), connection.ops.quote_name(history.pk.column)
    taken = ", ".join(f"version.{connection.ops.quote_name(column)}" for column in columns)
    if connection.vendor == "postgresql":
        parameter: Any = list(versions)
        wanted, order = "unnest(%s::bigint[]) WITH ORDINALITY AS wanted (value, place)", " ORDER BY wanted.place"
    else:
        # SQLite follows the outer loop of a CROSS JOIN; sorting would copy every content. The order is checked below.
        parameter = json.dumps(versions)
        wanted, order = "json_each(%s) AS wanted", ""
    statement = (
        f"SELECT version.{key}, {taken} FROM {wanted} CROSS JOIN {table} AS version"  # noqa: S608 names come from models
        f" WHERE version.{key} = wanted.value{order}"
    )
    place = 0
    with closing(connection.chunked_cursor()) as cursor:
        cursor.execute(statement, [parameter])
        while rows := cursor.fetchmany(CHUNK):
            for row in rows:
                if row[0] != versions[place]:
                    raise LookupError(f"Version {versions[place]} of {model._meta.verbose_name} is missing.")
                place += 1
                yield row
    if place != len(versions):
        raise LookupError(f"Version {versions[place]} of {model._meta.verbose_name} is missing.")
