"""Where records say the same, or tell something of the same recipient: what none of them can know by itself."""

import json
import re
from collections.abc import Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple

from registry.compliance.gap import LISTED, Some
from registry.compliance.held import Gathering
from registry.compliance.texts import folded
from registry.record.activity import ActivityRecord, label_of
from registry.record.definition import facts
from registry.record.loader import Register

Meeting = tuple[int, str, str]
"""Where records meet: within an organisation, a kind such as "purpose", a key such as the purpose's text."""

NAMED = LISTED + 1
"""So many records that meet are known by name at least: those that a sentence lists, and the one it is about."""


class Met(NamedTuple):
    """The records that meet, or say the same: how many there are, and their names by key. Where there are very many
    these may be no more than the first ``NAMED``, but those of the records that are asked about are among them."""

    number: int
    names: dict[int, str]

    def but(self, pk: int) -> Some | None:
        """Return the others, for the record with this key; None where there is no other. The names of all are never
        gone through: ten thousand records may share a recipient."""
        number = self.number - (pk in self.names)
        if not number:
            return None
        return Some(tuple([name for key, name in islice(self.names.items(), NAMED) if key != pk][:LISTED]), number)


Meetings = Mapping[Meeting, Met]
"""Where two records or more meet, and which these are."""

Told = Mapping[tuple[int, int], Mapping[str, Met]]
"""By the keys of an organisation and a recipient, the countries and safeguards ("US A46-2-c") of what records tell of
transfers to it, and which records tell this; there is what one record tells alone too."""

SHORTEST = 12
"""Texts of fewer characters, such as "Payroll", say too little to be called the same purpose."""

TOLD = "transfer"
"""The kind of place where a record tells what data a recipient gets abroad: others may have something to say to it."""

_KEYS = sorted(facts(ActivityRecord))
_BEHIND_PURPOSES = f'"{_KEYS[_KEYS.index("purposes") + 1]}":'
_TEXT = r'[^"\\]*+(?:\\.[^"\\]*+)*+'
_PURPOSE = re.compile(rf'"text":"({_TEXT})"')
_OTHERS = rf'(?:,"(?!(?:recipient|safeguard)")\w++":(?:"{_TEXT}"|\[\d++,"{_TEXT}"\]|\w++))*+'
_TRANSFER = re.compile(rf'"country":"(\w++)"{_OTHERS},"recipient":\[(\d++),"{_TEXT}"\]{_OTHERS},"safeguard":"([^"]*+)"')
"""Parts of canonical JSON: its keys are sorted, and a quote inside a text stands behind a backslash."""


def meetings_in(register: Register, gathering: Gathering | None = None) -> tuple[dict[Meeting, Met], Told]:
    """Return where the records of a register meet, and what they tell of recipients: one query.

    Reads through their contents, which a ``gathering`` is shown on the way.
    """
    labels: dict[int, str] = {}
    first: dict[Meeting, int] = {}
    met: dict[Meeting, list[int]] = {}  # most places know one record only, and need no list
    told: dict[tuple[int, int], dict[str, dict[int, str]]] = {}
    for pk, organisation, reference, name, content in register.contents():
        if gathering is not None:
            gathering.take(organisation, content)
        labels[pk] = label = label_of(reference, name)
        for kind, key, said in points_of(name, content):
            if kind == TOLD:
                told.setdefault((organisation, int(key)), {}).setdefault(said, {})[pk] = label
                continue
            place = (organisation, kind, key)
            if first.setdefault(place, pk) != pk:
                met.setdefault(place, [first[place]]).append(pk)
    return (
        {place: _all_of({pk: labels[pk] for pk in pks}) for place, pks in met.items()},
        {place: {said: _all_of(some[said]) for said in sorted(some)} for place, some in told.items()},
    )


def _all_of(names: dict[int, str]) -> Met:
    return Met(len(names), names)


def together(some: Sequence[Some]) -> Some:
    """Return several as one. One record may be among many of them, so how many there are in all isn't told of many."""
    if len(some) == 1:
        return some[0]
    names = tuple(dict.fromkeys(chain.from_iterable(one.names for one in some)))
    return Some(names, len(names) if all(one.number == len(one.names) for one in some) else None)


def points_of(name: str, content: str) -> list[tuple[str, str, str]]:
    """Return kind and key of where the record of this content meets others, and what it says there.

    Retired records meet nobody. Only what matters is decoded: canonical JSON sorts its keys, and none can stand inside
    a text, where quotes are escaped.
    """
    transfers = content.rfind('"transfers":[')
    status = content.rfind('"status":"', 0, transfers)
    if content.startswith('"status":"retired"', status):
        return []
    behind = content.rfind(_BEHIND_PURPOSES, 0, status)
    purposes = content.rfind('"purposes":[', 0, behind)
    found = [("name", folded(name), "")]
    for text in _PURPOSE.findall(content, purposes, behind):
        said = text if "\\" not in text else json.loads(f'"{text}"')
        if len(said) >= SHORTEST:
            found.append(("purpose", folded(said), ""))
    moved = _TRANSFER.findall(content, transfers)
    found += [(TOLD, recipient, f"{country} {safeguard}") for country, recipient, safeguard in moved]
    return found
