"""The trend: how many gaps the register had on past days, each counted by checking the register as it was that day."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from registry.compliance.gap import Severity
from registry.compliance.whole import check_whole
from registry.jobs.asking import ask_for, same_job
from registry.jobs.kinds import JobError, Progress, job_kind
from registry.models import GapCount, Job, ProcessingActivity
from registry.record.loader import load_register
from registry.record.moments import MomentError, read_moment
from registry.standing.acceptances import in_force
from registry.standing.refresh import RULES
from registry.versioning.change_set import changes

KIND = "trend"

MONTHS = 24
"""How many ends of months the trend reaches back."""

AT_ONCE = 2_000
"""Up to so many records, over all days asked for, are checked while the person waits; more are a worker's."""

FINE = 1_000
"""In how many parts the progress of a day is told."""


def first_day() -> date | None:
    """Return the day on which the register was begun, None where nothing is in it yet: one query."""
    begun = changes().order_by("sequence").values_list("made_at", flat=True).first()
    return timezone.localdate(begun) if begun else None


def missing_days(today: date, begun: date | None) -> list[date]:
    """Return the ends of past months, back to the register's beginning, that aren't counted under today's rules."""
    ends: list[date] = []
    end = today.replace(day=1) - timedelta(days=1)
    while begun is not None and end >= begun and len(ends) < MONTHS:
        ends.append(end)
        end = end.replace(day=1) - timedelta(days=1)
    counted = set(GapCount.objects.filter(day__in=ends, rules=RULES).values_list("day", flat=True))
    return sorted(day for day in ends if day not in counted)


def takes_long(days: Sequence[date]) -> bool:
    """Return whether counting these days is work for a worker: one query."""
    return ProcessingActivity.objects.count() * len(days) > AT_ONCE


def count_day(day: date, progress: Progress | None = None) -> GapCount:
    """Check the register as it was at the end of a past day, under today's rules, and keep how many gaps there were.

    The law is that of the day, and so are the acceptances. ``progress`` is told how many records are checked, and of
    how many. Raises MomentError for a day that hasn't come.
    """
    register = load_register(as_at=read_moment(day.isoformat()))
    accepted = in_force(register.change_set, day)
    found: Counter[str] = Counter()
    for done, (_subject, gaps) in enumerate(check_whole(register), start=1):
        found.update("accepted" if gap in accepted else gap.severity.value for gap in gaps)
        if progress is not None:
            progress(min(done, len(register)), len(register))
    numbers = {severity.value: found[severity.value] for severity in Severity}
    point, _made = GapCount.objects.update_or_create(
        day=day,
        defaults={
            "change_set": register.change_set,
            "rules": RULES,
            "records": len(register),
            "accepted": found["accepted"],
            **numbers,
        },
    )
    return point


def ask_for_days(days: Sequence[date], *, by: Any) -> Job:
    """Ask a worker to count these days. Asked for twice, it is still one job."""
    asked = {"days": [day.isoformat() for day in days]}
    return same_job(KIND, by=by, parameters=asked) or ask_for(KIND, title=_("Trend of gaps"), by=by, parameters=asked)


@job_kind(KIND)
def count_days(job: Job, progress: Progress) -> None:
    """Count each of the days that the job names. Days that were done stay counted when it is cancelled."""
    days = [date.fromisoformat(day) for day in job.parameters["days"]]
    whole = FINE * len(days)
    for done, day in enumerate(days):
        try:
            count_day(day, _after(progress, FINE * done, whole))
        except MomentError as error:
            raise JobError(str(error)) from error


def _after(progress: Progress, before: int, whole: int) -> Progress:
    """Return the progress of one day as part of that of all of them."""
    return lambda some, of, said="": progress(before + FINE * some // (of + 1), whole, said)
