"""The catalogue of documents: contracts, notices, assessments, certificates, each with where it is kept."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from registry.models.catalogue import CatalogueEntry
from registry.reference.documents import DocumentKind


class Document(CatalogueEntry):
    """A document: where it is kept, the digest by which a copy is known, and from when until when it is valid."""

    name = models.CharField(max_length=250)
    kind = models.CharField(max_length=30, choices=DocumentKind, default=DocumentKind.OTHER)
    location = models.CharField(max_length=500, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    notes = models.TextField(blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = (models.UniqueConstraint(Lower("name"), name="document_name_once"),)
