"""Restoring on screen: who may, what is shown first, and what is written."""

import json

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from registry import models
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import screens

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    activity = factories.activity(factories.organisation(), name="Orders", dpo_remark="Checked")
    with change_set():
        activity.name, activity.dpo_remark = "Web orders", "Checked again"
        activity.save()
    return activity


def address(thing, version=None, page="restore"):
    key = (version or thing.history.order_by("history_id").first()).pk
    return reverse(f"admin:registry_{thing._meta.model_name}_{page}", args=[thing.pk, key])


def with_permissions(*names):
    user = factories.user()
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return screens.client_of(user)


def deleted(thing):
    pk = thing.pk
    with change_set(reason="no longer done"):
        thing.delete()
    thing.pk = pk
    return thing


def first_version(thing):
    return type(thing).history.filter(id=thing.pk).order_by("history_id").first()


def test_the_page_shows_what_would_change_and_writes_nothing(activity):
    before = models.ChangeSet.objects.count()

    answer = screens.client_of(screens.officer()).get(address(activity))

    shown = [(change.label, change.field.old, change.field.new) for change in answer.context["changes"]]
    assert shown == [
        ("Name", "Web orders", "Orders"),
        ("Remark of the data protection officer", "Checked again", "Checked"),
    ]
    assert models.ChangeSet.objects.count() == before


def test_restoring_needs_a_reason(activity):
    client = screens.client_of(screens.officer())
    before = models.ChangeSet.objects.count()

    answer = client.post(address(activity), {"change_reason": "  "})

    assert (answer.status_code, answer.context["refusal"][:7]) == (200, "Say why")
    assert models.ChangeSet.objects.count() == before


def test_a_restored_version_is_one_new_change_set_of_that_person(activity):
    officer = screens.officer(first_name="Ane", last_name="Dahl")
    client = screens.client_of(officer)
    first = first_version(activity)
    seen = client.get(address(activity)).context["plan"].last_version

    answer = client.post(address(activity), {"change_reason": "By mistake", "last_seen": seen}, follow=True)

    last = models.ChangeSet.objects.first()
    assert (last.actor, last.channel, last.reason) == (officer, "screen", "By mistake")
    assert json.loads(last.details) == {"restored_from": first.change_set_id}
    assert activity.history.first().content == first.content
    assert answer.redirect_chain[-1][0] == reverse("admin:registry_processingactivity_change", args=[activity.pk])
    assert [str(message) for message in answer.context["messages"]] == [
        f"The state of change set #{first.change_set_id} is restored, by change set #{last.pk}."
    ]


def test_who_has_not_seen_the_newest_version_is_told_and_shown_it(activity):
    client = screens.client_of(screens.officer())
    seen = client.get(address(activity)).context["plan"].last_version
    with change_set(actor=factories.user(first_name="Bo", last_name="Lund")):
        activity.name = "Shop orders"
        activity.save()
    before = models.ChangeSet.objects.count()

    answer = client.post(address(activity), {"change_reason": "By mistake", "last_seen": seen})

    assert "Bo Lund has changed it meanwhile" in answer.content.decode()
    assert answer.context["changes"][0].field.old == "Shop orders"
    assert (answer.context["reason"], models.ChangeSet.objects.count()) == ("By mistake", before)


def test_a_deleted_activity_is_restored_from_its_timeline(activity):
    deleted(activity)
    client = screens.client_of(screens.officer())
    timeline = client.get(reverse("admin:registry_processingactivity_history", args=[activity.pk]))

    restorable = timeline.context["restorable"].version
    page = reverse("admin:registry_processingactivity_restore", args=[activity.pk, restorable])
    shown = client.get(page)
    client.post(page, {"change_reason": "Still done"})

    assert page in timeline.content.decode()
    assert "What comes back" in shown.content.decode()
    assert models.ProcessingActivity.objects.get(pk=activity.pk).name == "Web orders"


def test_a_version_offers_what_a_person_may_do_with_it(activity):
    def offered(client, version):
        return client.get(address(activity, version, "simple_history")).context["may_restore"]

    second, first = activity.history.all()
    officer, auditor = (screens.client_of(who()) for who in (screens.officer, screens.auditor))

    assert [offered(officer, first), offered(officer, second)] == [True, False]
    assert [offered(auditor, first), offered(auditor, second)] == [False, False]


