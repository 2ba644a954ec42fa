import os
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from registry import models
from registry.jobs.running import finish
from registry.jobs.workplace import Workplace
from registry.models.job import Job, JobState
from tests import factories
from tests.admin import screens
from tests.jobs.work import asked, run

pytestmark = pytest.mark.django_db
JOBS = reverse("admin:jobs")
REGISTER = reverse("admin:reports_register")


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ann():
    return screens.auditor(first_name="Ann", last_name="Auditor")


def page(client, job, name="job"):
    return client.get(reverse(f"admin:{name}", args=[job.pk]))


def to(job, name):
    return reverse(f"admin:{name}", args=[job.pk])


def made(by, content=b"whole"):
    def work(job, progress):
        Workplace(job.pk).result.write_bytes(content)
        finish(job, file_name="a.csv", content_type="text/csv", size=len(content), sha256="ab" * 32)

    return run(asked(by=by), work)


def running(by):
    job = asked(by=by)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    Workplace(job.pk).prepare()
    Workplace(job.pk).show_life()
    return job


def test_a_long_report_leads_to_the_page_of_its_job_and_from_there_to_the_file(ann, settings):
    settings.LONG_REPORT_SECONDS = 0
    factories.activity(factories.organisation(name="Fjord Foods AS"), name="Payroll")
    client = screens.client_of(ann)

    answer = client.get(REGISTER, {"format": "csv"})
    job = Job.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, to(job, "job"))
    assert "Waiting for a worker" in page(client, job).content.decode()
    assert models.Export.objects.count() == 0

    run(job)
    shown = page(client, job).content.decode()
    assert "Done: the file is ready." in shown
    file = client.get(to(job, "job_file"))
    assert file["Content-Disposition"] == f'attachment; filename="{job.file_name}"'
    assert b"Payroll" in b"".join(file.streaming_content)
    assert models.Export.objects.get().change_set.actor == ann


def test_a_short_report_just_downloads(ann):
    factories.activity(factories.organisation())

    answer = screens.client_of(ann).get(REGISTER, {"format": "csv"})

    assert (answer.status_code, b"".join(answer.streaming_content)[:3]) == (200, b"\xef\xbb\xbf")
    assert Job.objects.count() == 0


def test_chosen_records_that_take_long_are_left_to_a_worker(ann, settings):
    settings.LONG_REPORT_SECONDS = 0
    activity = factories.activity(factories.organisation())
    posted = {"action": "download_selected_as_pdf", "_selected_action": [activity.pk]}

    answer = screens.client_of(ann).post(reverse("admin:registry_processingactivity_changelist"), posted)

    assert answer["Location"] == to(Job.objects.get(), "job")


def test_an_answer_without_a_body_asks_for_no_job(ann, settings):
    settings.LONG_REPORT_SECONDS = 0
    factories.activity(factories.organisation())

    assert screens.client_of(ann).head(REGISTER, {"format": "csv"}).status_code == 200

    assert Job.objects.count() == 0


def test_the_page_follows_a_job_with_a_script_and_without_one(ann):
    job = running(ann)
    Workplace(job.pk).tell(40, 120)

    shown = page(screens.client_of(ann), job).content.decode()

    wanted = [
        '<noscript><meta http-equiv="refresh" content="3"></noscript>',
        "registry/job.js",
        f'data-status="{to(job, "job_status")}"',
        'max="100" value="33"',
        "40 of 120 done",
        "Cancel it",
        "You can leave this page",
    ]
    assert [text for text in wanted if text in shown] == wanted


def test_the_script_is_told_how_it_stands(ann):
    job = running(ann)
    client = screens.client_of(ann)
    said = [page(client, job, "job_status").json()]
    Workplace(job.pk).tell(1, 4)
    said.append(page(client, job, "job_status").json())
    Workplace(job.pk).ask_to_stop()
    said.append(page(client, job, "job_status").json())
    Job.objects.update(state=JobState.FAILED, error="No organisation.")
    said.append(page(client, job, "job_status").json())

    assert said == [
        {"percent": None, "said": "A worker has begun.", "over": False},
        {"percent": 25, "said": "1 of 4 done", "over": False},
        {"percent": 25, "said": "It is being cancelled …", "over": False},
        {"percent": 25, "said": "It failed. No organisation.", "over": True},
    ]


