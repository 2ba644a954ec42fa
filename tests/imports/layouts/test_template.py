import csv
import io

import pytest

from registry import models
from registry.imports.importing import Choices, apply_preview, preview
from registry.imports.layouts.examples import ENTRIES, example
from registry.imports.layouts.template import EXPLANATIONS, explanation, table_name, template_csv, template_workbook
from registry.imports.reading import read_file
from registry.imports.stored import FACTS
from registry.models.seeding import seed_catalogues
from registry.record.classes import CATALOGUES, IMPORTED, record_class
from registry.record.definition import Kind, facts, words_fact
from registry.record.loader import load_register
from tests import factories
from tests.imports.tables import as_csv

NO_ROWS = "The table holds headings and no rows."


@pytest.fixture
def organisation(db):
    """An organisation with everything that the examples name."""
    seed_catalogues()
    organisation = factories.organisation(name=ENTRIES["Organisation"])
    factories.make(models.OrganisationUnit, organisation=organisation, name=ENTRIES["OrganisationUnit"])
    for name in ("RetentionSchedule", "DataSubjectCategory", "DataCategory", "Recipient", "SecurityMeasure", "System"):
        model = getattr(models, name)
        if not model.objects.filter(name__iexact=ENTRIES[name]).exists():
            factories.make(model, name=ENTRIES[name])
    factories.user(username="m.sample")
    return organisation


@pytest.mark.parametrize(("name", "data"), [("t.xlsx", template_workbook()), ("t.csv", template_csv())])
def test_the_empty_template_is_known_as_our_own_and_has_no_rows(name, data, organisation):
    found = preview(name, data, organisation=organisation)

    assert found.table is not None
    assert (found.table.own, list(found.table.columns.values())) == (True, list(FACTS))
    assert [(problem.severity, problem.message) for problem in found.problems] == [("error", NO_ROWS)]


def test_a_template_filled_with_its_own_examples_imports(organisation):
    headings = [fact.label for fact in FACTS.values()]
    row = [example(fact) for fact in FACTS.values()]

    found = preview("filled.csv", as_csv(headings, row), organisation=organisation)

    assert [str(problem) for problem in found.problems] == []
    apply_preview(found, actor=None)
    [record] = load_register().activities()
    assert (record.name, record.role, record.unit.name) == ("Customer accounts", "controller", "Human resources")
    lists = {key: getattr(record, key) for key, fact in FACTS.items() if fact.kind is Kind.ROWS}
    assert {key: len(rows) for key, rows in lists.items() if key != "purposes"} == {
        key: 2 if words_fact(FACTS[key].row) else 1 for key in lists if key != "purposes"
    }
    assert record.data_categories[0].data_subject == record.data_subjects[0]
    assert record.transfers[0].country == "CA"


def test_every_column_is_explained_with_an_example(organisation):
    workbook = read_file("t.xlsx", template_workbook())

    [table, explanations] = workbook.sheets

    assert (table.name, explanations.name) == ("Activities", EXPLANATIONS)
    assert table.rows == [[fact.label for fact in FACTS.values()]]
    assert [row[0] for row in explanations.rows[1:]] == [fact.label for fact in FACTS.values()]
    assert {row[0]: row[6] for row in explanations.rows[1:] if len(row) < 7 or not row[6]} == {}


def test_the_explanation_of_a_list_names_every_key_of_its_rows():
    [label, meaning, article, required, accepted, how, shown] = explanation(FACTS["data_subjects"])

    assert (label, meaning, article, required) == (
        "Data subjects",
        "Whose data are processed.",
        "GDPR Art. 30(1)(c)",
        "no",
    )
    assert accepted == (
        "One row a line, or separated by ;. Each begins with the name of a catalogue entry, or words in double quotes."
    )
    assert how.splitlines() == [
        "data subjects | approximate number: …",
        "approximate number: a whole number. How many people, roughly.",
        'Words that are no entry stand in double quotes: "as stated by the department".',
    ]
    assert shown.splitlines() == [
        "Customers | approximate number: 24",
        '"as stated by the department; not in the catalogue"',
    ]


def test_a_list_of_plain_texts_says_with_what_its_rows_begin():
    assert explanation(FACTS["purposes"])[4] == "One row a line, or separated by ;. Each begins with Purpose."


def test_closed_choices_can_be_picked_from_a_list_where_excel_can_hold_it():
    import zipfile

    with zipfile.ZipFile(io.BytesIO(template_workbook())) as archive:
        table = archive.read("xl/worksheets/sheet1.xml").decode()

    answers = '<formula1>"Controller,Joint controller,Processor"</formula1>'
    assert table.count("<dataValidation ") == sum(
        fact.kind in {Kind.CHOICE, Kind.ANSWER, Kind.FLAG} for fact in FACTS.values()
    )
    assert table.count(answers) == 1


def test_the_same_template_gives_the_same_bytes():
    assert template_workbook() == template_workbook()


@pytest.mark.parametrize("model", list(IMPORTED), ids=lambda model: model.__name__)
def test_every_kind_of_object_has_a_template_with_its_own_columns(model):
    workbook = read_file("t.xlsx", template_workbook(model))
    labels = [fact.label for fact in facts(record_class(model)).values()]

    assert workbook.sheets[0].rows == [labels]
    assert workbook.sheets[0].name == table_name(model)
    assert next(csv.reader(io.StringIO(template_csv(model).decode("utf-8-sig")))) == labels


@pytest.mark.parametrize("model", CATALOGUES, ids=lambda model: model.__name__)
def test_the_template_of_a_catalogue_is_known_as_that_catalogue(model, organisation):
    found = preview("t.xlsx", template_workbook(model), organisation=organisation, choices=Choices())

    assert found.table is not None
    assert found.table.kind == model.__name__
