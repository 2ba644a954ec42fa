"""What changes of a record require, as it is shown beside its form, after a save, and at each change."""

from collections.abc import Iterable
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
from registry.models import ChangeConsequence
from registry.reference.requirements import Settlement
from registry.versioning.open_set import CREATED, OpenChangeSet

EVERY = "all"
"""What the list is narrowed to for consequences in whatever state."""

SHAPES = {Settlement.OPEN: "○", Settlement.DONE: "●", Settlement.NOT_NEEDED: "–"}
"""States have a shape beside their word."""


def shown(one: ChangeConsequence, today: Any) -> dict[str, Any]:
    """Return what the screens show of a consequence."""
    return {
        "one": one,
        "what": worded(one),
        "why": reason_of(one),
        "shape": SHAPES[Settlement(one.settlement)],
        "is_open": one.settlement == Settlement.OPEN,
        "overdue": one.settlement == Settlement.OPEN and one.due_on < today,
        "url": reverse("admin:consequence", args=[one.pk]),
        "record_url": reverse("admin:registry_processingactivity_change", args=[one.record_key]),
    }


def shown_all(found: Iterable[ChangeConsequence]) -> list[dict[str, Any]]:
    """Return the same of several."""
    today = timezone.localdate()
    return [shown(one, today) for one in found]


def panel_of(activity: int) -> dict[str, Any]:
    """Return what stands beside the form of a record: what its changes require and nobody has settled. One query."""
    every = list(ChangeConsequence.objects.filter(record_key=activity).order_by("due_on", "pk"))
    left = [one for one in every if one.settlement == Settlement.OPEN]
    return {
        "open": shown_all(left),
        "settled": len(every) - len(left),
        "url": list_url(record=activity),
        "all_url": list_url(record=activity, state=EVERY),
    }


def list_url(**chosen: Any) -> str:
    """Return the address of the list, narrowed."""
    return f"{reverse('admin:consequences')}?{urlencode(chosen)}"


def tell_what_follows(request: HttpRequest, opened: OpenChangeSet, activity: int) -> None:
    """Say after a save how much the change requires, with the way to the checklist."""
    number = sum(kind == CREATED for kind in opened.touched.get(ChangeConsequence, {}).values())
    if number:
        words = ngettext("This change requires one thing.", "This change requires %(number)d things.", number)
        link = format_html('<a href="{}">{}</a>', list_url(record=activity), _t("See the checklist"))
        messages.warning(request, format_html("{} {}", words % {"number": number}, link))
