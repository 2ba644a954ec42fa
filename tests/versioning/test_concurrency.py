"""Several processes on one database, and processes that are killed: real ones, since threads share too much."""

import os
import random
import time

import pytest
from django.db import connection

from registry import models
from registry.imports.long import ask_to_apply
from registry.imports.uploaded import keep, plan_of, seen
from registry.jobs.asking import cancel, status_of
from registry.jobs.workplace import Workplace
from registry.versioning.verifying import verify
from tests import factories
from tests.browser import databases
from tests.imports.tables import as_csv
from tests.versioning.processes import go_on, process, said

TIMES = 25
ROWS = 3000
PATIENCE = 900
"""Seconds after which something must be wrong, on however busy a machine."""


@pytest.fixture
def database(empty_database, tmp_path, django_db_blocker):
    """A database of its own as the default one, as other processes see it: by name."""
    with django_db_blocker.unblock(), databases.copied(empty_database, tmp_path / "processes_copy.sqlite3") as name:
        yield name


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("file") / "activities.csv"
    rows = ([f"A-{number}", f"Activity {number}", "one\ntwo"] for number in range(ROWS))
    path.write_bytes(as_csv(["Reference", "Name", "Purposes"], *rows))
    return path


def state():
    databases.wait_until_alone()
    verdict = verify()
    activities = models.ProcessingActivity.objects.count()
    return verdict.fault, verdict.change_sets, verdict.versions, activities, models.Purpose.objects.count()


def test_two_processes_that_write_at_once_make_one_chain(database):
    activity = factories.activity(factories.organisation()).pk
    with (
        process(database, "write", "one", activity, TIMES) as one,
        process(database, "write", "other", activity, TIMES) as other,
    ):
        assert (said(one), said(other)) == ("ready", "ready")
        for started in (one, other):
            go_on(started)
        assert (said(one), said(other)) == ("done", "done")

    assert state() == (None, 2 + 2 * TIMES, 2 + 2 * TIMES, 1, 2 * TIMES)
    reasons = list(models.ChangeSet.objects.order_by("sequence").values_list("reason", flat=True))[2:]
    assert sorted(reasons) == sorted(f"{who} {number}" for who in ("one", "other") for number in range(TIMES))


def test_of_two_processes_inside_their_change_sets_each_has_its_link(database):
    one_name, other_name = ("one", "other")
    activities = [factories.activity(factories.organisation()).pk for _ in range(2)]
    before = models.ChangeSet.objects.count()
    with process(database, "stay_inside", one_name, activities[0]) as one:
        assert said(one) == "inside"
        with process(database, "stay_inside", other_name, activities[1]) as other:
            if connection.vendor == "postgresql":  # both are inside at once; SQLite lets one in after the other
                assert said(other) == "inside"
            go_on(one)
            assert said(one) == "done"
            if connection.vendor == "sqlite":
                assert said(other) == "inside"
            go_on(other)
            assert said(other) == "done"

    assert state() == (None, before + 2, before + 2, 2, 2)
    reasons = models.ChangeSet.objects.order_by("sequence").values_list("reason", flat=True)[before:]
    assert list(reasons) == [one_name, other_name]


def test_an_import_before_which_somebody_else_was_quicker_is_refused(database, file):
    if connection.vendor != "postgresql":
        pytest.skip("only on PostgreSQL can anybody be quicker: SQLite lets nobody write while an import does")
    factories.organisation(name="Ours")
    with process(database, "bring_in", str(file), "rows written") as started:
        assert (said(started), said(started)) == ("begun", "here")
        factories.organisation(name="Theirs")
        go_on(started)
        assert started.wait(timeout=PATIENCE) == 1
        assert "The register has changed since this plan was made." in started.stderr.read()

    assert state() == (None, 2, 2, 0, 0)


@pytest.mark.parametrize("stop", ["rows written", "some versions stored", "sealed"])
def test_an_import_killed_before_it_is_committed_leaves_nothing(stop, database, file):
    factories.organisation(name="Ours")
    with process(database, "bring_in", str(file), stop) as started:
        assert (said(started), said(started)) == ("begun", "here")
        started.kill()

    assert state() == (None, 1, 1, 0, 0)
    with process(database, "bring_in", str(file), "") as again:
        assert said(again) == "begun"
        assert again.wait(timeout=PATIENCE) == 0
    assert state() == (None, 2, 1 + ROWS, ROWS, 2 * ROWS)


