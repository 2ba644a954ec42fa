"""Downloads of the register: the page of reports, one record as PDF, and the list of activities as it is on screen."""

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from registry.admin.downloads import asked, asked_moment, download
from registry.admin.moments import MomentField
from registry.models import Organisation, ProcessingActivity
from registry.reports.catalogue import REPORTS
from registry.reports.errors import ReportError
from registry.reports.subjects import ACTIVITY, Subject
from registry.versioning.export_log import Door


class RegisterForm(forms.Form):
    """What register to download, and as at when."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.filter(is_own=True).order_by("name"),
        required=False,
        empty_label=_("All organisations"),
    )
    as_at = MomentField(
        label=_("As at"),
        required=False,
        help_text=_("Leave empty for the register as it is now. A past moment gives the register as it was then."),
    )


def viewed_activities(request: HttpRequest) -> "ModelAdmin[ProcessingActivity]":
    """Return the screens of activities, if the person may see them."""
    model_admin = admin.site.get_model_admin(ProcessingActivity)
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    return model_admin


@require_safe
def reports_page(request: HttpRequest) -> HttpResponse:
    """Return the page on which reports are chosen."""
    viewed_activities(request)
    return _page(request, RegisterForm())


@require_safe
def register_download(request: HttpRequest) -> HttpResponseBase:
    """Return the register of one organisation or of all, as at now or then, in the format asked for."""
    viewed_activities(request)
    form = RegisterForm(request.GET)
    if not form.is_valid():
        return _page(request, form, status=400)
    organisation = form.cleaned_data["organisation"]
    parameters = asked(
        request,
        "register",
        request.GET.get("format", ""),
        as_at=form.cleaned_data["as_at"],
        organisation=organisation.pk if organisation else None,
    )
    try:
        return download(request, parameters, Door.REPORTS)
    except ReportError as error:
        form.add_error(error.parameter, error.message)
        return _page(request, form, status=400)


@require_safe
def list_download(request: HttpRequest, extension: str) -> HttpResponseBase:
    """Return the records that the list of activities shows with these filters and this search, on all of its pages."""
    model_admin = viewed_activities(request)
    request.GET = request.GET.copy()  # type: ignore[assignment]
    request.GET.pop(PAGE_VAR, None)
    try:
        changelist = model_admin.get_changelist_instance(request)
    except IncorrectLookupParameters:
        return HttpResponseRedirect(reverse("admin:registry_processingactivity_changelist"))
    filters = tuple(_filters_in_words(changelist))
    pks = changelist.queryset.order_by().values_list("pk", flat=True) if filters else None
    parameters = asked(request, "register", extension, activities=pks, filters=filters)
    return download(request, parameters, Door.LIST)


@require_safe
def record_download(request: HttpRequest, pk: int, extension: str) -> HttpResponseBase:
    """Return one record, now or as at the moment that the address names; deleted ones as they were."""
    viewed_activities(request)
    subject = str(Subject(ACTIVITY, str(pk)))
    try:
        parameters = asked(request, "record", extension, subject=subject, as_at=asked_moment(request))
        return download(request, parameters, Door.RECORD)
    except ReportError as error:
        raise Http404(error.message) from error


@admin.action(description=_("Download selected as PDF"), permissions=["view"])
def download_selected_as_pdf(model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponseBase:
    """Return the chosen records as PDF."""
    return _selected(request, queryset, "pdf")


@admin.action(description=_("Download selected as CSV"), permissions=["view"])
def download_selected_as_csv(model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponseBase:
    """Return the chosen records as CSV."""
    return _selected(request, queryset, "csv")


def _selected(request: HttpRequest, queryset: QuerySet[Any], extension: str) -> HttpResponseBase:
    pks = queryset.order_by().values_list("pk", flat=True)
    filters = (_t("records selected by hand"),)
    parameters = asked(request, "register", extension, activities=pks, filters=filters)
    return download(request, parameters, Door.LIST)


def _filters_in_words(changelist: ChangeList) -> Iterator[str]:
    """Yield everything that the list is limited by: its filters, other conditions in the address, and the search."""
    known: set[str] = set()
    for spec in changelist.filter_specs:
        known.update(name for name in spec.expected_parameters() if name is not None)
        if getattr(spec, "value", lambda: None)() is None:
            continue
        for choice in spec.choices(changelist):
            if choice["selected"]:
                shown, title = str(choice["display"]), str(spec.title)
                yield shown if shown == title else f"{title} {shown}"
    for name, values in changelist.get_filters_params().items():
        if name not in known:
            yield f"{name}: {', '.join(map(str, values)) if isinstance(values, list) else values}"
    if changelist.query:
        yield _t("search “%(words)s”") % {"words": changelist.query}


def _page(request: HttpRequest, form: RegisterForm, status: int = 200) -> HttpResponse:
    counted = Organisation.objects.filter(is_own=True).annotate(records=Count("activities")).order_by("name")
    organisations = list(counted.values("name", "records"))
    context = {
        **admin.site.each_context(request),
        "title": _t("Reports"),
        "form": form,
        "organisations": organisations,
        "records": sum(organisation["records"] for organisation in organisations),
    }
    return TemplateResponse(request, "admin/reports.html", context, status=status)


def urls(wrap: Callable[..., Any]) -> list[Any]:
    """Return the addresses of all downloads; ``wrap`` is the site's own guard of its views."""
    return [
        path("reports/", wrap(reports_page), name="reports"),
        path("reports/register/", wrap(register_download), name="reports_register"),
        path("reports/activities/<str:extension>/", wrap(list_download), name="reports_activities"),
        *(
            path(
                f"registry/processingactivity/<int:pk>/{extension}/",
                wrap(record_download),
                {"extension": extension},
                name=f"registry_processingactivity_{extension}",
            )
            for extension in REPORTS["record"].formats
        ),
    ]


admin.site.extra_urls.append(urls)  # type: ignore[attr-defined]  # our own site, see ropa.admin
