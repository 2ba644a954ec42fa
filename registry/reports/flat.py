"""The register in the flat layout: one row an activity, in a form that is imported again without a difference."""

from registry.record.activity import ActivityRecord
from registry.record.flat import headings, row_writer
from registry.record.loader import Register
from registry.reports.listing import Column, Listing, Table
from registry.reports.provenance import Provenance, list_report


def flat_report(register: Register, provenance: Provenance) -> Listing:
    """Return every fact of every record as a list. Headings and closed lists are English, whatever the language."""
    cells = row_writer(ActivityRecord)
    columns = tuple(Column(key, heading) for key, heading in headings(ActivityRecord).items())
    table = Table(
        "activities",
        "Activities",
        columns,
        lambda: map(cells, register.activities()),
        plain=True,
        expected=len(register),
    )
    return list_report("Record of processing activities", register, provenance, tables=(table,), layout=True)
