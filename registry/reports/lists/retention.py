"""The retention schedule of the register: every time limit with the data and the activities that it is for."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from registry.record.activity import ActivityRecord
from registry.record.entries import RetentionScheduleEntry
from registry.record.loader import Register
from registry.record.words import name_row
from registry.reports.listing import Column, Holds, Listing, Row, Table
from registry.reports.lists.naming import Use, Uses, activity_name, said, several_organisations, title
from registry.reports.provenance import Provenance, list_report


def retention_list(register: Register, provenance: Provenance) -> Listing:
    """Return the time limits by name, then those in words, and at the end what has none."""
    entry = RetentionScheduleEntry
    columns = (
        Column("name", _("Retention schedule"), 26, article="GDPR Art. 30(1)(f)"),
        Column("rule", title(entry, "text"), 34, article="GDPR Art. 30(1)(f)", asked=True),
        Column("period", title(entry, "period"), 9, Holds.NUMBER),
        Column("unit", title(entry, "unit"), 9),
        Column("trigger", title(entry, "trigger"), 22),
        Column("legal_source", title(entry, "legal_source"), 22),
        Column("disposal", title(entry, "disposal"), 14),
        Column("kind", _("Sort"), 14),
        Column("data", _("For which data"), 30, Holds.TEXTS),
        Column("number", _("Activities"), 10, Holds.NUMBER),
        Column("activities", _("In which activities"), 32, Holds.TEXTS),
    )
    empty = _("No activity states a time limit.")
    table = Table("retention", _("Time limits"), columns, lambda: _rows(register), empty)
    return list_report(_("Retention schedule"), register, provenance, tables=(table,))


def _rows(register: Register) -> Iterator[Row]:
    uses, missing = Uses(), Use(None, "")
    several = several_organisations(register)
    for record in register.activities():
        activity = activity_name(record, with_organisation=several)
        for use, data in _limits(record, uses):
            (use or missing).note(activity, data)
    yield from map(_row, uses.in_order())
    if missing.activities:
        yield _row(missing)


def _limits(record: ActivityRecord, uses: Uses) -> Iterator[tuple[Use | None, str]]:
    """Yield each time limit of a record, None for none, with the data that it is for."""
    general = uses.of(record.retention_schedule, record.retention_stated_as)
    for row in record.data_categories:
        yield uses.of(row.retention_schedule, row.retention_stated_as) or general, name_row(row)
    if general is not None or not record.data_categories:
        yield general, "" if record.data_categories else _("all data")


def _row(use: Use) -> Row:
    entry, activities, data = use.entry, tuple(use.activities), tuple(use.particulars)
    if not isinstance(entry, RetentionScheduleEntry):
        return [None, use.words, *[None] * 6, data, len(activities), activities]
    kinds = [title(RetentionScheduleEntry, key) for key in ("criteria_only", "permanent") if getattr(entry, key)]
    return [
        entry.name,
        entry.text,
        entry.period,
        said(RetentionScheduleEntry, "unit", entry.unit),
        entry.trigger,
        entry.legal_source,
        said(RetentionScheduleEntry, "disposal", entry.disposal),
        ", ".join(kinds),
        data,
        len(activities),
        activities,
    ]
