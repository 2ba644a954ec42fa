"""Whatever a file may hold: a message with sheet, row, column, value and what is accepted, and nothing written."""

import pytest

from registry import models
from registry.imports.apply import StaleOrFaulty
from registry.imports.importing import apply_preview, preview
from registry.imports.reading import Limits
from registry.versioning import writing
from tests import factories
from tests.imports import files
from tests.imports.tables import as_csv

pytestmark = pytest.mark.django_db

HEADINGS = ("Reference", "Name", "Our role", "Began on", "Transfers")


@pytest.fixture
def organisation():
    return factories.organisation(name="Ours")


@pytest.fixture
def written():
    """Everything that an import could write, counted when called."""

    def count():
        return [
            model._base_manager.count()
            for model in (models.ProcessingActivity, models.Purpose, models.Transfer, models.ChangeSet)
        ] + [models.ProcessingActivity.history.count()]

    return count


def told(found):
    """What the errors say: message, sheet, row, column, value and what is accepted."""
    return [
        (problem.message, problem.sheet, problem.row, problem.column, problem.value, problem.accepted)
        for problem in found.problems
        if problem.severity == "error"
    ]


def sheet(*rows, name="Register"):
    return files.xlsx({name: [HEADINGS, *rows]})


def refused(organisation, written, name, data, **options):
    """Preview a file, try to apply it all the same, and return what was said; nothing may have been written."""
    before = written()
    found = preview(name, data, organisation=organisation, **options)
    assert not found.is_applicable
    with pytest.raises((StaleOrFaulty, ValueError)):
        apply_preview(found, actor=None)
    assert written() == before
    return told(found)


def test_a_file_that_is_not_what_its_name_says(organisation, written):
    assert refused(organisation, written, "register.xlsx", as_csv(["Name"], ["One"])) == [
        (
            "The name ends in “.xlsx” (an Excel workbook (XLSX)), but the content is plain text (CSV).",
            "",
            None,
            None,
            "",
            "Check that it is the right file; if it is, rename it to end in “.csv”",
        )
    ]


def test_an_empty_file(organisation, written):
    assert refused(organisation, written, "register.csv", b"") == [
        (
            "The file is empty (0 bytes).",
            "",
            None,
            None,
            "",
            "Save the table again and check the size of the new file",
        )
    ]


def test_a_table_without_rows(organisation, written):
    assert refused(organisation, written, "register.xlsx", sheet()) == [
        ("The table holds headings and no rows.", "Register", 1, None, "", "a row for each processing activity")
    ]


def test_two_header_candidates(organisation, written):
    table = files.xlsx(
        {
            "Register": [
                ("Nr.", "Bezeichnung", "Zweck", "Rechtsgrundlage", "Löschfristen"),
                ("1", "Personal", "Abrechnung", "Art. 6 Abs. 1 lit. b", "10 Jahre"),
                ("ID", "Name", "Purpose", "Legal basis", "Retention"),
                ("2", "Newsletter", "Advertising", "Art. 6(1)(a)", "until withdrawn"),
            ]
        }
    )

    assert refused(organisation, written, "register.xlsx", table) == [
        (
            "Rows 1, 3 could each be the header of the table.",
            "Register",
            1,
            None,
            "",
            "the number of the header row, given by you",
        )
    ]


def test_unknown_columns(organisation, written):
    table = files.xlsx({"Register": [(*HEADINGS, "Planet"), ("A", "One", "Controller", None, None, "Mars")]})

    [(message, sheet_name, row, column, value, accepted)] = refused(organisation, written, "register.xlsx", table)

    assert (message, sheet_name, row, column, value) == ("Unknown column.", "Register", 1, 6, "Planet")
    assert accepted.startswith("Organisation, Unit, Reference, External reference, Name, ")


def test_missing_names(organisation, written):
    table = sheet(("A", "One", "Controller", None, None), ("B", None, "Controller", None, None))

    assert refused(organisation, written, "register.xlsx", table) == [
        ("The activity has no name.", "Register", 3, 2, "", "a name in every row")
    ]


def test_duplicate_references_in_one_file(organisation, written):
    table = sheet(("A", "One", "Controller", None, None), ("A", "Two", "Controller", None, None))

    assert refused(organisation, written, "register.xlsx", table) == [
        ("The reference stands in row 2 already.", "Register", 3, 1, "A", "each reference once in a file")
    ]


def test_a_reference_that_exists_already_in_a_table_of_another_layout_is_warned_of(organisation):
    factories.activity(organisation, name="Payroll", reference="1")
    table = files.xlsx(
        {
            "Register": [
                ("Nr.", "Bezeichnung", "Zweck", "Rechtsgrundlage", "Löschfristen"),
                ("1", "Personal", "Abrechnung", "Art. 6 Abs. 1 lit. b", "10 Jahre"),
            ]
        }
    )

    found = preview("register.xlsx", table, organisation=organisation)

    [warning] = [problem for problem in found.problems if problem.message.startswith("The reference exists")]
    assert (warning.severity, warning.place, warning.value, warning.accepted) == (
        "warning",
        "sheet “Register”, cell A2, column “Nr.”",
        "1",
        "another reference, to add a record instead",
    )
    assert "“Payroll”" in warning.message


