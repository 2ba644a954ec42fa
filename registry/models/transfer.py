"""Transfers to third countries and international organisations (Arts. 44-49)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.activity_rows import ActivityRow
from registry.models.columns import country_column, words_column
from registry.models.processing_activity import ProcessingActivity
from registry.models.recipient import Recipient
from registry.reference import safeguards
from registry.reference.dpia_criteria import AssessmentStatus


def safeguard_choices() -> list[tuple[str, str]]:
    """Return the closed list of transfer mechanisms as (code, title)."""
    return list(safeguards.CHOICES)


class Transfer(ActivityRow):
    """A transfer (Art. 30(1)(e)): to whom, where, under which mechanism, with which assessment and document."""

    activity = models.ForeignKey(ProcessingActivity, on_delete=models.CASCADE, related_name="transfers")
    recipient = models.ForeignKey(
        Recipient, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    stated_as = words_column()
    country = country_column()
    international_organisation = models.CharField(max_length=250, blank=True)
    safeguard = models.CharField(max_length=40, choices=safeguard_choices, blank=True)
    article_49_assessment = models.TextField(blank=True)
    document = models.CharField(max_length=500, blank=True)
    assessment_status = models.CharField(max_length=20, choices=AssessmentStatus, blank=True)
    assessed_on = models.DateField(null=True, blank=True)
    assessment_outcome = models.TextField(blank=True)
    supplementary_measures = models.TextField(blank=True)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")

    def __str__(self) -> str:
        return str(self.recipient or self.stated_as or self.get_country_display())
