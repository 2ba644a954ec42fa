"""Writes the register, one record, or what changed, to a file: as PDF or as CSV, now or as at a past moment."""

import getpass
import hashlib
import os
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registry import models
from registry.comparison.authors import authors
from registry.comparison.registers import activity_changes
from registry.record.loader import Register, load_register
from registry.record.moments import MomentError, read_moment
from registry.reports.as_csv import write_csv
from registry.reports.changes import Changes, changes_csv, changes_report
from registry.reports.document import Document
from registry.reports.pdf import write_pdf
from registry.reports.provenance import Provenance, say_moment
from registry.reports.record import record_report
from registry.reports.register import register_report

STDOUT = "-"
REPORTS = ("register", "record", "changes")


class Command(BaseCommand):
    """``export_register --report register --format pdf --output FILE [--organisation NAME] [--as-at MOMENT]``.

    ``--report record --reference REFERENCE`` writes one record, ``--report changes --since MOMENT`` what has changed
    since. The file is there wholly or not at all. What was written is told, with its SHA-256.
    """

    help = "Writes the register, one record, or the changes since a moment, as PDF or CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--report", choices=REPORTS, default="register", help="what to write")
        parser.add_argument("--format", choices=("pdf", "csv"), required=True, help="in which format")
        parser.add_argument("--output", required=True, help="the file to write; - for the standard output")
        parser.add_argument("--organisation", default="", help="whose register, by its full name; all where left out")
        parser.add_argument("--reference", default="", help="the record to write, with --report record")
        parser.add_argument(
            "--as-at", default="", help="a past moment: 2026-03-31T12:00, or a date for the end of that day"
        )
        parser.add_argument("--since", default="", help="the earlier moment, with --report changes; in the same form")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the register, write the report, and say what was written."""
        if (options["report"] == "record") != bool(options["reference"]):
            raise CommandError("--report record and --reference belong together: give both, or neither.")
        if (options["report"] == "changes") != bool(options["since"]):
            raise CommandError("--report changes and --since belong together: give both, or neither.")
        register = _load(options["organisation"], _moment(options["as_at"]))
        if options["reference"]:
            register = _one_record(register, options["reference"])
        changes = _changes(_moment(options["since"]), register) if options["since"] else None
        content = Content(register, options["report"], options["format"], changes)
        if options["output"] == STDOUT:
            target = _Counted(sys.stdout.buffer)
            told = content.write(target)
            sys.stdout.buffer.flush()
            self.stderr.write(content.summary(told, target, "the standard output"))
            return
        path = Path(options["output"])
        target, told = _whole_file(path, content.write)
        self.stdout.write(content.summary(told, target, str(path)))


@dataclass(frozen=True)
class Content:
    """What is written: a report of a register in a format; ``changes`` for the report of what changed."""

    register: Register
    report: str
    format: str
    changes: Changes | None

    def write(self, target: "_Counted") -> str:
        """Write it; return what is to be told of the pages of a PDF."""
        out: Any = target  # the writers need nothing but write
        if self.format == "csv" and self.changes is not None:
            for chunk in changes_csv(self.changes):
                out.write(chunk)
            return ""
        if self.format == "csv":
            write_csv(self.register, out)
            return ""
        result = write_pdf(self._document(), out)
        missing = f", {len(result.missing_glyphs)} characters without a glyph" if result.missing_glyphs else ""
        return f", {result.pages} {'page' if result.pages == 1 else 'pages'}{missing}"

    def _document(self) -> Document:
        provenance = Provenance(f"{getpass.getuser()} (export_register)", timezone.now())
        if self.changes is not None:
            return changes_report(self.changes, provenance)
        if self.report == "record":
            return record_report(self.register, next(self.register.activities()), provenance)
        return register_report(self.register, provenance)

    def summary(self, told: str, target: "_Counted", where: str) -> str:
        """Return what was written, where, as at when, and its SHA-256."""
        as_at = f"as at {say_moment(self.register.as_at)} (change set {self.register.change_set})"
        number, what = len(self.register), "record"
        if self.changes is not None:
            old = self.changes.old
            number, what = len(self.changes.changes), "changed record"
            as_at = f"from {say_moment(old.as_at)} (change set {old.change_set}) to {as_at.removeprefix('as at ')}"
        counted = f"{number} {what}{'' if number == 1 else 's'}"
        return f"Wrote {counted}{told}, {target.size} bytes to {where}, {as_at}.\nSHA-256 {target.digest.hexdigest()}"


def _load(name: str, moment: datetime | None) -> Register:
    """Load the register of the organisation that bore this name then, or bears it now; of all where none is named."""
    whole = load_register(as_at=moment)
    if not name:
        return whole
    now = models.Organisation.objects.filter(name__iexact=name).values_list("pk", flat=True).first()
    then = (pk for pk, one in whole.organisations.items() if one.name.casefold() == name.casefold())
    pk = next(then, now)
    if pk is None:
        own = models.Organisation.objects.filter(is_own=True).order_by("name").values_list("name", flat=True)
        known = ", ".join(f"“{known}”" for known in own) or "none yet"
        raise CommandError(
            f"There is no organisation “{name}”. Known: {known}. Correct the name, or leave it out for all."
        )
    if pk not in whole.organisations:
        raise CommandError(
            f"“{name}” was not in the register at that moment. Choose a later one, or leave --as-at out."
        )
    return whole.of_organisation(pk)


def _changes(since: datetime | None, new: Register) -> Changes:
    """Compare the register with what it was at the earlier moment; an organisation that wasn't there had no records."""
    if since is None or since > new.as_at:
        raise CommandError("--since has to lie before --as-at, and before today where that is left out.")
    old = load_register(as_at=since)
    if new.organisation is not None:
        old = old.of_organisation(new.organisation.pk)
    found = list(activity_changes(old, new))
    return Changes(old, new, found, authors(found, old.change_set, new.change_set))


class _Counted:
    """A file that knows how many bytes went through it, and their SHA-256."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.size = 0
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        """Write the bytes, and count them."""
        self.size += len(data)
        self.digest.update(data)
        return self._out.write(data)


def _one_record(register: Register, reference: str) -> Register:
    found = [record for record in register.activities() if record.reference == reference]
    if not found:
        raise CommandError(
            f"There is no record with the reference “{reference}”. The list of activities names them all; "
            "those that were deleted since are found with --as-at."
        )
    if len(found) > 1:
        names = ", ".join(f"“{record.organisation.name}”" for record in found)
        raise CommandError(f"Several organisations have a record “{reference}”: {names}. Name one with --organisation.")
    return register.only([found[0].pk])


def _moment(text: str) -> datetime | None:
    """Return the moment that the text names; None for none, and for today: the register as it is now."""
    if not text or text == timezone.localdate().isoformat():
        return None
    try:
        return read_moment(text)
    except MomentError as error:
        raise CommandError(str(error)) from error


def _whole_file(path: Path, write: Callable[[_Counted], str]) -> tuple[_Counted, str]:
    """Write to a temporary file beside ``path`` and put it in its place when it is complete."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise CommandError(f"{path.parent} can't be written to: {error.strerror}. Choose another --output.") from error
    try:
        with os.fdopen(handle, "wb") as out:
            target = _Counted(out)
            told = write(target)
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException as error:
        with suppress(FileNotFoundError):
            os.unlink(name)
        if isinstance(error, OSError):
            raise CommandError(f"{path} can't be written: {error.strerror}. Nothing was left behind.") from error
        raise
    return target, told


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
