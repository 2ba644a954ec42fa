"""What of a workbook nobody sees who opens it: hidden sheets, rows and columns, and the comments beside its cells."""

import io

import openpyxl
import pytest
import xlsxwriter

from registry import models
from registry.imports.foreign_entries import entries_sheet
from registry.imports.importing import Choices, apply_preview, preview
from registry.imports.marked import marked_workbook
from registry.imports.plan import TAKE, Action, HiddenRows
from registry.imports.reading import read_file
from registry.models.seeding import seed_catalogues
from registry.record.loader import load_register
from tests import factories
from tests.imports import files

pytestmark = pytest.mark.django_db

FOREIGN = (
    ("Name of processing", "Purpose of processing", "Categories of data subjects", "Colour"),
    ("Payroll", "Pay", "Staff", "red"),
    ("Newsletter", "News", "Readers", ""),
    ("Old shop", "Selling", "Customers", ""),
)
OWN = (("Reference", "Name", "Description"), ("A", "One", "first"), ("B", "Two", "second"))
HIDDEN_ROW = "The row is hidden in the file, and is read like any other."
LEFT_OUT = "The row is hidden in the file, and is left out."
KEPT = "The comment is kept with the record, under “Other words of the source”."
STRAY = "The comment stands on no cell of a record, and isn't kept."


@pytest.fixture
def organisation():
    seed_catalogues()
    return factories.organisation(name="Ours", country="DE")


def workbook(rows, write=lambda sheet: None, name="Register") -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        write(sheet)
    return target.getvalue()


def hide(*rows):
    return lambda sheet: [sheet.set_row(row - 1, None, None, {"hidden": True}) for row in rows]


def comment(**texts):
    return lambda sheet: [sheet.write_comment(cell, text, {"author": "Ane"}) for cell, text in texts.items()]


def look(data, organisation, name="register.xlsx", **choices):
    return preview(name, data, organisation=organisation, choices=Choices(**choices))


def said(found, *messages):
    return [
        (problem.severity, problem.message, problem.place, problem.value)
        for problem in found.problems
        if problem.message in messages
    ]


def words(organisation):
    return {record.name: record.unplaced for record in load_register(organisation=organisation.pk).activities()}


def actions(found):
    return [(row.number, row.action, row.name) for row in found.plan.rows]


# Hidden rows


def test_a_hidden_row_is_read_and_said_to_be_hidden(organisation):
    found = look(workbook(FOREIGN, hide(3, 4)), organisation)

    assert actions(found) == [
        (2, Action.CREATE, "Payroll"),
        (3, Action.CREATE, "Newsletter"),
        (4, Action.CREATE, "Old shop"),
    ]
    assert said(found, HIDDEN_ROW) == [
        ("warning", HIDDEN_ROW, "sheet “Register”, row 3", ""),
        ("warning", HIDDEN_ROW, "sheet “Register”, row 4", ""),
    ]


@pytest.mark.parametrize("rows", [FOREIGN, (*OWN, ("C", "Three", "third"))])
def test_hidden_rows_can_be_left_out_and_single_ones_taken(organisation, rows):
    left_out = look(workbook(rows, hide(3, 4)), organisation, hidden_rows=HiddenRows.LEAVE_OUT)
    key = left_out.plan.rows[1].key
    one_taken = look(workbook(rows, hide(3, 4)), organisation, hidden_rows=HiddenRows.LEAVE_OUT, rows={key: TAKE})

    assert [row.action for row in left_out.plan.rows] == [Action.CREATE, Action.SKIPPED, Action.SKIPPED]
    assert said(left_out, HIDDEN_ROW, LEFT_OUT) == [
        ("note", LEFT_OUT, "sheet “Register”, row 3", ""),
        ("note", LEFT_OUT, "sheet “Register”, row 4", ""),
    ]
    assert [row.action for row in one_taken.plan.rows] == [Action.CREATE, Action.CREATE, Action.SKIPPED]


def test_a_record_of_several_rows_is_read_without_its_hidden_ones(organisation):
    rows = (
        ("Name of processing", "Purpose of processing", "Categories of personal data", "Retention period"),
        ("Payroll", "Pay", "Bank slips", "6 years"),
        ("", "", "Shoe sizes", "1 year"),
        ("", "", "Names", "6 years"),
    )
    data = workbook(rows, hide(3))

    def stated(found):
        (row,) = found.plan.rows
        return [one["stated_as"] for one in row.values["data_categories"]]

    assert stated(look(data, organisation)) == ["Bank slips", "Shoe sizes", "Names"]
    left_out = look(data, organisation, hidden_rows=HiddenRows.LEAVE_OUT)
    assert stated(left_out) == ["Bank slips", "Names"]
    assert said(left_out, HIDDEN_ROW, LEFT_OUT) == [("note", LEFT_OUT, "sheet “Register”, row 3", "")]


# Hidden columns and sheets


