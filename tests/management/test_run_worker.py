"""The worker as a command and as a process, and the demo's server with a worker beside it."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from functools import partial
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, ProgrammingError
from django_tasks_db.models import DBTaskResult

from registry.jobs.workplace import Workplace, root
from registry.management.commands import run_worker
from registry.models.job import Job
from registry.reports.long import ask_for_report
from registry.reports.parameters import Parameters, moment_of_production
from tests import factories

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def ask():
    factories.activity(factories.organisation())
    parameters = Parameters(report="register", format="csv", produced_at=moment_of_production(), produced_by="Ann")
    return ask_for_report(parameters, by=factories.user(), door="reports")


@pytest.mark.django_db(transaction=True)  # a worker closes connections that are old
def test_a_worker_does_what_waits_and_tidies_up():
    job = ask()
    Workplace("left-behind").prepare()

    call_command("run_worker", batch=True, interval=0, startup_delay=False, verbosity=0)

    job.refresh_from_db()
    assert (job.state, DBTaskResult.objects.get().status) == ("done", "SUCCESSFUL")
    assert [folder.name for folder in root().iterdir()] == [str(job.pk)]
    assert Job.objects.count() == 1


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def start(tmp_path, *arguments, **options):
    environment = {
        **os.environ,
        "DEBUG": "1",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'demo.sqlite3'}",
        "MEDIA_ROOT": str(tmp_path / "media"),
        "SEED_CATALOGUES": "0",
        "SECRET_KEY": "for a test",
    }
    command = [sys.executable, "manage.py", *arguments]
    heeding = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # tests in the background are deaf to Ctrl-C
    return subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, preexec_fn=heeding, **options)


def workers_of(process):
    """The processes that ``process`` has started and that are alive, by their ids."""
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True)
    return [int(pid) for pid in found.stdout.split()]


def wait_for(condition, seconds=240):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "It took too long."
        time.sleep(0.1)


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def answers(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def end(process, sent, times=24):
    """Sends the signal until it is heard: Python may drop one that comes in the midst of tidying up."""
    for _ in range(times):
        process.send_signal(sent)
        try:
            return process.wait(10)
        except subprocess.TimeoutExpired:
            continue
    pytest.fail("The process didn't end.")


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "killed"])
def test_the_demo_leaves_no_worker_behind(sent, migrated, tmp_path):
    port = free_port()
    server = start(tmp_path, "run_demo", f"127.0.0.1:{port}", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: answers(port))
        wait_for(lambda: workers_of(server))
        workers = workers_of(server)
    finally:
        end(server, sent)

    assert len(workers) == 1
    wait_for(lambda: not any(map(is_alive, workers)))
    assert not answers(port)


@pytest.mark.parametrize(("told_to_stop", "looks"), [(False, 2), (True, 1)])
@pytest.mark.django_db
def test_a_worker_outlives_a_database_that_is_locked_for_long_but_stops_where_it_was_told_to(
    monkeypatch, told_to_stop, looks
):
    seen = []

    def run(self):
        seen.append(self)
        if len(seen) == 1:
            self.running = not told_to_stop
            raise locked()

    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.Worker.run", run)
    monkeypatch.setattr(run_worker, "PAUSE", 0)
    monkeypatch.setattr(run_worker, "_recover_now_and_then", lambda: None)
    handlers = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)}
    try:
        call_command("run_worker", verbosity=0)
    finally:
        for one, handler in handlers.items():
            signal.signal(one, handler)

    assert len(seen) == looks


def locked():
    cause = sqlite3.OperationalError("database is locked")
    cause.sqlite_errorcode = sqlite3.SQLITE_BUSY
    error = OperationalError("database is locked")
    error.__cause__ = cause
    return error


@pytest.mark.django_db
def test_a_worker_whose_tables_are_not_those_of_this_version_ends(monkeypatch):
    def run(self):
        raise ProgrammingError('relation "registry_job" does not exist')

    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.Worker.run", run)
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.Worker.configure_signals", lambda self: None)
    monkeypatch.setattr(run_worker, "_recover_now_and_then", lambda: None)

    with pytest.raises(ProgrammingError):
        call_command("run_worker", verbosity=0)


def test_a_port_in_use_is_told_with_the_remedy_before_anything_is_started():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError) as refused:
            call_command("run_demo", f"127.0.0.1:{port}")

    assert str(refused.value).endswith("Stop it, or choose another port: make demo PORT=8001")


def test_a_worker_that_could_not_put_its_files_anywhere_does_not_start(settings, tmp_path):
    (tmp_path / "a-file").touch()
    settings.MEDIA_ROOT = tmp_path / "a-file"

    with pytest.raises(CommandError) as refused:
        call_command("run_worker", batch=True)

    assert str(refused.value) == (
        f"The worker can't write to {tmp_path / 'a-file' / 'jobs'}: Not a directory. Let its account write there, or set "
        "MEDIA_ROOT to a folder where it may, for the web server as well."
    )
