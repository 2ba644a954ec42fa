"""Brings the derived rows up to date: what changed since they were made is checked anew, and what it can affect.

A save touches one record and its peers; an entry touches the records that refer to it; a new day, or new rules, touch
all. Reading decides when: whoever shows the rows refreshes them first, and that costs two queries where nothing moved.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from registry import models
from registry.compliance.checking import check_record
from registry.compliance.context import Context, context_of, points_of
from registry.compliance.gap import Severity
from registry.compliance.rules import ALL_RULES
from registry.record.classes import ROOTS
from registry.record.loader import Register, load_register
from registry.standing.acceptances import in_force
from registry.standing.counting import COUNTING, counted
from registry.standing.meetings import Pair, context_for, digest_of, hearing_of, meeting_at, pairs_of
from registry.standing.questions import QUESTIONS
from registry.standing.reading import register_of
from registry.versioning.bulk import copy_in
from registry.versioning.change_set import last_number

FEW = 500
"""Up to so many touched records are checked one by one; beyond that the whole register is checked in one pass."""

CHUNK = 500

DERIVED: tuple[type[Any], ...] = (models.Standing, models.FoundGap, models.MeetingPoint, models.Counted)
"""The rows that each activity has of its own."""

POINT = ("activity_id", "organisation", "kind", "key", "label", "said")
"""The columns of a meeting point."""

_LOCK = 0x524F5042
"""The key of PostgreSQL's advisory lock under which the derived rows are written."""


def refresh() -> None:
    """Bring the derived rows up to date with the register as it is now, today, under the rules of this program.

    Waits for another process that is doing so. Two queries where there is nothing to do.
    """
    day = timezone.localdate()
    if _is_current(_mark(), last_number(), day):
        return
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        mark, last = _mark(), last_number()
        if _is_current(mark, last, day):
            return
        touched = _touched(mark, last, day)
        if touched is None:
            _check_all(day)
        elif touched:
            _check_some(touched, day)
        mark.change_set, mark.day, mark.rules = last, day, RULES
        mark.save()
        _note_the_day(day, last)


def _fingerprint() -> str:
    """Return what changes when a rule does (its id, its weight or its texts), when other questions are asked, and when
    something else is counted."""
    said = "\n".join(f"{rule.id} {rule.severity} {rule.articles} {rule.what}" for rule in ALL_RULES)
    asked = "\n".join(question.key for question in QUESTIONS)
    return hashlib.sha256(f"{said}\n{asked}\n{COUNTING}".encode()).hexdigest()


RULES = _fingerprint()


def _mark() -> models.StandingMark:
    return models.StandingMark.objects.first() or models.StandingMark(pk=1)


def _is_current(mark: models.StandingMark, last: int, day: date) -> bool:
    return (mark.change_set, mark.day, mark.rules) == (last, day, RULES)


def _touched(mark: models.StandingMark, last: int, day: date) -> set[int] | None:
    """Return the keys of the activities whose rows may be stale, deleted ones among them; None for all."""
    if mark.day != day or mark.rules != RULES or mark.change_set > last or not mark.change_set:
        return None
    since = Q(change_set_id__gt=mark.change_set, change_set_id__lte=last)
    touched = set(models.ProcessingActivity.history.model.objects.filter(since).values_list("id", flat=True)[: FEW + 1])
    if len(touched) > FEW:
        return None
    entries: set[tuple[str, int]] = set()
    for model in ROOTS:
        if model not in {models.ProcessingActivity, models.GapAcceptance, models.ChangeConsequence}:
            changed = model.history.model.objects.filter(since).values_list("id", flat=True)
            entries |= {(model.__name__, pk) for pk in changed}
    accepted = models.GapAcceptance.history.model.objects.filter(since).values_list("gap", flat=True)
    touched |= {int(gap.split(":")[1]) for gap in accepted if gap.count(":")}
    if entries:
        touched |= _depending(entries)
    return None if len(touched) > FEW else touched


def _depending(entries: set[tuple[str, int]]) -> set[int]:
    """Return the activities that depend on one of these entries, by way of other entries too."""
    register = load_register()
    systems = register.entries["System"]
    recipients = {pk for name, pk in entries if name == "Recipient"}
    entries |= {("System", pk) for pk, one in systems.items() if one.provider and one.provider.pk in recipients}
    parents = {
        ("Recipient", one.sub_processor_of.pk)
        for pk, one in register.entries["Recipient"].items()
        if pk in recipients and one.sub_processor_of is not None
    }
    return register.referring(entries | parents)


