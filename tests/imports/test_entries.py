import sqlite3
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError

from registry import models
from registry.imports.entries import import_entries, resource_for
from registry.imports.entry_table import choose_sheet
from registry.imports.formats import CSV, XLSX
from registry.imports.problems import Problem
from registry.imports.reading import Sheet, Workbook, read_file
from registry.record.classes import CATALOGUES, record_class
from registry.record.definition import facts
from registry.versioning.writing import change_set
from tests import factories

pytestmark = pytest.mark.django_db

IMPORTED = (*CATALOGUES, models.Organisation, models.OrganisationUnit)


def run(model, rows, *, apply=True, **values):
    options = {"file_name": "table.csv", "sha256": "a" * 64, "actor": None, **values}
    return import_entries(model, rows, apply=apply, **options)


def told(result):
    return [
        (problem.row, problem.heading, problem.message, problem.value, problem.accepted) for problem in result.problems
    ]


def export(model, written):
    data = written().export_data(resource_for(model)().export())
    (sheet,) = read_file(f"export.{written.KIND}", data).sheets
    return sheet.rows


def fill():
    """Entries with everything that a table could lose: references, rows, closed lists, signs, line breaks, formulas."""
    with change_set():
        organisation = models.Organisation.objects.create(
            name="Łódź & Sons; “Ltd”",
            address="Street 1\r\nOslo",
            country="NO",
            email="post@example.org",
            website="https://example.org/",
        )
        models.Contact.objects.create(
            organisation=organisation,
            kind="dpo_internal",
            name="Ane | Dahl",
            company="D; Co",
            address='One "Way"\nTwo',
            country="IS",
        )
        models.Contact.objects.create(organisation=organisation, kind="other", name="Bo", position=1)
        models.Organisation.objects.create(name="A partner", is_own=False)
        above = models.OrganisationUnit.objects.create(organisation=organisation, name="Zeta")
        models.OrganisationUnit.objects.create(organisation=organisation, name="Alpha", parent=above, head="=Head")
        models.LegalBasis.objects.create(
            code="X-1",
            title="+Title",
            regime="uk",
            kind="lawful_basis",
            citation="'=cited",
            statutory=True,
            retired_on=date(2026, 3, 1),
        )
        models.DataSubjectCategory.objects.create(name="Kinder", vulnerable="yes", description="-minus\nline two")
        wider = models.DataCategory.objects.create(name="Zebra data", sensitivity="special_category")
        models.DataCategory.objects.create(name="Ape data", parent=wider, ccpa_sensitive="no", examples="''=x")
        models.RetentionSchedule.objects.create(name="Ten years", text="@ten", period=10, unit="year", permanent=True)
        processor = models.Recipient.objects.create(
            name="Zeta Host", nature="organisation", kind="processor", contract_signed_on=date(2025, 1, 2)
        )
        models.Recipient.objects.create(
            name="Alpha Host", nature="category", country="CI", sub_processor_of=processor, security="yes"
        )
        models.SecurityMeasure.objects.create(name="Locks", description="x" * 30_000)
        till = models.System.objects.create(name="Till", provider=processor, hosting_country="US")
        models.SystemData.objects.create(system=till, category=wider)
        models.SystemData.objects.create(system=till, category=wider, stated_as='Zebras; "wild"', position=1)
        models.SystemData.objects.create(system=till, stated_as="Receipts | notes\nkept", position=2)
        models.Document.objects.create(
            name="Notice; “9”",
            kind="privacy_notice",
            location="=cabinet",
            sha256="ab" * 32,
            valid_until=date(2027, 1, 1),
        )


def states(model):
    return {row.pk: row.content for row in model.history.model.objects.all()}


@pytest.mark.parametrize("written", [CSV, XLSX])
@pytest.mark.parametrize("model", IMPORTED)
def test_what_was_exported_imports_again_without_any_change(model, written):
    fill()
    rows = export(model, written)
    before = states(model)

    result = run(model, rows)

    assert (result.problems, result.created, result.changed, result.unchanged) == ((), 0, 0, model.objects.count())
    assert result.sequence is None
    assert states(model) == before


