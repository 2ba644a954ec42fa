"""Commands of libraries that must not run here: each says why, and what to use instead."""

from argparse import ArgumentParser
from typing import Any, ClassVar, NoReturn

from django.core.management.base import BaseCommand, CommandError


class SwitchedOff(BaseCommand):
    """A command under the name of a library's own, which takes any arguments, does nothing and fails."""

    WHY: ClassVar[str]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whatever the library's command would take."""
        parser.add_argument("arguments", nargs="*")

    def run_from_argv(self, argv: list[str]) -> None:
        """Refuse before options are read, which are the library's and unknown here."""
        super().run_from_argv(argv[:2])

    def handle(self, *args: Any, **options: Any) -> NoReturn:
        """Refuse."""
        raise CommandError(self.WHY)