def test_a_hidden_column_that_holds_something_is_said_to_be_read(organisation):
    message = "The column is hidden in the file, and is read like any other."
    rows = tuple((*row, "") for row in FOREIGN)

    found = look(workbook(rows, lambda sheet: sheet.set_column(3, 4, None, None, {"hidden": True})), organisation)
    own = look(workbook(OWN, lambda sheet: sheet.set_column(2, 2, None, None, {"hidden": True})), organisation)

    assert said(found, message) == [("warning", message, "sheet “Register”, cell D1, column “Colour”", "")]
    assert said(own, message) == [("note", message, "sheet “Register”, cell C1, column “Description”", "")]


def test_a_hidden_sheet_that_is_read_is_said_to_be_hidden(organisation):
    message = "The sheet is hidden in the file, and is read all the same."
    data = files.xlsx({"Cover": [["x"]], "Register": OWN}, hidden=["Register"])

    found = look(data, organisation)

    assert [row.name for row in found.plan.rows] == ["One", "Two"]
    assert said(found, message) == [("warning", message, "sheet “Register”", "")]


def test_a_hidden_sheet_that_looks_like_a_register_is_left_out_with_a_warning(organisation):
    old = (FOREIGN[0], ("Fax", "Faxing", "Callers", ""))
    lists = [["Yes"], ["No"]]

    found = look(files.xlsx({"Register": FOREIGN, "2019": old, "L": lists}, hidden=["2019", "L"]), organisation)

    assert [row.name for row in found.plan.rows] == ["Payroll", "Newsletter", "Old shop"]
    assert [(problem.severity, problem.said) for problem in found.problems if problem.sheet in {"2019", "L"}] == [
        (
            "warning",
            "The sheet “2019” isn't read: it is hidden, though it looks like a register: show it in the file to have "
            "it read.",
        ),
        ("note", "The sheet “L” isn't read: it is hidden."),
    ]


# Comments


def test_comments_are_kept_with_the_record_of_their_row(organisation):
    data = workbook(FOREIGN, comment(B2="Ask HR.\nTwice.", F2="no column", B3="unknown", D1="Of the heading", B9="far"))

    found = look(data, organisation)
    apply_preview(found, actor=None)

    assert words(organisation) == {
        "Payroll": "Colour: red\n"
        "Comment on “Purpose of processing” (Ane): Ask HR.\nTwice.\n"
        "Comment on “F2” (Ane): no column",
        "Newsletter": "Comment on “Purpose of processing” (Ane): unknown",
        "Old shop": "",
    }
    assert said(found, KEPT, STRAY) == [
        ("note", STRAY, "sheet “Register”, row 1", "D1: Of the heading"),
        ("note", STRAY, "sheet “Register”, row 9", "B9: far"),
        (
            "note",
            KEPT,
            "sheet “Register”, cell B2, column “Purpose of processing”",
            "Ask HR.\nTwice.",
        ),
        ("note", KEPT, "sheet “Register”, cell F2", "no column"),
        ("note", KEPT, "sheet “Register”, cell B3, column “Purpose of processing”", "unknown"),
    ]


def test_the_same_comments_once_more_change_nothing(organisation):
    data = workbook(FOREIGN, comment(B2="Ask HR."))
    apply_preview(look(data, organisation), actor=None)

    assert [row.action for row in look(data, organisation).plan.rows] == [Action.UNCHANGED] * 3


def test_comments_on_a_column_that_is_left_out_are_left_out_as_well(organisation):
    data = workbook(FOREIGN, comment(D2="Why red?"))
    mapping = look(data, organisation).table.mapping
    colour = next(column for column in mapping.main.columns if column.heading == "Colour")

    found = look(data, organisation, mapping=mapping.with_read_as("Register", colour, "ignore"))

    assert said(found, KEPT, STRAY) == []
    assert found.plan.rows[0].values["unplaced"] == ""


def test_comments_on_an_export_are_added_to_the_words_of_the_record_once(organisation):
    factories.activity(organisation, reference="A", name="One", unplaced="Colour: red")
    data = workbook(OWN, comment(C2="Still so?", C3="New."))

    found = look(data, organisation)
    apply_preview(found, actor=None)

    assert words(organisation) == {
        "One": "Colour: red\nComment on “Description” (Ane): Still so?",
        "Two": "Comment on “Description” (Ane): New.",
    }
    assert [row.action for row in look(data, organisation).plan.rows] == [Action.UNCHANGED] * 2
    assert said(found, KEPT) == [
        ("note", KEPT, "sheet “Register”, cell C2, column “Description”", "Still so?"),
        ("note", KEPT, "sheet “Register”, cell C3, column “Description”", "New."),
    ]


def test_comments_on_an_export_stand_below_the_words_that_the_file_has(organisation):
    rows = (("Reference", "Name", "Other words of the source"), ("A", "One", "Colour: blue"))
    factories.activity(organisation, reference="A", name="One", unplaced="Colour: red")

    apply_preview(look(workbook(rows, comment(A2="Of the row.")), organisation), actor=None)

    assert words(organisation) == {"One": "Colour: blue\nComment on “Reference” (Ane): Of the row."}


