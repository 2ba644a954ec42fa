"""References of activities: made for the person, unique within an organisation, and never given twice."""

import re
from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.db.models import F

from registry.models.organisation import ReferenceCounter

PREFIX = "PA-"
_OURS = re.compile(r"PA-(\d{1,9})$")


def next_reference(organisation_pk: Any) -> str:
    """Return the next free reference of an organisation, such as ``PA-0042``, and count it as given."""
    return next_references(organisation_pk, 1)[0]


def next_references(organisation_pk: Any, count: int, *, reserved: Collection[str] = ()) -> list[str]:
    """Return ``count`` free references, ascending, stepping over any that a person has typed, ever used or reserved."""
    counter, _ = ReferenceCounter.objects.get_or_create(organisation_id=organisation_pk)
    ReferenceCounter.objects.filter(pk=counter.pk).update(last=F("last"))  # takes the row's lock on PostgreSQL
    counter.refresh_from_db()
    used = _used_numbers(organisation_pk, above=counter.last)
    given: list[str] = []
    number = counter.last
    while len(given) < count:
        number += 1
        reference = f"{PREFIX}{number:04d}"
        if number not in used and reference not in reserved:
            given.append(reference)
    ReferenceCounter.objects.filter(pk=counter.pk).update(last=number)
    return given


def is_spent(organisation_pk: Any, reference: str, *, besides: Any = None) -> bool:
    """Return whether a version of another, since deleted, activity of the organisation bears ``reference``."""
    activity = apps.get_model("registry", "ProcessingActivity")
    versions = activity.history.filter(organisation_id=organisation_pk, reference=reference).exclude(id=besides)
    living = activity.objects.filter(organisation_id=organisation_pk, reference=reference).values("pk")
    return versions.exclude(id__in=living).exists()


def _used_numbers(organisation_pk: Any, *, above: int) -> set[int]:
    activity = apps.get_model("registry", "ProcessingActivity")
    versions = activity.history.filter(organisation_id=organisation_pk, reference__startswith=PREFIX)
    references = set(versions.values_list("reference", flat=True).distinct())
    references.update(
        activity.objects.filter(organisation_id=organisation_pk, reference__startswith=PREFIX).values_list(
            "reference", flat=True
        )
    )
    numbers = {int(found[1]) for found in map(_OURS.match, references) if found}
    return {number for number in numbers if number > above}
