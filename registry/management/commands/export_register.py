"""Writes the register, or one record of it, to a file: as PDF or as CSV, now or as at a past moment."""

import getpass
import hashlib
import os
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, time
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from registry import models
from registry.record.loader import Register, load_register
from registry.reports.as_csv import write_csv
from registry.reports.document import Document
from registry.reports.pdf import write_pdf
from registry.reports.provenance import Provenance, say_moment
from registry.reports.record import record_report
from registry.reports.register import register_report

STDOUT = "-"


class Command(BaseCommand):
    """``export_register --report register --format pdf --output FILE [--organisation NAME] [--as-at MOMENT]``.

    The file is there wholly or not at all. What was written is told, with its SHA-256.
    """

    help = "Writes the register, or one record, as PDF or CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--report", choices=("register", "record"), default="register", help="what to write")
        parser.add_argument("--format", choices=("pdf", "csv"), required=True, help="in which format")
        parser.add_argument("--output", required=True, help="the file to write; - for the standard output")
        parser.add_argument("--organisation", default="", help="whose register, by its full name; all where left out")
        parser.add_argument("--reference", default="", help="the record to write, with --report record")
        parser.add_argument(
            "--as-at", default="", help="a past moment: 2026-03-31T12:00, or a date for the end of that day"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the register, write the report, and say what was written."""
        if (options["report"] == "record") != bool(options["reference"]):
            raise CommandError("--report record and --reference belong together: give both, or neither.")
        register = self._register(options["organisation"], options["as_at"])
        if options["reference"]:
            register = _one_record(register, options["reference"])
        if options["output"] == STDOUT:
            target = _Counted(sys.stdout.buffer)
            told = self._write(register, options, target)
            sys.stdout.buffer.flush()
            self.stderr.write(_summary(register, told, target, "the standard output"))
            return
        path = Path(options["output"])
        target, told = _whole_file(path, lambda counted: self._write(register, options, counted))
        self.stdout.write(_summary(register, told, target, str(path)))

    def _register(self, name: str, as_at: str) -> Register:
        moment = _moment(as_at) if as_at else None
        organisation = self._organisation(name) if name else None
        try:
            return load_register(as_at=moment, organisation=organisation.pk if organisation else None)
        except LookupError as error:
            raise CommandError(
                f"“{name}” was not in the register at that moment. Choose a later one, or leave --as-at out."
            ) from error

    def _organisation(self, name: str) -> models.Organisation:
        found = models.Organisation.objects.filter(name__iexact=name).first()
        if found is None:
            own = models.Organisation.objects.filter(is_own=True).order_by("name").values_list("name", flat=True)
            known = ", ".join(f"“{known}”" for known in own) or "none yet"
            raise CommandError(
                f"There is no organisation “{name}”. Known: {known}. Correct the name, or leave it out for all."
            )
        return found

    def _write(self, register: Register, options: dict[str, Any], target: "_Counted") -> str:
        if options["format"] == "csv":
            write_csv(register, target)  # type: ignore[arg-type]  # it needs only write
            return ""
        result = write_pdf(_document(register, options["report"]), target)  # type: ignore[arg-type]
        missing = f", {len(result.missing_glyphs)} characters without a glyph" if result.missing_glyphs else ""
        return f", {result.pages} {'page' if result.pages == 1 else 'pages'}{missing}"


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


def _document(register: Register, report: str) -> Document:
    provenance = Provenance(f"{getpass.getuser()} (export_register)", timezone.now())
    if report == "record":
        return record_report(register, next(register.activities()), provenance)
    return register_report(register, provenance)


def _one_record(register: Register, reference: str) -> Register:
    found = [record for record in register.activities() if record.reference == reference]
    if not found:
        raise CommandError(
            f"There is no record with the reference “{reference}”. The list of activities names them all."
        )
    if len(found) > 1:
        names = ", ".join(f"“{record.organisation.name}”" for record in found)
        raise CommandError(f"Several organisations have a record “{reference}”: {names}. Name one with --organisation.")
    return register.only([found[0].pk])


def _moment(text: str) -> datetime | None:
    """Return the moment that the text names; None for today, which isn't over: the register as it is now."""
    try:
        day = parse_date(text)
        found = datetime.combine(day, time.max) if day else parse_datetime(text)
    except ValueError:
        day = found = None
    if found is None:
        raise CommandError(
            f"“{text}” is no moment. Write a date such as 2026-03-31, or a moment such as 2026-03-31T12:00."
        )
    if day == timezone.localdate():
        return None
    moment = found if timezone.is_aware(found) else timezone.make_aware(found)
    if moment > timezone.now():
        raise CommandError(f"“{text}” lies in the future. Choose a moment that has passed.")
    return moment


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


def _summary(register: Register, told: str, target: _Counted, where: str) -> str:
    records = f"{len(register)} {'record' if len(register) == 1 else 'records'}"
    return (
        f"Wrote {records}{told}, {target.size} bytes to {where}, "
        f"as at {say_moment(register.as_at)} (change set {register.change_set}).\nSHA-256 {target.digest.hexdigest()}"
    )
