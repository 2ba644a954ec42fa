"""The catalogue of legal bases: the statutes' own grounds and conditions, and national provisions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.catalogue import CatalogueEntry
from registry.reference.lawful_basis import BasisKind, Regime


class LegalBasis(CatalogueEntry):
    """A ground on which processing may rest: Art. 6 ground, Art. 9 condition, Art. 10, or national law."""

    LABEL = "title"

    code = models.CharField(max_length=40, unique=True)
    regime = models.CharField(max_length=20, choices=Regime)
    kind = models.CharField(max_length=40, choices=BasisKind)
    title = models.CharField(max_length=300)
    citation = models.CharField(max_length=200, blank=True)
    statutory = models.BooleanField(default=False)
    dpv_term = models.CharField(max_length=100, blank=True)
    notes = models.TextField(blank=True)

    class Meta:
        ordering = ("regime", "kind", "code")
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
