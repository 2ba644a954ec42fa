"""The organisations whose records are kept: as they are now, and the laws that their activities are under."""

from registry import models
from registry.compliance.laws import Law
from registry.record.loader import newest
from registry.record.organisations import OrganisationRecord
from registry.record.versions import freezer
from registry.standing.counting import ARROW, LAW


def laws_of_organisations() -> dict[int, set[Law]]:
    """Return by organisation the laws that its activities are under, as far as they are tallied: one query."""
    found: dict[int, set[Law]] = {}
    for key in models.Tally.objects.filter(dimension=LAW).values_list("key", flat=True):
        pk, law = key.split(ARROW)
        found.setdefault(int(pk), set()).add(Law[law])
    return found


def load_organisations(change_set: int) -> dict[int, OrganisationRecord]:
    """Return the organisations as at a change set by key: one query."""
    freeze = freezer(models.Organisation)
    versions = newest(models.Organisation, change_set).values_list("id", "content")
    return {pk: freeze(content) for pk, content in versions}
