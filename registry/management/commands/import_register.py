"""Imports a spreadsheet of activities or of catalogue entries, or says what importing it would do."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet
from django.utils.translation import gettext, ngettext, pgettext_lazy

from registry import models
from registry.imports.apply import StaleOrFaulty
from registry.imports.importing import Choices, Outcome, bring_in, read_upload
from registry.imports.mapping import Mapping
from registry.imports.marked import marked_workbook
from registry.imports.plan import BlankCell, Existing, HiddenRows, Newer, SameName
from registry.imports.problems import grouped
from registry.imports.reading import DELIMITERS, ENCODINGS, Unreadable
from registry.imports.saved import Text, as_applied, text_of
from registry.imports.terms import CREATE, WORDS, TermDecisions

SHOWN = 60
"""How many problems are told one by one."""


COUNTED = {
    "created": pgettext_lazy("rows of a file", "created"),
    "changed": pgettext_lazy("rows of a file", "changed"),
    "unchanged": pgettext_lazy("rows of a file", "unchanged"),
    "skipped": pgettext_lazy("rows of a file", "skipped"),
    "refused": pgettext_lazy("rows of a file", "refused"),
}
"""What became of rows, in words."""


class Command(BaseCommand):
    """``import_register FILE --organisation NAME [--apply]``. Without ``--apply`` nothing is changed.

    The exit code is 0 only where nothing in the file is an error. An applied import stands among the others on screen.
    """

    help = (
        "Says what importing a spreadsheet (CSV, XLSX, XLS, ODS) would do; with --apply, does it, wholly or not at all."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("file", type=Path, help="the spreadsheet")
        parser.add_argument("--organisation", default="", help="whose register it belongs to, by its full name")
        parser.add_argument("--sheet", default="", help="the sheet to read, where several hold a table")
        parser.add_argument("--header-row", type=int, help="the row of the headings, where it can't be told")
        parser.add_argument(
            "--encoding", default="", help=f"of a CSV file, where it can't be told: {', '.join(ENCODINGS)}"
        )
        parser.add_argument(
            "--delimiter",
            default="",
            choices=list(DELIMITERS.values()),
            help="what separates the cells of a CSV file, where it can't be told",
        )
        parser.add_argument(
            "--blank",
            choices=[choice.value for choice in BlankCell],
            default=BlankCell.LEAVE.value,
            help="what an empty cell means for a record that exists: leave its field as it is, or clear it",
        )
        parser.add_argument(
            "--create-units", action="store_true", help="add units that the organisation doesn't have yet"
        )
        parser.add_argument(
            "--mapping",
            default="",
            help="how the file is read: the name of a saved mapping, or a file with one as JSON",
        )
        parser.add_argument(
            "--existing",
            choices=[choice.value for choice in Existing],
            default=Existing.UPDATE.value,
            help="what a row does whose record exists: change it, or nothing",
        )
        parser.add_argument(
            "--same-name",
            choices=[choice.value for choice in SameName],
            default=SameName.KNOWN.value,
            help="what a row without a reference is whose name one record has: that record if such a file has made it "
            "(known), that record (match), or another one (add)",
        )
        parser.add_argument(
            "--newer",
            choices=[choice.value for choice in Newer],
            default=Newer.KEEP.value,
            help="what the register has changed since the file was exported: keep it, or replace it by the file's",
        )
        parser.add_argument(
            "--hidden-rows",
            choices=[choice.value for choice in HiddenRows],
            default=HiddenRows.READ.value,
            help="what becomes of rows that are hidden in the file: read them like any other, or skip them",
        )
        parser.add_argument(
            "--create-entries",
            action="store_true",
            help="add unknown words to their catalogues, but for those that resemble an entry and for long texts",
        )
        parser.add_argument(
            "--report", type=Path, help="write the workbook with its problems marked in the cells to this file (XLSX)"
        )
        parser.add_argument("--apply", action="store_true", help="carry it out")
        parser.add_argument("--reason", default="", help="why, for the history; the file's name where it is left out")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan the import, print what it would do, and carry it out where that is asked for."""
        path: Path = options["file"]
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} can't be read: {error.strerror}. Check the name and your rights.") from error
        delimiter = next((key for key, name in DELIMITERS.items() if name == options["delimiter"]), "")
        text = self._text(options["mapping"], options["encoding"], delimiter)
        choices = Choices(
            sheet=options["sheet"],
            header_row=options["header_row"],
            encoding=text[0],
            delimiter=text[1],
            blank_cell=BlankCell(options["blank"]),
            create_units=options["create_units"],
            existing=Existing(options["existing"]),
            same_name=SameName(options["same_name"]),
            newer=Newer(options["newer"]),
            hidden_rows=HiddenRows(options["hidden_rows"]),
            terms=TermDecisions(others=CREATE if options["create_entries"] else WORDS),
            mapping=self._mapping(options["mapping"], path.name, data, text),
        )
        organisation = self._organisation(options["organisation"])
        try:
            outcome = bring_in(
                path.name,
                data,
                organisation=organisation,
                choices=choices,
                apply=options["apply"],
                reason=options["reason"],
            )
        except StaleOrFaulty as error:
            raise CommandError(str(error)) from error
        if options["report"]:
            self._report(options["report"], outcome, data)
        if options["json"]:
            self.stdout.write(json.dumps(outcome.as_json(), ensure_ascii=False, indent=2))
        else:
            self._tell(outcome, applied=options["apply"])
        if outcome.errors:
            raise CommandError(
                ngettext(
                    "%(count)d error; nothing was written. Correct the cell named above and import the file again.",
                    "%(count)d errors; nothing was written. Correct the cells named above and import the file again.",
                    outcome.errors,
                )
                % {"count": outcome.errors}
            )

    def _organisation(self, name: str) -> models.Organisation | None:
        own: QuerySet[models.Organisation] = models.Organisation.objects.filter(is_own=True)
        if name:
            found = models.Organisation.objects.filter(name__iexact=name).first()
            if found is None:
                known = ", ".join(f"“{known}”" for known in own.values_list("name", flat=True)) or "none yet"
                raise CommandError(
                    f"There is no organisation “{name}”. Known: {known}. Add it first, or correct the name."
                )
            return found
        return own.get() if own.count() == 1 else None

    def _text(self, mapping: str, encoding: str, delimiter: str) -> Text:
        """Return how a text file is read: as was said, or else as the saved mapping of that name says."""
        saved = models.SavedMapping.objects.filter(name=mapping).first() if mapping else None
        known = text_of(saved) if saved else ("", "")
        return encoding or known[0], delimiter or known[1]

    def _mapping(self, name: str, file_name: str, data: bytes, text: Text) -> Mapping | None:
        """Return the mapping of that name, or in the file of that name, as it applies to the data."""
        if not name:
            return None
        saved = models.SavedMapping.objects.filter(name=name).first()
        if saved is not None:
            try:
                found = as_applied(saved, read_upload(file_name, data, encoding=text[0], delimiter=text[1]))
            except Unreadable:
                return None  # the import says what is wrong with the file
            if found is None:
                raise CommandError(f"The file hasn't got the shape of the saved mapping “{name}”.")
            return found.mapping
        path = Path(name)
        known = ", ".join(f"“{one}”" for one in models.SavedMapping.objects.values_list("name", flat=True)) or "none"
        if not path.is_file():
            raise CommandError(f"There is no saved mapping and no file “{name}”. Saved mappings: {known}.")
        try:
            return Mapping.from_json(json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, OSError) as error:
            raise CommandError(f"{path} holds no mapping: {error}") from error

    def _report(self, path: Path, outcome: Outcome, data: bytes) -> None:
        workbook = outcome.preview.workbook if outcome.preview else None
        if workbook is None:
            self.stderr.write(gettext("The file can't be read, so that nothing can be marked in it."))
            return
        try:
            path.write_bytes(marked_workbook(workbook, data, outcome.problems))
        except OSError as error:
            raise CommandError(f"{path} can't be written: {error.strerror}.") from error
        self.stderr.write(gettext("The workbook with its problems marked: %(path)s") % {"path": path})

    def _tell(self, outcome: Outcome, *, applied: bool) -> None:
        self.stdout.write(outcome.understood)
        groups = grouped(outcome.problems)
        for group in groups[:SHOWN]:
            rows = ngettext("in %(count)d row", "in %(count)d rows", group.count) % {"count": group.count}
            more = f" [{rows}]" if group.count > 1 else ""
            write = self.stderr.write if group.first.severity == "error" else self.stdout.write
            write(f"{group.first}{more}")
        if len(groups) > SHOWN:
            more_kinds = len(groups) - SHOWN
            said = ngettext(
                "… and %(count)d more kind of remark; --json prints them all.",
                "… and %(count)d more kinds of remark; --json prints them all.",
                more_kinds,
            )
            self.stdout.write(said % {"count": more_kinds})
        counts = ", ".join(f"{count} {COUNTED[name]}" for name, count in outcome.counts.items())
        self.stdout.write(gettext("Rows: %(counts)s.") % {"counts": counts})
        if outcome.approving:
            said = ngettext(
                "The file sets %(count)d record to approved: look at its critical and serious gaps.",
                "The file sets %(count)d records to approved: look at their critical and serious gaps.",
                outcome.approving,
            )
            self.stdout.write(said % {"count": outcome.approving})
        if outcome.change_set:
            self.stdout.write(gettext("Applied as change set #%(number)s.") % {"number": outcome.change_set})
        elif applied and not outcome.errors:
            self.stdout.write(gettext("Nothing had to be changed."))
        elif not applied:
            self.stdout.write(gettext("Nothing was changed. Repeat with --apply to carry it out."))
