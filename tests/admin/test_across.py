from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from registry import models
from registry.admin.impact_assessment import CRITERIA
from tests import factories
from tests.admin.screens import auditor, client_of, officer
from tests.admin.test_catalogue import seen

pytestmark = pytest.mark.django_db

LIST = "admin:registry_transfer_changelist"


@pytest.fixture
def organisation():
    return factories.organisation(name="Fjord Foods AS")


@pytest.fixture
def client():
    return client_of(auditor())


def transfer(organisation, reference="A-1", *, activity=None, **values):
    owner = {"reference": reference, "name": "Newsletter", **(activity or {})}
    return factories.make(models.Transfer, activity=factories.activity(organisation, **owner), **values)


def shown(client, **query):
    return [row.activity.reference for row in client.get(reverse(LIST), query).context["cl"].result_list]


def filter_lines(client, title):
    specs = client.get(reverse(LIST)).context["cl"].filter_specs
    return [list(spec.lookup_choices) for spec in specs if spec.title == title]


def test_a_line_leads_to_the_section_of_the_record_where_it_is_edited(client, organisation):
    row = transfer(organisation, country="US", activity={"name": "O’Neil & Co"})

    content = client.get(reverse(LIST)).content.decode()

    address = f"/registry/processingactivity/{row.activity_id}/change/#section-transfers"
    assert f'<a href="{address}">A-1 O’Neil &amp; Co</a>' in content


def test_a_transfer_is_told_by_recipient_words_country_and_safeguard(client, organisation):
    recipient = factories.make(models.Recipient, name="Paper Mail")
    transfer(organisation, "A-1", recipient=recipient, stated_as="the mailer", country="US", safeguard="A46-2-c")
    transfer(organisation, "A-2", international_organisation="Red Cross")
    transfer(organisation, "A-3", stated_as="somebody abroad")

    cl = client.get(reverse(LIST)).context["cl"]

    said = [(cl.model_admin.to(row), cl.model_admin.where(row)) for row in cl.result_list]
    assert said == [
        ("Paper Mail “the mailer”", "United States"),
        ("–", "Red Cross"),
        ("“somebody abroad”", "–"),
    ]


def test_transfers_are_found_by_place(client, organisation):
    transfer(organisation, "A-1", country="US")
    transfer(organisation, "A-2", country="NO")
    transfer(organisation, "A-3", stated_as="somebody abroad")
    transfer(organisation, "A-4", international_organisation="Red Cross")

    assert shown(client, place="outside") == ["A-1", "A-4"]
    assert shown(client, place="inside") == ["A-2"]
    assert shown(client, place="open") == ["A-3"]
    assert shown(client) == ["A-1", "A-2", "A-3", "A-4"]


def test_a_filter_offers_what_is_used_and_what_is_not_stated(client, organisation):
    transfer(organisation, "A-1", country="US")
    transfer(organisation, "A-2", country="US")
    transfer(organisation, "A-3", country="NO")
    transfer(organisation, "A-4")

    assert [[str(label) for _code, label in lines] for lines in filter_lines(client, "Country")] == [
        ["Norway (1)", "United States (2)", "not stated (1)"]
    ]
    assert shown(client, country="US") == ["A-1", "A-2"]
    assert shown(client, country="-") == ["A-4"]
    assert shown(client, country="ZZ") == []


def test_transfers_are_found_by_their_activity(client, organisation):
    unit = factories.make(models.OrganisationUnit, organisation=organisation, name="Marketing")
    transfer(organisation, "A-1", activity={"unit": unit, "status": "approved"})
    transfer(factories.organisation(name="Another"), "A-2")

    assert shown(client, activity__unit=unit.pk) == ["A-1"]
    assert shown(client, activity__unit="-") == ["A-2"]
    assert shown(client, activity__status="approved") == ["A-1"]
    assert shown(client, activity__organisation=organisation.pk) == ["A-1"]


def test_the_organisation_is_asked_for_only_where_there_are_several(client, organisation):
    transfer(organisation)
    assert filter_lines(client, "Organisation") == []
    transfer(factories.organisation(name="Another"), "A-2")

    assert [len(lines) for lines in filter_lines(client, "Organisation")] == [2]


def test_transfers_are_searched_by_activity_recipient_and_words(client, organisation):
    recipient = factories.make(models.Recipient, name="Paper Mail")
    transfer(organisation, "A-1", recipient=recipient)
    transfer(organisation, "A-2", stated_as="the partner’s office", activity={"name": "Fleet"})

    assert shown(client, q="paper") == ["A-1"]
    assert shown(client, q="partner’s") == ["A-2"]
    assert shown(client, q="fleet") == ["A-2"]


