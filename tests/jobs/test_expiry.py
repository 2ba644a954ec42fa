import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from registry.jobs.expiry import KEPT, remove_expired
from registry.jobs.running import finish
from registry.jobs.workplace import Workplace, root
from registry.models.job import Job, JobState
from tests.jobs.work import asked, run

pytestmark = pytest.mark.django_db


def with_a_file(**columns):
    def work(job, progress):
        Workplace(job.pk).result.write_text("whole")
        finish(job, file_name="a.csv")

    job = run(asked(), work)
    Job.objects.filter(pk=job.pk).update(**columns)
    job.refresh_from_db()
    return job


def folders():
    return {folder.name for folder in root().iterdir()}


def test_files_are_removed_when_their_time_is_over_and_no_sooner():
    kept = with_a_file()
    expired = with_a_file(expires_at=timezone.now())

    assert remove_expired() == 1

    assert folders() == {str(kept.pk)}
    assert {job.pk for job in Job.objects.all()} == {kept.pk, expired.pk}


def test_what_a_lost_job_left_is_removed():
    Workplace("8a0e7c1c-0000-4000-8000-000000000000").prepare()

    assert (remove_expired(), folders()) == (0, set())


def test_a_timer_removes_what_has_expired_by_command():
    with_a_file(expires_at=timezone.now())
    out = io.StringIO()

    call_command("remove_expired_jobs", stdout=out)
    call_command("remove_expired_jobs", stdout=out)

    assert out.getvalue().splitlines() == ["Removed 1 file.", "Removed 0 files."]


def test_without_a_folder_nothing_is_removed():
    assert remove_expired() == 0


def test_a_waiting_job_is_kept_and_one_whose_worker_died_has_failed():
    waiting, dead = asked(), asked()
    Job.objects.filter(pk=dead.pk).update(state=JobState.RUNNING)
    Workplace(dead.pk).prepare()

    remove_expired()

    waiting.refresh_from_db()
    dead.refresh_from_db()
    assert (waiting.state, dead.state, dead.error) == (
        JobState.WAITING,
        JobState.FAILED,
        "The worker that was at it has stopped. Ask again.",
    )
    assert folders() == set()


def test_jobs_are_forgotten_a_month_after_they_ended():
    long_ago = timezone.now() - KEPT - timedelta(days=1)
    with_a_file(finished_at=long_ago, expires_at=long_ago)
    young = with_a_file()
    DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=long_ago)
    asked()

    remove_expired()

    assert {job.state for job in Job.objects.all()} == {young.state, JobState.WAITING}
    assert DBTaskResult.objects.count() == 1
