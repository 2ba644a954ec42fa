"""Running one measurement in a process and a database of its own, and telling what came out."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[2]


def in_fresh_process(module: str, function: str, *arguments: Any, settings: str = "ropa.settings") -> dict[str, Any]:
    """Call ``module.function(*arguments)`` in a new process on a new, migrated database; return its dict of figures.

    The database is SQLite in a temporary folder, or one beside that of DATABASE_URL where that names PostgreSQL. The
    peak memory of the process is added as ``peak_mb``.
    """
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("DATABASE_URL", "")
        postgres = url.startswith(("postgres://", "postgresql://"))
        name = f"bench_{os.getpid()}_{threading.get_ident()}"
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": settings,
            "DEBUG": "1",
            "SEED_CATALOGUES": "0",
            "DATABASE_URL": _beside(url, name) if postgres else f"sqlite:///{folder}/bench.sqlite3",
        }
        if postgres:
            _administer(url, f'CREATE DATABASE "{name}"')
        try:
            code = f"from tests.benchmarks.measuring import run_here; run_here({module!r}, {function!r}, {list(arguments)!r})"
            done = subprocess.run(
                [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
            )
        finally:
            if postgres:
                _administer(url, f'DROP DATABASE IF EXISTS "{name}"')
    if done.returncode:
        raise RuntimeError(f"{module}.{function}{arguments} failed:\n{done.stderr[-3000:]}")
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def run_here(module: str, function: str, arguments: list[Any]) -> None:
    """Set Django up on the fresh database, call the function and print its figures as JSON."""
    import importlib
    import resource

    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.DEBUG = False
    call_command("migrate", run_syncdb=True, verbosity=0)
    figures = getattr(importlib.import_module(module), function)(*arguments)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**figures, "peak_mb": round(peak)}))


def clock() -> Callable[[], float]:
    """Return the clock for comparing ways: the processor's time of this process, so that others on the machine don't
    count; the wall's where a database server does a part of the work."""
    from django.db import connection

    return time.process_time if connection.vendor == "sqlite" else time.perf_counter


def now() -> float:
    """Return the seconds on the clock, or with BENCH_CLOCK=processor what the work has cost in processor time so far.

    That is what this process and its children used, and its backend where PostgreSQL runs on the same machine: what
    others do at the same time hardly shows in it. Waiting for a disk doesn't either.
    """
    if os.environ.get("BENCH_CLOCK") != "processor":
        return time.perf_counter()
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system + _backend_seconds()


def _backend_seconds() -> float:
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def sizes(*usual: int) -> tuple[int, ...]:
    """Return the sizes to measure: those on the command line, or the usual ones up to BENCH_LARGEST, where that is set."""
    given = tuple(int(argument) for argument in sys.argv[1:])
    largest = int(os.environ.get("BENCH_LARGEST") or usual[-1])
    return given or tuple(size for size in usual if size <= largest) or usual[:1]


def table(title: str, headings: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """Print figures as an aligned table."""
    cells = [[str(cell) for cell in row] for row in (headings, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    print(f"\n{title}")
    for row in cells:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))


def _beside(url: str, name: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{name}"))


def _administer(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(_beside(url, "postgres"), autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]
