"""Removing what jobs leave behind: files whose time is over, jobs whose worker died, and old rows."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from registry.jobs.workplace import Workplace, root
from registry.models.job import Job, JobState

KEPT = timedelta(days=30)
"""How long it can be seen that there was a job, after it ended. What it took is in the export log for good."""


def remove_expired() -> int:
    """Remove what is no longer needed; return how many files went. Safe to run at any time, by several at once."""
    now = timezone.now()
    end_the_dead()
    Job.objects.filter(finished_at__lt=now - KEPT).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT).delete()
    DBTaskResult.objects.running().filter(started_at__lt=now - KEPT).delete()  # what a killed worker was at
    there = {folder.name for folder in root().iterdir()} if root().is_dir() else set()
    kept = Job.objects.filter(Q(expires_at__gt=now) | Q(state__in=(JobState.WAITING, JobState.RUNNING)))
    gone = there - {str(pk) for pk in kept.values_list("pk", flat=True)}  # looked up last: a new folder has its row
    removed = 0
    for name in gone:
        removed += Workplace(name).result.exists()
        Workplace(name).remove()
    return removed


def end_the_dead() -> None:
    """Say that jobs have failed whose worker gives no sign of life."""
    for job in Job.objects.filter(state=JobState.RUNNING):
        if Workplace(job.pk).is_silent():
            Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(
                state=JobState.FAILED,
                finished_at=timezone.now(),
                error=_("The worker that was at it has stopped. Ask again."),
            )
