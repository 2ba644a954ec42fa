"""Technical and organisational measures."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.admin.catalogue import CatalogueAdmin, StateFilter
from registry.models import SecurityMeasure


@admin.register(SecurityMeasure)
class SecurityMeasureAdmin(CatalogueAdmin):
    """The catalogue of security measures."""

    list_display = ("name", "group", "nature", "retired_on")
    list_filter = (StateFilter, "group", "nature")
    search_fields = ("name", "description")
    search_help_text = _("Search by name or description.")
    fields = ("name", "description", "group", "nature", "retired_on")
    empty_help = _("The measures that protect data belong here, such as encryption at rest or training of staff.")
