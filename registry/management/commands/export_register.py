"""Writes a report to a file: any of the catalogue, in any of its formats, now or as at a past moment."""

import shutil
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from registry.management import options as asked
from registry.management.files import whole_file
from registry.record.loader import Register, load_register
from registry.reports.catalogue import REPORTS, Report
from registry.reports.choosing import FILTERS, SEARCH, choose
from registry.reports.errors import ReportError
from registry.reports.formats import FORMATS
from registry.reports.parameters import Parameters, moment_of_production
from registry.reports.produce import Produced
from registry.reports.provenance import say_moment
from registry.reports.subjects import ACTIVITY, Subject, find_subject
from registry.reports.taking import take
from registry.versioning.export_log import Door

STDOUT = "-"


class Command(BaseCommand):
    """``export_register --report NAME --format FORMAT --output FILE [--organisation NAME] [--as-at MOMENT] …``.

    The file is there wholly or not at all. What was written is told, with its SHA-256.
    """

    help = "Writes a report of the register to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--report", choices=REPORTS, default="register", help="what to write")
        parser.add_argument("--format", choices=FORMATS, required=True, help="in which format")
        parser.add_argument("--output", required=True, help="the file to write; - for the standard output")
        parser.add_argument("--organisation", default="", help="whose register, by its full name; all where left out")
        parser.add_argument("--reference", default="", help="the activity, with --report record and --report notice")
        parser.add_argument(
            "--subject",
            default="",
            help="what --report where-used is about: recipient:NAME, system:NAME, country:US, …; "
            "with --report audit: audit:NAME",
        )
        parser.add_argument(
            "--filter",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help=f"only these records: {', '.join((*FILTERS, SEARCH))}; may be given several times",
        )
        parser.add_argument("--language", default="en", help="the language of headings and fixed words: en, fr or de")
        parser.add_argument(
            "--as-at", default="", help="a past moment: 2026-03-31T12:00, or a date for the end of that day"
        )
        parser.add_argument(
            "--since",
            default="",
            help="the earlier moment, with --report changes; in the same form: 2025-12-31 shows what changed from 1 "
            "January on",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the report, and say what was written."""
        try:
            parameters = _parameters(options)
            if options["output"] == STDOUT:
                made = _to_stdout(parameters)
                self.stderr.write(_summary(made, parameters, "the standard output"))
                return
            path = Path(options["output"])
            made = whole_file(path, lambda out: _take(parameters, out))
        except ReportError as error:
            raise CommandError(f"--{error.parameter.replace('_', '-')}: {error.message}") from error
        self.stdout.write(_summary(made, parameters, str(path)))


def _take(parameters: Parameters, out: BinaryIO) -> Produced:
    return take(parameters, out, by=parameters.produced_by, door=Door.COMMAND)


def _to_stdout(parameters: Parameters) -> Produced:
    """Write the report to a temporary file first: nothing leaves before it is logged."""
    with tempfile.TemporaryFile() as out:
        made = _take(parameters, cast("BinaryIO", out))
        out.seek(0)
        shutil.copyfileobj(out, sys.stdout.buffer)
    sys.stdout.buffer.flush()
    return made


def _parameters(options: dict[str, Any]) -> Parameters:
    report = REPORTS[options["report"]]
    _check(report, options)
    moment = asked.as_at(options["as_at"])
    whole = load_register(as_at=moment)
    organisation = asked.organisation(options["organisation"], whole)
    register = whole if organisation is None else whole.of_organisation(organisation)
    subject = _subject(options["reference"], register)
    if options["subject"]:
        subject = str(find_subject(options["subject"], whole, about=report.about))
    with translation.override(options["language"]):
        activities, filters = choose(register, options["filter"]) if options["filter"] else (None, ())
    return Parameters(
        report=report.name,
        format=options["format"],
        produced_at=moment_of_production(),
        produced_by=asked.person("export_register"),
        as_at=moment,
        since=asked.past_moment(options["since"]) if options["since"] else None,
        organisation=organisation,
        activities=activities,
        filters=filters,
        subject=subject,
        language=options["language"],
    )


def _check(report: Report, options: dict[str, Any]) -> None:
    """Refuse options that are missing, or mean nothing to the report."""
    if options["format"] not in report.formats:
        raise CommandError(f"--report {report.name} comes as {', '.join(report.formats)}, not as {options['format']}.")
    asked.language(options["language"])
    about = "reference" if report.is_about_activity else "subject"
    wanted = {about: "subject" in report.needs, "since": "since" in report.needs}
    possible = {"filter": "activities" in report.takes, **wanted}
    for option, needed in wanted.items():
        if needed and not options[option]:
            raise CommandError(f"--report {report.name} needs --{option}: give it.")
    for option in ("reference", "subject", "since", "filter"):
        if options[option] and not possible.get(option):
            raise CommandError(f"--{option} means nothing to --report {report.name}: leave it out.")


def _summary(made: Produced, parameters: Parameters, where: str) -> str:
    """Return what was written, where, as at when, and its SHA-256."""
    what = "record" if made.records == 1 else "records"
    pages = f", {made.pages} {'page' if made.pages == 1 else 'pages'}" if made.pages else ""
    missing = f", {len(made.missing_glyphs)} characters without a glyph" if made.missing_glyphs else ""
    since = f"since {say_moment(parameters.since)}, " if parameters.since else ""
    return (
        f"Wrote {parameters.report}: {made.records} {what}{pages}{missing}, {made.size} bytes to {where}, {since}"
        f"as at {say_moment(made.as_at)} (change set {made.change_set}).\nSHA-256 {made.sha256}"
    )


def _subject(reference: str, register: Register) -> str:
    if not reference:
        return ""
    found = [record for record in register.activities() if record.reference == reference]
    if not found:
        raise CommandError(
            f"There is no record with the reference “{reference}”. The list of activities names them all; "
            "those that were deleted since are found with --as-at."
        )
    if len(found) > 1:
        names = ", ".join(f"“{record.organisation.name}”" for record in found)
        raise CommandError(f"Several organisations have a record “{reference}”: {names}. Name one with --organisation.")
    return str(Subject(ACTIVITY, str(found[0].pk)))
