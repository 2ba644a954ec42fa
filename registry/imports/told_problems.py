"""What a preview says of a file's problems: kept as plain data beside the file, and told in the reader's language."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from registry.imports.problems import SHOWN, Problem, ProblemGroup, shown_value
from registry.imports.reading import place_in_words
from registry.imports.reading.workbook import column_name
from registry.imports.wording import shortened
from registry.record.messages import Message, keep, message_from, plural_message, say

MOST_VALUES = 40
"""How many values of which the same is said are shown."""
_MOST_RANGES = 8
_MOST_ACCEPTED = 300

Kept = Mapping[str, Any]


def said_together(groups: Iterable[ProblemGroup]) -> list[list[ProblemGroup]]:
    """Put together what is said of the same column for different values, and of several columns as such."""
    together: dict[tuple[Any, ...], list[ProblemGroup]] = {}
    for group in groups:
        first = group.first
        is_of_column = bool(first.heading) and not first.value and len(group.rows) == 1
        key = (first.row, first.accepted) if is_of_column else (first.column,)
        together.setdefault((first.severity, first.message, first.sheet, *key), []).append(group)
    return list(together.values())


def kept_problem(groups: Sequence[ProblemGroup]) -> dict[str, Any]:
    """Return what is kept, as JSON values, of problems that are said together: ``told_problem`` tells it."""
    first = groups[0].first
    count = sum(group.count for group in groups)
    columns = len({group.first.column for group in groups}) > 1
    accepted = {group.first.accepted for group in groups}
    kept: dict[str, Any] = {
        "severity": first.severity,
        "said": keep(first.message),
        "sheet": first.sheet,
        "accepted": keep(first.accepted) if columns or len(accepted) == 1 else "",
        "count": len(groups) if columns else count,
        "found": [],
        "more_found": max(0, len(groups) - MOST_VALUES),
    }
    if columns:
        some = [group.first for group in groups[:MOST_VALUES]]
        return kept | {"columns": [[one.column or 0, shortened(one.heading)] for one in some]}
    kept |= {"row": first.row if count == 1 else None, "column": first.column, "heading": first.heading}
    kept["found"] = [
        {
            "value": group.first.value[:SHOWN],
            "length": len(group.first.value),
            "rows": keep(in_rows(group.rows)) if count > 1 else "",
            "accepted": keep(group.first.accepted) if len(accepted) > 1 else "",
        }
        for group in groups[:MOST_VALUES]
        if group.first.value or count > 1
    ]
    return kept


def told_problem(kept: Kept) -> Kept:
    """Return a kept problem in the language in force; one that was kept in words is told in them."""
    if "said" not in kept:
        return kept
    columns = [
        gettext("%(letters)s “%(heading)s”") % {"letters": column_name(column), "heading": heading}
        for column, heading in kept.get("columns", ())
    ]
    return {
        "severity": kept["severity"],
        "message": say(message_from(kept["said"])),
        "place": place_in_words(kept["sheet"], None, None) if columns else _place(kept),
        "accepted": _accepted(kept["accepted"]),
        "count": kept["count"],
        "found": [
            {
                "value": shown_value(one["value"], one["length"]),
                "rows": say(message_from(one["rows"])),
                "accepted": _accepted(one["accepted"]),
            }
            for one in kept["found"]
        ],
        "columns": columns,
        "more_found": kept["more_found"],
    }


def in_rows(rows: Sequence[int]) -> str:
    """Return in which rows something stands; nothing where it stands in none."""
    return plural_message("row %(rows)s", "rows %(rows)s", len(rows), rows=ranges(rows)) if rows else ""


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
    return Message("%(shown)s and %(count)s more", shown=shown, count=more) if more else shown


def told_one(problem: Problem) -> dict[str, str]:
    """Return a single problem in the language in force."""
    return {
        "severity": problem.severity,
        "place": problem.place,
        "message": problem.said,
        "value": problem.shown_value,
        "accepted": _brief(problem.said_accepted),
    }


def _place(kept: Kept) -> str:
    if kept["row"] or not kept["column"]:
        return place_in_words(kept["sheet"], kept["row"], kept["column"] if kept["row"] else None, kept["heading"])
    said = {"letters": column_name(kept["column"]), "heading": kept["heading"]}
    heading = gettext("column %(letters)s “%(heading)s”") % said
    return ", ".join(filter(None, (place_in_words(kept["sheet"], None, None), heading)))


def _accepted(kept: Any) -> str:
    return _brief(say(message_from(kept)))


def _brief(accepted: str) -> str:
    return accepted if len(accepted) <= _MOST_ACCEPTED else f"{accepted[:_MOST_ACCEPTED]}…"
