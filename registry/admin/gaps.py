"""The gaps of the register: their list, and the page of one at which it is told in full and can be accepted."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, F, Q, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from registry.admin.activity_gaps import SHAPES, ShownGap
from registry.admin.pickers import Day
from registry.admin.reports import viewed_activities
from registry.compliance.gap import Area, Severity
from registry.compliance.rules import ALL_RULES
from registry.models import FoundGap, GapAcceptance, Organisation, ProcessingActivity
from registry.standing.acceptances import accept, end, running, running_of
from registry.standing.approvals import grave_gaps_of
from registry.standing.reading import find_gap, sentences
from registry.standing.refresh import refresh
from registry.versioning.writing import change_set

PER_PAGE = 50
USUALLY = timedelta(days=90)
"""For how long a gap is accepted, where nobody chooses otherwise."""

MAY_ACCEPT = "registry.add_gapacceptance"
"""The permission that privacy officers have, and not whoever may change a record."""

OPEN, ACCEPTED = "open", "accepted"


class GapFilter(forms.Form):
    """Which gaps to show."""

    state = forms.ChoiceField(
        label=_("State"), choices=((OPEN, _("open")), (ACCEPTED, _("accepted"))), required=False, initial=OPEN
    )
    severity = forms.ChoiceField(label=_("Severity"), required=False)
    area = forms.ChoiceField(label=_("Area"), required=False)
    rule = forms.ChoiceField(label=_("Rule"), required=False)
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.filter(is_own=True).order_by("name"),
        required=False,
        empty_label=_("All organisations"),
    )
    q = forms.CharField(label=_("Record"), required=False, help_text=_("Part of its reference or name."))
    approved_by = forms.IntegerField(
        label=_("Approved by change set"), required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, label_suffix="")
        self.fields["severity"].choices = [("", _t("every severity")), *Severity.choices]  # type: ignore[attr-defined]
        self.fields["area"].choices = [("", _t("every area")), *Area.choices]  # type: ignore[attr-defined]
        rules = sorted((rule.id, rule.id.replace("-", " ")) for rule in ALL_RULES)
        self.fields["rule"].choices = [("", _t("every rule")), *rules]  # type: ignore[attr-defined]

    def rows(self) -> Any:
        """Return the derived rows of the gaps that are asked for, the gravest first."""
        chosen = self.cleaned_data
        found = FoundGap.objects.filter(is_accepted=chosen["state"] == ACCEPTED)
        found = found.select_related("activity", "organisation", "system").annotate(whose=_WHOSE)
        if chosen["severity"]:
            found = found.filter(rank=Severity(chosen["severity"]).rank)
        if chosen["area"]:
            found = found.filter(area=chosen["area"])
        if chosen["rule"]:
            found = found.filter(rule=chosen["rule"])
        if chosen["organisation"]:
            pk = chosen["organisation"].pk
            found = found.filter(Q(activity__organisation=pk) | Q(organisation=pk))
        if chosen["approved_by"]:
            found = found.filter(pk__in=grave_gaps_of(chosen["approved_by"]).values("pk"))
        for word in chosen["q"].split():
            called = Q(organisation__name__icontains=word) | Q(system__name__icontains=word)
            found = found.filter(Q(activity__in=_called(word)) | called)
        return found.order_by("rank", "whose", F("activity__reference").asc(nulls_first=True), "gap")


_WHOSE = Coalesce("organisation__name", "activity__organisation__name", Value(""))


def _called(word: str) -> Any:
    return ProcessingActivity.objects.filter(Q(reference__icontains=word) | Q(name__icontains=word)).values("pk")


@require_safe
def gaps_page(request: HttpRequest) -> HttpResponse:
    """Return the list of gaps: a fixed number of queries, since sentences are made for one page only."""
    viewed_activities(request)
    unchecked = refresh()
    form = GapFilter({"state": OPEN, **request.GET.dict()})
    rows = form.rows() if form.is_valid() else FoundGap.objects.none()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    told = sentences(list(page.object_list))
    accepted = running_of([row.gap for row in page.object_list if row.is_accepted], timezone.localdate())
    kept = request.GET.copy()
    kept.pop("page", None)
    numbers = dict(FoundGap.objects.filter(is_accepted=False).values_list("rank").annotate(number=Count("pk")))
    context = {
        **admin.site.each_context(request),
        "title": _t("Gaps"),
        "form": form,
        "unchecked": unchecked,
        "page": page,
        "rows": [(row, ShownGap(told[row.gap], accepted.get(row.gap))) for row in page.object_list if row.gap in told],
        "kept": kept.urlencode(),
        "tally": [(SHAPES[one], one, numbers.get(one.rank, 0), _with(one)) for one in Severity],
        "accepted": (FoundGap.objects.filter(is_accepted=True).count(), f"?{urlencode({'state': ACCEPTED})}"),
    }
    return TemplateResponse(request, "admin/gaps.html", context, status=400 if form.errors else 200)


def _with(severity: Severity) -> str:
    return f"?{urlencode({'severity': severity.value})}"


class AcceptanceForm(forms.Form):
    """Why a gap can be lived with, and until when."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why it can be lived with until then, and what is done meanwhile. It is kept in the history."),
    )
    valid_until = forms.DateField(label=_("Until"), widget=Day, help_text=_("On the day after it is open again."))


