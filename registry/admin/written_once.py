"""The base of pages for what is written once by the program itself, and then only read."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from registry.admin.list_address import AnsweredList


class WrittenOnce(AnsweredList):
    """Objects that nobody adds, changes or deletes by hand, not even an administrator, and that have no history."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return that nobody adds one."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return that nobody changes one."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return that nobody deletes one."""
        return False

    @method_decorator(require_safe)
    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Return the object's own page."""
        return self.change_view(request, object_id, extra_context=extra_context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Return the object's page; answers to reading alone."""
        if request.method not in {"GET", "HEAD"}:
            raise PermissionDenied
        return super().change_view(request, object_id, form_url, {"show_history": False, **(extra_context or {})})
