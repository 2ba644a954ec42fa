"""Categories of personal data, with their sensitivity."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.admin.catalogue import CatalogueAdmin, StateFilter
from registry.models import DataCategory


@admin.register(DataCategory)
class DataCategoryAdmin(CatalogueAdmin):
    """The catalogue of categories of personal data."""

    list_display = ("name", "parent", "sensitivity", "ccpa_category", "ccpa_sensitive", "retired_on")
    list_filter = (StateFilter, "sensitivity", "ccpa_category", "ccpa_sensitive", "ccpa_sensitive_term")
    list_select_related = ("parent",)
    search_fields = ("name", "examples")
    search_help_text = _("Search by name or examples.")
    autocomplete_fields = ("parent",)
    fields = (
        "name",
        "parent",
        "examples",
        "sensitivity",
        "ccpa_category",
        "ccpa_sensitive",
        "ccpa_sensitive_term",
        "dpv_term",
        "retired_on",
    )
    empty_help = _("The kinds of data that activities use belong here, such as contact details or payroll data.")
