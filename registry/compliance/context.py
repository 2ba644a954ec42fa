"""What a rule knows beside its record: the day, the catalogues of that day, and what the other records say."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.utils import timezone

from registry.compliance.gap import Some
from registry.compliance.held import Gathering, Holdings, Systems
from registry.compliance.laws import Law, laws_finder
from registry.compliance.meetings import Meetings, Told, meetings_in
from registry.compliance.signs import signs_in, with_signs
from registry.compliance.texts import folded, words_of
from registry.compliance.traits import bits_of, traits_finder
from registry.record.activity import ActivityRecord
from registry.record.consequence import ConsequenceRecord
from registry.record.decided import load_open_notices
from registry.record.loader import Register
from registry.reference.documents import DocumentKind

ACRONYM = re.compile(r"\b[A-ZÄÖÜ][A-ZÄÖÜ]{2,5}\b(?!\.[a-z]|-\d)")
"""An abbreviation of three to six capitals; shorter ones are mostly known, or parts of names, and
those before a number are numbers of files."""

MEETINGS = {kind: bits_of([f"a meeting by {kind}"])[0] for kind in ("name", "purpose")}
_ANYWHERE = reduce(or_, MEETINGS.values())
_UNSAID = bits_of(["an unsaid change"])[0]


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

    def __init__(self, texts: list[str], traits: int) -> None:
        self.texts = texts
        self.traits = traits
        self.known: dict[str, Any] = {}
        """What rules have worked out about the record, for the next one that asks."""
        self.loud, self.signs = signs_in("\n".join(texts))

    def words_with(self, signs: int) -> list[str]:
        """Return the words that have any of these signs, each once."""
        return with_signs(self.loud, signs) if self.signs & signs else []

    def texts_with(self, words: Iterable[str]) -> list[str]:
        """Return the texts that hold any of these words; one with several of them may be there as often."""
        return [text for word in words for text in self.texts if word in text]

    @cached_property
    def words(self) -> str:
        """All texts in one, each on a line of its own."""
        return "\n".join(filter(None, self.texts))

    @cached_property
    def folded(self) -> str:
        """The same in small letters."""
        return self.words.lower()


@dataclass(frozen=True)
class Context:
    """What the rules are told: built once for a register.

    ``on`` is the day by which dated law and contracts are judged, ``meetings`` where records meet, ``told`` what they
    tell of recipients, ``sub_processors`` the entries of the recipients that each recipient engages, by its key.
    """

    on: date
    meetings: Meetings = field(default_factory=dict)
    sub_processors: Mapping[int, tuple[Any, ...]] = field(default_factory=dict)
    abbreviations: frozenset[str] = frozenset()
    """Those that the catalogues, organisations and units use in their names and explanations."""
    notices: Mapping[str, Any] = field(default_factory=dict)
    """The privacy notices of the catalogue of documents, by name and by the place where they are kept, both folded."""
    unsaid: Mapping[int, tuple[ConsequenceRecord, ...]] = field(default_factory=dict)
    """By the key of a record what its notice still has to say after a change."""
    systems: Systems | None = None
    """The systems that say what they hold, with what all records tell of them; None where none does."""
    told: Told = field(default_factory=dict)
    laws_of: Callable[[ActivityRecord], tuple[Law, ...]] = field(init=False, repr=False)
    reading: Callable[[ActivityRecord], Reading] = field(init=False, repr=False)
    """The words, signs and traits of a record; those of the last one asked for are kept."""
    met: Mapping[int, int] | None = None
    """By the key of a record that meets another one, the bits of the traits that say so; None where that isn't known of
    all."""
    known: dict[Any, Any] = field(default_factory=dict, repr=False)
    """What rules have worked out about a country or an entry, for the next record that names it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "laws_of", _of_last(laws_finder(self.on)))
        traits_of = traits_finder(self.on, self.notices, self.sub_processors)
        object.__setattr__(self, "reading", _of_last(lambda record: Reading(words_of(record), traits_of(record))))

    def meetings_of(self, record: ActivityRecord) -> int:
        """Return the bits of the traits that tell where the record may meet another one, or what others know of it."""
        known = _UNSAID if record.pk in self.unsaid else 0
        if self.met is None:
            return known | _ANYWHERE if self.meetings else known
        return known | self.met.get(record.pk, 0)

    def notice_of(self, record: ActivityRecord) -> Any:
        """Return the document that the record names as its notice; None where the catalogue doesn't have it."""
        return self.notices.get(folded(record.privacy_notice)) if self.notices else None

    def others(self, kind: str, key: str, record: ActivityRecord) -> Some | None:
        """Return the other records that meet this one there; None where none does."""
        met = self.meetings.get((record.organisation.pk, kind, key))
        return met.but(record.pk) if met is not None else None

    def told_elsewhere(self, recipient: int, record: ActivityRecord) -> Iterator[tuple[str, str, Some]]:
        """Yield country and safeguard of transfers to a recipient that other records list, and which records these are."""
        for said, met in self.told.get((record.organisation.pk, recipient), {}).items():
            if others := met.but(record.pk):
                country, _blank, safeguard = said.partition(" ")
                yield country, safeguard, others


def context_of(register: Register) -> Context:
    """Return what the rules are told about a register: reads through its contents once, and keeps where records meet.

    Two queries, which read no record as a whole. A register limited to an organisation meets within it alone. It is for
    the records of this register as they are.
    """
    gathering = Gathering(holdings) if (holdings := Holdings(register.entries)) else None
    meetings, told = meetings_in(register, gathering)
    met: dict[int, int] = {}
    for (_, kind, _), some in meetings.items():
        for pk in some.names:
            met[pk] = met.get(pk, 0) | MEETINGS[kind]
    systems = gathering.systems(are_known_of_all=_is_of_all(register)) if gathering is not None else None
    return replace(context_with(register, meetings, told), met=met, systems=systems)


def _is_of_all(register: Register) -> bool:
    """Say whether no organisation of ours has its records elsewhere."""
    whose = register.organisation
    return whose is None or all(one.pk == whose.pk for one in register.organisations.values() if one.is_own)


def context_with(register: Register, meetings: Meetings, told: Told) -> Context:
    """Return the same with what is known already of where records meet, for a few records: one query."""
    return replace(context_alone(register), meetings=meetings, told=told, unsaid=load_open_notices(register.change_set))


def context_alone(register: Register) -> Context:
    """Return the same without what other records say, for one record by itself: no query."""
    return Context(_day(register), {}, sub_processors(register), _abbreviations(register), _notices(register))


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


def _notices(register: Register) -> dict[str, Any]:
    notices = [one for one in register.entries["Document"].values() if one.kind == DocumentKind.PRIVACY_NOTICE]
    return {said: one for one in notices for said in said_of_notice(one.name, one.location)}


def said_of_notice(name: str, location: str) -> tuple[str, ...]:
    """Return what a record says, folded, to name a notice: the place where it is kept, its name, or both."""
    if not (name and location):
        return tuple([folded(said) for said in (name, location) if said])
    both = [folded(form % (name, location)) for form in _BOTH]
    return (folded(location), *both, folded(name))


_BOTH = ("%s: %s", "%s, %s", "%s (%s)", "%s %s")
"""How name and place of a notice stand together."""
