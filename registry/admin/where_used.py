"""The way from an entry's page to the report of everything that depends on it."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from registry.reports.subjects import ENTRIES, Subject


class WhereUsed:
    """Lets the page of an entry lead to the report of where it is used, for those who may see activities.

    Documents are named in words, and no record refers to them: their page has no such way.
    """

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Return the page of the entry."""
        kinds = {model: kind for kind, model in ENTRIES.items()}
        context = dict(extra_context or {})
        kind = kinds.get(self.model)
        if kind is not None and request.user.has_perm("registry.view_processingactivity"):
            query = urlencode({"subject": str(Subject(kind, object_id))})
            context["where_used"] = f"{reverse('admin:report', args=['where-used'])}?{query}"
        return super().change_view(request, object_id, form_url, context)