@pytest.mark.parametrize("written", [CSV, XLSX])
def test_what_was_exported_fills_an_empty_register_with_the_same_facts(written):
    fill()
    tables = {model: export(model, written) for model in IMPORTED}
    with change_set():
        for model in (models.System, models.OrganisationUnit, models.Recipient, models.DataCategory, *IMPORTED):
            for entry in model.objects.order_by("-pk"):
                entry.delete()

    order = (models.Organisation, models.OrganisationUnit, models.Recipient, *CATALOGUES)
    results = [run(model, tables[model]) for model in dict.fromkeys(order)]

    assert [result.problems for result in results] == [()] * len(results)
    assert {model: export(model, written) for model in IMPORTED} == tables


def test_every_declared_fact_is_a_column_headed_by_its_label():
    for model in IMPORTED:
        assert resource_for(model)().export().headers == [fact.label for fact in facts(record_class(model)).values()]


def test_an_import_is_one_change_set_that_keeps_the_file():
    user = factories.user(first_name="Ane", last_name="Dahl")

    result = run(
        models.System, [["Name", "Hosted in"], ["Till", "Norway"], ["Shop", "is"]], actor=user, file_name="systems.csv"
    )

    made = models.ChangeSet.objects.get()
    assert (result.created, result.sequence) == (2, made.pk)
    assert (made.actor_name, made.channel, made.reason) == ("Ane Dahl", "import", "Import of systems.csv")
    assert made.details == '{"file":"systems.csv","sha256":"' + "a" * 64 + '"}'
    assert list(models.System.objects.values_list("name", "hosting_country")) == [("Shop", "IS"), ("Till", "NO")]


def test_without_apply_nothing_is_written_and_the_result_says_what_would_be():
    factories.make(models.System, name="Till", owner="Ane")

    result = run(models.System, [["Name", "Owner"], ["TILL", "Bo"], ["Shop", ""]], apply=False)

    assert [(outcome.row, outcome.kind, outcome.name, outcome.changes) for outcome in result.outcomes] == [
        (2, "changed", "TILL", (("Name", "Till", "TILL"), ("Owner", "Ane", "Bo"))),
        (3, "new", "Shop", (("Name", "", "Shop"),)),
    ]
    assert (result.created, result.changed, result.sequence) == (1, 1, None)
    assert list(models.System.objects.values_list("name", "owner")) == [("Till", "Ane")]
    assert models.ChangeSet.objects.count() == 1


def test_only_rows_that_change_something_get_a_version():
    kept = factories.make(models.System, name="Till", owner="Ane")
    changed = factories.make(models.System, name="Shop", owner="Ane")

    result = run(models.System, [["Name", "Owner"], ["Till", "Ane"], ["Shop", "Bo"]])

    assert (result.changed, result.unchanged) == (1, 1)
    assert (kept.history.count(), changed.history.count()) == (1, 2)


def test_columns_that_are_left_out_keep_what_they_held_and_empty_cells_empty_it():
    factories.make(models.System, name="Till", owner="Ane", description="A till", hosting_country="NO")

    run(models.System, [["Name", "Owner", "Hosted in"], ["Till", "", ""]])

    assert list(models.System.objects.values_list("owner", "description", "hosting_country")) == [("", "A till", "")]


def test_headings_are_labels_or_keys_in_any_case_and_may_stand_below_empty_rows():
    run(models.System, [[], ["", ""], ["NAME", "hosting_country"], ["Till", "Norvège"], ["", ""]])

    assert list(models.System.objects.values_list("name", "hosting_country")) == [("Till", "NO")]


def test_empty_cells_of_a_new_entry_take_the_columns_defaults():
    run(models.Organisation, [["Name", "We keep its register"], ["Fjord Foods AS", ""]])
    run(
        models.Recipient,
        [["Name", "Category or organisation", "Acts only on documented instructions"], ["Post", "", ""]],
    )

    assert list(models.Organisation.objects.values_list("is_own", flat=True)) == [True]
    assert list(models.Recipient.objects.values_list("nature", "acts_on_instructions")) == [
        ("organisation", "not_assessed")
    ]


