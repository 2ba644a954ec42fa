import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from registry import models
from registry.jobs.running import run_job
from registry.jobs.workplace import Workplace
from registry.models.job import Job
from registry.reports import long
from registry.reports.long import ask_for_report, takes_long
from registry.reports.parameters import Parameters, moment_of_production
from registry.versioning.verifying import verify
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def asked(**values):
    given = {"report": "register", "format": "csv", "produced_at": moment_of_production(), "produced_by": "Ann Officer"}
    return Parameters(**{**given, **values})


def ask(by=None, door="reports", **values):
    return ask_for_report(asked(**values), by=by or factories.user(first_name="Ann", last_name="Officer"), door=door)


def done(job):
    run_job.call(str(job.pk))
    job.refresh_from_db()
    return job


def test_a_report_takes_long_where_it_has_many_records_for_its_format(monkeypatch, settings):
    monkeypatch.setattr(long, "RECORDS_A_SECOND", {"pdf": 1})
    monkeypatch.setattr(long, "OTHERS", 3)
    settings.LONG_REPORT_SECONDS = 1
    one, other = factories.organisation(), factories.organisation()
    for owner in (one, other, other):
        factories.activity(owner)

    found = {
        (form, organisation): takes_long(asked(format=form, organisation=organisation))
        for form in ("pdf", "csv")
        for organisation in (None, one.pk, other.pk)
    }

    assert found == {
        ("pdf", None): True,
        ("pdf", one.pk): False,
        ("pdf", other.pk): True,
        ("csv", None): False,
        ("csv", one.pk): False,
        ("csv", other.pk): False,
    }
    chosen = [takes_long(asked(format="pdf", activities=tuple(range(number)))) for number in (1, 2)]
    assert chosen == [False, True]
    assert not takes_long(asked(report="record", subject="activity:1", format="pdf"))
    assert takes_long(asked(report="where-used", subject="country:US", format="pdf"))
    monkeypatch.setattr(long, "RECORDS_A_SECOND", {"gaps": 2})
    assert [takes_long(asked(report=name, format="csv")) for name in ("gaps", "register")] == [True, False]


def test_a_worker_makes_the_report_and_logs_it():
    factories.activity(factories.organisation(name="Fjord Foods AS"))

    job = done(ask(door="list"))

    data = Workplace(job.pk).result.read_bytes()
    line = models.Export.objects.get()
    assert (job.state, job.title, job.content_type) == ("done", "Register, CSV", "text/csv; charset=utf-8")
    assert job.sha256 == line.sha256 == hashlib.sha256(data).hexdigest()
    assert (job.size, job.file_name) == (line.size, line.file_name) == (len(data), line.file_name)
    assert (line.door, line.change_set.actor_name, line.change_set.actor) == ("list", "Ann Officer", job.asked_by)
    assert verify().fault is None


@pytest.mark.parametrize("form", ["csv", "pdf"])
def test_the_progress_ends_with_all_records(form):
    organisation = factories.organisation()
    for _ in range(3):
        factories.activity(organisation)

    job = done(ask(format=form))

    assert Workplace(job.pk).progress() == (3, 3)


def test_a_report_that_can_not_be_made_says_why_and_is_not_logged():
    organisation = factories.organisation()
    long_ago = datetime(2001, 1, 1, tzinfo=UTC)

    job = done(ask(organisation=organisation.pk, as_at=long_ago))

    assert job.state == "failed"
    assert "not in the register yet" in job.error
    assert models.Export.objects.count() == 0


def test_a_report_that_can_not_be_logged_is_not_available(monkeypatch):
    def refuse(*args, **values):
        raise RuntimeError("the log is full")

    monkeypatch.setattr("registry.versioning.sealing.log_line", refuse)

    job = done(ask())

    assert (job.state, job.file_name, models.Export.objects.count()) == ("failed", "", 0)
    assert not Workplace(job.pk).folder.exists()


def test_a_report_of_somebody_whose_account_is_gone_is_logged_under_the_name():
    job = ask()
    job.asked_by.delete()

    done(job)

    assert models.Export.objects.get().change_set.actor_name == "Ann Officer"


def test_the_same_report_asked_for_twice_is_one_job():
    ann = factories.user()
    first = ask(by=ann)

    again = ask(by=ann)
    other = ask(by=ann, format="pdf")

    assert (again, other == first, Job.objects.count()) == (first, False, 2)
    assert replace(asked(), produced_at=first.asked_at) != asked()


def test_jobs_are_told_apart_by_what_makes_them_another_report():
    owner = factories.organisation(name="Fjord Foods AS")
    moment = datetime(2026, 3, 31, 12, tzinfo=UTC)

    plain = ask().title
    limited = ask(organisation=owner.pk, as_at=moment, filters=("status Approved",), activities=(1,)).title

    assert plain == "Register, CSV"
    assert limited == "Register, CSV · Fjord Foods AS · As at 31 March 2026, 12:00:00 UTC · status Approved"