def test_the_page_of_a_deletion_offers_what_was_there_before(activity):
    deleted(activity)
    client = screens.client_of(screens.officer())
    deletion, second, _ = models.ProcessingActivity.history.filter(id=activity.pk)

    answer = client.get(address(activity, deletion, "simple_history"))

    assert address(activity, second) in answer.content.decode()
    assert client.get(address(activity, deletion)).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_auditor_restores_nothing_living_or_deleted(activity, method):
    gone = deleted(factories.make(models.Recipient, name="Parcel service"))
    client = screens.client_of(screens.auditor())
    before = models.ChangeSet.objects.count()

    answers = [
        getattr(client, method)(page, {"change_reason": "By mistake"})
        for page in (address(activity), address(gone, first_version(gone)))
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert (models.ChangeSet.objects.count(), models.Recipient.objects.filter(pk=gone.pk).exists()) == (before, False)
    timeline = client.get(reverse("admin:registry_recipient_history", args=[gone.pk]))
    assert timeline.context["restorable"] is None


@pytest.mark.parametrize(
    ("permissions", "is_deleted", "status"),
    [
        (["view_recipient", "change_recipient"], False, 302),
        (["view_recipient", "add_recipient"], False, 403),
        (["view_recipient", "add_recipient"], True, 302),
        (["view_recipient", "change_recipient"], True, 403),
        (["add_recipient"], True, 403),
    ],
)
def test_changing_and_adding_are_what_restoring_asks_for(permissions, is_deleted, status):
    recipient = factories.make(models.Recipient, name="Parcel service")
    with change_set():
        recipient.name = "Letter service"
        recipient.save()
    if is_deleted:
        deleted(recipient)

    answer = with_permissions(*permissions).post(
        address(recipient, first_version(recipient)), {"change_reason": "By mistake"}
    )

    assert answer.status_code == status
    names = list(models.Recipient.objects.filter(pk=recipient.pk).values_list("name", flat=True))
    assert (names == ["Parcel service"]) is (status == 302)


def test_the_officers_remark_comes_back_with_an_officer_alone(activity):
    owner = with_permissions("view_processingactivity", "change_processingactivity")

    shown = owner.get(address(activity))
    owner.post(address(activity), {"change_reason": "By mistake"})

    activity.refresh_from_db()
    assert [change.label for change in shown.context["changes"]] == ["Name"]
    assert (activity.name, activity.dpo_remark) == ("Orders", "Checked again")


def test_what_a_statute_says_of_a_legal_basis_stays():
    basis = factories.make(
        models.LegalBasis, code="X-1", title="A test", regime="eu", kind="lawful_basis", statutory=True
    )
    with change_set():
        basis.code, basis.title = "X-2", "Another"
        basis.save()

    screens.client_of(screens.officer()).post(address(basis), {"change_reason": "By mistake"})

    basis.refresh_from_db()
    assert (basis.code, basis.title) == ("X-2", "A test")


def test_what_stands_in_the_way_is_shown_before_a_reason_is_asked_for():
    schedule = factories.make(models.RetentionSchedule, name="A year of keeping", text="A year")
    activity = factories.activity(factories.organisation(), retention_schedule=schedule)
    deleted(activity)
    with change_set():
        schedule.delete()
    client = screens.client_of(screens.officer())
    page = address(activity, first_version(activity))

    shown = client.get(page)
    refused = client.post(page, {"change_reason": "Still done"})

    assert "retention schedule “A year of keeping”" in shown.content.decode()
    assert 'name="change_reason"' not in shown.content.decode()
    assert "retention schedule “A year of keeping”" in refused.context["refusal"]
    assert not models.ProcessingActivity.objects.filter(pk=activity.pk).exists()


def test_a_newest_version_says_that_there_is_nothing_to_restore(activity):
    answer = screens.client_of(screens.officer()).get(address(activity, activity.history.first()))

    assert "there is nothing to restore" in answer.content.decode()