@require_http_methods(["GET", "HEAD", "POST"])
def gap_page(request: HttpRequest, identifier: str) -> HttpResponse:
    """Return the page of one gap; by POST an officer accepts it or ends that, each a change with its reason."""
    viewed_activities(request)
    refresh()
    found = find_gap(identifier)
    if found is None:
        raise Http404(_t("This gap isn't there any more: its record was changed, or the rule no longer asks."))
    inside, gap = found
    may_accept = request.user.has_perm(MAY_ACCEPT)
    initial = {"valid_until": timezone.localdate() + USUALLY}
    form = AcceptanceForm(
        request.POST if request.POST.get("do") == "accept" else None, initial=initial, label_suffix=""
    )
    if request.method == "POST":
        if not may_accept:
            raise PermissionDenied
        if request.POST.get("do") == "end":
            return _ended(request, identifier)
        if form.is_valid() and _accepted(request, form, gap, inside.subject.label):
            return HttpResponseRedirect(reverse("admin:gap", args=[identifier]))
    context = {
        **admin.site.each_context(request),
        "title": gap.what,
        "one": ShownGap(gap, inside.accepted.get(gap.id)),
        **_decisions(identifier),
        "record": inside.subject,
        "form": form if may_accept else None,
    }
    return TemplateResponse(request, "admin/gap.html", context, status=400 if form.errors else 200)


def _decisions(identifier: str) -> dict[str, Any]:
    """Return the acceptance that runs, which may be for less than the gap names now, and those that have ended."""
    runs = running(identifier, timezone.localdate())
    ended = GapAcceptance.objects.filter(gap=identifier).exclude(pk=runs and runs.pk)
    return {"runs": runs, "ended": list(ended.order_by("-valid_until", "-pk"))}


gap_page.opens_own_change_set = True  # type: ignore[attr-defined]  # each decision has a reason of its own


def _accepted(request: HttpRequest, form: AcceptanceForm, gap: Any, record: str) -> bool:
    reason, until = form.cleaned_data["reason"], form.cleaned_data["valid_until"]
    try:
        with change_set(actor=request.user, channel="screen", reason=reason):
            accept(gap, record=record, by=request.user, reason=reason, until=until)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _t("The gap is accepted. It is counted apart until its last day."))
    return True


def _ended(request: HttpRequest, identifier: str) -> HttpResponse:
    accepted = running(identifier, timezone.localdate())
    if accepted is not None:
        with change_set(actor=request.user, channel="screen", reason=_t("The gap is no longer accepted.")):
            end(accepted)
        messages.success(request, _t("The gap is open again."))
    return HttpResponseRedirect(reverse("admin:gap", args=[identifier]))


def urls(wrap: Callable[..., Any]) -> list[Any]:
    """Return the addresses of both pages; ``wrap`` is the site's own guard of its views."""
    return [
        path("gaps/", wrap(gaps_page), name="gaps"),
        path("gaps/<str:identifier>/", wrap(gap_page), name="gap"),
    ]


admin.site.extra_urls.append(urls)  # type: ignore[attr-defined]  # our own site, see ropa.admin
