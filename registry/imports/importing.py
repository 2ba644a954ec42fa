"""From the bytes of a file to a plan a person can review, and from a reviewed plan to a change of the register."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from registry import models
from registry.imports.apply import Told, apply_plan
from registry.imports.entries import import_entries
from registry.imports.foreign_entries import translated
from registry.imports.lineage import columns_in_words
from registry.imports.mapping import Mapping as FileMapping
from registry.imports.marked import without_summary
from registry.imports.out_of_sight import out_of_sight
from registry.imports.plan import BlankCell, Decisions, Existing, HiddenRows, Newer, Plan, SameName
from registry.imports.planner import make_plan
from registry.imports.problems import Problem
from registry.imports.reading import (
    DEFAULT_LIMITS,
    ENCODINGS,
    Limits,
    Unreadable,
    Workbook,
    doubt,
    place_in_words,
    read_file,
)
from registry.imports.saved import Text, saved_for, texts_of
from registry.imports.table import Table
from registry.imports.terms import TermDecisions
from registry.imports.understanding import Understanding, understand
from registry.record.messages import Message
from registry.versioning.change_set import Channel
from registry.versioning.open_set import OpenChangeSet
from registry.versioning.writing import change_set


@dataclass(frozen=True)
class Choices:
    """What the person says about a file: sheet and header row (where they can't be told), and what becomes of rows."""

    sheet: str = ""
    header_row: int | None = None
    blank_cell: BlankCell = BlankCell.LEAVE
    encoding: str = ""
    """The encoding of a CSV file, where the one that was found out gives wrong letters."""
    delimiter: str = ""
    """The character between the cells of a CSV file, where another one was found out."""
    mapping: FileMapping | None = None
    """How the file is read, where the person has said so; sheet and header row don't count then."""
    use_saved: bool = True
    """Whether a mapping that was saved for files of this shape is used where the person has said nothing."""
    create_units: bool = False
    """Whether units that the organisation lacks are added; otherwise their names are kept as words."""
    existing: Existing = Existing.UPDATE
    same_name: SameName = SameName.KNOWN
    newer: Newer = Newer.KEEP
    rows: Mapping[str, str] = field(default_factory=dict)
    terms: TermDecisions = field(default_factory=TermDecisions)
    hidden_rows: HiddenRows = HiddenRows.READ

    @property
    def leaves_it_to_saved(self) -> bool:
        """Whether nothing was said of where the table is and what its columns are."""
        return self.mapping is None and self.use_saved and not self.sheet and self.header_row is None

    @property
    def decisions(self) -> Decisions:
        """What was decided about the rows, whatever the file is."""
        return Decisions(
            self.blank_cell,
            self.create_units,
            self.existing,
            self.same_name,
            self.newer,
            self.rows,
            self.terms,
            self.hidden_rows,
        )


@dataclass(frozen=True)
class Preview:
    """What was found in a file: the workbook and table where it could be read, the plan of a table of activities, and
    everything there is to say about it."""

    file_name: str
    sha256: str
    workbook: Workbook | None
    table: Table | None
    plan: Plan | None
    problems: tuple[Problem, ...]
    read_by: str = ""
    """The name of the saved mapping by which it was read."""
    text: Text = ("", "")
    """The encoding and the delimiter that the saved mapping has named."""

    @property
    def is_applicable(self) -> bool:
        """Whether nothing keeps the import from being applied."""
        return self.plan is not None and not any(problem.severity == "error" for problem in self.problems)


def preview(
    name: str,
    data: bytes,
    *,
    organisation: models.Organisation | None,
    choices: Choices | None = None,
    limits: Limits = DEFAULT_LIMITS,
    told: Told | None = None,
) -> Preview:
    """Read a file and plan its import; never raises for what a file may hold, and writes nothing.

    ``told`` hears how many rows are planned, of how many.

    A file that can't be read, or a table that can't be found, gives a preview without a plan whose problems say why.
    A table of catalogue entries is found but not planned here: see ``entries``.
    """
    chosen = choices or Choices()
    try:
        workbook = read_upload(name, data, limits=limits, encoding=chosen.encoding, delimiter=chosen.delimiter)
    except Unreadable as error:
        problem = Problem("error", error.message, error.sheet, error.row, error.column, accepted=error.remedy.bare())
        return Preview(name, "", None, None, None, (problem,))
    text = ("", "")
    if workbook.encoding and chosen.leaves_it_to_saved and not chosen.encoding and not chosen.delimiter:
        workbook, text = _read_as_saved(name, data, workbook, organisation, limits)
    found, read_by = _understood_as_chosen(workbook, chosen, organisation)
    table = found.table
    problems = [*found.problems, *_doubtful_letters(workbook)]
    if table is None:
        return Preview(name, workbook.sha256, workbook, None, None, tuple(problems))
    problems += [*_cell_notes(table), *out_of_sight(workbook, table)]
    if table.kind != models.ProcessingActivity.__name__ or any(problem.severity == "error" for problem in problems):
        return Preview(name, workbook.sha256, workbook, table, None, tuple(problems), read_by, text)
    plan = make_plan(table, organisation=organisation, decisions=chosen.decisions, file_name=name, told=told)
    plan.problems[:0] = problems
    return Preview(name, workbook.sha256, workbook, table, plan, tuple(plan.problems), read_by, text)


def read_upload(
    name: str, data: bytes, *, limits: Limits = DEFAULT_LIMITS, encoding: str = "", delimiter: str = ""
) -> Workbook:
    """Read a file that may have been marked by us before. Raises Unreadable."""
    return without_summary(read_file(name, data, limits=limits, encoding=encoding, delimiter=delimiter))


def _read_as_saved(
    name: str, data: bytes, workbook: Workbook, organisation: models.Organisation | None, limits: Limits
) -> tuple[Workbook, Text]:
    """Return a text file as the file was read that a saved mapping was made for, where it has the shape of that one."""
    if saved_for(workbook, organisation) is not None:
        return workbook, ("", "")
    for encoding, delimiter in texts_of(organisation):
        try:
            other = read_upload(name, data, limits=limits, encoding=encoding, delimiter=delimiter)
        except Unreadable:
            continue
        saved = saved_for(other, organisation)
        if saved is not None and saved.text == (encoding, delimiter):
            return other, saved.text
    return workbook, ("", "")


def _understood_as_chosen(
    workbook: Workbook, chosen: Choices, organisation: models.Organisation | None
) -> tuple[Understanding, str]:
    """Return how a workbook is understood, and the name of the saved mapping by which it was, if it was one."""
    if chosen.leaves_it_to_saved:
        saved = saved_for(workbook, organisation)
        if saved is not None:
            found = understand(workbook, mapping=saved.mapping)
            if found.table is not None:
                return found, saved.name
    return understand(workbook, mapping=chosen.mapping, sheet=chosen.sheet, header_row=chosen.header_row), ""


def _doubtful_letters(workbook: Workbook) -> list[Problem]:
    """Say where a text file's letters look as if it were in another encoding than the one it was read in."""
    rows = workbook.sheets[0].rows[:_LOOKED_AT] if workbook.encoding else []
    likely = doubt("\n".join(" ".join(row) for row in rows), workbook.encoding)
    if not likely:
        return []
    message = Message(
        "Some letters look wrong: the file was read as %(encoding)s.", encoding=ENCODINGS[workbook.encoding]
    )
    accepted = Message(
        "the encoding that it is in, perhaps %(encoding)s, named by you; or the file saved as “CSV UTF-8”",
        encoding=ENCODINGS[likely],
    )
    return [Problem("warning", message, accepted=accepted)]


_LOOKED_AT = 2000
"""How many rows are looked at for wrong letters."""


def _cell_notes(table: Table) -> list[Problem]:
    sheet = table.sheet
    return [
        Problem(
            "warning" if note.kind == "formula" or (note.kind == "error" and not table.own) else "error",
            note.text,
            sheet.name,
            note.row,
            note.column,
            table.headings.get(note.column, ""),
            accepted=Message("a value instead"),
        )
        for note in sheet.notes
        if note.row >= table.first_data_row and note.column in table.headings
    ]


def apply_preview(
    found: Preview,
    *,
    actor: Any,
    reason: str = "",
    writing: Told | None = None,
    sealing: Told | None = None,
) -> OpenChangeSet:
    """Carry out a preview's plan in one change set, whose history says which file it was (name and SHA-256).

    Without a reason, the file's name is the reason. ``writing`` and ``sealing`` are as for ``apply_plan``. Raises
    ``apply.StaleOrFaulty`` where the plan may not be applied.
    """
    if found.plan is None:
        raise ValueError("There is no plan to apply.")
    details = {"file": found.file_name, "sha256": found.sha256, **_mapping_in_words(found)}
    return apply_plan(
        found.plan, actor=actor, reason=reason or found.file_name, details=details, writing=writing, sealing=sealing
    )


def _mapping_in_words(found: Preview) -> dict[str, str]:
    """Return how a file that isn't in our own layout was read, for the history: each heading with what it became."""
    if found.table is None or found.table.own or found.table.mapping is None:
        return {}
    columns = columns_in_words(found.table.mapping)
    return {"mapping": f"{found.read_by}: {columns}" if found.read_by else columns}


@dataclass(frozen=True)
class Outcome:
    """What importing a file did, or would do: how it was understood, how many rows became what, and the remarks."""

    understood: str
    counts: Mapping[str, int]
    problems: tuple[Problem, ...]
    change_set: int | None = None
    preview: Preview | None = None
    """What the file was read as, for marking its problems."""

    @property
    def approving(self) -> int:
        """How many records that aren't approved the file sets to approved."""
        plan = self.preview.plan if self.preview else None
        return sum(row.approves for row in plan.rows) if plan else 0

    @property
    def errors(self) -> int:
        """How many errors there are; with any, nothing was written."""
        return sum(problem.severity == "error" for problem in self.problems)

    def as_json(self) -> dict[str, Any]:
        """Return the outcome for machines: counts, change set, and each remark with its cell."""
        return {
            "understood": self.understood,
            **self.counts,
            "approving": self.approving,
            "change_set": self.change_set,
            "problems": [_as_json(problem) for problem in self.problems],
        }


def bring_in(
    name: str,
    data: bytes,
    *,
    organisation: models.Organisation | None,
    choices: Choices | None = None,
    apply: bool = False,
    actor: Any = None,
    reason: str = "",
) -> Outcome:
    """Plan the import of a file of activities or of catalogue entries, and carry it out where ``apply`` is true.

    Nothing is written where anything is an error; the outcome says what. Raises ``apply.StaleOrFaulty`` where the
    register moved on in between.
    """
    found = preview(name, data, organisation=organisation, choices=choices)
    if found.table is not None and found.table.kind != models.ProcessingActivity.__name__:
        return _bring_in_entries(found, actor=actor, apply=apply, reason=reason)
    counts = found.plan.counts if found.plan else {}
    change_set = None
    if apply and found.is_applicable:
        with transaction.atomic():
            change_set = apply_preview(found, actor=actor, reason=reason).sequence
            _note_import(found, organisation, change_set, actor)
    return Outcome(_understood(found), counts, found.problems, change_set, found)


def _note_import(found: Preview, organisation: models.Organisation | None, change_set: int | None, actor: Any) -> None:
    """Note an import that no screen has seen among the others: there it can be looked at, and undone."""
    if organisation is None or change_set is None or found.plan is None:
        return
    severities = Counter(problem.severity for problem in found.problems)
    models.Import.objects.create(
        organisation=organisation,
        file_name=found.file_name[:255],
        sha256=found.sha256,
        counts={**found.plan.counts, **{severity: severities[severity] for severity in ("error", "warning", "note")}},
        state=models.ImportState.APPLIED,
        uploaded_by=actor,
        uploaded_by_name=str(actor or "import_register"),
        change_set_id=change_set,
    )


def _bring_in_entries(found: Preview, *, actor: Any, apply: bool, reason: str) -> Outcome:
    assert found.table is not None  # noqa: S101 the caller has checked
    sheet, remarks = (found.table.sheet, ()) if found.table.own else translated(found.table)
    faulty = any(problem.severity == "error" for problem in found.problems)
    with change_set(
        actor=actor,
        channel=Channel.IMPORT,
        reason=reason or found.file_name,
        details={"file": found.file_name, "sha256": found.sha256},
    ) as opened:
        result = import_entries(
            getattr(models, found.table.kind),
            sheet.rows,
            file_name=found.file_name,
            sha256=found.sha256,
            actor=actor,
            apply=apply and not faulty,
        )
    counts = {"created": result.created, "changed": result.changed, "unchanged": result.unchanged}
    return Outcome(_understood(found), counts, (*found.problems, *remarks, *result.problems), opened.sequence)


def _as_json(problem: Problem) -> dict[str, Any]:
    return {**asdict(problem), "message": problem.said, "accepted": problem.said_accepted}


def _understood(found: Preview) -> str:
    """Return in one sentence how the file was understood."""
    if found.table is None:
        return gettext("%(file)s: no table was found.") % {"file": found.file_name}
    table = found.table
    what = getattr(models, table.kind)._meta.verbose_name_plural
    layout = gettext("our own layout") if table.own else gettext("a layout of its own")
    headings = gettext("headings in row %(row)s") % {"row": table.header_row}
    parts = (
        place_in_words(table.sheet.name, None, None),
        headings if table.header_row else gettext("a label beside each text"),
        gettext("%(what)s in %(layout)s") % {"what": what, "layout": layout},
    )
    return f"{found.file_name}: {', '.join(filter(None, parts))}."
