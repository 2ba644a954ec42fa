"""The page on which the marketing team reviews segments: what each is made from, and what it rests on."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F, Max, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from registry.admin.across import place_of
from registry.admin.activity_gaps import ShownGap
from registry.lifecycle import CannotReview, review_segment
from registry.models import ActivityDataCategory, OrganisationUnit, ProcessingActivity, Segment, SegmentData
from registry.record.numbers import say_number
from registry.record.segments import data_used
from registry.reference.activity import ActivityStatus
from registry.reference.segmentation import ContactBasis
from registry.reminders.deadlines import kinds_for
from registry.standing.reading import gaps_of
from registry.standing.refresh import refresh
from registry.versioning.middleware import REASON_FIELD

RECORDS = "registry.view_processingactivity"
PER_PAGE = 20
MONTHS = (3, 6, 12, 24)
USUAL = 6
"""After how many months a segment is looked at again, where nobody chooses otherwise."""


class ReviewFilter(forms.Form):
    """Which segments to show."""

    show = forms.ChoiceField(
        label=_("Segments"), required=False, choices=[("", _("due, or without a day for it")), ("all", _("all"))]
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"), required=False, queryset=OrganisationUnit.objects.order_by("name"), empty_label=_("every unit")
    )

    segment = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, label_suffix="")


class ReviewForm(forms.Form):
    """What came of a review, and when the next one is."""

    segment = forms.IntegerField()
    months = forms.TypedChoiceField(coerce=int, choices=[(months, months) for months in MONTHS])
    seen = forms.IntegerField()


@require_http_methods(["GET", "HEAD", "POST"])
def segment_review(request: HttpRequest) -> HttpResponse:
    """Show the segments, those first that are due; note a review where one was sent."""
    if not may_read(request):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request)
    if not _may_review(request):
        raise PermissionDenied
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _page(request, refusal=_t("Nothing was noted: choose when the next review is, and send the form again."))
    segment = get_object_or_404(Segment.objects.select_related("activity"), pk=form.cleaned_data["segment"])
    try:
        review_segment(
            segment,
            months=form.cleaned_data["months"],
            by=request.user,
            reason=request.POST.get(REASON_FIELD, ""),
            last_seen=form.cleaned_data["seen"],
        )
    except CannotReview as error:
        return _page(request, refusal=str(error), refused=segment)
    said = _t("“%(name)s” is noted as reviewed today; the next review is on %(day)s.")
    messages.success(request, said % {"name": segment.name, "day": date_format(segment.next_review_on, "DATE_FORMAT")})
    return HttpResponseRedirect(request.get_full_path())


segment_review.opens_own_change_set = True  # type: ignore[attr-defined]  # a refused review writes nothing


def may_read(request: HttpRequest) -> bool:
    """Return whether the person may see segments: by themselves, or as part of the records."""
    return request.user.has_perm("registry.view_segment") or request.user.has_perm(RECORDS)


def _may_review(request: HttpRequest) -> bool:
    """Return whether the person may note reviews: of segments alone, or as whoever maintains the records."""
    permissions = ("registry.change_segment", "registry.change_processingactivity")
    return any(map(request.user.has_perm, permissions))


def _page(request: HttpRequest, *, refusal: str = "", refused: Segment | None = None) -> HttpResponse:
    form = ReviewFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    today = timezone.localdate()
    found = _segments(chosen, today)
    if refused is not None:  # what was typed stays before the person, on whichever page they were
        found = found | Segment.objects.filter(pk=refused.pk)
    page = Paginator(_with_rows(found), PER_PAGE).get_page(request.GET.get("page"))
    activities = {segment.activity_id for segment in page.object_list}
    newest = _newest_versions(activities)
    asked = _gaps(activities)
    context = {
        **admin.site.each_context(request),
        "title": _t("Segment review"),
        "form": form,
        "page": page,
        "shown": [
            {**_shown(segment, today, newest, refused, refusal), "gaps": _gaps_of(segment, asked)}
            for segment in page.object_list
        ],
        "one_asked": chosen.get("segment"),
        "any_segment": page.paginator.count or Segment.objects.exists(),
        "may_review": _may_review(request),
        "may_open": request.user.has_perm(RECORDS),
        "has_deadlines": bool(kinds_for(request.user)),
        "months": MONTHS,
        "usual": int(request.POST.get("months")) if request.POST.get("months", "").isdecimal() else USUAL,
        "reason": request.POST.get(REASON_FIELD, ""),
        "refusal": refusal,
        "kept": _kept(request),
    }
    return TemplateResponse(request, "admin/segment_review.html", context, status=400 if refusal else 200)


def _segments(chosen: dict[str, Any], today: date) -> "QuerySet[Segment]":
    found = in_use()
    if chosen.get("segment"):
        return found.filter(pk=chosen["segment"])
    if chosen.get("unit"):
        found = found.filter(activity__unit=chosen["unit"])
    return found if chosen.get("show") == "all" else _to_review(found, today)


def in_use() -> "QuerySet[Segment]":
    """Return the segments of activities that aren't retired."""
    return Segment.objects.exclude(activity__status=ActivityStatus.RETIRED)


