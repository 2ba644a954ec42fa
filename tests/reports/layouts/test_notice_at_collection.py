import csv
import io

import pytest

from registry import models
from registry.record.loader import load_register
from registry.reports.layouts.notice_at_collection import notice_at_collection
from registry.reports.parameters import Parameters, moment_of_production
from registry.reports.produce import produce
from registry.versioning.writing import change_set
from tests import factories
from tests.reports.lists.reading import rows
from tests.reports.texts import PROVENANCE

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    organisation = factories.organisation()
    contact = factories.make(models.DataCategory, name="Contact data", ccpa_category="A")
    health = factories.make(models.DataCategory, name="Health", ccpa_category="B", ccpa_sensitive="yes")
    found = factories.activity(
        organisation, reference="A-1", name="Shop", retention_stated_as="two years", privacy_notice="Shop notice"
    )
    with change_set():
        found.purposes.create(text="orders", ccpa_business_purpose="performing_services")
        found.data_categories.create(category=contact, items="name, address")
        found.data_categories.create(category=health, retention_stated_as="a month", position=1)
        found.data_categories.create(stated_as="notes", position=2)
    return found


def made():
    return notice_at_collection(load_register(), PROVENANCE)


def recipients(activity, *answers):
    with change_set():
        activity.recipients.all().delete()
        for place, (name, sold, shared) in enumerate(answers):
            activity.recipients.create(stated_as=name, sold=sold, shared=shared, position=place)


def test_each_activity_says_what_it_collects_what_for_and_how_long(activity):
    recipients(activity, ("Broker", "yes", "no"), ("Network", "no", "yes"), ("Friend", "not_assessed", "no"))

    listed = rows(made())

    assert listed[0] == {
        "activity": "A-1 Shop",
        "category": "A: Identifiers",
        "data": "Contact data: name, address",
        "purposes": ("orders (Performing services on behalf of the business, (e)(5))",),
        "sold_or_shared": ("sold to Broker", "shared with Network", "not answered for Friend"),
        "retention": "two years",
        "notice": "Shop notice",
    }
    assert [row["data"] for row in listed] == ["Contact data: name, address", "notes"]
    assert "category" not in listed[1]


def test_sensitive_information_stands_apart_with_its_own_time_limit_and_the_terms_of_the_statute(activity):
    table = made().tables[1]

    assert [(row[1], row[2], row[5]) for row in table.rows()] == [
        ("B: Customer records information, 1798.80(e)", "Health", "a month")
    ]
    assert "Precise geolocation; " in table.intro


def test_sensitive_information_is_named_by_the_term_of_the_statute_once_it_is_chosen(activity):
    with change_set():
        health = models.DataCategory.objects.get(name="Health")
        health.ccpa_sensitive_term = "AE-2-B"
        health.save()

    table = made().tables[1]

    assert [(row[1], row[2]) for row in table.rows()] == [("Data concerning health", "Health")]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ((("Carrier", "no", "no"),), ("neither sold nor shared",)),
        ((("Carrier", "no", "not_assessed"),), ("not answered for Carrier",)),
        ((), ()),
    ],
)
def test_neither_sold_nor_shared_is_said_only_where_it_is_answered(activity, answers, said):
    recipients(activity, *answers)

    assert rows(made())[0].get("sold_or_shared", ()) == said


def test_where_there_are_no_recipients_nothing_is_sold(activity):
    with change_set():
        activity.recipients_answer = "no"
        activity.save()

    assert rows(made())[0]["sold_or_shared"] == ("neither sold nor shared",)


def test_what_has_no_category_of_the_statute_is_named(activity):
    assert made().footnotes[-1] == "Without a category of the statute, and so without its heading: notes."


def test_activities_that_say_nothing_in_the_terms_of_the_statute_are_left_out(activity):
    other = factories.activity(factories.organisation(name="Other"))
    with change_set():
        other.data_categories.create(category=models.DataCategory.objects.get(name="Contact data"))

    assert [row["activity"].endswith("A-1 Shop") for row in rows(made())] == [True, True]
    assert "Activities that say any of it: 1 of 2." in made().footnotes[0]


def test_a_retired_activity_collects_nothing_any_more(activity):
    with change_set():
        activity.status = "retired"
        activity.save()

    assert rows(made()) == []


def test_nothing_collected_is_said():
    found = made()

    assert [list(table.rows()) for table in found.tables] == [[], []]
    assert (
        len(found.footnotes),
        found.tables[0].empty.startswith("No activity that is under the statute collects any"),
    ) == (3, True)


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_is_fixed(number, django_assert_num_queries):
    organisation = factories.organisation()
    for _ in range(number):
        factories.activity(organisation)
    register = load_register()

    with django_assert_num_queries(3):  # for the notes, and for each of the two tables
        for table in notice_at_collection(register, PROVENANCE).tables:
            list(table.rows())


def as_csv(name):
    out = io.BytesIO()
    asked = Parameters(report=name, format="csv", produced_at=moment_of_production(), produced_by="Ann")
    produce(asked, out)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))


def test_as_csv_it_holds_what_is_sensitive_too(activity):
    written = as_csv("notice-at-collection")

    assert [(row["List"], row["Personal information collected"]) for row in written] == [
        ("Personal information", "Contact data: name, address"),
        ("Personal information", "notes"),
        ("Sensitive personal information", "Health"),
    ]
    assert written[2]["How long, or by which criteria"] == "a month"


def test_as_csv_the_disclosure_lists_are_all_there_and_say_where_they_are_empty(activity):
    recipients(activity, ("Broker", "yes", "no"))

    written = as_csv("california")

    assert [(row["List"], row["Category (Cal. Civ. Code 1798.140(v)(1))"][:2]) for row in written] == [
        ("Categories of personal information collected", "A:"),
        ("Categories of personal information collected", "B:"),
        ("Categories sold or shared", "A:"),
        ("Categories sold or shared", "B:"),
        ("Categories disclosed for a business purpose", "No"),
    ]
    assert [row["Sold to"] for row in written] == ["", "", "Broker", "Broker", ""]
