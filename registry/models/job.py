"""The job: work that takes longer than a request may, done by a worker while the person does something else."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("being worked on")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


OVER = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)
"""The states that a job never leaves."""


class Job(models.Model):
    """One piece of work that somebody asked for. It is no part of the history: what it does there is.

    ``kind`` names what is to be done, ``title`` says it to people, ``parameters`` are what the work reads. ``error`` is
    told to the person. A job that makes a file says how that is called and what it is; it is removed at ``expires_at``.
    One that leads somewhere else has the address in ``leads_to``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("what"), max_length=255)
    parameters = models.JSONField(default=dict)
    language = models.CharField(max_length=20, default="en")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("asked for by")
    )
    asked_by_name = models.CharField(_("asked for by"), max_length=200)
    asked_at = models.DateTimeField(_("asked for at"), default=timezone.now)
    started_at = models.DateTimeField(_("begun at"), null=True)
    finished_at = models.DateTimeField(_("ended at"), null=True)
    state = models.CharField(_("state"), max_length=20, choices=JobState, default=JobState.WAITING)
    error = models.TextField(_("why it failed"), blank=True)
    leads_to = models.CharField(max_length=300, blank=True)
    file_name = models.CharField(_("file"), max_length=255, blank=True)
    content_type = models.CharField(max_length=120, blank=True)
    size = models.BigIntegerField(_("size"), null=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    expires_at = models.DateTimeField(_("file removed at"), null=True)

    class Meta:
        ordering = ("-asked_at",)
        default_permissions = ("view",)
        verbose_name = _("job")
        verbose_name_plural = _("jobs")

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """Whether nothing will happen to it any more."""
        return self.state in OVER

    def has_expired(self, now: datetime | None = None) -> bool:
        """Return whether the time of its file is over."""
        return self.expires_at is not None and self.expires_at <= (now or timezone.now())
