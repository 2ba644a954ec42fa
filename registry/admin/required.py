"""What changes of a record require, as it is shown beside its form, after a save, and at each change."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from registry.compliance.consequence_texts import reason_of, worded
from registry.compliance.entry_consequences import OF_ENGAGING
from registry.models import ChangeConsequence, ProcessingActivity
from registry.record.numbers import say_number
from registry.reference.requirements import CHANGED_BY_OWNER, ChangedEntry, Settlement
from registry.reports.subjects import ENTRIES, Subject
from registry.standing.consequences import raised_by
from registry.standing.owner_changes import version_before
from registry.versioning.following import call_followers
from registry.versioning.open_set import current

EVERY = "all"
"""What the list is narrowed to for consequences in whatever state."""

SHAPES = {Settlement.OPEN: "○", Settlement.DONE: "●", Settlement.NOT_NEEDED: "–"}
"""States have a shape beside their word."""


def shown(one: ChangeConsequence, today: Any) -> dict[str, Any]:
    """Return what the screens show of a consequence."""
    model = one.entry or ProcessingActivity._meta.model_name
    return {
        "one": one,
        "what": worded(one),
        "why": reason_of(one),
        "shape": SHAPES[Settlement(one.settlement)],
        "is_open": one.settlement == Settlement.OPEN,
        "overdue": one.settlement == Settlement.OPEN and one.due_on < today,
        "url": reverse("admin:consequence", args=[one.pk]),
        "record_url": reverse(f"admin:registry_{model}_change", args=[one.record_key]),
        "compare_url": partial(_comparison, one) if one.key == CHANGED_BY_OWNER else "",
        "used_by": one.used_by.split("\n") if one.used_by else [],
        "used_url": _where_used(one),
    }


def _comparison(one: ChangeConsequence) -> str:
    """Return the address at which the record now is compared with what it was before its owner changed it."""
    before = version_before(one)
    if before is None:
        return ""
    return f"{reverse('admin:registry_processingactivity_compare', args=[one.record_key])}?{urlencode({'old': before})}"


def _where_used(one: ChangeConsequence) -> str:
    """Return the address of the report of where the changed entry is used; none where that tells of other records."""
    kind = _KINDS.get(one.entry)
    if kind is None or one.key in OF_ENGAGING:
        return ""
    subject = Subject(kind, str(one.record_key))
    return f"{reverse('admin:report', args=['where-used'])}?{urlencode({'subject': str(subject)})}"


_KINDS = {str(model._meta.model_name): kind for kind, model in ENTRIES.items()}


def entry_of(model: type[Any]) -> str | None:
    """Return as what a line of the checklist names this model; None where its changes require nothing."""
    if model is ProcessingActivity:
        return ""
    name = str(model._meta.model_name)
    return name if name in ChangedEntry.values else None


def shown_all(found: Iterable[ChangeConsequence]) -> list[dict[str, Any]]:
    """Return the same of several."""
    today = timezone.localdate()
    return [shown(one, today) for one in found]


def panel_of(activity: int) -> dict[str, Any]:
    """Return what stands beside the form of a record: what its changes require and nobody has settled. One query."""
    every = list(ChangeConsequence.objects.filter(record_key=activity, entry="").order_by("due_on", "pk"))
    left = [one for one in every if one.settlement == Settlement.OPEN]
    return {
        "open": shown_all(left),
        "settled": len(every) - len(left),
        "url": list_url(record=activity),
        "all_url": list_url(record=activity, state=EVERY),
    }


def list_url(**chosen: Any) -> str:
    """Return the address of the list, narrowed."""
    return f"{reverse('admin:consequences')}{'?' if chosen else ''}{urlencode(chosen)}"


def tell_what_follows(request: HttpRequest) -> None:
    """Say after a save how much the change of records or entries requires, with the way to the checklist."""
    opened = current()
    if opened is None:
        return
    call_followers(opened)
    kinds = opened.touched.get(ChangeConsequence, {})
    lines = ChangeConsequence.objects.filter(pk__in=list(kinds), settlement=Settlement.OPEN) if kinds else ()
    if any(one.key == CHANGED_BY_OWNER for one in lines):
        messages.info(request, _t("The record stays approved. The privacy officers are told that you changed it."))
    lines = [one for one in lines if one.key != CHANGED_BY_OWNER]
    required = [(one.entry, one.record_key, one.uses or 0) for one in lines]
    changed = {(entry, key) for entry, key, _uses in required}
    if len(changed) > 1:
        _tell(request, len(required), "", {})
    for entry, key in changed if len(changed) == 1 else ():
        concerned = _concerning(max(uses for _entry, _key, uses in required)) if entry else ""
        _tell(request, len(required), concerned, {"record": key, **({"entry": entry} if entry else {})})


def tell_what_was_required(request: HttpRequest, change_set: int) -> None:
    """Say after an import of entries how much it requires, with the way to the checklist."""
    number = len(raised_by([change_set]).get(change_set, ()))
    if number:
        _tell(request, number, "", {"change": change_set})


def _concerning(uses: int) -> str:
    said = ngettext("It concerns one approved record.", "It concerns %(number)s approved records.", uses)
    return said % {"number": say_number(uses)}


def _tell(request: HttpRequest, number: int, concerned: str, chosen: dict[str, Any]) -> None:
    words = ngettext("This change requires one thing.", "This change requires %(number)d things.", number)
    said = " ".join(filter(None, (words % {"number": number}, concerned)))
    if request.user.has_perm("registry.view_processingactivity"):
        said = format_html('{} <a href="{}">{}</a>', said, list_url(**chosen), _t("See the checklist"))
    messages.warning(request, said)
