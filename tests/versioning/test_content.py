"""The content of an aggregate, as it is written for its version."""

import json

import pytest

from registry import models
from registry.versioning.canonical import canonical
from registry.versioning.content import contents
from registry.versioning.writing import change_set
from tests import factories

pytestmark = pytest.mark.django_db

AWKWARD = 'quote " backslash \\ tab\tline\nbell\x07 Łódź 漢字 🙂 100 % %s </script> \u2028'


def content_of(thing):
    [(pk, columns, text)] = contents(type(thing), [thing.pk])
    assert (pk, columns["id"]) == (thing.pk, thing.pk)
    return text


@pytest.fixture
def recipients():
    with change_set():
        return [models.Recipient.objects.create(name=name) for name in ("Bank", AWKWARD)]


def test_a_content_is_canonical_whatever_the_texts_in_it(recipients):
    with change_set():
        activity = models.ProcessingActivity.objects.create(
            organisation=factories.organisation(), name=AWKWARD, description=AWKWARD, began_on="2026-03-31"
        )
        for place, recipient in enumerate(recipients):
            models.ActivityRecipient.objects.create(
                activity=activity, recipient=recipient, position=place, what_for=AWKWARD
            )

    text = content_of(activity)

    assert text == canonical(json.loads(text))
    said = json.loads(text)
    assert (said["name"], said["began_on"], said["ends_on"]) == (AWKWARD, "2026-03-31", None)
    assert [row["recipient"] for row in said["recipients"]] == [[one.pk, one.name] for one in recipients]


def test_rows_stand_in_their_order_and_point_to_places_in_their_own_record():
    organisation = factories.organisation()
    for _ in range(2):  # of two records, whose rows have different keys and the same places
        with change_set():
            activity = models.ProcessingActivity.objects.create(organisation=organisation, name="Payroll")
            last, first = (
                models.Purpose.objects.create(activity=activity, text=text, position=place)
                for place, text in ((1, "last"), (0, "first"))
            )
            for place, purpose in enumerate((last, first, None)):
                models.ActivityLegalBasis.objects.create(
                    activity=activity, purpose=purpose, position=place, stated_as="a law"
                )

    found = [json.loads(text) for _, _, text in contents(models.ProcessingActivity, [activity.pk - 1, activity.pk])]

    assert [[row["text"] for row in said["purposes"]] for said in found] == [["first", "last"]] * 2
    assert [[row["purpose"] for row in said["legal_bases"]] for said in found] == [[1, 0, None]] * 2


def test_a_reference_to_a_row_of_another_record_has_no_place():
    organisation = factories.organisation()
    with change_set():
        one, other = (models.ProcessingActivity.objects.create(organisation=organisation, name=name) for name in "ab")
        purpose = models.Purpose.objects.create(activity=one, text="the only one")
        models.ActivityLegalBasis.objects.create(activity=other, purpose=purpose, stated_as="a law")

    [row] = json.loads(content_of(other))["legal_bases"]

    assert row["purpose"] is None


def test_what_is_not_there_has_no_content():
    assert list(contents(models.ProcessingActivity, [1, 2])) == []


def test_an_entry_without_rows_is_its_columns_alone(recipients):
    said = json.loads(content_of(recipients[0]))

    assert set(said) == {"form", *(column.name for column in models.Recipient._meta.concrete_fields)}
