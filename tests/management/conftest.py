"""A register in a file of its own, as commands in processes of their own meet it."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from tests.ropa.test_settings import manage


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory):
    """An SQLite file with all tables and the law's own terms, to be copied: made by the command, once."""
    file = tmp_path_factory.mktemp("migrated") / "migrated.sqlite3"
    made = manage("migrate", "--verbosity", "0", DEBUG="1", DATABASE_URL=f"sqlite:///{file}")
    assert (made.returncode, made.stderr) == (0, "")
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # everything in the one file
    return file


@pytest.fixture
def migrated(migrated_file, tmp_path):
    """A copy of that file in the folder of the test, called demo.sqlite3."""
    return shutil.copy(migrated_file, tmp_path / "demo.sqlite3")
