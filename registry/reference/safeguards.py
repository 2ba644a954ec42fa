"""What a transfer to a third country can rest on: adequacy, safeguards, derogations, also those that ended."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.reference.citations import cite
from registry.reference.lawful_basis import Regime
from registry.reference.source import SourcedRow
from registry.reference.table import DATA_FOLDER, Cells, provenance, read_table, yes_or_no


class SafeguardKind(TextChoices):
    """Which of the three ways a transfer takes (GDPR Arts. 45, 46-47, 49)."""

    ADEQUACY = "adequacy", _("Adequacy decision")
    SAFEGUARD = "safeguard", _("Appropriate safeguard")
    DEROGATION = "derogation", _("Derogation")


@dataclass(frozen=True, kw_only=True)
class Safeguard(SourcedRow):
    """One transfer mechanism; `for_public_powers` is False where Art. 49(3) bars the exercise of public powers."""

    code: str
    regime: Regime
    kind: SafeguardKind
    title: str
    citation: str
    needs: str
    for_public_powers: bool
    dpv_term: str

    @property
    def name(self) -> str:
        """The title in the language in force."""
        return gettext(self.title)


def _safeguard(cells: Cells) -> Safeguard:
    return Safeguard(
        code=cells["code"],
        regime=Regime(cells["regime"]),
        kind=SafeguardKind(cells["kind"]),
        title=cells["title"],
        citation=cells["citation"],
        needs=cells["needs"],
        for_public_powers=yes_or_no(cells["for_public_powers"]),
        dpv_term=cells["dpv_term"],
        **provenance(cells),
    )


SAFEGUARDS: tuple[Safeguard, ...] = read_table(DATA_FOLDER / "safeguards.csv", _safeguard)
COMMISSION_DECISION = "A45-3"
"""The code of the Commission's adequacy decisions (GDPR Art. 45(3))."""
BY_CODE: dict[str, Safeguard] = {safeguard.code: safeguard for safeguard in SAFEGUARDS}


def _label(code: str) -> str:
    safeguard = BY_CODE[code]
    return f"{safeguard.name} ({cite(safeguard.citation)})"


_lazy_label = lazy(_label, str)
CHOICES: tuple[tuple[str, str], ...] = tuple((safeguard.code, _lazy_label(safeguard.code)) for safeguard in SAFEGUARDS)
"""Each code with its title and citation, which are read in the language in force when they are shown."""
