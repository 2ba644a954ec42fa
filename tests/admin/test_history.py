"""The history of one object on screen: who may read it, what a version says, and that nothing is written by reading."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from registry import models
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import screens

pytestmark = pytest.mark.django_db


def renamed_recipient():
    recipient = factories.make(models.Recipient, name="Parcel service", description="Delivers")
    with change_set(reason="the firm was renamed"):
        recipient.name = "Parcel and letter service"
        recipient.save()
    return recipient


def viewer():
    user = factories.user()
    user.user_permissions.add(Permission.objects.get(codename="view_recipient"))
    return user


def version_address(thing, version):
    return reverse(f"admin:registry_{thing._meta.model_name}_simple_history", args=[thing.pk, version.pk])


def history_address(thing):
    return reverse(f"admin:registry_{thing._meta.model_name}_history", args=[thing.pk])


def lines(answer):
    return {line.label: line.text or line.rows for block in answer.context["blocks"] for line in block.lines}


def changes(answer):
    return [(change.label, change.field.old, change.field.new) for change in answer.context["changes"]]


@pytest.mark.parametrize("who", [viewer, screens.officer, lambda: factories.user(is_superuser=True)])
def test_posting_to_an_old_version_is_refused_and_changes_nothing(who):
    recipient = renamed_recipient()
    first = recipient.history.last()
    client = screens.client_of(who())
    sent = {"name": "Parcel service", "nature": "organisation", "_save": "Save"}
    compare = reverse("admin:registry_recipient_compare", args=[recipient.pk])

    answers = [
        client.post(address, sent)
        for address in (version_address(recipient, first), history_address(recipient), compare)
    ]

    recipient.refresh_from_db()
    assert [answer.status_code for answer in answers] == [405, 405, 405]
    assert recipient.name == "Parcel and letter service"
    assert recipient.history.count() == 2


def test_a_version_shows_what_it_said_then_and_what_changed():
    recipient = renamed_recipient()
    client = screens.client_of(viewer())

    first, second = (
        client.get(version_address(recipient, version)) for version in recipient.history.order_by("history_id")
    )

    assert changes(first) == []
    assert (lines(first)["Name"], lines(first)["Description"]) == ("Parcel service", "Delivers")
    assert changes(second) == [("Name", "Parcel service", "Parcel and letter service")]
    assert (first.context["is_newest"], second.context["is_newest"]) == (False, True)


def test_a_version_of_an_activity_has_its_sections_and_what_it_referred_to_as_it_was_then():
    recipient = factories.make(models.Recipient, name="Parcel service", country="NO")
    with change_set():
        activity = factories.activity(factories.organisation(name="Fjord Foods AS"), name="Orders")
        models.Purpose.objects.create(activity=activity, text="Delivering")
        models.ActivityRecipient.objects.create(activity=activity, recipient=recipient, what_for="parcels")
    with change_set():
        recipient.name, recipient.country = "Parcel and letter service", "SE"
        recipient.save()

    answer = screens.client_of(screens.auditor()).get(version_address(activity, activity.history.get()))

    assert lines(answer)["Purposes"] == ("Delivering",)
    assert lines(answer)["Recipients"] == ("Parcel service – What for: parcels",)
    assert [block.title for block in answer.context["blocks"]][:2] == ["The activity", "Joint controllers"]
    entries = {
        (block.article, block.title): {line.label: line.text for line in block.lines}
        for block in answer.context["referred"]
    }
    assert [*entries] == [("Organisation", "Fjord Foods AS"), ("Recipient", "Parcel service")]
    assert entries["Recipient", "Parcel service"]["Country"] == "Norway"


def test_what_a_person_may_not_see_of_what_a_version_referred_to_stays_out():
    with change_set():
        activity = factories.activity(factories.organisation(name="Fjord Foods AS"))
    user = factories.user()
    user.user_permissions.add(Permission.objects.get(codename="view_processingactivity"))

    answer = screens.client_of(user).get(version_address(activity, activity.history.get()))

    assert (answer.status_code, answer.context["referred"], answer.context["change_set_url"]) == (200, [], "")


def test_a_deleted_object_keeps_its_history():
    recipient = renamed_recipient()
    pk = recipient.pk
    with change_set(reason="no longer used"):
        recipient.delete()
    recipient.pk = pk
    client = screens.client_of(viewer())

    listed = client.get(history_address(recipient))
    deletion = models.Recipient.history.filter(id=pk).first()
    shown = client.get(version_address(recipient, deletion))

    assert [moment["moment"].what for moment in listed.context["moments"]] == ["deleted", "changed", "created"]
    assert (shown.context["deleted"], lines(shown)["Name"]) == (True, "Parcel and letter service")


@pytest.mark.parametrize(("object_id", "version_id"), [("abc", "1"), ("1", "abc"), ("999999", "1")])
def test_an_address_of_no_version_is_not_found(object_id, version_id):
    client = screens.client_of(screens.officer())

    answers = [client.get(f"/registry/recipient/{object_id}/history/{version_id}/{end}") for end in ("", "restore/")]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize("object_id", ["abc", "999999"])
def test_a_history_of_no_object_is_not_found(object_id):
    client = screens.client_of(viewer())

    answers = [client.get(f"/registry/recipient/{object_id}/history/{end}") for end in ("", "compare/")]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_the_history_of_an_object_needs_the_permission_to_see_it():
    recipient = renamed_recipient()
    client = screens.client_of(factories.user())
    compare = reverse("admin:registry_recipient_compare", args=[recipient.pk])

    answers = [
        client.get(address)
        for address in (history_address(recipient), version_address(recipient, recipient.history.first()), compare)
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
