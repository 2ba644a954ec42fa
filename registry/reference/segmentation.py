"""How customers are put into segments: on which basis they are contacted, and how far they can be told apart."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ContactBasis(TextChoices):
    """On what the contact with people rests (GDPR Art. 6(1)(a) and (f), ePrivacy Directive Art. 13)."""

    CONSENT = "consent", _("Consent")
    SOFT_OPT_IN = "soft_opt_in", _("Soft opt-in (own customers, similar products)")
    LEGITIMATE_INTEREST = "legitimate_interest", _("Legitimate interest")
    NO_CONTACT = "no_contact", _("Nobody is contacted")


class Identifiability(TextChoices):
    """How far the people of a segment can be told apart (GDPR Art. 4(1) and (5), recital 26)."""

    IDENTIFIABLE = "identifiable", _("Identifiable")
    PSEUDONYMISED = "pseudonymised", _("Pseudonymised")
    AGGREGATED = "aggregated", _("Aggregated")
    ANONYMOUS = "anonymous", _("Anonymous")
