"""How an activity asks for consent, and how it proves it (Art. 7)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.activity_rows import ActivityRow
from registry.models.processing_activity import ProcessingActivity
from registry.reference.consent import ConsentChannel, OptInKind


class ConsentMechanism(ActivityRow):
    """One way of asking for consent. Its wording has the versions that the history of the record keeps."""

    activity = models.ForeignKey(ProcessingActivity, on_delete=models.CASCADE, related_name="consents")
    name = models.CharField(max_length=250)
    channel = models.CharField(max_length=20, choices=ConsentChannel, blank=True)
    wording = models.TextField(blank=True)
    opt_in = models.CharField(max_length=20, choices=OptInKind, blank=True)
    withdrawal = models.TextField(blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True, db_index=True)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("consent mechanism")
        verbose_name_plural = _("consent mechanisms")

    def __str__(self) -> str:
        return self.name
