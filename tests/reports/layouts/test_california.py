from datetime import date

import pytest
import time_machine

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
    licence = factories.make(
        models.DataCategory, name="Licence", ccpa_category="A", ccpa_sensitive="yes", ccpa_sensitive_term="AE-1-A"
    )
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
        "sensitive": ("Social security, driver's licence, state identification or passport number: Licence",),
        "sources": ("the customer",),
        "sold_or_shared": ("Broker (Third party)", "Network (Third party)"),
        "disclosed": ("Carrier (Third party)",),
        "undecided": ("Friend (Third party)",),
        "retention": ("two years",),
        "activities": ("A-1 Shop",),
    }


def test_data_without_a_category_of_the_statute_are_named(activity):
    notes = disclosure_lists(load_register(), PROVENANCE).footnotes

    assert "Activities that say any of it: 1 of 1." in notes[0]
    assert notes[3] == "Categories of data without a category of the statute, which are in no list: notes."


def test_nothing_under_the_statute_is_said_to_be_nothing():
    found = disclosure_lists(load_register(), PROVENANCE)

    assert (rows(found), len(found.footnotes)) == ([], 3)
    assert [table.empty for table in found.tables[1:]] == [
        "No sale and no sharing is recorded. There may be: not every recipient is answered.",
        "No disclosure for a business purpose is recorded. There may be: not every recipient is answered.",
    ]
    assert found.tables[0].empty.startswith("No activity that is under the statute names data")


def separate(found):
    """The two separate lists: by key, the rows without their purposes."""
    return {table.key: [row[:-1] for row in table.rows()] for table in found.tables[1:]}


def test_what_is_sold_or_shared_and_what_is_disclosed_are_two_separate_lists(activity):
    found = disclosure_lists(load_register(), PROVENANCE)

    names = ("Contact data", "Licence")
    assert separate(found) == {
        "sold_or_shared": [["A: Identifiers", names, ("Broker (Third party)",), ("Network (Third party)",)]],
        "disclosed": [["A: Identifiers", names, ("Carrier (Third party)",)]],
    }


def test_the_separate_lists_are_about_the_activities_in_which_data_go_out_alone(activity):
    quiet = factories.activity(factories.organisation(name="Other"), recipients_answer="no")
    diary = factories.make(models.DataCategory, name="Diary", ccpa_category="A")
    with change_set():
        quiet.purposes.create(text="planning", ccpa_business_purpose="security")
        quiet.data_categories.create(category=diary)

    found = disclosure_lists(load_register(), PROVENANCE)

    (row,) = rows(found)
    assert ("Diary" in row["data"], len(row["purposes"])) == (True, 2)
    for table in found.tables[1:]:
        (listed,) = table.rows()
        assert (listed[1], len(listed[-1])) == (("Contact data", "Licence"), 1)


def test_that_nothing_is_sold_is_said_only_where_every_recipient_is_answered():
    identifiers = factories.make(models.DataCategory, name="Contact data", ccpa_category="A")
    activity = factories.activity(factories.organisation(), recipients_answer="no")
    with change_set():
        activity.data_categories.create(category=identifiers)
        activity.purposes.create(text="orders", ccpa_business_purpose="security")

    answered = disclosure_lists(load_register(), PROVENANCE).tables[1]
    with change_set():
        activity.recipients_answer = "not_assessed"
        activity.save()
    unanswered = disclosure_lists(load_register(), PROVENANCE).tables[1]

    assert (list(answered.rows()), list(unanswered.rows())) == ([], [])
    assert answered.empty == (
        "No personal information is sold or shared, as every record answers. The privacy policy has to say so."
    )
    assert unanswered.empty == "No sale and no sharing is recorded. There may be: not every recipient is answered."


def test_a_unit_of_ones_own_and_the_person_are_nobody_to_whom_data_are_disclosed(activity):
    with change_set():
        activity.recipients.all().delete()
        for place, role in enumerate(("internal_unit", "data_subject")):
            activity.recipients.create(stated_as=role, role=role, sold="no", shared="no", position=place)

    found = disclosure_lists(load_register(), PROVENANCE)

    assert separate(found) == {"sold_or_shared": [], "disclosed": []}


def test_each_category_has_the_time_limits_of_its_own_data(activity):
    geolocation = factories.make(models.DataCategory, name="Trips", ccpa_category="G")
    with change_set():
        activity.data_categories.create(category=geolocation, retention_stated_as="a week", position=3)

    listed = {row["category"]: row["retention"] for row in rows(disclosure_lists(load_register(), PROVENANCE))}

    assert listed == {"A: Identifiers": ("two years",), "G: Geolocation data": ("a week",)}


def test_activities_that_say_nothing_in_the_terms_of_the_statute_are_left_out_and_counted(activity):
    other = factories.activity(factories.organisation(name="Other"))
    with change_set():
        other.data_categories.create(category=models.DataCategory.objects.get(name="Licence"))

    found = disclosure_lists(load_register(), PROVENANCE)

    (row,) = rows(found)
    assert [name.endswith("A-1 Shop") for name in row["activities"]] == [True]
    assert "Activities that say any of it: 1 of 2." in found.footnotes[0]


@pytest.mark.parametrize(
    ("ended", "is_listed"), [(None, True), (date(2025, 11, 30), True), (date(2025, 11, 28), False)]
)
def test_activities_that_ended_within_the_year_are_in_the_lists(activity, ended, is_listed):
    with time_machine.travel("2026-11-30 12:00 +0000", tick=False), change_set():
        activity.status, activity.ends_on = "retired", ended
        activity.save()

    with time_machine.travel("2026-11-30 12:00 +0000", tick=False):
        listed = rows(disclosure_lists(load_register(), PROVENANCE))

    assert bool(listed) is is_listed


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_is_fixed(number, django_assert_num_queries):
    organisation = factories.organisation()
    for _ in range(number):
        factories.activity(organisation)
    register = load_register()

    with django_assert_num_queries(1):
        for table in disclosure_lists(register, PROVENANCE).tables:
            list(table.rows())
