"""The import: a file that was uploaded, what was found in it, and what became of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.organisation import Organisation
from registry.versioning.change_set import ChangeSet


class ImportState(models.TextChoices):
    """Where an import stands."""

    PLANNED = "planned", _("to review")
    APPLIED = "applied", _("applied")
    UNDONE = "undone", _("undone")
    DISCARDED = "discarded", _("discarded")


class Import(models.Model):
    """A spreadsheet on its way into the register. The file belongs to the account that uploaded it.

    The file's bytes are kept until it is applied or discarded; name and SHA-256 stay as evidence. ``choices`` is what
    the person chose (sheet, header row, columns, what a blank cell means).
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField(blank=True, default=b"")
    choices = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=20, choices=ImportState, default=ImportState.PLANNED)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="imports"
    )
    uploaded_by_name = models.CharField(max_length=200)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    change_set = models.ForeignKey(ChangeSet, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undone_by = models.ForeignKey(ChangeSet, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-uploaded_at",)
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.file_name
