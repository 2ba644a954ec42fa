"""The list of all corrective actions: what is overdue, to be done, or to be verified, whatever audit asked for it."""

from typing import Any

from django.contrib import admin
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registry.admin.across import Across
from registry.admin.due import said_day, short_day
from registry.models import CorrectiveAction
from registry.reference.assurance import ActionState


class StateFilter(admin.SimpleListFilter):
    """How far an action is."""

    title = _("State")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the states, the most pressing first."""
        return [
            (ActionState.OVERDUE, _("Overdue")),
            (ActionState.TO_BE_DONE, _("To be done")),
            (ActionState.TO_BE_VERIFIED, _("Done, to be verified")),
            (ActionState.VERIFIED, pgettext_lazy("a corrective action", "Verified")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the actions in the chosen state; what is overdue is to be done as well."""
        chosen = {
            ActionState.OVERDUE: Q(done_on=None, due_on__lt=timezone.localdate()),
            ActionState.TO_BE_DONE: Q(done_on=None),
            ActionState.TO_BE_VERIFIED: Q(done_on__isnull=False, verified_on=None),
            ActionState.VERIFIED: Q(verified_on__isnull=False),
        }
        return queryset.filter(chosen.get(self.value() or "", Q()))


@admin.register(CorrectiveAction)
class CorrectiveActionAdmin(Across):
    """Corrective actions."""

    list_display = ("what", "of_finding", "of_audit", "responsible", "due", "done_on", "verified_by", "verified_on")
    list_filter = (StateFilter, ("finding__audit", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("finding__audit",)
    ordering = (F("done_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk")
    search_fields = ("what", "responsible", "verified_by", "finding__name", "finding__audit__name")
    search_help_text = _("Search by action, who does it, finding or audit.")
    empty_help = _(
        "What is done about the findings of audits is listed here. It is entered in the form of each finding."
    )

    @admin.display(description=_("Finding"), ordering="finding__name")
    def of_finding(self, action: CorrectiveAction) -> SafeString:
        """The finding, as the way to where the action is edited."""
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:registry_finding_change", args=[action.finding_id]), action.finding
        )

    @admin.display(description=_("Audit"), ordering="finding__audit__name")
    def of_audit(self, action: CorrectiveAction) -> str:
        """The audit that found it."""
        return str(action.finding.audit)

    @admin.display(description=_("Due on"), ordering="due_on")
    def due(self, action: CorrectiveAction) -> str:
        """The day by which it is to be done; marked where that has come and it isn't."""
        return said_day(action.due_on) if action.done_on is None else short_day(action.due_on)
