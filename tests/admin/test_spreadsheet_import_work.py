"""Imports that take long: left to a worker, followed on their page, cancelled, done on the page, and what fails."""

import os
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from registry import models
from registry.imports import uploaded as uploaded_files
from registry.jobs import running
from registry.jobs.running import run_job
from registry.jobs.workplace import Workplace
from registry.models.job import Job, JobState
from tests import factories
from tests.admin import screens
from tests.admin.test_spreadsheet_import import (
    NOTHING_APPLIED,
    ONE,
    TWO,
    address,
    apply,
    in_the_register,
    page_of,
    said,
    upload,
    uploaded,
)
from tests.imports.tables import as_csv

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def organisation():
    return factories.organisation(name="Ours")


@pytest.fixture
def officer():
    return screens.officer(username="officer", first_name="Olga", last_name="Officer")


@pytest.fixture
def client(officer):
    return screens.client_of(officer)


@pytest.fixture
def long(settings):
    """Everything takes long."""
    settings.LONG_IMPORT_SECONDS = 0


def work():
    """What a worker does with the job that waits."""
    run_job.call(str(Job.objects.filter(state=JobState.WAITING).get().pk))


def applying(client, organisation, settings):
    """An import that is planned, and whose applying waits for a worker."""
    found = uploaded(client, organisation, ONE, TWO)
    settings.LONG_IMPORT_SECONDS = 0
    apply(client, found, change_reason="yearly review")
    found.refresh_from_db()
    return found


def progress(client, found):
    return client.get(address("progress", found)).json()


def test_a_large_file_is_read_and_applied_by_a_worker_and_ends_at_its_result_with_undo(client, organisation, long):
    answer = upload(client, organisation, ONE, TWO)
    found = models.Import.objects.get()
    assert answer["Location"] == address("change", found)
    assert (found.counts, len(found.sha256)) == ({}, 64)
    assert "Waiting for a worker" in page_of(client, found).content.decode()
    assert in_the_register() == NOTHING_APPLIED

    work()
    assert page_of(client, found).context["upload"].counts["created"] == 2
    answered = apply(client, found, change_reason="yearly review")
    assert "The file is being applied" in answered.content.decode()
    assert in_the_register() == NOTHING_APPLIED

    work()
    found.refresh_from_db()
    result = page_of(client, found).content.decode()
    change = found.change_set
    assert (found.state, found.data, Job.objects.filter(state="done").count()) == ("applied", b"", 2)
    assert (change.actor_name, change.channel, change.reason) == ("Olga Officer", "import", "yearly review")
    assert (found.sha256 in change.details, "register.csv" in change.details) == (True, True)
    assert "Undo this import" in result


def test_the_page_follows_the_work_with_a_script_and_without_one(client, organisation, settings):
    found = applying(client, organisation, settings)
    Job.objects.update(state=JobState.RUNNING)
    Workplace(found.job_id).prepare()
    Workplace(found.job_id).show_life()
    Workplace(found.job_id).tell(40, 100, "Writing: record 1,000 of 2,500")

    shown = page_of(client, found).content.decode()

    wanted = [
        '<noscript><meta http-equiv="refresh" content="3"></noscript>',
        "registry/job.js",
        f'data-status="{address("progress", found)}"',
        'max="100" value="40"',
        "Writing: record 1,000 of 2,500",
        "Cancel it",
        "You can leave this page",
    ]
    assert [text for text in wanted if text in shown] == wanted
    assert progress(client, found) == {
        "percent": 40,
        "said": "Writing: record 1,000 of 2,500",
        "over": False,
        "news": False,
    }
    assert "being worked on" in client.get(reverse("admin:registry_import_changelist")).content.decode()


