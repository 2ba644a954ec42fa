"""Reports as JSON: data as it is, a list as tables of named values, a document as its cards."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from django.utils import timezone

from registry.reports.data import Data
from registry.reports.document import Card, Document, Grid, Line, Part
from registry.reports.listing import Listing, Table, Value
from registry.reports.report_schema import FORM, SCHEMA

_INDENT = "  "
_encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def write_json(content: Data | Listing | Document, out: BinaryIO) -> None:
    """Write the content as UTF-8, an item a line, so that two files can be compared line by line.

    What is not stated is null, and everything has its key even then.
    """
    if isinstance(content, Listing):
        content = _listing(content)
    elif isinstance(content, Document):
        content = _document(content)
    out.write(b"{\n")
    for key, value in content.head.items():
        out.write(f"{_INDENT}{_encode(key)}: {_encode(value)},\n".encode())
    out.write(f"{_INDENT}{_encode(content.key)}: [".encode())
    between = "\n"
    for item in content.items():
        out.write(f"{between}{_INDENT * 2}{_encode(item)}".encode("utf-8", "replace"))
        between = ",\n"
    out.write(f"\n{_INDENT}]\n}}\n".encode())


def _head(content: Listing | Document, about: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "form": FORM,
        "title": content.title,
        "language": content.language,
        "produced_at": content.produced_at.isoformat(),
        "produced_by": content.author,
        "about": [{"label": label, "value": value or None} for label, value in about],
    }


def _listing(content: Listing) -> Data:
    first, *others = content.tables
    head = _head(content, content.about) | {"notes": [*content.intro, *content.footnotes]}
    if not others:
        return Data(head | _about_table(first), "rows", lambda: _rows(first))
    tables = [
        {"key": table.key, "title": table.title, **_about_table(table), "rows": list(_rows(table))}
        for table in content.tables
    ]
    return Data(head, "tables", lambda: tables)


def _about_table(table: Table) -> dict[str, Any]:
    return {"intro": table.intro or None, "if_empty": table.empty or None, "columns": _columns(table)}


def _columns(table: Table) -> list[dict[str, Any]]:
    return [
        {"key": one.key, "title": one.title, "holds": one.holds.name.lower(), "article": one.article or None}
        for one in table.columns
    ]


def _rows(table: Table) -> Iterator[dict[str, Any]]:
    keys = [column.key for column in table.columns]
    for row in table.rows():
        yield dict(zip(keys, map(_value, row), strict=True))


def _value(value: Value) -> Any:
    if value == "" or value is None:
        return None
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def _document(content: Document) -> Data:
    about = [fact for _heading, facts in content.cover.blocks for fact in facts] if content.cover else []
    return Data(_head(content, about), "parts", lambda: map(_part, content.parts))


def _part(part: Part) -> dict[str, Any]:
    charts = [
        {"title": chart.title, "of": chart.whole, "counts": {bar.label: bar.count for bar in chart.bars}}
        for chart in part.charts
    ]
    return {
        "title": part.title,
        "intro": part.intro or None,
        "charts": charts,
        "cards": [_card(card) for card in part.cards()],
    }


def _card(card: Card) -> dict[str, Any]:
    return {
        "reference": card.reference or None,
        "title": card.title,
        "facts": dict(card.facts),
        "sections": [
            {"title": one.title, "article": one.article or None, "lines": [_line(line) for line in one.lines]}
            for one in card.sections
        ],
    }


def _line(line: Line | Grid) -> dict[str, Any]:
    if isinstance(line, Grid):
        return {
            "label": line.label,
            "state": line.state,
            "value": [dict(zip(line.columns, row, strict=True)) for row in line.rows],
        }
    value = list(line.value) if isinstance(line.value, tuple) else line.value or None
    return {"label": line.label, "state": line.state, "value": value}
