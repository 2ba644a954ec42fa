"""Contracts with recipients: their kinds, the authorisation of sub-processors, the eight points of GDPR Art. 28(3)."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.reference.source import SourcedRow


class ContractKind(TextChoices):
    """What binds a recipient."""

    PROCESSING_CONTRACT = "processing_contract", _("Contract with a processor, Art. 28(3)")
    STANDARD_CLAUSES = (
        "standard_clauses",
        _("Standard contractual clauses between controller and processor, Art. 28(7), (8)"),
    )
    OTHER_LEGAL_ACT = "other_legal_act", _("Other legal act binding the processor, Art. 28(3)")
    JOINT_CONTROLLER_ARRANGEMENT = (
        "joint_controller_arrangement",
        _("Arrangement between joint controllers, Art. 26(1)"),
    )
    CONTROLLER_TO_CONTROLLER = "controller_to_controller", _("Agreement between controllers")
    CCPA_AGREEMENT = "ccpa_agreement", _("Agreement under Cal. Civ. Code 1798.100(d)")
    CONFIDENTIALITY_AGREEMENT = "confidentiality_agreement", _("Confidentiality agreement")
    NONE_NEEDED = "none_needed", _("None needed")


class SubProcessorAuthorisation(TextChoices):
    """The controller's prior written authorisation of further processors (GDPR Art. 28(2))."""

    SPECIFIC = "specific", _("Specific authorisation")
    GENERAL = "general", _("General authorisation, changes are announced")
    NONE = "none", _("No sub-processors authorised")


@dataclass(frozen=True, kw_only=True)
class ContractPoint(SourcedRow):
    """One of the points that a contract with a processor has to settle."""

    code: str
    title: str


def _point(letter: str, title: str) -> ContractPoint:
    return ContractPoint(code=f"A28-3-{letter}", title=title, source=f"GDPR Art. 28(3)({letter})")


CONTRACT_POINTS: tuple[ContractPoint, ...] = (
    _point("a", "Acts only on documented instructions, transfers included"),
    _point("b", "Persons with access are bound to confidentiality"),
    _point("c", "Takes the security measures of Article 32"),
    _point("d", "Engages sub-processors only under Article 28(2) and (4)"),
    _point("e", "Assists with data subjects' rights"),
    _point("f", "Assists with Articles 32 to 36"),
    _point("g", "Deletes or returns the data at the end"),
    _point("h", "Makes information available and allows audits"),
)
