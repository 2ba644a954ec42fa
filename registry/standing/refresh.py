"""Brings the derived rows up to date: what changed since they were made is checked anew, and what it can affect.

A save touches one record and its peers; an entry touches the records that refer to it; a new day touches those in which
a date turns; other rules, or law that turns, touch all. Reading decides when: whoever shows the rows refreshes them
first, and that costs two queries where nothing moved. Nobody waits for many: a few are checked at once, and the others
take turns, some at each reading, all of them as soon as a worker comes.
"""

import hashlib
import time
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django_tasks import task

from registry import models
from registry.compliance.rules import ALL_RULES
from registry.standing.counting import COUNTING
from registry.standing.derived import (
    CHECKED,
    DERIVED,
    check_activities,
    check_what_is_whole,
    note_meetings,
    note_the_day,
)
from registry.standing.questions import QUESTIONS
from registry.standing.touched import touched
from registry.versioning.bulk import copy_in, estimate_anew
from registry.versioning.change_set import last_number

AT_ONCE = 250
"""So many activities are checked while a person waits: about half a second."""

BY_WORKER = 500
"""So many a worker checks in one turn, while which nobody else can write to SQLite: about a second."""

NOTED_AT_ONCE = 1_000
"""Of so many it is noted at once where they meet others."""

PAUSE = 0.1
"""Seconds between two turns of a worker, in which others may write."""

ALIVE = timedelta(seconds=15)
"""How long after its last sign of life a worker is believed to be at it."""

ASK_AGAIN = timedelta(minutes=5)
"""How long to wait for a worker before another one is asked."""

_LOCK = 0x524F5042
"""The key of PostgreSQL's advisory lock under which the derived rows are written."""


def refresh() -> int:
    """Bring the derived rows up to date with the register as it is now, today, under the rules of this program.

    Returns how many activities are still to be checked: 0 unless very many were touched at once. Their rows say what
    was found before, a worker is asked to see to them, and each call checks some. Waits for another process that is
    writing derived rows. Two queries where there is nothing to do.
    """
    mark = _mark()
    if _is_current(mark, last_number(), timezone.localdate()) and (not mark.waiting or _has_worker(mark)):
        return mark.waiting
    return _step(AT_ONCE)


def catch_up(pause: float = 0.0) -> None:
    """Bring everything up to date, however long it takes; others may write in the pauses between two turns, seconds."""
    while _step(BY_WORKER, is_worker=True):
        time.sleep(pause)


@task()
def bring_up_to_date() -> None:
    """Do so as a worker."""
    catch_up(PAUSE)


def _step(most: int, *, is_worker: bool = False) -> int:
    """Take in what moved, and let at most so many of those that wait take their turn; return how many still wait."""
    day = timezone.localdate()
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        mark, last, now = _mark(), last_number(), timezone.now()
        if not _is_current(mark, last, day):
            _take_in(mark, last, day)
        elif not mark.waiting:
            return 0
        if (is_worker or not _has_worker(mark)) and _take_turns(most, day):
            estimate_anew(CHECKED)
        mark.change_set, mark.day, mark.rules = last, day, RULES
        mark.waiting = models.StaleStanding.objects.count()
        check_what_is_whole(last, day, with_systems=not mark.waiting)
        _see_to_worker(mark, now, is_worker=is_worker)
        mark.save()
        note_the_day(day, last, "" if mark.waiting else RULES)
    return mark.waiting


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


def _has_worker(mark: models.StandingMark) -> bool:
    return mark.worked_at is not None and timezone.now() - mark.worked_at < ALIVE


def _see_to_worker(mark: models.StandingMark, now: datetime, *, is_worker: bool) -> None:
    """Note the worker's sign of life; ask for one where many wait and none was asked for lately."""
    if not mark.waiting:
        mark.asked_at = mark.worked_at = None
    elif is_worker:
        mark.worked_at = now
    elif not _has_worker(mark) and (mark.asked_at is None or now - mark.asked_at > ASK_AGAIN):
        bring_up_to_date.enqueue()
        mark.asked_at = now


def _take_in(mark: models.StandingMark, last: int, day: date) -> None:
    """Check at once what is stale, where it is little; let it wait for its turn otherwise."""
    if not mark.change_set or mark.change_set > last:
        for model in DERIVED:
            model._default_manager.all().delete()
    stale = touched(mark, last, day) if mark.rules == RULES else None
    if stale is None:
        stale = set(models.ProcessingActivity.objects.values_list("pk", flat=True))
        stale |= set(models.Standing.objects.values_list("activity", flat=True))
    if len(stale) > AT_ONCE:
        _let_wait(stale)
        return
    peers = note_meetings(stale) if stale else set()
    if len(stale) + len(peers) > AT_ONCE:
        _let_wait(peers, is_noted=True)
        peers = set()
    if stale:
        _check(stale | peers, day)


def _let_wait(activities: Iterable[int], *, is_noted: bool = False) -> None:
    waiting = set(models.StaleStanding.objects.values_list("activity", flat=True))
    rows = [(pk, is_noted) for pk in sorted(set(activities) - waiting)]
    if not is_noted:
        models.StaleStanding.objects.filter(activity__in=activities).update(is_noted=False)
    copy_in(models.StaleStanding, ("activity_id", "is_noted"), rows)


def _take_turns(most: int, day: date) -> bool:
    """Note where some of those that wait meet others; check some once that is noted of all. Return whether any were."""
    waiting = models.StaleStanding.objects
    fresh = list(waiting.filter(is_noted=False).order_by("activity").values_list("activity", flat=True)[:NOTED_AT_ONCE])
    if fresh:
        _let_wait(note_meetings(fresh), is_noted=True)
        waiting.filter(activity__in=fresh).update(is_noted=True)
    some: list[int] = []
    if len(fresh) < NOTED_AT_ONCE:
        some = list(waiting.order_by("activity").values_list("activity", flat=True)[:most])
        if some:
            _check(some, day)
    return bool(some)


def _check(activities: Collection[int], day: date) -> None:
    check_activities(activities, day)
    models.StaleStanding.objects.filter(activity__in=activities).delete()
