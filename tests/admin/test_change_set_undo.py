"""Undoing an import of catalogue entries from the page of its change set."""

import json

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile

from registry import models
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import screens

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def client():
    return screens.client_of(screens.officer(first_name="Olga", last_name="Officer"))


@pytest.fixture
def found(client):
    """The change set of an import that has added a system and changed another one."""
    factories.make(models.System, name="Till", owner="Ane")
    file = SimpleUploadedFile("systems.csv", b"Name;Owner\nTill;Bo\nShop;Cy\n")
    token = client.post("/registry/system/import/", {"import_file": file}).context["upload"]
    client.post("/registry/system/process_import/", {"upload": token})
    return models.ChangeSet.objects.first()


def page(made, view="change"):
    return f"/registry/changeset/{made.pk}/{view}/"


def undo(client, found, reason="The wrong file", **values):
    shown = client.get(page(found, "undo"))
    seen = shown.context["plan"].head
    return client.post(page(found, "undo"), {"seen": seen, "change_reason": reason, **values}, follow=True)


def systems():
    return list(models.System.objects.order_by("name").values_list("name", "owner"))


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_an_import_of_entries_is_undone_as_one_change_set_that_refers_to_it(client, found):
    assert f'<a class="button" href="{page(found, "undo")}">' in client.get(page(found)).content.decode()

    response = undo(client, found)

    last = models.ChangeSet.objects.first()
    assert systems() == [("Till", "Ane")]
    assert said(response) == ["Undone: 1 removed, 1 put back, 0 left as they are."]
    assert (last.reason, last.actor_name) == ("The wrong file", "Olga Officer")
    assert json.loads(last.details) == {
        "file": "systems.csv",
        "sha256": json.loads(found.details)["sha256"],
        "undoes": found.pk,
    }
    shown = client.get(page(found)).content.decode()
    assert (f'Undone by change set <a href="{page(last)}">#{last.pk}</a>' in shown, "Undo this" in shown) == (
        True,
        False,
    )


def test_what_was_touched_since_is_shown_and_decided(client, found):
    with change_set(reason="A correction"):
        till = models.System.objects.get(name="Till")
        till.owner = "Dag"
        till.save()

    shown = client.get(page(found, "undo"))
    undo(client, found)

    assert [one["name"] for one in shown.context["touched"]] == ["Till"]
    assert systems() == [("Till", "Dag")]


def test_what_a_record_uses_since_stays(client, found):
    activity = factories.activity(factories.organisation())
    with change_set():
        models.ActivitySystem.objects.create(activity=activity, system=models.System.objects.get(name="Shop"))

    response = undo(client, found)

    assert said(response) == ["Undone: 0 removed, 1 put back, 1 left as they are."]
    assert systems() == [("Shop", "Cy"), ("Till", "Ane")]


def test_it_needs_a_reason_and_happens_once(client, found):
    refused = undo(client, found, reason=" ")
    undo(client, found)
    again = client.post(page(found, "undo"), {"change_reason": "again"}, follow=True)

    assert "Say why the import is undone" in refused.content.decode()
    assert said(again) == ["This import was undone already."]


def test_other_change_sets_are_not_undone_here(client):
    with change_set(reason="by hand") as opened:
        models.System.objects.create(name="Till")

    shown = client.get(f"/registry/changeset/{opened.sequence}/change/")

    assert shown.context["undoing"] == {}
    answers = [client.get(f"/registry/changeset/{number}/undo/").status_code for number in (opened.sequence, 999)]
    assert answers == [403, 404]


@pytest.mark.parametrize("missing", ["change_system", "delete_system"])
def test_who_may_not_change_or_delete_what_it_touched_may_not_undo_it(found, missing):
    user = screens.auditor()
    codes = {"change_system", "delete_system"} - {missing}
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client = screens.client_of(user)

    assert client.get(page(found)).context["undoing"] == {}
    assert [client.get(page(found, "undo")).status_code, client.post(page(found, "undo")).status_code] == [403, 403]
    assert len(systems()) == 2


def test_an_import_of_activities_is_undone_on_its_own_page(client):
    made = screens.one_of_each()[models.Import]
    with change_set(channel="import", reason="a file") as opened:
        factories.models.ProcessingActivity.objects.create(organisation=made.organisation, name="x", reference="x")
    models.Import.objects.filter(pk=made.pk).update(state="applied", change_set=opened.sequence)

    assert client.get(f"/registry/changeset/{opened.sequence}/undo/")["Location"] == f"/registry/import/{made.pk}/undo/"
    shown = client.get(f"/registry/changeset/{opened.sequence}/change/")
    assert shown.context["undoing"] == {"undo": f"/registry/import/{made.pk}/undo/"}
