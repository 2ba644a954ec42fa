"""Our own layout: headings in the first row, each the label or the key of a fact."""

from collections.abc import Mapping, Sequence

from registry import models
from registry.imports.layouts.headings import match_heading
from registry.imports.mapping import KEEP, Column, Layout, SheetMapping
from registry.imports.reading import Sheet
from registry.record.classes import IMPORTED, ROOTS
from registry.record.definition import facts
from registry.record.flat import MADE_FROM, MADE_FROM_HEADING

_OWN_SHARE = 0.6
"""The share of a first row's headings that must be our own for a table to be in our layout."""

_OTHERWISE = 2
"""As many headings by which others call our facts make a table one of theirs: one may be a slip in our own."""


def own_headings(model: type) -> dict[str, str]:
    """Return folded heading → fact key of our own layout for a model: the label, or the key itself."""
    found: dict[str, str] = {}
    for key, fact in facts(ROOTS[model]).items():
        found[key.casefold()] = key
        found[fact.label.casefold()] = key
    if model is models.ProcessingActivity:
        found[MADE_FROM_HEADING.casefold()] = MADE_FROM
    return found


def own_table(sheet: Sheet, *, alone: bool = True) -> tuple[str, SheetMapping] | None:
    """Return the name of the model whose rows a sheet holds in our own layout and how it is read, or None.

    Beside other sheets (not ``alone``), a name and a description don't make a catalogue of ours yet.
    """
    header = [cell.strip() for cell in sheet.rows[0]] if sheet.rows else []
    filled = [cell for cell in header if cell]
    best: tuple[int, type, dict[str, str]] | None = None
    candidates: list[type] = sorted(IMPORTED, key=lambda model: model is not models.ProcessingActivity)
    for model in candidates:
        known = own_headings(model)
        hits = sum(cell.casefold() in known for cell in filled)
        if best is None or hits > best[0]:
            best = (hits, model, known)
    assert best is not None  # noqa: S101 there are some
    hits, model, known = best
    names = [cell.casefold() for cell in filled]
    identity = "title" if model is models.LegalBasis else "name"
    labels = {key.casefold() for key, target in known.items() if target == identity}
    has_name = any(name in labels for name in names)
    enough = 3 if model is models.ProcessingActivity else max(3, len(set(known.values())) / 2)
    if not alone and hits < enough:
        return None
    if not filled or hits < max(2, round(len(filled) * _OWN_SHARE)) or not has_name:
        return None
    if (
        model is models.ProcessingActivity
        and MADE_FROM_HEADING.casefold() not in names
        and _speaks_otherwise(names, known)
    ):
        return None
    columns = tuple(
        Column(number, cell, known.get(cell.casefold(), KEEP)) for number, cell in enumerate(header, start=1) if cell
    )
    mapping = SheetMapping((sheet.name,), Layout.OWN, header_row=1, first_data_row=2, columns=columns)
    return model.__name__, mapping


def _speaks_otherwise(names: Sequence[str], known: Mapping[str, str]) -> bool:
    """Return whether headings that aren't ours are those of registers of others: "Ref", "Purpose", "Legal basis"."""
    others = [name for name in names if name not in known]
    return sum(match_heading(name).score == 1.0 for name in others) >= _OTHERWISE
