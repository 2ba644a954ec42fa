"""The register as a workbook: the sheet of activities is imported again, the others show every row."""

import io
from datetime import date, datetime

import pytest

from registry import models
from registry.imports.importing import preview
from registry.record.activity import ActivityRecord
from registry.record.definition import facts
from registry.record.loader import load_register
from registry.reports.as_xlsx import write_xlsx
from registry.reports.flat import workbook_report
from registry.versioning.writing import change_set
from tests import factories
from tests.reports import registers
from tests.reports.texts import PROVENANCE
from tests.reports.workbooks import cells, named, opened

pytestmark = pytest.mark.django_db


def exported() -> bytes:
    out = io.BytesIO()
    write_xlsx(workbook_report(load_register(), PROVENANCE), out)
    return out.getvalue()


def test_a_workbook_of_awkward_texts_is_imported_again_without_a_change():
    made = registers.awkward_register()

    found = preview("register.xlsx", exported(), organisation=None)

    assert [str(problem) for problem in found.problems if problem.severity != "note"] == []
    assert found.plan.counts == {"created": 0, "changed": 0, "unchanged": len(made), "skipped": 0, "refused": 0}


def test_the_sheets_of_rows_are_said_to_be_for_reading():
    registers.one_recipient("our bank")

    notes = [str(problem) for problem in preview("register.xlsx", exported(), organisation=None).problems]

    said = "it shows rows of the sheet “Activities” for reading; what is changed there counts."
    assert [note for note in notes if "“Recipients”" in note] == [
        f"note: sheet “Recipients”: The sheet “Recipients” isn't read: {said}"
    ]
    assert len(notes) == len(opened(exported()).sheetnames) - 1


def test_there_is_a_sheet_for_activities_and_one_for_each_kind_of_row():
    kinds = [fact.label for fact in facts(ActivityRecord).values() if fact.row is not None]

    assert opened(exported()).sheetnames == ["Read me", "Activities", *kinds]


def test_numbers_and_dates_of_activities_are_what_they_are():
    factories.activity(factories.organisation(), began_on=date(2020, 5, 1), review_interval=12, name="Payroll")

    (row,) = named(exported(), "Activities")
    assert (row["Name"], row["Began on"], row["Review every (months)"]) == ("Payroll", datetime(2020, 5, 1), 12)


def test_each_row_stands_on_its_own_sheet_with_what_it_refers_to_by_name():
    basis = factories.make(
        models.LegalBasis, code="T-1", title="Contract", citation="GDPR Art. 6(1)(b)", regime="eu", kind="lawful_basis"
    )
    activity = factories.activity(factories.organisation(name="Fjord"), reference="A-1", name="Payroll")
    with change_set():
        purpose = activity.purposes.create(text="wages")
        activity.legal_bases.create(legal_basis=basis, purpose=purpose, assessed_on=date(2025, 2, 3))
        activity.legal_bases.create(stated_as="in words", position=1)

    head = {"Register of": "Fjord", "Activity": "A-1", "Activity name": "Payroll"}
    open_question = {"Kept and erased as the policy says": "Not assessed"}
    assert named(exported(), "Legal bases") == [
        {
            **head, "Row": 1, "Legal basis": "GDPR Art. 6(1)(b) – Contract", "For purpose": "wages",
            "Assessed on": datetime(2025, 2, 3), **open_question,
        },
        {**head, "Row": 2, "Words": "in words", **open_question},
    ]  # fmt: skip


def test_each_table_by_itself_has_the_rows_that_come_mixed():
    registers.awkward_register()
    found = workbook_report(load_register(), PROVENANCE)
    mixed = [[] for _ in found.tables]
    for place, row in found.mixed():
        mixed[place].append(list(row))

    assert [[list(row) for row in table.rows()] for table in found.tables] == mixed


def test_every_cell_of_the_rows_is_under_a_heading():
    registers.awkward_register()

    data = exported()

    names = opened(data).sheetnames[1:]
    widths = {(name, len(row)) for name in names for row in cells(data, name)}
    assert len(widths) == len(names)
