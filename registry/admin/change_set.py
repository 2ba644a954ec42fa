"""Change sets: who changed what, when, through which door and why. They are read and never written."""

import json
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from registry.models import ChangeSet
from registry.record.classes import ROOTS

SHOWN_OBJECTS = 200
"""How many objects of a kind a change set's page lists; the count is of all of them."""


@admin.register(ChangeSet)
class ChangeSetAdmin(admin.ModelAdmin):
    """The history of the register as a list; nobody adds, changes or deletes there, not even an administrator."""

    list_display = ("number", "made_at", "actor_name", "channel", "shown_reason", "shown_details")
    list_display_links = ("number",)
    list_filter = ("made_at", "channel", ("actor_name", admin.AllValuesFieldListFilter))
    search_fields = ("actor_name", "reason", "details")
    search_help_text = _("Search by person, reason or file name.")
    date_hierarchy = "made_at"
    list_per_page = 50
    show_full_result_count = False
    actions = None
    fields = ("number", "made_at", "actor_name", "channel", "reason", "shown_details", "digest", "previous_digest")
    empty_help = _("Every change to the register appears here, with its author, its moment and its reason.")
    empty_actions = ()

    class Media:
        css = {"all": ("registry/entries.css",)}

    @admin.display(description=_("Number"), ordering="sequence")
    def number(self, change_set: ChangeSet) -> str:
        """Return the change set's number."""
        return str(change_set)

    @admin.display(description=_("Reason"))
    def shown_reason(self, change_set: ChangeSet) -> str:
        """Return the beginning of the reason."""
        return str(Truncator(change_set.reason).chars(120)) or "–"

    @admin.display(description=_("Details"))
    def shown_details(self, change_set: ChangeSet) -> str:
        """Return what the door has to say, such as the name of an imported file."""
        if not change_set.details:
            return "–"
        return ", ".join(f"{key}: {value}" for key, value in json.loads(change_set.details).items())

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return that nobody adds a change set by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: ChangeSet | None = None) -> bool:
        """Return that nobody changes one."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ChangeSet | None = None) -> bool:
        """Return that nobody deletes one."""
        return False

    @method_decorator(require_safe)
    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Return the change set's own page: it is the history, and has none."""
        return self.change_view(request, object_id, extra_context=extra_context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Return the page of a change set with every object it touched; answers to reading alone."""
        if request.method not in {"GET", "HEAD"}:
            raise PermissionDenied
        touched = self._touched(request, object_id) if self.has_view_permission(request) else []
        context = {"touched": touched, "show_history": False, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def _touched(self, request: HttpRequest, object_id: str) -> list[dict[str, Any]]:
        if not object_id.isdecimal():
            return []
        found = (self._touched_of(request, model, int(object_id)) for model in ROOTS)
        return [kind for kind in found if kind["count"]]

    def _touched_of(self, request: HttpRequest, model: type[models.Model], sequence: int) -> dict[str, Any]:
        history = model.history.model
        versions = history.objects.filter(change_set_id=sequence).order_by("history_id")
        label = model.LABEL
        columns = ("id", "history_id", "history_type", label)
        rows = list(versions.values_list(*columns)[: SHOWN_OBJECTS + 1])
        kinds = {code: _kind(code) for code in ("+", "~", "-")}
        may_read = self.admin_site.is_registered(model) and self.admin_site.get_model_admin(model).has_view_permission(
            request
        )
        return {
            "title": capfirst(model._meta.verbose_name_plural),
            "count": len(rows) if len(rows) <= SHOWN_OBJECTS else versions.count(),
            "shown": SHOWN_OBJECTS,
            "objects": [
                {"name": name, "kind": kinds[kind], "url": self._address(model, pk, version) if may_read else ""}
                for pk, version, kind, name in rows[:SHOWN_OBJECTS]
            ],
        }

    def _address(self, model: type[models.Model], pk: Any, version: int) -> str:
        name = f"{self.admin_site.name}:{model._meta.app_label}_{model._meta.model_name}_simple_history"
        return reverse(name, args=(pk, version))


def _kind(code: str) -> Any:
    return {"+": _("created"), "~": _("changed"), "-": _("deleted")}[code]
