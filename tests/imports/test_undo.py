"""Undoing an import: the register says again what it said before, and what was touched later is decided."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry import models
from registry.imports.importing import Choices, apply_preview, preview
from registry.imports.undo import CannotUndo, Fate, plan_undo, undo
from registry.record.loader import load_register
from registry.standing.consequences import settle
from registry.versioning.verifying import verify
from registry.versioning.writing import change_set
from tests import factories
from tests.imports.tables import as_csv

pytestmark = pytest.mark.django_db

HEADINGS = ("Reference", "Name", "Unit", "Tags", "Purposes", "Data subjects", "Data categories")


@pytest.fixture
def organisation():
    return factories.organisation(name="Ours")


def bring_in(organisation, *rows, **choices):
    """Import rows; return the number of the change set."""
    found = preview("register.csv", as_csv(HEADINGS, *rows), organisation=organisation, choices=Choices(**choices))
    assert found.is_applicable, found.problems
    return apply_preview(found, actor=None).sequence


def row(reference, name="One", unit="", tags="", purposes="", subjects="", categories=""):
    return reference, name, unit, tags, purposes, subjects, categories


def full(reference, **values):
    return row(
        reference,
        **{
            "tags": "old",
            "purposes": "Billing\nDelivery",
            "subjects": '"Guests"\n"Staff"',
            "categories": '"Addresses" | whose: #2\n"Wishes" | whose: #1',
            **values,
        },
    )


def states():
    return [(record.reference, record) for record in load_register().activities()]


def contents():
    return dict(models.ProcessingActivity.history.order_by("history_id").values_list("id", "content"))


def test_what_was_created_goes_with_all_its_rows_and_what_was_changed_says_again_what_it_said(organisation):
    bring_in(organisation, full("A"), full("B"))
    before = contents()
    number = bring_in(
        organisation,
        full("A", tags="new", subjects='"Children"', categories='"Wishes" | whose: #1', purposes="Billing"),
        full("C"),
    )

    opened, plan = undo(number, actor=None, reason="The wrong file")

    assert {fate: [one.name for one in some] for fate, some in plan.by_fate.items()} == {
        Fate.PUT_BACK: ["One"],
        Fate.REMOVE: ["One"],
    }
    assert [reference for reference, _ in states()] == ["A", "B"]
    after = contents()
    assert {pk: after[pk] for pk in before} == before
    assert models.Purpose.objects.count() == 4
    header = models.ChangeSet.objects.get(pk=opened.sequence)
    assert (header.reason, header.channel) == ("The wrong file", "screen")
    assert json.loads(header.details) == {"undoes": number}
    assert verify().fault is None


def test_a_unit_that_the_import_added_goes_as_well_unless_something_uses_it(organisation):
    number = bring_in(organisation, row("A", unit="Sales"), row("B", unit="Legal"), create_units=True)
    legal = models.OrganisationUnit.objects.get(name="Legal")
    factories.activity(organisation, name="By hand", unit=legal)

    _, plan = undo(number, actor=None, reason="The wrong file")

    assert [(one.name, one.why) for one in plan.kept] == [("Legal", "Still used by processing activity “By hand”.")]
    assert list(models.OrganisationUnit.objects.values_list("name", flat=True)) == ["Legal"]
    assert [record.name for _, record in states()] == ["By hand"]
    assert verify().fault is None


def test_of_several_that_use_a_unit_the_oldest_is_named(organisation):
    number = bring_in(organisation, row("A"), row("B", unit="Legal"), create_units=True)
    legal = models.OrganisationUnit.objects.get(name="Legal")
    for name in ("Oldest", "Younger", "Youngest"):
        factories.activity(organisation, name=name, unit=legal)

    assert [(one.name, one.why) for one in plan_undo(number).kept] == [
        ("Legal", "Still used by processing activity “Oldest”.")
    ]


def test_what_was_touched_later_is_left_as_it_is_with_what_it_uses(organisation):
    number = bring_in(organisation, row("A", unit="Sales"), row("B"), create_units=True)
    touched = models.ProcessingActivity.objects.get(reference="A")
    with change_set(actor=factories.user(username="ane"), reason="A correction"):
        touched.name = "Corrected"
        touched.save()

    plan = plan_undo(number)
    undo(number, actor=None, reason="The wrong file")

    assert [(one.name, [later.who for later in one.later], one.fate) for one in plan.touched] == [
        ("Corrected", ["ane"], Fate.LEAVE)
    ]
    assert [(one.name, one.why) for one in plan.kept] == [("Sales", "Still used by processing activity “Corrected”.")]
    assert [(record.reference, record.name) for _, record in states()] == [("A", "Corrected")]


def test_what_was_touched_later_is_undone_too_where_she_says_so(organisation):
    bring_in(organisation, full("A"), full("B"))
    before = contents()
    number = bring_in(organisation, full("A", tags="new"), full("B", tags="new"), full("C"))
    with change_set(reason="Later"):
        for activity in models.ProcessingActivity.objects.order_by("reference"):
            activity.name = "Later"
            activity.save()
            activity.purposes.first().delete()
    keys = {one.model.objects.get(pk=one.pk).reference: one.key for one in plan_undo(number).touched}

    undo(number, actor=None, reason="The wrong file", also=[keys["A"], keys["C"]])

    assert [(record.reference, record.name, record.tags) for _, record in states()] == [
        ("A", "One", "old"),
        ("B", "Later", "new"),
    ]
    first = models.ProcessingActivity.objects.get(reference="A").pk
    assert contents()[first] == before[first]
    assert verify().fault is None
    undo(number, actor=None, reason="And the rest", also_all=True)
    assert contents()[models.ProcessingActivity.objects.get(reference="B").pk] == list(before.values())[1]


def test_what_was_deleted_later_is_gone_and_what_was_changed_and_then_deleted_can_come_back(organisation):
    bring_in(organisation, full("A"))
    before = contents()
    number = bring_in(organisation, full("A", tags="new"), full("B"))
    with change_set(reason="Later"):
        for activity in models.ProcessingActivity.objects.all():
            activity.delete()

    plan = plan_undo(number)
    _, done = undo(number, actor=None, reason="The wrong file", also_all=True)

    assert [one.fate for one in plan.objects] == [Fate.LEAVE, Fate.GONE]
    assert [one.fate for one in done.objects] == [Fate.PUT_BACK, Fate.GONE]
    assert [record.reference for _, record in states()] == ["A"]
    assert contents()[next(iter(before))] == next(iter(before.values()))
    assert verify().fault is None


def test_what_referred_to_an_entry_that_is_gone_since_stays(organisation):
    entry = factories.make(models.DataSubjectCategory, name="Guests")
    bring_in(organisation, row("A", subjects="Guests"))
    number = bring_in(organisation, row("A", subjects='"Others"'))
    with change_set(reason="Nobody uses it"):
        entry.delete()

    plan = plan_undo(number)

    assert [(one.fate, one.why) for one in plan.kept] == [
        (
            Fate.LEAVE,
            "Before the import it referred to what no longer exists: category of data subjects “Guests”. "
            "Restore that first.",
        )
    ]
    with pytest.raises(CannotUndo, match="Nothing is left to undo"):
        undo(number, actor=None, reason="The wrong file")


def test_without_a_reason_or_after_the_register_has_moved_nothing_is_undone(organisation):
    number = bring_in(organisation, row("A"))
    seen = plan_undo(number).head
    with pytest.raises(CannotUndo, match="Say why"):
        undo(number, actor=None, reason=" ")
    factories.activity(organisation, name="Another")

    with pytest.raises(CannotUndo, match="The register has changed since you looked"):
        undo(number, actor=None, reason="The wrong file", seen=seen)

    assert len(states()) == 2


def test_a_second_time_nothing_is_left_to_undo(organisation):
    number = bring_in(organisation, row("A"))
    undo(number, actor=None, reason="The wrong file")

    with pytest.raises(CannotUndo, match="Nothing is left to undo"):
        undo(number, actor=None, reason="Again")


def test_undoing_takes_as_many_queries_for_three_as_for_one(organisation):
    numbers = {}
    for count in (1, 3):
        bring_in(organisation, *(full(f"{count}-{n}") for n in range(count)))
        number = bring_in(
            organisation,
            *(full(f"{count}-{n}", tags="new", subjects='"Children"', categories="") for n in range(count)),
            *(full(f"{count}-new-{n}") for n in range(count)),
        )
        with CaptureQueriesContext(connection) as captured:
            undo(number, actor=None, reason="The wrong file")
        numbers[count] = len(captured)

    assert numbers[1] == numbers[3]


def test_what_an_import_required_goes_with_it_unless_it_has_been_settled(organisation):
    factories.activity(organisation, reference="A-1", name="One", status="approved")
    number = bring_in(organisation, row("A-1", purposes="Planning of staff"))
    notice, assessment = models.ChangeConsequence.objects.order_by("pk")
    with change_set():
        settle(notice, settlement="done", note="Told", by=factories.user())

    plan = plan_undo(number)
    undo(number, actor=None, reason="the wrong file")

    fates = {one.pk: one.fate for one in plan.objects if one.model is models.ChangeConsequence}
    assert fates == {notice.pk: Fate.LEAVE, assessment.pk: Fate.REMOVE}
    assert list(models.ChangeConsequence.objects.all()) == [notice]
    assert verify().fault is None