def test_the_work_tells_each_of_its_parts(client, organisation, settings, monkeypatch):
    monkeypatch.setattr(running, "EVERY", 0)
    told = []
    tell = Workplace.tell

    def noted(place, done, total, said=""):
        told.append((100 * done // total, said))
        tell(place, done, total, said)

    monkeypatch.setattr(Workplace, "tell", noted)
    applying(client, organisation, settings)

    work()

    assert told == [
        (0, "Reading the file …"),
        (15, "Planning: row 0 of 3"),
        (70, "Writing: record 2 of 2"),
        (99, "Writing the history: record 2 of 2"),
    ]


@pytest.mark.parametrize("part", ["Planning", "Writing: ", "Writing the history"])
def test_it_can_be_cancelled_until_it_is_sealed_and_leaves_nothing(part, client, organisation, settings, monkeypatch):
    monkeypatch.setattr(running, "EVERY", 0)
    found = applying(client, organisation, settings)
    tell = Workplace.tell

    def cancelled_here(place, done, total, said=""):
        tell(place, done, total, said)
        if said.startswith(part):
            place.ask_to_stop()

    monkeypatch.setattr(Workplace, "tell", cancelled_here)
    work()

    page = page_of(client, found)
    states = [models.Import.objects.get().state, Job.objects.get().state]
    if part == "Writing the history":  # the last of it: there was nothing after it at which to stop
        assert states == ["applied", "done"]
        return
    assert states == ["planned", "cancelled"]
    assert in_the_register() == NOTHING_APPLIED
    assert "It was cancelled. Nothing was written." in page.content.decode()


def test_a_person_cancels_what_waits_and_applies_again(client, organisation, settings):
    found = applying(client, organisation, settings)

    answer = client.post(address("stop", found), follow=True)
    again = client.post(address("stop", found), follow=True)
    settings.LONG_IMPORT_SECONDS = 999
    apply(client, found)

    assert "It was cancelled. Nothing was written." in answer.content.decode()
    assert said(again) == ["It was over already."]
    assert in_the_register() == {"activities": 2, "versions": 2}


def test_where_no_worker_comes_the_page_says_so_and_does_it_itself(client, organisation, settings):
    found = applying(client, organisation, settings)
    assert "Do it now" not in page_of(client, found).content.decode()
    Job.objects.update(asked_at=timezone.now() - timedelta(minutes=1))

    told = progress(client, found)
    shown = page_of(client, found).content.decode()
    client.post(address("here", found))
    run_job.call(str(found.job_id))  # the worker comes after all

    assert (told["news"], "manage.py run_worker" in told["said"]) == (True, True)
    assert ("Do it now, on this page" in shown, 'data-news="shown"' in shown) == (True, True)
    assert in_the_register() == {"activities": 2, "versions": 2}
    assert progress(client, found)["over"]


def test_a_worker_that_died_is_told_and_the_import_can_be_applied_again(client, organisation, settings):
    found = applying(client, organisation, settings)
    Job.objects.update(state=JobState.RUNNING)
    place = Workplace(found.job_id)
    place.prepare()
    place.show_life()
    then = time.time() - 999
    os.utime(place.folder / "alive", (then, then))

    shown = page_of(client, found).content.decode()
    client.post(address("stop", found))
    settings.LONG_IMPORT_SECONDS = 999
    apply(client, found)

    assert ("no sign of life" in shown, "job.js" in shown) == (True, False)
    assert models.Import.objects.get().state == "applied"


def test_a_register_that_moved_on_is_told_and_the_plan_made_anew(client, organisation, settings):
    found = applying(client, organisation, settings)
    factories.organisation(name="Another")

    work()
    settings.LONG_IMPORT_SECONDS = 999
    page = page_of(client, found)

    assert "The register has changed since you saw this preview" in page.content.decode()
    assert (page.context["obstacle"], Job.objects.get().state) == ("", "failed")
    assert in_the_register() == NOTHING_APPLIED


def test_what_goes_wrong_in_the_worker_is_told_and_writes_nothing(client, organisation, settings, monkeypatch):
    found = applying(client, organisation, settings)

    def broken(*arguments, **options):
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(uploaded_files, "finish", broken)
    work()

    shown = page_of(client, found).content.decode()
    assert "It could not be applied. Nothing was written." in shown
    assert "ZeroDivisionError: by nought" in shown
    assert in_the_register() == NOTHING_APPLIED


def test_an_account_that_is_gone_applies_nothing(client, organisation, settings):
    found = applying(client, organisation, settings)
    Job.objects.update(asked_by=None)

    work()

    assert "The account that asked for this is gone." in page_of(client, found).content.decode()


def test_pressing_apply_twice_asks_once(client, organisation, settings):
    found = applying(client, organisation, settings)

    answer = client.post(address("apply", found), {"seen": "x"}, follow=True)

    assert said(answer) == ["The file is being worked on. Wait until that is over, or cancel it."]
    assert Job.objects.count() == 1


@pytest.mark.parametrize("view", ["apply", "discard", "choices", "rows", "words", "mapping"])
def test_nothing_is_decided_while_it_is_worked_on(view, client, organisation, settings):
    found = applying(client, organisation, settings)

    answer = client.post(address(view, found), {"blank_cell": "clear"}, follow=True)

    found.refresh_from_db()
    assert said(answer) == ["The file is being worked on. Wait until that is over, or cancel it."]
    assert (found.state, found.choices["blank_cell"], Job.objects.count()) == ("planned", "leave", 1)


def test_choices_about_a_large_file_are_planned_by_a_worker(client, organisation, settings):
    found = uploaded(client, organisation, ONE, TWO)
    settings.LONG_IMPORT_SECONDS = 0

    answer = client.post(address("rows", found), {"row-#2": "skip"}, follow=True)
    assert "The file is being read" in answer.content.decode()
    work()

    found.refresh_from_db()
    assert (found.counts["created"], found.counts["skipped"]) == (1, 1)


def test_a_file_that_the_worker_cannot_read_is_told_with_what_to_try_and_read_as_she_says(client, organisation, long):
    data = "Name;Zweck\nPersonal;Zażółć\n".encode("cp1250").replace(b"Personal", b"Person\x81l")
    upload(client, organisation, data=data)
    work()
    found = models.Import.objects.get()

    shown = page_of(client, found)
    assert "The file could not be read." in shown.content.decode()
    assert "which is no character of Windows-1252 text" in shown.content.decode()
    client.post(address("choices", found), {"blank_cell": "leave", "encoding": "mac-roman"})
    work()

    assert models.Import.objects.get().counts["created"] == 1


def test_a_large_table_of_something_else_is_told_where_it_belongs(client, organisation, long):
    upload(client, organisation, data=as_csv(["Name", "Vulnerable"], ["Children", "Yes"]))
    work()
    found = models.Import.objects.get()

    assert "not processing activities" in page_of(client, found).content.decode()
    client.post(address("discard", found))
    assert models.Import.objects.get().state == "discarded"


def test_reading_can_be_cancelled(client, organisation, long):
    upload(client, organisation, ONE)
    found = models.Import.objects.get()

    answer = client.post(address("stop", found), follow=True)

    assert "Reading the file was cancelled." in answer.content.decode()


def test_nonsense_about_a_file_that_was_not_read_is_told(client, organisation, long):
    upload(client, organisation, ONE)
    found = models.Import.objects.get()
    client.post(address("stop", found))

    answer = client.post(address("choices", found), {"blank_cell": "leave", "header_row": "x"})

    assert answer.context["form"].errors == {"header_row": ["Enter a whole number."]}


def test_an_import_that_is_gone_when_the_worker_comes_is_no_error(client, organisation, settings):
    found = applying(client, organisation, settings)
    models.Import.objects.update(state="discarded")

    work()

    assert Job.objects.get().error == "This import was applied or discarded already."
    assert progress(client, found)["over"]


def test_nobody_else_follows_or_stops_it(client, organisation, settings):
    found = applying(client, organisation, settings)
    other, auditor = (screens.client_of(user) for user in (screens.officer(), screens.auditor()))

    def tried(who):
        told = who.get(address("progress", found))
        return [told.status_code, *(who.post(address(view, found)).status_code for view in ("stop", "here"))]

    answers = [tried(other), tried(auditor)]

    assert answers == [[404, 404, 404], [403, 403, 403]]
    assert Job.objects.get().state == JobState.WAITING


def test_the_list_of_jobs_leads_to_the_import(client, organisation, settings):
    found = applying(client, organisation, settings)
    work()

    shown = client.get(reverse("admin:job", args=[found.job_id])).content.decode()

    assert f'href="{address("change", found)}">Continue' in shown
    assert "Importing “register.csv”" in shown


def test_following_it_needs_few_queries(client, organisation, settings):
    found = applying(client, organisation, settings)
    progress(client, found)

    with CaptureQueriesContext(connection) as queries:
        progress(client, found)

    assert len(queries) == 5
    assert not [query["sql"] for query in queries if '"registry_import"."data"' in query["sql"]]


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_rows_needs_the_same_queries_whatever_is_asked_and_never_the_file(count, client, organisation):
    rows = [(f"R-{number}", f"Number {number}", "Controller", "“x”", "") for number in range(count)]
    found = uploaded(client, organisation, *rows)
    page_of(client, found)
    counted = []
    for query in ("", "?rows=created&page=2", "?rows=created&q=Number", "?rows=warned"):
        with CaptureQueriesContext(connection) as queries:
            page_of(client, found, query)
        counted.append(len(queries))
        assert not [one["sql"] for one in queries if '"registry_import"."data"' in one["sql"]]

    assert counted == [11, 11, 12, 11]
