"""The headers that every page carries."""

from importlib.util import find_spec
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from ropa.middleware import ContentSecurityPolicyMiddleware, PermissionsPolicyMiddleware, build_policy

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/login/", "/healthz", "/no-such-page/"])
def test_every_page_carries_the_security_headers(client: Client, path: str) -> None:
    response = client.get(path)

    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


def test_a_policy_is_written_directive_by_directive() -> None:
    policy = {
        "default-src": ["'self'", "data:"],
        "object-src": "'none'",
        "upgrade-insecure-requests": True,
        "font-src": [],
        "img-src": None,
        "script-src": False,
    }

    assert build_policy(policy) == "default-src 'self' data:; object-src 'none'; upgrade-insecure-requests"


def test_djangos_own_middleware_is_used_where_it_exists() -> None:
    ours = "ropa.middleware.ContentSecurityPolicyMiddleware" in settings.MIDDLEWARE
    djangos = "django.middleware.csp.ContentSecurityPolicyMiddleware" in settings.MIDDLEWARE

    assert (ours, djangos) == ((False, True) if find_spec("django.middleware.csp") else (True, False))


@pytest.mark.parametrize(
    ("middleware", "header"),
    [
        (ContentSecurityPolicyMiddleware, "Content-Security-Policy"),
        (PermissionsPolicyMiddleware, "Permissions-Policy"),
    ],
)
def test_a_view_may_set_a_policy_of_its_own(
    rf: RequestFactory,
    middleware: type[ContentSecurityPolicyMiddleware | PermissionsPolicyMiddleware],
    header: str,
) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={header: "its own"})

    response = middleware(view)(rf.get("/"))

    assert response.headers[header] == "its own"


@pytest.mark.django_db
def test_what_cannot_be_answered_is_said_on_a_page_of_the_site(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["register.example"]

    answer = client.get("/login/", headers={"host": "elsewhere.example"})

    assert answer.status_code == 400
    assert "<h1>This can’t be answered</h1>" in answer.content.decode()
