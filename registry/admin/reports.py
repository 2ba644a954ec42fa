"""Downloads of the register: the page of reports, one record as PDF, and the list of activities as it is on screen."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from registry.admin.downloads import asked, asked_moment, download
from registry.admin.list_limits import limits_of
from registry.admin.report_form import ReportForm
from registry.models import Organisation, ProcessingActivity
from registry.record.loader import load_register
from registry.reports.as_html import show_section
from registry.reports.catalogue import REPORTS, Report
from registry.reports.errors import ReportError
from registry.reports.formats import FORMATS
from registry.reports.parameters import moment_of_production
from registry.reports.provenance import Provenance
from registry.reports.record import record_report
from registry.reports.subjects import ACTIVITY, Subject
from registry.versioning.account import name_of
from registry.versioning.export_log import Door


def viewed_activities(request: HttpRequest) -> "ModelAdmin[ProcessingActivity]":
    """Return the screens of activities, if the person may see them."""
    model_admin = admin.site.get_model_admin(ProcessingActivity)
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    return model_admin


def may_see(request: HttpRequest, report: Report) -> bool:
    """Return whether the person may see what the report tells beside activities."""
    user: Any = request.user
    return bool(user.has_perms(report.seen_with))


LIST = "list"
"""The parameter that says which list of activities a report is limited to: the query of its address."""


@require_safe
def reports_page(request: HttpRequest) -> HttpResponse:
    """Return the page of all reports that the person may see, each with what it is for."""
    viewed_activities(request)
    counted = Organisation.objects.filter(is_own=True).annotate(records=Count("activities")).order_by("name")
    organisations = list(counted.values("name", "records"))
    groups: dict[str, list[Report]] = {}
    for report in filter(partial(may_see, request), REPORTS.values()):
        groups.setdefault(report.group, []).append(report)
    context = {
        "title": _t("Reports"),
        "groups": [(_t(group), reports) for group, reports in groups.items()],
        "organisations": organisations,
        "records": sum(organisation["records"] for organisation in organisations),
        **_limits(request),
    }
    return _answer(request, "admin/reports.html", context)


@require_safe
def report_page(request: HttpRequest, name: str) -> HttpResponseBase:
    """Return the page of one report; with a format in the address, the report itself."""
    viewed_activities(request)
    report = REPORTS.get(name)
    if report is None:
        raise Http404(_t("There is no report “%(name)s”.") % {"name": name})
    if not may_see(request, report):
        raise PermissionDenied
    extension = request.GET.get("format")
    if extension is None:
        initial = {key: value for key, value in request.GET.items() if value}
        return _report_page(request, report, ReportForm(report, initial=initial))
    if extension not in report.formats:
        raise Http404(_t("There is no report of the format “%(format)s”.") % {"format": extension})
    form = ReportForm(report, request.GET)
    if not form.is_valid():
        return _report_page(request, report, form, status=400)
    values = form.parameters()
    if "activities" in report.takes and request.GET.get(LIST):
        values |= _listed(request, request.GET[LIST])
    try:
        return download(request, asked(request, name, extension, **values), Door.REPORTS)
    except ReportError as error:
        form.add_error(error.parameter if error.parameter in form.fields else None, error.message)
        return _report_page(request, report, form, status=400)


def _report_page(request: HttpRequest, report: Report, form: ReportForm, status: int = 200) -> HttpResponse:
    context = {
        "title": report.title,
        "report": report,
        "purpose": _t(report.purpose),
        "asked_by": _t(report.asked_by),
        "form": form,
        "formats": [FORMATS[name] for name in report.formats],
        **(_limits(request) if "activities" in report.takes else {}),
    }
    return _answer(request, "admin/report.html", context, status)


def _limits(request: HttpRequest) -> dict[str, Any]:
    """Return what a page says of the list of activities that reports are limited to; nothing where there is none."""
    query = request.GET.get(LIST, "")
    if not query:
        return {}
    listed = _listed(request, query)
    count = len(listed["activities"]) if listed["filters"] else None
    return {"list": query, "limits": listed["filters"], "limited_to": count}


def _listed(request: HttpRequest, query: str) -> dict[str, Any]:
    """Return the parameters of a report about the activities that the list shows with this query, as it shows them:
    the same ones, and in the same order where a person has sorted it."""
    model_admin = viewed_activities(request)
    whole = request.GET
    request.GET = QueryDict(query, mutable=True)
    request.GET.pop(PAGE_VAR, None)
    try:
        changelist = model_admin.get_changelist_instance(request)
    except IncorrectLookupParameters as error:
        raise Http404(_t("The list of activities doesn't understand “%(query)s”.") % {"query": query}) from error
    finally:
        request.GET = whole
    filters = tuple(limit.words for limit in limits_of(changelist))
    arranged = ORDER_VAR in changelist.params
    found = changelist.queryset if arranged else changelist.queryset.order_by()
    pks = tuple(found.values_list("pk", flat=True)) if filters or arranged else None
    return {"activities": pks, "filters": filters, "arranged": arranged}


def _answer(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    context = {**admin.site.each_context(request), **context}
    return TemplateResponse(request, template, context, status=status)


@require_safe
def list_download(request: HttpRequest, extension: str) -> HttpResponseBase:
    """Return the records that the list of activities shows with these filters and this search, on all of its pages."""
    viewed_activities(request)
    try:
        listed = _listed(request, request.GET.urlencode())
    except Http404:
        return HttpResponseRedirect(reverse("admin:registry_processingactivity_changelist"))
    return download(request, asked(request, "register", extension, **listed), Door.LIST)


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


@require_safe
def record_in_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Return one record as an auditor would read it, to be read and printed, now or as at a moment."""
    viewed_activities(request)
    moment = asked_moment(request)
    register = load_register(as_at=moment).only([pk])
    record = next(register.activities(), None)
    if record is None:
        raise Http404(_t("There is no processing activity with the key %(key)d.") % {"key": pk})
    user: Any = request.user
    provenance = Provenance(name_of(user), moment_of_production())
    document = record_report(register, record, provenance)
    (part,) = document.parts
    (card,) = part.cards()
    context = {
        "title": document.title,
        "language": document.language,
        "part": part.title,
        "owner": record.organisation.name,
        "card": card,
        "sections": [show_section(section) for section in card.sections],
        "foot": document.foot,
        "pk": pk,
        "as_at": request.GET.get("as_at", ""),
        "back": reverse("admin:as_at_activity", args=[pk]),
    }
    return TemplateResponse(request, "admin/print_record.html", context)


