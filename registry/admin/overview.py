"""The first page: the register in numbers, each a link to what it counts, and what needs the person today."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t

from registry.admin.activity_filters import ON
from registry.admin.activity_questions import count_questions
from registry.models import ProcessingActivity
from registry.record.activity import ActivityRecord
from registry.record.definition import facts
from registry.reference.activity import ActivityStatus
from registry.standing.questions import QUESTIONS
from registry.standing.refresh import refresh
from registry.versioning.change_set import changes

UNITS = 10
"""How many units are named; the others are in the list's filter."""
LINES = 6
"""How many activities a list of what is to do names."""


_BY_NAME = F("unit__name").asc(nulls_last=True)


@dataclass(frozen=True)
class Number:
    """A number with its words and the list behind it. ``share`` is its part of the whole, in per cent."""

    label: str
    count: int
    url: str
    share: int = 0


def overview(request: HttpRequest) -> dict[str, Any]:
    """Return what the first page shows to the person of the request; nothing for one who may not see activities.

    Needs the same number of queries whatever the size of the register.
    """
    if not request.user.has_perm("registry.view_processingactivity"):
        return {}
    refresh()
    activities = ProcessingActivity.objects.order_by()
    counts = count_questions(activities)
    asked = [
        (question, Number(str(question.label), counts[question.key], list_url(**{question.key: ON})))
        for question in QUESTIONS
    ]
    tally = list(activities.values_list("status", "role").annotate(number=Count("pk")))
    total = sum(number for _status, _role, number in tally)
    units = activities.values_list("unit", "unit__name").annotate(number=Count("pk")).order_by("-number", _BY_NAME)
    due = Q(next_review_on__lte=timezone.localdate()) & ~Q(status=ActivityStatus.RETIRED)
    drafts = activities.filter(status=ActivityStatus.DRAFT)
    return {
        "total": total,
        "all_url": list_url(),
        "gaps": [number for question, number in asked if question.part_of],
        "questions": [number for question, number in asked if not question.part_of],
        "by_status": _by_choice("status", ((status, number) for status, _role, number in tally), total),
        "by_role": _by_choice("role", ((role, number) for _status, role, number in tally), total),
        "by_unit": [
            Number(name or _t("No unit"), number, list_url(unit=pk) if pk else "", _share(number, total))
            for pk, name, number in units[:UNITS]
        ],
        "due": list(activities.filter(due).order_by("next_review_on", "reference")[:LINES]),
        "due_url": list_url(**{"review-due": ON}),
        "drafts": list(drafts.order_by("-pk")[:LINES]),
        "drafts_url": list_url(status=ActivityStatus.DRAFT),
        "changes": list(changes()[:LINES]),
    }


def list_url(**chosen: Any) -> str:
    """Return the address of the list of activities with these filters on."""
    address = reverse("admin:registry_processingactivity_changelist")
    return f"{address}?{urlencode(chosen)}" if chosen else address


def _by_choice(key: str, pairs: Iterable[tuple[str, int]], total: int) -> list[Number]:
    numbers: dict[str, int] = {}
    for code, number in pairs:
        numbers[code] = numbers.get(code, 0) + number
    labels = facts(ActivityRecord)[key].choice_pairs()
    return [
        Number(label, numbers.get(code, 0), list_url(**{key: code}), _share(numbers.get(code, 0), total))
        for code, label in labels
    ]


def _share(number: int, total: int) -> int:
    return round(100 * number / total) if total else 0
