"""What runs in processes of its own against one database: writers, and imports that stop where they are to be killed."""

import os
import secrets
import subprocess
import sys

# ruff: noqa: T201  a process tells its parent how far it is by printing
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from django.db import connection

from tests.conftest import ROOT


def database_url(name: str) -> str:
    """Return the address of a database beside the default one."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(name)}"
    server = connection.settings_dict
    account = quote(server["USER"] or "") + (f":{quote(server['PASSWORD'])}" if server["PASSWORD"] else "")
    return f"postgres://{account}@{server['HOST'] or 'localhost'}:{server['PORT'] or 5432}/{name}"


@contextmanager
def process(name: str, function: str, *arguments: Any) -> Iterator["subprocess.Popen[str]"]:
    """Run a function of this module in a new process, with ``name`` as its database; killed at the end if need be."""
    code = (
        f"import django; django.setup(); from tests.versioning import processes; processes.{function}(*{arguments!r})"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "ropa.settings",
        "DATABASE_URL": database_url(name),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "HTTPS": "0",
        "SEED_CATALOGUES": "0",
    }
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as started:
        try:
            yield started
        finally:
            started.kill()


def said(started: "subprocess.Popen[str]") -> str:
    """Return the next line that a process prints; raises AssertionError with its errors if it ended instead."""
    assert started.stdout is not None
    line = started.stdout.readline().strip()
    if not line:
        assert started.stderr is not None
        raise AssertionError(started.stderr.read())
    return line


def write(who: str, activity: int, times: int) -> None:
    """Wait for a line, then change one activity, and a row of it, in that many change sets."""
    from registry import models
    from registry.versioning.writing import change_set

    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(times):
        with change_set(reason=f"{who} {number}"):
            changed = models.ProcessingActivity.objects.get(pk=activity)
            changed.description = f"{who} {number}"
            changed.save()
            models.Purpose.objects.create(activity=changed, text=f"{who} {number}")
    print("done", flush=True)


def stay_inside(who: str, activity: int) -> None:
    """Change one activity, say so while the change set is still open, and wait for a line before it closes."""
    from registry import models
    from registry.versioning.writing import change_set

    with change_set(reason=who):
        models.Purpose.objects.create(activity_id=activity, text=who)
        print("inside", flush=True)
        sys.stdin.readline()
    print("done", flush=True)


def go_on(started: "subprocess.Popen[str]") -> None:
    """Give a process the line that it waits for."""
    assert started.stdin is not None
    started.stdin.write("go\n")
    started.stdin.flush()


def bring_in(file: str, stop: str) -> None:
    """Import a file by the command; at a named point say so, and wait for a line: or for being killed there."""
    from django.core.management import call_command

    _stop_at(stop)
    print("begun", flush=True)
    call_command("import_register", file, organisation="Ours", apply=True)
    print("done", flush=True)


def work(folder: str, stop: str) -> None:
    """Do what waits for a worker, its files in ``folder``; say so and wait at a named point likewise."""
    from django.conf import settings
    from django.core.management import call_command

    settings.MEDIA_ROOT = folder
    _stop_at(stop)
    print("begun", flush=True)
    call_command("run_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    print("done", flush=True)


def take_back(number: int, stop: str) -> None:
    """Undo the import of a change set; say so and wait at a named point, and say why it can't be done where it can't."""
    from registry.imports.undo import CannotUndo, undo

    _stop_at(stop)
    print("begun", flush=True)
    try:
        undo(number, actor=None, reason="Wrong file")
    except CannotUndo as error:
        print(error, flush=True)
    else:
        print("done", flush=True)


def _stop_at(stop: str) -> None:
    from registry.versioning import sealing, writing

    def stop_here() -> None:
        print("here", flush=True)
        sys.stdin.readline()

    close, store = writing.close, sealing._store

    def closing(opened: Any) -> Any:
        if stop == "rows written":
            stop_here()
        sealed = close(opened)
        if stop == "sealed":
            stop_here()
        return sealed

    def storing(*arguments: Any) -> None:
        store(*arguments)
        if stop == "some versions stored":
            stop_here()

    writing.close, sealing._store = closing, storing  # type: ignore[assignment]
