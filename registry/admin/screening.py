"""The screening of an activity: whether an impact assessment is needed, by what the record says and people answer."""

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from registry.admin.across import place_of
from registry.admin.downloads import asked_moment
from registry.admin.reports import viewed_activities
from registry.compliance.context import context_alone
from registry.compliance.screening import ENOUGH, Listed, Screened, Screening, place_of_words, screen, source_of
from registry.lifecycle import CannotScreen, changed_meanwhile, note_screening
from registry.models import ProcessingActivity
from registry.record.activity import ActivityRecord
from registry.record.definition import facts
from registry.record.loader import Register, load_register
from registry.reference import countries
from registry.reference.activity import ActivityStatus
from registry.reference.answers import Answer
from registry.reference.dpia_criteria import AssessmentConclusion, AssessmentStatus
from registry.reference.dpia_lists import KNOWN_COUNTRIES
from registry.reports.provenance import say_moment
from registry.versioning.middleware import REASON_FIELD

_ROW: Any = facts(ActivityRecord)["impact_assessments"].row
_FACTS = facts(_ROW)
_DECISION = ("national_list", "conclusion", "conclusion_reason", "dpo_advice")


class ScreeningForm(forms.Form):
    """The answers with their reasons, and the decision. Prefilled with what was answered, or with what is suggested."""

    national_list = forms.CharField(max_length=500, required=False)
    conclusion = forms.ChoiceField(
        choices=[*AssessmentConclusion.choices, ("", _("Not decided yet"))], required=False, widget=forms.RadioSelect
    )
    conclusion_reason = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))
    dpo_advice = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))
    anew = forms.BooleanField(
        label=_("Begin a new one: the one before stays as it is"),
        required=False,
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    change_reason = forms.CharField(
        label=_("Reason for the change"),
        max_length=500,
        required=False,
        help_text=_("It is kept in the history beside your name."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, record: ActivityRecord, screening: Screening, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, label_suffix="")
        self.record, self.screening = record, screening
        for one in (*screening.criteria, *screening.cases):
            self.fields[one.key] = forms.ChoiceField(
                label=one.criterion.name,
                choices=[(Answer.YES, _t("Yes")), (Answer.NO, _t("No")), (Answer.NOT_ASSESSED, _t("Not assessed"))],
                widget=forms.RadioSelect,
            )
            self.fields[one.reason_fact.key] = forms.CharField(
                label=one.reason_fact.title, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
        for key in _DECISION:
            self.fields[key].label, self.fields[key].help_text = _FACTS[key].title, _FACTS[key].guidance

    def clean(self) -> dict[str, Any]:
        """Ask for the reasons: of each answer that the record doesn't suggest, of the decision, of the change."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        met = {"criteria": 0, "cases": 0}
        for kind in met:
            for one in getattr(self.screening, kind):
                self._ask_why(one)
                answer = cleaned.get(one.key)
                met[kind] += answer == Answer.YES or (answer == Answer.NOT_ASSESSED and one.reason is not None)
        due = met["criteria"] >= ENOUGH or bool(met["cases"] or self.screening.listed)
        if due and cleaned.get("conclusion") == AssessmentConclusion.NOT_REQUIRED and not cleaned["conclusion_reason"]:
            self.add_error("conclusion_reason", _t("Say why none is needed, though so much suggests it."))
        if self.record.status == ActivityStatus.APPROVED and not cleaned.get("change_reason", "").strip():
            self.add_error("change_reason", _t("This record is approved: say why it is changed."))
        return cleaned

    def _ask_why(self, one: Screened) -> None:
        answer, why = self.cleaned_data.get(one.key), self.cleaned_data.get(one.reason_fact.key)
        if answer == Answer.NO and one.reason is not None and not why:
            self.add_error(one.reason_fact.key, _t("The record suggests yes: say why it is no."))
        elif answer == Answer.YES and one.reason is None and not why:
            self.add_error(one.reason_fact.key, _t("The record doesn't suggest it: say why it is so."))

    def facts(self) -> dict[str, Any]:
        """Return what the assessment is to say; the state of it follows from the decision where that settles it."""
        kept = {*_DECISION} | {key for one in (*self.screening.criteria, *self.screening.cases) for key in _keys(one)}
        said = {key: self.cleaned_data[key] for key in kept}
        said["suggested"] = "\n".join(_suggestions(self.screening))
        return said


def _keys(one: Screened) -> tuple[str, str]:
    return one.key, one.reason_fact.key


def _suggestions(screening: Screening) -> Iterator[str]:
    """Yield what the record suggests, a line each: kept with the decision, so that it shows what was known then."""
    for one in (*screening.criteria, *screening.cases):
        if one.reason is not None:
            yield f"{one.criterion.name}: {one.reason}"
    for listed in screening.listed:
        yield _listed(listed)


def _listed(listed: Listed) -> str:
    return _t("%(name)s (no. %(number)d): “%(words)s”") % {
        "name": listed.type.name,
        "number": listed.type.number,
        "words": " ".join(listed.words.split()),
    }


def _initial(screening: Screening, last: Any) -> dict[str, Any]:
    said = {key: getattr(last, key) for key in _DECISION} if last else {}
    for one in (*screening.criteria, *screening.cases):
        suggested = Answer.YES if one.reason is not None else Answer.NOT_ASSESSED
        said[one.key] = one.stored or suggested
        said[one.reason_fact.key] = getattr(last, one.reason_fact.key) if last else ""
    if not said.get("national_list"):
        said["national_list"] = "; ".join(map(_listed, screening.listed))[:500]
    return said


def _record(request: HttpRequest, pk: int) -> tuple[Register, ActivityRecord, Screening]:
    viewed_activities(request)
    register = load_register(as_at=asked_moment(request)).only([pk])
    record = next(register.activities(), None)
    if record is None:
        raise Http404(_t("There is no processing activity with the key %(key)d.") % {"key": pk})
    return register, record, screen(record, context_alone(register))


def _context(request: HttpRequest, register: Register, record: ActivityRecord, screening: Screening) -> dict[str, Any]:
    last = record.impact_assessments[-1] if record.impact_assessments else None
    country = record.organisation.country
    as_at = request.GET.get("as_at", "")
    return {
        "title": _t("Impact assessment screening"),
        "record": record,
        "last": last,
        "screening": screening,
        "shown": [_shown(record, one, last) for one in screening.criteria],
        "cases": [_shown(record, one, last) for one in screening.cases],
        "met": sum(one.is_met for one in screening.criteria),
        "cases_met": sum(one.is_met for one in screening.cases),
        "any_answer": any(one.stored for one in (*screening.criteria, *screening.cases)),
        "listed": [(one, place_of_words(record, one.words)) for one in screening.listed],
        "no_list": countries.by_code(country).name_en if country and country not in KNOWN_COUNTRIES else "",
        "as_at": as_at,
        "moment": say_moment(register.as_at) if as_at else "",
        "form_url": place_of("impact_assessments", record.pk),
        "enough": ENOUGH,
    }


def _shown(record: ActivityRecord, one: Screened, last: Any) -> dict[str, Any]:
    source = source_of(record, one.reason) if one.reason is not None else None
    return {
        "one": one,
        "source": source,
        "answer": Answer(one.stored or Answer.NOT_ASSESSED).label,
        "why": getattr(last, one.reason_fact.key) if last else "",
        "url": place_of(source.fact, record.pk) if source else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
def screening_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the page of the screening, now or as at a moment; by POST an officer answers, and decides."""
    register, record, screening = _record(request, pk)
    may_change = viewed_activities(request).has_change_permission(request) and not request.GET.get("as_at")
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    last = record.impact_assessments[-1] if record.impact_assessments else None
    newest = dict(register.index)[pk]
    initial = {**_initial(screening, last), "seen": newest, "anew": False}
    form = ScreeningForm(record, screening, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and request.POST.get("seen") != str(newest):  # before all else: what is suggested may be another
        form.add_error(None, changed_meanwhile(ProcessingActivity, newest))
    elif form.is_bound and form.is_valid() and _was_noted(request, form, record, last):
        return HttpResponseRedirect(reverse("admin:screening", args=[pk]))
    context = {
        **admin.site.each_context(request),
        **_context(request, register, record, screening),
        "form": form if may_change else None,
        "newest": newest,
        "reason_field": REASON_FIELD,
        "is_approved": record.status == ActivityStatus.APPROVED,
    }
    for line in (*context["shown"], *context["cases"]):
        line["field"], line["why_field"] = form[line["one"].key], form[line["one"].reason_fact.key]
    return TemplateResponse(request, "admin/screening.html", context, status=400 if form.errors else 200)


def _was_noted(request: HttpRequest, form: ScreeningForm, record: ActivityRecord, last: Any) -> bool:
    chosen = form.cleaned_data
    anew = chosen["anew"] or last is None
    said = form.facts()
    if anew:
        today = timezone.localdate().isoformat()
        said["title"] = (_t("Screening of %(day)s: %(name)s") % {"day": today, "name": record.name})[:250]
    said["status"] = _state(chosen["conclusion"], "" if anew else last.status)
    activity = ProcessingActivity.objects.get(pk=record.pk)
    try:
        note_screening(activity, said, anew=anew, last_seen=chosen["seen"])
    except CannotScreen as error:
        form.add_error(None, str(error))
        return False
    if chosen["conclusion"] == AssessmentConclusion.REQUIRED:
        messages.success(request, _t("Answers and decision are noted. The assessment itself is to be made now."))
    elif chosen["conclusion"]:
        messages.success(request, _t("Answers and decision are noted."))
    else:
        messages.success(request, _t("The answers are noted. Nobody has decided yet."))
    return True


def _state(conclusion: str, state: str) -> str:
    if conclusion == AssessmentConclusion.NOT_REQUIRED:
        return state if state == AssessmentStatus.COMPLETED else AssessmentStatus.NOT_REQUIRED
    if conclusion == AssessmentConclusion.REQUIRED and state in ("", AssessmentStatus.NOT_REQUIRED):
        return AssessmentStatus.NOT_STARTED
    return state


@require_safe
def screening_in_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the same to be read and printed."""
    register, record, screening = _record(request, pk)
    context = {**_context(request, register, record, screening), "printed": say_moment(timezone.now())}
    return TemplateResponse(request, "admin/print_screening.html", context)


def urls(wrap: Callable[..., Any]) -> list[Any]:
    """Return the addresses of both pages; ``wrap`` is the site's own guard of its views."""
    return [
        path("screening/<int:pk>/", wrap(screening_page), name="screening"),
        path("screening/<int:pk>/print/", wrap(screening_in_print), name="screening_print"),
    ]


admin.site.extra_urls.append(urls)  # type: ignore[attr-defined]  # our own site, see ropa.admin
