"""Trainings: who was taught what, when, and when again."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from registry.models.document import Document
from registry.models.organisation import Organisation
from registry.versioning.base import Versioned


class Training(Versioned):
    """A training of those who process personal data (Art. 39(1)(b)). Without ``held_on`` it is planned."""

    name = models.CharField(max_length=250)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="trainings"
    )
    audience = models.TextField(blank=True)
    held_on = models.DateField(null=True, blank=True)
    held_by = models.CharField(max_length=250, blank=True)
    participants = models.PositiveIntegerField(null=True, blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    notes = models.TextField(blank=True)
    next_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-held_on", "-pk")
        verbose_name = _("training")
        verbose_name_plural = _("trainings")
        constraints = (models.UniqueConstraint("held_on", Lower("name"), name="training_once_a_day"),)
