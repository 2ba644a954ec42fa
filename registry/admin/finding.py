"""Findings of audits with their corrective actions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Exists, Field, Min, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registry.admin.base import RegistryAdmin
from registry.admin.due import said_day
from registry.admin.entry_rows import NamesEntries
from registry.admin.inlines import PartInline
from registry.admin.pickers import DAYS
from registry.models import Audit, CorrectiveAction, Finding
from registry.reference.assurance import ActionState, FindingWeight
from registry.reports.assurance import action_state, gravest_first

SHAPES = {FindingWeight.MAJOR: "▲", FindingWeight.MINOR: "◆", FindingWeight.OBSERVATION: "●"}
"""The shape that stands beside the word of a weight."""


class ActionInline(PartInline):
    """What is done about the finding."""

    model = CorrectiveAction
    formfield_overrides = DAYS
    fields = ("what", ("responsible", "due_on", "done_on"), ("verified_by", "verified_on"))

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest | None, **kwargs: Any) -> forms.Field | None:
        """Return the declared field; what is to be done starts small."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name == "what":
            field.widget.attrs["rows"] = 2
        return field


class ActionsFilter(admin.SimpleListFilter):
    """How far the corrective actions are."""

    title = _("Corrective actions")
    parameter_name = "actions"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the states."""
        return [
            (ActionState.OVERDUE, _("Overdue")),
            (ActionState.TO_BE_DONE, _("To be done")),
            (ActionState.TO_BE_VERIFIED, _("Done, to be verified")),
            (ActionState.VERIFIED, _("All verified")),
            (ActionState.NONE, _("None decided")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the findings whose actions are in the chosen state."""
        actions = CorrectiveAction.objects.filter(finding=OuterRef("pk"))
        waiting = actions.filter(done_on=None)
        unverified = actions.filter(verified_on=None)
        chosen = {
            ActionState.OVERDUE: Q(Exists(waiting.filter(due_on__lt=timezone.localdate()))),
            ActionState.TO_BE_DONE: Q(Exists(waiting)),
            ActionState.TO_BE_VERIFIED: Q(Exists(unverified)) & ~Q(Exists(waiting)),
            ActionState.VERIFIED: Q(Exists(actions)) & ~Q(Exists(unverified)),
            ActionState.NONE: ~Q(Exists(actions)),
        }
        return queryset.filter(chosen.get(self.value() or "", Q()))


def said_state(actions: Iterable[CorrectiveAction]) -> str:
    """Return in words how far corrective actions are, with the shape that marks it where something is overdue."""
    state = action_state(actions, timezone.localdate())
    if state != ActionState.OVERDUE:
        return str(state.label)
    return format_html('<span class="state state-due"><span aria-hidden="true">▲</span> {}</span>', state.label)


@dataclass(frozen=True)
class ShownFinding:
    """A finding on the page of its audit."""

    finding: Finding
    shape: str
    state: str
    address: str
    actions: tuple[CorrectiveAction, ...]


def shown_findings(audit: Audit) -> list[ShownFinding]:
    """Return what an audit found, the gravest first: two queries."""
    found = sorted(audit.findings.prefetch_related("actions"), key=gravest_first)
    return [
        ShownFinding(
            one,
            SHAPES[FindingWeight(one.weight)],
            said_state(one.actions.all()),
            reverse("admin:registry_finding_change", args=[one.pk]),
            tuple(one.actions.all()),
        )
        for one in found
    ]


@admin.register(Finding)
class FindingAdmin(NamesEntries, RegistryAdmin):
    """Findings."""

    list_display = ("name", "weighs", "audit", "criterion", "where", "actions_state", "next_due")
    list_filter = ("weight", ActionsFilter, ("audit", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("audit", "activity", "recipient", "system")
    search_fields = ("name", "criterion", "statement", "evidence", "actions__what", "actions__responsible")
    search_help_text = _("Search by finding, criterion, statement, evidence, action or who does it.")
    autocomplete_fields = ("audit", "document", "activity", "recipient", "system")
    inlines = (ActionInline,)
    change_form_template = "admin/registry/finding/change_form.html"
    fieldsets = (
        (None, {"fields": ("audit", "name", "weight", "criterion", "statement")}),
        (pgettext_lazy("of a finding", "Where"), {"fields": ("activity", "recipient", "system")}),
        (_("Evidence"), {"fields": ("evidence", "document")}),
    )
    empty_help = _("What audits find belongs here, each with what is done about it, by whom and until when.")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the findings with their actions: one query more for all."""
        waiting = Min("actions__due_on", filter=Q(actions__done_on=None))
        found = super().get_queryset(request).annotate(due=waiting)
        return found.prefetch_related(Prefetch("actions", CorrectiveAction.objects.order_by("position", "pk")))

    @admin.display(description=_("Weight"), ordering="weight")
    def weighs(self, finding: Finding) -> str:
        """How grave it is, in a word and a shape."""
        weight = FindingWeight(finding.weight)
        return format_html('<span aria-hidden="true">{}</span> {}', SHAPES[weight], weight.label)

    @admin.display(description=pgettext_lazy("of a finding", "Where"))
    def where(self, finding: Finding) -> str:
        """What it is about."""
        named = (finding.activity, finding.recipient, finding.system)
        return ", ".join(str(one) for one in named if one is not None) or "–"

    @admin.display(description=_("Corrective actions"))
    def actions_state(self, finding: Finding) -> str:
        """How far its corrective actions are."""
        return said_state(finding.actions.all())

    @admin.display(description=_("Next due"), ordering="due")
    def next_due(self, finding: Any) -> str:
        """The first day on which an action is due."""
        return said_day(finding.due)

    def response_post_save_add(self, request: HttpRequest, obj: Finding) -> HttpResponse:
        """Lead back to the audit, for the next finding."""
        return _to_audit(obj)

    def response_post_save_change(self, request: HttpRequest, obj: Finding) -> HttpResponse:
        """Lead back to the audit."""
        return _to_audit(obj)


def _to_audit(finding: Finding) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('admin:registry_audit_change', args=[finding.audit_id])}#findings")
