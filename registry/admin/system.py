"""Systems in which personal data are processed."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.admin.catalogue import CatalogueAdmin, StateFilter
from registry.admin.used_values import UsedValuesFilter
from registry.models import System


@admin.register(System)
class SystemAdmin(CatalogueAdmin):
    """The catalogue of systems."""

    list_display = ("name", "owner", "hosting_country", "provider", "retired_on")
    list_filter = (StateFilter, ("hosting_country", UsedValuesFilter))
    list_select_related = ("provider",)
    search_fields = ("name", "description", "owner")
    search_help_text = _("Search by name, description or owner.")
    autocomplete_fields = ("provider",)
    fields = ("name", "description", "owner", "hosting_country", "provider", "retired_on")
    empty_help = _("The applications, databases and archives that hold personal data belong here.")
