"""What a person is shown of a preview: problems said once, rows in words."""

import json

import pytest
from django.utils import translation

from registry import models
from registry.imports import review as reviewing
from registry.imports import told_problems, wording
from registry.imports.importing import Choices, apply_preview, preview
from registry.imports.mapping import Mapping
from registry.imports.plan import BlankCell
from registry.imports.review import page, review, told_preview
from registry.imports.told_problems import ranges
from registry.imports.wording import Wording, shortened
from registry.record.flat import ROW_HEADINGS
from registry.record.messages import say
from registry.versioning.writing import change_set
from tests import factories
from tests.imports import files
from tests.imports.tables import as_csv

FOREIGN = ("Nr.", "Bezeichnung", "Zweck", "Rechtsgrundlage", "Löschfristen", "Drittland", "Farbe")


@pytest.fixture
def organisation(db):
    organisation = factories.organisation(name="Ours")
    with change_set():
        models.LegalBasis.objects.create(
            code="A6-1-b", title="Contract", citation="GDPR Art. 6(1)(b)", regime="eu", kind="lawful_basis"
        )
        models.LegalBasis.objects.create(code="OWN", title="Statutes", regime="eu", kind="lawful_basis")
        models.DataSubjectCategory.objects.create(name="Customers")
        models.DataSubjectCategory.objects.create(name="Staff")
    return organisation


def planned(organisation, *rows, **choices):
    found = preview("register.csv", as_csv(*rows), organisation=organisation, choices=Choices(**choices))
    assert found.plan is not None
    return found


def fields(organisation, *rows, view="created", **choices):
    """The fields of the one row of a view, as label: old → new."""
    [row] = page(planned(organisation, *rows, **choices).plan, view, 1)
    return {field["label"]: (field["old"], field["new"], field["same"]) for field in row["fields"]}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([7], "7"),
        ([3, 2, 4, 9, 9], "2–4, 9"),
        (list(range(1, 22, 2)), "1, 3, 5, 7, 9, 11, 13, 15 and 3 more"),
    ],
)
def test_rows_are_named_in_few_words(rows, said):
    assert ranges(rows) == said


def test_a_long_text_is_cut_and_says_how_long_it_is():
    assert shortened("a\nb") == "a b"
    assert shortened("x" * 1500) == f"{'x' * 140}… (1,500)"


def test_what_a_new_record_would_hold_is_said_in_words(organisation):
    owner = factories.user(username="m.sample")

    shown = fields(
        organisation,
        [
            "Reference",
            "Name",
            "Owner",
            "Began on",
            "May be published",
            "Profiling",
            "Purposes",
            "Legal bases",
            "Data subjects",
            "Data categories",
        ],
        [
            "A",
            "One",
            owner.username,
            "2026-01-31",
            "yes",
            "not assessed",
            "Selling",
            'A6-1-b | for purpose: #1\nOWN\n"as ever"',
            'Customers | words: "of the shop"\nStaff',
            '"Orders" | whose: Staff | source: the shop',
        ],
    )

    assert shown == {
        "Owner": ([], ["m.sample"], 0),
        "Began on": ([], ["31 January 2026"], 0),
        "May be published": ([], ["Yes"], 0),
        "Purposes": ([], ["Selling"], 0),
        "Legal bases": ([], ["GDPR Art. 6(1)(b) – Contract · For purpose: Selling", "Statutes", "“as ever”"], 0),
        "Data subjects": ([], ["Customers (“of the shop”)", "Staff"], 0),
        "Data categories": ([], ["“Orders” · Whose: Staff · Source: the shop"], 0),
    }


def test_of_a_changed_list_only_the_rows_that_differ_are_shown(organisation):
    headings = ["Reference", "Name", "Data subjects", "Tags"]
    apply_preview(planned(organisation, headings, ["A", "One", "Customers\nStaff", "x"]), actor=None)

    row = ["A", "One", 'Customers\n"Guests"', ""]
    shown = fields(organisation, headings, row, view="changed", blank_cell=BlankCell.CLEAR)

    assert shown == {"Data subjects": (["Staff"], ["“Guests”"], 1), "Tags": (["x"], [], 0)}


