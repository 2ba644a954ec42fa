"""The register at two moments beside each other: what was added, changed, retired and removed, by whom, and when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from registry import models
from registry.admin import versions
from registry.admin.as_at import iso
from registry.admin.downloads import asked, download
from registry.admin.moments import MomentField
from registry.admin.reports import viewed_activities
from registry.comparison.authors import authors, authors_of
from registry.comparison.records import EntryChange
from registry.comparison.registers import ORGANISATION, ActivityChange, activity_changes
from registry.record.loader import Register, load_register
from registry.reports.changes import KINDS, Changes, referred, say_kind
from registry.reports.errors import ReportError
from registry.reports.provenance import say_moment
from registry.versioning.export_log import Door

PER_PAGE = 50


class ComparisonForm(forms.Form):
    """Which two moments, and whose register."""

    since = MomentField(label=_("From"), help_text=_("The earlier moment."))
    until = MomentField(label=_("To"), required=False, help_text=_("Leave empty for now."))
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=models.Organisation.objects.filter(is_own=True).order_by("name"),
        required=False,
        empty_label=_("All organisations"),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a later moment that isn't later."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _t("The later moment lies before the earlier one. Exchange them."))
        return cleaned

    def load(self) -> tuple[Register, Register] | None:
        """Return both registers; None, with an error on the form, where the organisation was in neither.

        An organisation that wasn't there at the earlier moment had nothing then.
        """
        organisation = self.cleaned_data["organisation"]
        owner = organisation.pk if organisation else None
        old = load_register(as_at=self.cleaned_data["since"])
        try:
            new = load_register(as_at=self.cleaned_data["until"], organisation=owner)
        except LookupError:
            self.add_error("organisation", _t("It was not in the register yet. Choose a later moment."))
            return None
        return (old if owner is None else old.of_organisation(owner)), new


@dataclass(frozen=True)
class Entry:
    """An activity that differs, as the page shows it."""

    change: ActivityChange
    word: str
    shown: list[versions.Shown]
    referred: list[dict[str, Any]]
    sets: tuple[models.ChangeSet, ...]


@dataclass(frozen=True)
class Organisation:
    """An organisation that differs, and how many activities name it, as the page shows it."""

    entry: EntryChange
    number: int
    shown: list[versions.Shown]
    sets: tuple[models.ChangeSet, ...]


@require_safe
def register_comparison(request: HttpRequest) -> HttpResponse:
    """Return the page: the two moments to choose, and what lies between them where they are chosen."""
    viewed_activities(request)
    if not request.GET.get("since"):
        return _answer(request, {"form": ComparisonForm(initial=_given(request)), "usual": _usual()})
    form = ComparisonForm(request.GET)
    pair = form.load() if form.is_valid() else None
    if pair is None:
        return _answer(request, {"form": form}, status=400)
    old, new = pair
    found = Changes(old, new, list(activity_changes(old, new)), {})
    page = Paginator(found.activities, PER_PAGE).get_page(request.GET.get("p"))
    touched = authors(page.object_list, old.change_set, new.change_set)
    kept = {
        "since": iso(form.cleaned_data["since"]),
        "until": iso(form.cleaned_data["until"]),
        "organisation": new.organisation.pk if new.organisation else "",
    }
    context = {
        "form": form,
        "old": old,
        "new": new,
        "since": say_moment(old.as_at),
        "until": say_moment(new.as_at),
        "since_iso": kept["since"],
        "until_iso": kept["until"],
        "counts": [
            (some if len(found.of(kind)) != 1 else one, len(found.of(kind))) for kind, (one, some, _) in KINDS.items()
        ],
        "organisations": _organisations(found),
        "entries": [_entry(change, touched.get(change.pk, ())) for change in page.object_list],
        "page_obj": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
        "kept": urlencode(kept),
        "may_open_sets": request.user.has_perm("registry.view_changeset"),  # type: ignore[union-attr]  # the site's guard
    }
    return _answer(request, context)


@require_safe
def comparison_download(request: HttpRequest, extension: str) -> HttpResponseBase:
    """Return the changes between the two moments in a format."""
    viewed_activities(request)
    form = ComparisonForm(request.GET)
    if not form.is_valid():
        return _answer(request, {"form": form}, status=400)
    since, until, organisation = (form.cleaned_data[key] for key in ("since", "until", "organisation"))
    owner = organisation.pk if organisation else None
    try:
        parameters = asked(request, "changes", extension, since=since, as_at=until, organisation=owner)
        return download(request, parameters, Door.COMPARISON)
    except ReportError as error:
        form.add_error(error.parameter, error.message)
        return _answer(request, {"form": form}, status=400)


def _usual() -> list[tuple[str, str]]:
    """Return the periods that are asked for most, by their words and the address of their comparison with now."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    begins: list[tuple[str, datetime]] = [
        (_t("Since yesterday morning"), today - timedelta(days=1)),
        (_t("The last seven days"), today - timedelta(days=7)),
        (_t("Since the first of this month"), today.replace(day=1)),
        (_t("Since the first of January"), today.replace(month=1, day=1)),
        (_t("The last 365 days"), today - timedelta(days=365)),
    ]
    return [(words, f"?{urlencode({'since': iso(begin)})}") for words, begin in begins]


def _given(request: HttpRequest) -> dict[str, Any]:
    return {key: request.GET[key] for key in ("until", "organisation") if request.GET.get(key)}


def _organisations(found: Changes) -> list[Organisation]:
    """Return the organisations that differ. They are told once, as in the report, and not with each activity."""
    pks = [entry.pk for entry, _number in found.organisations]
    touched = authors_of(ORGANISATION, pks, found.old.change_set, found.new.change_set)
    return [
        Organisation(entry, number, versions.show(entry.differences, brief=True), touched.get(entry.pk, ()))
        for entry, number in found.organisations
    ]


def _entry(change: ActivityChange, sets: tuple[models.ChangeSet, ...]) -> Entry:
    entries = [
        {
            "kind": capfirst(getattr(models, entry.model)._meta.verbose_name),
            "name": entry.name,
            "changes": versions.show(entry.differences, brief=True),
        }
        for entry in referred(change)
    ]
    return Entry(change, say_kind(change.kind), versions.show(change.differences, brief=True), entries, sets)


def _answer(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": _t("Comparison of two moments"), **context}
    return TemplateResponse(request, "admin/register_comparison.html", context, status=status)


def urls(wrap: Callable[..., Any]) -> list[Any]:
    """Return the addresses of the page and its downloads; ``wrap`` is the site's own guard of its views."""
    return [
        path("comparison/", wrap(register_comparison), name="register_comparison"),
        path("comparison/<str:extension>/", wrap(comparison_download), name="register_comparison_download"),
    ]


admin.site.extra_urls.append(urls)  # type: ignore[attr-defined]  # our own site, see ropa.admin
