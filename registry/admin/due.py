"""Filters by a day that something is due: overdue, soon, later, or no day stated."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from registry.admin.declared import declared
from registry.reference.activity import ActivityStatus
from registry.reminders.deadlines import AHEAD


class DueFilter(admin.SimpleListFilter):
    """When the day in ``column`` comes."""

    column = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the stretches of time that matter."""
        return [
            ("due", _("Due or overdue")),
            ("soon", _t("In the next %(days)d days") % {"days": AHEAD}),
            ("later", _("Later")),
            ("open", _("No day stated")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the rows whose day lies there."""
        today = timezone.localdate()
        ahead = today + timedelta(days=AHEAD)
        chosen = {
            "due": {f"{self.column}__lte": today},
            "soon": {f"{self.column}__gt": today, f"{self.column}__lte": ahead},
            "later": {f"{self.column}__gt": ahead},
            "open": {self.column: None},
        }
        if self.value() in {"due", "soon"} and hasattr(queryset.model, "activity"):
            queryset = queryset.exclude(activity__status=ActivityStatus.RETIRED)  # nobody renews what is over
        return queryset.filter(**chosen.get(self.value() or "", {}))


def due_by(model: type[Any], key: str) -> type[DueFilter]:
    """Return the filter by the day that the declared fact ``key`` states."""
    attributes = {"column": key, "parameter_name": key, "title": _(declared(model)[key].label)}
    return type(f"Due_{key}", (DueFilter,), attributes)


def short_day(day: Any) -> str:
    """Return a day in short words."""
    return date_format(day, "SHORT_DATE_FORMAT") if day else "–"


def said_day(day: Any) -> str:
    """Return a day in short words, marked where it has come."""
    shown = short_day(day)
    if day is None or day > timezone.localdate():
        return shown
    mark = '<span class="state state-due"><span aria-hidden="true">▲</span> {} {}</span>'
    return format_html(mark, shown, _t("due"))
