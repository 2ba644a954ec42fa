"""The security measures of the register: what protects the data, and where (Art. 32)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from registry.record.entries import SecurityMeasureEntry
from registry.record.loader import Register
from registry.reports.listing import Column, Holds, Listing, Row, Table
from registry.reports.lists.naming import Use, Uses, activity_name, said, several_organisations, title
from registry.reports.provenance import Provenance, list_report


def measures_list(register: Register, provenance: Provenance) -> Listing:
    """Return the measures that activities name, and at the end the activities that name none."""
    entry = SecurityMeasureEntry
    columns = (
        Column("measure", _("Security measure"), 30, article="GDPR Art. 30(1)(g)", asked=True),
        Column("nature", title(entry, "nature"), 16),
        Column("group", title(entry, "group"), 28, article="GDPR Art. 32(1)"),
        Column("description", title(entry, "description"), 40),
        Column("number", _("Activities"), 10, Holds.NUMBER),
        Column("activities", _("In which activities"), 40, Holds.TEXTS),
    )
    empty = _("No activity names a security measure.")
    table = Table("measures", _("Security measures"), columns, lambda: _rows(register), empty)
    return list_report(_("Security measures"), register, provenance, tables=(table,))


def _rows(register: Register) -> Iterator[Row]:
    uses, without = Uses(), Use(None, "")
    several = several_organisations(register)
    for record in register.activities():
        activity = activity_name(record, with_organisation=several)
        if not record.measures:
            without.note(activity)
        for row in record.measures:
            if use := uses.of(row.measure, row.stated_as):
                use.note(activity)
    yield from map(_row, uses.in_order())
    if without.activities:
        yield _row(without)


def _row(use: Use) -> Row:
    entry, activities = use.entry, tuple(use.activities)
    if not isinstance(entry, SecurityMeasureEntry):
        return [use.words, None, None, None, len(activities), activities]
    nature, group = (said(SecurityMeasureEntry, key, getattr(entry, key)) for key in ("nature", "group"))
    return [entry.name, nature, group, entry.description, len(activities), activities]
