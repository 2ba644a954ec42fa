"""Addresses that people have altered by hand are answered, whatever stands in them."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import NoReverseMatch, reverse

from registry import models
from registry.models.job import Job
from tests import factories
from tests.admin import screens

pytestmark = pytest.mark.django_db

DIGITS = "9" * 5000
"""More than Python turns into a number."""


@pytest.fixture
def officer():
    return screens.client_of(screens.officer())


def page(name, *arguments):
    return reverse(f"admin:registry_{name}", args=arguments)


@pytest.mark.parametrize(
    ("name", "arguments", "query", "status"),
    [
        ("import_match", (), {"organisation": DIGITS}, 200),
        ("changeset_change", (DIGITS,), {}, 302),
        ("changeset_change", ("1",), {"p": DIGITS}, 302),
        ("datacategory_add", (), {"parent": "abc"}, 200),
        ("datacategory_add", (), {"parent": DIGITS}, 200),
        ("processingactivity_add", (), {"organisation": "abc", "default_retention": "-1", "name": "Payroll"}, 200),
        ("recipient_restore", ("1", DIGITS), {}, 404),
        ("recipient_compare", ("1",), {"left": DIGITS, "right": DIGITS}, 404),
        ("recipient_changelist", (), {"q": "\0"}, 400),
        ("recipient_change", ("1\0",), {}, 400),
    ],
)
def test_an_altered_address_is_answered(officer, name, arguments, query, status):
    assert officer.get(page(name, *arguments), query).status_code == status


@pytest.mark.parametrize("key", ["abc", "9" * 25, DIGITS, "-1", "0000-00-00"], ids=lambda key: key[:12])
def test_a_form_is_shown_again_whatever_was_sent_as_a_key(officer, key):
    sent = {"organisation": key, "parent": key, "name": "Legal"}

    answer = officer.post(page("organisationunit_add"), sent)

    assert (answer.status_code, sorted(answer.context["adminform"].form.errors)) == (200, ["organisation", "parent"])


@pytest.mark.parametrize("key", ["9" * 25, DIGITS, "-1"], ids=lambda key: key[:12])
def test_an_address_with_what_no_key_can_be_finds_nothing(officer, key):
    answers = [
        officer.get(page(name, *arguments)).status_code
        for name, *arguments in (
            ("recipient_history", key),
            ("recipient_change", key),
            ("recipient_delete", key),
            ("recipient_restore", key, "1"),
            ("export_change", key),
        )
    ]

    assert answers == [404, 302, 302, 404, 302]


def test_an_address_that_names_no_field_means_the_key(officer):
    recipient = factories.make(models.Recipient, name="Postal service for a test")

    answer = officer.get(page("recipient_change", recipient.pk), {"_to_field": ""})

    assert (answer.status_code, answer.context["original"]) == (200, recipient)


def test_what_an_address_proposes_for_a_new_object_is_filled_in(officer):
    parent = factories.make(models.DataCategory, name="Purchases")

    answer = officer.get(page("datacategory_add"), {"parent": str(parent.pk), "name": "Orders"})
    form = answer.context["adminform"].form

    assert (form["parent"].value(), form["name"].value()) == (str(parent.pk), "Orders")


def test_an_export_with_an_unknown_limit_leads_back_to_the_list(officer):
    answer = officer.get(page("recipient_export"), {"no_such_column": "1"})

    assert (answer.status_code, answer["Location"]) == (302, f"{page('recipient_changelist')}?e=1")


def test_there_is_no_view_on_site(officer):
    with pytest.raises(NoReverseMatch):
        reverse("admin:view_on_site", args=[1, 1])
    kind = ContentType.objects.get_for_model(Job)
    assert officer.get(f"/r/{kind.pk}/1/").status_code == 404
