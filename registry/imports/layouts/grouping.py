"""Which rows of a table are one record: lines that repeat the record for each of its data categories, purposes …"""

from collections.abc import Sequence
from dataclasses import replace

from registry.imports.mapping import Column, SheetMapping

_REPEATED = 0.5
"""The share of the other filled columns in which lines of one record agree."""


def grouped(mapping: SheetMapping, rows: Sequence[Sequence[str]]) -> SheetMapping:
    """Return the mapping with the columns by which its rows are grouped, where several rows are one record."""
    body = [
        row
        for number, row in enumerate(rows, 1)
        if number >= (mapping.first_data_row or 1) and number not in mapping.skipped
    ]
    mapping = _with_references_that_tell_apart(mapping, body)
    keys = _keys(mapping)
    if not keys or len(body) < 2:
        return mapping
    texts = [tuple(_at(row, place) for place in keys) for row in body]
    blank_below = any(not any(key) for key in texts[1:]) and any(texts[0])
    others = [column.place for column in mapping.columns if column.place and column.place not in keys]
    repeats = _repeats(body, texts, others)
    if not repeats and not blank_below:
        return mapping
    return replace(mapping, grouped_by=keys, continues=blank_below)


def _keys(mapping: SheetMapping) -> tuple[int, ...]:
    """Return the columns that tell one record from another: its reference, else its unit and name."""
    if reference := mapping.places("reference"):
        return reference
    name = mapping.places("name")
    if name:
        return (*mapping.places("unit"), *name)
    if external := mapping.places("external_reference"):
        return (*mapping.places("unit"), *external)
    if purposes := mapping.places("purposes"):
        return (*mapping.places("unit"), *purposes)
    return mapping.places("controllers")


def _repeats(body: Sequence[Sequence[str]], keys: Sequence[tuple[str, ...]], others: Sequence[int]) -> bool:
    """Whether rows with the same key agree in most of what else they say, as lines of one record do."""
    first: dict[tuple[str, ...], Sequence[str]] = {}
    agreeing = differing = 0
    for row, key in zip(body, keys, strict=True):
        if not any(key):
            continue
        before = first.setdefault(key, row)
        if before is row:
            continue
        filled = [place for place in others if _at(row, place) or _at(before, place)]
        same = sum(_at(row, place) == _at(before, place) or not _at(row, place) for place in filled)
        if filled and same >= _REPEATED * len(filled):
            agreeing += 1
        else:
            differing += 1
    return agreeing > differing


def _with_references_that_tell_apart(mapping: SheetMapping, body: Sequence[Sequence[str]]) -> SheetMapping:
    """Read a reference that stands at records of different names as an outside number: it can't identify them."""
    reference, name = mapping.places("reference"), mapping.places("name") or mapping.places("purposes")
    if not reference or not name:
        return mapping
    names: dict[str, set[str]] = {}
    for row in body:
        if text := _at(row, reference[0]):
            names.setdefault(text, set()).add(_at(row, name[0]))
    if not any(len(called - {""}) > 1 for called in names.values()):
        return mapping
    if mapping.places("external_reference"):
        return mapping
    return replace(mapping, columns=tuple(_outside(column) for column in mapping.columns))


def _outside(column: Column) -> Column:
    return replace(column, read_as="external_reference") if column.read_as == "reference" else column


def _at(row: Sequence[str], place: int) -> str:
    return row[place - 1].strip() if place <= len(row) else ""
