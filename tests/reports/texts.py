"""Ways to look into a document without drawing it."""

from datetime import UTC, datetime
from typing import Any

from registry.record.loader import load_register
from registry.reports.card import make_card
from registry.reports.document import Card, Document, Grid, Line
from registry.reports.provenance import Provenance
from registry.reports.register import register_report

MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
PROVENANCE = Provenance("Ann Officer", MOMENT)


def card_of(activity: Any) -> Card:
    """The card of an activity as it is now."""
    return make_card(next(load_register().only([activity.pk]).activities()))


def section(card: Card, title: str) -> dict[str, Any]:
    """What stands in a section: label → value (text, tuple, or a table as its rows), or the state without a value."""
    return {line.label: shown(line) for found in card.sections if found.title == title for line in found.lines}


def shown(line: Line | Grid) -> Any:
    """The value of a line, or its state in angle brackets; a table as its columns and rows."""
    if isinstance(line, Grid):
        return (line.columns, *line.rows)
    if line.state == "stated":
        return line.value
    return f"<{line.state}>{line.value}"


def document(provenance: Provenance = PROVENANCE, **options: Any) -> Document:
    """The register now, as a document."""
    return register_report(load_register(**options), provenance)


def cover(found: Document) -> dict[str, dict[str, str]]:
    """The blocks of the cover by heading."""
    assert found.cover is not None
    return {heading: dict(lines) for heading, lines in found.cover.blocks}
