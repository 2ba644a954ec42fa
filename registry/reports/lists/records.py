"""The register in short: each record in one row, a controller's by Art. 30(1), a processor's by Art. 30(2)."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from registry.record.activity import ActivityRecord
from registry.record.activity_rows import DataCategoryRow
from registry.record.entries import RetentionScheduleEntry
from registry.record.loader import Register
from registry.record.sections import sections_for
from registry.record.words import State, name_row, none_stated, not_stated, say, state_of_block
from registry.reference.roles import ActivityRole
from registry.reports.listing import Column, Holds, Listing, Row, Table, Value
from registry.reports.lists.naming import FACTS, names, once, several_organisations
from registry.reports.lists.transfers import transfers_of
from registry.reports.provenance import Provenance, list_report

Cells = Callable[[ActivityRecord], Iterator[Value]]
Belongs = Callable[[str], bool]
"""Whether a record in a role belongs to the list."""


def controllers(register: Register, provenance: Provenance) -> Listing:
    """Return a controller's records in short."""
    columns = [
        *_head(register),
        Column("purposes", FACTS["purposes"].title, 30, Holds.TEXTS, "GDPR Art. 30(1)(b)", asked=True),
        Column("legal_bases", FACTS["legal_bases"].title, 24, Holds.TEXTS, "GDPR Arts. 6, 9, 10", asked=True),
        Column("data_subjects", FACTS["data_subjects"].title, 20, Holds.TEXTS, "GDPR Art. 30(1)(c)", asked=True),
        Column("data_categories", FACTS["data_categories"].title, 24, Holds.TEXTS, "GDPR Art. 30(1)(c)", asked=True),
        Column("recipients", FACTS["recipients"].title, 24, Holds.TEXTS, "GDPR Art. 30(1)(d)", asked=True),
        Column("transfers", FACTS["transfers"].title, 22, Holds.TEXTS, "GDPR Art. 30(1)(e)", asked=True),
        Column("retention", _("Time limits for erasure"), 26, Holds.TEXTS, "GDPR Art. 30(1)(f)", asked=True),
        Column("measures", FACTS["measures"].title, 24, Holds.TEXTS, "GDPR Art. 30(1)(g)", asked=True),
    ]
    title = _("Records as controller (GDPR Art. 30(1)), in short")
    return _listing(title, register, provenance, columns, _controller, lambda role: role != ActivityRole.PROCESSOR)


def processors(register: Register, provenance: Provenance) -> Listing:
    """Return a processor's records in short."""
    columns = [
        *_head(register),
        Column("controllers", FACTS["controllers"].title, 30, Holds.TEXTS, "GDPR Art. 30(2)(a)", asked=True),
        Column("processing", _("Categories of processing"), 36, Holds.TEXTS, "GDPR Art. 30(2)(b)", asked=True),
        Column("transfers", FACTS["transfers"].title, 26, Holds.TEXTS, "GDPR Art. 30(2)(c)", asked=True),
        Column("measures", FACTS["measures"].title, 36, Holds.TEXTS, "GDPR Art. 30(2)(d)", asked=True),
    ]
    title = _("Records as processor (GDPR Art. 30(2)), in short")
    return _listing(title, register, provenance, columns, _processor, lambda role: role == ActivityRole.PROCESSOR)


def _listing(
    title: str, register: Register, provenance: Provenance, columns: list[Column], cells: Cells, belongs: Belongs
) -> Listing:
    several = several_organisations(register)

    def rows() -> Iterator[Row]:
        for record in register.activities():
            if belongs(record.role):
                whose = [record.organisation.name] if several else []
                unit = say(FACTS["unit"], record.unit)
                yield [*whose, record.reference, record.name, unit, *cells(record)]

    empty = _("The organisation has no record of this kind.")
    table = Table("records", _("Records"), tuple(columns), rows, empty, called=("reference", "name"))
    return list_report(title, register, provenance, tables=(table,), of_a_kind=True)


def _head(register: Register) -> Iterator[Column]:
    if several_organisations(register):
        yield Column("organisation", FACTS["organisation"].title, 20, article="GDPR Art. 30(1)(a)")
    yield Column("reference", FACTS["reference"].title, 10)
    yield Column("name", FACTS["name"].title, 24)
    yield Column("unit", FACTS["unit"].title, 16)


def _controller(record: ActivityRecord) -> Iterator[Value]:
    yield names(record.purposes)
    yield names(record.legal_bases)
    yield names(record.data_subjects)
    yield names(record.data_categories)
    yield block(record, "recipients", names(record.recipients))
    yield block(record, "transfers", transfers_of(record))
    yield retention(record)
    yield names(record.measures)


def _processor(record: ActivityRecord) -> Iterator[Value]:
    yield names(record.controllers)
    yield once(row.categories_of_processing for row in record.controllers)
    yield block(record, "transfers", transfers_of(record))
    yield names(record.measures)


def block(record: ActivityRecord, rows: str, listed: tuple[str, ...]) -> Value:
    """Return what a block that may not exist lists; "none" only where that is answered, nothing where nobody said."""
    section = next((one for one in sections_for(record.role) if one.rows == rows), None)
    if listed or section is None:
        return listed
    return none_stated() if state_of_block(section, record) is State.NONE else None


def retention(record: ActivityRecord) -> tuple[str, ...]:
    """Return the time limits of a record as rules, each with the data that it is for where it isn't for all."""
    general = _rule(record.retention_schedule, record.retention_stated_as)
    own: dict[str, list[str]] = {}
    for row in record.data_categories:
        own.setdefault(retention_of(row, record), []).append(name_row(row))
    if set(own) <= {general}:
        return once([general])
    said = [f"{', '.join(once(data))}: {limit or not_stated()}" for limit, data in own.items()]
    return tuple(said if general in own or not general else [*said, f"{_('all other categories')}: {general}"])


def retention_of(row: DataCategoryRow, record: ActivityRecord) -> str:
    """Return the time limit of a category of data as a rule: its own, else the record's; empty where there is none."""
    own = _rule(row.retention_schedule, row.retention_stated_as)
    return own or _rule(record.retention_schedule, record.retention_stated_as)


def _rule(schedule: RetentionScheduleEntry | None, words: str) -> str:
    rule = (schedule.text or schedule.name) if isinstance(schedule, RetentionScheduleEntry) else ""
    return rule or (schedule.name if schedule is not None else words)
