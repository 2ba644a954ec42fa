"""Several processes on one database, and processes that are killed: real ones, since threads share too much."""

import random
import time

import pytest

from registry import models
from registry.versioning.verifying import verify
from tests import factories
from tests.browser import databases
from tests.imports.tables import as_csv
from tests.versioning.processes import process, said

TIMES = 25
ROWS = 3000


@pytest.fixture(scope="module")
def template(tmp_path_factory, django_db_setup, django_db_blocker):
    """An empty database, to be copied."""
    with django_db_blocker.unblock():
        name = databases.create(tmp_path_factory.mktemp("databases") / "processes.sqlite3")
        yield name
        databases.drop(name)


@pytest.fixture
def database(template, tmp_path, django_db_blocker):
    """A database of its own as the default one, as other processes see it: by name."""
    with django_db_blocker.unblock():
        name = databases.copy(template, tmp_path / "processes_copy.sqlite3")
        with databases.using(name):
            yield name
        databases.drop(name)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "activities.csv"
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
            started.stdin.write("go\n")
            started.stdin.flush()
        assert (said(one), said(other)) == ("done", "done")

    assert state() == (None, 2 + 2 * TIMES, 2 + 2 * TIMES, 1, 2 * TIMES)
    reasons = list(models.ChangeSet.objects.order_by("sequence").values_list("reason", flat=True))[2:]
    assert sorted(reasons) == sorted(f"{who} {number}" for who in ("one", "other") for number in range(TIMES))
    assert len({reason.split()[0] for reason in reasons[: TIMES + 5]}) == 2


@pytest.mark.parametrize("stop", ["rows written", "some versions stored", "sealed"])
def test_an_import_killed_before_it_is_committed_leaves_nothing(stop, database, file):
    factories.organisation(name="Ours")
    with process(database, "bring_in", str(file), stop) as started:
        assert (said(started), said(started)) == ("begun", "here")
        started.kill()

    assert state() == (None, 1, 1, 0, 0)
    with process(database, "bring_in", str(file), "") as again:
        assert said(again) == "begun"
        assert again.wait(timeout=120) == 0
    assert state() == (None, 2, 1 + ROWS, ROWS, 2 * ROWS)


def test_an_import_killed_at_any_moment_is_there_wholly_or_not_at_all(template, database, file, tmp_path):
    factories.organisation(name="Ours")
    nothing, everything = state(), (None, 2, 1 + ROWS, ROWS, 2 * ROWS)
    with process(database, "bring_in", str(file), "") as measured:
        assert said(measured) == "begun"
        begun = time.monotonic()
        assert measured.wait(timeout=120) == 0
        seconds = time.monotonic() - begun
    assert state() == everything

    chance = random.Random(7)
    for attempt in range(6):
        name = databases.copy(template, tmp_path / f"processes_{attempt}.sqlite3")
        with databases.using(name):
            factories.organisation(name="Ours")
            with process(name, "bring_in", str(file), "") as started:
                assert said(started) == "begun"
                time.sleep(seconds * chance.uniform(0.3, 1.1))
                started.kill()
                started.wait()
            assert state() in (nothing, everything)
        databases.drop(name)
