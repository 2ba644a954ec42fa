"""Who is who: the roles of the Regulation and of the CCPA, and what kind of party or contact an entry stands for."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ActivityRole(TextChoices):
    """The organisation's own role in a processing activity (GDPR Art. 4(7) and (8), Art. 26, Art. 30(1) and (2))."""

    CONTROLLER = "controller", _("Controller")
    JOINT_CONTROLLER = "joint_controller", _("Joint controller")
    PROCESSOR = "processor", _("Processor")


class RecipientRole(TextChoices):
    """What kind of party a recipient is, in the catalogue and in one activity (GDPR Art. 4(8)-(10), Art. 30(1)(d))."""

    INTERNAL_UNIT = "internal_unit", _("Internal unit")
    PROCESSOR = "processor", _("Processor")
    SUB_PROCESSOR = "sub_processor", _("Sub-processor")
    JOINT_CONTROLLER = "joint_controller", _("Joint controller")
    INDEPENDENT_CONTROLLER = "independent_controller", _("Independent controller")
    PUBLIC_AUTHORITY = "public_authority", _("Public authority")
    INTERNATIONAL_ORGANISATION = "international_organisation", _("International organisation")
    DATA_SUBJECT = "data_subject", _("Data subject")
    THIRD_PARTY = "third_party", _("Other third party")


class RecipientNature(TextChoices):
    """Whether a recipient of the catalogue is a category of recipients or an organisation with a name."""

    CATEGORY = "category", _("Category of recipients")
    ORGANISATION = "organisation", _("Named organisation")


class CcpaRole(TextChoices):
    """A recipient's role under California law (Cal. Civ. Code 1798.140(ag), (j) and (ai))."""

    SERVICE_PROVIDER = "service_provider", _("Service provider")
    CONTRACTOR = "contractor", _("Contractor")
    THIRD_PARTY = "third_party", _("Third party")


class ContactKind(TextChoices):
    """What an organisation's contact is there for (GDPR Art. 27, Art. 30(1)(a), Art. 37)."""

    DPO_INTERNAL = "dpo_internal", _("Data protection officer (internal)")
    DPO_EXTERNAL = "dpo_external", _("Data protection officer (external)")
    REPRESENTATIVE = "representative", _("Representative")
    CONTROLLER_CONTACT = "controller_contact", _("Contact of the controller")
    OTHER = "other", _("Other contact")


OFFICERS = (ContactKind.DPO_INTERNAL, ContactKind.DPO_EXTERNAL)
"""Contacts that are the data protection officer."""
