"""How sensitive data are in the eyes of the law: special categories, criminal offences, identifiers."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.reference.lawful_basis import LEGAL_BASES, BasisKind, LegalBasisTerm
from registry.reference.source import SourcedRow


class DataSensitivity(TextChoices):
    """What a category of data is: Art. 10 data are no ninth special category, and identifiers are national law."""

    ORDINARY = "ordinary", _("Ordinary")
    SPECIAL_CATEGORY = "special_category", _("Special category, Art. 9")
    CRIMINAL_OFFENCE = "criminal_offence", _("Criminal convictions and offences, Art. 10")
    NATIONAL_IDENTIFIER = "national_identifier", _("National identification number, Art. 87")


@dataclass(frozen=True, kw_only=True)
class SpecialCategory(SourcedRow):
    """One of the kinds of data that GDPR Art. 9(1) names."""

    code: str
    title: str


def _special(code: str, title: str) -> SpecialCategory:
    return SpecialCategory(code=code, title=title, source="GDPR Art. 9(1)")


SPECIAL_CATEGORIES: tuple[SpecialCategory, ...] = (
    _special("racial-ethnic-origin", "Racial or ethnic origin"),
    _special("political-opinions", "Political opinions"),
    _special("religious-philosophical-beliefs", "Religious or philosophical beliefs"),
    _special("trade-union-membership", "Trade union membership"),
    _special("genetic", "Genetic data"),
    _special("biometric", "Biometric data for the purpose of uniquely identifying a natural person"),
    _special("health", "Data concerning health"),
    _special("sex-life-orientation", "Sex life or sexual orientation"),
)
SPECIAL_CATEGORY_CONDITIONS: tuple[LegalBasisTerm, ...] = tuple(
    term for term in LEGAL_BASES if term.kind is BasisKind.SPECIAL_CATEGORY
)
CRIMINAL_OFFENCE_GROUNDS: tuple[LegalBasisTerm, ...] = tuple(
    term for term in LEGAL_BASES if term.kind is BasisKind.CRIMINAL_OFFENCE
)
