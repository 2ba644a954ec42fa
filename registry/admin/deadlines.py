"""The screen of deadlines, and the calendar of them that other programs subscribe to."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language, override, pgettext_lazy
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from registry.models import CalendarAddress
from registry.reminders.addresses import page_of
from registry.reminders.calendar import as_calendar
from registry.reminders.deadlines import (
    AHEAD,
    KIND,
    KINDS,
    Deadline,
    DeadlineKind,
    admits,
    by_kind,
    deadlines,
    horizon,
    kinds_for,
)

PER_PAGE = 100
PERIODS = (0, 30, AHEAD, 90, 180, 365)
"""How many days ahead one can look."""

IN_CALENDAR = 400
"""How many days ahead a calendar looks."""

SHOWN_ONCE = "calendar_address"
"""Where the session keeps a new address until it has been shown."""

LANGUAGE = "language"
"""The part of a calendar's address that names its language."""

NOTED_EVERY = timedelta(hours=1)
"""How often it is noted that a calendar was asked for."""


def _period(days: int) -> str:
    return _t("overdue only") if days == 0 else _t("up to %(days)d days ahead") % {"days": days}


class DeadlineForm(forms.Form):
    """How far to look ahead, and for what."""

    days = forms.TypedChoiceField(
        label=pgettext_lazy("how far ahead deadlines are shown", "Period"),
        coerce=int,
        empty_value=AHEAD,
        required=False,
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    mine = forms.BooleanField(label=_("Only what I own"), required=False)

    def __init__(self, *args: Any, kinds: Sequence[DeadlineKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, label_suffix="")
        self.fields["days"].choices = [(days, _period(days)) for days in PERIODS]  # type: ignore[attr-defined]
        offered = [(kind.key, str(kind.label)) for kind in kinds]
        self.fields["kind"].choices = [("", _t("every kind")), *offered]  # type: ignore[attr-defined]
        if len(kinds) < len(KINDS):  # who doesn't see the records isn't told whose they are
            del self.fields["mine"]


def _seen_by(request: HttpRequest) -> tuple[DeadlineKind, ...]:
    """Return the kinds that the person may see; who may see none gets no page."""
    kinds = kinds_for(request.user)
    if not kinds:
        raise PermissionDenied
    return kinds


@require_safe
def deadlines_page(request: HttpRequest) -> HttpResponse:
    """Return the page: what is overdue, what falls due, and the person's own calendar address."""
    kinds = _seen_by(request)
    form = DeadlineForm({"days": AHEAD, **request.GET.dict()}, kinds=kinds)
    chosen = form.cleaned_data if form.is_valid() else {"days": AHEAD, "kind": ""}
    found = deadlines(horizon(chosen["days"]), owner=request.user if chosen.get("mine") else None, kinds=kinds)
    today = timezone.localdate()
    if chosen["days"] == 0:
        found = [one for one in found if one.is_overdue(today)]
    tally = by_kind(found)
    if chosen["kind"]:
        found = [one for one in found if one.kind == chosen["kind"]]
    secret = request.session.pop(SHOWN_ONCE, "")
    context = {
        **admin.site.each_context(request),
        "title": _t("Deadlines"),
        "form": form,
        "tally": [(kind.label, tally[kind.key], _only(request, kind.key)) for kind in kinds],
        "page": Paginator([_shown(one, today) for one in found], PER_PAGE).get_page(request.GET.get("page")),
        "kept": _kept(request),
        "calendar": CalendarAddress.objects.filter(user=request.user).first(),
        "new_address": _address(request, secret) if secret else "",
    }
    return TemplateResponse(request, "admin/deadlines.html", context, status=400 if form.errors else 200)


def _address(request: HttpRequest, secret: str) -> str:
    """Return the address of a calendar in the language in force: calendar programs ask for none, or for their own."""
    address = reverse("admin:calendar", args=[secret])
    return request.build_absolute_uri(f"{address}?{urlencode({LANGUAGE: get_language()})}")


def _shown(deadline: Deadline, today: Any) -> dict[str, Any]:
    kind = KIND[deadline.kind]
    return {
        "day": deadline.day,
        "overdue": deadline.is_overdue(today),
        "kind": kind.label,
        "name": deadline.name,
        "remedy": kind.remedy,
        "url": page_of(deadline),
    }


def _only(request: HttpRequest, kind: str) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    query["kind"] = kind
    return f"?{query.urlencode()}"


def _kept(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


@require_POST
def calendar_address(request: HttpRequest) -> HttpResponse:
    """Make the person's calendar address, or take it back; then return to the page."""
    _seen_by(request)
    if request.POST.get("do") == "make":
        request.session[SHOWN_ONCE] = CalendarAddress.make(request.user)
        said = _t("The calendar has a new address. It is shown once, below; an earlier one has ended.")
    else:
        ended, _rows = CalendarAddress.objects.filter(user=request.user).delete()
        said = _t("The calendar's address has ended.") if ended else _t("There was no address.")
    messages.success(request, said)
    return HttpResponseRedirect(reverse("admin:deadlines") + "#calendar")


calendar_address.opens_own_change_set = True  # type: ignore[attr-defined]  # nothing of the register is written


@never_cache
@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """Return the calendar with this secret, of what its person may see now; none where it has ended."""
    address = CalendarAddress.of(secret)
    kinds = kinds_for(address.user) if address is not None and admits(address.user) else ()
    if address is None or not kinds:
        raise Http404(_t("This calendar address has ended. Make a new one under Deadlines."))
    now = timezone.now()
    if address.last_used_at is None or now - address.last_used_at > NOTED_EVERY:
        CalendarAddress.objects.filter(pk=address.pk).update(last_used_at=now)
    asked = request.GET.get(LANGUAGE, "")
    with override(asked) if asked in dict(settings.LANGUAGES) else nullcontext():
        site = f"{request.scheme}://{request.get_host()}"
        content = as_calendar(deadlines(horizon(IN_CALENDAR), kinds=kinds), produced_at=now, site=site)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


def urls(wrap: Callable[..., Any]) -> list[Any]:
    """Return the addresses of the screen; ``wrap`` is the site's own guard of its views.

    The calendar stands outside that guard: its secret is the key, since calendar programs can't log in.
    """
    return [
        path("deadlines/", wrap(deadlines_page), name="deadlines"),
        path("deadlines/calendar/", wrap(calendar_address), name="calendar_address"),
        path("calendar/<str:secret>.ics", calendar, name="calendar"),
    ]


admin.site.extra_urls.append(urls)  # type: ignore[attr-defined]  # our own site, see ropa.admin
