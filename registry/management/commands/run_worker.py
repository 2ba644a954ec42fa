"""The worker: does the jobs that take too long for a request, one after the other."""

import logging
import os
import signal
import sys
import tempfile
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError, InterfaceError, connection
from django_tasks_db.management.commands.db_worker import Command as Worker

from registry.jobs.expiry import remove_expired
from registry.jobs.recovery import recover
from registry.jobs.workplace import root
from registry.versioning.trouble import Trouble, trouble_of

logger = logging.getLogger(__name__)

PAUSE = 5
"""Seconds until a worker looks again for a database that can't be used."""

RECOVERED_EVERY = 15
"""Seconds between two looks for jobs whose worker died."""


class Command(Worker):
    """``run_worker [--with-parent] [--batch]``; the options are those of django-tasks' own ``db_worker``.

    As it begins it removes files whose time is over, and now and then it recovers jobs whose worker died. SIGTERM and
    Ctrl-C let it finish the job it is at; a second one ends it, and the job is told to have failed. Where the database
    is locked for long, or doesn't answer, it tries again until it does; with ``--batch`` it ends.
    """

    help = "Works on long reports and other jobs until it is stopped. Start one beside the web server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        super().add_arguments(parser)
        parser.set_defaults(reload=False)
        parser.add_argument(
            "--with-parent", action="store_true", help="stop when the standard input ends: with whoever started it"
        )

    def handle(self, **options: Any) -> None:
        """Tidy up, then work."""
        self._demand_a_folder()
        try:
            remove_expired()
        except DatabaseError as error:
            if trouble_of(error) is not Trouble.BUSY:  # it may be settings that are wrong: that is told, and it ends
                raise
        if options.pop("with_parent"):
            threading.Thread(target=_stop_at_end_of_input, daemon=True).start()
        if options["batch"]:
            super().handle(**options)
            return
        threading.Thread(target=_recover_now_and_then, daemon=True).start()
        while not self._works(**options):
            time.sleep(PAUSE)

    def _works(self, **options: Any) -> bool:
        """Work until it is told to stop; False where the database couldn't be used, and it was not told to stop."""
        try:
            super().handle(**options)
        except (DatabaseError, InterfaceError) as error:
            if trouble_of(error) is None:
                raise
            logger.warning("The database can't be used: %s. It tries again.", error)
            connection.close()
            worker = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
            return not getattr(worker, "running", True)  # it was told to, while it worked
        return True

    def _demand_a_folder(self) -> None:
        folder = root()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            raise CommandError(
                f"The worker can't write to {folder}: {error.strerror}. Let its account write there, or set MEDIA_ROOT "
                "to a folder where it may, for the web server as well."
            ) from error


def _recover_now_and_then() -> None:
    while True:
        try:
            recover()
        except (DatabaseError, InterfaceError, OSError) as error:
            logger.warning("Jobs whose worker died could not be recovered yet: %s", error)
        finally:
            connection.close()
        time.sleep(RECOVERED_EVERY)


def _stop_at_end_of_input() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
