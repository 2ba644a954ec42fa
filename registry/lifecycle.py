"""What happens to a record beside editing it: a version is restored, a segment is reviewed, a screening is noted, a
sample is drawn."""

import json
from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _t

from registry import models
from registry.comparison.records import Difference, differences
from registry.record.loader import newest
from registry.record.sample import Candidate, draw
from registry.record.versions import freezer, load_referred
from registry.reference.activity import ActivityStatus
from registry.reference.assurance import SampleAmong
from registry.versioning.base import Versioned
from registry.versioning.canonical import canonical
from registry.versioning.change_set import ChangeSet, Channel, last_number
from registry.versioning.content import contents
from registry.versioning.open_set import OpenChangeSet
from registry.versioning.restoring import Content, bare, completed, missing, values, write_back
from registry.versioning.writing import change_set


class CannotRestore(ValueError):
    """A version can't be brought back; the message says why, and what to do about it. Nothing was written."""


@dataclass(frozen=True)
class RestorePlan:
    """What restoring a version would do, and what stands in its way.

    ``differences`` lead from what the record says now (nothing, where ``is_deleted``) to what it would say.
    ``change_set`` is the number that is restored from, ``last_version`` the key of the version that is newest now.
    ``left_out`` are accounts that exist no more, ``obstacles`` the sentences that say why it can't be done.
    """

    pk: Any
    change_set: int
    last_version: int
    is_deleted: bool
    differences: tuple[Difference, ...]
    left_out: tuple[str, ...]
    obstacles: tuple[str, ...]
    content: Content


def plan_restore(model: type[Versioned], version: int, *, keep: Collection[str] = ()) -> RestorePlan:
    """Return what restoring the version with the key ``version`` would do; writes nothing.

    ``keep`` names facts that stay as they are, because the person may not change them. Raises LookupError where there
    is no such version, and CannotRestore for one that records a deletion.
    """
    versions = model.history.model.objects
    found = versions.filter(history_id=version).values_list("id", "change_set_id", "content").first()
    if found is None:
        raise LookupError(f"{model.__name__} has no version with the key {version}.")
    pk, number, text = found
    then: Content | None = json.loads(text)
    if then is None:
        raise CannotRestore(_t("This version records a deletion. Restore the version before it."))
    own = versions.filter(id=pk).order_by("-history_id")
    living: Content | None = next((json.loads(text) for _, _, text in contents(model, [pk])), None)
    latest: Content = living or json.loads(own.exclude(history_type="-").values_list("content", flat=True)[:1].get())
    content = completed(model, then, latest, keep)
    gone, left_out = missing(model, {pk: content})
    obstacles = _obstacles(model, content, gone.get(pk, ()), living)
    head = ChangeSet.objects.order_by("-sequence").values_list("sequence", flat=True)[:1].get()
    before, after = (
        freezer(model, load_referred(model, said, head))(canonical(said)) if said else None
        for said in (living, content)
    )
    last = own.values_list("history_id", flat=True)[:1].get()
    found_differences = differences(before, after)
    return RestorePlan(pk, number, last, living is None, found_differences, left_out, obstacles, content)


def restore(
    model: type[Versioned],
    version: int,
    *,
    by: Any,
    reason: str,
    keep: Collection[str] = (),
    last_seen: int | None = None,
    channel: str = Channel.SCREEN,
) -> OpenChangeSet:
    """Bring an earlier version back, a deleted record included, as one new change set; the history only grows.

    In: the model, the key of the version, who does it and why; ``keep`` as for ``plan_restore``; ``last_seen`` is the
    version that was newest when the person decided. Columns and rows become what they were then, rows and a deleted
    record under their old keys. Out: the change set, which is closed and numbered unless it joined an outer one.
    Raises CannotRestore, and writes nothing, without a reason, where something that the version refers to is gone,
    where somebody has changed the record since ``last_seen``, and where the record says the same already.
    """
    if not reason.strip():
        raise CannotRestore(_t("Say why the version is restored: the reason is kept in the history."))
    with change_set(actor=by, channel=channel, reason=reason.strip()) as opened:
        versions = model.history.model.objects.filter(history_id=version)
        pk = versions.values_list("id", flat=True).first()
        model._base_manager.select_for_update().filter(pk=pk).first()  # nobody else writes meanwhile
        plan = plan_restore(model, version, keep=keep)
        if last_seen is not None and plan.last_version != last_seen:
            raise CannotRestore(changed_meanwhile(model, plan.last_version))
        if plan.obstacles:
            raise CannotRestore(" ".join(plan.obstacles))
        opened.details["restored_from"] = plan.change_set
        living = {key: json.loads(text) for key, _, text in contents(model, [plan.pk])}
        write_back(model, {plan.pk: plan.content}, living)
    return opened


