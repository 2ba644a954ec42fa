"""Whoever approves a record sees first what is open in it, and says that she has; the change keeps what it was."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _t

from registry.admin.activity_gaps import SHAPES, ShownGap
from registry.compliance.gap import Severity
from registry.models import FoundGap, ProcessingActivity
from registry.record.numbers import say_number
from registry.reference.activity import ActivityStatus
from registry.standing.reading import gaps_as_written
from registry.versioning.middleware import SAFE_METHODS
from registry.versioning.open_set import current

SEEN = "seen_gap"
CONFIRMED = "seen_open"
"""Inputs of the form: the gaps that it showed, and that the person has seen them."""

OPEN_GAPS = "open_gaps"
"""Under which name the details of a change set keep what was open when a record was approved."""


@dataclass(frozen=True)
class WhatIsOpen:
    """What is open in a record as it would be approved; ``stored`` are those of its gaps that have a page already."""

    found: tuple[ShownGap, ...]
    stored: frozenset[str]
    is_unconfirmed: bool
    """Whether the person was shown this already, and has not said that she has seen it."""

    def of(self, severity: Severity) -> list[ShownGap]:
        """Return the gaps of this severity."""
        return [one for one in self.found if one.gap.severity == severity]

    @cached_property
    def critical(self) -> list[ShownGap]:
        """The critical ones, which are told in full."""
        return self.of(Severity.CRITICAL)

    @cached_property
    def serious(self) -> list[ShownGap]:
        """The serious ones."""
        return self.of(Severity.SERIOUS)

    @property
    def grave(self) -> list[ShownGap]:
        """Those that have to be seen."""
        return [*self.critical, *self.serious]

    @property
    def to_be_seen(self) -> list[str]:
        """What the form sends back of each of these: rule and row, since a record that is added may get another key
        each time that it is tried."""
        return [f"{one.gap.rule.id}:{one.gap.row}" for one in self.grave]

    @property
    def counts(self) -> list[tuple[str, str, int, Any]]:
        """The code, the shape, how many and the word of each severity that there is."""
        numbers = [(one, len(self.of(one))) for one in Severity]
        return [(one.value, SHAPES[one], number, one.label) for one, number in numbers if number]


class NotSeen(Exception):
    """Leaves the saving of a record, and takes along what has to be seen first."""

    def __init__(self, what: WhatIsOpen) -> None:
        super().__init__("a record isn't approved before what is open in it was seen")
        self.what = what


class ApprovesKnowingly:
    """Mixin for the model admin of activities: approving shows what is open, in the record as it would be saved."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Return Django's answer; where something has to be seen first, the form again, with nothing saved."""
        opened = current()
        if request.method in SAFE_METHODS or opened is None:
            return super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc, no-any-return]
        sent, before = request.POST, opened.noted()
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc, no-any-return]
        except NotSeen as stopped:
            opened.forget_since(before)
            request.POST = sent  # merging may have written into it
            request.what_is_open = stopped.what  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc, no-any-return]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return the form, which knows whether something has to be seen first."""
        form = super().get_form(request, obj, change=change, **kwargs)  # type: ignore[misc]
        form.what_is_open = getattr(request, "what_is_open", None)
        return form


def see_what_is_open(request: HttpRequest, activity: ProcessingActivity, was: str | None) -> None:
    """Look at an activity that has just been written, before its change is sealed; ``was`` is its former status.

    Where it is submitted, say what is open in it. Where it is approved, keep that with the change, or leave the saving
    if the person has not seen all of it: that raises NotSeen.
    """
    if activity.status == was or activity.status not in (ActivityStatus.IN_REVIEW, ActivityStatus.APPROVED):
        return
    found = [ShownGap(gap, None) for gap in gaps_as_written(activity.pk).open_gaps]
    seen, confirmed = set(request.POST.getlist(SEEN)), bool(request.POST.get(CONFIRMED))
    stored = FoundGap.objects.filter(gap__in=[one.gap.id for one in found]).values_list("gap", flat=True)
    what = WhatIsOpen(tuple(found), frozenset(stored), is_unconfirmed=bool(seen) and not confirmed)
    if not what.grave:
        return
    if activity.status == ActivityStatus.IN_REVIEW:
        _tell(request, activity, what)
        return
    if not confirmed or set(what.to_be_seen) - seen:
        raise NotSeen(what)
    opened = current()
    if opened is not None:
        opened.details[OPEN_GAPS] = {
            **{code: number for code, _shape, number, _word in what.counts},
            "sentences": [one.gap.what for one in what.critical],
        }


def _tell(request: HttpRequest, activity: ProcessingActivity, what: WhatIsOpen) -> None:
    address = f"{reverse('admin:gaps')}?{urlencode({'q': activity.reference})}"
    said = _t("It goes into review with gaps that are open: %(counts)s.") % {"counts": _counted(what.counts)}
    messages.warning(request, format_html('{} <a href="{}">{}</a>', said, address, _t("See them")))


def _counted(counts: list[tuple[str, str, int, Any]]) -> str:
    return ", ".join(f"{say_number(number)} {str(word).lower()}" for _code, _shape, number, word in counts)


def approved_with(details: str | Mapping[str, Any]) -> dict[str, Any] | None:
    """Return in words what was open when a record was approved, from the details of a change set; None if nothing."""
    told = json.loads(details or "{}") if isinstance(details, str) else details
    kept = told.get(OPEN_GAPS)
    if not isinstance(kept, dict):
        return None
    counts = [(one.value, SHAPES[one], kept[one.value], one.label) for one in Severity if one.value in kept]
    return {"counts": _counted(counts), "sentences": kept.get("sentences", [])}
