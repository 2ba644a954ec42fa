"""The change set: one action of a person, with its author, moment, door and reason, linked to the one before it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """The door through which a change came."""

    SCREEN = "screen", _("screen")
    IMPORT = "import", _("import")
    COMMAND = "command", _("command")
    APPROVAL = "approval", _("approval")
    EXPORT = "export", _("export")


class ChangeSet(models.Model):
    """One action: who, when, through which door and why. Written once, when the action ends, and never changed.

    ``actor_name`` is text beside the key, so that the history outlives the account. ``details`` is canonical JSON with
    what the door itself has to say (an import: file name and SHA-256). ``digest`` seals the header and every version
    of the set together with ``previous_digest``, the seal of the set before it.
    """

    sequence = models.BigIntegerField(_("number"), primary_key=True)
    made_at = models.DateTimeField(_("made at"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("by"),
    )
    actor_name = models.CharField(_("name of the person"), max_length=200)
    channel = models.CharField(_("door"), max_length=20, choices=Channel)
    reason = models.TextField(_("reason"), blank=True)
    details = models.TextField(_("details"), blank=True)
    previous_digest = models.CharField(_("seal of the change set before"), max_length=64)
    digest = models.CharField(_("seal"), max_length=64)

    class Meta:
        ordering = ("-sequence",)
        verbose_name = _("change set")
        verbose_name_plural = _("change sets")

    def __str__(self) -> str:
        return f"#{self.sequence}"


def changes() -> "models.QuerySet[ChangeSet]":
    """Return the change sets that changed the register, the last first. Taking a report out of it changes nothing."""
    return ChangeSet.objects.exclude(channel=Channel.EXPORT).order_by("-sequence")


def last_number() -> int:
    """Return the number of the last change of the register, 0 where there is none yet: how far it has moved."""
    return changes().values_list("sequence", flat=True).first() or 0