def changed_meanwhile(model: type[Versioned], version: int) -> str:
    """Return the sentence that says who has written the version that is newest now."""
    newest = model.history.model.objects.select_related("change_set").get(history_id=version).change_set
    who = {"name": newest.actor_name, "number": str(newest)}
    return _t("%(name)s has changed it meanwhile (change set %(number)s). Look at what would change now.") % who


def newest_version(record: Versioned) -> int:
    """Return the key of the version of a record that is newest now."""
    keys = type(record).history.filter(id=record.pk).order_by("-history_id").values_list("history_id", flat=True)
    return int(keys[:1].get())


def _changed_since(record: Versioned, last_seen: int | None) -> str:
    """Return the sentence that says who has changed a record since that version; nothing where nobody has."""
    if last_seen is None or (newest := newest_version(record)) == last_seen:
        return ""
    return changed_meanwhile(type(record), newest)


def _obstacles(
    model: type[Versioned], content: Content, gone: tuple[str, ...], living: Content | None
) -> tuple[str, ...]:
    if gone:
        said = _t("The version refers to what no longer exists: %(names)s. Restore that first, from its own history.")
        return (said % {"names": ", ".join(gone)},)
    if living is not None and bare(model, living) == bare(model, content):
        return (_t("The record says this already: there is nothing to restore."),)
    instance = model(**values(model, content, content))
    instance._state.adding = living is None
    try:
        instance.validate_constraints()
    except ValidationError:
        said = _t("Another %(kind)s has taken the name or reference “%(label)s” meanwhile. Change that one first.")
        return (said % {"kind": model._meta.verbose_name, "label": content[_unique_name(model, content)]},)
    return ()


def _unique_name(model: type[Versioned], content: Content) -> str:
    return next(key for key in ("reference", "code", model.LABEL) if key in content)


class CannotReview(ValueError):
    """A review can't be noted; the message says why, and what to do about it. Nothing was written."""


def review_segment(
    segment: models.Segment, *, months: int, by: Any, reason: str, last_seen: int | None = None
) -> OpenChangeSet:
    """Note that ``segment`` was reviewed today and is to be again in ``months``, as one change of its activity.

    In: who reviewed it, what came of it, and as ``last_seen`` the version of the activity that was newest when the
    person looked. Out: the change set. Raises CannotReview, and writes nothing, without a reason, and where somebody
    has changed the activity since.
    """
    if not reason.strip():
        raise CannotReview(_t("Say what was looked at and what came of it: that is kept in the history."))
    with change_set(actor=by, channel=Channel.SCREEN, reason=reason.strip()) as opened:
        activity = models.ProcessingActivity._base_manager.select_for_update().get(pk=segment.activity_id)
        if since := _changed_since(activity, last_seen):
            raise CannotReview(since)
        segment.last_reviewed_on = timezone.localdate()
        segment.next_review_on = months_after(segment.last_reviewed_on, months)
        segment.save(update_fields=("last_reviewed_on", "next_review_on"))
    return opened


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later; the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class CannotScreen(ValueError):
    """A screening can't be noted; the message says why, and what to do about it. Nothing was written."""


def note_screening(
    activity: models.ProcessingActivity, facts: Mapping[str, Any], *, anew: bool = False, last_seen: int | None = None
) -> models.ImpactAssessment:
    """Note what came of a screening in the activity's last impact assessment, or ``anew`` in a further one.

    In: the columns of the assessment, and as ``last_seen`` the version of the activity that was newest when the person
    looked. Within a change set. Out: the assessment. Raises CannotScreen, and writes nothing, where somebody has
    changed the activity since.
    """
    locked = models.ProcessingActivity._base_manager.select_for_update().get(pk=activity.pk)
    if since := _changed_since(locked, last_seen):
        raise CannotScreen(since)
    last = locked.impact_assessments.order_by("position", "pk").last()
    if last is None or anew:
        position = 0 if last is None else last.position + 1
        last = models.ImpactAssessment(activity=locked, position=position)
    for key, value in facts.items():
        setattr(last, key, value)
    last.screened_on = timezone.localdate()
    last.save()
    return last


