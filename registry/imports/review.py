"""What a person is shown of a preview before deciding: plain JSON values, so that it can be kept beside the file."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from registry import models
from registry.imports.importing import Preview
from registry.imports.plan import Action, Plan, PlannedRow
from registry.imports.problems import Problem, ProblemGroup, grouped
from registry.imports.read_as import fact_of
from registry.imports.reading.workbook import column_name
from registry.imports.table import Table
from registry.imports.wording import FieldInWords, Wording, shortened
from registry.record.classes import record_class
from registry.record.definition import Fact, facts

PAGE = 100
"""How many rows are shown at a time."""
MOST_PROBLEMS = 150
"""How many different problems are shown."""
MOST_VALUES = 40
"""How many values of which the same is said are shown."""
MOST_FIELDS = 20
"""How many fields of a row are shown with their values; the others are named."""
_MOST_RANGES = 8
_MOST_ACCEPTED = 300

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
    groups = _said_together(grouped(found.problems))
    severities = Counter(problem.severity for problem in found.problems)
    return {
        "change_set": change_set,
        "understood": _understood(found),
        "counts": found.plan.counts if found.plan else {},
        "severities": {severity: severities[severity] for severity in ("error", "warning", "note")},
        "problems": [_problem(group) for group in groups[:MOST_PROBLEMS]],
        "more_problems": max(0, len(groups) - MOST_PROBLEMS),
        "is_applicable": found.is_applicable,
        "outrun": sum(bool(row.newer) for row in found.plan.rows) if found.plan else 0,
        "new_units": found.plan.new_units if found.plan else {},
        "new_entries": found.plan.new_entries if found.plan else {},
    }


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
        "columns": _columns(table) if table else [],
    }


def _columns(table: Table) -> list[dict[str, Any]]:
    declared = facts(record_class(getattr(models, table.kind)))
    return [
        {
            "column": column_name(number),
            "heading": shortened(heading),
            "read_as": _said(table.columns.get(number, ""), declared),
        }
        for number, heading in sorted(table.headings.items())
    ]


def _said(key: str, declared: Mapping[str, Fact]) -> str:
    fact = declared.get(key) or (fact_of(key) if key else None)
    return fact.title if fact else ""


def _said_together(groups: Iterable[ProblemGroup]) -> list[list[ProblemGroup]]:
    """Put together what is said of the same column for different values, and of several columns as such."""
    together: dict[tuple[Any, ...], list[ProblemGroup]] = {}
    for group in groups:
        first = group.first
        is_of_column = bool(first.heading) and not first.value and len(group.rows) == 1
        key = (first.row, first.accepted) if is_of_column else (first.column,)
        together.setdefault((first.severity, first.message, first.sheet, *key), []).append(group)
    return list(together.values())


def _problem(groups: Sequence[ProblemGroup]) -> dict[str, Any]:
    first = groups[0].first
    accepted = {group.first.accepted for group in groups}
    count = sum(group.count for group in groups)
    if len({group.first.column for group in groups}) > 1:
        return _about_columns(groups)
    return {
        "severity": first.severity,
        "message": first.message,
        "place": first.place if count == 1 else _column(first),
        "accepted": _brief(first.accepted) if len(accepted) == 1 else "",
        "count": count,
        "found": [
            {
                "value": group.first.shown_value,
                "rows": _in_rows(group) if count > 1 else "",
                "accepted": _brief(group.first.accepted) if len(accepted) > 1 else "",
            }
            for group in groups[:MOST_VALUES]
            if group.first.value or count > 1
        ],
        "more_found": max(0, len(groups) - MOST_VALUES),
    }


def _about_columns(groups: Sequence[ProblemGroup]) -> dict[str, Any]:
    first = groups[0].first
    return {
        "severity": first.severity,
        "message": first.message,
        "place": gettext("sheet “%(sheet)s”") % {"sheet": first.sheet} if first.sheet else "",
        "accepted": _brief(first.accepted),
        "count": len(groups),
        "found": [],
        "columns": [
            gettext("%(letters)s “%(heading)s”")
            % {"letters": column_name(group.first.column or 0), "heading": shortened(group.first.heading)}
            for group in groups[:MOST_VALUES]
        ],
        "more_found": max(0, len(groups) - MOST_VALUES),
    }


def _in_rows(group: ProblemGroup) -> str:
    said = {"rows": ranges(group.rows)}
    return ngettext("row %(rows)s", "rows %(rows)s", len(group.rows)) % said if group.rows else ""


def _column(problem: Problem) -> str:
    sheet = gettext("sheet “%(sheet)s”") % {"sheet": problem.sheet} if problem.sheet else ""
    letters = column_name(problem.column) if problem.column else ""
    said = {"letters": letters, "heading": problem.heading}
    heading = gettext("column %(letters)s “%(heading)s”") % said if letters else ""
    return ", ".join(filter(None, (sheet, heading)))


def _brief(accepted: str) -> str:
    return accepted if len(accepted) <= _MOST_ACCEPTED else f"{accepted[:_MOST_ACCEPTED]}…"


def ranges(rows: Sequence[int]) -> str:
    """Return row numbers in few words: ``2–5, 9``; beyond eight ranges the rest is counted."""
    found: list[tuple[int, int]] = []
    for row in sorted(set(rows)):
        if found and row == found[-1][1] + 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    shown = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in found[:_MOST_RANGES])
    more = sum(last - first + 1 for first, last in found[_MOST_RANGES:])
    return gettext("%(shown)s and %(count)d more") % {"shown": shown, "count": more} if more else shown
