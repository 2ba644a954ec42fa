"""Systems in which personal data are processed, and the data that each holds."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from registry.admin.activity_gaps import shown_gaps_of_system
from registry.admin.catalogue import CatalogueAdmin, StateFilter
from registry.admin.entry_rows import EntryInline, fill_rows
from registry.admin.used_values import UsedValuesFilter
from registry.models import System, SystemData


class DataInline(EntryInline):
    """The personal data that the system holds."""

    model = SystemData
    fields = (("category", "stated_as"),)


@admin.register(System)
class SystemAdmin(CatalogueAdmin):
    """The catalogue of systems."""

    list_display = ("name", "owner", "hosting_country", "provider", "retired_on")
    list_filter = (StateFilter, ("hosting_country", UsedValuesFilter))
    list_select_related = ("provider",)
    search_fields = ("name", "description", "owner", "data__category__name", "data__stated_as")
    search_help_text = _("Search by name, description, owner or data held.")
    autocomplete_fields = ("provider",)
    fields = ("name", "description", "owner", "hosting_country", "provider", "retired_on")
    inlines = (DataInline,)
    empty_help = _("The applications, databases and archives that hold personal data belong here.")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Draw the form with what was found in the system; one that doesn't say what it holds isn't asked."""
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        fill_rows(formsets)
        says = any(formset.initial_form_count() for formset in formsets)
        if says and request.user.has_perm("registry.view_processingactivity"):
            context["gaps"] = shown_gaps_of_system(context["original"].pk)
        return super().render_change_form(request, context, *args, **kwargs)