def test_a_job_that_nobody_picks_up_says_how_to_start_a_worker(ann):
    job = asked(by=ann)
    Job.objects.update(asked_at=timezone.now() - timedelta(minutes=1))

    assert "starts one with: manage.py run_worker" in page(screens.client_of(ann), job, "job_status").json()["said"]


def test_a_job_whose_worker_died_says_so_and_can_be_cancelled(ann):
    job = running(ann)
    then = time.time() - 999
    os.utime(Workplace(job.pk).folder / "alive", (then, then))
    client = screens.client_of(ann)

    shown = page(client, job).content.decode()

    assert ("no sign of life" in shown, "Cancel it" in shown, "job.js" in shown) == (True, True, False)
    client.post(to(job, "job_cancel"))
    assert Job.objects.get().state == JobState.CANCELLED


def test_a_person_cancels_her_job(ann):
    job = asked(by=ann)
    client = screens.client_of(ann)

    answer = client.post(to(job, "job_cancel"), follow=True)

    assert "Cancelled. Nothing was made." in answer.content.decode()
    again = client.post(to(job, "job_cancel"), follow=True)
    assert "It was over already." in again.content.decode()
    assert client.get(to(job, "job_cancel")).status_code == 405


def test_a_file_is_gone_when_its_time_is_over(ann):
    job = made(ann)
    client = screens.client_of(ann)
    assert b"".join(client.get(to(job, "job_file")).streaming_content) == b"whole"
    Job.objects.update(expires_at=timezone.now())

    assert client.get(to(job, "job_file")).status_code == 404
    shown = page(client, job).content.decode()
    assert ("Done; the file has been removed since." in shown, to(job, "job_file") in shown) == (True, False)


def test_a_job_that_leads_elsewhere_says_where(ann):
    job = run(asked(by=ann))
    Job.objects.update(leads_to="/registry/import/")

    shown = page(screens.client_of(ann), job).content.decode()

    assert ('href="/registry/import/">Continue' in shown, "Done." in shown) == (True, True)


@pytest.mark.parametrize("name", ["job", "job_status", "job_file", "job_cancel"])
def test_nobody_but_the_person_and_an_administrator_sees_a_job(name, ann):
    job = made(ann)
    statuses = []
    for user in (
        ann,
        factories.user(is_superuser=True),
        screens.officer(),
        screens.auditor(),
        factories.user(),
    ):
        client = screens.client_of(user)
        answer = client.post(to(job, name)) if name == "job_cancel" else client.get(to(job, name))
        if answer.streaming:
            assert b"".join(answer.streaming_content) == b"whole"
        statuses.append(answer.status_code)

    good = 302 if name == "job_cancel" else 200
    assert statuses == [good, good, 404, 404, 403]


def test_the_list_of_jobs_is_the_persons_own(ann):
    mine, other = made(ann), asked(by=screens.officer(), title="Somebody else's")
    client = screens.client_of(ann)

    own = client.get(JOBS)
    all_of_them = screens.client_of(factories.user(is_superuser=True)).get(JOBS)

    assert [one["job"] for one in own.context["jobs"]] == [mine]
    assert [one["job"] for one in all_of_them.context["jobs"]] == [other, mine]
    assert "Done: the file is ready." in own.content.decode()
    assert screens.client_of(factories.user()).get(JOBS).status_code == 403


def test_an_empty_list_says_what_belongs_there(ann):
    assert "Work that takes longer than a moment" in screens.client_of(ann).get(JOBS).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_needs_the_same_queries_whatever_its_length(number, ann):
    for _ in range(number):
        made(ann)
    client = screens.client_of(ann)
    client.get(JOBS)

    with CaptureQueriesContext(connection) as queries:
        client.get(JOBS)

    assert len(queries) == 5
