"""Purposes in the terms of the Data Privacy Vocabulary, to choose from beside a purpose's own words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PurposeTerm(TextChoices):
    """Purposes as DPV 2.3 names them (https://w3id.org/dpv#); the value is the term's name there."""

    CUSTOMER_MANAGEMENT = "CustomerManagement", _("Customer management")
    DIRECT_MARKETING = "DirectMarketing", _("Direct marketing")
    HUMAN_RESOURCES = "HumanResourceManagement", _("Human resource management")
    PERSONNEL_HIRING = "PersonnelHiring", _("Personnel hiring")
    PERSONNEL_PAYMENT = "PersonnelPayment", _("Personnel payment")
    LEGAL_COMPLIANCE = "LegalCompliance", _("Legal compliance")
    ENFORCE_SECURITY = "EnforceSecurity", _("Enforcing security")
