"""The audit pack on screen: whose register, as at when, with the changes since when; and the key that signs it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from registry.admin.downloads import download
from registry.admin.moments import MomentField
from registry.admin.reports import viewed_activities
from registry.admin.signing_key import key_facts
from registry.models import Organisation
from registry.reports.errors import ReportError
from registry.reports.pack import FORMAT, PACK
from registry.reports.parameters import Parameters, moment_of_production
from registry.versioning.account import name_of
from registry.versioning.export_log import Door

HISTORY = "registry.view_changeset"

PERIOD = timedelta(days=365)
"""The period of changes that is proposed: since the last yearly audit."""


class PackForm(forms.Form):
    """What goes into the pack."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.filter(is_own=True).order_by("name"),
        required=False,
        empty_label=_("All organisations"),
        help_text=_("The history in the pack is always that of all of them: a sealed chain can't be divided."),
    )
    since = MomentField(
        label=_("Changes since"),
        required=False,
        help_text=_("The beginning of the period that is audited. Leave empty for a pack without a report of changes."),
    )
    as_at = MomentField(
        label=_("As at"),
        required=False,
        help_text=_("The end of that period. Leave empty for the register as it is now."),
    )


@require_safe
def pack_page(request: HttpRequest) -> HttpResponse:
    """Return the page on which a pack is asked for."""
    _demand_right(request)
    return _page(request, PackForm(initial={"since": timezone.now().replace(second=0, microsecond=0) - PERIOD}))


@require_safe
def pack_download(request: HttpRequest) -> HttpResponseBase:
    """Return the pack, or lead to the job that makes it; the page with what is to be corrected otherwise."""
    _demand_right(request)
    form = PackForm(request.GET)
    if not form.is_valid():
        return _page(request, form, status=400)
    user: Any = request.user
    organisation = form.cleaned_data["organisation"]
    parameters = Parameters(
        report=PACK,
        format=FORMAT,
        produced_at=moment_of_production(),
        produced_by=name_of(user),
        as_at=form.cleaned_data["as_at"],
        since=form.cleaned_data["since"],
        organisation=organisation.pk if organisation else None,
        language=get_language() or "en",
    )
    try:
        return download(request, parameters, Door.REPORTS)
    except ReportError as error:
        form.add_error(error.parameter if error.parameter in form.fields else None, error.message)
        return _page(request, form, status=400)


def _demand_right(request: HttpRequest) -> None:
    """Refuse who may not see the records, or not the history, which is in the pack whole."""
    viewed_activities(request)
    if not request.user.has_perm(HISTORY):
        raise PermissionDenied


def _page(request: HttpRequest, form: PackForm, status: int = 200) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": _t("Audit pack"), "form": form, "key": key_facts()}
    return TemplateResponse(request, "admin/audit_pack.html", context, status=status)


def urls(wrap: Callable[..., Any]) -> list[Any]:
    """Return the addresses of the page and of the pack; ``wrap`` is the site's own guard of its views."""
    return [
        path("audit-pack/", wrap(pack_page), name="audit_pack"),
        path("audit-pack/download/", wrap(pack_download), name="audit_pack_download"),
    ]


admin.site.extra_urls.append(urls)  # type: ignore[attr-defined]  # our own site, see ropa.admin
