"""Databases of their own beside those of the other tests, on SQLite and PostgreSQL.

What a server in another thread writes is committed, and cannot be rolled back after a test; but a whole database can be
copied before the tests and thrown away after them.
"""

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connections

DEFAULT = "default"


def create(file: Path) -> str:
    """Make a database with empty tables; return the name by which ``using`` takes it.

    On SQLite it is the file; on PostgreSQL it is called after the file, and stands on the server of the default database.
    """
    name = _make(file)
    with using(name):
        call_command("migrate", verbosity=0)
    return name


def copy(source: str, file: Path) -> str:
    """Copy a database that nobody is using; return the copy's name."""
    return _make(file, source)


@contextlib.contextmanager
def copied(source: str, file: Path) -> Iterator[str]:
    """Let the default database be a copy of this one, which is thrown away at the end; gives the copy's name."""
    name = copy(source, file)
    try:
        with using(name):
            yield name
    finally:
        drop(name)


def _make(file: Path, source: str = "") -> str:
    connection = connections[DEFAULT]
    if connection.vendor == "sqlite":
        if source:
            with contextlib.closing(sqlite3.connect(source)) as old, contextlib.closing(sqlite3.connect(file)) as new:
                old.backup(new)
        return str(file)
    name = f"test_browser_{file.stem}_{os.getpid()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{source}"' if source else ""))
    return name


def drop(name: str) -> None:
    """Remove a database of ours, whoever may still be connected to it."""
    connection = connections[DEFAULT]
    if connection.vendor == "sqlite":
        for ending in ("", "-wal", "-shm"):
            Path(name + ending).unlink(missing_ok=True)
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextlib.contextmanager
def using(name: str) -> Iterator[None]:
    """Let the default database be this one, for this thread and for those that begin meanwhile."""
    settings, connection = connections.settings[DEFAULT], connections[DEFAULT]
    connections.settings[DEFAULT] = {**settings, "NAME": name}
    connections[DEFAULT] = connections.create_connection(DEFAULT)
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connections[DEFAULT].close()
        connections.settings[DEFAULT] = settings
        connections[DEFAULT] = connection
        ContentType.objects.clear_cache()


def wait_until_alone(seconds: float = 60) -> None:
    """Wait until nobody else is connected to the default database; raises TimeoutError if somebody stays.

    A killed client's server process goes on with the statement that it was at, a COMMIT for example: until it is gone,
    two questions may be answered from before and after. On SQLite whoever is killed is gone.
    """
    connection = connections[DEFAULT]
    if connection.vendor == "sqlite":
        return
    end = time.monotonic() + seconds
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND backend_type = 'client backend'"
    )
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(others)
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise TimeoutError(f"Others are still connected to {connection.settings_dict['NAME']}.")
