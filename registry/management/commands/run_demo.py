"""The server and a worker as one program, for trying things out: both begin, and both end."""

import errno
import socket
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

GRACE = 10
"""Seconds that the worker has to end by itself."""


class Command(BaseCommand):
    """``run_demo [ADDRESS:PORT]``. Ctrl-C ends the server, and the worker with it.

    The worker ends when its standard input does, whatever becomes of this process: none is ever left behind.
    """

    help = "Serves the register for trying it out, with a worker beside the server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("address", nargs="?", default="127.0.0.1:8000", help="where to listen")

    def handle(self, *args: Any, **options: Any) -> None:
        """Start the worker, serve, and end the worker."""
        refuse_a_port_in_use(options["address"])
        worker = subprocess.Popen(  # noqa: S603 our own command
            [sys.executable, sys.argv[0], "run_worker", "--with-parent", "--verbosity", "0"],
            stdin=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the server; it tells the worker
        )
        try:
            call_command("runserver", options["address"], use_reloader=False)
        finally:
            assert worker.stdin is not None  # noqa: S101 it was asked for
            worker.stdin.close()
            try:
                worker.wait(GRACE)
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()


def refuse_a_port_in_use(address: str) -> None:
    """Raise CommandError, with the remedy, where another program listens already; other faults the server tells."""
    host, _, port = address.rpartition(":")
    if not port.isdecimal():
        return
    with socket.socket() as place:
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            place.bind((host, int(port)))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CommandError(
                    f"Another program uses port {port} already, perhaps another demo. Stop it, or choose another port: "
                    "make demo PORT=8001"
                ) from None
        except OverflowError:
            return
