import json
from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from registry import models
from registry.admin import versions
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


def version_address(recipient, version):
    return reverse("admin:registry_recipient_simple_history", args=[recipient.pk, version.pk])


@pytest.mark.parametrize("who", [viewer, screens.officer, lambda: factories.user(is_superuser=True)])
def test_posting_to_an_old_version_is_refused_and_changes_nothing(who):
    recipient = renamed_recipient()
    first = recipient.history.last()
    client = screens.client_of(who())

    answer = client.post(
        version_address(recipient, first), {"name": "Parcel service", "nature": "organisation", "_save": "Save"}
    )

    recipient.refresh_from_db()
    assert answer.status_code == 405
    assert recipient.name == "Parcel and letter service"
    assert recipient.history.count() == 2


def test_a_version_shows_what_it_said_then_and_what_changed():
    recipient = renamed_recipient()
    client = screens.client_of(viewer())

    first, second = (
        client.get(version_address(recipient, version)) for version in recipient.history.order_by("history_id")
    )

    assert first.context["changes"] == []
    assert [line.text for line in first.context["lines"]][:2] == ["Parcel service", "Delivers"]
    assert [(change.label, change.old, change.new) for change in second.context["changes"]] == [
        ("Name", "Parcel service", "Parcel and letter service")
    ]


def test_the_history_lists_each_change_with_its_author_and_reason():
    recipient = renamed_recipient()
    client = screens.client_of(viewer())

    answer = client.get(reverse("admin:registry_recipient_history", args=[recipient.pk]))

    shown = [(version.change_set.actor_name, version.change_set.reason) for version in answer.context["page_obj"]]
    assert shown == [("system", "the firm was renamed"), ("system", "for a test")]
    deltas = [version.history_delta_changes for version in answer.context["page_obj"]]
    assert [[change.label for change in changes] for changes in deltas] == [["Name"], []]


def test_rows_of_an_aggregate_are_told_as_added_changed_and_removed():
    organisation = factories.organisation()
    with change_set():
        kept = models.Contact.objects.create(organisation=organisation, kind="dpo_internal", name="Ane Dahl")
        gone = models.Contact.objects.create(organisation=organisation, kind="other", name="Bo Lund", position=1)
    with change_set():
        kept.phone = "+47 22 00 00 00"
        kept.save()
        gone.delete()
        models.Contact.objects.create(organisation=organisation, kind="other", name="Cato Moe", position=2)
    client = screens.client_of(screens.auditor())

    newest = organisation.history.first()
    answer = client.get(reverse("admin:registry_organisation_simple_history", args=[organisation.pk, newest.pk]))

    kind = kept.get_kind_display()
    assert [(change.old, change.new) for change in answer.context["changes"]] == [
        (f"Ane Dahl · Kind: {kind}", f"Ane Dahl · Kind: {kind} · Telephone: +47 22 00 00 00"),
        ("Bo Lund · Kind: Other contact", ""),
        ("", "Cato Moe · Kind: Other contact"),
    ]


def test_dates_and_references_between_rows_are_told_in_words():
    with change_set():
        activity = factories.activity(factories.organisation(), began_on=date(2026, 3, 1))
        subject = models.ActivityDataSubject.objects.create(
            activity=activity, category=models.DataSubjectCategory.objects.create(name="Guests")
        )
        stated = models.ActivityDataSubject.objects.create(activity=activity, stated_as="Passers-by", position=1)
        nameless = models.ActivityDataSubject.objects.create(activity=activity, position=2)
        for place, owner in enumerate((subject, stated, nameless)):
            models.ActivityDataCategory.objects.create(
                activity=activity, data_subject=owner, stated_as=f"Data {place}", position=place
            )
        purpose = models.Purpose.objects.create(activity=activity, text="Bookings")
        models.ActivityLegalBasis.objects.create(activity=activity, stated_as="Contract", purpose=purpose)

    version = activity.history.get()
    lines = {line.label: line for line in versions.read(models.ProcessingActivity, json.loads(version.content))}

    assert lines["Began on"].text == "1 March 2026"
    assert lines["Data categories"].rows == (
        "Data 0 · Whose: Guests",
        "Data 1 · Whose: Passers-by",
        "Data 2 · Whose: #3",
    )
    assert lines["Legal bases"].rows == ("Contract · For purpose: Bookings",)


def test_a_deleted_object_keeps_its_history():
    recipient = renamed_recipient()
    pk = recipient.pk
    with change_set(reason="no longer used"):
        recipient.delete()
    client = screens.client_of(viewer())

    listed = client.get(reverse("admin:registry_recipient_history", args=[pk]))
    deletion = models.Recipient.history.filter(id=pk).first()
    shown = client.get(reverse("admin:registry_recipient_simple_history", args=[pk, deletion.pk]))

    assert listed.context["page_obj"].paginator.count == 3
    assert shown.context["deleted"] is True
    assert shown.context["lines"][0].text == "Parcel and letter service"


@pytest.mark.parametrize(("object_id", "version_id"), [("abc", "1"), ("1", "abc"), ("999999", "1")])
def test_an_address_of_no_version_is_not_found(object_id, version_id):
    client = screens.client_of(viewer())

    answer = client.get(f"/registry/recipient/{object_id}/history/{version_id}/")

    assert answer.status_code == 404


def test_a_list_of_versions_about_no_object_is_not_found():
    client = screens.client_of(viewer())

    assert client.get("/registry/recipient/abc/history/").status_code == 404
    assert client.get("/registry/recipient/999999/history/").status_code == 404


def test_the_history_of_an_object_needs_the_permission_to_see_it():
    recipient = renamed_recipient()
    client = screens.client_of(factories.user())

    listed = client.get(reverse("admin:registry_recipient_history", args=[recipient.pk]))
    shown = client.get(version_address(recipient, recipient.history.first()))

    assert (listed.status_code, shown.status_code) == (403, 403)


@pytest.mark.parametrize("count", [1, 3, 25])
def test_the_number_of_queries_does_not_grow_with_the_versions(count, django_assert_num_queries):
    recipient = factories.make(models.Recipient, name="Version 0")
    for number in range(1, count):
        with change_set():
            recipient.name = f"Version {number}"
            recipient.save()
    client = screens.client_of(viewer())
    address = reverse("admin:registry_recipient_history", args=[recipient.pk])
    client.get(address)

    with django_assert_num_queries(HISTORY_QUERIES):
        answer = client.get(address)

    assert len(answer.context["page_obj"].object_list) == min(count, 20)


HISTORY_QUERIES = 8
