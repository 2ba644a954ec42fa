"""Audits, findings, reviews of recipients and trainings, as they were known at a change set."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from registry import models
from registry.record.activity import label_of
from registry.record.assurance import AuditRecord, FindingRecord, RecipientReviewRecord, TrainingRecord
from registry.record.building import Entries
from registry.record.loader import newest
from registry.record.versions import freezer


class ActivityName(NamedTuple):
    """What an activity was called at a change set: the key of its organisation, its reference there, and its name."""

    organisation: int
    reference: str
    name: str

    @property
    def label(self) -> str:
        """Reference and name."""
        return label_of(self.reference, self.name)


def load_activity_names(change_set: int, pks: Iterable[int]) -> dict[int, ActivityName]:
    """Return by key what these activities were called as at a change set: one query. Deleted ones are left out."""
    found = newest(models.ProcessingActivity, change_set).filter(id__in=sorted(set(pks)))
    rows = found.values_list("id", "organisation_id", "reference", "name")
    return {pk: ActivityName(owner, reference, name) for pk, owner, reference, name in rows}


def load_audits(change_set: int, entries: Entries) -> tuple[AuditRecord, ...]:
    """Return every audit, the first planned first: one query. ``entries`` are those of the register then."""
    found: list[AuditRecord] = _load(models.Audit, change_set, entries)
    return tuple(sorted(found, key=lambda one: (_day(one.planned_on or one.started_on or one.completed_on), one.pk)))


def load_findings(change_set: int, entries: Entries) -> tuple[FindingRecord, ...]:
    """Return every finding, in the order in which they were written down: one query."""
    return tuple(_load(models.Finding, change_set, entries))


def load_recipient_reviews(change_set: int, entries: Entries) -> tuple[RecipientReviewRecord, ...]:
    """Return every review of a recipient, the first first: one query."""
    found: list[RecipientReviewRecord] = _load(models.RecipientReview, change_set, entries)
    return tuple(sorted(found, key=lambda one: (_day(one.reviewed_on), one.pk)))


def load_trainings(change_set: int, entries: Entries) -> tuple[TrainingRecord, ...]:
    """Return every training, the first held first, planned ones last: one query."""
    found: list[TrainingRecord] = _load(models.Training, change_set, entries)
    return tuple(sorted(found, key=lambda one: (_day(one.held_on or one.next_on), one.pk)))


def _load(model: type[Any], change_set: int, entries: Entries) -> list[Any]:
    freeze = freezer(model, entries)
    return [freeze(text) for text in newest(model, change_set).order_by("id").values_list("content", flat=True)]


def _day(day: Any) -> str:
    """Return what days are sorted by; what has none comes last."""
    return day.isoformat() if day is not None else "9999"
