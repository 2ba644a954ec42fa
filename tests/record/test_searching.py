import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry import models
from registry.record.loader import load_register
from registry.record.searching import search
from registry.versioning.writing import change_set
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def activities():
    """Payroll, sent to a recipient, and a newsletter; by name."""
    organisation = factories.organisation(name="Fjord Foods AS")
    found = {name: factories.activity(organisation, name=name) for name in ("Payroll", "Newsletter")}
    with change_set():
        found["Payroll"].purposes.create(text='Paying "wages" and\nthe staff’s O\'Brien fund')
        recipient = models.Recipient.objects.create(name="Lohnbüro GmbH")
        models.ActivityRecipient.objects.create(activity=found["Payroll"], recipient=recipient)
    return found


def names(text, **options):
    return [record.name for record in search(load_register(**options), text).activities()]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["Payroll", "Newsletter"]),
        ("payROLL", ["Payroll"]),
        ("LOHNBÜRO wages", ["Payroll"]),
        ('"wages"', ["Payroll"]),
        ("O'Brien", ["Payroll"]),
        ("staff’s", ["Payroll"]),
        ("wages newsletter", []),
        ("fjord", ["Payroll", "Newsletter"]),
        ("recipients_answer", []),
        ("not_assessed", []),
    ],
)
def test_every_word_is_found_in_what_records_say(activities, text, found):
    assert names(text) == found


def test_entries_are_found_by_the_name_that_they_bore_at_the_moment(activities):
    before = timezone.now()
    with change_set():
        recipient = models.Recipient.objects.get(name="Lohnbüro GmbH")
        recipient.name = "Paymaster plc"
        recipient.save()

    assert (names("paymaster"), names("lohnbüro")) == (["Payroll"], [])
    assert (names("paymaster", as_at=before), names("lohnbüro", as_at=before)) == ([], ["Payroll"])


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_records(count):
    organisation = factories.organisation()
    for _ in range(count):
        factories.activity(organisation, description="wages")
    register = load_register()

    with CaptureQueriesContext(connection) as queries:
        found = search(register, "wages")

    assert (len(found), len(queries)) == (count, 2)
