"""The list of all consent mechanisms: which are in use, and which are to be renewed."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from registry.admin.across import OF_THE_ACTIVITY, AcrossActivities, by_fact
from registry.admin.declared import declared
from registry.admin.due import due_by, said_day
from registry.models import ConsentMechanism, Segment


@admin.register(ConsentMechanism)
class ConsentMechanismAdmin(AcrossActivities):
    """Consent mechanisms."""

    rows = "consents"
    list_display = ("named", "of_activity", "channel", "opt_in", "withdrawal", "evidence", "used", "renewal")
    list_filter = (
        due_by(ConsentMechanism, "valid_until"),
        *(by_fact(ConsentMechanism, key) for key in ("channel", "opt_in")),
        *OF_THE_ACTIVITY,
    )
    search_fields = ("name", "wording", "withdrawal", "evidence", "activity__reference", "activity__name")
    search_help_text = _("Search by name, wording, withdrawal, evidence or activity.")
    empty_help = _(
        "Each way in which people are asked for their consent belongs here: the sign-up form, the box in the app, "
        "the paper form, with its wording and where the proof is kept. It is entered in the record of its activity."
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the mechanisms, each with the segments that rest on it: one query more for all."""
        counted = super().get_queryset(request).annotate(segment_count=Count("segments"))
        return counted.prefetch_related(Prefetch("segments", Segment.objects.order_by("position", "pk")))

    @admin.display(description=_(declared(ConsentMechanism)["name"].label), ordering="name")
    def named(self, mechanism: ConsentMechanism) -> str:
        """The name, as the way to its page: what rests on it, and every wording."""
        return format_html('<a href="{}">{}</a>', reverse("admin:consent_mechanism", args=[mechanism.pk]), mechanism)

    @admin.display(description=_("Segments that rest on it"), ordering="segment_count")
    def used(self, mechanism: Any) -> str:
        """Which segments rest on it."""
        return ", ".join(segment.name for segment in mechanism.segments.all()) or "–"

    @admin.display(description=_("To be renewed by"), ordering="valid_until")
    def renewal(self, mechanism: ConsentMechanism) -> str:
        """The day by which wording or consents are to be renewed."""
        return said_day(mechanism.valid_until)
