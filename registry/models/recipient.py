"""The catalogue of recipients: categories of them and named organisations, with their contracts."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from registry.models.catalogue import CatalogueEntry
from registry.models.columns import answer_column, country_column
from registry.reference.contracts import ContractKind, SubProcessorAuthorisation
from registry.reference.roles import RecipientNature, RecipientRole


class Recipient(CatalogueEntry):
    """A recipient (Art. 4(9)) with the contract under which it receives data and the eight points of Art. 28(3)."""

    name = models.CharField(max_length=250)
    description = models.TextField(blank=True)
    nature = models.CharField(max_length=20, choices=RecipientNature, default=RecipientNature.ORGANISATION)
    kind = models.CharField(max_length=30, choices=RecipientRole, blank=True)
    address = models.TextField(blank=True)
    country = country_column()
    sub_processor_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="sub_processors"
    )
    contract_kind = models.CharField(max_length=30, choices=ContractKind, blank=True)
    contract_signed_on = models.DateField(null=True, blank=True)
    contract_ends_on = models.DateField(null=True, blank=True)
    contract_document = models.CharField(max_length=500, blank=True)
    acts_on_instructions = answer_column()
    confidentiality = answer_column()
    security = answer_column()
    sub_processor_conditions = answer_column()
    assists_with_rights = answer_column()
    assists_with_security_duties = answer_column()
    deletes_or_returns = answer_column()
    allows_audits = answer_column()
    sub_processor_authorisation = models.CharField(max_length=20, choices=SubProcessorAuthorisation, blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        constraints = (models.UniqueConstraint(Lower("name"), name="recipient_name_once"),)
