"""What needs the person today: gaps, deadlines, and what waits for a decision; each a number and the list behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.admin.activity_filters import ON, ChangedByOwner
from registry.admin.activity_gaps import SHAPES
from registry.admin.list_links import list_url
from registry.admin.segment_review import number_to_review
from registry.compliance.gap import Severity
from registry.models import GapCount, Import, ProcessingActivity
from registry.models.spreadsheet_import import ImportState
from registry.reference.activity import ActivityStatus
from registry.reminders.deadlines import AHEAD, KIND, KINDS, counts, horizon
from registry.standing.owner_changes import changed_since_approval
from registry.standing.tallies import Tallies


@dataclass(frozen=True)
class Line:
    """Something to do: what, how often, and where; ``overdue`` of it should have been done before today."""

    label: str | Promise
    number: int
    url: str
    overdue: int = 0
    shape: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Heap:
    """Lines of one kind, and what is said where there is none."""

    key: str
    title: str | Promise
    url: str
    lines: tuple[Line, ...]
    nothing: str | Promise


def what_is_due(request: HttpRequest, found: Tallies, *, unchecked: int = 0) -> list[Heap]:
    """Return what is to be done, as far as the person may see it, from tallies and fixed queries.

    Lines with nothing to do are left out. That there is nothing is only said once no record is ``unchecked``.
    """
    so_far = _("Nothing has been found so far.") if unchecked else None
    mine = tuple(_owned(request.user))
    heaps = [
        *([Heap("mine", _("Yours"), "", mine, "")] if any(line.number for line in mine) else []),
        Heap("gaps", _("Gaps"), reverse("admin:gaps"), tuple(_gaps()), so_far or _("No gap is open.")),
        Heap(
            "deadlines",
            _("Falls due"),
            reverse("admin:deadlines"),
            tuple(_deadlines(found)),
            so_far or _("Nothing is overdue, and nothing falls due in the coming two months."),
        ),
        Heap(
            "waiting",
            _("Waits for a decision"),
            "",
            tuple(_waiting(request, found)),
            so_far or _("Nothing waits for anyone."),
        ),
    ]
    return [
        Heap(heap.key, heap.title, heap.url, tuple(line for line in heap.lines if line.number), heap.nothing)
        for heap in heaps
    ]


def what_reviewers_do() -> Heap:
    """Return what is to be done by those who see segments and consent mechanisms, and no activities: three queries."""
    consents = reverse("admin:registry_consentmechanism_changelist")
    past, ahead = (KIND["consent"].count(day, None) for day in (timezone.localdate(), horizon()))
    lines = (
        Line(_("Segments to review"), number_to_review(), reverse("admin:segment_review")),
        Line(_("Consent mechanisms to be renewed now"), past, f"{consents}?valid_until=due"),
        Line(_("Consent mechanisms to be renewed soon"), ahead - past, f"{consents}?valid_until=soon"),
    )
    nothing = _("No segment is due for review, and no consent mechanism has to be renewed.")
    return Heap("segments", _("Segments and consents"), "", tuple(line for line in lines if line.number), nothing)


def _gaps() -> Iterator[Line]:
    today = GapCount.objects.filter(day=timezone.localdate()).first()
    page = reverse("admin:gaps")
    for severity in Severity if today is not None else ():
        number = getattr(today, severity.value)
        url = f"{page}?{urlencode({'severity': severity.value})}"
        yield Line(severity.label, number, url, shape=SHAPES[severity], tone=severity.value)


def _deadlines(found: Tallies) -> Iterator[Line]:
    page = reverse("admin:deadlines")
    last, yesterday = horizon(), timezone.localdate() - timedelta(days=1)
    ahead, past = (counts(day, but={"review"}) | {"review": _reviews(found, day)} for day in (last, yesterday))
    for kind in KINDS:
        url = f"{page}?{urlencode({'days': AHEAD, 'kind': kind.key})}"
        yield Line(kind.label, ahead[kind.key], url, overdue=past[kind.key])


def _owned(user: Any) -> Iterator[Line]:
    """Yield what the person answers for as owner of activities; the same stands among that of everybody.

    One query for who owns none.
    """
    if not ProcessingActivity.objects.filter(owner=user).exists():
        return
    page = reverse("admin:deadlines")
    ahead, past = (counts(day, owner=user) for day in (horizon(), timezone.localdate() - timedelta(days=1)))
    for kind in KINDS:
        if kind.of_owner:
            url = f"{page}?{urlencode({'days': AHEAD, 'kind': kind.key, 'mine': 'on'})}"
            yield Line(kind.label, ahead[kind.key], url, overdue=past[kind.key])


def _reviews(found: Tallies, until: date) -> int:
    """Return how many reviews fall due up to a day. There are as many as records, so they are tallied by their days."""
    return sum(number for day, number in found.get("review", {}).items() if day <= until.isoformat())


def _waiting(request: HttpRequest, found: Tallies) -> Iterator[Line]:
    user: Any = request.user
    by_status = found.get("status", {})
    in_review = ActivityStatus.IN_REVIEW.value
    yield Line(_("Records waiting for approval"), by_status.get(in_review, 0), list_url(status=in_review))
    changed = changed_since_approval().count()
    yield Line(
        _("Approved records that their owners changed"), changed, list_url(**{ChangedByOwner.parameter_name: ON})
    )
    draft = ActivityStatus.DRAFT.value
    yield Line(_("Drafts"), by_status.get(draft, 0), list_url(status=draft))
    if user.has_perm("registry.view_import"):
        planned = ImportState.PLANNED.value
        own = admin.site.get_model_admin(Import).get_queryset(request)  # those to review belong to who uploaded them
        imports = own.filter(state=planned).count()
        url = f"{reverse('admin:registry_import_changelist')}?{urlencode({'state__exact': planned})}"
        yield Line(_("Imports to review"), imports, url)
    words = found.get("question", {}).get("not-matched", 0)
    yield Line(_("Records with words not matched"), words, list_url(**{"not-matched": ON}))
