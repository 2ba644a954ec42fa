import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from registry import models
from registry.versioning.change_set import Channel
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import screens

pytestmark = pytest.mark.django_db


def an_import(**values):
    details = {"file": "suppliers.csv", "sha256": "0" * 64}
    with change_set(
        actor=factories.user(username="ane"), channel=Channel.IMPORT, reason="Import of suppliers.csv", details=details
    ) as opened:
        models.Recipient.objects.create(name="Kiosk", **values)
        models.System.objects.create(name="Till")
    return models.ChangeSet.objects.get(pk=opened.sequence)


def test_the_list_says_who_changed_what_through_which_door_and_why():
    made = an_import()
    client = screens.client_of(screens.auditor())

    page = client.get(reverse("admin:registry_changeset_changelist"), {"q": "suppliers"})

    assert list(page.context["cl"].result_list) == [made]
    texts = [str(made), "ane", "import", "Import of suppliers.csv", "file: suppliers.csv"]
    assert [text for text in texts if text in page.content.decode()] == texts


def test_a_change_set_names_every_object_it_touched_and_links_to_that_version():
    made = an_import()
    client = screens.client_of(screens.auditor())

    page = client.get(reverse("admin:registry_changeset_change", args=[made.pk]))

    touched = {
        kind["title"]: [(entry["name"], str(entry["kind"])) for entry in kind["objects"]]
        for kind in page.context["touched"]
    }
    assert touched == {"Recipients": [("Kiosk", "created")], "Systems": [("Till", "created")]}
    links = [entry["url"] for kind in page.context["touched"] for entry in kind["objects"]]
    assert [client.get(link).status_code for link in links] == [200, 200]


def test_objects_that_a_person_may_not_see_are_named_without_a_link():
    made = an_import()
    user = factories.user()
    user.user_permissions.add(Permission.objects.get(codename="view_changeset"))

    page = screens.client_of(user).get(reverse("admin:registry_changeset_change", args=[made.pk]))

    assert {entry["url"] for kind in page.context["touched"] for entry in kind["objects"]} == {""}


def test_a_large_change_set_shows_the_first_objects_and_counts_them_all(monkeypatch):
    monkeypatch.setattr("registry.admin.change_set.SHOWN_OBJECTS", 2)
    with change_set() as opened:
        for number in range(3):
            models.System.objects.create(name=f"System {number}")

    page = screens.client_of(screens.auditor()).get(reverse("admin:registry_changeset_change", args=[opened.sequence]))

    (kind,) = page.context["touched"]
    assert (kind["count"], len(kind["objects"])) == (3, 2)
    assert "The first 2 of 3 are shown." in page.content.decode()


def test_no_change_set_has_a_page_under_another_address():
    client = screens.client_of(screens.auditor())

    answer = client.get("/registry/changeset/abc/change/")

    assert answer.status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_of_the_list_do_not_depend_on_its_rows(count, django_assert_num_queries):
    for number in range(count):
        factories.make(models.System, name=f"System {number}")
    client = screens.client_of(screens.auditor())
    address = reverse("admin:registry_changeset_changelist")
    client.get(address)

    with django_assert_num_queries(LIST_QUERIES):
        client.get(address)


LIST_QUERIES = 9
