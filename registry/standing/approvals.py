"""Which records a change set approved, and what is critical or serious in them now: an import approves them unseen."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from registry import models
from registry.compliance.gap import Severity
from registry.reference.activity import ActivityStatus

GRAVE = (Severity.CRITICAL, Severity.SERIOUS)
NAMED = 20
"""How many records are named."""


@dataclass(frozen=True)
class ApprovedWithGaps:
    """How many records a change set approved that have such gaps, the first of them, and how many gaps of each kind."""

    records: int
    named: tuple[models.ProcessingActivity, ...]
    counts: tuple[tuple[Severity, int], ...]

    @property
    def others(self) -> int:
        """How many records aren't named."""
        return self.records - len(self.named)


def approved_in(change_set: int) -> "QuerySet[Any, Any]":
    """Return the keys of the records that a change set approved: those that were not approved before it."""
    history = models.ProcessingActivity.history.model.objects
    before = history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by("-history_id")
    approved = history.filter(change_set_id=change_set, status=ActivityStatus.APPROVED).exclude(history_type="-")
    former = approved.order_by().annotate(former=Subquery(before.values("status")[:1]))
    found: QuerySet[Any, Any] = former.filter(Q(former__isnull=True) | ~Q(former=ActivityStatus.APPROVED)).values("id")
    return found


def approved_with_gaps(change_set: int) -> ApprovedWithGaps:
    """Return what is critical or serious, open and known in the records that a change set approved and that still are.

    Three queries, however many they are. The derived rows have to be fresh: see ``refresh``.
    """
    found = grave_gaps_of(change_set)
    counted = dict(found.order_by().values_list("rank").annotate(number=Count("pk")))
    whose = models.ProcessingActivity.objects.filter(pk__in=found.order_by().values("activity"))
    named = tuple(whose.order_by(F("reference").asc(nulls_first=True), "pk")[:NAMED])
    counts = tuple((one, counted[one.rank]) for one in GRAVE if one.rank in counted)
    return ApprovedWithGaps(whose.count() if len(named) == NAMED else len(named), named, counts)


def grave_gaps_of(change_set: int) -> "QuerySet[models.FoundGap]":
    """Return the open critical and serious gaps of the records that a change set approved and that are approved now."""
    return models.FoundGap.objects.filter(
        is_accepted=False,
        rank__in=[one.rank for one in GRAVE],
        activity__status=ActivityStatus.APPROVED,
        activity__in=approved_in(change_set),
    )
