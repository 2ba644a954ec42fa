"""Due diligence: what was examined of a recipient, when, and what came of it."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from registry.models.document import Document
from registry.models.recipient import Recipient
from registry.reference.assurance import DiligenceKind, DiligenceOutcome
from registry.versioning.base import Versioned


class RecipientReview(Versioned):
    """One look at a recipient's guarantees (Art. 28(1)). The next is due on ``next_review_on`` of the last one."""

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="reviews")
    name = models.CharField(max_length=250)
    kind = models.CharField(max_length=20, choices=DiligenceKind, default=DiligenceKind.QUESTIONNAIRE)
    reviewed_on = models.DateField()
    outcome = models.CharField(max_length=20, choices=DiligenceOutcome, blank=True)
    notes = models.TextField(blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    next_review_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-reviewed_on", "-pk")
        verbose_name = _("recipient review")
        verbose_name_plural = _("recipient reviews")
        constraints = (
            models.UniqueConstraint("recipient", "reviewed_on", Lower("name"), name="recipient_review_once_a_day"),
        )
