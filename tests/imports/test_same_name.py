"""Rows without a reference that have the name of a record: that record, or another one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry import models
from registry.imports.importing import Choices, apply_preview, preview
from registry.imports.plan import Existing, SameName
from registry.imports.terms import CREATE, TermDecisions
from registry.record.flat import MADE_FROM
from registry.versioning.change_set import last_number
from tests import factories
from tests.imports.tables import as_csv

pytestmark = pytest.mark.django_db

HEADINGS = ("Bezeichnung", "Zweck", "Farbe")
ADDS = "An activity of this name exists already; without its reference this row adds another one."
CHANGES = "The row has no reference: it is read as the activity of this name, and would change it."
SAME = "The row has no reference: it is read as the activity of this name, which says the same already."


@pytest.fixture
def organisation():
    return factories.organisation(name="Ours")


def bring(organisation, *rows, name="ours.csv", headings=HEADINGS, **choices):
    return preview(name, as_csv(headings, *rows), organisation=organisation, choices=Choices(**choices))


def brought(organisation, *rows, **options):
    apply_preview(bring(organisation, *rows, **options), actor=None)


def actions(found):
    return [row.action.value for row in found.plan.rows]


def said(found):
    return [problem.message for problem in found.problems if "this name" in problem.message]


def test_the_same_rows_once_more_change_nothing_whatever_the_file_is_called(organisation):
    rows = (("Personal", "Abrechnung", "rot"), ("Newsletter", "Werbung", "blau"))
    brought(organisation, *rows)

    again = bring(organisation, *rows, name="other.csv", headings=(*HEADINGS[:2], "Ton"))
    same = bring(organisation, *rows)

    assert actions(same) == ["unchanged", "unchanged"]
    assert (said(same), [row.by_name for row in same.plan.rows]) == ([SAME, SAME], [True, True])
    assert actions(again) == ["created", "created"]  # what the third column says is kept under another heading


def test_of_a_refused_row_that_is_a_record_by_its_name_no_reference_is_said_to_exist(organisation):
    headings = ("Bezeichnung", "Zweck", "Beginn der Verarbeitung")
    brought(organisation, ("Personal", "Abrechnung", "01.02.2026"), headings=headings)

    found = bring(organisation, ("Personal", "Abrechnung", "31.02.2026"), headings=headings)

    assert [(row.action.value, row.by_name) for row in found.plan.rows] == [("refused", True)]
    assert [(problem.severity, problem.heading) for problem in found.problems if problem.row == 2] == [
        ("error", "Beginn der Verarbeitung")
    ]


@pytest.mark.parametrize(
    ("name", "headings", "action"),
    [
        ("ours.csv", HEADINGS, "changed"),
        ("Ours-problems (2).xlsx.csv", HEADINGS, "changed"),
        ("ours (1).csv", (*HEADINGS[:2], "Ton"), "changed"),
        ("renamed.csv", HEADINGS, "changed"),
        ("theirs.csv", (*HEADINGS[:2], "Ton"), "created"),
    ],
)
def test_a_repaired_row_changes_its_record_where_such_a_file_has_made_it(organisation, name, headings, action):
    brought(organisation, ("Personal", "Abrechnung", "rot"))

    found = bring(organisation, ("personal ", "Lohn", "rot"), name=name, headings=headings)

    assert actions(found) == [action]
    assert said(found) == [CHANGES if action == "changed" else ADDS]
    assert "name" not in found.plan.rows[0].values or action == "created"


def test_a_record_that_no_file_has_made_is_left_alone_unless_she_says_otherwise(organisation):
    factories.activity(organisation, name="Personal", reference="R-1")
    row = ("Personal", "Lohn", "")

    usual, matched, added = (bring(organisation, row, same_name=how) for how in SameName)
    single = bring(organisation, row, rows={"#2": "match"})

    assert [actions(found) for found in (usual, matched, added, single)] == [
        ["created"],
        ["changed"],
        ["created"],
        ["changed"],
    ]
    assert [(found.plan.rows[0].has_namesake, found.plan.rows[0].by_name) for found in (usual, matched)] == [
        (True, False),
        (True, True),
    ]
    assert matched.plan.rows[0].reference == "R-1"


def test_a_row_is_added_where_she_says_so_although_its_record_is_known(organisation):
    brought(organisation, ("Personal", "Abrechnung", "rot"))

    found = bring(organisation, ("Personal", "Abrechnung", "rot"), rows={"#2": "add"})

    assert (actions(found), said(found)) == (["created"], [ADDS])


def test_of_two_records_of_one_name_the_one_that_says_the_same_is_meant_and_no_other(organisation):
    rows = (("Personal", "Abrechnung", "rot"), ("Personal", "Einstellung", "blau"))
    brought(organisation, *rows)

    again = bring(organisation, *reversed(rows))
    other = bring(organisation, ("Personal", "Urlaub", "gelb"))

    assert actions(again) == ["unchanged", "unchanged"]
    assert sorted(row.reference for row in again.plan.rows) == ["PA-0001", "PA-0002"]
    assert (actions(other), said(other), other.plan.rows[0].has_namesake) == (["created"], [ADDS], False)


def test_two_rows_of_one_name_are_not_both_the_one_record(organisation):
    headings = ("Name", "Description")
    brought(organisation, ("Payroll", "monthly"), headings=headings)

    found = bring(organisation, ("Payroll", "weekly"), ("Payroll", "monthly"), headings=headings)

    assert actions(found) == ["created", "unchanged"]


def test_a_record_whose_reference_is_in_the_file_is_not_found_by_its_name(organisation):
    headings = ("Reference", "Name", "Description")
    brought(organisation, ("A", "Payroll", "monthly"), headings=headings)

    found = bring(organisation, ("A", "Payroll", "weekly"), ("", "Payroll", "yearly"), headings=headings)

    assert actions(found) == ["changed", "created"]


def test_a_row_that_was_exported_and_lost_its_reference_is_another_record(organisation):
    headings = ("Reference", "Name", "Change set")
    brought(organisation, ("A", "Payroll", ""), headings=headings)
    number = str(last_number())

    found = bring(organisation, ("", "Payroll", number), headings=headings)

    assert MADE_FROM in found.table.columns.values()
    assert actions(found) == ["created"]


def test_existing_records_can_be_left_out_also_where_they_are_found_by_their_name(organisation):
    brought(organisation, ("Personal", "Abrechnung", "rot"))

    assert actions(bring(organisation, ("Personal", "Lohn", "rot"), existing=Existing.SKIP)) == ["skipped"]


def test_another_organisation_s_record_is_never_meant(organisation):
    brought(organisation, ("Personal", "Abrechnung", "rot"))

    found = bring(factories.organisation(name="Another"), ("Personal", "Abrechnung", "rot"))

    assert (actions(found), said(found)) == (["created"], [])


def test_finding_many_by_their_name_needs_no_query_for_each(organisation):
    headings = ("Name", "Description")
    rows = [(f"Activity {number}", "monthly") for number in range(40)]
    brought(organisation, *rows, headings=headings)
    changed = [(name, "weekly") for name, _ in rows]

    def queries(some):
        with CaptureQueriesContext(connection) as counted:
            assert set(actions(bring(organisation, *some, headings=headings))) == {"changed"}
        return len(counted)

    assert queries(changed[:1]) == queries(changed[:3]) == queries(changed)
    assert models.ProcessingActivity.objects.count() == 40


def test_words_that_became_entries_are_those_entries_when_the_file_is_imported_again(organisation):
    headings = ("Nr.", "Bezeichnung", "Zweck", "Betroffene", "Empfänger", "Drittland")
    row = (
        "1",
        "Umfragen",
        "Termine finden",
        "Leser; Gäste",
        "Das Umfragewerk",
        "Nur bei Anbietern in Übersee (z. B. Doodle)",
    )
    brought(organisation, row, headings=headings, terms=TermDecisions(others=CREATE))
    made = models.Recipient.objects.count()

    again = bring(organisation, row, headings=headings)
    changed = bring(organisation, (*row[:4], "Das Umfragewerk; Die Post", row[5]), headings=headings)

    assert (actions(again), made > 1) == (["unchanged"], True)
    assert [row.values.keys() for row in changed.plan.rows] == [{"recipients"}]


def test_a_known_reference_in_a_foreign_file_is_remarked_on_where_it_would_change_something(organisation):
    headings = ("Nr.", *HEADINGS)
    brought(organisation, ("7", "Personal", "Abrechnung", "rot"), headings=headings)

    def remarks(*row):
        found = bring(organisation, row, headings=headings)
        return [one.message for one in found.problems if "reference" in one.message]

    assert remarks("7", "Personal", "Abrechnung", "rot") == []
    assert remarks("7", "Personal", "Lohn", "rot") == [
        "The reference exists already, as “Personal”: the row would change that record."
    ]
