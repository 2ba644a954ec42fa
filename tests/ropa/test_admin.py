"""The admin site as a whole."""

import pytest
from django.contrib import admin
from django.test import Client

from ropa.admin import RegistryAdminSite


def test_our_site_stands_in_the_place_of_djangos() -> None:
    assert isinstance(admin.site, RegistryAdminSite)
    assert str(admin.site.site_header) == "Register of processing activities"


def test_rows_are_not_deleted_by_selection() -> None:
    assert "delete_selected" not in dict(admin.site.actions)


@pytest.mark.django_db
def test_the_root_leads_to_the_log_in(client: Client) -> None:
    response = client.get("/", follow=True)

    assert response.redirect_chain == [("/login/?next=/", 302)]
    assert response.status_code == 200


@pytest.mark.django_db
def test_an_application_can_be_looked_at_by_itself(admin_client: Client) -> None:
    response = admin_client.get("/auth/")

    assert [(group["app_label"], len(group["models"])) for group in response.context["app_list"]] == [("auth", 2)]


def test_what_the_worker_keeps_for_itself_is_no_screen() -> None:
    names = {f"{model._meta.app_label}.{model.__name__}" for model in admin.site._registry}

    assert {name for name in names if not name.startswith(("auth.", "registry."))} == set()
