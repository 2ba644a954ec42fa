"""Which laws a record is under, by what it says itself: its organisation's country and its legal bases."""

from collections.abc import Callable
from datetime import date
from enum import Enum

from registry.record.activity import ActivityRecord
from registry.record.definition import taker
from registry.record.remembered import Memo
from registry.reference import countries
from registry.reference.answers import Answer
from registry.reference.lawful_basis import Regime


class Law(Enum):
    """A law that says what a record has to hold; the value is its short name."""

    EU = "GDPR"
    UK = "UK GDPR"
    CH = "FADP"
    BR = "LGPD"
    CALIFORNIA = "CCPA"
    LAW_ENFORCEMENT = "Directive (EU) 2016/680"

    __hash__ = object.__hash__  # members are single objects; Enum's own hash calls Python for each look-up


GDPR = (Law.EU, Law.UK)

_OF_REGIME = {
    str(Regime.EU): Law.EU,
    str(Regime.UK): Law.UK,
    str(Regime.CH): Law.CH,
    str(Regime.BR): Law.BR,
    str(Regime.CALIFORNIA): Law.CALIFORNIA,
}
_OF_COUNTRY = {"GB": Law.UK, "CH": Law.CH, "BR": Law.BR}
_LAW_ENFORCEMENT = frozenset({"NAT-LED", "NAT-DE-BDSG-70", "NAT-GB-DPA-61"})
"""Codes of bases outside Art. 6: a record that rests on nothing else is one of law enforcement."""


def laws_finder(on: date) -> Callable[[ActivityRecord], tuple[Law, ...]]:
    """Return a function from a record to the laws it is under on that day, in the order of ``Law``, never none.

    A country of the EEA, the United Kingdom, Switzerland or Brazil puts its organisations' records under its law, a
    legal basis of a law puts the record under that one too. The CCPA applies where the record says anything in its
    terms. A record that says nothing of all this is taken to be under the GDPR.
    """
    known: Memo[tuple[str, frozenset[str], bool], tuple[Law, ...]] = Memo(lambda said: _laws(*said, on))

    def laws_of(record: ActivityRecord) -> tuple[Law, ...]:
        bases = [row.legal_basis for row in record.legal_bases if row.legal_basis is not None]
        said = frozenset([base.code if base.code in _LAW_ENFORCEMENT else base.regime for base in bases])
        return known[record.organisation.country, said, _speaks_californian(record)]

    return laws_of


def _laws(country: str, said: frozenset[str], californian: bool, on: date) -> tuple[Law, ...]:
    if said and said <= _LAW_ENFORCEMENT:
        return (Law.LAW_ENFORCEMENT,)
    found = {_OF_REGIME[regime] for regime in said if regime in _OF_REGIME}
    if countries.is_eea(country, on):
        found.add(Law.EU)
    elif country in _OF_COUNTRY:
        found.add(_OF_COUNTRY[country])
    if californian:
        found.add(Law.CALIFORNIA)
    return tuple(law for law in Law if law in found) or (Law.EU,)


def _speaks_californian(record: ActivityRecord) -> bool:
    for role, sold, shared in map(_take_californian, record.recipients):
        if role or sold == _YES or shared == _YES:
            return True
    return any(map(_take_purpose, record.purposes))


_take_purpose = taker(ActivityRecord, "purposes", "ccpa_business_purpose")
_take_californian = taker(ActivityRecord, "recipients", "ccpa_role", "sold", "shared")
_YES = str(Answer.YES)
