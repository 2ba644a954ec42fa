"""The catalogue of categories of data subjects."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from registry.models.catalogue import CatalogueEntry
from registry.models.columns import answer_column


class DataSubjectCategory(CatalogueEntry):
    """A category of data subjects (Art. 30(1)(c)), such as customers or employees."""

    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    vulnerable = answer_column()
    dpv_term = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("category of data subjects")
        verbose_name_plural = _("categories of data subjects")
        constraints = (models.UniqueConstraint(Lower("name"), name="data_subject_category_name_once"),)
