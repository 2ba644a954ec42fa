"""Two people at a catalogue entry, or at something that one of them has deleted meanwhile."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from registry import models
from registry.admin.activity_inlines import row_inlines
from tests import factories
from tests.admin import activity_forms as forms
from tests.admin.conflicts.steps import choose, meanwhile, opened, send, texts, told
from tests.admin.screens import client_of

pytestmark = pytest.mark.django_db


def test_an_entry_of_a_catalogue_is_kept_from_being_overwritten_too(client, bo):
    entry = factories.make(models.Recipient, name="Parcel service", description="Parcels")
    shown = opened(client, entry)
    meanwhile(bo, lambda: models.Recipient.objects.filter(pk=entry.pk).update(description="Letters", country="NO"))

    answer = send(client, shown, description="Parcels and letters")
    page = unescape(answer.content.decode())
    unsaved = models.Recipient.objects.get(pk=entry.pk).description
    saved = send(client, answer, **choose(description="mine"))

    entry.refresh_from_db()
    assert told(answer) == {
        "clashes": [("Description", "Parcels", "Letters", "Parcels and letters")],
        "theirs": [("Country", "", "Norway", "")],
    }
    assert "Nothing was saved: Bo Lund has changed this record meanwhile." in page
    assert unsaved == "Letters"
    assert (saved.status_code, entry.description, entry.country) == (302, "Parcels and letters", "NO")


def test_retiring_a_stale_entry_is_refused(client, bo):
    entry = factories.make(models.System, name="Till")
    shown = opened(client, entry)
    meanwhile(bo, lambda: models.System.objects.filter(pk=entry.pk).update(name="Tills"))

    answer = send(client, shown, _retire="Retire")

    entry.refresh_from_db()
    assert (answer.status_code, entry.retired_on, entry.name) == (200, None, "Tills")


def test_an_organisations_contact_that_was_deleted_while_edited_is_kept_as_a_new_row(client, bo, organisation):
    contact = factories.make(
        models.Contact, organisation=organisation, kind="other", name="Kari", email="kari@fjord.example"
    )
    shown = opened(client, organisation)
    meanwhile(bo, lambda: models.Contact.objects.get(pk=contact.pk).delete())

    answer = send(client, shown, contacts__0__email="kari.moe@fjord.example")
    page = unescape(answer.content.decode())
    saved = send(client, answer, **choose(**{f"contacts__{contact.pk}": "mine"}))

    assert [label for label, *_ in told(answer)["clashes"]] == ["Contacts, “Kari”"]
    assert "Deleted meanwhile by Bo Lund. What you typed is kept here as a new row." in page
    assert f'name="contacts-0-formerly" value="{contact.pk}"' in page
    assert (saved.status_code, organisation.contacts.get().email) == (302, "kari.moe@fjord.example")


def test_a_record_that_was_deleted_meanwhile_is_offered_as_a_new_one_with_all_that_was_typed(client, bo, payroll):
    shown = opened(client, payroll)
    meanwhile(bo, payroll.delete, "not ours")

    answer = send(
        client, shown, description="Daily", purposes__0__text="Paying staff", **forms.new_row("purposes", 2, text="New")
    )
    page = unescape(answer.content.decode())
    saved = send(client, answer, reference="", change_reason="still needed")

    again = models.ProcessingActivity.objects.get()
    assert answer.status_code == 200
    assert "Nothing was saved: Bo Lund has deleted this record meanwhile." in page
    assert "<q>not ours</q>" in page
    assert f'action="{reverse("admin:registry_processingactivity_add")}"' in page
    assert [
        text for text in ("Daily", "Paying staff", "Paying bonuses", "New", "The bank") if f">\n{text}<" not in page
    ] == []
    assert saved.status_code == 302
    assert (again.name, again.description, texts(again)) == (
        "Payroll",
        "Daily",
        ["Paying staff", "Paying bonuses", "New"],
    )


def test_who_may_not_add_records_is_shown_what_they_typed_into_a_deleted_one(bo, payroll):
    clerk = factories.user()
    for model in (models.ProcessingActivity, *(inline.model for inline in row_inlines())):
        for action in ("view", "change"):
            name = f"{action}_{model._meta.model_name}"
            clerk.user_permissions.add(Permission.objects.get(codename=name, content_type__app_label="registry"))
    client = client_of(clerk)
    shown = opened(client, payroll)
    meanwhile(bo, lambda: models.ProcessingActivity.objects.get(pk=payroll.pk).delete())

    answer = send(client, shown, description="Daily", purposes__0__text="Paying staff")

    typed = [mine for _label, _before, _theirs, mine in told(answer)["mine"]]
    assert answer.status_code == 200
    assert [
        text for text in ("Payroll", "Daily", "Paying staff", "Paying bonuses", "The bank") if text not in typed
    ] == []
    assert "<form method" not in answer.content.decode().split('id="content-main"')[1]


@pytest.mark.parametrize("key", ["4711", "none"])
def test_a_record_that_never_was_is_no_conflict(client, key):
    answer = client.post(reverse("admin:registry_recipient_change", args=[key]), {"name": "X"})

    assert (answer.status_code, answer.url) == (302, reverse("admin:index"))


def test_deleting_what_has_changed_since_it_was_asked_is_refused(client, bo):
    entry = factories.make(models.Recipient, name="Parcel service")
    address = reverse("admin:registry_recipient_delete", args=[entry.pk])
    asked = client.get(address).context["loaded_version"]
    meanwhile(bo, lambda: models.Recipient.objects.filter(pk=entry.pk).update(description="Used by payroll"))

    answer = client.post(address, {"post": "yes", "loaded_version": asked, "change_reason": "unused"})
    page = unescape(answer.content.decode())
    is_there = models.Recipient.objects.filter(pk=entry.pk).exists()
    confirmed = client.post(address, {"post": "yes", "loaded_version": answer.context["loaded_version"]})

    assert (answer.status_code, is_there) == (200, True)
    assert "Nothing was deleted: Bo Lund has changed this meanwhile." in page
    assert told(answer) == {"theirs": [("Description", "", "Used by payroll", "")]}
    assert re.search(r'name="change_reason"[^>]* value="unused"', page)
    assert confirmed.status_code == 302
    assert not models.Recipient.objects.filter(pk=entry.pk).exists()


@pytest.mark.parametrize("version", ["", "latest", "999999"])
def test_deleting_without_a_readable_version_is_asked_again(client, payroll, version):
    address = reverse("admin:registry_processingactivity_delete", args=[payroll.pk])

    answer = client.post(address, {"post": "yes", "loaded_version": version})

    assert (answer.status_code, models.ProcessingActivity.objects.count()) == (200, 1)
    assert answer.context["conflict"].first is None


def test_deleting_what_is_gone_already_says_so(client, bo, payroll):
    address = reverse("admin:registry_processingactivity_delete", args=[payroll.pk])
    meanwhile(bo, lambda: models.ProcessingActivity.objects.get(pk=payroll.pk).delete())

    answer = client.post(address, {"post": "yes", "loaded_version": "1"})

    assert (answer.status_code, answer.url) == (302, reverse("admin:index"))
