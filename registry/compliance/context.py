"""What a rule knows beside its record: the day, the catalogues of that day, and what the other records say."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone

from registry.compliance.laws import Law, laws_finder
from registry.compliance.signs import signs_in
from registry.compliance.texts import all_words
from registry.compliance.traits import traits_finder
from registry.record.activity import ActivityRecord
from registry.record.loader import Register


class Peer(NamedTuple):
    """A record that says something where another one says it too."""

    pk: int
    label: str
    said: str = ""

    def __str__(self) -> str:
        return self.label


ACRONYM = re.compile(r"\b[A-ZÄÖÜ][A-ZÄÖÜ]{2,5}\b(?!\.[a-z])")
"""An abbreviation of three to six capitals; shorter ones are mostly known, or parts of names."""

Meeting = tuple[int, str, str]
"""Where records meet: within an organisation, a kind such as "purpose", a key such as the purpose's text."""

Meetings = Mapping[Meeting, tuple[Peer, ...]]
"""Where two records or more meet, and which these are."""


class _Last:
    """What was worked out about the record that was asked about last: all rules are put to one before the next."""

    record: Any = None
    found: Any = None


def _of_last(find: Callable[[ActivityRecord], Any]) -> Callable[[ActivityRecord], Any]:
    last = _Last()

    def found(record: ActivityRecord) -> Any:
        if last.record is not record:
            last.record, last.found = record, find(record)
        return last.found

    return found


class Reading:
    """The words of one record, the signs in them, and its traits: taken apart once for all rules that look for some."""

    def __init__(self, words: str, traits: int) -> None:
        self.words = words
        self.traits = traits
        self.folded = words.casefold()
        self.signs = signs_in(words)


