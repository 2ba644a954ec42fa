"""What an owner changes in a record of hers that is approved: an officer is told to look at it, and it stays noted."""

import json
from collections.abc import Collection
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _t

from registry import models
from registry.compliance.consequence_texts import TOLD
from registry.reference.activity import ActivityStatus
from registry.reference.requirements import CHANGED_BY_OWNER, Settlement
from registry.standing.entry_consequences import WITHIN
from registry.versioning.account import name_of
from registry.versioning.content import contents

MAY_APPROVE = "registry.change_processingactivity"
"""The permission of those who decide what is approved; an owner changes her own without it."""


def waiting() -> "QuerySet[models.ChangeConsequence]":
    """Return the lines that say that an owner has changed her approved record, and that nobody has settled."""
    lines: QuerySet[models.ChangeConsequence] = models.ChangeConsequence.objects.filter(
        entry="", key=CHANGED_BY_OWNER, settlement=Settlement.OPEN
    )
    return lines


def changed_since_approval() -> "QuerySet[models.ProcessingActivity]":
    """Return the records in use that their owners have changed since an officer has last looked at them."""
    records = models.ProcessingActivity.objects.exclude(status=ActivityStatus.RETIRED)
    found: QuerySet[models.ProcessingActivity] = records.filter(pk__in=waiting().values("record_key"))
    return found


def note_owners_changes(changed: Collection[int], actor: Any) -> None:
    """Write into the open change set that its actor has changed approved records that she owns and may not approve.

    One line for each record, until somebody settles it. Approving the record again settles it, too.
    """
    if not changed or actor is None:
        return
    if actor.has_perm(MAY_APPROVE):
        _settle_where_approved_again(changed, actor)
        return
    own = models.ProcessingActivity.objects.filter(pk__in=changed, owner=actor.pk, status=ActivityStatus.APPROVED)
    own = own.exclude(pk__in=waiting().values("record_key"))
    before = _newest_version(own, "content")
    now = {pk: text for pk, _, text in contents(models.ProcessingActivity, sorted(before))}
    name, today, told = name_of(actor), timezone.localdate(), TOLD[CHANGED_BY_OWNER]
    models.ChangeConsequence.objects.bulk_create(
        models.ChangeConsequence(
            record_key=activity.pk,
            record=str(activity)[:400],
            key=CHANGED_BY_OWNER,
            requirement=told.requirement,
            article=told.article,
            names=name,
            sentence=told.what((name,)),
            raised_on=today,
            due_on=today + WITHIN,
        )
        for activity in own
        if _says(now[activity.pk]) != _says(before[activity.pk])
    )


OF_A_REVIEW = ("last_reviewed_on", "next_review_on")
"""What an owner notes who has looked through her record and found it right: nothing else is to be looked at then."""


def _says(content: str) -> dict[str, Any]:
    """Return what a record says, but for when it was looked through."""
    return {key: value for key, value in json.loads(content).items() if key not in OF_A_REVIEW}


def _settle_where_approved_again(changed: Collection[int], actor: Any) -> None:
    lines = list(waiting().filter(record_key__in=changed))
    if not lines:
        return
    approved = models.ProcessingActivity.objects.filter(
        pk__in={one.record_key for one in lines}, status=ActivityStatus.APPROVED
    )
    before = _newest_version(approved, "status")
    for one in lines:
        if before.get(one.record_key, ActivityStatus.APPROVED) != ActivityStatus.APPROVED:
            one.settlement, one.note = Settlement.DONE, _t("Approved again.")
            one.settled_by, one.settled_on = name_of(actor)[:200], timezone.localdate()
            one.save()


def _newest_version(activities: "QuerySet[models.ProcessingActivity]", column: str) -> dict[int, str]:
    """Return by key what the newest sealed version of these records says in a column: as it was before this change."""
    newest = models.ProcessingActivity.history.model.objects.filter(id=OuterRef("pk")).order_by("-history_id")
    return dict(activities.order_by().values_list("pk", Subquery(newest.values(column)[:1])))


def version_before(one: models.ChangeConsequence) -> int | None:
    """Return the key of the version of the record before the change that raised this line, to compare with."""
    raised = one.history.filter(history_type="+").order_by("history_id").values_list("change_set_id", flat=True).first()
    versions = models.ProcessingActivity.history.model.objects.filter(id=one.record_key, change_set_id__lt=raised or 0)
    key: int | None = versions.order_by("-history_id").values_list("history_id", flat=True).first()
    return key
