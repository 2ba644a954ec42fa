"""The first page: what needs the person today, the register in numbers and in pictures, and what changed last."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.admin.activity_filters import ON
from registry.admin.list_links import counted_url, list_url
from registry.admin.pictures import pictures
from registry.admin.today import what_is_due, what_reviewers_do
from registry.models import ProcessingActivity
from registry.reference.roles import ActivityRole
from registry.standing.questions import QUESTIONS
from registry.standing.refresh import refresh
from registry.standing.tallies import Tallies, tallies
from registry.versioning.change_set import changes

CHANGES = 6
"""How many of the last changes are named."""

TOLD_AS_DUE = {"review-due", "not-matched"}
"""Questions that stand among what is to be done."""


@dataclass(frozen=True)
class Number:
    """A number with its words and the list behind it."""

    label: str | Promise
    count: int
    url: str


def overview(request: HttpRequest) -> dict[str, Any]:
    """Return what the first page shows to the person of the request; of segments alone to one who sees no activities.

    Needs the same number of queries whatever the size of the register: everything is tallied already.
    """
    if not request.user.has_perm("registry.view_processingactivity"):
        return {"segments": what_reviewers_do()} if request.user.has_perm("registry.view_segment") else {}
    unchecked = refresh()
    found = tallies()
    total = found.get("all", {}).get("all", 0)
    heaps = what_is_due(request, found, unchecked=unchecked)
    if not total and not unchecked:
        return {"total": 0, "waiting": [line for heap in heaps if heap.key == "waiting" for line in heap.lines]}
    return {
        "total": total,
        "unchecked": unchecked,
        "uncounted": ProcessingActivity.objects.count() - total if unchecked else 0,
        "heaps": heaps,
        "numbers": list(_numbers(found, total)),
        "pictures": pictures(found),
        "changes": list(changes()[:CHANGES]),
    }


def _numbers(found: Tallies, total: int) -> Iterator[Number]:
    living = found.get("living", {}).get("all", 0)
    yield Number(_("Processing activities"), total, list_url())
    if living != total:
        yield Number(_("In use, not retired"), living, counted_url("living", "all"))
    roles = found.get("role", {})
    for role, label in (
        (ActivityRole.CONTROLLER, _("As controller")),
        (ActivityRole.JOINT_CONTROLLER, _("As joint controller")),
        (ActivityRole.PROCESSOR, _("As processor")),
    ):
        if role.value in roles:
            yield Number(label, roles[role.value], counted_url("role", role.value))
    for question in QUESTIONS:
        if not question.part_of and question.key not in TOLD_AS_DUE:
            number = found.get("question", {}).get(question.key, 0)
            yield Number(question.label, number, list_url(**{question.key: ON}))