def test_comments_on_a_card_are_kept_with_its_record(organisation):
    card = (
        ("Name of the processing", "Payroll"),
        ("Purpose of processing", "Pay"),
        ("Categories of data subjects", "Staff"),
        ("Recipients", "Bank"),
        ("Retention period", "6 years"),
    )

    found = look(workbook(card, comment(A2="What for?", B2="And taxes", D5="See the law")), organisation)
    apply_preview(found, actor=None)

    assert words(organisation) == {
        "Payroll": "Comment on “Purpose of processing” (Ane): And taxes\nComment on “D5” (Ane): See the law"
    }
    assert said(found, STRAY) == [("note", STRAY, "sheet “Register”, row 2", "A2: What for?")]


def test_comments_on_one_of_several_cards_of_a_sheet_stay_with_it(organisation):
    labels = ("Name of the processing", "Purpose of processing", "Categories of data subjects", "Recipients", "Tool")
    columns = (("Payroll", "Pay", "Staff", "Bank", "X"), ("News", "News", "Readers", "", "Y"))

    found = look(workbook(tuple(zip(labels, *columns, strict=True)), comment(B2="Taxes", C4="None?")), organisation)
    apply_preview(found, actor=None)

    assert words(organisation) == {
        "Payroll": "Tool: X\nComment on “Purpose of processing” (Ane): Taxes",
        "News": "Tool: Y",
    }
    assert said(found, STRAY) == [("note", STRAY, "sheet “Register”, row 4", "C4: None?")]


def test_an_old_workbook_is_said_to_hide_its_comments(organisation):
    found = look(files.xls(OWN), organisation, "register.xls")

    assert [problem.said for problem in found.problems] == [
        "In the old XLS format comments, and what is hidden, can't be told: comments in the file are not read."
    ]


# Catalogues


def test_comments_and_hidden_rows_of_a_catalogue_from_elsewhere_are_kept_and_told(organisation):
    rows = (("Vendor", "Address", "Country"), ("Parcel Ltd", "Dock 1", "IE"), ("Old Ltd", "Dock 2", "IE"))

    def write(sheet):
        comment(A2="Ask for the contract", A1="Of the heading")(sheet)
        hide(3)(sheet)

    sheet, remarks = entries_sheet(read_file("vendors.xlsx", workbook(rows, write, "Vendors")), models.Recipient)

    assert "Comment on “Vendor” (Ane): Ask for the contract" in " ".join(sheet.rows[1])
    assert [(problem.severity, problem.said, problem.row, problem.value) for problem in remarks] == [
        ("note", "The comment is kept in the entry's words.", 2, "Ask for the contract"),
        ("note", "The comment isn't kept.", 1, "A1: Of the heading"),
        ("warning", HIDDEN_ROW, 3, ""),
    ]


def test_comments_on_entries_in_our_own_layout_are_said_not_to_be_kept(organisation):
    data = workbook((("Name", "Owner"), ("Till", "Ane")), comment(B2="Left us"), "Systems")

    _, remarks = entries_sheet(read_file("systems.xlsx", data), models.System)

    assert [(problem.said, problem.value) for problem in remarks] == [("The comment isn't kept.", "B2: Left us")]


# The marked workbook


def test_a_comment_of_somebody_survives_marking_and_is_read_afterwards(organisation):
    rows = ((*OWN[0], "Began on"), ("A", "One", "first", "2026-02-31"), ("B", "Two", "second", ""))
    data = workbook(rows, comment(D2="From memory", C3="Sure?"))

    def commented(data):
        book = openpyxl.load_workbook(io.BytesIO(data))
        cells = (book["Register"][cell].comment for cell in ("D2", "C3"))
        return [(cell.author, cell.text.partition("\n")[0]) for cell in cells]

    once = look(data, organisation)
    marked = marked_workbook(once.workbook, data, once.problems)
    again = look(marked, organisation)
    twice = marked_workbook(again.workbook, marked, again.problems)

    assert commented(marked) == commented(twice) == [("Ane", "From memory"), ("Ane", "Sure?")]
    assert [problem.value for problem in again.problems if problem.message == KEPT] == ["From memory", "Sure?"]


def test_an_ods_that_is_marked_keeps_its_comments_and_what_is_hidden(organisation):
    note = "<office:annotation><text:p>%s</text:p></office:annotation>"
    cells = [
        f'<table:table-cell office:value-type="string">{note % said if said else ""}<text:p>{text}</text:p>'
        "</table:table-cell>"
        for text, said in (("B", ""), ("Two", "ours"), ("2026-02-31", "from memory"))
    ]
    head = files.ods_rows([["Reference", "Name", "Began on"]])
    data = files.ods_of_xml(
        '<table:table table:name="Register"><table:table-column table:visibility="collapse"/>'
        f'{head}<table:table-row table:visibility="collapse">{"".join(cells)}</table:table-row></table:table>'
    )

    found = look(data, organisation, "register.ods")
    book = openpyxl.load_workbook(io.BytesIO(marked_workbook(found.workbook, data, found.problems)))
    sheet = book["Register"]

    assert (sheet.row_dimensions[2].hidden, sheet.column_dimensions["A"].hidden) == (True, True)
    assert sheet["B2"].comment.text.startswith("ours")
    assert sheet["C2"].comment.text.startswith("from memory\n\n— Import —\nError: ")
