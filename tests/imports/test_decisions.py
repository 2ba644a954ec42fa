"""What a person decides about an import: rows left out, words that become entries, what the register said since."""

import io

import pytest

from registry import models
from registry.imports.importing import Choices, apply_preview, preview
from registry.imports.nearness import Names
from registry.imports.plan import Existing, Newer
from registry.imports.terms import CREATE, TermDecisions
from registry.record.loader import load_register
from registry.reports.as_csv import write_csv
from registry.reports.flat import flat_report
from registry.versioning.writing import change_set
from tests import factories
from tests.imports.tables import as_csv
from tests.reports.texts import PROVENANCE

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return factories.organisation(name="Ours")


def plan(organisation, *rows, data=None, **choices):
    content = as_csv(*rows) if data is None else data
    return preview("register.csv", content, organisation=organisation, choices=Choices(**choices))


def outcomes(found):
    return [(row.reference, row.action.value) for row in found.plan.rows]


def remarks(found):
    return [(problem.severity, problem.row, problem.message) for problem in found.problems]


# Rows


def test_existing_records_are_skipped_and_single_rows_taken_or_left_out(organisation):
    for reference in ("A", "B"):
        factories.activity(organisation, name="Old", reference=reference)
    rows = (["Reference", "Name"], ["A", "New"], ["B", "New"], ["C", "New"], ["D", ""])

    skipping = plan(organisation, *rows, existing=Existing.SKIP, rows={"#3": "take", "#5": "skip"})

    assert outcomes(skipping) == [("A", "skipped"), ("B", "changed"), ("C", "created"), ("D", "skipped")]
    assert skipping.is_applicable
    assert plan(organisation, *rows).plan.counts == {
        "created": 1, "changed": 2, "unchanged": 0, "skipped": 0, "refused": 1,
    }  # fmt: skip
    apply_preview(skipping, actor=None)
    assert [(record.reference, record.name) for record in load_register().activities()] == [
        ("A", "Old"),
        ("B", "New"),
        ("C", "New"),
    ]


# Words


WORDS = (
    ["Reference", "Name", "Data subjects", "Recipients", "Time limit in words"],
    ["A", "One", '"Customer"\n"Guests"', '"Tax office"', "ten years"],
    ["B", "Two", '"guests"\n"Staff of the\nshop"', "", "Ten  years"],
)


def test_words_that_no_entry_stands_behind_are_counted_with_what_is_called_alike(organisation):
    factories.make(models.DataSubjectCategory, name="Customers")

    found = plan(organisation, *WORDS)

    assert [
        (term.model, term.words, term.count, [near.name for near in term.near], term.has_double)
        for term in found.plan.terms.told()
    ] == [
        ("DataSubjectCategory", "Guests", 2, [], False),
        ("RetentionSchedule", "ten years", 2, [], False),
        ("DataSubjectCategory", "Customer", 1, ["Customers"], True),
        ("DataSubjectCategory", "Staff of the\nshop", 1, [], False),
        ("Recipient", "Tax office", 1, [], False),
    ]


def test_unknown_words_become_entries_but_for_near_doubles_and_prose(organisation):
    factories.make(models.DataSubjectCategory, name="Customers")
    prose = '"' + "Everybody who has ever been in the shop, " * 4 + '"'
    rows = (*WORDS, ["C", "Three", prose, "", ""])

    found = plan(organisation, *rows, terms=TermDecisions(others=CREATE))
    apply_preview(found, actor=None)

    assert list(models.DataSubjectCategory.objects.values_list("name", flat=True)) == [
        "Customers",
        "Guests",
    ]
    assert list(models.Recipient.objects.values_list("name", flat=True)) == ["Tax office"]
    assert list(models.RetentionSchedule.objects.values_list("name", "text")) == [("ten years", "ten years")]
    first, second, third = load_register().activities()
    assert [(row.category and row.category.name, row.stated_as) for row in first.data_subjects] == [
        (None, "Customer"),
        ("Guests", ""),
    ]
    assert [row.category and row.category.name for row in second.data_subjects] == ["Guests", None]
    assert (first.retention_schedule, first.retention_stated_as) == (second.retention_schedule, "")
    assert third.data_subjects[0].category is None
    assert models.ChangeSet.objects.first().channel == "import"


def test_single_words_are_an_entry_become_one_or_stay_words_as_she_says(organisation):
    customers = factories.make(models.DataSubjectCategory, name="Customers")
    single = {"DataSubjectCategory": {"customer": customers.pk, "guests": "words", "staff of the shop": 999_999}}

    found = plan(organisation, *WORDS, terms=TermDecisions({**single, "Recipient": {"tax office": CREATE}}))
    apply_preview(found, actor=None)

    first, second = load_register().activities()
    assert [(row.category and row.category.name, row.stated_as) for row in first.data_subjects] == [
        ("Customers", "Customer"),
        (None, "Guests"),
    ]
    assert [row.category for row in second.data_subjects] == [None, None]
    assert [row.recipient.name for row in first.recipients] == ["Tax office"]
    assert first.retention_stated_as == "ten years"


def test_of_words_that_need_more_than_a_name_no_entry_is_made(organisation):
    rows = (["Reference", "Name", "Legal bases"], ["A", "One", '"§ 26 BDSG"'])

    found = plan(organisation, *rows, terms=TermDecisions({"LegalBasis": {"§ 26 bdsg": CREATE}}, others=CREATE))

    assert found.plan.new_entries == {}


