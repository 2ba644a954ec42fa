"""Which sheets of a workbook hold a register: none of lists of values, of logs, or of the entries of a catalogue."""

from dataclasses import dataclass

from registry.imports.layouts.catalogue_table import CatalogueTable
from registry.imports.layouts.sheets import is_list_of_choices, is_read_me
from registry.imports.mapping import Layout, SheetMapping
from registry.imports.problems import Problem
from registry.imports.reading import Sheet

NAMING = (
    "purposes",
    "purposes_and_bases",
    "segments",
    "description",
    "controllers.categories_of_processing",
    "controllers",
    "data_categories",
)
"""What names a record where no column does, in this order."""
_FOR_OTHERS = "controllers.categories_of_processing"
_CORE = frozenset(
    (
        "purposes", "purposes_and_bases", "legal_bases", "data_subjects", "data_categories", "recipients", "transfers",
        "transfers.country", "retention", "measures", _FOR_OTHERS,
    )
)  # fmt: skip
_LEAST_CORE = 2


@dataclass(frozen=True)
class Found:
    """A sheet and how it would be read, or the problems that say why it can't be."""

    sheet: Sheet
    mapping: SheetMapping | None
    problems: tuple[Problem, ...] = ()
    ambiguous: bool = False


def without_lists(mains: list[Found]) -> list[Found]:
    """Leave out sheets of values to choose from and of explanations, which have headings too, where there is a table
    beside them."""
    told = [one for one in mains if not is_read_me(one.sheet)]
    others = [one for one in told if not is_list_of_choices(one.sheet) or _identifies(one.mapping)]
    if any(_identifies(one.mapping) for one in others):
        others = [one for one in others if _identifies(one.mapping) or not _is_of_lists(one)]
    return others or mains


def registers(mains: list[Found]) -> list[Found]:
    """Leave out tables beside a register that are none: logs of breaches or requests, trainings, plans.

    A register says why and on what grounds data of whom are processed; beside one that says much, another that says
    little is none either, unless it is of what is processed for others. A list of activities may say little: where
    there are cards, and where nothing else is a register, all are left.
    """
    tables = [one for one in mains if one.mapping and one.mapping.layout is Layout.TABLE]
    if len(tables) < len(mains) or len(mains) < 2:
        return mains
    counts = {one.sheet.name: _core(one.mapping) for one in tables}
    most = max(counts.values())
    kept = [
        one
        for one in tables
        if one.mapping
        and (
            one.mapping.places(_FOR_OTHERS) or (counts[one.sheet.name] >= max(_LEAST_CORE, most / 2) and _grounded(one))
        )
    ]
    named = [one for one in tables if one.mapping and one.mapping.places("name")]
    return kept if any(one in named for one in kept) or (kept and not named) else mains


def _core(mapping: SheetMapping | None) -> int:
    """How many of the facts that Art. 30 asks for a table holds."""
    return len(_CORE & {column.read_as for column in mapping.columns}) if mapping else 0


def _grounded(one: Found) -> bool:
    return one.mapping is not None and any(
        one.mapping.places(key) for key in ("purposes", "purposes_and_bases", "legal_bases")
    )


def _is_of_lists(one: Found) -> bool:
    """Return whether a table without names is one of lists side by side, each of its own length and without repeats.

    Such are the values of drop-down fields; rows of records fill their columns to the end, or leave gaps between.
    """
    mapping = one.mapping
    if mapping is None or mapping.layout is not Layout.TABLE:
        return False
    if not any(mapping.places(key) for key in NAMING):
        return True
    body = one.sheet.rows[(mapping.first_data_row or 1) - 1 :]
    columns = [
        [row[place.place - 1].strip() if place.place <= len(row) else "" for row in body] for place in mapping.columns
    ]
    lists = [[text for text in column if text] for column in columns]
    full = all(
        column[: len(texts)] == texts and len(set(texts)) == len(texts)
        for column, texts in zip(columns, lists, strict=True)
    )
    return full and len(set(map(len, lists))) > 1


def _identifies(mapping: SheetMapping | None) -> bool:
    return mapping is not None and bool(mapping.places("name") or mapping.places("reference"))


def is_no_register(catalogue: CatalogueTable, main: Found) -> bool:
    """Return whether a table is called like a catalogue, and holds nothing that tells an activity from others."""
    mapping = main.mapping
    asked = ("name", "data_subjects", "legal_bases", "purposes_and_bases", "retention")
    return catalogue.is_called and mapping is not None and not any(mapping.places(key) for key in asked)
