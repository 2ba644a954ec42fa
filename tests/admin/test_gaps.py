from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from registry import models
from registry.admin import gaps
from registry.standing import refresh as refreshing
from registry.standing.refresh import refresh
from tests import factories
from tests.admin.screens import auditor, client_of, officer

pytestmark = pytest.mark.django_db

PAGE = "/gaps/"


@pytest.fixture
def organisation():
    return factories.organisation(name="Fjord Foods AS", country="NO", email="privacy@fjord.example")


@pytest.fixture
def activity(organisation):
    return factories.activity(organisation, reference="A-1", name="O’Neil’s payroll", status="approved")


def first_gap(activity):
    refresh()
    return models.FoundGap.objects.filter(activity=activity).order_by("rank", "gap").first().gap


def address(gap):
    return reverse("admin:gap", args=[gap])


def listed(client, query=""):
    return [row.gap for row, _ in client.get(PAGE + query).context["rows"]]


def test_the_list_tells_every_gap_with_the_way_to_its_field(activity):
    answer = client_of(officer()).get(PAGE)

    assert {row.activity for row, _ in answer.context["rows"]} == {activity}
    assert len(answer.context["rows"]) == models.FoundGap.objects.count() > 3
    for _, one in answer.context["rows"]:
        assert f'href="{one.form}"' in answer.content.decode()


def test_the_list_is_limited_by_what_is_chosen(activity, organisation):
    other = factories.activity(organisation, reference="B-1", name="Newsletter", status="approved")
    client = client_of(officer())
    every = listed(client)

    assert {gap.split(":")[1] for gap in every} == {str(activity.pk), str(other.pk)}
    assert {gap.split(":")[1] for gap in listed(client, "?q=o%E2%80%99neil")} == {str(activity.pk)}
    assert {gap.split(":")[0] for gap in listed(client, f"?rule={every[0].split(':')[0]}")} == {every[0].split(":")[0]}
    assert listed(client, f"?organisation={factories.organisation().pk}") == []
    assert set(listed(client, "?area=lawfulness")) < set(every)
    serious = listed(client, "?severity=serious")
    assert serious == [
        row.gap
        for row in models.FoundGap.objects.filter(rank=1, gap__in=serious).order_by("activity__reference", "gap")
    ]
    assert listed(client, "?state=accepted") == []


def test_the_list_leads_to_its_report(activity):
    page = client_of(auditor()).get(PAGE).content.decode()

    assert 'href="/reports/gaps/">Reports › Gaps</a> (PDF, CSV, XLSX)' in page


def test_what_cannot_be_chosen_is_said(activity):
    answer = client_of(officer()).get(PAGE + "?severity=awful")

    assert (answer.status_code, answer.context["rows"]) == (400, [])


def test_a_long_list_has_pages_that_keep_the_choice(activity, monkeypatch):
    monkeypatch.setattr(gaps, "PER_PAGE", 1)

    content = client_of(officer()).get(PAGE + "?q=A-1").content.decode()

    assert 'href="?q=A-1&amp;page=2"' in content


def test_the_number_of_queries_does_not_grow(organisation, django_assert_max_num_queries):
    client = client_of(officer())
    factories.activity(organisation, status="approved")
    client.get(PAGE)
    numbers = []
    for more in (1, 3):
        for _ in range(more):
            factories.activity(organisation, status="approved")
        refresh()
        with django_assert_max_num_queries(60) as counted:
            client.get(PAGE)
        numbers.append(len(counted))

    assert numbers[0] == numbers[1]


def test_a_gap_is_told_in_full_and_accepted_with_a_reason(activity):
    gap = first_gap(activity)
    client = client_of(officer(first_name="Ane", last_name="Dahl"))
    until = timezone.localdate() + timedelta(days=30)

    client.post(address(gap), {"do": "accept", "reason": "Is being mended", "valid_until": until.isoformat()})

    accepted = models.GapAcceptance.objects.get()
    assert (accepted.gap, accepted.record, accepted.accepted_by, accepted.valid_until) == (
        gap, "A-1 O’Neil’s payroll", "Ane Dahl", until,
    )  # fmt: skip
    assert models.ChangeSet.objects.first().reason == "Is being mended"
    assert "Accepted by Ane Dahl on" in client.get(address(gap)).content.decode()
    assert gap not in listed(client)
    assert listed(client, "?state=accepted") == [gap]

    client.post(address(gap), {"do": "end"})
    assert gap in listed(client)


