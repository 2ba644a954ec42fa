"""Days that a spreadsheet has left as numbers, where a date is asked for."""

import pytest

from registry import models
from registry.imports.foreign_entries import entries_sheet
from registry.imports.importing import preview
from registry.imports.reading import read_file
from registry.models.seeding import seed_catalogues
from tests import factories
from tests.imports import files
from tests.imports.tables import as_csv

pytestmark = pytest.mark.django_db

FOREIGN = ("Name of processing", "Purpose", "Data subjects", "Next review", "Number of people", "Date of DPIA")
SAID = "The number counts days, as spreadsheets keep a date: it is read as 2024-01-01."


@pytest.fixture
def organisation():
    seed_catalogues()
    return factories.organisation(name="Ours", country="DE")


def told(found):
    return [
        (problem.severity, problem.message, problem.place, problem.value)
        for problem in found.problems
        if "counts days" in problem.message or problem.severity == "error"
    ]


def test_a_serial_day_under_a_heading_of_dates_is_read_and_told(organisation):
    row = ("Payroll", "Pay", "Staff", 45292, 45292, "45292")

    found = preview("a.xlsx", files.xlsx([FOREIGN, row]), organisation=organisation)

    values = found.plan.rows[0].values
    assert values["next_review_on"] == "2024-01-01"
    assert [one["completed_on"] for one in values["impact_assessments"]] == ["2024-01-01"]
    assert told(found) == [
        ("warning", SAID, "sheet “Data”, cell D2, column “Next review”", "45292"),
        ("warning", SAID, "sheet “Data”, cell F2, column “Date of DPIA”", "45292"),
    ]


def test_a_year_or_another_number_under_a_heading_of_dates_stays_words(organisation):
    rows = (("Payroll", "Pay", "Staff", "2026"), ("News", "News", "Readers", "12345"))

    found = preview("a.csv", as_csv(FOREIGN[:4], *rows), organisation=organisation)

    assert [row.values["next_review_on"] for row in found.plan.rows] == [None, None]
    assert [row.values["unplaced"] for row in found.plan.rows] == ["Next review: 2026", "Next review: 12345"]


def test_a_workbook_that_counts_from_1904_is_read_so(organisation):
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in FOREIGN[:4])
    row = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ("Payroll", "Pay", "Staff"))
    rows = f'<row r="1">{cells}</row><row r="2">{row}<c><v>43830</v></c></row>'

    found = preview("a.xlsx", files.xlsx_of_xml(rows, from_1904=True), organisation=organisation)

    assert found.plan.rows[0].values["next_review_on"] == "2024-01-01"


def test_a_serial_day_in_our_own_layout_is_read_and_told(organisation):
    rows = (("Reference", "Name", "Began on"), ("A", "One", "45292"), ("B", "Two", "2026"))

    found = preview("a.csv", as_csv(*rows), organisation=organisation)

    assert found.plan.rows[0].values["began_on"] == "2024-01-01"
    assert told(found) == [
        ("warning", SAID, "cell C2, column “Began on”", "45292"),
        ("error", "“2026” is not a date.", "cell C3, column “Began on”", "2026"),
    ]


def test_a_serial_day_in_a_catalogue_from_elsewhere_is_read_and_told():
    rows = (("Vendor", "Country", "Contract signed on"), ("Parcel Ltd", "IE", 45292))

    sheet, remarks = entries_sheet(read_file("v.xlsx", files.xlsx({"Vendors": rows})), models.Recipient)

    assert sheet.rows[1] == ["Parcel Ltd", "IE", "2024-01-01"]
    assert [problem.message for problem in remarks] == [SAID]
