import pytest
from django.urls import reverse

from registry import models
from registry.admin.counted_names import ENDS, TITLES
from tests import factories
from tests.admin import activity_forms as forms
from tests.admin.screens import client_of, officer
from tests.admin.test_processing_activity import full_activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return factories.organisation(name="Fjord Foods AS")


@pytest.fixture
def client():
    return client_of(officer())


def page(client, **query):
    return client.get(reverse(forms.LIST), query)


def names(response):
    return [activity.name for activity in response.context["cl"].result_list]


def limits(response):
    return [limit.words for limit in response.context["cl"].limits()]


def counted_activity(organisation, **values):
    """An activity with one row of each kind that the pictures show."""
    unit = factories.make(models.OrganisationUnit, organisation=organisation, name="Sales")
    subject = factories.make(models.DataSubjectCategory, name="Shop's customers")
    host = factories.make(models.Recipient, name="Host", kind="processor", country="US")
    basis = factories.make(
        models.LegalBasis,
        code="T-1",
        title="Contract",
        citation="GDPR Art. 6(1)(b)",
        regime="eu",
        kind="lawful_basis",
    )
    activity = factories.activity(organisation, name="Orders", unit=unit, **values)
    factories.make(models.ActivityDataSubject, activity=activity, category=subject)
    factories.make(models.ActivityRecipient, activity=activity, recipient=host)
    factories.make(models.ActivityLegalBasis, activity=activity, legal_basis=basis)
    factories.make(models.Transfer, activity=activity, recipient=host, country="US", safeguard="A46-2-c")
    return {
        "living": ("all", "In use not retired"),
        "basis": (str(basis.pk), "Legal basis Contract (Art. 6(1)(b))"),
        "country": ("US", "Transfer to United States"),
        "subject": (str(subject.pk), "Data subjects Shop's customers"),
        "recipients": ("processor", "Recipients Processor"),
        "seat": ("US", "Country of a recipient United States"),
        "flow-in": (f"{subject.pk}→{unit.pk}", "Data subjects and unit Shop's customers → Sales"),
        "flow-out": (f"{unit.pk}→processor", "Unit and recipients Sales → Processor"),
        "flow-on": ("processor→US", "Recipients and their country Processor → United States"),
    }


def test_the_list_behind_each_part_of_a_picture_says_what_it_is(client, organisation):
    expected = counted_activity(organisation)
    factories.activity(organisation, name="Retired", status="retired")

    found = {
        dimension: (names(page(client, **{dimension: key})), limits(page(client, **{dimension: key})))
        for dimension, (key, _words) in expected.items()
    }

    assert found == {dimension: (["Orders"], [words]) for dimension, (_key, words) in expected.items()}


def test_every_key_that_is_counted_has_a_list_of_as_many(client, organisation):
    counted_activity(organisation)
    full_activity(organisation, 2)
    factories.activity(organisation, name="Nothing said")
    page(client)
    tallies = models.Tally.objects.filter(dimension__in=TITLES).values_list("dimension", "key", "number")

    lists = [(dimension, key, len(names(page(client, **{dimension: key})))) for dimension, key, _number in tallies]

    assert lists == list(tallies)
    assert {dimension for dimension, _key, _number in lists} == set(TITLES)


def test_what_is_stated_in_words_or_not_at_all_has_a_name_too(client, organisation):
    activity = factories.activity(organisation, name="Letters")
    factories.make(models.ActivityDataSubject, activity=activity, stated_as="whoever writes")
    factories.make(models.ActivityRecipient, activity=activity, stated_as="the post")
    factories.make(models.Transfer, activity=activity, country="US")
    keys = {"basis": "", "safeguard": "", "subject": "~", "recipients": "", "flow-in": "~→", "flow-out": "→"}

    responses = {dimension: page(client, **{dimension: key}) for dimension, key in keys.items()}

    assert {dimension: (names(response), limits(response)) for dimension, response in responses.items()} == {
        "basis": (["Letters"], ["No legal basis"]),
        "safeguard": (["Letters"], ["Safeguard of a transfer No safeguard stated"]),
        "subject": (["Letters"], ["Data subjects In words only"]),
        "recipients": (["Letters"], ["Recipients Role not stated"]),
        "flow-in": (["Letters"], ["Data subjects and unit In words only → No unit"]),
        "flow-out": (["Letters"], ["Unit and recipients No unit → Role not stated"]),
    }


@pytest.mark.parametrize("key", ["lost", "9" * 40, "→", "1→2→3", "'", "٣"])
def test_a_key_that_nothing_counts_towards_finds_nothing(client, organisation, key):
    counted_activity(organisation)

    found = {dimension: names(page(client, **{dimension: key})) for dimension in TITLES}

    assert found == {dimension: [] for dimension in TITLES}


def test_limits_are_taken_away_one_by_one_or_all_at_once(client, organisation):
    counted_activity(organisation, status="approved")
    factories.activity(organisation, name="Other")

    response = page(client, country="US", status="approved", q="orders")

    first, *others = response.context["cl"].limits()
    content = response.content.decode()
    assert [first.words, *(limit.words for limit in others)] == [
        "Status Approved",
        "Transfer to United States",
        "search “orders”",
    ]
    assert first.without == "?country=US&q=orders"
    assert 'href="?country=US&amp;q=orders"' in content
    assert '<a class="all" href="?">' in content


def test_a_list_that_is_not_limited_says_nothing_of_it(client, organisation):
    factories.activity(organisation)

    assert 'class="limits"' not in page(client).content.decode()


def test_activities_without_a_unit_can_be_chosen(client, organisation):
    counted_activity(organisation)
    factories.activity(organisation, name="Nowhere")

    response = page(client, unit="none")

    assert (names(response), limits(response)) == (["Nowhere"], ["No unit"])


def test_the_report_of_what_is_on_screen_is_limited_as_the_list_is(client, organisation):
    counted_activity(organisation)
    factories.activity(organisation, name="Kiosk")

    answer = client.get(reverse("admin:reports_activities", args=["csv"]), {"country": "US"})

    content = b"".join(answer.streaming_content).decode()
    assert ("Orders" in content, "Kiosk" in content) == (True, False)
    assert models.Export.objects.get().facts.parameters["filters"] == ["Transfer to United States"]


def test_a_filtered_list_of_three_needs_no_more_queries_than_of_one(client, organisation, django_assert_num_queries):
    expected = counted_activity(organisation)
    chosen = {dimension: expected[dimension][0] for dimension in ("country", *ENDS)}
    page(client, **chosen)
    needed = 21 + 4  # the test runs in a transaction, so that the list sets two savepoints

    for _again in range(2):
        with django_assert_num_queries(needed):
            page(client, **chosen)
        full_activity(organisation, 3)
        full_activity(organisation, 3)
        page(client)
