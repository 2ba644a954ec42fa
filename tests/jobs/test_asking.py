import os
import time
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry.jobs.asking import cancel, same_job, status_of
from registry.jobs.workplace import SILENCE, Workplace
from registry.models.job import Job, JobState
from tests import factories
from tests.jobs.work import KIND, asked

pytestmark = pytest.mark.django_db


def running(**values):
    """A job that a worker is at."""
    job = asked(**values)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, started_at=timezone.now())
    Workplace(job.pk).prepare()
    Workplace(job.pk).show_life()
    job.refresh_from_db()
    return job


def fall_silent(job):
    then = time.time() - SILENCE - 5
    os.utime(Workplace(job.pk).folder / "alive", (then, then))


def wait(job, seconds=60):
    Job.objects.filter(pk=job.pk).update(asked_at=timezone.now() - timedelta(seconds=seconds))
    job.refresh_from_db()


def test_a_job_that_has_just_been_asked_for_waits():
    status = status_of(asked())

    assert (status.state, status.percent, status.is_over, status.nobody_works) == ("waiting", None, False, False)


def test_a_job_that_nobody_picks_up_says_so():
    job = asked()
    wait(job)

    assert status_of(job).nobody_works


def test_a_job_that_waits_for_another_one_does_not_say_so():
    running()
    job = asked()
    wait(job)

    assert not status_of(job).nobody_works


def test_a_job_that_waits_behind_a_dead_worker_says_so():
    fall_silent(running())
    job = asked()
    wait(job)

    assert status_of(job).nobody_works


def test_progress_is_told_in_per_cent():
    job = running()
    place = Workplace(job.pk)

    told = []
    for done, total in ((0, 0), (0, 3), (1, 3), (3, 3), (4, 3)):
        place.tell(done, total)
        told.append(status_of(job).percent)

    assert told == [None, 0, 33, 100, 100]


def test_how_a_job_stands_needs_no_query_while_it_runs():
    job = running()

    with CaptureQueriesContext(connection) as queries:
        status = status_of(job)

    assert (len(queries), status.has_died, status.is_stopping) == (0, False, False)


def test_a_worker_that_gives_no_sign_of_life_is_noticed():
    job = running()
    fall_silent(job)

    assert status_of(job).has_died


def test_a_running_job_is_asked_to_stop_without_a_query():
    job = running()

    with CaptureQueriesContext(connection) as queries:
        assert cancel(job)

    assert (len(queries), status_of(job).is_stopping, status_of(job).state) == (0, True, "running")


def test_a_job_whose_worker_has_died_is_cancelled_at_once():
    job = running()
    fall_silent(job)

    assert cancel(job)

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert not Workplace(job.pk).folder.exists()


def test_a_job_that_began_meanwhile_is_asked_to_stop():
    job = asked()
    begun = running()
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    Workplace(job.pk).prepare()
    Workplace(job.pk).show_life()

    assert cancel(job)

    assert [status_of(one).is_stopping for one in (job, begun)] == [True, False]


@pytest.mark.parametrize("state", [JobState.DONE, JobState.FAILED, JobState.CANCELLED])
def test_a_job_that_is_over_can_not_be_cancelled(state):
    job = asked()
    Job.objects.filter(pk=job.pk).update(state=state)

    assert not cancel(job)
    job.refresh_from_db()
    assert not cancel(job)
    assert Job.objects.get().state == state


def test_the_same_is_not_asked_for_twice():
    ann, bob = factories.user(), factories.user()
    job = asked(by=ann, parameters={"a": 1, "at": "noon"})

    def same(by=ann, **parameters):
        return same_job(KIND, by=by, parameters=parameters, alike=lambda one: one["a"])

    assert same(a=1, at="now") == job
    assert [same(a=2), same(by=bob, a=1), same_job("other", by=ann, parameters={"a": 1})] == [None] * 3
    assert same_job(KIND, by=ann, parameters={"a": 1, "at": "noon"}) == job
    Job.objects.update(state=JobState.DONE)
    assert same(a=1) is None


def test_a_job_whose_worker_has_died_is_asked_for_again():
    job = running(parameters={"a": 1})
    fall_silent(job)

    assert same_job(KIND, by=job.asked_by, parameters={"a": 1}) is None


def test_the_name_of_who_asked_outlives_the_account():
    asked()

    get_user_model().objects.all().delete()

    assert [(job.asked_by, job.asked_by_name) for job in Job.objects.all()] == [(None, "Ann Officer")]
