"""Systems in which personal data are processed, and the data that each holds."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from registry.admin.activity_gaps import shown_gaps_of_system
from registry.admin.catalogue import CatalogueAdmin, StateFilter
from registry.admin.inlines import KeptRow, PartInline
from registry.admin.used_values import UsedValuesFilter
from registry.models import System, SystemData


class DataForm(KeptRow):
    """A kind of data in the system: an entry of the catalogue, or words."""

    def clean(self) -> dict[str, Any]:
        """Refuse a row with neither an entry nor words."""
        cleaned = super().clean()
        if self.has_changed() and not any(cleaned.get(key) or key in self.errors for key in ("category", "stated_as")):
            raise ValidationError(
                _t("This row names nothing: choose an entry, write words, or delete the row."), code="empty-row"
            )
        return cleaned


class DataInline(PartInline):
    """The personal data that the system holds."""

    model = SystemData
    form = DataForm
    fields = (("category", "stated_as"),)
    autocomplete_fields = ("category",)


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
        """Draw the form with what was found in the system."""
        original = context.get("original")
        if original is not None and request.user.has_perm("registry.view_processingactivity"):
            context["gaps"] = shown_gaps_of_system(original.pk)
        return super().render_change_form(request, context, *args, **kwargs)
