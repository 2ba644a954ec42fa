"""What a server looks at before it serves."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from ropa import starting
from tests.ropa.test_settings import KEY, ROOT, manage

PRODUCTION = {"SECRET_KEY": KEY, "ALLOWED_HOSTS": "register.example"}


def serve(**variables: str) -> subprocess.CompletedProcess[str]:
    """Load what an application server loads, with these variables and no others but the path."""
    return subprocess.run(
        [sys.executable, "-c", "import ropa.wsgi"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("module", ["wsgi", "asgi"])
def test_every_door_looks_before_it_serves(module: str) -> None:
    assert f"application = start(get_{module}_application)" in (ROOT / "ropa" / f"{module}.py").read_text()


def test_a_wrong_setting_is_one_sentence_and_ends_gunicorn() -> None:
    result = serve(**PRODUCTION, HSTS_SECONDS="soon")

    assert (result.returncode, result.stdout) == (3, "")
    assert result.stderr == "HSTS_SECONDS is 'soon'. Accepted: a whole number of at least 0.\n"


def test_files_that_were_not_collected_and_tables_that_were_not_made_are_told_one_after_the_other(
    tmp_path: Path,
) -> None:
    given = {**PRODUCTION, "STATIC_ROOT": str(tmp_path / "static"), "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3"}

    uncollected = serve(**given)
    manage("collectstatic", "--no-input", **given)
    unmigrated = serve(**given)

    assert (uncollected.returncode, unmigrated.returncode) == (3, 3)
    assert f"The static files of this version are not in {tmp_path}/static: " in uncollected.stderr
    assert uncollected.stderr.endswith("Run `manage.py collectstatic --no-input` with the same STATIC_ROOT.\n")
    assert unmigrated.stderr.endswith("Run `manage.py migrate` before you start.\n")


@pytest.mark.django_db
def test_a_register_of_this_version_is_served() -> None:
    assert starting.start(lambda: "the application") == "the application"


@pytest.mark.django_db
def test_a_register_of_an_older_version_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    newest = sorted(name for app, name in MigrationRecorder(connection).applied_migrations() if app == "registry")[-1]
    MigrationRecorder(connection).record_unapplied("registry", newest)

    with pytest.raises(SystemExit) as ended:
        starting.start(lambda: "the application")

    assert ended.value.code == starting.BOOT_ERROR
    assert capsys.readouterr().err == (
        f"The database is of an older version (migrations to be run: 1, first registry.{newest}). Run `manage.py migrate` "
        "before you start.\n"
    )


def test_a_database_that_does_not_answer_yet_keeps_nobody_from_serving(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(connection: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("django.db.migrations.executor.MigrationExecutor", refuse)

    assert starting.unmigrated() == ""
    assert caplog.messages == [
        "The database can't be used: connection refused. Is DATABASE_URL right, and does the database answer?"
    ]


def test_what_a_library_lacks_is_told_too(capsys: pytest.CaptureFixture[str]) -> None:
    def make() -> None:
        raise ImproperlyConfigured("SQLite 3.31 or later is required.")

    with pytest.raises(SystemExit):
        starting.start(make)

    assert capsys.readouterr().err == "SQLite 3.31 or later is required.\n"
