"""Finds the catalogue of which a table holds entries: recipients, retention periods, systems and the like."""

from collections.abc import Sequence
from dataclasses import dataclass

from registry.imports.layouts.catalogues import HEADINGS, SHEETS, TELLING, catalogue_index
from registry.imports.layouts.table import HeaderFinding, find_header
from registry.imports.mapping import KEEP, Column, Layout, SheetMapping
from registry.imports.parsing.folding import fold
from registry.imports.reading import Sheet


@dataclass(frozen=True)
class CatalogueTable:
    """A table of entries: the name of their model, how the sheet is read, and how sure that is (columns that tell)."""

    kind: str
    sheet: Sheet
    finding: HeaderFinding
    mapping: SheetMapping
    score: int
    is_called: bool = False
    """Whether the file or the sheet is called like the catalogue."""


def find_catalogue(file_name: str, sheets: Sequence[Sheet], header_row: int | None) -> CatalogueTable | None:
    """Return the table of entries that the file holds, or None where nothing tells that it is one.

    A heading such as "Name" is common to all: at least one column, or the name of the file or sheet, must tell.
    """
    found: list[CatalogueTable] = []
    for sheet in sheets:
        for kind in HEADINGS:
            finding = find_header(sheet.rows, catalogue_index(kind), header_row=header_row)
            keys = {guess.key for guess in finding.columns if guess.key}
            if finding.header_row is None or "name" not in keys:
                continue
            called = _is_called(kind, sheet.name or file_name)
            score = len(keys & TELLING[kind]) + 2 * called
            if score:
                found.append(CatalogueTable(kind, sheet, finding, _mapping(kind, sheet, finding), score, called))
    best = max(found, key=lambda one: one.score, default=None)
    rivals = [one for one in found if best and one.score == best.score]
    return best if len(rivals) == 1 else None


def _is_called(kind: str, name: str) -> bool:
    folded = f" {fold(name.rpartition('.')[0] or name)} "
    return any(f" {fold(word)} " in folded for word in SHEETS[kind])


def _mapping(kind: str, sheet: Sheet, finding: HeaderFinding) -> SheetMapping:
    return SheetMapping(
        names=(sheet.name,),
        layout=Layout.TABLE,
        header_row=finding.header_row,
        upper_row=finding.parent_row,
        first_data_row=finding.first_data_row,
        columns=tuple(
            Column(guess.column, guess.heading, guess.key or _further(kind, guess.heading)) for guess in finding.columns
        ),
        skipped={row: str(why) for row, why in finding.skipped.items()},
    )


_MANY = frozenset({"address", "description", "text", "legal_source", "examples"})
"""What several columns of a catalogue may hold together."""


def _further(kind: str, heading: str) -> str:
    match = catalogue_index(kind).match(heading)
    return match.key if match.key in _MANY and match.score == 1.0 else KEEP
