from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from registry.jobs import running
from registry.jobs.recovery import LOST_AFTER, recover
from registry.jobs.workplace import Workplace
from registry.models.job import Job, JobState
from tests.jobs.work import asked, run

pytestmark = pytest.mark.django_db


def long_ago(job):
    Job.objects.filter(pk=job.pk).update(asked_at=timezone.now() - LOST_AFTER - timedelta(seconds=1))


def queued():
    return [row.args_kwargs["args"] for row in DBTaskResult.objects.ready()]


@pytest.mark.parametrize("status", ["RUNNING", "FAILED"])
def test_a_job_whose_worker_died_before_it_began_is_asked_for_again(status):
    lost = asked()
    long_ago(lost)
    DBTaskResult.objects.update(status=status)

    for _ in range(2):
        recover()

    assert queued() == [[str(lost.pk)]]
    assert run(lost).state == JobState.DONE


def test_jobs_that_are_in_the_queue_or_over_or_that_a_worker_has_just_taken_are_not_asked_for_again():
    in_queue, over, just_taken = asked(), asked(), asked()
    long_ago(in_queue)
    long_ago(over)
    run(over)
    DBTaskResult.objects.exclude(args_kwargs__args=[str(in_queue.pk)]).update(status="RUNNING")

    recover()

    assert queued() == [[str(in_queue.pk)]]
    just_taken.refresh_from_db()
    assert just_taken.state == JobState.WAITING


def test_a_job_whose_worker_died_at_it_has_failed_and_says_so():
    dead = asked()
    Job.objects.filter(pk=dead.pk).update(state=JobState.RUNNING)

    recover()

    dead.refresh_from_db()
    assert (dead.state, dead.error) == (JobState.FAILED, "The worker that was at it has stopped. Ask again.")


def test_what_hinders_tidying_up_hinders_no_job(monkeypatch):
    def locked():
        raise OperationalError("database is locked")

    monkeypatch.setattr(running, "remove_expired", locked)

    assert run(asked()).state == JobState.DONE


def test_a_full_disk_is_told_whether_it_hinders_the_folder_or_the_work(monkeypatch):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    in_work = run(asked(), full)
    monkeypatch.setattr(Workplace, "prepare", full)
    before_work = run(asked())

    said = (
        "There is no room left on the server’s disk. Whoever runs the register has to make some. Nothing of it was kept. "
        "Ask again."
    )
    assert [(job.state, job.error) for job in (in_work, before_work)] == [(JobState.FAILED, said)] * 2


def test_progress_that_cannot_be_told_hinders_no_work(monkeypatch):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Workplace, "tell", full)

    assert run(asked(), lambda job, progress: progress(1, 1)).state == JobState.DONE


def test_a_lost_connection_is_told_whatever_a_library_made_of_it():
    def lost(*arguments):
        try:
            raise OperationalError("server closed the connection unexpectedly")
        except OperationalError as error:
            raise ImportError("row 7") from error

    job = run(asked(), lost)

    assert (job.state, job.error) == (
        JobState.FAILED,
        "The database didn’t answer. Nothing of it was kept. Ask again.",
    )
