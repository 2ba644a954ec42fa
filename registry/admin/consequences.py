"""What changes of approved records, and of entries that they use, require: the checklist, and the page of one line."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from registry.admin.pickers import Day
from registry.admin.reports import viewed_activities
from registry.admin.required import EVERY, shown, shown_all
from registry.compliance.consequence_texts import worded
from registry.models import ChangeConsequence, ChangeSet, ProcessingActivity
from registry.reference.requirements import ChangedEntry, Requirement, Settlement
from registry.reports.provenance import say_moment
from registry.standing.consequences import open_consequences, settle
from registry.versioning.writing import change_set

MAY_SETTLE = "registry.change_changeconsequence"
"""The permission that privacy officers have, and not whoever may change a record."""

PER_PAGE = 50
PRINTED = 1_000
"""So many lines are printed; no more can be looked through on paper."""


class ConsequenceFilter(forms.Form):
    """Which consequences to show."""

    state = forms.ChoiceField(label=_("State"), required=False)
    requirement = forms.ChoiceField(label=_("What is required"), required=False)
    q = forms.CharField(label=_("Record or entry"), required=False, help_text=_("Part of its reference or name."))
    mine = forms.BooleanField(label=_("Only of records that I own"), required=False)
    change = forms.IntegerField(required=False, widget=forms.HiddenInput)
    record = forms.IntegerField(required=False, widget=forms.HiddenInput)
    entry = forms.ChoiceField(
        required=False, widget=forms.HiddenInput, choices=[("", ""), *((one.value, one.value) for one in ChangedEntry)]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, label_suffix="")
        self.fields["state"].choices = [*Settlement.choices, (EVERY, _t("every state"))]
        self.fields["requirement"].choices = [("", _t("everything")), *Requirement.choices]

    def rows(self, user: Any) -> "QuerySet[ChangeConsequence]":
        """Return what is asked for, the most urgent first."""
        chosen = self.cleaned_data
        state = chosen["state"] or Settlement.OPEN
        if state == Settlement.OPEN:
            found = open_consequences()
        else:
            found = ChangeConsequence.objects.order_by("-pk")
            found = found if state == EVERY else found.filter(settlement=state)
        if chosen["requirement"]:
            found = found.filter(requirement=chosen["requirement"])
        for word in chosen["q"].split():
            found = found.filter(record__icontains=word)
        if chosen["mine"]:
            owned = ProcessingActivity.objects.filter(owner=user).values("pk")
            found = found.filter(record_key__in=owned, entry="")
        if chosen["record"]:
            found = found.filter(record_key=chosen["record"], entry=chosen["entry"])
        if chosen["change"]:
            created = ChangeConsequence.history.model.objects.filter(history_type="+", change_set_id=chosen["change"])
            found = found.filter(pk__in=created.values("id"))
        return found


class SettlementForm(forms.Form):
    """What has become of some of them."""

    settlement = forms.ChoiceField(
        label=_("State"),
        choices=[(one.value, one.label) for one in Settlement if one != Settlement.OPEN],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it is done or not needed.")},
    )
    note = forms.CharField(
        label=pgettext_lazy("what somebody writes down", "Note"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What was done, or why it isn't needed. It is kept in the history beside your name."),
        error_messages={"required": _("Say what was done, or why it isn't needed.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, label_suffix="")


class OneForm(SettlementForm):
    """What has become of one; it can be opened again, or be given another day."""

    settlement = forms.ChoiceField(label=_("State"), choices=Settlement.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=pgettext_lazy("what somebody writes down", "Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was done, or why it isn't needed. It is kept in the history beside your name."),
    )
    due_on = forms.DateField(label=_("To be settled by"), widget=Day, help_text=_("While it is open."))


@require_http_methods(["GET", "HEAD", "POST"])
def consequences_page(request: HttpRequest) -> HttpResponse:
    """Return the checklist; by POST an officer settles those that are ticked, as one change with the note as reason."""
    viewed_activities(request)
    may_settle = request.user.has_perm(MAY_SETTLE)
    form, problem, ticked = SettlementForm(), "", set(request.POST.getlist("one"))
    if request.method == "POST":
        if not may_settle:
            raise PermissionDenied
        form = SettlementForm(request.POST)
        if not ticked:
            problem = _t("Nothing was settled: tick what you have seen to, and send the form again.")
        elif form.is_valid():
            return _settled(request, form.cleaned_data, {int(pk) for pk in ticked if pk.isdecimal()})
        else:
            problem = _t("Nothing was settled. Please correct what is marked below.")
    narrowing = ConsequenceFilter(request.GET)
    rows = narrowing.rows(request.user) if narrowing.is_valid() else ChangeConsequence.objects.none()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        **admin.site.each_context(request),
        "title": _t("Open consequences"),
        "form": narrowing,
        "page": page,
        "rows": shown_all(page.object_list),
        "kept": kept.urlencode(),
        "settlement": form if may_settle else None,
        "problem": problem,
        "ticked": ticked,
        "is_narrowed": any(request.GET.get(key) for key in narrowing.fields),
        "change": narrowing.cleaned_data.get("change") if narrowing.is_valid() else None,
    }
    wrong = bool(problem or narrowing.errors)
    return TemplateResponse(request, "admin/consequences.html", context, status=400 if wrong else 200)


consequences_page.opens_own_change_set = True  # type: ignore[attr-defined]  # the note is the reason of the change


def _settled(request: HttpRequest, chosen: dict[str, Any], pks: set[int]) -> HttpResponse:
    with change_set(actor=request.user, channel="screen", reason=chosen["note"]):
        found = list(ChangeConsequence.objects.select_for_update().filter(pk__in=pks, settlement=Settlement.OPEN))
        for one in found:
            settle(one, settlement=chosen["settlement"], note=chosen["note"], by=request.user)
    said = ngettext("One is settled.", "%(number)d are settled.", len(found)) % {"number": len(found)}
    if found:
        messages.success(request, said)
    if missed := len(pks) - len(found):
        told = ngettext(
            "One had been settled by somebody else.", "%(number)d had been settled by somebody else.", missed
        )
        messages.warning(request, told % {"number": missed})
    return HttpResponseRedirect(request.get_full_path())


@require_safe
def consequences_in_print(request: HttpRequest) -> HttpResponse:
    """Return the same checklist to be read and printed, as far as ``PRINTED`` lines."""
    viewed_activities(request)
    narrowing = ConsequenceFilter(request.GET)
    if not narrowing.is_valid():
        raise Http404(_t("This can’t be chosen."))
    rows = narrowing.rows(request.user)
    number = narrowing.cleaned_data["change"]
    context = {
        "title": _t("What changes of approved records and their entries require"),
        "rows": shown_all(rows[:PRINTED]),
        "more": max(0, rows.count() - PRINTED),
        "raised_in": ChangeSet.objects.filter(pk=number).first() if number else None,
        "list_url": f"{reverse('admin:consequences')}?{request.GET.urlencode()}",
        "printed": say_moment(timezone.now()),
    }
    return TemplateResponse(request, "admin/print_consequences.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def consequence_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the page of one consequence with its history; by POST an officer settles it or opens it again."""
    viewed_activities(request)
    one = ChangeConsequence.objects.filter(pk=pk).first()
    if one is None:
        raise Http404(_t("There is no such consequence: the import that brought it may have been undone."))
    may_settle = request.user.has_perm(MAY_SETTLE)
    if request.method == "POST" and not may_settle:
        raise PermissionDenied
    initial = {"settlement": one.settlement, "note": one.note, "due_on": one.due_on}
    form = OneForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid() and _was_settled(request, form, one):
        messages.success(request, _t("It is noted."))
        return HttpResponseRedirect(reverse("admin:consequence", args=[pk]))
    versions = list(one.history.select_related("change_set").order_by("history_id"))
    context = {
        **admin.site.each_context(request),
        "title": worded(one),
        "shown": shown(one, timezone.localdate()),
        "raised_in": versions[0].change_set,
        "versions": versions,
        "exists": _changed_model(one).objects.filter(pk=one.record_key).exists(),
        "form": form if may_settle else None,
    }
    return TemplateResponse(request, "admin/consequence.html", context, status=400 if form.errors else 200)


def _changed_model(one: ChangeConsequence) -> type[Any]:
    return apps.get_model("registry", one.entry) if one.entry else ProcessingActivity


consequence_page.opens_own_change_set = True  # type: ignore[attr-defined]  # the note is the reason of the change


def _was_settled(request: HttpRequest, form: OneForm, one: ChangeConsequence) -> bool:
    chosen = form.cleaned_data
    try:
        with change_set(actor=request.user, channel="screen", reason=chosen["note"]):
            settle(one, **chosen, by=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def urls(wrap: Callable[..., Any]) -> list[Any]:
    """Return the addresses of the pages; ``wrap`` is the site's own guard of its views."""
    return [
        path("consequences/", wrap(consequences_page), name="consequences"),
        path("consequences/print/", wrap(consequences_in_print), name="consequences_print"),
        path("consequences/<int:pk>/", wrap(consequence_page), name="consequence"),
    ]


admin.site.extra_urls.append(urls)  # type: ignore[attr-defined]  # our own site, see ropa.admin
