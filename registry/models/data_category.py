"""The catalogue of categories of personal data."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from registry.models.catalogue import CatalogueEntry
from registry.models.columns import answer_column
from registry.reference.ccpa import SENSITIVE_CHOICES, CcpaCategory
from registry.reference.special_category import DataSensitivity


def sensitive_choices() -> list[tuple[str, str]]:
    """Return the statute's terms for sensitive personal information, with their codes."""
    return list(SENSITIVE_CHOICES)


class DataCategory(CatalogueEntry):
    """A category of personal data (Art. 30(1)(c)), with its sensitivity (Arts. 9, 10, 87) and CCPA category."""

    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    examples = models.TextField(blank=True)
    sensitivity = models.CharField(max_length=30, choices=DataSensitivity, default=DataSensitivity.ORDINARY)
    ccpa_category = models.CharField(max_length=30, choices=CcpaCategory, blank=True)
    ccpa_sensitive = answer_column()
    ccpa_sensitive_term = models.CharField(max_length=20, choices=sensitive_choices, blank=True)
    dpv_term = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("category of personal data")
        verbose_name_plural = _("categories of personal data")
        constraints = (models.UniqueConstraint(Lower("name"), name="data_category_name_once"),)
