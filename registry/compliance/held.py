"""What systems say they hold, beside what records that use them list: gathered once for all records of a register."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from orjson import loads

from registry.compliance.identity import identify
from registry.record.activity import ActivityRecord
from registry.record.building import Entries
from registry.record.definition import by_name
from registry.record.entries import SystemDataRow, SystemEntry
from registry.record.organisations import OrganisationRecord
from registry.record.segments import folded, listed
from registry.reference.activity import ActivityStatus
from registry.reference.roles import ActivityRole

USED, ASKED = "used", "asked"
"""What a record tells of a system that it uses, beside the data: that it does, and that the law asks it for its data. A
processor's record needn't list any (GDPR Art. 30(2))."""

Told = tuple[int, str]
"""The key of a system, and USED, ASKED or what a row of its data is known by, where the record lists that data."""

Listed = Iterable[tuple[Any, str]]
"""Rows of a record as the entry (None for words alone) and the words of each."""

_SYSTEM = re.compile(r'"system":\[(\d+),')


class InUse(NamedTuple):
    """A system that says what it holds, and what is told of it by the records of each organisation that use it."""

    system: SystemEntry
    by: tuple[tuple[OrganisationRecord, frozenset[str]], ...]
    is_known_of_all: bool = True
    """Whether the records of all organisations were looked at."""


@dataclass(frozen=True)
class Systems:
    """The systems that say what they hold, by key, and what records tell of them, by system and organisation."""

    entries: Mapping[int, SystemEntry]
    told: Mapping[tuple[int, int], frozenset[str]]
    are_known_of_all: bool = True

    def in_use(self, organisations: Mapping[int, OrganisationRecord]) -> Iterator[InUse]:
        """Yield each of the systems with what these organisations tell of it, in the order of their names."""
        by: dict[int, list[int]] = {}
        for system, organisation in self.told:
            by.setdefault(system, []).append(organisation)
        for one in sorted(self.entries.values(), key=by_name):
            users = sorted((organisations[pk] for pk in by.get(one.pk, ()) if pk in organisations), key=by_name)
            said = tuple([(user, self.told[one.pk, user.pk]) for user in users])
            yield InUse(one, said, self.are_known_of_all)


class _Held(NamedTuple):
    """What a row of a system's data is known by, and the entries and words by which a record lists that data."""

    identity: str
    entries: frozenset[int]
    words: frozenset[str]


class Holdings:
    """The systems of a register that say what they hold, and what a record tells of those that it uses.

    A record lists data by its category, by a wider one that this is part of, or by words that say the same as the name
    of these. A narrower category is less than what the system holds. Nothing is to be asked where it is false.
    """

    def __init__(self, entries: Entries) -> None:
        self.systems: dict[int, SystemEntry] = {pk: one for pk, one in entries["System"].items() if one.data}
        self._categories = entries["DataCategory"]
        self._held = {pk: tuple(map(self._one, one.data)) for pk, one in self.systems.items()}
        self._called = {folded(one.name): pk for pk, one in self.systems.items()}

    def __bool__(self) -> bool:
        return bool(self.systems)

    def touched_by(self, categories: Iterable[int]) -> set[int]:
        """Return the systems of which something else may be told since these categories have changed."""
        changed = set(categories)
        return {pk for pk, held in self._held.items() if any(not changed.isdisjoint(one.entries) for one in held)}

    def told_by(self, record: ActivityRecord) -> set[Told]:
        """Return what a record tells; nothing where it is retired."""
        if record.status == ActivityStatus.RETIRED or not record.systems:
            return set()
        used = [(row.system, row.stated_as) for row in record.systems]
        return self._told(used, record.role, ((row.category, row.stated_as) for row in record.data_categories))

    def told_in(self, content: str) -> set[Told]:
        """Return the same of a record by its content as it is stored, which is taken apart only where it may matter."""
        at = content.rfind('"systems":[')
        named = map(int, _SYSTEM.findall(content, at))
        if at < 0 or (self.systems.keys().isdisjoint(named) and content.find('"system":null', at) < 0):
            return set()
        said = loads(content)
        if said["status"] == ActivityStatus.RETIRED:
            return set()
        used = _rows(said["systems"], "system", self.systems)
        return self._told(used, said["role"], _rows(said["data_categories"], "category", self._categories))

    def _told(self, used: Listed, role: str, data: Listed) -> set[Told]:
        systems = {self._meant(entry, words) for entry, words in used} & self._held.keys()
        if not systems:
            return set()
        entries, said = listed(data)
        told = {(pk, USED) for pk in systems}
        if role != ActivityRole.PROCESSOR:
            told |= {(pk, ASKED) for pk in systems}
        for pk in systems:
            told |= {
                (pk, one.identity)
                for one in self._held[pk]
                if not one.entries.isdisjoint(entries) or not one.words.isdisjoint(said)
            }
        return told

    def _meant(self, entry: Any, words: str) -> int:
        return self._called.get(folded(words), 0) if entry is None else entry.pk

    def _one(self, row: SystemDataRow) -> _Held:
        chain: dict[int, Any] = {}
        entry: Any = row.category
        while entry is not None and entry.pk not in chain:
            chain[entry.pk] = entry
            above = getattr(entry, "parent", None)
            entry = above and self._categories.get(above.pk, above)
        words = (row.stated_as, *(one.name for one in chain.values()))
        return _Held(identify(row), frozenset(chain), frozenset(map(folded, filter(None, words))))


class _Then(NamedTuple):
    """An entry that the register doesn't have, by its key and its name in the record."""

    pk: int
    name: str


def _rows(rows: Iterable[Mapping[str, Any]], key: str, entries: Mapping[int, Any]) -> list[tuple[Any, str]]:
    """Return rows of a content as ``Listed``."""
    found = []
    for row in rows:
        pair = row[key]
        entry = None if pair is None else entries.get(pair[0], _Then(*pair))
        found.append((entry, row["stated_as"]))
    return found


class Gathering:
    """Gathers what the records of a register tell of systems, as their contents go by."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._told: dict[tuple[int, int], set[str]] = {}

    def take(self, organisation: int, content: str) -> None:
        """Note what one record tells."""
        for system, said in self._holdings.told_in(content):
            self._told.setdefault((system, organisation), set()).add(said)

    def systems(self, *, are_known_of_all: bool) -> Systems:
        """Return all that was told."""
        told = {place: frozenset(said) for place, said in self._told.items()}
        return Systems(self._holdings.systems, told, are_known_of_all)
