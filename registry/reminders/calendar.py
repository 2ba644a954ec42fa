"""Deadlines as a calendar that other programs subscribe to (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _t
from icalendar import Alarm, Calendar, Event

from registry.reminders.addresses import absolute, page_of
from registry.reminders.deadlines import KIND, Deadline

REFRESHED = timedelta(hours=12)
"""How often a subscriber is asked to look again."""

WARNED = timedelta(days=7)
"""How long before the day the calendar reminds of it."""


def as_calendar(found: Iterable[Deadline], *, produced_at: datetime, site: str) -> bytes:
    """Return a calendar with one whole-day event for each deadline. The same deadlines give the same events.

    ``site`` is scheme and host of the register; its address is part of each event, and of the event's identity.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Register of processing activities//{settings.REGISTRY_VERSION}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _t("Register of processing activities"))
    calendar.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
    for deadline in found:
        calendar.add_component(_event(deadline, produced_at, site))
    content: bytes = calendar.to_ical()
    return content


def _event(deadline: Deadline, produced_at: datetime, site: str) -> Event:
    kind = KIND[deadline.kind]
    event = Event()
    event.add("uid", identity(deadline, site))
    event.add("dtstamp", produced_at)
    event.add("dtstart", deadline.day)
    event.add("dtend", deadline.day + timedelta(days=1))
    event.add("summary", f"{kind.label}: {deadline.name}")
    event.add("description", str(kind.remedy))
    event.add("url", absolute(page_of(deadline), site=site))
    event.add("transp", "TRANSPARENT")
    event.add("categories", [str(kind.label)])
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{kind.label}: {deadline.name}")
    alarm.add("trigger", -WARNED)
    event.add_component(alarm)
    return event


def identity(deadline: Deadline, site: str) -> str:
    """Return what makes the event itself: it stays the same when the day moves, so that calendars move it too."""
    host = site.partition("://")[2] or "register"
    about = deadline.pk if deadline.pk is not None else deadline.narrowed
    about = about if deadline.row is None else f"{about}-{deadline.row}"
    return f"{deadline.kind}-{deadline.model}-{about}@{host}"
