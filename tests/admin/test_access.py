import re

import pytest
from django.contrib import admin
from django.urls import get_resolver

from registry import models
from tests import factories
from tests.admin import screens

pytestmark = pytest.mark.django_db

READING = {"changelist", "change", "history", "simple_history", "compare", "export"}
"""Pages that an auditor reads."""

DJANGOS_LOG = {(models.Import, "history"), (models.SavedMapping, "history")}
"""Django's own log of an object: no form, and it answers to everything."""

HARMLESS_POSTS = {"changelist", "export"}
"""Addresses that answer to an auditor's POST: the list (searching for rows to act on) and the download."""

ASKED_BY_PAGES = {
    "process_import", "apply", "discard", "choices", "pick", "undo", "mapping", "words", "rows", "marked",
    "progress", "stop", "here",
}  # fmt: skip
"""Addresses that lead back or refuse where a page hasn't sent them what they need."""

NEVER = {
    ("SavedMapping", "add"),
    ("ChangeSet", "add"),
    ("ChangeSet", "delete"),
    ("Import", "delete"),
    ("Export", "add"),
    ("Export", "delete"),
}
"""What not even a privacy officer does."""


VALUES = {"app_label": "registry", "content_type_id": "1", "format": "pdf", "kind": "pdf", "url": "nowhere/"}
"""What stands in addresses that take something else than the key of an object."""


def registered():
    return [model for model in admin.site._registry if model._meta.app_label == "registry"]


def everything():
    return {
        model: list(model.objects.order_by("pk").values())
        for model in [*registered(), models.ChangeSet, models.Contact]
    }


def every_address(patterns, before="/"):
    """Yield each address that the site answers to, about the object with the key that fits."""
    for pattern in patterns:
        route = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: VALUES.get(found[1], "{pk}"), str(pattern.pattern))
        route = re.sub(r"\(\?P\?<(\w+)>[^)]*\)|\((?!\?)[^)]*\)", lambda found: VALUES.get(found[1], "{pk}"), route)
        route = before + route.replace("^", "").replace("$", "").replace("\\Z", "").replace("?P", "")
        if hasattr(pattern, "url_patterns"):
            yield from every_address(pattern.url_patterns, route)
        else:
            yield route


def written():
    """Everything of the register, and its history, but for the reports that were taken."""
    found = everything()
    found[models.ChangeSet] = [one for one in found[models.ChangeSet] if one["channel"] != "export"]
    return found


def about(address, subjects):
    """Return the address about the object that these tests have of its kind, and about its first version."""
    for model, subject in subjects.items():
        if address.startswith(f"/registry/{model._meta.model_name}/"):
            version = subject.history.first().pk if hasattr(subject, "history") else 1
            return address.replace("{pk}", str(subject.pk), 1).replace("{pk}", str(version))
    return address.replace("{pk}", "1")


@pytest.mark.parametrize("method", ["post", "delete"])
def test_an_auditor_writes_nothing_by_any_address_of_the_site(method):
    client = screens.client_of(screens.auditor())
    client.raise_request_exception = False
    subjects = screens.one_of_each()
    before = written()
    addresses = {about(address, subjects) for address in every_address(get_resolver().url_patterns)} - {"/logout/"}

    answers = {
        address: getattr(client, method)(
            address, {"name": "Overwritten", "post": "yes", "reason": "a test"}
        ).status_code
        for address in sorted(addresses)
    }

    assert {address: status for address, status in answers.items() if status >= 500} == {}
    assert written() == before
    assert len(answers) > 150


def test_every_registered_model_has_an_object_in_these_tests():
    shown = set(screens.one_of_each())

    assert set(registered()) == shown


def test_an_auditor_reads_every_page_about_every_model():
    client = screens.client_of(screens.auditor())
    subjects = screens.one_of_each()

    answers = {
        (model.__name__, name): client.get(address).status_code
        for model, subject in subjects.items()
        for name, address in screens.addresses(admin.site.get_model_admin(model), subject)
        if name in READING
    }

    assert {place: status for place, status in answers.items() if status != 200} == {}
    assert len(answers) > 40


def test_an_auditor_is_refused_everything_that_writes():
    client = screens.client_of(screens.auditor())
    subjects = screens.one_of_each()
    before = everything()

    answers = {
        (model.__name__, name): client.post(address, {"name": "Overwritten", "post": "yes"}).status_code
        for model, subject in subjects.items()
        for name, address in screens.addresses(admin.site.get_model_admin(model), subject)
        if name not in HARMLESS_POSTS and (model, name) not in DJANGOS_LOG
    }

    assert {place: status for place, status in answers.items() if status not in {403, 405}} == {}
    assert everything() == before


def test_an_auditor_is_shown_no_form_for_adding_importing_or_deleting():
    client = screens.client_of(screens.auditor())
    subjects = screens.one_of_each()

    answers = {
        (model.__name__, name): client.get(address).status_code
        for model, subject in subjects.items()
        for name, address in screens.addresses(admin.site.get_model_admin(model), subject)
        if name in {"add", "import", "delete"}
    }

    assert set(answers.values()) == {403}


@pytest.mark.parametrize("action", ["delete_selected", "retire", "reinstate"])
def test_an_auditor_can_carry_out_no_action_on_a_list(action):
    client = screens.client_of(screens.auditor())
    subjects = screens.one_of_each()
    before = everything()

    for model, subject in subjects.items():
        address = dict(screens.addresses(admin.site.get_model_admin(model), subject))["changelist"]
        client.post(address, {"action": action, "_selected_action": [subject.pk], "post": "yes", "index": "0"})

    assert everything() == before


def test_a_person_without_a_role_is_shown_and_given_nothing():
    client = screens.client_of(factories.user())
    subjects = screens.one_of_each()
    before = everything()

    answers = {
        (model.__name__, name, method): getattr(client, method)(address, {"post": "yes"}).status_code
        for model, subject in subjects.items()
        for name, address in screens.addresses(admin.site.get_model_admin(model), subject)
        for method in ("get", "post")
    }

    assert {place: status for place, status in answers.items() if status not in {403, 405}} == {}
    assert everything() == before


def test_a_privacy_officer_opens_every_page_about_every_model():
    client = screens.client_of(screens.officer())
    subjects = screens.one_of_each()

    answers = {
        (model.__name__, name): client.get(address).status_code
        for model, subject in subjects.items()
        for name, address in screens.addresses(admin.site.get_model_admin(model), subject)
        if name not in ASKED_BY_PAGES and (model.__name__, name) not in NEVER
    }

    assert {place: status for place, status in answers.items() if status != 200} == {}


def test_nobody_writes_change_sets_not_even_an_administrator():
    client = screens.client_of(factories.user(is_superuser=True))
    subject = screens.one_of_each()[models.ChangeSet]
    before = everything()
    pages = dict(screens.addresses(admin.site.get_model_admin(models.ChangeSet), subject))

    answers = {
        name: client.post(address, {"reason": "another"}).status_code
        for name, address in pages.items()
        if name != "changelist"
    }

    assert set(answers.values()) <= {403, 405}
    assert everything() == before
