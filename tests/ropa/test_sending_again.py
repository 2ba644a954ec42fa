"""What was typed outlives the end of the session, an expired page, and a database that can't be used just now."""

import html
import re
import sqlite3

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError
from django.test import Client

TYPED = {"name": '</textarea><script>alert("x")</script>', "text": "\nTwo\r\nlines", "several": ["a", "b"]}
PAGE = "/registry/recipient/add/?_popup=1"
OURS = {"Origin": "http://testserver"}


@pytest.fixture
def client() -> Client:
    return Client(enforce_csrf_checks=True)


def with_token(client: Client, fields: dict[str, object]) -> dict[str, object]:
    client.get("/login/")
    return {**fields, "csrfmiddlewaretoken": client.cookies["csrftoken"].value}


def kept(page: str) -> dict[str, list[str]]:
    """What a browser would send again: a line feed after the tag is not part of a value."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page, re.DOTALL):
        found.setdefault(name, []).append(html.unescape(value))
    return found


ALL = {"name": [TYPED["name"]], "text": ["\nTwo\r\nlines"], "several": ["a", "b"]}


@pytest.mark.django_db
def test_what_is_sent_after_the_end_of_the_session_is_kept_in_the_answer(client: Client) -> None:
    answer = client.post(PAGE, with_token(client, TYPED))
    page = answer.content.decode()

    assert (answer.status_code, answer["Cache-Control"], kept(page)) == (403, "no-store", ALL)
    assert "<h1>Your session has ended</h1>" in page
    assert f'<form method="post" action="{PAGE}" id="send-again">' in page
    assert '<a href="/login/" target="_blank" rel="noopener">Log in, in another tab</a>' in page


@pytest.mark.django_db
def test_an_empty_form_leads_to_the_log_in_as_a_page_does(client: Client) -> None:
    answer = client.post(PAGE, with_token(client, {}))

    assert (answer.status_code, answer["Location"]) == (302, "/login/?next=/registry/recipient/add/%3F_popup%3D1")


@pytest.mark.django_db
def test_a_password_is_never_in_the_answer(client: Client) -> None:
    sent = {"old_password": "secret", "new_password1": "more secret"}

    answers = [
        client.post("/password_change/", with_token(client, sent)),
        client.post("/login/", {"username": "ann", "password": "secret"}, headers=OURS),
    ]

    assert [answer.status_code for answer in answers] == [302, 403]
    assert not any("secret" in answer.content.decode() for answer in answers)


@pytest.mark.django_db
def test_what_a_page_of_before_the_log_in_sends_can_be_sent_again_and_is_saved_then(client: Client) -> None:
    administrator = get_user_model().objects.create_superuser("ann")
    before = with_token(client, {"name": "A recipient", "kind": ""})
    client.force_login(administrator)
    client.get("/login/")
    client.cookies["csrftoken"] = "a" * 32  # as logging in gives another

    expired = client.post(PAGE, before, headers=OURS)
    page = expired.content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    answer = client.post(PAGE, {**kept(page), "csrfmiddlewaretoken": token[1]}, headers=OURS)

    assert (expired.status_code, kept(page)) == (403, {"name": ["A recipient"], "kind": [""]})
    assert answer.status_code == 200  # the form itself, which says what is missing


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{}, {"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_what_another_site_may_have_sent_is_not_offered_to_be_sent_again(
    client: Client, headers: dict[str, str]
) -> None:
    answer = client.post(PAGE, TYPED, headers=headers)

    assert (answer.status_code, kept(answer.content.decode())) == (403, {})
    assert "Nothing was done. Go back, load the page again" in answer.content.decode()


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **named: object) -> None:
        cause = sqlite3.OperationalError("database is locked")
        cause.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise OperationalError("database is locked") from cause

    monkeypatch.setattr("registry.versioning.middleware.change_set", refuse)


@pytest.mark.django_db
@pytest.mark.usefixtures("locked")
def test_a_locked_database_is_told_and_what_was_typed_can_be_sent_again() -> None:
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.create_superuser("ann"))

    answer = client.post(PAGE, TYPED)
    page = answer.content.decode()

    assert (answer.status_code, answer["Retry-After"], kept(page)) == (503, "30", ALL)
    assert (
        "Other work has kept the database busy for too long. Nothing was saved. Try again in a minute. What you typed is "
        "kept in this page as long as it stays open."
    ) in page


@pytest.mark.django_db
def test_a_fault_of_ours_is_still_told_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object, **named: object) -> None:
        raise ValueError

    monkeypatch.setattr("registry.versioning.middleware.change_set", fail)
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.create_superuser("ann"))

    answer = client.post(PAGE, TYPED)

    assert (answer.status_code, "The server made a mistake" in answer.content.decode()) == (500, True)
