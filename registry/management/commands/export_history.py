"""Exports the whole history as a plain file, for an auditor to check without this system."""

import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError

from registry.management import options as asked
from registry.management.files import whole_file
from registry.reports.history import write_history
from registry.reports.taking import log
from registry.versioning.errors import UnreadableVersion
from registry.versioning.export_log import Door
from registry.versioning.history_file import SCRIPT


class Command(BaseCommand):
    """``export_history --output FILE [--with-script]``. The file appears only once it is whole."""

    help = (
        "Writes every change set and version to a documented plain file; --with-script adds the script that checks it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--output", type=Path, required=True, help="the file to write; replaced if it exists")
        parser.add_argument("--with-script", action="store_true", help=f"put {SCRIPT.name} beside it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file, then say what it holds and how to check it."""
        output: Path = options["output"]
        try:
            end = self._write(output)
            if options["with_script"]:
                shutil.copyfile(SCRIPT, output.with_name(SCRIPT.name))
        except UnreadableVersion as error:
            raise CommandError(f"{error} Nothing was exported.") from error
        except OSError as error:
            raise CommandError(f"{output} can't be written: {error.strerror}. Choose another place.") from error
        self.stdout.write(f"{output}: {end['change_sets']} change sets, {end['versions']} versions.")
        self.stdout.write(f"Chain head {end['head'] or 'none; the history is empty'}")
        self.stdout.write(f"To check it without this system: python3 {SCRIPT.name} {output.name}")

    def _write(self, output: Path) -> dict[str, Any]:
        """Write the file and return its last line: half of it would look like a history that was cut.

        The export is logged before the file is in its place, and is therefore not part of the history that it holds.
        """

        def write(file: BinaryIO) -> dict[str, Any]:
            end, facts = write_history(file)
            log(facts, by=asked.person("export_history"), door=Door.COMMAND, file_name=output.name)
            return end

        return whole_file(output, write)
