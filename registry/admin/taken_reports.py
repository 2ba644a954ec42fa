"""Taken reports: the export log as a list, who took which file out of the register, when, and limited to what."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from registry.admin.written_once import WrittenOnce
from registry.models import Export
from registry.record.classes import ROOTS
from registry.record.moments import read_moment
from registry.reports.catalogue import REPORTS
from registry.reports.pack import PACK
from registry.reports.provenance import say_moment
from registry.reports.subjects import subject_names

LIMITS = {
    "organisation": _("organisation"),
    "since": _("changes"),
    "activities": _("records"),
    "filters": _("filters"),
    "subject": _("about"),
    "language": _("language"),
}
"""The parameters that make a report another one, with their labels. The others have places of their own on the page."""


class ReportFilter(admin.AllValuesFieldListFilter):
    """The reports that were taken, by their titles and in the order of these."""

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """Yield the choice of all, then each report."""
        every, *reports = super().choices(changelist)
        yield every
        named = ({**choice, "display": self.named(choice["display"])} for choice in reports)
        yield from sorted(named, key=lambda choice: str(choice["display"]).casefold())

    def named(self, value: str) -> str:
        """Return what a value is called."""
        return report_title(value)


class FormatFilter(ReportFilter):
    """The formats, as the list writes them."""

    def named(self, value: str) -> str:
        """Return what a value is called."""
        return value.upper()


@admin.register(Export)
class ExportAdmin(WrittenOnce):
    """The export log as a list; nobody adds, changes or deletes there, not even an administrator."""

    list_display = (
        "taken_at",
        "taken_by",
        "file_name",
        "shown_report",
        "limited_to",
        "shown_state",
        "shown_size",
        "door",
    )
    list_display_links = ("file_name",)
    list_select_related = ("change_set",)
    list_filter = (
        "change_set__made_at",
        ("report", ReportFilter),
        ("format", FormatFilter),
        "door",
        ("change_set__actor_name", admin.AllValuesFieldListFilter),
    )
    search_fields = ("file_name", "sha256", "change_set__actor_name", "change_set__details")
    search_help_text = _("Search by person, file name, SHA-256, or what the report was limited to.")
    date_hierarchy = "change_set__made_at"
    list_per_page = 50
    show_full_result_count = False
    actions = None
    fieldsets = (
        (None, {"fields": ("shown_moment", "taken_by", "shown_report", "door", "shown_parameters")}),
        (_("The file"), {"fields": ("file_name", "shown_size", "shown_digest", "shown_files", "shown_key")}),
        (_("What it shows"), {"fields": ("shown_as_at", "shown_state", "shown_head", "shown_records")}),
        (_("Sealed by"), {"fields": ("shown_change_set",)}),
    )
    empty_help = _("Every file that is taken out of the register appears here: who took it, when, and limited to what.")
    empty_actions = ()

    class Media:
        css = {"all": ("registry/entries.css", "registry/as_at.css", "registry/custody.css")}

    @admin.display(description=_("Taken at"), ordering="change_set__made_at")
    def taken_at(self, export: Export) -> Any:
        """Return when it was made available."""
        return export.change_set.made_at

    @admin.display(description=_("Taken at"))
    def shown_moment(self, export: Export) -> str:
        """Return the same to the second, with its zone."""
        return say_moment(export.change_set.made_at)

    @admin.display(description=_("By"), ordering="change_set__actor_name")
    def taken_by(self, export: Export) -> str:
        """Return the name of who took it, which outlives the account."""
        return export.change_set.actor_name

    @admin.display(description=_("Report"), ordering="report")
    def shown_report(self, export: Export) -> str:
        """Return the report and its format."""
        return f"{report_title(export.report)}, {export.format.upper()}"

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Return the list, with what its reports are about by name: one query for each kind of thing."""
        changelist: ChangeList = super().get_changelist_instance(request)
        wanted = [export.facts.parameters.get("subject") or "" for export in changelist.result_list]
        names = subject_names(filter(None, wanted))
        for export, subject in zip(changelist.result_list, wanted, strict=True):
            export.subject_name = names.get(subject, "")
        return changelist

    @admin.display(description=_("Limited to"))
    def limited_to(self, export: Export) -> str:
        """Return the filters in words, or the beginning of them."""
        said = "; ".join(text for name, _label, text in _said(export) if name != "language")
        return str(Truncator(said).chars(100)) or "–"

    @admin.display(description=_("State of the register"), ordering="register_number")
    def shown_state(self, export: Export) -> str:
        """Return the change set as at which it shows the register."""
        return _t("change set #%(number)d") % {"number": export.register_number}

    @admin.display(description=_("Size"), ordering="size")
    def shown_size(self, export: Export) -> str:
        """Return the size for people."""
        return filesizeformat(export.size)

    @admin.display(description=_("SHA-256"))
    def shown_digest(self, export: Export) -> str:
        """Return the fingerprint of the file."""
        return format_html("<code>{}</code>", export.sha256)

    @admin.display(description=_("Files inside"))
    def shown_files(self, export: Export) -> str:
        """Return the files of a pack with their fingerprints."""
        found = export.facts.files.items()
        return format_html_join("", "<div>{} <code>{}</code></div>", found) if found else "–"

    @admin.display(description=_("Signed with the key"))
    def shown_key(self, export: Export) -> str:
        """Return the fingerprint of the key that signed it."""
        return format_html("<code>{}</code>", export.facts.key) if export.facts.key else _t("not signed")

    @admin.display(description=_("As at"))
    def shown_as_at(self, export: Export) -> str:
        """Return the moment as at which it shows the register."""
        return say_moment(read_moment(export.facts.as_at))

    @admin.display(description=_("Chain head"))
    def shown_head(self, export: Export) -> str:
        """Return the chain head that the file bears."""
        return format_html("<code>{}</code>", export.facts.head) if export.facts.head else "–"

    @admin.display(description=_("Records"))
    def shown_records(self, export: Export) -> str:
        """Return how many records it holds."""
        records = export.facts.records
        return "–" if records is None else str(records)

    @admin.display(description=_("Asked for"))
    def shown_parameters(self, export: Export) -> str:
        """Return all that was asked for, as (name, value)."""
        found = [(label, text) for _name, label, text in _said(export)]
        return format_html_join("", "<div>{}: {}</div>", found) if found else _t("the whole register")

    @admin.display(description=_("Change set"))
    def shown_change_set(self, export: Export) -> str:
        """Return the change set that seals it, as a link."""
        address = reverse("admin:registry_changeset_change", args=[export.pk])
        return format_html('<a href="{}">{}</a>', address, export.change_set)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Export]":
        """Return the log with the change sets, which say who and when."""
        return super().get_queryset(request).select_related("change_set")


def report_title(name: str) -> str:
    """Return what a report is called: one of the catalogue, an audit pack, a history, or a table of entries."""
    if name in REPORTS:
        return REPORTS[name].title
    others = {PACK: _t("Audit pack"), "history": _t("History")}
    model = next((model for model in ROOTS if model._meta.model_name == name), None)
    return others.get(name) or str(capfirst(model._meta.verbose_name_plural) if model else name)


def _said(export: Export) -> Iterator[tuple[str, str, str]]:
    """Yield (name, label, value in words) of what a report was limited to."""
    facts = export.facts
    for name, label in LIMITS.items():
        value = facts.whose if name == "organisation" else facts.parameters.get(name)
        if value in (None, "", []):
            continue
        if name == "activities":
            yield (
                name,
                str(label),
                ngettext("%(number)d record", "%(number)d records", len(value)) % {"number": len(value)},
            )
        elif name == "subject":
            known = getattr(export, "subject_name", None)
            yield name, str(label), (subject_names([value]).get(value, "") if known is None else known) or value
        elif name == "since":
            yield name, str(label), _t("since %(moment)s") % {"moment": say_moment(read_moment(value))}
        else:
            yield name, str(label), "; ".join(map(str, value)) if isinstance(value, list) else str(value)
