"""How a file is read, as data: it comes back as it was, can be corrected, is believed, and is found again."""

import json

import pytest

from registry.imports.mapping import IGNORE, KEEP, BadMapping, Column, Layout, Mapping, SheetMapping
from registry.imports.read_as import choices
from registry.imports.reading import read_file
from registry.imports.shape import fingerprint, fitted
from registry.imports.understanding import understand
from tests.imports.files import xlsx
from tests.imports.tables import as_csv

HEADER = ["Nr.", "Bezeichnung", "Zweck", "Rechtsgrundlage", "Aktenfarbe"]
ROWS = [
    ["1", "Lohnabrechnung", "Löhne zahlen", "Art. 6 Abs. 1 lit. b DSGVO", "rot"],
    ["2", "Archiv", "Ablage", "", "grün"],
]


def workbook(*rows, name="vvt.csv"):
    return read_file(name, as_csv(*rows))


def read_as(mapping: Mapping) -> dict[str, str]:
    return {column.heading: column.read_as for column in mapping.main.columns}


def test_a_proposal_says_all_that_was_decided():
    mapping = understand(workbook(["Verzeichnis"], [], HEADER, *ROWS)).mapping

    assert mapping == Mapping(
        "ProcessingActivity",
        (
            SheetMapping(
                names=("",),
                layout=Layout.TABLE,
                header_row=3,
                first_data_row=4,
                columns=(
                    Column(1, "Nr.", "reference"),
                    Column(2, "Bezeichnung", "name"),
                    Column(3, "Zweck", "purposes"),
                    Column(4, "Rechtsgrundlage", "legal_bases"),
                    Column(5, "Aktenfarbe", KEEP),
                ),
            ),
        ),
    )


def test_a_mapping_survives_json():
    mapping = understand(workbook(HEADER, *ROWS, ["Summe: 2"])).mapping
    corrected = mapping.with_skipped("", [3], "left out by you").with_read_as("", mapping.main.columns[4], IGNORE)

    assert Mapping.from_json(json.loads(json.dumps(corrected.as_json()))) == corrected
    assert corrected.main.skipped == {3: "left out by you", 4: "total"}
    assert corrected.with_skipped("", [3], "").main.skipped == {4: "total"}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda given: given | {"form": 7}, "This mapping is of form 7; form 1 is read."),
        (lambda given: given | {"sheets": []}, "A mapping names at least one sheet."),
        (lambda given: given | {"sheets": "all"}, "its sheets must be a list."),
        (lambda given: given | {"kind": None}, "its kind must be text."),
        (lambda given: given | {"sheets": [given["sheets"][0] | {"layout": "spiral"}]}, "“spiral” is no layout."),
        (lambda given: given | {"sheets": [given["sheets"][0] | {"names": []}]}, "A sheet of a mapping has no name."),
        (lambda given: given | {"sheets": [given["sheets"][0] | {"header_row": 0}]}, "0 is no row or column."),
        (lambda given: given | {"sheets": [given["sheets"][0] | {"header_row": True}]}, "True is no row or column."),
        (
            lambda given: given | {"sheets": [given["sheets"][0] | {"skipped": {"x": "why"}}]},
            "'x' is no row or column.",
        ),
        (lambda given: [given], "the mapping must be an object."),
    ],
)
def test_what_is_no_mapping_is_refused_with_the_reason(change, why):
    given = understand(workbook(HEADER, *ROWS)).mapping.as_json()

    with pytest.raises(BadMapping) as refused:
        Mapping.from_json(change(given))

    assert str(refused.value) == why


def test_a_given_mapping_is_believed():
    book = workbook(HEADER, *ROWS)
    proposed = understand(book).mapping
    corrected = proposed.with_read_as("", proposed.main.columns[4], "tags").with_skipped("", [2], "left out by you")

    found = understand(book, mapping=corrected)

    assert found.table.columns[5] == "tags"
    assert [record.number for record in found.table.records()] == [3]
    assert found.mapping == corrected


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda one: one.with_read_as("", one.main.columns[4], "colour"), "Nothing can be read as “colour”."),
        (lambda one: Mapping("Colour", one.sheets), "“Colour” is nothing that can be imported."),
        (lambda one: Mapping(one.kind, (SheetMapping(("Tab",), Layout.TABLE, header_row=1),)), "There is no sheet “Tab” in the file."),
        (lambda one: Mapping(one.kind, (SheetMapping(("",), Layout.TABLE, header_row=9),)), "The sheet has no row 9."),
        (lambda one: Mapping(one.kind, (SheetMapping(("",), Layout.TABLE),)), "It isn't said where the headings are."),
    ],
)  # fmt: skip
def test_a_mapping_that_does_not_fit_the_file_is_a_problem_and_no_crash(change, message):
    book = workbook(HEADER, *ROWS)

    found = understand(book, mapping=change(understand(book).mapping))

    assert (found.table, [problem.message for problem in found.problems]) == (None, [message])


def test_every_choice_has_its_own_key_and_says_where_it_goes():
    offered = choices()

    assert len({choice.key for choice in offered}) == len({choice.label for choice in offered}) == len(offered)
    assert {"name", "purposes", "data_categories.source", "retention", "transfers.country", KEEP, IGNORE} <= {
        choice.key for choice in offered
    }
    assert (
        next(choice for choice in offered if choice.key == "data_categories.source").label == "Data categories: Source"
    )


def test_the_choices_of_a_catalogue_are_its_facts():
    assert [choice.key for choice in choices("SecurityMeasure")] == [
        "name", "description", "group", "nature", "retired_on", KEEP, IGNORE,
    ]  # fmt: skip


def test_files_of_one_shape_have_one_fingerprint():
    first = fingerprint(workbook(HEADER, *ROWS))

    assert fingerprint(workbook(["Stand: Mai"], [], [one.upper() for one in HEADER], ["7", "x", "y", "z", ""])) == first
    assert fingerprint(read_file("vvt.xlsx", xlsx({"VVT 2026": [HEADER, *ROWS], "Notizen": [["nur Text"]]}))) == first
    assert fingerprint(workbook([*HEADER, "Neu"], *ROWS)) != first
    assert fingerprint(workbook(["eins", "zwei"], ["drei"])) != first


def test_a_saved_mapping_is_fitted_to_the_next_file_by_its_headings():
    proposed = understand(workbook(HEADER, *ROWS)).mapping
    saved = proposed.with_read_as("", proposed.main.columns[4], "tags").with_skipped("", [2], "left out by you")
    book = workbook(
        ["Stand: Juni"], [], ["Aktenfarbe", *HEADER[:4], "Neu"], ["blau", "9", "Neun", "z", "", "mehr"], ["Summe: 1"]
    )

    again = fitted(saved, book)

    assert read_as(again) == read_as(saved) | {"Neu": KEEP}
    assert {column.heading: column.place for column in again.main.columns} == {
        "Nr.": 2, "Bezeichnung": 3, "Zweck": 4, "Rechtsgrundlage": 5, "Aktenfarbe": 1, "Neu": 6,
    }  # fmt: skip
    assert (again.main.header_row, again.main.first_data_row, again.main.skipped) == (3, 4, {5: "total"})
    assert [record.number for record in understand(book, mapping=again).table.records()] == [4]


def test_a_saved_mapping_does_not_fit_a_file_of_another_shape():
    saved = understand(workbook(HEADER, *ROWS)).mapping

    assert fitted(saved, workbook(["Vendor", "Country"], ["Acme", "France"])) is None
