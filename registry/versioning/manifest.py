"""The manifest of a change set: the lines that its seal covers, kept, so that what doesn't fit it can be named."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.versioning.change_set import ChangeSet


class ManifestPage(models.Model):
    """Some lines of one change set, in their order: pages by ``place``, lines as ``chain.version_line`` makes them.

    A seal says only whether everything holds together. Beside the manifest, a version that was altered, taken away,
    added or moved has a name. Pages hold a few thousand lines at most, however many versions an import makes.
    """

    change_set = models.ForeignKey(
        ChangeSet, on_delete=models.PROTECT, related_name="manifest", db_index=False, verbose_name=_("change set")
    )
    place = models.PositiveIntegerField(_("page"))
    lines = models.TextField(_("lines"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=("change_set", "place"), name="manifest_page_once")]
        default_permissions = ()
        verbose_name = _("page of a manifest")
        verbose_name_plural = _("pages of manifests")

    def __str__(self) -> str:
        return f"{self.change_set_id}/{self.place}"