def test_what_was_matched_stays_matched_when_a_file_of_words_is_imported_again(organisation):
    rows = (["Nr.", "Bezeichnung", "Zweck", "Betroffene", "Löschfristen"], ["A", "One", "Selling", "Kunde", "10 Jahre"])
    entry = factories.make(models.DataSubjectCategory, name="Customers")
    decided = TermDecisions({"DataSubjectCategory": {"kunde": entry.pk}, "RetentionSchedule": {"10 jahre": CREATE}})
    apply_preview(plan(organisation, *rows, terms=decided), actor=None)

    again = plan(organisation, *rows)

    assert outcomes(again) == [("A", "unchanged")]


def test_likeness_sees_through_case_accents_and_plurals_and_finds_names_within_words():
    names = Names([(1, "Bank details"), (2, "Künden"), (3, "Health data"), (4, "IP"), (5, "…")])

    assert [(near.name, near.is_double) for near in names.near("BANK-DETAIL")] == [("Bank details", True)]
    assert [near.pk for near in names.near("kuenden")] == [2]
    assert [(near.pk, near.is_double) for near in names.near("all health data of the staff of the clinic in town")] == [
        (3, False)
    ]
    assert names.near("???") == []
    assert names.near("Zoology") == []


# What the register says since


def exported():
    out = io.BytesIO()
    write_csv(flat_report(load_register(), PROVENANCE), out)
    return out.getvalue().decode("utf-8-sig")


def change(reference, **values):
    with change_set(reason="Later"):
        activity = models.ProcessingActivity.objects.get(reference=reference)
        for key, value in values.items():
            setattr(activity, key, value)
        activity.save()


def test_an_old_file_shows_what_it_would_undo_and_leaves_it_as_it_is(organisation):
    for reference in ("A", "B", "C"):
        factories.activity(organisation, name="One", reference=reference, tags="old", description="old")
    made_from = models.ChangeSet.objects.first().sequence
    old = exported()
    change("A", tags="newer")
    change("B", tags="newer")
    edited = old.replace("B,,One,old", "B,,One,edited")

    found = plan(organisation, data=edited.encode())

    a, b, c = found.plan.rows
    assert [(row.action.value, row.newer) for row in (a, b, c)] == [
        ("unchanged", {"tags": ("newer", "old")}),
        ("changed", {"tags": ("newer", "old")}),
        ("unchanged", {}),
    ]
    assert b.values == {"description": "edited"}
    said = "The register has changed since the file was made from it, and what it says now is kept: Tags."
    assert remarks(found) == [("note", 2, said), ("note", 3, said)]
    assert {problem.value for problem in found.problems} == {str(made_from)}


def test_the_files_older_values_are_taken_for_a_row_or_for_all_where_she_says_so(organisation):
    for reference in ("A", "B"):
        factories.activity(organisation, name="One", reference=reference, tags="old")
    old = exported()
    change("A", tags="newer")
    change("B", tags="newer")

    one = plan(organisation, data=old.encode(), rows={"#2": "take"})
    both = plan(organisation, data=old.encode(), newer=Newer.REPLACE)

    assert outcomes(one) == [("A", "changed"), ("B", "unchanged")]
    assert outcomes(both) == [("A", "changed"), ("B", "changed")]
    assert one.plan.rows[0].values == {"tags": "old"}
    assert remarks(both)[0] == (
        "warning",
        2,
        "The register has changed since the file was made from it, and the file's older values would take its place: "
        "Tags.",
    )


def test_what_both_have_changed_is_a_warning_and_lists_that_point_into_it_stay_with_it(organisation):
    with change_set(reason="for a test"):
        activity = models.ProcessingActivity.objects.create(organisation=organisation, name="One", reference="A")
        guests = activity.data_subjects.create(stated_as="Guests")
        activity.data_categories.create(stated_as="Wishes", data_subject=guests)
    old = exported()
    with change_set(reason="Later"):
        activity.data_subjects.update(stated_as="Visitors")
    edited = old.replace("Guests", "Children").replace("Wishes", "Names")

    found = plan(organisation, data=edited.encode())

    assert outcomes(found) == [("A", "unchanged")]
    assert set(found.plan.rows[0].newer) == {"data_subjects", "data_categories"}
    assert [severity for severity, _, _ in remarks(found)] == ["warning"]


def test_a_file_from_a_later_or_another_register_is_refused_and_rows_of_ones_own_need_no_number(organisation):
    rows = (
        ["Reference", "Name", "Purposes", "Change set"],
        ["A", "One", "", "99"],
        ["B", "Two", "", ""],
        ["C", "Three", "", "x"],
    )

    found = plan(organisation, *rows)

    assert outcomes(found) == [("A", "refused"), ("B", "created"), ("C", "refused")]
    assert remarks(found)[0] == ("error", 2, "The register has no such change set.")


def test_a_number_is_read_as_spreadsheet_programs_write_it(organisation):
    factories.activity(organisation, name="One", reference="A")
    rows = [["Reference", "Name", "Purposes", "Change set"]]

    readings = [
        plan(organisation, *rows, ["A", "One", "", text]).plan.counts["unchanged"] for text in ("1", "#1", "1.0")
    ]

    assert readings == [1, 1, 1]
