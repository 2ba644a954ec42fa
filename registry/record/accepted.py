"""The accepted gaps as they were known at a change set."""

from registry import models
from registry.record.acceptance import AcceptanceRecord
from registry.record.loader import newest
from registry.record.versions import freezer


def load_acceptances(change_set: int) -> tuple[AcceptanceRecord, ...]:
    """Return every decision to live with a gap, the earliest first, those that have run out among them: one query."""
    freeze = freezer(models.GapAcceptance)
    versions = newest(models.GapAcceptance, change_set).order_by("id")
    return tuple(freeze(text) for text in versions.values_list("content", flat=True))
