"""Addresses of lists that people have altered by hand, and searches that are too long, lead to the whole list."""

import sqlite3

import psycopg
import pytest
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import DatabaseError, DataError, OperationalError, ProgrammingError, connection
from django.urls import reverse

from registry import models
from registry.admin.list_address import MOST_CHARACTERS, MOST_WORDS, AnsweredChangeList, is_of_address
from tests import factories
from tests.admin import screens

pytestmark = pytest.mark.django_db

SAID = (
    "The list can&#x27;t look for what this address asked for, so it shows everything. A search has at most 50 words and "
    "1,000 characters."
)
HUGE = "9" * 25
WORDS = " ".join(["word"] * MOST_WORDS)


@pytest.fixture
def administrator():
    return screens.client_of(factories.user(is_superuser=True))


def page(name):
    return reverse(f"admin:registry_{name}_changelist")


def every_list():
    return [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") for model in admin.site._registry
    ]


def test_every_list_of_the_site_takes_whatever_stands_in_its_address(rf):
    lists = {model.__name__: kind.get_changelist(rf.get("/")) for model, kind in admin.site._registry.items()}

    assert [name for name, kind in lists.items() if not issubclass(kind, AnsweredChangeList)] == []


@pytest.mark.parametrize(
    "query",
    [
        {"pk__in": "1,a"},
        {"pk__range": "1"},
        {"pk__range": ""},
        {"pk__regex": "((("},
        {"pk__iregex": "(a+)+$"},
        {"pk__no_such_lookup": "1"},
        {"pk": "abc"},
        {"__".join(["activity"] * 300): "1"},
        {"e": "1", "pk": "abc"},
        {"q": f"{WORDS} word"},
        {"q": "w" * (MOST_CHARACTERS + 1)},
    ],
    ids=lambda query: str(query)[:40],
)
def test_what_no_list_can_look_for_leads_to_the_whole_list(administrator, query):
    answers = {address: administrator.get(address, query) for address in every_list()}

    assert {address: (answer.status_code, answer.get("Location")) for address, answer in answers.items()} == {
        address: (302, f"{address}?e=1") for address in answers
    }


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("changeset", {"made_at__year": "9999"}),
        ("changeset", {"made_at__year": "0"}),
        ("export", {"size__range": "1"}),
        ("system", {"retired_on__year": "-1"}),
        ("transfer", {"recipient": "abc"}),
        ("processingactivity", {"status": "draft", "name__range": "a"}),
    ],
)
def test_a_value_that_a_column_cannot_be_compared_with_leads_to_the_whole_list(administrator, name, query):
    answer = administrator.get(page(name), query)

    assert (answer.status_code, answer.get("Location")) == (302, f"{page(name)}?e=1")


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("changeset", {"export__gte": HUGE}),
        ("system", {"provider": HUGE}),
        ("transfer", {"recipient": HUGE}),
        ("processingactivity", {"data_categories__gte": HUGE}),
    ],
)
def test_a_number_that_no_column_holds_leads_to_the_whole_list_or_to_nothing(administrator, name, query):
    answer = administrator.get(page(name), query)

    # PostgreSQL compares numbers of any size, and SQLite can't be asked to.
    assert answer.status_code == (302 if connection.vendor == "sqlite" else 200)


def test_the_whole_list_says_why_it_is_shown(administrator):
    factories.make(models.Recipient, name="Postal service for a test")

    told = administrator.get(page("recipient"), {"q": f"{WORDS} word"}, follow=True)
    usual = administrator.get(page("recipient"))

    assert (SAID in told.content.decode(), SAID in usual.content.decode()) == (True, False)
    assert told.context["cl"].result_count == usual.context["cl"].result_count


def test_as_many_words_as_a_search_takes_are_looked_for_in_every_list(administrator):
    answers = {address: administrator.get(address, {"q": WORDS}).status_code for address in every_list()}

    assert answers == dict.fromkeys(answers, 200)