def test_a_list_in_another_order_is_shown_whole(organisation):
    headings = ["Reference", "Name", "Data subjects"]
    apply_preview(planned(organisation, headings, ["A", "One", "Customers\nStaff"]), actor=None)

    shown = fields(organisation, headings, ["A", "One", "Staff\nCustomers"], view="changed")

    assert shown == {"Data subjects": (["Customers", "Staff"], ["Staff", "Customers"], 0)}


def test_a_row_that_points_to_an_unchanged_list_names_the_place(organisation):
    headings = ["Reference", "Name", "Data subjects", "Data categories"]
    apply_preview(planned(organisation, headings, ["A", "One", "Customers\nStaff", '"Orders"']), actor=None)

    shown = fields(organisation, headings, ["A", "One", "Customers\nStaff", '"Orders" | whose: #2'], view="changed")

    assert shown == {"Data categories": (["“Orders”"], ["“Orders” · Whose: #2"], 0)}


def test_a_unit_that_would_be_added_is_called_new(organisation):
    shown = fields(organisation, ["Reference", "Name", "Unit"], ["A", "One", "Harbour"], create_units=True)

    assert shown == {"Unit": ([], ["Harbour (a new unit)"], 0)}


def test_long_lists_and_rows_of_many_fields_are_cut_with_a_count(organisation, monkeypatch):
    monkeypatch.setattr(wording, "MOST_LINES", 2)
    monkeypatch.setattr(reviewing, "MOST_FIELDS", 1)

    found = planned(organisation, ["Name", "Purposes", "Tags"], ["One", "a\nb\nc\nd", "x"])

    [row] = page(found.plan, "created", 1)
    assert [field["new"] for field in row["fields"]] == [["x"]]
    assert row["more_fields"] == ["Purposes"]
    monkeypatch.setattr(reviewing, "MOST_FIELDS", 2)
    [row] = page(found.plan, "created", 1)
    assert row["fields"][1]["new"] == ["a", "b", "and 2 more"]


def test_names_of_entries_are_read_once_for_all_rows(organisation, django_assert_num_queries):
    headings, cells = ["Reference", "Name", "Legal bases", "Data subjects"], ["A6-1-b", "Customers\nStaff"]
    numbers = {}
    for count in (1, 3):
        found = planned(organisation, headings, *([f"R{n}", f"Activity {n}", *cells] for n in range(count)))
        with django_assert_num_queries(2):
            page(found.plan, "created", 1)
        numbers[count] = len(found.plan.rows)

    assert numbers == {1: 1, 3: 3}


def test_the_same_said_of_several_values_is_said_once(organisation):
    where = ("Nordsee", "Nordsee", "Nordsee", "Ostsee")
    rows = [(str(n), f"Activity {n}", "Z", "whatever", "1 year", sea, "red") for n, sea in enumerate(where)]
    found = preview("register.xlsx", files.xlsx({"Sheet": [FOREIGN, *rows]}), organisation=organisation)

    shown = review(found, change_set=7)

    assert (shown["change_set"], shown["is_applicable"], shown["counts"]["created"]) == (7, True, 4)
    assert shown["severities"] == {"error": 0, "warning": 1, "note": 8}
    said = {problem["message"].split(";")[0].split(".")[0]: problem for problem in told_preview(shown)["problems"]}
    assert said["No country could be read"]["place"] == "sheet “Sheet”, column F “Drittland”"
    assert said["No country could be read"]["count"] == 4
    assert said["No country could be read"]["found"] == [
        {"value": "Nordsee", "rows": "rows 2–4", "accepted": ""},
        {"value": "Ostsee", "rows": "row 5", "accepted": ""},
    ]
    assert json.loads(json.dumps(shown)) == shown


