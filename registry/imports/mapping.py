"""Which sheet holds the table, where it starts, and what its columns are."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from registry import models
from registry.imports.layouts.headings import SYNONYMS
from registry.imports.layouts.table import HeaderFinding, find_header
from registry.imports.problems import Problem
from registry.imports.reading import Sheet, Workbook
from registry.record.activity import ActivityRecord
from registry.record.classes import ROOTS
from registry.record.definition import facts

EXPLANATIONS = "Explanations"
"""The sheet of our template that explains its columns; it is never read."""

_OWN_SHARE = 0.6
"""The share of a first row's headings that must be our own for a table to be in our layout."""


@dataclass(frozen=True)
class Table:
    """A table that was understood.

    ``kind`` is the name of the model whose rows it holds; ``own`` says whether it is in our own layout. Rows and
    columns count from 1. ``columns`` maps a column to a fact (or to what a foreign heading says),
    ``unknown`` to its heading.
    """

    sheet: Sheet
    kind: str
    own: bool
    header_row: int
    first_data_row: int
    columns: Mapping[int, str]
    headings: Mapping[int, str]
    unknown: Mapping[int, str] = field(default_factory=dict)
    skipped: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Understanding:
    """What was made of a workbook: a table, or None and the problems that say why."""

    table: Table | None
    problems: tuple[Problem, ...]


def understand(workbook: Workbook, *, sheet: str = "", header_row: int | None = None) -> Understanding:
    """Find the table of activities or entries in a workbook. ``sheet`` and ``header_row`` are believed."""
    chosen = [some for some in workbook.sheets if some.name == sheet] if sheet else _worth_reading(workbook)
    if not chosen:
        names = ", ".join(f"“{some.name}”" for some in workbook.sheets)
        message = f"There is no sheet “{sheet}” in the file." if sheet else "The file holds no rows."
        return Understanding(None, (Problem("error", message, accepted=f"one of {names}" if sheet else "a table"),))
    own = [table for some in chosen if (table := _own_table(some, header_row))]
    if len(own) > 1 and not sheet:
        return Understanding(None, (_choose_a_sheet(own),))
    if own:
        return _checked(own[0], workbook)
    foreign = [_foreign_table(some, header_row) for some in chosen]
    tables = [found for found in foreign if found.table]
    if len(tables) > 1:
        return Understanding(None, (_choose_a_sheet([found.table for found in tables if found.table]),))
    if tables:
        table = tables[0].table
        assert table is not None  # noqa: S101 filtered above
        checked = _checked(table, workbook)
        return Understanding(checked.table, (*tables[0].problems, *checked.problems))
    return Understanding(None, tuple(problem for found in foreign for problem in found.problems))


def _worth_reading(workbook: Workbook) -> list[Sheet]:
    return [sheet for sheet in workbook.sheets if sheet.rows and sheet.name != EXPLANATIONS]


def _choose_a_sheet(tables: list[Table]) -> Problem:
    names = ", ".join(f"“{table.sheet.name}”" for table in tables)
    return Problem("error", "Several sheets hold a table.", accepted=f"name one of them: {names}")


def own_headings(model: type) -> dict[str, str]:
    """Return folded heading → fact key of our own layout for a model: the label, or the key itself."""
    found: dict[str, str] = {}
    for key, fact in facts(ROOTS[model]).items():
        found[key.casefold()] = key
        found[fact.label.casefold()] = key
    return found


