"""How security measures are grouped: by the four points of GDPR Art. 32(1), and as technical or organisational."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MeasureGroup(TextChoices):
    """The point of GDPR Art. 32(1) a measure serves; what serves none of them alone is ORGANISATION."""

    PSEUDONYMISATION_ENCRYPTION = "pseudonymisation_encryption", _("Pseudonymisation and encryption, Art. 32(1)(a)")
    CONFIDENTIALITY_RESILIENCE = (
        "confidentiality_resilience",
        _("Confidentiality, integrity, availability and resilience, Art. 32(1)(b)"),
    )
    RESTORATION = "restoration", _("Restoring availability and access, Art. 32(1)(c)")
    TESTING = "testing", _("Testing, assessing and evaluating, Art. 32(1)(d)")
    ORGANISATION = "organisation", _("Organisation and instructions")


class MeasureNature(TextChoices):
    """Whether a measure is a technical or an organisational one (GDPR Art. 32(1))."""

    TECHNICAL = "technical", _("Technical")
    ORGANISATIONAL = "organisational", _("Organisational")
