"""The catalogue of documents: contracts, notices, assessments, certificates, each with where it is kept."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from registry.models.catalogue import CatalogueEntry
from registry.reference.documents import DocumentKind

LONGEST_WORDING = 100_000
"""So many characters a wording has at most: some thirty printed pages. The whole of it is read with every register."""


class Document(CatalogueEntry):
    """A document: where it is kept, the digest by which a copy is known, its wording, and from when until when it is
    valid."""

    name = models.CharField(max_length=250)
    kind = models.CharField(max_length=30, choices=DocumentKind, default=DocumentKind.OTHER)
    location = models.CharField(max_length=500, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    wording = models.TextField(blank=True, validators=(MaxLengthValidator(LONGEST_WORDING),))
    notes = models.TextField(blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = (models.UniqueConstraint(Lower("name"), name="document_name_once"),)
