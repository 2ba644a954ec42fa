"""Change sets: who changed what, when, through which door and why. They are read and never written."""

import json
from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import PAGE_VAR
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import Truncator, capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from registry.admin.approving import OPEN_GAPS, approved_with
from registry.admin.change_set_undo import UndoChangeSet
from registry.admin.required import shown_all
from registry.admin.touched import Touched
from registry.admin.written_once import WrittenOnce
from registry.models import ChangeSet, ProcessingActivity
from registry.record.classes import ROOTS
from registry.record.numbers import read_key
from registry.standing.consequences import raised_by
from registry.versioning.change_set import Channel
from registry.versioning.export_log import facts_of


def may_see(request: HttpRequest, model: type[Any]) -> bool:
    """Return whether the person of the request may see objects of ``model``."""
    return admin.site.is_registered(model) and admin.site.get_model_admin(model).has_view_permission(request)


class KindFilter(admin.SimpleListFilter):
    """Change sets that touched an object of a kind."""

    title = _("kind of object")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the kinds that the person may see."""
        return [
            (str(model._meta.model_name), str(capfirst(model._meta.verbose_name)))
            for model in reversed(ROOTS)
            if may_see(request, model)
        ]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[ChangeSet]") -> "QuerySet[ChangeSet]":
        """Limit the list to the change sets with a version of such an object."""
        model = _kind(self.value())
        return queryset if model is None else queryset.filter(pk__in=model.history.values("change_set_id"))


def _kind(name: str | None) -> type[Any] | None:
    return next((model for model in ROOTS if model._meta.model_name == name), None)


@admin.register(ChangeSet)
class ChangeSetAdmin(UndoChangeSet, WrittenOnce):
    """The history of the register as a list; nobody adds, changes or deletes there, not even an administrator."""

    list_display = ("number", "moment", "actor_name", "channel", "shown_reason", "shown_file")
    list_display_links = ("number",)
    list_filter = ("made_at", "channel", KindFilter, ("actor_name", admin.AllValuesFieldListFilter))
    search_fields = ("actor_name", "reason", "details")
    search_help_text = _("Search by person, reason, file name, or the name of an object (of the kind chosen beside).")
    date_hierarchy = "made_at"
    list_per_page = 50
    show_full_result_count = False
    actions = None
    fields = ("number", "made_at", "actor_name", "channel", "reason", "shown_details", "digest", "previous_digest")
    empty_help = _("Every change to the register appears here, with its author, its moment and its reason.")
    empty_actions = ()

    class Media:
        css = {
            "all": ("registry/entries.css", "registry/timeline.css", "registry/as_at.css", "registry/consequences.css")
        }

    @admin.display(description=_("Number"), ordering="sequence")
    def number(self, change_set: ChangeSet) -> str:
        """Return the change set's number."""
        return str(change_set)

    @admin.display(description=_("Made at"), ordering="made_at")
    def moment(self, change_set: ChangeSet) -> str:
        """Return when it was made, as the other pages say it."""
        return date_format(localtime(change_set.made_at), "SHORT_DATETIME_FORMAT")

    @admin.display(description=_("Reason"))
    def shown_reason(self, change_set: ChangeSet) -> str:
        """Return the beginning of the reason."""
        return str(Truncator(change_set.reason).chars(120)) or "–"

    @admin.display(description=_("Details"))
    def shown_details(self, change_set: ChangeSet) -> str:
        """Return what the door has to say, such as the name of an imported file, or which change set this undoes."""
        if not change_set.details:
            return "–"
        if change_set.channel == Channel.EXPORT:
            facts = facts_of(change_set)
            address = reverse("admin:registry_export_change", args=[change_set.pk])
            return format_html('<a href="{}">{}</a>, SHA-256 {}…', address, facts.file_name, facts.sha256[:16])
        told = json.loads(change_set.details)
        undone = told.pop("undoes", None)
        told.pop(OPEN_GAPS, None)  # told in full below
        said = ", ".join(f"{key}: {value}" for key, value in told.items())
        if undone is None:
            return said or "–"
        address = reverse("admin:registry_changeset_change", args=[undone], current_app=self.admin_site.name)
        return format_html('{} <a href="{}">#{}</a> {}', _t("undoes"), address, undone, said)

    @admin.display(description=_("File"))
    def shown_file(self, change_set: ChangeSet) -> str:
        """Return the file that was read or taken out; all else that is known is on the change set's own page."""
        if change_set.channel == Channel.EXPORT:
            return self.shown_details(change_set)
        return str(json.loads(change_set.details or "{}").get("file", "")) or "–"

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """Lead to the list, without Django's guess that it was deleted: nothing is, here."""
        messages.warning(request, _t("There is no change set #%(number)s.") % {"number": object_id})
        return HttpResponseRedirect(reverse("admin:registry_changeset_changelist", current_app=self.admin_site.name))

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[ChangeSet]", search_term: str
    ) -> "tuple[QuerySet[ChangeSet], bool]":
        """Return the change sets that are found by what they say, or by the name of an object that they touched."""
        found, duplicates = super().get_search_results(request, queryset, search_term)
        words = search_term.strip()
        if words:
            kind = _kind(request.GET.get(KindFilter.parameter_name))
            condition = Q()
            for touched in self._named(request, words, kind):
                condition |= Q(pk__in=touched)
            found = queryset.filter(Q(pk__in=found.order_by().values("pk")) | condition)
        return found, duplicates

    def _named(self, request: HttpRequest, words: str, kind: type[Any] | None) -> "Iterator[QuerySet[Any]]":
        for model in ROOTS if kind is None else (kind,):
            if may_see(request, model):
                named = Q(**{f"{model.LABEL}__icontains": words})
                if model is ProcessingActivity:
                    named |= Q(reference__iexact=words)
                yield model.history.filter(named).order_by().values("change_set_id")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Return the page of a change set with every object it touched."""
        context: dict[str, Any] = dict(extra_context or {})
        number = read_key(object_id)
        if number is not None and self.has_view_permission(request):
            found = ChangeSet.objects.filter(pk=number).first()
            touched = Touched(number, request.GET.get(PAGE_VAR), lambda model: may_see(request, model))
            context |= {
                "undoing": self.undoing(request, found),
                "approved_with": approved_with(found.details) if found is not None else None,
                "required": shown_all(raised_by([number]).get(number, ())),
                "counts": touched.counts(),
                "objects": touched.objects(),
                "page_obj": touched.page,
                "page_range": touched.page.paginator.get_elided_page_range(touched.page.number),
                "page_var": PAGE_VAR,
            }
        return super().change_view(request, object_id, form_url, context)
