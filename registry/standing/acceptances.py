"""Accepted gaps: which hold on a day, accepting one, and ending an acceptance before its day."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _t

from registry import models
from registry.compliance.accepted import Accepted
from registry.compliance.gap import Gap
from registry.record.loader import newest
from registry.record.versions import freezer
from registry.versioning.account import name_of

LONGEST = timedelta(days=732)
"""The farthest end: what is accepted for longer than two years is not accepted but forgotten."""


def in_force(change_set: int, on: date) -> Accepted:
    """Return what is accepted on that day, as the register knew it at a change set: one query."""
    freeze = freezer(models.GapAcceptance)
    versions = newest(models.GapAcceptance, change_set).filter(valid_until__gte=on).order_by("id")
    return Accepted(map(freeze, versions.values_list("content", flat=True)), on)


def accept(gap: Gap, *, record: str, by: Any, reason: str, until: date) -> models.GapAcceptance:
    """Accept a gap until a day; one that is accepted already gets the new reason and day. Within a change set. It
    covers what the gap names now: where it comes to name more, it is open again.

    ``record`` is what the record is called. Raises ValidationError (by field) for an empty reason, a day that has
    passed, and one that lies more than two years ahead.
    """
    today = timezone.localdate()
    problems: dict[str, str] = {}
    if not reason.strip():
        problems["reason"] = _t("Say why the gap can be lived with, and what is done meanwhile.")
    if until < today:
        problems["valid_until"] = _t("This day has passed. Choose today or a later one.")
    elif until > today + LONGEST:
        problems["valid_until"] = _t("This lies more than two years ahead. Choose an earlier day; it can be renewed.")
    if problems:
        raise ValidationError(problems)
    accepted = running(gap.id, today) or models.GapAcceptance(gap=gap.id)
    accepted.record = record[:400]
    accepted.sentence = gap.what
    accepted.reason = reason.strip()
    accepted.accepted_by = name_of(by)[:200]
    accepted.accepted_on = today
    accepted.valid_until = until
    accepted.covers = "\n".join(sorted(gap.named))
    accepted.save()
    return accepted


def running(gap: str, on: date) -> models.GapAcceptance | None:
    """Return the acceptance of the gap with this id that holds on that day, None where there is none."""
    found = models.GapAcceptance.objects.filter(gap=gap, accepted_on__lte=on, valid_until__gte=on)
    newest: models.GapAcceptance | None = found.order_by("-pk").first()
    return newest


def running_of(gaps: Collection[str], on: date) -> dict[str, models.GapAcceptance]:
    """Return by the id of the gap the acceptances of several that hold on that day: one query, or none for none."""
    if not gaps:
        return {}
    found = models.GapAcceptance.objects.filter(gap__in=gaps, accepted_on__lte=on, valid_until__gte=on)
    return {one.gap: one for one in found.order_by("pk")}


def end(accepted: models.GapAcceptance) -> None:
    """End an acceptance: from now on the gap is open again. Within a change set.

    One of today is dated back whole, since its last day would otherwise be today.
    """
    yesterday = timezone.localdate() - timedelta(days=1)
    accepted.accepted_on = min(accepted.accepted_on, yesterday)
    accepted.valid_until = yesterday
    accepted.save()