def test_a_date_of_31_february(organisation, written):
    assert refused(organisation, written, "register.xlsx", sheet(("A", "One", "Controller", "31.02.2026", None))) == [
        (
            "“31.02.2026” does not exist: 2026-02 has no day 31.",
            "Register",
            2,
            4,
            "31.02.2026",
            "a date: 2026-03-31 or 31/03/2026",
        )
    ]


def test_an_unknown_country(organisation, written):
    cell = '"Hosting" | country: Atlantis'
    table = sheet(("A", "One", "Controller", None, cell))

    [(message, sheet_name, row, column, value, accepted)] = refused(organisation, written, "register.xlsx", table)

    assert (message, sheet_name, row, column, value) == ("country: Unknown country.", "Register", 2, 5, cell)
    assert accepted == "the name of a country, or its code of two letters"


def test_three_hundred_kilobytes_in_a_cell(organisation, written):
    rows = '<row r="1"><c r="A1" t="str"><v>Reference</v></c><c r="B1" t="str"><v>Name</v></c></row>'
    rows += f'<row r="2"><c r="A2" t="str"><v>A</v></c><c r="B2" t="str"><v>{"x" * 300_000}</v></c></row>'

    assert refused(organisation, written, "register.xlsx", files.xlsx_of_xml(rows, names=["Register"])) == [
        (
            f"The cell holds 300,000 characters, beginning “{'x' * 40}…”; at most 100,000 are read.",
            "Register",
            2,
            2,
            "",
            "Shorten the text, or keep it in a document and name that document in the cell",
        )
    ]


def test_three_hundred_kilobytes_in_a_cell_of_a_text_file(organisation, written):
    [problem] = refused(organisation, written, "register.csv", as_csv(HEADINGS, ["A", "x" * 300_000]))

    assert problem[0] == f"The cell holds 300,000 characters, beginning “{'x' * 40}…”; at most 100,000 are read."
    assert problem[1:4] == ("", 2, 2)


def test_a_formula_gives_its_result_and_a_warning(organisation):
    row = '<row r="1"><c r="A1" t="str"><v>Reference</v></c><c r="B1" t="str"><v>Name</v></c></row>'
    row += '<row r="2"><c r="A2" t="str"><v>A</v></c><c r="B2" t="str"><f>"O"&amp;"ne"</f><v>One</v></c></row>'

    found = preview("register.xlsx", files.xlsx_of_xml(row, names=["Register"]), organisation=organisation)

    assert [(problem.severity, problem.place) for problem in found.problems] == [
        ("warning", "sheet “Register”, cell B2, column “Name”")
    ]
    assert found.plan is not None
    assert [planned.name for planned in found.plan.rows] == ["One"]


def test_a_formula_without_a_result(organisation, written):
    row = '<row r="1"><c r="A1" t="str"><v>Reference</v></c><c r="B1" t="str"><v>Name</v></c></row>'
    row += '<row r="2"><c r="A2" t="str"><v>A</v></c><c r="B2"><f>1/0</f></c></row>'

    [problem] = refused(organisation, written, "register.xlsx", files.xlsx_of_xml(row, names=["Register"]))

    assert problem[0].startswith("The cell holds a formula")
    assert problem[1:] == ("Register", 2, 2, "", "a value instead")


def test_a_text_that_would_be_a_formula_elsewhere_stays_text(organisation):
    found = preview("register.csv", as_csv(["Reference", "Name"], ["A", "=1+1"]), organisation=organisation)

    assert found.plan is not None
    assert [planned.name for planned in found.plan.rows] == ["=1+1"]


def test_a_sheet_that_claims_a_million_rows(organisation, written):
    far = '<row r="1"><c r="A1" t="str"><v>Name</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>'

    [problem] = refused(organisation, written, "register.xlsx", files.xlsx_of_xml(far, names=["Register"]))

    assert "as far as row 1,048,576" in problem[0]
    assert problem[1:4] == ("Register", 1_048_576, 1)


def test_a_file_beyond_the_limits(organisation, written):
    data = as_csv(["Name"], ["One"])

    [problem] = refused(organisation, written, "register.csv", data, limits=Limits(max_bytes=5))

    assert problem[0] == f"The file has {len(data)} bytes; at most 5 are read."


def test_one_error_keeps_the_good_rows_out_too(organisation, written):
    table = sheet(("A", "One", "Controller", "2026-01-01", None), ("B", "Two", "Emperor", None, None))

    assert refused(organisation, written, "register.xlsx", table) == [
        (
            "This is none of the accepted values.",
            "Register",
            3,
            3,
            "Emperor",
            "Controller, Joint controller, Processor",
        )
    ]


def test_a_crash_in_the_middle_leaves_nothing(organisation, written, monkeypatch):
    before = written()
    found = preview("register.xlsx", sheet(("A", "One", "Controller", None, None)), organisation=organisation)
    seen = []

    def crash(opened):
        seen.append(models.ProcessingActivity._base_manager.count())
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(writing, "close", crash)

    with pytest.raises(RuntimeError, match="the disk is full"):
        apply_preview(found, actor=None)

    assert seen == [1]  # the rows were written when it crashed
    assert written() == before
