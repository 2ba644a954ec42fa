"""Which activities' derived rows may be stale: by what was written since they were made, and by days that passed."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from registry import models
from registry.compliance.context import said_of_notice
from registry.compliance.gap import OF_ORGANISATION, OF_SYSTEM
from registry.compliance.held import Holdings
from registry.compliance.texts import folded
from registry.compliance.turning import law_turns
from registry.record.classes import ASSURANCE, ROOTS
from registry.record.loader import load_register
from registry.record.segments import folded as without_case
from registry.reference.documents import DocumentKind
from registry.reference.requirements import Requirement

FEW = 10_000
"""So many changed activities are named; beyond that all are taken to be stale."""

_NO_ENTRIES = {
    models.ProcessingActivity,
    models.GapAcceptance,
    models.ChangeConsequence,
    models.Document,
    *ASSURANCE,
}
"""Models to which no record refers by a key."""


def touched(mark: models.StandingMark, last: int, day: date) -> set[int] | None:
    """Return the keys of the activities whose rows may be stale, deleted ones among them; None for all of them.

    ``mark`` says up to where the rows were made, ``last`` and ``day`` up to where they are to be.
    """
    turned = _turned(mark.day, day)
    if turned is None or mark.change_set > last or not mark.change_set:
        return None
    if mark.change_set == last:
        return turned
    changed = _changed(Q(change_set_id__gt=mark.change_set, change_set_id__lte=last))
    return None if changed is None else turned | changed


def _turned(since: date | None, day: date) -> set[int] | None:
    """Return the activities in which something else may be found because days have passed; None for all of them."""
    if since == day:
        return set()
    if since is None or since > day or law_turns(since, day):
        return None
    found = set(models.Standing.objects.filter(turns_on__lte=day).values_list("activity", flat=True))
    ended = Q(valid_until__gte=since, valid_until__lt=day) | Q(accepted_on__gt=since, accepted_on__lte=day)
    found |= _activities_of(models.GapAcceptance.objects.filter(ended).values_list("gap", flat=True))
    ended = Q(valid_until__gte=since, valid_until__lt=day) | Q(retired_on__gt=since, retired_on__lte=day)
    return found | _naming(models.Document.objects.filter(ended).values_list("pk", flat=True))


def _activities_of(gaps: Iterable[str]) -> set[int]:
    """Return the activities that these ids of gaps name; those of organisations and systems are checked each time."""
    keys = {gap.split(":")[1] for gap in gaps if gap.count(":")}
    return {int(key) for key in keys if not key.startswith((OF_ORGANISATION, OF_SYSTEM))}


def _changed(since: Q) -> set[int] | None:
    found = set(models.ProcessingActivity.history.model.objects.filter(since).values_list("id", flat=True)[: FEW + 1])
    if len(found) > FEW:
        return None
    entries: set[tuple[str, int]] = set()
    for model in ROOTS:
        if model not in _NO_ENTRIES:
            changed = model.history.model.objects.filter(since).values_list("id", flat=True)
            entries |= {(model.__name__, pk) for pk in changed}
    accepted = models.GapAcceptance.history.model.objects.filter(since).values_list("gap", flat=True)
    found |= _activities_of(accepted)
    required = models.ChangeConsequence.history.model.objects.filter(since, requirement=Requirement.NOTICE, entry="")
    found |= set(required.values_list("record_key", flat=True))
    found |= _naming(models.Document.history.model.objects.filter(since).values_list("id", flat=True))
    return found | _depending(entries) if entries else found


def _naming(documents: Iterable[int]) -> set[int]:
    """Return the activities whose notice is called as one of these documents is, or ever was: mostly one query."""
    if not (keys := set(documents)):
        return set()
    called = models.Document.history.model.objects.filter(id__in=keys, kind=DocumentKind.PRIVACY_NOTICE)
    said = {said for names in called.values_list("name", "location") for said in said_of_notice(*names)}
    if not said:
        return set()
    notices = models.ProcessingActivity.objects.exclude(privacy_notice="").values_list("pk", "privacy_notice")
    return {pk for pk, notice in notices if folded(notice) in said}


def _depending(entries: set[tuple[str, int]]) -> set[int]:
    """Return the activities that depend on one of these entries, by way of other entries too."""
    register = load_register()
    systems = register.entries["System"]
    recipients = {pk for name, pk in entries if name == "Recipient"}
    entries |= {("System", pk) for pk, one in systems.items() if one.provider and one.provider.pk in recipients}
    parents = {
        ("Recipient", one.sub_processor_of.pk)
        for pk, one in register.entries["Recipient"].items()
        if pk in recipients and one.sub_processor_of is not None
    }
    holding = Holdings(register.entries).touched_by(pk for name, pk in entries if name == "DataCategory")
    changed = {pk for name, pk in entries if name == "System"} | holding
    return register.referring(entries | parents | {("System", pk) for pk in holding}) | _saying(changed)


def _saying(systems: set[int]) -> set[int]:
    """Return the activities that name one of these systems, as it is or ever was called, in words alone."""
    if not systems:
        return set()
    versions = models.System.history.model.objects.filter(id__in=systems)
    called = {without_case(name) for name in versions.values_list("name", flat=True).distinct()}
    rows = models.ActivitySystem.objects.filter(system__isnull=True).values_list("activity", "stated_as")
    return {pk for pk, words in rows if without_case(words) in called}
