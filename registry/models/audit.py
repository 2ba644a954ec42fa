"""Audits: what was looked at, by whom, as the register stood when, and what came of it."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from registry.models.columns import words_column
from registry.models.document import Document
from registry.models.organisation import Organisation
from registry.models.processing_activity import ProcessingActivity
from registry.models.recipient import Recipient
from registry.models.system import System
from registry.reference.assurance import AuditKind, SampleAmong
from registry.versioning.base import Part, Versioned


class Audit(Versioned):
    """An audit from its plan to its conclusion.

    ``as_at_change_set`` is the register that is audited. A sample is drawn from that, by ``sample_seed``, out of the
    ``sample_of`` activities that ``sample_among`` says.
    """

    PARTS = ("activities", "recipients", "systems")

    name = models.CharField(max_length=250)
    kind = models.CharField(max_length=20, choices=AuditKind, default=AuditKind.INTERNAL)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="audits"
    )
    framework = models.CharField(max_length=250, blank=True)
    auditor = models.CharField(max_length=250, blank=True)
    planned_on = models.DateField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    completed_on = models.DateField(null=True, blank=True)
    as_at_change_set = models.PositiveBigIntegerField(null=True, blank=True)
    sample_seed = models.CharField(max_length=100, blank=True)
    sample_among = models.CharField(max_length=20, choices=SampleAmong, blank=True)
    sample_of = models.PositiveIntegerField(null=True, blank=True)
    conclusion = models.TextField(blank=True)
    report = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-planned_on", "-pk")
        verbose_name = _("audit")
        verbose_name_plural = _("audits")
        constraints = (models.UniqueConstraint(Lower("name"), name="audit_name_once"),)


class AuditedActivity(Part):
    """An activity that an audit looks at. ``is_sampled`` where the sample has drawn it, and no person chosen."""

    ROOT = "audit"

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="activities")
    activity = models.ForeignKey(
        ProcessingActivity, null=True, blank=True, on_delete=models.PROTECT, related_name="audited"
    )
    stated_as = words_column()
    is_sampled = models.BooleanField(default=False)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("audited activity")
        verbose_name_plural = _("audited activities")

    def __str__(self) -> str:
        return str(self.activity or self.stated_as)


class AuditedRecipient(Part):
    """A recipient that an audit looks at."""

    ROOT = "audit"

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="recipients")
    recipient = models.ForeignKey(Recipient, null=True, blank=True, on_delete=models.PROTECT, related_name="audited")
    stated_as = words_column()

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("audited recipient")
        verbose_name_plural = _("audited recipients")

    def __str__(self) -> str:
        return str(self.recipient or self.stated_as)


class AuditedSystem(Part):
    """A system, site or procedure that an audit looks at."""

    ROOT = "audit"

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="systems")
    system = models.ForeignKey(System, null=True, blank=True, on_delete=models.PROTECT, related_name="audited")
    stated_as = words_column()

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("audited system")
        verbose_name_plural = _("audited systems")

    def __str__(self) -> str:
        return str(self.system or self.stated_as)
