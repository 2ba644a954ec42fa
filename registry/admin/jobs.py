"""Jobs: what a worker does for a person while she does something else; its progress, its end, and the file it made."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_tasks_db import admin as _workers_own  # noqa: F401  it registers its rows, which are taken off below
from django_tasks_db.models import DBTaskResult

from registry.jobs.asking import Status, cancel, status_of
from registry.jobs.workplace import Workplace
from registry.models.job import Job, JobState

VIEW = "registry.view_job"
LISTED = 100


def job_url(job: Job) -> str:
    """Return the address of a job's page."""
    return reverse("admin:job", args=[job.pk])


@require_safe
def jobs_page(request: HttpRequest) -> HttpResponse:
    """Return the person's own jobs, the last first; an administrator sees everybody's."""
    jobs = [(job, status_of(job)) for job in _own(request)[:LISTED]]
    context = {
        **admin.site.each_context(request),
        "title": _t("Jobs"),
        "jobs": [{"job": job, "said": say(job, status), "url": job_url(job)} for job, status in jobs],
        "of_everybody": request.user.is_superuser,
    }
    return TemplateResponse(request, "admin/jobs.html", context)


@never_cache
@require_safe
def job_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Return how a job stands; the page follows it by script, or by loading itself again where there is none."""
    job = _of_person(request, pk)
    status = status_of(job)
    context = {
        **admin.site.each_context(request),
        "title": job.title,
        "job": job,
        "status": status,
        "said": say(job, status),
        "has_file": has_file(job),
        "may_cancel": not status.is_over and not status.is_stopping,
    }
    return TemplateResponse(request, "admin/job.html", context)


@never_cache
@require_safe
def job_status(request: HttpRequest, pk: uuid.UUID) -> JsonResponse:
    """Return how a job stands, for the script of its page."""
    job = _of_person(request, pk)
    status = status_of(job)
    return JsonResponse(
        {"percent": status.percent, "said": say(job, status), "over": status.is_over or status.has_died}
    )


@require_POST
def job_cancel(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Cancel a job, and return to its page."""
    job = _of_person(request, pk)
    if not cancel(job):
        messages.info(request, _t("It was over already."))
    return HttpResponseRedirect(job_url(job))


job_cancel.opens_own_change_set = True  # type: ignore[attr-defined]  # the job may hold the lock of a change set


@require_safe
def job_file(request: HttpRequest, pk: uuid.UUID) -> FileResponse:
    """Send the file that a job made, to the person who asked for it and to administrators, until its time is over."""
    job = _of_person(request, pk)
    if not has_file(job):
        raise Http404(_t("This file is no longer there. Ask for it again."))
    file = Workplace(job.pk).result.open("rb")
    return FileResponse(file, as_attachment=True, filename=job.file_name, content_type=job.content_type)


def has_file(job: Job) -> bool:
    """Return whether the file that a job made can still be downloaded."""
    return (
        job.state == JobState.DONE
        and not job.has_expired()
        and bool(job.file_name)
        and Workplace(job.pk).result.exists()
    )


def say(job: Job, status: Status) -> str:
    """Return in a sentence how a job stands."""
    if status.has_died:
        return _t("The worker that was at it has given no sign of life for a minute. Cancel this, and ask again.")
    if status.nobody_works:
        return _t("No worker has picked this up yet. Whoever runs the register starts one with: manage.py run_worker")
    if status.is_stopping:
        return _t("It is being cancelled …")
    if status.state == JobState.RUNNING and status.said:
        return status.said
    if status.state == JobState.RUNNING and status.total:
        return _t("%(done)d of %(total)d done") % {"done": status.done, "total": status.total}
    if status.state == JobState.DONE and job.file_name:
        return _t("Done: the file is ready.") if has_file(job) else _t("Done; the file has been removed since.")
    return {
        JobState.WAITING: _t("Waiting for a worker …"),
        JobState.RUNNING: _t("A worker has begun."),
        JobState.DONE: _t("Done."),
        JobState.FAILED: _t("It failed. %(why)s") % {"why": job.error},
        JobState.CANCELLED: _t("Cancelled. Nothing was made."),
    }[JobState(status.state)]


def _own(request: HttpRequest) -> "QuerySet[Job]":
    user: Any = request.user
    if not user.has_perm(VIEW):
        raise PermissionDenied
    return Job.objects.all() if user.is_superuser else Job.objects.filter(asked_by=user)


def _of_person(request: HttpRequest, pk: uuid.UUID) -> Job:
    job = _own(request).filter(pk=pk).first()
    if job is None:
        raise Http404(_t("There is no such job of yours. Jobs are forgotten a month after they end."))
    return job


def urls(wrap: Callable[..., Any]) -> list[Any]:
    """Return the addresses of the screens; ``wrap`` is the site's own guard of its views."""
    return [
        path("jobs/", wrap(jobs_page), name="jobs"),
        path("jobs/<uuid:pk>/", wrap(job_page), name="job"),
        path("jobs/<uuid:pk>/status/", wrap(job_status), name="job_status"),
        path("jobs/<uuid:pk>/cancel/", wrap(job_cancel), name="job_cancel"),
        path("jobs/<uuid:pk>/file/", wrap(job_file), name="job_file"),
    ]


admin.site.extra_urls.append(urls)  # type: ignore[attr-defined]  # our own site, see ropa.admin
admin.site.unregister(DBTaskResult)  # what the worker keeps for itself; the page of jobs tells it in words