def test_a_picker_finds_nothing_for_a_search_that_is_too_long(administrator):
    factories.make(models.Recipient, name="word")
    asked = {"app_label": "registry", "model_name": "activityrecipient", "field_name": "recipient"}

    found = [
        administrator.get(reverse("admin:autocomplete"), {**asked, "term": term}).json()["results"]
        for term in (WORDS, f"{WORDS} word")
    ]

    assert [[one["text"] for one in results] for results in found] == [["word"], []]


@pytest.mark.parametrize("query", [{"provider": "abc"}, {"q": f"{WORDS} word"}, {"pk__range": "1"}], ids=str)
def test_an_export_of_what_cannot_be_looked_for_leads_back_to_the_list(administrator, query):
    address = reverse("admin:registry_system_export", query=query)

    answers = [administrator.get(address), administrator.post(address, {"format": "0", "resource": ""})]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, f"{page('system')}?e=1")] * 2
    assert models.Export.objects.count() == 0


def test_reports_about_what_no_list_can_look_for_are_not_made(administrator):
    too_long = administrator.get("/reports/activities/csv/", {"q": f"{WORDS} word"})
    unknown = administrator.get("/reports/register/", {"list": "name__range=a"})

    assert (too_long.status_code, unknown.status_code) == (302, 404)
    assert models.Export.objects.count() == 0


def raised(kind, cause):
    try:
        raise kind(str(cause)) from cause
    except DatabaseError as error:
        return error


def sqlite_error(code):
    cause = sqlite3.OperationalError("a reason")
    cause.sqlite_errorcode = code
    return cause


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (raised(OperationalError, sqlite_error(sqlite3.SQLITE_BUSY)), False),
        (raised(OperationalError, sqlite_error(sqlite3.SQLITE_BUSY_SNAPSHOT)), False),
        (raised(OperationalError, sqlite_error(sqlite3.SQLITE_FULL)), False),
        (raised(OperationalError, sqlite_error(sqlite3.SQLITE_IOERR_WRITE)), False),
        (raised(DatabaseError, sqlite_error(sqlite3.SQLITE_CORRUPT)), False),
        (raised(OperationalError, sqlite_error(sqlite3.SQLITE_ERROR)), True),
        (raised(OperationalError, psycopg.OperationalError("server closed the connection")), False),
        (raised(OperationalError, psycopg.errors.AdminShutdown()), False),
        (raised(OperationalError, psycopg.errors.LockNotAvailable()), False),
        (raised(OperationalError, psycopg.errors.DeadlockDetected()), False),
        (raised(OperationalError, psycopg.errors.QueryCanceled()), False),
        (raised(ProgrammingError, psycopg.errors.InsufficientPrivilege()), False),
        (raised(DataError, psycopg.errors.NumericValueOutOfRange()), True),
        (raised(ProgrammingError, psycopg.errors.UndefinedFunction()), True),
        (raised(DataError, psycopg.DataError("a NUL in a text")), True),
        (ValueError("no number"), True),
    ],
    ids=lambda value: repr(getattr(value, "__cause__", value)),
)
def test_what_hinders_the_database_is_told_from_what_an_address_asked_for(error, expected):
    assert is_of_address(error) is expected


def test_a_locked_database_is_not_hidden_behind_the_whole_list(administrator, monkeypatch):
    def locked(*arguments, **named):
        raise raised(OperationalError, sqlite_error(sqlite3.SQLITE_BUSY))

    monkeypatch.setattr("django.contrib.admin.views.main.ChangeList.get_results", locked)

    with pytest.raises(OperationalError):
        administrator.get(page("system"), {"q": "a word"})


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only on PostgreSQL does a server end a connection")
def test_a_lost_connection_is_not_hidden_behind_the_whole_list(administrator, monkeypatch):
    usual = ChangeList.get_results

    def lost(self, request):
        with psycopg.connect(**{**connection.get_connection_params(), "cursor_factory": psycopg.Cursor}) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
        usual(self, request)

    monkeypatch.setattr("django.contrib.admin.views.main.ChangeList.get_results", lost)
    try:
        with pytest.raises(OperationalError):
            administrator.get(page("system"), {"q": "a word"})
    finally:
        connection.close()