def _check_all(day: date) -> None:
    """Make every derived row anew, in one pass over the register and in memory that hardly grows with it."""
    register = load_register()
    context = context_of(register)
    everything: tuple[type[Any], ...] = (*DERIVED, models.Tally)
    for model in everything:
        model._default_manager.all().delete()
    tally: Counter[tuple[str, str]] = Counter()
    pairs = pairs_of(register)
    while some := list(islice(pairs, CHUNK)):
        tally.update(_write(some, context, register, day))
    rows = [(*key, number) for key, number in sorted(tally.items())]
    copy_in(models.Tally, ("dimension", "key", "number"), rows)


def _check_some(touched: set[int], day: date) -> None:
    """Check these activities anew, and those that meet them where they now say something else than before; add and
    take away what they count."""
    register = register_of(touched)
    pairs = list(pairs_of(register))
    said = set(models.MeetingPoint.objects.filter(activity__in=touched).values_list(*POINT))
    moved = said.symmetric_difference(_points(pairs))
    places = [(organisation, kind, key, told) for _, organisation, kind, key, _, told in moved]
    peers = meeting_at({place[:3] for place in places}) | hearing_of(places, touched)
    if peers - touched:
        touched = touched | peers
        register = register_of(touched)
        pairs = list(pairs_of(register))
    old = Counter(models.Counted.objects.filter(activity__in=touched).values_list("dimension", "key"))
    for model in DERIVED:
        model.objects.filter(activity__in=touched).delete()
    _write_points(pairs)
    context = context_for(register, pairs)
    new = _write(pairs, context, register, day, with_points=False)
    _adjust(new, old)


def _points(pairs: Sequence[Pair]) -> list[tuple[int, int, str, str, str, str]]:
    """Return what is to be noted of where these records meet others, in the columns of ``POINT``."""
    return [
        (record.pk, record.organisation.pk, kind, digest_of(key), record.label[:400], said)
        for record, text in pairs
        for kind, key, said in dict.fromkeys(points_of(record.name, text))
    ]


def _write_points(pairs: Sequence[Pair]) -> None:
    copy_in(models.MeetingPoint, POINT, _points(pairs))


def _write(
    pairs: Sequence[Pair], context: Context, register: Register, day: date, *, with_points: bool = True
) -> Counter[tuple[str, str]]:
    """Check these records and write what is derived from them; return what they count."""
    accepted = in_force(register.change_set, day)
    standings, gaps, towards = [], [], []
    for record, _ in pairs:
        found = check_record(record, context)
        open_gaps = [gap for gap in found if gap.id not in accepted]
        weights = Counter(gap.severity for gap in open_gaps)
        standings.append((record.pk, *(weights[one] for one in Severity), len(found) - len(open_gaps)))
        gaps += [
            (record.pk, gap.id[:250], gap.rule.id, str(gap.area), gap.severity.rank, gap.id in accepted)
            for gap in found
        ]
        closed = [gap for gap in found if gap.id in accepted]
        towards += [(record.pk, *one) for one in counted(record, open_gaps, closed, day)]
    copy_in(models.Standing, ("activity_id", "critical", "serious", "minor", "accepted"), standings)
    copy_in(models.FoundGap, ("activity_id", "gap", "rule", "area", "rank", "is_accepted"), gaps)
    copy_in(models.Counted, ("activity_id", "dimension", "key"), towards)
    if with_points:
        _write_points(pairs)
    return Counter((dimension, key) for _, dimension, key in towards)


def _adjust(new: Counter[tuple[str, str]], old: Counter[tuple[str, str]]) -> None:
    """Add to the tallies what is new in them, and take away what isn't there any more."""
    changed = {key: new[key] - old[key] for key in new.keys() | old.keys() if new[key] != old[key]}
    if not changed:
        return
    known = {
        (one.dimension, one.key): one
        for one in models.Tally.objects.filter(dimension__in={dimension for dimension, _ in changed})
    }
    added, moved = [], []
    for (dimension, key), by in sorted(changed.items()):
        tally = known.get((dimension, key))
        if tally is None:
            added.append(models.Tally(dimension=dimension, key=key, number=by))
        else:
            tally.number += by
            moved.append(tally)
    models.Tally.objects.bulk_create(added)
    models.Tally.objects.bulk_update(moved, ["number"], batch_size=200)
    models.Tally.objects.filter(number=0).delete()


def _note_the_day(day: date, last: int) -> None:
    """Note how many gaps there are today: the trend's newest point."""
    keys = (*(severity.value for severity in Severity), "accepted")
    counts = models.Standing.objects.aggregate(records=Count("pk"), **{key: Sum(key, default=0) for key in keys})
    models.GapCount.objects.update_or_create(day=day, defaults={"change_set": last, "rules": RULES, **counts})
