"""The one way by which a report leaves through the browser: made into a temporary file, logged, and sent."""

import tempfile
from datetime import datetime
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from registry.admin.jobs import job_url
from registry.record.moments import MomentError, read_moment
from registry.reports.catalogue import REPORTS
from registry.reports.long import ask_for_report, takes_long
from registry.reports.parameters import Parameters, moment_of_production
from registry.reports.taking import log, make
from registry.versioning.account import name_of


def asked(request: HttpRequest, report: str, extension: str, **values: Any) -> Parameters:
    """Return what a person asks for, now and in the language of the screen; not found for another report or format."""
    if report not in REPORTS or extension not in REPORTS[report].formats:
        raise Http404(_t("There is no report of the format “%(format)s”.") % {"format": extension})
    user: Any = request.user
    if values.get("activities") is not None:
        values["activities"] = tuple(values["activities"])
    return Parameters(
        report=report,
        format=extension,
        produced_at=moment_of_production(),
        produced_by=name_of(user),
        **{"language": get_language() or "en", **values},
    )


def download(request: HttpRequest, parameters: Parameters, door: str) -> HttpResponseBase:
    """Make the report, log it, and send it; memory never holds it. Raises ReportError for what can't be made.

    One that takes long is left to a worker: the answer then leads to the page of that job. ``door`` says where it was
    asked for. An answer without a body takes nothing out: it is neither made nor logged.
    """
    if request.method == "HEAD":
        return HttpResponse()
    if takes_long(parameters):
        return HttpResponseRedirect(job_url(ask_for_report(parameters, by=request.user, door=door)))
    out = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
    try:
        made, facts = make(parameters, out)
        log(facts, by=request.user, door=door)
        out.seek(0)
    except BaseException:
        out.close()
        raise
    return FileResponse(out, as_attachment=True, filename=made.file_name, content_type=made.content_type)


def asked_moment(request: HttpRequest) -> datetime | None:
    """Return the moment that the address names as ``as_at``, None for none; not found where it names none that was."""
    try:
        return read_moment(request.GET["as_at"]) if request.GET.get("as_at") else None
    except MomentError as error:
        raise Http404(str(error)) from error