@admin.action(description=_("Download selected as PDF"), permissions=["view"])
def download_selected_as_pdf(model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponseBase:
    """Return the chosen records as PDF."""
    return _selected(request, queryset, "pdf")


@admin.action(description=_("Download selected as CSV"), permissions=["view"])
def download_selected_as_csv(model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponseBase:
    """Return the chosen records as CSV."""
    return _selected(request, queryset, "csv")


def _selected(request: HttpRequest, queryset: QuerySet[Any], extension: str) -> HttpResponseBase:
    arranged = ORDER_VAR in request.GET
    pks = (queryset if arranged else queryset.order_by()).values_list("pk", flat=True)
    filters = (_t("records selected by hand"),)
    parameters = asked(request, "register", extension, activities=pks, filters=filters, arranged=arranged)
    return download(request, parameters, Door.LIST)


def urls(wrap: Callable[..., Any]) -> list[Any]:
    """Return the addresses of all downloads; ``wrap`` is the site's own guard of its views."""
    return [
        path("reports/", wrap(reports_page), name="reports"),
        path("reports/register/", wrap(report_page), {"name": "register"}, name="reports_register"),
        path("reports/activities/<str:extension>/", wrap(list_download), name="reports_activities"),
        path("reports/<slug:name>/", wrap(report_page), name="report"),
        path(
            "registry/processingactivity/<int:pk>/print/",
            wrap(record_in_print),
            name="registry_processingactivity_print",
        ),
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
