"""The person's own workbook with its problems marked, to be corrected and imported again."""

from io import BytesIO

import openpyxl
import pytest
from django.utils import translation
from openpyxl.comments import Comment
from openpyxl.styles import Font

from registry.imports import marked
from registry.imports.importing import preview, read_upload
from registry.imports.marked import FIRST_CELL, SUMMARY, marked_workbook
from registry.imports.problems import Problem
from tests import factories
from tests.imports.tables import as_csv

pytestmark = pytest.mark.django_db

HEADINGS = ("Reference", "Name", "Purposes", "Began on")
FAULTY = (("A", "One", "Selling", "2026-02-31"), ("B", "", "Buying", "2026-01-01"))


@pytest.fixture
def organisation():
    return factories.organisation(name="Ours")


def workbook_of(*rows, name="It's ours"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for row in (HEADINGS, *rows):
        sheet.append(row)
    sheet["B1"].font = Font(bold=True)
    sheet["A2"].comment = Comment("Seen by us", "Ane")
    sheet.merge_cells("F5:G6")
    book.create_sheet("Other").append(["untouched", "=1+1"])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def marked_of(data, organisation, name="register.xlsx"):
    found = preview(name, data, organisation=organisation)
    return found, marked_workbook(found.workbook, data, found.problems)


def test_cells_are_coloured_and_commented_and_everything_else_survives(organisation):
    _, data = marked_of(workbook_of(*FAULTY), organisation)

    book = openpyxl.load_workbook(BytesIO(data))
    sheet = book["It's ours"]
    assert book.sheetnames == [SUMMARY, "It's ours", "Other"]
    assert sheet["D2"].fill.start_color.rgb == "FFF4C7C3"
    assert sheet["D2"].comment.text.startswith("Error: ")
    assert "Accepted:" in sheet["D2"].comment.text
    assert (sheet["A2"].comment.text, sheet["B1"].font.b, book["Other"]["B1"].value) == ("Seen by us", True, "=1+1")
    assert str(next(iter(sheet.merged_cells.ranges))) == "F5:G6"


def test_the_first_sheet_lists_the_problems_and_leads_to_their_cells(organisation):
    found, data = marked_of(workbook_of(*FAULTY), organisation)

    sheet = openpyxl.load_workbook(BytesIO(data))[SUMMARY]
    lines = [[cell.value or "" for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert sheet["A1"].value == FIRST_CELL
    assert lines[0] == ["What", "Sheet", "Cell", "What is wrong", "Value", "Accepted"]
    assert [(line[0], line[1], line[2]) for line in lines[1:3]] == [
        ("Error", "It's ours", "D2"),
        ("Error", "It's ours", "B3"),
    ]
    assert len(lines) == 1 + len(found.problems)
    assert sheet["C5"].hyperlink.location == "'It''s ours'!D2"


def test_what_is_marked_is_imported_again_once_it_is_corrected(organisation):
    before, data = marked_of(workbook_of(*FAULTY), organisation)
    again = preview("register.xlsx", data, organisation=organisation)
    book = openpyxl.load_workbook(BytesIO(data))
    sheet = book["It's ours"]
    sheet["D2"], sheet["B3"] = "2026-02-28", "Two"
    out = BytesIO()
    book.save(out)

    corrected, twice = marked_of(out.getvalue(), organisation)

    assert again.problems == before.problems
    assert corrected.is_applicable
    assert [row.name for row in corrected.plan.rows] == ["One", "Two"]
    marked_again = openpyxl.load_workbook(BytesIO(twice))
    assert marked_again.sheetnames == [SUMMARY, "It's ours", "Other"]
    assert marked_again["It's ours"]["D2"].comment is None
    assert marked_again["It's ours"]["D2"].fill.fill_type is None


def test_a_text_file_comes_back_as_a_workbook_of_the_same_cells(organisation):
    data = as_csv(HEADINGS, *FAULTY, ("C", "=1+1", "'quoted", ""))

    found, made = marked_of(data, organisation, name="register.csv")

    book = openpyxl.load_workbook(BytesIO(made))
    assert book.sheetnames == [SUMMARY, "Table"]
    assert (book["Table"]["A2"].value, book["Table"]["B4"].value, book["Table"]["B4"].data_type) == ("A", "=1+1", "s")
    assert book["Table"]["D2"].comment.text.startswith("Error: ")
    again = preview("register.xlsx", made, organisation=organisation)
    assert [problem.message for problem in again.problems] == [problem.message for problem in found.problems]


def test_where_the_workbook_cannot_be_marked_one_of_its_cells_is_made(organisation, monkeypatch):
    monkeypatch.setattr(marked, "_marked", lambda *arguments: None)

    _, data = marked_of(workbook_of(*FAULTY), organisation)

    assert openpyxl.load_workbook(BytesIO(data))["It's ours"]["D2"].fill.start_color.rgb == "FFF4C7C3"


def test_marking_runs_where_it_can_harm_nobody_and_gives_up_in_silence(organisation):
    found = preview("register.xlsx", workbook_of(*FAULTY), organisation=organisation)

    assert marked._marked(found.workbook, b"no workbook at all", list(found.problems), marked.DEFAULT_LIMITS) is None


def test_what_stands_in_merged_cells_or_nowhere_is_told_all_the_same(organisation):
    data = workbook_of(*FAULTY)
    workbook = read_upload("register.xlsx", data)
    problems = [
        Problem("note", "In the middle of merged cells", "It's ours", 6, 7),
        Problem("warning", "Of a whole row", "It's ours", 3),
        Problem("error", "Of the whole file\x07"),
        Problem("error", "Of a sheet that is gone", "Gone", 1, 1),
    ]

    book = openpyxl.load_workbook(BytesIO(marked_workbook(workbook, data, problems)))

    sheet = book["It's ours"]
    assert (sheet["F5"].comment.text, sheet["A3"].comment.text) == (
        "Note: In the middle of merged cells",
        "Warning: Of a whole row",
    )
    assert [book[SUMMARY].cell(row, 4).value for row in range(5, 9)] == [
        "Of the whole file",
        "Of a sheet that is gone",
        "Of a whole row",
        "In the middle of merged cells",
    ]


def test_a_sheet_of_that_name_that_is_not_ours_is_read(organisation):
    found = preview("register.xlsx", workbook_of(("A", "One", "Selling", ""), name=SUMMARY), organisation=organisation)

    assert [row.name for row in found.plan.rows] == ["One"]


def test_the_sheet_of_problems_is_known_as_ours_in_whatever_language_it_was_made(organisation):
    with translation.override("de"):
        _, german = marked_of(workbook_of(*FAULTY), organisation)

    with translation.override("fr"):
        again, french = marked_of(german, organisation)

    assert openpyxl.load_workbook(BytesIO(german)).sheetnames == ["Gefundene Probleme", "It's ours", "Other"]
    assert [sheet.name for sheet in again.workbook.sheets] == ["It's ours", "Other"]
    book = openpyxl.load_workbook(BytesIO(french))
    assert book.sheetnames == ["Problèmes relevés", "It's ours", "Other"]
    assert book["It's ours"]["D2"].comment.text.startswith("Erreur")
