"""Downloads of the register: the page of reports, one record as PDF, and the list of activities as it is on screen."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from registry.admin.moments import MomentField
from registry.models import Organisation, ProcessingActivity
from registry.record.loader import Register, load_register
from registry.record.moments import MomentError, read_moment
from registry.reports.as_csv import csv_chunks
from registry.reports.document import Document
from registry.reports.file_names import file_name
from registry.reports.pdf import write_pdf
from registry.reports.provenance import Provenance
from registry.reports.record import record_report
from registry.reports.register import register_report

FORMATS = {"pdf": _("PDF"), "csv": _("CSV")}


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

    def load(self) -> Register | None:
        """Return the register that is asked for; None, with an error on the form, where there was none of that kind."""
        organisation = self.cleaned_data["organisation"]
        try:
            return load_register(
                as_at=self.cleaned_data["as_at"], organisation=organisation.pk if organisation else None
            )
        except LookupError:
            self.add_error("as_at", _t("The organisation was not in the register yet. Choose a later moment."))
            return None


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
    register = form.load() if form.is_valid() else None
    if register is None:
        return _page(request, form, status=400)
    return _download(request, register, request.GET.get("format", ""), "register")


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
    register = load_register()
    if filters:
        register = register.only(changelist.queryset.order_by().values_list("pk", flat=True))
    return _download(request, register, extension, "activities" if filters else "register", filters)


@require_safe
def record_download(request: HttpRequest, pk: int, extension: str) -> HttpResponseBase:
    """Return one record as PDF or CSV, now or as at the moment that the address names; deleted ones as they were."""
    viewed_activities(request)
    moment = asked_moment(request)
    register = load_register(as_at=moment).only([pk])
    record = next(register.activities(), None)
    if record is None:
        raise Http404(_t("There is no processing activity with the key %(key)d.") % {"key": pk})
    whose = f"{record.organisation.name} {record.reference}"
    name = file_name("record", whose, register.as_at, extension)
    if extension == "csv":
        return csv_response(csv_chunks(register), name)
    return pdf_response(record_report(register, record, provenance(request)), name)


def asked_moment(request: HttpRequest) -> datetime | None:
    """Return the moment that the address names as ``as_at``, None for none; not found where it names none that was."""
    try:
        return read_moment(request.GET["as_at"]) if request.GET.get("as_at") else None
    except MomentError as error:
        raise Http404(str(error)) from error


@admin.action(description=_("Download selected as PDF"), permissions=["view"])
def download_selected_as_pdf(model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponseBase:
    """Return the chosen records as PDF."""
    return _selected(request, queryset, "pdf")


@admin.action(description=_("Download selected as CSV"), permissions=["view"])
def download_selected_as_csv(model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponseBase:
    """Return the chosen records as CSV."""
    return _selected(request, queryset, "csv")


def _selected(request: HttpRequest, queryset: QuerySet[Any], extension: str) -> HttpResponseBase:
    register = load_register().only(queryset.order_by().values_list("pk", flat=True))
    return _download(request, register, extension, "activities", (_t("records selected by hand"),))


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


def _download(
    request: HttpRequest, register: Register, extension: str, kind: str, filters: Iterable[str] = ()
) -> HttpResponseBase:
    if extension not in FORMATS:
        raise Http404(_t("There is no report of the format “%(format)s”.") % {"format": extension})
    name = file_name(kind, _whose(register), register.as_at, extension)
    if extension == "csv":
        return csv_response(csv_chunks(register), name)
    return pdf_response(register_report(register, provenance(request, filters)), name)


def csv_response(chunks: Iterable[bytes], name: str) -> StreamingHttpResponse:
    """Send a CSV file as it is written."""
    response = StreamingHttpResponse(chunks, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def pdf_response(document: Document, name: str) -> FileResponse:
    """Write the document to a temporary file, so that memory never holds it, and send that."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
    try:
        write_pdf(document, out)
        out.seek(0)
    except BaseException:
        out.close()
        raise
    return FileResponse(out, as_attachment=True, filename=name, content_type="application/pdf")


def provenance(request: HttpRequest, filters: Iterable[str] = ()) -> Provenance:
    """Return who takes a report now, and what it is limited to."""
    user: Any = request.user
    return Provenance(user.get_full_name() or user.get_username(), timezone.now(), tuple(filters))


def _whose(register: Register) -> str:
    if register.organisation is not None:
        return register.organisation.name
    own = [organisation.name for organisation in register.organisations.values() if organisation.is_own]
    return own[0] if len(own) == 1 else ""


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
            for extension in FORMATS
        ),
    ]


admin.site.extra_urls.append(urls)  # type: ignore[attr-defined]  # our own site, see ropa.admin