@pytest.mark.parametrize(
    ("model", "heading", "text", "message", "accepted"),
    [
        (models.System, "Hosted in", "Atlantis", "Unknown country.", "its code of two letters"),
        (
            models.System,
            "Retired on",
            "31.02.2026",
            "“31.02.2026” does not exist: 2026-02 has no day 31.",
            "2026-03-31",
        ),
        (
            models.System,
            "Provider",
            "Parcel sevrice",
            "The catalogue has no entry of this name.",
            "one of: parcel service",
        ),
        (
            models.System,
            "Provider",
            "Nobody",
            "The catalogue has no entry of this name.",
            "the name of an entry of the catalogue",
        ),
        (models.Recipient, "Kind", "Vendor", "This is none of the accepted values.", "Processor"),
        (models.Recipient, "Allows audits", "maybe", "", ""),
        (models.RetentionSchedule, "Period", "ten", "“ten” is not a whole number.", "a whole number"),
        (models.RetentionSchedule, "Permanent", "not assessed", "This must be yes or no.", "yes or no"),
        (models.Organisation, "E-mail", "no address", "Enter a valid email address.", "text"),
        (models.Organisation, "Contacts", "Ane | role: x", "“role” is not a known key", "kind:"),
        (
            models.Organisation,
            "Contacts",
            "Ane",
            "Row 1 of the cell: kind: This field cannot be blank.",
            "one row a line",
        ),
        (models.DataSubjectCategory, "Vulnerable", "perhaps", "“perhaps” is not an answer.", "Yes"),
        (models.System, "Owner", "x" * 251, "Ensure this value has at most 250 characters (it has 251).", "text"),
    ],
)
def test_a_cell_that_cannot_be_read_is_an_error_that_names_it_and_what_is_accepted(
    model, heading, text, message, accepted
):
    factories.make(models.Recipient, name="Parcel service")
    known = {fact.label for fact in facts(record_class(model)).values()}
    heading = heading if heading in known else "Gives information and allows audits"
    required = {models.RetentionSchedule: ("Time limit in words", "Ten years")}.get(model, ("", ""))

    result = run(model, [["Name", required[0], heading], ["An entry", required[1], text], ["Another", required[1], ""]])

    (problem,) = result.problems
    assert (problem.severity, problem.row, problem.column, problem.heading, problem.value) == (
        "error",
        2,
        3,
        heading,
        text,
    )
    assert problem.message.startswith(message)
    assert accepted in problem.accepted
    assert model.objects.exclude(name="Parcel service").count() == 0


def test_every_error_of_every_row_is_told_in_the_order_of_the_file():
    rows = [
        ["Name", "Hosted in", "Retired on"],
        ["Till", "Atlantis", "soon"],
        ["", "Norway", ""],
        ["Shop", "Norway", "2026-13-01"],
    ]

    result = run(models.System, rows)

    assert [(row, heading) for row, heading, *_ in told(result)] == [
        (2, "Hosted in"), (2, "Retired on"), (3, "Name"), (4, "Retired on")
    ]  # fmt: skip
    assert models.System.objects.count() == 0


def test_a_second_row_about_the_same_entry_is_an_error_that_names_the_first():
    result = run(models.System, [["Name"], ["Till"], ["Shop"], ["TILL"]])

    assert told(result) == [(4, "Name", "Row 2 is about the same entry.", "TILL", "each entry once in a file")]


def test_unknown_columns_are_errors_that_name_the_accepted_ones():
    result = run(models.DataSubjectCategory, [["Name", "Vulnerabel", "Colour"], ["Children", "yes", "red"]])

    accepted = "Name, Description, Vulnerable, DPV term, Retired on"
    assert told(result) == [
        (1, "Vulnerabel", "Unknown column.", "Vulnerabel", f"“Vulnerable”, or one of: {accepted}"),
        (1, "Colour", "Unknown column.", "Colour", accepted),
    ]


def test_a_column_that_stands_twice_is_an_error():
    result = run(models.System, [["Name", "Owner", "owner"], ["Till", "Ane", "Bo"]])

    assert told(result) == [(1, "owner", "Column 3 and column 2 hold the same fact.", "owner", "each column once")]


def test_a_cell_below_no_heading_is_an_error():
    result = run(models.System, [["Name", "", "Owner"], ["Till", "lost", "Ane", "beyond"]])

    assert [(problem.row, problem.column, problem.value) for problem in result.problems] == [
        (2, 2, "lost"),
        (2, 4, "beyond"),
    ]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "The sheet is empty."),
        ([["", ""], []], "The sheet is empty."),
        ([["Owner"], ["Ane"]], "The column “Name” is missing."),
        ([["Name"], [""]], "There are no rows below the headings."),
    ],
)
def test_a_table_without_names_or_rows_is_an_error(rows, message):
    assert [problem.message for problem in run(models.System, rows).problems] == [message]