def test_ending_what_is_not_accepted_changes_nothing(activity):
    gap = first_gap(activity)
    before = models.ChangeSet.objects.count()

    client_of(officer()).post(address(gap), {"do": "end"})

    assert models.ChangeSet.objects.count() == before


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"reason": "", "valid_until": "2999-01-01"}, "This field is required."),
        ({"reason": "x", "valid_until": "2999-01-01"}, "This lies more than two years ahead."),
        ({"reason": "x", "valid_until": "2020-01-01"}, "This day has passed."),
        ({"reason": "x", "valid_until": "soon"}, "Enter a valid date."),
    ],
)
def test_what_is_no_decision_is_refused_and_stays_typed(activity, values, said):
    gap = first_gap(activity)

    answer = client_of(officer()).post(address(gap), {"do": "accept", **values})

    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert models.GapAcceptance.objects.count() == 0


@pytest.mark.parametrize("gap", ["no-such-rule:1", "nonsense", "a:b", "contract-expired:999999:1"])
def test_a_gap_that_is_not_there_is_not_found(activity, gap):
    assert client_of(officer()).get(address(gap)).status_code == 404


def test_an_auditor_reads_gaps_and_accepts_none(activity):
    gap = first_gap(activity)
    client = client_of(auditor())
    before = models.ChangeSet.objects.count()

    assert [client.get(one).status_code for one in (PAGE, address(gap))] == [200, 200]
    assert "Accept until then" not in client.get(address(gap)).content.decode()
    for sent in ({"do": "accept", "reason": "x", "valid_until": "2027-01-01"}, {"do": "end"}):
        assert client.post(address(gap), sent).status_code == 403
    assert models.ChangeSet.objects.count() == before


def test_somebody_without_a_role_sees_no_gaps(activity):
    client = client_of(factories.user())

    assert [client.get(one).status_code for one in (PAGE, address(first_gap(activity)))] == [403, 403]


def test_the_form_shows_each_gap_in_its_section_and_the_list_counts_them(activity):
    client = client_of(officer())

    form = client.get(reverse("admin:registry_processingactivity_change", args=[activity.pk]))
    shown = {one.gap.id for section in form.context["sections"] for one in section.gaps}
    page = client.get(reverse("admin:registry_processingactivity_changelist")).content.decode()

    assert shown == set(models.FoundGap.objects.values_list("gap", flat=True))
    standing = models.Standing.objects.get()
    assert f"</span> {standing.serious}<span" in page


@pytest.fixture
def silent():
    """An organisation that can't be reached, with two records."""
    silent = factories.organisation(name="Silent Ltd", country="IE")
    for name in ("Payroll", "Newsletter"):
        factories.activity(silent, name=name)
    return silent


def gap_of(organisation):
    return f"organisation-without-contact-details:organisation-{organisation.pk}"


def test_a_gap_of_an_organisation_is_listed_once_and_leads_to_its_form(silent):
    client = client_of(officer())

    answer = client.get(f"{PAGE}?rule=organisation-without-contact-details")

    ((row, one),) = answer.context["rows"]
    assert (row.organisation, row.activity, one.gap.id) == (silent, None, gap_of(silent))
    assert one.form == f"/registry/organisation/{silent.pk}/change/#id_email"
    assert f'<a href="{one.form}">Silent Ltd</a><br><span class="quiet">the organisation as a whole</span>' in (
        answer.content.decode()
    )
    assert listed(client, f"?organisation={silent.pk}&severity=serious")[0] == gap_of(silent)
    assert gap_of(silent) in listed(client, "?q=silent")


