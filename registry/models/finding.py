"""Findings of audits, and what is done about them."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from registry.models.audit import Audit
from registry.models.document import Document
from registry.models.processing_activity import ProcessingActivity
from registry.models.recipient import Recipient
from registry.models.system import System
from registry.reference.assurance import FindingWeight
from registry.versioning.base import Part, Versioned


class Finding(Versioned):
    """What an auditor found: against which criterion, where, how grave, and by what evidence."""

    PARTS = ("actions",)

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="findings")
    name = models.CharField(max_length=250)
    weight = models.CharField(max_length=20, choices=FindingWeight, default=FindingWeight.OBSERVATION)
    criterion = models.CharField(max_length=250, blank=True)
    statement = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    activity = models.ForeignKey(
        ProcessingActivity, null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    recipient = models.ForeignKey(Recipient, null=True, blank=True, on_delete=models.PROTECT, related_name="findings")
    system = models.ForeignKey(System, null=True, blank=True, on_delete=models.PROTECT, related_name="findings")

    class Meta:
        ordering = ("audit", "pk")
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = (models.UniqueConstraint("audit", Lower("name"), name="finding_name_once_per_audit"),)


class CorrectiveAction(Part):
    """What is done about a finding: who does it until when, and who has seen that it is done."""

    ROOT = "finding"

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="actions")
    what = models.TextField()
    responsible = models.CharField(max_length=250, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    verified_by = models.CharField(max_length=250, blank=True)
    verified_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("corrective action")
        verbose_name_plural = _("corrective actions")

    def __str__(self) -> str:
        return self.what
