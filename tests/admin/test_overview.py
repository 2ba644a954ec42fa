import pytest
from django.urls import reverse
from django.utils import timezone

from registry import models
from registry.admin.overview import list_url
from tests import factories
from tests.admin.screens import client_of, officer
from tests.admin.test_processing_activity import full_activity

pytestmark = pytest.mark.django_db

INDEX = "admin:index"


def shown(client):
    return client.get(reverse(INDEX)).context["shown"]


def test_the_register_is_counted_with_links_to_what_is_counted():
    organisation = factories.organisation()
    unit = factories.make(models.OrganisationUnit, organisation=organisation, name="Sales")
    factories.activity(organisation, name="A", unit=unit, status="approved")
    factories.activity(organisation, name="B", role="processor", transfers_answer="no")

    overview = shown(client_of(officer()))

    assert overview["total"] == 2
    assert [(number.label, number.count, number.share) for number in overview["by_status"]] == [
        ("Draft", 1, 50),
        ("In review", 0, 0),
        ("Approved", 1, 50),
        ("Retired", 0, 0),
    ]
    assert [(number.label, number.count, number.url) for number in overview["by_unit"]] == [
        ("Sales", 1, list_url(unit=unit.pk)),
        ("No unit", 1, ""),
    ]
    assert {number.label: number.count for number in overview["gaps"]} == {
        "No purpose": 1,
        "No legal basis": 1,
        "No retention": 1,
        "Transfer without safeguard": 0,
        "Unanswered questions": 1,
    }


def test_every_number_is_that_of_the_list_behind_it():
    organisation = factories.organisation()
    full_activity(organisation, 1, next_review_on=timezone.localdate())
    factories.activity(organisation)
    client = client_of(officer())

    overview = shown(client)

    numbers = [*overview["gaps"], *overview["questions"], *overview["by_status"], *overview["by_role"]]
    assert [(number.label, client.get(number.url).context["cl"].result_count) for number in numbers] == [
        (number.label, number.count) for number in numbers
    ]


def test_what_needs_doing_is_named():
    organisation = factories.organisation()
    due = factories.activity(organisation, name="Due", next_review_on=timezone.localdate(), status="approved")
    draft = factories.activity(organisation, name="Draft")

    overview = shown(client_of(officer()))

    assert (overview["due"], overview["drafts"]) == ([due], [draft])


def test_the_number_of_queries_does_not_grow(django_assert_num_queries):
    organisation = factories.organisation()
    client = client_of(officer())
    full_activity(organisation, 1)
    shown(client)
    needed = 12

    for _again in range(2):
        with django_assert_num_queries(needed):
            client.get(reverse(INDEX))
        full_activity(organisation, 3)
        full_activity(organisation, 3)
        shown(client)


def test_an_empty_register_offers_the_first_step():
    content = client_of(officer()).get(reverse(INDEX)).content.decode()

    assert "The register is empty." in content
    assert f'href="{reverse("admin:registry_processingactivity_add")}"' in content


def test_somebody_without_a_role_is_told_whom_to_ask():
    factories.activity(factories.organisation(), name="Secret")

    content = client_of(factories.user()).get(reverse(INDEX)).content.decode()

    assert ("Ask an administrator for a role." in content, "Secret" in content) == (True, False)
