"""What every catalogue entry has: a name used once, where it was seeded from, and the day it was retired."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.versioning.base import Versioned


class CatalogueEntry(Versioned):
    """An entry of a shared list. It is retired, never deleted, while a record refers to it (all keys PROTECT)."""

    seed_key = models.CharField(max_length=100, blank=True, editable=False)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        name = super().__str__()
        return f"{name} ({_('retired')})" if self.retired_on else name
