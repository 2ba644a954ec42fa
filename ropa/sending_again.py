"""What a person typed outlives the end of her session and an expired page: the answer carries it, to be sent again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_BAD_ORIGIN
from django.template import loader

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 the name of a field

NOT_KEPT = {"Cache-Control": "no-store"}
"""No browser keeps the pages: what was typed may be about people."""


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the names and values of the fields of a form that was sent; nothing where a password is among them."""
    if request.method != "POST":
        return []
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name != TOKEN]
    return [] if any("password" in name for name, _ in fields) else fields


def again(request: HttpRequest) -> dict[str, Any]:
    """Return what the template ``send_again.html`` needs: the fields, where to, and whether files went with them."""
    fields = typed(request)
    return {"fields": fields, "address": request.get_full_path(), "files": bool(fields and request.FILES)}


def session_ended(request: HttpRequest) -> HttpResponse:
    """Return the page that asks to log in, with what was sent."""
    page = loader.render_to_string("session_ended.html", again(request), request)
    return HttpResponse(page, status=403, headers=NOT_KEPT)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the page that says that a form has expired; with what was sent, where a page of this site has sent it.

    A browser tells that itself. Of any other site what it sends is not offered to be sent again: it would be a way
    round the protection.
    """
    context = again(request) if _is_ours(request) and not reason.startswith(REASON_BAD_ORIGIN.split("%")[0]) else {}
    return HttpResponse(loader.render_to_string("403_csrf.html", context, request), status=403, headers=NOT_KEPT)


def _is_ours(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin", "")
    if origin not in {"", f"{request.scheme}://{request.get_host()}"}:
        return False
    return bool(origin) or request.headers.get("Sec-Fetch-Site") == "same-origin"
