import inspect
import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from registry import models
from registry.compliance import consequences as drawing
from registry.compliance.consequence_texts import worded
from registry.compliance.consequences import CAUSES
from registry.record.activity import ActivityRecord
from registry.record.definition import facts
from registry.standing.consequences import open_consequences, raise_consequences, raised_by, settle
from registry.versioning.verifying import verify
from registry.versioning.writing import change_set
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


@pytest.fixture
def payroll():
    return factories.activity(factories.organisation(), reference="HR-1", name="Payroll", status="approved")


def add(model, activity, **values):
    return factories.make(model, activity=activity, **values)


def raised():
    return [(one.key, one.names) for one in models.ChangeConsequence.objects.order_by("pk")]


def settled(one, settlement="done", note="The notice says it", **values):
    with change_set(reason="for a test"):
        settle(one, settlement=settlement, note=note, by=factories.user(first_name="Ane", last_name="Dahl"), **values)


def test_a_change_of_an_approved_record_is_sealed_with_what_it_requires(payroll):
    purpose = add(models.Purpose, payroll, text="Planning of staff")

    assert raised() == [("new-purpose-notice", "Planning of staff"), ("new-purpose-compatible", "Planning of staff")]
    one = models.ChangeConsequence.objects.order_by("pk")[0]
    number = purpose.activity.history.first().change_set_id
    assert one.history.get().change_set_id == number
    assert raised_by([number, number - 1]) == {number: list(models.ChangeConsequence.objects.order_by("pk"))}
    assert (one.record, one.requirement, one.raised_on, one.due_on) == (
        "HR-1 Payroll",
        "notice",
        date(2026, 11, 1),
        date(2026, 12, 1),
    )
    assert worded(one) == one.sentence == "Tell people about the new purpose: Planning of staff."
    assert verify().holds


def test_a_draft_requires_nothing_nor_does_what_is_only_said_better(payroll):
    draft = factories.activity(payroll.organisation, status="draft")
    add(models.Purpose, draft, text="Planning of staff")
    with change_set():
        payroll.description = "Wages are paid"
        payroll.save()

    assert raised() == []


def test_a_new_record_requires_nothing_and_an_entry_made_with_the_change_is_read_as_it_is(payroll):
    with change_set():
        other = models.ProcessingActivity.objects.create(
            organisation=payroll.organisation, name="Other", status="approved"
        )
        models.Purpose.objects.create(activity=other, text="Planning of staff")
    with change_set():
        maker = models.Recipient.objects.create(name="Cloudy Ltd", kind="processor")
        models.ActivityRecipient.objects.create(activity=payroll, recipient=maker)

    assert raised() == [("new-recipient-notice", "Cloudy Ltd"), ("new-processor-contract", "Cloudy Ltd")]


def test_what_changed_while_a_record_wasnt_approved_is_raised_when_it_is_again(payroll):
    with change_set():
        payroll.status = "draft"
        payroll.save()
        models.Purpose.objects.create(activity=payroll, text="First")
    add(models.Purpose, payroll, text="Second")
    keys = {"new-purpose-notice", "new-purpose-compatible"}
    assert {(key, names) for key, names in raised()} == {(key, "First") for key in keys}

    with change_set():
        payroll.status = "approved"
        payroll.save()

    assert set(raised()[2:]) == {(key, "Second") for key in keys}


def test_the_same_is_not_raised_twice_unless_it_happens_twice(payroll):
    first = add(models.Purpose, payroll, text="Planning of staff")
    with change_set():
        first.note = "by the week"
        first.save()
    assert len(raised()) == 2

    with change_set():
        first.delete()
    add(models.Purpose, payroll, text="Planning of staff")

    assert len(raised()) == 4


def test_a_consequence_is_settled_with_a_note_and_opened_again_and_all_of_it_is_history(payroll):
    add(models.Purpose, payroll, text="Planning of staff")
    one, other = open_consequences()

    settled(one)
    assert (one.settlement, one.settled_by, one.settled_on) == ("done", "Ane Dahl", date(2026, 11, 1))
    assert list(open_consequences()) == [other]

    settled(one, "open", "", due_on=date(2027, 1, 1))
    assert (one.settled_by, one.settled_on, one.due_on) == ("", None, date(2027, 1, 1))
    assert list(open_consequences()) == [other, one]
    assert one.history.count() == 3


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"note": " "}, "note"),
        ({"settlement": "forgotten"}, "settlement"),
        ({"settlement": "open", "due_on": date(2026, 10, 31)}, "due_on"),
    ],
)
def test_a_settlement_without_its_reason_is_refused(payroll, values, field):
    add(models.Purpose, payroll, text="Planning of staff")
    one = open_consequences()[0]

    with pytest.raises(ValidationError) as error:
        settled(one, **values)

    assert set(error.value.message_dict) == {field}
    one.refresh_from_db()
    assert one.settlement == "open"


def test_open_ones_are_those_of_records_in_use_or_of_an_owner(payroll):
    add(models.Purpose, payroll, text="Planning of staff")
    owner = factories.user()
    assert (open_consequences().count(), open_consequences(owner=owner).count()) == (2, 0)

    with change_set():
        payroll.owner = owner
        payroll.save()
    assert open_consequences(owner=owner).count() == 2

    with change_set():
        payroll.status = "retired"
        payroll.save()
    assert open_consequences().count() == 0


def test_a_kind_that_is_known_no_more_keeps_the_words_of_its_day(payroll):
    one = models.ChangeConsequence(key="gone", names="x", sentence="Write to the king.")

    assert worded(one) == "Write to the king."


@pytest.mark.parametrize("number", [1, 3])
def test_the_queries_do_not_grow_with_the_records(number, django_assert_num_queries):
    owner = factories.organisation()
    records = [factories.activity(owner, status="approved") for _ in range(number)]
    maker = factories.make(models.Recipient, name="Cloudy Ltd", kind="processor")

    with change_set() as opened:
        rows = [models.ActivityRecipient(activity=one, recipient=maker) for one in records]
        models.ActivityRecipient.objects.bulk_create(rows)

        with django_assert_num_queries(25):
            raise_consequences(opened)
        models.ChangeConsequence.objects.all().delete()


def test_a_change_that_can_require_nothing_is_not_looked_at_closely(payroll, django_assert_max_num_queries):
    with change_set() as opened:
        payroll.description = "Wages are paid"
        payroll.save()
        with django_assert_max_num_queries(20):
            raise_consequences(opened)


def test_every_fact_that_consequences_are_drawn_from_is_a_cause():
    source = inspect.getsource(drawing)
    read = set(re.findall(r"(?:old|new)\.(\w+)", source)) | set(re.findall(r'_added\(old, new, "(\w+)"', source))
    looked_at = re.search(r'for key in \(("purposes"[^)]*)\)\)', source)

    assert set(re.findall(r'"(\w+)"', looked_at[1])) <= set(CAUSES)
    assert (read & set(facts(ActivityRecord))) - {"role", "impact_assessments"} <= set(CAUSES)
    assert set(CAUSES) <= set(facts(ActivityRecord))
