"""Organisations with the people to contact, and their units."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from registry.admin.activity_gaps import shown_gaps_of_organisation
from registry.admin.base import RegistryAdmin
from registry.admin.import_export import EntryImportExport
from registry.admin.inlines import PartInline
from registry.admin.used_values import UsedValuesFilter
from registry.admin.where_used import WhereUsed
from registry.models import Contact, Organisation, OrganisationUnit


class ContactInline(PartInline):
    """The organisation's data protection officer, representative and other contacts."""

    model = Contact
    fields = (("kind", "name"), "company", "address", "country", ("email", "phone"))


@admin.register(Organisation)
class OrganisationAdmin(WhereUsed, EntryImportExport, RegistryAdmin):
    """Organisations of our own, whose register is kept here, and partners that appear in it."""

    list_display = ("name", "is_own", "legal_form", "country", "email", "supervisory_authority")
    list_filter = ("is_own", ("country", UsedValuesFilter))
    search_fields = ("name", "registration_number")
    search_help_text = _("Search by name or registration number.")
    inlines = (ContactInline,)
    change_form_template = "admin/registry/organisation_change_form.html"
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    "is_own",
                    "legal_form",
                    "public_authority",
                    "registration_number",
                    "supervisory_authority",
                )
            },
        ),
        (_("How to reach it"), {"fields": ("address", "country", "email", "phone", "website")}),
    )
    empty_help = _("Begin with your own organisation: its name, address and data protection officer head every report.")
    empty_actions = ("add", "import")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Draw the form with what was found in the organisation as a whole."""
        original = context.get("original")
        if original is not None and request.user.has_perm("registry.view_processingactivity"):
            context["gaps"] = shown_gaps_of_organisation(original.pk)
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(OrganisationUnit)
class OrganisationUnitAdmin(WhereUsed, EntryImportExport, RegistryAdmin):
    """Departments and branches."""

    list_display = ("name", "organisation", "parent", "head")
    list_filter = ("organisation",)
    list_select_related = ("organisation", "parent")
    search_fields = ("name", "head")
    search_help_text = _("Search by name or head.")
    autocomplete_fields = ("organisation", "parent")
    fields = ("organisation", "parent", "name", "head")
    empty_help = _("The departments and branches that carry out processing belong here.")
    empty_actions = ("import", "add")
