"""Where records meet others: noted for each, so that a few records can be checked without reading all of them."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Q

from registry import models
from registry.compliance.context import Context, Meeting, Peer, context_with, points_of
from registry.record.activity import ActivityRecord
from registry.record.loader import Register

Pair = tuple[ActivityRecord, str]
"""A record, and its content as it is stored."""


def pairs_of(register: Register) -> Iterator[Pair]:
    """Yield the records of a register with their contents: two queries."""
    contents = register.contents()
    for record in register.activities():
        yield record, next(contents)[4]


def digest_of(key: str) -> str:
    """Return the key as it is noted: a text may be of any length."""
    return hashlib.sha256(key.encode()).hexdigest()


def _at(places: Iterable[tuple[int, str, str]]) -> Q:
    """Return the condition of lying at one of these places; the keys alone are all but unique."""
    return Q(key__in={key for _, _, key in places})


def meeting_at(places: set[tuple[int, str, str]]) -> set[int]:
    """Return the activities that are noted at one of these places."""
    found = models.MeetingPoint.objects.filter(_at(places)).values_list("activity", "organisation", "kind", "key")
    return {activity for activity, *place in found if tuple(place) in places}


def meetings_of(pairs: Sequence[Pair]) -> dict[Meeting, tuple[Peer, ...]]:
    """Return where these records meet others, from what is noted of all."""
    wanted = {
        (record.organisation.pk, kind, digest_of(key)): (record.organisation.pk, kind, key)
        for record, text in pairs
        for kind, key, _ in points_of(record.name, text)
    }
    found: dict[Meeting, list[Peer]] = {}
    rows = models.MeetingPoint.objects.filter(_at(wanted)).order_by("activity", "pk")
    columns = rows.values_list("activity", "label", "said", "organisation", "kind", "key")
    for pk, label, said, organisation, kind, key in columns:
        if (meeting := wanted.get((organisation, kind, key))) is not None:
            found.setdefault(meeting, []).append(Peer(pk, label, said))
    return {meeting: tuple(peers) for meeting, peers in found.items() if peers[0].pk != peers[-1].pk}


def context_for(register: Register, pairs: Sequence[Pair]) -> Context:
    """Return what the rules are told about a few records: one query."""
    return context_with(register, meetings_of(pairs))
