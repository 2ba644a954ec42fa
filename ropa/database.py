"""The database connection that DATABASE_URL describes, with what each kind of database needs to be safe under load."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import dj_database_url

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


def database(url: str) -> dict[str, Any]:
    """Return Django's connection settings for a URL of a SQLite or PostgreSQL database.

    Raises env.InvalidVariable, which never shows the URL itself, for it may hold a password.
    """
    try:
        settings: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except ValueError as error:
        raise env.InvalidVariable(f"DATABASE_URL cannot be read. Accepted: {EXAMPLES}.") from error
    if settings["ENGINE"] == SQLITE:
        settings["OPTIONS"] = {**SQLITE_OPTIONS, **settings.get("OPTIONS", {})}
        settings["CONN_MAX_AGE"] = 0  # opening a file costs nothing, and a kept connection could keep a lock
    elif settings["ENGINE"] == POSTGRESQL:
        settings["OPTIONS"] = {**POSTGRESQL_OPTIONS, **settings.get("OPTIONS", {})}
    else:
        raise env.InvalidVariable(f"DATABASE_URL names {settings['ENGINE']}. Accepted: {EXAMPLES}.")
    settings["ATOMIC_REQUESTS"] = False  # the change set of a request is its transaction
    return settings
