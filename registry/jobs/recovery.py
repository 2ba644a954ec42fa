"""Jobs whose worker died: those at work are said to have failed, those not begun are asked for again."""

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from registry.jobs.expiry import end_the_dead
from registry.jobs.running import run_job
from registry.models.job import Job, JobState

LOST_AFTER = timedelta(seconds=30)
"""How long a job may be out of the queue and not begun: the time a worker waits for a lock, and some more."""


def recover() -> None:
    """End the jobs whose worker died, and ask again for those that no worker will begin. Safe to run at any time."""
    end_the_dead()
    _ask_again_for_the_lost()


def _ask_again_for_the_lost() -> None:
    """Put jobs that wait, and that are no longer in the queue, into it again: a worker had taken them out of it, and
    died, or found the database locked, before it began. Asked for twice, a job is still done once."""
    late = Job.objects.filter(state=JobState.WAITING, asked_at__lt=timezone.now() - LOST_AFTER)
    lost = {str(pk) for pk in late.values_list("pk", flat=True)}
    if not lost:
        return
    for queued in DBTaskResult.objects.ready().values_list("args_kwargs", flat=True):
        lost.difference_update(queued["args"])
    for pk in sorted(lost):
        run_job.enqueue(pk)