def test_a_list_without_rows_says_what_belongs_there_and_where_it_is_entered(client):
    content = client.get(reverse(LIST)).content.decode()

    assert "There are no transfers yet." in content
    assert "Transfers are entered in the record of the activity that makes them." in content
    assert "Open the activities" in content


def test_the_list_needs_as_many_queries_for_three_as_for_one(client, organisation, django_assert_num_queries):
    recipient = factories.make(models.Recipient, name="Paper Mail")
    transfer(organisation, recipient=recipient, country="US")
    client.get(reverse(LIST))
    with django_assert_num_queries(14):
        client.get(reverse(LIST))
    transfer(organisation, "A-2", recipient=recipient, country="NO")
    transfer(organisation, "A-3", country="JP")

    with django_assert_num_queries(14):
        client.get(reverse(LIST))


def test_nothing_is_added_or_changed_in_the_list(organisation):
    row = transfer(organisation, country="US")
    client = client_of(officer())

    answers = [client.post(f"/registry/transfer/{tail}", {}).status_code for tail in ("add/", f"{row.pk}/change/")]

    assert answers == [404, 404]
    assert models.Transfer.objects.values_list("country", flat=True).get() == "US"
    assert "Add transfer" not in client.get(reverse(LIST)).content.decode()


def test_an_activity_with_rows_can_still_be_deleted_by_an_officer(organisation):
    row = transfer(organisation, country="US")
    address = reverse("admin:registry_processingactivity_delete", args=[row.activity_id])

    answer = client_of(officer()).post(address, {"post": "yes", **seen(row.activity)})

    assert answer.status_code == 302
    assert models.Transfer.objects.count() == 0


def test_consent_mechanisms_tell_what_rests_on_them_and_when_they_are_to_be_renewed(client, organisation):
    activity = factories.activity(organisation, reference="A-1", name="Newsletter")
    today = timezone.localdate()
    past, soon, later = (
        factories.make(
            models.ConsentMechanism, activity=activity, name=name, valid_until=today + timedelta(days=days), position=at
        )
        for at, (name, days) in enumerate([("past", -1), ("soon", 59), ("later", 61)])
    )
    factories.make(models.ConsentMechanism, activity=activity, name="open", channel="app", position=4)
    factories.make(models.Segment, activity=activity, name="Readers", consent=past)

    def named(**query):
        response = client.get(reverse("admin:registry_consentmechanism_changelist"), query)
        return [row.name for row in response.context["cl"].result_list]

    assert [named(valid_until=when) for when in ("due", "soon", "later", "open")] == [
        ["past"],
        ["soon"],
        ["later"],
        ["open"],
    ]
    assert named(channel="app") == ["open"]
    assert named(channel="-") == ["past", "soon", "later"]
    cl = client.get(reverse("admin:registry_consentmechanism_changelist")).context["cl"]
    assert [cl.model_admin.used(row) for row in cl.result_list] == ["Readers", "–", "–", "–"]
    assert "due" in cl.model_admin.renewal(past)
    assert cl.model_admin.renewal(later) == date_format(later.valid_until, "j M Y")
    assert soon in cl.result_list


def test_impact_assessments_tell_how_many_criteria_are_met_and_how_many_are_open(client, organisation):
    activity = factories.activity(organisation, reference="A-1", name="Newsletter")
    met = dict.fromkeys(CRITERIA, "no") | {"evaluation": "yes", "large_scale": "yes"}
    factories.make(models.ImpactAssessment, activity=activity, title="done", conclusion="required", **met)
    factories.make(models.ImpactAssessment, activity=activity, title="begun", matching="yes", position=1)

    cl = client.get(reverse("admin:registry_impactassessment_changelist")).context["cl"]

    assert [str(cl.model_admin.criteria(row)) for row in cl.result_list] == ["2 of 9", "1 of 9, 8 not assessed"]
    required = client.get(reverse("admin:registry_impactassessment_changelist"), {"conclusion": "required"})
    assert [row.title for row in required.context["cl"].result_list] == ["done"]


@pytest.mark.parametrize("name", ["consentmechanism", "impactassessment", "segment"])
def test_each_list_says_what_belongs_there(client, name):
    content = client.get(reverse(f"admin:registry_{name}_changelist")).content.decode()

    assert "entered in the record of" in content
    assert "Open the activities" in content
