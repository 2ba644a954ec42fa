"""The sidebar's groups, as made from Django's list of applications."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from ropa.navigation import GROUPS, Group, Link, grouped

NOBODY = AnonymousUser()


class Officer(AnonymousUser):
    """Somebody who may do everything."""

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return True


def model(name: str, url: str | None, title: str = "") -> dict[str, Any]:
    """A model as Django's list of applications holds it."""
    return {"object_name": name, "name": title or name, "admin_url": url, "add_url": "/add/", "model": None}


def applications(*models: dict[str, Any]) -> list[dict[str, Any]]:
    """One application with these models."""
    return [{"name": "Any", "app_label": "any", "models": list(models)}]


def request_for(rf: RequestFactory, path: str, user: AnonymousUser = NOBODY) -> Any:
    request = rf.get(path)
    request.user = user
    return request


def shown(groups: list[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    return [(group["app_label"], [entry["name"] for entry in group["models"]]) for group in groups]


def test_models_stand_in_the_order_of_their_group_and_empty_groups_are_left_out(rf: RequestFactory) -> None:
    groups = (Group("fruit", "Fruit", ("Pear", "Apple")), Group("nuts", "Nuts", ("Walnut",)), Group("rest", "Rest", ()))
    listed = applications(model("Apple", "/apple/"), model("Pear", "/pear/"), model("Stone", "/stone/"))

    result = grouped(listed, request_for(rf, "/"), groups=groups)

    assert shown(result) == [("fruit", ["Pear", "Apple"]), ("rest", ["Stone"])]


def test_models_that_no_group_names_follow_in_the_last_group_by_title(rf: RequestFactory) -> None:
    groups = (Group("rest", "Rest", ("User",)),)
    listed = applications(model("B", "/b/", "Zebras"), model("A", "/a/", "Ants"), model("User", "/user/", "Users"))

    result = grouped(listed, request_for(rf, "/"), groups=groups)

    assert shown(result) == [("rest", ["Users", "Ants", "Zebras"])]


def test_a_group_links_to_its_first_entry_or_where_that_is_added(rf: RequestFactory) -> None:
    groups = (Group("one", "One", ("Pear",)), Group("two", "Two", ("Apple",)))
    listed = applications(model("Pear", "/pear/"), model("Apple", None))

    result = grouped(listed, request_for(rf, "/"), groups=groups)

    assert [group["app_url"] for group in result] == ["/pear/", "/add/"]


def test_a_group_that_leads_nowhere_has_no_link(rf: RequestFactory) -> None:
    listed = applications({**model("Pear", None), "add_url": None})

    result = grouped(listed, request_for(rf, "/"), groups=(Group("one", "One", ("Pear",)),))

    assert [group["app_url"] for group in result] == [""]


def test_a_link_shows_for_everybody_if_it_needs_no_permission(rf: RequestFactory) -> None:
    groups = (Group("start", "Start", (Link("Start page", "admin:index"),)),)

    result = grouped([], request_for(rf, "/elsewhere/"), groups=groups)

    assert result == [
        {
            "name": "Start",
            "app_label": "start",
            "app_url": "/",
            "has_module_perms": True,
            "models": [
                {
                    "model": None,
                    "name": "Start page",
                    "object_name": "admin-index",
                    "perms": {"add": False, "change": False, "delete": False, "view": True},
                    "admin_url": "/",
                    "add_url": None,
                    "view_only": True,
                    "current": False,
                }
            ],
        }
    ]


@pytest.mark.parametrize(("user", "expected"), [(NOBODY, []), (Officer(), [("start", ["Password"])])])
def test_a_link_shows_only_for_those_who_may_follow_it(
    rf: RequestFactory, user: AnonymousUser, expected: list[tuple[str, list[str]]]
) -> None:
    groups = (Group("start", "Start", (Link("Password", "admin:password_change", "auth.view_user"),)),)

    result = grouped([], request_for(rf, "/", user), groups=groups)

    assert shown(result) == expected


def test_a_link_to_a_screen_that_does_not_exist_is_left_out(rf: RequestFactory) -> None:
    groups = (Group("start", "Start", (Link("Nowhere", "admin:no_such_screen"),)),)

    assert grouped([], request_for(rf, "/"), groups=groups) == []


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", ["Start page"]),
        ("/pear/", ["Pear"]),
        ("/pear/7/change/", ["Pear"]),
        ("/pear/press/", ["Press"]),
        ("/plum/", []),
    ],
)
def test_the_entry_closest_to_the_page_is_current(rf: RequestFactory, path: str, expected: list[str]) -> None:
    groups = (Group("start", "Start", (Link("Start page", "admin:index"), "Pear", "Press", "Hidden")),)
    listed = applications(model("Pear", "/pear/"), model("Press", "/pear/press/"), model("Hidden", None))

    result = grouped(listed, request_for(rf, path), groups=groups)

    assert [entry["name"] for group in result for entry in group["models"] if entry["current"]] == expected


def test_no_model_is_named_in_two_groups() -> None:
    names = [entry for group in GROUPS for entry in group.entries if isinstance(entry, str)]

    assert sorted(names) == sorted(set(names))


@pytest.mark.django_db
def test_the_site_shows_an_administrator_every_model_once_in_the_groups_order(admin_client: Client) -> None:
    response = admin_client.get("/")

    groups = response.context["available_apps"]
    shown_models = [entry["model"] for group in groups for entry in group["models"] if entry["model"] is not None]
    listed = [
        model
        for model in admin.site._registry
        if admin.site._registry[model].has_module_permission(response.wsgi_request)
    ]
    order = [group.slug for group in GROUPS]
    assert [order.index(group["app_label"]) for group in groups] == sorted(
        order.index(group["app_label"]) for group in groups
    )
    assert sorted(shown_models, key=str) == sorted(listed, key=str)
