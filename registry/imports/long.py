"""Imports that take too long for a request: which those are, and the two jobs that read and that apply one."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from registry import models
from registry.imports.apply import StaleOrFaulty, Told
from registry.imports.importing import Preview
from registry.imports.uploaded import carry_out, keep_again, plan_of
from registry.jobs.asking import ask_for
from registry.jobs.kinds import JobError, Progress, job_kind
from registry.jobs.running import finish
from registry.models.job import Job
from registry.models.spreadsheet_import import Import, ImportState

PLANNING, APPLYING = "plan-import", "apply-import"

TEXT_BYTES_A_SECOND, OTHER_BYTES_A_SECOND = 1_500_000, 250_000
"""How many bytes of a CSV file, and of a compressed workbook, are read and planned in a second on one busy core."""
ROWS_A_SECOND = 500
"""How many records with some thirty rows each are written, with their history, in a second."""
_ENDINGS_OF_TEXT = (".csv", ".tsv", ".txt")

_READING, _PLANNING, _WRITING, _SEALING = 15, 30, 25, 30
"""The shares of the parts of the work, measured; the reader tells nothing of how far it is."""


def seconds_to_plan(name: str, size: int) -> float:
    """Return how long reading and planning a file of so many bytes takes, roughly."""
    rate = TEXT_BYTES_A_SECOND if name.lower().endswith(_ENDINGS_OF_TEXT) else OTHER_BYTES_A_SECOND
    return size / rate


def takes_long_to_plan(upload: Import) -> bool:
    """Return whether reading and planning it is likely to take longer than a person should wait for."""
    return bool(seconds_to_plan(upload.file_name, len(upload.data)) > settings.LONG_IMPORT_SECONDS)


def takes_long_to_apply(upload: Import) -> bool:
    """Return the same of applying one that is planned: it is read and planned once more, and its rows are written."""
    rows = upload.counts.get("created", 0) + upload.counts.get("changed", 0)
    seconds = seconds_to_plan(upload.file_name, upload.counts["preview"]["bytes"]) + rows / ROWS_A_SECOND
    return bool(seconds > settings.LONG_IMPORT_SECONDS)


def is_at_work(upload: Import) -> bool:
    """Return whether a job about it waits or runs."""
    return upload.job is not None and not upload.job.is_over


def ask_to_plan(upload: Import, *, by: Any, leads_to: str) -> None:
    """Ask a worker to read and plan the file with the choices that are kept with it; its former plan is gone.

    ``leads_to`` is the address of the import's page.
    """
    title = _("Reading “%(file)s”") % {"file": upload.file_name}
    with transaction.atomic():
        if not _is_free(upload):
            return
        upload.counts = {}
        upload.job = ask_for(PLANNING, title=title, by=by, parameters={"import": upload.pk}, leads_to=leads_to)
        upload.save(update_fields=["choices", "counts", "job"])


def ask_to_apply(upload: Import, *, mark: str, reason: str, by: Any, leads_to: str) -> None:
    """Ask a worker to apply the import that the person was shown (``mark``). Asked for twice, it is still one job.

    ``leads_to`` is the address of the import's page.
    """
    title = _("Importing “%(file)s”") % {"file": upload.file_name}
    with transaction.atomic():
        if not _is_free(upload):
            return
        asked = {"import": upload.pk, "mark": mark, "reason": reason}
        upload.job = ask_for(APPLYING, title=title, by=by, parameters=asked, leads_to=leads_to)
        upload.save(update_fields=["job"])


def _is_free(upload: Import) -> bool:
    """Lock the import, and return whether it is still to be reviewed and nobody works on it."""
    locked = Import.objects.select_for_update().only("state", "job").get(pk=upload.pk)
    upload.job = locked.job
    return locked.state == ImportState.PLANNED and not is_at_work(locked)


class _Course:
    """How far a work of several parts is: each has its share of the whole, and tells its own rows."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total * 100
        self._begun = 0

    def begin(self, said: str, share: int) -> Told:
        """Begin a part; return what it tells its rows to. ``said`` takes ``done`` and ``total``."""
        begun, self._begun = self._begun, self._begun + share * 100

        def told(done: int, total: int) -> None:
            now = begun + share * 100 * min(done, total) // total if total else begun
            words = said % {"done": f"{done:,}", "total": f"{total:,}"}
            self._progress(min(now, self._total - 1), self._total, words)

        return told


@job_kind(PLANNING)
def plan_import(job: Job, progress: Progress) -> None:
    """Read and plan a file; the plan is there for its reader in the transaction that ends the job."""
    upload = _upload_of(job)
    course = _Course(progress, _READING + _PLANNING)
    course.begin(_("Reading the file …"), _READING)(0, 1)
    found = plan_of(upload, course.begin(_("Planning: row %(done)s of %(total)s"), _PLANNING))
    if said := refusal(found):
        raise JobError(said)
    with transaction.atomic():
        keep_again(upload, found)
        finish(job)


def refusal(found: Preview) -> str:
    """Return why a file can't be imported here at all: it can't be read, or holds other things; empty where it can."""
    if found.workbook is None:
        first = found.problems[0]
        place = f"{first.place[:1].upper()}{first.place[1:]}: " if first.place else ""
        return f"{place}{first.said} {first.said_accepted}."
    if found.table is not None and found.table.kind != models.ProcessingActivity.__name__:
        names = getattr(models, found.table.kind)._meta.verbose_name_plural
        return _("This file holds %(names)s, not processing activities. Import it where those are listed.") % {
            "names": names
        }
    return ""


@job_kind(APPLYING)
def apply_import(job: Job, progress: Progress) -> None:
    """Apply an import; it is applied, and the job done, in one transaction, and until then it can be cancelled."""
    upload = _upload_of(job)
    if job.asked_by is None:
        raise JobError(_("The account that asked for this is gone. Nothing was written; upload the file again."))
    course = _Course(progress, _READING + _PLANNING + _WRITING + _SEALING)
    course.begin(_("Reading the file …"), _READING)(0, 1)
    try:
        carry_out(
            upload,
            mark=job.parameters["mark"],
            actor=job.asked_by,
            reason=job.parameters["reason"],
            planning=course.begin(_("Planning: row %(done)s of %(total)s"), _PLANNING),
            writing=course.begin(_("Writing: record %(done)s of %(total)s"), _WRITING),
            sealing=course.begin(_("Writing the history: record %(done)s of %(total)s"), _SEALING),
            ending=lambda: finish(job),
        )
    except StaleOrFaulty as refused:
        raise JobError(str(refused)) from refused


def _upload_of(job: Job) -> Import:
    upload = Import.objects.select_related("organisation").filter(pk=job.parameters["import"]).first()
    if upload is None or upload.state != ImportState.PLANNED:
        raise JobError(_("This import was applied or discarded already."))
    return upload