def test_a_unit_is_known_by_its_organisation_and_name():
    one, other = factories.organisation(name="One"), factories.organisation(name="Other")
    factories.make(models.OrganisationUnit, organisation=one, name="Sales")

    result = run(
        models.OrganisationUnit,
        [["Organisation", "Name", "Part of"], ["one", "Sales", ""], ["Other", "Sales", ""], ["Other", "Shop", "Sales"]],
    )

    assert (result.unchanged, result.created) == (1, 2)
    assert models.OrganisationUnit.objects.get(name="Shop").parent == models.OrganisationUnit.objects.get(
        organisation=other, name="Sales"
    )


def test_a_unit_of_an_unknown_organisation_is_an_error_told_once():
    result = run(
        models.OrganisationUnit, [["Organisation", "Name", "Part of"], ["Nobody", "Sales", "Shop"], ["", "Sales", ""]]
    )

    assert [(row, heading) for row, heading, *_ in told(result)] == [(2, "Organisation"), (3, "Organisation")]


def test_an_entry_may_stand_before_the_one_it_is_part_of():
    result = run(models.DataCategory, [["Name", "Part of"], ["Wages", "Payroll"], ["Payroll", "Work"], ["Work", ""]])

    assert (result.created, [outcome.row for outcome in result.outcomes]) == (3, [2, 3, 4])
    assert models.DataCategory.objects.get(name="Wages").parent.parent.name == "Work"


def test_entries_that_are_part_of_each_other_are_errors():
    result = run(models.DataCategory, [["Name", "Part of"], ["One", "Two"], ["Two", "One"]])

    assert told(result)[0][:4] == (2, "Part of", "The catalogue has no entry of this name.", "Two")
    assert told(result)[1][:4] == (3, "Part of", "The catalogue has no entry of this name.", "One")
    assert models.DataCategory.objects.count() == 0


def test_an_entry_that_is_part_of_itself_is_an_error():
    factories.make(models.DataCategory, name="One")

    result = run(models.DataCategory, [["Name", "Part of"], ["One", "One"]])

    assert [problem.message for problem in result.problems] == ["An entry can't refer to itself."]


def test_a_legal_basis_is_known_by_its_code():
    factories.make(models.LegalBasis, code="X-1", title="Old", regime="eu", kind="lawful_basis")

    result = run(models.LegalBasis, [["Code", "Title"], ["x-1", "New"]])

    assert result.changed == 1
    assert list(models.LegalBasis.objects.values_list("code", "title")) == [("x-1", "New")]


def test_contacts_keep_their_keys_where_they_are_called_as_before():
    organisation = factories.organisation(name="Fjord Foods AS")
    kept = factories.make(models.Contact, organisation=organisation, kind="dpo_internal", name="Ane Dahl")
    factories.make(models.Contact, organisation=organisation, kind="other", name="Bo Lund", position=1)
    cell = (
        "Cato Moe | kind: Other contact\nAne Dahl | kind: Data protection officer (internal) | telephone: 22 00 00 00"
    )

    result = run(models.Organisation, [["Name", "Contacts"], ["Fjord Foods AS", cell]])

    assert (result.problems, result.changed) == ((), 1)
    assert list(organisation.contacts.values_list("name", "phone", "position")) == [
        ("Cato Moe", "", 0),
        ("Ane Dahl", "22 00 00 00", 1),
    ]
    assert organisation.contacts.get(name="Ane Dahl").pk == kept.pk
    assert organisation.history.count() == 4


def test_data_of_a_system_keep_their_keys_and_names_without_an_entry_stay_words():
    contact = factories.make(models.DataCategory, name="Contact details")
    system = factories.make(models.System, name="Till")
    kept = factories.make(models.SystemData, system=system, category=contact)
    factories.make(models.SystemData, system=system, stated_as="Receipts", position=1)

    result = run(models.System, [["Name", "Data held"], ["Till", "Voices\ncontact details"]])

    assert (result.problems, result.changed) == ((), 1)
    assert list(system.data.values_list("category", "stated_as")) == [(None, "Voices"), (contact.pk, "")]
    assert system.data.get(category=contact).pk == kept.pk