def test_each_column_says_as_what_it_was_read(organisation):
    row = ("1", "One", "Z", "whatever", "1 year", "nein", "red")
    table = files.xlsx({"Sheet": [("Register of 2026",), FOREIGN, row]})
    found = preview("register.xlsx", table, organisation=organisation)

    kept = review(found, change_set=1)
    understood = kept["understood"]

    assert (understood["sheet"], understood["header_row"], understood["first_data_row"], understood["own"]) == (
        "Sheet",
        2,
        3,
        False,
    )
    assert [column["read_as"] for column in told_preview(kept)["columns"]] == [
        "Reference",
        "Name",
        "Purposes",
        "Legal bases",
        "Kept for",
        "Transfers",
        "",
    ]


def test_many_problems_and_values_are_cut_with_a_count(organisation, monkeypatch):
    monkeypatch.setattr(reviewing, "MOST_PROBLEMS", 1)
    monkeypatch.setattr(told_problems, "MOST_VALUES", 1)

    found = planned(organisation, ["Name", "Our role", "Began on"], ["One", "King", "32/01/2026"], ["Two", "Queen", ""])

    shown = review(found, change_set=1)
    assert (len(shown["problems"]), shown["more_problems"]) == (1, 1)
    [problem] = told_preview(shown)["problems"]
    assert (problem["count"], len(problem["found"]), problem["more_found"]) == (2, 1, 1)


def test_what_is_accepted_stands_with_each_value_where_it_differs(organisation):
    with change_set():
        models.OrganisationUnit.objects.create(organisation=organisation, name="Harbour")
        models.OrganisationUnit.objects.create(organisation=organisation, name="Warehouse")
    found = planned(organisation, ["Name", "Unit"], ["One", "Harbor"], ["Two", "Warehous"])

    [problem] = told_preview(review(found, change_set=1))["problems"]

    assert problem["accepted"] == ""
    assert [one["accepted"] for one in problem["found"]] == ["one of: harbour", "one of: warehouse"]


def test_a_file_without_a_table_has_no_rows_to_show(organisation):
    found = preview("notes.csv", as_csv(["Seen in March"], ["by us"]), organisation=organisation)

    shown = review(found, change_set=1)

    assert (shown["new_entries"], shown["counts"], shown["understood"]["columns"]) == ({}, {}, [])


def test_a_file_that_cannot_be_read_can_be_shown_too(organisation):
    shown = review(preview("empty.csv", b"", organisation=organisation), change_set=1)

    assert shown["understood"]["sheets"] == []
    assert [problem["message"] for problem in told_preview(shown)["problems"]] == ["The file is empty (0 bytes)."]


def test_nothing_is_asked_of_the_database_for_rows_without_references(organisation, django_assert_num_queries):
    found = planned(organisation, ["Name"], ["One"])

    with django_assert_num_queries(0):
        words = Wording(found.plan.rows, {})

    assert words.fields(found.plan.rows[0]) == []


def test_what_is_said_of_several_columns_as_such_is_said_once(organisation):
    headings = ["Bezeichnung", "Zweck", "Farbe", "Ton", "Glanz"]
    found = planned(organisation, headings, ["Personal", "Abrechnung", "rot", "hell", "matt"])

    told = told_preview(review(found, change_set=1))["problems"]

    assert [(one["message"], one["count"], one["columns"]) for one in told] == [
        (
            "No field holds this column. Its texts are kept with each record, under “Other words of the source”.",
            3,
            ["C “Farbe”", "D “Ton”", "E “Glanz”"],
        )
    ]


def test_why_a_sheet_is_not_read_is_told_in_any_language_also_once_the_mapping_was_kept(organisation):
    head = ("Reference", "Name", "Our role", "Purposes", "Change set")
    book = files.xlsx(
        {"Register": [head, ("", "One", "", "a", "")], "Recipients": [ROW_HEADINGS, ("O", "A", "B", "1")]}
    )
    found = preview("register.xlsx", book, organisation=organisation)
    kept = Mapping.from_json(json.loads(json.dumps(found.table.mapping.as_json())))

    with translation.override("de"):
        [problem] = told_preview(review(found, change_set=1))["problems"]
        why = say(kept.unread["Recipients"])

    assert why == "es zeigt Zeilen des Blatts „Register“ zum Lesen; was dort geändert wird, zählt"
    assert problem["message"] == f"Das Blatt „Recipients“ wird nicht gelesen: {why}."
    assert kept == found.table.mapping
