"""From DATABASE_URL to connection settings."""

from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, ProgrammingError, connection

from ropa.database import SQLITE_OPTIONS, database, sqlite_url, what_to_do
from ropa.env import InvalidVariable


def test_sqlite_takes_its_lock_as_a_transaction_begins(tmp_path: Path) -> None:
    settings = database(f"sqlite:///{tmp_path}/register.sqlite3")

    assert settings["NAME"] == f"{tmp_path}/register.sqlite3"
    assert settings["OPTIONS"] == SQLITE_OPTIONS
    assert settings["CONN_MAX_AGE"] == 0


def test_a_file_lies_in_the_folder_of_the_program_unless_its_path_says_otherwise() -> None:
    base = Path("/srv/register")

    assert database("sqlite:///db.sqlite3", base)["NAME"] == "/srv/register/db.sqlite3"
    assert database("sqlite:////var/lib/db.sqlite3", base)["NAME"] == "/var/lib/db.sqlite3"


@pytest.mark.parametrize("url", ["sqlite://", "sqlite://:memory:"])
def test_a_database_that_would_be_gone_with_the_process_is_refused(url: str) -> None:
    with pytest.raises(InvalidVariable, match="DATABASE_URL names no file"):
        database(url)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            ProgrammingError('relation "registry_job" does not exist\nLINE 1: …'),
            'relation "registry_job" does not exist. Run `manage.py migrate`: its tables are not those of this version.',
        ),
        (
            ProgrammingError("permission denied for table registry_job"),
            "permission denied for table registry_job. The account that DATABASE_URL names has to own the database and "
            "its tables.",
        ),
        (
            OperationalError("attempt to write a readonly database"),
            "attempt to write a readonly database. The folder that DATABASE_URL names has to exist, and the account "
            "that runs this has to be allowed to write to it, and to the file in it.",
        ),
        (
            DatabaseError("file is not a database"),
            "file is not a database. DATABASE_URL names another file, or a damaged one: restore a backup.",
        ),
        (
            OperationalError("database or disk is full"),
            "database or disk is full. Make room on the disk, and do it again.",
        ),
        (
            OperationalError('FATAL: database "nowhere" does not exist'),
            'FATAL: database "nowhere" does not exist. Make it first, or name another in DATABASE_URL.',
        ),
        (
            OperationalError("connection refused\n\tIs the server running on that host?"),
            "connection refused. Is DATABASE_URL right, and does the database answer?",
        ),
    ],
)
def test_what_hinders_a_database_is_told_with_its_remedy(error: DatabaseError, said: str) -> None:
    assert what_to_do(error) == f"The database can't be used: {said}"


def test_what_may_be_a_fault_of_the_program_is_not_explained_away() -> None:
    assert what_to_do(IntegrityError("UNIQUE constraint failed: registry_unit.name")) == ""


def test_a_path_with_marks_of_a_url_in_it_is_still_a_path() -> None:
    path = Path("/srv/the register #1 (50 %)/what?.sqlite3")

    assert database(sqlite_url(path))["NAME"] == str(path)


def test_an_option_in_the_url_comes_before_ours() -> None:
    settings = database("sqlite:////srv/register.sqlite3?timeout=60")

    assert settings["OPTIONS"] == {**SQLITE_OPTIONS, "timeout": 60}


def test_postgresql_connections_are_kept_for_a_minute_and_checked() -> None:
    settings = database("postgres://officer:secret@db.example:5433/register")

    assert {key: settings[key] for key in ("ENGINE", "HOST", "PORT", "NAME", "USER", "CONN_MAX_AGE")} == {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "db.example",
        "PORT": 5433,
        "NAME": "register",
        "USER": "officer",
        "CONN_MAX_AGE": 60,
    }
    assert settings["CONN_HEALTH_CHECKS"] is True
    assert settings["ATOMIC_REQUESTS"] is False


@pytest.mark.parametrize("url", ["nonsense", "carrier-pigeon://officer:secret@loft/register"])
def test_a_url_that_cannot_be_read_is_refused_without_being_told(url: str) -> None:
    with pytest.raises(InvalidVariable) as caught:
        database(url)

    assert str(caught.value) == (
        "DATABASE_URL cannot be read. Accepted: sqlite:////srv/register/db.sqlite3 or "
        "postgres://user:password@host:5432/name."
    )


def test_a_database_that_is_not_supported_is_refused() -> None:
    with pytest.raises(InvalidVariable) as caught:
        database("mysql://officer:secret@db.example/register")

    assert str(caught.value) == (
        "DATABASE_URL names django.db.backends.mysql. Accepted: sqlite:////srv/register/db.sqlite3 or "
        "postgres://user:password@host:5432/name."
    )


@pytest.mark.django_db
def test_foreign_keys_are_enforced() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only on SQLite")

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys")

        assert cursor.fetchone() == (1,)
