"""What a change of a catalogue's entry requires for the approved records that use it."""

from collections.abc import Callable, Iterator, Set
from datetime import date
from typing import Any

from registry.compliance import grounds
from registry.compliance.consequences import Consequence
from registry.compliance.contracts import has_contract
from registry.record.entries import (
    DataCategoryEntry,
    DocumentEntry,
    RecipientEntry,
    RetentionScheduleEntry,
    SystemEntry,
)
from registry.reference import countries
from registry.reference.documents import DocumentKind

CAUSES: dict[type[Any], tuple[str, ...]] = {
    RecipientEntry: (
        "country",
        "sub_processor_of",
        "contract_kind",
        "contract_ends_on",
    ),
    RetentionScheduleEntry: ("period", "unit", "permanent"),
    DataCategoryEntry: ("sensitivity",),
    SystemEntry: ("hosting_country",),
    DocumentEntry: ("name", "location", "wording", "valid_from", "valid_until", "retired_on"),
}
"""By kind of entry the facts whose change may require something; that of others requires nothing."""

OF_OWN_RECORDS = frozenset({"entry-contract-ends", "entry-contract-gone"})
"""What concerns the records that name a recipient themselves, and not those of the processor that engages it."""

OF_ENGAGING = frozenset({"entry-sub-processor"})
"""What concerns the records of the processor that engages a recipient, and not those that name the recipient."""


def entry_consequences(old: Any, new: Any, homes: Set[str], on: date) -> tuple[Consequence, ...]:
    """Return what the change from ``old`` to ``new`` requires; empty where nothing does.

    Both are versions of the same entry; ``old`` is None for a new one. ``homes`` are the countries of the organisations
    whose approved records use it: what leaves one of them goes abroad.
    """
    return tuple(Consequence(key, (new.name,)) for key in _ASKED[type(new)](old, new, homes, on))


def _goes_abroad(was: str, now: str, homes: Set[str], on: date) -> bool:
    """Say whether the place is another now, and lies abroad for one of the organisations (GDPR Art. 44)."""
    return bool(now) and now != was and any(_is_abroad(now, home, on) for home in homes)


def _is_abroad(code: str, home: str, on: date) -> bool:
    if home and not countries.is_eea(home, on):
        return code != home
    return not countries.is_eea(code, on)


def _recipient(old: RecipientEntry | None, new: RecipientEntry, homes: Set[str], on: date) -> Iterator[str]:
    was = None if old is None or old.sub_processor_of is None else old.sub_processor_of.pk
    if new.sub_processor_of is not None and new.sub_processor_of.pk != was:
        yield "entry-sub-processor"
    if old is None:
        return
    if _goes_abroad(old.country, new.country, homes, on):
        yield "entry-recipient-country-safeguard"
        yield "entry-recipient-country-notice"
    if has_contract(old) and not has_contract(new):
        yield "entry-contract-gone"
    elif new.contract_ends_on is not None and (old.contract_ends_on or date.max) > new.contract_ends_on:
        yield "entry-contract-ends"


def _schedule(old: RetentionScheduleEntry, new: RetentionScheduleEntry, homes: Set[str], on: date) -> Iterator[str]:
    """A time limit that was in words alone is only said better in figures."""
    was, now = ((one.period, one.unit, one.permanent) for one in (old, new))
    if was != now and (old.period is not None or old.permanent):
        yield "entry-time-limit-notice"


def _category(old: DataCategoryEntry, new: DataCategoryEntry, homes: Set[str], on: date) -> Iterator[str]:
    if new.sensitivity != old.sensitivity and new.sensitivity in grounds.SENSITIVE:
        yield "entry-sensitive-condition"
        yield "entry-sensitive-assessment"


def _system(old: SystemEntry, new: SystemEntry, homes: Set[str], on: date) -> Iterator[str]:
    if _goes_abroad(old.hosting_country, new.hosting_country, homes, on):
        yield "entry-system-country-safeguard"
        yield "entry-system-country-notice"


def _document(old: DocumentEntry, new: DocumentEntry, homes: Set[str], on: date) -> Iterator[str]:
    if new.kind != DocumentKind.PRIVACY_NOTICE:
        return
    ends, ended = (min(one.valid_until or date.max, one.retired_on or date.max) for one in (new, old))
    if ends < ended:
        yield "entry-notice-ends"
    elif (old.name, old.location, old.valid_from) != (new.name, new.location, new.valid_from) or _reworded(old, new):
        yield "entry-notice-renewed"


def _reworded(old: DocumentEntry, new: DocumentEntry) -> bool:
    """Say whether the notice has other words; a wording that is pasted for the first time is none."""
    return bool(old.wording) and old.wording.split() != new.wording.split()


_ASKED: dict[type[Any], Callable[[Any, Any, Set[str], date], Iterator[str]]] = {
    RecipientEntry: _recipient,
    RetentionScheduleEntry: _schedule,
    DataCategoryEntry: _category,
    SystemEntry: _system,
    DocumentEntry: _document,
}
