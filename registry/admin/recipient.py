"""Recipients: categories of them and named organisations, with their contracts and the points of Art. 28(3)."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.admin.catalogue import CatalogueAdmin, StateFilter
from registry.admin.used_values import UsedValuesFilter
from registry.compliance.contracts import POINTS
from registry.models import Recipient

SHOWN_REVIEWS = 5
"""So many reviews stand on the page of a recipient; the list has them all."""


@admin.register(Recipient)
class RecipientAdmin(CatalogueAdmin):
    """The catalogue of recipients."""

    list_display = ("name", "nature", "kind", "country", "contract_kind", "contract_ends_on", "retired_on")
    list_filter = (StateFilter, "nature", "kind", "contract_kind", ("country", UsedValuesFilter))
    search_fields = ("name", "description")
    search_help_text = _("Search by name or description.")
    autocomplete_fields = ("sub_processor_of",)
    change_form_template = "admin/registry/recipient/change_form.html"
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    "description",
                    "nature",
                    "kind",
                    "address",
                    "country",
                    "sub_processor_of",
                    "retired_on",
                )
            },
        ),
        (
            _("Contract"),
            {
                "fields": (
                    "contract_kind",
                    ("contract_signed_on", "contract_ends_on"),
                    "contract_document",
                    "sub_processor_authorisation",
                )
            },
        ),
        (
            _("What the contract binds a processor to"),
            {
                "fields": POINTS,
                "description": _("GDPR Art. 28(3), points (a) to (h)."),
            },
        ),
    )
    empty_help = _(
        "Everyone to whom data are disclosed belongs here, once: processors, authorities, other departments."
    )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Draw the form with the reviews of the recipient, the last first."""
        original = context.get("original")
        if original is not None and request.user.has_perm("registry.view_recipientreview"):
            context["reviews"] = list(original.reviews.all()[:SHOWN_REVIEWS])
            context["reviews_url"] = reverse("admin:registry_recipientreview_changelist")
        return super().render_change_form(request, context, *args, **kwargs)
