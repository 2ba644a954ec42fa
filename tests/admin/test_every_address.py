"""Every address of the site, asked by everybody with whatever a person or a program may put into it, is answered."""

from copy import deepcopy
from itertools import cycle

import pytest
from django import forms
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from registry.models.job import Job
from registry.reports.catalogue import REPORTS
from tests import factories
from tests.admin import screens
from tests.admin.test_access import about, every_address

pytestmark = pytest.mark.django_db

JUNK = (
    "9" * 25,
    "",
    "-1",
    "\N{ARABIC-INDIC DIGIT THREE}",
    "9" * 5000,
    "9999-12-31T23:59:59",
    "'\"<>%_\\",
    ["1", "abc"],
    "//elsewhere.example/",
    "0000-00-00",
    "pk__range=1",
)
"""Eleven, which no number of methods divides: an address meets another one with each role and each method."""

KEYS = ("9" * 25, "\N{ARABIC-INDIC DIGIT THREE}")
"""What stands in addresses where a key is expected."""

IN_ADDRESSES = (
    "p page q e o all as_at old new list format since until organisation rows settled alike state severity kind rule days "
    "next subject language term app_label model_name field_name status unit role _popup _to_field _changelist_filters"
).split()
"""What pages read from their addresses, beside the fields of their forms."""

IN_FORMS = "action index _selected_action select_across _save _retire post upload wording decision version".split()
"""What pages read from what is sent to them, beside the fields of their forms."""

ROLES = {
    "nobody": None,
    "owner": screens.owner,
    "marketing": screens.marketing,
    "auditor": screens.auditor,
    "officer": screens.officer,
    "administrator": lambda: factories.user(is_superuser=True),
}


def fields_of(form):
    """The names of the fields of every form of ours that is made of a class."""
    for kind in form.__subclasses__():
        if kind.__module__.startswith("registry."):
            yield from getattr(kind, "base_fields", ())
        yield from fields_of(kind)


def addresses(subjects):
    """Every address about objects that exist, and with keys that are none; the log-out would end the test."""
    job = Job.objects.create(kind="report", title="A test", asked_by_name="Ane")
    exist, nowhere = set(), set()
    for address in every_address(get_resolver().url_patterns):
        exist.add(address.replace("{pk}", str(job.pk)) if address.startswith("/jobs/") else about(address, subjects))
        nowhere |= {address.replace("{pk}", key) for key in KEYS if "{pk}" in address}
    exist |= {f"/reports/{name}/" for name in REPORTS}
    return sorted(exist - {"/logout/"}), sorted(nowhere)


def failing(client, asked):
    """The requests that were answered with an error of the server; what each wrote is taken back."""
    client.raise_request_exception = False
    session = deepcopy(client.cookies)
    found = []
    for method, address, values in asked:
        client.cookies = deepcopy(session)  # what an answer sets is for a session that is taken back with the rest
        point = transaction.savepoint()
        answer = getattr(client, method)(address, values)
        if answer.status_code >= 500:
            found.append((method, address, values, answer.status_code))
        if answer.streaming:
            assert all(True for _ in answer)  # sent to its end, which closes it
        transaction.savepoint_rollback(point)
    return found


@pytest.mark.parametrize("role", ROLES)
def test_no_address_fails_for_anybody_whatever_stands_in_it(role):
    subjects = screens.one_of_each()
    exist, nowhere = addresses(subjects)
    client = screens.client_of(ROLES[role]()) if ROLES[role] else Client()
    fields = set(fields_of(forms.BaseForm))
    names = {"get": {*IN_ADDRESSES, *fields}, "post": {*IN_FORMS, *fields}}
    junk = cycle(JUNK[list(ROLES).index(role) :] + JUNK)

    every, turns = role == "administrator", cycle(sorted(names) if len(role) % 2 else sorted(names, reverse=True))
    asked = [
        (method, address, dict.fromkeys(names[method], next(junk)))
        for address in exist
        for method in (names if every else [next(turns)])
    ]
    asked += [("get", address, {}) for address in nowhere if every]

    assert failing(client, asked) == []
    assert len(asked) > 200
