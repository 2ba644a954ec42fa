"""The flat form of a record: one text a column, that people can edit and the import reads back without any difference."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from django.utils import translation

from registry.record.cells import CellRow, format_rows, is_plain
from registry.record.definition import Fact, Kind, facts, main_fact, words_fact
from registry.record.entries import LegalBasisEntry
from registry.reference.answers import Answer

LANGUAGE = "en"
"""The language of headings and closed lists in the flat form, whatever the reader's own is: it has to parse back."""


@cache
def headings(record: type[Any]) -> Mapping[str, str]:
    """Return key → heading of each column of the flat form, in order."""
    return {key: fact.label for key, fact in facts(record).items()}


def row_key(fact: Fact) -> str:
    """Return the key by which a row's fact is written inside a cell."""
    return fact.label.lower()


@cache
def _english(fact: Fact) -> dict[str, str]:
    with translation.override(LANGUAGE):
        return dict(fact.choice_pairs())


def called(entry: Any) -> str:
    """Return the name by which the flat form refers to an entry: a legal basis by its code, others by their name."""
    return str(entry.code if isinstance(entry, LegalBasisEntry) else entry.name)


def to_cell(fact: Fact, value: Any, record: Any = None) -> str:
    """Return the text that stands for ``value`` in a spreadsheet cell; ``record`` is whose fact it is (for rows)."""
    if value is None or value == "":
        return ""
    kind = fact.kind
    if kind is Kind.ROWS:
        rows = [_to_row(fact, row, record) for row in value]
        return format_rows(row for row in rows if row.entry or row.words or row.facts)
    if kind in {Kind.TEXT, Kind.PROSE}:
        return str(value)
    if kind in {Kind.CHOICE, Kind.ANSWER}:
        return _english(fact).get(value, str(value))
    if kind is Kind.FLAG:
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if kind in {Kind.ENTRY, Kind.ACCOUNT}:
        return called(value)
    return str(value)


def _to_row(fact: Fact, row: Any, record: Any) -> CellRow:
    assert fact.row is not None  # noqa: S101 only called for lists
    entry, words, pairs = _row_writer(fact.row)
    main = getattr(row, entry.key)
    said = "" if main is None else (called(main) if entry.kind is Kind.ENTRY else str(main))
    stated = getattr(row, words.key) if words else ""
    if entry.kind is not Kind.ENTRY and not is_plain(said):
        said, stated = "", said  # a text that isn't an entry's name may just as well stand in quotes
    particulars = []
    for key, inner in pairs:
        value = getattr(row, inner.key)
        if value is None or value == "" or value is False or value == Answer.NOT_ASSESSED:
            continue
        text = _sibling(inner, value, record) if inner.kind is Kind.SIBLING else to_cell(inner, value)
        particulars.append((key, text))
    return CellRow(said, stated, tuple(particulars))


@cache
def _row_writer(row: type[Any]) -> tuple[Fact, Fact | None, tuple[tuple[str, Fact], ...]]:
    pairs = tuple((row_key(fact), fact) for fact in facts(row).values() if not fact.main and not fact.words)
    return main_fact(row), words_fact(row), pairs


def _sibling(fact: Fact, target: Any, record: Any) -> str:
    """Return how a row points to another row of the same record: by its number in that list, from 1."""
    return f"#{getattr(record, fact.entry).index(target) + 1}"
