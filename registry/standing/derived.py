"""Makes the derived rows of a few activities anew: where they meet others, what is found in them, what they count."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Q, Sum

from registry import models
from registry.compliance.checking import check_record
from registry.compliance.context import Context
from registry.compliance.gap import Gap, Severity
from registry.compliance.held import Holdings
from registry.compliance.meetings import points_of
from registry.compliance.turning import TurningDays
from registry.compliance.whole import check_organisations, check_systems
from registry.record.loader import Register
from registry.standing.acceptances import in_force
from registry.standing.counting import counted
from registry.standing.meetings import Pair, context_for, digest_of, hearing_of, meeting_at, news_among
from registry.standing.organisations import load_asked, load_tallied
from registry.standing.reading import register_of
from registry.versioning.bulk import copy_in

POINT = ("activity_id", "organisation", "kind", "key", "said")
"""The columns of a meeting point."""

CHECKED: tuple[type[Any], ...] = (models.Standing, models.FoundGap, models.Counted)
"""The rows of its own that each activity is given by a check."""

DERIVED: tuple[type[Any], ...] = (*CHECKED, models.MeetingPoint, models.Tally, models.StaleStanding)
"""Everything that is worked out of records."""


def note_meetings(activities: Collection[int]) -> set[int]:
    """Note anew where these activities meet others, and return those others to which that is news."""
    said = set(models.MeetingPoint.objects.filter(activity__in=activities).values_list(*POINT))
    points = _points(register_of(activities))
    moved = said.symmetric_difference(points)
    if not moved:
        return set()
    models.MeetingPoint.objects.filter(activity__in={point[0] for point in moved}).delete()
    of_these = {point[0] for point in moved}
    copy_in(models.MeetingPoint, POINT, [point for point in points if point[0] in of_these])
    places = [(organisation, kind, key, told) for _, organisation, kind, key, told in moved]
    mine = set(activities)
    return (meeting_at({place[:3] for place in news_among(places, mine)}) | hearing_of(places, mine)) - mine


def _points(register: Register) -> list[tuple[int, int, str, str, str]]:
    """Return what is to be noted of where these records meet others, in the columns of ``POINT``."""
    return [
        (pk, organisation, kind, digest_of(key), said)
        for pk, organisation, _reference, name, content in register.contents()
        for kind, key, said in dict.fromkeys(points_of(name, content))
    ]


def check_activities(activities: Collection[int], day: date) -> None:
    """Check these activities anew, deleted ones among them; add and take away what they count."""
    register = register_of(activities)
    pairs = list(register.pairs())
    old = Counter(models.Counted.objects.filter(activity__in=activities).values_list("dimension", "key"))
    for model in CHECKED:
        model._default_manager.filter(activity__in=activities).delete()
    _adjust(_write(pairs, context_for(register, pairs), register, day), old)


def _write(pairs: Sequence[Pair], context: Context, register: Register, day: date) -> Counter[tuple[str, str]]:
    """Check these records and write what is derived from them; return what they count."""
    accepted = in_force(register.change_set, day)
    turning, holdings = TurningDays(day), Holdings(register.entries)
    standings, gaps, towards = [], [], []
    for record, _ in pairs:
        found = check_record(record, context)
        open_gaps = [gap for gap in found if gap not in accepted]
        closed = [gap for gap in found if gap in accepted]
        weights = Counter(gap.severity for gap in open_gaps)
        turns_on = turning.next(record)
        standings.append(
            (record.pk, *(weights[one] for one in Severity), len(closed), turns_on and turns_on.isoformat())
        )
        gaps += [(record.pk, *_row(gap, gap in accepted)) for gap in found]
        told = holdings.told_by(record) if holdings else ()
        laws = context.laws_of(record)
        towards += [(record.pk, *one) for one in counted(record, laws, open_gaps, closed, day, told)]
    copy_in(models.Standing, ("activity_id", "critical", "serious", "minor", "accepted", "turns_on"), standings)
    copy_in(models.FoundGap, ("activity_id", *GAP), gaps)
    copy_in(models.Counted, ("activity_id", "dimension", "key"), towards)
    return Counter((dimension, key) for _, dimension, key in towards)


GAP = ("gap", "rule", "area", "rank", "is_accepted")
"""The columns of a gap that was found, but whose it is."""


def _row(gap: Gap, is_accepted: bool) -> tuple[str, str, str, int, bool]:
    return gap.id[:250], gap.rule.id, str(gap.area), gap.severity.rank, is_accepted


def _adjust(new: Counter[tuple[str, str]], old: Counter[tuple[str, str]]) -> None:
    """Add to the tallies what is new in them, and take away what isn't there any more."""
    changed = {key: new[key] - old[key] for key in new.keys() | old.keys() if new[key] != old[key]}
    if not changed:
        return
    table = connection.ops.quote_name(models.Tally._meta.db_table)
    statement = (
        f"INSERT INTO {table} (dimension, key, number) VALUES (%s, %s, %s) "  # noqa: S608 our own name
        f"ON CONFLICT (dimension, key) DO UPDATE SET number = {table}.number + excluded.number"
    )
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(*key, by) for key, by in sorted(changed.items())])
    models.Tally.objects.filter(number=0).delete()


def check_what_is_whole(change_set: int, day: date, *, with_systems: bool) -> None:
    """Make the gaps of organisations as a whole and of systems anew: there are few of them, and few questions to each.

    Without ``with_systems`` those of systems stay as they are: while records wait, nobody knows what all of them tell.
    """
    shown = models.FoundGap.objects.filter(activity__isnull=True)
    (shown if with_systems else shown.filter(system__isnull=True)).delete()
    tallied, asked = load_tallied(), load_asked(change_set)
    accepted, context = in_force(change_set, day), Context(day)
    laws = asked.laws(tallied)
    rows: list[tuple[Any, ...]] = [
        (organisation.pk, None, *_row(gap, gap in accepted))
        for organisation, gaps in check_organisations(asked.organisations, laws, context)
        for gap in gaps
    ]
    if with_systems and asked.systems:
        rows += [
            (gap.organisation_pk, system.pk, *_row(gap, gap in accepted))
            for system, gaps in check_systems(asked.in_use(tallied), asked.organisations, laws, context)
            for gap in gaps
        ]
    copy_in(models.FoundGap, ("organisation_id", "system_id", *GAP), rows)


def note_the_day(day: date, change_set: int, rules: str) -> None:
    """Note how many gaps there are today: the trend's newest point."""
    keys = (*(severity.value for severity in Severity), "accepted")
    counts = models.Standing.objects.aggregate(records=Count("pk"), **{key: Sum(key, default=0) for key in keys})
    of_no_record = models.FoundGap.objects.filter(activity__isnull=True).aggregate(
        accepted=Count("pk", filter=Q(is_accepted=True)),
        **{one.value: Count("pk", filter=Q(is_accepted=False, rank=one.rank)) for one in Severity},
    )
    for key in keys:
        counts[key] += of_no_record[key]
    models.GapCount.objects.update_or_create(day=day, defaults={"change_set": change_set, "rules": rules, **counts})
