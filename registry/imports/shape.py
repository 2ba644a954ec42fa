"""The shape of a file: by it, a mapping that somebody corrected and saved is found again for the next file like it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from registry.imports.layouts.cards import label_of
from registry.imports.layouts.table import ROWS_SEARCHED
from registry.imports.mapping import Column, Layout, Mapping, SheetMapping
from registry.imports.parsing.folding import fold
from registry.imports.proposing import EXPLANATIONS, propose
from registry.imports.reading import Sheet, Workbook

_FITS = 0.8
"""The share of a saved sheet's headings that a sheet must have to be read like it."""


def fingerprint(workbook: Workbook) -> str:
    """Return the SHA-256 of a file's shape: its headings, whatever their case and accents, and not what stands below.

    Two files with the same headings have the same fingerprint, also as CSV and XLSX, and with other rows above the
    header. Depends on the file alone, never on how somebody said it should be read.
    """
    proposal = propose(workbook)
    read = {name: sheet for sheet in (proposal.mapping.sheets if proposal.mapping else ()) for name in sheet.names}
    shapes = set()
    for sheet in workbook.sheets:
        if sheet.name == EXPLANATIONS or not sheet.rows or (read and sheet.name not in read):
            continue
        mapping = read.get(sheet.name)
        shapes.add(_shape(mapping) if mapping else _widest(sheet))
    text = "\n".join("\t".join(shape) for shape in sorted(shapes))
    return hashlib.sha256(text.encode()).hexdigest()


def _shape(mapping: SheetMapping) -> tuple[str, ...]:
    if mapping.layout is Layout.CARD:
        return tuple(sorted({label_of(column.heading) for column in mapping.columns if not column.block}))
    return tuple(fold(column.heading) for column in mapping.columns)


def _widest(sheet: Sheet) -> tuple[str, ...]:
    """Return the texts of the first row that has the most: what a person takes for the headings."""
    rows = sheet.rows[:ROWS_SEARCHED]
    row = max(rows, key=lambda cells: sum(bool(cell.strip()) for cell in cells))
    return tuple(fold(cell) for cell in row if cell.strip())


def fitted(saved: Mapping, workbook: Workbook) -> Mapping | None:
    """Return a saved mapping as it applies to another file of its shape, or None where the file hasn't got that shape.

    What was decided is taken over by heading: what each column is read as, how rows are grouped, what names a record.
    Where the table starts and which rows are no records is found anew, since it differs from file to file.
    """
    left = [sheet for sheet in workbook.sheets if sheet.rows and sheet.name != EXPLANATIONS]
    sheets: list[SheetMapping] = []
    for one in saved.sheets:
        fitting = [found for sheet in left if (found := _fit(one, sheet))]
        if not fitting:
            return None
        if one.layout is Layout.CARD:
            names = tuple(found.name for found in fitting)
            sheets.append(replace(one, names=names))
        else:
            named = next((found for found in fitting if found.name == one.name), fitting[0])
            sheets.append(named)
            names = named.names
        left = [sheet for sheet in left if sheet.name not in names]
    return replace(saved, sheets=tuple(sheets), unread={sheet.name: saved.unread.get(sheet.name, "") for sheet in left})


def _fit(saved: SheetMapping, sheet: Sheet) -> SheetMapping | None:
    if saved.layout is Layout.CARD:
        labels = {label_of(column.heading) for column in saved.columns if not column.block}
        here = {label_of(cell) for row in sheet.rows for cell in row if cell.strip()}
        return replace(saved, names=(sheet.name,)) if len(labels & here) >= _FITS * len(labels) else None
    header = _header_row(saved, sheet.rows)
    if header is None:
        return None
    found = _placed(saved.columns, sheet.rows, header, saved)
    proposal = propose(Workbook("", "", "", (sheet,)), header_row=header).mapping
    proposed = proposal.main if proposal else None
    places = {old.place: new.place for old, new in zip(saved.columns, found, strict=True) if new is not None}
    return replace(
        saved,
        names=(sheet.name,),
        header_row=header,
        upper_row=header - 1 if saved.upper_row else None,
        first_data_row=(proposed.first_data_row if proposed else None) or header + 1,
        columns=(*(column for column in found if column), *_new(found, sheet.rows[header - 1])),
        skipped=proposed.skipped if proposed else {},
        grouped_by=tuple(places[place] for place in saved.grouped_by if place in places),
    )


def _header_row(saved: SheetMapping, rows: Sequence[Sequence[str]]) -> int | None:
    wanted = {fold(column.heading) for column in saved.columns}
    best, most = None, 0.0
    for number, row in enumerate(rows[:ROWS_SEARCHED], 1):
        here = {fold(cell) for cell in row if cell.strip()}
        share = sum(any(heading.endswith(text) for text in here) for heading in wanted) / max(1, len(wanted))
        if share > most:
            best, most = number, share
    return best if most >= _FITS else None


def _placed(
    columns: Iterable[Column], rows: Sequence[Sequence[str]], header: int, saved: SheetMapping
) -> list[Column | None]:
    """Return the saved columns where their headings stand now; None for one whose heading is gone."""
    row = rows[header - 1]
    upper = rows[header - 2] if saved.upper_row and header > 1 else ()
    free: dict[str, list[int]] = {}
    for place in range(1, max(len(row), len(upper)) + 1):
        for text in (_at(row, place), _at(upper, place)):
            if text:
                free.setdefault(fold(text), []).append(place)
    placed: list[Column | None] = []
    for column in columns:
        folded = fold(column.heading)
        known = folded if folded in free else next((text for text in free if folded.endswith(text)), None)
        if known is None or not free[known]:
            placed.append(None)
            continue
        place = column.place if column.place in free[known] else free[known][0]
        free[known].remove(place)
        placed.append(replace(column, place=place))
    return placed


def _new(placed: Iterable[Column | None], row: Sequence[str]) -> list[Column]:
    """Return columns that the saved mapping hasn't got: their texts are kept."""
    taken = {column.place for column in placed if column}
    return [Column(place, text.strip()) for place, text in enumerate(row, 1) if text.strip() and place not in taken]


def _at(row: Sequence[str], place: int) -> str:
    return row[place - 1].strip() if place <= len(row) else ""