def test_a_file_read_into_an_open_change_set_joins_it():
    with change_set(reason="the whole workbook") as opened:
        run(models.System, [["Name"], ["Till"]])
        run(models.System, [["Name", "Hosted in"], ["Shop", "Atlantis"]])

    assert list(models.System.objects.values_list("name", flat=True)) == ["Till"]
    assert models.System.history.get().change_set_id == opened.sequence


def test_what_the_database_refuses_is_a_problem_of_its_row(monkeypatch):
    def refuse(*args, **kwargs):
        raise IntegrityError("twice")

    monkeypatch.setattr(models.System, "save", refuse)

    result = run(models.System, [["Name"], ["Till"]])

    assert told(result) == [(2, "", "The database refuses this row: twice", "", "")]


def test_a_rule_of_the_whole_entry_is_a_problem_of_its_row(monkeypatch):
    def refuse(self):
        raise ValidationError("Tills are not systems.")

    monkeypatch.setattr(models.System, "clean", refuse)

    result = run(models.System, [["Name"], ["Till"]])

    assert told(result) == [(2, "", "Tills are not systems.", "", "")]


def test_a_fault_of_the_program_is_no_problem_of_the_file(monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("a bug")

    monkeypatch.setattr(models.System, "save", fail)

    with pytest.raises(RuntimeError, match="a bug"):
        run(models.System, [["Name"], ["Till"]])


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("model", [models.Recipient, models.Organisation, models.OrganisationUnit, models.System])
def test_reading_what_is_there_already_takes_a_fixed_number_of_queries(model, count, django_assert_num_queries):
    owner = factories.organisation(name="Owner")
    for number in range(count):
        values = {"organisation": owner} if model is models.OrganisationUnit else {}
        factories.make(model, name=f"E{number}", **values)
    rows = export(model, CSV)

    with django_assert_num_queries(QUERIES_OF_AN_IMPORT[model] + 2 * len(rows[1:])):
        run(model, rows)


QUERIES_OF_AN_IMPORT = {
    models.Recipient: 21,
    models.Organisation: 22,
    models.OrganisationUnit: 21,
    models.System: 22,
}
"""Beside the savepoint of each row: begin and release."""


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("model", "queries"),
    [(models.Recipient, 1), (models.Organisation, 2), (models.OrganisationUnit, 1), (models.System, 2)],
)
def test_an_export_takes_a_fixed_number_of_queries(model, queries, count, django_assert_num_queries):
    owner = factories.organisation(name="Owner")
    for number in range(count):
        factories.make(
            model, name=f"E{number}", **({"organisation": owner} if model is models.OrganisationUnit else {})
        )

    with django_assert_num_queries(queries):
        resource_for(model)().export()


def workbook(*sheets):
    return Workbook("w.xlsx", "xlsx", "", tuple(Sheet(name, rows) for name, rows in sheets))


def test_the_only_sheet_with_rows_is_read_and_the_explanations_are_not():
    found = choose_sheet(workbook(("Explanations", [["Column"]]), ("Empty", []), ("Any", [["Name"]])), models.System)

    assert isinstance(found, Sheet)
    assert found.name == "Any"


def test_of_several_sheets_the_one_with_the_names_is_read():
    found = choose_sheet(workbook(("Cover", [["Hello"]]), ("Data", [["name"], ["Till"]])), models.System)

    assert isinstance(found, Sheet)
    assert found.name == "Data"


def test_several_sheets_that_fit_and_none_are_problems():
    several = choose_sheet(workbook(("A", [["Name"]]), ("B", [["Name"]])), models.System)
    none = choose_sheet(workbook(("Explanations", [["Column"]])), models.System)

    assert isinstance(several, Problem)
    assert several.message == "It isn't clear which sheet to read: “A”, “B”."
    assert isinstance(none, Problem)
    assert none.message == "The file has no sheet with rows."


def test_a_database_that_is_locked_is_no_problem_of_a_row(monkeypatch):
    def refuse(*args, **kwargs):
        cause = sqlite3.OperationalError("database is locked")
        cause.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise OperationalError("database is locked") from cause

    monkeypatch.setattr(models.System, "save", refuse)

    with pytest.raises(OperationalError):
        run(models.System, [["Name"], ["Till"]])
