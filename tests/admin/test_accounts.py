import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from tests import factories
from tests.admin import screens

pytestmark = pytest.mark.django_db


def administrator():
    return screens.client_of(factories.user(is_superuser=True))


def test_an_administrator_gives_a_person_a_role():
    person = factories.user(username="ane")
    group = Group.objects.get(name="Auditor")
    address = reverse("admin:auth_user_change", args=[person.pk])

    answer = administrator().post(
        address, {"username": "ane", "is_active": "on", "is_staff": "on", "groups": [group.pk]}
    )

    assert (answer.status_code, list(person.groups.all())) == (302, [group])


def test_roles_and_dates_of_a_person_are_boxes_and_words():
    person = factories.user()

    page = administrator().get(reverse("admin:auth_user_change", args=[person.pk])).content.decode()

    assert 'type="checkbox" name="groups"' in page
    assert [sign for sign in ("selectfilter", 'name="last_login_0"', "user_permissions") if sign in page] == []


def test_a_role_is_edited_by_boxes_that_are_named_in_words():
    group = Group.objects.get(name="Auditor")

    form = administrator().get(reverse("admin:auth_group_change", args=[group.pk])).context["adminform"].form

    labels = [label for _, label in form.fields["permissions"].choices]
    assert "Can view recipient" in labels
    assert [label for label in labels if "historical" in label] == []


def test_saving_a_role_keeps_the_permissions_that_the_form_does_not_show():
    group = Group.objects.create(name="Guests")
    shown, unseen = Permission.objects.get(codename="view_recipient"), Permission.objects.get(codename="view_logentry")
    group.permissions.set([unseen])

    administrator().post(
        reverse("admin:auth_group_change", args=[group.pk]), {"name": "Guests", "permissions": [shown.pk]}
    )

    assert set(group.permissions.all()) == {shown, unseen}


def test_a_privacy_officer_sees_users_and_changes_none():
    client = screens.client_of(screens.officer())
    person = factories.user(username="ane")

    seen = client.get(reverse("admin:auth_user_change", args=[person.pk]))
    refused = client.post(
        reverse("admin:auth_user_change", args=[person.pk]), {"username": "eve", "is_superuser": "on"}
    )

    assert (seen.status_code, refused.status_code) == (200, 403)
    assert get_user_model().objects.get(pk=person.pk).username == "ane"


def test_an_auditor_sees_no_users():
    client = screens.client_of(screens.auditor())

    assert client.get(reverse("admin:auth_user_changelist")).status_code == 403


def test_deleting_a_role_names_the_role_and_not_what_ties_it_to_its_permissions():
    group = Group.objects.get(name="Auditor")

    answer = administrator().get(reverse("admin:auth_group_delete", args=[group.pk]))

    assert [len(answer.context["deleted_objects"]), list(answer.context["model_count"])] == [1, [("groups", 1)]]
