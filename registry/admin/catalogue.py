"""The base of the catalogues' admins: entries are retired rather than deleted."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from registry.admin.base import RegistryAdmin
from registry.admin.import_export import EntryImportExport
from registry.admin.required import tell_what_follows
from registry.admin.where_used import WhereUsed

RETIRE, REINSTATE = "_retire", "_reinstate"
"""Names of the form's buttons."""


class StateFilter(admin.SimpleListFilter):
    """Entries in use, or retired ones."""

    title = _("State")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        """Return the two states."""
        return [("offered", _("Offered")), ("retired", _("Retired"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        """Return the entries in the chosen state."""
        if self.value() in {"offered", "retired"}:
            return queryset.filter(retired_on__isnull=self.value() == "offered")
        return queryset


class CatalogueAdmin(WhereUsed, EntryImportExport, RegistryAdmin):
    """What the catalogues share: search by name, import and export, retiring and reinstating."""

    change_form_template = "admin/registry/catalogue_change_form.html"
    search_fields: Sequence[str] = ("name",)
    readonly_fields: Sequence[str] = ("retired_on",)
    actions = ("retire", "reinstate")
    empty_actions = ("import", "add")

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        """Return the entries found; retired ones are not offered by the pickers of forms."""
        found, duplicates = super().get_search_results(request, queryset, search_term)
        if request.resolver_match is not None and request.resolver_match.url_name == "autocomplete":
            found = found.filter(retired_on__isnull=True)
        return found, duplicates

    @admin.action(description=_("Retire the selected entries"), permissions=["change"])
    def retire(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        """Retire from today; records that refer to the entries keep them."""
        count = queryset.filter(retired_on__isnull=True).update(retired_on=timezone.localdate())
        said = ngettext("%(count)d entry is retired.", "%(count)d entries are retired.", count) % {"count": count}
        self.message_user(request, said, messages.SUCCESS)
        tell_what_follows(request)

    @admin.action(description=_("Reinstate the selected entries"), permissions=["change"])
    def reinstate(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        """Offer the entries again."""
        count = queryset.filter(retired_on__isnull=False).update(retired_on=None)
        said = ngettext("%(count)d entry is offered again.", "%(count)d entries are offered again.", count)
        self.message_user(request, said % {"count": count}, messages.SUCCESS)
        tell_what_follows(request)

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        """Save, retiring or reinstating the entry where that button was pressed."""
        if change and RETIRE in request.POST:
            obj.retired_on = obj.retired_on or timezone.localdate()
        elif change and REINSTATE in request.POST:
            obj.retired_on = None
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        """Say after a change what it requires for the approved records that use the entry."""
        super().save_related(request, form, formsets, change)
        tell_what_follows(request)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Stay on the form after retiring or reinstating, and say what was done."""
        if RETIRE in request.POST or REINSTATE in request.POST:
            said = _t("The entry is retired: it is no longer offered, and records keep it.")
            if not obj.retired_on:
                said = _t("The entry is offered again.")
            self.message_user(request, said, messages.SUCCESS)
            return HttpResponseRedirect(request.path)
        return super().response_change(request, obj)