def _own_table(sheet: Sheet, header_row: int | None) -> Table | None:
    if header_row not in {None, 1} or not sheet.rows:
        return None
    header = [cell.strip() for cell in sheet.rows[0]]
    filled = [cell for cell in header if cell]
    best: tuple[int, type, dict[str, str]] | None = None
    candidates: list[type] = sorted(ROOTS, key=lambda model: model is not models.ProcessingActivity)
    for model in candidates:
        known = own_headings(model)
        hits = sum(cell.casefold() in known for cell in filled)
        if best is None or hits > best[0]:
            best = (hits, model, known)
    assert best is not None  # noqa: S101 ROOTS isn't empty
    hits, model, known = best
    names = [cell.casefold() for cell in filled]
    identity = "title" if model is models.LegalBasis else "name"
    labels = {key.casefold() for key, target in known.items() if target == identity}
    has_name = any(name in labels for name in names)
    if not filled or hits < max(2, round(len(filled) * _OWN_SHARE)) or not has_name:
        return None
    columns, unknown, headings = {}, {}, {}
    for number, cell in enumerate(header, start=1):
        if cell:
            headings[number] = cell
            key = known.get(cell.casefold())
            if key:
                columns[number] = key
            else:
                unknown[number] = cell
    return Table(sheet, model.__name__, True, 1, 2, columns, headings, unknown)


def _foreign_table(sheet: Sheet, header_row: int | None) -> Understanding:
    finding = find_header(sheet.rows, SYNONYMS, header_row=header_row)
    if finding.header_row is None:
        return Understanding(None, (_no_header(sheet, finding),))
    columns = {guess.column: guess.key for guess in finding.columns if guess.key}
    headings = {guess.column: guess.heading for guess in finding.columns}
    unknown = {guess.column: guess.heading for guess in finding.columns if not guess.key}
    table = Table(
        sheet,
        models.ProcessingActivity.__name__,
        False,
        finding.header_row,
        finding.first_data_row or finding.header_row + 1,
        columns,
        headings,
        unknown,
        {row: str(why) for row, why in finding.skipped.items()},
    )
    problems = [
        Problem(
            "error",
            f"Two columns are headed “{heading}”.",
            sheet.name,
            finding.header_row,
            places[1],
            heading,
            accepted="headings that differ",
        )
        for heading, places in finding.duplicates
    ]
    return Understanding(table, tuple(problems))


def _no_header(sheet: Sheet, finding: HeaderFinding) -> Problem:
    if finding.ambiguous:
        rows = " and ".join(str(row) for row in finding.candidates)
        return Problem(
            "error",
            f"Rows {rows} could each be the header of the table.",
            sheet.name,
            finding.candidates[0],
            accepted="the number of the header row, given by you",
        )
    labels = ", ".join(fact.label for fact in list(facts(ActivityRecord).values())[:8])
    return Problem(
        "error",
        "No row looks like the header of a table of processing activities.",
        sheet.name,
        accepted=f"a row of headings such as {labels} (the template has them all)",
    )


def _checked(table: Table, workbook: Workbook) -> Understanding:
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for column, key in sorted(table.columns.items()):
        if key in seen and (table.own or key in {"reference", "name"}):
            problems.append(
                Problem(
                    "error",
                    f"This column and column “{table.headings[seen[key]]}” are both read as the same fact.",
                    table.sheet.name,
                    table.header_row,
                    column,
                    table.headings[column],
                    accepted="each fact once",
                )
            )
        seen.setdefault(key, column)
    if table.kind == "ProcessingActivity" and "name" not in seen:
        problems.append(
            Problem(
                "error",
                "No column holds the names of the activities.",
                table.sheet.name,
                table.header_row,
                accepted="a column headed Name",
            )
        )
    if table.own and table.unknown:
        accepted = ", ".join(fact.label for fact in facts(ROOTS[getattr(models, table.kind)]).values())
        problems += [
            Problem("error", "Unknown column.", table.sheet.name, table.header_row, column, heading, heading, accepted)
            for column, heading in table.unknown.items()
        ]
    elif table.unknown:
        problems += [
            Problem(
                "warning",
                "No field holds this column. Its texts are kept with each record, under “Other words of the source”.",
                table.sheet.name,
                table.header_row,
                column,
                heading,
            )
            for column, heading in table.unknown.items()
        ]
    problems += [
        Problem("note", f"The sheet “{other.name}” isn't read.", other.name)
        for other in _worth_reading(workbook)
        if other.name != table.sheet.name
    ]
    problems += [
        Problem("note", f"Row {row} is left out: {why}.", table.sheet.name, row)
        for row, why in table.skipped.items()
        if why != "empty"
    ]
    return Understanding(table, tuple(problems))
