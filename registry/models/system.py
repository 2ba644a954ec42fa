"""The catalogue of systems in which personal data are processed."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from registry.models.catalogue import CatalogueEntry
from registry.models.columns import country_column
from registry.models.recipient import Recipient


class System(CatalogueEntry):
    """An application, database or archive: who owns it, where it is hosted and by whom it is provided."""

    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    owner = models.CharField(max_length=250, blank=True)
    hosting_country = country_column()
    provider = models.ForeignKey(Recipient, null=True, blank=True, on_delete=models.PROTECT, related_name="systems")

    class Meta:
        ordering = ("name",)
        verbose_name = _("system")
        verbose_name_plural = _("systems")
        constraints = (models.UniqueConstraint(Lower("name"), name="system_name_once"),)
