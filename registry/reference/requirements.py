"""What a change of an approved record, or of an entry in use, may require, and how far somebody has come with it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

CHANGED_BY_OWNER = "changed-by-owner"
"""The key of the line that asks an officer to look at what the owner of an approved record has changed."""


class Requirement(TextChoices):
    """What somebody has to see to."""

    NOTICE = "notice", _("Notice to update")
    CONSENT = "consent", _("Consent to renew")
    CONTRACT = "contract", _("Contract")
    SAFEGUARD = "safeguard", _("Safeguard")
    ASSESSMENT = "assessment", _("Assessment")
    REVIEW = "review", _("Review")


class Settlement(TextChoices):
    """What has become of it."""

    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    NOT_NEEDED = "not_needed", _("Not needed")


class ChangedEntry(TextChoices):
    """Of which catalogue an entry has changed; none where a record has. The codes are the names of the models."""

    RECIPIENT = "recipient", _("Recipients")
    RETENTION_SCHEDULE = "retentionschedule", _("Retention schedules")
    DATA_CATEGORY = "datacategory", _("Categories of personal data")
    SYSTEM = "system", _("Systems")
    DOCUMENT = "document", _("Documents")
