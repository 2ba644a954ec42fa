import pytest

from registry import models
from registry.record.loader import load_register
from registry.reports.layouts.california import disclosure_lists
from registry.versioning.writing import change_set
from tests import factories
from tests.reports.lists.reading import rows
from tests.reports.texts import PROVENANCE

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    organisation = factories.organisation()
    identifiers = factories.make(models.DataCategory, name="Contact data", ccpa_category="A")
    licence = factories.make(models.DataCategory, name="Licence", ccpa_category="A", ccpa_sensitive="yes")
    found = factories.activity(organisation, reference="A-1", name="Shop", retention_stated_as="two years")
    with change_set():
        found.purposes.create(text="orders", ccpa_business_purpose="5")
        found.data_categories.create(category=identifiers, source="the customer")
        found.data_categories.create(category=licence, position=1)
        found.data_categories.create(stated_as="notes", position=2)
        for place, (words, sold, shared) in enumerate(
            (
                ("Broker", "yes", "no"),
                ("Network", "no", "yes"),
                ("Carrier", "no", "no"),
                ("Friend", "not_assessed", "no"),
            )
        ):
            found.recipients.create(stated_as=words, sold=sold, shared=shared, position=place, ccpa_role="third_party")
    return found


def test_each_category_of_the_statute_has_its_lists(activity):
    (row,) = rows(disclosure_lists(load_register(), PROVENANCE))

    purposes = row.pop("purposes")
    assert purposes[0].startswith("orders")
    assert row == {
        "category": "A: Identifiers",
        "data": ("Contact data", "Licence"),
        "sensitive": ("Licence",),
        "sources": ("the customer",),
        "sold_or_shared": ("Broker (Third party)", "Network (Third party)"),
        "disclosed": ("Carrier (Third party)",),
        "undecided": ("Friend (Third party)",),
        "retention": ("two years",),
        "activities": ("A-1 Shop",),
    }


def test_data_without_a_category_of_the_statute_are_named(activity):
    notes = disclosure_lists(load_register(), PROVENANCE).footnotes

    assert notes[1] == "Categories of data without a category of the statute, which are in no list: notes."


def test_nothing_under_the_statute_is_said_to_be_nothing():
    found = disclosure_lists(load_register(), PROVENANCE)

    assert (rows(found), len(found.footnotes)) == ([], 1)
    assert found.tables[0].empty.startswith("No activity names data of a category of the statute.")
