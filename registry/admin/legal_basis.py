"""Legal bases: the statutes' own grounds and conditions, and national provisions."""

from collections.abc import Sequence

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.admin.catalogue import CatalogueAdmin, StateFilter
from registry.models import LegalBasis


@admin.register(LegalBasis)
class LegalBasisAdmin(CatalogueAdmin):
    """The catalogue of legal bases. A statutory one keeps what the statute says, and is retired, never deleted."""

    list_display = ("code", "title", "regime", "kind", "citation", "statutory", "retired_on")
    list_filter = (StateFilter, "regime", "kind", "statutory")
    search_fields = ("code", "title", "citation")
    search_help_text = _("Search by code, title or citation.")
    readonly_fields = ("statutory", "retired_on")
    fields = ("code", "title", "regime", "kind", "citation", "statutory", "dpv_term", "notes", "retired_on")
    empty_help = _("The grounds on which processing may rest belong here: the statutes' own, and national provisions.")

    def get_readonly_fields(self, request: HttpRequest, obj: LegalBasis | None = None) -> Sequence[str]:
        """Return the fields that can't be changed: for a statutory basis, what identifies it in its statute."""
        fixed = tuple(super().get_readonly_fields(request, obj))
        return (*fixed, "code", "regime", "kind", "citation") if obj is not None and obj.statutory else fixed

    def has_delete_permission(self, request: HttpRequest, obj: LegalBasis | None = None) -> bool:
        """Return whether the person may delete it; nobody deletes a statutory one."""
        return super().has_delete_permission(request, obj) and not (obj is not None and obj.statutory)
