"""Where records meet others: noted for each, so that a few records can be checked without reading all of them."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from django.db.models import Q

from registry import models
from registry.compliance.context import TOLD, Context, Meeting, Peer, context_with, points_of
from registry.record.activity import ActivityRecord
from registry.record.loader import Register

Pair = tuple[ActivityRecord, str]
"""A record, and its content as it is stored."""


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


def hearing_of(moved: Iterable[tuple[int, str, str, str]], by: set[int]) -> set[int]:
    """Return the activities without transfers to which it is news that these ones tell other transfers than before.

    ``moved`` is what they tell now or told before: (organisation, kind, key, said). Those hear of it that have the same
    recipient, and only of a country that nobody else tells.
    """
    told = {(organisation, key, said.partition(" ")[0]) for organisation, kind, key, said in moved if kind == TOLD}
    if not told:
        return set()
    same = models.MeetingPoint.objects.filter(kind=TOLD, key__in={key for _, key, _ in told})
    others = {
        (organisation, key, said.partition(" ")[0])
        for organisation, key, said in same.exclude(activity__in=by).values_list("organisation", "key", "said")
    }
    places = {(organisation, key) for organisation, key, _country in told - others}
    recipients = {digest_of(str(pk)): pk for pk in models.Recipient.objects.values_list("pk", flat=True)}
    hearing = [Q(organisation=one, recipients__recipient=recipients[key]) for one, key in places if key in recipients]
    if not hearing:
        return set()
    without = models.ProcessingActivity.objects.filter(transfers__isnull=True)
    return set(without.filter(reduce(or_, hearing)).values_list("pk", flat=True))


def meetings_of(pairs: Sequence[Pair]) -> dict[Meeting, tuple[Peer, ...]]:
    """Return where these records meet others, or hear of transfers to their recipients, from what is noted of all."""
    wanted = {
        (record.organisation.pk, kind, digest_of(key)): (record.organisation.pk, kind, key)
        for record, text in pairs
        for kind, key in [*((kind, key) for kind, key, _ in points_of(record.name, text)), *_heard_by(record)]
    }
    found: dict[Meeting, list[Peer]] = {}
    rows = models.MeetingPoint.objects.filter(_at(wanted)).order_by("activity", "pk")
    columns = rows.values_list("activity", "label", "said", "organisation", "kind", "key")
    for pk, label, said, organisation, kind, key in columns:
        if (meeting := wanted.get((organisation, kind, key))) is not None:
            found.setdefault(meeting, []).append(Peer(pk, label, said))
    return {
        meeting: tuple(peers) for meeting, peers in found.items() if meeting[1] == TOLD or peers[0].pk != peers[-1].pk
    }


def _heard_by(record: ActivityRecord) -> list[tuple[str, str]]:
    if record.transfers:
        return []
    return [(TOLD, str(row.recipient.pk)) for row in record.recipients if row.recipient is not None]


def context_for(register: Register, pairs: Sequence[Pair]) -> Context:
    """Return what the rules are told about a few records: two queries."""
    return context_with(register, meetings_of(pairs))
