"""An import at which a worker is, or was: how far it is, stopping it, doing it here, and what to do where it failed."""

import hashlib
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _t
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from registry.admin.jobs import say
from registry.admin.spreadsheet_import_form import ChoicesForm
from registry.imports.long import PLANNING, ask_to_plan, is_at_work, takes_long_to_plan
from registry.imports.uploaded import has_plan, plan_again
from registry.jobs.asking import cancel, status_of
from registry.jobs.running import run_job
from registry.models.job import Job, JobState
from registry.models.spreadsheet_import import Import, ImportState

ENDINGS_OF_TEXT = (".csv", ".tsv", ".txt")


class WorkOfImport:
    """Mixin for the imports' admin: what takes long is left to a worker, and followed on the import's own page."""

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses, and those about the work on an import."""
        views = {"progress": self.progress_view, "stop": self.stop_view, "here": self.here_view}
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        ours = [path(f"<int:pk>/{name}/", wrap(view), name=f"registry_import_{name}") for name, view in views.items()]
        return [*ours, *super().get_urls()]  # type: ignore[misc]

    # For the other views

    def free(
        self, request: HttpRequest, pk: int, *, planned: bool = True, lock: bool = False
    ) -> "Import | HttpResponse":
        """Return an import of the person's that is to be reviewed and that nobody works on, or the answer instead.

        ``planned`` asks for one that was read and planned.
        """
        upload: Import = self._own(request, pk, lock=lock)  # type: ignore[attr-defined]
        if upload.state != ImportState.PLANNED:
            return self._decided(request, pk)  # type: ignore[attr-defined,no-any-return]
        if is_at_work(upload) or (planned and not has_plan(upload)):
            messages.warning(request, _t("The file is being worked on. Wait until that is over, or cancel it."))
            return HttpResponseRedirect(self._page_of(pk))
        return upload

    def leave_to_worker(self, request: HttpRequest, upload: Import) -> None:
        """Keep a new upload, and ask a worker to read and plan it."""
        upload.sha256 = hashlib.sha256(bytes(upload.data)).hexdigest()
        upload.save()
        ask_to_plan(upload, by=request.user, leads_to=self._page_of(upload.pk))

    def make_plan_anew(self, request: HttpRequest, upload: Import, *, forget: bool = False) -> None:
        """Plan an import again with its choices, here or by a worker; ``forget`` what became of the last work on it."""
        if takes_long_to_plan(upload):
            ask_to_plan(upload, by=request.user, leads_to=self._page_of(upload.pk))
            return
        if forget:
            upload.job = None
        plan_again(upload)

    def choices_form(self, upload: Import, said: Any = None) -> ChoicesForm:
        """Return the form of the choices of an import, with what matters to its file."""
        form = ChoicesForm(said) if said is not None else ChoicesForm(initial=upload.choices)
        understood = upload.counts["preview"]["understood"] if has_plan(upload) else {"sheets": [], "encoding": ""}
        is_text = bool(understood["encoding"]) or upload.file_name.lower().endswith(ENDINGS_OF_TEXT)
        has_hidden_rows = has_plan(upload) and upload.counts["preview"].get("hidden_rows", False)
        form.offer(understood["sheets"], is_text=is_text, has_hidden_rows=has_hidden_rows)
        return form

    def failed(self, upload: Import) -> dict[str, Any]:
        """Return what became of the last work on an import where that came to nothing; nothing where it did not."""
        job = upload.job
        if job is None or job.state not in {JobState.FAILED, JobState.CANCELLED}:
            return {}
        return {"why": job.error, "cancelled": job.state == JobState.CANCELLED, "reading": job.kind == PLANNING}

    def work_page(self, request: HttpRequest, upload: Import, form: ChoicesForm | None = None) -> HttpResponse:
        """Return how the work on an import stands; where it failed to read the file, why, and what to try."""
        context: dict[str, Any] = {"upload": upload, "original": upload, "title": upload.file_name}
        if is_at_work(upload):
            assert upload.job is not None  # noqa: S101 somebody works on it
            status = status_of(upload.job)
            said = {
                "job": upload.job,
                "status": status,
                "said": _said(upload.job, status),
                "is_reading": upload.job.kind == PLANNING,
                "may_cancel": not status.is_stopping,
                "may_do_here": status.nobody_works,
            }
            return self._page(request, "working", upload.file_name, context | said)  # type: ignore[attr-defined,no-any-return]
        context |= {"failed": self.failed(upload), "form": form or self.choices_form(upload)}
        return self._page(request, "unread", upload.file_name, context)  # type: ignore[attr-defined,no-any-return]

    # Following it

    @method_decorator([never_cache, require_safe])
    def progress_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return how the work on an import stands, for the script of its page."""
        upload: Import = self._own(request, pk, light=True)  # type: ignore[attr-defined]
        if not is_at_work(upload):
            return JsonResponse({"percent": None, "said": "", "over": True})
        assert upload.job is not None  # noqa: S101 somebody works on it
        status = status_of(upload.job)
        is_news = status.has_died or status.nobody_works  # the page then offers something else
        return JsonResponse(
            {"percent": status.percent, "said": _said(upload.job, status), "over": status.is_over, "news": is_news}
        )

    @method_decorator(require_POST)
    def stop_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Cancel the work on an import: nothing of it is kept."""
        upload: Import = self._own(request, pk)  # type: ignore[attr-defined]
        if upload.job is None or not cancel(upload.job):
            messages.info(request, _t("It was over already."))
        return HttpResponseRedirect(self._page_of(pk))

    stop_view.opens_own_change_set = True  # type: ignore[attr-defined]  # the job may hold the lock of a change set

    @method_decorator(require_POST)
    def here_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do the work that no worker has picked up, and answer when it is over. A worker finds nothing to do then."""
        upload: Import = self._own(request, pk)  # type: ignore[attr-defined]
        if upload.job is not None:
            run_job.call(str(upload.job.pk))
        return HttpResponseRedirect(self._page_of(pk))

    here_view.opens_own_change_set = True  # type: ignore[attr-defined]  # the work opens its own

    def _page_of(self, pk: int) -> str:
        return reverse("admin:registry_import_change", args=[pk], current_app=self.admin_site.name)  # type: ignore[attr-defined]


def _said(job: Job, status: Any) -> str:
    if status.nobody_works:
        return _t(
            "No worker has picked this up yet. Whoever runs the register starts one with: manage.py run_worker. "
            "It can be done on this page as well; keep the page open until it is over."
        )
    if status.has_died:
        return _t(
            "The worker that was at it has given no sign of life for a minute. Nothing was written. "
            "Cancel this, and start again."
        )
    return say(job, status)
