"""Audits: their plan and scope, what was found, and what is done about it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registry.admin.base import RegistryAdmin
from registry.admin.due import due_by, said_day, short_day
from registry.admin.entry_rows import EntryInline, NamesEntries, fill_rows
from registry.admin.finding import shown_findings
from registry.admin.reports import may_see
from registry.models import Audit, AuditedActivity, AuditedRecipient, AuditedSystem
from registry.reference.assurance import ActionState
from registry.reports.assurance import stage
from registry.reports.catalogue import REPORTS
from registry.reports.subjects import Subject


class ActivityInline(EntryInline):
    """The activities in scope; whether the sample drew one isn't for people to say."""

    model = AuditedActivity
    fields = (("activity", "stated_as", "is_sampled"),)
    readonly_fields = ("is_sampled",)


class RecipientInline(EntryInline):
    """The recipients in scope."""

    model = AuditedRecipient
    fields = (("recipient", "stated_as"),)


class SystemInline(EntryInline):
    """The systems in scope."""

    model = AuditedSystem
    fields = (("system", "stated_as"),)


class StageFilter(admin.SimpleListFilter):
    """How far an audit has come."""

    title = _("Stage")
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the stages."""
        return [
            ("planned", pgettext_lazy("an audit", "Planned")),
            ("under-way", pgettext_lazy("an audit", "Under way")),
            ("completed", pgettext_lazy("an audit", "Completed")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the audits at the chosen stage."""
        chosen = {
            "planned": {"started_on": None, "completed_on": None},
            "under-way": {"started_on__isnull": False, "completed_on": None},
            "completed": {"completed_on__isnull": False},
        }
        return queryset.filter(**chosen.get(self.value() or "", {}))


@admin.register(Audit)
class AuditAdmin(NamesEntries, RegistryAdmin):
    """Audits."""

    list_display = ("name", "kind", "organisation", "auditor", "when", "stage", "findings", "to_be_done")
    list_filter = (StageFilter, "kind", due_by(Audit, "planned_on"), ("organisation", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("organisation",)
    search_fields = ("name", "framework", "auditor", "conclusion")
    search_help_text = _("Search by name, framework, auditor or conclusion.")
    autocomplete_fields = ("organisation", "report")
    readonly_fields = ("as_at_change_set", "sample_seed", "sample_among", "sample_of")
    inlines = (ActivityInline, RecipientInline, SystemInline)
    change_form_template = "admin/registry/audit/change_form.html"
    fieldsets = (
        (None, {"fields": ("name", "kind", "organisation", "framework", "auditor")}),
        (_("When"), {"fields": (("planned_on", "started_on", "completed_on"),)}),
        (_("What came of it"), {"fields": ("conclusion", "report")}),
        (
            _("Sample"),
            {
                "fields": (("sample_seed", "sample_among"), ("sample_of", "as_at_change_set")),
                "description": _("A sample is drawn on a page of its own, and can be drawn again by anybody."),
            },
        ),
    )
    empty_help = _(
        "Each audit belongs here, your own and others’: what is looked at, what was found, and what is done about it."
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the audits with how much was found, and how much of that waits to be done: within the same query."""
        found = super().get_queryset(request)
        waiting = Count("findings__actions", filter=Q(findings__actions__done_on=None), distinct=True)
        return found.annotate(finding_count=Count("findings", distinct=True), waiting_count=waiting)

    @admin.display(description=_("Day"), ordering="planned_on")
    def when(self, audit: Audit) -> str:
        """The day of the stage that it is at; marked where it should have begun."""
        if not audit.started_on and not audit.completed_on:
            return said_day(audit.planned_on)
        return " – ".join(short_day(day) for day in (audit.started_on, audit.completed_on) if day)

    @admin.display(description=_("Stage"))
    def stage(self, audit: Audit) -> str:
        """How far it has come."""
        return stage(audit)

    @admin.display(description=_("Findings"), ordering="finding_count")
    def findings(self, audit: Any) -> str:
        """How many findings it has, as the way to them."""
        return _counted(audit.finding_count, audit__id__exact=audit.pk)

    @admin.display(description=_("Actions to be done"), ordering="waiting_count")
    def to_be_done(self, audit: Any) -> str:
        """How many corrective actions aren't done, as the way to their findings."""
        return _counted(audit.waiting_count, audit__id__exact=audit.pk, actions=ActionState.TO_BE_DONE)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Draw the form with what was found, and the ways to the sample and the report."""
        fill_rows(inline.formset for inline in context["inline_admin_formsets"])
        original = context.get("original")
        if original is not None:
            if may_see(request, REPORTS["audit"]) and request.user.has_perm("registry.view_processingactivity"):
                about = urlencode({"subject": str(Subject.of(original))})
                context["report_address"] = f"{reverse('admin:report', args=['audit'])}?{about}"
            if request.user.has_perm("registry.view_finding"):
                context["findings"] = shown_findings(original)
        return super().render_change_form(request, context, *args, **kwargs)


def _counted(number: int, **narrowed: Any) -> str:
    if not number:
        return "0"
    return format_html(
        '<a href="{}?{}">{}</a>', reverse("admin:registry_finding_changelist"), urlencode(narrowed), number
    )
