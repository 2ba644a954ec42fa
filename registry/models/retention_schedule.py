"""The catalogue of retention schedules: period, trigger, disposal."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from registry.models.catalogue import CatalogueEntry
from registry.reference.retention import Disposal, PeriodUnit


class RetentionSchedule(CatalogueEntry):
    """An envisaged time limit for erasure (Art. 30(1)(f)): in words always, and in figures where it has any."""

    name = models.CharField(max_length=200)
    text = models.TextField()
    period = models.PositiveIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=10, choices=PeriodUnit, blank=True)
    trigger = models.CharField(max_length=250, blank=True)
    legal_source = models.CharField(max_length=250, blank=True)
    disposal = models.CharField(max_length=20, choices=Disposal, blank=True)
    criteria_only = models.BooleanField(default=False)
    permanent = models.BooleanField(default=False)

    class Meta:
        ordering = ("name",)
        verbose_name = _("retention schedule")
        verbose_name_plural = _("retention schedules")
        constraints = (models.UniqueConstraint(Lower("name"), name="retention_schedule_name_once"),)
