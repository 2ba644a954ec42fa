"""Recipients: categories of them and named organisations, with their contracts and the points of Art. 28(3)."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.admin.catalogue import CatalogueAdmin, StateFilter
from registry.admin.used_values import UsedValuesFilter
from registry.compliance.contracts import POINTS
from registry.models import Recipient


@admin.register(Recipient)
class RecipientAdmin(CatalogueAdmin):
    """The catalogue of recipients."""

    list_display = ("name", "nature", "kind", "country", "contract_kind", "contract_ends_on", "retired_on")
    list_filter = (StateFilter, "nature", "kind", "contract_kind", ("country", UsedValuesFilter))
    search_fields = ("name", "description")
    search_help_text = _("Search by name or description.")
    autocomplete_fields = ("sub_processor_of",)
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
