"""Importing activities in our own flat layout."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from registry import models
from registry.imports import apply as applying
from registry.imports.apply import StaleOrFaulty
from registry.imports.importing import Choices, apply_preview, preview
from registry.imports.layouts.own import own_table
from registry.imports.plan import BlankCell
from registry.imports.reading import Sheet
from registry.record.classes import ASSURANCE, record_class
from registry.record.definition import facts
from registry.record.loader import load_register
from registry.versioning.writing import change_set
from tests import factories
from tests.imports.tables import as_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    organisation = factories.organisation(name="Ours")
    with change_set():
        models.OrganisationUnit.objects.create(organisation=organisation, name="Marketing")
        models.LegalBasis.objects.create(code="A6-1-a", title="Consent", regime="eu", kind="lawful_basis")
        models.LegalBasis.objects.create(code="UK-A6-1-a", title="Consent", regime="uk", kind="lawful_basis")
        models.LegalBasis.objects.create(code="A6-1-f", title="Legitimate interests", regime="eu", kind="lawful_basis")
        models.DataSubjectCategory.objects.create(name="Customers")
        models.DataCategory.objects.create(name="Contact details")
        models.DataCategory.objects.create(name="Orders; returns")
        models.RetentionSchedule.objects.create(name="3 years", text="Three years after the last order")
        models.Recipient.objects.create(name="Parcel carrier")
    return organisation


def bring(organisation, *rows, **choices):
    found = preview("register.csv", as_csv(*rows), organisation=organisation, choices=Choices(**choices))
    return found


def errors(found):
    return [
        (problem.row, problem.heading, problem.message) for problem in found.problems if problem.severity == "error"
    ]


def test_one_row_becomes_one_activity_with_all_its_rows(organisation):
    found = bring(
        organisation,
        ["Name", "Unit", "Our role", "Purposes", "Legal bases", "Data subjects", "Data categories", "Recipients",
         "Are there recipients?", "Transfers", "Began on", "Review every (months)", "May be published"],
        ["Newsletter", "marketing", "Controller", "send news\nmeasure success",
         'A6-1-a | for purpose: #1\nlegitimate interests | for purpose: #2 | legitimate interest: knowing what is read\n"§ 7 UWG"',
         "Customers | approximate number: 12000\n\"readers of the blog\"",
         'contact details | whose: Customers | kept for: 3 years | source: sign-up form\n"reading habits" | whose: #2\n'
         'entry: "Orders; returns" | words: "since 2020; not before"',
         "Parcel carrier | what for: sending gifts; Agency", "Yes", "Parcel carrier | country: Japan | safeguard: A45-3",
         "31/03/2020", "12", "yes"],
    )  # fmt: skip

    assert errors(found) == []
    assert found.plan.counts == {"created": 1, "changed": 0, "unchanged": 0, "skipped": 0, "refused": 0}
    opened = apply_preview(found, actor=None, reason="first import")

    (record,) = load_register().activities()
    assert (record.reference, record.name, record.unit.name, record.began_on.isoformat(), record.review_interval) == (
        "PA-0001",
        "Newsletter",
        "Marketing",
        "2020-03-31",
        12,
    )
    assert [row.text for row in record.purposes] == ["send news", "measure success"]
    assert [
        (row.legal_basis and row.legal_basis.code, row.stated_as, row.purpose and row.purpose.text)
        for row in record.legal_bases
    ] == [
        ("A6-1-a", "", "send news"),
        ("A6-1-f", "", "measure success"),
        (None, "§ 7 UWG", None),
    ]
    assert [
        (row.category and row.category.name, row.stated_as, row.data_subject.stated_as if row.data_subject else None)
        for row in record.data_categories
    ] == [
        ("Contact details", "", ""),
        (None, "reading habits", "readers of the blog"),
        ("Orders; returns", "since 2020; not before", None),
    ]
    assert record.data_categories[0].retention_schedule.text == "Three years after the last order"
    assert [(row.recipient and row.recipient.name, row.stated_as) for row in record.recipients] == [
        ("Parcel carrier", ""),
        (None, "Agency"),
    ]
    assert (record.transfers[0].country, record.transfers[0].safeguard, record.is_public) == ("JP", "A45-3", True)
    header = models.ChangeSet.objects.get(pk=opened.sequence)
    assert (header.channel, header.reason) == ("import", "first import")
    assert json.loads(header.details) == {"file": "register.csv", "sha256": found.sha256}
    assert models.ProcessingActivity.history.count() == 1


def test_the_same_file_again_changes_nothing(organisation):
    rows = [["Reference", "Name", "Purposes", "Recipients"], ["R-1", "Payroll", "pay", "Parcel carrier\nour bank"]]
    apply_preview(bring(organisation, *rows), actor=None)
    before = models.ChangeSet.objects.count()

    again = bring(organisation, *rows)
    opened = apply_preview(again, actor=None)

    assert again.plan.counts == {"created": 0, "changed": 0, "unchanged": 1, "skipped": 0, "refused": 0}
    assert (opened.sequence, models.ChangeSet.objects.count()) == (None, before)


@pytest.mark.parametrize("place", ["#²", "#3", "#0", "#" + "9" * 5000])
def test_a_row_that_points_to_no_row_is_a_problem_of_its_cell(organisation, place):
    found = bring(
        organisation, ["Name", "Purposes", "Legal bases"], ["Payroll", "pay\ntax", f"A6-1-f | for purpose: {place}"]
    )

    (problem,) = found.problems
    assert "doesn't point to one row of the column it refers to" in str(problem)


def test_a_change_is_planned_field_by_field_and_keeps_the_keys_of_rows(organisation):
    apply_preview(
        bring(organisation, ["Reference", "Name", "Purposes", "Legal bases"],
              ["R-1", "Payroll", "pay\ntax", "A6-1-f | for purpose: #2"]), actor=None,
    )  # fmt: skip
    kept = models.Purpose.objects.order_by("position").first().pk

    found = bring(
        organisation,
        ["Reference", "Name", "Description", "Purposes"],
        ["R-1", "Payroll & tax", "monthly", "pay people\ntax\npensions"],
    )
    (row,) = found.plan.rows
    apply_preview(found, actor=None)

    assert (sorted(row.values), row.before["name"], row.before["description"]) == (
        ["description", "name", "purposes"],
        "Payroll",
        "",
    )
    (record,) = load_register().activities()
    assert [purpose.text for purpose in record.purposes] == ["pay people", "tax", "pensions"]
    assert record.legal_bases[0].purpose.text == "tax"
    assert record.purposes[0].pk == kept
    assert models.ProcessingActivity.history.count() == 2


def test_rows_that_are_left_out_of_a_list_go(organisation):
    apply_preview(
        bring(organisation, ["Reference", "Name", "Purposes"], ["R-1", "Payroll", "pay\ntax\npensions"]), actor=None
    )

    apply_preview(bring(organisation, ["Reference", "Name", "Purposes"], ["R-1", "Payroll", "pay"]), actor=None)

    assert list(models.Purpose.objects.values_list("text", flat=True)) == ["pay"]


@pytest.mark.parametrize(("choice", "description"), [(BlankCell.LEAVE, "monthly"), (BlankCell.CLEAR, "")])
def test_a_blank_cell_means_what_the_person_says(organisation, choice, description):
    apply_preview(bring(organisation, ["Reference", "Name", "Description"], ["R-1", "Payroll", "monthly"]), actor=None)

    found = bring(organisation, ["Reference", "Name", "Description"], ["R-1", "Payroll", ""], blank_cell=choice)
    apply_preview(found, actor=None)

    assert models.ProcessingActivity.objects.get().description == description


def test_none_in_a_list_is_an_answer(organisation):
    apply_preview(bring(organisation, ["Name", "Recipients", "Transfers"], ["Payroll", "none", "keine"]), actor=None)

    activity = models.ProcessingActivity.objects.get()
    assert (activity.recipients_answer, activity.transfers_answer) == ("no", "no")


@pytest.mark.parametrize("planned_in", ["en", "fr", "de"])
@pytest.mark.parametrize("text", ["Processor", "processor", "Sous-traitant", "Auftragsverarbeiter"])
def test_a_choice_is_read_in_any_language_whoever_plans_the_import(organisation, text, planned_in):
    with translation.override(planned_in):
        found = bring(organisation, ["Name", "Our role"], ["Hosting", text])

    assert (errors(found), [row.values["role"] for row in found.plan.rows]) == ([], ["processor"])


def test_an_answer_that_contradicts_its_list_is_an_error(organisation):
    found = bring(organisation, ["Name", "Are there recipients?", "Recipients"], ["Payroll", "no", "Parcel carrier"])

    assert errors(found) == [
        (2, "Are there recipients?", "“Are there recipients?” says no, and “Recipients” has rows.")
    ]


@pytest.mark.parametrize(
    ("heading", "text", "message"),
    [
        ("Began on", "31.02.2026", "“31.02.2026” does not exist: 2026-02 has no day 31."),
        ("Our role", "owner", "This is none of the accepted values."),
        ("Status", "aktiv", "This is none of the accepted values."),
        ("Unit", "Marketng", "The organisation has no unit of this name."),
        ("Owner", "nobody", "No user has this name."),
        ("Kept for", "4 years", "The catalogue has no entry of this name."),
        ("May be published", "not assessed", "This must be yes or no."),
        ("Review every (months)", "often", "“often” is not a whole number."),
        ("Transfers", "Parcel carrier | country: Atlantis", "country: Unknown country."),
        ("Transfers", "Parcel carrier | colour: red", "“colour” is not a known key (at character 18)."),
        ("Legal bases", "A6-1-a | for purpose: #1", "“#1” doesn't point to one row of the column it refers to."),
        ("Tags", "x" * 301, "The text is too long: 301 characters."),
        ("Transfers", f"Parcel carrier | document: {'x' * 501}", "Document: the text is too long."),
        ("Organisation", "Theirs", "There is no such organisation."),
    ],
)
def test_what_cannot_be_read_is_an_error_with_its_cell_and_what_would_be_accepted(organisation, heading, text, message):
    found = bring(organisation, ["Name", heading], ["Payroll", text])

    assert errors(found) == [(2, heading, message)]
    (problem,) = [problem for problem in found.problems if problem.severity == "error"]
    assert (problem.column, bool(problem.accepted)) == (2, True)
    with pytest.raises(StaleOrFaulty, match="has errors"):
        apply_preview(found, actor=None)
    assert models.ProcessingActivity.objects.count() == 0


def test_two_entries_of_the_same_title_are_told_apart_by_their_code_alone(organisation):
    apply_preview(bring(organisation, ["Name", "Legal bases"], ["Newsletter", "Consent\nUK-A6-1-a"]), actor=None)

    (record,) = load_register().activities()
    assert [(row.legal_basis and row.legal_basis.code, row.stated_as) for row in record.legal_bases] == [
        (None, "Consent"),
        ("UK-A6-1-a", ""),
    ]


def test_a_reference_twice_in_a_file_is_an_error_that_names_the_first(organisation):
    found = bring(organisation, ["Reference", "Name"], ["R-1", "One"], ["R-1", "Two"])

    assert errors(found) == [(3, "Reference", "The reference stands in row 2 already.")]


def test_a_missing_name_is_an_error(organisation):
    assert errors(bring(organisation, ["Reference", "Name"], ["R-1", ""])) == [(2, "Name", "The activity has no name.")]


def test_an_unknown_column_is_an_error_in_our_own_layout(organisation):
    found = bring(organisation, ["Reference", "Name", "Purposes", "Shoe size"], ["R-1", "One", "p", "42"])

    assert errors(found) == [(1, "Shoe size", "Unknown column.")]
    assert found.problems[0].accepted.startswith("Organisation, Unit, Reference")


def test_a_table_without_rows_says_so(organisation):
    assert errors(bring(organisation, ["Reference", "Name", "Purposes"])) == [
        (1, "", "The table holds headings and no rows.")
    ]


def test_a_row_of_another_organisation_is_refused(organisation):
    factories.organisation(name="Theirs")

    found = bring(organisation, ["Name", "Organisation"], ["Payroll", "Theirs"])

    assert errors(found) == [(2, "Organisation", "The row belongs to another organisation than the import.")]


def test_without_an_organisation_each_row_must_name_its_own(organisation):
    found = bring(None, ["Name", "Organisation"], ["Payroll", "Ours"], ["Billing", ""])

    assert errors(found) == [(3, "Organisation", "No organisation is named.")]


def test_a_known_name_without_its_reference_is_that_record_and_remarked_on(organisation):
    apply_preview(bring(organisation, ["Name", "Description"], ["Payroll", "monthly"]), actor=None)

    same = bring(organisation, ["Name", "Description"], ["payroll", "monthly"])
    other = bring(organisation, ["Name", "Description"], ["Payroll", "weekly"])

    assert [(found.problems[0].severity, found.problems[0].row) for found in (same, other)] == [
        ("note", 2),
        ("warning", 2),
    ]
    assert [found.plan.rows[0].action.value for found in (same, other)] == ["unchanged", "changed"]
    assert other.plan.rows[0].values == {"description": "weekly"}


def test_references_that_were_typed_are_stepped_over(organisation):
    apply_preview(
        bring(organisation, ["Reference", "Name"], ["PA-0001", "One"], ["", "Two"], ["PA-0003", "Three"], ["", "Four"]),
        actor=None,
    )

    names = dict(models.ProcessingActivity.objects.values_list("name", "reference"))
    assert names == {"One": "PA-0001", "Two": "PA-0002", "Three": "PA-0003", "Four": "PA-0004"}


def test_a_plan_is_stale_once_the_register_has_moved_on(organisation):
    found = bring(organisation, ["Name", "Description"], ["Payroll", ""])
    factories.organisation()

    with pytest.raises(StaleOrFaulty, match="has changed since"):
        apply_preview(found, actor=None)

    assert models.ProcessingActivity.objects.count() == 0


def test_a_crash_in_the_middle_leaves_nothing(organisation, monkeypatch):
    found = bring(organisation, ["Name", "Purposes"], ["One", "p"], ["Two", "p"])
    before = models.ChangeSet.objects.count()

    def crash(*args):
        raise RuntimeError("the machine is gone")

    monkeypatch.setattr("registry.versioning.sealing._store", crash)
    with pytest.raises(RuntimeError, match="gone"):
        apply_preview(found, actor=None)

    assert models.ProcessingActivity.objects.count() == models.Purpose.objects.count() == 0
    assert models.ChangeSet.objects.count() == before


def test_units_are_added_where_the_person_asks_for_it(organisation):
    found = bring(
        organisation, ["Name", "Unit"], ["One", "Sales"], ["Two", "sales"], ["Three", "Marketing"], create_units=True
    )
    apply_preview(found, actor=None)

    assert list(models.OrganisationUnit.objects.order_by("name").values_list("name", flat=True)) == [
        "Marketing",
        "Sales",
    ]
    assert list(models.ProcessingActivity.objects.order_by("pk").values_list("unit__name", flat=True)) == [
        "Sales",
        "Sales",
        "Marketing",
    ]


def test_formulas_that_were_escaped_are_read_as_the_text_they_were(organisation):
    apply_preview(bring(organisation, ["Name", "Description"], ["'=1+1", "'+49 30"]), actor=None)

    activity = models.ProcessingActivity.objects.get()
    assert (activity.name, activity.description) == ("=1+1", "+49 30")


def test_previewing_and_applying_need_the_same_number_of_queries_for_one_row_and_for_three(organisation):
    def queries(count, start):
        rows = [
            [f"R-{start + n}", f"Name {n}", "p1\np2", "Parcel carrier\nAgency", "contact details"] for n in range(count)
        ]
        header = ["Reference", "Name", "Purposes", "Recipients", "Data categories"]
        with CaptureQueriesContext(connection) as creating:
            apply_preview(bring(organisation, header, *rows), actor=None)
        for row in rows:
            row[2] = "other\np2\np3"
        with CaptureQueriesContext(connection) as changing:
            apply_preview(bring(organisation, header, *rows), actor=None)
        return len(creating), len(changing)

    queries(1, 100)
    assert queries(1, 200) == queries(3, 300)


def test_a_changed_list_may_point_into_a_list_that_the_file_leaves_alone(organisation):
    header = ["Reference", "Name", "Purposes", "Legal bases", "Transfers"]
    apply_preview(
        bring(organisation, header, ["R-1", "Payroll", "pay\ntax", "A6-1-a | for purpose: #1", "Parcel carrier"]),
        actor=None,
    )

    changed = [
        "A6-1-f | for purpose: #2 | assessed on: 2026-01-02\nA6-1-a | for purpose: #1",
        "Parcel carrier | assessed on: 2026-02-03",
    ]
    found = bring(organisation, ["Reference", "Name", "Legal bases", "Transfers"], ["R-1", "Payroll", *changed])
    apply_preview(found, actor=None)

    (record,) = load_register().activities()
    assert [
        (row.legal_basis.code, row.purpose.text, row.assessed_on and row.assessed_on.isoformat())
        for row in record.legal_bases
    ] == [
        ("A6-1-f", "tax", "2026-01-02"),
        ("A6-1-a", "pay", None),
    ]
    assert record.transfers[0].assessed_on.isoformat() == "2026-02-03"
    again = bring(organisation, ["Reference", "Name", "Legal bases", "Transfers"], ["R-1", "Payroll", *changed])
    assert again.plan.counts["unchanged"] == 1


def test_whose_data_may_be_named_instead_of_numbered(organisation):
    header = ["Name", "Data subjects", "Data categories"]
    apply_preview(
        bring(
            organisation,
            header,
            ["Shop", 'Customers\n"guests"', "Contact details | whose: guests\nContact details | whose: customers"],
        ),
        actor=None,
    )

    (record,) = load_register().activities()
    assert [row.data_subject.stated_as or row.data_subject.category.name for row in record.data_categories] == [
        "guests",
        "Customers",
    ]


def test_a_name_that_no_entry_has_stays_in_its_words_with_what_was_said_beside_it(organisation):
    apply_preview(bring(organisation, ["Name", "Recipients"], ["Shop", 'Our bank | words: "in Cork"']), actor=None)

    (record,) = load_register().activities()
    assert [(row.recipient, row.stated_as) for row in record.recipients] == [(None, "Our bank (in Cork)")]


def test_an_organisation_that_is_nearly_named_is_suggested(organisation):
    found = bring(None, ["Name", "Organisation"], ["Payroll", "Our"])

    assert [problem.accepted for problem in found.problems] == ["one of: ours"]


def test_there_is_nothing_to_apply_where_no_table_was_found(organisation):
    found = preview("empty.csv", b"\n", organisation=organisation)

    assert not found.is_applicable
    with pytest.raises(ValueError, match="no plan"):
        apply_preview(found, actor=None)


@pytest.mark.parametrize(("many", "told"), [(3, 0), (2, 1)])
def test_postgresql_learns_how_much_a_large_import_wrote(organisation, monkeypatch, many, told):
    monkeypatch.setattr(applying, "BATCH", many)
    found = bring(organisation, ["Name", "Purposes"], ["Payroll", "Paying wages"], ["Newsletter", ""])

    with CaptureQueriesContext(connection) as captured:
        apply_preview(found, actor=None)

    said = [query["sql"] for query in captured if query["sql"].startswith("ANALYZE")]
    assert len(said) == (told if connection.vendor == "postgresql" else 0)
    assert all("registry_purpose" in sql and "registry_historicalprocessingactivity" in sql for sql in said)


@pytest.mark.parametrize("model", ASSURANCE, ids=lambda model: model.__name__)
def test_what_is_kept_of_audits_and_trainings_is_no_layout_of_ours(model):
    labels = [fact.label for fact in facts(record_class(model)).values()]
    sheet = Sheet("list", tuple(tuple(row) for row in (labels, ["x"] * len(labels))))

    found = own_table(sheet)

    assert found is None or found[0] != model.__name__
