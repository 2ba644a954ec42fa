"""Documents: contracts, notices, assessments and certificates that the register refers to."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.admin.catalogue import CatalogueAdmin, StateFilter
from registry.models import Document


@admin.register(Document)
class DocumentAdmin(CatalogueAdmin):
    """The catalogue of documents."""

    list_display = ("name", "kind", "location", "valid_until", "retired_on")
    list_filter = (StateFilter, "kind")
    search_fields = ("name", "location", "notes", "sha256")
    search_help_text = _("Search by name, place, notes or SHA-256.")
    fields = ("name", "kind", "location", "sha256", "valid_from", "valid_until", "notes", "retired_on")
    empty_help = _(
        "The contracts, notices, assessments and certificates that prove what the register says belong here."
    )
