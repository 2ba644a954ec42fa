"""Letters that tell people what falls due: privacy officers of everything, owners of what is theirs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from registry.models import ReminderSent
from registry.reminders.addresses import absolute, page_of
from registry.reminders.deadlines import KINDS, Deadline, admits, deadlines

OFFICER = "registry.change_processingactivity"
"""Whoever may change every record is told of every deadline."""

REVIEWER = "registry.change_segment"
"""Whoever may note reviews of segments is told of those and of the consents behind them, in all activities."""

_OF_REVIEWERS = ("segment", "consent")

MOST = 50
"""How many deadlines of a kind a letter names; the others are counted."""


@dataclass(frozen=True)
class Letter:
    """A letter to a person, before it is sent."""

    user: Any
    subject: str
    body: str
    number: int


def is_on() -> bool:
    """Return whether letters can be sent: a mail server is set."""
    return bool(settings.EMAIL_HOST)


def letters(on: date, until: date) -> Iterator[Letter]:
    """Yield a letter for each person who has an address and for whom something is overdue or falls due up to ``until``.

    Whoever has been written to on the day ``on`` is left out.
    """
    people = get_user_model().objects.filter(is_active=True).exclude(email="").order_by("pk")
    written = set(ReminderSent.objects.filter(day=on).values_list("user_id", flat=True))
    everything: list[Deadline] | None = None
    for user in people:
        if user.pk in written:
            continue
        if admits(user) and user.has_perm(OFFICER):
            if everything is None:
                everything = deadlines(until)
            found = everything
        else:
            shared = _OF_REVIEWERS if admits(user) and user.has_perm(REVIEWER) else ()
            found = deadlines(until, owner=user, of_everybody=shared)
        if found:
            yield Letter(user, _subject(found, on), _body(found, on), len(found))


def send(letter: Letter, on: date) -> bool:
    """Send a letter and note it; False where another process has written to the person on that day.

    The note is taken back where the letter could not be handed over: the error passes on. The mail server is reached
    before the note is begun, since nobody can write to SQLite while it isn't ended.
    """
    with get_connection() as server, transaction.atomic():
        _, is_new = ReminderSent.objects.get_or_create(user=letter.user, day=on)
        if is_new:
            EmailMessage(letter.subject, letter.body, to=[letter.user.email], connection=server).send()
    return is_new


def _subject(found: list[Deadline], on: date) -> str:
    overdue = sum(one.is_overdue(on) for one in found)
    said = ngettext("Register: %(count)d deadline", "Register: %(count)d deadlines", len(found)) % {"count": len(found)}
    return said + (_t(", %(overdue)d overdue") % {"overdue": overdue} if overdue else "")


def _body(found: list[Deadline], on: date) -> str:
    lines = [_t("What is overdue or falls due in the register of processing activities:"), ""]
    for kind in KINDS:
        some = [one for one in found if one.kind == kind.key]
        if not some:
            continue
        lines += [f"{kind.label} ({len(some)})", str(kind.remedy), ""]
        for one in some[:MOST]:
            mark = _t(" (overdue)") if one.is_overdue(on) else ""
            lines.append(f"- {date_format(one.day)}{mark}: {' '.join(one.name.split())}")
            if settings.SITE_URL:
                lines.append(f"  {absolute(page_of(one))}")
        if len(some) > MOST:
            lines.append(_t("- and %(count)d more") % {"count": len(some) - MOST})
        lines.append("")
    lines.append(_t("You are told because you keep the register, review its segments or own one of its activities."))
    return "\n".join(lines)
