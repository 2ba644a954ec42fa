"""The page on which an audit's sample is drawn, and on which anybody sees that it was drawn as it says."""

import secrets
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from registry.lifecycle import CannotDraw, draw_sample, newest_version, redrawn
from registry.models import Audit, ChangeSet
from registry.record.numbers import say_number
from registry.reference.assurance import SampleAmong
from registry.reports.audit import REPEATED_BY

USUAL = 10
"""So many activities a sample has, where nobody chooses otherwise."""


class SampleForm(forms.Form):
    """How many activities are drawn, among which, and by which seed."""

    size = forms.IntegerField(label=_("How many activities"), min_value=1)
    among = forms.ChoiceField(label=_("Among"), choices=SampleAmong.choices)
    seed = forms.CharField(
        label=_("Seed"),
        max_length=100,
        help_text=_(
            "Any text. Let the auditor choose it, such as two words and the day: then nobody can have steered it."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    anew = forms.BooleanField(label=_("Replace the sample that was drawn before"), required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, label_suffix="")


@require_http_methods(["GET", "HEAD", "POST"])
def sample_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the page of the sample; by POST who may change the audit draws one."""
    model_admin = admin.site.get_model_admin(Audit)
    audit = get_object_or_404(Audit.objects.select_related("organisation"), pk=pk)
    if not model_admin.has_view_permission(request, audit):
        raise PermissionDenied
    may_change = model_admin.has_change_permission(request, audit)
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    newest = newest_version(audit)
    proposed = {"size": USUAL, "among": SampleAmong.IN_USE, "seed": secrets.token_hex(8), "seen": newest}
    form = SampleForm(request.POST if request.method == "POST" else None, initial=proposed)
    if form.is_bound and form.is_valid() and _was_drawn(request, form, audit):
        return HttpResponseRedirect(reverse("admin:registry_audit_change", args=[pk]))
    sampled = audit.activities.filter(is_sampled=True).select_related("activity")
    made_at = ChangeSet.objects.filter(sequence=audit.as_at_change_set).values_list("made_at", flat=True).first()
    context = {
        **admin.site.each_context(request),
        "title": _("Sample of an audit"),
        "audit": audit,
        "form": form if may_change else None,
        "newest": newest,
        "repeated_by": REPEATED_BY,
        "sampled": list(sampled),
        "made_at": made_at,
        "is_as_drawn": redrawn(audit),
    }
    return TemplateResponse(request, "admin/audit_sample.html", context, status=400 if form.errors else 200)


def _was_drawn(request: HttpRequest, form: SampleForm, audit: Audit) -> bool:
    chosen = form.cleaned_data
    try:
        drawn = draw_sample(
            audit,
            size=chosen["size"],
            seed=chosen["seed"],
            among=chosen["among"],
            anew=chosen["anew"],
            last_seen=chosen["seen"],
        )
    except CannotDraw as error:
        form.add_error(None, str(error))
        return False
    said = ngettext(
        "%(number)s activity is drawn and in the scope.",
        "%(number)s activities are drawn and in the scope.",
        len(drawn),
    )
    messages.success(request, said % {"number": say_number(len(drawn))})
    return True


def urls(wrap: Callable[..., Any]) -> list[Any]:
    """Return the address of the page; ``wrap`` is the site's own guard of its views."""
    return [path("registry/audit/<int:pk>/sample/", wrap(sample_page), name="audit_sample")]


admin.site.extra_urls.append(urls)  # type: ignore[attr-defined]  # our own site, see ropa.admin
