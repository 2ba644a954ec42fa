"""The health check's two answers."""

import logging
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from ropa import health


class BrokenConnection:
    """A database that does not answer."""

    def cursor(self) -> None:
        raise OperationalError("the disk is on fire")


@pytest.mark.django_db
def test_health_is_ok_while_the_database_answers(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok", "database": "ok"})
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_health_is_told_whatever_name_or_number_the_service_is_asked_by(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["register.example"]
    settings.SECURE_SSL_REDIRECT = True

    answers = [client.get(path, headers={"host": "10.0.0.7:8000"}).status_code for path in ("/healthz", "/login/")]

    assert answers == [200, 400]


def test_health_is_unavailable_without_the_database_and_the_cause_is_logged(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(health, "connection", BrokenConnection())

    with caplog.at_level(logging.ERROR, logger="ropa.health"):
        response = client.get("/healthz")

    assert (response.status_code, response.json()) == (503, {"status": "unavailable", "database": "unreachable"})
    assert [record.getMessage() for record in caplog.records if record.name == "ropa.health"] == [
        "The health check could not reach the database: the disk is on fire"
    ]


@pytest.mark.django_db
def test_health_is_only_read(client: Client) -> None:
    response = client.delete("/healthz")

    assert response.status_code == 405