def _to_review(found: "QuerySet[Segment]", today: date) -> "QuerySet[Segment]":
    return found.exclude(next_review_on__gt=today)


def number_to_review() -> int:
    """Return how many segments the page shows at first: those that are due, and those without a day. One query."""
    return _to_review(in_use(), timezone.localdate()).count()


def _with_rows(found: "QuerySet[Segment]") -> "QuerySet[Segment]":
    """Return the segments in their order, with all that is shown about them: a query for each kind of row."""
    entry = ("category", "category__parent")
    rows = [
        Prefetch(
            "activity__segment_data", SegmentData.objects.select_related(*entry, "segment").order_by("position", "pk")
        ),
        Prefetch(
            "activity__data_categories", ActivityDataCategory.objects.select_related(*entry).order_by("position", "pk")
        ),
    ]
    related = found.select_related("activity", "activity__unit", "consent").prefetch_related(*rows)
    return related.order_by(F("next_review_on").asc(nulls_first=True), "activity__reference", "position", "pk")


_POINTED_OUT = frozenset(
    {
        "segment-without-opt-out",
        "segment-consent-without-mechanism",
        "segment-data-beyond-activity",
        "segment-review-overdue",
        "segment-review-not-planned",
    }
)
"""Rules whose gaps the page points out beside the fact itself."""


def _gaps(activities: Collection[Any]) -> dict[tuple[str, int], list[ShownGap]]:
    """Return the open gaps of these activities by list and row: the same number of queries for any number of them."""
    if not activities:
        return {}
    refresh()
    found: dict[tuple[str, int], list[ShownGap]] = {}
    for one in gaps_of(activities):
        for gap in one.open_gaps:
            if gap.row_pk is not None and gap.rule.id not in _POINTED_OUT:
                found.setdefault((gap.row_list, gap.row_pk), []).append(ShownGap(gap, None))
    return found


def _gaps_of(segment: Segment, asked: dict[tuple[str, int], list[ShownGap]]) -> list[ShownGap]:
    """Return what is asked about the segment, and about the consent that it rests on."""
    about_consent = asked.get(("consents", segment.consent_id), []) if segment.consent_id else []
    return [*asked.get(("segments", segment.pk), []), *about_consent]


def _newest_versions(activities: Collection[Any]) -> dict[Any, int]:
    versions = ProcessingActivity.history.model.objects.filter(id__in=activities)
    return dict(versions.order_by().values_list("id").annotate(newest=Max("history_id")))


def _shown(
    segment: Segment, today: date, newest: dict[Any, int], refused: Segment | None, refusal: str
) -> dict[str, Any]:
    activity = segment.activity
    used = [
        {"name": str(one.row), "beyond": one.beyond, "what_for": one.row.what_for}
        for one in data_used(segment, activity.segment_data.all(), activity.data_categories.all())
    ]
    is_refused = refused is not None and refused.pk == segment.pk
    return {
        "segment": segment,
        "activity": activity,
        "address": place_of("segments", activity.pk),
        "renewal_due": segment.consent is not None
        and segment.consent.valid_until is not None
        and segment.consent.valid_until <= today,
        "due": segment.next_review_on is not None and segment.next_review_on <= today,
        "used": used,
        "beyond": sum(one["beyond"] for one in used),
        "own": list(dict.fromkeys(str(row.category or row.stated_as) for row in activity.data_categories.all())),
        "lacks_consent": segment.contact_basis == ContactBasis.CONSENT and segment.consent is None,
        "lacks_opt_out": not segment.opt_out and segment.contact_basis not in ("", ContactBasis.NO_CONTACT),
        "people": "" if segment.audience_size is None else say_number(segment.audience_size),
        "seen": newest.get(activity.pk, ""),
        "is_refused": is_refused,
        "refusal": refusal if is_refused else "",
    }


def _kept(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


def urls(wrap: Callable[..., Any]) -> list[Any]:
    """Return the address of the page; ``wrap`` is the site's own guard of its views."""
    return [path("segment-review/", wrap(segment_review), name="segment_review")]


admin.site.extra_urls.append(urls)  # type: ignore[attr-defined]  # our own site, see ropa.admin
