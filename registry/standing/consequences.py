"""What changes of approved records require: raised within the change itself, settled by people, counted while open."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _t

from registry import models
from registry.compliance.consequences import CAUSES, Consequence, consequences
from registry.record.versions import freezer, load_living
from registry.reference.activity import ActivityStatus
from registry.reference.requirements import Settlement
from registry.standing.entry_consequences import WITHIN, raise_entry_consequences
from registry.standing.owner_changes import note_owners_changes
from registry.versioning.account import name_of
from registry.versioning.content import CHUNK, contents
from registry.versioning.open_set import CHANGED, OpenChangeSet


def raise_consequences(opened: OpenChangeSet) -> None:
    """Write what the change requires into the change set that is about to be sealed.

    A record is compared with its last approved version: at each change while it is approved, and when it is approved
    again. What was raised since that version, by the same kind and names, isn't raised twice.
    """
    raise_entry_consequences(opened)
    kinds = opened.touched.get(models.ProcessingActivity, {})
    changed = sorted(pk for pk, kind in kinds.items() if kind == CHANGED)
    for start in range(0, len(changed), CHUNK):
        _raise_for(changed[start : start + CHUNK])
        note_owners_changes(changed[start : start + CHUNK], opened.actor)


def _raise_for(pks: list[int]) -> None:
    approved = _last_approved(pks)
    if not approved:
        return
    history = models.ProcessingActivity.history.model.objects
    newest = dict(history.filter(id__in=approved).order_by().values_list("id").annotate(last=Max("history_id")))
    now = {pk: text for pk, _, text in contents(models.ProcessingActivity, list(approved))}
    pairs = {}
    for pk, (version, text) in approved.items():
        is_approved = pk in now and f'"status":"{ActivityStatus.APPROVED}"' in now[pk]
        if pk in now and now[pk] != text and (newest[pk] == version or is_approved):
            old, new = json.loads(text), json.loads(now[pk])
            if any(old.get(key) != new.get(key) for key in CAUSES):
                pairs[pk] = (old, new)
    if not pairs:
        return
    said = [content for pair in pairs.values() for content in pair]
    freeze = freezer(models.ProcessingActivity, load_living(models.ProcessingActivity, said))
    today = timezone.localdate()
    known = _raised_since({pk: approved[pk][0] for pk in pairs})
    raised = []
    for pk in pairs:
        record = freeze(now[pk])
        for one in consequences(freeze(approved[pk][1]), record):
            left = tuple(name for name in one.names if (pk, one.key, name) not in known)
            if left or (not one.names and (pk, one.key, "") not in known):
                raised.append(_row(pk, record.label, one._replace(names=left), today))
    models.ChangeConsequence.objects.bulk_create(raised)


def _row(pk: int, record: str, one: Consequence, today: date) -> models.ChangeConsequence:
    return models.ChangeConsequence(
        record_key=pk,
        record=record[:400],
        key=one.key,
        requirement=one.requirement,
        article=one.article,
        names="\n".join(one.names),
        sentence=one.what,
        raised_on=today,
        due_on=today + WITHIN,
    )


def _last_approved(pks: list[int]) -> dict[int, tuple[int, str]]:
    """Return by record the key and the content of its newest approved version; those that were never approved lack."""
    versions = models.ProcessingActivity.history.model.objects
    of_these = versions.filter(id__in=pks, status=ActivityStatus.APPROVED).exclude(history_type="-")
    last = of_these.order_by().values("id").annotate(last=Max("history_id")).values("last")
    found = versions.filter(history_id__in=last).values_list("id", "history_id", "content")
    return {pk: (version, text) for pk, version, text in found}


def _raised_since(approved: Mapping[int, int]) -> set[tuple[int, str, str]]:
    """Return record, kind and name of what was raised after the change sets of these versions."""
    activities = models.ProcessingActivity.history.model.objects.filter(history_id__in=approved.values())
    since = dict(activities.values_list("id", "change_set_id"))
    known = set()
    created = models.ChangeConsequence.history.model.objects.filter(history_type="+", entry="", record_key__in=since)
    for pk, key, names, number in created.values_list("record_key", "key", "names", "change_set_id"):
        if number > since[pk]:
            known |= {(pk, key, name) for name in names.split("\n")}
    return known


def open_consequences(*, owner: Any = None) -> "QuerySet[models.ChangeConsequence]":
    """Return what nobody has settled yet, the most urgent first: of records in use and entries, or of one owner's."""
    return models.ChangeConsequence.still_open(owner).order_by("due_on", "pk")


def raised_by(change_sets: Iterable[int]) -> dict[int, list[models.ChangeConsequence]]:
    """Return by change set what it required, as it stands now: one query, for any number of change sets."""
    created = models.ChangeConsequence.history.model.objects.filter(history_type="+")
    raised = created.filter(id=OuterRef("pk")).order_by("history_id").values("change_set_id")[:1]
    those = created.filter(change_set_id__in=list(change_sets)).values("id")
    found: dict[int, list[models.ChangeConsequence]] = {}
    for one in models.ChangeConsequence.objects.filter(pk__in=those).annotate(raised=Subquery(raised)).order_by("pk"):
        found.setdefault(one.raised, []).append(one)
    return found


def settle(one: models.ChangeConsequence, *, settlement: str, note: str, by: Any, due_on: date | None = None) -> None:
    """Note that it is done, not needed, or open (again), with a note. Within a change set.

    ``due_on`` sets another day for what stays open. Raises ValidationError (by field) for a settlement without a note,
    one that is none, and a day that has passed for what is open.
    """
    problems: dict[str, str] = {}
    if settlement not in Settlement.values:
        problems["settlement"] = _t("Choose open, done, or not needed.")
    if settlement != Settlement.OPEN and not note.strip():
        problems["note"] = _t("Say what was done, or why it isn't needed: that is kept in the history.")
    today = timezone.localdate()
    if settlement == Settlement.OPEN and due_on is not None and due_on != one.due_on and due_on < today:
        problems["due_on"] = _t("This day has passed. Choose today or a later one.")
    if problems:
        raise ValidationError(problems)
    is_open = settlement == Settlement.OPEN
    one.settlement = settlement
    one.note = note.strip()
    one.due_on = due_on or one.due_on
    one.settled_by = "" if is_open else name_of(by)[:200]
    one.settled_on = None if is_open else today
    one.save()