class CannotDraw(ValueError):
    """A sample can't be drawn; the message says why, and what to do about it. Nothing was written."""


def candidates(change_set: int, *, organisation: int | None, among: str) -> list[Candidate]:
    """Return the activities that a sample may draw, as at a change set: two queries.

    In: the key of the organisation, None for all whose register was kept then, and a ``SampleAmong``.
    """
    owners = {
        pk: name
        for pk, name, is_own in newest(models.Organisation, change_set).values_list("id", "name", "is_own")
        if pk == organisation or (organisation is None and is_own)
    }
    versions = newest(models.ProcessingActivity, change_set)
    versions = (
        versions.filter(status=ActivityStatus.APPROVED)
        if among == SampleAmong.APPROVED
        else versions.exclude(status=ActivityStatus.RETIRED)
    )
    rows = versions.values_list("id", "organisation_id", "reference")
    return [Candidate(pk, owners[owner], reference) for pk, owner, reference in rows if owner in owners]


def draw_sample(
    audit: models.Audit, *, size: int, seed: str, among: str, anew: bool = False, last_seen: int | None = None
) -> list[Candidate]:
    """Draw ``size`` activities of the register as it is now into the scope of an audit, and note how that was done.

    In: what the sample is drawn by and among, whether one that was drawn before is replaced (``anew``), and as
    ``last_seen`` the version of the audit that was newest when the person looked. Within a change set. Out: what was
    drawn. Raises CannotDraw, and writes nothing, without a seed, where there are not so many activities, where a sample
    was drawn already, and where somebody has changed the audit since.
    """
    locked = models.Audit._base_manager.select_for_update().get(pk=audit.pk)
    if since := _changed_since(locked, last_seen):
        raise CannotDraw(since)
    before = locked.activities.filter(is_sampled=True)
    if before.exists() and not anew:
        raise CannotDraw(_t("A sample was drawn already. Say that it is to be replaced; the history keeps it."))
    if not seed.strip():
        raise CannotDraw(_t("Name a seed: any text, by which the same sample can be drawn again."))
    number = last_number()
    known = candidates(number, organisation=locked.organisation_id, among=among)
    if not 0 < size <= len(known):
        said = _t("There are %(count)d such activities: draw at least one, and no more than these.")
        raise CannotDraw(said % {"count": len(known)})
    drawn = draw(known, seed=seed.strip(), size=size)
    _put_into_scope(locked, drawn)
    locked.as_at_change_set, locked.sample_seed = number, seed.strip()
    locked.sample_among, locked.sample_of = among, len(known)
    locked.save()
    return drawn


def _put_into_scope(audit: models.Audit, drawn: list[Candidate]) -> None:
    """Take the sample before out of the scope, but for what somebody has written words to, and put this one in."""
    before = audit.activities.filter(is_sampled=True)
    before.filter(stated_as="").delete()
    before.update(is_sampled=False)
    wanted = {one.pk for one in drawn}
    chosen = audit.activities.filter(activity__in=wanted)
    there = set(chosen.values_list("activity", flat=True))
    chosen.update(is_sampled=True)
    last = audit.activities.order_by("-position").values_list("position", flat=True).first()
    first = 0 if last is None else last + 1
    models.AuditedActivity.objects.bulk_create(
        models.AuditedActivity(audit=audit, activity_id=one.pk, is_sampled=True, position=place)
        for place, one in enumerate((one for one in drawn if one.pk not in there), start=first)
    )


def redrawn(audit: models.Audit) -> bool | None:
    """Return whether the sample in the scope of an audit is the one that its seed draws; None where none was drawn."""
    sampled = set(audit.activities.filter(is_sampled=True).values_list("activity", flat=True))
    if not sampled or not audit.sample_seed or audit.as_at_change_set is None:
        return None
    known = candidates(audit.as_at_change_set, organisation=audit.organisation_id, among=audit.sample_among)
    return sampled == {one.pk for one in draw(known, seed=audit.sample_seed, size=len(sampled))}
