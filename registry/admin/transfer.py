"""The list of all transfers to third countries and international organisations."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.admin.across import OF_THE_ACTIVITY, AcrossActivities, by_fact
from registry.admin.activity_questions import eea_codes
from registry.models import Transfer
from registry.record.words import quoted


class PlaceFilter(admin.SimpleListFilter):
    """Where a transfer goes: seen from the European Economic Area of today."""

    title = _("Place")
    parameter_name = "place"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the places that matter."""
        return [
            ("outside", _("Outside the EEA")),
            ("inside", _("Inside the EEA")),
            ("open", _("No country or organisation stated")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the transfers that go there."""
        inside = Q(country__in=eea_codes(timezone.localdate()))
        silent = Q(country="", international_organisation="")
        chosen = {"outside": ~inside & ~silent, "inside": inside, "open": silent}.get(self.value() or "")
        return queryset if chosen is None else queryset.filter(chosen)


@admin.register(Transfer)
class TransferAdmin(AcrossActivities):
    """Transfers."""

    rows = "transfers"
    list_display = ("of_activity", "to", "where", "safeguard", "assessment_status", "document")
    list_select_related = ("activity", "recipient")
    list_filter = (
        PlaceFilter,
        *(by_fact(Transfer, key) for key in ("safeguard", "country", "assessment_status")),
        *OF_THE_ACTIVITY,
    )
    search_fields = (
        "activity__reference",
        "activity__name",
        "recipient__name",
        "stated_as",
        "international_organisation",
        "document",
    )
    search_help_text = _("Search by activity, recipient, words, organisation or document.")
    empty_help = _(
        "Every transfer of data to a country outside the EEA, or to an international organisation, is listed here. "
        "Transfers are entered in the record of the activity that makes them."
    )

    @admin.display(description=_("Transfer to"), ordering="recipient__name")
    def to(self, transfer: Transfer) -> str:
        """The recipient, its words, or both."""
        words = quoted(transfer.stated_as) if transfer.stated_as else ""
        return " ".join(filter(None, [str(transfer.recipient or ""), words])) or "–"

    @admin.display(description=_("Where"), ordering="country")
    def where(self, transfer: Transfer) -> str:
        """The country or the organisation."""
        country = transfer.get_country_display() if transfer.country else ""
        return ", ".join(filter(None, [str(country), transfer.international_organisation])) or "–"
