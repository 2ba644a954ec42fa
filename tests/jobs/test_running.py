import logging
from datetime import timedelta

import pytest
from django.utils import timezone, translation
from django.utils.translation import get_language

from registry import models
from registry.jobs import running
from registry.jobs.asking import ask_for, cancel
from registry.jobs.kinds import Cancelled, JobError
from registry.jobs.running import finish
from registry.jobs.workplace import Workplace
from registry.models.job import Job, JobState
from registry.versioning.writing import change_set
from tests import factories
from tests.jobs.work import asked, kind, run

pytestmark = pytest.mark.django_db


def test_a_job_is_asked_for_and_done_by_a_worker():
    seen = []
    job = asked(title="Register, PDF", parameters={"a": [1, "Søn"]})

    done = run(job, lambda job, progress: seen.append((job.parameters, job.state)))

    assert seen == [({"a": [1, "Søn"]}, JobState.RUNNING)]
    assert (done.title, done.state, done.error, done.asked_by_name) == ("Register, PDF", "done", "", "Ann Officer")
    assert done.asked_at <= done.started_at <= done.finished_at
    assert (str(done), done.is_over, done.expires_at, done.has_expired()) == ("Register, PDF", True, None, False)


def test_it_is_done_once():
    seen = []
    job = asked()

    for _ in range(2):
        run(job, lambda job, progress: seen.append(job.pk))

    assert seen == [job.pk]


def test_an_unknown_kind_can_not_be_asked_for():
    with pytest.raises(LookupError):
        ask_for("unknown", title="x", by=factories.user(), parameters={})

    assert Job.objects.count() == 0


def test_it_is_done_in_the_language_of_the_person():
    languages = []
    with translation.override("de"):
        job = asked()

    run(job, lambda job, progress: languages.append(get_language()))

    assert languages == ["de"]
    assert get_language() == "en-gb"


def test_the_progress_is_told_at_times_and_at_the_end():
    told = []

    def work(job, progress):
        for done in (0, 1, 2, 5):
            progress(done, 5)
            told.append(Workplace(job.pk).progress())

    run(asked(), work)

    assert told == [(0, 5), (0, 5), (0, 5), (5, 5)]


def test_a_job_that_was_cancelled_while_it_waited_is_not_begun():
    seen = []
    job = asked()

    assert cancel(job)

    assert run(job, lambda job, progress: seen.append(job)).state == JobState.CANCELLED
    assert seen == []


def test_a_running_job_stops_when_it_looks_up_and_what_it_began_is_undone(monkeypatch):
    monkeypatch.setattr(running, "EVERY", 0)

    def work(job, progress):
        with change_set():
            factories.models.System.objects.create(name="half done")
            progress(1, 2)
            Workplace(job.pk).result.write_text("half")
            assert cancel(job)
            progress(2, 2)

    done = run(asked(), work)

    assert (done.state, done.error) == (JobState.CANCELLED, "")
    assert models.System.objects.count() == 0
    assert not Workplace(done.pk).folder.exists()


def test_a_job_that_can_not_be_done_says_why():
    def work(job, progress):
        raise JobError("The organisation was not in the register yet.")

    done = run(asked(), work)

    assert (done.state, done.error) == (JobState.FAILED, "The organisation was not in the register yet.")
    assert not Workplace(done.pk).folder.exists()


def test_a_job_that_fails_otherwise_says_so_and_is_in_the_log(caplog):
    def work(job, progress):
        raise ZeroDivisionError("by nought")

    with caplog.at_level(logging.ERROR):
        done = run(asked(), work)

    assert (done.state, done.error) == (
        JobState.FAILED,
        "Something went wrong that should not have: ZeroDivisionError: by nought. It is in the log of the worker.",
    )
    assert [record.getMessage() for record in caplog.records] == [f"The job {done.pk} (test) failed."]


def test_a_worker_that_is_stopped_says_so_and_stops():
    def work(job, progress):
        raise SystemExit(1)

    job = asked()
    with pytest.raises(SystemExit):
        run(job, work)

    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "The worker was stopped. Ask again.")


def test_a_job_that_makes_a_file_says_until_when_it_is_kept(settings):
    settings.JOB_FILE_HOURS = 5

    def work(job, progress):
        Workplace(job.pk).result.write_text("whole")
        finish(job, file_name="a.csv", content_type="text/csv", size=5, sha256="ab" * 32)

    done = run(asked(), work)

    assert (done.state, done.file_name, done.size, done.sha256) == ("done", "a.csv", 5, "ab" * 32)
    assert done.expires_at - done.finished_at == timedelta(hours=5)
    assert [done.has_expired(), done.has_expired(timezone.now() + timedelta(hours=6))] == [False, True]


def test_what_is_made_available_is_undone_where_somebody_has_ended_the_job_meanwhile():
    def work(job, progress):
        Job.objects.filter(pk=job.pk).update(state=JobState.CANCELLED)
        with change_set():
            models.System.objects.create(name="too late")
            finish(job)

    done = run(asked(), work)

    assert done.state == JobState.CANCELLED
    assert models.System.objects.count() == 0


def test_what_fails_after_it_was_finished_in_a_transaction_has_failed():
    def work(job, progress):
        with change_set():
            finish(job)
            raise JobError("at the last moment")

    assert run(asked(), work).state == JobState.FAILED


def test_the_work_may_raise_that_it_was_cancelled():
    def work(job, progress):
        raise Cancelled

    assert run(asked(), work).state == JobState.CANCELLED


def test_signs_of_life_go_on_while_the_work_is_silent(monkeypatch):
    monkeypatch.setattr(running, "SILENCE", 0.06)
    seen = []

    def work(job, progress):
        place = Workplace(job.pk)
        sign = place.folder / "alive"
        sign.unlink()
        for _ in range(1000):
            if sign.exists():
                break
            running.time.sleep(0.01)
        seen.append(place.is_silent())

    run(asked(), work)

    assert seen == [False]


def test_a_title_that_is_too_long_is_cut():
    with kind(lambda job, progress: None):
        job = ask_for("test", title="x" * 999, by=factories.user(username="ann"), parameters={})

    assert (len(job.title), job.asked_by_name) == (255, "ann")