@pytest.mark.parametrize("stop", ["rows written", "some versions stored", "sealed"])
def test_an_import_whose_worker_is_killed_leaves_nothing_and_can_be_applied_again(
    stop, database, file, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    upload, officer = asked_to_apply(file)
    with process(database, "work", str(tmp_path), stop) as worker:
        assert (said(worker), said(worker)) == ("begun", "here")
        worker.kill()

    assert state() == (None, 1, 1, 0, 0)
    upload.refresh_from_db()
    assert (upload.state, upload.job.state, status_of(upload.job).has_died) == ("planned", "running", False)
    then = time.time() - 999
    os.utime(Workplace(upload.job_id).folder / "alive", (then, then))
    assert status_of(upload.job).has_died
    assert cancel(upload.job)
    upload.refresh_from_db()
    ask_to_apply(upload, mark=seen(upload), reason="again", by=officer, leads_to="/")
    with process(database, "work", str(tmp_path), "") as again:
        assert said(again) == "begun"
        assert again.wait(timeout=PATIENCE) == 0
    assert state() == (None, 2, 1 + ROWS, ROWS, 2 * ROWS)
    upload.refresh_from_db()
    assert (upload.state, upload.change_set.reason) == ("applied", "again")


def asked_to_apply(file):
    """An import that is planned, and whose applying waits for a worker; with who has asked for it."""
    officer = factories.user(username="officer")
    organisation = factories.organisation(name="Ours")
    upload = models.Import(organisation=organisation, file_name=file.name, data=file.read_bytes(), uploaded_by=officer)
    keep(upload, plan_of(upload))
    ask_to_apply(upload, mark=seen(upload), reason="", by=officer, leads_to="/")
    return upload, officer


def test_an_import_killed_at_any_moment_is_there_wholly_or_not_at_all(empty_database, database, file, tmp_path):
    factories.organisation(name="Ours")
    nothing, everything = state(), (None, 2, 1 + ROWS, ROWS, 2 * ROWS)
    with process(database, "bring_in", str(file), "") as measured:
        assert said(measured) == "begun"
        begun = time.monotonic()
        assert measured.wait(timeout=PATIENCE) == 0
        seconds = time.monotonic() - begun
    assert state() == everything

    chance = random.Random(7)
    for attempt in range(6):
        with databases.copied(empty_database, tmp_path / f"processes_{attempt}.sqlite3") as name:
            factories.organisation(name="Ours")
            with process(name, "bring_in", str(file), "") as started:
                assert said(started) == "begun"
                time.sleep(seconds * chance.uniform(0.3, 1.1))
                started.kill()
                started.wait()
            assert state() in (nothing, everything)


@pytest.fixture(scope="module")
def with_import(empty_database, file, tmp_path_factory, django_db_blocker):
    """The name of a database into which another process has imported the file, to be copied; and the change set."""
    folder = tmp_path_factory.mktemp("import")
    with django_db_blocker.unblock():
        name = databases.copy(empty_database, folder / "processes_import.sqlite3")
        with databases.using(name):
            factories.organisation(name="Ours")
            with process(name, "bring_in", str(file), "") as started:
                assert (said(started), started.wait(timeout=PATIENCE)) == ("begun", 0)
            number = models.ChangeSet.objects.latest("sequence").sequence
            databases.wait_until_alone()
        yield name, number
        databases.drop(name)


@pytest.fixture
def imported(with_import, tmp_path, django_db_blocker):
    """A copy of that database as the default one, by name; and the number of the import's change set."""
    source, number = with_import
    with django_db_blocker.unblock(), databases.copied(source, tmp_path / "processes_imported.sqlite3") as name:
        yield name, number


def test_an_undo_before_which_somebody_else_was_quicker_is_refused(imported):
    database, number = imported
    if connection.vendor != "postgresql":
        pytest.skip("only on PostgreSQL can anybody be quicker: SQLite lets nobody write while an undo does")
    with process(database, "take_back", number, "rows written") as started:
        assert (said(started), said(started)) == ("begun", "here")
        factories.organisation(name="Theirs")
        go_on(started)
        assert said(started).startswith("The register has changed since you looked. Nothing was undone")

    assert state() == (None, 3, 2 + ROWS, ROWS, 2 * ROWS)


@pytest.mark.parametrize("stop", ["rows written", "some versions stored", "sealed"])
def test_an_undo_killed_before_it_is_committed_leaves_everything(stop, imported):
    database, number = imported
    with process(database, "take_back", number, stop) as started:
        assert (said(started), said(started)) == ("begun", "here")
        started.kill()

    assert state() == (None, 2, 1 + ROWS, ROWS, 2 * ROWS)
    with process(database, "take_back", number, "") as again:
        assert (said(again), said(again)) == ("begun", "done")
    assert state() == (None, 3, 1 + 2 * ROWS, 0, 0)
