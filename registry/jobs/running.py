"""What the worker does with a job: does its work, tells how far it has come, and how it ended."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from registry.jobs.expiry import remove_expired
from registry.jobs.kinds import Cancelled, JobError, Progress, work_of
from registry.jobs.workplace import SILENCE, Workplace
from registry.models.job import Job, JobState
from registry.versioning.trouble import trouble_behind

logger = logging.getLogger(__name__)

EVERY = 0.25
"""Seconds between two looks at whether to stop, and between two notes of the progress."""


@task()
def run_job(job_id: str) -> None:
    """Do a job, unless it was cancelled while it waited. However it ends, its row says so."""
    _tidy_up()
    waiting = Job.objects.filter(pk=job_id, state=JobState.WAITING)
    if not waiting.update(state=JobState.RUNNING, started_at=timezone.now()):
        return
    job = Job.objects.select_related("asked_by").get(pk=job_id)
    place = Workplace(job.pk)
    with translation.override(job.language):
        try:
            place.prepare()
            with _signs_of_life(place):
                work_of(job.kind)(job, _progress(place))
                finish(job)
        except Cancelled:
            _end(job, JobState.CANCELLED)
        except JobError as error:
            _end(job, JobState.FAILED, str(error))
        except Exception as error:
            logger.exception("The job %s (%s) failed.", job.pk, job.kind)
            _end(job, JobState.FAILED, _told(error))
        except BaseException:
            _end(job, JobState.FAILED, _("The worker was stopped. Ask again."))
            raise


def finish(job: Job, **columns: Any) -> None:
    """Say that the job is done, with the columns that describe its file; does nothing where that was said already.

    Called in the transaction that makes the result available, so that there is never one without the other. Raises
    Cancelled where somebody has ended the job meanwhile.
    """
    if job.state == JobState.DONE:
        return
    now = timezone.now()
    expires_at = now + timedelta(hours=settings.JOB_FILE_HOURS) if columns.get("file_name") else None
    ended = {"state": JobState.DONE, "finished_at": now, "expires_at": expires_at, **columns}
    if not Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(**ended):
        raise Cancelled
    for name, value in ended.items():
        setattr(job, name, value)


def _tidy_up() -> None:
    try:
        remove_expired()
    except (DatabaseError, OSError):  # it hinders no job, which would wait for ever
        logger.exception("What is no longer needed could not be removed.")


def _told(error: Exception) -> str:
    trouble = trouble_behind(error)
    if trouble is not None:
        return _("%(why)s Nothing of it was kept. Ask again.") % {"why": trouble.said}
    said = _("Something went wrong that should not have: %(error)s. It is in the log of the worker.")
    return said % {"error": f"{type(error).__name__}: {error}"}


def _end(job: Job, state: str, error: str = "") -> None:
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()  # it may be just that which was lost
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(state=state, error=error, finished_at=timezone.now())
    Workplace(job.pk).remove()


def _progress(place: Workplace) -> Progress:
    last = 0.0

    def tell(done: int, total: int, said: str = "") -> None:
        nonlocal last
        now = time.monotonic()
        if done < total and now - last < EVERY:
            return
        last = now
        if place.is_to_stop():
            raise Cancelled
        with suppress(OSError):  # the work can do without; a full disk stops it where it can't
            place.tell(done, total, said)

    return tell


@contextmanager
def _signs_of_life(place: Workplace) -> Iterator[None]:
    """Let a thread leave a sign of life now and then, however long the work is silent."""
    over = threading.Event()

    def live() -> None:
        while not over.wait(SILENCE / 6):
            with suppress(OSError):
                place.show_life()

    place.show_life()
    thread = threading.Thread(target=live, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
