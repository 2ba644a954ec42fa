"""Says whether this register produced a file, when, for whom and from which state."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from registry.reports.provenance import say_moment
from registry.reports.verified import FileVerdict, Finding, verify_file


class Command(BaseCommand):
    """``verify_file FILE``. The exit code is 1 where it is not a file of this register, or was altered."""

    help = "Says whether this register produced a file (a report, an audit pack or a file of one, a history)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("file", type=Path, help="the file to look for in the export log")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, tell, and fail where it is not ours."""
        try:
            verdict = verify_file(options["file"])
        except OSError as error:
            raise CommandError(f"{options['file']} can't be read: {error.strerror}.") from error
        for line in _lines(verdict):
            self.stdout.write(line)
        if not verdict.holds:
            raise CommandError(_refusal(verdict))


def _lines(verdict: FileVerdict) -> list[str]:
    lines = [f"{verdict.file_name}: {verdict.size} bytes, SHA-256 {verdict.sha256}"]
    for taken in verdict.taken:
        header = taken.export.change_set
        inside = f"{taken.inside} of the pack " if taken.inside else ""
        lines.append(
            f"Produced here: {inside}{taken.export.file_name}, taken by {header.actor_name} at "
            f"{say_moment(header.made_at)}, showing the register after change set {taken.export.register_number}; "
            f"sealed by change set {header.sequence}."
        )
        lines += [taken.fault] if taken.fault else []
    for one in verdict.alike:
        header = one.change_set
        when = say_moment(header.made_at)
        lines.append(f"A file of this name with another content was taken by {header.actor_name} at {when}.")
    return lines + [f"- {fault}" for fault in verdict.faults]


def _refusal(verdict: FileVerdict) -> str:
    if verdict.finding is Finding.ALTERED:
        number = verdict.named[0].sequence
        return (
            f"It names change set {number} of this register, but no file with this content was ever produced here: "
            "it was altered, or made by somebody else. Don't rely on it; ask whoever gave it to you for the original."
        )
    if verdict.finding is Finding.UNKNOWN:
        return (
            "No file with this content was ever produced here, and it bears no seal of this register's history: it "
            "comes from elsewhere, or it was altered. Don't rely on it; ask whoever gave it to you for the original."
        )
    return "The log's own entry does not hold. Run verify_history."