def test_a_gap_of_an_organisation_stands_in_its_form_and_the_forms_of_its_records_lead_there(silent):
    client = client_of(officer())
    record = models.ProcessingActivity.objects.first()

    form = client.get(reverse("admin:registry_processingactivity_change", args=[record.pk]))
    own = client.get(reverse("admin:registry_organisation_change", args=[silent.pk]))

    (section,) = [one for one in form.context["sections"] if one.of_organisation]
    assert "organisation" in section.section.keys
    assert [one.gap.id for one in section.of_organisation] == [gap_of(silent)]
    assert gap_of(silent) not in {one.gap.id for one in section.gaps}
    assert f'href="{address(gap_of(silent))}"' in form.content.decode()
    assert [one.gap.id for one in own.context["gaps"]] == [gap_of(silent)]
    assert 'href="#id_email"' in own.content.decode()


def test_a_gap_of_an_organisation_is_accepted_for_all_of_its_records(silent):
    client = client_of(officer())
    client.get(PAGE)

    page = client.get(address(gap_of(silent))).content.decode()
    client.post(
        address(gap_of(silent)),
        {"do": "accept", "reason": "Is moving", "valid_until": (timezone.localdate() + timedelta(days=9)).isoformat()},
    )

    assert "<dt>Organisation</dt>" in page
    assert models.GapAcceptance.objects.get().record == "Silent Ltd"
    assert listed(client, "?state=accepted") == [gap_of(silent)]


@pytest.fixture
def shop(activity):
    """A system that a record uses and that holds data which the record doesn't list."""
    system = factories.make(models.System, name="Shop")
    factories.make(models.SystemData, system=system, stated_as="Voices")
    factories.make(models.ActivitySystem, activity=activity, system=system)
    return system


def gap_of_system(system, organisation):
    return f"system-holds-data-that-no-record-lists:system-{system.pk}:organisation-{organisation.pk}"


def test_a_gap_of_a_system_stands_in_the_forms_of_the_records_of_that_organisation_that_use_it(shop, organisation):
    other = factories.organisation(name="Other Ltd", email="post@other.example")
    theirs = factories.activity(other)
    factories.make(models.ActivitySystem, activity=theirs, system=shop)
    client = client_of(officer())
    mine = models.ProcessingActivity.objects.get(organisation=organisation, systems__system=shop)

    told = {}
    for activity in (mine, theirs):
        form = client.get(reverse("admin:registry_processingactivity_change", args=[activity.pk]))
        (section,) = [one for one in form.context["sections"] if one.of_systems]
        assert "systems" in section.section.keys
        told[activity] = [one.gap.id for one in section.of_systems]
        assert f'href="{address(told[activity][0])}"' in form.content.decode()

    assert told == {mine: [gap_of_system(shop, organisation)], theirs: [gap_of_system(shop, other)]}


def test_a_gap_of_a_system_is_listed_once_and_leads_to_its_form(shop, organisation):
    factories.make(models.ActivitySystem, activity=factories.activity(organisation), system=shop)
    client = client_of(officer())
    identifier = gap_of_system(shop, organisation)

    answer = client.get(f"{PAGE}?rule=system-holds-data-that-no-record-lists")

    ((row, one),) = answer.context["rows"]
    assert (row.organisation, row.activity, row.system, one.gap.id) == (organisation, None, shop, identifier)
    assert one.form == f"/registry/system/{shop.pk}/change/#data-group"
    assert f'<a href="{one.form}">Shop</a><br><span class="quiet">system</span>' in answer.content.decode()
    assert identifier in listed(client, f"?organisation={organisation.pk}&severity=serious")
    assert listed(client, "?q=shop") == [identifier]


def test_a_gap_of_a_system_stands_in_its_form(shop, organisation):
    client = client_of(officer())
    address_of = reverse("admin:registry_system_change", args=[shop.pk])

    form = client.get(address_of)

    assert [one.gap.id for one in form.context["gaps"]] == [gap_of_system(shop, organisation)]
    assert 'href="#data-group"' in form.content.decode()
    assert 'id="data-group"' in form.content.decode()
    viewer = factories.user()
    viewer.user_permissions.set(Permission.objects.filter(codename="view_system"))
    assert "gaps" not in client_of(viewer).get(address_of).context


