"""The database connection that DATABASE_URL describes, with what each kind of database needs to be safe under load."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import dj_database_url
from django.db import DatabaseError, NotSupportedError, OperationalError

from ropa import env

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"
EXAMPLES = "sqlite:////srv/register/db.sqlite3 or postgres://user:password@host:5432/name"

# A transaction that will write takes the lock as it begins and waits for it, instead of failing half-way through.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
    "PRAGMA cache_size=-65536",  # 64 MiB, so that a large import is not written to disk twice
}

# Compiling a query to machine code takes longer than any query of ours runs: half of a page's time, when measured.
POSTGRESQL_OPTIONS = {"options": "-c jit=off"}


def sqlite_url(file: Path) -> str:
    """Return the URL of the SQLite database in a file, whatever its path is made of."""
    return f"sqlite:///{quote(str(file))}"


REMEDIES = (
    (
        r"no such (table|column)|(relation|column) .*does not exist",
        "Run `manage.py migrate`: its tables are not those of this version.",
    ),
    (r"permission denied", "The account that DATABASE_URL names has to own the database and its tables."),
    (r"not a database|malformed", "DATABASE_URL names another file, or a damaged one: restore a backup."),
    (
        r"unable to open database file|readonly database",
        "The folder that DATABASE_URL names has to exist, and the account that runs this has to be allowed to write to "
        "it, and to the file in it.",
    ),
    (r"disk is full|disk I/O|No space left", "Make room on the disk, and do it again."),
    (r"database is locked", "Another program is writing to it: try again when that is done."),
    (r"authentication failed|no password", "The account or the password in DATABASE_URL is wrong."),
    (r'(database|role) ".*" does not exist', "Make it first, or name another in DATABASE_URL."),
)


def what_to_do(error: DatabaseError) -> str:
    """Return why the database can't be used, and the remedy; empty where the fault may be in the program."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    for sign, remedy in REMEDIES:
        if re.search(sign, str(error)):
            return f"The database can't be used: {lines[0]}. {remedy}"
    if isinstance(error, OperationalError | NotSupportedError):
        return f"The database can't be used: {lines[0]}. Is DATABASE_URL right, and does the database answer?"
    return ""


def database(url: str, base: Path = Path()) -> dict[str, Any]:
    """Return Django's connection settings for a URL of a SQLite or PostgreSQL database.

    The file of a SQLite database lies in ``base`` unless its path says otherwise, wherever a command is given.

    Raises env.InvalidVariable, which never shows the URL itself, for it may hold a password.
    """
    try:
        settings: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except ValueError as error:
        raise env.InvalidVariable(f"DATABASE_URL cannot be read. Accepted: {EXAMPLES}.") from error
    if settings["ENGINE"] == SQLITE:
        if settings["NAME"] == ":memory:":
            raise env.InvalidVariable(f"DATABASE_URL names no file. Accepted: {EXAMPLES}.")
        settings["NAME"] = str(base / settings["NAME"])
        settings["OPTIONS"] = {**SQLITE_OPTIONS, **settings.get("OPTIONS", {})}
        settings["CONN_MAX_AGE"] = 0  # opening a file costs nothing, and a kept connection could keep a lock
    elif settings["ENGINE"] == POSTGRESQL:
        settings["OPTIONS"] = {**POSTGRESQL_OPTIONS, **settings.get("OPTIONS", {})}
    else:
        raise env.InvalidVariable(f"DATABASE_URL names {settings['ENGINE']}. Accepted: {EXAMPLES}.")
    settings["ATOMIC_REQUESTS"] = False  # the change set of a request is its transaction
    return settings
