"""The catalogue of systems in which personal data are processed."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from registry.models.catalogue import CatalogueEntry
from registry.models.columns import country_column, words_column
from registry.models.data_category import DataCategory
from registry.models.recipient import Recipient
from registry.versioning.base import Part


class System(CatalogueEntry):
    """An application, database or archive: who owns it, where it is hosted, who provides it, which data it holds."""

    PARTS = ("data",)

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


class SystemData(Part):
    """A category of personal data that a system holds, whatever the records say of it."""

    ROOT = "system"

    system = models.ForeignKey(System, on_delete=models.CASCADE, related_name="data")
    category = models.ForeignKey(DataCategory, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    stated_as = words_column()

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("data held")
        verbose_name_plural = _("data held")

    def __str__(self) -> str:
        return str(self.category or self.stated_as)
