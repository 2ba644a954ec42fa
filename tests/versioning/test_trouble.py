"""What hinders the database or the disk is told from any other error."""

import errno
import sqlite3

import psycopg
import pytest
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, OperationalError

from registry.versioning.trouble import Trouble, trouble_behind, trouble_of


def raised(kind, cause):
    error = kind(str(cause))
    error.__cause__ = cause
    return error


def sqlite_error(code):
    cause = sqlite3.OperationalError("a reason")
    cause.sqlite_errorcode = code
    return raised(OperationalError, cause)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (sqlite_error(sqlite3.SQLITE_BUSY), Trouble.BUSY),
        (sqlite_error(sqlite3.SQLITE_BUSY_SNAPSHOT), Trouble.BUSY),
        (sqlite_error(sqlite3.SQLITE_FULL), Trouble.FULL),
        (sqlite_error(sqlite3.SQLITE_IOERR_WRITE), Trouble.FULL),
        (sqlite_error(sqlite3.SQLITE_CANTOPEN), Trouble.UNREACHABLE),
        (sqlite_error(sqlite3.SQLITE_ERROR), None),
        (raised(OperationalError, psycopg.OperationalError("connection refused")), Trouble.UNREACHABLE),
        (raised(OperationalError, psycopg.errors.AdminShutdown()), Trouble.UNREACHABLE),
        (raised(OperationalError, psycopg.errors.DiskFull()), Trouble.FULL),
        (raised(OperationalError, psycopg.errors.LockNotAvailable()), Trouble.BUSY),
        (raised(DataError, psycopg.errors.NumericValueOutOfRange()), None),
        (raised(IntegrityError, psycopg.errors.UniqueViolation()), None),
        (InterfaceError("connection already closed"), Trouble.UNREACHABLE),
        (InterfaceError("bad parameter"), None),
        (DatabaseError("save() did not affect any rows"), None),
        (OSError(errno.ENOSPC, "No space left on device"), Trouble.FULL),
        (OSError(errno.EACCES, "Permission denied"), None),
        (ValueError("no number"), None),
        (None, None),
    ],
    ids=repr,
)
def test_what_hinders_is_told_from_other_errors(error, expected):
    assert trouble_of(error) is expected


def test_what_hinders_is_found_behind_the_error_that_a_library_made_of_it():
    def wrap(error):
        try:
            try:
                raise error
            except Exception as cause:
                raise ImportError("a row") from cause
        except ImportError as wrapped:
            return wrapped

    found = [trouble_behind(wrap(error)) for error in (sqlite_error(sqlite3.SQLITE_FULL), ValueError("no number"))]

    assert found == [Trouble.FULL, None]
