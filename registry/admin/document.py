"""Documents: contracts, notices, assessments and certificates that the register refers to."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.admin.catalogue import CatalogueAdmin, StateFilter
from registry.models import Document

WORDING_ROWS = 24
"""So many lines of a wording are seen at once."""


@admin.register(Document)
class DocumentAdmin(CatalogueAdmin):
    """The catalogue of documents."""

    list_display = ("name", "kind", "location", "valid_until", "retired_on")
    list_filter = (StateFilter, "kind")
    search_fields = ("name", "location", "notes", "sha256")
    search_help_text = _("Search by name, place, notes or SHA-256.")
    fields = ("name", "kind", "location", "sha256", "valid_from", "valid_until", "wording", "notes", "retired_on")
    empty_help = _(
        "The contracts, notices, assessments and certificates that prove what the register says belong here."
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Return the documents; the list doesn't read their wordings, which may be long."""
        found: models.QuerySet = super().get_queryset(request)
        match = request.resolver_match
        is_list = match is not None and match.url_name == "registry_document_changelist"
        return found.defer("wording") if is_list else found

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest | None, **kwargs: Any
    ) -> forms.Field | None:
        """Return the form field: for the wording a large box."""
        if db_field.name == "wording":
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": WORDING_ROWS})
        return super().formfield_for_dbfield(db_field, request, **kwargs)
