"""The states that a processing activity's record goes through."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ActivityStatus(TextChoices):
    """State of one activity's record."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")
    RETIRED = "retired", _("Retired")
