"""From DATABASE_URL to connection settings."""

from pathlib import Path

import pytest
from django.db import connection

from ropa.database import SQLITE_OPTIONS, database, sqlite_url
from ropa.env import InvalidVariable


def test_sqlite_takes_its_lock_as_a_transaction_begins(tmp_path: Path) -> None:
    settings = database(f"sqlite:///{tmp_path}/register.sqlite3")

    assert settings["NAME"] == f"{tmp_path}/register.sqlite3"
    assert settings["OPTIONS"] == SQLITE_OPTIONS
    assert settings["CONN_MAX_AGE"] == 0


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
