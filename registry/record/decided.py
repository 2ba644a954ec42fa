"""What people have decided about gaps and changes, as it was known at a change set."""

from registry import models
from registry.record.acceptance import AcceptanceRecord
from registry.record.consequence import ConsequenceRecord
from registry.record.loader import newest
from registry.record.versions import freezer
from registry.reference.requirements import Requirement, Settlement


def load_acceptances(change_set: int) -> tuple[AcceptanceRecord, ...]:
    """Return every decision to live with a gap, the earliest first, those that have run out among them: one query."""
    freeze = freezer(models.GapAcceptance)
    versions = newest(models.GapAcceptance, change_set).order_by("id")
    return tuple(freeze(text) for text in versions.values_list("content", flat=True))


def load_open_notices(change_set: int) -> dict[int, tuple[ConsequenceRecord, ...]]:
    """Return by record what its notice still has to say after a change, the earliest first: one query."""
    freeze = freezer(models.ChangeConsequence)
    versions = newest(models.ChangeConsequence, change_set).order_by("id")
    unsettled = versions.filter(settlement=Settlement.OPEN, requirement=Requirement.NOTICE, entry="")
    found: dict[int, list[ConsequenceRecord]] = {}
    for text in unsettled.values_list("content", flat=True):
        one: ConsequenceRecord = freeze(text)
        found.setdefault(one.record_key, []).append(one)
    return {pk: tuple(some) for pk, some in found.items()}
