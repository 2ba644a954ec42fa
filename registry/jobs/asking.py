"""What a person does with a job: asks for it, follows it, cancels it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from registry.jobs.kinds import work_of
from registry.jobs.running import run_job
from registry.jobs.workplace import Workplace
from registry.models.job import OVER, Job, JobState
from registry.versioning.account import name_of

PATIENCE = timedelta(seconds=8)
"""How long a job may wait before the person is told that no worker seems to be there. Workers look every second."""


@dataclass(frozen=True)
class Status:
    """How a job stands, for the page that shows it. ``percent`` is None where the amount of work isn't known yet."""

    state: str
    done: int
    total: int
    percent: int | None
    is_over: bool
    is_stopping: bool
    nobody_works: bool
    """It has waited longer than a worker would let it, and no worker is busy with another one."""
    has_died: bool
    """A worker took it, and has given no sign of life for a while."""
    said: str = ""
    """What the work itself says of how far it is."""


def ask_for(kind: str, *, title: str, by: Any, parameters: Mapping[str, Any], leads_to: str = "") -> Job:
    """Ask for a job, to be done by the next worker that is free; ``parameters`` are JSON values that the work reads.

    ``leads_to`` is the address at which its result is found, where that is no file. Inside a transaction the job begins
    when that is committed. Raises LookupError for an unknown kind.
    """
    work_of(kind)
    with transaction.atomic():
        job = Job.objects.create(
            kind=kind,
            title=title[: Job._meta.get_field("title").max_length],
            parameters=dict(parameters),
            language=get_language() or "en",
            leads_to=leads_to,
            asked_by=by,
            asked_by_name=name_of(by),
        )
        run_job.enqueue(str(job.pk))
    return job


def same_job(
    kind: str, *, by: Any, parameters: Mapping[str, Any], alike: Callable[[dict[str, Any]], Any] = dict
) -> Job | None:
    """Return a job that the person has asked for already and that isn't over, so that a second click asks for no more.

    ``alike`` takes from parameters what makes no difference, such as the moment of asking.
    """
    wanted = alike(dict(parameters))
    for job in Job.objects.filter(kind=kind, asked_by=by).exclude(state__in=OVER):
        if alike(job.parameters) == wanted and not status_of(job).has_died:
            return job
    return None


def status_of(job: Job) -> Status:
    """Return how the job stands now. Needs a query only where the job has been waiting for long."""
    place = Workplace(job.pk)
    done, total, said = place.told()
    is_running = job.state == JobState.RUNNING
    waits_long = job.state == JobState.WAITING and timezone.now() - job.asked_at > PATIENCE
    return Status(
        state=job.state,
        done=done,
        total=total,
        percent=min(100, 100 * done // total) if total else None,
        is_over=job.is_over,
        is_stopping=is_running and place.is_to_stop(),
        nobody_works=waits_long and not _somebody_works(job),
        has_died=is_running and place.is_silent(),
        said=said,
    )


def _somebody_works(job: Job) -> bool:
    others = Job.objects.filter(state=JobState.RUNNING).exclude(pk=job.pk).values_list("pk", flat=True)
    return any(not Workplace(pk).is_silent() for pk in others)


def cancel(job: Job) -> bool:
    """Cancel the job: at once where nobody works on it, otherwise as soon as the work looks up; False if it was over.

    What a running job began is undone. No lock is needed for a running one, which may hold one itself.
    """
    now = timezone.now()
    if job.state == JobState.RUNNING and not Workplace(job.pk).is_silent():
        Workplace(job.pk).ask_to_stop()
        return True
    stopped = Job.objects.filter(pk=job.pk, state=job.state).exclude(state__in=OVER)
    if stopped.update(state=JobState.CANCELLED, finished_at=now):
        Workplace(job.pk).remove()
        return True
    job.refresh_from_db()
    return cancel(job) if job.state == JobState.RUNNING else False
