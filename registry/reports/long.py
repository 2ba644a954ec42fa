"""Long reports: which take too long for a request, and the job that makes one."""

from typing import Any, BinaryIO, cast

from django.conf import settings
from django.utils.translation import gettext as _

from registry.jobs.asking import ask_for, same_job
from registry.jobs.kinds import JobError, Progress, job_kind
from registry.jobs.running import finish
from registry.jobs.workplace import Workplace
from registry.models import Organisation, ProcessingActivity
from registry.models.job import Job
from registry.reports.catalogue import REPORTS
from registry.reports.errors import ReportError
from registry.reports.pack import PACK
from registry.reports.parameters import Parameters
from registry.reports.provenance import say_moment
from registry.reports.taking import log, make
from registry.versioning.writing import change_set

KIND = "report"

RECORDS_A_SECOND = {"pdf": 100, "html": 120, "xlsx": 120, PACK: 50, "gaps": 400}
"""How many records of full length a format, a pack or a report takes a second, measured on one core that others use
too. What is named for both format and report takes as long as the slower."""

OTHERS = 800
"""The same for what is not named: rows are written, and no pages."""


def takes_long(parameters: Parameters) -> bool:
    """Return whether a report is likely to take longer than a person should wait for. One query at most."""
    if parameters.report in REPORTS and REPORTS[parameters.report].about:
        return False
    if parameters.activities is not None:
        records = len(parameters.activities)
    else:
        found = ProcessingActivity.objects.all()
        records = (found.filter(organisation=parameters.organisation) if parameters.organisation else found).count()
    rates = [RECORDS_A_SECOND[name] for name in (parameters.report, parameters.format) if name in RECORDS_A_SECOND]
    return records > min(rates, default=OTHERS) * settings.LONG_REPORT_SECONDS


def ask_for_report(parameters: Parameters, *, by: Any, door: str) -> Job:
    """Ask a worker for the report. Asked for twice, it is still one job."""
    asked = {"report": parameters.as_json(), "door": door}
    waiting = same_job(KIND, by=by, parameters=asked, alike=_but_for_the_moment)
    return waiting or ask_for(KIND, title=_title(parameters), by=by, parameters=asked)


def _title(parameters: Parameters) -> str:
    """Return what the list of jobs calls it: the report, and what makes it another one than its like."""
    title = _("Audit pack")
    if parameters.report != PACK:
        title = f"{REPORTS[parameters.report].title}, {parameters.format.upper()}"
    named = (
        Organisation.objects.filter(pk=parameters.organisation)
        if parameters.organisation
        else Organisation.objects.none()
    )
    owner = named.values_list("name", flat=True).first()
    since = _("since %(moment)s") % {"moment": say_moment(parameters.since)} if parameters.since else ""
    as_at = f"{_('As at')} {say_moment(parameters.as_at)}" if parameters.as_at else ""
    return " · ".join(filter(None, (title, owner, since, as_at, *parameters.filters)))


def _but_for_the_moment(asked: dict[str, Any]) -> dict[str, Any]:
    return {**asked, "report": {**asked["report"], "produced_at": None}}


@job_kind(KIND)
def make_report(job: Job, progress: Progress) -> None:
    """Make the report into the job's folder; log it and make it available in one transaction."""
    parameters = Parameters.from_json(job.parameters["report"])
    with Workplace(job.pk).result.open("wb") as out:
        try:
            made, facts = make(parameters, cast("BinaryIO", out), progress)
        except ReportError as error:
            raise JobError(error.message) from error
    by = job.asked_by or job.asked_by_name
    with change_set(actor=by):
        log(facts, by=by, door=job.parameters["door"])
        finish(job, file_name=made.file_name, content_type=made.content_type, size=made.size, sha256=made.sha256)
