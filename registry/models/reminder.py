"""What reminders need to remember: the secret addresses of calendars, and who has been written to on which day."""

import secrets
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarAddress(models.Model):
    """The secret address under which a person's calendar program finds the deadlines, without logging in.

    Only a digest of the secret is kept, so that nobody reads it from the database. There is one for each person;
    making another, or taking it back, ends the one before.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_address")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return str(self.user)

    @classmethod
    def make(cls, user: object) -> str:
        """Give the person a new address; return its secret, which can't be had again. The one before ends."""
        secret = secrets.token_urlsafe(32)
        cls.objects.filter(user=user).delete()
        cls.objects.create(user=user, digest=_digest(secret))
        return secret

    @classmethod
    def of(cls, secret: str) -> "CalendarAddress | None":
        """Return the address with this secret, with its person; None where there is none (any more)."""
        return cls.objects.select_related("user").filter(digest=_digest(secret)).first()


class ReminderSent(models.Model):
    """That a person was written to on a day: no second letter goes out on it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders_sent")
    day = models.DateField()

    class Meta:
        verbose_name = _("reminder sent")
        verbose_name_plural = _("reminders sent")
        constraints = (models.UniqueConstraint("user", "day", name="reminder_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.user} {self.day}"


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
