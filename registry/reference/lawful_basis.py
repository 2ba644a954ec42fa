"""The grounds a record can rest on: Arts. 6, 9 and 10 GDPR, their likes elsewhere, national law."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.reference.source import SourcedRow
from registry.reference.table import DATA_FOLDER, Cells, provenance, read_table


class Regime(TextChoices):
    """The body of law a term belongs to."""

    EU = "eu", _("European Union (GDPR)")
    UK = "uk", _("United Kingdom (UK GDPR)")
    CH = "ch", _("Switzerland (FADP)")
    BR = "br", _("Brazil (LGPD)")
    CALIFORNIA = "us-ca", _("California (CCPA)")
    NATIONAL = "national", _("National law")


class BasisKind(TextChoices):
    """What a ground answers: what makes processing lawful, lifts a prohibition, or lies outside Art. 6 altogether."""

    LAWFUL_BASIS = "lawful_basis", _("Lawful basis (Art. 6 GDPR and its likes)")
    SPECIAL_CATEGORY = "special_category_condition", _("Condition for special categories (Art. 9 GDPR and its likes)")
    CRIMINAL_OFFENCE = "criminal_offence", _("Criminal-offence data (Art. 10 GDPR and its likes)")
    NATIONAL_LAW = "national_law", _("Other law, no Article 6 basis")


@dataclass(frozen=True, kw_only=True)
class LegalBasisTerm(SourcedRow):
    """One ground of a closed list; `needs` is what the record holds beside it, `dpv_term` is "" where DPV has none."""

    code: str
    regime: Regime
    kind: BasisKind
    title: str
    citation: str
    needs: str
    dpv_term: str


def _term(cells: Cells) -> LegalBasisTerm:
    return LegalBasisTerm(
        code=cells["code"],
        regime=Regime(cells["regime"]),
        kind=BasisKind(cells["kind"]),
        title=cells["title"],
        citation=cells["citation"],
        needs=cells["needs"],
        dpv_term=cells["dpv_term"],
        **provenance(cells),
    )


LEGAL_BASES: tuple[LegalBasisTerm, ...] = read_table(DATA_FOLDER / "legal_bases.csv", _term)
BY_CODE: dict[str, LegalBasisTerm] = {term.code: term for term in LEGAL_BASES}
