"""Verifies the history: all good, or the first thing that does not hold."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from registry.versioning.verifying import NotAHead, verify


class Command(BaseCommand):
    """``verify_history [--expect HEAD] [--json]``. The exit code is 1 where something does not hold."""

    help = (
        "Makes every seal anew, compares the live rows with the history, and names the first thing that does not hold."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--expect", metavar="HEAD", help="a chain head from an earlier report, which must still be there"
        )
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, tell, and fail where the history does not hold."""
        try:
            with translation.override("en"):  # as everything that the commands say
                verdict = verify(options["expect"])
        except NotAHead as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(verdict.as_json(), ensure_ascii=False, indent=2))
        if verdict.fault:
            raise CommandError(verdict.fault.message)
        if not options["json"]:
            self.stdout.write(f"The history holds: {verdict.change_sets} change sets, {verdict.versions} versions.")
            self.stdout.write(f"Chain head {verdict.head or 'none; the history is empty'}")
