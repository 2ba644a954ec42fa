"""The trend of gaps: how many there were on past days, drawn and as a table, and further days to count."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from registry.admin.activity_gaps import SHAPES
from registry.admin.jobs import job_url
from registry.admin.pickers import Day
from registry.admin.reports import viewed_activities
from registry.compliance.gap import Severity
from registry.models import GapCount
from registry.standing.refresh import RULES, refresh
from registry.standing.trend import ask_for_days, count_day, first_day, missing_days, takes_long

ALL_OF_THE_LAST = 100
"""So many points are all shown; of earlier ones the last of each month."""


@dataclass(frozen=True)
class Point:
    """A day of the trend as the page shows it; ``url`` is where its gaps are told one by one."""

    count: GapCount
    url: str
    is_of_other_rules: bool

    @property
    def numbers(self) -> list[tuple[str, int]]:
        """The numbers by the keys of the columns."""
        return [(key, getattr(self.count, key)) for key, _shape, _label in COLUMNS]


COLUMNS = (*((one.value, SHAPES[one], one.label) for one in Severity), ("accepted", "□", _("Accepted")))
"""The lines of the picture: key, shape and word."""


class DayForm(forms.Form):
    """A day to count."""

    day = forms.DateField(label=_("Day"), widget=Day, help_text=_("The register is checked as it was at its end."))

    def __init__(self, begun: date | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, label_suffix="")
        self.begun = begun

    def clean_day(self) -> date:
        """Refuse days that haven't come, and days before the register was begun."""
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_t("This day hasn’t come. Choose today or an earlier one."))
        if self.begun is None or day < self.begun:
            raise forms.ValidationError(_t("The register wasn’t begun yet on this day. Choose a later one."))
        return day


@require_http_methods(["GET", "HEAD", "POST"])
def trend_page(request: HttpRequest) -> HttpResponse:
    """Return the trend; by POST days are counted, at once or by a worker. Nothing of the register is written."""
    viewed_activities(request)
    unchecked = refresh()
    today, begun = timezone.localdate(), first_day()
    missing, outdated = missing_days(today, begun), _outdated(today, begun)
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    form = DayForm(begun, request.POST if asked == "day" else None)
    if asked == "months" and missing:
        return _counted(request, missing)
    if asked == "anew" and outdated:
        return _counted(request, outdated)
    if asked == "day" and form.is_valid():
        return _counted(request, [form.cleaned_data["day"]])
    points = [_point(count, today) for count in thinned(list(GapCount.objects.order_by("day")))]
    context = {
        **admin.site.each_context(request),
        "title": _t("Trend of gaps"),
        "columns": COLUMNS,
        "points": points,
        "latest_first": points[::-1],
        "missing": missing,
        "outdated": outdated,
        "form": form,
        "unchecked": unchecked,
    }
    return TemplateResponse(request, "admin/trend.html", context, status=400 if form.errors else 200)


trend_page.opens_own_change_set = True  # type: ignore[attr-defined]  # nothing of the register is written


def thinned(counts: Sequence[GapCount]) -> list[GapCount]:
    """Return the last points all, and of earlier ones the last of each month."""
    early, late = counts[:-ALL_OF_THE_LAST], counts[-ALL_OF_THE_LAST:]
    months = {(count.day.year, count.day.month): count for count in early}
    return [*months.values(), *late]


def _outdated(today: date, begun: date | None) -> list[date]:
    """Return the days that were counted under earlier rules; today is counted anew by itself."""
    found = GapCount.objects.exclude(rules=RULES).exclude(day=today).filter(day__gte=begun or today)
    return list(found.order_by("day").values_list("day", flat=True))


def _point(count: GapCount, today: date) -> Point:
    page = reverse("admin:gaps")
    if count.day != today:
        page = f"{reverse('admin:report', args=['gaps'])}?{urlencode({'as_at': count.day.isoformat()})}"
    return Point(count, page, count.rules != RULES)


def _counted(request: HttpRequest, days: Sequence[date]) -> HttpResponse:
    page = reverse("admin:trend")
    if takes_long(days):
        job = ask_for_days(days, by=request.user)
        job.leads_to = page
        job.save(update_fields=["leads_to"])
        return HttpResponseRedirect(job_url(job))
    for day in days:
        count_day(day)
    said = ngettext("%(number)d day was counted.", "%(number)d days were counted.", len(days))
    messages.success(request, said % {"number": len(days)})
    return HttpResponseRedirect(page)


def urls(wrap: Callable[..., Any]) -> list[Any]:
    """Return the address of the page; ``wrap`` is the site's own guard of its views."""
    return [path("trend/", wrap(trend_page), name="trend")]


admin.site.extra_urls.append(urls)  # type: ignore[attr-defined]  # our own site, see ropa.admin
