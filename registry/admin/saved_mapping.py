"""Saved mappings in the admin: listed, renamed, given to one organisation or to all, deleted."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from registry.admin.list_address import AnsweredList
from registry.imports import read_as
from registry.imports.mapping import BadMapping, Mapping
from registry.models.organisation import Organisation
from registry.models.saved_mapping import SavedMapping


@admin.register(SavedMapping)
class SavedMappingAdmin(AnsweredList):
    """How files of a shape are read. They are made on the page of an import, never by hand."""

    list_display = ("name", "for_whom", "saved_by_name", "saved_at")
    search_fields = ("name",)
    list_select_related = ("organisation",)
    list_per_page = 50
    fields = ("name", "organisation", "saved_by_name", "saved_at", "columns")
    readonly_fields = ("saved_by_name", "saved_at", "columns")
    empty_help = _("How a file is read can be corrected on the page of its import, and saved under a name there.")
    empty_actions = ()

    @admin.display(description=_("For files of"), ordering="organisation")
    def for_whom(self, saved: SavedMapping) -> str:
        """Return whose files it is for."""
        return str(saved.organisation or _t("every organisation"))

    @admin.display(description=_("Columns"))
    def columns(self, saved: SavedMapping) -> str:
        """Return each heading with what it is read as."""
        try:
            mapping = Mapping.from_json(saved.mapping)
        except BadMapping as error:
            return str(error)
        labels = {choice.key: choice.label for choice in read_as.choices(mapping.kind)}
        return "\n".join(
            f"{column.heading} → {labels.get(column.read_as, column.read_as)}"
            for sheet in mapping.sheets
            for column in sheet.columns
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return that none is made by hand."""
        return False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return the field of the organisation: one of our own, or none."""
        if db_field.name == "organisation":
            kwargs["queryset"] = Organisation.objects.filter(is_own=True).order_by("name")
            kwargs["empty_label"] = _t("every organisation")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
