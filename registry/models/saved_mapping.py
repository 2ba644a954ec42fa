"""The saved mapping: how files of one shape are read, corrected once and kept under a name."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.organisation import Organisation


class SavedMapping(models.Model):
    """How files of a shape are read. The next file of that shape uses it by itself.

    ``fingerprint`` is the shape, ``mapping`` what was decided, as JSON; ``organisation`` is whose files it is for,
    None for everybody's. A mapping is no part of the record: what an import did with it is in the history.
    """

    name = models.CharField(_("name"), max_length=120, unique=True)
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("organisation"),
        help_text=_("Whose files it is for; empty for files of every organisation."),
    )
    fingerprint = models.CharField(max_length=64, db_index=True, editable=False)
    mapping = models.JSONField(editable=False)
    saved_by_name = models.CharField(_("saved by"), max_length=200, editable=False)
    saved_at = models.DateTimeField(_("saved on"), auto_now=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("saved mapping")
        verbose_name_plural = _("saved mappings")

    def __str__(self) -> str:
        return self.name
