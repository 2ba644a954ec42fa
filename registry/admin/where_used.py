"""The way from an entry's page to the report of everything that depends on it, and what keeps it from being deleted."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin.utils import NestedObjects
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _t

from registry.reports.subjects import ENTRIES, Subject

MOST_NAMED = 50
"""So many of the things that keep an entry are named; the report of where it is used has them all."""


class WhereUsed:
    """Lets the page of an entry lead to the report of where it is used, for those who may see activities.

    Documents are named in words, and no record refers to them: their page has no such way.
    """

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Return the page of the entry."""
        return super().change_view(request, object_id, form_url, self._context(request, object_id, extra_context))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Return the question whether to delete the entry, or what keeps it and what to do instead."""
        return super().delete_view(request, object_id, self._context(request, object_id, extra_context))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, Any]:
        """Return what Django collects; what keeps the entries is named by the activity that it is a row of."""
        found, counts, lacking, protected = super().get_deleted_objects(objs, request)
        if protected:
            collector = NestedObjects(using=objs[0]._state.db)
            collector.collect(objs)
            names = list(dict.fromkeys(_named(collector.protected)))
            rest = [_t("and more")] if len(names) > MOST_NAMED else []
            protected = [*names[:MOST_NAMED], *rest]
        return found, counts, lacking, protected

    def _context(self, request: HttpRequest, object_id: str, given: dict[str, Any] | None) -> dict[str, Any]:
        kinds = {model: kind for kind, model in ENTRIES.items()}
        context = {"can_be_retired": hasattr(self.model, "retired_on"), **(given or {})}
        kind = kinds.get(self.model)
        if kind is not None and request.user.has_perm("registry.view_processingactivity"):
            query = urlencode({"subject": str(Subject(kind, object_id))})
            context["where_used"] = f"{reverse('admin:report', args=['where-used'])}?{query}"
        return context


def _named(rows: Iterable[Any]) -> Iterator[str]:
    """Yield what each row is and whose, in the order of their names; a query for each kind of row."""
    by_model: dict[type[Any], list[Any]] = defaultdict(list)
    for row in rows:
        by_model[type(row)].append(row)
    said = []
    for model, some in by_model.items():
        is_of_activity = any(field.name == "activity" for field in model._meta.get_fields())
        if is_of_activity:
            prefetch_related_objects(some, "activity")
        kind = capfirst(model._meta.verbose_name)
        said += [f"{row.activity} – {kind}" if is_of_activity else f"{kind} {row}" for row in some]
    yield from sorted(said, key=str.casefold)
