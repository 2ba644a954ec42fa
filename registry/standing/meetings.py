"""Where records meet others: noted for each, so that a few records can be checked without reading all of them."""

import hashlib
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Aggregate, Count, Q, TextField

from registry import models
from registry.compliance.context import Context, context_with
from registry.compliance.meetings import NAMED, TOLD, Meeting, Meetings, Met, Told, points_of
from registry.record.activity import ActivityRecord, label_of
from registry.record.loader import Register

Pair = tuple[ActivityRecord, str]
"""A record, and its content as it is stored."""


def digest_of(key: str) -> str:
    """Return the key as it is noted: a text may be of any length."""
    return hashlib.sha256(key.encode()).hexdigest()


def _at(places: Iterable[tuple[int, str, str]]) -> Q:
    """Return the condition of lying at one of these places; the keys alone are all but unique."""
    return Q(key__in={key for _, _, key in places})


def news_among(places: Iterable[tuple[int, str, str, str]], by: set[int]) -> set[tuple[int, str, str, str]]:
    """Return those places at which fewer than two activities but these say the same (organisation, kind, key, said).

    Where two say it already, one more or less of them is no news to anybody.
    """
    said = set(places)
    others = models.MeetingPoint.objects.filter(_at({place[:3] for place in said})).exclude(activity__in=by)
    counted = others.order_by().values_list(*_ALIKE).annotate(number=Count("activity"))
    return said - {(owner, kind, key, what) for key, owner, kind, what, number in counted if number > 1}


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


def meetings_of(pairs: Sequence[Pair]) -> tuple[Meetings, Told]:
    """Return where these records meet others, and what is told of transfers to their recipients, from what is noted of
    all: two queries, which read no more names than sentences list, however many records meet."""
    wanted: dict[tuple[int, str, str], Meeting] = {}
    for record, text in pairs:
        owner = record.organisation.pk
        for kind, key in [*((kind, key) for kind, key, _ in points_of(record.name, text)), *_heard_by(record)]:
            wanted[owner, kind, digest_of(key)] = (owner, kind, key)
    alike = models.MeetingPoint.objects.filter(_at(wanted)).order_by().values_list(*_ALIKE)
    found = [
        (wanted[organisation, kind, key], said, sorted(map(int, activities.split(","))))
        for key, organisation, kind, said, activities in alike.annotate(activities=_Joined("activity"))
        if (organisation, kind, key) in wanted and (kind == TOLD or "," in activities)
    ]
    names = {record.pk: record.label for record, _ in pairs}
    return _met(found, names, names | _names_of({pk for *_, pks in found for pk in pks[:NAMED]} - names.keys()))


def _met(
    found: Iterable[tuple[Meeting, str, Sequence[int]]], asked: Container[int], names: Mapping[int, str]
) -> tuple[Meetings, Told]:
    """Return the same by places: the first of those that meet there, and those that are asked about."""
    meetings: dict[Meeting, Met] = {}
    told: dict[tuple[int, int], dict[str, Met]] = {}
    for meeting, said, pks in sorted(found):
        some = [*pks[:NAMED], *(pk for pk in pks if pk in asked)]
        met = Met(len(pks), {pk: names[pk] for pk in some if pk in names})
        organisation, kind, key = meeting
        if kind == TOLD:
            told.setdefault((organisation, int(key)), {})[said] = met
        else:
            meetings[meeting] = met
    return meetings, told


def _names_of(activities: Collection[int]) -> dict[int, str]:
    columns = models.ProcessingActivity.objects.filter(pk__in=activities).values_list("pk", "reference", "name")
    return {pk: label_of(reference, name) for pk, reference, name in columns}


_ALIKE = ("key", "organisation", "kind", "said")
"""What those have in common that meet, in the order of their index: the database needn't sort."""


class _Joined(Aggregate):
    """The numbers of all rows that are grouped together, with commas between them."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return it as PostgreSQL calls it."""
        return self.as_sql(compiler, connection, template="STRING_AGG(%(expressions)s::text, ',')", **context)


def _heard_by(record: ActivityRecord) -> list[tuple[str, str]]:
    if record.transfers:
        return []
    return [(TOLD, str(row.recipient.pk)) for row in record.recipients if row.recipient is not None]


def context_for(register: Register, pairs: Sequence[Pair]) -> Context:
    """Return what the rules are told about a few records: three queries."""
    return context_with(register, *meetings_of(pairs))
