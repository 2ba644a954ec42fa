"""The page for what the database or the disk hinders: it says so, and carries what was typed, to be sent again."""

import sys

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import loader
from django.views.defaults import server_error

from registry.versioning.trouble import Trouble, trouble_behind
from ropa.sending_again import again


def error_page(request: HttpRequest) -> HttpResponse:
    """Return the answer to the error that is being handled: 503 where the database or the disk hinders, or else 500."""
    trouble = trouble_behind(sys.exc_info()[1])
    if trouble is None:
        return server_error(request)
    context = {
        "why": trouble.said,
        "perhaps_saved": trouble is Trouble.UNREACHABLE and request.method == "POST",
        "csrf_token": get_token(request),
        **again(request),
    }
    page = loader.render_to_string("503.html", context)  # without the request, whose user is in the database
    return HttpResponse(page, status=503, headers={"Retry-After": "30", "Cache-Control": "no-store"})
