"""From the bytes of a file to a plan a person can review, and from a reviewed plan to a change of the register."""

from dataclasses import dataclass
from typing import Any

from registry import models
from registry.imports.apply import apply_plan
from registry.imports.mapping import Table, understand
from registry.imports.plan import BlankCell, Plan, make_plan
from registry.imports.problems import Problem
from registry.imports.reading import DEFAULT_LIMITS, Limits, Unreadable, Workbook, read_file
from registry.versioning.open_set import OpenChangeSet


@dataclass(frozen=True)
class Choices:
    """What the person says about the file: which sheet and header row (where it can't be told), what a blank means."""

    sheet: str = ""
    header_row: int | None = None
    blank_cell: BlankCell = BlankCell.LEAVE


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
) -> Preview:
    """Read a file and plan its import; never raises for what a file may hold, and writes nothing.

    A file that can't be read, or a table that can't be found, gives a preview without a plan whose problems say why.
    A table of catalogue entries is found but not planned here: see ``entries``.
    """
    chosen = choices or Choices()
    try:
        workbook = read_file(name, data, limits=limits)
    except Unreadable as error:
        problem = Problem("error", error.message, error.sheet, error.row, error.column, accepted=error.remedy.rstrip("."))
        return Preview(name, "", None, None, None, (problem,))
    found = understand(workbook, sheet=chosen.sheet, header_row=chosen.header_row)
    table = found.table
    problems = list(found.problems)
    if table is None:
        return Preview(name, workbook.sha256, workbook, None, None, tuple(problems))
    problems += _cell_notes(table)
    if table.kind != models.ProcessingActivity.__name__ or any(problem.severity == "error" for problem in problems):
        return Preview(name, workbook.sha256, workbook, table, None, tuple(problems))
    plan = make_plan(table, organisation=organisation, blank_cell=chosen.blank_cell)
    plan.problems[:0] = problems
    return Preview(name, workbook.sha256, workbook, table, plan, tuple(plan.problems))


def _cell_notes(table: Table) -> list[Problem]:
    sheet = table.sheet
    return [
        Problem(
            "warning" if note.kind == "formula" else "error",
            f"The cell holds {'a formula' if note.kind.startswith('formula') else 'an error value'}; {note.text}",
            sheet.name,
            note.row,
            note.column,
            table.headings.get(note.column, ""),
            accepted="a value instead",
        )
        for note in sheet.notes
        if note.row >= table.first_data_row and note.column in table.headings
    ]


def apply_preview(found: Preview, *, actor: Any, reason: str = "") -> OpenChangeSet:
    """Carry out a preview's plan in one change set, whose history says which file it was (name and SHA-256).

    Without a reason, the file's name is the reason. Raises ``apply.StaleOrFaulty`` where the plan may not be applied.
    """
    if found.plan is None:
        raise ValueError("There is no plan to apply.")
    details = {"file": found.file_name, "sha256": found.sha256}
    return apply_plan(found.plan, actor=actor, reason=reason or found.file_name, details=details)
