"""Every unsafe request runs inside one change set, so that whatever a screen saves is one change."""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from registry.versioning.change_set import Channel
from registry.versioning.writing import change_set

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
REASON_FIELD = "change_reason"
"""The name under which a form sends the reason for a change."""


class ChangeSetMiddleware:
    """Opens a change set around the view of each POST, PUT, PATCH or DELETE.

    An answer with a server error undoes the change, as an exception does. Where the database refuses what another
    request has just written, the view is asked once more.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Run the view inside a change set, unless it only reads or opts out by ``opens_own_change_set``."""
        if request.method in SAFE_METHODS or getattr(view, "opens_own_change_set", False):
            return None
        try:
            return self._in_change_set(request, view, args, kwargs)
        except IntegrityError:
            # somebody else wrote the same since the form was checked: now the form finds that, and keeps its input
            return self._in_change_set(request, view, args, kwargs)

    def _in_change_set(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase:
        reason = request.POST.get(REASON_FIELD, "").replace("\x00", "").strip()  # which PostgreSQL can't store
        try:
            with change_set(actor=request.user, channel=Channel.SCREEN, reason=reason):
                response = view(request, *args, **kwargs)
                if response.status_code >= 500:
                    raise _Undo(response)
        except _Undo as undone:
            return undone.response
        return response


class _Undo(Exception):
    """Leaves the change set without sealing it, and carries the answer that is given all the same."""

    def __init__(self, response: HttpResponseBase) -> None:
        super().__init__("a server error undoes the change")
        self.response = response
