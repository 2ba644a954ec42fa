"""The register in the flat layout: one row an activity, in a form that is imported again without a difference, and in
a workbook a sheet for each kind of row besides."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils import translation

from registry.record.activity import ActivityRecord
from registry.record.definition import Fact, Kind, facts
from registry.record.flat import (
    LANGUAGE,
    MADE_FROM,
    MADE_FROM_HEADING,
    ROW_HEADINGS,
    headings,
)
from registry.record.flat_writers import content_writer, row_writer, to_cell
from registry.record.loader import Register
from registry.record.words import name_row
from registry.reports.listing import Column, Holds, Listing, Row, Table, Value
from registry.reports.provenance import Provenance, list_report

_HOLDS = {Kind.DATE: Holds.DATE, Kind.NUMBER: Holds.NUMBER}
_WIDTHS = {Kind.PROSE: 44, Kind.ROWS: 44, Kind.TEXT: 24, Kind.ENTRY: 28}
_NARROW = 14
_MADE_FROM = Column(MADE_FROM, MADE_FROM_HEADING, _NARROW, Holds.NUMBER)
"""As at which change set the row was written: an import sees by it what the register has changed since."""


def flat_report(register: Register, provenance: Provenance) -> Listing:
    """Return every fact of every record as a list. Headings and closed lists are English, whatever the language."""
    cells = content_writer(ActivityRecord, register.entries)
    columns = (*(Column(key, heading) for key, heading in headings(ActivityRecord).items()), _MADE_FROM)
    made_from = str(register.change_set)
    table = Table(
        "activities",
        "Activities",
        columns,
        lambda: ([*cells(text), made_from] for text in register.stored()),
        plain=True,
        expected=len(register),
    )
    return _listing(register, provenance, (table,))


def workbook_report(register: Register, provenance: Provenance) -> Listing:
    """Return the same with numbers and dates as such, and a further table for each kind of row, a row of it a row."""
    declared = facts(ActivityRecord)
    kinds = [fact for fact in declared.values() if fact.row is not None]
    columns = (*_columns(declared.values()), _MADE_FROM)
    tables = [Table("activities", "Activities", columns, lambda: _activities(register))]
    tables += [_rows_table(register, fact) for fact in kinds]

    def mixed() -> Iterator[tuple[int, Row]]:
        activity, writers = _typed_writer(register.change_set), [_rows_writer(fact) for fact in kinds]
        for record in register.activities():
            yield 0, activity(record)
            for place, write in enumerate(writers, start=1):
                yield from ((place, row) for row in write(record))

    return _listing(register, provenance, tuple(tables), mixed=mixed)


def _listing(register: Register, provenance: Provenance, tables: tuple[Table, ...], **details: Any) -> Listing:
    with translation.override(LANGUAGE):
        title = "Record of processing activities"
        return list_report(title, register, provenance, tables=tables, layout=True, **details)


def _columns(declared: Any) -> tuple[Column, ...]:
    return tuple(
        Column(
            fact.key,
            fact.label,
            _WIDTHS.get(fact.kind, _NARROW),
            _HOLDS.get(fact.kind, Holds.TEXT),
            fact.article,
            asked=bool(fact.article),
        )
        for fact in declared
    )


def _activities(register: Register) -> Iterator[Row]:
    return map(_typed_writer(register.change_set), register.activities())


def _typed_writer(made_from: int) -> Callable[[Any], Row]:
    """Return a function from a record to its cells, in which numbers and dates are what they are."""
    cells = row_writer(ActivityRecord)
    typed = [
        (place, ActivityRecord._fields.index(fact.key))
        for place, fact in enumerate(facts(ActivityRecord).values())
        if fact.kind in _HOLDS
    ]

    def write(record: Any) -> Row:
        row: list[Value] = list(cells(record))
        for place, at in typed:
            row[place] = record[at]
        row.append(made_from)
        return row

    return write


_OWNER, _REFERENCE, _NAME, _ROW = ROW_HEADINGS
_OF_ACTIVITY = (
    Column("activity_organisation", _OWNER, 28),
    Column("activity_reference", _REFERENCE, 14),
    Column("activity_name", _NAME, 36),
    Column("row", _ROW, 6, Holds.NUMBER),
)
"""Whose row it is. None is headed as in the flat layout: the import must not take the sheet for one of activities."""


def _rows_table(register: Register, fact: Fact) -> Table:
    assert fact.row is not None  # noqa: S101 only called for lists
    columns = (*_OF_ACTIVITY, *_columns(facts(fact.row).values()))
    return Table(fact.key, fact.label, columns, lambda: _every_row(register, fact))


def _every_row(register: Register, fact: Fact) -> Iterator[Row]:
    write = _rows_writer(fact)
    for record in register.activities():
        yield from write(record)


def _rows_writer(fact: Fact) -> Callable[[ActivityRecord], Iterator[Row]]:
    assert fact.row is not None  # noqa: S101 only called for lists
    inner = [(place, one) for place, one in enumerate(facts(fact.row).values(), start=1)]

    def write(record: ActivityRecord) -> Iterator[Row]:
        head: list[Value] = [record.organisation.name, record.reference, record.name]
        for number, row in enumerate(getattr(record, fact.key), start=1):
            yield [*head, number, *(_cell(one, row[place], record) for place, one in inner)]

    return write


def _cell(fact: Fact, value: Any, record: ActivityRecord) -> Value:
    """Return a row's fact: an entry by its full name, another row by what it is called. Nobody reads them back."""
    if value is None or fact.kind in _HOLDS:
        return value  # type: ignore[no-any-return]
    if fact.kind is Kind.ENTRY:
        return str(value.label)
    return name_row(value) if fact.kind is Kind.SIBLING else to_cell(fact, value, record)
