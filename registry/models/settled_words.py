"""Words that somebody has decided to leave as words: they are not asked about again."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SettledWords(models.Model):
    """Words that stay words on the records that say them. ``catalogue`` names the model that they are no entry of.

    ``key`` is the words in one case and with single blanks. No record changes by this: it is no part of the history.
    """

    catalogue = models.CharField(max_length=60)
    key = models.TextField()
    settled_by_name = models.CharField(max_length=200)
    settled_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("settled words")
        verbose_name_plural = _("settled words")

    def __str__(self) -> str:
        return self.key
