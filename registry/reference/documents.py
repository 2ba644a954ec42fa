"""The kinds of documents that a register refers to."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DocumentKind(TextChoices):
    """What a document is there for."""

    CONTRACT = "contract", _("Contract or other legal act (Arts. 26, 28)")
    PRIVACY_NOTICE = "privacy_notice", _("Privacy notice (Arts. 13, 14)")
    IMPACT_ASSESSMENT = "impact_assessment", _("Impact assessment (Art. 35)")
    INTERESTS_ASSESSMENT = "interests_assessment", _("Assessment of legitimate interests")
    TRANSFER_ASSESSMENT = "transfer_assessment", _("Transfer impact assessment")
    SAFEGUARD = "safeguard", _("Transfer safeguard (Art. 46)")
    POLICY = "policy", _("Policy or instruction")
    CERTIFICATE = "certificate", _("Certificate or audit report")
    OTHER = "other", _("Other")
