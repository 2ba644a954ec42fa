"""Systems in which personal data are processed, and the data that each holds."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Field, ForeignKey, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from registry.admin.activity_gaps import shown_gaps_of_system
from registry.admin.catalogue import CatalogueAdmin, StateFilter
from registry.admin.inlines import KeptRow, PartInline, refuse_unnamed
from registry.admin.pickers import Picker, fill_pickers
from registry.admin.used_values import UsedValuesFilter
from registry.models import System, SystemData


class DataForm(KeptRow):
    """A kind of data in the system: an entry of the catalogue, or words."""

    def clean(self) -> dict[str, Any]:
        """Refuse a row with neither an entry nor words."""
        cleaned = super().clean()
        refuse_unnamed(self, cleaned, ("category", "stated_as"))
        return cleaned


class CategoryPicker(Picker):
    """A picker that asks the catalogue itself."""

    url_name = AutocompleteSelect.url_name


class DataInline(PartInline):
    """The personal data that the system holds."""

    model = SystemData
    form = DataForm
    fields = (("category", "stated_as"),)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the rows with the entries that they name."""
        return super().get_queryset(request).select_related("category")

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest | None, **kwargs: Any) -> forms.Field | None:
        """Return the declared field; entries are picked, words start small."""
        if isinstance(db_field, ForeignKey):
            kwargs["widget"] = CategoryPicker(db_field, self.admin_site, using=kwargs.get("using"))
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 2
        return field


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
        fill_pickers(form for formset in formsets for form in formset.forms)
        says = any(formset.initial_form_count() for formset in formsets)
        if says and request.user.has_perm("registry.view_processingactivity"):
            context["gaps"] = shown_gaps_of_system(context["original"].pk)
        return super().render_change_form(request, context, *args, **kwargs)
