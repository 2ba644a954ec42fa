"""The register, and one activity, as they were at a past moment: pages that only read, under addresses to pass on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from registry.admin.moments import MomentField
from registry.admin.reports import viewed_activities
from registry.models import ChangeSet, ProcessingActivity
from registry.record.activity import ActivityRecord
from registry.record.definition import facts
from registry.record.loader import Register, load_register
from registry.record.searching import search
from registry.record.words import say
from registry.reports import organisations, summary
from registry.reports.as_html import show_section
from registry.reports.card import make_card
from registry.reports.document import Line, Section
from registry.reports.provenance import SHORT_HEAD, say_moment

PER_PAGE = 50
_FACTS = facts(ActivityRecord)


class AsAtForm(forms.Form):
    """Which moment, and which words to look for."""

    as_at = MomentField(label=_("As at"), required=False)
    q = forms.CharField(label=_("Search"), required=False, widget=forms.TextInput(attrs={"type": "search"}))


class ActivityAsAtForm(forms.Form):
    """Which moment."""

    as_at = MomentField(label=_("As at"), required=False)


@dataclass(frozen=True)
class Row:
    """An activity in the list, in words."""

    record: ActivityRecord
    unit: str
    role: str
    legal_bases: str
    transfers: str
    status: str


@require_safe
def register_as_at(request: HttpRequest) -> HttpResponse:
    """Return the list of activities as they were at the moment of the address, now where it names none."""
    viewed_activities(request)
    form = AsAtForm(request.GET)
    if not form.is_valid():
        return _answer(request, "admin/as_at.html", {"title": _t("The register as at a moment"), "form": form}, 400)
    moment, words = form.cleaned_data["as_at"], form.cleaned_data["q"]
    whole = load_register(as_at=moment)
    register = search(whole, words)
    page = Paginator(register.index, PER_PAGE).get_page(request.GET.get("p"))
    rows = [_row(record) for record in register.in_order(pk for pk, _version in page.object_list)]
    context = {
        "title": _t("The register as at a moment"),
        "form": form,
        "headings": {key: _FACTS[key].title for key in ("reference", "name", "unit", "role", "transfers", "status")},
        "with_organisation": sum(one.is_own for one in whole.organisations.values()) > 1,
        "rows": rows,
        "page_obj": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
        "kept": urlencode({"as_at": iso(moment), "q": words}),
        "total": len(whole),
        "download": f"{reverse('admin:reports_register')}?{urlencode({'as_at': iso(moment)})}",
        **banner(whole, moment, reverse("admin:registry_processingactivity_changelist")),
    }
    return _answer(request, "admin/as_at.html", context)


@require_safe
def activity_as_at(request: HttpRequest, pk: int) -> HttpResponse:
    """Return one activity as it was at the moment of the address, with all that it referred to as it was then."""
    model_admin = viewed_activities(request)
    if not model_admin.model.history.filter(id=pk).exists():  # type: ignore[attr-defined]
        raise Http404(_t("There is no processing activity with the key %(key)d.") % {"key": pk})
    form = ActivityAsAtForm(request.GET)
    exists = ProcessingActivity.objects.filter(pk=pk).exists()
    context: dict[str, Any] = {"pk": pk, "form": form, "exists": exists, "title": _t("Activity as at a moment")}
    if not form.is_valid():
        return _answer(request, "admin/as_at_activity.html", context, 400)
    moment = form.cleaned_data["as_at"]
    register = load_register(as_at=moment).only([pk])
    record = next(register.activities(), None)
    now = reverse("admin:registry_processingactivity_change", args=[pk]) if exists else ""
    context |= banner(register, moment, now)
    if record is not None:
        card = make_card(record, register.unrecorded.get(pk, frozenset()))
        context |= {
            "title": record.label,
            "record": record,
            "card": card,
            "sections": [show_section(section) for section in (_whose(record), *card.sections)],
        }
    return _answer(request, "admin/as_at_activity.html", context, 200 if record else 404)


def iso(moment: datetime | None) -> str:
    """Return a moment as it stands in an address, the same whatever the reader's zone; empty for now."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else ""


def banner(register: Register, moment: datetime | None, now_url: str) -> dict[str, Any]:
    """Return what the banner above a page says of the register: the moment, the change set, the head of the chain."""
    first = ChangeSet.objects.order_by("sequence").values_list("made_at", flat=True).first()
    return {
        "as_at": iso(moment),
        "moment": say_moment(register.as_at) if moment else "",
        "number": register.change_set,
        "head": register.head,
        "short_head": register.head[:SHORT_HEAD],
        "first": say_moment(first) if first and not register.change_set else "",
        "now_url": now_url,
    }


def _row(record: ActivityRecord) -> Row:
    unit, role, status = (say(_FACTS[key], getattr(record, key)) for key in ("unit", "role", "status"))
    return Row(record, unit, role, summary.legal_bases(record), summary.third_countries(record), status)


def _whose(record: ActivityRecord) -> Section:
    lines = tuple(Line(label, value) for label, value in organisations.identity(record.organisation))
    return Section(_FACTS["organisation"].title, "", lines)


def _answer(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    context = {**admin.site.each_context(request), **context}
    return TemplateResponse(request, template, context, status=status)


def urls(wrap: Callable[..., Any]) -> list[Any]:
    """Return the addresses of both pages; ``wrap`` is the site's own guard of its views."""
    return [
        path("as-at/", wrap(register_as_at), name="as_at"),
        path("as-at/<int:pk>/", wrap(activity_as_at), name="as_at_activity"),
    ]


admin.site.extra_urls.append(urls)  # type: ignore[attr-defined]  # our own site, see ropa.admin
