"""The catalogue of technical and organisational measures."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from registry.models.catalogue import CatalogueEntry
from registry.reference.measures import MeasureGroup, MeasureNature


class SecurityMeasure(CatalogueEntry):
    """A technical or organisational measure (Art. 32(1))."""

    name = models.CharField(max_length=250)
    description = models.TextField(blank=True)
    group = models.CharField(max_length=30, choices=MeasureGroup, blank=True)
    nature = models.CharField(max_length=20, choices=MeasureNature, blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("security measure")
        verbose_name_plural = _("security measures")
        constraints = (models.UniqueConstraint(Lower("name"), name="security_measure_name_once"),)
