"""Categories of data subjects."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.admin.catalogue import CatalogueAdmin, StateFilter
from registry.models import DataSubjectCategory


@admin.register(DataSubjectCategory)
class DataSubjectCategoryAdmin(CatalogueAdmin):
    """The catalogue of categories of data subjects."""

    list_display = ("name", "vulnerable", "dpv_term", "retired_on")
    list_filter = (StateFilter, "vulnerable")
    search_fields = ("name", "description")
    search_help_text = _("Search by name or description.")
    fields = ("name", "description", "vulnerable", "dpv_term", "retired_on")
    empty_help = _("The groups of people whose data are processed belong here, such as customers or employees.")
