"""Reports as a page of its own for a browser: nothing is loaded from elsewhere, and it prints as it reads."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from django.template.loader import render_to_string
from django.utils import translation

from registry.reports.document import Document, Grid, Line
from registry.reports.listing import Listing, Table
from registry.reports.values import say_value

STYLE = Path(__file__).resolve().parent.parent / "static" / "registry" / "print.css"
"""The style sheet, which pages of the site load and files carry inside them."""

ROWS = 100
"""How many rows of a table are written at a time."""


def write_html(content: Document | Listing, out: BinaryIO) -> None:
    """Write the report to ``out`` as one HTML file, a card or some rows at a time."""
    with translation.override(content.language):
        for chunk in _listing(content) if isinstance(content, Listing) else _document(content):
            out.write(chunk.encode("utf-8", "replace"))


def show_section(section: Any) -> dict[str, Any]:
    """Return a section of a card as templates want it."""
    return {"title": section.title, "article": section.article, "lines": [show_line(line) for line in section.lines]}


def show_line(line: Line | Grid) -> dict[str, Any]:
    """Return a line or a table as templates want it: texts below each other, or columns and rows."""
    if not isinstance(line, Line):
        return {"label": line.label, "state": line.state, "columns": line.columns, "rows": line.rows}
    texts = (line.value,) if isinstance(line.value, str) else line.value
    texts = tuple(text for text in texts if text)
    state = "not_stated" if line.state == "stated" and not texts else line.state
    return {"label": line.label, "state": state, "texts": texts, "numbered": line.numbered}


def _document(content: Document) -> Iterator[str]:
    cover = content.cover
    title, subtitle = (cover.title, cover.subtitle) if cover else (content.title, "")
    yield _begin(content, title, subtitle, cover.blocks if cover else ())
    for part in content.parts:
        yield render_to_string("reports/part.html", {"part": part})
        number = 0
        for number, card in enumerate(part.cards(), start=1):
            shown = [show_section(section) for section in card.sections]
            yield render_to_string("reports/card.html", {"card": card, "sections": shown, "level": number})
        if not number and part.empty:
            yield render_to_string("reports/empty.html", {"sentence": part.empty})
    yield render_to_string("reports/end.html", {"foot": content.foot})


def _listing(content: Listing) -> Iterator[str]:
    yield _begin(content, content.title, content.subtitle, (("", content.about),))
    yield render_to_string("reports/notes.html", {"notes": content.intro})
    if content.charts:
        yield render_to_string("reports/charts.html", {"charts": content.charts})
    for table in content.tables:
        yield from _table(table)
    yield render_to_string("reports/notes.html", {"notes": content.footnotes})
    yield render_to_string("reports/end.html", {"foot": content.foot})


def _table(table: Table) -> Iterator[str]:
    yield render_to_string("reports/table_begin.html", {"table": table})
    rows = iter(table.rows())
    number = 0
    while some := list(islice(rows, ROWS)):
        number += len(some)
        shown = [[_cell(value, column.asked) for value, column in zip(row, table.columns, strict=True)] for row in some]
        yield render_to_string("reports/table_rows.html", {"rows": shown})
    yield render_to_string("reports/table_end.html", {"sentence": "" if number else table.empty})


def _cell(value: Any, asked: bool) -> dict[str, Any]:
    texts = value if isinstance(value, tuple) else (say_value(value),)
    return {"texts": [text for text in texts if text], "asked": asked}


def _begin(content: Document | Listing, title: str, subtitle: str, blocks: Any) -> str:
    context = {
        "content": content,
        "title": title,
        "subtitle": subtitle,
        "blocks": blocks,
        "style": STYLE.read_text(encoding="utf-8"),
    }
    return render_to_string("reports/begin.html", context)