def test_a_gap_of_a_system_is_told_in_full_and_accepted(shop, organisation):
    client = client_of(officer())
    client.get(PAGE)
    identifier = gap_of_system(shop, organisation)

    page = client.get(address(identifier)).content.decode()
    client.post(
        address(identifier),
        {"do": "accept", "reason": "A test", "valid_until": (timezone.localdate() + timedelta(days=9)).isoformat()},
    )

    assert "<dt>System</dt>" in page
    assert f'<a href="/registry/system/{shop.pk}/change/#data-group">Shop</a>' in page
    assert models.GapAcceptance.objects.get().record == "Shop"
    assert listed(client, "?state=accepted") == [identifier]


def test_pages_say_how_many_records_are_still_to_be_checked(activity, monkeypatch):
    monkeypatch.setattr(refreshing, "AT_ONCE", 1)
    monkeypatch.setattr(refreshing, "NOTED_AT_ONCE", 1)
    for _ in range(8):
        factories.activity(activity.organisation)
    client = client_of(officer())
    addresses = (PAGE, "/", reverse("admin:registry_processingactivity_changelist"), "/trend/", "/pictures/unit/")

    said = [" records are still being checked" in client.get(one).content.decode() for one in addresses]
    refreshing.catch_up()
    after = [" still being checked" in client.get(one).content.decode() for one in addresses]

    assert (said, after) == ([True] * 5, [False] * 5)


def test_the_page_of_a_gap_tells_what_was_accepted_before(activity):
    gap, client = first_gap(activity), client_of(officer(first_name="Ane", last_name="Dahl"))
    client.post(address(gap), {"do": "accept", "reason": "Is being mended", "valid_until": f"{timezone.localdate()}"})
    client.post(address(gap), {"do": "end"})

    page = client.get(address(gap)).content.decode()

    assert "No acceptance of this gap is in force." in page
    assert "Accepted by Ane Dahl, ended on" in page
    assert "Is being mended" in page
    assert "Accept it anew" in page
    assert "End the acceptance" not in page


def test_the_page_of_a_gap_says_that_there_is_more_of_it_than_was_accepted(shop, organisation):
    factories.make(models.ActivitySystem, activity=factories.activity(organisation), system=shop)
    refresh()
    gap, client = models.FoundGap.objects.get(system=shop).gap, client_of(officer(first_name="Ane", last_name="Dahl"))
    until = timezone.localdate() + timedelta(days=9)
    client.post(address(gap), {"do": "accept", "reason": "A copy", "valid_until": f"{until}"})
    factories.make(models.SystemData, system=shop, stated_as="Scents", position=9)

    page = client.get(address(gap)).content.decode()

    assert "There is more of it now than Ane Dahl accepted until" in page
    assert "so it is open again" in page
    assert "A copy" in page
    assert listed(client, "?state=accepted") == []
    client.post(address(gap), {"do": "accept", "reason": "Both", "valid_until": f"{until}"})
    assert listed(client, "?state=accepted") == [gap]


def test_the_list_of_accepted_gaps_says_who_accepted_them_until_when_and_why(activity):
    gap, client = first_gap(activity), client_of(officer(first_name="Ane", last_name="Dahl"))
    client.post(address(gap), {"do": "accept", "reason": "Is being mended", "valid_until": f"{timezone.localdate()}"})

    page = client.get(f"{PAGE}?state=accepted").content.decode()

    assert "Accepted by Ane Dahl on" in page
    assert "Is being mended" in page
    assert "Is being mended" not in client.get(PAGE).content.decode()


def keeper():
    """Somebody who may change records, and is no privacy officer."""
    person = factories.user()
    person.user_permissions.set(Permission.objects.filter(codename__endswith="_processingactivity"))
    return client_of(person)


def test_who_may_change_records_without_being_an_officer_accepts_nothing(activity):
    gap, client = first_gap(activity), keeper()

    page = client.get(address(gap)).content.decode()
    answer = client.post(address(gap), {"do": "accept", "reason": "No time", "valid_until": f"{timezone.localdate()}"})

    assert "Accept until then" not in page
    assert (answer.status_code, models.GapAcceptance.objects.count()) == (403, 0)
