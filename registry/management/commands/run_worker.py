"""The worker: does the jobs that take too long for a request, one after the other."""

import os
import signal
import sys
import tempfile
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django_tasks_db.management.commands.db_worker import Command as Worker

from registry.jobs.expiry import remove_expired
from registry.jobs.workplace import root


class Command(Worker):
    """``run_worker [--with-parent] [--batch]``; the options are those of django-tasks' own ``db_worker``.

    As it begins it removes files whose time is over. SIGTERM and Ctrl-C let it finish the job it is at; a second one
    ends it, and the job is told to have failed.
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
        remove_expired()
        if options.pop("with_parent"):
            threading.Thread(target=_stop_at_end_of_input, daemon=True).start()
        super().handle(**options)

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


def _stop_at_end_of_input() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