@dataclass(frozen=True)
class Context:
    """What the rules are told: built once for a register.

    ``on`` is the day by which dated law and contracts are judged, ``meetings`` where records meet, ``sub_processors``
    the entries of the recipients that each recipient engages, by its key.
    """

    on: date
    meetings: Meetings = field(default_factory=dict)
    sub_processors: Mapping[int, tuple[Any, ...]] = field(default_factory=dict)
    abbreviations: frozenset[str] = frozenset()
    """Those that the catalogues, organisations and units use in their names and explanations."""
    laws_of: Callable[[ActivityRecord], tuple[Law, ...]] = field(init=False, repr=False)
    traits_of: Callable[[ActivityRecord], int] = field(init=False, repr=False)
    met: Mapping[str, frozenset[int]] | None = None
    """By kind, the keys of the register's records that meet another one; None where that isn't known of all."""
    known: dict[Any, Any] = field(default_factory=dict, repr=False)
    """What rules have worked out about a country or an entry, for the next record that names it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "laws_of", _of_last(laws_finder(self.on)))
        object.__setattr__(self, "traits_of", _of_last(traits_finder(self.on)))

    def reading(self, record: ActivityRecord) -> Reading:
        """Return the words of the record; those of the last one asked for are kept."""
        last: _Last = self.known.setdefault("reading", _Last())
        if last.record is not record:
            last.record, last.found = record, Reading(all_words(record), self.traits_of(record))
        return last.found  # type: ignore[no-any-return]

    def words(self, record: ActivityRecord) -> str:
        """Return the words of the record, as ``all_words`` does."""
        return self.reading(record).words

    def may_meet(self, kind: str, record: ActivityRecord) -> bool:
        """Say whether the record may meet another one at a place of this kind."""
        return bool(self.meetings) if self.met is None else record.pk in self.met.get(kind, ())

    def others(self, kind: str, key: str, record: ActivityRecord) -> tuple[Peer, ...]:
        """Return the other records that meet this one there."""
        return tuple(
            [peer for peer in self.meetings.get((record.organisation.pk, kind, key), ()) if peer.pk != record.pk]
        )


def context_of(register: Register) -> Context:
    """Return what the rules are told about a register: reads through its contents once, and keeps where records meet.

    One query, which reads no record as a whole. A register limited to an organisation meets within it alone. It is for
    the records of this register as they are.
    """
    meetings = _meetings(register)
    met: dict[str, set[int]] = {}
    for (_, kind, _), peers in meetings.items():
        met.setdefault(kind, set()).update([peer.pk for peer in peers])
    known = {kind: frozenset(pks) for kind, pks in met.items()}
    return replace(context_alone(register), meetings=meetings, met=known)


def context_with(register: Register, meetings: Meetings) -> Context:
    """Return the same with what is known already of where records meet, for a few records: no query."""
    return replace(context_alone(register), meetings=meetings)


def context_alone(register: Register) -> Context:
    """Return the same without what other records say, for one record by itself: no query."""
    return Context(_day(register), {}, sub_processors(register), _abbreviations(register))


def _day(register: Register) -> date:
    return timezone.localdate(register.as_at)


def sub_processors(register: Register) -> dict[int, tuple[Any, ...]]:
    """Return the key of each processor that engages others, with the entries of these (GDPR Art. 28(4)): no query."""
    found: dict[int, list[Any]] = {}
    for entry in register.entries["Recipient"].values():
        if entry.sub_processor_of is not None:
            found.setdefault(entry.sub_processor_of.pk, []).append(entry)
    return {pk: tuple(entries) for pk, entries in found.items()}


def _abbreviations(register: Register) -> frozenset[str]:
    said: list[str] = []
    for entries in register.entries.values():
        for entry in entries.values():
            said += [entry.label, *[getattr(entry, key) for key in ("description", "examples") if hasattr(entry, key)]]
    return frozenset(ACRONYM.findall("\n".join(said)))


def folded(text: str) -> str:
    """Return the text as it is compared: without case, doubled blanks and a full stop at its end."""
    return " ".join(text.casefold().split()).rstrip(".")


SHORTEST = 12
"""Texts of fewer characters, such as "Payroll", say too little to be called the same purpose."""

_scan = json.JSONDecoder().scan_once  # type: ignore[attr-defined]  # reads one value from a place in a text


def _meetings(register: Register) -> dict[Meeting, tuple[Peer, ...]]:
    first: dict[Meeting, Peer] = {}
    found: dict[Meeting, list[Peer]] = {}  # most places know one record only, and need no list
    for pk, organisation, reference, name, content in register.contents():
        peer = Peer(pk, f"{reference} {name}".strip())
        for kind, key, said in points_of(name, content):
            meeting = (organisation, kind, key)
            one = peer._replace(said=said) if said else peer
            before = first.setdefault(meeting, one)
            if before is not one:
                peers = found.setdefault(meeting, [before])
                if peers[-1].pk != pk or peers[-1].said != said:
                    peers.append(one)
    return {meeting: tuple(peers) for meeting, peers in found.items() if peers[0].pk != peers[-1].pk}


def points_of(name: str, content: str) -> Iterator[tuple[str, str, str]]:
    """Yield kind and key of where the record of this content meets others, and what it says there.

    Retired records meet nobody. Only the lists that matter are decoded.
    """
    purposes = max(content.find('"purposes":['), 0)  # keys are sorted: what comes behind is only looked for there
    if content.find('"status":"retired"', purposes) >= 0:
        return
    yield "name", folded(name), ""
    for row in _list_in(content, "purposes", purposes):
        if len(row["text"]) >= SHORTEST:
            yield "purpose", folded(row["text"]), ""
    for row in _list_in(content, "transfers", purposes):
        if row["recipient"] is not None and row["country"]:
            yield "transfer", str(row["recipient"][0]), f"{row['country']} {row['safeguard']}"


def _list_in(content: str, key: str, start: int = 0) -> list[dict[str, Any]]:
    """Return one list of a content: in canonical JSON its key stands nowhere else, since quotes in texts are escaped."""
    place = content.find(f'"{key}":[', start)
    return [] if place < 0 else _scan(content, place + len(key) + 3)[0]
