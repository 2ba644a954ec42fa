"""What a person is shown of a preview before deciding: plain JSON values, so that it can be kept beside the file."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from registry import models
from registry.imports.importing import Preview
from registry.imports.plan import Action, Plan, PlannedRow
from registry.imports.problems import Problem, grouped
from registry.imports.read_as import fact_of
from registry.imports.reading.workbook import column_name
from registry.imports.table import Table
from registry.imports.told_problems import kept_problem, said_together, told_problem
from registry.imports.wording import FieldInWords, Wording, shortened
from registry.record.classes import record_class
from registry.record.definition import Fact, facts

PAGE = 100
"""How many rows are shown at a time."""
MOST_PROBLEMS = 150
"""How many different problems are shown."""
MOST_NAMES = 20
"""How many of the records that would be approved are named."""
MOST_FIELDS = 20
"""How many fields of a row are shown with their values; the others are named."""

VIEWS: dict[str, Action] = {
    "refused": Action.REFUSED,
    "created": Action.CREATE,
    "changed": Action.CHANGE,
    "unchanged": Action.UNCHANGED,
    "skipped": Action.SKIPPED,
}
"""The lists in which the rows of a plan are shown."""
SEVERITIES = {"note": 1, "warning": 2, "error": 3}
"""How much something that is said of a row weighs."""


def review(found: Preview, *, change_set: int) -> dict[str, Any]:
    """Return all that the first page of every list needs. ``change_set`` is the register's last one at that moment."""
    groups = said_together(grouped(found.problems))
    severities = Counter(problem.severity for problem in found.problems)
    return {
        "change_set": change_set,
        "understood": _understood(found),
        "counts": found.plan.counts if found.plan else {},
        "severities": {severity: severities[severity] for severity in ("error", "warning", "note")},
        "problems": [kept_problem(group) for group in groups[:MOST_PROBLEMS]],
        "more_problems": max(0, len(groups) - MOST_PROBLEMS),
        "is_applicable": found.is_applicable,
        "outrun": sum(bool(row.newer) for row in found.plan.rows) if found.plan else 0,
        "approving": _approving(found.plan) if found.plan else {},
        "new_units": found.plan.new_units if found.plan else {},
        "new_entries": found.plan.new_entries if found.plan else {},
    }


def _approving(plan: Plan) -> dict[str, Any]:
    """Return how many records the plan would approve, and what the first of them are called; nothing for none."""
    names = [shortened(str(row)) for row in plan.rows if row.approves]
    return {"count": len(names), "names": names[:MOST_NAMES]} if names else {}


def page(plan: Plan, view: str, number: int) -> list[dict[str, Any]]:
    """Return a page (from 1) of one of the lists of ``VIEWS``: each row with what it fills or changes, in words."""
    of_this_view = [row for row in plan.rows if row.action is VIEWS[view]]
    shown = of_this_view[(number - 1) * PAGE : number * PAGE]
    return told(shown, plan.new_units, plan.new_entries)


def told(
    rows: Sequence[PlannedRow], new_units: Mapping[int, tuple[int, str]], new_entries: Mapping[int, tuple[str, str]]
) -> list[dict[str, Any]]:
    """Return rows in words: what each fills or changes, and what it would undo. One query for each catalogue."""
    wording = Wording(rows, new_units, new_entries)
    return [_row(row, wording) for row in rows]


def _row(row: PlannedRow, wording: Wording) -> dict[str, Any]:
    fields = wording.fields(row) if row.values else []
    return {
        "number": row.number,
        "sheet": row.sheet,
        "key": row.key,
        "reference": shortened(row.reference),
        "name": shortened(row.name),
        "fields": [_field(one) for one in fields[:MOST_FIELDS]],
        "more_fields": [one.label for one in fields[MOST_FIELDS:]],
        "newer": [_field(one) for one in wording.outrun(row)],
        "by_name": row.by_name,
        "has_namesake": row.has_namesake,
    }


def _field(one: FieldInWords) -> dict[str, Any]:
    return {"label": one.label, "old": list(one.old), "new": list(one.new), "same": one.same}


def stored_row(row: PlannedRow) -> str:
    """Return what is kept of a row as JSON, so that it can be shown later; ``row_from`` reads it back."""
    kept: dict[str, Any] = {
        "action": row.action.value,
        "organisation": row.organisation,
        "pk": row.pk,
        "sheet": row.sheet,
    }
    if row.action is not Action.SKIPPED:
        kept |= {"values": row.values, "before": row.before, "newer": row.newer, "by_name": row.by_name}
        kept |= {"has_namesake": row.has_namesake}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def row_from(number: int, reference: str, name: str, text: str) -> PlannedRow:
    """Return a row that was kept by ``stored_row``."""
    kept = json.loads(text)
    return PlannedRow(
        number,
        Action(kept["action"]),
        kept["organisation"],
        reference,
        name,
        kept.get("values", {}),
        kept.get("before", {}),
        kept["pk"],
        kept["sheet"],
        kept.get("by_name", False),
        kept.get("has_namesake", False),
        {key: (now, file) for key, (now, file) in kept.get("newer", {}).items()},
    )


def worst_by_row(problems: Iterable[Problem]) -> dict[tuple[str, int], int]:
    """Return the weight of the worst that is said of each row, by sheet and number."""
    worst: dict[tuple[str, int], int] = {}
    for problem in problems:
        if problem.row is not None:
            place, weight = (problem.sheet, problem.row), SEVERITIES[problem.severity]
            worst[place] = max(worst.get(place, 0), weight)
    return worst


def _understood(found: Preview) -> dict[str, Any]:
    workbook, table = found.workbook, found.table
    return {
        "sheets": [sheet.name for sheet in workbook.sheets if sheet.name] if workbook else [],
        "encoding": workbook.encoding if workbook else "",
        "delimiter": workbook.delimiter if workbook else "",
        "sheet": table.sheet.name if table else "",
        "header_row": table.header_row if table else None,
        "first_data_row": table.first_data_row if table else None,
        "own": table.own if table else False,
        "kind": table.kind if table else "",
        "columns": _columns(table) if table else [],
    }


def _columns(table: Table) -> list[dict[str, Any]]:
    return [
        {"column": column_name(number), "heading": shortened(heading), "key": table.columns.get(number, "")}
        for number, heading in sorted(table.headings.items())
    ]


def told_preview(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return what ``review`` has given in the language in force: the problems, and what each column is read as.

    What an older program has kept in words is told in them.
    """
    understood = kept["understood"]
    declared = facts(record_class(getattr(models, understood["kind"]))) if understood.get("kind") else {}
    return {
        "problems": [told_problem(problem) for problem in kept["problems"]],
        "columns": [
            {**column, "read_as": _said(column["key"], declared)} if "key" in column else column
            for column in understood["columns"]
        ],
    }


def _said(key: str, declared: Mapping[str, Fact]) -> str:
    fact = declared.get(key) or (fact_of(key) if key else None)
    return fact.title if fact else ""
