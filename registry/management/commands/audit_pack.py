"""Writes an audit pack: the register, its changes and its history in one signed ZIP."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from registry.management import options as asked
from registry.management.files import whole_file
from registry.record.loader import load_register
from registry.reports.errors import ReportError
from registry.reports.pack import FORMAT, PACK
from registry.reports.parameters import Parameters, moment_of_production
from registry.reports.signing import fingerprint
from registry.reports.taking import take
from registry.versioning.export_log import Door


class Command(BaseCommand):
    """``audit_pack --output FILE [--since MOMENT] [--as-at MOMENT] [--organisation NAME]``.

    The file is there wholly or not at all. What was written is told, with its SHA-256 and the key's fingerprint.
    """

    help = "Writes an audit pack: register, changes, history, signature, and a program that checks them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--output", type=Path, required=True, help="the ZIP file to write; replaced if it exists")
        parser.add_argument(
            "--since",
            default="",
            help="when the period begins: 2026-01-01T00:00, or the day before, whose end is meant: 2025-12-31",
        )
        parser.add_argument("--as-at", default="", help="its end; now where left out")
        parser.add_argument("--organisation", default="", help="whose register, by its full name; all where left out")
        parser.add_argument("--language", default="en", help="the language of the pack")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the pack, and say what was written."""
        as_at = asked.as_at(options["as_at"])
        parameters = Parameters(
            report=PACK,
            format=FORMAT,
            produced_at=moment_of_production(),
            produced_by=asked.person("audit_pack"),
            as_at=as_at,
            since=asked.past_moment(options["since"]) if options["since"] else None,
            organisation=asked.organisation(options["organisation"], load_register(as_at=as_at)),
            language=asked.language(options["language"]),
        )
        output: Path = options["output"]
        try:
            made = whole_file(output, lambda out: take(parameters, out, by=parameters.produced_by, door=Door.COMMAND))
        except ReportError as error:
            raise CommandError(error.message) from error
        what = "record" if made.records == 1 else "records"
        self.stdout.write(f"{output}: {made.records} {what}, {made.size} bytes, change set {made.change_set}.")
        self.stdout.write(f"SHA-256 {made.sha256}")
        self.stdout.write(f"Signed with the key {fingerprint()}")
        self.stdout.write("To check it: unpack it, and run python3 verify.py in its folder.")
